//! Balanced assignment: who gets which conversation. Pure, and at once on every change.

use std::{cmp::Reverse, collections::BTreeSet};

use jiff::Timestamp;

use crate::{
    conversation::{AgentId, Conversation, ConversationId},
    queue::{Assignment, Queue, Queues},
};

/// An agent who takes conversations now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub agent: AgentId,
    /// How many conversations they have.
    pub open: u32,
    /// How many they may have at once; 0 is without limit.
    pub limit: u32,
    /// The languages that they write; none named means any.
    pub languages: BTreeSet<String>,
    /// When they were last given a conversation.
    pub assigned_at: Option<Timestamp>,
}

impl Candidate {
    /// Whether they may have one more, from this queue.
    pub fn has_room(&self, queue: &Queue) -> bool {
        let limit = limit(self.limit, queue.capacity);
        limit == 0 || self.open < limit
    }

    fn speaks(&self, locale: &str) -> bool {
        self.languages.is_empty() || self.languages.iter().any(|language| primary(language) == primary(locale))
    }
}

/// The smaller of two limits, of which 0 is none.
pub fn limit(own: u32, queue: u32) -> u32 {
    match (own, queue) {
        (0, other) | (other, 0) => other,
        (own, queue) => own.min(queue),
    }
}

/// Who gets which of the conversations that wait, in their order. The fewest conversations decide, then the
/// longest time since the last assignment. Whoever passed a conversation on does not get it again by itself.
pub fn assign<'a>(
    line: impl IntoIterator<Item = &'a Conversation>,
    mut candidates: Vec<Candidate>,
    queues: &Queues,
    now: Timestamp,
) -> Vec<(ConversationId, AgentId)> {
    let mut assigned = Vec::new();
    for conversation in line {
        if candidates.iter().all(|candidate| candidate.limit > 0 && candidate.open >= candidate.limit) {
            break;
        }
        if let Some(chosen) = choose(conversation, &mut candidates, queues) {
            (chosen.open, chosen.assigned_at) = (chosen.open + 1, Some(now));
            assigned.push((conversation.id, chosen.agent));
        }
    }
    assigned
}

