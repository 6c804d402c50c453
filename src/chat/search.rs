//! Searching away from the async threads: a bounded number at once, in bounded time, and not twice for the same words.

use std::{collections::hash_map::RandomState, hash::BuildHasher, sync::Arc, time::Duration};

use parking_lot::Mutex;

use crate::{
    answer::{self, Policy, Verdict},
    article::hit::{Hits, Judge, Question},
    chat::{Chat, generations::Generations, pool::Pool},
    conversation::Reason,
    knowledge::Snapshot,
};

/// How long a search may take before a person is fetched instead.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long it may still take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_millis(250);
/// So many questions are remembered with what was found. Visitors ask the same things again and again.
const QUESTIONS: usize = 2048;
/// Of so many it is remembered that they were asked: what was found is kept when a question comes the second time.
/// Most come once, and would drive out those that come often.
const ASKED: usize = 16 * 1024;
/// Longer ones are nobody else's.
const LONGEST: usize = 200;
/// Of so many candidates it is kept how near they were; nobody asks for more of a conversation that is over.
const KEPT_CANDIDATES: usize = 5;
/// Of a longer message the beginning and the end are searched: a search takes the longer the more words it has.
const SEARCHED_CHARACTERS: usize = 800;

/// Why there are no hits.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SearchFailure {
    /// For the conversation.
    pub(crate) reason: Reason,
    /// For the log.
    pub(crate) why: &'static str,
}

impl SearchFailure {
    fn failed(why: &'static str) -> Self {
        Self { reason: Reason::SearchFailed, why }
    }
}

/// What was found for a question, and what the bot makes of it.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) hits: Hits,
    pub(crate) verdict: Verdict,
    /// Whether it is understood without what was asked before it.
    is_understood: bool,
}

impl Found {
    fn new(hits: Hits, policy: &Policy) -> Self {
        let mut verdict = answer::decide(&hits, policy);
        verdict.decision.candidates = verdict.decision.candidates.best(KEPT_CANDIDATES);
        Self { is_understood: policy.is_understood(&hits), verdict, hits }
    }
}

/// Searches that run, and what was found lately.
pub(crate) struct Searches {
    pool: Pool,
    memory: Mutex<Memory>,
}

struct Memory {
    state: State,
    found: Generations<Question, Arc<Found>>,
    /// The hashes of questions that were asked.
    asked: Generations<u64, ()>,
    hasher: RandomState,
}

/// The state of the articles that was asked, whether the encoder had read them, and when the bot answers.
#[derive(Debug, Default, PartialEq)]
struct State {
    version: String,
    is_deep: bool,
    policy: Policy,
}

impl State {
    fn of(snapshot: &Snapshot, policy: Policy) -> Self {
        Self { version: snapshot.version().to_owned(), is_deep: snapshot.is_deep(), policy }
    }
}

impl Memory {
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

impl Searches {
    /// At most so many at once.
    pub(crate) fn of(most: usize) -> Self {
        Self { pool: Pool::of(most), memory: Mutex::new(Memory::of(State::default())) }
    }

    /// What was found before; for a question that is understood by itself, whatever was asked before it.
    fn known(&self, question: &Question, state: State) -> Option<Arc<Found>> {
        let mut memory = self.memory.lock();
        if memory.state != state {
            *memory = Memory::of(state);
        }
        if question.previous.is_none() {
            return memory.found.get(question);
        }
        let alone = memory.found.get(&alone(question)).filter(|found| found.is_understood);
        alone.or_else(|| memory.found.get(question))
    }

    fn note(&self, question: Question, policy: &Policy, found: &Arc<Found>) {
        let question = if found.hits.lean_on_previous() { question } else { alone(&question) };
        let mut memory = self.memory.lock();
        let is_of_now = memory.state.version == found.hits.version && memory.state.policy == *policy;
        if is_of_now && question.text.len() <= LONGEST && memory.was_asked(&question) {
            memory.found.put(question, Arc::clone(found));
        }
    }
}

/// The question as if nothing had been asked before.
fn alone(question: &Question) -> Question {
    Question { previous: None, ..question.clone() }
}

impl Chat {
    /// What there is for a question.
    pub(crate) async fn search(&self, mut question: Question) -> Result<Arc<Found>, SearchFailure> {
        question.text = both_ends(question.text);
        question.previous = question.previous.map(both_ends);
        let snapshot = self.knowledge.snapshot();
        let policy = self.policy();
        if let Some(found) = self.searches.known(&question, State::of(&snapshot, policy)) {
            return Ok(found);
        }
        let searching = async {
            let search = self.searches.pool.run(move || {
                let hits = snapshot.search_until(&question, &policy);
                (question, hits.map(|hits| Found::new(hits, &policy)))
            });
            let (question, found) = search.await.ok_or("it broke off")?;
            let found = Arc::new(found.map_err(|_| "the index cannot be read")?);
            self.searches.note(question, &policy, &found);
            Ok(found)
        };
        tokio::select! {
            biased;
            found = searching => found.map_err(SearchFailure::failed),
            () = self.stopped() => Err(SearchFailure { reason: Reason::Stopping, why: "the server stops" }),
            () = tokio::time::sleep(SEARCH_TIMEOUT) => Err(SearchFailure::failed("it took too long")),
        }
    }

