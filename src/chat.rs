//! The conductor: loads, lets the pure modules decide, commits, rings the bell. The only module that both
//! asks the pure modules and writes to the store.

mod agent;
mod generations;
mod inbox;
mod masking;
mod observer;
mod presence;
mod privacy;
mod recent;
mod search;
mod session;
mod token;
mod turn;
mod view;
mod visitor;
mod words;

use std::sync::{Arc, OnceLock};

use jiff::SignedDuration;
use parking_lot::Mutex;
use thiserror::Error;

pub(crate) use self::session::new_agent;
pub use self::{
    agent::AgentAct,
    masking::Masking,
    observer::Observer,
    presence::{PresenceGuard, Present},
    privacy::{Retention, VisitorRecord, find_visitors, visitor_record},
    view::{Entry, QueueView, Standing, Suggestion},
    visitor::{Guest, VisitorAct},
};
use self::{inbox::Inboxes, presence::Presence, recent::Recent, search::Searches, token::TokenKey, words::Words};
use crate::{
    answer,
    bell::{Bell, Ring},
    clock::Clock,
    conversation::{AgentId, ClientId, Conversation, ConversationId, Event, Grown, NewEvent, Refused, Seq, Status},
    knowledge::Knowledge,
    store::{Commit, Receipt, Store, StoreError, Visitor},
};

/// How often a move is decided again because another writer was first.
const ATTEMPTS: usize = 4;

/// Why something was not done.
#[derive(Debug, Error)]
pub enum ChatError {
    /// The text has no words.
    #[error("please write something first")]
    EmptyText,
    /// The text is too long.
    #[error("this message is too long: please keep it under {limit} characters")]
    TooLong {
        /// The most characters.
        limit: u32,
    },
    /// The sender used the id for something else.
    #[error("this client_id was already used for something else")]
    IdReused,
    /// No such thing for this sender.
    #[error("{0}")]
    NotFound(&'static str),
    /// Another agent was first.
    #[error("another agent has already taken this conversation")]
    AlreadyClaimed,
    /// The conversation is not this agent's.
    #[error("this conversation is not yours")]
    NotOwner,
    /// The agent has as many as they may.
    #[error("you have as many conversations as you may: finish one first")]
    AtCapacity,
    /// A value is out of range.
    #[error("{0}")]
    Invalid(&'static str),
    /// E-mail and password do not fit, or the link is not valid.
    #[error("{0}")]
    Denied(&'static str),
    /// The store cannot be used right now.
    #[error("this could not be saved just now: please try again in a moment")]
    Unavailable(#[source] StoreError),
}

impl From<StoreError> for ChatError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::EmailTaken => Self::Invalid("an agent with this e-mail address exists already"),
            StoreError::Repeated(_) => Self::IdReused,
            StoreError::Conflict | StoreError::Unavailable(_) | StoreError::Damaged(_) | StoreError::Open { .. } => {
                Self::Unavailable(error)
            }
        }
    }
}

impl From<Refused> for ChatError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::AlreadyClaimed => Self::AlreadyClaimed,
            Refused::NotOwner => Self::NotOwner,
            Refused::NotPossible => Self::NotFound("this is not possible in the conversation's present state"),
        }
    }
}

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

/// How the desk behaves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// When the bot answers.
    pub answers: answer::Policy,
    /// The longest message in characters; 0 is without limit.
    pub message_chars: u32,
    /// For how long a resolved conversation reopens.
    pub reopen_window: SignedDuration,
    /// How many times the bot speaks before a person is fetched; 0 is without limit.
    pub turn_budget: u32,
    /// How many conversations an agent may have at once; 0 is without limit.
    pub agent_capacity: u32,
    /// How many searches may run at once.
    pub searches: usize,
    /// What of visitors' words is covered before it is kept.
    pub masking: Masking,
}

