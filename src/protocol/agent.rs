//! What an agent may send, and what an agent gets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    block::Block,
    conversation::{AgentId, ClientId, ConversationId, Reason, Seq},
    protocol::{ErrorFrame, EventFrame},
};

/// A frame from an agent. Unknown fields are ignored; `null` counts as absent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentFrame {
    /// The first frame.
    Hello,
    /// Send me this conversation's events from then on.
    Follow {
        /// Which.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// The last number that was seen.
        #[cfg_attr(test, ts(optional, type = "number"))]
        after: Option<u64>,
    },
    /// No longer.
    Unfollow {
        /// Which.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
    },
    /// Something that changes a conversation.
    #[serde(untagged)]
    Change(Box<AgentChange>),
    /// Something about the agent or the screen.
    #[serde(untagged)]
    Aside(AgentAside),
}

/// Something that changes a conversation.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AgentChange {
    /// Which conversation.
    #[cfg_attr(test, ts(type = "string"))]
    pub conversation: ConversationId,
    /// The frame's id.
    #[cfg_attr(test, ts(type = "string"))]
    pub client_id: ClientId,
    /// What to do.
    #[serde(flatten)]
    pub act: AgentAct,
}

/// What an agent does with a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentAct {
    /// Take it.
    Claim,
    /// Answer the visitor.
    Reply {
        /// The words.
        text: String,
    },
    /// Write something that only agents see.
    Note {
        /// The words.
        text: String,
    },
    /// Give it back to the queue.
    Release,
    /// Hand it on.
    Transfer {
        /// To whom.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional, type = "string"))]
        agent: Option<AgentId>,
        /// Or where to.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        queue: Option<String>,
        /// Why.
        comment: String,
    },
    /// Give it back to the bot.
    GiveBack,
    /// Let it sleep.
    Snooze {
        /// Until when.
        #[cfg_attr(test, ts(type = "string"))]
        until: Timestamp,
    },
    /// End it.
    Resolve {
        /// What it was about.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        topic: Option<String>,
        /// Keywords.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        tags: Option<Vec<String>>,
    },
}

/// Something about the agent or the screen, not about what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum AgentAside {
    /// Whether new conversations are welcome.
    SetAvailability {
        /// The frame's id.
        #[cfg_attr(test, ts(optional, type = "string"))]
        client_id: Option<ClientId>,
        /// `online`, `away` or `offline`.
        availability: Availability,
    },
    /// The agent is writing. May be dropped.
    Typing {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
    },
    /// Which articles could answer?
    Suggest {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
    },
}

/// Whether an agent takes conversations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(rename_all = "snake_case")]
pub enum Availability {
    /// Takes new ones.
    #[default]
    Online,
    /// Keeps theirs, takes no new ones.
    Away,
    /// Not there.
    Offline,
}

/// A frame to an agent.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToAgent {
    /// The answer to hello.
    Welcome {
        /// Who this is.
        agent: AgentView,
        /// How many conversations this agent may have at once; 0 is without limit.
        capacity: u32,
    },
    /// Who waits, and what this agent has.
    Queue {
        /// The first 200 that wait, next one first.
        entries: Vec<EntryView>,
        /// How many wait.
        total: u32,
        /// What this agent has.
        mine: Vec<EntryView>,
    },
    /// Something happened in a followed conversation.
    Event(Box<EventFrame>),
    /// An agent wrote a note in a followed conversation.
    Note(NoteView),
    /// Who is there.
    Presence {
        /// Every agent.
        agents: Vec<AgentView>,
    },
    /// Articles that could answer.
    Suggestions {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// Best first.
        suggestions: Vec<SuggestionView>,
    },
    /// The visitor is writing.
    Typing {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// Who.
        author: crate::protocol::AuthorView,
    },
    /// The visitor has read up to here.
    Seen {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// Who.
        author: crate::protocol::AuthorView,
        /// Up to where.
        #[cfg_attr(test, ts(type = "number"))]
        seq: Seq,
    },
    /// A sign of life.
    Ping,
    /// Something did not happen.
    Error(ErrorFrame),
}

/// A conversation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct EntryView {
    /// Which.
    #[cfg_attr(test, ts(type = "string"))]
    pub conversation: ConversationId,
    /// `waiting`, `with_agent` or `snoozed`.
    pub status: String,
    /// Whose it is.
    pub visitor: VisitorView,
    /// Why a person is needed.
    pub reason: Reason,
    /// Which queue; the default one when absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub queue: Option<String>,
    /// Waiting since.
    #[cfg_attr(test, ts(type = "string"))]
    pub since: Timestamp,
    /// Place in the queue, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub position: Option<u32>,
    /// The visitor's last words.
    pub preview: String,
    /// The visitor's language.
    pub locale: String,
    /// A left message: answer by e-mail.
    pub left: bool,
    /// The number of its last event.
    #[cfg_attr(test, ts(type = "number"))]
    pub last_seq: Seq,
}

/// What is known of a visitor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct VisitorView {
    /// Name, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// E-mail address, if given.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub email: Option<String>,
    /// Whether the site vouches for name and address.
    pub verified: bool,
    /// The page's address.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_url: Option<String>,
    /// The page's title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub page_title: Option<String>,
}

/// Something that only agents see. Notes have numbers of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct NoteView {
    /// In which conversation.
    #[cfg_attr(test, ts(type = "string"))]
    pub conversation: ConversationId,
    /// Its number among the conversation's notes, from 1.
    #[cfg_attr(test, ts(type = "number"))]
    pub number: u64,
    /// When it was written.
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
    /// The event after which it was written.
    #[cfg_attr(test, ts(type = "number"))]
    pub after: Seq,
    /// Who wrote it.
    pub author: String,
    /// The words.
    pub text: String,
    /// The receipt.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub client_id: Option<ClientId>,
}

/// An agent, to other agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AgentView {
    /// Who.
    #[cfg_attr(test, ts(type = "string"))]
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// `agent`, `supervisor` or `administrator`.
    pub role: String,
    /// Whether they take conversations.
    pub availability: Availability,
    /// How many conversations they have.
    pub open: u32,
}

/// An article that could answer.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct SuggestionView {
    /// Its id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// 0 to 1.
    pub confidence: f32,
    /// What it says.
    pub blocks: Vec<Block>,
    /// The same in plain words, to insert.
    pub text: String,
    /// Where a visitor can read it.
    pub url: String,
}
