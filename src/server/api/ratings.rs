//! What visitors thought of their conversations.

use std::sync::Arc;

use axum::{Json, extract::State, response::Response};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    server::{
        api::{
            access::{Caller, Supervisor},
            csv,
            input::Filter,
            page::{Page, Wanted},
        },
        app::App,
        error::Problem,
    },
    store::{Act, Place, Rating, Slice},
};

const MOST_ROWS: u32 = 5000;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(table))
}

/// What a visitor thought.
#[derive(Serialize, ToSchema)]
pub(crate) struct RatingView {
    conversation: Uuid,
    at: Timestamp,
    /// 1 (bad) to 5 (great).
    score: u8,
    /// 1 (no effort) to 7.
    effort: Option<u8>,
    /// 0 to 10.
    recommend: Option<u8>,
    /// In their own words.
    comment: Option<String>,
    /// Who had the conversation last.
    agent: Option<Uuid>,
}

/// Which ratings.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct RatingQuery {
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

/// List ratings, newest first
///
/// Agents see those of conversations that they may see.
#[utoipa::path(get, path = "/api/v1/ratings", tag = "ratings", params(RatingQuery),
    responses((status = OK, body = Page<RatingView>), Problem))]
pub(crate) async fn list(
    caller: Caller,
    State(app): State<Arc<App>>,
    Filter(query): Filter<RatingQuery>,
) -> Result<Json<Page<RatingView>>, Problem> {
    let wanted = Wanted::of(query.limit, query.after.as_deref())?;
    let found = app.chat.store().ratings(caller.sight(&app), wanted.slice()).await?;
    let place = |rating: &Rating| Place::of(rating.at, rating.conversation.0);
    Ok(wanted.page(found, place, RatingView::from))
}

/// Get ratings as a table
///
/// Supervisors only. A CSV file of the newest 5,000.
#[utoipa::path(get, path = "/api/v1/ratings.csv", tag = "ratings",
    responses((status = OK, body = String, content_type = "text/csv"), Problem))]
pub(crate) async fn table(Supervisor(caller): Supervisor, State(app): State<Arc<App>>) -> Result<Response, Problem> {
    let slice = Slice { after: None, limit: MOST_ROWS };
    let found = app.chat.store().ratings(caller.sight(&app), slice).await?;
    let number = |number: Option<u8>| number.map(|number| number.to_string()).unwrap_or_default();
    let row = |rating: Rating| {
        vec![
            rating.at.to_string(),
            rating.conversation.to_string(),
            rating.score.to_string(),
            number(rating.effort),
            number(rating.recommend),
            rating.comment.unwrap_or_default(),
        ]
    };
    app.chat.log_act(&caller.actor(), Act::Exported, "ratings", "").await?;
    let names = ["at", "conversation", "score", "effort", "recommend", "comment"];
    Ok(csv::file("ratings.csv", csv::table(&names, found.into_iter().map(row))))
}

impl From<Rating> for RatingView {
    fn from(rating: Rating) -> Self {
        let Rating { conversation, at, score, effort, recommend, comment, agent } = rating;
        let agent = agent.map(|agent| agent.0);
        Self { conversation: conversation.0, at, score, effort, recommend, comment, agent }
    }
}
