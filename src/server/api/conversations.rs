//! Conversations: found by what they are and by what was said in them.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    conversation::{AgentId, ConversationId, Seq},
    protocol::{EventFrame, agent::PacketView},
    server::{
        agent::packet_view,
        api::{
            access::Caller,
            input::{Filter, Id, invalid, no_such, short},
            page::{MOST, Page, Wanted},
        },
        app::App,
        error::Problem,
        filing,
    },
    store::{ConversationFilter, FoundConversation, Note, Place, Slice, Visitor},
};

const LONGEST_SEARCH: usize = 500;
const STATUSES: [&str; 5] = ["with_bot", "waiting", "with_agent", "snoozed", "resolved"];

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(events))
}

/// A conversation.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConversationView {
    id: Uuid,
    /// `with_bot`, `waiting`, `with_agent`, `snoozed` or `resolved`.
    status: &'static str,
    visitor: VisitorBrief,
    /// Who has it, or had it when it was resolved.
    agent: Option<AgentBrief>,
    /// The queue that it waits or waited in; null is the default one.
    queue: Option<String>,
    /// Why a person is needed.
    reason: Option<&'static str>,
    /// Waiting since.
    since: Option<Timestamp>,
    /// The visitor's language.
    locale: String,
    started_at: Timestamp,
    changed_at: Timestamp,
    /// The number of its last event.
    last_seq: u64,
    tags: Vec<String>,
}

/// Whose conversation it is.
#[derive(Serialize, ToSchema)]
pub(crate) struct VisitorBrief {
    id: Uuid,
    name: Option<String>,
    email: Option<String>,
    /// Whether the site vouches for name and address.
    verified: bool,
}

/// An agent, as the conversation remembers them.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgentBrief {
    id: Uuid,
    name: String,
}

/// A conversation with what there is to know of it, and its notes.
#[derive(Serialize, ToSchema)]
pub(crate) struct ConversationDetail {
    #[serde(flatten)]
    conversation: ConversationView,
    /// What agents get with it, as the `packet` frame of their socket.
    packet: PacketView,
    notes: Vec<NoteBrief>,
}

/// Something that only agents see.
#[derive(Serialize, ToSchema)]
pub(crate) struct NoteBrief {
    /// Its number among the conversation's notes, from 1.
    number: u64,
    at: Timestamp,
    /// The event after which it was written.
    after: u64,
    author: String,
    text: String,
}

/// Which conversations.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ConversationQuery {
    /// Words that were said in it, or are in its notes or the visitor's name; of the last one its beginning is enough.
    #[param(max_length = 500)]
    q: Option<String>,
    /// `with_bot`, `waiting`, `with_agent`, `snoozed` or `resolved`.
    status: Option<String>,
    queue: Option<String>,
    /// Who has it.
    agent: Option<Uuid>,
    tag: Option<String>,
    /// Whose it is.
    visitor: Option<Uuid>,
    /// Not changed before.
    from: Option<Timestamp>,
    /// Changed before.
    until: Option<Timestamp>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// Which events.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct EventQuery {
    /// Those after this number.
    #[param(minimum = 0)]
    after: Option<u64>,
}

/// List conversations, the one that changed last first
///
/// Agents see their own, those of their queues, and those of the bot and the default queue that nobody has.
#[utoipa::path(get, path = "/api/v1/conversations", tag = "conversations", params(ConversationQuery),
    responses((status = OK, body = Page<ConversationView>), Problem))]
pub(crate) async fn list(
    caller: Caller,
    State(app): State<Arc<App>>,
    Filter(query): Filter<ConversationQuery>,
) -> Result<Json<Page<ConversationView>>, Problem> {
    let wanted = Wanted::of(query.limit, query.after.as_deref())?;
    let among = match query.q {
        Some(words) => Some(filing::search(&app, &short("q", words, LONGEST_SEARCH)?).await?),
        None => None,
    };
    let filter = ConversationFilter {
        sight: caller.sight(&app),
        status: query.status.as_deref().map(status_named).transpose()?,
        queue: query.queue,
        agent: query.agent.map(AgentId),
        tag: query.tag,
        visitor: query.visitor.map(crate::conversation::VisitorId),
        from: query.from,
        until: query.until,
        among,
    };
    let found = app.chat.store().find_conversations(filter, wanted.slice()).await?;
    let place = |found: &FoundConversation| Place::of(found.conversation.changed_at, found.conversation.id.0);
    Ok(wanted.page(found, place, ConversationView::from))
}

