//! What is written, each within the writer's transaction.

use rusqlite::{Connection, Params, params};

use crate::{
    conversation::{AgentId, Seq},
    store::{
        Agent, Availability, Note, Receipt, Room, StoreError,
        rows::{self, ChangeRows, CommitRows, ConversationRow, EventRow, VisitorRow},
        sqlite::{handoff, queries, unfiled},
    },
};

type Written = Result<(), StoreError>;

pub(super) fn commit(db: &Connection, commit: &CommitRows) -> Written {
    match write_changes(db, commit) {
        // Whoever sends again what was dealt with is told so, whatever has happened since.
        Err(StoreError::Conflict | StoreError::Full) if repeated(db, &commit.receipts)?.is_some() => {
            let stored = repeated(db, &commit.receipts)?.ok_or(StoreError::Conflict)?;
            return Err(StoreError::Repeated(Box::new(stored)));
        }
        written => written?,
    }
    for receipt in &commit.receipts {
        add_receipt(db, receipt)?;
    }
    commit.visitor.as_ref().map_or(Ok(()), |visitor| save_visitor(db, visitor))
}

fn repeated(db: &Connection, receipts: &[Receipt]) -> Result<Option<Receipt>, StoreError> {
    for receipt in receipts {
        if let Some(stored) = queries::receipt(db, receipt.sender, receipt.client_id)? {
            return Ok(Some(stored));
        }
    }
    Ok(None)
}

fn write_changes(db: &Connection, commit: &CommitRows) -> Written {
    if let (Some(room), Some(change)) = (&commit.room, commit.changes.last()) {
        refuse_crowding(db, *room)?;
        handoff::note_assigned(db, room.agent, change.conversation.columns.changed_at)?;
    }
    for change in &commit.changes {
        write_conversation(db, change)?;
        unfiled::note(db, change.conversation.columns.id)?;
        for event in &change.events {
            add_event(db, &change.conversation, event)?;
        }
        if change.is_resolving() {
            add_tags(db, &change.conversation)?;
        }
    }
    Ok(())
}

/// The tags that an agent gave while resolving join those that it has.
fn add_tags(db: &Connection, conversation: &ConversationRow) -> Written {
    let words = "INSERT OR IGNORE INTO conversation_tags (conversation, tag) \
                 SELECT ?1, value FROM json_each(?2, '$.tags') WHERE type = 'text'";
    write(db, words, params![conversation.columns.id.as_bytes(), conversation.state]).map(drop)
}

/// The number is the lock: the row must still be the one that was decided on.
fn write_conversation(db: &Connection, change: &ChangeRows) -> Written {
    let ChangeRows { conversation: row, decided_on, due_at, .. } = change;
    let columns = &row.columns;
    let written = if *decided_on == 0 {
        let words = "INSERT INTO conversations \
             (id, visitor, status, queue, since, agent, last_seq, started_at, changed_at, state, due_at) \
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) ON CONFLICT (id) DO NOTHING";
        let values = params![
            columns.id.as_bytes(),
            columns.visitor.as_bytes(),
            columns.status,
            columns.queue,
            columns.since,
            columns.agent.as_ref().map(uuid::Uuid::as_bytes),
            columns.last_seq,
            columns.started_at,
            columns.changed_at,
            row.state,
            due_at,
        ];
        write(db, words, values)?
    } else {
        let words = "UPDATE conversations SET status = ?1, queue = ?2, since = ?3, agent = ?4, \
             last_seq = ?5, changed_at = ?6, state = ?7, due_at = ?10 WHERE id = ?8 AND last_seq = ?9";
        let values = params![
            columns.status,
            columns.queue,
            columns.since,
            columns.agent.as_ref().map(uuid::Uuid::as_bytes),
            columns.last_seq,
            columns.changed_at,
            row.state,
            columns.id.as_bytes(),
            decided_on,
            due_at,
        ];
        write(db, words, values)?
    };
    changed(written)
}

fn add_event(db: &Connection, conversation: &ConversationRow, event: &EventRow) -> Written {
    let words = "INSERT INTO events (conversation, seq, at, client_id, kind, body) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let client_id = event.client_id.as_ref().map(uuid::Uuid::as_bytes);
    let values = params![conversation.columns.id.as_bytes(), event.seq, event.at, client_id, event.kind, event.body];
    write(db, words, values).map(drop)
}

/// Looked at in the same transaction as the claim: two claims at once cannot both find the last place free.
fn refuse_crowding(db: &Connection, room: Room) -> Written {
    let is_full = room.limit > 0 && handoff::open_of(db, room.agent)? >= room.limit;
    if is_full { Err(StoreError::Full) } else { Ok(()) }
}

/// The first receipt of an id counts; a second is refused with it.
fn add_receipt(db: &Connection, receipt: &Receipt) -> Written {
    let words = "INSERT INTO receipts (sender, client_id, body, conversation, seq) VALUES (?1, ?2, ?3, ?4, ?5) \
                 ON CONFLICT DO NOTHING";
    let values = params![
        receipt.sender.as_bytes(),
        receipt.client_id.0.as_bytes(),
        receipt.body,
        receipt.conversation.0.as_bytes(),
        rows::number(receipt.seq.0)?,
    ];
    if write(db, words, values)? > 0 {
        return Ok(());
    }
    let stored = queries::receipt(db, receipt.sender, receipt.client_id)?.ok_or(StoreError::Conflict)?;
    Err(StoreError::Repeated(Box::new(stored)))
}

