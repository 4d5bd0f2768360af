//! A connection of one's own to a site's database, around everything that guards it.

use diesel::connection::SimpleConnection;
use diesel::sql_types::{BigInt, Text};
use diesel::{
    Connection as _, PgConnection, QueryResult, QueryableByName, RunQueryDsl as _,
    SqliteConnection, sql_query,
};
use secrecy::ExposeSecret as _;
use tickbox::config::Database;

use super::Site;

/// A connection to either engine.
pub enum Raw {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

/// Opens the site's database from outside, foreign keys on.
pub fn raw(site: &Site) -> Raw {
    match &site.database {
        Database::Sqlite(path) => {
            let path = path.to_str().expect("UTF-8");
            let mut connection = SqliteConnection::establish(path).expect("the site's file");
            let set = "PRAGMA foreign_keys = ON; PRAGMA busy_timeout = 5000";
            connection.batch_execute(set).expect("pragmas");
            Raw::Sqlite(connection)
        }
        Database::Postgres {
            url, row_security, ..
        } => {
            let connection = PgConnection::establish(url.expose_secret());
            let mut connection = connection.expect("the site's schema");
            if *row_security {
                let all = "SET app.user_id = 'all'";
                connection.batch_execute(all).expect("a setting");
            }
            Raw::Postgres(connection)
        }
    }
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl Raw {
    /// Runs statements.
    pub fn batch_execute(&mut self, sql: &str) -> QueryResult<()> {
        match self {
            Self::Sqlite(connection) => connection.batch_execute(sql),
            Self::Postgres(connection) => connection.batch_execute(sql),
        }
    }

    /// The one text column `line` of a query.
    pub fn lines(&mut self, sql: &str) -> Vec<String> {
        let lines: QueryResult<Vec<Line>> = match self {
            Self::Sqlite(connection) => sql_query(sql).load(connection),
            Self::Postgres(connection) => sql_query(sql).load(connection),
        };
        let lines = lines.unwrap_or_else(|error| panic!("{sql}: {error}"));
        lines.into_iter().map(|line| line.line).collect()
    }

    /// How many rows a table has.
    pub fn count(&mut self, table: &str) -> i64 {
        let sql = format!("SELECT count(*) AS count FROM {table}");
        let count: QueryResult<Count> = match self {
            Self::Sqlite(connection) => sql_query(sql).get_result(connection),
            Self::Postgres(connection) => sql_query(sql).get_result(connection),
        };
        count.expect("a count").count
    }
}
