//! Agents sign in and out: `/api/v1/session`, and `/api/v1/setup` for the first of them.

use std::sync::Arc;

use axum::{Extension, Json, extract::State, http::HeaderMap, response::Response};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    chat::ChatError,
    protocol::agent::AgentView,
    server::{
        agent::agent_view,
        api::{
            access::Person,
            input::{Input, invalid},
        },
        app::App,
        connection::Peer,
        error::Problem,
        session::{check_page, end_earlier, secret, with_session, without_session},
    },
};

/// Longer ones are nobody's password, only work for the hash.
const LONGEST_PASSWORD: usize = 1024;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(show, sign_in, sign_out)).routes(routes!(set_up))
}

/// Who wants to sign in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SignIn {
    email: String,
    password: String,
}

/// Who the first agent is to be.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SetUp {
    /// From the link that the first start prints.
    token: String,
    email: String,
    /// The name that visitors see.
    name: String,
    password: String,
}

/// Who is signed in.
#[derive(Serialize, ToSchema)]
pub(crate) struct SignedIn {
    #[schema(value_type = Object)]
    agent: AgentView,
}

/// Who is signed in
#[utoipa::path(get, path = "/api/v1/session", tag = "session", responses((status = OK, body = SignedIn), Problem))]
pub(crate) async fn show(Person(agent): Person, State(app): State<Arc<App>>) -> Result<Json<SignedIn>, Problem> {
    Ok(Json(SignedIn { agent: agent_view(&app, &agent) }))
}

/// Sign in
///
/// The answer sets the cookie `frontdesk_session`.
#[utoipa::path(
    post, path = "/api/v1/session", tag = "session", security(()), request_body = SignIn,
    responses((status = NO_CONTENT, description = "Signed in"), Problem)
)]
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(SignIn { email, password }): Input<SignIn>,
) -> Result<Response, Problem> {
    let (address, now) = (app.address(&peer, &headers), Instant::now());
    app.rates.sign_in(&email, address, now).map_err(Problem::too_many)?;
    if password.len() > LONGEST_PASSWORD {
        return Err(invalid("this password is too long"));
    }
    match app.chat.sign_in(&email, &password).await {
        Ok(secret) => {
            end_earlier(&app, &headers).await;
            Ok(with_session(&app, &peer, &headers, &secret))
        }
        Err(error) => {
            if matches!(error, ChatError::Denied(_)) {
                app.rates.sign_in_failed(&email, address, now);
            }
            Err(error.into())
        }
    }
}

/// Sign out
#[utoipa::path(
    delete, path = "/api/v1/session", tag = "session", security(()),
    responses((status = NO_CONTENT, description = "Signed out"), Problem)
)]
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    check_page(&app, &headers)?;
    if let Some(secret) = secret(&headers) {
        app.chat.sign_out(secret).await?;
    }
    Ok(without_session(&app, &peer, &headers))
}

/// Make the first agent, an administrator
///
/// Works once, with the link that the first start prints, and signs them in.
#[utoipa::path(
    post, path = "/api/v1/setup", tag = "session", security(()), request_body = SetUp,
    responses((status = NO_CONTENT, description = "Made and signed in"), Problem)
)]
pub(crate) async fn set_up(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    Input(SetUp { token, email, name, password }): Input<SetUp>,
) -> Result<Response, Problem> {
    let (address, now) = (app.address(&peer, &headers), Instant::now());
    app.rates.sign_in(&email, address, now).map_err(Problem::too_many)?;
    match app.chat.setup(&token, &email, &name, &password).await {
        Ok(secret) => Ok(with_session(&app, &peer, &headers, &secret)),
        Err(error) => {
            if matches!(error, ChatError::Denied(_)) {
                app.rates.sign_in_failed(&email, address, now);
            }
            Err(error.into())
        }
    }
}
