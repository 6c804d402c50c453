//! The desk's numbers: what the bot solved, what people did, and what nobody could answer.

mod numbers;

use std::sync::Arc;

use axum::{Json, extract::State, response::Response};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};

use crate::{
    server::{
        api::{
            access::Supervisor,
            csv,
            input::{Filter, invalid},
        },
        app::App,
        error::Problem,
    },
    store::{Act, Course, Period},
};

const USUAL: SignedDuration = SignedDuration::from_hours(24 * 28);
const LONGEST: SignedDuration = SignedDuration::from_hours(24 * 366);

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(show)).routes(routes!(days))
}

/// The numbers of a stretch of time.
#[derive(Serialize, ToSchema)]
pub(crate) struct InsightsView {
    from: Timestamp,
    until: Timestamp,
    numbers: Numbers,
    /// The same of the stretch before, as long as this one.
    before: Numbers,
    /// Why people were asked for, the most frequent reason first.
    reasons: Vec<ReasonCount>,
    /// Those days on which a conversation began.
    days: Vec<Days>,
}

/// Four numbers, each with what it is a part of.
#[derive(Serialize, ToSchema)]
pub(crate) struct Numbers {
    solved: Solved,
    rating: Ratings,
    first_reply: FirstReply,
    not_answered: Unanswered,
}

/// Conversations that ended well without a person.
#[derive(Serialize, ToSchema)]
pub(crate) struct Solved {
    /// The visitor said that the answer helped.
    confirmed: usize,
    /// Nothing further was asked for 24 hours.
    assumed: usize,
    /// Of so many conversations.
    of: usize,
}

/// What visitors thought.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ratings {
    /// 1 to 5; null without a rating.
    average: Option<f64>,
    count: usize,
}

/// How long visitors waited for a person's first words.
#[derive(Serialize, ToSchema)]
pub(crate) struct FirstReply {
    /// In seconds; null when nobody answered.
    median_s: Option<f64>,
    /// Answered within a minute.
    in_time: usize,
    /// Of so many conversations in which a person was asked for.
    of: usize,
}

/// Questions without a good article.
#[derive(Serialize, ToSchema)]
pub(crate) struct Unanswered {
    count: u64,
    /// Of so many questions.
    of: u64,
}

/// How often a person was asked for, for one reason.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReasonCount {
    reason: &'static str,
    count: u64,
}

/// How the conversations ended that began on a day.
#[derive(Debug, Default, Serialize, ToSchema)]
#[schema(as = Day)]
pub(crate) struct Days {
    /// `YYYY-MM-DD`.
    day: String,
    confirmed: usize,
    assumed: usize,
    passed: usize,
    open: usize,
}

/// Which stretch of time.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodQuery {
    /// Usually 28 days before `until`; at most 366.
    from: Option<Timestamp>,
    /// Usually now.
    until: Option<Timestamp>,
    /// Whose days, as an IANA name such as `Europe/Berlin`; usually UTC.
    zone: Option<String>,
}

/// Show the numbers
///
/// Supervisors only. Everything counts conversations that began in that time.
#[utoipa::path(get, path = "/api/v1/insights", tag = "insights", params(PeriodQuery),
    responses((status = OK, body = InsightsView), Problem))]
pub(crate) async fn show(
    _: Supervisor,
    State(app): State<Arc<App>>,
    Filter(query): Filter<PeriodQuery>,
) -> Result<Json<InsightsView>, Problem> {
    let (period, zone, now) = (period(&query, app.clock.now())?, zone(&query)?, app.clock.now());
    let courses = app.chat.store().courses(period).await?;
    let reasons = app.chat.store().reasons(period).await?;
    let view = |(reason, count): (crate::conversation::Reason, u64)| ReasonCount { reason: reason.as_str(), count };
    Ok(Json(InsightsView {
        from: period.from,
        until: period.until,
        numbers: count(&app, period, &courses, now).await?,
        before: count_before(&app, period, now).await?,
        reasons: reasons.into_iter().map(view).collect(),
        days: numbers::days(&courses, &zone, now),
    }))
}

/// Get the days as a table
///
/// Supervisors only. A CSV file with the columns day, confirmed, assumed, passed, open.
#[utoipa::path(get, path = "/api/v1/insights.csv", tag = "insights", params(PeriodQuery),
    responses((status = OK, body = String, content_type = "text/csv"), Problem))]
pub(crate) async fn days(
    Supervisor(caller): Supervisor,
    State(app): State<Arc<App>>,
    Filter(query): Filter<PeriodQuery>,
) -> Result<Response, Problem> {
    let (period, zone, now) = (period(&query, app.clock.now())?, zone(&query)?, app.clock.now());
    let courses = app.chat.store().courses(period).await?;
    let row = |day: Days| {
        let counts = [day.confirmed, day.assumed, day.passed, day.open].map(|count| count.to_string());
        [vec![day.day], counts.to_vec()].concat()
    };
    let rows = numbers::days(&courses, &zone, now).into_iter().map(row);
    app.chat.log_act(&caller.actor(), Act::Exported, "insights", "days").await?;
    Ok(csv::file("insights.csv", csv::table(&["day", "confirmed", "assumed", "passed", "open"], rows)))
}

async fn count(app: &App, period: Period, courses: &[Course], now: Timestamp) -> Result<Numbers, Problem> {
    Ok(numbers::numbers(courses, app.chat.store().questions(period).await?, now))
}

async fn count_before(app: &App, period: Period, now: Timestamp) -> Result<Numbers, Problem> {
    let length = period.until.duration_since(period.from);
    let from = period.from.saturating_sub(length).unwrap_or(Timestamp::MIN);
    let before = Period { from, until: period.from };
    count(app, before, &app.chat.store().courses(before).await?, now).await
}

fn period(query: &PeriodQuery, now: Timestamp) -> Result<Period, Problem> {
    let until = query.until.unwrap_or(now);
    let from = query.from.unwrap_or_else(|| until.saturating_sub(USUAL).unwrap_or(Timestamp::MIN));
    let length = until.duration_since(from);
    if length <= SignedDuration::ZERO || length > LONGEST {
        return Err(invalid("from and until: from must be before until, by at most 366 days"));
    }
    Ok(Period { from, until })
}

fn zone(query: &PeriodQuery) -> Result<TimeZone, Problem> {
    let Some(name) = query.zone.as_deref().filter(|name| !name.is_empty()) else { return Ok(TimeZone::UTC) };
    TimeZone::get(name).map_err(|_| invalid("zone: write a name like Europe/Berlin"))
}
