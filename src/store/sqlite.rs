//! The default engine: one file in the data folder, written by one thread that commits in groups.

mod audit;
mod backup;
mod erasures;
mod fault;
mod find;
mod forgetting;
mod handoff;
mod insights;
mod keys;
mod gaps;
mod log;
mod migrations;
mod opening;
mod queries;
mod reader;
mod records;
mod restoring;
mod unfiled;
mod writer;
mod writes;

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use async_trait::async_trait;
use jiff::Timestamp;

use self::{erasures::Erasures, opening::Place, reader::Readers, restoring::InUse, writer::Writer};
use crate::{
    conversation::{AgentId, ClientId, Conversation, ConversationId, Event, Seq, VisitorId},
    queue::Queue,
    store::{
        Agent, Availability, Commit, Forgotten, Keeping, Note, Pickup, Receipt, Recent, Seen, Store, StoreError,
        Visitor,
        rows::{CommitRows, VisitorRow, nanoseconds},
    },
};

/// How to treat the database.
#[derive(Debug, Clone)]
pub struct SqliteOptions {
    /// How long to wait while another process writes.
    pub patience: Duration,
    /// How many pages of 4 KiB the database may have; without a limit as many as the disk takes.
    pub max_pages: Option<u32>,
}

impl Default for SqliteOptions {
    fn default() -> Self {
        Self { patience: Duration::from_secs(5), max_pages: None }
    }
}

/// Conversations in a SQLite file. Dropping it finishes what is being written.
///
/// Several processes may have the same folder open: commands run beside a live server.
#[derive(Debug)]
pub struct SqliteStore {
    writer: Writer,
    readers: Readers,
    erasures: Erasures,
    _in_use: InUse,
}

impl SqliteStore {
    /// Opens the database `frontdesk.db` of a data folder; makes both when they are missing.
    ///
    /// # Errors
    /// [`StoreError::Open`], which says what to do.
    pub fn open(folder: &Path) -> Result<Self, StoreError> {
        Self::open_with(folder, SqliteOptions::default())
    }

    /// Whether a data folder has a database.
    pub fn is_in(folder: &Path) -> bool {
        opening::file(folder).exists()
    }

    /// Reads through the whole database of a data folder, changing nothing; one that is not there is whole. The error says
    /// what is wrong.
    ///
    /// # Errors
    /// The damage, in words.
    pub fn examine(folder: &Path) -> Result<(), String> {
        if !Self::is_in(folder) {
            return Ok(());
        }
        let flags = rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY;
        let db = rusqlite::Connection::open_with_flags(opening::file(folder), flags);
        opening::examine_file(&db.map_err(|error| error.to_string())?)
    }

    /// Opens the database of a data folder, to be treated so.
    ///
    /// # Errors
    /// [`StoreError::Open`], which says what to do.
    pub fn open_with(folder: &Path, options: SqliteOptions) -> Result<Self, StoreError> {
        let (place, db) = Place::open(folder, options)?;
        let erasures = Erasures::of(folder);
        erase_again(&db, &erasures)?;
        let readers = Readers::of(place.clone());
        Ok(Self { writer: Writer::start(place, db)?, readers, erasures, _in_use: InUse::of(folder) })
    }

    /// Writes a consistent copy of the database to a new file, also while it is in use.
    ///
    /// # Errors
    /// [`StoreError::Unavailable`] when the file exists or cannot be written.
    pub async fn backup(&self, to: PathBuf) -> Result<(), StoreError> {
        self.readers.run(move |db| backup::copy_to(db, &to)).await
    }
}

/// A database from before an erasure forgets again.
fn erase_again(db: &rusqlite::Connection, erasures: &Erasures) -> Result<(), StoreError> {
    for (visitor, at) in erasures.read()? {
        if !forgetting::is_erased(db, visitor, at)? {
            forgetting::erase(db, visitor, at)?;
        }
    }
    Ok(())
}

