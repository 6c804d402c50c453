//! What people said about the bot's answers, and the questions that it could not answer.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    conversation::{ConversationId, Seq},
    store::StoreError,
};

/// A visitor's question with the article that answers it, as somebody has judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The bot's message that was judged.
    pub answer: Seq,
    /// When it was judged.
    pub at: Timestamp,
    /// The question, as the visitor wrote it.
    pub text: String,
    /// The visitor's language, as a BCP 47 tag.
    pub locale: String,
    /// The article that answers it; none does when absent.
    pub article: Option<String>,
    /// Who judged.
    pub judge: Judge,
}

/// Who judges an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Judge {
    /// The visitor, with a thumb.
    Visitor,
    /// An agent, whose word goes before the visitor's.
    Agent,
}

impl Judge {
    /// Every judge.
    pub const ALL: [Self; 2] = [Self::Visitor, Self::Agent];

    /// The name in tables and on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Visitor => "visitor",
            Self::Agent => "agent",
        }
    }
}

/// A question that the bot had no answer to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unanswered {
    /// In which conversation.
    pub conversation: ConversationId,
    /// The bot's message.
    pub answer: Seq,
    /// When.
    pub at: Timestamp,
    /// The question, as the visitor wrote it.
    pub text: String,
    /// The visitor's language, as a BCP 47 tag.
    pub locale: String,
    /// The article that was nearest.
    pub nearest: Option<String>,
}

/// The part of a store that keeps judgements.
#[async_trait]
pub trait Labels: Send + Sync {
    /// Keeps a judgement; a later one by the same kind of judge replaces it.
    async fn add_label(&self, label: Label) -> Result<(), StoreError>;

    /// The judgements, an agent's before a visitor's where both have judged, the latest first.
    async fn labels(&self, limit: u32) -> Result<Vec<Label>, StoreError>;

    /// The questions since then that the bot could not answer, the latest first.
    async fn unanswered(&self, since: Timestamp, limit: u32) -> Result<Vec<Unanswered>, StoreError>;
}
