//! Agents sign in and out: `/api/v1/session`, `/api/v1/setup`, and what only they may read.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{State, rejection::JsonRejection},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::{
    article::canned::Canned,
    chat::ChatError,
    protocol::agent::AgentView,
    server::{agent::agent_view, app::App, connection::Peer, error::Problem},
    store::Agent,
};

const COOKIE: &str = "frontdesk_session";
const TWO_WEEKS: u32 = 14 * 24 * 60 * 60;
/// Longer ones are nobody's password, only work for the hash.
const LONGEST_PASSWORD: usize = 1024;

/// Who wants to sign in.
#[derive(Deserialize)]
pub(crate) struct SignIn {
    email: String,
    password: String,
}

/// Who the first agent is to be.
#[derive(Deserialize)]
pub(crate) struct SetUp {
    token: String,
    email: String,
    name: String,
    password: String,
}

/// Who is signed in.
#[derive(Serialize)]
pub(crate) struct SignedIn {
    agent: AgentView,
}

/// The secret in the cookie.
pub(crate) fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// The agent who is signed in, and their session's secret.
pub(crate) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<(Agent, String), Problem> {
    let nobody = || Problem::new(StatusCode::UNAUTHORIZED, "signed_out", "please sign in");
    let secret = secret(headers).ok_or_else(nobody)?;
    let agent = app.chat.session(secret).await?.ok_or_else(nobody)?;
    Ok((agent, secret.to_owned()))
}

/// `POST /api/v1/session`.
pub(crate) async fn sign_in(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Json<SignIn>, JsonRejection>,
) -> Result<Response, Problem> {
    let SignIn { email, password } = own_page_json(&app, &headers, body)?;
    let (address, now) = (app.address(&peer, &headers), Instant::now());
    app.rates.sign_in(&email, address, now).map_err(Problem::too_many)?;
    if password.len() > LONGEST_PASSWORD {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "invalid", "this password is too long"));
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

/// `GET /api/v1/session`.
pub(crate) async fn show(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<SignedIn>, Problem> {
    let (agent, _) = signed_in(&app, &headers).await?;
    Ok(Json(SignedIn { agent: agent_view(&app, &agent) }))
}

/// `DELETE /api/v1/session`.
pub(crate) async fn sign_out(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    check_page(&app, &headers)?;
    if let Some(secret) = secret(&headers) {
        app.chat.sign_out(secret).await?;
    }
    Ok(with_cookie(&app, &peer, &headers, "", 0))
}

/// `POST /api/v1/setup`: the link of the first start makes the first agent.
pub(crate) async fn set_up(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    headers: HeaderMap,
    body: Result<Json<SetUp>, JsonRejection>,
) -> Result<Response, Problem> {
    let SetUp { token, email, name, password } = own_page_json(&app, &headers, body)?;
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

/// `GET /api/v1/canned`.
pub(crate) async fn canned(State(app): State<Arc<App>>, headers: HeaderMap) -> Result<Json<Vec<Canned>>, Problem> {
    signed_in(&app, &headers).await?;
    Ok(Json(app.chat.knowledge().snapshot().library().canned.values().cloned().collect()))
}

/// What the server's own pages send as JSON. Other sites' forms cannot send that type, and say where they come from.
fn own_page_json<T>(app: &App, headers: &HeaderMap, body: Result<Json<T>, JsonRejection>) -> Result<T, Problem> {
    check_page(app, headers)?;
    match body {
        Ok(Json(body)) => Ok(body),
        Err(rejection) => Err(Problem::new(rejection.status(), "invalid", in_words(&rejection))),
    }
}

fn in_words(rejection: &JsonRejection) -> &'static str {
    match rejection {
        JsonRejection::MissingJsonContentType(_) => "send JSON, with content-type: application/json",
        JsonRejection::JsonDataError(_) => "a field is missing or wrong",
        JsonRejection::JsonSyntaxError(_) => "this is not JSON",
        JsonRejection::BytesRejection(_) | _ => "this request cannot be read",
    }
}

fn check_page(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    if app.origins.is_foreign_page(headers) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign_page", "only the desk's own pages may do this"));
    }
    Ok(())
}

/// A new session replaces the one that the browser had.
async fn end_earlier(app: &App, headers: &HeaderMap) {
    if let Some(earlier) = secret(headers)
        && let Err(error) = app.chat.sign_out(earlier).await
    {
        tracing::warn!(%error, "an earlier session could not be ended: it expires by itself");
    }
}

fn with_session(app: &App, peer: &Peer, headers: &HeaderMap, secret: &str) -> Response {
    with_cookie(app, peer, headers, secret, TWO_WEEKS)
}

fn with_cookie(app: &App, peer: &Peer, headers: &HeaderMap, value: &str, max_age: u32) -> Response {
    let secure = if app.is_https(peer, headers) { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Strict; Max-Age={max_age}{secure}");
    let mut response = StatusCode::NO_CONTENT.into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        assert_eq!(secret(&headers), None);
        headers.append(header::COOKIE, "a=b; xfrontdesk_session=no".parse().unwrap());
        headers.append(header::COOKIE, "theme=dark; frontdesk_session=s3cret; c=d".parse().unwrap());
        assert_eq!(secret(&headers), Some("s3cret"));
    }
}
