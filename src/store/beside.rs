//! The database beside a server that may be running, for the commands of its operator.
//!
//! No lock is taken, so the work must touch nothing that a server keeps in memory.

use secrecy::ExposeSecret as _;

use super::connection::Manager;
use super::open_error::{OpenError, one_line};
use super::{FrontDesk, READER_CACHE, migrations, wall};
use crate::config::Database;
use crate::error::{Error, Result};

/// Does some work at the front desk, in one transaction.
pub fn beside<T>(
    database: &Database,
    work: impl FnOnce(&mut FrontDesk<'_>) -> Result<T>,
) -> Result<Result<T>, OpenError> {
    let (manager, where_) = match database {
        Database::Sqlite(path) => {
            let where_ = path.display().to_string();
            // Opening would make an empty one.
            if !path.is_file() {
                return Err(OpenError::Nothing(where_));
            }
            (Manager::Sqlite(path.clone(), READER_CACHE), where_)
        }
        Database::Postgres { url, .. } => (
            Manager::Postgres(url.expose_secret().into()),
            "the PostgreSQL server".to_owned(),
        ),
    };
    let mut db = manager.connect_once().map_err(|cause| OpenError::Connect {
        where_,
        cause: one_line(&cause),
        remedy: "is it where the server has it, and may this user write there?",
    })?;
    migrations::check(&mut db)?;
    wall::open_for_session(&mut db).map_err(OpenError::migration)?;
    if let Err(error) = db.begin_write() {
        return Ok(Err(error.into()));
    }
    let done = work(&mut FrontDesk::new(&mut db));
    let ended = match &done {
        Ok(_) => db.commit(),
        Err(_) => db.rollback(),
    };
    Ok(done.and_then(|value| ended.map(|()| value).map_err(Error::from)))
}
