//! Changes of the desk itself. Each is kept together with its entries in the audit log, or not at all.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    queue::Queue,
    store::{Agent, ApiKey, AuditEntry, StoreError},
};

/// One change of the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new agent.
    AddAgent(Agent),
    /// An agent who is another now; the sessions of one who is disabled or has a new password end.
    SaveAgent(Agent),
    /// A queue, new or changed.
    SaveQueue(Queue),
    /// A queue that is no longer there.
    RemoveQueue(String),
    /// A new key, by its secret's hash.
    AddKey(ApiKey, [u8; 32]),
    /// A key that no longer works.
    RevokeKey(Uuid, Timestamp),
}

/// What changes the desk.
#[async_trait]
pub trait Desk: Send + Sync {
    /// Keeps a change and its entries.
    ///
    /// # Errors
    /// [`StoreError::EmailTaken`] for an agent's address, [`StoreError::Conflict`] when what is to be changed is
    /// not there, or was changed already.
    async fn change(&self, change: Change, entries: Vec<AuditEntry>) -> Result<(), StoreError>;
}
