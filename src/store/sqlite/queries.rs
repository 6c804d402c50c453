//! What is read, each in one statement and so of one moment.

use jiff::Timestamp;
use rusqlite::{Connection, Params, Row, params};
use uuid::Uuid;

use crate::{
    conversation::{AgentId, ClientId, Conversation, ConversationId, Event, Seq, VisitorId},
    store::{
        Agent, Note, Receipt, StoreError, Visitor,
        rows::{self, ConversationColumns, ConversationRow, VisitorRow},
    },
};

type Found<T> = Result<Option<T>, StoreError>;

pub(super) const CONVERSATIONS: &str =
    "SELECT id, visitor, status, queue, since, agent, last_seq, started_at, changed_at, state FROM conversations";
const EVENTS: &str = "SELECT seq, at, client_id, body FROM events";
const VISITORS: &str = "SELECT id, name, email, external_id, verified, attributes, page_url, page_title, referrer, trail \
     FROM visitors";
const AGENTS: &str =
    "SELECT id, email, name, role, password_hash, disabled, availability, languages, capacity FROM agents";

pub(super) fn conversation(db: &Connection, id: ConversationId) -> Found<Conversation> {
    one(db, &format!("{CONVERSATIONS} WHERE id = ?1"), [id.0.as_bytes()], to_conversation)
}

pub(super) fn current_conversation(db: &Connection, visitor: VisitorId) -> Found<Conversation> {
    let words = format!("{CONVERSATIONS} WHERE visitor = ?1 ORDER BY started_at DESC, id DESC LIMIT 1");
    one(db, &words, [visitor.0.as_bytes()], to_conversation)
}

pub(super) fn visitors_with_email(db: &Connection, email: &str) -> Result<Vec<VisitorId>, StoreError> {
    let words = "SELECT id FROM visitors WHERE lower(email) = ?1 \
                 UNION SELECT visitor FROM conversations WHERE lower(state ->> '$.contact.email') = ?1";
    all(db, words, [rows::email(email)], |row| Ok(VisitorId(uuid(row, 0)?)))
}

pub(super) fn with_people(db: &Connection) -> Result<Vec<Conversation>, StoreError> {
    let words = format!("{CONVERSATIONS} WHERE status <> 'with_bot' AND status <> 'resolved' ORDER BY since, id");
    all(db, &words, [], to_conversation)
}

pub(super) fn events(db: &Connection, id: ConversationId, after: Seq, limit: u32) -> Result<Vec<Event>, StoreError> {
    // No event has a number that does not fit.
    let Ok(after) = rows::number(after.0) else { return Ok(Vec::new()) };
    let words = format!("{EVENTS} WHERE conversation = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3");
    all(db, &words, params![id.0.as_bytes(), after, limit], to_event)
}

pub(super) fn event(db: &Connection, id: ConversationId, seq: Seq) -> Found<Event> {
    let Ok(seq) = rows::number(seq.0) else { return Ok(None) };
    one(db, &format!("{EVENTS} WHERE conversation = ?1 AND seq = ?2"), params![id.0.as_bytes(), seq], to_event)
}

pub(super) fn last_visitor_message(db: &Connection, id: ConversationId) -> Found<Event> {
    let words = format!(
        "{EVENTS} WHERE conversation = ?1 AND kind = 'message' AND body ->> '$.author.kind' = 'visitor' \
         ORDER BY seq DESC LIMIT 1"
    );
    one(db, &words, [id.0.as_bytes()], to_event)
}

pub(super) fn receipt(db: &Connection, sender: Uuid, client_id: ClientId) -> Found<Receipt> {
    let words = "SELECT body, conversation, seq FROM receipts WHERE sender = ?1 AND client_id = ?2";
    one(db, words, [sender.as_bytes(), client_id.0.as_bytes()], |row| {
        rows::receipt(sender, client_id, row.get(0)?, uuid(row, 1)?, row.get(2)?)
    })
}

