//! The schema, step by step. A step that has been released never changes.

use rusqlite::{Connection, Transaction, TransactionBehavior};

/// The steps in order; the database's `user_version` is how many of them it has had.
const STEPS: [&str; 10] = [
    include_str!("../migrations/sqlite/0001_start.sql"),
    include_str!("../migrations/sqlite/0002_queues.sql"),
    include_str!("../migrations/sqlite/0003_desk.sql"),
    include_str!("../migrations/sqlite/0004_erased.sql"),
    include_str!("../migrations/sqlite/0005_trail.sql"),
    include_str!("../migrations/sqlite/0006_filing.sql"),
    include_str!("../migrations/sqlite/0007_tagging.sql"),
    include_str!("../migrations/sqlite/0008_with_people.sql"),
    include_str!("../migrations/sqlite/0009_unfiled.sql"),
    include_str!("../migrations/sqlite/0010_fewer_indexes.sql"),
];

/// How many steps this program knows.
pub(super) const NEWEST: u32 = STEPS.len() as u32;

/// How many steps a database has had.
pub(super) fn version(db: &Connection) -> rusqlite::Result<u32> {
    db.pragma_query_value(None, "user_version", |row| row.get(0))
}

/// Takes the steps that are missing, each all or nothing. A newer database stays as it is.
pub(super) fn migrate(db: &Connection) -> rusqlite::Result<()> {
    while version(db)? < NEWEST {
        next_step(db)?;
    }
    Ok(())
}

fn next_step(db: &Connection) -> rusqlite::Result<()> {
    let transaction = Transaction::new_unchecked(db, TransactionBehavior::Immediate)?;
    // Another process may have been first.
    let taken = version(&transaction)?;
    if let Some(step) = STEPS.get(taken as usize) {
        transaction.execute_batch(step)?;
        transaction.pragma_update(None, "user_version", taken + 1)?;
    }
    transaction.commit()
}
