//! Contacts: the visitors who have written, and what agents say of them.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    clock::new_id,
    conversation::VisitorId,
    protocol::agent::ConsentView,
    server::{
        agent::consent_view,
        api::{
            access::Caller,
            conversations::{ConversationView, of_visitor},
            input::{Filter, Id, Input, no_such, short, text},
            page::{Page, Wanted},
        },
        app::App,
        error::Problem,
    },
    store::{ContactNote, FoundContact, Place},
};

const LONGEST_SEARCH: usize = 200;
const LONGEST_NOTE: usize = 4000;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show)).routes(routes!(add_note))
}

/// A visitor who has written.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactView {
    id: Uuid,
    name: Option<String>,
    email: Option<String>,
    /// The site's own id.
    external_id: Option<String>,
    /// Whether the site vouches for name, address and id.
    verified: bool,
    /// The site's own words about them.
    attributes: BTreeMap<String, String>,
    /// When a conversation of theirs last changed.
    last_at: Timestamp,
    /// How many conversations the caller may see.
    conversations: u64,
}

/// A contact with what is known and said of them.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactDetail {
    #[serde(flatten)]
    contact: ContactView,
    page_url: Option<String>,
    page_title: Option<String>,
    referrer: Option<String>,
    /// What they agreed to before anything was sent, where the site asks.
    consent: Option<ConsentView>,
    /// The newest first.
    history: Vec<ConversationView>,
    /// The oldest first.
    notes: Vec<ContactNoteView>,
}

/// A word of an agent about a contact.
#[derive(Serialize, ToSchema)]
pub(crate) struct ContactNoteView {
    id: Uuid,
    at: Timestamp,
    author: String,
    text: String,
}

/// A word to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactNoteRequest {
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
}

/// Which contacts.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ContactQuery {
    /// What is in the name or the address.
    #[param(max_length = 200)]
    q: Option<String>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// List contacts, whoever wrote last first
///
/// Agents see those of whom they may see a conversation.
#[utoipa::path(get, path = "/api/v1/contacts", tag = "contacts", params(ContactQuery),
    responses((status = OK, body = Page<ContactView>), Problem))]
pub(crate) async fn list(
    caller: Caller,
    State(app): State<Arc<App>>,
    Filter(query): Filter<ContactQuery>,
) -> Result<Json<Page<ContactView>>, Problem> {
    let wanted = Wanted::of(query.limit, query.after.as_deref())?;
    let words = query.q.map(|words| short("q", words, LONGEST_SEARCH)).transpose()?;
    let found = app.chat.store().find_contacts(caller.sight(&app), words, wanted.slice()).await?;
    let place = |found: &FoundContact| Place::of(found.last_at, found.visitor.id.0);
    Ok(wanted.page(found, place, ContactView::from))
}

/// Show a contact, with their conversations and notes
#[utoipa::path(get, path = "/api/v1/contacts/{id}", tag = "contacts", params(("id" = Uuid, Path)),
    responses((status = OK, body = ContactDetail), Problem))]
pub(crate) async fn show(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<Json<ContactDetail>, Problem> {
    let found = visible(&app, &caller, id).await?;
    let notes = app.chat.store().contact_notes(found.visitor.id).await?;
    Ok(Json(ContactDetail {
        page_url: found.visitor.page_url.clone(),
        page_title: found.visitor.page_title.clone(),
        referrer: found.visitor.referrer.clone(),
        consent: found.visitor.trail.consent.clone().map(consent_view),
        history: of_visitor(&app, &caller, id).await?,
        notes: notes.into_iter().map(ContactNoteView::from).collect(),
        contact: found.into(),
    }))
}

/// Add a note about a contact
#[utoipa::path(post, path = "/api/v1/contacts/{id}/notes", tag = "contacts", params(("id" = Uuid, Path)),
    request_body = ContactNoteRequest, responses((status = CREATED, body = ContactNoteView), Problem))]
pub(crate) async fn add_note(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(request): Input<ContactNoteRequest>,
) -> Result<(StatusCode, Json<ContactNoteView>), Problem> {
    let text = text("text", &request.text, LONGEST_NOTE)?;
    let visitor = visible(&app, &caller, id).await?.visitor.id;
    let author = caller.actor();
    let agent = caller.agent().map(|agent| agent.id);
    let note = ContactNote { id: new_id(), visitor, at: app.clock.now(), agent, author: author.name, text };
    app.chat.store().add_contact_note(note.clone()).await?;
    Ok((StatusCode::CREATED, Json(note.into())))
}

async fn visible(app: &App, caller: &Caller, id: Uuid) -> Result<FoundContact, Problem> {
    app.chat.store().find_contact(caller.sight(app), VisitorId(id)).await?.ok_or_else(no_such)
}

impl From<FoundContact> for ContactView {
    fn from(found: FoundContact) -> Self {
        let FoundContact { visitor, last_at, conversations } = found;
        Self {
            id: visitor.id.0,
            name: visitor.name,
            email: visitor.email,
            external_id: visitor.external_id,
            verified: visitor.verified,
            attributes: visitor.attributes,
            last_at,
            conversations,
        }
    }
}

impl From<ContactNote> for ContactNoteView {
    fn from(note: ContactNote) -> Self {
        Self { id: note.id, at: note.at, author: note.author, text: note.text }
    }
}
