//! What happened in a conversation: a closed list, in the past tense, numbered.

use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conversation::{AgentRef, ClientId, Message, Seq};

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number in the conversation.
    pub seq: Seq,
    /// When it was committed.
    pub at: Timestamp,
    /// The id of the frame that caused it, on the first event of that frame only: the receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<ClientId>,
    /// What happened.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventKind {
    /// Somebody said something.
    Message {
        /// What, and who.
        #[serde(flatten)]
        message: Arc<Message>,
    },
    /// The bot offered to fetch a person.
    Offered,
    /// The conversation went to the queue.
    Escalated {
        /// Why.
        reason: Reason,
        /// Which queue; the default one when absent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        queue: Option<String>,
    },
    /// The visitor no longer waits.
    Withdrawn,
    /// An agent took it.
    Claimed {
        /// Who.
        agent: AgentRef,
    },
    /// The agent gave it back to the queue.
    Released,
    /// The desk gave it back to the queue, because the agent is gone.
    Requeued,
    /// It was handed to another agent or queue.
    Transferred {
        /// To whom, when to an agent.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        agent: Option<AgentRef>,
        /// Where to, when to a queue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        queue: Option<String>,
    },
    /// The agent gave it back to the bot.
    GivenBack,
    /// It sleeps until then or until the visitor writes.
    Snoozed {
        /// When it wakes by itself.
        until: Timestamp,
    },
    /// It no longer sleeps.
    Woken,
    /// It is over.
    Resolved {
        /// Who ended it.
        by: EndedBy,
        /// What it was about, in the agent's words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        topic: Option<String>,
        /// Keywords.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        tags: Vec<String>,
    },
    /// The visitor wrote again.
    Reopened,
    /// The visitor left the queue without a word.
    Abandoned,
    /// The visitor judged an answer.
    AnswerRated {
        /// The answer's number.
        answer: Seq,
        /// Whether it helped.
        helpful: bool,
    },
    /// The visitor judged the conversation.
    ConversationRated {
        /// 1 (bad) to 5 (great).
        score: u8,
        /// 1 (no effort) to 7.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        effort: Option<u8>,
        /// 0 to 10.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        recommend: Option<u8>,
        /// In their own words.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        comment: Option<String>,
    },
    /// The visitor left an address to be answered at.
    ContactLeft {
        /// Where to answer.
        contact: Contact,
        /// What to answer, if more than was said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        message: Option<String>,
    },
}

impl EventKind {
    /// It is over, and nobody says what it was about.
    pub fn resolved(by: EndedBy) -> Self {
        Self::Resolved { by, topic: None, tags: Vec::new() }
    }
}

/// Who ended a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum EndedBy {
    /// The visitor.
    Visitor,
    /// An agent.
    Agent(AgentRef),
    /// Time alone.
    Upkeep,
}

/// Name and address that a visitor left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// E-mail address.
    pub email: String,
    /// How to address them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// Why a person is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// No article was near enough.
    LowConfidence,
    /// Several articles were equally near.
    Ambiguous,
    /// The visitor asked for a person.
    AskedForAgent,
    /// The visitor said that the answer did not help.
    NotHelpful,
    /// The article says that its topic belongs to a person.
    ArticleRule,
    /// The visitor asked the same thing again.
    Repeated,
    /// The visitor is upset.
    Angry,
    /// The bot had its turns.
    TurnBudget,
    /// The search failed or took too long.
    SearchFailed,
    /// No article is in the visitor's language.
    OtherLanguage,
    /// The server was stopped in the middle of a turn.
    Stopping,
}

impl Reason {
    /// Every reason, in the order of the contract.
    pub const ALL: [Self; 11] = [
        Self::LowConfidence,
        Self::Ambiguous,
        Self::AskedForAgent,
        Self::NotHelpful,
        Self::ArticleRule,
        Self::Repeated,
        Self::Angry,
        Self::TurnBudget,
        Self::SearchFailed,
        Self::OtherLanguage,
        Self::Stopping,
    ];

    /// The name on the wire and in settings.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::LowConfidence => "low_confidence",
            Self::Ambiguous => "ambiguous",
            Self::AskedForAgent => "asked_for_agent",
            Self::NotHelpful => "not_helpful",
            Self::ArticleRule => "article_rule",
            Self::Repeated => "repeated",
            Self::Angry => "angry",
            Self::TurnBudget => "turn_budget",
            Self::SearchFailed => "search_failed",
            Self::OtherLanguage => "other_language",
            Self::Stopping => "stopping",
        }
    }
}
