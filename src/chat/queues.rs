//! Queues as the desk knows them: read from the store, changed without a restart.

use std::sync::Arc;

use jiff::Timestamp;

use crate::{
    bell::Ring,
    chat::{Chat, ChatError},
    conversation::{AgentId, Conversation, ConversationId},
    queue::{self, DEFAULT, Queue, Queues},
    store::{Act, Actor, Agent, Availability, Change, Role, Sight, StoreError},
};

/// Whether somebody can take over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Staffing {
    /// Whether somebody can now.
    pub agents: bool,
    /// When the queue opens, if it is closed and will.
    pub opens_at: Option<Timestamp>,
}

impl Chat {
    /// Every queue, the default one first.
    pub fn queues(&self) -> Arc<Queues> {
        Arc::clone(&self.queues.read())
    }

    /// Keeps a queue, new or changed; everybody works by it at once.
    ///
    /// # Errors
    /// [`ChatError::Invalid`] for what is wrong with it.
    pub async fn save_queue(&self, actor: &Actor, queue: Queue) -> Result<(), ChatError> {
        if let Some(fault) = queue.fault() {
            return Err(ChatError::Invalid(fault));
        }
        let act = if self.queues().find(&queue.name).is_some() { Act::QueueChanged } else { Act::QueueAdded };
        let entry = self.audit_entry(actor, act, &queue.name, "");
        self.store.change(Change::SaveQueue(queue), vec![entry]).await?;
        self.reload_queues().await
    }

    /// Forgets a queue; what waits in it moves to the default one.
    ///
    /// # Errors
    /// [`ChatError::NotFound`], also for the default queue, which is always there.
    pub async fn delete_queue(&self, actor: &Actor, name: &str) -> Result<(), ChatError> {
        if name == DEFAULT {
            return Err(ChatError::NotFound("the default queue is always there: it can be changed, not deleted"));
        }
        let entry = self.audit_entry(actor, Act::QueueRemoved, name, "");
        match self.store.change(Change::RemoveQueue(name.to_owned()), vec![entry]).await {
            Err(StoreError::Conflict) => return Err(ChatError::NotFound("there is no such queue")),
            removed => removed?,
        }
        self.reload_queues().await
    }

    /// Has an agent answer these queues and no others. A queue that names nobody is everybody's in any case.
    ///
    /// # Errors
    /// [`ChatError::Invalid`] for a queue that is not there, or that would have nobody left.
    pub async fn set_queues(&self, actor: &Actor, agent: AgentId, names: &[String]) -> Result<(), ChatError> {
        let queues = self.queues();
        if names.iter().any(|name| queues.find(name).is_none()) {
            return Err(ChatError::Invalid("queues: there is no queue of this name: make it first"));
        }
        for queue in queues.all() {
            let (wants, has) = (names.contains(&queue.name), queue.members.contains(&agent));
            let mut changed = queue.clone();
            match (wants, has) {
                (true, false) => changed.members.push(agent),
                (false, true) if queue.members.len() == 1 => {
                    return Err(ChatError::Invalid(
                        "queues: nobody would be left in one of them: name another agent first",
                    ));
                }
                (false, true) => changed.members.retain(|member| *member != agent),
                (true, true) | (false, false) => continue,
            }
            self.save_queue(actor, changed).await?;
        }
        Ok(())
    }

    /// What an agent may see: their own, those of their queues, and what the bot has. Supervisors see everything.
    pub fn sight(&self, agent: &Agent) -> Sight {
        if agent.role >= Role::Supervisor {
            return Sight::Everything;
        }
        self.sight_of(Some(agent.id), |queue| queue.has_member(agent.id))
    }

    /// What somebody may see who answers some of the queues.
    pub fn sight_of(&self, agent: Option<AgentId>, answers: impl Fn(&Queue) -> bool) -> Sight {
        let queues = self.queues();
        let (own, others): (Vec<_>, Vec<_>) = queues.all().iter().partition(|queue| answers(queue));
        let names = |queues: Vec<&Queue>| queues.into_iter().map(|queue| queue.name.clone()).collect();
        Sight::Of { agent, queues: names(own), others: names(others) }
    }

    /// Whether a conversation is with people other than those who see this much.
    pub fn is_hidden_from(&self, sight: &Sight, id: ConversationId) -> bool {
        let line = self.floor.line(&self.queues());
        let held = line.waiting.iter().chain(&line.with_agents).find(|held| held.id == id);
        held.is_some_and(|held| !sight.shows(held))
    }

    /// Reads the queues anew; rings when they have changed.
    pub(crate) async fn reload_queues(&self) -> Result<(), ChatError> {
        let read = Queues::of(self.store.queues().await?);
        if **self.queues.read() == read {
            return Ok(());
        }
        *self.queues.write() = Arc::new(read);
        self.floor.count_anew();
        self.ring_change();
        self.bell.ring(Ring::Presence);
        Ok(())
    }

    /// Whether somebody can take over what goes to this queue.
    pub fn staffing(&self, queue: Option<&str>) -> Staffing {
        let queues = self.queues();
        let queue = queues.get(queue);
        let now = self.clock.now();
        if !queue.hours.is_open(now) {
            return Staffing { agents: false, opens_at: queue.hours.opens_at(now) };
        }
        let cap = queue::limit(self.rules.queue_cap, queue.cap);
        let is_full = cap > 0 && self.floor.length(&queue.name, &queues) >= cap;
        let agents = !is_full && self.presence.lock().is_anybody_online(|agent| queue.has_member(agent));
        Staffing { agents, opens_at: None }
    }

    /// Whether somebody can take over this conversation, or one that has not gone to a queue yet.
    pub fn staffing_for(&self, conversation: Option<&Conversation>) -> Staffing {
        let wait = conversation.and_then(|conversation| conversation.status.wait());
        self.staffing(wait.and_then(|wait| wait.queue.as_deref()))
    }

    /// Whether somebody can take over now what goes to the default queue.
    pub fn agents_available(&self) -> bool {
        self.staffing(None).agents
    }

    /// How many conversations an agent may have at once to get another one from a queue; 0 is without limit.
    pub(crate) fn limit_of(&self, agent: &Agent, queue: Option<&str>) -> u32 {
        queue::limit(agent.capacity.unwrap_or(self.rules.agent_capacity), self.queues().get(queue).capacity)
    }

    /// Whether an agent is here, takes conversations and has room for one from this queue.
    pub(crate) fn is_free(&self, agent: &Agent, queue: Option<&str>) -> bool {
        let limit = self.limit_of(agent, queue);
        let open = self.floor.line(&self.queues()).open_of(agent.id);
        self.presence.lock().availability(agent.id) == Some(Availability::Online) && (limit == 0 || open < limit)
    }
}
