//! Looking for conversations, contacts and ratings. Whatever is asked for, the words are the same; only the values
//! differ.

use async_trait::async_trait;
use rusqlite::{Connection, Row, params};

use crate::{
    conversation::{AgentId, ConversationId, VisitorId},
    store::{
        ContactNote, ConversationFilter, Finding, FoundContact, FoundConversation, Rating, Sight, Slice, SqliteStore,
        StoreError, Visitor,
        rows::{self, nanoseconds},
        sqlite::{
            queries::{self, all, optional_uuid, to_conversation, to_visitor, uuid},
            writes::write,
        },
    },
};

/// What a reader may see of `conversations`: ?1 everything, ?2 who they are, ?3 their queues, ?4 the other queues.
const SEEN: &str = "(?1 OR agent = ?2 OR (since IS NULL AND agent IS NULL) OR (since IS NOT NULL AND \
    (ifnull(queue, 'default') IN (SELECT value FROM json_each(?3)) OR \
    (ifnull(queue, 'default') NOT IN (SELECT value FROM json_each(?4)) \
    AND 'default' IN (SELECT value FROM json_each(?3))))))";

/// The values of [`SEEN`].
struct SeenBy {
    everything: bool,
    agent: Option<[u8; 16]>,
    queues: String,
    others: String,
}

impl SeenBy {
    fn of(sight: &Sight) -> Result<Self, StoreError> {
        let nothing = || "[]".to_owned();
        Ok(match sight {
            Sight::Everything => Self { everything: true, agent: None, queues: nothing(), others: nothing() },
            Sight::Of { agent, queues, others } => Self {
                everything: false,
                agent: agent.map(|agent| agent.0.into_bytes()),
                queues: rows::to_json(queues)?,
                others: rows::to_json(others)?,
            },
        })
    }
}

#[async_trait]
impl Finding for SqliteStore {
    async fn find_conversations(
        &self,
        filter: ConversationFilter,
        slice: Slice,
    ) -> Result<Vec<FoundConversation>, StoreError> {
        self.readers.run(move |db| conversations(db, &filter, slice)).await
    }

    async fn set_tags(&self, id: ConversationId, tags: Vec<String>) -> Result<(), StoreError> {
        self.writer.run(move |db| set_tags(db, id, &tags)).await
    }

    async fn tags_in_use(&self) -> Result<Vec<(String, u64)>, StoreError> {
        let words = "SELECT tag, count(*) FROM conversation_tags GROUP BY tag ORDER BY tag";
        let read = |row: &Row<'_>| Ok((row.get(0)?, rows::count(row.get(1)?)?));
        self.readers.run(move |db| all(db, words, [], read)).await
    }

    async fn find_contacts(
        &self,
        sight: Sight,
        words: Option<String>,
        slice: Slice,
    ) -> Result<Vec<FoundContact>, StoreError> {
        self.readers.run(move |db| contacts(db, &sight, words.as_deref(), None, slice)).await
    }

    async fn find_contact(&self, sight: Sight, id: VisitorId) -> Result<Option<FoundContact>, StoreError> {
        let slice = Slice { after: None, limit: 1 };
        self.readers.run(move |db| Ok(contacts(db, &sight, None, Some(id), slice)?.pop())).await
    }

    async fn contact_notes(&self, id: VisitorId) -> Result<Vec<ContactNote>, StoreError> {
        let words = "SELECT id, at, agent, author, text FROM contact_notes WHERE visitor = ?1 ORDER BY at, id";
        let read = move |row: &Row<'_>| {
            Ok(ContactNote {
                id: uuid(row, 0)?,
                visitor: id,
                at: rows::time(row.get(1)?)?,
                agent: optional_uuid(row, 2)?.map(AgentId),
                author: row.get(3)?,
                text: row.get(4)?,
            })
        };
        self.readers.run(move |db| all(db, words, [id.0.as_bytes()], read)).await
    }

    async fn add_contact_note(&self, note: ContactNote) -> Result<(), StoreError> {
        let words = "INSERT INTO contact_notes (id, visitor, at, agent, author, text) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        self.writer
            .run(move |db| {
                let agent = note.agent.as_ref().map(|agent| agent.0.as_bytes());
                let (id, visitor, at) = (note.id.as_bytes(), note.visitor.0.as_bytes(), nanoseconds(note.at));
                write(db, words, params![id, visitor, at, agent, note.author, note.text]).map(drop)
            })
            .await
    }

    async fn ratings(&self, sight: Sight, slice: Slice) -> Result<Vec<Rating>, StoreError> {
        self.readers.run(move |db| ratings(db, &sight, slice)).await
    }
}

