//! Numbers for Prometheus: what has happened since the start, and how things are now.

use std::{fmt, fs, path::Path, sync::atomic::AtomicU64};

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

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RefusalLabel {
    reason: &'static str,
}

/// Why a socket or a frame was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No more sockets at all.
    Full,
    /// Too many sockets of one kind, or too many at once.
    Crowded,
    /// Another site's page.
    Origin,
    /// Too many frames.
    Rate,
    /// A conversation that is not the visitor's own.
    Foreign,
}

impl Refusal {
    fn name(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Crowded => "crowded",
            Self::Origin => "origin",
            Self::Rate => "rate",
            Self::Foreign => "foreign",
        }
    }
}

/// Everything that is counted.
pub(crate) struct Metrics {
    registry: Registry,
    counts: Counts,
    votes: Family<VoteLabel, Counter>,
    refusals: Family<RefusalLabel, Counter>,
    now: Now,
}

/// How things are at the moment.
#[derive(Default)]
struct Now {
    sockets: Gauge,
    waiting: Gauge,
    longest_wait: Gauge,
    agents: Gauge,
    articles: Gauge,
    skipped: Gauge,
    database: Gauge,
    memory: Gauge,
    files: Gauge,
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
        registry.register("messages", "Messages that were kept, by author", counts.messages.clone());
        registry.register("turns", "The bot's turns, by verdict", counts.turns.clone());
        registry.register("escalations", "Conversations that went to the queue, by reason", counts.escalations.clone());
        let turn_seconds = counts.turn_seconds.clone();
        registry.register_with_unit("turn_duration", "From question to verdict", Unit::Seconds, turn_seconds);
        registry.register("commit_failures", "Changes that could not be kept", counts.failures.clone());
        let (votes, refusals) = (Family::default(), Family::default());
        registry.register("help_votes", "What readers of help pages say of an article", Family::clone(&votes));
        registry.register(
            "refusals",
            "Sockets, frames and conversations that were refused, by reason",
            Family::clone(&refusals),
        );
        Self { now: Now::registered(&mut registry), registry, counts, votes, refusals }
    }

    /// Something was refused.
    pub(crate) fn count_refusal(&self, reason: Refusal) {
        self.refusals.get_or_create(&RefusalLabel { reason: reason.name() }).inc();
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
        self.now.look(app);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}

impl Now {
    fn registered(registry: &mut Registry) -> Self {
        let now = Self::default();
        for (name, help, gauge) in [
            ("sockets", "Open sockets", &now.sockets),
            ("waiting", "Conversations that wait for a person", &now.waiting),
            ("agents_online", "Agents who take conversations", &now.agents),
            ("articles", "Articles of the knowledge base", &now.articles),
            ("articles_skipped", "Files of the knowledge base that are not served as they are", &now.skipped),
            ("open_files", "Files and connections that the process has open", &now.files),
        ] {
            registry.register(name, help, gauge.clone());
        }
        let waited = "How long the conversation that waits longest has waited";
        registry.register_with_unit("longest_wait", waited, Unit::Seconds, now.longest_wait.clone());
        registry.register_with_unit("database", "The database's file", Unit::Bytes, now.database.clone());
        registry.register_with_unit("memory", "The process's memory", Unit::Bytes, now.memory.clone());
        now
    }

    fn look(&self, app: &App) {
        let snapshot = app.chat.knowledge().snapshot();
        let waited = app.chat.waiting_since().map(|since| app.clock.now().duration_since(since).as_secs().max(0));
        let database = Path::new(&app.settings.store.data).join("frontdesk.db");
        self.sockets.set(i64::from(app.admission.open()));
        self.agents.set(count(app.chat.online_count()));
        self.articles.set(count(snapshot.article_count()));
        self.skipped.set(count(snapshot.library().skipped.len()));
        self.waiting.set(count(app.chat.waiting_count()));
        self.longest_wait.set(waited.unwrap_or_default());
        self.database.set(fs::metadata(database).map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX)));
        self.memory.set(memory_bytes().unwrap_or_default());
        self.files.set(fs::read_dir("/proc/self/fd").map_or(0, |files| count(files.count())));
    }
}

/// What the process has of the machine's memory; unknown where there is no `/proc`.
fn memory_bytes() -> Option<i64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<i64>().ok().map(|kib| kib * 1024)
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
