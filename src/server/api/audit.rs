//! What was done to the desk.

use std::sync::Arc;

use axum::{Json, extract::State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    server::{
        api::{
            access::Administrator,
            input::{Filter, invalid},
            page::{Page, Wanted},
        },
        app::App,
        error::Problem,
    },
    store::{Act, AuditEntry, AuditFilter, Place},
};

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list))
}

/// One thing that somebody did.
#[derive(Serialize, ToSchema)]
pub(crate) struct AuditView {
    id: Uuid,
    at: Timestamp,
    actor: ActorView,
    /// `signed_in`, `sign_in_failed`, `role_changed` and so on.
    act: &'static str,
    /// To what: an agent's address, a queue's or a key's name.
    subject: String,
    /// What exactly.
    detail: String,
}

/// Who did it.
#[derive(Serialize, ToSchema)]
pub(crate) struct ActorView {
    /// `agent`, `key`, `command`, `stranger` or `desk`.
    kind: &'static str,
    id: Option<Uuid>,
    /// The name then.
    name: String,
}

/// Which entries.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct AuditQuery {
    /// Only this act.
    act: Option<String>,
    /// Only by this agent or key.
    actor: Option<Uuid>,
    /// Not before.
    from: Option<Timestamp>,
    /// Before.
    until: Option<Timestamp>,
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
    /// `next` of the page before.
    after: Option<String>,
}

impl From<AuditEntry> for AuditView {
    fn from(entry: AuditEntry) -> Self {
        let AuditEntry { id, at, actor, act, subject, detail } = entry;
        let actor = ActorView { kind: actor.kind.as_str(), id: actor.id, name: actor.name };
        Self { id, at, actor, act: act.as_str(), subject, detail }
    }
}

/// Read the audit log, newest first
///
/// Administrators only.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit log", params(AuditQuery),
    responses((status = OK, body = Page<AuditView>), Problem))]
pub(crate) async fn list(
    _: Administrator,
    State(app): State<Arc<App>>,
    Filter(query): Filter<AuditQuery>,
) -> Result<Json<Page<AuditView>>, Problem> {
    let wanted = Wanted::of(query.limit, query.after.as_deref())?;
    let act = query.act.as_deref().map(act_named).transpose()?;
    let filter = AuditFilter { act, actor: query.actor, from: query.from, until: query.until };
    let found = app.chat.store().audit(filter, wanted.slice()).await?;
    let place = |entry: &AuditEntry| Place::of(entry.at, entry.id);
    Ok(wanted.page(found, place, AuditView::from))
}

fn act_named(name: &str) -> Result<Act, Problem> {
    let known = Act::ALL.into_iter().find(|act| act.as_str() == name);
    known.ok_or_else(|| invalid(format!("act: one of {}", Act::ALL.map(Act::as_str).join(", "))))
}
