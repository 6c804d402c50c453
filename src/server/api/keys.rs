//! Programs' keys.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    chat::NewKey,
    server::{
        api::{
            access::Administrator,
            agents::RoleName,
            input::{Id, Input, invalid, line},
        },
        app::App,
        error::Problem,
    },
    store::ApiKey,
};

const MOST_QUEUES: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(revoke))
}

/// A program's key, without its secret.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeyView {
    id: Uuid,
    name: String,
    role: RoleName,
    scope: Scope,
    /// The queues that it sees, for the role agent.
    queues: Vec<String>,
    made_by: String,
    made_at: Timestamp,
    /// When it was last used, to the minute.
    used_at: Option<Timestamp>,
    revoked_at: Option<Timestamp>,
}

/// A new key with its secret, which is shown this once.
#[derive(Serialize, ToSchema)]
pub(crate) struct MadeKey {
    #[serde(flatten)]
    key: KeyView,
    /// Send it as `Authorization: Bearer …`.
    secret: String,
}

/// What a key may be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scope {
    /// Looking only.
    Read,
    /// Everything that its role may do.
    #[default]
    Write,
}

/// A key to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeyRequest {
    /// What it is for.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    role: RoleName,
    #[serde(default)]
    scope: Scope,
    /// The queues that it sees, for the role agent.
    #[serde(default)]
    #[schema(max_items = 100)]
    queues: Vec<String>,
}

impl From<ApiKey> for KeyView {
    fn from(key: ApiKey) -> Self {
        Self {
            id: key.id,
            name: key.name,
            role: key.role.into(),
            scope: if key.read_only { Scope::Read } else { Scope::Write },
            queues: key.queues,
            made_by: key.made_by,
            made_at: key.made_at,
            used_at: key.used_at,
            revoked_at: key.revoked_at,
        }
    }
}

/// List keys
///
/// Administrators only.
#[utoipa::path(get, path = "/api/v1/keys", tag = "keys", responses((status = OK, body = Vec<KeyView>), Problem))]
pub(crate) async fn list(_: Administrator, State(app): State<Arc<App>>) -> Result<Json<Vec<KeyView>>, Problem> {
    Ok(Json(app.chat.store().api_keys().await?.into_iter().map(KeyView::from).collect()))
}

/// Make a key
///
/// Administrators only. The answer holds the secret; nobody can see it again.
#[utoipa::path(post, path = "/api/v1/keys", tag = "keys", request_body = KeyRequest,
    responses((status = CREATED, body = MadeKey), Problem))]
pub(crate) async fn create(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Input(request): Input<KeyRequest>,
) -> Result<(StatusCode, Json<MadeKey>), Problem> {
    if request.queues.len() > MOST_QUEUES {
        return Err(invalid(format!("queues: at most {MOST_QUEUES}")));
    }
    let queues = request.queues.iter().map(|queue| line("queues", queue, 100)).collect::<Result<_, _>>()?;
    let read_only = request.scope == Scope::Read;
    let new = NewKey { name: request.name, role: request.role.into(), read_only, queues };
    let (key, secret) = app.chat.make_key(&caller.actor(), new).await?;
    Ok((StatusCode::CREATED, Json(MadeKey { key: key.into(), secret })))
}

/// Revoke a key
///
/// Administrators only. It stays in the list and never works again.
#[utoipa::path(delete, path = "/api/v1/keys/{id}", tag = "keys", params(("id" = Uuid, Path)),
    responses((status = NO_CONTENT, description = "Revoked"), Problem))]
pub(crate) async fn revoke(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Id(id): Id,
) -> Result<StatusCode, Problem> {
    app.chat.revoke_key(&caller.actor(), id).await?;
    Ok(StatusCode::NO_CONTENT)
}
