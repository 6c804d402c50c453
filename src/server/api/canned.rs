//! Canned responses: agents' prepared texts. Those that lie beside the articles are read-only here; the team's and
//! agents' own are kept in the store.

use std::{collections::HashMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    article::canned::Canned,
    server::{
        api::{
            access::Caller,
            input::{Id, Input, invalid, line, text},
            kept,
        },
        app::App,
        error::Problem,
    },
    store::{Record, RecordKind},
};

const LONGEST_SHORTCUT: usize = 60;
const LONGEST_TITLE: usize = 200;
const LONGEST_TEXT: usize = 4000;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, remove)).routes(routes!(used))
}

/// A prepared text.
#[derive(Serialize, ToSchema)]
pub(crate) struct CannedView {
    id: Uuid,
    /// What the agent types to get it.
    shortcut: String,
    /// What it is for.
    title: String,
    /// The text as written, place holders included.
    text: String,
    source: CannedSource,
    /// How often it was used.
    uses: u64,
}

/// Where a canned response comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum CannedSource {
    /// A file beside the articles; change it there.
    File,
    /// Everybody's; supervisors change it.
    Team,
    /// The caller's own.
    Personal,
}

/// A canned response to be made or changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CannedRequest {
    /// Letters, digits, `-` and `_`.
    #[schema(min_length = 1, max_length = 60, pattern = "^[A-Za-z0-9_-]+$")]
    shortcut: String,
    #[schema(min_length = 1, max_length = 200)]
    title: String,
    /// May have the place holders `{{visitor.name}}` and `{{agent.name}}`.
    #[schema(min_length = 1, max_length = 4000)]
    text: String,
    /// Whether it is the caller's own; else the team's, which takes a supervisor. Cannot be changed later.
    #[serde(default)]
    personal: bool,
}

/// What is kept beside the name.
#[derive(Serialize, Deserialize)]
struct Body {
    title: String,
    text: String,
}

/// List canned responses
///
/// Those beside the articles, the team's and the caller's own.
#[utoipa::path(get, path = "/api/v1/canned", tag = "canned responses",
    responses((status = OK, body = Vec<CannedView>), Problem))]
pub(crate) async fn list(caller: Caller, State(app): State<Arc<App>>) -> Result<Json<Vec<CannedView>>, Problem> {
    let uses: HashMap<Uuid, u64> = app.chat.store().uses().await?.into_iter().collect();
    let snapshot = app.chat.knowledge().snapshot();
    let mut views: Vec<_> = snapshot.library().canned.values().map(of_file).collect();
    for (record, body) in kept::all::<Body>(&app, &caller, RecordKind::Canned).await? {
        views.push(view(&record, body));
    }
    for view in &mut views {
        view.uses = uses.get(&view.id).copied().unwrap_or(0);
    }
    views.sort_by(|one, other| one.shortcut.cmp(&other.shortcut));
    Ok(Json(views))
}

/// Make a canned response
#[utoipa::path(post, path = "/api/v1/canned", tag = "canned responses", request_body = CannedRequest,
    responses((status = CREATED, body = CannedView), Problem))]
pub(crate) async fn create(
    caller: Caller,
    State(app): State<Arc<App>>,
    Input(request): Input<CannedRequest>,
) -> Result<(StatusCode, Json<CannedView>), Problem> {
    let is_personal = request.personal;
    let (shortcut, body) = checked(request)?;
    let record = kept::make(&app, &caller, RecordKind::Canned, (shortcut, is_personal), &body).await?;
    Ok((StatusCode::CREATED, Json(view(&record, body))))
}

/// Change a canned response
#[utoipa::path(put, path = "/api/v1/canned/{id}", tag = "canned responses", params(("id" = Uuid, Path)),
    request_body = CannedRequest, responses((status = OK, body = CannedView), Problem))]
pub(crate) async fn change(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(request): Input<CannedRequest>,
) -> Result<Json<CannedView>, Problem> {
    let record = kept::one(&app, &caller, RecordKind::Canned, id).await?;
    let (shortcut, body) = checked(request)?;
    let record = kept::change(&app, &caller, record, shortcut, &body).await?;
    Ok(Json(view(&record, body)))
}

/// Remove a canned response
#[utoipa::path(delete, path = "/api/v1/canned/{id}", tag = "canned responses", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Removed"), Problem))]
pub(crate) async fn remove(caller: Caller, State(app): State<Arc<App>>, Id(id): Id) -> Result<StatusCode, Problem> {
    kept::remove(&app, &caller, RecordKind::Canned, id).await
}

/// Count a use of a canned response
#[utoipa::path(post, path = "/api/v1/canned/{id}/uses", tag = "canned responses", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Counted"), Problem))]
pub(crate) async fn used(caller: Caller, State(app): State<Arc<App>>, Id(id): Id) -> Result<StatusCode, Problem> {
    let is_file = app.chat.knowledge().snapshot().library().canned.values().any(|canned| file_id(canned) == id);
    if !is_file {
        kept::one(&app, &caller, RecordKind::Canned, id).await?;
    }
    app.chat.store().count_use(id).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn checked(request: CannedRequest) -> Result<(String, Body), Problem> {
    let CannedRequest { shortcut, title, text: words, .. } = request;
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    if !(1..=LONGEST_SHORTCUT).contains(&shortcut.len()) || !shortcut.chars().all(fits) {
        return Err(invalid(format!("shortcut: 1 to {LONGEST_SHORTCUT} letters, digits, - and _")));
    }
    let title = line("title", &title, LONGEST_TITLE)?;
    Ok((shortcut, Body { title, text: text("text", &words, LONGEST_TEXT)? }))
}

fn view(record: &Record, body: Body) -> CannedView {
    let source = if record.owner.is_some() { CannedSource::Personal } else { CannedSource::Team };
    let Body { title, text } = body;
    CannedView { id: record.id, shortcut: record.name.clone(), title, text, source, uses: 0 }
}

fn of_file(canned: &Canned) -> CannedView {
    let id = file_id(canned);
    let Canned { shortcut, title, text } = canned.clone();
    CannedView { id, shortcut, title, text, source: CannedSource::File, uses: 0 }
}

/// A file has no id of its own: its shortcut makes one.
fn file_id(canned: &Canned) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("canned:{}", canned.shortcut).as_bytes())
}
