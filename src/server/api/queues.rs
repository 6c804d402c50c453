//! Queues: teams, their hours, and how conversations find an agent. What is saved counts at once.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    conversation::AgentId,
    queue::{self, Minute, Opening, Queue},
    server::{
        api::{
            access::{Administrator, Caller},
            agents::checked_languages,
            input::{Input, Name, invalid, no_such},
        },
        app::App,
        error::Problem,
    },
};

const MOST_MEMBERS: usize = 200;
const LARGEST_LIMIT: u32 = 100_000;
const LONGEST_TARGET: u32 = 31_622_400;
const MOST_OPENINGS: usize = 50;
const MOST_HOLIDAYS: usize = 400;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(show, save, remove))
}

/// A queue and its team.
#[derive(Serialize, ToSchema)]
pub(crate) struct QueueView {
    /// The name that articles use, such as `orders`; `default` is always there.
    name: String,
    /// The name that agents see.
    title: String,
    /// Who answers it; nobody named means every agent.
    members: Vec<Uuid>,
    /// The languages that it is for, as BCP 47 tags.
    languages: Vec<String>,
    /// How many conversations a member may have to get another one from here; 0 is without limit.
    capacity: u32,
    /// How many conversations may wait; 0 is without limit.
    cap: u32,
    assignment: Assignment,
    hours: Hours,
    /// Within how many seconds a person should answer; null is as the settings say, 0 without a target.
    first_reply_s: Option<u32>,
    /// Whether its hours say that it is open now.
    open: bool,
    /// When it opens next; null while it is open, or when it never does.
    opens_at: Option<Timestamp>,
}

/// How a queue is to work.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QueueRequest)]
pub(crate) struct QueueSettings {
    /// The name that agents see.
    #[schema(min_length = 1, max_length = 100)]
    title: String,
    /// Who answers it; nobody named means every agent.
    #[serde(default)]
    #[schema(max_items = 200)]
    members: Vec<Uuid>,
    /// The languages that it is for, as BCP 47 tags.
    #[serde(default)]
    #[schema(max_items = 50)]
    languages: Vec<String>,
    /// How many conversations a member may have to get another one from here; 0 is without limit.
    #[serde(default)]
    #[schema(maximum = 100_000)]
    capacity: u32,
    /// How many conversations may wait; 0 is without limit.
    #[serde(default)]
    #[schema(maximum = 100_000)]
    cap: u32,
    #[serde(default)]
    assignment: Assignment,
    #[serde(default)]
    hours: Hours,
    /// Within how many seconds a person should answer; absent is as the settings say, 0 without a target.
    #[schema(maximum = 31_622_400)]
    first_reply_s: Option<u32>,
}

/// How conversations find their agent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Assignment {
    /// Agents take them.
    #[default]
    Manual,
    /// The desk gives each to the agent with the fewest.
    Balanced,
}

/// When a queue is open.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Hours {
    /// IANA name such as `Europe/Berlin`; empty is UTC.
    time_zone: String,
    /// Opening hours; none means always open. Several on one day make breaks.
    #[schema(max_items = 50)]
    week: Vec<OpeningView>,
    /// Days on which it stays closed.
    #[schema(max_items = 400)]
    holidays: Vec<Date>,
}

/// Opening hours on one day of the week.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Opening)]
pub(crate) struct OpeningView {
    day: Day,
    /// `HH:MM`
    #[schema(pattern = "^([01][0-9]|2[0-3]):[0-5][0-9]$")]
    from: String,
    /// `HH:MM`, at most `24:00`.
    #[schema(pattern = "^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)$")]
    to: String,
}

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Day {
    Monday,
    Tuesday,
    Wednesday,
    Thursday,
    Friday,
    Saturday,
    Sunday,
}

/// List queues, the default one first
#[utoipa::path(get, path = "/api/v1/queues", tag = "queues", responses((status = OK, body = Vec<QueueView>), Problem))]
pub(crate) async fn list(_: Caller, State(app): State<Arc<App>>) -> Json<Vec<QueueView>> {
    let now = app.clock.now();
    Json(app.chat.queues().all().iter().map(|queue| view(queue, now)).collect())
}

/// Show a queue
#[utoipa::path(get, path = "/api/v1/queues/{name}", tag = "queues", params(("name" = String, Path)),
    responses((status = OK, body = QueueView), Problem))]
pub(crate) async fn show(_: Caller, State(app): State<Arc<App>>, Name(name): Name) -> Result<Json<QueueView>, Problem> {
    let queues = app.chat.queues();
    let queue = queues.find(&name).ok_or_else(no_such)?;
    Ok(Json(view(queue, app.clock.now())))
}

/// Make or replace a queue
///
/// Administrators only. It counts at once, for everybody.
#[utoipa::path(put, path = "/api/v1/queues/{name}", tag = "queues",
    params(("name" = String, Path, description = "Lower-case letters, digits, - and _")),
    request_body = QueueSettings, responses((status = OK, body = QueueView), Problem))]
