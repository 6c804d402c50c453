//! What was decided is kept, and everybody who is concerned is told.

use std::sync::Arc;

use crate::{
    bell::Ring,
    chat::Chat,
    conversation::{ClientId, Conversation, ConversationId, Event, Grown, NewEvent, Status, VisitorId},
    queue::IsVip,
    store::{Commit, Receipt, Room, StoreError, Visitor},
};

impl Chat {
    /// Numbers the events, keeps them with their receipts and rings. Gives the conversation after them.
    pub(super) async fn commit(
        &self,
        before: &Conversation,
        events: Vec<NewEvent>,
        receipts: Vec<(uuid::Uuid, ClientId, [u8; 32])>,
        visitor: Option<Visitor>,
    ) -> Result<Conversation, StoreError> {
        self.commit_with(None, (before, events), receipts, visitor).await
    }

    /// As [`Chat::commit`]; the visitor's earlier conversation changes in the same commit.
    pub(super) async fn commit_with(
        &self,
        earlier: Option<(&Conversation, Vec<NewEvent>)>,
        (before, events): (&Conversation, Vec<NewEvent>),
        receipts: Vec<(uuid::Uuid, ClientId, [u8; 32])>,
        visitor: Option<Visitor>,
    ) -> Result<Conversation, StoreError> {
        let ended = earlier.as_ref().map(|(before, _)| *before);
        let earlier = earlier.map(|(before, events)| self.grow(before, events));
        let Grown { conversation, events } = self.grow(before, events);
        let receipts = receipts.into_iter().filter_map(|receipt| to_receipt(receipt, before.id, &events)).collect();
        let due_at = self.due_at(&conversation);
        let room = self.room_for(before, &conversation).await?;
        let commit = Commit { earlier, conversation, events, receipts, visitor, due_at, room };
        let kept = self.store.commit(commit).await;
        self.tell(&kept);
        if kept.is_err() {
            self.recent.forget(before.visitor);
        }
        let Commit { earlier, conversation, events, .. } = kept?;
        if let Some(room) = room {
            self.presence.lock().note_assigned(room.agent, conversation.changed_at);
        }
        if let (Some(before), Some(earlier)) = (ended, earlier) {
            self.has_grown(before, earlier).await;
        }
        let after = conversation.clone();
        self.has_grown(before, Grown { conversation, events }).await;
        Ok(after)
    }

    fn grow(&self, before: &Conversation, events: Vec<NewEvent>) -> Grown {
        let events = self.number(before, events);
        Grown { conversation: before.clone().apply_all(&events), events }
    }

    /// When time alone does something with it next.
    fn due_at(&self, conversation: &Conversation) -> Option<jiff::Timestamp> {
        conversation.next_timer(&self.rules.times.timers).map(|(at, _)| at)
    }

    /// Whoever gets a conversation with these events must have room for it; nobody can have too many, however
    /// they come by them.
    async fn room_for(&self, before: &Conversation, after: &Conversation) -> Result<Option<Room>, StoreError> {
        let Status::WithAgent { agent, waited } = &after.status else { return Ok(None) };
        let had = matches!(&before.status, Status::WithAgent { agent: had, .. } if had.id == agent.id);
        if had {
            return Ok(None);
        }
        let stored = self.store.agent(agent.id).await?;
        let limit = stored.map_or(0, |stored| self.limit_of(&stored, waited.queue.as_deref()));
        Ok(Some(Room { agent: agent.id, limit }))
    }

    /// Brings the floor up to date.
    async fn take_in(&self, before: &Conversation, after: &Conversation) {
        let has_come = matches!(after.status, Status::Waiting(_)) && !matches!(before.status, Status::Waiting(_));
        let is_vip = if has_come { self.is_vip(after.visitor).await } else { None };
        if has_come {
            self.guests.miss(after.visitor, after.changed_at);
        }
        self.floor.put(after, is_vip, &self.queues());
    }

    /// Whether the site vouches for a visitor as important: signed in, with the attribute `vip`.
    async fn is_vip(&self, visitor: VisitorId) -> Option<IsVip> {
        let visitor = self.store.visitor(visitor).await.ok()??;
        Some(vip(&visitor))
    }

    fn number(&self, before: &Conversation, events: Vec<NewEvent>) -> Vec<Event> {
        let at = self.clock.now();
        let mut seq = before.last_seq;
        let number = |event: NewEvent| {
            seq = seq.next();
            Event { seq, at, client_id: event.client_id, kind: event.kind }
        };
        events.into_iter().map(number).collect()
    }

    async fn has_grown(&self, before: &Conversation, grown: Grown) {
        let grown = Arc::new(grown);
        self.recent.grew(&grown);
        let after = &grown.conversation;
        self.take_in(before, after).await;
        let is_with_people = !matches!(after.status, Status::WithBot | Status::Resolved { .. });
        let concerns_agents = is_with_people || before.status != after.status;
        let (conversation, visitor) = (after.id, after.visitor);
        self.bell.ring(Ring::Grown { conversation, visitor, grown: Some(grown) });
        if concerns_agents {
            self.ring_change();
        }
    }

    /// Who waits, or who has what, is not what it was.
    pub(super) fn ring_change(&self) {
        self.bell.ring(Ring::Queue);
        self.wake_assignment();
    }

    /// Conflicts and repetitions are part of the day; only what cannot be kept is a failure.
    fn tell(&self, kept: &Result<Commit, StoreError>) {
        let Some(observer) = self.observer.get() else { return };
        match kept {
            Ok(commit) => {
                commit.earlier.iter().for_each(|earlier| observer.committed(&earlier.events));
                observer.committed(&commit.events);
            }
            Err(StoreError::Conflict | StoreError::Repeated(_) | StoreError::Full) => {}
            Err(
                StoreError::EmailTaken | StoreError::Unavailable(_) | StoreError::Damaged(_) | StoreError::Open { .. },
            ) => observer.failed(),
        }
    }
}

pub(super) fn vip(visitor: &Visitor) -> IsVip {
    let says_so = visitor.attributes.get("vip").is_some_and(|value| matches!(value.as_str(), "true" | "yes" | "1"));
    if visitor.verified && says_so { IsVip::Yes } else { IsVip::No }
}

fn to_receipt(
    (sender, client_id, body): (uuid::Uuid, ClientId, [u8; 32]),
    conversation: ConversationId,
    events: &[Event],
) -> Option<Receipt> {
    let event = events.iter().find(|event| event.client_id == Some(client_id))?;
    Some(Receipt { sender, client_id, body, conversation, seq: event.seq })
}
