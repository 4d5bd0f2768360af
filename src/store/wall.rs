//! Row-level security: a second wall around every owner's rows, inside PostgreSQL itself.
//!
//! With it, a statement that forgot its owner finds nothing. Each job says in its transaction whose
//! rows it is about (`app.user_id`, gone with the transaction, so it is safe behind a pooler); the
//! front desk's named questions and the server's own housekeeping say that they are about all.

use diesel::prelude::*;
use diesel::sql_types::{BigInt, Bool, Text};
use uuid::Uuid;

use super::OpenError;
use super::connection::Db;
use super::mine::OWNED_TABLES;
use crate::error::{Error, Result};

/// What a row has to meet. After a transaction that set it the setting is empty, not absent, and an
/// empty text is no UUID, so both are taken for nobody.
const MINE: &str = "user_id = NULLIF(NULLIF(current_setting('app.user_id', true), ''), 'all')::uuid \
                    OR current_setting('app.user_id', true) = 'all'";

/// Whose rows a job is about.
#[derive(Clone, Copy, Debug)]
pub(super) enum Scope {
    /// One owner's.
    Owner(Uuid),
    /// Nobody is known yet, or it is about everybody.
    All,
}

/// Whether the wall stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wall {
    /// It does not.
    Down,
    /// It does, so each job says whose rows it is about.
    Up,
}

#[derive(QueryableByName)]
struct Found {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

#[derive(QueryableByName)]
struct Role {
    #[diesel(sql_type = Bool)]
    passes: bool,
}

/// Builds the wall or takes it down, and refuses one that would only look like one.
pub(super) fn raise(db: &mut Db, wanted: Wall) -> Result<(), OpenError> {
    if wanted == Wall::Up && is_walked_through(db).map_err(OpenError::migration)? {
        return Err(OpenError::WalkedThrough);
    }
    build(db, wanted).map_err(OpenError::migration)
}

/// Changes nothing where all is as wanted already.
fn build(db: &mut Db, wanted: Wall) -> QueryResult<()> {
    let Db::Postgres(conn) = db else {
        return Ok(());
    };
    let standing = diesel::sql_query(
        "SELECT count(*) AS count FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid \
         WHERE c.relnamespace = current_schema()::regnamespace AND c.relrowsecurity \
         AND c.relforcerowsecurity AND p.polname = 'owner'",
    )
    .get_result::<Found>(conn)?
    .count;
    let is_whole = usize::try_from(standing) == Ok(OWNED_TABLES.len());
    if (wanted == Wall::Up && is_whole) || (wanted == Wall::Down && standing == 0) {
        return Ok(());
    }
    conn.transaction(|conn| {
        for table in OWNED_TABLES {
            let (enable, force) = match wanted {
                Wall::Up => ("ENABLE", "FORCE"),
                Wall::Down => ("DISABLE", "NO FORCE"),
            };
            let mut statements = vec![
                format!("ALTER TABLE {table} {enable} ROW LEVEL SECURITY"),
                format!("ALTER TABLE {table} {force} ROW LEVEL SECURITY"),
                format!("DROP POLICY IF EXISTS owner ON {table}"),
            ];
            if wanted == Wall::Up {
                let policy =
                    format!("CREATE POLICY owner ON {table} USING ({MINE}) WITH CHECK ({MINE})");
                statements.push(policy);
            }
            for statement in statements {
                diesel::sql_query(statement).execute(conn)?;
            }
        }
        Ok(())
    })
}

/// Whether the role of this connection walks through any wall.
fn is_walked_through(db: &mut Db) -> QueryResult<bool> {
    let Db::Postgres(conn) = db else {
        return Ok(false);
    };
    let role =
        "SELECT rolsuper OR rolbypassrls AS passes FROM pg_roles WHERE rolname = current_user";
    Ok(diesel::sql_query(role).get_result::<Role>(conn)?.passes)
}

/// Says for all that this connection ever does that it is about everybody's rows.
pub(super) fn open_for_session(db: &mut Db) -> QueryResult<()> {
    tell(db, Scope::All, false)
}

/// Says in the transaction that has begun whose rows it is about.
pub(super) fn stand(db: &mut Db, scope: Scope) -> Result<()> {
    tell(db, scope, true).map_err(Error::from)
}

fn tell(db: &mut Db, scope: Scope, for_transaction: bool) -> QueryResult<()> {
    let Db::Postgres(conn) = db else {
        return Ok(());
    };
    let owner = match scope {
        Scope::Owner(owner) => owner.hyphenated().to_string(),
        Scope::All => "all".to_owned(),
    };
    diesel::sql_query("SELECT set_config('app.user_id', $1, $2)")
        .bind::<Text, _>(owner)
        .bind::<Bool, _>(for_transaction)
        .execute(conn)
        .map(drop)
}