    /// The server is to stop: what the bot has not answered shortly goes to people.
    pub fn stop(&self) {
        self.stopping.send_replace(true);
    }

    /// Done a moment after the server was told to stop; quick answers are given until then.
    async fn stopped(&self) {
        let mut stopping = self.stopping.subscribe();
        if stopping.wait_for(|stopping| *stopping).await.is_err() {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(LAST_ANSWERS).await;
    }
}

/// The beginning and the end of a text that is too long to be searched as a whole.
fn both_ends(text: String) -> String {
    let count = text.chars().count();
    if count <= SEARCHED_CHARACTERS {
        return text;
    }
    let half = SEARCHED_CHARACTERS / 2;
    let (begin, end) = (text.chars().take(half), text.chars().skip(count - half));
    begin.chain([' ']).chain(end).collect()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use tempfile::TempDir;
    use uuid::Uuid;

    use super::*;
    use crate::{
        answer::tests::{article, hit, hits},
        article::hit::{Take, TakeKind},
        chat::{AgentAct, Guest, VisitorAct, pool::Held},
        cli::serve,
        clock::SystemClock,
        config::Settings,
        conversation::{Author, ClientId, Conversation, EventKind, Seq, Thresholds, VisitorId},
        knowledge::{Knowledge, Options},
        store::{Agent, Role, SqliteStore, Store, Visitor},
    };

    struct Desk {
        chat: Arc<Chat>,
        store: Arc<dyn Store>,
        guest: Guest,
        _data: TempDir,
    }

    impl Desk {
        async fn open() -> Self {
            let data = tempfile::tempdir().unwrap();
            let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.path()).unwrap());
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knowledge-base");
            let options = Options { folder, cache: None, locale: "en".to_owned(), ..Options::default() };
            let knowledge = Arc::new(Knowledge::open(options).unwrap());
            let rules = serve::rules(&Settings::default());
            let chat = Chat::open(store.clone(), knowledge, Arc::new(SystemClock), rules).await.unwrap();
            let id = VisitorId(Uuid::from_u128(1));
            let guest = Guest { id, locale: "en".to_owned(), profile: Visitor::unknown(id) };
            Self { chat, store, guest, _data: data }
        }

        /// A question on its way: the search for its answer has not begun.
        fn asks(&self, number: u128) -> tokio::task::JoinHandle<()> {
            let (chat, guest) = (Arc::clone(&self.chat), self.guest.clone());
            // Other words each time, or what was found before is found again at once.
            let text = format!("how long does delivery take to house {number}");
            let act = VisitorAct::Send { text, article: None, new: false };
            tokio::spawn(async move {
                chat.visitor_acts(&guest, ClientId(Uuid::from_u128(number)), act).await.unwrap();
            })
        }

        async fn conversation(&self) -> Conversation {
            self.store.current_conversation(self.guest.id).await.unwrap().unwrap()
        }

        async fn agent(&self) -> Agent {
            let agent = crate::chat::new_agent("ada@example.org", "Ada", "a long enough password", Role::Agent);
            let agent = agent.await.unwrap();
            self.store.add_agent(agent.clone()).await.unwrap();
            agent
        }

        /// The reason of the last escalation, and how many messages came after the visitor's last one.
        async fn escalated(&self) -> (Option<Reason>, usize) {
            let events = self.store.events(self.conversation().await.id, Seq(0), 100).await.unwrap();
            let reason =
                |kind: &EventKind| if let EventKind::Escalated { reason, .. } = kind { Some(*reason) } else { None };
            let reason = events.iter().rev().find_map(|event| reason(&event.kind));
            let author = |kind: &EventKind| {
                if let EventKind::Message { message } = kind { Some(message.author.clone()) } else { None }
            };
            let told = events.iter().rev().filter_map(|event| author(&event.kind));
            (reason, told.take_while(|author| *author != Author::Visitor).count())
        }
    }

    /// A search holds a place; while all are held, the next ones wait.
    fn hold_all(desk: &Desk) -> Held {
        desk.chat.searches.pool.hold()
    }

