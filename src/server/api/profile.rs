//! An agent's own: name, password, preferences, drafts.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::time::Instant;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    chat::{AgentChanges, ChatError},
    server::{
        api::{
            access::Person,
            agents::AgentCard,
            input::{Input, invalid},
            kept,
        },
        app::App,
        connection::Peer,
        error::Problem,
        session::with_session,
    },
    store::{Record, RecordKind},
};

const LARGEST_PREFERENCES: usize = 8 * 1024;
const CONSOLE: &str = "console";

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new()
        .routes(routes!(show, change))
        .routes(routes!(change_password))
        .routes(routes!(preferences, set_preferences))
}

/// What is to be another; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ProfilePatch {
    /// The name that visitors see.
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
}

/// A new password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PasswordChange {
    old: String,
    #[schema(min_length = 10, max_length = 1000)]
    new: String,
}

/// How an agent likes the console: shortcuts, sounds, whatever else it remembers.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(transparent)]
pub(crate) struct Preferences(Map<String, Value>);

/// Show who is signed in
#[utoipa::path(get, path = "/api/v1/profile", tag = "profile", responses((status = OK, body = AgentCard), Problem))]
pub(crate) async fn show(Person(agent): Person, State(app): State<Arc<App>>) -> Json<AgentCard> {
    Json(AgentCard::of(&app, agent))
}

/// Change one's own name
#[utoipa::path(patch, path = "/api/v1/profile", tag = "profile", request_body = ProfilePatch,
    responses((status = OK, body = AgentCard), Problem))]
pub(crate) async fn change(
    Person(agent): Person,
    State(app): State<Arc<App>>,
    Input(ProfilePatch { name }): Input<ProfilePatch>,
) -> Result<Json<AgentCard>, Problem> {
    let changes = AgentChanges { name, ..AgentChanges::default() };
    let after = app.chat.change_agent(&agent.to_actor(), agent.id, changes).await?;
    Ok(Json(AgentCard::of(&app, after)))
}

/// Change one's own password
///
/// Ends every session and begins a new one here.
#[utoipa::path(post, path = "/api/v1/profile/password", tag = "profile", request_body = PasswordChange,
    responses((status = NO_CONTENT, description = "Changed"), Problem))]
pub(crate) async fn change_password(
    Person(agent): Person,
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(PasswordChange { old, new }): Input<PasswordChange>,
) -> Result<Response, Problem> {
    let (address, now) = (app.address(&peer, &headers), Instant::now());
    app.rates.sign_in(&agent.email, address, now).map_err(Problem::too_many)?;
    match app.chat.change_own_password(&agent, &old, &new).await {
        Ok(secret) => Ok(with_session(&app, &peer, &headers, &secret)),
        Err(ChatError::Denied(message)) => {
            app.rates.sign_in_failed(&agent.email, address, now);
            Err(Problem::new(StatusCode::FORBIDDEN, "denied", message))
        }
        Err(error) => Err(error.into()),
    }
}

/// Show one's own preferences
#[utoipa::path(get, path = "/api/v1/profile/preferences", tag = "profile",
    responses((status = OK, body = Preferences), Problem))]
pub(crate) async fn preferences(
    Person(agent): Person,
    State(app): State<Arc<App>>,
) -> Result<Json<Preferences>, Problem> {
    let record = app.chat.store().record_by_id(RecordKind::Preferences, agent.id.0).await?;
    Ok(Json(record.map_or(Ok(Preferences(Map::new())), |record| kept::body(&record))?))
}

/// Replace one's own preferences
///
/// Any JSON object of at most 8 KB: the console understands it, the server only keeps it.
#[utoipa::path(put, path = "/api/v1/profile/preferences", tag = "profile", request_body = Preferences,
    responses((status = OK, body = Preferences), Problem))]
pub(crate) async fn set_preferences(
    Person(agent): Person,
    State(app): State<Arc<App>>,
    Input(preferences): Input<Preferences>,
) -> Result<Json<Preferences>, Problem> {
    let body = serde_json::to_string(&preferences).map_err(|error| invalid(error.to_string()))?;
    if body.len() > LARGEST_PREFERENCES {
        return Err(invalid("preferences: at most 8 KB"));
    }
    let record = Record {
        kind: RecordKind::Preferences,
        id: agent.id.0,
        owner: Some(agent.id),
        name: CONSOLE.to_owned(),
        conversation: None,
        body,
        changed_at: app.clock.now(),
    };
    app.chat.store().save_record(record).await?;
    Ok(Json(preferences))
}
