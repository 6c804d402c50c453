//! Who has a conversation now, with what belongs to that.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::conversation::{AgentRef, EventKind, Reason};

/// The one owner of a conversation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Status {
    /// The bot answers.
    WithBot,
    /// A person is needed.
    Waiting(Waiting),
    /// A person answers; the bot is silent.
    WithAgent {
        /// Who.
        agent: AgentRef,
        /// The wait before, to go back to the same place when released.
        waited: Waiting,
    },
    /// Sleeps until then or until the visitor writes.
    Snoozed {
        /// Whose it is.
        agent: AgentRef,
        /// The wait before.
        waited: Waiting,
        /// When it wakes by itself.
        until: Timestamp,
    },
    /// Over.
    Resolved {
        /// When.
        at: Timestamp,
        /// The agent who had it last, unless the bot had it after them.
        agent: Option<AgentRef>,
        /// The wait before, to go back to the same queue.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        waited: Option<Box<Waiting>>,
    },
}

/// A place in a queue.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiting {
    /// Why a person is needed.
    pub reason: Reason,
    /// Which queue; the default one when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Since when.
    pub since: Timestamp,
    /// How often it came back from an agent.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub requeued: u32,
    /// The agents who had it and did not answer, or gave it back.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub passed: Vec<AgentRef>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for a reference")]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl Waiting {
    /// A place at the end of a queue.
    pub fn new(reason: Reason, queue: Option<String>, since: Timestamp) -> Self {
        Self { reason, queue, since, requeued: 0, passed: Vec::new() }
    }

    /// Back from this agent, to the old place.
    fn back_from(mut self, agent: Option<AgentRef>) -> Self {
        self.requeued += 1;
        self.passed.retain(|other| Some(other.id) != agent.as_ref().map(|agent| agent.id));
        self.passed.extend(agent);
        self
    }
}

impl Status {
    /// The name on the wire.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::WithBot => "with_bot",
            Self::Waiting(_) => "waiting",
            Self::WithAgent { .. } => "with_agent",
            Self::Snoozed { .. } => "snoozed",
            Self::Resolved { .. } => "resolved",
        }
    }

    /// Whether the conversation goes on.
    pub fn is_open(&self) -> bool {
        !matches!(self, Self::Resolved { .. })
    }

    /// The place in the queue that it has, or had before an agent took it.
    pub fn wait(&self) -> Option<&Waiting> {
        match self {
            Self::Waiting(waited) | Self::WithAgent { waited, .. } | Self::Snoozed { waited, .. } => Some(waited),
            Self::Resolved { waited, .. } => waited.as_deref(),
            Self::WithBot => None,
        }
    }

    /// The agent who has it, or had it when it ended.
    pub fn last_agent(&self) -> Option<&AgentRef> {
        match self {
            Self::Resolved { agent, .. } => agent.as_ref(),
            Self::WithBot | Self::Waiting(_) | Self::WithAgent { .. } | Self::Snoozed { .. } => self.agent(),
        }
    }

    /// The agent who has it, asleep or not.
    pub fn agent(&self) -> Option<&AgentRef> {
        match self {
            Self::WithAgent { agent, .. } | Self::Snoozed { agent, .. } => Some(agent),
            Self::WithBot | Self::Waiting(_) | Self::Resolved { .. } => None,
        }
    }
}

impl Status {
    /// The status after something happened.
    #[must_use]
    pub fn after(self, kind: &EventKind, at: Timestamp) -> Self {
        match kind {
            EventKind::Escalated { reason, queue } => Self::Waiting(Waiting::new(*reason, queue.clone(), at)),
            EventKind::Withdrawn | EventKind::GivenBack => Self::WithBot,
            EventKind::Claimed { agent } => Self::WithAgent { agent: agent.clone(), waited: self.waited(at) },
            EventKind::Released | EventKind::Requeued => {
                let agent = self.agent().cloned();
                Self::Waiting(self.waited(at).back_from(agent))
            }
            EventKind::Transferred { agent, queue } => self.transferred(agent.as_ref(), queue.as_ref(), at),
            EventKind::Snoozed { until } => self.asleep(*until),
            EventKind::Woken => self.awake(),
            EventKind::Resolved { .. } | EventKind::Abandoned => {
                let waited = self.wait().cloned().map(Box::new);
                Self::Resolved { at, agent: self.last_person().cloned(), waited }
            }
            EventKind::Reopened => self.reopened(at),
            EventKind::Message { .. }
            | EventKind::Offered
            | EventKind::AnswerRated { .. }
            | EventKind::ConversationRated { .. }
            | EventKind::ContactLeft { .. } => self,
        }
    }

    /// The place in the queue that this status has or had; a fresh one where it never had any.
    fn waited(self, at: Timestamp) -> Waiting {
        match self {
            Self::Waiting(waited) | Self::WithAgent { waited, .. } | Self::Snoozed { waited, .. } => waited,
            Self::WithBot | Self::Resolved { .. } => Waiting::new(Reason::AskedForAgent, None, at),
        }
    }

    /// The agent who has it, or the last one who had it and passed it on to where it waits now.
    fn last_person(&self) -> Option<&AgentRef> {
        self.agent().or_else(|| self.wait()?.passed.last())
    }

    fn transferred(self, agent: Option<&AgentRef>, queue: Option<&String>, at: Timestamp) -> Self {
        let from = self.agent().cloned();
        let mut waited = self.waited(at);
        if queue.is_some() {
            waited.queue = queue.cloned();
        }
        match agent {
            Some(agent) => Self::WithAgent { agent: agent.clone(), waited },
            None => Self::Waiting(waited.back_from(from)),
        }
    }

    fn asleep(self, until: Timestamp) -> Self {
        match self {
            Self::WithAgent { agent, waited } | Self::Snoozed { agent, waited, .. } => {
                Self::Snoozed { agent, waited, until }
            }
            Self::WithBot | Self::Waiting(_) | Self::Resolved { .. } => self,
        }
    }

    fn awake(self) -> Self {
        match self {
            Self::Snoozed { agent, waited, .. } => Self::WithAgent { agent, waited },
            Self::WithBot | Self::Waiting(_) | Self::WithAgent { .. } | Self::Resolved { .. } => self,
        }
    }

    /// Back to the queue if a person had it, else to the bot.
    fn reopened(self, at: Timestamp) -> Self {
        match self {
            Self::Resolved { agent: Some(_), waited, .. } => {
                let (reason, queue) =
                    waited.map_or((Reason::AskedForAgent, None), |waited| (waited.reason, waited.queue));
                Self::Waiting(Waiting::new(reason, queue, at))
            }
            Self::Resolved { agent: None, .. } => Self::WithBot,
            Self::WithBot | Self::Waiting(_) | Self::WithAgent { .. } | Self::Snoozed { .. } => self,
        }
    }
}
