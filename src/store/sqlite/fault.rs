//! What SQLite says, in the store's words.

use rusqlite::ErrorCode;

use crate::store::StoreError;

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(code) if is_conflict(code) => Self::Conflict,
            Some(code) if is_momentary(code) => Self::Unavailable(error.to_string()),
            Some(_) | None => Self::Damaged(error.to_string()),
        }
    }
}

/// What an operation relied on is no longer there.
fn is_conflict(code: ErrorCode) -> bool {
    code == ErrorCode::ConstraintViolation
}

/// The file is as it should be; the machine or another process is in the way.
fn is_momentary(code: ErrorCode) -> bool {
    is_locked(code)
        || matches!(
            code,
            ErrorCode::CannotOpen
                | ErrorCode::DiskFull
                | ErrorCode::FileLockingProtocolFailed
                | ErrorCode::OperationAborted
                | ErrorCode::OperationInterrupted
                | ErrorCode::OutOfMemory
                | ErrorCode::PermissionDenied
                | ErrorCode::ReadOnly
                | ErrorCode::SchemaChanged
                | ErrorCode::SystemIoFailure
        )
}

/// Another connection is in the way.
pub(super) fn is_locked(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked)
}
