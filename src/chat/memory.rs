//! What was found lately: visitors ask the same things again and again, and most things once.

use std::{collections::hash_map::RandomState, hash::BuildHasher, sync::Arc};

use parking_lot::Mutex;

use crate::{
    answer::{self, Policy, Verdict},
    article::hit::{Hits, Judge, Question},
    chat::generations::Generations,
    knowledge::Snapshot,
};

/// So many questions are remembered with what was found. Visitors ask the same things again and again.
const QUESTIONS: usize = 2048;
/// Of so many it is remembered that they were asked: what was found is kept when a question comes the second time.
/// Most come once, and would drive out those that come often.
const ASKED: usize = 16 * 1024;
/// Longer ones are nobody else's.
const LONGEST: usize = 200;
/// Of so many candidates it is kept how near they were; nobody asks for more of a conversation that is over.
const KEPT_CANDIDATES: usize = 5;

/// What was found for a question, and what the bot makes of it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) hits: Hits,
    pub(crate) verdict: Verdict,
    /// Whether it is understood without what was asked before it.
    is_understood: bool,
}

impl Found {
    pub(crate) fn new(hits: Hits, policy: &Policy) -> Self {
        let mut verdict = answer::decide(&hits, policy);
        verdict.decision.candidates = verdict.decision.candidates.iter().take(KEPT_CANDIDATES).cloned().collect();
        Self { is_understood: policy.is_understood(&hits), verdict, hits }
    }
}

/// What was found lately, by question, for one state of what it depends on.
pub(crate) struct Memory(Mutex<Remembered>);

struct Remembered {
    state: State,
    found: Generations<Question, Arc<Found>>,
    /// The hashes of questions that were asked.
    asked: Generations<u64, ()>,
    hasher: RandomState,
}

/// The state of the articles that was asked, whether the encoder had read them, and when the bot answers.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct State {
    version: String,
    is_deep: bool,
    policy: Policy,
}

impl State {
    pub(crate) fn of(snapshot: &Snapshot, policy: Policy) -> Self {
        Self { version: snapshot.version().to_owned(), is_deep: snapshot.is_deep(), policy }
    }
}

impl Remembered {
    fn of(state: State) -> Self {
        Self { state, found: Generations::of(QUESTIONS), asked: Generations::of(ASKED), hasher: RandomState::new() }
    }

    /// Remembers that it was asked; true when that was known.
    fn was_asked(&mut self, question: &Question) -> bool {
        let hash = self.hasher.hash_one(question);
        let was_asked = self.asked.get(&hash).is_some();
        if !was_asked {
            self.asked.put(hash, ());
        }
        was_asked
    }
}

impl Default for Memory {
    fn default() -> Self {
        Self(Mutex::new(Remembered::of(State::default())))
    }
}

impl Memory {
    /// What was found before; for a question that is understood by itself, whatever was asked before it.
    pub(crate) fn known(&self, question: &Question, state: &State) -> Option<Arc<Found>> {
        let mut memory = self.0.lock();
        if memory.state != *state {
            *memory = Remembered::of(state.clone());
        }
        if question.previous.is_none() {
            return memory.found.get(question);
        }
        let alone = memory.found.get(&alone(question)).filter(|found| found.is_understood);
        alone.or_else(|| memory.found.get(question))
    }

    /// Remembers what was found in that state, if the question comes the second time.
    pub(crate) fn note(&self, question: Question, state: &State, found: &Arc<Found>) {
        let question = if found.hits.lean_on_previous() { question } else { alone(&question) };
        let mut memory = self.0.lock();
        if memory.state == *state && question.text.len() <= LONGEST && memory.was_asked(&question) {
            memory.found.put(question, Arc::clone(found));
        }
    }
}

/// The question as if nothing had been asked before.
fn alone(question: &Question) -> Question {
    Question { previous: None, ..question.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        answer::tests::{article, hit, hits},
        article::hit::{Take, TakeKind},
        conversation::Thresholds,
    };

    #[test]
    fn what_comes_again_is_remembered_and_what_comes_once_drives_nothing_out() {
        let memory = Memory::default();
        let found = found(hits(9, Vec::new()));
        let question = Question::new("where is my parcel");
        let ask = |question: &Question| {
            let known = memory.known(question, &state("1"));
            memory.note(question.clone(), &state("1"), &found);
            known.is_some()
        };
        assert_eq!([ask(&question), ask(&question), ask(&question)], [false, false, true]);
        for number in 0..3 * QUESTIONS {
            ask(&Question::new(format!("where is parcel {number}")));
        }
        assert!(ask(&question));
        assert!(
            ask(&Question { previous: Some("hello".to_owned()), ..question.clone() }),
            "long enough to stand alone"
        );
        assert!(memory.known(&question, &state("2")).is_none(), "other articles, other answers");
        assert_eq!([ask(&question), ask(&question), ask(&question)], [false, false, true]);
        let policy = Policy { thresholds: Thresholds { answer_at: 0.9, ..Thresholds::default() }, ..Policy::default() };
        let stricter = State { policy, ..state("1") };
        assert!(memory.known(&question, &stricter).is_none(), "another policy, another verdict");
    }

    fn state(version: &str) -> State {
        State { version: version.to_owned(), ..State::default() }
    }

    fn found(hits: Hits) -> Arc<Found> {
        Arc::new(Found::new(Hits { version: "1".to_owned(), ..hits }, &Policy::default()))
    }

    #[test]
    fn a_short_question_is_remembered_for_every_conversation_once_it_is_understood_by_itself() {
        let memory = Memory::default();
        let short = |nearness: f32| {
            let found = vec![hit(article("a"), [nearness; 4]), hit(article("b"), [0.0; 4])];
            hits(2, found)
        };
        let asked =
            |text: &str, previous: &str| Question { previous: Some(previous.to_owned()), ..Question::new(text) };
        let is_known = |question: &Question| memory.known(question, &state("1")).is_some();
        let note = |question, hits| memory.note(question, &state("1"), &found(hits));
        is_known(&asked("refund", "hello"));
        for (text, hits, expected) in [("refund", short(0.9), true), ("and blue", short(0.1), false)] {
            note(asked(text, "one"), hits.clone());
            note(asked(text, "two"), hits);
            assert_eq!(is_known(&asked(text, "three")), expected, "{text}");
            assert!(is_known(&Question::new(text)));
        }
        let take = Take { kind: TakeKind::WithPrevious, question: String::new(), words: 4, hits: Vec::new() };
        let leaning = Hits { takes: vec![take], ..short(0.1) };
        for _ in 0..2 {
            note(asked("to norway", "delivery"), leaning.clone());
        }
        assert!(is_known(&asked("to norway", "delivery")));
        assert!(!is_known(&asked("to norway", "returns")) && !is_known(&Question::new("to norway")));
    }
}
