//! Where everything is kept: one trait, one contract suite, an engine for each database.
//!
//! The number is the lock: a commit names the number that it was decided on, and is refused as
//! [`StoreError::Conflict`] when another writer was first.

mod agent;
mod audit;
mod body;
mod change;
mod find;
mod insights;
mod keys;
mod gaps;
mod records;
mod rows;
mod sqlite;
mod unfiled;
mod visitor;

use async_trait::async_trait;
use jiff::Timestamp;
use thiserror::Error;

pub use self::{
    agent::{Agent, Availability, Role},
    audit::{Act, Actor, ActorKind, AuditEntry, AuditFilter, AuditLog},
    change::{Change, Desk},
    find::{ContactNote, ConversationFilter, Finding, FoundContact, FoundConversation, Place, Rating, Sight, Slice},
    gaps::{Gaps, JudgedAnswer, Unanswered},
    insights::{Course, Insights, Period, Questions},
    keys::{ApiKey, Keys},
    records::{Record, RecordKind, Records},
    sqlite::{SqliteOptions, SqliteStore},
    unfiled::{ArchiveFeed, Unfiled},
    visitor::{Consent, Forgotten, Keeping, PageSeen, Trail, Visitor},
};
use crate::{
    conversation::{AgentId, ClientId, Conversation, ConversationId, Event, Grown, Seq, VisitorId},
    queue::Queue,
};

/// Why something could not be kept or read.
#[derive(Debug, Error)]
pub enum StoreError {
    /// Another writer was first: load again and decide again.
    #[error("another writer was first")]
    Conflict,
    /// The sender used this id before.
    #[error("this client_id was used before")]
    Repeated(Box<Receipt>),
    /// The agent has as many conversations as they may.
    #[error("the agent has as many conversations as they may")]
    Full,
    /// The e-mail address belongs to another agent.
    #[error("an agent with this e-mail address exists already")]
    EmailTaken,
    /// The database is locked, full, or its disk is.
    #[error("nothing can be stored right now: {0}")]
    Unavailable(String),
    /// What is stored does not make sense: restore a backup.
    #[error("the database is damaged: {0}; restore a backup")]
    Damaged(String),
    /// The database cannot be opened.
    #[error("cannot open the database {path}: {message}")]
    Open {
        /// Which file.
        path: String,
        /// Why, and what to do.
        message: String,
    },
}

/// Proof that a frame was dealt with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Who sent it: a visitor's or an agent's id.
    pub sender: uuid::Uuid,
    /// The sender's id for it.
    pub client_id: ClientId,
    /// SHA-256 of what it said.
    pub body: [u8; 32],
    /// Where its first event is.
    pub conversation: ConversationId,
    /// The number of that event; of a note, the note's number.
    pub seq: Seq,
}

/// Something that only agents see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Its number among the conversation's notes, from 1.
    pub number: u64,
    /// When it was written.
    pub at: Timestamp,
    /// The event after which it was written.
    pub after: Seq,
    /// Who wrote it.
    pub agent: AgentId,
    /// Their name then.
    pub author: String,
    /// The words.
    pub text: String,
    /// The frame's id.
    pub client_id: Option<ClientId>,
}

/// One atomic change of one conversation, and of the one that ends as this one begins.
#[derive(Debug, Clone, PartialEq)]
pub struct Commit {
    /// The visitor's earlier conversation, when it changes too.
    pub earlier: Option<Grown>,
    /// The conversation after the events; its `last_seq` is the last event's.
    pub conversation: Conversation,
    /// The events, numbered from the number that was decided on + 1.
    pub events: Vec<Event>,
    /// Proofs for the frames that caused them.
    pub receipts: Vec<Receipt>,
    /// The visitor, when there is something new to keep of them.
    pub visitor: Option<Visitor>,
    /// When time alone does something next.
    pub due_at: Option<Timestamp>,
    /// Who gets the conversation with this, and must have room for it.
    pub room: Option<Room>,
}

impl Commit {
    /// These events and nothing else.
    pub fn of(conversation: Conversation, events: Vec<Event>) -> Self {
        Self { earlier: None, conversation, events, receipts: Vec::new(), visitor: None, due_at: None, room: None }
    }
}

/// An agent must have fewer conversations than this to get one more; those that sleep do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Who.
    pub agent: AgentId,
    /// How many they may have; 0 is without limit.
    pub limit: u32,
}

/// When an agent was last here, and last given a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// Who.
    pub agent: AgentId,
    /// When a console of theirs was last heard of.
    pub seen_at: Option<Timestamp>,
    /// When they last got a conversation.
    pub assigned_at: Option<Timestamp>,
}

/// An agent took a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pickup {
    /// When.
    pub at: Timestamp,
    /// From which queue, as the conversation names it.
    pub queue: Option<String>,
}

/// Conversations that are not with people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recent {
    /// The bot has them.
    WithBot,
    /// They are over.
    Resolved,
}

/// Everything that outlives the process: conversations here, the rest in traits of their own. Every method may fail
/// as [`StoreError::Unavailable`] or [`StoreError::Damaged`]; the other errors are named where they occur.
#[async_trait]
pub trait Store: ArchiveFeed + AuditLog + Desk + Finding + Insights + Gaps + Keys + Records + Send + Sync {
    /// A conversation as its events have made it.
    async fn conversation(&self, id: ConversationId) -> Result<Option<Conversation>, StoreError>;

    /// A visitor's newest conversation.
    async fn current_conversation(&self, visitor: VisitorId) -> Result<Option<Conversation>, StoreError>;

    /// The events after a number, in order, at most `limit`.
    async fn events(&self, id: ConversationId, after: Seq, limit: u32) -> Result<Vec<Event>, StoreError>;

