//! A visitor's socket: follows the visitor's conversation, and hands what they do to `chat`.

mod act;
mod follow;
mod hello;

use std::{sync::Arc, time::Duration};

use futures_util::{StreamExt, future::BoxFuture, stream::FuturesUnordered};
use tokio::time::{Instant, sleep_until};

use self::follow::Followed;
use crate::{
    bell::{Ring, Sign, SignFrom, SignKind},
    chat::{ChatError, Done, Guest, GuestGuard, Staffing},
    clock::jitter,
    conversation::{ClientId, Seq},
    protocol::{
        AuthorView, ErrorFrame, close, parse_visitor,
        visitor::{AvailabilityView, StatusView, ToVisitor, VisitorFrame},
    },
    server::{
        address::AddressKey,
        admission::Ticket,
        app::App,
        error::{bad_frame, error_frame, rate_limited},
        hub::Registered,
        metrics::Refusal,
        socket::{Ended, Incoming, Socket},
        stop::spread,
    },
};

/// So many acts may be on their way; then the socket is not read until one is done.
const MOST_ACTS: usize = 16;
/// How long a stopping server waits for what is on its way.
const LAST_ACTS: Duration = Duration::from_secs(5);
const SIGNS_EVERY: Duration = Duration::from_secs(1);

type Act = BoxFuture<'static, (ClientId, Result<Done, ChatError>)>;

/// A visitor's socket.
pub(crate) struct VisitorSocket {
    app: Arc<App>,
    socket: Socket,
    ticket: Ticket,
    address: AddressKey,
    /// What the browser says it is.
    device: Option<String>,
    hello_by: Instant,
    greeted: Option<Greeted>,
    acts: FuturesUnordered<Act>,
    stop_at: Option<Instant>,
}

/// What the socket knows once its visitor has said hello.
struct Greeted {
    guest: Guest,
    token: String,
    mailbox: Registered,
    followed: Option<Followed>,
    /// What was last shown; nothing of a new conversation yet.
    status: Option<StatusView>,
    staffing: Staffing,
    _here: GuestGuard,
    next_look: Instant,
    next_sign: Instant,
    /// What this window last said was read; its own words need not come back to it.
    seen: Seq,
}

/// What the socket has to deal with next.
enum Step {
    Acted(ClientId, Result<Done, ChatError>),
    News,
    Incoming(Incoming),
    Time,
    Stop,
}

/// Serves the socket until it ends.
pub(crate) async fn serve(app: Arc<App>, socket: Socket, ticket: Ticket, address: AddressKey, device: Option<String>) {
    let hello_by = Instant::now() + app.timing.hello;
    let mut visitor = VisitorSocket {
        app,
        socket,
        ticket,
        address,
        device,
        hello_by,
        greeted: None,
        acts: FuturesUnordered::new(),
        stop_at: None,
    };
    let ended = visitor.run().await;
    let VisitorSocket { socket, ticket, greeted, .. } = visitor;
    drop(greeted);
    Box::pin(socket.end(ended)).await;
    drop(ticket);
}

impl VisitorSocket {
    async fn run(&mut self) -> Ended {
        loop {
            let result = match self.next().await {
                Ok(step) => Box::pin(self.handle(step)).await,
                Err(ended) => Err(ended),
            };
            if let Err(ended) = result {
                return ended;
            }
        }
    }

