//! Who waits in each queue, in order. Kept up to date one conversation at a time: every answer that fetches a person
//! changes it and asks for a place, however many wait already.

use std::{collections::HashMap, sync::Arc};

use crate::{
    conversation::{Conversation, ConversationId},
    queue::{IsVip, Place, Queues, place},
};

/// The places in each queue, as these queues are.
#[derive(Debug)]
pub(super) struct Ranks {
    queues: Arc<Queues>,
    in_order: HashMap<String, Vec<Place>>,
    /// Where each conversation is in order.
    places: HashMap<ConversationId, (String, Place)>,
}

impl Ranks {
    /// Nobody waits yet.
    pub(super) fn of(queues: Arc<Queues>) -> Self {
        Self { queues, in_order: HashMap::new(), places: HashMap::new() }
    }

    /// Whether the places are those in these queues.
    pub(super) fn are_of(&self, queues: &Arc<Queues>) -> bool {
        Arc::ptr_eq(&self.queues, queues)
    }

    /// Puts a conversation where it belongs, and nowhere when it does not wait.
    pub(super) fn put(&mut self, conversation: &Conversation, is_vip: IsVip) {
        self.remove(conversation.id);
        let Some(place) = place(conversation, is_vip) else { return };
        let named = conversation.status.wait().and_then(|wait| wait.queue.as_deref());
        let queue = self.queues.get(named).name.clone();
        let line = self.in_order.entry(queue.clone()).or_default();
        let (Ok(at) | Err(at)) = line.binary_search(&place);
        line.insert(at, place);
        self.places.insert(conversation.id, (queue, place));
    }

    /// Takes a conversation out.
    pub(super) fn remove(&mut self, id: ConversationId) {
        let Some((queue, place)) = self.places.remove(&id) else { return };
        let Some(line) = self.in_order.get_mut(&queue) else { return };
        if let Ok(at) = line.binary_search(&place) {
            line.remove(at);
        }
    }

    /// The place in its queue, from 1.
    pub(super) fn position(&self, id: ConversationId) -> Option<u32> {
        let (queue, place) = self.places.get(&id)?;
        let before = self.in_order.get(queue)?.binary_search(place).ok()?;
        u32::try_from(before + 1).ok()
    }

    /// How many wait in a queue.
    pub(super) fn length(&self, queue: &str) -> u32 {
        self.in_order.get(queue).map_or(0, |line| u32::try_from(line.len()).unwrap_or(u32::MAX))
    }
}
