//! An agent's socket: the queue, who is there, the followed conversations, and what the agent does.

mod act;
mod due;
mod follow;
mod packet;
mod show;

use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
    sync::Arc,
    time::Duration,
};

use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, sleep_until},
};

use self::{due::Due, follow::Followed};
pub(crate) use self::{
    packet::{consent_view, packet_view},
    show::agent_view,
};
use crate::{
    bell::{Ring, Sign, SignFrom, SignKind},
    chat::PresenceGuard,
    clock::jitter,
    conversation::ConversationId,
    protocol::{
        ErrorFrame,
        agent::{AgentFrame, AgentView, QueueInfo, TabName, ToAgent},
        close, parse_agent,
    },
    server::{
        admission::Ticket,
        app::App,
        error::bad_frame,
        socket::{Ended, Incoming, Socket},
        stop::spread,
        visitor::author,
    },
    store::Agent,
};

/// So many searches for suggestions may run at once; more are dropped.
const MOST_SEARCHES: usize = 4;
/// How often `presence` may come.
const PRESENCE_EVERY: Duration = Duration::from_secs(1);
/// How often a list beside the queue may come.
const TAB_EVERY: Duration = Duration::from_secs(1);

/// An agent's socket.
pub(crate) struct AgentSocket {
    app: Arc<App>,
    socket: Socket,
    agent: Agent,
    /// The session's secret, to see whether it still counts.
    session: String,
    bell: Receiver<Ring>,
    hello_by: Instant,
    greeted: Option<Greeted>,
    followed: HashMap<ConversationId, Followed>,
    searches: FuturesUnordered<BoxFuture<'static, ToAgent>>,
    next_look: Instant,
    next_session: Instant,
    stop_at: Option<Instant>,
}

/// What the socket has shown since hello.
struct Greeted {
    here: PresenceGuard,
    queue: Due,
    presence: Due,
    agents: Vec<AgentView>,
    queues: Vec<QueueInfo>,
    queue_hash: u64,
    /// The list beside the queue that is on the screen.
    tab: Option<Shown>,
}

/// A list beside the queue, as it was last shown.
struct Shown {
    name: TabName,
    due: Due,
    hash: u64,
}

/// What the socket has to deal with next.
enum Step {
    Found(ToAgent),
    Ring(Result<Ring, RecvError>),
    Incoming(Incoming),
    Time,
    Stop,
}

/// Serves the socket until it ends.
pub(crate) async fn serve(app: Arc<App>, socket: Socket, ticket: Ticket, agent: Agent, session: String) {
    let now = Instant::now();
    let mut this = AgentSocket {
        hello_by: now + app.timing.hello,
        next_look: now + app.timing.look,
        next_session: now + app.timing.session,
        bell: app.chat.bell().listen(),
        app,
        socket,
        agent,
        session,
        greeted: None,
        followed: HashMap::new(),
        searches: FuturesUnordered::new(),
        stop_at: None,
    };
    let ended = this.run().await;
    let AgentSocket { socket, greeted, .. } = this;
    drop(greeted);
    socket.end(ended).await;
    drop(ticket);
}

impl AgentSocket {
    async fn run(&mut self) -> Ended {
        loop {
            let result = match self.next().await {
                Ok(step) => self.handle(step).await,
                Err(ended) => Err(ended),
            };
            if let Err(ended) = result {
                return ended;
            }
        }
    }

    async fn next(&mut self) -> Result<Step, Ended> {
        self.socket.flush().await?;
        let time = self.next_time();
        let Self { app, socket, bell, searches, stop_at, .. } = self;
        tokio::select! {
            Some(frame) = searches.next(), if !searches.is_empty() => Ok(Step::Found(frame)),
            ring = bell.recv() => Ok(Step::Ring(ring)),
            () = app.stop.wait(), if stop_at.is_none() => Ok(Step::Stop),
            () = sleep_until(time) => Ok(Step::Time),
            incoming = socket.receive() => incoming.map(Step::Incoming),
        }
    }

    fn next_time(&self) -> Instant {
        let always = [Some(self.next_session), self.stop_at];
        let times = match &self.greeted {
            Some(greeted) => {
                let tab = greeted.tab.as_ref().and_then(|tab| tab.due.at);
                [greeted.queue.at, greeted.presence.at, tab, Some(self.next_look), Some(self.socket.next_beat())]
            }
            None => [Some(self.hello_by), None, None, None, None],
        };
        always.into_iter().chain(times).flatten().min().unwrap_or(self.next_session)
    }

    async fn handle(&mut self, step: Step) -> Result<(), Ended> {
        match step {
            Step::Found(frame) => self.socket.send(&frame).await,
            Step::Ring(ring) => self.hear(ring).await,
            Step::Incoming(Incoming::Text(text)) => self.text(text.as_str()).await,
            Step::Incoming(Incoming::Binary) => self.bad(bad_frame("frames are text, not binary", None)).await,
            Step::Incoming(Incoming::SignOfLife) => Ok(()),
            Step::Time => self.time().await,
            Step::Stop => {
                let spread = spread(self.app.admission.open());
                self.stop_at = Some(Instant::now() + Duration::from_millis(jitter(spread.as_millis() as u64)));
                Ok(())
            }
        }
    }

