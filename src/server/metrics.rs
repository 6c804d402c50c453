//! Numbers for Prometheus: what has happened since the start, and how things are now.

use std::{fmt, sync::atomic::AtomicU64};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};

use crate::{
    chat::Observer,
    conversation::{Author, Event, EventKind, Message, VerdictKind},
    server::app::App,
};

const TURN_BUCKETS: [f64; 10] = [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.5, 1.0, 2.0];
const MICROSECONDS: f64 = 1_000_000.0;

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AuthorLabel {
    author: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct VerdictLabel {
    verdict: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct ReasonLabel {
    reason: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct VoteLabel {
    article: String,
    helpful: &'static str,
}

/// Everything that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    counts: Counts,
    votes: Family<VoteLabel, Counter>,
    sockets: Gauge,
    waiting: Gauge,
    agents: Gauge,
    articles: Gauge,
}

/// What is counted as it is committed. Cheap to clone: all clones count together.
#[derive(Clone)]
pub(crate) struct Counts {
    messages: Family<AuthorLabel, Counter>,
    turns: Family<VerdictLabel, Counter>,
    escalations: Family<ReasonLabel, Counter>,
    turn_seconds: Histogram,
    failures: Counter<u64, AtomicU64>,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let mut registry = Registry::with_prefix("frontdesk");
        let counts = Counts {
            messages: Family::default(),
            turns: Family::default(),
            escalations: Family::default(),
            turn_seconds: Histogram::new(TURN_BUCKETS),
            failures: Counter::default(),
        };
        let (sockets, waiting, agents, articles) =
            (Gauge::default(), Gauge::default(), Gauge::default(), Gauge::default());
        registry.register("messages", "Messages that were kept, by author", counts.messages.clone());
        registry.register("turns", "The bot's turns, by verdict", counts.turns.clone());
        registry.register("escalations", "Conversations that went to the queue, by reason", counts.escalations.clone());
        let turn_seconds = counts.turn_seconds.clone();
        registry.register_with_unit("turn_duration", "From question to verdict", Unit::Seconds, turn_seconds);
        registry.register("commit_failures", "Changes that could not be kept", counts.failures.clone());
        registry.register("sockets", "Open sockets", sockets.clone());
        registry.register("waiting", "Conversations that wait for a person", waiting.clone());
        registry.register("agents_online", "Agents who take conversations", agents.clone());
        registry.register("articles", "Articles of the knowledge base", articles.clone());
        let votes = Family::default();
        registry.register("help_votes", "What readers of help pages say of an article", Family::clone(&votes));
        Self { registry, counts, votes, sockets, waiting, agents, articles }
    }

    /// What counts commits.
    pub(crate) fn counts(&self) -> Counts {
        self.counts.clone()
    }

    /// A reader says whether an article helped. It has to be one that there is: labels are kept for ever.
    pub(crate) fn count_vote(&self, article: &str, is_helpful: bool) {
        let helpful = if is_helpful { "yes" } else { "no" };
        self.votes.get_or_create(&VoteLabel { article: article.to_owned(), helpful }).inc();
    }

    /// Everything as text.
    pub(crate) fn text(&self, app: &App) -> Result<String, fmt::Error> {
        self.sockets.set(i64::from(app.admission.open()));
        self.agents.set(count(app.chat.online_count()));
        self.articles.set(count(app.chat.knowledge().snapshot().article_count()));
        self.waiting.set(count(app.chat.waiting_count()));
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

impl Observer for Counts {
    fn committed(&self, events: &[Event]) {
        for event in events {
            if let EventKind::Message { message } = &event.kind {
                self.count_message(message);
            }
            if let EventKind::Escalated { reason, .. } = &event.kind {
                self.escalations.get_or_create(&ReasonLabel { reason: reason.as_str() }).inc();
            }
        }
    }

    fn failed(&self) {
        self.failures.inc();
    }
}

impl Counts {
    fn count_message(&self, message: &Message) {
        let author = match &message.author {
            Author::Visitor => "visitor",
            Author::Bot => "bot",
            Author::Agent(_) => "agent",
            Author::System => "system",
        };
        self.messages.get_or_create(&AuthorLabel { author }).inc();
        if let Some(decision) = &message.decision {
            self.turns.get_or_create(&VerdictLabel { verdict: verdict(decision.verdict) }).inc();
            self.turn_seconds.observe(decision.took_us as f64 / MICROSECONDS);
        }
    }
}

fn verdict(kind: VerdictKind) -> &'static str {
    match kind {
        VerdictKind::Answer => "answer",
        VerdictKind::Clarify => "clarify",
        VerdictKind::Escalate => "escalate",
        VerdictKind::Smalltalk => "smalltalk",
    }
}
