//! Which database failure means which [`Error`].

use diesel::result::{DatabaseErrorKind, Error as DieselError};

use crate::error::Error;

impl From<DieselError> for Error {
    fn from(error: DieselError) -> Self {
        match error {
            DieselError::NotFound => Self::NotFound,
            DieselError::DatabaseError(DatabaseErrorKind::ClosedConnection, _) => Self::Busy,
            // Another process holds the SQLite file longer than the busy timeout.
            DieselError::DatabaseError(_, ref what)
                if what.message().contains("database is locked") =>
            {
                Self::Busy
            }
            error => Self::internal(error),
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
