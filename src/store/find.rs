//! Looking for conversations and contacts: what somebody may see is part of the question, so that a list never
//! holds what its reader could not open.

use async_trait::async_trait;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    conversation::{AgentId, Conversation, ConversationId, VisitorId},
    queue::DEFAULT,
    store::{StoreError, Visitor},
};

/// What somebody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Sight {
    /// Every conversation.
    Everything,
    /// Their own, those of their queues, and what only the bot has had.
    Of {
        /// Whose own.
        agent: Option<AgentId>,
        /// The queues that they answer.
        queues: Vec<String>,
        /// The other queues. What is in a queue that is gone counts as the default queue's.
        others: Vec<String>,
    },
}

impl Sight {
    /// Whether it lets this conversation through; lists ask the same in SQL.
    pub fn shows(&self, conversation: &Conversation) -> bool {
        let Self::Of { agent, queues, others } = self else { return true };
        let owner = conversation.status.last_agent().map(|owner| owner.id);
        if owner.is_some() && owner == *agent {
            return true;
        }
        let Some(wait) = conversation.status.wait() else { return owner.is_none() };
        let name = wait.queue.as_deref().unwrap_or(DEFAULT);
        let has = |names: &[String], name| names.iter().any(|one| one == name);
        has(queues, name) || (!has(others, name) && has(queues, DEFAULT))
    }
}

/// A part of a long list, newest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// What comes after this place; from the top when absent.
    pub after: Option<Place>,
    /// How many at most.
    pub limit: u32,
}

/// A place in a list that is ordered by time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// The time, in nanoseconds since 1970.
    pub at: i64,
    /// The id, for those of the same time.
    pub id: Uuid,
}

impl Place {
    /// The place of something that happened then.
    pub fn of(at: Timestamp, id: Uuid) -> Self {
        Self { at: crate::store::rows::nanoseconds(at), id }
    }
}

/// Which conversations are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConversationFilter {
    /// What the reader may see.
    pub sight: Sight,
    /// Only with this status.
    pub status: Option<&'static str>,
    /// Only of this queue.
    pub queue: Option<String>,
    /// Only of this agent.
    pub agent: Option<AgentId>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Only of this visitor.
    pub visitor: Option<VisitorId>,
    /// Not changed before.
    pub from: Option<Timestamp>,
    /// Changed before.
    pub until: Option<Timestamp>,
    /// Only these.
    pub among: Option<Vec<ConversationId>>,
}

impl ConversationFilter {
    /// Everything that the reader may see.
    pub fn of(sight: Sight) -> Self {
        Self {
            sight,
            status: None,
            queue: None,
            agent: None,
            tag: None,
            visitor: None,
            from: None,
            until: None,
            among: None,
        }
    }
}

/// A conversation that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundConversation {
    /// The conversation.
    pub conversation: Conversation,
    /// Whose it is.
    pub visitor: Visitor,
    /// Its tags, in order.
    pub tags: Vec<String>,
}

/// A visitor who has written at least once.
#[derive(Debug, Clone, PartialEq)]
pub struct FoundContact {
    /// Who.
    pub visitor: Visitor,
    /// When a conversation of theirs last changed.
    pub last_at: Timestamp,
    /// How many conversations the reader may see.
    pub conversations: u64,
}

/// A word of an agent about a visitor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactNote {
    /// Which.
    pub id: Uuid,
    /// About whom.
    pub visitor: VisitorId,
    /// When.
    pub at: Timestamp,
    /// Who wrote it.
    pub agent: Option<AgentId>,
    /// Their name then.
    pub author: String,
    /// The words.
    pub text: String,
}

/// What a visitor thought of a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    /// Of which conversation.
    pub conversation: ConversationId,
    /// When.
    pub at: Timestamp,
    /// 1 to 5.
    pub score: u8,
    /// 1 to 7.
    pub effort: Option<u8>,
    /// 0 to 10.
    pub recommend: Option<u8>,
    /// In their own words.
    pub comment: Option<String>,
    /// Who had the conversation last.
    pub agent: Option<AgentId>,
}

/// Looking for conversations, contacts and ratings.
#[async_trait]
pub trait Finding: Send + Sync {
    /// The conversations, the one that changed last first.
    async fn find_conversations(
        &self,
        filter: ConversationFilter,
        slice: Slice,
    ) -> Result<Vec<FoundConversation>, StoreError>;

    /// Replaces a conversation's tags.
    async fn set_tags(&self, id: ConversationId, tags: Vec<String>) -> Result<(), StoreError>;

    /// Every tag that a conversation has, with how many have it.
    async fn tags_in_use(&self) -> Result<Vec<(String, u64)>, StoreError>;

    /// Those who have written, whoever wrote last first; `words` must be in the name or the address.
    async fn find_contacts(
        &self,
        sight: Sight,
        words: Option<String>,
        slice: Slice,
    ) -> Result<Vec<FoundContact>, StoreError>;

    /// One who has written, if the reader may see a conversation of theirs.
    async fn find_contact(&self, sight: Sight, id: VisitorId) -> Result<Option<FoundContact>, StoreError>;

    /// The words about a visitor, oldest first.
    async fn contact_notes(&self, id: VisitorId) -> Result<Vec<ContactNote>, StoreError>;

    /// Keeps a word about a visitor.
    async fn add_contact_note(&self, note: ContactNote) -> Result<(), StoreError>;

    /// What visitors thought, newest first.
    async fn ratings(&self, sight: Sight, slice: Slice) -> Result<Vec<Rating>, StoreError>;
}
