//! One struct a section. Every field has a default; `frontdesk.example.toml` explains each for operators.

use serde::{Deserialize, Serialize};

/// The HTTP server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Server {
    /// Address and port to listen on.
    pub listen: String,
    /// The address that visitors and agents use, when a proxy stands in front; empty: the listen address.
    pub public_url: String,
    /// Origins of the sites that may embed the widget, beside the server's own; `*` allows every site.
    pub allowed_origins: Vec<String>,
    /// Addresses of proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<String>,
}

impl Default for Server {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:8080".to_owned(),
            public_url: String::new(),
            allowed_origins: Vec::new(),
            trusted_proxies: Vec::new(),
        }
    }
}

/// How the widget looks and greets.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Widget {
    /// The site's name, shown beside the bot's.
    pub site_name: String,
    /// The brand colour as `#rrggbb`; empty: the built-in one.
    pub accent: String,
    /// `right` or `left`.
    pub position: String,
    /// Article ids to offer on the home screen; empty: chosen from the knowledge base.
    pub popular: Vec<String>,
    /// Whether visitors are asked before anything is sent or kept.
    pub consent: bool,
    /// The version of the notice that they agree to; another one asks anew.
    pub consent_notice: String,
    /// The address of the site's privacy page; empty: none is named.
    pub privacy_url: String,
    /// On which pages the widget speaks first.
    pub triggers: Vec<Trigger>,
}

/// A word that the widget says on some pages before anybody has opened it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trigger {
    /// The page's path; `*` stands for anything.
    pub url: String,
    /// After so many seconds on the page.
    #[serde(default)]
    pub seconds: u32,
    /// What it says.
    pub text: String,
}

impl Default for Widget {
    fn default() -> Self {
        Self {
            site_name: String::new(),
            accent: String::new(),
            position: "right".to_owned(),
            popular: Vec::new(),
            consent: false,
            consent_notice: String::new(),
            privacy_url: String::new(),
            triggers: Vec::new(),
        }
    }
}

/// The articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Knowledge {
    /// The folder of markdown articles.
    pub dir: String,
    /// The language of articles that do not name one.
    pub locale: String,
}

impl Default for Knowledge {
    fn default() -> Self {
        Self { dir: "./knowledge-base".to_owned(), locale: "en".to_owned() }
    }
}

/// Where conversations are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Store {
    /// The folder for the SQLite database and everything derived.
    pub data: String,
    /// A PostgreSQL URL for several nodes; not built yet.
    pub database: String,
    /// The largest size of the database in megabytes; 0 is without limit.
    pub max_mb: u32,
}

impl Default for Store {
    fn default() -> Self {
        Self { data: "./data".to_owned(), database: String::new(), max_mb: 0 }
    }
}

/// When the bot answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Answers {
    /// `auto`, `lexical`, `static`, `encoder` or the folder of an encoder.
    pub model: String,
    /// Lowest confidence to answer at.
    pub answer_at: f64,
    /// Lowest confidence to answer without a caveat at.
    pub sure_at: f64,
    /// Lowest confidence to ask back at.
    pub clarify_at: f64,
    /// The share of answers that should be right; 0: `answer_at` decides.
    pub target_precision: f64,
}

impl Default for Answers {
    fn default() -> Self {
        Self { model: "auto".to_owned(), answer_at: 0.5, sure_at: 0.8, clarify_at: 0.2, target_precision: 0.0 }
    }
}

