//! A conversation is a numbered list of events. This module says which events may come next and what
//! they change; it knows no clock, no store and no socket.
//!
//! A move looks at the conversation and returns the events that it would add, or refuses. Only
//! [`Conversation::apply`] changes anything, so the row in the store always equals its events replayed.

mod agent_moves;
mod decision;
mod event;
mod ids;
mod message;
mod moments;
mod moves;
mod status;
mod summary;
mod time_moves;
mod timers;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::{
    decision::{Considered, Decision, Measures, Packed, Thresholds, VerdictKind},
    event::{Contact, EndedBy, Event, EventKind, Reason},
    ids::{AgentId, ClientId, ConversationId, Seq, VisitorId},
    message::{AgentRef, Author, Choice, Message, Nudge, ReplyOption, Source},
    moments::{LastMessage, Moments},
    moves::{BotReply, NewEvent, Outcome, OwnerIs, Refused, Responder, VisitorMessage},
    status::{Status, Waiting},
    summary::{Asked, Signal, Summary, Tried},
    time_moves::Words,
    timers::{Overdue, Timers},
};

/// One visitor's thread, as its events have made it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Conversation {
    /// Its id.
    pub id: ConversationId,
    /// Whose it is.
    pub visitor: VisitorId,
    /// The visitor's language, as a BCP 47 tag.
    pub locale: String,
    /// Who has it now.
    pub status: Status,
    /// The number of its last event.
    pub last_seq: Seq,
    /// When it began.
    pub started_at: Timestamp,
    /// When its last event happened.
    pub changed_at: Timestamp,
    /// Whether the bot has offered a person; it does so once.
    pub offered: bool,
    /// How many times in a row the bot had no answer that helped.
    pub misses: u32,
    /// How many times the bot has spoken since it took over.
    pub turns: u32,
    /// The address that the visitor left.
    pub contact: Option<Contact>,
    /// Whether the visitor has rated it.
    pub rated: bool,
    /// The visitor's rating, 1 to 5.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u8>,
    /// Whether an agent ever had it.
    #[serde(default)]
    pub had_agent: bool,
    /// What it was about, as the agent who ended it said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub topic: Option<String>,
    /// Keywords, likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<String>,
    /// What timers count from.
    #[serde(default)]
    pub moments: Moments,
}

/// A conversation together with the events that it has just grown by.
#[derive(Debug, Clone, PartialEq)]
pub struct Grown {
    /// The conversation after them.
    pub conversation: Conversation,
    /// The events, in order.
    pub events: Vec<Event>,
}

impl Conversation {
    /// A conversation before its first event.
    pub fn new(id: ConversationId, visitor: VisitorId, locale: String, now: Timestamp) -> Self {
        Self {
            id,
            visitor,
            locale,
            status: Status::WithBot,
            last_seq: Seq(0),
            started_at: now,
            changed_at: now,
            offered: false,
            misses: 0,
            turns: 0,
            contact: None,
            rated: false,
            score: None,
            had_agent: false,
            topic: None,
            tags: Vec::new(),
            moments: Moments::new(now),
        }
    }

    /// The conversation after this event. The only way a conversation changes.
    #[must_use]
    pub fn apply(mut self, event: &Event) -> Self {
        self.last_seq = event.seq;
        self.changed_at = event.at;
        match &event.kind {
            EventKind::Message { message } => self.count(message),
            EventKind::Offered => self.offered = true,
            EventKind::AnswerRated { helpful, .. } => self.misses = if *helpful { 0 } else { self.misses + 1 },
            EventKind::ConversationRated { score, .. } => (self.rated, self.score) = (true, Some(*score)),
            EventKind::ContactLeft { contact, .. } => self.contact = Some(contact.clone()),
            EventKind::Claimed { .. } => self.had_agent = true,
            EventKind::Resolved { topic, tags, .. } => {
                self.topic = topic.clone().or(self.topic);
                if !tags.is_empty() {
                    self.tags.clone_from(tags);
                }
            }
            EventKind::Escalated { .. }
            | EventKind::Withdrawn
            | EventKind::Released
            | EventKind::Requeued
            | EventKind::Transferred { .. }
            | EventKind::GivenBack
            | EventKind::Snoozed { .. }
            | EventKind::Woken
            | EventKind::Reopened
            | EventKind::Abandoned => {}
        }
        self.moments.note(&event.kind, event.at);
        let back_to_bot = matches!(event.kind, EventKind::Withdrawn | EventKind::GivenBack | EventKind::Reopened);
        if back_to_bot {
            self.misses = 0;
            self.turns = 0;
        }
        let before = self.status.as_str();
        self.status = self.status.after(&event.kind, event.at);
        if self.status.as_str() != before {
            self.moments.enter(matches!(self.status, Status::WithAgent { .. }), event.at);
        }
        self
    }

    /// The conversation after these events.
    #[must_use]
    pub fn apply_all(self, events: &[Event]) -> Self {
        events.iter().fold(self, Self::apply)
    }

    fn count(&mut self, message: &Message) {
        if message.author != Author::Bot || message.nudge.is_some() {
            return;
        }
        self.turns += 1;
        match message.decision.as_ref().map(|decision| decision.verdict) {
            Some(VerdictKind::Answer) => self.misses = 0,
            Some(VerdictKind::Escalate) => self.misses += 1,
            Some(VerdictKind::Clarify | VerdictKind::Smalltalk) | None => {}
        }
    }
}
