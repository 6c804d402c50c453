//! Moving what was written from the write-ahead log into the database, beside the writing.
//!
//! A thread with a connection of its own moves the bulk while the writer goes on. What is written meanwhile is little:
//! the writer moves that itself between two batches, and then the log begins anew. So the log stays about as large as
//! [`FULL`] says, and nobody waits for thousands of pages.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread::{self, JoinHandle},
};

use rusqlite::{Connection, Row};
use tracing::warn;

use crate::store::{
    StoreError,
    sqlite::opening::{Place, Purpose},
};

/// So many pages are moved at once: often changed ones then count once.
const FULL: u32 = 2_000;
/// So few pages the writer moves itself; it takes a few milliseconds.
const REST: u32 = 100;
/// When the log has become so long, moving cannot keep up: the writer has to wait for it.
const OVERFULL: u32 = 4 * FULL;

/// How many pages the log has, and how many of them the database has too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Log {
    pages: u32,
    moved: u32,
}

/// What is to be done about the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Care {
    Nothing,
    /// By the thread, while others write.
    MoveBeside,
    /// By the writer, between two batches.
    MoveNow,
}

impl Log {
    fn read(db: &Connection) -> rusqlite::Result<Self> {
        checkpoint(db, "PRAGMA wal_checkpoint(NOOP)")
    }

    fn care(self) -> Care {
        let left = self.pages.saturating_sub(self.moved);
        if self.pages < FULL || left == 0 {
            Care::Nothing
        } else if left <= REST || self.pages >= OVERFULL {
            Care::MoveNow
        } else {
            Care::MoveBeside
        }
    }
}

/// The thread that moves pages. Dropping it ends the thread.
pub(super) struct Mover {
    wake: Option<SyncSender<()>>,
    state: Arc<State>,
    thread: Option<JoinHandle<()>>,
}

/// What the writer and the thread know of each other.
#[derive(Default)]
struct State {
    is_moving: AtomicBool,
    is_failing: AtomicBool,
}

impl State {
    /// Says once that moving fails. The next time tries again; until then the log only grows.
    fn note(&self, moved: rusqlite::Result<()>) {
        let was_failing = self.is_failing.swap(moved.is_err(), Ordering::Relaxed);
        if let Err(error) = moved
            && !was_failing
        {
            warn!(%error, "what was written cannot be moved from the log into the database");
        }
    }
}

impl Mover {
    pub(super) fn start(place: Place) -> Result<Self, StoreError> {
        let (wake, woken) = sync_channel(1);
        let state = Arc::new(State::default());
        let shared = Arc::clone(&state);
        let thread = thread::Builder::new()
            .name("store-mover".to_owned())
            .spawn(move || work(&place, &woken, &shared))
            .map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self { wake: Some(wake), state, thread: Some(thread) })
    }

    /// Sees to the log after something was written by this connection.
    pub(super) fn tend(&self, db: &Connection) {
        match Log::read(db).map(Log::care) {
            Ok(Care::Nothing) => {}
            Ok(Care::MoveBeside) => self.move_beside(),
            Ok(Care::MoveNow) => self.state.note(move_pages(db)),
            Err(error) => self.state.note(Err(error)),
        }
    }

    fn move_beside(&self) {
        if self.state.is_moving.swap(true, Ordering::AcqRel) {
            return;
        }
        let is_woken = self.wake.as_ref().is_some_and(|wake| wake.try_send(()).is_ok());
        if !is_woken {
            self.state.is_moving.store(false, Ordering::Release);
        }
    }
}

impl Drop for Mover {
    fn drop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

fn work(place: &Place, woken: &Receiver<()>, state: &State) {
    let mut ready: Option<Connection> = None;
    while woken.recv().is_ok() {
        let db = ready.take().map_or_else(|| place.connect(Purpose::Write), Ok);
        state.note(db.and_then(|db| move_pages(&db).map(|()| ready = Some(db))));
        state.is_moving.store(false, Ordering::Release);
    }
}

/// Moves what no reader still needs in the log; waits for nobody.
fn move_pages(db: &Connection) -> rusqlite::Result<()> {
    checkpoint(db, "PRAGMA wal_checkpoint(PASSIVE)").map(drop)
}

/// While another connection moves pages, SQLite gives negative counts.
fn checkpoint(db: &Connection, words: &str) -> rusqlite::Result<Log> {
    let count = |count: i64| u32::try_from(count).unwrap_or_default();
    let read = |row: &Row<'_>| Ok(Log { pages: count(row.get(1)?), moved: count(row.get(2)?) });
    db.prepare_cached(words)?.query_row([], read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn much_is_moved_beside_and_little_now() {
        for (pages, moved, expected) in [
            (0, 0, Care::Nothing),
            (FULL - 1, 0, Care::Nothing),
            (FULL, 0, Care::MoveBeside),
            (FULL + REST, FULL, Care::MoveNow),
            (2 * FULL, FULL, Care::MoveBeside),
            (2 * FULL, 2 * FULL, Care::Nothing),
            (OVERFULL, FULL, Care::MoveNow),
        ] {
            assert_eq!(Log { pages, moved }.care(), expected, "{moved} of {pages}");
        }
    }
}
