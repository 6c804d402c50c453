//! What agents' screens are made of.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    block::Block,
    conversation::{AgentId, AgentRef, ClientId, ConversationId, Reason, Seq},
    protocol::{AuthorView, agent::Availability},
};

/// A conversation in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct EntryView {
    /// Which.
    #[cfg_attr(test, ts(type = "string"))]
    pub conversation: ConversationId,
    /// `with_bot`, `waiting`, `with_agent`, `snoozed` or `resolved`.
    pub status: String,
    /// Whose it is.
    pub visitor: VisitorView,
    /// Why a person was needed; `asked_for_agent` where none was.
    pub reason: Reason,
    /// `high` or `normal`.
    #[cfg_attr(test, ts(type = "\"high\" | \"normal\""))]
    pub priority: &'static str,
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
    /// By when somebody should have answered: the first reply, a left message, or when it wakes.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub due_at: Option<Timestamp>,
    /// From when on its agent, who took it and has said nothing, is late; it goes back to the queue later.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub warn_at: Option<Timestamp>,
    /// When it wakes, if it sleeps.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub until: Option<Timestamp>,
    /// When it got its present status.
    #[cfg_attr(test, ts(type = "string"))]
    pub entered_at: Timestamp,
    /// Since when the visitor waits for an answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub asked_at: Option<Timestamp>,
    /// Who has it, or had it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub agent: Option<AgentName>,
    /// How often it came back from an agent.
    pub requeued: u32,
    /// How many of the visitor's messages nobody has answered.
    pub unread: u32,
    /// The visitor's last words.
    pub preview: String,
    /// The last message of anybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub last_message: Option<LastMessageView>,
    /// The visitor's language.
    pub locale: String,
    /// A left message: answer by e-mail.
    pub left: bool,
    /// The visitor has closed the widget.
    pub gone: bool,
    /// What it was about, as whoever ended it said.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub topic: Option<String>,
    /// Keywords, likewise.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
    pub tags: Vec<String>,
    /// The number of its last event.
    #[cfg_attr(test, ts(type = "number"))]
    pub last_seq: Seq,
}

/// An agent by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AgentName {
    /// Who.
    #[schema(value_type = uuid::Uuid)]
    #[cfg_attr(test, ts(type = "string"))]
    pub id: AgentId,
    /// The name that visitors see.
    pub name: String,
}

impl From<&AgentRef> for AgentName {
    fn from(agent: &AgentRef) -> Self {
        Self { id: agent.id, name: agent.name.clone() }
    }
}

/// The last message of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct LastMessageView {
    /// Who wrote it.
    pub author: AuthorView,
    /// Its first words.
    pub text: String,
    /// When.
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
}

/// A queue, for agents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct QueueInfo {
    /// The name that conversations have it by.
    pub name: String,
    /// The name to show.
    pub title: String,
    /// Whether this agent answers it.
    pub member: bool,
    /// Whether the desk gives its conversations to agents by itself.
    pub balanced: bool,
    /// Whether it is within its hours.
    pub open: bool,
    /// When it opens, if it is closed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub opens_at: Option<Timestamp>,
    /// The languages that it is for.
    pub languages: Vec<String>,
    /// How many conversations wait in it.
    pub waiting: u32,
}

/// Who a visitor is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct IdentityView {
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
}

/// What is known of a visitor.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct VisitorView {
    /// Who.
    #[serde(flatten)]
    pub identity: IdentityView,
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
    /// How many conversations they have; those that sleep do not count.
    pub open: u32,
    /// How many they may have at once; 0 is without limit.
    pub capacity: u32,
    /// Whether a console of theirs is open.
    pub here: bool,
    /// When one last was, if none is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub seen_at: Option<Timestamp>,
    /// The languages that they write; none named means any.
    pub languages: Vec<String>,
    /// The conversations on their screens.
    #[cfg_attr(test, ts(type = "string[]"))]
    pub viewing: Vec<ConversationId>,
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