/// When people take over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Handoff {
    /// How many times the bot speaks before a person is fetched; 0 is without limit.
    pub turn_budget: u32,
    /// How many conversations may wait; 0 is without limit.
    pub queue_cap: u32,
    /// For how long a resolved conversation reopens when the visitor writes, in seconds.
    pub reopen_window_s: u32,
    /// How many conversations an agent may have at once; 0 is without limit.
    pub agent_capacity: u32,
    /// An agent without an open console for so many seconds is lost: what they have goes back to the queue.
    pub agent_lost_s: u32,
    /// After so many seconds they are shown as offline.
    pub agent_offline_s: u32,
    /// An agent who took a conversation and says nothing is warned after so many seconds.
    pub unanswered_warn_s: u32,
    /// After so many it goes back to the queue.
    pub unanswered_back_s: u32,
    /// Within so many seconds a person should answer.
    pub first_reply_s: u32,
    /// After so many, agents are warned that nobody has; a queue with a target of its own warns at the same share of it.
    pub first_reply_warn_s: u32,
    /// Whoever has waited so many seconds is offered to leave a message.
    pub leave_offer_s: u32,
    /// A visitor without an open widget for so many seconds counts as gone.
    pub visitor_gone_s: u32,
    /// Whoever left the queue so many seconds ago, without an address, is waited for no longer.
    pub abandoned_s: u32,
    /// So many seconds after an answer the bot asks whether it helped.
    pub follow_up_s: u32,
    /// A conversation with the bot that has been silent for so many seconds ends.
    pub bot_silence_s: u32,
    /// A visitor who has not answered an agent for so many seconds is reminded.
    pub reminder_s: u32,
    /// After so many it ends.
    pub agent_silence_s: u32,
}

impl Default for Handoff {
    fn default() -> Self {
        Self {
            turn_budget: 20,
            queue_cap: 0,
            reopen_window_s: 86_400,
            agent_capacity: 6,
            agent_lost_s: 45,
            agent_offline_s: 120,
            unanswered_warn_s: 180,
            unanswered_back_s: 300,
            first_reply_s: 60,
            first_reply_warn_s: 45,
            leave_offer_s: 180,
            visitor_gone_s: 120,
            abandoned_s: 300,
            follow_up_s: 240,
            bot_silence_s: 1_800,
            reminder_s: 600,
            agent_silence_s: 86_400,
        }
    }
}

/// Protection from floods; 0 switches a limit off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Limits {
    /// Messages of one visitor a minute.
    pub messages_per_minute: u32,
    /// New conversations from one address an hour.
    pub conversations_per_hour: u32,
    /// New visitors from one address a minute.
    pub visitors_per_minute: u32,
    /// Escalations of one visitor an hour.
    pub escalations_per_hour: u32,
    /// Sockets from one address.
    pub connections_per_address: u32,
    /// Sockets of one visitor.
    pub connections_per_visitor: u32,
    /// Sockets that have not said hello.
    pub unauthenticated_connections: u32,
    /// New sockets a second.
    pub handshakes_per_second: u32,
    /// Sockets in all.
    pub max_connections: u32,
    /// Bytes of a frame.
    pub frame_bytes: u32,
    /// Characters of a message.
    pub message_chars: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            messages_per_minute: 30,
            conversations_per_hour: 30,
            visitors_per_minute: 10,
            escalations_per_hour: 3,
            connections_per_address: 20,
            connections_per_visitor: 5,
            unauthenticated_connections: 200,
            handshakes_per_second: 500,
            max_connections: 10_000,
            frame_bytes: 16_384,
            message_chars: 4_000,
        }
    }
}

/// How the site says who a visitor is.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Identity {
    /// Secrets that sign visitors' identities: at most two, the newer first.
    pub secrets: Vec<String>,
}

/// How long things are kept, in days; 0 is for ever. And what is not kept at all.
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Privacy {
    /// Conversations that only the bot had.
    pub bot_days: u32,
    /// Conversations that a person had.
    pub escalated_days: u32,
    /// Logs.
    pub log_days: u32,
    /// The audit log.
    pub audit_days: u32,
    /// Whether numbers of payment cards in visitors' words are covered before anything is kept.
    pub mask_cards: bool,
    /// Whether numbers of bank accounts (IBAN) are.
    pub mask_accounts: bool,
    /// Whether e-mail addresses are.
    pub mask_emails: bool,
    /// Whether telephone numbers are.
    pub mask_phones: bool,
}

impl Default for Privacy {
    fn default() -> Self {
        Self {
            bot_days: 30,
            escalated_days: 180,
            log_days: 14,
            audit_days: 365,
            mask_cards: false,
            mask_accounts: false,
            mask_emails: false,
            mask_phones: false,
        }
    }
}
