//! The only room with SQL.
//!
//! [`Store::read`] and [`Store::write`] hand a closure to the database threads and give it a
//! [`Mine`]: a handle that already carries the owner. Nothing else reaches an owned row. The few
//! questions asked before anyone is known are named in [`FrontDesk`].

mod accounts;
mod attempts;
mod beside;
mod connection;
mod credentials;
mod failure;
mod front_desk;
mod housekeeping;
mod id;
mod identities;
mod inline;
mod jobs;
mod journal;
mod labels;
mod links;
mod lists;
mod migrations;
mod mine;
mod nav;
mod open_error;
mod outbox;
mod pages;
mod personal_tokens;
mod schema;
mod second_factors;
mod sign_ins;
mod spelled;
mod standing;
mod stretches;
mod task_row;
mod tasks;
mod threads;
mod views;
mod wall;

use std::sync::Arc;
use std::time::Duration;

use secrecy::ExposeSecret as _;

pub use accounts::{KnownAccount, NewAccount};
pub use beside::beside;
pub use front_desk::FrontDesk;
pub use identities::Known;
pub use jobs::Fresh;
pub use mine::{Mine, UserId};
pub use nav::{Nav, Navs};
pub use open_error::OpenError;
use open_error::one_line;
pub use outbox::ClaimedMail;
pub use second_factors::SecondFactor;
pub use standing::Standing;

use crate::accounts::SignIn;
use crate::clock::Stamp;
use crate::config::Database;
pub use crate::config::Limits;
use crate::error::Result;
use connection::{Db, Manager, PageCache};
use standing::Standings;
pub use threads::Length;
use threads::Threads;
use wall::{Scope, Wall};

/// How long a database thread waits for a connection before its job is given up.
const CONNECTION_TIMEOUT: Duration = Duration::from_secs(5);

/// The system keeps the file in its own cache too, which costs a copy but no memory of ours; and
/// whenever anybody has written, a reader forgets what it had read.
const READER_CACHE: PageCache = PageCache(2 * 1024);
/// Holds the pages of the thousand people who are at work just now: each of their writes needs the
/// same few again.
const WRITER_CACHE: PageCache = PageCache(24 * 1024);

/// The database, on either engine.
pub struct Store {
    threads: Threads,
    /// Kept on SQLite only, where this process alone writes.
    standings: Option<Arc<Standings>>,
    limits: Limits,
    /// Held as long as the file is served.
    _lock: Option<std::fs::File>,
}

impl Store {
    /// Opens the database, brings it up to date and starts its threads.
    pub fn open(database: &Database, limits: Limits) -> Result<Self, OpenError> {
        match database {
            Database::Sqlite(path) => Self::open_sqlite(path, limits),
            Database::Postgres {
                url,
                connections,
                row_security,
            } => {
                let manager = Manager::Postgres(url.expose_secret().into());
                let cannot = |cause: String| OpenError::Connect {
                    where_: "the PostgreSQL server".to_owned(),
                    cause,
                    remedy: "is the server up, and are host, user, password and database right?",
                };
                let mut first = manager.connect_once().map_err(|e| cannot(one_line(&e)))?;
                let wall = if *row_security { Wall::Up } else { Wall::Down };
                wall::open_for_session(&mut first).map_err(OpenError::migration)?;
                migrations::run(&mut first)?;
                wall::raise(&mut first, wall)?;
                let pool = pool(manager, *connections).map_err(|e| cannot(one_line(&e)))?;
                let threads = Threads::all_alike(&pool, *connections, wall)?;
                Ok(Self {
                    threads,
                    standings: None,
                    limits,
                    _lock: None,
                })
            }
        }
    }

