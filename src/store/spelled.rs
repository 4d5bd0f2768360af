//! Statements spelled by hand, because Diesel prepares its own kind anew each time they run: a
//! fifth of what a small write costs.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use super::id::{Id, UuidBytes};

/// Moves an account's change counter and its number of tasks on, and returns both.
#[derive(Clone, Copy, Debug)]
pub(super) struct MoveCounters {
    pub(super) owner: Id,
    pub(super) versions: i64,
    pub(super) tasks: i64,
}

impl QueryId for MoveCounters {
    type QueryId = Self;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl Query for MoveCounters {
    type SqlType = (BigInt, BigInt);
}

impl<C> RunQueryDsl<C> for MoveCounters {}

impl<DB> QueryFragment<DB> for MoveCounters
where
    DB: Backend + HasSqlType<BigInt> + HasSqlType<UuidBytes>,
    i64: ToSql<BigInt, DB>,
    Id: ToSql<UuidBytes, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("UPDATE users SET version = version + ");
        out.push_bind_param::<BigInt, _>(&self.versions)?;
        out.push_sql(", task_count = task_count + ");
        out.push_bind_param::<BigInt, _>(&self.tasks)?;
        out.push_sql(" WHERE id = ");
        out.push_bind_param::<UuidBytes, _>(&self.owner)?;
        out.push_sql(" RETURNING version, task_count");
        Ok(())
    }
}

/// A statement without values or rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Command(pub(super) &'static str);

impl QueryId for Command {
    type QueryId = ();

    // Told apart by their text.
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<C> RunQueryDsl<C> for Command {}

impl<DB: Backend> QueryFragment<DB> for Command {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(self.0);
        Ok(())
    }
}
