//! The people who answer.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    chat::{AgentChanges, Capacity},
    conversation::AgentId,
    server::{
        api::{
            access::{Administrator, Caller},
            input::{Id, Input, invalid, no_such},
        },
        app::App,
        error::Problem,
    },
    store::{Agent, Role},
};

const LARGEST_CAPACITY: u32 = 100_000;
const MOST_LANGUAGES: usize = 50;
const LONGEST_TAG: usize = 35;

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
    /// The queues that name them; a queue that names nobody is everybody's.
    queues: Vec<String>,
    /// The languages that they write, as BCP 47 tags; none means any.
    languages: Vec<String>,
    /// How many conversations they may have at once; null is as many as the settings say, 0 without limit.
    capacity: Option<u32>,
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
    /// The queues that they answer.
    #[serde(default)]
    #[schema(max_items = 100)]
    queues: Vec<String>,
    /// The languages that they write, as BCP 47 tags; none means any.
    #[serde(default)]
    #[schema(max_items = 50)]
    languages: Vec<String>,
    /// How many conversations they may have at once; null is as many as the settings say, 0 without limit.
    #[schema(maximum = 100_000)]
    capacity: Option<u32>,
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
    /// The queues that they answer, all of them.
    #[schema(max_items = 100)]
    queues: Option<Vec<String>>,
    /// The languages that they write, as BCP 47 tags; none means any.
    #[schema(max_items = 50)]
    languages: Option<Vec<String>>,
    /// How many conversations they may have at once; null is as many as the settings say, 0 without limit.
    #[serde(default, deserialize_with = "present")]
    #[schema(value_type = Option<u32>, maximum = 100_000)]
    capacity: Option<Capacity>,
}

/// Tells a null from nothing.
fn present<'de, D: Deserializer<'de>>(field: D) -> Result<Option<Capacity>, D::Error> {
    Option::deserialize(field).map(|capacity| Some(Capacity(capacity)))
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

impl AgentCard {
    pub(crate) fn of(app: &App, agent: Agent) -> Self {
        let queues = app.chat.queues();
        let own = queues.all().iter().filter(|queue| queue.members.contains(&agent.id));
        Self {
            queues: own.map(|queue| queue.name.clone()).collect(),
            id: agent.id.0,
            name: agent.name,
            email: agent.email,
            role: agent.role.into(),
            disabled: agent.disabled,
            languages: agent.languages,
            capacity: agent.capacity,
        }
    }
}

/// List agents
#[utoipa::path(get, path = "/api/v1/agents", tag = "agents", responses((status = OK, body = Vec<AgentCard>), Problem))]
pub(crate) async fn list(_: Caller, State(app): State<Arc<App>>) -> Result<Json<Vec<AgentCard>>, Problem> {
    Ok(Json(app.chat.agents().await?.into_iter().map(|agent| AgentCard::of(&app, agent)).collect()))
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
    let NewAgent { email, name, role, password, queues, languages, capacity } = new;
    check_queues(&app, &queues)?;
    check_capacity(capacity)?;
    let (actor, languages) = (caller.actor(), checked_languages(languages)?);
    let made = app.chat.add_agent(&actor, (&email, &name, &password), role.into()).await?;
    let changes =
        AgentChanges { languages: Some(languages), capacity: Some(Capacity(capacity)), ..AgentChanges::default() };
    let made = app.chat.change_agent(&actor, made.id, changes).await?;
    app.chat.set_queues(&actor, made.id, &queues).await?;
    Ok((StatusCode::CREATED, Json(AgentCard::of(&app, made))))
}

/// Show an agent
#[utoipa::path(get, path = "/api/v1/agents/{id}", tag = "agents", params(("id" = Uuid, Path)),
    responses((status = OK, body = AgentCard), Problem))]
pub(crate) async fn show(_: Caller, State(app): State<Arc<App>>, Id(id): Id) -> Result<Json<AgentCard>, Problem> {
    let agent = app.chat.store().agent(AgentId(id)).await?.ok_or_else(no_such)?;
    Ok(Json(AgentCard::of(&app, agent)))
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
    let AgentPatch { email, name, role, disabled, password, queues, languages, capacity } = patch;
    let languages = languages.map(checked_languages).transpose()?;
    check_capacity(capacity.and_then(|Capacity(capacity)| capacity))?;
    let changes = AgentChanges { email, name, role: role.map(Role::from), disabled, password, languages, capacity };
    let (actor, id) = (caller.actor(), AgentId(id));
    let after = app.chat.change_agent(&actor, id, changes).await?;
    if let Some(queues) = queues {
        app.chat.set_queues(&actor, id, &queues).await?;
    }
    Ok(Json(AgentCard::of(&app, after)))
}

fn check_capacity(capacity: Option<u32>) -> Result<(), Problem> {
    if capacity.is_some_and(|capacity| capacity > LARGEST_CAPACITY) {
        return Err(invalid(format!("capacity: at most {LARGEST_CAPACITY}")));
    }
    Ok(())
}

fn check_queues(app: &App, names: &[String]) -> Result<(), Problem> {
    let queues = app.chat.queues();
    match names.iter().find(|name| queues.find(name).is_none()) {
        Some(unknown) => Err(invalid(format!("queues: there is no queue {unknown:?}: make it first"))),
        None => Ok(()),
    }
}

/// Languages as people write them, of which there are not too many.
pub(crate) fn checked_languages(languages: Vec<String>) -> Result<Vec<String>, Problem> {
    let is_tag = |tag: &String| {
        (2..=LONGEST_TAG).contains(&tag.len()) && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    if languages.len() <= MOST_LANGUAGES && languages.iter().all(is_tag) {
        return Ok(languages);
    }
    Err(invalid("languages: at most 50 tags such as en or pt-BR"))
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
