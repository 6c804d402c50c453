//! Forgetting: what is old enough, and what a visitor wants forgotten.

use jiff::Timestamp;
use rusqlite::{Connection, params};
use uuid::Uuid;

use crate::{
    conversation::VisitorId,
    store::{Forgotten, Keeping, StoreError, rows, sqlite::queries},
};

/// How many free pages go back to the disk with a batch.
const FREED_PAGES: u32 = 512;

/// Forgets conversations that nobody has, last changed before the limits, and visitors of whom nothing is left.
pub(super) fn forget_old(db: &Connection, keeping: &Keeping, most: u32) -> Result<Forgotten, StoreError> {
    let (bot, people) = (rows::nanoseconds(keeping.bot_since), rows::nanoseconds(keeping.people_since));
    let words = "SELECT id, visitor FROM conversations AS old \
         WHERE changed_at < max(?1, ?2) AND status IN ('with_bot', 'resolved') AND changed_at < CASE WHEN EXISTS \
         (SELECT 1 FROM events WHERE conversation = old.id AND kind IN ('escalated', 'claimed')) THEN ?2 ELSE ?1 END \
         ORDER BY changed_at LIMIT ?3";
    let old: Vec<(Uuid, Uuid)> = db
        .prepare_cached(words)?
        .query_map(params![bot, people, most], |row| Ok((queries::uuid(row, 0)?, queries::uuid(row, 1)?)))?
        .collect::<Result<_, _>>()?;
    let mut forgotten = Forgotten::default();
    for (conversation, visitor) in old {
        forgotten.conversations += run(db, "DELETE FROM conversations WHERE id = ?1", conversation)?;
        let words =
            "DELETE FROM visitors WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM conversations WHERE visitor = ?1)";
        forgotten.visitors += run(db, words, visitor)?;
    }
    let ended = "DELETE FROM sessions WHERE expires < ?1";
    db.prepare_cached(ended)?.execute([rows::nanoseconds(keeping.now)])?;
    let audit = "DELETE FROM audit WHERE at < ?1";
    db.prepare_cached(audit)?.execute([rows::nanoseconds(keeping.audit_since)])?;
    give_back_space(db)?;
    Ok(forgotten)
}

/// Forgets a visitor and every conversation of theirs that began until then, and remembers only that it was done.
pub(super) fn erase(db: &Connection, visitor: VisitorId, until: Timestamp) -> Result<Forgotten, StoreError> {
    let at = rows::nanoseconds(until);
    let conversations = db
        .prepare_cached("DELETE FROM conversations WHERE visitor = ?1 AND started_at <= ?2")?
        .execute(params![visitor.0.as_bytes(), at])? as u64;
    let visitors = run(
        db,
        "DELETE FROM visitors WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM conversations WHERE visitor = ?1)",
        visitor.0,
    )?;
    let words = "INSERT INTO erased (visitor, at) VALUES (?1, ?2) \
                 ON CONFLICT (visitor) DO UPDATE SET at = max(at, excluded.at)";
    db.prepare_cached(words)?.execute(params![visitor.0.as_bytes(), at])?;
    give_back_space(db)?;
    Ok(Forgotten { conversations, visitors })
}

/// Whether the visitor was erased then or later.
pub(super) fn is_erased(db: &Connection, visitor: VisitorId, until: Timestamp) -> Result<bool, StoreError> {
    let words = "SELECT EXISTS (SELECT 1 FROM erased WHERE visitor = ?1 AND at >= ?2)";
    let values = params![visitor.0.as_bytes(), rows::nanoseconds(until)];
    Ok(db.prepare_cached(words)?.query_row(values, |row| row.get(0))?)
}

fn run(db: &Connection, words: &str, id: Uuid) -> Result<u64, StoreError> {
    Ok(db.prepare_cached(words)?.execute([id.as_bytes()])? as u64)
}

fn give_back_space(db: &Connection) -> Result<(), StoreError> {
    let mut freeing = db.prepare(&format!("PRAGMA incremental_vacuum({FREED_PAGES})"))?;
    let mut rows = freeing.query([])?;
    while rows.next()?.is_some() {}
    Ok(())
}
