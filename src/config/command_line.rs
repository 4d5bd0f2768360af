//! Flags and environment, as they were written: the whole list of settings and their defaults.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

use super::mail::MailSettings;
use super::values::choice;
use super::{Config, ConfigError, Database, LogConfig, LogFormat};

/// A to-do list that works in every browser, without JavaScript, and is a first-class API.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct CommandLine {
    /// What to do; serving is the default.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    pub(super) settings: Settings,
}

/// What the binary can do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API (the default).
    Serve,
    /// Ask the server that runs with these settings whether it is well; exit code 0 or 1.
    Healthcheck,
    /// Print a link, good once and for 30 minutes, with which the owner of an account sets a new
    /// password.
    ResetLink {
        /// The account's e-mail address.
        email: String,
    },
    /// Close an account to everybody, its owner too; a running server knows within seconds.
    Disable {
        /// The account's e-mail address.
        email: String,
    },
    /// Open an account again that was disabled.
    Enable {
        /// The account's e-mail address.
        email: String,
    },
    /// Let the owner of an account sign in with the password alone, who has lost authenticator and
    /// recovery codes.
    TwoStepOff {
        /// The account's e-mail address.
        email: String,
    },
    /// Print a link, good once, with which somebody may sign up where `TICKBOX_SIGNUP` is invite.
    Invite {
        /// How many days it is good, 1 to 365.
        #[arg(long, default_value = "7", value_parser = clap::value_parser!(u16).range(1..=365))]
        days: u16,
    },
}

