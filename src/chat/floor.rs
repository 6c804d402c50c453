//! The floor: every open conversation that is with people, as this process last saw it. A copy of the store for
//! what all screens ask at once: who waits at which place, who has how many. Commits bring it up to date, and
//! upkeep compares it with the store, which others may write too.

mod ranks;

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use jiff::Timestamp;
use parking_lot::Mutex;

use self::ranks::Ranks;
use crate::{
    conversation::{AgentId, Conversation, ConversationId, Status, VisitorId},
    queue::{self, IsVip, Place, Queues},
};

/// More pick-ups than this say no more about a queue's pace.
const MOST_PICKUPS: usize = 500;

/// The conversations with people.
#[derive(Debug, Default)]
pub(crate) struct Floor(Mutex<Open>);

#[derive(Debug, Default)]
struct Open {
    held: HashMap<ConversationId, Held>,
    by_visitor: HashMap<VisitorId, ConversationId>,
    /// What was made of them last; absent after a change.
    line: Option<Arc<Line>>,
    /// Absent until asked for.
    ranks: Option<Ranks>,
    /// When conversations were taken from a queue.
    pickups: HashMap<String, VecDeque<Timestamp>>,
}

#[derive(Debug)]
struct Held {
    conversation: Arc<Conversation>,
    is_vip: IsVip,
}

/// Who waits and who has what, at one moment.
#[derive(Debug, Default)]
pub(crate) struct Line {
    /// Those that wait, next one first.
    pub(crate) waiting: Vec<Arc<Conversation>>,
    /// Those that an agent has, asleep or not, in the order of their waiting.
    pub(crate) with_agents: Vec<Arc<Conversation>>,
    positions: HashMap<ConversationId, u32>,
    urgent: Vec<ConversationId>,
    /// How many each agent has, those that sleep left out.
    open: HashMap<AgentId, u32>,
}

impl Line {
    /// The place in its queue, from 1.
    pub(crate) fn position(&self, id: ConversationId) -> Option<u32> {
        self.positions.get(&id).copied()
    }

    /// Whether it goes before others.
    pub(crate) fn is_urgent(&self, id: ConversationId) -> bool {
        self.urgent.contains(&id)
    }

    /// How many conversations an agent has, those that sleep left out.
    pub(crate) fn open_of(&self, agent: AgentId) -> u32 {
        self.open.get(&agent).copied().unwrap_or(0)
    }
}

impl Floor {
    /// Takes in a conversation after a change, unless a later one is known.
    pub(crate) fn put(&self, conversation: &Conversation, is_vip: Option<IsVip>, queues: &Arc<Queues>) {
        let mut open = self.0.lock();
        let known = open.held.get(&conversation.id);
        if known.is_some_and(|known| known.conversation.last_seq >= conversation.last_seq) {
            return;
        }
        let is_vip = is_vip.or(known.map(|known| known.is_vip)).unwrap_or_default();
        if let (Some(Status::Waiting(waiting)), Status::WithAgent { .. }) =
            (known.map(|known| &known.conversation.status), &conversation.status)
        {
            let name = queues.get(waiting.queue.as_deref()).name.clone();
            open.note_pickup(name, conversation.changed_at);
        }
        open.line = None;
        open.ranks.take_if(|ranks| !ranks.are_of(queues));
        if let Some(ranks) = &mut open.ranks {
            ranks.put(conversation, is_vip);
        }
        if is_with_people(conversation) {
            open.by_visitor.insert(conversation.visitor, conversation.id);
            open.held.insert(conversation.id, Held { conversation: Arc::new(conversation.clone()), is_vip });
        } else if open.held.remove(&conversation.id).is_some() {
            open.forget_visitor(conversation.visitor, conversation.id);
        }
    }

    /// It is not in the store any more.
    pub(crate) fn remove(&self, id: ConversationId) {
        let mut open = self.0.lock();
        if let Some(held) = open.held.remove(&id) {
            open.line = None;
            open.forget_visitor(held.conversation.visitor, id);
            if let Some(ranks) = &mut open.ranks {
                ranks.remove(id);
            }
        }
    }

    /// What is known of a visitor has changed.
    pub(crate) fn note_vip(&self, visitor: VisitorId, is_vip: IsVip) {
        let mut open = self.0.lock();
        let Some(id) = open.by_visitor.get(&visitor).copied() else { return };
        if let Some(held) = open.held.get_mut(&id) {
            held.is_vip = is_vip;
            (open.line, open.ranks) = (None, None);
        }
    }

    /// An agent took a conversation from this queue.
    pub(crate) fn note_pickup(&self, queue: String, at: Timestamp) {
        self.0.lock().note_pickup(queue, at);
    }

    /// The queues have changed: places are counted anew.
    pub(crate) fn count_anew(&self) {
        let mut open = self.0.lock();
        (open.line, open.ranks) = (None, None);
    }

    /// The visitor's conversation, if it is with people.
    pub(crate) fn of_visitor(&self, visitor: VisitorId) -> Option<Arc<Conversation>> {
        let open = self.0.lock();
        let id = open.by_visitor.get(&visitor)?;
        open.held.get(id).map(|held| Arc::clone(&held.conversation))
    }

    /// Every conversation here.
    pub(crate) fn ids(&self) -> Vec<ConversationId> {
        self.0.lock().held.keys().copied().collect()
    }

    /// When conversations were taken from this queue lately.
    pub(crate) fn pickups(&self, queue: &str) -> Vec<Timestamp> {
        self.0.lock().pickups.get(queue).into_iter().flatten().copied().collect()
    }

