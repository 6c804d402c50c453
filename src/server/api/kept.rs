//! What canned responses and macros have in common: a name, an owner or none, and a body.
//!
//! A personal one is its owner's alone. One of the team is everybody's to use and a supervisor's to change.

use axum::http::StatusCode;
use serde::{Serialize, de::DeserializeOwned};
use uuid::Uuid;

use crate::{
    clock::new_id,
    conversation::AgentId,
    server::{
        api::{
            access::Caller,
            input::{invalid, no_such, taken},
        },
        app::App,
        error::Problem,
    },
    store::{Record, RecordKind, Role, StoreError},
};

/// The team's and the caller's own, by name.
pub(crate) async fn all<T: DeserializeOwned>(
    app: &App,
    caller: &Caller,
    kind: RecordKind,
) -> Result<Vec<(Record, T)>, Problem> {
    let records = app.chat.store().records(kind, own(caller)).await?;
    records.into_iter().map(|record| Ok((body(&record)?, record)).map(|(body, record)| (record, body))).collect()
}

/// One that the caller may use.
pub(crate) async fn one(app: &App, caller: &Caller, kind: RecordKind, id: Uuid) -> Result<Record, Problem> {
    let record = app.chat.store().record_by_id(kind, id).await?.ok_or_else(no_such)?;
    let is_visible = record.owner.is_none() || record.owner == own(caller);
    if is_visible { Ok(record) } else { Err(no_such()) }
}

/// Makes one, personal or of the team.
pub(crate) async fn make(
    app: &App,
    caller: &Caller,
    kind: RecordKind,
    (name, is_personal): (String, bool),
    body: &impl Serialize,
) -> Result<Record, Problem> {
    let owner = if is_personal { Some(own(caller).ok_or_else(no_owner)?) } else { None };
    let record = Record {
        kind,
        id: new_id(),
        owner,
        name,
        conversation: None,
        body: to_json(body)?,
        changed_at: app.clock.now(),
    };
    save(app, caller, record).await
}

/// Changes one.
pub(crate) async fn change(
    app: &App,
    caller: &Caller,
    record: Record,
    name: String,
    body: &impl Serialize,
) -> Result<Record, Problem> {
    save(app, caller, Record { name, body: to_json(body)?, changed_at: app.clock.now(), ..record }).await
}

/// Removes one.
pub(crate) async fn remove(app: &App, caller: &Caller, kind: RecordKind, id: Uuid) -> Result<StatusCode, Problem> {
    let record = one(app, caller, kind, id).await?;
    check(caller, &record)?;
    if app.chat.store().remove_record(kind, id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(no_such()) }
}

/// The body of a record, as it was written.
pub(crate) fn body<T: DeserializeOwned>(record: &Record) -> Result<T, Problem> {
    serde_json::from_str(&record.body).map_err(|error| StoreError::Damaged(error.to_string()).into())
}

async fn save(app: &App, caller: &Caller, record: Record) -> Result<Record, Problem> {
    check(caller, &record)?;
    match app.chat.store().save_record(record.clone()).await {
        Ok(()) => Ok(record),
        Err(StoreError::Conflict) => Err(taken("there is one of this name already")),
        Err(error) => Err(error.into()),
    }
}

fn check(caller: &Caller, record: &Record) -> Result<(), Problem> {
    match record.owner {
        Some(owner) if Some(owner) == own(caller) => Ok(()),
        Some(_) => Err(no_such()),
        None => caller.clone().with_role(Role::Supervisor).map(drop),
    }
}

fn own(caller: &Caller) -> Option<AgentId> {
    caller.agent().map(|agent| agent.id)
}

fn no_owner() -> Problem {
    invalid("personal: a key belongs to nobody, so nothing can be its own")
}

fn to_json(body: &impl Serialize) -> Result<String, Problem> {
    serde_json::to_string(body).map_err(|error| invalid(error.to_string()))
}
