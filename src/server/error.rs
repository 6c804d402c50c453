//! What goes wrong, on the wire: the only mapping from `chat`'s errors to error frames and HTTP answers.

use std::{collections::BTreeMap, time::Duration};

use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;
use tracing::warn;
use utoipa::{
    IntoResponses, ToSchema,
    openapi::{self, ContentBuilder, RefOr, ResponseBuilder},
};

use crate::{
    chat::ChatError,
    conversation::ClientId,
    protocol::{ErrorCode, ErrorFrame},
    server::rates::seconds,
    store::StoreError,
};

/// When to try again while nothing can be stored.
const STORE_RETRY: u64 = 2;

/// The frame that says why something was not done.
pub(crate) fn error_frame(error: &ChatError, client_id: Option<ClientId>) -> ErrorFrame {
    let code = code(error);
    let retry_after_s = (code == ErrorCode::StorageUnavailable).then_some(STORE_RETRY);
    if let ChatError::Unavailable(source) = error {
        warn!(error = %source, "something could not be stored");
    }
    ErrorFrame { code, message: error.to_string(), client_id, retry_after_s }
}

fn code(error: &ChatError) -> ErrorCode {
    match error {
        ChatError::EmptyText => ErrorCode::EmptyText,
        ChatError::TooLong { .. } => ErrorCode::MessageTooLong,
        ChatError::IdReused => ErrorCode::IdReused,
        ChatError::NotFound(_) | ChatError::Denied(_) => ErrorCode::NotFound,
        ChatError::AlreadyClaimed => ErrorCode::AlreadyClaimed,
        ChatError::NotOwner => ErrorCode::NotOwner,
        ChatError::AtCapacity | ChatError::TargetFull => ErrorCode::AtCapacity,
        ChatError::Invalid(_) => ErrorCode::BadFrame,
        ChatError::Unavailable(_) => ErrorCode::StorageUnavailable,
    }
}

/// The frame for a sender that is too fast.
pub(crate) fn rate_limited(wait: Duration, client_id: Option<ClientId>) -> ErrorFrame {
    let retry_after_s = seconds(wait);
    let message = format!("too many at once: please try again in {}", in_words(retry_after_s));
    ErrorFrame { code: ErrorCode::RateLimited, message, client_id, retry_after_s: Some(retry_after_s) }
}

/// The frame for something that is not as the contract says.
pub(crate) fn bad_frame(message: &str, client_id: Option<ClientId>) -> ErrorFrame {
    ErrorFrame { code: ErrorCode::BadFrame, message: message.to_owned(), client_id, retry_after_s: None }
}

fn in_words(seconds: u64) -> String {
    match seconds {
        1 => "a second".to_owned(),
        2..120 => format!("{seconds} seconds"),
        _ => format!("{} minutes", seconds.div_ceil(60)),
    }
}

/// An HTTP answer that says what went wrong.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    code: &'static str,
    message: String,
    retry_after: Option<u64>,
}

/// What an HTTP answer says of what went wrong.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub(crate) struct ProblemBody {
    /// For programs.
    code: &'static str,
    /// For people.
    message: String,
}

impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<openapi::Response>> {
        let schema = openapi::Ref::from_schema_name("Problem");
        let content = ContentBuilder::new().schema(Some(schema)).build();
        let description = "It did not happen; the code is for programs, the message for people";
        let response = ResponseBuilder::new().description(description).content("application/json", content).build();
        BTreeMap::from([("default".to_owned(), response.into())])
    }
}

impl Problem {
    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), retry_after: None }
    }

    /// Too many attempts: come back after that time.
    pub(crate) fn too_many(wait: Duration) -> Self {
        let retry_after = seconds(wait);
        let message = format!("too many attempts: please try again in {}", in_words(retry_after));
        Self { retry_after: Some(retry_after), ..Self::new(StatusCode::TOO_MANY_REQUESTS, "rate_limited", message) }
    }

    /// The server has no room: come back after that many seconds.
    pub(crate) fn no_room(retry_after: u64) -> Self {
        let message = "this server has no room for another connection right now";
        let full = Self::new(StatusCode::SERVICE_UNAVAILABLE, "full", message);
        Self { retry_after: Some(retry_after), ..full }
    }
}

impl From<ChatError> for Problem {
    fn from(error: ChatError) -> Self {
        let message = error.to_string();
        match error {
            ChatError::Denied(_) => Self::new(StatusCode::UNAUTHORIZED, "denied", message),
            ChatError::NotFound(_) => Self::new(StatusCode::NOT_FOUND, "not_found", message),
            ChatError::NotOwner => Self::new(StatusCode::FORBIDDEN, "not_owner", message),
            ChatError::IdReused => Self::new(StatusCode::CONFLICT, "id_reused", message),
            ChatError::AlreadyClaimed => Self::new(StatusCode::CONFLICT, "already_claimed", message),
            ChatError::AtCapacity | ChatError::TargetFull => Self::new(StatusCode::CONFLICT, "at_capacity", message),
            ChatError::EmptyText | ChatError::TooLong { .. } | ChatError::Invalid(_) => {
                Self::new(StatusCode::BAD_REQUEST, "invalid", message)
            }
            ChatError::Unavailable(source) => {
                warn!(error = %source, "a request could not be served");
                let unavailable = Self::new(StatusCode::SERVICE_UNAVAILABLE, "storage_unavailable", message);
                Self { retry_after: Some(STORE_RETRY), ..unavailable }
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(error: StoreError) -> Self {
        ChatError::from(error).into()
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = Json(ProblemBody { code: self.code, message: self.message });
        let mut response = (self.status, body).into_response();
        if let Some(seconds) = self.retry_after {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if self.status == StatusCode::SERVICE_UNAVAILABLE {
            // Whoever comes back later need not hold a connection until then.
            response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_are_told_in_words_and_in_seconds() {
        let frame = rate_limited(Duration::from_millis(1500), None);
        assert_eq!(frame.retry_after_s, Some(2));
        assert!(frame.message.ends_with("2 seconds"), "{}", frame.message);
        assert_eq!([1, 60, 120, 3600].map(in_words), ["a second", "60 seconds", "2 minutes", "60 minutes"]);
    }

    #[test]
    fn a_visitor_never_sees_what_is_inside() {
        let inside = crate::store::StoreError::Unavailable("disk I/O error in /var/lib/x.db".to_owned());
        let frame = error_frame(&ChatError::Unavailable(inside), None);
        assert_eq!(frame.code, ErrorCode::StorageUnavailable);
        assert!(!frame.message.contains("/var"), "{}", frame.message);
    }
}
