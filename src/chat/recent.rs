//! The conversations that visitors are having now, so that a turn need not read what the last one wrote. It may be
//! out of date: the number is the lock, so a turn that was decided on an old state is refused and decided again.

use std::sync::Arc;

use parking_lot::Mutex;

use crate::{
    chat::{Chat, ChatError, generations::Generations},
    conversation::{Conversation, Event, Grown, Seq, VisitorId},
};

/// So many visitors may be talking at once before the quiet ones are read from the store again.
const VISITORS: usize = 2048;
/// The events of longer conversations are read from the store.
const MOST_EVENTS: usize = 8;

/// Each visitor's newest conversation as it was last seen.
#[derive(Debug)]
pub(crate) struct Recent(Mutex<Generations<VisitorId, Current>>);

/// A visitor's newest conversation.
#[derive(Debug, Clone)]
struct Current {
    /// Absent for a visitor who has none yet.
    conversation: Option<Conversation>,
    /// All its events, while they are few.
    events: Option<Arc<[Event]>>,
}

impl Default for Recent {
    fn default() -> Self {
        Self(Mutex::new(Generations::of(VISITORS)))
    }
}

impl Recent {
    /// A visitor who was made just now has no conversation.
    pub(crate) fn is_new(&self, visitor: VisitorId) {
        self.0.lock().put(visitor, Current { conversation: None, events: None });
    }

    /// Forgets what may be out of date.
    pub(crate) fn forget(&self, visitor: VisitorId) {
        self.0.lock().forget(&visitor);
    }

    /// A conversation has grown. Commits may be told of out of order: the longest counts.
    pub(crate) fn grew(&self, grown: &Grown) {
        let mut recent = self.0.lock();
        let visitor = grown.conversation.visitor;
        let known = recent.look(&visitor);
        let before = known.and_then(|known| known.conversation.as_ref());
        let is_first = grown.events.first().is_some_and(|event| event.seq == Seq(1));
        let is_news = match before {
            Some(before) if before.id == grown.conversation.id => before.last_seq < grown.conversation.last_seq,
            Some(before) => is_first && before.started_at <= grown.conversation.started_at,
            None => is_first,
        };
        if is_news {
            let earlier = if is_first { Some(Arc::default()) } else { known.and_then(|known| known.events.clone()) };
            let events = earlier.and_then(|earlier| all_events(&earlier, &grown.events));
            recent.put(visitor, Current { conversation: Some(grown.conversation.clone()), events });
        }
    }

    fn read(&self, visitor: VisitorId, stored: Option<Conversation>) {
        let mut recent = self.0.lock();
        if recent.look(&visitor).is_none() {
            recent.put(visitor, Current { conversation: stored, events: None });
        }
    }

    fn current(&self, visitor: VisitorId) -> Option<Current> {
        self.0.lock().get(&visitor)
    }

    fn events(&self, conversation: &Conversation) -> Option<Arc<[Event]>> {
        let mut recent = self.0.lock();
        let known = recent.look(&conversation.visitor)?;
        known.events.clone().filter(|_| known.conversation.as_ref() == Some(conversation))
    }
}

/// Both together, unless they are too many or something is missing between them.
fn all_events(earlier: &[Event], new: &[Event]) -> Option<Arc<[Event]>> {
    let is_next = new.first().is_some_and(|event| event.seq.0 == earlier.len() as u64 + 1);
    (is_next && earlier.len() + new.len() <= MOST_EVENTS).then(|| earlier.iter().chain(new).cloned().collect())
}

impl Chat {
    /// The visitor's newest conversation to decide on: what is committed proves whether it was the newest state.
    pub(crate) async fn current_of(&self, visitor: VisitorId) -> Result<Option<Conversation>, ChatError> {
        if let Some(current) = self.recent.current(visitor) {
            return Ok(current.conversation);
        }
        let stored = self.store.current_conversation(visitor).await?;
        self.recent.read(visitor, stored.clone());
        Ok(stored)
    }

    /// The last events of a conversation, at least so many if there are.
    pub(crate) async fn last_events(&self, conversation: &Conversation, count: u64) -> Result<Arc<[Event]>, ChatError> {
        if let Some(events) = self.recent.events(conversation) {
            return Ok(events);
        }
        let after = Seq(conversation.last_seq.0.saturating_sub(count));
        Ok(self.store.events(conversation.id, after, count as u32).await?.into())
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{Author, ConversationId, EventKind, Message};

    const VISITOR: VisitorId = VisitorId(Uuid::nil());

    fn started(id: u128, second: i64) -> Conversation {
        let at = Timestamp::from_second(second).unwrap();
        Conversation::new(ConversationId(Uuid::from_u128(id)), VISITOR, "en".to_owned(), at)
    }

    fn says(before: &Conversation, text: &str) -> Grown {
        let message = Arc::new(Message::plain(Author::Visitor, text));
        let kind = EventKind::Message { message };
        let event = Event { seq: before.last_seq.next(), at: before.changed_at, client_id: None, kind };
        let events = vec![event];
        Grown { conversation: before.clone().apply_all(&events), events }
    }

    fn current(recent: &Recent) -> Option<Conversation> {
        recent.current(VISITOR).unwrap().conversation
    }

    #[test]
    fn the_longest_and_newest_is_known_whatever_the_order() {
        let recent = Recent::default();
        let first = says(&started(1, 1), "one");
        recent.grew(&says(&first.conversation, "unknown before"));
        assert!(recent.current(VISITOR).is_none(), "the middle of a conversation says nothing of its being the newest");
        recent.grew(&first);
        let second = says(&first.conversation, "two");
        let third = says(&second.conversation, "three");
        recent.grew(&third);
        recent.grew(&second);
        assert_eq!(current(&recent), Some(third.conversation.clone()));
        let numbers = |events: Option<Arc<[Event]>>| {
            events.map(|events| events.iter().map(|event| event.seq.0).collect::<Vec<_>>())
        };
        assert_eq!(numbers(recent.events(&third.conversation)), None, "one was told of too late");
        assert_eq!(numbers(recent.events(&second.conversation)), None);
        let next = says(&started(2, 5), "next");
        recent.grew(&next);
        let answer = says(&next.conversation, "more");
        recent.grew(&answer);
        assert_eq!(numbers(recent.events(&answer.conversation)), Some(vec![1, 2]));
        recent.grew(&says(&third.conversation, "late"));
        assert_eq!(current(&recent), Some(answer.conversation));
        recent.forget(VISITOR);
        assert!(recent.current(VISITOR).is_none());
    }

    #[test]
    fn what_was_read_does_not_replace_what_was_committed_meanwhile() {
        let recent = Recent::default();
        recent.is_new(VISITOR);
        assert_eq!(current(&recent), None);
        let first = says(&started(1, 1), "one");
        recent.grew(&first);
        recent.read(VISITOR, None);
        assert_eq!(current(&recent), Some(first.conversation));
    }
}
