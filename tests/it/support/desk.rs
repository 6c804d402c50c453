//! A desk without sockets: `chat` on a real store, on a clock that stands still until it is moved.

use std::{path::Path, sync::Arc};

use frontdesk::{
    chat::{AgentAct, Chat, ChatError, Done, Guest, PresenceGuard, Rules, VisitorAct},
    cli::serve,
    clock::{ManualClock, new_id},
    config::Settings,
    conversation::{AgentId, ClientId, Conversation, ConversationId, Event, Seq, VisitorId},
    knowledge::{Knowledge, Options},
    queue,
    store::{Agent, Availability, Recent, Role, SqliteStore, Store, Visitor},
};
use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

pub(crate) struct Desk {
    pub(crate) chat: Arc<Chat>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: ManualClock,
    pub(crate) rules: Rules,
}

impl Desk {
    /// Opens the desk of a data folder at that time.
    pub(crate) async fn open(data: &Path, clock: &ManualClock, change: impl FnOnce(&mut Settings)) -> Self {
        let articles = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knowledge-base");
        Self::open_with(data, &articles, clock, change).await
    }

    pub(crate) async fn open_with(
        data: &Path,
        articles: &Path,
        clock: &ManualClock,
        change: impl FnOnce(&mut Settings),
    ) -> Self {
        let mut settings = Settings::default();
        change(&mut settings);
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data).unwrap());
        let options =
            Options { folder: articles.to_owned(), cache: None, locale: "en".to_owned(), ..Options::default() };
        let knowledge = Arc::new(Knowledge::open(options).unwrap());
        let rules = serve::rules(&settings);
        let chat = Chat::open(store.clone(), knowledge, Arc::new(clock.clone()), rules.clone()).await.unwrap();
        Self { chat, store, clock: clock.clone(), rules }
    }

    /// Adds an agent, who is not here yet.
    pub(crate) async fn employs(&self, name: &str, role: Role) -> Agent {
        let agent = Agent {
            id: AgentId(new_id()),
            email: format!("{}@desk.example", name.to_lowercase().replace(' ', "-")),
            name: name.to_owned(),
            role,
            password_hash: String::new(),
            disabled: false,
            availability: Availability::Online,
            languages: Vec::new(),
            capacity: None,
        };
        self.store.add_agent(agent.clone()).await.unwrap();
        agent
    }

    /// Adds an agent at an open console.
    pub(crate) async fn agent(&self, name: &str) -> (Agent, PresenceGuard) {
        let agent = self.employs(name, Role::Agent).await;
        let here = self.chat.agent_connects(&agent);
        (agent, here)
    }

    pub(crate) async fn visits(&self, guest: &Guest, act: VisitorAct) -> Result<Done, ChatError> {
        self.chat.visitor_acts(guest, ClientId(new_id()), act).await
    }

    pub(crate) async fn says(&self, guest: &Guest, text: &str) -> ConversationId {
        let act = VisitorAct::Send { text: text.to_owned(), article: None, new: false };
        self.visits(guest, act).await.unwrap();
        self.conversation_of(guest).await.id
    }

    pub(crate) async fn asks_for_a_person(&self, guest: &Guest) -> ConversationId {
        self.visits(guest, VisitorAct::RequestAgent).await.unwrap();
        self.conversation_of(guest).await.id
    }

    pub(crate) async fn does(&self, agent: &Agent, id: ConversationId, act: AgentAct) -> Result<Done, ChatError> {
        self.chat.agent_acts(agent, id, ClientId(new_id()), act).await
    }

    pub(crate) async fn replies(&self, agent: &Agent, id: ConversationId) {
        self.does(agent, id, AgentAct::Reply { text: "Hello.".to_owned() }).await.unwrap();
    }

    /// Time passes, and what is due is done.
    pub(crate) async fn passes(&self, seconds: i64) {
        self.clock.advance(SignedDuration::from_secs(seconds));
        self.chat.upkeep().await.unwrap();
    }

    pub(crate) async fn conversation_of(&self, guest: &Guest) -> Conversation {
        self.store.current_conversation(guest.id).await.unwrap().unwrap()
    }

    pub(crate) async fn conversation(&self, id: ConversationId) -> Conversation {
        self.store.conversation(id).await.unwrap().unwrap()
    }

    pub(crate) async fn status(&self, id: ConversationId) -> &'static str {
        self.conversation(id).await.status.as_str()
    }

    pub(crate) async fn events(&self, id: ConversationId) -> Vec<Event> {
        self.store.events(id, Seq(0), 1000).await.unwrap()
    }

    /// What somebody has: people, or the bot.
    pub(crate) async fn open_conversations(&self) -> Vec<Conversation> {
        let mut open = self.store.with_people().await.unwrap();
        open.extend(self.store.recent(Recent::WithBot, u32::MAX).await.unwrap());
        open
    }

    /// The open conversations that nobody has, or for which nothing will ever happen: there must be none.
    pub(crate) async fn forgotten(&self) -> Vec<Conversation> {
        let mut open = self.open_conversations().await;
        open.retain(|one| self.is_forgotten(one));
        open
    }

    /// Whether nothing will ever happen to it: nobody is due to answer, and no timer runs.
    pub(crate) fn is_forgotten(&self, one: &Conversation) -> bool {
        let queues = self.chat.queues();
        let queue = queues.get(one.status.wait().and_then(|wait| wait.queue.as_deref()));
        let promise = queue::due_at(one, queue, self.rules.times.first_reply);
        promise.or(one.next_timer(&self.rules.times.timers).map(|(at, _)| at)).is_none()
    }
}

/// The visitor with this number.
pub(crate) fn guest(number: u128) -> Guest {
    let id = VisitorId(Uuid::from_u128(number));
    Guest { id, locale: "en".to_owned(), profile: Visitor::unknown(id) }
}

/// A working day, at nine.
pub(crate) fn morning() -> ManualClock {
    ManualClock::at("2026-11-25T09:00:00Z".parse::<Timestamp>().unwrap())
}
