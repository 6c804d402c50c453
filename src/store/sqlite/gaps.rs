//! Questions without an answer. Conversations are looked through by the time of their last change, which has an index.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{
    conversation::ConversationId,
    store::{
        Gaps, SqliteStore, StoreError, Unanswered,
        rows::{self, nanoseconds},
        sqlite::queries::{all, uuid},
    },
};

#[async_trait]
impl Gaps for SqliteStore {
    async fn unanswered(&self, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
        self.readers.run(move |db| unanswered(db, since, limit)).await
    }
}

fn unanswered(db: &Connection, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
    // The rules that are left out fetch a person although no article is missing.
    let words = "SELECT DISTINCT talk.id, asked.seq, asked.at, asked.body ->> '$.text', talk.state ->> '$.locale', \
                 said.body ->> '$.decision.candidates[0].article', said.body ->> '$.decision.candidates[0].confidence', \
                 EXISTS (SELECT 1 FROM events AS passed WHERE passed.conversation = talk.id \
                 AND passed.kind = 'escalated' AND passed.seq > asked.seq) \
                 FROM conversations AS talk \
                 JOIN events AS said ON said.conversation = talk.id AND said.kind = 'message' AND said.at >= ?1 \
                 JOIN events AS asked ON asked.conversation = talk.id AND asked.seq = said.body ->> '$.reply_to' \
                 LEFT JOIN events AS rated ON rated.conversation = talk.id AND rated.kind = 'answer_rated' \
                 AND rated.body ->> '$.answer' = said.seq AND NOT rated.body ->> '$.helpful' \
                 WHERE talk.changed_at >= ?1 AND (rated.seq IS NOT NULL \
                 OR (said.body ->> '$.decision.verdict' = 'escalate' AND said.body ->> '$.decision.rule' NOT IN \
                 ('request_agent', 'exact_phrase', 'vague_request', 'accepted_offer', 'article_rule', \
                 'search_failed', 'stopping', 'other_language', 'turn_budget', 'angry'))) \
                 ORDER BY asked.at DESC LIMIT ?2";
    all(db, words, params![nanoseconds(since), limit], |row| {
        Ok(Unanswered {
            conversation: ConversationId(uuid(row, 0)?),
            seq: rows::seq(row.get(1)?)?,
            at: rows::time(row.get(2)?)?,
            text: row.get(3)?,
            locale: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            nearest: row.get(5)?,
            confidence: row.get(6)?,
            passed: row.get(7)?,
        })
    })
}