pub(super) fn notes(db: &Connection, id: ConversationId, after: u64) -> Result<Vec<Note>, StoreError> {
    let Ok(after) = rows::number(after) else { return Ok(Vec::new()) };
    let words = "SELECT number, at, after_seq, agent, author, text, client_id FROM notes \
                 WHERE conversation = ?1 AND number > ?2 ORDER BY number";
    all(db, words, params![id.0.as_bytes(), after], |row| {
        Ok(Note {
            conversation: id,
            number: rows::count(row.get(0)?)?,
            at: rows::time(row.get(1)?)?,
            after: rows::seq(row.get(2)?)?,
            agent: AgentId(uuid(row, 3)?),
            author: row.get(4)?,
            text: row.get(5)?,
            client_id: optional_uuid(row, 6)?.map(ClientId),
        })
    })
}

pub(super) fn visitor(db: &Connection, id: VisitorId) -> Found<Visitor> {
    one(db, &format!("{VISITORS} WHERE id = ?1"), [id.0.as_bytes()], to_visitor)
}

pub(super) fn agents(db: &Connection) -> Result<Vec<Agent>, StoreError> {
    all(db, &format!("{AGENTS} ORDER BY name COLLATE NOCASE, id"), [], to_agent)
}

pub(super) fn agent(db: &Connection, id: AgentId) -> Found<Agent> {
    one(db, &format!("{AGENTS} WHERE id = ?1"), [id.0.as_bytes()], to_agent)
}

pub(super) fn agent_by_email(db: &Connection, email: &str) -> Found<Agent> {
    one(db, &format!("{AGENTS} WHERE email = ?1"), [rows::email(email)], to_agent)
}

pub(super) fn session_agent(db: &Connection, hash: [u8; 32], now: Timestamp) -> Found<Agent> {
    let words =
        format!("{AGENTS} WHERE NOT disabled AND id = (SELECT agent FROM sessions WHERE hash = ?1 AND expires > ?2)");
    one(db, &words, params![hash, rows::nanoseconds(now)], to_agent)
}

pub(super) fn to_conversation(row: &Row<'_>) -> Result<Conversation, StoreError> {
    let columns = ConversationColumns {
        id: uuid(row, 0)?,
        visitor: uuid(row, 1)?,
        status: row.get(2)?,
        queue: row.get(3)?,
        since: row.get(4)?,
        agent: optional_uuid(row, 5)?,
        last_seq: row.get(6)?,
        started_at: row.get(7)?,
        changed_at: row.get(8)?,
    };
    ConversationRow { columns, state: row.get(9)? }.into_conversation()
}

/// Reads the columns of [`VISITORS`], whatever follows them.
pub(super) fn to_visitor(row: &Row<'_>) -> Result<Visitor, StoreError> {
    let known = VisitorRow {
        id: uuid(row, 0)?,
        name: row.get(1)?,
        email: row.get(2)?,
        external_id: row.get(3)?,
        verified: row.get(4)?,
        attributes: row.get(5)?,
        page_url: row.get(6)?,
        page_title: row.get(7)?,
        referrer: row.get(8)?,
        trail: row.get(9)?,
    };
    known.into_visitor()
}

fn to_event(row: &Row<'_>) -> Result<Event, StoreError> {
    rows::event(row.get(0)?, row.get(1)?, optional_uuid(row, 2)?, row.get_ref(3)?.as_str().map_err(rows::damaged)?)
}

fn to_agent(row: &Row<'_>) -> Result<Agent, StoreError> {
    Ok(Agent {
        id: AgentId(uuid(row, 0)?),
        email: row.get(1)?,
        name: row.get(2)?,
        role: rows::role(row.get_ref(3)?.as_str().map_err(rows::damaged)?)?,
        password_hash: row.get(4)?,
        disabled: row.get(5)?,
        availability: rows::availability(row.get_ref(6)?.as_str().map_err(rows::damaged)?)?,
        languages: rows::from_json(row.get_ref(7)?.as_str().map_err(rows::damaged)?)?,
        capacity: row.get(8)?,
    })
}

pub(super) fn uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Uuid> {
    row.get(column).map(Uuid::from_bytes)
}

pub(super) fn optional_uuid(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Uuid>> {
    row.get::<_, Option<_>>(column).map(|bytes| bytes.map(Uuid::from_bytes))
}

pub(super) fn one<T>(
    db: &Connection,
    words: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Found<T> {
    db.prepare_cached(words)?.query_and_then(values, read)?.next().transpose()
}

pub(super) fn all<T>(
    db: &Connection,
    words: &str,
    values: impl Params,
    read: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    db.prepare_cached(words)?.query_and_then(values, read)?.collect()
}
