//! A folder and a database that servers can be started on, one after the other.

use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use diesel::connection::SimpleConnection as _;
use diesel::{Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;

use super::{Server, leave_out, server};

/// Which database a server runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

const SECRET: &str = "k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a";

/// Keeps what a server stores, longer than the server lives.
pub struct Place {
    pub folder: TempDir,
    schema: Option<Schema>,
    starts: AtomicU32,
}

/// A schema of its own in the test database, dropped in the end.
struct Schema {
    server_url: String,
    name: String,
}

impl Place {
    /// An empty place, or none if this engine is not to be had here.
    pub fn new(engine: Engine) -> Option<Self> {
        let schema = match engine {
            Engine::Sqlite => None,
            Engine::Postgres => Some(Schema::new()?),
        };
        Some(Self {
            folder: TempDir::new().expect("a temporary folder"),

            schema,
            starts: AtomicU32::new(0),
        })
    }

    /// The binary with the settings of this place, and nothing else from the environment.
    pub fn tickbox(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tickbox"));
        command
            .env_clear()
            .current_dir(&self.folder)
            .stdin(Stdio::null())
            .env("TICKBOX_LISTEN", "127.0.0.1:0")
            .env("TICKBOX_DATA_DIR", self.folder.path().join("data"))
            .env("TICKBOX_BCRYPT_COST", "10")
            .env("TICKBOX_LIMIT_LOGIN", "0")
            .env("TICKBOX_LIMIT_ACCOUNT", "0")
            .env("TICKBOX_LIMIT_SIGNUP", "0")
            .env("TICKBOX_LIMIT_WRITES", "0")
            .env("TICKBOX_EXAMPLES", "no");
        if let Some(schema) = &self.schema {
            command
                .env("DATABASE_URL", schema.url())
                .env("TICKBOX_SECRET", SECRET);
        }
        command
    }

    /// Starts a server and waits until it answers.
    pub fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Starts a server with more settings.
    pub fn serve_with(&self, settings: &[(&str, &str)]) -> Server {
        let number = self.starts.fetch_add(1, Ordering::Relaxed);
        let log = self.folder.path().join(format!("log-{number}"));
        let mut command = self.tickbox();
        command.envs(settings.iter().copied());
        Server::start(command, log)
    }

    /// Starts a server with more settings that listens there, behind a proxy.
    pub fn serve_behind(&self, address: &str, settings: &[(&str, &str)]) -> Server {
        let number = self.starts.fetch_add(1, Ordering::Relaxed);
        let log = self.folder.path().join(format!("log-{number}"));
        let mut command = self.tickbox();
        command.envs(settings.iter().copied());
        command.env("TICKBOX_LISTEN", address);
        Server::start_behind(command, log, Some(address))
    }

    /// Starts a server that must not come up, and returns the one sentence that it says instead.
    #[track_caller]
    pub fn refused(&self, settings: &[(&str, &str)]) -> String {
        let mut command = self.tickbox();
        command.envs(settings.iter().copied());
        server::refused(command)
    }

    /// Runs SQL behind the server's back.
    pub fn run_sql(&self, sql: &str) {
        if let Some(schema) = &self.schema {
            let mut connection = PgConnection::establish(&schema.url()).expect("the database");
            connection.batch_execute(sql).expect("SQL that runs");
        } else {
            let file = self.folder.path().join("data/tickbox.db");
            let file = file.to_str().expect("a readable path");
            let mut connection = SqliteConnection::establish(file).expect("the database");
            connection.batch_execute(sql).expect("SQL that runs");
        }
    }
}

impl Schema {
    fn new() -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);

        let Ok(server_url) = std::env::var("TICKBOX_TEST_DATABASE_URL") else {
            leave_out("TICKBOX_TEST_DATABASE_URL is not set");
            return None;
        };
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let name = format!("real_{}_{count}", std::process::id());
        let schema = Self { server_url, name };
        schema.run(&format!(
            "DROP SCHEMA IF EXISTS {0} CASCADE; CREATE SCHEMA {0}",
            schema.name
        ));
        Some(schema)
    }

    fn url(&self) -> String {
        let joint = if self.server_url.contains('?') {
            '&'
        } else {
            '?'
        };
        let (url, name) = (&self.server_url, &self.name);
        format!("{url}{joint}options=-csearch_path%3D{name}")
    }

    fn run(&self, sql: &str) {
        let mut connection =
            PgConnection::establish(&self.server_url).expect("the server of the test database");
        connection.batch_execute(sql).expect("SQL that runs");
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        // What a killed server left behind may take a moment to let go.
        let patience = Duration::from_secs(10).as_millis();
        self.run(&format!(
            "SET lock_timeout = {patience}; SET client_min_messages = warning; \
             DROP SCHEMA IF EXISTS {} CASCADE",
            self.name
        ));
    }
}
