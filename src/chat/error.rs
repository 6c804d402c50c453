//! Why something was not done, in words for people.

use thiserror::Error;

use crate::{conversation::Refused, store::StoreError};

/// Why something was not done.
#[derive(Debug, Error)]
pub enum ChatError {
    /// The text has no words.
    #[error("please write something first")]
    EmptyText,
    /// The text is too long.
    #[error("this message is too long: please keep it under {limit} characters")]
    TooLong {
        /// The most characters.
        limit: u32,
    },
    /// The sender used the id for something else.
    #[error("this client_id was already used for something else")]
    IdReused,
    /// No such thing for this sender.
    #[error("{0}")]
    NotFound(&'static str),
    /// Another agent was first.
    #[error("another agent has already taken this conversation")]
    AlreadyClaimed,
    /// The conversation is not this agent's.
    #[error("this conversation is not yours")]
    NotOwner,
    /// The agent has as many as they may.
    #[error("you have as many conversations as you may: finish one first")]
    AtCapacity,
    /// The agent whom it is to be handed to has as many as they may.
    #[error("this agent has as many conversations as they may: choose another, or a queue")]
    TargetFull,
    /// A value is out of range.
    #[error("{0}")]
    Invalid(&'static str),
    /// E-mail and password do not fit, or the link is not valid.
    #[error("{0}")]
    Denied(&'static str),
    /// The store cannot be used right now.
    #[error("this could not be saved just now: please try again in a moment")]
    Unavailable(#[source] StoreError),
}

impl From<StoreError> for ChatError {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::EmailTaken => Self::Invalid("an agent with this e-mail address exists already"),
            StoreError::Repeated(_) => Self::IdReused,
            StoreError::Full => Self::AtCapacity,
            StoreError::Conflict | StoreError::Unavailable(_) | StoreError::Damaged(_) | StoreError::Open { .. } => {
                Self::Unavailable(error)
            }
        }
    }
}

impl From<Refused> for ChatError {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::AlreadyClaimed => Self::AlreadyClaimed,
            Refused::NotOwner => Self::NotOwner,
            Refused::NotPossible => Self::NotFound("this is not possible in the conversation's present state"),
        }
    }
}
