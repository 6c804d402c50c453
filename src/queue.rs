//! Who waits, in which order, for how long, and who gets what. Pure.

mod assignment;
mod estimate;
mod hours;
mod team;

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

pub use self::{
    assignment::{Candidate, assign, limit},
    estimate::{WINDOW, wait},
    hours::{Day, Hours, Minute, Opening},
    team::{Assignment, DEFAULT, Queue, Queues},
};
use crate::conversation::{Conversation, ConversationId, Reason, Status, Waiting};

/// Within how long a left message should be answered.
const LEFT_MESSAGE: SignedDuration = SignedDuration::from_hours(24);

/// How urgent a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Before all others.
    High,
    /// In order of arrival.
    Normal,
}

impl Priority {
    /// How urgent this is: visitors who are upset come first, and those whom the site vouches for as important.
    pub fn of(reason: Reason, is_vip: IsVip) -> Self {
        match (reason, is_vip) {
            (Reason::Angry, _) | (_, IsVip::Yes) => Self::High,
            (_, IsVip::No) => Self::Normal,
        }
    }

    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Normal => "normal",
        }
    }
}

/// Whether the site says that a visitor is important to it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum IsVip {
    /// It does.
    Yes,
    /// It does not.
    #[default]
    No,
}

/// A conversation's place in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First by urgency,
    pub priority: Priority,
    /// then by the time waited,
    pub since: Timestamp,
    /// then those who had an agent already,
    pub is_new: bool,
    /// then by age, so that no two are equal.
    pub conversation: ConversationId,
}

/// Where a conversation stands in line, if it waits.
pub fn place(conversation: &Conversation, is_vip: IsVip) -> Option<Place> {
    let waiting = place_in_line(conversation)?;
    Some(Place {
        priority: Priority::of(waiting.reason, is_vip),
        since: waiting.since,
        is_new: waiting.requeued == 0,
        conversation: conversation.id,
    })
}

/// The position of each conversation in its own queue, from 1. They come in order, each with its queue.
pub fn positions<'q>(in_order: impl IntoIterator<Item = (ConversationId, &'q str)>) -> HashMap<ConversationId, u32> {
    let mut ahead: HashMap<&str, u32> = HashMap::new();
    let number = |(conversation, queue)| {
        let position = ahead.entry(queue).or_default();
        *position += 1;
        (conversation, *position)
    };
    in_order.into_iter().map(number).collect()
}

/// Within how many seconds a person should answer, in queues that do not say; zero is without a target.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Target {
    /// The answer is due.
    pub reply_s: u32,
    /// Agents are warned; where a queue has a target of its own, at the same share of it.
    pub warn_s: u32,
}

/// By when somebody should have answered; `None` while it is not a person's turn, or without a target.
pub fn due_at(conversation: &Conversation, queue: &Queue, usual: Target) -> Option<Timestamp> {
    if let Status::Snoozed { until, .. } = &conversation.status {
        return Some(*until);
    }
    let (from, within) = promise(conversation, queue, usual)?;
    Some(from.saturating_add(within).unwrap_or(Timestamp::MAX))
}

/// From when on agents are told that nobody has answered and it is nearly due.
pub fn warn_at(conversation: &Conversation, queue: &Queue, usual: Target) -> Option<Timestamp> {
    let (from, within) = promise(conversation, queue, usual)?;
    let warned = within.as_secs().checked_mul(usual.warn_s.into())?.checked_div(usual.reply_s.into())?;
    (warned > 0).then(|| from.saturating_add(SignedDuration::from_secs(warned)).unwrap_or(Timestamp::MAX))
}

/// Since when the visitor waits for a person, and for how long they may.
fn promise(conversation: &Conversation, queue: &Queue, usual: Target) -> Option<(Timestamp, SignedDuration)> {
    let target = SignedDuration::from_secs(queue.first_reply_s.unwrap_or(usual.reply_s).into());
    let from = match &conversation.status {
        Status::Waiting(waiting) => waiting.since,
        Status::WithAgent { .. } => conversation.moments.claimed_at.or(conversation.moments.asked_at)?,
        Status::Snoozed { .. } | Status::WithBot | Status::Resolved { .. } => return None,
    };
    let within = if conversation.moments.is_left { LEFT_MESSAGE } else { target };
    (!target.is_zero()).then_some((from, within))
}

