//! What is kept of visitors, and forgetting it: by age, and because somebody asks for it.

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{
    bell::Ring,
    chat::{Chat, ChatError, token::TokenKey, visitor::is_email},
    conversation::{Conversation, Event, Seq, VisitorId},
    store::{Forgotten, Keeping, Note, Store, Visitor},
};

/// How many conversations are forgotten in one commit: others need not wait long.
const AT_ONCE: u32 = 200;
const PAGE: u32 = 1_000;

/// For how long conversations are kept, in days; 0 is for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Those that only the bot had.
    pub bot_days: u32,
    /// Those that a person had or was asked for.
    pub escalated_days: u32,
    /// The audit log.
    pub audit_days: u32,
}

/// Everything that is kept of a visitor.
#[derive(Debug, Serialize)]
pub struct VisitorRecord {
    /// What they and their site have said of them.
    pub visitor: Visitor,
    /// Their conversations, oldest first, each with its events and agents' notes.
    pub conversations: Vec<Value>,
}

impl Chat {
    /// Forgets what is older than is to be kept, and gives how much that was.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn forget_old(&self, retention: Retention) -> Result<Forgotten, ChatError> {
        let now = self.clock.now();
        let keeping = Keeping {
            bot_since: since(now, retention.bot_days),
            people_since: since(now, retention.escalated_days),
            audit_since: since(now, retention.audit_days),
            now,
        };
        let mut all = Forgotten::default();
        loop {
            let some = self.store.forget_old(keeping, AT_ONCE).await?;
            all.conversations += some.conversations;
            all.visitors += some.visitors;
            if some.conversations < u64::from(AT_ONCE) {
                return Ok(all);
            }
        }
    }

    /// Everything that is kept of a visitor; `None` when that is nothing.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn visitor_record(&self, visitor: VisitorId) -> Result<Option<VisitorRecord>, ChatError> {
        visitor_record(self.store.as_ref(), visitor).await
    }

    /// Forgets a visitor and all their conversations, for good.
    ///
    /// # Errors
    /// When the store cannot be used.
    pub async fn erase_visitor(&self, visitor: VisitorId) -> Result<Forgotten, ChatError> {
        let forgotten = self.store.erase(visitor, self.clock.now()).await?;
        self.recent.forget(visitor);
        self.bell.ring(Ring::Queue);
        Ok(forgotten)
    }
}

/// Everything older than this is to be forgotten.
fn since(now: Timestamp, days: u32) -> Timestamp {
    if days == 0 {
        return Timestamp::MIN;
    }
    now.saturating_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN)
}

/// The visitors that a token or an e-mail address belongs to.
///
/// # Errors
/// [`ChatError::Invalid`] when it is neither; when the store cannot be used.
pub async fn find_visitors(store: &dyn Store, token_or_email: &str) -> Result<Vec<VisitorId>, ChatError> {
    if is_email(token_or_email) {
        return Ok(store.visitors_with_email(token_or_email).await?);
    }
    let visitor = TokenKey::load(store).await?.read(token_or_email);
    let unknown = ChatError::Invalid("this is neither an e-mail address nor a token that this desk has issued");
    visitor.map(|visitor| vec![visitor]).ok_or(unknown)
}

/// Everything that is kept of a visitor; `None` when that is nothing.
///
/// # Errors
/// When the store cannot be used.
pub async fn visitor_record(store: &dyn Store, visitor: VisitorId) -> Result<Option<VisitorRecord>, ChatError> {
    let known = store.visitor(visitor).await?;
    let mut conversations = Vec::new();
    let mut all = store.conversations_of(visitor, u32::MAX).await?;
    all.sort_by_key(|conversation| conversation.started_at);
    for conversation in all {
        let events = all_events(store, &conversation).await?;
        let notes: Vec<_> = store.notes(conversation.id, 0).await?.iter().map(note).collect();
        conversations.push(json!({ "conversation": conversation, "events": events, "notes": notes }));
    }
    if known.is_none() && conversations.is_empty() {
        return Ok(None);
    }
    let visitor = known.unwrap_or_else(|| Visitor::unknown(visitor));
    Ok(Some(VisitorRecord { visitor, conversations }))
}

async fn all_events(store: &dyn Store, conversation: &Conversation) -> Result<Vec<Event>, ChatError> {
    let mut all: Vec<Event> = Vec::new();
    loop {
        let last = all.last().map_or(Seq(0), |event| event.seq);
        let page = store.events(conversation.id, last, PAGE).await?;
        if page.is_empty() {
            return Ok(all);
        }
        all.extend(page);
    }
}

fn note(note: &Note) -> Value {
    json!({ "number": note.number, "at": note.at, "author": note.author, "text": note.text })
}
