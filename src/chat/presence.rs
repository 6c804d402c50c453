//! Who is there. Agents: with an open console, and for a while after the last one closed, since pages are
//! reloaded and lines break. Visitors: with an open widget.

use std::{collections::HashMap, sync::Arc};

use jiff::{SignedDuration, Timestamp};
use parking_lot::Mutex;

use crate::{
    bell::Ring,
    chat::{Chat, ChatError},
    conversation::{AgentId, Conversation, ConversationId, VisitorId},
    store::{Agent, Availability, Seen},
};

/// After a start, consoles have this long to come back before their agents count as gone.
const COMING_BACK: SignedDuration = SignedDuration::from_secs(20);

/// The agents with an open console, and when the others were last seen.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    desks: HashMap<AgentId, Desk>,
    seen: HashMap<AgentId, Timestamp>,
    assigned: HashMap<AgentId, Timestamp>,
    consoles: u64,
}

#[derive(Debug)]
struct Desk {
    availability: Availability,
    /// What each open console has on its screen.
    consoles: HashMap<u64, View>,
}

/// What a console has on its screen.
#[derive(Debug, Clone, Copy, Default)]
struct View {
    viewing: Option<ConversationId>,
}

/// An agent as their colleagues see them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub agent: AgentId,
    /// Whether they take conversations; whoever left a moment ago is away.
    pub availability: Availability,
    /// Whether a console of theirs is open.
    pub is_here: bool,
    /// When a console of theirs was last heard of.
    pub seen_at: Option<Timestamp>,
    /// The conversations on their screens.
    pub viewing: Vec<ConversationId>,
}

/// An open console; the agent leaves with the last one.
pub struct PresenceGuard {
    chat: Arc<Chat>,
    agent: AgentId,
    console: u64,
}

impl PresenceGuard {
    /// What this console has on its screen now.
    pub fn views(&self, viewing: Option<ConversationId>) {
        self.chat.presence.lock().view(self.agent, self.console, viewing);
        self.chat.bell.ring(Ring::Presence);
    }
}

impl Drop for PresenceGuard {
    fn drop(&mut self) {
        let now = self.chat.clock.now();
        if self.chat.presence.lock().leave(self.agent, self.console, now) {
            self.chat.note_seen_soon(vec![self.agent]);
        }
        self.chat.bell.ring(Ring::Presence);
        self.chat.wake_assignment();
    }
}

impl Presence {
    /// As it was stored.
    pub(crate) fn of(seen: Vec<Seen>) -> Self {
        let mut presence = Self::default();
        for one in seen {
            presence.seen.extend(one.seen_at.map(|at| (one.agent, at)));
            presence.assigned.extend(one.assigned_at.map(|at| (one.agent, at)));
        }
        presence
    }

    fn arrive(&mut self, agent: &Agent) -> u64 {
        self.consoles += 1;
        let new = || Desk { availability: agent.availability, consoles: HashMap::new() };
        self.desks.entry(agent.id).or_insert_with(new).consoles.insert(self.consoles, View::default());
        self.consoles
    }

    /// True when it was the agent's last console.
    fn leave(&mut self, agent: AgentId, console: u64, now: Timestamp) -> bool {
        let Some(desk) = self.desks.get_mut(&agent) else { return false };
        desk.consoles.remove(&console);
        let is_last = desk.consoles.is_empty();
        if is_last {
            self.desks.remove(&agent);
            self.seen.insert(agent, now);
        }
        is_last
    }

    fn view(&mut self, agent: AgentId, console: u64, viewing: Option<ConversationId>) {
        if let Some(view) = self.desks.get_mut(&agent).and_then(|desk| desk.consoles.get_mut(&console)) {
            view.viewing = viewing;
        }
    }

    fn set(&mut self, agent: AgentId, availability: Availability, now: Timestamp) {
        if let Some(desk) = self.desks.get_mut(&agent) {
            desk.availability = availability;
            self.seen.insert(agent, now);
        }
    }

