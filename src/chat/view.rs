//! What screens are made of, read from the store.

use std::{collections::HashMap, sync::Arc};

use jiff::Timestamp;

use crate::{
    answer::{self, confidence::Rated},
    article::{Article, Audience, hit::Question},
    chat::{Chat, ChatError, floor::Line},
    conversation::{AgentId, Conversation, ConversationId, Event, EventKind, Seq, Status, VisitorId},
    queue::{self, Priority, Queue},
    store::{Agent, Note, Recent, Visitor},
};

/// How many articles are suggested to an agent.
const SUGGESTIONS: usize = 3;
/// How many events a screen gets at once.
pub(crate) const PAGE: u32 = 200;

/// What a visitor is told about their place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Place in the queue, from 1.
    pub position: Option<u32>,
    /// Shortest and longest likely wait, in seconds.
    pub wait_s: Option<[u32; 2]>,
    /// Whether it is a left message.
    pub left: bool,
}

/// A conversation in an agent's list.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The conversation.
    pub conversation: Arc<Conversation>,
    /// Whose it is.
    pub visitor: Visitor,
    /// Place in the queue, from 1.
    pub position: Option<u32>,
    /// How urgent it is.
    pub priority: Priority,
    /// By when somebody should have answered.
    pub due_at: Option<Timestamp>,
    /// From when on its agent is late with their first words.
    pub warn_at: Option<Timestamp>,
    /// Whether the visitor has closed the widget.
    pub is_gone: bool,
}

/// Who waits, and what an agent has.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct QueueView {
    /// The first that wait, next one first.
    pub waiting: Vec<Entry>,
    /// How many wait.
    pub total: usize,
    /// What this agent has.
    pub mine: Vec<Entry>,
}

/// A list beside the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What the bot has, the latest first.
    Bot,
    /// What ended lately.
    Resolved,
    /// What colleagues have.
    Team,
    /// What sleeps, the agent's own or, for supervisors, everybody's.
    Snoozed,
}

/// An article that could answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The article.
    pub article: Arc<Article>,
    /// How likely it answers.
    pub confidence: f32,
}

