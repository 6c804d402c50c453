//! What editors could write next: the questions that no article answered.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    chat::Gap,
    server::{
        api::{
            access::Supervisor,
            input::{Filter, invalid},
        },
        app::App,
        error::Problem,
    },
};

const MOST_DAYS: u32 = 365;
const USUAL_DAYS: u32 = 30;
const MOST_GAPS: usize = 100;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// How far to look back.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct GapQuery {
    /// Of the last so many days; 30 unless said.
    #[param(minimum = 1, maximum = 365)]
    days: Option<u32>,
}

/// Questions about one thing that no article answers.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapView {
    /// How many there were.
    count: usize,
    /// When the last one was asked.
    last_at: Timestamp,
    /// The visitors' language.
    locale: String,
    /// The latest of them.
    questions: Vec<GapQuestion>,
    /// The article that was nearest most often.
    nearest: Option<String>,
    /// The highest confidence that any article had, 0 to 1.
    best: Option<f32>,
    /// After how many of them a person was fetched.
    passed: usize,
}

/// A question without an answer, and where it was asked.
#[derive(Serialize, ToSchema)]
pub(crate) struct GapQuestion {
    text: String,
    at: Timestamp,
    conversation: Uuid,
    /// The number of the visitor's message.
    seq: u64,
}

/// List what no article answers
///
/// Supervisors only. Unanswered questions in groups, the most frequent first, at most 100.
#[utoipa::path(get, path = "/api/v1/gaps", tag = "insights", params(GapQuery),
    responses((status = OK, body = Vec<GapView>), Problem))]
pub(crate) async fn list(
    _: Supervisor,
    State(app): State<Arc<App>>,
    Filter(query): Filter<GapQuery>,
) -> Result<Json<Vec<GapView>>, Problem> {
    let days = query.days.unwrap_or(USUAL_DAYS);
    if !(1..=MOST_DAYS).contains(&days) {
        return Err(invalid(format!("days: 1 to {MOST_DAYS}")));
    }
    let gaps = app.chat.gaps(SignedDuration::from_hours(i64::from(days) * 24)).await?;
    Ok(Json(gaps.into_iter().take(MOST_GAPS).map(GapView::from).collect()))
}

impl From<Gap> for GapView {
    fn from(gap: Gap) -> Self {
        let questions = gap.examples.into_iter().map(|question| GapQuestion {
            text: question.text,
            at: question.at,
            conversation: question.conversation.0,
            seq: question.seq.0,
        });
        Self {
            count: gap.count,
            last_at: gap.last_at,
            locale: gap.locale,
            questions: questions.collect(),
            nearest: gap.nearest,
            best: gap.best,
            passed: gap.passed,
        }
    }
}