    /// One event.
    async fn event(&self, id: ConversationId, seq: Seq) -> Result<Option<Event>, StoreError>;

    /// The visitor's messages among the last events, oldest first: what the bot may refer back to.
    async fn last_visitor_message(&self, id: ConversationId) -> Result<Option<Event>, StoreError>;

    /// Proof that a frame was dealt with.
    async fn receipt(&self, sender: uuid::Uuid, client_id: ClientId) -> Result<Option<Receipt>, StoreError>;

    /// Keeps a change, all or nothing, and gives it back.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the first event's number is taken, or the conversation was to be new and
    /// exists; [`StoreError::Repeated`] when a receipt's id was used before.
    async fn commit(&self, commit: Commit) -> Result<Commit, StoreError>;

    /// The visitors who gave this e-mail address, or for whom their site did.
    async fn visitors_with_email(&self, email: &str) -> Result<Vec<VisitorId>, StoreError>;

    /// Forgets conversations that nobody has and that are older than is to be kept, at most so many at once.
    async fn forget_old(&self, keeping: Keeping, most: u32) -> Result<Forgotten, StoreError>;

    /// Forgets a visitor and their conversations that began until then, for good: a backup from before forgets them
    /// again when it is restored.
    async fn erase(&self, visitor: VisitorId, until: Timestamp) -> Result<Forgotten, StoreError>;

    /// The open conversations that wait, have an agent or sleep.
    async fn with_people(&self) -> Result<Vec<Conversation>, StoreError>;

    /// The conversations for which time alone has something to do, the most overdue first.
    async fn due(&self, now: Timestamp, limit: u32) -> Result<Vec<Conversation>, StoreError>;

    /// Keeps when time alone acts next, unless the conversation has grown since that number.
    async fn set_due(&self, id: ConversationId, seq: Seq, due_at: Option<Timestamp>) -> Result<(), StoreError>;

    /// The conversations of a kind that changed last, the latest first.
    async fn recent(&self, which: Recent, limit: u32) -> Result<Vec<Conversation>, StoreError>;

    /// A visitor's conversations, the newest first.
    async fn conversations_of(&self, visitor: VisitorId, limit: u32) -> Result<Vec<Conversation>, StoreError>;

    /// What is known of these visitors; those of whom nothing is known are left out.
    async fn visitors(&self, ids: Vec<VisitorId>) -> Result<Vec<Visitor>, StoreError>;

    /// The conversations that agents took since then, in order.
    async fn pickups(&self, since: Timestamp) -> Result<Vec<Pickup>, StoreError>;

    /// Every queue that was saved.
    async fn queues(&self) -> Result<Vec<Queue>, StoreError>;

    /// Keeps a queue, new or changed.
    async fn save_queue(&self, queue: Queue) -> Result<(), StoreError>;

    /// Forgets a queue; false when there is none of this name.
    async fn delete_queue(&self, name: &str) -> Result<bool, StoreError>;

    /// When agents were last here.
    async fn seen(&self) -> Result<Vec<Seen>, StoreError>;

    /// These agents are here at that time.
    async fn note_seen(&self, agents: Vec<AgentId>, at: Timestamp) -> Result<(), StoreError>;

    /// Keeps a note and its proof, and gives its number.
    ///
    /// # Errors
    /// [`StoreError::Repeated`] when the receipt's id was used before.
    async fn add_note(&self, note: Note, receipt: Receipt) -> Result<Note, StoreError>;

    /// The notes of a conversation after a number, in order.
    async fn notes(&self, id: ConversationId, after: u64) -> Result<Vec<Note>, StoreError>;

    /// What is known of a visitor.
    async fn visitor(&self, id: VisitorId) -> Result<Option<Visitor>, StoreError>;

    /// Keeps what is known of a visitor.
    async fn save_visitor(&self, visitor: Visitor) -> Result<(), StoreError>;

    /// Every agent, by name.
    async fn agents(&self) -> Result<Vec<Agent>, StoreError>;

    /// An agent.
    async fn agent(&self, id: AgentId) -> Result<Option<Agent>, StoreError>;

    /// The agent with this e-mail address, in any case.
    async fn agent_by_email(&self, email: &str) -> Result<Option<Agent>, StoreError>;

    /// Keeps a new agent.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`].
    async fn add_agent(&self, agent: Agent) -> Result<(), StoreError>;

    /// Keeps a changed agent; the sessions of one who is disabled or has a new password end.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`].
    async fn save_agent(&self, agent: Agent) -> Result<(), StoreError>;

    /// Keeps whether an agent takes conversations, and nothing else of them.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when there is no such agent.
    async fn set_availability(&self, id: AgentId, availability: Availability) -> Result<(), StoreError>;

    /// Keeps a session by the hash of its secret.
    async fn add_session(&self, hash: [u8; 32], agent: AgentId, expires: Timestamp) -> Result<(), StoreError>;

    /// The agent of a session that has not expired, unless disabled.
    async fn session_agent(&self, hash: [u8; 32], now: Timestamp) -> Result<Option<Agent>, StoreError>;

    /// Ends a session.
    async fn end_session(&self, hash: [u8; 32]) -> Result<(), StoreError>;

    /// The secret of this name, made by `new` the first time.
    async fn secret(&self, name: &str, new: [u8; 32]) -> Result<[u8; 32], StoreError>;

    /// Forgets a secret: what it signed is worth nothing from now on.
    async fn forget_secret(&self, name: &str) -> Result<(), StoreError>;

    /// Whether the store can be written.
    async fn is_writable(&self) -> Result<(), StoreError>;
}
