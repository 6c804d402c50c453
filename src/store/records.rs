//! Small things that agents make: canned responses, macros, tags, drafts, preferences. Each has a name that is its
//! owner's only one of that kind, and a body that only its reader understands.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    conversation::{AgentId, ConversationId},
    store::StoreError,
};

/// What a record is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecordKind {
    /// A prepared text.
    Canned,
    /// Several acts in one.
    Macro,
    /// A word that conversations can carry.
    Tag,
    /// A reply or note that is not sent yet.
    Draft,
    /// How an agent likes the console.
    Preferences,
    /// What an agent said of a question: the right article, or that there is none.
    Label,
}

impl RecordKind {
    /// Every kind.
    pub const ALL: [Self; 6] = [Self::Canned, Self::Macro, Self::Tag, Self::Draft, Self::Preferences, Self::Label];

    /// The name in tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Canned => "canned",
            Self::Macro => "macro",
            Self::Tag => "tag",
            Self::Draft => "draft",
            Self::Preferences => "preferences",
            Self::Label => "label",
        }
    }
}

/// Something that an agent made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// What it is.
    pub kind: RecordKind,
    /// Which.
    pub id: Uuid,
    /// Whose; everybody's when absent.
    pub owner: Option<AgentId>,
    /// Its name, the only one of this kind and owner, in any case.
    pub name: String,
    /// The conversation that it belongs to, and goes with.
    pub conversation: Option<ConversationId>,
    /// The rest, as JSON.
    pub body: String,
    /// When it was last changed.
    pub changed_at: Timestamp,
}

/// What agents make.
#[async_trait]
pub trait Records: Send + Sync {
    /// The records of a kind that everybody has, and those of this agent, by name.
    async fn records(&self, kind: RecordKind, owner: Option<AgentId>) -> Result<Vec<Record>, StoreError>;

    /// One record, whoever has it.
    async fn record_by_id(&self, kind: RecordKind, id: Uuid) -> Result<Option<Record>, StoreError>;

    /// Keeps a record, new or changed.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when its owner has another one of that name.
    async fn save_record(&self, record: Record) -> Result<(), StoreError>;

    /// Forgets a record; false when there is none.
    async fn remove_record(&self, kind: RecordKind, id: Uuid) -> Result<bool, StoreError>;

    /// Counts one more use of a canned response.
    async fn count_use(&self, id: Uuid) -> Result<(), StoreError>;

    /// How often each was used.
    async fn uses(&self) -> Result<Vec<(Uuid, u64)>, StoreError>;
}
