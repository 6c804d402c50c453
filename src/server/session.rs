//! The cookie of an agent's session.

use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};

use crate::{
    server::{app::App, connection::Peer, error::Problem},
    store::Agent,
};

pub(crate) const COOKIE: &str = "frontdesk_session";
const TWO_WEEKS: u32 = 14 * 24 * 60 * 60;

/// The secret in the cookie.
pub(crate) fn secret(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = cookies.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find_map(|(name, value)| (name == COOKIE).then_some(value))
}

/// The agent who is signed in.
pub(crate) async fn signed_in(app: &App, headers: &HeaderMap) -> Result<Agent, Problem> {
    let nobody = || Problem::new(StatusCode::UNAUTHORIZED, "signed_out", "please sign in");
    let secret = secret(headers).ok_or_else(nobody)?;
    app.chat.session(secret).await?.ok_or_else(nobody)
}

/// Refuses what other sites' pages send.
pub(crate) fn check_page(app: &App, headers: &HeaderMap) -> Result<(), Problem> {
    if app.origins.is_foreign_page(headers) {
        return Err(Problem::new(StatusCode::FORBIDDEN, "foreign_page", "only the desk's own pages may do this"));
    }
    Ok(())
}

/// A new session replaces the one that the browser had.
pub(crate) async fn end_earlier(app: &App, headers: &HeaderMap) {
    if let Some(earlier) = secret(headers)
        && let Err(error) = app.chat.sign_out(earlier).await
    {
        tracing::warn!(%error, "an earlier session could not be ended: it expires by itself");
    }
}

/// The answer that gives a browser its session.
pub(crate) fn with_session(app: &App, peer: &Peer, headers: &HeaderMap, secret: &str) -> Response {
    with_cookie(app, peer, headers, secret, TWO_WEEKS)
}

/// The answer that takes it back.
pub(crate) fn without_session(app: &App, peer: &Peer, headers: &HeaderMap) -> Response {
    with_cookie(app, peer, headers, "", 0)
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