impl Chat {
    /// A visitor's newest conversation.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn current(&self, visitor: VisitorId) -> Result<Option<Conversation>, ChatError> {
        Ok(self.store.current_conversation(visitor).await?)
    }

    /// Whether what a visitor named is not a conversation of theirs: somebody else's, or none at all.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn is_foreign(&self, visitor: VisitorId, conversation: &str) -> Result<bool, ChatError> {
        let Ok(id) = conversation.parse() else { return Ok(true) };
        Ok(self.store.conversation(id).await?.is_none_or(|found| found.visitor != visitor))
    }

    /// A conversation, for an agent who may see it.
    ///
    /// # Errors
    /// [`ChatError::NotFound`].
    pub async fn conversation(&self, agent: &Agent, id: ConversationId) -> Result<Conversation, ChatError> {
        self.load_for(&self.sight(agent), id).await
    }

    /// The next page of events after a number.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn events(&self, id: ConversationId, after: Seq) -> Result<Vec<Event>, ChatError> {
        Ok(self.store.events(id, after, PAGE).await?)
    }

    /// The notes after a number.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn notes(&self, id: ConversationId, after: u64) -> Result<Vec<Note>, ChatError> {
        Ok(self.store.notes(id, after).await?)
    }

    /// What a visitor is told about their place.
    pub fn standing(&self, conversation: &Conversation) -> Standing {
        let Status::Waiting(waiting) = &conversation.status else { return Standing::default() };
        let queues = self.queues();
        let position = self.floor.position(conversation.id, &queues);
        let name = &queues.get(waiting.queue.as_deref()).name;
        let is_staffed = self.staffing(waiting.queue.as_deref()).agents;
        let wait_s = position
            .filter(|_| is_staffed)
            .and_then(|position| queue::wait(position, &self.floor.pickups(name), self.clock.now()));
        Standing { position, wait_s, left: conversation.moments.is_left }
    }

    /// Every agent, by name.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn agents(&self) -> Result<Vec<Agent>, ChatError> {
        Ok(self.store.agents().await?)
    }

    /// How many conversations an agent has, those that sleep left out.
    pub fn open_of(&self, agent: AgentId) -> u32 {
        self.floor.line(&self.queues()).open_of(agent)
    }

    /// How many conversations wait.
    pub fn waiting_count(&self) -> usize {
        self.floor.line(&self.queues()).waiting.len()
    }

    /// Since when the conversation that waits longest has waited.
    pub fn waiting_since(&self) -> Option<Timestamp> {
        let line = self.floor.line(&self.queues());
        line.waiting.iter().filter_map(|conversation| conversation.status.wait()).map(|wait| wait.since).min()
    }

    /// How many conversations wait in a queue.
    pub fn length_of(&self, queue: &Queue) -> u32 {
        self.floor.length(&queue.name, &self.queues())
    }

    /// How many conversations this agent may have at once; 0 is without limit.
    pub fn capacity_of(&self, agent: &Agent) -> u32 {
        agent.capacity.unwrap_or(self.rules.agent_capacity)
    }

    /// Who waits in this agent's queues, and what they have; the first `limit` of those that wait.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn queue_for(&self, agent: &Agent, limit: usize) -> Result<QueueView, ChatError> {
        let (line, sight) = (self.floor.line(&self.queues()), self.sight(agent));
        let waiting: Vec<_> = line.waiting.iter().filter(|one| sight.shows(one)).cloned().collect();
        let total = waiting.len();
        let mine = line.with_agents.iter().filter(|one| one.status.agent().is_some_and(|owner| owner.id == agent.id));
        let mine = mine.cloned().collect();
        let waiting = self.entries(&line, waiting.into_iter().take(limit).collect()).await?;
        Ok(QueueView { waiting, total, mine: self.entries(&line, mine).await? })
    }

    /// A list beside the queue: its first `limit` conversations.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn tab_for(&self, agent: &Agent, tab: Tab, limit: u32) -> Result<Vec<Entry>, ChatError> {
        let (line, sight) = (self.floor.line(&self.queues()), self.sight(agent));
        let is_mine = |one: &Conversation| one.status.agent().is_some_and(|owner| owner.id == agent.id);
        let listed: Vec<_> = match tab {
            Tab::Bot => self.store.recent(Recent::WithBot, limit).await?.into_iter().map(Arc::new).collect(),
            Tab::Resolved => self.store.recent(Recent::Resolved, limit).await?.into_iter().map(Arc::new).collect(),
            Tab::Team => line.with_agents.iter().filter(|one| !is_mine(one)).cloned().collect(),
            Tab::Snoozed => {
                line.with_agents.iter().filter(|one| matches!(one.status, Status::Snoozed { .. })).cloned().collect()
            }
        };
        let seen = listed.into_iter().filter(|one| sight.shows(one));
        self.entries(&line, seen.take(limit as usize).collect()).await
    }

    async fn entries(&self, line: &Line, listed: Vec<Arc<Conversation>>) -> Result<Vec<Entry>, ChatError> {
        let ids = listed.iter().map(|conversation| conversation.visitor).collect();
        let known: HashMap<_, _> =
            self.store.visitors(ids).await?.into_iter().map(|visitor| (visitor.id, visitor)).collect();
        let entry = |conversation: Arc<Conversation>| {
            let visitor = known.get(&conversation.visitor).cloned();
            self.entry(line, visitor.unwrap_or_else(|| Visitor::unknown(conversation.visitor)), conversation)
        };
        Ok(listed.into_iter().map(entry).collect())
    }

    fn entry(&self, line: &Line, visitor: Visitor, conversation: Arc<Conversation>) -> Entry {
        let queues = self.queues();
        let queue = queues.get(conversation.status.wait().and_then(|wait| wait.queue.as_deref()));
        let is_urgent = line.is_urgent(conversation.id);
        Entry {
            position: line.position(conversation.id),
            priority: if is_urgent { Priority::High } else { Priority::Normal },
            due_at: queue::due_at(&conversation, queue, self.rules.times.first_reply),
            warn_at: conversation.warns_at(&self.rules.times.timers),
            is_gone: conversation.status.is_open() && self.is_gone(&conversation),
            visitor,
            conversation,
        }
    }

    async fn last_words(&self, id: ConversationId) -> Result<String, ChatError> {
        let last = self.store.last_visitor_message(id).await?;
        Ok(match last.map(|event| event.kind) {
            Some(EventKind::Message { message }) => message.text.clone(),
            Some(_) | None => String::new(),
        })
    }

    /// Articles that could answer the visitor's last message, agents' own included.
    ///
    /// # Errors
    /// [`ChatError::NotFound`] and when the store cannot be used.
    pub async fn suggest(self: &Arc<Self>, agent: &Agent, id: ConversationId) -> Result<Vec<Suggestion>, ChatError> {
        let conversation = self.load_for(&self.sight(agent), id).await?;
        let text = self.last_words(id).await?;
        let locale = Some(conversation.locale);
        let question = Question { text, locale, audience: Audience::Agents, previous: None };
        let mut found = self.found(question).await;
        found.truncate(SUGGESTIONS);
        Ok(found)
    }

    /// Articles for an agent who looks for one, agents' own included, best first; none when the search fails.
    pub async fn find_articles(self: &Arc<Self>, text: String) -> Vec<Suggestion> {
        self.found(Question { text, locale: None, audience: Audience::Agents, previous: None }).await
    }

    /// Articles that could answer a visitor who is only looking, best first; none when the search fails.
    pub async fn look_up(self: &std::sync::Arc<Self>, text: String, locale: String) -> Vec<Suggestion> {
        let question = Question { text, locale: Some(locale), audience: Audience::Public, previous: None };
        self.found(question).await
    }

    async fn found(self: &Arc<Self>, question: Question) -> Vec<Suggestion> {
        let Ok(found) = self.search(question).await else { return Vec::new() };
        let suggestion =
            |rated: Rated<'_>| Suggestion { article: rated.hit.article.clone(), confidence: rated.confidence };
        answer::confidence::rate(&found.hits, &self.policy()).into_iter().map(suggestion).collect()
    }
}
