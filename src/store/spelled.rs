//! Statements spelled by hand, because Diesel prepares its own kind anew each time they run: a
//! fifth of what a small write costs.

use diesel::backend::Backend;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};

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
