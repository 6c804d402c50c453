//! Which agents are there. Lives in this process: an agent is there while a console of theirs is connected.

use std::{collections::HashMap, sync::Arc};

use crate::{
    bell::Ring,
    chat::{Chat, ChatError},
    conversation::AgentId,
    store::{Agent, Availability},
};

/// The agents with an open console.
#[derive(Debug, Default)]
pub(crate) struct Presence(HashMap<AgentId, Desk>);

#[derive(Debug)]
struct Desk {
    consoles: usize,
    availability: Availability,
}

/// An agent with an open console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Present {
    /// Who.
    pub agent: AgentId,
    /// Whether they take conversations.
    pub availability: Availability,
}

/// An open console; the agent leaves with the last one.
pub struct PresenceGuard {
    chat: Arc<Chat>,
    agent: AgentId,
}

impl Drop for PresenceGuard {
    fn drop(&mut self) {
        self.chat.presence.lock().leave(self.agent);
        self.chat.bell.ring(Ring::Presence);
    }
}

impl Presence {
    fn arrive(&mut self, agent: &Agent) {
        let new = Desk { consoles: 0, availability: agent.availability };
        self.0.entry(agent.id).or_insert(new).consoles += 1;
    }

    fn leave(&mut self, agent: AgentId) {
        let Some(desk) = self.0.get_mut(&agent) else { return };
        desk.consoles = desk.consoles.saturating_sub(1);
        if desk.consoles == 0 {
            self.0.remove(&agent);
        }
    }

    fn set(&mut self, agent: AgentId, availability: Availability) {
        if let Some(desk) = self.0.get_mut(&agent) {
            desk.availability = availability;
        }
    }

    fn is_anybody_online(&self) -> bool {
        self.0.values().any(|desk| desk.availability == Availability::Online)
    }
}

impl Chat {
    /// A console of this agent is open until the guard is dropped.
    pub fn agent_connects(self: &Arc<Self>, agent: &Agent) -> PresenceGuard {
        self.presence.lock().arrive(agent);
        self.bell.ring(Ring::Presence);
        PresenceGuard { chat: Arc::clone(self), agent: agent.id }
    }

    /// Whether somebody can take over now.
    pub fn agents_available(&self) -> bool {
        self.presence.lock().is_anybody_online()
    }

    /// The agents with an open console.
    pub fn present(&self) -> Vec<Present> {
        let presence = self.presence.lock();
        presence.0.iter().map(|(agent, desk)| Present { agent: *agent, availability: desk.availability }).collect()
    }

    /// Remembers whether the agent takes conversations.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn set_availability(&self, agent: AgentId, availability: Availability) -> Result<(), ChatError> {
        self.store.set_availability(agent, availability).await?;
        self.presence.lock().set(agent, availability);
        self.bell.ring(Ring::Presence);
        Ok(())
    }
}
