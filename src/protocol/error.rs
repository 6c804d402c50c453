//! Error frames.

use serde::{Deserialize, Serialize};

use crate::conversation::ClientId;

/// What went wrong, for programs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// Not a JSON object with the fields of its type.
    BadFrame,
    /// No such frame type.
    UnknownType,
    /// The text is longer than `limits.message_chars`.
    MessageTooLong,
    /// The text has no words.
    EmptyText,
    /// Too many, too fast; `retry_after_s` says when to try again.
    RateLimited,
    /// The `client_id` was used for something else.
    IdReused,
    /// No such thing here for this sender.
    NotFound,
    /// Another agent was first.
    AlreadyClaimed,
    /// The conversation is not this agent's.
    NotOwner,
    /// The agent has as many conversations as they may.
    AtCapacity,
    /// Nothing can be stored right now; send the same frame again later.
    StorageUnavailable,
}

/// Something that was asked for did not happen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export_to = "frames.ts"))]
pub struct ErrorFrame {
    /// For programs.
    pub code: ErrorCode,
    /// For people.
    pub message: String,
    /// The frame that caused it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "string"))]
    pub client_id: Option<ClientId>,
    /// When to try again, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[cfg_attr(test, ts(optional, type = "number"))]
    pub retry_after_s: Option<u64>,
}