    /// Acts are looked at first: one that has arrived is known to `chat` before the next frame is read.
    async fn next(&mut self) -> Result<Step, Ended> {
        self.socket.flush().await?;
        let time = self.next_time();
        let Self { app, socket, greeted, acts, stop_at, .. } = self;
        let news = async {
            match greeted {
                Some(greeted) => greeted.mailbox.heard().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            biased;
            Some((client_id, result)) = acts.next(), if !acts.is_empty() => Ok(Step::Acted(client_id, result)),
            () = news => Ok(Step::News),
            () = app.stop.wait(), if stop_at.is_none() => Ok(Step::Stop),
            () = sleep_until(time) => Ok(Step::Time),
            incoming = socket.receive(), if acts.len() < MOST_ACTS => incoming.map(Step::Incoming),
        }
    }

    fn next_time(&self) -> Instant {
        let time = match &self.greeted {
            Some(greeted) => self.socket.next_beat().min(greeted.next_look),
            None => self.hello_by,
        };
        self.stop_at.map_or(time, |stop| stop.min(time))
    }

    async fn handle(&mut self, step: Step) -> Result<(), Ended> {
        match step {
            Step::Acted(client_id, result) => self.acted(client_id, result).await,
            Step::News => self.news().await,
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
            return self.stop(now).await;
        }
        let Some(greeted) = &self.greeted else {
            let is_late = self.hello_by <= now;
            return if is_late { Err(Ended::Close(close::NO_HELLO, "no hello in time")) } else { Ok(()) };
        };
        let is_look_due = greeted.next_look <= now;
        if self.acts.len() >= MOST_ACTS {
            self.socket.excuse_silence();
        }
        let is_ping_due = self.socket.beat(now)?;
        // Of a visitor's first conversation, begun in another window, a ring tells.
        if is_look_due || (is_ping_due && self.followed().is_some()) {
            self.look().await?;
        }
        if is_ping_due {
            let last_seq = self.last_seq();
            self.socket.ping(&ToVisitor::Ping { last_seq }).await?;
        }
        Ok(())
    }

    /// What was begun is finished first, so that its sender learns of it.
    async fn stop(&mut self, now: Instant) -> Result<(), Ended> {
        let deadline = now + LAST_ACTS;
        while let Ok(Some((client_id, result))) = tokio::time::timeout_at(deadline, self.acts.next()).await {
            self.acted(client_id, result).await?;
        }
        if self.greeted.is_some() {
            self.look().await?;
        }
        Err(Ended::Close(close::RESTART, "the server restarts"))
    }

    async fn text(&mut self, text: &str) -> Result<(), Ended> {
        match parse_visitor(text) {
            Ok(VisitorFrame::Hello(hello)) if self.greeted.is_none() => self.hello(*hello).await,
            Ok(_) if self.greeted.is_none() => self.bad(bad_frame("say hello first", None)).await,
            Ok(frame) => self.frame(frame).await,
            Err(bad) => self.bad(bad.error).await,
        }
    }

    async fn bad(&mut self, error: ErrorFrame) -> Result<(), Ended> {
        self.error(error).await?;
        self.socket.count_bad_frame()
    }

    async fn error(&mut self, error: ErrorFrame) -> Result<(), Ended> {
        self.socket.send(&ToVisitor::Error(error)).await
    }

    /// Refuses for now; whoever goes on regardless is sent away.
    async fn refuse(&mut self, wait: Duration, client_id: Option<ClientId>) -> Result<(), Ended> {
        self.app.metrics.count_refusal(Refusal::Rate);
        self.error(rate_limited(wait, client_id)).await?;
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let is_borne = self.app.rates.bears_refusal(greeted.guest.id, Instant::now());
        if is_borne { Ok(()) } else { Err(Ended::Close(close::FLOODING, "too many frames")) }
    }

    async fn acted(&mut self, client_id: ClientId, result: Result<Done, ChatError>) -> Result<(), Ended> {
        match result {
            // Its ring wakes this socket like all others of the visitor.
            Ok(Done::Committed { .. }) => Ok(()),
            Ok(Done::Repeated { conversation, event }) => match event {
                Some(event) => self.send_event(conversation, &event).await,
                None => Ok(()),
            },
            Err(error) => self.error(error_frame(&error, Some(client_id))).await,
        }
    }

    async fn news(&mut self) -> Result<(), Ended> {
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let news = greeted.mailbox.take();
        if news.conversation || !self.show_grown(&news.grown).await? {
            self.look().await?;
        }
        if news.availability {
            self.show_availability().await?;
        }
        for sign in news.signs {
            self.show_sign(&sign).await?;
        }
        Ok(())
    }

    async fn show_availability(&mut self) -> Result<(), Ended> {
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let queue = greeted.followed.as_ref().and_then(|followed| followed.queue.clone());
        let staffing = self.app.chat.staffing(queue.as_deref());
        let Some(greeted) = self.greeted.as_mut().filter(|greeted| greeted.staffing != staffing) else { return Ok(()) };
        greeted.staffing = staffing;
        self.socket.send(&ToVisitor::Availability(availability_view(staffing))).await
    }

    async fn show_sign(&mut self, sign: &Sign) -> Result<(), Ended> {
        let Some(greeted) = &self.greeted else { return Ok(()) };
        let is_current = greeted.followed.as_ref().is_some_and(|followed| followed.id == sign.conversation);
        let is_own = sign.from == SignFrom::Visitor && sign.what == SignKind::Seen(greeted.seen);
        if !is_current || is_own {
            return Ok(());
        }
        let author = author(&sign.from);
        let frame = match sign.what {
            SignKind::Typing => ToVisitor::Typing { author },
            SignKind::TypingAside => return Ok(()),
            SignKind::Seen(seq) => ToVisitor::Seen { author, seq },
        };
        self.socket.send(&frame).await
    }

    /// Passes a sign on; more than one a second is dropped.
    fn sign(&mut self, what: SignKind) {
        let now = Instant::now();
        let Some(greeted) = self.greeted.as_mut().filter(|greeted| greeted.next_sign <= now) else { return };
        let Some(followed) = &greeted.followed else { return };
        greeted.next_sign = now + SIGNS_EVERY;
        if let SignKind::Seen(seq) = what {
            greeted.seen = seq;
        }
        let (conversation, visitor) = (followed.id, greeted.guest.id);
        self.app.chat.bell().ring(Ring::Sign(Sign { conversation, visitor, from: SignFrom::Visitor, what }));
    }

    fn followed(&self) -> Option<&Followed> {
        self.greeted.as_ref()?.followed.as_ref()
    }

    fn last_seq(&self) -> Seq {
        self.followed().map_or(Seq(0), |followed| followed.sent)
    }
}

/// Whether somebody can take over, for a screen.
pub(crate) fn availability_view(staffing: Staffing) -> AvailabilityView {
    AvailabilityView { agents: staffing.agents, opens_at: staffing.opens_at }
}

/// Who gave a sign, as screens show them.
pub(crate) fn author(from: &SignFrom) -> AuthorView {
    let (kind, name) = match from {
        SignFrom::Visitor => ("visitor", None),
        SignFrom::Bot => ("bot", None),
        SignFrom::Agent(agent) => ("agent", Some(agent.name.clone())),
    };
    AuthorView { kind, name }
}
