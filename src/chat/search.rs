//! Searching away from the async threads: a bounded number at once, in bounded time, and not twice for the same words.

use std::{sync::Arc, time::Duration};

use crate::{
    article::hit::Question,
    chat::{
        Chat,
        memory::{Found, Memory, State},
        pool::Pool,
    },
    conversation::Reason,
};

/// How long a search may take before a person is fetched instead.
const SEARCH_TIMEOUT: Duration = Duration::from_secs(2);
/// How long it may still take when the server stops.
const LAST_ANSWERS: Duration = Duration::from_millis(250);
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

/// Searches that run, and what was found lately.
pub(crate) struct Searches {
    pool: Pool,
    memory: Memory,
}

impl Searches {
    /// At most so many at once.
    pub(crate) fn of(most: usize) -> Self {
        Self { pool: Pool::of(most), memory: Memory::default() }
    }
}

impl Chat {
    /// What there is for a question.
    pub(crate) async fn search(&self, mut question: Question) -> Result<Arc<Found>, SearchFailure> {
        question.text = both_ends(question.text);
        question.previous = question.previous.map(both_ends);
        let snapshot = self.knowledge.snapshot();
        let policy = self.policy();
        let state = State::of(&snapshot, policy);
        if let Some(found) = self.searches.memory.known(&question, &state) {
            return Ok(found);
        }
        let searching = async {
            let search = self.searches.pool.run(move || {
                let hits = snapshot.search_until(&question, &policy);
                (question, hits.map(|hits| Found::new(hits, &policy)))
            });
            let (question, found) = search.await.ok_or("it broke off")?;
            let found = Arc::new(found.map_err(|_| "the index cannot be read")?);
            self.searches.memory.note(question, &state, &found);
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
        chat::{AgentAct, Guest, VisitorAct, pool::Held},
        cli::serve,
        clock::SystemClock,
        config::Settings,
        conversation::{Author, ClientId, Conversation, EventKind, Seq, VisitorId},
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
    fn of_a_long_text_both_ends_are_searched() {
        let short = "where is my parcel ".repeat(40);
        assert_eq!(both_ends(short.clone()), short);
        let long = format!("hello {} where is my parcel", "ü ".repeat(2_000));
        let searched = both_ends(long);
        assert!(searched.starts_with("hello") && searched.ends_with("where is my parcel"));
        assert!(searched.chars().count() <= SEARCHED_CHARACTERS + 1);
    }
}
