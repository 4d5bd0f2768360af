//! Why a database could not be opened, in words for the operator.

use std::fmt;

/// Why a database could not be opened, and what to do about it.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// No connection.
    #[error("DATABASE_URL: {where_} cannot be opened: {cause}; {remedy}")]
    Connect {
        /// The file, or the server without its password.
        where_: String,
        /// What the engine said.
        cause: String,
        /// What to look at.
        remedy: &'static str,
    },
    /// A later version of the program wrote this database.
    #[error(
        "DATABASE_URL: this database is newer than this tickbox (it has migration {0}); \
         run the version that wrote it, or a later one"
    )]
    Newer(String),
    /// A migration failed; the database is as it was before that migration.
    #[error("DATABASE_URL: the database could not be migrated: {0}")]
    Migration(String),
    /// Row-level security would hold nobody back.
    #[error(
        "TICKBOX_DB_ROW_SECURITY: the database role is a superuser or has BYPASSRLS, so row-level \
         security does not hold it back; connect as a role that owns the tables and is neither"
    )]
    WalkedThrough,
    /// There is nothing to open.
    #[error("DATABASE_URL: there is no database at {0}; start the server once, which makes it")]
    Nothing(String),
    /// An earlier version of the program wrote this database, and none has brought it up to date.
    #[error(
        "DATABASE_URL: this database is older than this tickbox; start the server once, which \
         brings it up to date"
    )]
    Older,
    /// Another process serves this file.
    #[error("DATABASE_URL: another tickbox serves {0} already; stop it, or use PostgreSQL")]
    InUse(String),
    /// The machine refused a thread.
    #[error("the database threads could not be started: {0}")]
    Threads(#[from] std::io::Error),
}

impl OpenError {
    pub(super) fn migration(cause: impl fmt::Display) -> Self {
        Self::Migration(one_line(&cause))
    }
}

/// What an engine said, in one line: libpq tells each attempt on a line of its own, with hints on
/// indented lines, which our own remedy replaces.
pub(super) fn one_line(cause: &impl fmt::Display) -> String {
    let cause = cause.to_string();
    let lines = cause.lines().filter(|line| !line.starts_with('\t'));
    lines.map(str::trim).collect::<Vec<_>>().join("; ")
}
