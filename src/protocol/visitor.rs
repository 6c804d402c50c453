//! What a visitor may send, and what a visitor gets.

use std::{collections::BTreeMap, sync::Arc};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{
    conversation::{ClientId, ConversationId, Seq},
    protocol::{ErrorFrame, EventFrame, PersonView},
};

/// A frame from a visitor. Unknown fields are ignored; `null` counts as absent.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum VisitorFrame {
    /// The first frame.
    Hello(Box<Hello>),
    /// Something to say.
    SendMessage {
        /// Made by the sender, the same again on resend.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
        /// The words.
        text: String,
        /// An option that was chosen.
        #[cfg_attr(test, ts(optional))]
        article: Option<String>,
        /// Start a new conversation.
        #[cfg_attr(test, ts(optional))]
        new: Option<bool>,
    },
    /// Fetch a person.
    RequestAgent {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
    },
    /// No longer wait for one.
    Withdraw {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
    },
    /// Judge an answer.
    RateAnswer {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
        /// The answer's number.
        #[cfg_attr(test, ts(type = "number"))]
        seq: Seq,
        /// Whether it helped.
        helpful: bool,
    },
    /// Judge the conversation.
    RateConversation {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
        /// 1 to 5.
        score: u8,
        /// 1 to 7.
        #[cfg_attr(test, ts(optional))]
        effort: Option<u8>,
        /// 0 to 10.
        #[cfg_attr(test, ts(optional))]
        recommend: Option<u8>,
        /// In their own words.
        #[cfg_attr(test, ts(optional))]
        comment: Option<String>,
    },
    /// Leave an address to be answered at.
    LeaveContact {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
        /// Where to answer.
        email: String,
        /// How to address them.
        #[cfg_attr(test, ts(optional))]
        name: Option<String>,
        /// What to answer.
        #[cfg_attr(test, ts(optional))]
        message: Option<String>,
    },
    /// End the conversation.
    End {
        /// The frame's id.
        #[cfg_attr(test, ts(type = "string"))]
        client_id: ClientId,
    },
    /// Say who this is.
    Identify {
        /// Signed or not.
        identity: Identity,
    },
    /// Say more about the visitor.
    Attributes {
        /// At most 20, of 200 characters.
        attributes: BTreeMap<String, String>,
    },
    /// The visitor is on another page now.
    Page(PageView),
    /// The visitor reads another language now.
    Locale {
        /// A BCP 47 tag.
        locale: String,
    },
    /// The visitor is writing. May be dropped.
    Typing,
    /// The visitor has read up to here. May be dropped.
    Seen {
        /// The last number on the screen.
        #[cfg_attr(test, ts(type = "number"))]
        seq: Seq,
    },
}

/// The first frame on a visitor's socket.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct Hello {
    /// The secret of earlier visits.
    #[cfg_attr(test, ts(optional))]
    pub token: Option<String>,
    /// The conversation that `after` counts in.
    #[cfg_attr(test, ts(optional))]
    pub conversation: Option<String>,
    /// The last number that was seen.
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub after: Option<u64>,
    /// The page's or the browser's language.
    #[cfg_attr(test, ts(optional))]
    pub locale: Option<String>,
    /// The browser's time zone, an IANA name.
    #[cfg_attr(test, ts(optional))]
    pub time_zone: Option<String>,
    /// The version of the notice that the visitor has agreed to, where the site asks.
    #[cfg_attr(test, ts(optional))]
    pub consent: Option<String>,
    /// Where the visitor is.
    #[cfg_attr(test, ts(optional))]
    pub page: Option<PageView>,
    /// Who the visitor is.
    #[cfg_attr(test, ts(optional))]
    pub identity: Option<Identity>,
}

/// The page that the widget is on.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct PageView {
    /// Its address.
    #[cfg_attr(test, ts(optional))]
    pub url: Option<String>,
    /// Its title.
    #[cfg_attr(test, ts(optional))]
    pub title: Option<String>,
    /// Where the visitor came from.
    #[cfg_attr(test, ts(optional))]
    pub referrer: Option<String>,
}

