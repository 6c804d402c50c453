//! The conductor: loads, lets the pure modules decide, commits, rings the bell. The only module that both
//! asks the pure modules and writes to the store.

mod agent;
mod commit;
mod error;
mod floor;
mod generations;
mod inbox;
mod gaps;
mod log;
mod masking;
mod memory;
mod observer;
mod packet;
mod pool;
mod presence;
mod privacy;
mod queues;
mod recent;
mod returning;
mod rules;
mod search;
mod session;
mod staff;
mod token;
mod turn;
mod upkeep;
mod view;
mod visitor;
mod warnings;
mod words;

use std::sync::{Arc, OnceLock};

use parking_lot::{Mutex, RwLock};
use tokio::sync::{Notify, watch};

pub(crate) use self::session::new_agent;
#[cfg(fuzzing)]
pub use self::token::is_a_token;
pub use self::{
    agent::AgentAct,
    error::ChatError,
    gaps::Gap,
    masking::Masking,
    observer::Observer,
    packet::Packet,
    presence::{GuestGuard, PresenceGuard, Present},
    privacy::{Retention, VisitorRecord, find_visitors, visitor_record},
    queues::Staffing,
    rules::{Rules, Times},
    staff::{AgentChanges, Capacity, NewKey},
    view::{Entry, QueueView, Standing, Suggestion, Tab},
    visitor::{Guest, VisitorAct},
};
use self::{
    floor::Floor,
    inbox::Inboxes,
    presence::{Guests, Presence},
    recent::Recent,
    search::Searches,
    token::TokenKey,
    upkeep::Upkeep,
    words::Words,
};
use crate::{
    answer,
    bell::Bell,
    clock::Clock,
    conversation::{Conversation, ConversationId, Event, Seq},
    knowledge::Knowledge,
    queue::Queues,
    store::{Receipt, Store},
};

/// How often a move is decided again because another writer was first.
const ATTEMPTS: usize = 4;

/// What became of a frame.
#[derive(Debug, Clone, PartialEq)]
pub enum Done {
    /// It is on disk; everybody who follows the conversation gets its events.
    Committed {
        /// Where.
        conversation: ConversationId,
    },
    /// It was dealt with before: this is its first event, for the sender alone.
    Repeated {
        /// Where.
        conversation: ConversationId,
        /// The event; absent for a note.
        event: Option<Box<Event>>,
    },
}

/// The desk. Cheap to share behind an `Arc`.
pub struct Chat {
    store: Arc<dyn Store>,
    knowledge: Arc<Knowledge>,
    bell: Bell,
    clock: Arc<dyn Clock>,
    rules: Rules,
    policy: RwLock<answer::Policy>,
    key: TokenKey,
    inboxes: Inboxes,
    recent: Recent,
    words: Words,
    floor: Floor,
    queues: RwLock<Arc<Queues>>,
    presence: Mutex<Presence>,
    guests: Guests,
    /// Something has changed that may give somebody a conversation.
    changed: Notify,
    upkeep: Mutex<Upkeep>,
    started_at: jiff::Timestamp,
    searches: Searches,
    stopping: watch::Sender<bool>,
    observer: OnceLock<Arc<dyn Observer>>,
}

impl Chat {
    /// Opens the desk.
    ///
    /// # Errors
    /// When the store cannot be read or written.
    pub async fn open(
        store: Arc<dyn Store>,
        knowledge: Arc<Knowledge>,
        clock: Arc<dyn Clock>,
        rules: Rules,
    ) -> Result<Arc<Self>, ChatError> {
        let key = TokenKey::load(store.as_ref()).await?;
        let queues = Queues::of(store.queues().await?);
        let presence = Presence::of(store.seen().await?);
        let started_at = clock.now();
        let chat = Arc::new(Self {
            store,
            knowledge,
            bell: Bell::default(),
            clock,
            key,
            inboxes: Inboxes::default(),
            recent: Recent::default(),
            words: Words::default(),
            floor: Floor::default(),
            queues: RwLock::new(Arc::new(queues)),
            presence: Mutex::new(presence),
            guests: Guests::default(),
            changed: Notify::new(),
            upkeep: Mutex::default(),
            started_at,
            searches: Searches::of(rules.searches),
            stopping: watch::Sender::new(false),
            observer: OnceLock::new(),
            policy: RwLock::new(rules.answers),
            rules,
        });
        chat.take_up().await?;
        Ok(chat)
    }

    /// The bell that rings on every commit.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// Where everything is kept. Conversations are changed by the desk alone; agents' own small things, tags and words
    /// about contacts need no decision and are written there.
    pub fn store(&self) -> &dyn Store {
        self.store.as_ref()
    }

    /// The articles.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }

    /// How the desk behaves.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// When the bot answers, as far as is known now.
    pub fn policy(&self) -> answer::Policy {
        *self.policy.read()
    }

    /// Something was learnt about when the bot should answer: from now on it does so.
    pub fn follow(&self, policy: answer::Policy) {
        *self.policy.write() = policy;
    }

    /// Whether questions can be answered and kept.
    pub async fn is_ready(&self) -> bool {
        self.store.is_writable().await.is_ok()
    }

    /// What a frame led to that was dealt with before; refuses the same id for something else.
    async fn repeated(&self, receipt: &Receipt, body: [u8; 32]) -> Result<Done, ChatError> {
        if receipt.body != body {
            return Err(ChatError::IdReused);
        }
        let event = match receipt.seq {
            Seq(0) => None,
            seq => self.store.event(receipt.conversation, seq).await?.map(Box::new),
        };
        Ok(Done::Repeated { conversation: receipt.conversation, event })
    }

    async fn load(&self, id: ConversationId) -> Result<Conversation, ChatError> {
        self.store.conversation(id).await?.ok_or(ChatError::NotFound("there is no such conversation"))
    }
}
