//! The audit log and the changes that are kept together with its entries.

use async_trait::async_trait;
use jiff::Timestamp;
use rusqlite::{Connection, Row, params};

use crate::store::{
    Act, Actor, ActorKind, AuditEntry, AuditFilter, AuditLog, Change, Desk, Slice, SqliteStore, StoreError,
    rows::{self, nanoseconds},
    sqlite::{
        handoff, keys,
        queries::{all, optional_uuid, uuid},
        writes::{self, write},
    },
};

#[async_trait]
impl AuditLog for SqliteStore {
    async fn record(&self, entry: AuditEntry) -> Result<(), StoreError> {
        self.writer.run(move |db| add(db, &entry)).await
    }

    async fn audit(&self, filter: AuditFilter, slice: Slice) -> Result<Vec<AuditEntry>, StoreError> {
        self.readers.run(move |db| list(db, &filter, slice)).await
    }

    async fn forget_audit(&self, before: Timestamp) -> Result<usize, StoreError> {
        self.writer.run(move |db| write(db, "DELETE FROM audit WHERE at < ?1", [nanoseconds(before)])).await
    }
}

#[async_trait]
impl Desk for SqliteStore {
    async fn change(&self, change: Change, entries: Vec<AuditEntry>) -> Result<(), StoreError> {
        self.writer
            .run(move |db| {
                make(db, &change)?;
                entries.iter().try_for_each(|entry| add(db, entry))
            })
            .await
    }
}

fn make(db: &Connection, change: &Change) -> Result<(), StoreError> {
    match change {
        Change::AddAgent(agent) => writes::add_agent(db, agent),
        Change::SaveAgent(agent) => writes::save_agent(db, agent),
        Change::SaveQueue(queue) => handoff::save_queue(db, queue),
        Change::RemoveQueue(name) if handoff::delete_queue(db, name)? => Ok(()),
        Change::RemoveQueue(_) => Err(StoreError::Conflict),
        Change::AddKey(key, hash) => keys::add(db, key, *hash),
        Change::RevokeKey(id, at) => keys::revoke(db, *id, *at),
    }
}

fn add(db: &Connection, entry: &AuditEntry) -> Result<(), StoreError> {
    let words = "INSERT INTO audit (id, at, actor_kind, actor, actor_name, act, subject, detail) \
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)";
    let values = params![
        entry.id.as_bytes(),
        nanoseconds(entry.at),
        entry.actor.kind.as_str(),
        entry.actor.id.as_ref().map(uuid::Uuid::as_bytes),
        entry.actor.name,
        entry.act.as_str(),
        entry.subject,
        entry.detail,
    ];
    write(db, words, values).map(drop)
}

fn list(db: &Connection, filter: &AuditFilter, slice: Slice) -> Result<Vec<AuditEntry>, StoreError> {
    let words = "SELECT id, at, actor_kind, actor, actor_name, act, subject, detail FROM audit \
                 WHERE (?1 IS NULL OR act = ?1) AND (?2 IS NULL OR actor = ?2) \
                 AND (?3 IS NULL OR at >= ?3) AND (?4 IS NULL OR at < ?4) \
                 AND (?5 IS NULL OR (at, id) < (?5, ?6)) ORDER BY at DESC, id DESC LIMIT ?7";
    let values = params![
        filter.act.map(Act::as_str),
        filter.actor.as_ref().map(uuid::Uuid::as_bytes),
        filter.from.map(nanoseconds),
        filter.until.map(nanoseconds),
        slice.after.map(|place| place.at),
        slice.after.as_ref().map(|place| place.id.as_bytes()),
        slice.limit,
    ];
    all(db, words, values, to_entry)
}

fn to_entry(row: &Row<'_>) -> Result<AuditEntry, StoreError> {
    let kind: String = row.get(2)?;
    let act: String = row.get(5)?;
    let actor = Actor {
        kind: rows::named(ActorKind::ALL, ActorKind::as_str, &kind)?,
        id: optional_uuid(row, 3)?,
        name: row.get(4)?,
    };
    Ok(AuditEntry {
        id: uuid(row, 0)?,
        at: rows::time(row.get(1)?)?,
        actor,
        act: rows::named(Act::ALL, Act::as_str, &act)?,
        subject: row.get(6)?,
        detail: row.get(7)?,
    })
}
