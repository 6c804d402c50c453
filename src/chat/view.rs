//! What screens are made of, read from the store.

use crate::{
    answer::{self, confidence::Rated},
    article::{Article, Audience, hit::Question},
    chat::{Chat, ChatError},
    conversation::{AgentId, Conversation, ConversationId, Event, EventKind, Seq, Status, VisitorId},
    queue,
    store::{Agent, Note, Visitor},
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
    pub conversation: Conversation,
    /// Whose it is.
    pub visitor: Visitor,
    /// Place in the queue, from 1.
    pub position: Option<u32>,
    /// The visitor's last words.
    pub preview: String,
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

/// An article that could answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The article.
    pub article: std::sync::Arc<Article>,
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

    /// A conversation, for an agent.
    ///
    /// # Errors
    /// [`ChatError::NotFound`].
    pub async fn conversation(&self, id: ConversationId) -> Result<Conversation, ChatError> {
        self.load(id).await
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
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn standing(&self, conversation: &Conversation) -> Result<Standing, ChatError> {
        let Status::Waiting(_) = conversation.status else { return Ok(Standing::default()) };
        let line = queue::in_order(self.store.with_people().await?);
        let position = queue::position(&line, conversation);
        Ok(Standing { position, wait_s: None, left: conversation.contact.is_some() })
    }

    /// Every agent, by name.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn agents(&self) -> Result<Vec<Agent>, ChatError> {
        Ok(self.store.agents().await?)
    }

    /// How many conversations each agent has.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn open_by_agent(&self) -> Result<Vec<AgentId>, ChatError> {
        let open = self.store.with_people().await?;
        Ok(open.iter().filter_map(|conversation| conversation.status.agent()).map(|agent| agent.id).collect())
    }

    /// Who waits, and what this agent has; the first `limit` of those that wait.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn queue_for(&self, agent: AgentId, limit: usize) -> Result<QueueView, ChatError> {
        let (mine, waiting): (Vec<_>, Vec<_>) =
            self.store.with_people().await?.into_iter().partition(|open| open.status.agent().is_some());
        let line = queue::in_order(waiting);
        let mut view = QueueView { total: line.len(), ..QueueView::default() };
        for conversation in line.iter().take(limit) {
            let position = queue::position(&line, conversation);
            view.waiting.push(self.entry(conversation.clone(), position).await?);
        }
        for conversation in mine {
            if conversation.status.agent().is_some_and(|owner| owner.id == agent) {
                view.mine.push(self.entry(conversation, None).await?);
            }
        }
        Ok(view)
    }

    async fn entry(&self, conversation: Conversation, position: Option<u32>) -> Result<Entry, ChatError> {
        let visitor = self.store.visitor(conversation.visitor).await?;
        let visitor = visitor.unwrap_or_else(|| Visitor::unknown(conversation.visitor));
        let preview = self.last_words(conversation.id).await?;
        Ok(Entry { conversation, visitor, position, preview })
    }

    async fn last_words(&self, id: ConversationId) -> Result<String, ChatError> {
        let last = self.store.last_visitor_message(id).await?;
        Ok(match last.map(|event| event.kind) {
            Some(EventKind::Message { message }) => message.text,
            Some(_) | None => String::new(),
        })
    }

    /// Articles that could answer the visitor's last message, agents' own included.
    ///
    /// # Errors
    /// [`ChatError::NotFound`] and when the store cannot be used.
    pub async fn suggest(self: &std::sync::Arc<Self>, id: ConversationId) -> Result<Vec<Suggestion>, ChatError> {
        let conversation = self.load(id).await?;
        let text = self.last_words(id).await?;
        let locale = Some(conversation.locale);
        let question = Question { text, locale, audience: Audience::Agents, previous: None };
        let Ok(hits) = self.search(question).await else { return Ok(Vec::new()) };
        let rated = answer::confidence::rate(&hits, self.rules.answers.calibrations.of(hits.level));
        let suggestion =
            |rated: &Rated<'_>| Suggestion { article: rated.hit.article.clone(), confidence: rated.confidence };
        Ok(rated.iter().take(SUGGESTIONS).map(suggestion).collect())
    }
}
