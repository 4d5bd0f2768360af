//! The database as somebody sees it who goes round the application.

use diesel::connection::SimpleConnection as _;
use diesel::sql_types::Text;
use diesel::{Connection as _, PgConnection, QueryableByName, RunQueryDsl as _, SqliteConnection};
use secrecy::ExposeSecret as _;
use tickbox::config::Database;

use super::Site;

#[derive(QueryableByName)]
struct Row {
    #[diesel(sql_type = Text)]
    answer: String,
}

/// A connection to either engine that the application knows nothing of.
pub enum Outside {
    Sqlite(SqliteConnection),
    Postgres(PgConnection),
}

impl Outside {
    /// Runs statements.
    pub fn run(&mut self, statements: &str) {
        let done = match self {
            Self::Sqlite(connection) => connection.batch_execute(statements),
            Self::Postgres(connection) => connection.batch_execute(statements),
        };
        done.unwrap_or_else(|error| panic!("{statements}: {error}"));
    }

    /// Asks a question whose one column is a text named `answer`.
    pub fn ask(&mut self, question: &str) -> Vec<String> {
        let query = diesel::sql_query(question);
        let rows: Vec<Row> = match self {
            Self::Sqlite(connection) => query.load(connection),
            Self::Postgres(connection) => query.load(connection),
        }
        .unwrap_or_else(|error| panic!("{question}: {error}"));
        rows.into_iter().map(|row| row.answer).collect()
    }
}

impl Site {
    /// Opens the database past the application.
    pub fn outside(&self) -> Outside {
        match &self.database {
            Database::Sqlite(path) => {
                let path = path.to_str().expect("a path in UTF-8");
                let mut connection = SqliteConnection::establish(path).expect("the file");
                let patience = "PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON";
                connection.batch_execute(patience).expect("settings");
                Outside::Sqlite(connection)
            }
            Database::Postgres {
                url, row_security, ..
            } => {
                let connection = PgConnection::establish(url.expose_secret());
                let mut connection = connection.expect("the test database");
                if *row_security {
                    let all = "SET app.user_id = 'all'";
                    connection.batch_execute(all).expect("a setting");
                }
                Outside::Postgres(connection)
            }
        }
    }
}
