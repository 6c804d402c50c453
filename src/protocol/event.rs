//! The `event` frame: what happened, as visitors and agents see it.

use jiff::Timestamp;
use serde::Serialize;

use crate::{
    block::Block,
    conversation::{
        AgentRef, Author, Choice, ClientId, ConversationId, Decision, EndedBy, Event, EventKind, Message, Reason,
        ReplyOption, Seq, Source,
    },
    protocol::DecisionView,
};

/// One event of a conversation.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct EventFrame {
    /// Whose list it belongs to.
    #[cfg_attr(test, ts(type = "string"))]
    pub conversation: ConversationId,
    /// Its number in that list.
    #[cfg_attr(test, ts(type = "number"))]
    pub seq: Seq,
    /// When it was committed (RFC 3339, UTC).
    #[cfg_attr(test, ts(type = "string"))]
    pub at: Timestamp,
    /// The receipt: the id of the frame that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub client_id: Option<ClientId>,
    /// What happened.
    #[serde(flatten)]
    pub view: EventView,
}

/// What happened, for a screen.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum EventView {
    /// Somebody said something.
    Message {
        /// Who.
        author: AuthorView,
        /// The words.
        text: String,
        /// The words with their formatting.
        blocks: Vec<Block>,
        /// The visitor's message that it answers.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional, type = "number"))]
        reply_to: Option<Seq>,
        /// Where the answer was taken from.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<SourceView>>"))]
        sources: Vec<SourceView>,
        /// What can be chosen next.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<OptionView>>"))]
        options: Vec<OptionView>,
        /// How sure the bot was, 0 to 1.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        confidence: Option<f32>,
        /// Why the bot said it; agents only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        decision: Option<Box<DecisionView>>,
    },
    /// The bot offered a person.
    Offered,
    /// It went to the queue.
    Escalated {
        /// Why.
        reason: Reason,
    },
    /// The visitor no longer waits.
    Withdrawn,
    /// A person took it.
    Claimed {
        /// Who.
        agent: PersonView,
    },
    /// The agent gave it back to the queue.
    Released,
    /// The desk gave it back to the queue.
    Requeued,
    /// It was handed on.
    Transferred {
        /// To whom, if to a person.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        agent: Option<PersonView>,
    },
    /// The agent gave it back to the bot.
    GivenBack,
    /// It sleeps.
    Snoozed {
        /// Until when.
        #[cfg_attr(test, ts(type = "string"))]
        until: Timestamp,
    },
    /// It no longer sleeps.
    Woken,
    /// It is over.
    Resolved {
        /// `visitor`, `agent` or `desk`.
        by: String,
        /// What it was about; agents only.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        topic: Option<String>,
        /// Keywords; agents only.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        #[cfg_attr(test, ts(optional, as = "Option<Vec<String>>"))]
        tags: Vec<String>,
    },
    /// The visitor wrote again.
    Reopened,
    /// The visitor left the queue.
    Abandoned,
    /// An answer was judged.
    AnswerRated {
        /// The answer's number.
        #[cfg_attr(test, ts(type = "number"))]
        answer: Seq,
        /// Whether it helped.
        helpful: bool,
    },
    /// The conversation was judged.
    ConversationRated {
        /// 1 to 5.
        score: u8,
        /// 1 (no effort) to 7.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        effort: Option<u8>,
        /// 0 to 10.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        recommend: Option<u8>,
        /// In the visitor's words.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        comment: Option<String>,
    },
    /// An address was left.
    ContactLeft {
        /// Where to answer.
        email: String,
        /// How to address them.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        name: Option<String>,
        /// What to answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        #[cfg_attr(test, ts(optional))]
        message: Option<String>,
    },
}

/// Who wrote a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct AuthorView {
    /// `visitor`, `bot`, `agent` or `system`.
    #[cfg_attr(test, ts(type = "\"visitor\" | \"bot\" | \"agent\" | \"system\""))]
    pub kind: &'static str,
    /// An agent's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub name: Option<String>,
}

/// An agent as a visitor sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct PersonView {
    /// The name.
    pub name: String,
    /// A picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub avatar: Option<String>,
}

/// Where an answer was taken from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct SourceView {
    /// The article's id.
    pub article: String,
    /// Its title.
    pub title: String,
    /// Where to read it.
    pub url: String,
    /// The part of the page.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub anchor: Option<String>,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct OptionView {
    /// The words on it.
    pub label: String,
    /// The article that it stands for: send it back with `send_message`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional))]
    pub article: Option<String>,
    /// What it does instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "\"request_agent\" | \"rephrase\""))]
    pub action: Option<&'static str>,
}

