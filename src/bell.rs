//! The bell: says that something has changed. Whoever hears it reads from the store, unless the ring brings along
//! all that is missing: what was committed in this process need not be read again.
//!
//! A lost ring costs nothing: each socket also looks by itself every few seconds.

use std::sync::Arc;

use jiff::Timestamp;
use tokio::sync::broadcast;

use crate::conversation::{AgentRef, Conversation, ConversationId, Grown, Seq, VisitorId};

/// How many rings may be waiting for a slow listener before it is told that it missed some.
const BACKLOG: usize = 4096;

/// What has changed.
#[derive(Debug, Clone, PartialEq)]
pub enum Ring {
    /// A conversation has grown.
    Grown {
        /// Which.
        conversation: ConversationId,
        /// Whose.
        visitor: VisitorId,
        /// By what, when it happened in this process.
        grown: Option<Arc<Grown>>,
    },
    /// A conversation has a new note.
    Noted {
        /// Which.
        conversation: ConversationId,
    },
    /// Who waits, or who has what.
    Queue,
    /// Which agents are there.
    Presence,
    /// Somebody writes or reads; never stored, may be lost.
    Sign(Sign),
    /// Agents are about to be late; may be lost, for lists say when it is due.
    Warned(Warning),
}

/// A conversation for which agents are about to be late.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// Which, as it is now.
    pub conversation: Arc<Conversation>,
    /// What they are about to be late with.
    pub about: WarnedOf,
    /// When it is too late.
    pub due_at: Timestamp,
}

/// What agents are about to be late with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WarnedOf {
    /// The answer that the visitor waits for.
    FirstReply,
    /// A word from the agent who took it: else it goes back to the queue.
    Unanswered,
}

/// A passing sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sign {
    /// In which conversation.
    pub conversation: ConversationId,
    /// Whose conversation it is.
    pub visitor: VisitorId,
    /// Who gives it.
    pub from: SignFrom,
    /// What they do.
    pub what: SignKind,
}

/// Who gives a sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignFrom {
    /// The visitor.
    Visitor,
    /// The bot.
    Bot,
    /// An agent.
    Agent(AgentRef),
}

/// What a sign says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignKind {
    /// Is writing to the other side.
    Typing,
    /// Is writing what only agents can see so far.
    TypingAside,
    /// Has read up to here.
    Seen(Seq),
}

/// Rings within this process. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Bell(broadcast::Sender<Ring>);

impl Default for Bell {
    fn default() -> Self {
        Self(broadcast::channel(BACKLOG).0)
    }
}

impl Bell {
    /// Tells everybody who listens.
    pub fn ring(&self, ring: Ring) {
        // An error only says that nobody listens.
        let _ = self.0.send(ring);
    }

    /// Hears every ring from now on; a listener that is too slow is told that it missed some.
    pub fn listen(&self) -> broadcast::Receiver<Ring> {
        self.0.subscribe()
    }
}
