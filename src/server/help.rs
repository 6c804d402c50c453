//! The help pages over HTTP: what was asked for, in which language, and whether the browser has it already.

use std::sync::Arc;

use axum::{
    Extension, Form,
    extract::{Path, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

use crate::{
    article::{ArticleId, links},
    help::{self, Found, Site},
    knowledge::Snapshot,
    server::{app::App, connection::Peer, error::Problem, profile, web},
};

const MOST_RESULTS: usize = 20;
const LONGEST_QUERY: usize = 200;
const XML: &str = "application/xml; charset=utf-8";

/// What an address asks for.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    q: String,
    locale: Option<String>,
    thanks: Option<String>,
}

/// What the form below an article says.
#[derive(Debug, Deserialize)]
pub(crate) struct Vote {
    helpful: String,
}

/// `/help`: the first page, or what was found for `?q=`.
pub(crate) async fn index(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let locale = locale(&app, asked.locale.as_deref());
    let snapshot = app.chat.knowledge().snapshot();
    let query = asked.q.trim();
    let html = if query.is_empty() {
        help::home(&site(&app, &snapshot), &locale)
    } else {
        app.rates.look_up(app.address(&peer, &headers), Instant::now()).map_err(Problem::too_many)?;
        let found = find(&app, &snapshot, query, &locale, MOST_RESULTS).await;
        help::results(&site(&app, &snapshot), query, &locale, &found)
    };
    Ok(page(html, StatusCode::OK, &headers))
}

/// `/help/<path>`: an article, or a folder of them.
pub(crate) async fn show(
    State(app): State<Arc<App>>,
    Path(path): Path<String>,
    Query(asked): Query<Asked>,
    headers: HeaderMap,
) -> Response {
    let snapshot = app.chat.knowledge().snapshot();
    let site = site(&app, &snapshot);
    if let Some(html) = help::page(&site, path.trim_end_matches('/'), asked.thanks.is_some()) {
        return page(html, StatusCode::OK, &headers);
    }
    let html = help::not_found(&site, &locale(&app, asked.locale.as_deref()));
    page(html, StatusCode::NOT_FOUND, &headers)
}

/// The form below an article: counted, and thanked for.
pub(crate) async fn vote(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Path(path): Path<String>,
    headers: HeaderMap,
    Form(vote): Form<Vote>,
) -> Result<Response, Problem> {
    app.rates.vote(app.address(&peer, &headers), Instant::now()).map_err(Problem::too_many)?;
    let snapshot = app.chat.knowledge().snapshot();
    let Some(entry) = help::shelf::entry(&snapshot, &path) else {
        return Err(Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such article"));
    };
    app.metrics.count_vote(entry.article().id.as_str(), vote.helpful == "yes");
    let thanks = format!("{}?thanks=1#helped", links::article_url("", &ArticleId(path)));
    Ok(Redirect::to(&thanks).into_response())
}

/// `/sitemap.xml`.
pub(crate) async fn sitemap(State(app): State<Arc<App>>, headers: HeaderMap) -> Response {
    let snapshot = app.chat.knowledge().snapshot();
    with_tag(help::sitemap(&site(&app, &snapshot)), XML, StatusCode::OK, &headers)
}

/// `/robots.txt`: everything but the help pages is for people with a purpose.
pub(crate) async fn robots(State(app): State<Arc<App>>) -> String {
    let url = app.chat.knowledge().public_url();
    format!("User-agent: *\nDisallow: /console\nDisallow: /api/\n\nSitemap: {url}/sitemap.xml\n")
}

/// What visitors may read of a few words, best first.
pub(crate) async fn find(app: &App, snapshot: &Snapshot, query: &str, locale: &str, most: usize) -> Vec<Found> {
    let query: String = query.chars().take(LONGEST_QUERY).collect();
    let ranked = app.chat.look_up(query.clone(), locale.to_owned()).await;
    let ranked: Vec<_> = ranked.into_iter().map(|each| (each.article, each.confidence)).collect();
    let mut found = help::search::find(snapshot, &query, locale, &ranked);
    found.truncate(most);
    found
}

/// The language that was asked for, else the knowledge base's own.
pub(crate) fn locale(app: &App, asked: Option<&str>) -> String {
    asked.and_then(profile::locale).unwrap_or_else(|| app.settings.knowledge.locale.clone())
}

fn site<'a>(app: &'a App, snapshot: &'a Snapshot) -> Site<'a> {
    Site { url: app.chat.knowledge().public_url(), name: &app.settings.widget.site_name, snapshot }
}

fn page(html: String, status: StatusCode, request: &HeaderMap) -> Response {
    let style = STANDARD.encode(Sha256::digest(help::STYLE));
    let policy = format!(
        "default-src 'none'; script-src 'self'; style-src 'sha256-{style}'; connect-src 'self'; \
         img-src 'self' https: http:; frame-ancestors 'none'; base-uri 'none'; form-action 'self'; \
         require-trusted-types-for 'script'; trusted-types 'none'"
    );
    let mut response = with_tag(html, "text/html; charset=utf-8", status, request);
    let headers = response.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        headers.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// The text, or that the browser has it already.
fn with_tag(text: String, kind: &'static str, status: StatusCode, request: &HeaderMap) -> Response {
    let digest = Sha256::digest(&text);
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(digest.get(..12).unwrap_or_default()));
    let is_known = status == StatusCode::OK && web::is_known(request, &tag);
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { (status, text).into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}