    #[tokio::test]
    async fn truth_03_the_bot_is_silent_once_a_person_has_taken_over() {
        let desk = Desk::open().await;
        let ada = desk.agent().await;
        desk.asks(1).await.unwrap();
        let held = hold_all(&desk);
        let late = desk.asks(2);
        let id = desk.conversation().await.id;
        let reply = AgentAct::Reply { text: "A person here.".to_owned() };
        desk.chat.agent_acts(&ada, id, ClientId(Uuid::from_u128(3)), reply).await.unwrap();
        drop(held);
        late.await.unwrap();
        let events = desk.store.events(id, Seq(0), 100).await.unwrap();
        let claimed = events.iter().position(|event| matches!(event.kind, EventKind::Claimed { .. })).unwrap();
        let is_from_bot =
            |kind: &EventKind| matches!(kind, EventKind::Message { message } if message.author == Author::Bot);
        assert!(events[claimed..].iter().all(|event| !is_from_bot(&event.kind)));
        let is_asked =
            |kind: &EventKind| matches!(kind, EventKind::Message { message } if message.author == Author::Visitor);
        assert_eq!(events.iter().filter(|event| is_asked(&event.kind)).count(), 2, "the question is not lost");
    }

    #[tokio::test]
    async fn truth_11_stopping_hands_unfinished_turns_to_people() {
        let desk = Desk::open().await;
        let held = hold_all(&desk);
        let unfinished = desk.asks(1);
        desk.chat.stop();
        unfinished.await.unwrap();
        assert_eq!(desk.escalated().await, (Some(Reason::Stopping), 1));
        assert_eq!(desk.conversation().await.status.as_str(), "waiting");
        drop(held);
    }

    #[tokio::test]
    async fn truth_12_any_failure_of_the_bot_ends_with_people_and_a_reason() {
        let slow = Desk::open().await;
        let held = hold_all(&slow);
        slow.asks(1).await.unwrap();
        assert_eq!(slow.escalated().await, (Some(Reason::SearchFailed), 1), "it took too long");
        drop(held);
        let broken = Desk::open().await;
        let held = hold_all(&broken);
        let unfinished = broken.asks(1);
        broken.chat.searches.pool.lose_next().await;
        unfinished.await.unwrap();
        drop(held);
        assert_eq!(broken.escalated().await, (Some(Reason::SearchFailed), 1), "it cannot search at all");
    }

    #[test]
    fn what_comes_again_is_remembered_and_what_comes_once_drives_nothing_out() {
        let searches = Searches::of(1);
        let found = found(hits(9, Vec::new()));
        let question = Question::new("where is my parcel");
        let ask = |question: &Question| {
            let known = searches.known(question, state("1"));
            searches.note(question.clone(), &Policy::default(), &found);
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
        assert!(searches.known(&question, state("2")).is_none(), "other articles, other answers");
        assert_eq!([ask(&question), ask(&question), ask(&question)], [false, false, true]);
        let policy = Policy { thresholds: Thresholds { answer_at: 0.9, ..Thresholds::default() }, ..Policy::default() };
        let stricter = State { policy, ..state("1") };
        assert!(searches.known(&question, stricter).is_none(), "another policy, another verdict");
    }

    fn state(version: &str) -> State {
        State { version: version.to_owned(), ..State::default() }
    }

    fn found(hits: Hits) -> Arc<Found> {
        Arc::new(Found::new(Hits { version: "1".to_owned(), ..hits }, &Policy::default()))
    }

    #[test]
    fn a_short_question_is_remembered_for_every_conversation_once_it_is_understood_by_itself() {
        let searches = Searches::of(1);
        let short = |nearness: f32| {
            let found = vec![hit(article("a"), [nearness; 4]), hit(article("b"), [0.0; 4])];
            hits(2, found)
        };
        let asked =
            |text: &str, previous: &str| Question { previous: Some(previous.to_owned()), ..Question::new(text) };
        let is_known = |question: &Question| searches.known(question, state("1")).is_some();
        let note = |question, hits| searches.note(question, &Policy::default(), &found(hits));
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

    #[test]
    fn of_a_long_text_both_ends_are_searched() {
        let short = "where is my parcel ".repeat(40);
        assert_eq!(both_ends(short.clone()), short);
        let long = format!("hello {} where is my parcel", "ü ".repeat(2_000));
        let searched = both_ends(long);
        assert!(searched.starts_with("hello") && searched.ends_with("where is my parcel"));
        assert!(searched.chars().count() <= SEARCHED_CHARACTERS + 1);
    }
}
