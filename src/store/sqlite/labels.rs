//! Judgements of answers, and questions without one.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::{
    conversation::ConversationId,
    store::{
        Judge, Label, Labels, SqliteStore, StoreError, Unanswered,
        rows::{self, nanoseconds},
        sqlite::queries::{all, uuid},
    },
};

/// Rules after which a person was fetched although no article was missing.
const NOT_MISSING: &str = "('request_agent', 'exact_phrase', 'vague_request', 'accepted_offer', 'article_rule', \
                           'search_failed', 'stopping', 'other_language', 'turn_budget', 'angry')";

#[async_trait]
impl Labels for SqliteStore {
    async fn add_label(&self, label: Label) -> Result<(), StoreError> {
        self.writer.run(move |db| add(db, &label)).await
    }

    async fn labels(&self, limit: u32) -> Result<Vec<Label>, StoreError> {
        self.readers.run(move |db| labels(db, limit)).await
    }

    async fn unanswered(&self, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
        self.readers.run(move |db| unanswered(db, since, limit)).await
    }
}

fn add(db: &Connection, label: &Label) -> Result<(), StoreError> {
    let words = "INSERT OR REPLACE INTO labels (conversation, answer, judge, at, text, locale, article) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
    let values = params![
        label.conversation.0.as_bytes(),
        rows::number(label.answer.0)?,
        label.judge.as_str(),
        nanoseconds(label.at),
        label.text,
        label.locale,
        label.article,
    ];
    db.prepare_cached(words)?.execute(values)?;
    Ok(())
}

fn labels(db: &Connection, limit: u32) -> Result<Vec<Label>, StoreError> {
    let words = "SELECT conversation, answer, at, text, locale, article, judge FROM labels AS mine \
                 WHERE judge = 'agent' OR NOT EXISTS (SELECT 1 FROM labels AS better \
                 WHERE better.conversation = mine.conversation AND better.answer = mine.answer \
                 AND better.judge = 'agent') ORDER BY at DESC LIMIT ?1";
    all(db, words, [limit], to_label)
}

fn to_label(row: &Row<'_>) -> Result<Label, StoreError> {
    let judge: String = row.get(6)?;
    let judge = Judge::ALL.into_iter().find(|known| known.as_str() == judge);
    Ok(Label {
        conversation: ConversationId(uuid(row, 0)?),
        answer: rows::seq(row.get(1)?)?,
        at: rows::time(row.get(2)?)?,
        text: row.get(3)?,
        locale: row.get(4)?,
        article: row.get(5)?,
        judge: judge.ok_or_else(|| StoreError::Damaged("an unknown judge of an answer".to_owned()))?,
    })
}

/// The conversations are looked through by the time of their last change, which has an index.
fn unanswered(db: &Connection, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError> {
    let words = format!(
        "SELECT talk.id, said.seq, said.at, asked.body ->> '$.text', talk.state ->> '$.locale', \
         said.body ->> '$.decision.candidates[0].article' \
         FROM conversations AS talk \
         JOIN events AS said ON said.conversation = talk.id AND said.kind = 'message' AND said.at >= ?1 \
         JOIN events AS asked ON asked.conversation = talk.id AND asked.seq = said.body ->> '$.reply_to' \
         WHERE talk.changed_at >= ?1 AND said.body ->> '$.decision.verdict' = 'escalate' \
         AND said.body ->> '$.decision.rule' NOT IN {NOT_MISSING} ORDER BY said.at DESC LIMIT ?2"
    );
    all(db, &words, params![nanoseconds(since), limit], |row| {
        Ok(Unanswered {
            conversation: ConversationId(uuid(row, 0)?),
            answer: rows::seq(row.get(1)?)?,
            at: rows::time(row.get(2)?)?,
            text: row.get(3)?,
            locale: row.get::<_, Option<String>>(4)?.unwrap_or_default(),
            nearest: row.get(5)?,
        })
    })
}
