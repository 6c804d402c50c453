//! Macros: several acts in one. The console does them one after the other, so that each has its own event.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    server::{
        api::{
            access::Caller,
            input::{Id, Input, invalid, line, text},
            kept,
            tags::checked_tags,
        },
        app::App,
        error::Problem,
    },
    store::{Record, RecordKind},
};

const LONGEST_NAME: usize = 100;
const LONGEST_REPLY: usize = 4000;
const LONGEST_SNOOZE: u32 = 366 * 24 * 60 * 60;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(change, remove))
}

/// Several acts in one.
#[derive(Serialize, ToSchema)]
pub(crate) struct MacroView {
    id: Uuid,
    name: String,
    /// Whether it is the caller's own; else the team's.
    personal: bool,
    /// Answers the visitor.
    reply: Option<String>,
    /// Adds tags.
    tags: Vec<String>,
    /// Hands it to an agent,
    assign: Option<Uuid>,
    /// or to a queue.
    queue: Option<String>,
    /// Lets it sleep for so many seconds.
    snooze_s: Option<u32>,
    /// Resolves it.
    resolve: bool,
}

/// What a macro does, in this order; what is absent is not done.
#[derive(Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Steps {
    /// Answers the visitor; may have the place holders of canned responses.
    #[schema(min_length = 1, max_length = 4000)]
    reply: Option<String>,
    /// Adds tags.
    #[serde(default)]
    #[schema(max_items = 20)]
    tags: Vec<String>,
    /// Hands it to an agent,
    assign: Option<Uuid>,
    /// or to a queue.
    #[schema(min_length = 1, max_length = 100)]
    queue: Option<String>,
    /// Lets it sleep for so many seconds.
    #[schema(minimum = 1, maximum = 31_622_400)]
    snooze_s: Option<u32>,
    /// Resolves it.
    #[serde(default)]
    resolve: bool,
}

/// A macro to be made or changed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MacroRequest {
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    /// Whether it is the caller's own; else the team's, which takes a supervisor. Cannot be changed later.
    #[serde(default)]
    personal: bool,
    steps: Steps,
}

/// List macros
#[utoipa::path(get, path = "/api/v1/macros", tag = "macros", responses((status = OK, body = Vec<MacroView>), Problem))]
pub(crate) async fn list(caller: Caller, State(app): State<Arc<App>>) -> Result<Json<Vec<MacroView>>, Problem> {
    let all = kept::all::<Steps>(&app, &caller, RecordKind::Macro).await?;
    Ok(Json(all.into_iter().map(|(record, steps)| view(&record, steps)).collect()))
}

/// Make a macro
#[utoipa::path(post, path = "/api/v1/macros", tag = "macros", request_body = MacroRequest,
    responses((status = CREATED, body = MacroView), Problem))]
pub(crate) async fn create(
    caller: Caller,
    State(app): State<Arc<App>>,
    Input(request): Input<MacroRequest>,
) -> Result<(StatusCode, Json<MacroView>), Problem> {
    let (name, steps) = checked(&request)?;
    let record = kept::make(&app, &caller, RecordKind::Macro, (name, request.personal), &steps).await?;
    Ok((StatusCode::CREATED, Json(view(&record, steps))))
}

/// Change a macro
#[utoipa::path(put, path = "/api/v1/macros/{id}", tag = "macros", params(("id" = Uuid, Path)),
    request_body = MacroRequest, responses((status = OK, body = MacroView), Problem))]
pub(crate) async fn change(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(request): Input<MacroRequest>,
) -> Result<Json<MacroView>, Problem> {
    let record = kept::one(&app, &caller, RecordKind::Macro, id).await?;
    let (name, steps) = checked(&request)?;
    let record = kept::change(&app, &caller, record, name, &steps).await?;
    Ok(Json(view(&record, steps)))
}

/// Remove a macro
#[utoipa::path(delete, path = "/api/v1/macros/{id}", tag = "macros", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Removed"), Problem))]
pub(crate) async fn remove(caller: Caller, State(app): State<Arc<App>>, Id(id): Id) -> Result<StatusCode, Problem> {
    kept::remove(&app, &caller, RecordKind::Macro, id).await
}

fn checked(request: &MacroRequest) -> Result<(String, Steps), Problem> {
    let name = line("name", &request.name, LONGEST_NAME)?;
    let mut steps = request.steps.clone();
    steps.reply = steps.reply.map(|reply| text("reply", &reply, LONGEST_REPLY)).transpose()?;
    steps.queue = steps.queue.map(|queue| line("queue", &queue, LONGEST_NAME)).transpose()?;
    steps.tags = checked_tags(&steps.tags)?;
    if steps.snooze_s.is_some_and(|seconds| !(1..=LONGEST_SNOOZE).contains(&seconds)) {
        return Err(invalid("snooze_s: from a second to a year"));
    }
    if steps.assign.is_some() && steps.queue.is_some() {
        return Err(invalid("assign and queue: a macro hands over to one of the two"));
    }
    Ok((name, steps))
}

fn view(record: &Record, steps: Steps) -> MacroView {
    let Steps { reply, tags, assign, queue, snooze_s, resolve } = steps;
    let (id, name, personal) = (record.id, record.name.clone(), record.owner.is_some());
    MacroView { id, name, personal, reply, tags, assign, queue, snooze_s, resolve }
}
