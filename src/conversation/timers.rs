//! What time alone does, and when. Each timer counts from something that is stored, so it survives a restart.

use jiff::{SignedDuration, Timestamp};

use crate::conversation::{Conversation, Status};

/// How long things take until time alone acts; zero is never.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timers {
    /// The bot asks whether its answer helped.
    pub follow_up: SignedDuration,
    /// A silent conversation with the bot ends.
    pub bot_silence: SignedDuration,
    /// Whoever waits is offered to leave a message.
    pub leave_offer: SignedDuration,
    /// An agent who took it and says nothing is warned.
    pub unanswered_warn: SignedDuration,
    /// It goes back to the queue.
    pub unanswered_back: SignedDuration,
    /// A visitor who does not answer an agent is reminded.
    pub reminder: SignedDuration,
    /// It ends.
    pub agent_silence: SignedDuration,
}

/// What time alone does next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Overdue {
    /// The bot asks whether its answer helped.
    FollowUp,
    /// Whoever waits is offered to leave a message.
    LeaveOffer,
    /// The agent has said nothing: back to the queue.
    Unanswered,
    /// The visitor is reminded.
    Reminder,
    /// The visitor has said nothing for long: it ends.
    Silent,
    /// It has slept enough.
    Wake,
}

impl Conversation {
    /// What time alone does next, and when.
    pub fn next_timer(&self, timers: &Timers) -> Option<(Timestamp, Overdue)> {
        let moments = &self.moments;
        let once = |overdue, from, after| (moments.nudges == 0).then(|| timer(overdue, from, after)).flatten();
        match &self.status {
            Status::WithBot => {
                let silent = timer(Overdue::Silent, moments.quiet_since, timers.bot_silence);
                let follow_up = once(Overdue::FollowUp, moments.quiet_since, timers.follow_up);
                follow_up.filter(|_| moments.is_answered).into_iter().chain(silent).min()
            }
            Status::Waiting(_) if moments.is_left => None,
            Status::Waiting(_) => once(Overdue::LeaveOffer, moments.entered_at, timers.leave_offer),
            Status::WithAgent { .. } => match moments.claimed_at {
                // A left message is answered by e-mail, which the desk does not see.
                Some(_) if moments.is_left => None,
                Some(claimed_at) => timer(Overdue::Unanswered, claimed_at, timers.unanswered_back),
                None if moments.unanswered > 0 => None,
                None => {
                    let reminder = once(Overdue::Reminder, moments.quiet_since, timers.reminder);
                    let silent = timer(Overdue::Silent, moments.quiet_since, timers.agent_silence);
                    reminder.into_iter().chain(silent).min()
                }
            },
            Status::Snoozed { until, .. } => Some((*until, Overdue::Wake)),
            Status::Resolved { .. } => None,
        }
    }

    /// From when on the agent who took it and says nothing is warned.
    pub fn warns_at(&self, timers: &Timers) -> Option<Timestamp> {
        let claimed_at = self.moments.claimed_at.filter(|_| !self.moments.is_left)?;
        timer(Overdue::Unanswered, claimed_at, timers.unanswered_warn).map(|(at, _)| at)
    }

    /// Whether the visitor is the one to say something.
    pub fn waits_for_visitor(&self) -> bool {
        match &self.status {
            Status::WithBot => true,
            Status::WithAgent { .. } => self.moments.claimed_at.is_none() && self.moments.unanswered == 0,
            Status::Waiting(_) | Status::Snoozed { .. } | Status::Resolved { .. } => false,
        }
    }
}

fn timer(overdue: Overdue, from: Timestamp, after: SignedDuration) -> Option<(Timestamp, Overdue)> {
    if after.is_zero() {
        return None;
    }
    Some((from.saturating_add(after).unwrap_or(Timestamp::MAX), overdue))
}
