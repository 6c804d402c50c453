//! The articles for the widget: found while a visitor types, and read inside the panel.

use std::sync::Arc;

use axum::{
    Extension, Json,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use tokio::time::Instant;

use crate::{
    article::{Article, links},
    block::{Block, Span},
    help::shelf::{self, Entry},
    knowledge::Snapshot,
    server::{app::App, connection::Peer, error::Problem, help},
};

const MOST_FOUND: usize = 5;
/// Articles change; a visitor who goes back and forth need not notice at once.
const CACHE: &str = "private, max-age=60";

/// A few words, maybe not yet complete.
#[derive(Debug, Deserialize)]
pub(crate) struct Wanted {
    #[serde(default)]
    q: String,
    locale: Option<String>,
}

/// Which article.
#[derive(Debug, Deserialize)]
pub(crate) struct Named {
    id: String,
}

#[derive(Debug, Serialize)]
struct FoundArticles {
    articles: Vec<Title>,
}

#[derive(Debug, Serialize)]
struct Title {
    article: String,
    title: String,
}

/// An article as the panel shows it.
#[derive(Debug, Serialize)]
struct Reading {
    article: String,
    title: String,
    url: String,
    category: String,
    updated: Option<String>,
    blocks: Vec<Block>,
    related: Vec<Title>,
}

/// `/widget/articles?q=&locale=`.
pub(crate) async fn find(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Query(wanted): Query<Wanted>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    admit(&app, &peer, &headers)?;
    let locale = help::locale(&app, wanted.locale.as_deref());
    let snapshot = app.chat.knowledge().snapshot();
    let query = wanted.q.trim();
    let found =
        if query.is_empty() { Vec::new() } else { help::find(&app, &snapshot, query, &locale, MOST_FOUND).await };
    let articles = found.iter().map(|found| title(&found.article)).collect();
    Ok(for_page(Json(FoundArticles { articles }).into_response(), &headers))
}

/// `/widget/article?id=`.
pub(crate) async fn read(
    State(app): State<Arc<App>>,
    Extension(peer): Extension<Peer>,
    Query(named): Query<Named>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    admit(&app, &peer, &headers)?;
    let snapshot = app.chat.knowledge().snapshot();
    let reading = reading(&snapshot, &named.id, app.chat.knowledge().public_url());
    let missing = || Problem::new(StatusCode::NOT_FOUND, "not_found", "there is no such article");
    Ok(for_page(Json(reading.ok_or_else(missing)?).into_response(), &headers))
}

/// Only pages that may open a visitor's socket, and not too often.
fn admit(app: &App, peer: &Peer, headers: &HeaderMap) -> Result<(), Problem> {
    if !app.origins.may_visit(headers) {
        let message = "this site is not one of server.allowed_origins";
        return Err(Problem::new(StatusCode::FORBIDDEN, "wrong_origin", message));
    }
    app.rates.look_up(app.address(peer, headers), Instant::now()).map_err(Problem::too_many)
}

/// Lets the page that asked read the answer, and no other.
fn for_page(mut response: Response, request: &HeaderMap) -> Response {
    let headers = response.headers_mut();
    if let Some(origin) = request.get(header::ORIGIN) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
    }
    headers.insert(header::VARY, HeaderValue::from_static("origin"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE));
    headers.insert("cross-origin-resource-policy", HeaderValue::from_static("cross-origin"));
    response
}

fn reading(snapshot: &Snapshot, id: &str, public_url: &str) -> Option<Reading> {
    let file = id.split('#').next().unwrap_or(id);
    let entry = shelf::entry(snapshot, file)?;
    let article =
        if file == id { entry.article() } else { entry.questions().find(|question| question.id.as_str() == id)? };
    let related = entry.article().related.iter().filter_map(|id| shelf::entry(snapshot, id.file()));
    Some(Reading {
        article: article.id.to_string(),
        title: article.title.clone(),
        url: links::article_url(public_url, &article.id),
        category: if entry.folder().is_empty() { String::new() } else { entry.category("") },
        updated: entry.updated(),
        blocks: blocks(entry, article, public_url),
        related: related.map(|entry| title(entry.article())).collect(),
    })
}

/// What the article says; of a page of questions, all of them.
fn blocks(entry: Entry<'_>, article: &Article, public_url: &str) -> Vec<Block> {
    let mut blocks = links::absolute(&article.body, &article.id, public_url);
    for question in entry.questions().filter(|_| article.id == entry.article().id) {
        blocks.push(Block::Heading { level: 2, spans: vec![Span::plain(&question.title)] });
        blocks.extend(links::absolute(&question.body, &question.id, public_url));
    }
    blocks
}

fn title(article: &Article) -> Title {
    Title { article: article.id.to_string(), title: article.title.clone() }
}
