//! Articles, found as the bot finds them: for agents who look for one to send.

use std::sync::Arc;

use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    article::links,
    block,
    chat::Suggestion,
    server::{
        api::{
            access::Caller,
            input::{Filter, line},
        },
        app::App,
        error::Problem,
    },
};

const LONGEST: usize = 500;
const MOST: usize = 8;
const SNIPPET: usize = 160;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(find))
}

/// An article that was found.
#[derive(Serialize, ToSchema)]
pub(crate) struct ArticleFound {
    /// Its id.
    article: String,
    title: String,
    /// How likely it answers, 0 to 1.
    confidence: f32,
    /// Its first words.
    snippet: String,
    /// Where a visitor can read it.
    url: String,
}

/// What to look for.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ArticleQuery {
    /// A question or a few words.
    #[param(min_length = 1, max_length = 500)]
    q: String,
}

/// Find articles, agents' own included
#[utoipa::path(get, path = "/api/v1/articles", tag = "articles", params(ArticleQuery),
    responses((status = OK, body = Vec<ArticleFound>), Problem))]
pub(crate) async fn find(
    _: Caller,
    State(app): State<Arc<App>>,
    Filter(query): Filter<ArticleQuery>,
) -> Result<Json<Vec<ArticleFound>>, Problem> {
    let words = line("q", &query.q, LONGEST)?;
    let found = app.chat.find_articles(words).await;
    let public_url = app.chat.knowledge().public_url();
    let view = |Suggestion { article, confidence }: Suggestion| ArticleFound {
        article: article.id.to_string(),
        title: article.title.clone(),
        confidence,
        snippet: block::plain_text(&article.body).chars().take(SNIPPET).collect(),
        url: links::article_url(public_url, &article.id),
    };
    Ok(Json(found.into_iter().take(MOST).map(view).collect()))
}
