//! What was said, and by whom.

use serde::{Deserialize, Serialize};

use crate::{
    block::{Block, paragraphs},
    conversation::{AgentId, Decision, Seq},
};

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Author {
    /// The person in the widget.
    Visitor,
    /// The automatic side.
    Bot,
    /// A human who answers.
    Agent(AgentRef),
    /// The desk itself: joins, leaves, hand-overs.
    System,
}

/// An agent as events remember them: the name as it was then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgentRef {
    /// Who.
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
}

/// One utterance.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    /// Who wrote it.
    pub author: Author,
    /// The words without formatting.
    pub text: String,
    /// The same, formatted.
    pub blocks: Vec<Block>,
    /// The visitor's message that this answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Seq>,
    /// Articles that the answer was taken from.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Source>,
    /// What the visitor may choose next.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<ReplyOption>,
    /// How sure the bot was, 0 to 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f32>,
    /// Why the bot said this; visitors never get it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<Box<Decision>>,
    /// What the desk says by itself, because time has passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nudge: Option<Nudge>,
}

/// What the desk says by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Nudge {
    /// Asks whether the answer helped.
    FollowUp,
    /// Offers to leave a message instead of waiting.
    LeaveOffer,
    /// Reminds the visitor that an agent waits for them.
    Reminder,
    /// Says that nobody is here any more.
    NobodyHere,
}

impl Message {
    /// A message of plain words.
    pub fn plain(author: Author, text: impl Into<String>) -> Self {
        let text = text.into();
        Self {
            author,
            blocks: paragraphs(&text),
            text,
            reply_to: None,
            sources: Vec::new(),
            options: Vec::new(),
            confidence: None,
            decision: None,
            nudge: None,
        }
    }

    /// What the desk says by itself.
    pub fn nudge(author: Author, nudge: Nudge, text: impl Into<String>) -> Self {
        Self { nudge: Some(nudge), ..Self::plain(author, text) }
    }
}

/// An article that an answer was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The article's id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// Where a visitor can read it, absolute.
    pub url: String,
    /// The part of the page that the answer was taken from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

/// Something that the visitor may choose instead of typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReplyOption {
    /// The words on it.
    pub label: String,
    /// What choosing it does.
    pub choice: Choice,
}

/// What choosing an option does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Answers with this article.
    Article(String),
    /// Fetches a person.
    RequestAgent,
    /// Invites the visitor to ask in other words.
    Rephrase,
}
