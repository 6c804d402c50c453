//! What agents say of the bot's answers: which article would have been right, or that none is. Editors see where
//! articles are missing, and `calibrate --labels` learns from it.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    conversation::{Author, EventKind, Seq},
    server::{
        api::{
            access::{Caller, Supervisor},
            conversations::visible,
            input::{Id, Input, invalid, line},
            kept,
        },
        app::App,
        error::Problem,
    },
    store::{Record, RecordKind},
};

const LONGEST_ID: usize = 500;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(add)).routes(routes!(list))
}

/// What an agent says of a question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LabelRequest {
    /// The visitor's message, by its number.
    #[schema(minimum = 1)]
    seq: u64,
    /// The article that would have been right; null says that none answers it.
    #[schema(min_length = 1, max_length = 500)]
    article: Option<String>,
}

/// A labelled question, as `calibrate --labels` reads it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
pub(crate) struct LabelView {
    /// The question, in the visitor's words.
    text: String,
    /// The right article; none where there is no such article.
    gold: Vec<String>,
    locale: String,
    conversation: Uuid,
    seq: u64,
    /// Which agent said so.
    by: String,
    at: Timestamp,
}

/// Say which article would have been right for a question
///
/// A later word on the same question replaces an earlier one.
#[utoipa::path(post, path = "/api/v1/conversations/{id}/labels", tag = "conversations", params(("id" = Uuid, Path)),
    request_body = LabelRequest, responses((status = CREATED, body = LabelView), Problem))]
pub(crate) async fn add(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(request): Input<LabelRequest>,
) -> Result<(StatusCode, Json<LabelView>), Problem> {
    let conversation = visible(&app, &caller, id).await?.conversation;
    let article = request.article.map(|article| line("article", &article, LONGEST_ID)).transpose()?;
    if article.as_ref().is_some_and(|article| app.chat.knowledge().snapshot().article(article).is_none()) {
        return Err(invalid("article: there is no such article"));
    }
    let event = app.chat.store().event(conversation.id, Seq(request.seq)).await?;
    let text = match event.map(|event| event.kind) {
        Some(EventKind::Message { message }) if message.author == Author::Visitor => message.text.clone(),
        Some(_) | None => return Err(invalid("seq: this is no message of the visitor")),
    };
    let label = LabelView {
        text,
        gold: article.into_iter().collect(),
        locale: conversation.locale.clone(),
        conversation: id,
        seq: request.seq,
        by: caller.actor().name,
        at: app.clock.now(),
    };
    let name = format!("{id}/{}", request.seq);
    let record = Record {
        kind: RecordKind::Label,
        id: Uuid::new_v5(&id, name.as_bytes()),
        owner: None,
        name,
        conversation: Some(conversation.id),
        body: serde_json::to_string(&label).map_err(|error| invalid(error.to_string()))?,
        changed_at: label.at,
    };
    app.chat.store().save_record(record).await?;
    Ok((StatusCode::CREATED, Json(label)))
}

/// List what agents said of questions
///
/// Supervisors only.
#[utoipa::path(get, path = "/api/v1/labels", tag = "insights", responses((status = OK, body = Vec<LabelView>), Problem))]
pub(crate) async fn list(_: Supervisor, State(app): State<Arc<App>>) -> Result<Json<Vec<LabelView>>, Problem> {
    let records = app.chat.store().records(RecordKind::Label, None).await?;
    records.iter().map(kept::body).collect::<Result<_, _>>().map(Json)
}
