//! What time alone causes. Everything is derived from what is stored, so a restart loses nothing: conversations
//! carry the time at which something is due, agents when they were last here.

use std::{collections::HashMap, sync::Arc, time::Duration};

use jiff::{SignedDuration, Timestamp};
use tokio::time::MissedTickBehavior;
use tracing::warn;

use crate::{
    bell::Ring,
    chat::{Chat, ChatError, commit::vip},
    conversation::{AgentId, Conversation, ConversationId, NewEvent, Overdue, OwnerIs, Status, Words},
    queue::{self, Candidate, Queue, WINDOW},
    store::{Agent, Availability, StoreError},
};

/// So many overdue conversations are dealt with before others are looked for.
const PAGE: u32 = 200;
/// How often it is kept that agents are here.
const HEARTBEAT: SignedDuration = SignedDuration::from_secs(15);
/// How often the floor is compared with the store, which others may write too.
const COMPARE: SignedDuration = SignedDuration::from_secs(30);

/// What upkeep found last time.
#[derive(Debug, Default)]
pub(crate) struct Upkeep {
    beat_at: Option<Timestamp>,
    compared_at: Option<Timestamp>,
    pub(crate) warned_at: Option<Timestamp>,
    /// Whether each queue was open, and whether anybody was about.
    staffed: HashMap<String, (bool, bool)>,
}