pub(super) fn add_note(db: &Connection, note: &Note, receipt: &Receipt) -> Result<Note, StoreError> {
    let last: i64 = db
        .prepare_cached("SELECT coalesce(max(number), 0) FROM notes WHERE conversation = ?1")?
        .query_row([note.conversation.0.as_bytes()], |row| row.get(0))?;
    let number = rows::count(last)? + 1;
    let words = "INSERT INTO notes (conversation, number, at, after_seq, agent, author, text, client_id) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = params![
        note.conversation.0.as_bytes(),
        rows::number(number)?,
        rows::nanoseconds(note.at),
        rows::number(note.after.0)?,
        note.agent.0.as_bytes(),
        note.author,
        note.text,
        note.client_id.as_ref().map(|id| id.0.as_bytes()),
    ];
    write(db, words, values)?;
    add_receipt(db, &Receipt { conversation: note.conversation, seq: Seq(number), ..receipt.clone() })?;
    Ok(Note { number, ..note.clone() })
}

pub(super) fn save_visitor(db: &Connection, visitor: &VisitorRow) -> Written {
    let words = "INSERT INTO visitors \
         (id, name, email, external_id, verified, attributes, page_url, page_title, referrer, trail) \
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, email = excluded.email, \
         external_id = excluded.external_id, verified = excluded.verified, attributes = excluded.attributes, \
         page_url = excluded.page_url, page_title = excluded.page_title, referrer = excluded.referrer, \
         trail = excluded.trail";
    let values = params![
        visitor.id.as_bytes(),
        visitor.name,
        visitor.email,
        visitor.external_id,
        visitor.verified,
        visitor.attributes,
        visitor.page_url,
        visitor.page_title,
        visitor.referrer,
        visitor.trail,
    ];
    write(db, words, values).map(drop)
}

pub(super) fn add_agent(db: &Connection, agent: &Agent) -> Written {
    refuse_taken(db, agent)?;
    let words = "INSERT INTO agents \
                 (email, name, role, password_hash, disabled, availability, languages, capacity, id) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)";
    write_agent(db, words, agent).map(drop)
}

pub(super) fn save_agent(db: &Connection, agent: &Agent) -> Written {
    refuse_taken(db, agent)?;
    let before = queries::agent(db, agent.id)?.ok_or(StoreError::Conflict)?;
    let words = "UPDATE agents SET email = ?1, name = ?2, role = ?3, password_hash = ?4, disabled = ?5, \
                 availability = ?6, languages = ?7, capacity = ?8 WHERE id = ?9";
    write_agent(db, words, agent)?;
    if agent.disabled || agent.password_hash != before.password_hash {
        write(db, "DELETE FROM sessions WHERE agent = ?1", [agent.id.0.as_bytes()])?;
    }
    Ok(())
}

pub(super) fn set_availability(db: &Connection, id: AgentId, availability: Availability) -> Written {
    let words = "UPDATE agents SET availability = ?1 WHERE id = ?2";
    changed(write(db, words, params![availability.as_str(), id.0.as_bytes()])?)
}

fn refuse_taken(db: &Connection, agent: &Agent) -> Written {
    match queries::agent_by_email(db, &agent.email)? {
        Some(other) if other.id != agent.id => Err(StoreError::EmailTaken),
        Some(_) | None => Ok(()),
    }
}

fn write_agent(db: &Connection, words: &str, agent: &Agent) -> Result<usize, StoreError> {
    let values = params![
        rows::email(&agent.email),
        agent.name,
        agent.role.as_str(),
        agent.password_hash,
        agent.disabled,
        agent.availability.as_str(),
        rows::to_json(&agent.languages)?,
        agent.capacity,
        agent.id.0.as_bytes(),
    ];
    write(db, words, values)
}

pub(super) fn add_session(db: &Connection, hash: [u8; 32], agent: AgentId, expires: i64) -> Written {
    let words = "INSERT INTO sessions (hash, agent, expires) VALUES (?1, ?2, ?3)";
    write(db, words, params![hash, agent.0.as_bytes(), expires]).map(drop)
}

pub(super) fn end_session(db: &Connection, hash: [u8; 32]) -> Written {
    write(db, "DELETE FROM sessions WHERE hash = ?1", [hash]).map(drop)
}

pub(super) fn secret(db: &Connection, name: &str, new: [u8; 32]) -> Result<[u8; 32], StoreError> {
    write(db, "INSERT INTO secrets (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO NOTHING", params![name, new])?;
    let mut stored = db.prepare_cached("SELECT value FROM secrets WHERE name = ?1")?;
    Ok(stored.query_row([name], |row| row.get(0))?)
}

pub(super) fn forget_secret(db: &Connection, name: &str) -> Written {
    write(db, "DELETE FROM secrets WHERE name = ?1", [name]).map(drop)
}

/// Writes something that means nothing, to see whether writing works.
pub(super) fn beat(db: &Connection) -> Written {
    write(db, "UPDATE pulse SET beats = beats + 1", []).map(drop)
}

pub(super) fn write(db: &Connection, words: &str, values: impl Params) -> Result<usize, StoreError> {
    Ok(db.prepare_cached(words)?.execute(values)?)
}

/// What was to be changed must be there.
pub(super) fn changed(rows: usize) -> Written {
    if rows == 0 { Err(StoreError::Conflict) } else { Ok(()) }
}
