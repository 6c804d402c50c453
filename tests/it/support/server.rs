//! A server with a fresh data folder and the fixture's articles.

use std::{net::SocketAddr, path::PathBuf, sync::Arc};

use frontdesk::{
    answer::Policy,
    archive::Archive,
    chat::{Chat, Rules},
    cli::serve,
    clock::new_id,
    config::Settings,
    conversation::AgentId,
    knowledge::{Knowledge, Options},
    password,
    server::{self, App, Timing},
    store::{self, Availability, Role, SqliteStore, Store},
};
use tempfile::TempDir;
use tokio::{sync::oneshot, task::JoinHandle};

use super::{Agent, Knock, MovableClock, Visitor, in_time};

pub(crate) const PASSWORD: &str = "a long enough password";

/// A running server.
pub(crate) struct TestServer {
    pub(crate) address: SocketAddr,
    pub(crate) clock: MovableClock,
    pub(crate) chat: Arc<Chat>,
    pub(crate) store: Arc<dyn Store>,
    settings: Settings,
    timing: Timing,
    data: TempDir,
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl TestServer {
    /// Without limits on how often visitors do things; for everything else the defaults.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_, _| {}).await
    }

    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings, &mut Timing)) -> Self {
        let (mut settings, mut timing) = (Settings::default(), Timing::default());
        let limits = &mut settings.limits;
        (limits.messages_per_minute, limits.visitors_per_minute, limits.escalations_per_hour) = (0, 0, 0);
        (limits.conversations_per_hour, limits.connections_per_address) = (0, 0);
        settings.knowledge.dir = fixture().display().to_string();
        change(&mut settings, &mut timing);
        let data = tempfile::tempdir().unwrap();
        Self::run(settings, timing, data, MovableClock::default()).await
    }

    async fn run(settings: Settings, timing: Timing, data: TempDir, clock: MovableClock) -> Self {
        let store: Arc<dyn Store> = Arc::new(SqliteStore::open(data.path()).unwrap());
        let listener = server::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let options = Options {
            folder: settings.knowledge.dir.clone().into(),
            cache: None,
            locale: settings.knowledge.locale.clone(),
            public_url: format!("http://{address}"),
            ..Options::default()
        };
        let knowledge = Arc::new(Knowledge::open(options).unwrap());
        let chat = Chat::open(store.clone(), knowledge, Arc::new(clock.clone()), rules(&settings)).await.unwrap();
        let app =
            App::new(chat.clone(), Archive::in_memory().unwrap(), Arc::new(clock.clone()), settings.clone(), timing)
                .unwrap();
        let (stop, stopped) = oneshot::channel();
        let running = tokio::spawn(async move {
            let stopped = async {
                // A test that ends stops its server too.
                let _ = stopped.await;
            };
            server::run(listener, app, stopped).await;
        });
        Self { address, clock, chat, store, settings, timing, data, stop, running }
    }

    /// Stops softly; everything has ended then.
    pub(crate) async fn stops(self) -> Stopped {
        let Self { clock, settings, timing, data, stop, running, .. } = self;
        stop.send(()).unwrap();
        in_time("the server to stop", running).await.unwrap();
        Stopped { clock, settings, timing, data }
    }

    pub(crate) async fn restarts(self) -> Self {
        self.stops().await.starts().await
    }

    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    pub(crate) fn origin(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The answer to a request, without a browser's headers.
    pub(crate) async fn answers(&self, path: &str) -> reqwest::Response {
        in_time(path, reqwest::get(self.url(path))).await.unwrap()
    }

    /// The metrics' lines that begin so.
    pub(crate) async fn measures(&self, name: &str) -> Vec<String> {
        let text = self.answers("/metrics").await.text().await.unwrap();
        text.lines().filter(|line| line.starts_with(name)).map(str::to_owned).collect()
    }

    /// A visitor who has opened the widget for the first time.
    pub(crate) async fn visitor(&self) -> Visitor {
        Visitor::arrives(self.address).await
    }

    /// A visitor who asked something and waits for a person, and their conversation.
    pub(crate) async fn waiting(&self) -> (Visitor, String) {
        let mut visitor = self.visitor().await;
        visitor.asks("how long does delivery take").await;
        visitor.asks_for_a_person().await;
        visitor.reads_event("escalated").await;
        let conversation = visitor.conversation.clone().unwrap();
        (visitor, conversation)
    }

    /// A socket of a visitor before hello.
    pub(crate) async fn visitor_socket(&self) -> super::Socket {
        Knock::at("/ws/visitor").opens(self.address).await
    }

    /// A new agent at an open console.
    pub(crate) async fn agent(&self, name: &str) -> Agent {
        self.employs(name, Role::Agent).await;
        Agent::opens_console(self, name).await
    }

    /// Adds an agent, who has not signed in yet.
    pub(crate) async fn employs(&self, name: &str, role: Role) -> store::Agent {
        let password_hash = password::hash(PASSWORD).unwrap();
        let agent = store::Agent {
            id: AgentId(new_id()),
            email: email_of(name),
            name: name.to_owned(),
            role,
            password_hash,
            disabled: false,
            availability: Availability::Online,
            languages: Vec::new(),
            capacity: None,
        };
        self.store.add_agent(agent.clone()).await.unwrap();
        agent
    }
}

/// A server that is not running; its data are still there.
pub(crate) struct Stopped {
    clock: MovableClock,
    settings: Settings,
    timing: Timing,
    data: TempDir,
}

impl Stopped {
    pub(crate) async fn starts(self) -> TestServer {
        TestServer::run(self.settings, self.timing, self.data, self.clock).await
    }
}

pub(crate) fn email_of(name: &str) -> String {
    format!("{}@desk.example", name.to_lowercase())
}

fn fixture() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/knowledge-base")
}

fn rules(settings: &Settings) -> Rules {
    Rules { answers: Policy::default(), searches: 2, ..serve::rules(settings) }
}
