//! The REST API under `/api/v1`, and the document that describes it.
//!
//! A resource is a file, with its routes first. Every handler names who may call it by its first extractor (see
//! [`access`]); what a body or a query may hold is a type that refuses everything else.

pub(crate) mod access;
mod agents;
mod articles;
mod audit;
mod canned;
mod contacts;
mod conversations;
mod csv;
mod drafts;
mod gaps;
pub(crate) mod input;
mod insights;
mod kept;
mod keys;
mod labels;
mod macros;
pub(crate) mod page;
mod profile;
mod queues;
mod ratings;
mod session;
mod tags;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, StatusCode, header},
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
    routing::get,
};
use utoipa::{
    Modify, OpenApi,
    openapi::{
        self,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};
use utoipa_axum::router::OpenApiRouter;

use crate::server::{app::App, error::Problem, error::ProblemBody, session::COOKIE};

/// A request that takes longer is one that is sent by the byte.
const ANSWERED_WITHIN: Duration = Duration::from_secs(15);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "frontdesk",
        description = "Agents, queues, conversations and numbers of a frontdesk server. Sign in with \
                       `POST /api/v1/session`, or send an API key as `Authorization: Bearer …`."
    ),
    components(schemas(ProblemBody)),
    security(("session" = []), ("api_key" = [])),
    modifiers(&Doors)
)]
struct Document;

/// The two ways to say who one is.
struct Doors;

impl Modify for Doors {
    fn modify(&self, document: &mut openapi::OpenApi) {
        let components = document.components.get_or_insert_default();
        let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
        let key = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        components.add_security_scheme("session", cookie);
        components.add_security_scheme("api_key", key);
    }
}

/// Every endpoint of the API, and its document.
pub(crate) fn router() -> Router<Arc<App>> {
    let (router, document) = endpoints().split_for_parts();
    let document: Arc<str> = document.to_json().unwrap_or_default().into();
    router.route("/api/v1/openapi.json", get(move || std::future::ready(as_json(&document)))).layer(from_fn(in_time))
}

fn endpoints() -> OpenApiRouter<Arc<App>> {
    OpenApiRouter::with_openapi(Document::openapi())
        .merge(session::routes())
        .merge(profile::routes())
        .merge(agents::routes())
        .merge(queues::routes())
        .merge(conversations::routes())
        .merge(gaps::routes())
        .merge(tags::routes())
        .merge(drafts::routes())
        .merge(contacts::routes())
        .merge(canned::routes())
        .merge(macros::routes())
        .merge(ratings::routes())
        .merge(insights::routes())
        .merge(labels::routes())
        .merge(articles::routes())
        .merge(keys::routes())
        .merge(audit::routes())
}

fn as_json(text: &str) -> Response {
    let kind = HeaderValue::from_static("application/json");
    ([(header::CONTENT_TYPE, kind)], text.to_owned()).into_response()
}

async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(ANSWERED_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "this request took too long").into_response(),
    }
}
