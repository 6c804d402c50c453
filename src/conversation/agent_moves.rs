//! What agents do with a conversation.

use std::sync::Arc;

use jiff::Timestamp;

use crate::conversation::{
    AgentRef, Author, ClientId, Conversation, EndedBy, EventKind, Message, NewEvent, Refused, Status,
    moves::{Moved, with_notice},
};

impl Conversation {
    /// An agent takes a conversation that waits, or one that the bot has.
    pub fn claim(&self, client_id: ClientId, agent: &AgentRef, notice: String) -> Moved {
        match &self.status {
            Status::Waiting(_) | Status::WithBot => Ok(taken(Some(client_id), agent, notice)),
            Status::WithAgent { .. } | Status::Snoozed { .. } => Err(Refused::AlreadyClaimed),
            Status::Resolved { .. } => Err(Refused::NotPossible),
        }
    }

    /// A supervisor takes it from whoever has it.
    pub fn take_over(&self, client_id: ClientId, agent: &AgentRef, notice: String) -> Moved {
        match &self.status {
            Status::WithAgent { agent: owner, .. } if owner.id == agent.id => Err(Refused::AlreadyClaimed),
            Status::Waiting(_) | Status::WithBot | Status::WithAgent { .. } | Status::Snoozed { .. } => {
                Ok(taken(Some(client_id), agent, notice))
            }
            Status::Resolved { .. } => Err(Refused::NotPossible),
        }
    }

    /// The desk gives a conversation that waits to an agent.
    pub fn assign(&self, agent: &AgentRef, notice: String) -> Moved {
        match &self.status {
            Status::Waiting(_) => Ok(taken(None, agent, notice)),
            Status::WithBot | Status::WithAgent { .. } | Status::Snoozed { .. } | Status::Resolved { .. } => {
                Err(Refused::NotPossible)
            }
        }
    }

    /// An agent's first words in a conversation that the bot has: from then on it is theirs.
    pub fn answer_for_bot(&self, client_id: ClientId, agent: &AgentRef, text: String, notice: String) -> Moved {
        let mut events = self.claim(client_id, agent, notice)?;
        events.push(NewEvent::message(Message::plain(Author::Agent(agent.clone()), text)));
        Ok(events)
    }

    /// The agent who has it answers.
    pub fn reply(&self, client_id: ClientId, agent: &AgentRef, text: String) -> Moved {
        self.check_owner(agent)?;
        let message = Arc::new(Message::plain(Author::Agent(agent.clone()), text));
        let mut events = vec![NewEvent::caused_by(client_id, EventKind::Message { message })];
        if matches!(self.status, Status::Snoozed { .. }) {
            events.push(NewEvent::follows(EventKind::Woken));
        }
        Ok(events)
    }

    /// The agent gives it back to the queue, to its old place.
    pub fn release(&self, client_id: ClientId, agent: &AgentRef, notice: String) -> Moved {
        self.owned_move(client_id, agent, EventKind::Released, Some(notice))
    }

    /// The agent gives it back to the bot.
    pub fn give_back(&self, client_id: ClientId, agent: &AgentRef, notice: String) -> Moved {
        self.owned_move(client_id, agent, EventKind::GivenBack, Some(notice))
    }

    /// The agent hands it to another agent or queue.
    pub fn transfer(
        &self,
        client_id: ClientId,
        agent: &AgentRef,
        (to_agent, to_queue): (Option<AgentRef>, Option<String>),
        notice: String,
    ) -> Moved {
        let kind = EventKind::Transferred { agent: to_agent, queue: to_queue };
        self.owned_move(client_id, agent, kind, Some(notice))
    }

    /// The agent lets it sleep.
    pub fn snooze(&self, client_id: ClientId, agent: &AgentRef, until: Timestamp) -> Moved {
        self.owned_move(client_id, agent, EventKind::Snoozed { until }, None)
    }

    fn owned_move(&self, client_id: ClientId, agent: &AgentRef, kind: EventKind, notice: Option<String>) -> Moved {
        self.check_owner(agent)?;
        Ok(with_notice(NewEvent::caused_by(client_id, kind), notice))
    }

    /// The agent ends it, and says what it was about.
    pub fn finish(
        &self,
        client_id: ClientId,
        agent: &AgentRef,
        (topic, tags): (Option<String>, Vec<String>),
        notice: String,
    ) -> Moved {
        let by = EndedBy::Agent(agent.clone());
        self.owned_move(client_id, agent, EventKind::Resolved { by, topic, tags }, Some(notice))
    }

    pub(crate) fn check_owner(&self, agent: &AgentRef) -> Result<(), Refused> {
        match self.status.agent() {
            Some(owner) if owner.id == agent.id => Ok(()),
            Some(_) | None => Err(Refused::NotOwner),
        }
    }
}

fn taken(client_id: Option<ClientId>, agent: &AgentRef, notice: String) -> Vec<NewEvent> {
    with_notice(NewEvent { client_id, kind: EventKind::Claimed { agent: agent.clone() } }, Some(notice))
}
