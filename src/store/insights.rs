//! The facts that the desk's numbers are made of.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{conversation::Reason, store::StoreError};

/// A stretch of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// From then on,
    pub from: Timestamp,
    /// until before then.
    pub until: Timestamp,
}

/// One conversation, as the numbers see it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Course {
    /// When it began.
    pub started_at: Timestamp,
    /// When something last happened in it.
    pub changed_at: Timestamp,
    /// Whether a person took part, was asked for and is still expected, or has to answer a left message.
    pub passed: bool,
    /// Whether it has ended.
    pub resolved: bool,
    /// What the visitor said last of an answer.
    pub helpful: Option<bool>,
    /// Whether the bot gave an answer.
    pub answered: bool,
    /// When a person was first asked for.
    pub escalated_at: Option<Timestamp>,
    /// When a person first answered after that.
    pub replied_at: Option<Timestamp>,
    /// The visitor's rating.
    pub score: Option<u8>,
}

/// What the bot made of the questions.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Questions {
    /// How many there were.
    pub asked: u64,
    /// How many had no good article.
    pub unanswered: u64,
}

/// The facts of a stretch of time.
#[async_trait]
pub trait Insights: Send + Sync {
    /// The conversations that began then.
    async fn courses(&self, period: Period) -> Result<Vec<Course>, StoreError>;

    /// What the bot made of the questions asked then.
    async fn questions(&self, period: Period) -> Result<Questions, StoreError>;

    /// Why people were asked for then, the most frequent reason first.
    async fn reasons(&self, period: Period) -> Result<Vec<(Reason, u64)>, StoreError>;
}