fn choose<'c>(
    conversation: &Conversation,
    candidates: &'c mut [Candidate],
    queues: &Queues,
) -> Option<&'c mut Candidate> {
    let wait = conversation.status.wait()?;
    let queue = queues.get(wait.queue.as_deref());
    if queue.assignment == Assignment::Manual {
        return None;
    }
    let is_member = |candidate: &Candidate| queue.has_member(candidate.agent);
    let must_speak = candidates.iter().any(|one| is_member(one) && one.speaks(&conversation.locale));
    let suits = |one: &&mut Candidate| {
        is_member(one)
            && (!must_speak || one.speaks(&conversation.locale))
            && one.has_room(queue)
            && !wait.passed.iter().any(|agent| agent.id == one.agent)
    };
    // A missing time is earlier than any other.
    candidates.iter_mut().filter(suits).min_by_key(|one| (one.open, one.assigned_at, Reverse(one.limit), one.agent))
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::conversation::{AgentRef, Reason, Status, VisitorId, Waiting};

    fn agent(number: u128) -> AgentId {
        AgentId(Uuid::from_u128(number))
    }

    fn candidate(number: u128, open: u32, limit: u32) -> Candidate {
        Candidate { agent: agent(number), open, limit, languages: BTreeSet::new(), assigned_at: None }
    }

    fn waiting(number: u128, locale: &str, queue: Option<&str>) -> Conversation {
        let (id, now) = (ConversationId(Uuid::from_u128(number)), Timestamp::UNIX_EPOCH);
        let mut conversation = Conversation::new(id, VisitorId(Uuid::nil()), locale.to_owned(), now);
        conversation.status = Status::Waiting(Waiting::new(Reason::AskedForAgent, queue.map(str::to_owned), now));
        conversation
    }

    fn balanced(name: &str) -> Queue {
        Queue { assignment: Assignment::Balanced, ..Queue::named(name, name) }
    }

    fn given(line: &[Conversation], candidates: Vec<Candidate>, queues: Vec<Queue>) -> Vec<(u128, u128)> {
        let assigned = assign(line, candidates, &Queues::of(queues), Timestamp::UNIX_EPOCH);
        assigned.into_iter().map(|(id, agent)| (id.0.as_u128(), agent.0.as_u128())).collect()
    }

    #[test]
    fn the_fewest_then_the_longest_without_get_the_next() {
        let line = [1, 2, 3].map(|number| waiting(number, "en", None));
        assert_eq!(
            given(&line, vec![candidate(1, 1, 6), candidate(2, 0, 6)], vec![balanced("default")]),
            [(1, 2), (2, 1), (3, 2)]
        );
        let late = |number, at| Candidate {
            assigned_at: Some(Timestamp::UNIX_EPOCH + SignedDuration::from_secs(at)),
            ..candidate(number, 1, 6)
        };
        assert_eq!(given(&line[..1], vec![late(1, 20), late(2, 10)], vec![balanced("default")]), [(1, 2)]);
    }

    #[test]
    fn members_languages_and_limits_are_respected() {
        let orders = Queue { members: vec![agent(1)], capacity: 2, ..balanced("orders") };
        let line = [1, 2, 3].map(|number| waiting(number, "en", Some("orders")));
        assert_eq!(given(&line, vec![candidate(1, 0, 6), candidate(2, 0, 6)], vec![orders]), [(1, 1), (2, 1)]);
        assert_eq!(given(&line, vec![candidate(1, 0, 6)], vec![Queue::named("orders", "Orders")]), []);

        let french = Candidate { languages: ["fr".to_owned()].into(), ..candidate(1, 5, 6) };
        let english = Candidate { languages: ["en".to_owned()].into(), ..candidate(2, 0, 6) };
        let line = [waiting(1, "fr-CA", None), waiting(2, "fr", None), waiting(3, "de", None)];
        // The French speaker is full after the first; somebody else would not understand the second.
        assert_eq!(given(&line, vec![french, english], vec![balanced("default")]), [(1, 1), (3, 2)]);
    }

    #[test]
    fn whoever_passed_it_on_does_not_get_it_again() {
        let mut conversation = waiting(1, "en", None);
        if let Status::Waiting(waiting) = &mut conversation.status {
            waiting.passed.push(AgentRef { id: agent(1), name: "Ada".to_owned() });
        }
        let both = vec![candidate(1, 0, 6), candidate(2, 5, 6)];
        assert_eq!(given(&[conversation.clone()], both, vec![balanced("default")]), [(1, 2)]);
        assert_eq!(given(&[conversation], vec![candidate(1, 0, 6)], vec![balanced("default")]), []);
    }

    proptest! {
        #[test]
        fn no_limit_is_ever_exceeded(
            agents in prop::collection::vec((0_u32..8, 0_u32..8), 0..8),
            waiting_count in 0_usize..40,
            capacity in 0_u32..6,
        ) {
            let candidates: Vec<_> = agents.iter().zip(1..).map(|((open, limit), n)| candidate(n, *open, *limit)).collect();
            let line: Vec<_> = (1..=waiting_count as u128).map(|number| waiting(number, "en", None)).collect();
            let queue = Queue { capacity, ..balanced("default") };
            let given = given(&line, candidates.clone(), vec![queue]);
            let mut once: Vec<_> = given.iter().map(|(id, _)| *id).collect();
            once.dedup();
            prop_assert_eq!(once.len(), given.len());
            for one in &candidates {
                let new = given.iter().filter(|(_, agent)| *agent == one.agent.0.as_u128()).count() as u32;
                let limit = limit(one.limit, capacity);
                prop_assert!(new == 0 || limit == 0 || one.open + new <= limit);
            }
        }
    }
}