    fn open_sqlite(path: &std::path::Path, limits: Limits) -> Result<Self, OpenError> {
        let where_ = path.display().to_string();
        let cannot = |cause: String| OpenError::Connect {
            where_: where_.clone(),
            cause,
            remedy: "does its folder exist, and may this user write there?",
        };
        let lock = lock_beside(path).map_err(|error| match error {
            std::fs::TryLockError::WouldBlock => OpenError::InUse(where_.clone()),
            std::fs::TryLockError::Error(error) => cannot(error.to_string()),
        })?;
        let open = |cache| Manager::Sqlite(path.to_owned(), cache);
        let mut first = open(READER_CACHE)
            .connect_once()
            .map_err(|e| cannot(one_line(&e)))?;
        migrations::run(&mut first)?;
        let standings = Standings::default();
        for (sid, expires) in FrontDesk::new(&mut first)
            .revoked_sids()
            .map_err(|e| cannot(one_line(&e)))?
        {
            standings.revoke(sid, expires);
        }
        let readers = std::thread::available_parallelism().map_or(2, usize::from);
        // The threads', the seats', and one for the checkpoints.
        let connections = u32::try_from(2 * readers + 1).unwrap_or(u32::MAX);
        let reading = pool(open(READER_CACHE), connections).map_err(|e| cannot(one_line(&e)))?;
        let writing = pool(open(WRITER_CACHE), 1).map_err(|e| cannot(one_line(&e)))?;
        // Not before the pool has a connection: closing the last one copies the whole WAL back.
        drop(first);
        Ok(Self {
            threads: Threads::one_writer(&reading, &writing, readers)?,
            standings: Some(Arc::new(standings)),
            limits,
            _lock: Some(lock),
        })
    }

    /// Ends the sign-in everywhere, from now on; says whether it had not ended before.
    pub async fn revoke(&self, sign_in: SignIn) -> Result<bool> {
        let standings = self.standings.clone();
        let job = move |db: &mut Db| {
            let ended = FrontDesk::new(db).revoke(&sign_in)?;
            let after = move || {
                if let Some(standings) = standings {
                    standings.revoke(sign_in.sid, sign_in.ends_for_good());
                }
            };
            Ok((ended, after))
        };
        self.threads.write(Scope::All, job).await
    }

    /// Forgets ended sessions that have expired by themselves.
    pub async fn purge_expired(&self, now: Stamp) -> Result<()> {
        if let Some(standings) = &self.standings {
            standings.purge(now);
        }
        self.front_desk_write(move |desk| desk.purge_expired(now))
            .await
    }

    /// Forgets what is kept in memory if somebody else has changed the database, as the operator's
    /// commands do.
    pub async fn look_outside(&self) -> Result<()> {
        let Some(standings) = self.standings.clone() else {
            return Ok(());
        };
        // The writer's connection alone sees its own commits as its own.
        let job = move |db: &mut Db| {
            if let Some(version) = FrontDesk::new(db).data_version()?
                && standings.is_news(version)
            {
                standings.forget_all();
            }
            Ok(((), || ()))
        };
        self.threads.write(Scope::All, job).await
    }

    /// Whether the database answers.
    pub async fn is_ready(&self) -> Result<()> {
        self.threads
            .read(Scope::All, Length::Long, |db| FrontDesk::new(db).answers())
            .await
    }
}

fn pool(manager: Manager, connections: u32) -> Result<threads::Pool, r2d2::Error> {
    r2d2::Pool::builder()
        .max_size(connections)
        .min_idle(Some(connections.min(2)))
        .connection_timeout(CONNECTION_TIMEOUT)
        .error_handler(Box::new(LogRefusals))
        .build(manager)
}

#[derive(Debug)]
struct LogRefusals;

impl<E: std::error::Error> r2d2::HandleError<E> for LogRefusals {
    fn handle_error(&self, error: E) {
        log::warn!("a database connection was refused: {error}");
    }
}

/// What is kept in memory is true only as long as one process writes the file.
fn lock_beside(path: &std::path::Path) -> Result<std::fs::File, std::fs::TryLockError> {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    let file = std::fs::OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(false)
        .open(name)
        .map_err(std::fs::TryLockError::Error)?;
    file.try_lock()?;
    Ok(file)
}
