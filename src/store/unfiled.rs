//! Which conversations the archive has not read yet. The database itself notes each change, so nothing is missed,
//! whoever makes it.

use async_trait::async_trait;

use crate::{conversation::ConversationId, store::StoreError};

/// A conversation that the archive has to read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfiled {
    /// Another number with every change.
    pub mark: i64,
    /// Which conversation; it may be gone.
    pub conversation: ConversationId,
}

/// What the archive still has to read.
#[async_trait]
pub trait ArchiveFeed: Send + Sync {
    /// Some that wait to be read, the oldest conversations first.
    async fn unfiled(&self, limit: u32) -> Result<Vec<Unfiled>, StoreError>;

    /// Crosses off what was read, unless it changed meanwhile.
    async fn filed(&self, read: Vec<Unfiled>) -> Result<(), StoreError>;

    /// Has every conversation read again.
    async fn refile_all(&self) -> Result<(), StoreError>;
}
