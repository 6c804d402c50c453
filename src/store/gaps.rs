//! The questions that the bot could not answer.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    conversation::{ConversationId, Seq},
    store::StoreError,
};

/// A question that the bot had no answer to, or none that helped.
#[derive(Debug, Clone, PartialEq)]
pub struct Unanswered {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The visitor's message.
    pub seq: Seq,
    /// When it was asked.
    pub at: Timestamp,
    /// The question, as the visitor wrote it.
    pub text: String,
    /// The visitor's language, as a BCP 47 tag.
    pub locale: String,
    /// The article that was nearest.
    pub nearest: Option<String>,
    /// How sure the bot was of it, 0 to 1.
    pub confidence: Option<f32>,
    /// Whether a person was fetched afterwards.
    pub passed: bool,
}

/// The part of a store that knows what the bot could not answer.
#[async_trait]
pub trait Gaps: Send + Sync {
    /// The questions since then that the bot could not answer, or whose answer got a thumb down; the latest first.
    async fn unanswered(&self, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError>;
}
