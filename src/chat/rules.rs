//! How the desk behaves, as its operator has set it.

use jiff::SignedDuration;

use crate::{answer, chat::Masking, conversation::Timers, queue};

/// How the desk behaves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// When the bot answers, until it learns more.
    pub answers: answer::Policy,
    /// The longest message in characters; 0 is without limit.
    pub message_chars: u32,
    /// For how long a resolved conversation reopens.
    pub reopen_window: SignedDuration,
    /// How many times the bot speaks before a person is fetched; 0 is without limit.
    pub turn_budget: u32,
    /// How many conversations an agent may have at once; 0 is without limit.
    pub agent_capacity: u32,
    /// How many conversations may wait in a queue before nobody counts as available; 0 is without limit.
    pub queue_cap: u32,
    /// What time alone does, and when.
    pub times: Times,
    /// How many searches may run at once.
    pub searches: usize,
    /// What of visitors' words is covered before it is kept.
    pub masking: Masking,
}

/// How long things take until time alone acts; zero is never.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// What counts from a conversation's own events.
    pub timers: Timers,
    /// An agent without a console is lost, and what they have goes back to the queue.
    pub agent_lost: SignedDuration,
    /// They are shown as offline.
    pub agent_offline: SignedDuration,
    /// A visitor without a widget counts as gone.
    pub visitor_gone: SignedDuration,
    /// Whoever left the queue without an address is waited for no longer.
    pub abandoned: SignedDuration,
    /// Within how long a person should answer, in queues that do not say.
    pub first_reply: queue::Target,
}