/// The settings as they were written, still text.
#[derive(Debug, Default, Args)]
pub(super) struct Settings {
    /// Address and port to listen on.
    #[arg(
        long,
        env = "TICKBOX_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    pub(super) listen: String,
    /// Folder of the `SQLite` file and the generated secret.
    #[arg(
        long,
        env = "TICKBOX_DATA_DIR",
        default_value = "./data",
        global = true
    )]
    pub(super) data_dir: PathBuf,
    /// Where the data is: <sqlite://PATH>, a path, or <postgres://…> [default: tickbox.db in the data
    /// folder].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    pub(super) database_url: Option<String>,
    /// File that holds the database URL.
    #[arg(long, env = "DATABASE_URL_FILE", global = true)]
    pub(super) database_url_file: Option<PathBuf>,
    /// Connections, and threads, kept to `PostgreSQL`.
    #[arg(
        long,
        env = "TICKBOX_DB_CONNECTIONS",
        default_value = "4",
        global = true
    )]
    pub(super) db_connections: String,
    /// Row-level security in `PostgreSQL` as a second wall around each owner's rows: yes or no.
    #[arg(
        long,
        env = "TICKBOX_DB_ROW_SECURITY",
        default_value = "no",
        global = true
    )]
    pub(super) db_row_security: String,
    /// Secret that signs the tokens, at least 32 bytes [default: generated in the data folder].
    #[arg(long, env = "TICKBOX_SECRET", hide_env_values = true, global = true)]
    pub(super) secret: Option<String>,
    /// File that holds the secret.
    #[arg(long, env = "TICKBOX_SECRET_FILE", global = true)]
    pub(super) secret_file: Option<PathBuf>,
    /// Several secrets as ID:BASE64,ID:BASE64; the first signs, all verify.
    #[arg(long, env = "TICKBOX_SECRETS", hide_env_values = true, global = true)]
    pub(super) secrets: Option<String>,
    /// File that holds the several secrets.
    #[arg(long, env = "TICKBOX_SECRETS_FILE", global = true)]
    pub(super) secrets_file: Option<PathBuf>,
    /// The same as --secret, under the name that Better Auth gives it.
    #[arg(
        long,
        env = "BETTER_AUTH_SECRET",
        hide_env_values = true,
        global = true
    )]
    pub(super) better_auth_secret: Option<String>,
    /// File that holds the Better Auth secret.
    #[arg(long, env = "BETTER_AUTH_SECRET_FILE", global = true)]
    pub(super) better_auth_secret_file: Option<PathBuf>,
    /// How tokens are signed: HS256 (with the secret) or `EdDSA` (public keys at
    /// /.well-known/jwks.json).
    #[arg(
        long,
        env = "TICKBOX_TOKEN_ALGORITHM",
        default_value = "HS256",
        global = true
    )]
    pub(super) token_algorithm: String,
    /// TOML file that names who else may issue tokens.
    #[arg(long, env = "TICKBOX_ISSUERS_FILE", global = true)]
    pub(super) issuers_file: Option<PathBuf>,
    /// Origins of front ends that may use the API from a browser, separated by commas; * = all.
    #[arg(long, env = "TICKBOX_CORS_ORIGINS", default_value = "", global = true)]
    pub(super) cors_origins: String,
    /// Address under which people reach the server, such as <https://todo.example.org>.
    #[arg(long, env = "TICKBOX_PUBLIC_URL", global = true)]
    pub(super) public_url: Option<String>,
    /// More host names that the server answers for, separated by commas.
    #[arg(long, env = "TICKBOX_ALLOWED_HOSTS", default_value = "", global = true)]
    pub(super) allowed_hosts: String,
    /// Networks of reverse proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(
        long,
        env = "TICKBOX_TRUSTED_PROXIES",
        default_value = "",
        global = true
    )]
    pub(super) trusted_proxies: String,
    /// Whom to tell of a security hole, for /.well-known/security.txt: <mailto:you@example.org> or an
    /// https address.
    #[arg(long, env = "TICKBOX_SECURITY_CONTACT", global = true)]
    pub(super) security_contact: Option<String>,
    /// Who may sign up: open, invite or closed.
    #[arg(long, env = "TICKBOX_SIGNUP", default_value = "open", global = true)]
    pub(super) signup: String,
    /// Work factor of password hashes, 10 to 14.
    #[arg(long, env = "TICKBOX_BCRYPT_COST", default_value = "12", global = true)]
    pub(super) bcrypt_cost: String,
    /// Passwords that are guessed first: refuse or allow.
    #[arg(
        long,
        env = "TICKBOX_COMMON_PASSWORDS",
        default_value = "refuse",
        global = true
    )]
    pub(super) common_passwords: String,
    /// Tasks that a new account finds to try things on: yes or no.
    #[arg(long, env = "TICKBOX_EXAMPLES", default_value = "yes", global = true)]
    pub(super) examples: String,
    /// Log-ins and sign-ups a minute from one network; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_LOGIN", default_value = "10", global = true)]
    pub(super) limit_login: String,
    /// Wrong passwords for one account before each further try has to wait; 0 = no limit.
    #[arg(
        long,
        env = "TICKBOX_LIMIT_ACCOUNT",
        default_value = "5",
        global = true
    )]
    pub(super) limit_account: String,
    /// Wrong codes of one two-step sign-in before it has to begin anew; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_CODES", default_value = "5", global = true)]
    pub(super) limit_codes: String,
    /// Accounts an hour from one network; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_SIGNUP", default_value = "5", global = true)]
    pub(super) limit_signup: String,
    /// Changes a minute by one account at the API; 0 = no limit.
    #[arg(
        long,
        env = "TICKBOX_LIMIT_WRITES",
        default_value = "600",
        global = true
    )]
    pub(super) limit_writes: String,
    /// Days that a browser stays signed in if it comes back every week, 0 to 90; 0 = seven and no more.
    #[arg(
        long,
        env = "TICKBOX_RENEWAL_DAYS",
        default_value = "30",
        global = true
    )]
    pub(super) renewal_days: String,
    /// Days that a deleted task waits in the trash before the server removes it.
    #[arg(long, env = "TICKBOX_TRASH_DAYS", default_value = "30", global = true)]
    pub(super) trash_days: String,
    /// Tasks of one account, the trash included.
    #[arg(
        long,
        env = "TICKBOX_LIMIT_TASKS",
        default_value = "100000",
        global = true
    )]
    pub(super) limit_tasks: String,
    /// Lists of one account.
    #[arg(
        long,
        env = "TICKBOX_LIMIT_LISTS",
        default_value = "500",
        global = true
    )]
    pub(super) limit_lists: String,
    /// Labels of one account.
    #[arg(
        long,
        env = "TICKBOX_LIMIT_LABELS",
        default_value = "2000",
        global = true
    )]
    pub(super) limit_labels: String,
    /// Time zone that new accounts start with, by its IANA name.
    #[arg(long, env = "TICKBOX_TIME_ZONE", default_value = "UTC", global = true)]
    pub(super) time_zone: String,
    /// Folder of files of your own: /site/NAME, and robots.txt.
    #[arg(long, env = "TICKBOX_STATIC_DIR", global = true)]
    pub(super) static_dir: Option<PathBuf>,
    /// Threads that answer requests [default: one a core].
    #[arg(long, env = "TICKBOX_WORKERS", global = true)]
    pub(super) workers: Option<String>,
    /// What is logged, in the words of `env_logger`.
    #[arg(
        long,
        env = "TICKBOX_LOG",
        default_value = "info,actix_server=warn",
        global = true
    )]
    pub(super) log: String,
    /// How it is logged: text or json.
    #[arg(
        long,
        env = "TICKBOX_LOG_FORMAT",
        default_value = "text",
        global = true
    )]
    pub(super) log_format: String,
    #[command(flatten)]
    pub(super) mail: MailSettings,
}
impl CommandLine {
    /// Reads flags and environment; answers `--help` and `--version` itself.
    pub fn read() -> Self {
        Self::parse()
    }

    /// How to log; the one setting that is needed before the others are checked.
    pub fn log(&self) -> Result<LogConfig, ConfigError> {
        let format = match self.settings.log_format.as_str() {
            "text" => LogFormat::Text,
            "json" => LogFormat::Json,
            other => return Err(choice("TICKBOX_LOG_FORMAT", other, "text or json")),
        };
        Ok(LogConfig {
            filter: self.settings.log.clone(),
            format,
        })
    }

    /// Where a running server listens.
    pub fn listen(&self) -> Result<SocketAddr, ConfigError> {
        self.settings.listen()
    }

    /// Where the data is.
    pub fn database(&self) -> Result<Database, ConfigError> {
        self.settings.database()
    }

    /// Where people reach the server.
    pub fn base_url(&self) -> Result<String, ConfigError> {
        match self.settings.public_url()? {
            Some(url) => Ok(url.origin().to_owned()),
            None => Ok(format!("http://{}", self.settings.listen()?)),
        }
    }

    /// Checks every setting, makes the data folder and, where one is missing, the secret.
    pub fn into_config(self) -> Result<Config, ConfigError> {
        self.settings.into_config()
    }
}
