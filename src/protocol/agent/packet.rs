//! The packet: what an agent gets with a conversation.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    conversation::{ConversationId, Reason, Seq},
    protocol::{
        ConsideredView, SourceView,
        agent::{AgentName, IdentityView},
    },
};

/// What an agent gets with a conversation, when they follow it and when it comes back to a queue.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct PacketView {
    /// Which.
    #[cfg_attr(test, ts(type = "string"))]
    #[schema(value_type = uuid::Uuid)]
    pub conversation: ConversationId,
    /// Why a person is needed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    #[schema(value_type = Option<String>)]
    pub reason: Option<Reason>,
    /// The same in a sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub why: Option<String>,
    /// What the visitor wrote, word for word.
    pub questions: Vec<AskedView>,
    /// The visitor's language.
    pub locale: String,
    /// What the bot answered already.
    pub tried: Vec<TriedView>,
    /// What it considered last, best first, at most three.
    pub candidates: Vec<ConsideredView>,
    /// From which confidence on it would have answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub answer_at: Option<f32>,
    /// Who the visitor is.
    pub visitor: VisitorCard,
    /// The visitor's last conversations before, the latest first, at most three.
    pub earlier: Vec<EarlierView>,
    /// Waiting since, if it waited.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub since: Option<Timestamp>,
    /// How often it came back from an agent.
    pub requeued: u32,
    /// The agents who had it and passed it on or did not answer.
    pub passed: Vec<AgentName>,
    /// `angry`, `repeated`, `shouting`: estimates.
    pub signals: Vec<&'static str>,
    /// The shortcut of a canned response that may fit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub canned: Option<String>,
    /// The bot failed more than once: begin with an apology.
    pub apologise: bool,
}

/// Something that the visitor wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AskedView {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    #[schema(value_type = u64)]
    pub seq: Seq,
    /// When.
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
    /// The words.
    pub text: String,
}

/// Something that the bot answered.
#[derive(Debug, Clone, PartialEq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct TriedView {
    /// Its number.
    #[cfg_attr(test, ts(type = "number"))]
    #[schema(value_type = u64)]
    pub seq: Seq,
    /// From which article.
    pub source: SourceView,
    /// How sure the bot was, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub confidence: Option<f32>,
    /// What the visitor thought of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub helpful: Option<bool>,
}

/// Who the visitor is, where, and what they have agreed to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct VisitorCard {
    /// Who.
    #[serde(flatten)]
    pub identity: IdentityView,
    /// The site's own id.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub external_id: Option<String>,
    /// The site's own words about them.
    pub attributes: BTreeMap<String, String>,
    /// The pages they were on, the one now last.
    pub pages: Vec<PageSeenView>,
    /// Where they came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub referrer: Option<String>,
    /// What their browser says it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub device: Option<String>,
    /// Their time zone's IANA name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub time_zone: Option<String>,
    /// What they agreed to before anything was sent, where the site asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub consent: Option<ConsentView>,
}

/// What a visitor has agreed to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct ConsentView {
    /// The version of the notice.
    pub notice: String,
    /// When the desk first heard of it.
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
}

/// A page that a visitor was on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct PageSeenView {
    /// Its address, without query and fragment.
    pub url: String,
    /// Its title.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub title: Option<String>,
    /// From when on.
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
}

/// An earlier conversation of the visitor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct EarlierView {
    /// Which.
    #[cfg_attr(test, ts(type = "string"))]
    #[schema(value_type = uuid::Uuid)]
    pub conversation: ConversationId,
    /// When it began.
    #[cfg_attr(test, ts(type = "string"))]
    pub started_at: Timestamp,
    /// `open`, `answered_by_agent`, `answered_by_bot` or `abandoned`.
    #[cfg_attr(test, ts(type = "\"open\" | \"answered_by_agent\" | \"answered_by_bot\" | \"abandoned\""))]
    pub outcome: &'static str,
    /// What it was about.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub topic: Option<String>,
    /// The visitor's last words in it.
    pub preview: String,
    /// The visitor's rating, 1 to 5.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub score: Option<u8>,
}
