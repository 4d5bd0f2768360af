//! Brings the database to the shape that this binary knows, and refuses one that is newer.

use diesel::migration::{Migration, MigrationSource};
use diesel::{QueryResult, RunQueryDsl as _, sql_query};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::OpenError;
use super::connection::{Db, on_each_backend};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// "tickbox" as a number: the key of the advisory lock that lets one replica migrate at a time.
const LOCK: i64 = 0x74_69_63_6b_62_6f_78;

/// Runs what is missing; one process at a time on PostgreSQL.
pub(super) fn run(db: &mut Db) -> Result<(), OpenError> {
    lock(db).map_err(OpenError::migration)?;
    let done = run_locked(db);
    let unlocked = unlock(db).map_err(OpenError::migration);
    done.and(unlocked)
}

/// Fails unless nothing is missing and nothing is newer.
pub(super) fn check(db: &mut Db) -> Result<(), OpenError> {
    on_each_backend!(db, |c| {
        refuse_newer(c)?;
        let is_older = c.has_pending_migration(set_of(c));
        if is_older.map_err(OpenError::migration)? {
            return Err(OpenError::Older);
        }
    });
    Ok(())
}

/// Fails if a later version of the program wrote this database.
fn refuse_newer<C>(c: &mut C) -> Result<(), OpenError>
where
    C: OwnMigrations + MigrationHarness<C::Backend>,
    EmbeddedMigrations: MigrationSource<C::Backend>,
{
    let known = known_versions(c)?;
    let applied = c.applied_migrations().map_err(OpenError::migration)?;
    let mut applied = applied.into_iter();
    match applied.find(|applied| !known.contains(&applied.to_string())) {
        Some(newer) => Err(OpenError::Newer(newer.to_string())),
        None => Ok(()),
    }
}

fn run_locked(db: &mut Db) -> Result<(), OpenError> {
    on_each_backend!(db, |c| {
        refuse_newer(c)?;
        c.run_pending_migrations(set_of(c))
            .map_err(OpenError::migration)?;
    });
    super::housekeeping::make_keys(db).map_err(OpenError::migration)
}

/// Picks the migrations that were written for the engine of a connection.
trait OwnMigrations: diesel::Connection {
    const SET: EmbeddedMigrations;
}

impl OwnMigrations for diesel::SqliteConnection {
    const SET: EmbeddedMigrations = SQLITE;
}

impl OwnMigrations for diesel::PgConnection {
    const SET: EmbeddedMigrations = POSTGRES;
}

fn set_of<C: OwnMigrations>(_: &C) -> EmbeddedMigrations {
    C::SET
}

fn known_versions<C: OwnMigrations>(_: &C) -> Result<Vec<String>, OpenError>
where
    EmbeddedMigrations: MigrationSource<C::Backend>,
{
    let migrations: Vec<Box<dyn Migration<C::Backend>>> =
        C::SET.migrations().map_err(OpenError::migration)?;
    Ok(migrations
        .iter()
        .map(|migration| migration.name().version().to_string())
        .collect())
}

fn lock(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(c) => sql_query(format!("SELECT pg_advisory_lock({LOCK})"))
            .execute(c)
            .map(drop),
        Db::Sqlite(_) => Ok(()),
    }
}

fn unlock(db: &mut Db) -> QueryResult<()> {
    match db {
        Db::Postgres(c) => sql_query(format!("SELECT pg_advisory_unlock({LOCK})"))
            .execute(c)
            .map(drop),
        Db::Sqlite(_) => Ok(()),
    }
}