    /// A conversation's place in its queue, from 1, if it waits.
    pub(crate) fn position(&self, id: ConversationId, queues: &Arc<Queues>) -> Option<u32> {
        self.0.lock().ranks(queues).position(id)
    }

    /// How many wait in a queue.
    pub(crate) fn length(&self, queue: &str, queues: &Arc<Queues>) -> u32 {
        self.0.lock().ranks(queues).length(queue)
    }

    /// Who waits and who has what; made once after each change, however many ask.
    pub(crate) fn line(&self, queues: &Queues) -> Arc<Line> {
        let mut open = self.0.lock();
        if let Some(line) = &open.line {
            return Arc::clone(line);
        }
        let line = Arc::new(open.make_line(queues));
        open.line = Some(Arc::clone(&line));
        line
    }
}

impl Open {
    fn ranks(&mut self, queues: &Arc<Queues>) -> &Ranks {
        self.ranks.take_if(|ranks| !ranks.are_of(queues));
        self.ranks.get_or_insert_with(|| {
            let mut held: Vec<&Held> = self.held.values().collect();
            held.sort_by_cached_key(|held| held.place());
            let mut ranks = Ranks::of(Arc::clone(queues));
            for held in held {
                ranks.put(&held.conversation, held.is_vip);
            }
            ranks
        })
    }

    fn make_line(&self, queues: &Queues) -> Line {
        let mut places: Vec<(Place, &Held)> =
            self.held.values().filter_map(|held| Some((held.place()?, held))).collect();
        places.sort_by_key(|(place, _)| *place);
        let in_order = places.iter().map(|(place, held)| (place.conversation, queue_of(&held.conversation, queues)));
        let mut line = Line { positions: queue::positions(in_order), ..Line::default() };
        line.urgent = places
            .iter()
            .take_while(|(place, _)| place.priority == queue::Priority::High)
            .map(|(place, _)| place.conversation)
            .collect();
        line.waiting = places.into_iter().map(|(_, held)| Arc::clone(&held.conversation)).collect();
        let owned = self.held.values().filter(|held| held.conversation.status.agent().is_some());
        line.with_agents = owned.map(|held| Arc::clone(&held.conversation)).collect();
        line.with_agents.sort_by_key(|one| (one.status.wait().map(|wait| wait.since), one.id));
        for conversation in &line.with_agents {
            if let Status::WithAgent { agent, .. } = &conversation.status {
                *line.open.entry(agent.id).or_default() += 1;
            }
        }
        line
    }

    fn note_pickup(&mut self, queue: String, at: Timestamp) {
        let pickups = self.pickups.entry(queue).or_default();
        pickups.push_back(at);
        if pickups.len() > MOST_PICKUPS {
            pickups.pop_front();
        }
    }

    fn forget_visitor(&mut self, visitor: VisitorId, id: ConversationId) {
        if self.by_visitor.get(&visitor) == Some(&id) {
            self.by_visitor.remove(&visitor);
        }
    }
}

impl Held {
    fn place(&self) -> Option<Place> {
        queue::place(&self.conversation, self.is_vip)
    }
}

fn queue_of<'q>(conversation: &Conversation, queues: &'q Queues) -> &'q str {
    let named = conversation.status.wait().and_then(|wait| wait.queue.as_deref());
    &queues.get(named).name
}

fn is_with_people(conversation: &Conversation) -> bool {
    match conversation.status {
        Status::Waiting(_) | Status::WithAgent { .. } | Status::Snoozed { .. } => true,
        Status::WithBot | Status::Resolved { .. } => false,
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::{
        conversation::{Reason, Waiting},
        queue::Queue,
    };

    fn conversation(id: u8, seq: u64, (status, queue, second): (u8, u8, i64)) -> Conversation {
        let at = Timestamp::UNIX_EPOCH + SignedDuration::from_secs(second);
        let id = Uuid::from_u128(id.into());
        let mut conversation = Conversation::new(ConversationId(id), VisitorId(id), "en".to_owned(), at);
        let queue = [None, Some("orders"), Some("gone")][usize::from(queue)].map(str::to_owned);
        let reason = if second % 4 == 0 { Reason::Angry } else { Reason::LowConfidence };
        if status > 0 {
            conversation.status = Status::Waiting(Waiting::new(reason, queue, at));
        }
        conversation.last_seq = crate::conversation::Seq(seq);
        conversation
    }

    proptest! {
        #[test]
        fn places_that_are_kept_up_to_date_are_those_of_a_new_count(
            changes in prop::collection::vec((0_u8..12, 0_u8..4, 0_u8..3, 0_i64..20), 0..60),
        ) {
            let named = |name: &str| Queue { name: name.to_owned(), ..Queue::default() };
            let queues = Arc::new(Queues::of(vec![Queue::default(), named("orders")]));
            let floor = Floor::default();
            for (seq, (id, status, queue, second)) in (1..).zip(changes) {
                if status == 3 {
                    floor.remove(ConversationId(Uuid::from_u128(id.into())));
                } else {
                    floor.put(&conversation(id, seq, (status, queue, second)), None, &queues);
                }
                let line = floor.line(&queues);
                for id in (0..12).map(|id| ConversationId(Uuid::from_u128(id))) {
                    prop_assert_eq!(floor.position(id, &queues), line.position(id));
                }
                let all: u32 = queues.all().iter().map(|queue| floor.length(&queue.name, &queues)).sum();
                prop_assert_eq!(all as usize, line.waiting.len());
            }
        }
    }
}
