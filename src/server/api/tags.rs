//! Tags: words that conversations carry.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    clock::new_id,
    conversation::ConversationId,
    server::{
        api::{
            access::{Caller, Supervisor},
            conversations::visible,
            input::{Id, Input, invalid, line, no_such, taken},
        },
        app::App,
        error::Problem,
    },
    store::{Record, RecordKind, StoreError},
};

const LONGEST: usize = 50;
const MOST: usize = 20;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(remove)).routes(routes!(set))
}

/// A word that conversations can carry.
#[derive(Serialize, ToSchema)]
pub(crate) struct TagView {
    /// Of a tag that is proposed to agents; null for one that only conversations have.
    id: Option<Uuid>,
    name: String,
    /// How many conversations have it.
    conversations: u64,
}

/// A tag to be proposed to agents.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagRequest {
    #[schema(min_length = 1, max_length = 50)]
    name: String,
}

/// All tags of a conversation.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TagList {
    #[schema(max_items = 20)]
    tags: Vec<String>,
}

/// List tags
///
/// Those that are proposed to agents, and those that conversations have.
#[utoipa::path(get, path = "/api/v1/tags", tag = "tags", responses((status = OK, body = Vec<TagView>), Problem))]
pub(crate) async fn list(_: Caller, State(app): State<Arc<App>>) -> Result<Json<Vec<TagView>>, Problem> {
    let in_use = app.chat.store().tags_in_use().await?.into_iter();
    let view = |(name, conversations)| (String::clone(&name), TagView { id: None, name, conversations });
    let mut tags: BTreeMap<String, TagView> = in_use.map(view).collect();
    for record in app.chat.store().records(RecordKind::Tag, None).await? {
        let Record { id, name, .. } = record;
        tags.entry(name.clone()).or_insert(TagView { id: None, name, conversations: 0 }).id = Some(id);
    }
    Ok(Json(tags.into_values().collect()))
}

/// Propose a tag to agents
///
/// Supervisors only; on a conversation agents may use other words too.
#[utoipa::path(post, path = "/api/v1/tags", tag = "tags", request_body = TagRequest,
    responses((status = CREATED, body = TagView), Problem))]
pub(crate) async fn create(
    _: Supervisor,
    State(app): State<Arc<App>>,
    Input(request): Input<TagRequest>,
) -> Result<(StatusCode, Json<TagView>), Problem> {
    let (id, name) = (new_id(), line("name", &request.name, LONGEST)?);
    let record = Record {
        kind: RecordKind::Tag,
        id,
        owner: None,
        name: name.clone(),
        conversation: None,
        body: "{}".to_owned(),
        changed_at: app.clock.now(),
    };
    match app.chat.store().save_record(record).await {
        Ok(()) => Ok((StatusCode::CREATED, Json(TagView { id: Some(id), name, conversations: 0 }))),
        Err(StoreError::Conflict) => Err(taken("there is a tag of this name already")),
        Err(error) => Err(error.into()),
    }
}

/// Propose a tag no longer
///
/// Supervisors only. Conversations that have it keep it.
#[utoipa::path(delete, path = "/api/v1/tags/{id}", tag = "tags", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Removed"), Problem))]
pub(crate) async fn remove(_: Supervisor, State(app): State<Arc<App>>, Id(id): Id) -> Result<StatusCode, Problem> {
    if app.chat.store().remove_record(RecordKind::Tag, id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(no_such()) }
}

/// Replace a conversation's tags
#[utoipa::path(put, path = "/api/v1/conversations/{id}/tags", tag = "conversations", params(("id" = Uuid, Path)),
    request_body = TagList, responses((status = OK, body = TagList), Problem))]
pub(crate) async fn set(
    caller: Caller,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(list): Input<TagList>,
) -> Result<Json<TagList>, Problem> {
    let tags = checked_tags(&list.tags)?;
    visible(&app, &caller, id).await?;
    app.chat.store().set_tags(ConversationId(id), tags.clone()).await?;
    Ok(Json(TagList { tags }))
}

/// Tags without repetition, in order.
pub(crate) fn checked_tags(tags: &[String]) -> Result<Vec<String>, Problem> {
    if tags.len() > MOST {
        return Err(invalid(format!("tags: at most {MOST}")));
    }
    let mut tags = tags.iter().map(|tag| line("tags", tag, LONGEST)).collect::<Result<Vec<_>, _>>()?;
    tags.sort();
    tags.dedup();
    Ok(tags)
}