    /// The agents with an open console were heard of now.
    pub(crate) fn beat(&mut self, now: Timestamp) -> Vec<AgentId> {
        let here: Vec<_> = self.here().collect();
        self.seen.extend(here.iter().map(|agent| (*agent, now)));
        here
    }

    /// The agents with an open console who have not said that they are not there.
    fn here(&self) -> impl Iterator<Item = AgentId> {
        let is_here = |desk: &Desk| desk.availability != Availability::Offline;
        self.desks.iter().filter(move |(_, desk)| is_here(desk)).map(|(agent, _)| *agent)
    }

    /// Whether an agent takes conversations; nothing of those without an open console.
    pub(crate) fn availability(&self, agent: AgentId) -> Option<Availability> {
        self.desks.get(&agent).map(|desk| desk.availability)
    }

    pub(crate) fn is_anybody_online(&self, is_meant: impl Fn(AgentId) -> bool) -> bool {
        let is_online = |desk: &Desk| desk.availability == Availability::Online;
        self.desks.iter().any(|(agent, desk)| is_online(desk) && is_meant(*agent))
    }

    /// Since when an agent is gone; nothing of those who are here. Nobody is gone longer than this process could
    /// have seen them.
    pub(crate) fn gone_since(&self, agent: AgentId, started_at: Timestamp) -> Option<Timestamp> {
        let is_here = self.desks.get(&agent).is_some_and(|desk| desk.availability != Availability::Offline);
        let seen = self.seen.get(&agent).copied().unwrap_or(started_at);
        (!is_here).then_some(seen)
    }

    pub(crate) fn assigned_at(&self, agent: AgentId) -> Option<Timestamp> {
        self.assigned.get(&agent).copied()
    }

    pub(crate) fn note_assigned(&mut self, agent: AgentId, at: Timestamp) {
        self.assigned.insert(agent, at);
    }
}

/// The visitors with an open widget, and when the others left.
#[derive(Debug, Default)]
pub(crate) struct Guests(Mutex<Here>);

#[derive(Debug, Default)]
struct Here {
    windows: HashMap<VisitorId, u32>,
    gone: HashMap<VisitorId, Timestamp>,
}

/// An open widget; the visitor leaves with the last one.
pub struct GuestGuard {
    chat: Arc<Chat>,
    visitor: VisitorId,
}

impl Drop for GuestGuard {
    fn drop(&mut self) {
        self.chat.guests.leave(self.visitor, self.chat.clock.now());
    }
}

impl Guests {
    fn arrive(&self, visitor: VisitorId) {
        let mut here = self.0.lock();
        *here.windows.entry(visitor).or_default() += 1;
        here.gone.remove(&visitor);
    }

    fn leave(&self, visitor: VisitorId, now: Timestamp) {
        let mut here = self.0.lock();
        let Some(windows) = here.windows.get_mut(&visitor) else { return };
        *windows -= 1;
        if *windows == 0 {
            here.windows.remove(&visitor);
            here.gone.insert(visitor, now);
        }
    }

    /// After a start: whoever waits is gone until they come back.
    pub(crate) fn miss(&self, visitor: VisitorId, now: Timestamp) {
        let mut here = self.0.lock();
        if !here.windows.contains_key(&visitor) {
            here.gone.entry(visitor).or_insert(now);
        }
    }

    /// Whether a visitor has been gone since before that time.
    fn is_gone(&self, visitor: VisitorId, before: Timestamp) -> bool {
        let here = self.0.lock();
        // Whoever is not remembered left long ago.
        !here.windows.contains_key(&visitor) && here.gone.get(&visitor).is_none_or(|at| *at <= before)
    }

    /// Takes those who left before that time.
    pub(crate) fn take_gone(&self, before: Timestamp) -> Vec<VisitorId> {
        self.0.lock().gone.extract_if(|_, at| *at <= before).map(|(visitor, _)| visitor).collect()
    }
}

