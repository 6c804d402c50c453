//! Drafts: replies and notes that an agent has begun, kept so that they are there on another screen too.

use std::sync::Arc;

use axum::{Json, extract::State, http::StatusCode};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use uuid::Uuid;

use crate::{
    conversation::ConversationId,
    server::{
        api::{
            access::{Caller, Person},
            conversations::visible,
            input::{Id, Input, invalid},
            kept,
        },
        app::App,
        error::Problem,
    },
    store::{Agent, Record, RecordKind},
};

const LONGEST: usize = 4000;

pub(crate) fn routes() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::new().routes(routes!(list)).routes(routes!(save))
}

/// Something begun.
#[derive(Serialize, ToSchema)]
pub(crate) struct DraftView {
    conversation: Uuid,
    mode: Mode,
    text: String,
    changed_at: Timestamp,
}

/// What a draft will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = DraftMode)]
pub(crate) enum Mode {
    /// Words to the visitor.
    Reply,
    /// Words that only agents see.
    Note,
}

/// A draft to be kept.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Draft {
    mode: Mode,
    /// Empty forgets the draft.
    #[schema(max_length = 4000)]
    text: String,
}

/// List one's own drafts
#[utoipa::path(get, path = "/api/v1/drafts", tag = "profile", responses((status = OK, body = Vec<DraftView>), Problem))]
pub(crate) async fn list(Person(agent): Person, State(app): State<Arc<App>>) -> Result<Json<Vec<DraftView>>, Problem> {
    let records = app.chat.store().records(RecordKind::Draft, Some(agent.id)).await?;
    let view = |record: Record| {
        let Draft { mode, text } = kept::body(&record)?;
        let conversation = record.conversation.map(|conversation| conversation.0).unwrap_or_default();
        Ok(DraftView { conversation, mode, text, changed_at: record.changed_at })
    };
    records.into_iter().map(view).collect::<Result<_, Problem>>().map(Json)
}

/// Keep a draft
#[utoipa::path(put, path = "/api/v1/conversations/{id}/draft", tag = "profile", params(("id" = Uuid, Path)),
    request_body = Draft, responses((status = NO_CONTENT, description = "Kept"), Problem))]
pub(crate) async fn save(
    Person(agent): Person,
    State(app): State<Arc<App>>,
    Id(id): Id,
    Input(draft): Input<Draft>,
) -> Result<StatusCode, Problem> {
    if draft.text.chars().count() > LONGEST {
        return Err(invalid(format!("text: at most {LONGEST} characters")));
    }
    let conversation = visible(&app, &Caller::Agent(agent.clone()), id).await?.conversation.id;
    let record = record(&app, &agent, conversation, &draft)?;
    if draft.text.is_empty() {
        app.chat.store().remove_record(record.kind, record.id).await?;
    } else {
        app.chat.store().save_record(record).await?;
    }
    Ok(StatusCode::NO_CONTENT)
}

/// An agent has one draft of each kind in a conversation: all three make its id.
fn record(app: &App, agent: &Agent, conversation: ConversationId, draft: &Draft) -> Result<Record, Problem> {
    let mode = if draft.mode == Mode::Reply { "reply" } else { "note" };
    let name = format!("{conversation}/{mode}");
    Ok(Record {
        kind: RecordKind::Draft,
        id: Uuid::new_v5(&agent.id.0, name.as_bytes()),
        owner: Some(agent.id),
        name,
        conversation: Some(conversation),
        body: serde_json::to_string(draft).map_err(|error| invalid(error.to_string()))?,
        changed_at: app.clock.now(),
    })
}