fn conversations(
    db: &Connection,
    filter: &ConversationFilter,
    slice: Slice,
) -> Result<Vec<FoundConversation>, StoreError> {
    let words = format!(
        "SELECT id, visitor, status, queue, since, agent, last_seq, started_at, changed_at, state, \
         (SELECT json_group_array(tag) FROM conversation_tags WHERE conversation = conversations.id) \
         FROM conversations WHERE {SEEN} \
         AND (?5 IS NULL OR status = ?5) AND (?6 IS NULL OR queue = ?6) AND (?7 IS NULL OR agent = ?7) \
         AND (?8 IS NULL OR id IN (SELECT conversation FROM conversation_tags WHERE tag = ?8)) \
         AND (?9 IS NULL OR visitor = ?9) AND (?10 IS NULL OR changed_at >= ?10) AND (?11 IS NULL OR changed_at < ?11) \
         AND (?12 IS NULL OR id IN (SELECT unhex(value) FROM json_each(?12))) \
         AND (?13 IS NULL OR (changed_at, id) < (?13, ?14)) ORDER BY changed_at DESC, id DESC LIMIT ?15"
    );
    let seen = SeenBy::of(&filter.sight)?;
    let values = params![
        seen.everything,
        seen.agent,
        seen.queues,
        seen.others,
        filter.status,
        filter.queue,
        filter.agent.as_ref().map(|agent| agent.0.as_bytes()),
        filter.tag,
        filter.visitor.as_ref().map(|visitor| visitor.0.as_bytes()),
        filter.from.map(nanoseconds),
        filter.until.map(nanoseconds),
        filter.among.as_deref().map(as_hex).transpose()?,
        slice.after.map(|place| place.at),
        slice.after.as_ref().map(|place| place.id.as_bytes()),
        slice.limit,
    ];
    all(db, &words, values, |row| {
        let conversation = to_conversation(row)?;
        let visitor = queries::visitor(db, conversation.visitor)?;
        let visitor = visitor.unwrap_or_else(|| Visitor::unknown(conversation.visitor));
        let tags: String = row.get(10)?;
        Ok(FoundConversation { conversation, visitor, tags: rows::from_json(&tags)? })
    })
}

fn as_hex(ids: &[ConversationId]) -> Result<String, StoreError> {
    rows::to_json(&ids.iter().map(|id| id.0.simple().to_string()).collect::<Vec<_>>())
}

fn set_tags(db: &Connection, id: ConversationId, tags: &[String]) -> Result<(), StoreError> {
    write(db, "DELETE FROM conversation_tags WHERE conversation = ?1", [id.0.as_bytes()])?;
    for tag in tags {
        let words = "INSERT INTO conversation_tags (conversation, tag) VALUES (?1, ?2) ON CONFLICT DO NOTHING";
        write(db, words, params![id.0.as_bytes(), tag])?;
    }
    Ok(())
}

fn contacts(
    db: &Connection,
    sight: &Sight,
    part: Option<&str>,
    only: Option<VisitorId>,
    slice: Slice,
) -> Result<Vec<FoundContact>, StoreError> {
    let words = format!(
        "WITH seen AS (SELECT visitor, max(changed_at) AS last_at, count(*) AS number FROM conversations \
         WHERE {SEEN} AND (?6 IS NULL OR visitor = ?6) GROUP BY visitor) \
         SELECT id, name, email, external_id, verified, attributes, page_url, page_title, referrer, trail, \
         last_at, number \
         FROM seen JOIN visitors ON visitors.id = seen.visitor \
         WHERE (?5 IS NULL OR instr(lower(ifnull(name, '') || ' ' || ifnull(email, '')), ?5) > 0) \
         AND (?7 IS NULL OR (last_at, id) < (?7, ?8)) ORDER BY last_at DESC, id DESC LIMIT ?9"
    );
    let seen = SeenBy::of(sight)?;
    let values = params![
        seen.everything,
        seen.agent,
        seen.queues,
        seen.others,
        part.map(str::to_ascii_lowercase),
        only.as_ref().map(|visitor| visitor.0.as_bytes()),
        slice.after.map(|place| place.at),
        slice.after.as_ref().map(|place| place.id.as_bytes()),
        slice.limit,
    ];
    all(db, &words, values, |row| {
        let conversations = rows::count(row.get(11)?)?;
        Ok(FoundContact { visitor: to_visitor(row)?, last_at: rows::time(row.get(10)?)?, conversations })
    })
}

fn ratings(db: &Connection, sight: &Sight, slice: Slice) -> Result<Vec<Rating>, StoreError> {
    let words = format!(
        "SELECT id, at, body ->> '$.score', body ->> '$.effort', body ->> '$.recommend', body ->> '$.comment', agent \
         FROM events JOIN conversations ON id = conversation WHERE kind = 'conversation_rated' AND {SEEN} \
         AND (?5 IS NULL OR (at, id) < (?5, ?6)) ORDER BY at DESC, id DESC LIMIT ?7"
    );
    let seen = SeenBy::of(sight)?;
    let after = slice.after.as_ref();
    let values = params![
        seen.everything,
        seen.agent,
        seen.queues,
        seen.others,
        after.map(|place| place.at),
        after.map(|place| place.id.as_bytes()),
        slice.limit,
    ];
    all(db, &words, values, |row| {
        Ok(Rating {
            conversation: ConversationId(uuid(row, 0)?),
            at: rows::time(row.get(1)?)?,
            score: row.get(2)?,
            effort: row.get(3)?,
            recommend: row.get(4)?,
            comment: row.get(5)?,
            agent: optional_uuid(row, 6)?.map(AgentId),
        })
    })
}