fn place_in_line(conversation: &Conversation) -> Option<&Waiting> {
    match &conversation.status {
        Status::Waiting(waiting) => Some(waiting),
        Status::WithBot | Status::WithAgent { .. } | Status::Snoozed { .. } | Status::Resolved { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::conversation::VisitorId;

    const USUAL: Target = Target { reply_s: 60, warn_s: 45 };

    fn waiting(id: u128, reason: Reason, since_s: i64) -> Conversation {
        let now = Timestamp::UNIX_EPOCH;
        let since = now + SignedDuration::from_secs(since_s);
        let id = ConversationId(Uuid::from_u128(id));
        let mut conversation = Conversation::new(id, VisitorId(Uuid::nil()), "en".to_owned(), now);
        conversation.status = Status::Waiting(Waiting::new(reason, None, since));
        conversation
    }

    #[test]
    fn the_angry_and_the_important_first_then_the_longest_wait_then_whoever_was_served_before() {
        let back = |mut conversation: Conversation| {
            if let Status::Waiting(waiting) = &mut conversation.status {
                waiting.requeued = 1;
            }
            conversation
        };
        let mut line: Vec<_> = [
            (waiting(6, Reason::LowConfidence, 20), IsVip::No),
            (waiting(5, Reason::LowConfidence, 10), IsVip::No),
            (waiting(4, Reason::AskedForAgent, 10), IsVip::No),
            (back(waiting(3, Reason::LowConfidence, 10)), IsVip::No),
            (waiting(2, Reason::AskedForAgent, 40), IsVip::Yes),
            (waiting(1, Reason::Angry, 30), IsVip::No),
        ]
        .iter()
        .filter_map(|(conversation, is_vip)| place(conversation, *is_vip))
        .collect();
        line.sort();
        let ids: Vec<_> = line.iter().map(|place| place.conversation.0.as_u128()).collect();
        assert_eq!(ids, [1, 2, 3, 4, 5, 6]);
    }

    #[test]
    fn each_queue_counts_for_itself() {
        let id = |number| ConversationId(Uuid::from_u128(number));
        let positions = positions([(id(1), "default"), (id(2), "orders"), (id(3), "default")]);
        assert_eq!([1, 2, 3, 9].map(|number| positions.get(&id(number)).copied()), [Some(1), Some(1), Some(2), None]);
    }

    #[test]
    fn a_left_message_has_a_day() {
        let mut conversation = waiting(1, Reason::AskedForAgent, 0);
        let due =
            |conversation: &Conversation| due_at(conversation, &Queue::default(), USUAL).map(Timestamp::as_second);
        assert_eq!(due(&conversation), Some(60));
        conversation.moments.is_left = true;
        assert_eq!(due(&conversation), Some(86_400));
        conversation.status = Status::WithBot;
        assert_eq!(due(&conversation), None);
    }

    #[test]
    fn the_warning_comes_at_the_same_share_of_every_target() {
        let own = |first_reply_s| Queue { first_reply_s, ..Queue::default() };
        let never = Target { warn_s: 0, ..USUAL };
        for (queue, usual, is_left, expected) in [
            (own(None), USUAL, false, Some(45)),
            (own(Some(400)), USUAL, false, Some(300)),
            (own(None), USUAL, true, Some(18 * 3600)),
            (own(None), never, false, None),
            (own(Some(0)), USUAL, false, None),
            (own(Some(400)), Target { reply_s: 0, ..USUAL }, false, None),
        ] {
            let mut conversation = waiting(1, Reason::AskedForAgent, 0);
            conversation.moments.is_left = is_left;
            let at = warn_at(&conversation, &queue, usual).map(Timestamp::as_second);
            assert_eq!(at, expected, "{queue:?} {usual:?} {is_left}");
        }
    }
}
