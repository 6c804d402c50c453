//! API keys: how programs say who they are.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::store::{Role, StoreError};

/// A program's key. Its secret is shown once; only a hash is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: Uuid,
    /// What it is for.
    pub name: String,
    /// What the program may do.
    pub role: Role,
    /// Whether it may only look.
    pub read_only: bool,
    /// The queues that it sees, for the role agent.
    pub queues: Vec<String>,
    /// Who made it.
    pub made_by: String,
    /// When it was made.
    pub made_at: Timestamp,
    /// When it was last used, to the minute.
    pub used_at: Option<Timestamp>,
    /// Since when it no longer works.
    pub revoked_at: Option<Timestamp>,
}

/// The keys of programs. New and revoked ones come as a [`Change`](crate::store::Change).
#[async_trait]
pub trait Keys: Send + Sync {
    /// Every key, the newest first.
    async fn api_keys(&self) -> Result<Vec<ApiKey>, StoreError>;

    /// The key with this secret's hash, unless it was revoked.
    async fn api_key(&self, hash: [u8; 32]) -> Result<Option<ApiKey>, StoreError>;

    /// Notes that a key was used.
    async fn key_was_used(&self, id: Uuid, at: Timestamp) -> Result<(), StoreError>;
}