#[async_trait]
impl Store for SqliteStore {
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
        self.readers.run(move |db| queries::conversation(db, id)).await
    }

    async fn current_conversation(&self, visitor: VisitorId) -> Result<Option<Conversation>, StoreError> {
        self.readers.run(move |db| queries::current_conversation(db, visitor)).await
    }

    async fn events(&self, id: ConversationId, after: Seq, limit: u32) -> Result<Vec<Event>, StoreError> {
        self.readers.run(move |db| queries::events(db, id, after, limit)).await
    }

    async fn event(&self, id: ConversationId, seq: Seq) -> Result<Option<Event>, StoreError> {
        self.readers.run(move |db| queries::event(db, id, seq)).await
    }

    async fn last_visitor_message(&self, id: ConversationId) -> Result<Option<Event>, StoreError> {
        self.readers.run(move |db| queries::last_visitor_message(db, id)).await
    }

    async fn receipt(&self, sender: uuid::Uuid, client_id: ClientId) -> Result<Option<Receipt>, StoreError> {
        self.readers.run(move |db| queries::receipt(db, sender, client_id)).await
    }

    async fn commit(&self, commit: Commit) -> Result<Commit, StoreError> {
        let rows = CommitRows::of(&commit)?;
        self.writer.run(move |db| writes::commit(db, &rows)).await?;
        Ok(commit)
    }

    async fn visitors_with_email(&self, email: &str) -> Result<Vec<VisitorId>, StoreError> {
        let email = email.to_owned();
        self.readers.run(move |db| queries::visitors_with_email(db, &email)).await
    }

    async fn forget_old(&self, keeping: Keeping, most: u32) -> Result<Forgotten, StoreError> {
        self.writer.run(move |db| forgetting::forget_old(db, &keeping, most)).await
    }

    async fn erase(&self, visitor: VisitorId, until: Timestamp) -> Result<Forgotten, StoreError> {
        self.erasures.add(visitor, until)?;
        self.writer.run(move |db| forgetting::erase(db, visitor, until)).await
    }

    async fn with_people(&self) -> Result<Vec<Conversation>, StoreError> {
        self.readers.run(queries::with_people).await
    }

    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        self.readers.run(move |db| handoff::due(db, now, limit)).await
    }

    async fn set_due(&self, id: ConversationId, seq: Seq, due_at: Option<Timestamp>) -> Result<(), StoreError> {
        self.writer.run(move |db| handoff::set_due(db, id, seq, due_at)).await
    }

    async fn recent(&self, which: Recent, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        self.readers.run(move |db| handoff::recent(db, which, limit)).await
    }

    async fn conversations_of(&self, visitor: VisitorId, limit: u32) -> Result<Vec<Conversation>, StoreError> {
        self.readers.run(move |db| handoff::conversations_of(db, visitor, limit)).await
    }

    async fn visitors(&self, ids: Vec<VisitorId>) -> Result<Vec<Visitor>, StoreError> {
        self.readers.run(move |db| handoff::visitors(db, &ids)).await
    }

    async fn pickups(&self, since: Timestamp) -> Result<Vec<Pickup>, StoreError> {
        self.readers.run(move |db| handoff::pickups(db, since)).await
    }

    async fn queues(&self) -> Result<Vec<Queue>, StoreError> {
        self.readers.run(handoff::queues).await
    }

    async fn save_queue(&self, queue: Queue) -> Result<(), StoreError> {
        self.writer.run(move |db| handoff::save_queue(db, &queue)).await
    }

    async fn delete_queue(&self, name: &str) -> Result<bool, StoreError> {
        let name = name.to_owned();
        self.writer.run(move |db| handoff::delete_queue(db, &name)).await
    }

    async fn seen(&self) -> Result<Vec<Seen>, StoreError> {
        self.readers.run(handoff::seen).await
    }

    async fn note_seen(&self, agents: Vec<AgentId>, at: Timestamp) -> Result<(), StoreError> {
        self.writer.run(move |db| handoff::note_seen(db, &agents, at)).await
    }

    async fn add_note(&self, note: Note, receipt: Receipt) -> Result<Note, StoreError> {
        self.writer.run(move |db| writes::add_note(db, &note, &receipt)).await
    }

    async fn notes(&self, id: ConversationId, after: u64) -> Result<Vec<Note>, StoreError> {
        self.readers.run(move |db| queries::notes(db, id, after)).await
    }

    async fn visitor(&self, id: VisitorId) -> Result<Option<Visitor>, StoreError> {
        self.readers.run(move |db| queries::visitor(db, id)).await
    }

    async fn save_visitor(&self, visitor: Visitor) -> Result<(), StoreError> {
        let row = VisitorRow::of(&visitor)?;
        self.writer.run(move |db| writes::save_visitor(db, &row)).await
    }

    async fn agents(&self) -> Result<Vec<Agent>, StoreError> {
        self.readers.run(queries::agents).await
    }

    async fn agent(&self, id: AgentId) -> Result<Option<Agent>, StoreError> {
        self.readers.run(move |db| queries::agent(db, id)).await
    }

    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>, StoreError> {
        let email = email.to_owned();
        self.readers.run(move |db| queries::agent_by_email(db, &email)).await
    }

    async fn add_agent(&self, agent: Agent) -> Result<(), StoreError> {
        self.writer.run(move |db| writes::add_agent(db, &agent)).await
    }

    async fn save_agent(&self, agent: Agent) -> Result<(), StoreError> {
        self.writer.run(move |db| writes::save_agent(db, &agent)).await
    }

    async fn set_availability(&self, id: AgentId, availability: Availability) -> Result<(), StoreError> {
        self.writer.run(move |db| writes::set_availability(db, id, availability)).await
    }

    async fn add_session(&self, hash: [u8; 32], agent: AgentId, expires: Timestamp) -> Result<(), StoreError> {
        self.writer.run(move |db| writes::add_session(db, hash, agent, nanoseconds(expires))).await
    }

    async fn session_agent(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<Agent>, StoreError> {
        self.readers.run(move |db| queries::session_agent(db, hash, now)).await
    }

    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError> {
        self.writer.run(move |db| writes::end_session(db, hash)).await
    }

    async fn secret(&self, name: &str, new: [u8; 32]) -> Result<[u8; 32], StoreError> {
        let name = name.to_owned();
        self.writer.run(move |db| writes::secret(db, &name, new)).await
    }

    async fn forget_secret(&self, name: &str) -> Result<(), StoreError> {
        let name = name.to_owned();
        self.writer.run(move |db| writes::forget_secret(db, &name)).await
    }

    async fn is_writable(&self) -> Result<(), StoreError> {
        self.writer.run(writes::beat).await
    }
}
