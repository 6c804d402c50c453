//! What an agent may send, and what an agent gets.

mod packet;
mod views;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    packet::{AskedView, ConsentView, EarlierView, PacketView, PageSeenView, TriedView, VisitorCard},
    views::{
        AgentName, AgentView, EntryView, IdentityView, LastMessageView, NoteView, QueueInfo, SuggestionView,
        VisitorView,
    },
};
use crate::{
    conversation::{AgentId, ClientId, ConversationId, Seq},
    protocol::{AuthorView, ErrorFrame, EventFrame},
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
    /// Take it from whoever has it; supervisors only.
    TakeOver,
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
    /// This conversation is on the screen now; none when the field is absent. Colleagues see it.
    View {
        /// Which.
        #[cfg_attr(test, ts(optional, type = "string"))]
        conversation: Option<ConversationId>,
    },
    /// Send me this list beside the queue, and again when it changes; none any more when the field is absent.
    Show {
        /// Which.
        #[cfg_attr(test, ts(optional))]
        tab: Option<TabName>,
    },
    /// Which articles could answer?
    Suggest {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
    },
}

/// A list beside the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(rename_all = "snake_case")]
pub enum TabName {
    /// What the bot has, the latest first: an agent's first reply takes one over.
    Bot,
    /// What ended lately.
    Resolved,
    /// What colleagues have.
    Team,
    /// What sleeps.
    Snoozed,
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
    /// The queues, on arrival and when anything of this changes.
    Queues {
        /// The default one first.
        queues: Vec<QueueInfo>,
    },
    /// A list beside the queue.
    Tab {
        /// Which.
        tab: TabName,
        /// The first 100.
        entries: Vec<EntryView>,
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
    /// What there is to know of a conversation that the agent began to follow, or that has escalated since.
    Packet(Box<PacketView>),
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
        author: AuthorView,
    },
    /// The visitor has read up to here.
    Seen {
        /// In which conversation.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// Who.
        author: AuthorView,
        /// Up to where.
        #[cfg_attr(test, ts(type = "number"))]
        seq: Seq,
    },
    /// A conversation that this agent has, or could take, is about to be answered too late. Comes once, may be lost.
    Warning {
        /// Which.
        #[cfg_attr(test, ts(type = "string"))]
        conversation: ConversationId,
        /// `first_reply`: the visitor waits for an answer. `unanswered`: its agent has said nothing since they took it,
        /// and it goes back to the queue.
        #[cfg_attr(test, ts(type = "\"first_reply\" | \"unanswered\""))]
        about: &'static str,
        /// When it is too late.
        #[cfg_attr(test, ts(type = "string"))]
        due_at: Timestamp,
    },
    /// A sign of life.
    Ping,
    /// Something did not happen.
    Error(ErrorFrame),
}