/// Who a visitor says they are: a signed token, or claims that agents see as not verified.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct Identity {
    /// A JWT (HS256).
    #[cfg_attr(test, ts(optional))]
    pub token: Option<String>,
    /// The site's own id of the visitor.
    #[cfg_attr(test, ts(optional))]
    pub id: Option<String>,
    /// Name.
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
    /// E-mail address.
    #[cfg_attr(test, ts(optional))]
    pub email: Option<String>,
    /// At most 20, of 200 characters.
    #[cfg_attr(test, ts(optional))]
    pub attributes: Option<BTreeMap<String, String>>,
}

/// A frame to a visitor.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ToVisitor {
    /// The answer to hello.
    Welcome(Box<Welcome>),
    /// Something happened.
    Event(Box<EventFrame>),
    /// Who has the conversation now.
    Status(StatusView),
    /// Whether a person can take over now.
    Availability(AvailabilityView),
    /// Somebody is writing.
    Typing {
        /// `bot` or an agent.
        author: crate::protocol::AuthorView,
    },
    /// Somebody has read up to here.
    Seen {
        /// Who.
        author: crate::protocol::AuthorView,
        /// Up to where.
        #[cfg_attr(test, ts(type = "number"))]
        seq: Seq,
    },
    /// A sign of life, and where the conversation has got to.
    Ping {
        /// The last number.
        #[cfg_attr(test, ts(type = "number"))]
        last_seq: Seq,
    },
    /// Something did not happen.
    Error(ErrorFrame),
}

/// The answer to hello.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct Welcome {
    /// The secret to come back with.
    pub token: String,
    /// The conversation, `null` before the first message.
    #[cfg_attr(test, ts(type = "string | null"))]
    pub conversation: Option<ConversationId>,
    /// Its last number.
    #[cfg_attr(test, ts(type = "number"))]
    pub last_seq: Seq,
    /// The first 200 events after `hello.after`, each like an `event` frame.
    #[cfg_attr(test, ts(type = "({ type: \"event\" } & EventFrame)[]"))]
    pub events: Vec<ToVisitor>,
    /// Who has it: what the `status` frame says.
    pub status: StatusView,
    /// Whether a person can take over: what the `availability` frame says.
    pub availability: AvailabilityView,
    /// How the widget looks and greets.
    pub settings: Arc<Settings>,
}

/// Who has the conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct StatusView {
    /// `with_bot`, `waiting`, `with_agent`, `snoozed` or `resolved`.
    #[cfg_attr(test, ts(type = "\"with_bot\" | \"waiting\" | \"with_agent\" | \"snoozed\" | \"resolved\""))]
    pub status: &'static str,
    /// The person who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub agent: Option<PersonView>,
    /// Place in the queue, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub position: Option<u32>,
    /// Shortest and longest likely wait, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub wait_s: Option<[u32; 2]>,
    /// A left message: the answer comes by e-mail.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub left: Option<bool>,
}

/// Whether a person can take over now.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AvailabilityView {
    /// True when someone can.
    pub agents: bool,
    /// When somebody will be there.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub opens_at: Option<Timestamp>,
}

/// How the widget looks and greets; everything that the loader does not carry.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct Settings {
    /// The site's name.
    pub site: String,
    /// The bot's name.
    pub bot_name: String,
    /// The line on the home screen.
    pub greeting: String,
    /// Says that a bot answers; shown before the first answer.
    pub disclosure: String,
    /// Questions to start with.
    pub popular: Vec<PopularView>,
    /// How many articles there are to browse.
    pub articles: u32,
    /// For how many days conversations with the bot are kept; 0 is for ever.
    pub kept_days: u32,
    /// The longest message, in characters; 0 is without limit.
    pub message_chars: u32,
}

/// A question to start with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct PopularView {
    /// The article's id.
    pub article: String,
    /// Its title.
    pub title: String,
}