impl EventFrame {
    /// The event as a visitor may see it.
    pub fn for_visitor(conversation: ConversationId, event: &Event) -> Self {
        Self::of(conversation, event, EventView::for_visitor(&event.kind))
    }

    /// The event as an agent sees it.
    pub fn for_agent(conversation: ConversationId, event: &Event) -> Self {
        Self::of(conversation, event, EventView::for_agent(&event.kind))
    }

    fn of(conversation: ConversationId, event: &Event, view: EventView) -> Self {
        Self { conversation, seq: event.seq, at: event.at, client_id: event.client_id, view }
    }
}

impl EventView {
    /// Without what agents alone see.
    fn for_visitor(kind: &EventKind) -> Self {
        if let EventKind::Message { message } = kind {
            return message_view(message, None);
        }
        let mut view = Self::for_agent(kind);
        if let Self::Resolved { topic, tags, .. } = &mut view {
            (*topic, *tags) = (None, Vec::new());
        }
        view
    }

    fn for_agent(kind: &EventKind) -> Self {
        match kind {
            EventKind::Message { message } => message_view(message, message.decision.as_deref()),
            EventKind::Offered => Self::Offered,
            EventKind::Escalated { reason, .. } => Self::Escalated { reason: *reason },
            EventKind::Withdrawn => Self::Withdrawn,
            EventKind::Claimed { agent } => Self::Claimed { agent: agent.into() },
            EventKind::Released => Self::Released,
            EventKind::Requeued => Self::Requeued,
            EventKind::Transferred { agent, .. } => Self::Transferred { agent: agent.as_ref().map(Into::into) },
            EventKind::GivenBack => Self::GivenBack,
            EventKind::Snoozed { until } => Self::Snoozed { until: *until },
            EventKind::Woken => Self::Woken,
            EventKind::Resolved { by, topic, tags } => {
                Self::Resolved { by: ended_by(by).to_owned(), topic: topic.clone(), tags: tags.clone() }
            }
            EventKind::Reopened => Self::Reopened,
            EventKind::Abandoned => Self::Abandoned,
            EventKind::AnswerRated { answer, helpful } => Self::AnswerRated { answer: *answer, helpful: *helpful },
            EventKind::ConversationRated { score, effort, recommend, comment } => Self::ConversationRated {
                score: *score,
                effort: *effort,
                recommend: *recommend,
                comment: comment.clone(),
            },
            EventKind::ContactLeft { contact, message } => {
                Self::ContactLeft { email: contact.email.clone(), name: contact.name.clone(), message: message.clone() }
            }
        }
    }
}

fn message_view(message: &Message, decision: Option<&Decision>) -> EventView {
    EventView::Message {
        author: AuthorView::from(&message.author),
        text: message.text.clone(),
        blocks: message.blocks.clone(),
        reply_to: message.reply_to,
        sources: message.sources.iter().map(SourceView::from).collect(),
        options: message.options.iter().map(OptionView::from).collect(),
        confidence: message.confidence,
        decision: decision.map(|decision| Box::new(DecisionView::from(decision))),
    }
}

fn ended_by(by: &EndedBy) -> &'static str {
    match by {
        EndedBy::Visitor => "visitor",
        EndedBy::Agent(_) => "agent",
        EndedBy::Upkeep => "desk",
    }
}

impl From<&Author> for AuthorView {
    fn from(author: &Author) -> Self {
        let (kind, name) = match author {
            Author::Visitor => ("visitor", None),
            Author::Bot => ("bot", None),
            Author::Agent(agent) => ("agent", Some(agent.name.clone())),
            Author::System => ("system", None),
        };
        Self { kind, name }
    }
}

impl From<&AgentRef> for PersonView {
    fn from(agent: &AgentRef) -> Self {
        Self { name: agent.name.clone(), avatar: None }
    }
}

impl From<&Source> for SourceView {
    fn from(source: &Source) -> Self {
        let Source { article, title, url, anchor } = source.clone();
        Self { article, title, url, anchor }
    }
}

impl From<&ReplyOption> for OptionView {
    fn from(option: &ReplyOption) -> Self {
        let (article, action) = match &option.choice {
            Choice::Article(id) => (Some(id.clone()), None),
            Choice::RequestAgent => (None, Some("request_agent")),
            Choice::Rephrase => (None, Some("rephrase")),
        };
        Self { label: option.label.clone(), article, action }
    }
}