impl Chat {
    /// A console of this agent is open until the guard is dropped.
    pub fn agent_connects(self: &Arc<Self>, agent: &Agent) -> PresenceGuard {
        let console = self.presence.lock().arrive(agent);
        self.bell.ring(Ring::Presence);
        self.wake_assignment();
        self.note_seen_soon(vec![agent.id]);
        PresenceGuard { chat: Arc::clone(self), agent: agent.id, console }
    }

    /// A widget of this visitor is open until the guard is dropped.
    pub fn visitor_connects(self: &Arc<Self>, visitor: VisitorId) -> GuestGuard {
        self.guests.arrive(visitor);
        GuestGuard { chat: Arc::clone(self), visitor }
    }

    /// An agent as their colleagues see them.
    pub fn present(&self, agent: &Agent) -> Present {
        let now = self.clock.now();
        let presence = self.presence.lock();
        let desk = presence.desks.get(&agent.id);
        let seen_at = if desk.is_some() { Some(now) } else { presence.seen.get(&agent.id).copied() };
        let is_fresh = seen_at.is_some_and(|at| now.duration_since(at) < self.rules.times.agent_offline);
        let availability = match desk {
            Some(desk) => desk.availability,
            None if is_fresh && agent.availability != Availability::Offline => Availability::Away,
            None => Availability::Offline,
        };
        let viewing = desk.into_iter().flat_map(|desk| desk.consoles.values()).filter_map(|view| view.viewing);
        let mut viewing: Vec<_> = viewing.collect();
        viewing.sort_unstable();
        viewing.dedup();
        let seen_at = seen_at.filter(|_| desk.is_none());
        Present { agent: agent.id, availability, is_here: desk.is_some(), seen_at, viewing }
    }

    /// How many agents take conversations now.
    pub fn online_count(&self) -> usize {
        let presence = self.presence.lock();
        presence.desks.values().filter(|desk| desk.availability == Availability::Online).count()
    }

    /// Remembers whether the agent takes conversations.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn set_availability(&self, agent: AgentId, availability: Availability) -> Result<(), ChatError> {
        self.store.set_availability(agent, availability).await?;
        self.presence.lock().set(agent, availability, self.clock.now());
        self.bell.ring(Ring::Presence);
        self.wake_assignment();
        Ok(())
    }

    /// Whether an agent is lost: gone for longer than pages take to reload.
    pub(crate) fn is_lost(&self, agent: AgentId) -> bool {
        let lost = self.rules.times.agent_lost;
        let now = self.clock.now();
        let Some(gone) = self.presence.lock().gone_since(agent, self.started_at) else { return false };
        !lost.is_zero() && now.duration_since(gone) >= lost && now.duration_since(self.started_at) >= COMING_BACK
    }

    /// Whether the visitor has closed the widget and not come back.
    pub(crate) fn is_gone(&self, conversation: &Conversation) -> bool {
        let patience = self.rules.times.visitor_gone;
        let before = self.clock.now().saturating_sub(patience).unwrap_or(Timestamp::MIN);
        !patience.is_zero() && self.guests.is_gone(conversation.visitor, before)
    }

    /// Whether anybody of a queue is here, or was a moment ago and may come back.
    pub(crate) fn is_anybody_about(&self, is_meant: impl Fn(AgentId) -> bool) -> bool {
        let now = self.clock.now();
        let presence = self.presence.lock();
        let was = |at: &Timestamp| now.duration_since(*at) < self.rules.times.agent_offline;
        let is_about =
            |(agent, at): (&AgentId, &Timestamp)| is_meant(*agent) && was(at) && !presence.desks.contains_key(agent);
        presence.here().any(&is_meant) || presence.seen.iter().any(is_about)
    }

    fn note_seen_soon(self: &Arc<Self>, agents: Vec<AgentId>) {
        let (chat, now) = (Arc::clone(self), self.clock.now());
        let Ok(runtime) = tokio::runtime::Handle::try_current() else { return };
        runtime.spawn(async move {
            if let Err(error) = chat.store.note_seen(agents, now).await {
                tracing::warn!(%error, "when agents were last here could not be kept");
            }
        });
    }
}
