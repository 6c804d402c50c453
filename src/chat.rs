//! The conductor: loads, lets the pure modules decide, commits, rings the bell. The only module that both
//! asks the pure modules and writes to the store.

mod agent;
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

use jiff::SignedDuration;
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
    bell::{Bell, Ring},
    clock::Clock,
    conversation::{ClientId, Conversation, ConversationId, Event, Grown, NewEvent, Seq, Status, Timers, VisitorId},
    knowledge::Knowledge,
    queue::{self, IsVip, Queues},
    store::{Commit, Receipt, Room, Store, StoreError, Visitor},
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

/// How the desk behaves.
#[derive(Debug, Clone)]
pub struct Rules {
    /// When the bot answers, until it learns more.
    pub answers: answer::Policy,
    /// The longest message in characters; 0 is without limit.
    pub message_chars: u32,
    /// For how long a resolved conversation reopens.
    pub reopen_window: SignedDuration,
    /// How many times the bot speaks before a person is fetched; 0 is without limit.
    pub turn_budget: u32,
    /// How many conversations an agent may have at once; 0 is without limit.
    pub agent_capacity: u32,
    /// How many conversations may wait in a queue before nobody counts as available; 0 is without limit.
    pub queue_cap: u32,
    /// What time alone does, and when.
    pub times: Times,
    /// How many searches may run at once.
    pub searches: usize,
    /// What of visitors' words is covered before it is kept.
    pub masking: Masking,
}

/// How long things take until time alone acts; zero is never.
#[derive(Debug, Clone, Copy)]
pub struct Times {
    /// What counts from a conversation's own events.
    pub timers: Timers,
    /// An agent without a console is lost, and what they have goes back to the queue.
    pub agent_lost: SignedDuration,
    /// They are shown as offline.
    pub agent_offline: SignedDuration,
    /// A visitor without a widget counts as gone.
    pub visitor_gone: SignedDuration,
    /// Whoever left the queue without an address is waited for no longer.
    pub abandoned: SignedDuration,
    /// Within how long a person should answer, in queues that do not say.
    pub first_reply: queue::Target,
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
        let due_at = self.due_at(&conversation);
        let room = self.room_for(before, &conversation).await?;
        let commit = Commit { earlier, conversation, events, receipts, visitor, due_at, room };
        let kept = self.store.commit(commit).await;
        self.tell(&kept);
        if kept.is_err() {
            self.recent.forget(before.visitor);
        }
        let Commit { earlier, conversation, events, .. } = kept?;
        if let Some(room) = room {
            self.presence.lock().note_assigned(room.agent, conversation.changed_at);
        }
        if let (Some(before), Some(earlier)) = (ended, earlier) {
            self.has_grown(before, earlier).await;
        }
        let after = conversation.clone();
        self.has_grown(before, Grown { conversation, events }).await;
        Ok(after)
    }

    fn grow(&self, before: &Conversation, events: Vec<NewEvent>) -> Grown {
        let events = self.number(before, events);
        Grown { conversation: before.clone().apply_all(&events), events }
    }

    /// When time alone does something with it next.
    fn due_at(&self, conversation: &Conversation) -> Option<jiff::Timestamp> {
        conversation.next_timer(&self.rules.times.timers).map(|(at, _)| at)
    }

    /// Whoever gets a conversation with these events must have room for it; nobody can have too many, however
    /// they come by them.
    async fn room_for(&self, before: &Conversation, after: &Conversation) -> Result<Option<Room>, StoreError> {
        let Status::WithAgent { agent, waited } = &after.status else { return Ok(None) };
        let had = matches!(&before.status, Status::WithAgent { agent: had, .. } if had.id == agent.id);
        if had {
            return Ok(None);
        }
        let stored = self.store.agent(agent.id).await?;
        let limit = stored.map_or(0, |stored| self.limit_of(&stored, waited.queue.as_deref()));
        Ok(Some(Room { agent: agent.id, limit }))
    }

    /// Brings the floor up to date.
    async fn take_in(&self, before: &Conversation, after: &Conversation) {
        let has_come = matches!(after.status, Status::Waiting(_)) && !matches!(before.status, Status::Waiting(_));
        let is_vip = if has_come { self.is_vip(after.visitor).await } else { None };
        if has_come {
            self.guests.miss(after.visitor, after.changed_at);
        }
        self.floor.put(after, is_vip, &self.queues());
    }

    /// Whether the site vouches for a visitor as important: signed in, with the attribute `vip`.
    async fn is_vip(&self, visitor: VisitorId) -> Option<IsVip> {
        let visitor = self.store.visitor(visitor).await.ok()??;
        Some(vip(&visitor))
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

    async fn has_grown(&self, before: &Conversation, grown: Grown) {
        let grown = Arc::new(grown);
        self.recent.grew(&grown);
        let after = &grown.conversation;
        self.take_in(before, after).await;
        let is_with_people = !matches!(after.status, Status::WithBot | Status::Resolved { .. });
        let concerns_agents = is_with_people || before.status != after.status;
        let (conversation, visitor) = (after.id, after.visitor);
        self.bell.ring(Ring::Grown { conversation, visitor, grown: Some(grown) });
        if concerns_agents {
            self.ring_change();
        }
    }

    /// Who waits, or who has what, is not what it was.
    fn ring_change(&self) {
        self.bell.ring(Ring::Queue);
        self.wake_assignment();
    }

    /// Conflicts and repetitions are part of the day; only what cannot be kept is a failure.
    fn tell(&self, kept: &Result<Commit, StoreError>) {
        let Some(observer) = self.observer.get() else { return };
        match kept {
            Ok(commit) => {
                commit.earlier.iter().for_each(|earlier| observer.committed(&earlier.events));
                observer.committed(&commit.events);
            }
            Err(StoreError::Conflict | StoreError::Repeated(_) | StoreError::Full) => {}
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
}

fn vip(visitor: &Visitor) -> IsVip {
    let says_so = visitor.attributes.get("vip").is_some_and(|value| matches!(value.as_str(), "true" | "yes" | "1"));
    if visitor.verified && says_so { IsVip::Yes } else { IsVip::No }
}

fn to_receipt(
    (sender, client_id, body): (uuid::Uuid, ClientId, [u8; 32]),
    conversation: ConversationId,
    events: &[Event],
) -> Option<Receipt> {
    let event = events.iter().find(|event| event.client_id == Some(client_id))?;
    Some(Receipt { sender, client_id, body, conversation, seq: event.seq })
}