    async fn time(&mut self) -> Result<(), Ended> {
        let now = Instant::now();
        if self.stop_at.is_some_and(|at| at <= now) {
            return Err(Ended::Close(close::RESTART, "the server restarts"));
        }
        if self.next_session <= now {
            self.check_session().await?;
        }
        let timing = self.app.timing;
        let Some(greeted) = &mut self.greeted else {
            let is_late = self.hello_by <= now;
            return if is_late { Err(Ended::Close(close::NO_HELLO, "no hello in time")) } else { Ok(()) };
        };
        let is_queue_due = greeted.queue.take(now, timing.queue);
        let is_presence_due = greeted.presence.take(now, PRESENCE_EVERY);
        let is_tab_due = greeted.tab.as_mut().is_some_and(|tab| tab.due.take(now, TAB_EVERY));
        if is_queue_due {
            self.show_queue().await?;
        }
        if is_presence_due {
            self.show_presence().await?;
        }
        if is_tab_due {
            self.show_tab().await?;
        }
        if self.next_look <= now {
            self.next_look = now + timing.look;
            self.look_at_all().await?;
            self.tab_changed();
        }
        if self.socket.beat(now)? {
            self.socket.ping(&ToAgent::Ping).await?;
        }
        Ok(())
    }

    /// An agent who was disabled or signed out elsewhere is gone within seconds.
    async fn check_session(&mut self) -> Result<(), Ended> {
        self.next_session = Instant::now() + self.app.timing.session;
        match self.app.chat.session(&self.session).await {
            Ok(Some(agent)) => {
                self.agent = agent;
                Ok(())
            }
            Ok(None) => Err(Ended::Close(close::UNKNOWN_TOKEN, "the session has ended")),
            Err(error) => {
                tracing::warn!(%error, "a session could not be checked: the next check comes soon");
                Ok(())
            }
        }
    }

    async fn hear(&mut self, ring: Result<Ring, RecvError>) -> Result<(), Ended> {
        if self.greeted.is_none() {
            return Ok(());
        }
        match ring {
            Ok(Ring::Grown { conversation, .. } | Ring::Noted { conversation }) => self.look(conversation).await,
            Ok(Ring::Queue) => {
                self.queue_changed();
                self.presence_changed();
                Ok(())
            }
            Ok(Ring::Presence) => {
                self.presence_changed();
                Ok(())
            }
            Ok(Ring::Sign(sign)) => self.show_sign(&sign).await,
            Ok(Ring::Warned(warning)) => self.show_warning(&warning).await,
            Err(RecvError::Lagged(_)) => {
                self.queue_changed();
                self.presence_changed();
                self.look_at_all().await
            }
            Err(RecvError::Closed) => Err(Ended::Close(close::RESTART, "the server restarts")),
        }
    }

    fn queue_changed(&mut self) {
        let now = Instant::now();
        if let Some(greeted) = &mut self.greeted {
            greeted.queue.soon(now);
        }
        self.tab_changed();
    }

    fn tab_changed(&mut self) {
        let now = Instant::now();
        if let Some(tab) = self.greeted.as_mut().and_then(|greeted| greeted.tab.as_mut()) {
            tab.due.soon(now);
        }
    }

    fn presence_changed(&mut self) {
        let now = Instant::now();
        if let Some(greeted) = &mut self.greeted {
            greeted.presence.soon(now);
        }
    }

    async fn show_sign(&mut self, sign: &Sign) -> Result<(), Ended> {
        let is_own = matches!(&sign.from, SignFrom::Agent(agent) if agent.id == self.agent.id);
        if is_own || !self.followed.contains_key(&sign.conversation) {
            return Ok(());
        }
        let (conversation, author) = (sign.conversation, author(&sign.from));
        let frame = match sign.what {
            SignKind::Typing | SignKind::TypingAside => ToAgent::Typing { conversation, author },
            SignKind::Seen(seq) => ToAgent::Seen { conversation, author, seq },
        };
        self.socket.send(&frame).await
    }

    async fn text(&mut self, text: &str) -> Result<(), Ended> {
        match parse_agent(text) {
            Ok(AgentFrame::Hello) => self.hello().await,
            Ok(_) if self.greeted.is_none() => self.bad(bad_frame("say hello first", None)).await,
            Ok(AgentFrame::Follow { conversation, after }) => self.follow(conversation, after.unwrap_or(0)).await,
            Ok(AgentFrame::Unfollow { conversation }) => {
                self.followed.remove(&conversation);
                Ok(())
            }
            Ok(AgentFrame::Change(change)) => self.change(*change).await,
            Ok(AgentFrame::Aside(aside)) => self.aside(aside).await,
            Err(bad) => self.bad(bad.error).await,
        }
    }

    async fn bad(&mut self, error: ErrorFrame) -> Result<(), Ended> {
        self.error(error).await?;
        self.socket.count_bad_frame()
    }

    async fn error(&mut self, error: ErrorFrame) -> Result<(), Ended> {
        self.socket.send(&ToAgent::Error(error)).await
    }
}

fn hash_of(text: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    hasher.finish()
}
