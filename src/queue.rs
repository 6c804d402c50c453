//! Who waits, and in which order.

use jiff::Timestamp;

use crate::conversation::{Conversation, ConversationId, Reason, Status, Waiting};

/// How urgent a conversation is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// Before all others.
    High,
    /// In order of arrival.
    Normal,
}

/// A conversation's place in line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// First by urgency,
    pub priority: Priority,
    /// then by the time waited,
    pub since: Timestamp,
    /// then by age, so that no two are equal.
    pub conversation: ConversationId,
}

/// Where a conversation stands in line, if it waits.
pub fn place(conversation: &Conversation) -> Option<Place> {
    let waiting = place_in_line(conversation)?;
    let priority = if waiting.reason == Reason::Angry { Priority::High } else { Priority::Normal };
    Some(Place { priority, since: waiting.since, conversation: conversation.id })
}

/// The conversations that wait, next one first.
pub fn in_order(mut waiting: Vec<Conversation>) -> Vec<Conversation> {
    waiting.retain(|conversation| place(conversation).is_some());
    waiting.sort_by_key(place);
    waiting
}

/// The position of a conversation among those in order, from 1; within its own queue.
pub fn position(in_order: &[Conversation], conversation: &Conversation) -> Option<u32> {
    let queue = &place_in_line(conversation)?.queue;
    let is_same_queue = |other: &&Conversation| place_in_line(other).is_some_and(|other| other.queue == *queue);
    let ahead = in_order.iter().filter(is_same_queue).position(|other| other.id == conversation.id)?;
    u32::try_from(ahead + 1).ok()
}

fn place_in_line(conversation: &Conversation) -> Option<&Waiting> {
    match &conversation.status {
        Status::Waiting(waiting) => Some(waiting),
        Status::WithBot | Status::WithAgent { .. } | Status::Snoozed { .. } | Status::Resolved { .. } => None,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use uuid::Uuid;

    use super::*;
    use crate::conversation::VisitorId;

    fn waiting(id: u128, reason: Reason, since_s: i64, queue: Option<&str>) -> Conversation {
        let now = Timestamp::UNIX_EPOCH;
        let since = now + SignedDuration::from_secs(since_s);
        let id = ConversationId(Uuid::from_u128(id));
        let mut conversation = Conversation::new(id, VisitorId(Uuid::nil()), "en".to_owned(), now);
        conversation.status = Status::Waiting(Waiting { reason, queue: queue.map(str::to_owned), since });
        conversation
    }

    #[test]
    fn the_angry_first_then_the_longest_wait_then_the_oldest() {
        let line = in_order(vec![
            waiting(4, Reason::LowConfidence, 20, None),
            waiting(3, Reason::LowConfidence, 10, None),
            waiting(2, Reason::AskedForAgent, 10, None),
            waiting(1, Reason::Angry, 30, None),
        ]);
        let ids: Vec<_> = line.iter().map(|conversation| conversation.id.0.as_u128()).collect();
        assert_eq!(ids, [1, 2, 3, 4]);
    }

    #[test]
    fn each_queue_counts_for_itself() {
        let orders = waiting(2, Reason::LowConfidence, 2, Some("orders"));
        let line = in_order(vec![waiting(1, Reason::LowConfidence, 1, None), orders.clone()]);
        assert_eq!(position(&line, &orders), Some(1));
        let stranger = waiting(9, Reason::LowConfidence, 1, None);
        assert_eq!(position(&line, &stranger), None);
    }
}
