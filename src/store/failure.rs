//! Which database failure means which [`Error`].

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::Error;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        if matches!(error, DieselError::NotFound) {
            return Self::NotFound;
        }
        let DieselError::DatabaseError(kind, what) = &error else {
            return Self::internal(error);
        };
        let is_closed = matches!(kind, DatabaseErrorKind::ClosedConnection);
        // Another process holds the SQLite file longer than the busy timeout.
        let is_locked = what.message().contains("database is locked");
        if is_closed || is_locked {
            Self::Busy
        } else {
            Self::internal(error)
        }
    }
}

/// A commit that failed took everybody's writes with it.
pub(super) fn of_commit(error: &DieselError) -> Error {
    Error::internal(format!("the transaction was not committed: {error}"))
}

/// Whether a unique constraint said no.
pub(super) fn is_unique_violation(error: &DieselError) -> bool {
    matches!(
        error,
        DieselError::DatabaseError(DatabaseErrorKind::UniqueViolation, _)
    )
}
