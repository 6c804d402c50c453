//! The audit log: who did what to the desk, as a list of its own that nothing else rewrites.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{Slice, StoreError};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Its id, which sorts by time.
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: Actor,
    /// What.
    pub act: Act,
    /// To what: an agent's address, a queue's name, a key's name.
    pub subject: String,
    /// What exactly, in a few words.
    pub detail: String,
}

/// Somebody who does something to the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What they are.
    pub kind: ActorKind,
    /// An agent's or a key's id.
    pub id: Option<Uuid>,
    /// The name then.
    pub name: String,
}

/// What somebody who does something is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActorKind {
    /// Somebody who is signed in.
    Agent,
    /// A program with a key.
    Key,
    /// Somebody at the server's command line.
    Command,
    /// Somebody who is not signed in.
    Stranger,
    /// Time alone.
    Desk,
}

impl ActorKind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Agent, Self::Key, Self::Command, Self::Stranger, Self::Desk];

    /// The name on the wire and in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Key => "key",
            Self::Command => "command",
            Self::Stranger => "stranger",
            Self::Desk => "desk",
        }
    }
}

impl Actor {
    /// Somebody at the server's command line.
    pub fn command() -> Self {
        Self { kind: ActorKind::Command, id: None, name: "command line".to_owned() }
    }

    /// Somebody who is not signed in.
    pub fn stranger() -> Self {
        Self { kind: ActorKind::Stranger, id: None, name: "not signed in".to_owned() }
    }

    /// Time alone.
    pub fn desk() -> Self {
        Self { kind: ActorKind::Desk, id: None, name: "the desk".to_owned() }
    }
}

/// What can be done to the desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// Somebody signed in.
    SignedIn,
    /// Somebody tried to sign in.
    SignInFailed,
    /// Somebody signed out.
    SignedOut,
    /// There is a new agent.
    AgentAdded,
    /// An agent's name, address, queues, languages or limit is another.
    AgentChanged,
    /// An agent may do more or less.
    RoleChanged,
    /// An agent may no longer sign in.
    AgentDisabled,
    /// An agent may sign in again.
    AgentEnabled,
    /// An agent has a new password.
    PasswordChanged,
    /// There is a new queue.
    QueueAdded,
    /// A queue is another.
    QueueChanged,
    /// A queue is gone.
    QueueRemoved,
    /// There is a new key.
    KeyMade,
    /// A key no longer works.
    KeyRevoked,
    /// Data left the desk.
    Exported,
    /// Data of a visitor or conversation was deleted.
    Erased,
}

impl Act {
    /// Every act.
    pub const ALL: [Self; 16] = [
        Self::SignedIn,
        Self::SignInFailed,
        Self::SignedOut,
        Self::AgentAdded,
        Self::AgentChanged,
        Self::RoleChanged,
        Self::AgentDisabled,
        Self::AgentEnabled,
        Self::PasswordChanged,
        Self::QueueAdded,
        Self::QueueChanged,
        Self::QueueRemoved,
        Self::KeyMade,
        Self::KeyRevoked,
        Self::Exported,
        Self::Erased,
    ];

    /// The name on the wire and in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SignedIn => "signed_in",
            Self::SignInFailed => "sign_in_failed",
            Self::SignedOut => "signed_out",
            Self::AgentAdded => "agent_added",
            Self::AgentChanged => "agent_changed",
            Self::RoleChanged => "role_changed",
            Self::AgentDisabled => "agent_disabled",
            Self::AgentEnabled => "agent_enabled",
            Self::PasswordChanged => "password_changed",
            Self::QueueAdded => "queue_added",
            Self::QueueChanged => "queue_changed",
            Self::QueueRemoved => "queue_removed",
            Self::KeyMade => "key_made",
            Self::KeyRevoked => "key_revoked",
            Self::Exported => "exported",
            Self::Erased => "erased",
        }
    }
}

/// Which entries are looked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct AuditFilter {
    /// Only this.
    pub act: Option<Act>,
    /// Only by this agent or key.
    pub actor: Option<Uuid>,
    /// Not before.
    pub from: Option<Timestamp>,
    /// Before.
    pub until: Option<Timestamp>,
}

/// The list of what was done to the desk.
#[async_trait]
pub trait AuditLog: Send + Sync {
    /// Adds an entry.
    async fn record(&self, entry: AuditEntry) -> Result<(), StoreError>;

    /// The entries, newest first.
    async fn audit(&self, filter: AuditFilter, slice: Slice) -> Result<Vec<AuditEntry>, StoreError>;

    /// Forgets what is older; gives how many entries that was.
    async fn forget_audit(&self, before: Timestamp) -> Result<usize, StoreError>;
}