pub(crate) async fn save(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Name(name): Name,
    Input(settings): Input<QueueSettings>,
) -> Result<Json<QueueView>, Problem> {
    let queue = to_queue(name, settings)?;
    check_members(&app, &queue).await?;
    app.chat.save_queue(&caller.actor(), queue.clone()).await?;
    Ok(Json(view(&queue, app.clock.now())))
}

/// Remove a queue
///
/// Administrators only. What waits in it moves to the default one, which cannot be removed.
#[utoipa::path(delete, path = "/api/v1/queues/{name}", tag = "queues", params(("name" = String, Path)),
    responses((status = NO_CONTENT, description = "Removed"), Problem))]
pub(crate) async fn remove(
    Administrator(caller): Administrator,
    State(app): State<Arc<App>>,
    Name(name): Name,
) -> Result<StatusCode, Problem> {
    app.chat.delete_queue(&caller.actor(), &name).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn check_members(app: &App, queue: &Queue) -> Result<(), Problem> {
    let agents = app.chat.agents().await?;
    match queue.members.iter().find(|member| !agents.iter().any(|agent| agent.id == **member)) {
        Some(stranger) => Err(invalid(format!("members: there is no agent {stranger}"))),
        None => Ok(()),
    }
}

fn to_queue(name: String, settings: QueueSettings) -> Result<Queue, Problem> {
    let QueueSettings { title, members, languages, capacity, cap, assignment, hours, first_reply_s } = settings;
    let languages = checked_languages(languages)?;
    for (field, value, most) in [
        ("capacity", capacity, LARGEST_LIMIT),
        ("cap", cap, LARGEST_LIMIT),
        ("first_reply_s", first_reply_s.unwrap_or(0), LONGEST_TARGET),
    ] {
        if value > most {
            return Err(invalid(format!("{field}: at most {most}")));
        }
    }
    for (field, count, most) in [
        ("members", members.len(), MOST_MEMBERS),
        ("hours.week", hours.week.len(), MOST_OPENINGS),
        ("hours.holidays", hours.holidays.len(), MOST_HOLIDAYS),
    ] {
        if count > most {
            return Err(invalid(format!("{field}: at most {most}")));
        }
    }
    Ok(Queue {
        name,
        title,
        members: members.into_iter().map(AgentId).collect(),
        languages,
        capacity,
        cap,
        assignment: match assignment {
            Assignment::Manual => queue::Assignment::Manual,
            Assignment::Balanced => queue::Assignment::Balanced,
        },
        hours: queue::Hours {
            time_zone: hours.time_zone,
            week: hours.week.iter().map(to_opening).collect::<Result<_, _>>()?,
            holidays: hours.holidays,
        },
        first_reply_s,
    })
}

fn to_opening(opening: &OpeningView) -> Result<Opening, Problem> {
    let minute = |field: &str, text: &str| {
        Minute::parse(text).ok_or_else(|| invalid(format!("hours.week.{field}: write times of day as HH:MM")))
    };
    let day = match opening.day {
        Day::Monday => queue::Day::Monday,
        Day::Tuesday => queue::Day::Tuesday,
        Day::Wednesday => queue::Day::Wednesday,
        Day::Thursday => queue::Day::Thursday,
        Day::Friday => queue::Day::Friday,
        Day::Saturday => queue::Day::Saturday,
        Day::Sunday => queue::Day::Sunday,
    };
    Ok(Opening { day, from: minute("from", &opening.from)?, to: minute("to", &opening.to)? })
}

fn view(queue: &Queue, now: Timestamp) -> QueueView {
    QueueView {
        name: queue.name.clone(),
        title: queue.title.clone(),
        members: queue.members.iter().map(|member| member.0).collect(),
        languages: queue.languages.clone(),
        capacity: queue.capacity,
        cap: queue.cap,
        assignment: match queue.assignment {
            queue::Assignment::Manual => Assignment::Manual,
            queue::Assignment::Balanced => Assignment::Balanced,
        },
        hours: Hours {
            time_zone: queue.hours.time_zone.clone(),
            week: queue.hours.week.iter().copied().map(opening_view).collect(),
            holidays: queue.hours.holidays.clone(),
        },
        first_reply_s: queue.first_reply_s,
        open: queue.hours.is_open(now),
        opens_at: queue.hours.opens_at(now),
    }
}

fn opening_view(opening: Opening) -> OpeningView {
    let day = match opening.day {
        queue::Day::Monday => Day::Monday,
        queue::Day::Tuesday => Day::Tuesday,
        queue::Day::Wednesday => Day::Wednesday,
        queue::Day::Thursday => Day::Thursday,
        queue::Day::Friday => Day::Friday,
        queue::Day::Saturday => Day::Saturday,
        queue::Day::Sunday => Day::Sunday,
    };
    OpeningView { day, from: opening.from.to_string(), to: opening.to.to_string() }
}
