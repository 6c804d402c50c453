//! What timers count from. Made by the events, like everything else of a conversation.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conversation::{Author, EventKind, Message, VerdictKind};

/// How much of somebody's words a list shows.
const LAST_WORDS: usize = 200;

/// When what last happened.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Moments {
    /// Since when it has its present status.
    pub entered_at: Timestamp,
    /// When somebody last did something; what the desk says by itself does not count.
    pub quiet_since: Timestamp,
    /// Since when the visitor waits for an answer.
    pub asked_at: Option<Timestamp>,
    /// How many of the visitor's messages nobody has answered.
    pub unanswered: u32,
    /// When an agent took it who has not said a word yet.
    pub claimed_at: Option<Timestamp>,
    /// How often the desk has spoken by itself since.
    pub nudges: u32,
    /// Whether the last word is an answer of the bot that nobody has judged.
    pub is_answered: bool,
    /// Whether the visitor left the queue without a word.
    pub was_abandoned: bool,
    /// Whether it is a left message: to be answered by e-mail.
    pub is_left: bool,
    /// The visitor's last words, as far as a list shows them.
    pub last_words: String,
    /// The last message, as far as a list shows it.
    pub last_message: Option<LastMessage>,
}

/// The last message of a conversation, for lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastMessage {
    /// Who wrote it.
    pub author: Author,
    /// Its first words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

impl Moments {
    /// Those of a conversation that begins now.
    pub(crate) fn new(now: Timestamp) -> Self {
        Self { entered_at: now, quiet_since: now, ..Self::default() }
    }

    /// What an event changes, but for the status.
    pub(crate) fn note(&mut self, kind: &EventKind, at: Timestamp) {
        match kind {
            EventKind::Message { message } if message.nudge.is_some() => self.nudges += 1,
            EventKind::Message { message } => self.note_message(message, at),
            EventKind::Claimed { .. } | EventKind::Transferred { agent: Some(_), .. } => self.claimed_at = Some(at),
            EventKind::AnswerRated { .. } => self.is_answered = false,
            EventKind::ContactLeft { .. } => self.is_left = true,
            EventKind::Withdrawn | EventKind::GivenBack | EventKind::Reopened => {
                (self.is_left, self.was_abandoned) = (false, false);
            }
            EventKind::Abandoned => self.was_abandoned = true,
            EventKind::Offered
            | EventKind::Escalated { .. }
            | EventKind::Released
            | EventKind::Requeued
            | EventKind::Transferred { agent: None, .. }
            | EventKind::Snoozed { .. }
            | EventKind::Woken
            | EventKind::Resolved { .. }
            | EventKind::ConversationRated { .. } => {}
        }
        if !matches!(kind, EventKind::Message { message } if message.nudge.is_some()) {
            self.quiet_since = at;
        }
    }

    /// The status is another one now.
    pub(crate) fn enter(&mut self, is_with_agent: bool, at: Timestamp) {
        (self.entered_at, self.nudges) = (at, 0);
        if !is_with_agent {
            self.claimed_at = None;
        }
    }

    fn note_message(&mut self, message: &Message, at: Timestamp) {
        match message.author {
            Author::Visitor => {
                self.asked_at.get_or_insert(at);
                self.unanswered += 1;
                self.is_answered = false;
                self.last_words = beginning(&message.text);
            }
            Author::Bot => {
                self.answered();
                let verdict = message.decision.as_ref().map(|decision| decision.verdict);
                self.is_answered = verdict == Some(VerdictKind::Answer);
            }
            Author::Agent(_) => {
                self.answered();
                (self.claimed_at, self.is_left) = (None, false);
            }
            Author::System => return,
        }
        self.nudges = 0;
        self.last_message = Some(LastMessage { author: message.author.clone(), text: beginning(&message.text), at });
    }

    fn answered(&mut self) {
        (self.asked_at, self.unanswered, self.is_answered) = (None, 0, false);
    }
}

fn beginning(text: &str) -> String {
    text.chars().take(LAST_WORDS).collect()
}