/// The desk. Cheap to share behind an `Arc`.
pub struct Chat {
    store: Arc<dyn Store>,
    knowledge: Arc<Knowledge>,
    bell: Bell,
    clock: Arc<dyn Clock>,
    rules: Rules,
    key: TokenKey,
    inboxes: Inboxes,
    recent: Recent,
    words: Words,
    presence: Mutex<Presence>,
    searches: Searches,
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
        Ok(Arc::new(Self {
            store,
            knowledge,
            bell: Bell::default(),
            clock,
            key,
            inboxes: Inboxes::default(),
            recent: Recent::default(),
            words: Words::default(),
            presence: Mutex::default(),
            searches: Searches::of(rules.searches),
            observer: OnceLock::new(),
            rules,
        }))
    }

    /// The bell that rings on every commit.
    pub fn bell(&self) -> &Bell {
        &self.bell
    }

    /// The articles.
    pub fn knowledge(&self) -> &Arc<Knowledge> {
        &self.knowledge
    }

    /// How the desk behaves.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Whether questions can be answered and kept.
    pub async fn is_ready(&self) -> bool {
        self.store.is_writable().await.is_ok()
    }

    /// Numbers the events, keeps them with their receipts and rings. Gives the conversation after them.
    async fn commit(
        &self,
        before: &Conversation,
        events: Vec<NewEvent>,
        receipts: Vec<(uuid::Uuid, ClientId, [u8; 32])>,
        visitor: Option<Visitor>,
    ) -> Result<Conversation, StoreError> {
        self.commit_with(None, (before, events), receipts, visitor).await
    }

    /// As [`Chat::commit`]; the visitor's earlier conversation changes in the same commit.
    async fn commit_with(
        &self,
        earlier: Option<(&Conversation, Vec<NewEvent>)>,
        (before, events): (&Conversation, Vec<NewEvent>),
        receipts: Vec<(uuid::Uuid, ClientId, [u8; 32])>,
        visitor: Option<Visitor>,
    ) -> Result<Conversation, StoreError> {
        let ended = earlier.as_ref().map(|(before, _)| *before);
        let earlier = earlier.map(|(before, events)| self.grow(before, events));
        let Grown { conversation, events } = self.grow(before, events);
        let receipts = receipts.into_iter().filter_map(|receipt| to_receipt(receipt, before.id, &events)).collect();
        let kept = self.store.commit(Commit { earlier, conversation, events, receipts, visitor }).await;
        self.tell(&kept);
        if kept.is_err() {
            self.recent.forget(before.visitor);
        }
        let Commit { earlier, conversation, events, .. } = kept?;
        if let (Some(before), Some(earlier)) = (ended, earlier) {
            self.has_grown(before, earlier);
        }
        let after = conversation.clone();
        self.has_grown(before, Grown { conversation, events });
        Ok(after)
    }

    fn grow(&self, before: &Conversation, events: Vec<NewEvent>) -> Grown {
        let events = self.number(before, events);
        Grown { conversation: before.clone().apply_all(&events), events }
    }

    fn number(&self, before: &Conversation, events: Vec<NewEvent>) -> Vec<Event> {
        let at = self.clock.now();
        let mut seq = before.last_seq;
        let number = |event: NewEvent| {
            seq = seq.next();
            Event { seq, at, client_id: event.client_id, kind: event.kind }
        };
        events.into_iter().map(number).collect()
    }

    fn has_grown(&self, before: &Conversation, grown: Grown) {
        self.recent.grew(&grown);
        let after = &grown.conversation;
        let is_with_people = !matches!(after.status, Status::WithBot | Status::Resolved { .. });
        let concerns_agents = is_with_people || before.status != after.status;
        let (conversation, visitor) = (after.id, after.visitor);
        self.bell.ring(Ring::Grown { conversation, visitor, grown: Some(Arc::new(grown)) });
        if concerns_agents {
            self.bell.ring(Ring::Queue);
        }
    }

    /// Conflicts and repetitions are part of the day; only what cannot be kept is a failure.
    fn tell(&self, kept: &Result<Commit, StoreError>) {
        let Some(observer) = self.observer.get() else { return };
        match kept {
            Ok(commit) => {
                commit.earlier.iter().for_each(|earlier| observer.committed(&earlier.events));
                observer.committed(&commit.events);
            }
            Err(StoreError::Conflict | StoreError::Repeated(_)) => {}
            Err(
                StoreError::EmailTaken | StoreError::Unavailable(_) | StoreError::Damaged(_) | StoreError::Open { .. },
            ) => observer.failed(),
        }
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

    /// The conversations that this agent has.
    async fn count_of(&self, agent: AgentId) -> Result<usize, ChatError> {
        let is_theirs =
            |conversation: &&Conversation| conversation.status.agent().is_some_and(|owner| owner.id == agent);
        Ok(self.store.with_people().await?.iter().filter(is_theirs).count())
    }
}

fn to_receipt(
    (sender, client_id, body): (uuid::Uuid, ClientId, [u8; 32]),
    conversation: ConversationId,
    events: &[Event],
) -> Option<Receipt> {
    let event = events.iter().find(|event| event.client_id == Some(client_id))?;
    Some(Receipt { sender, client_id, body, conversation, seq: event.seq })
}
