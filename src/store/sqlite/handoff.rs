//! Queues, presence, and what time alone does.

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::{
    conversation::{AgentId, Conversation, ConversationId, Seq, VisitorId},
    queue::Queue,
    store::{
        Pickup, Recent, Seen, StoreError, Visitor,
        rows::{self, nanoseconds},
        sqlite::queries::{self, CONVERSATIONS, all, to_conversation, uuid},
    },
};

type Written = Result<(), StoreError>;

pub(super) fn queues(db: &Connection) -> Result<Vec<Queue>, StoreError> {
    all(db, "SELECT state FROM queues ORDER BY name", [], |row| {
        rows::from_json(row.get_ref(0)?.as_str().map_err(rows::damaged)?)
    })
}

pub(super) fn save_queue(db: &Connection, queue: &Queue) -> Written {
    let words = "INSERT INTO queues (name, state) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET state = ?2";
    db.prepare_cached(words)?.execute(params![queue.name, rows::to_json(queue)?])?;
    Ok(())
}

pub(super) fn delete_queue(db: &Connection, name: &str) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("DELETE FROM queues WHERE name = ?1")?.execute([name])? > 0)
}

pub(super) fn due(db: &Connection, now: Timestamp, limit: u32) -> Result<Vec<Conversation>, StoreError> {
    let words = format!("{CONVERSATIONS} WHERE due_at <= ?1 ORDER BY due_at LIMIT ?2");
    all(db, &words, params![nanoseconds(now), limit], to_conversation)
}

pub(super) fn set_due(db: &Connection, id: ConversationId, seq: Seq, due_at: Option<Timestamp>) -> Written {
    let words = "UPDATE conversations SET due_at = ?1 WHERE id = ?2 AND last_seq = ?3";
    let due_at = due_at.map(nanoseconds);
    db.prepare_cached(words)?.execute(params![due_at, id.0.as_bytes(), rows::number(seq.0)?])?;
    Ok(())
}

pub(super) fn recent(db: &Connection, which: Recent, limit: u32) -> Result<Vec<Conversation>, StoreError> {
    let status = match which {
        Recent::WithBot => "with_bot",
        Recent::Resolved => "resolved",
    };
    // The index alone tells which they are; without the inner question every row that it passes would be read.
    let words = format!(
        "{CONVERSATIONS} WHERE id IN (SELECT id FROM conversations WHERE status = ?1 ORDER BY changed_at DESC \
         LIMIT ?2) ORDER BY changed_at DESC"
    );
    all(db, &words, params![status, limit], to_conversation)
}

pub(super) fn conversations_of(
    db: &Connection,
    visitor: VisitorId,
    limit: u32,
) -> Result<Vec<Conversation>, StoreError> {
    let words = format!("{CONVERSATIONS} WHERE visitor = ?1 ORDER BY started_at DESC, id DESC LIMIT ?2");
    all(db, &words, params![visitor.0.as_bytes(), limit], to_conversation)
}

pub(super) fn visitors(db: &Connection, ids: &[VisitorId]) -> Result<Vec<Visitor>, StoreError> {
    ids.iter().filter_map(|id| queries::visitor(db, *id).transpose()).collect()
}

pub(super) fn pickups(db: &Connection, since: Timestamp) -> Result<Vec<Pickup>, StoreError> {
    let words = "SELECT events.at, conversations.queue FROM events JOIN conversations ON conversations.id = \
                 events.conversation WHERE events.kind = 'claimed' AND events.at >= ?1 ORDER BY events.at";
    all(db, words, [nanoseconds(since)], |row| Ok(Pickup { at: rows::time(row.get(0)?)?, queue: row.get(1)? }))
}

pub(super) fn seen(db: &Connection) -> Result<Vec<Seen>, StoreError> {
    all(db, "SELECT agent, seen_at, assigned_at FROM presence", [], |row| {
        let time = |nanoseconds: Option<i64>| nanoseconds.map(rows::time).transpose();
        Ok(Seen { agent: AgentId(uuid(row, 0)?), seen_at: time(row.get(1)?)?, assigned_at: time(row.get(2)?)? })
    })
}

pub(super) fn note_seen(db: &Connection, agents: &[AgentId], at: Timestamp) -> Written {
    let words = "INSERT INTO presence (agent, seen_at) SELECT id, ?2 FROM agents WHERE id = ?1 \
                 ON CONFLICT (agent) DO UPDATE SET seen_at = ?2";
    for agent in agents {
        db.prepare_cached(words)?.execute(params![agent.0.as_bytes(), nanoseconds(at)])?;
    }
    Ok(())
}

/// How many conversations an agent has, those that sleep left out.
pub(super) fn open_of(db: &Connection, agent: AgentId) -> Result<u32, StoreError> {
    let words = "SELECT count(*) FROM conversations WHERE agent = ?1 AND status = 'with_agent'";
    Ok(db.prepare_cached(words)?.query_row([agent.0.as_bytes()], |row| row.get(0))?)
}

pub(super) fn note_assigned(db: &Connection, agent: AgentId, at: i64) -> Written {
    let words = "INSERT INTO presence (agent, assigned_at) SELECT id, ?2 FROM agents WHERE id = ?1 \
                 ON CONFLICT (agent) DO UPDATE SET assigned_at = ?2";
    db.prepare_cached(words)?.execute(params![agent.0.as_bytes(), at])?;
    Ok(())
}
