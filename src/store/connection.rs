//! One connection type for two engines, and how such a connection is made fit for use.

use std::path::Path;
use std::time::{Duration, Instant};

use diesel::connection::{AnsiTransactionManager, SimpleConnection as _, TransactionManager as _};
use diesel::r2d2::R2D2Connection as _;
use diesel::{Connection as _, PgConnection, QueryResult, RunQueryDsl as _, SqliteConnection};
use secrecy::{ExposeSecret as _, SecretString};

use super::spelled::Command;

/// A connection to whichever engine this server runs on.
#[derive(diesel::MultiConnection)]
pub enum Db {
    Postgres(PgConnection),
    Sqlite(SqliteConnection),
}

/// Runs one Diesel expression on whichever engine is behind the connection.
///
/// Needed only where the common subset ends: upsert, batch insert, locking.
macro_rules! on_each_backend {
    ($conn:expr, |$c:ident| $body:expr) => {
        match $conn {
            $crate::store::connection::Db::Postgres($c) => $body,
            $crate::store::connection::Db::Sqlite($c) => $body,
        }
    };
}
pub(super) use on_each_backend;

impl Db {
    /// Begins a transaction that may write.
    ///
    /// SQLite refuses to upgrade a read lock when another writer got in first, and does so without
    /// waiting. Asking for the write lock up front turns that error into a short wait.
    pub(super) fn begin_write(&mut self) -> QueryResult<()> {
        match self {
            Self::Postgres(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN"),
            Self::Sqlite(c) => AnsiTransactionManager::begin_transaction_sql(c, "BEGIN IMMEDIATE"),
        }
    }

    /// Begins a savepoint inside the transaction.
    pub(super) fn begin_savepoint(&mut self) -> QueryResult<()> {
        self.run(Command("SAVEPOINT job"))
    }

    /// Keeps what was done since the savepoint began.
    pub(super) fn release_savepoint(&mut self) -> QueryResult<()> {
        self.run(Command("RELEASE SAVEPOINT job"))
    }

    /// Takes back what was done since the savepoint began.
    pub(super) fn rollback_savepoint(&mut self) -> QueryResult<()> {
        self.run(Command("ROLLBACK TO SAVEPOINT job"))?;
        self.release_savepoint()
    }

    fn run(&mut self, command: Command) -> QueryResult<()> {
        on_each_backend!(self, |c| command.execute(c)).map(drop)
    }

    /// Commits the transaction.
    pub(super) fn commit(&mut self) -> QueryResult<()> {
        on_each_backend!(self, |c| AnsiTransactionManager::commit_transaction(c))
    }

    /// Copies what the WAL holds into the database file, as far as no reader is in the way.
    pub(super) fn checkpoint(&mut self) -> QueryResult<()> {
        self.batch_execute("PRAGMA wal_checkpoint(PASSIVE)")
    }

    /// Rolls the transaction back.
    pub(super) fn rollback(&mut self) -> QueryResult<()> {
        on_each_backend!(self, |c| AnsiTransactionManager::rollback_transaction(c))
    }
}

/// Makes connections for r2d2.
pub(super) enum Manager {
    Postgres(SecretString),
    Sqlite(std::path::PathBuf, PageCache),
}

impl Manager {
    /// A connection outside the pool, for migrations.
    pub(super) fn connect_once(&self) -> Result<Db, diesel::ConnectionError> {
        match self {
            Self::Postgres(url) => PgConnection::establish(url.expose_secret()).map(Db::Postgres),
            Self::Sqlite(path, cache) => open_sqlite(path, *cache).map(Db::Sqlite),
        }
    }
}

/// How many KiB of the database a connection keeps in memory.
#[derive(Clone, Copy)]
pub(super) struct PageCache(pub(super) u32);

/// `synchronous=FULL` because an acknowledged write is on disk; group commit makes it affordable.
/// No file is mapped into memory: it saved little over the system's own cache, and would count as
/// the server's. The writer itself checkpoints only when the thread for that could not keep up.
const PRAGMAS: &str = "
    PRAGMA busy_timeout = 5000;
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA foreign_keys = ON;
    PRAGMA mmap_size = 0;
    PRAGMA wal_autocheckpoint = 16384;
    PRAGMA temp_store = MEMORY;
    PRAGMA journal_size_limit = 67108864;
";

fn open_sqlite(
    path: &Path,
    PageCache(kib): PageCache,
) -> Result<SqliteConnection, diesel::ConnectionError> {
    let path = path.to_str().ok_or_else(|| {
        diesel::ConnectionError::InvalidConnectionUrl("the path is not valid UTF-8".to_owned())
    })?;
    let mut connection = SqliteConnection::establish(path)?;
    connection
        .batch_execute(&format!("{PRAGMAS} PRAGMA cache_size = -{kib};"))
        .map_err(diesel::ConnectionError::CouldntSetupConfiguration)?;
    Ok(connection)
}

/// A pooled connection, and when it last proved to be alive.
pub(super) struct Pooled {
    pub(super) db: Db,
    /// None after a failure that may be the connection's own.
    last_used: Option<Instant>,
}

impl Pooled {
    /// Notes that the connection has just worked.
    pub(super) fn used(&mut self) {
        self.last_used = Some(Instant::now());
    }

    /// Notes that a job failed, so that the connection is asked before it is used again.
    pub(super) fn doubt(&mut self) {
        self.last_used = None;
    }
}

/// A connection that rested longer than this is asked whether it still lives.
const TRUSTED_FOR: Duration = Duration::from_secs(1);

impl r2d2::ManageConnection for Manager {
    type Connection = Pooled;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> Result<Pooled, Self::Error> {
        let db = self
            .connect_once()
            .map_err(diesel::r2d2::Error::ConnectionError)?;
        Ok(Pooled {
            db,
            last_used: Some(Instant::now()),
        })
    }

    /// Asking costs a round trip, so a busy connection is not asked each time.
    fn is_valid(&self, connection: &mut Pooled) -> Result<(), Self::Error> {
        let is_trusted = |last_used: Instant| last_used.elapsed() < TRUSTED_FOR;
        if connection.last_used.is_some_and(is_trusted) {
            return Ok(());
        }
        connection
            .db
            .ping()
            .map_err(diesel::r2d2::Error::QueryError)
    }

    /// A connection that broke, or whose transaction was left open, is thrown away.
    fn has_broken(&self, connection: &mut Pooled) -> bool {
        std::thread::panicking() || connection.db.is_broken()
    }
}