impl Chat {
    /// Looks after the desk for as long as it runs: at once when something has changed, and every so often.
    pub async fn keep_up(self: Arc<Self>, every: Duration) {
        let mut tick = tokio::time::interval(every);
        tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let done = tokio::select! {
                () = self.changed.notified() => self.assign().await,
                _ = tick.tick() => self.upkeep().await,
            };
            if let Err(error) = done {
                warn!(%error, "upkeep could not be done: the next round tries again");
            }
        }
    }

    /// Does what is due now.
    ///
    /// # Errors
    /// When the store cannot be used; what was not done is due the next time.
    pub async fn upkeep(&self) -> Result<(), ChatError> {
        self.beat().await?;
        self.compare().await?;
        self.act_on_due().await?;
        self.requeue_lost().await?;
        self.abandon_gone().await?;
        self.watch_queues().await?;
        self.warn();
        self.assign().await
    }

    /// Something has changed that may give somebody a conversation.
    pub(crate) fn wake_assignment(&self) {
        self.changed.notify_one();
    }

    /// Reads what the desk needs to know to begin.
    pub(crate) async fn take_up(&self) -> Result<(), ChatError> {
        self.compare_floor().await?;
        let queues = self.queues();
        let since = self.started_at.saturating_sub(WINDOW).unwrap_or(Timestamp::MIN);
        for pickup in self.store.pickups(since).await? {
            self.floor.note_pickup(queues.get(pickup.queue.as_deref()).name.clone(), pickup.at);
        }
        for conversation in &self.floor.line(&queues).waiting {
            self.guests.miss(conversation.visitor, self.started_at);
        }
        Ok(())
    }

    async fn beat(&self) -> Result<(), ChatError> {
        let now = self.clock.now();
        if !is_time(&mut self.upkeep.lock().beat_at, HEARTBEAT, now) {
            return Ok(());
        }
        let here = self.presence.lock().beat(now);
        if !here.is_empty() {
            self.store.note_seen(here, now).await?;
        }
        // Whoever left is shown as offline after a while.
        self.bell.ring(Ring::Presence);
        Ok(())
    }

    async fn compare(&self) -> Result<(), ChatError> {
        if !is_time(&mut self.upkeep.lock().compared_at, COMPARE, self.clock.now()) {
            return Ok(());
        }
        self.reload_queues().await?;
        self.compare_floor().await
    }

    async fn compare_floor(&self) -> Result<(), ChatError> {
        let (known, queues) = (self.floor.ids(), self.queues());
        let stored = self.store.with_people().await?;
        let visitors = self.store.visitors(stored.iter().map(|one| one.visitor).collect()).await?;
        let vips: HashMap<_, _> = visitors.iter().map(|visitor| (visitor.id, vip(visitor))).collect();
        for conversation in &stored {
            self.floor.put(conversation, vips.get(&conversation.visitor).copied(), &queues);
        }
        for id in known {
            if stored.iter().any(|one| one.id == id) {
                continue;
            }
            match self.store.conversation(id).await? {
                Some(conversation) => self.floor.put(&conversation, None, &queues),
                None => self.floor.remove(id),
            }
        }
        Ok(())
    }

    async fn act_on_due(&self) -> Result<(), ChatError> {
        loop {
            let due = self.store.due(self.clock.now(), PAGE).await?;
            for conversation in &due {
                self.act_on_time(conversation).await?;
            }
            if due.len() < PAGE as usize {
                return Ok(());
            }
        }
    }

    async fn act_on_time(&self, conversation: &Conversation) -> Result<(), ChatError> {
        let now = self.clock.now();
        let next = conversation.next_timer(&self.rules.times.timers);
        let overdue = next.filter(|(at, _)| *at <= now).map(|(_, overdue)| overdue);
        let events = match overdue {
            Some(overdue) => self.on_time(conversation, overdue).await,
            None => Vec::new(),
        };
        if !events.is_empty() {
            return self.commit_if_unchanged(conversation, events).await;
        }
        // The settings have changed since, or there is nothing to say.
        let later = next.filter(|(at, _)| *at > now).map(|(at, _)| at);
        Ok(self.store.set_due(conversation.id, conversation.last_seq, later).await?)
    }

    async fn on_time(&self, conversation: &Conversation, overdue: Overdue) -> Vec<NewEvent> {
        let key = match overdue {
            Overdue::FollowUp => "helped_question",
            // Whoever was told that nobody is here need not be told again.
            Overdue::LeaveOffer if !self.is_staffed_for(conversation) => return Vec::new(),
            Overdue::LeaveOffer => "leave_offer",
            Overdue::Reminder => "reminder",
            Overdue::Unanswered | Overdue::Wake => "released",
            Overdue::Silent => return conversation.on_time(overdue, OwnerIs::Away, Words::default()),
        };
        let text = self.words(&conversation.locale, key);
        if text.is_empty() {
            return Vec::new();
        }
        conversation.on_time(overdue, self.owner_is(conversation).await, Words { text, options: Vec::new() })
    }

    /// Commits what follows from a conversation as it was read; if it has changed since, the next round looks anew.
    async fn commit_if_unchanged(&self, before: &Conversation, events: Vec<NewEvent>) -> Result<(), ChatError> {
        if events.is_empty() {
            return Ok(());
        }
        match self.commit(before, events, Vec::new(), None).await {
            Ok(_) | Err(StoreError::Conflict | StoreError::Full) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// What agents had who have not come back goes to the queue again.
    async fn requeue_lost(&self) -> Result<(), ChatError> {
        let line = self.floor.line(&self.queues());
        let owned = line.with_agents.iter().filter(|one| matches!(one.status, Status::WithAgent { .. }));
        let lost = owned.filter(|one| one.status.agent().is_some_and(|agent| self.is_lost(agent.id)));
        for id in lost.map(|one| one.id).collect::<Vec<_>>() {
            let Some(conversation) = self.store.conversation(id).await? else { continue };
            if conversation.status.agent().is_some_and(|agent| self.is_lost(agent.id)) {
                let notice = self.words(&conversation.locale, "released");
                self.commit_if_unchanged(&conversation, conversation.requeue(notice)).await?;
            }
        }
        Ok(())
    }

    /// Whoever left the queue without an address is waited for no longer.
    async fn abandon_gone(&self) -> Result<(), ChatError> {
        let times = &self.rules.times;
        let patience = times.abandoned.max(times.visitor_gone);
        let before = self.clock.now().saturating_sub(patience).unwrap_or(Timestamp::MIN);
        for visitor in self.guests.take_gone(before) {
            let Some(known) = self.floor.of_visitor(visitor).filter(|_| !times.abandoned.is_zero()) else { continue };
            let gone = match self.store.conversation(known.id).await {
                Ok(Some(conversation)) => self.commit_if_unchanged(&conversation, conversation.abandon()).await,
                Ok(None) => Ok(()),
                Err(error) => Err(error.into()),
            };
            if let Err(error) = gone {
                self.guests.miss(visitor, before);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Queues open and close; whoever waits where nobody is about any more is asked to leave a message.
    async fn watch_queues(&self) -> Result<(), ChatError> {
        let (queues, now) = (self.queues(), self.clock.now());
        for queue in queues.all() {
            let (is_open, is_staffed) = (queue.hours.is_open(now), self.is_staffed(queue));
            let before = self.upkeep.lock().staffed.insert(queue.name.clone(), (is_open, is_staffed));
            if before.is_some_and(|(was_open, _)| was_open != is_open) {
                self.bell.ring(Ring::Presence);
            }
            let was_staffed = before.is_none_or(|(_, was_staffed)| was_staffed);
            if was_staffed && !is_staffed {
                // A process that begins cannot know who was told before: whoever has heard nothing is told.
                self.say_nobody_is_here(queue, |one| before.is_some() || one.moments.nudges == 0).await?;
            }
        }
        Ok(())
    }

    /// Whether a queue is open and somebody of it is about, even if they take no more just now.
    fn is_staffed(&self, queue: &Queue) -> bool {
        queue.hours.is_open(self.clock.now()) && self.is_anybody_about(|agent| queue.has_member(agent))
    }

    fn is_staffed_for(&self, conversation: &Conversation) -> bool {
        let wait = conversation.status.wait();
        self.is_staffed(self.queues().get(wait.and_then(|wait| wait.queue.as_deref())))
    }

    async fn say_nobody_is_here(
        &self,
        queue: &Queue,
        is_meant: impl Fn(&Conversation) -> bool,
    ) -> Result<(), ChatError> {
        let queues = self.queues();
        for waiting in self.floor.line(&queues).waiting.iter().filter(|one| is_meant(one)) {
            let named = waiting.status.wait().and_then(|wait| wait.queue.as_deref());
            if queues.get(named).name == queue.name {
                let notice = self.words(&waiting.locale, "nobody_available");
                self.commit_if_unchanged(waiting, waiting.nobody_here(notice)).await?;
            }
        }
        Ok(())
    }

    /// Gives what waits in balanced queues to agents who are free.
    pub(crate) async fn assign(&self) -> Result<(), ChatError> {
        let (queues, now) = (self.queues(), self.clock.now());
        let is_balanced = |queue: &Queue| queue.assignment == queue::Assignment::Balanced && queue.hours.is_open(now);
        if !queues.all().iter().any(is_balanced) {
            return Ok(());
        }
        let line = self.floor.line(&queues);
        let waiting: Vec<&Conversation> = line
            .waiting
            .iter()
            .map(Arc::as_ref)
            .filter(|one| is_balanced(queues.get(one.status.wait().and_then(|wait| wait.queue.as_deref()))))
            .filter(|one| !(one.moments.is_left && self.is_gone(one)))
            .collect();
        if waiting.is_empty() {
            return Ok(());
        }
        let agents = self.store.agents().await?;
        let candidates = agents.iter().filter_map(|agent| self.candidate(agent)).collect();
        for (conversation, agent) in queue::assign(waiting, candidates, &queues, now) {
            self.give(conversation, agent).await?;
        }
        Ok(())
    }

    fn candidate(&self, agent: &Agent) -> Option<Candidate> {
        let presence = self.presence.lock();
        let is_online = presence.availability(agent.id) == Some(Availability::Online) && !agent.disabled;
        is_online.then(|| Candidate {
            agent: agent.id,
            open: self.floor.line(&self.queues()).open_of(agent.id),
            limit: agent.capacity.unwrap_or(self.rules.agent_capacity),
            languages: agent.languages.iter().cloned().collect(),
            assigned_at: presence.assigned_at(agent.id),
        })
    }

    async fn give(&self, id: ConversationId, agent: AgentId) -> Result<(), ChatError> {
        let (Some(before), Some(agent)) = (self.store.conversation(id).await?, self.store.agent(agent).await?) else {
            return Ok(());
        };
        let notice = self.words(&before.locale, "claimed").replace("{{agent}}", &agent.name);
        let events = before.assign(&agent.to_ref(), notice).unwrap_or_default();
        self.commit_if_unchanged(&before, events).await
    }
}

/// Whether it is time again, and if so notes that it was.
fn is_time(last: &mut Option<Timestamp>, every: SignedDuration, now: Timestamp) -> bool {
    let is_time = last.is_none_or(|last| now.duration_since(last) >= every);
    if is_time {
        *last = Some(now);
    }
    is_time
}