/// Show a conversation
#[utoipa::path(get, path = "/api/v1/conversations/{id}", tag = "conversations", params(("id" = Uuid, Path)),
    responses((status = OK, body = ConversationDetail), Problem))]
pub(crate) async fn show(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<Json<ConversationDetail>, Problem> {
    let found = visible(&app, &caller, id).await?;
    let notes = app.chat.notes(found.conversation.id, 0).await?;
    let notes = notes.into_iter().map(NoteBrief::from).collect();
    let packet = packet_view(app.chat.packet(&caller.sight(&app), found.conversation.id).await?);
    Ok(Json(ConversationDetail { conversation: found.into(), packet, notes }))
}

/// Read what was said and done in a conversation
///
/// Each item is as the `event` frame of the agents' socket.
#[utoipa::path(get, path = "/api/v1/conversations/{id}/events", tag = "conversations",
    params(("id" = Uuid, Path), EventQuery), responses((status = OK, body = Page<serde_json::Value>), Problem))]
pub(crate) async fn events(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Filter(query): Filter<EventQuery>,
) -> Result<Json<Page<serde_json::Value>>, Problem> {
    let found = visible(&app, &caller, id).await?;
    let id = found.conversation.id;
    let events = app.chat.events(id, Seq(query.after.unwrap_or(0))).await?;
    let next = events.last().map(|event| event.seq).filter(|seq| *seq < found.conversation.last_seq);
    let items = events.iter().map(|event| serde_json::to_value(EventFrame::for_agent(id, event)).unwrap_or_default());
    Ok(Json(Page::numbered(items.collect(), next.map(|seq| seq.0))))
}

/// A conversation that the caller may see; what they may not see is not there.
pub(crate) async fn visible(app: &App, caller: &Caller, id: Uuid) -> Result<FoundConversation, Problem> {
    let among = Some(vec![ConversationId(id)]);
    let filter = ConversationFilter { among, ..ConversationFilter::of(caller.sight(app)) };
    let found = app.chat.store().find_conversations(filter, Slice { after: None, limit: 1 }).await?;
    found.into_iter().next().ok_or_else(no_such)
}

/// The newest conversations of a visitor that the caller may see.
pub(crate) async fn of_visitor(app: &App, caller: &Caller, visitor: Uuid) -> Result<Vec<ConversationView>, Problem> {
    let visitor = Some(crate::conversation::VisitorId(visitor));
    let filter = ConversationFilter { visitor, ..ConversationFilter::of(caller.sight(app)) };
    let found = app.chat.store().find_conversations(filter, Slice { after: None, limit: MOST }).await?;
    Ok(found.into_iter().map(ConversationView::from).collect())
}

fn status_named(name: &str) -> Result<&'static str, Problem> {
    let known = STATUSES.into_iter().find(|status| *status == name);
    known.ok_or_else(|| invalid(format!("status: one of {}", STATUSES.join(", "))))
}

impl From<FoundConversation> for ConversationView {
    fn from(found: FoundConversation) -> Self {
        let FoundConversation { conversation, visitor, tags } = found;
        let (agent, waiting) = (conversation.status.last_agent(), conversation.status.wait());
        Self {
            id: conversation.id.0,
            status: conversation.status.as_str(),
            visitor: VisitorBrief::from(visitor),
            agent: agent.map(|agent| AgentBrief { id: agent.id.0, name: agent.name.clone() }),
            queue: waiting.and_then(|waiting| waiting.queue.clone()),
            reason: waiting.map(|waiting| waiting.reason.as_str()),
            since: waiting.map(|waiting| waiting.since),
            locale: conversation.locale,
            started_at: conversation.started_at,
            changed_at: conversation.changed_at,
            last_seq: conversation.last_seq.0,
            tags,
        }
    }
}

impl From<Visitor> for VisitorBrief {
    fn from(visitor: Visitor) -> Self {
        Self { id: visitor.id.0, name: visitor.name, email: visitor.email, verified: visitor.verified }
    }
}

impl From<Note> for NoteBrief {
    fn from(note: Note) -> Self {
        Self { number: note.number, at: note.at, after: note.after.0, author: note.author, text: note.text }
    }
}
