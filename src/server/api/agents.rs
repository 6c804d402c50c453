//! The people who answer.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    chat::AgentChanges,
    conversation::AgentId,
    server::{
        api::{
            access::{Administrator, Caller},
            input::{Id, Input, no_such},
        },
        app::App,
        error::Problem,
    },
    store::{Agent, Role},
};

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list, create)).routes(routes!(show, change)).routes(routes!(roles))
}

/// An agent.
#[derive(Serialize, ToSchema)]
pub(crate) struct AgentCard {
    id: Uuid,
    /// The name that visitors see.
    name: String,
    /// The address to sign in with.
    email: String,
    role: RoleName,
    /// Whether they may no longer sign in.
    disabled: bool,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Role)]
pub(crate) enum RoleName {
    /// Answers visitors; sees their queues, the default queue and their own conversations.
    Agent,
    /// Also sees and takes over others' conversations, and sees the numbers.
    Supervisor,
    /// Also manages agents, queues and keys, and reads the audit log.
    Administrator,
}

/// A role, and what it may do.
#[derive(Serialize, ToSchema)]
pub(crate) struct RoleView {
    role: RoleName,
    /// In words.
    may: &'static str,
}

/// An agent to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewAgent {
    /// The address to sign in with.
    email: String,
    /// The name that visitors see.
    #[schema(min_length = 1, max_length = 100)]
    name: String,
    role: RoleName,
    #[schema(min_length = 10, max_length = 1000)]
    password: String,
}

/// What is to be another; what is absent stays.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AgentPatch {
    email: Option<String>,
    #[schema(min_length = 1, max_length = 100)]
    name: Option<String>,
    role: Option<RoleName>,
    /// Disabled agents are signed out everywhere and cannot sign in.
    disabled: Option<bool>,
    /// A new password; it signs them out everywhere.
    #[schema(min_length = 10, max_length = 1000)]
    password: Option<String>,
}

impl From<RoleName> for Role {
    fn from(name: RoleName) -> Self {
        match name {
            RoleName::Agent => Self::Agent,
            RoleName::Supervisor => Self::Supervisor,
            RoleName::Administrator => Self::Administrator,
        }
    }
}

impl From<Role> for RoleName {
    fn from(role: Role) -> Self {
        match role {
            Role::Agent => Self::Agent,
            Role::Supervisor => Self::Supervisor,
            Role::Administrator => Self::Administrator,
        }
    }
}

impl From<Agent> for AgentCard {
    fn from(agent: Agent) -> Self {
        Self { id: agent.id.0, name: agent.name, email: agent.email, role: agent.role.into(), disabled: agent.disabled }
    }
}

/// List agents
#[utoipa::path(get, path = "/api/v1/agents", tag = "agents", responses((status = OK, body = Vec<AgentCard>), Problem))]
pub(crate) async fn list(_: Caller, State(app): State<Arc<App>>) -> Result<Json<Vec<AgentCard>>, Problem> {
    Ok(Json(app.chat.agents().await?.into_iter().map(AgentCard::from).collect()))
}

/// Make an agent
///
/// Administrators only.
#[utoipa::path(post, path = "/api/v1/agents", tag = "agents", request_body = NewAgent,
    responses((status = CREATED, body = AgentCard), Problem))]
pub(crate) async fn create(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Input(new): Input<NewAgent>,
) -> Result<(StatusCode, Json<AgentCard>), Problem> {
    let NewAgent { email, name, role, password } = new;
    let made = app.chat.add_agent(&caller.actor(), (&email, &name, &password), role.into()).await?;
    Ok((StatusCode::CREATED, Json(made.into())))
}

/// Show an agent
#[utoipa::path(get, path = "/api/v1/agents/{id}", tag = "agents", params(("id" = Uuid, Path)),
    responses((status = OK, body = AgentCard), Problem))]
pub(crate) async fn show(_: Caller, State(app): State<Arc<App>>, Id(id): Id) -> Result<Json<AgentCard>, Problem> {
    let agent = app.chat.store().agent(AgentId(id)).await?.ok_or_else(no_such)?;
    Ok(Json(agent.into()))
}

/// Change an agent
///
/// Administrators only. The last administrator stays one.
#[utoipa::path(patch, path = "/api/v1/agents/{id}", tag = "agents", params(("id" = Uuid, Path)),
    request_body = AgentPatch, responses((status = OK, body = AgentCard), Problem))]
pub(crate) async fn change(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(patch): Input<AgentPatch>,
) -> Result<Json<AgentCard>, Problem> {
    let AgentPatch { email, name, role, disabled, password } = patch;
    let changes = AgentChanges { email, name, role: role.map(Role::from), disabled, password };
    Ok(Json(app.chat.change_agent(&caller.actor(), AgentId(id), changes).await?.into()))
}

/// List roles
#[utoipa::path(get, path = "/api/v1/roles", tag = "agents", responses((status = OK, body = Vec<RoleView>), Problem))]
pub(crate) async fn roles(_: Caller) -> Json<Vec<RoleView>> {
    let view = |role| RoleView { role: RoleName::from(role), may: may(role) };
    Json(Role::ALL.into_iter().map(view).collect())
}

fn may(role: Role) -> &'static str {
    match role {
        Role::Agent => "answers visitors; sees their queues, the default queue and their own conversations",
        Role::Supervisor => "also sees and takes over others' conversations, and sees the numbers",
        Role::Administrator => "also manages agents, queues and keys, and reads the audit log",
    }
}
