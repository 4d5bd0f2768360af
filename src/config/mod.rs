//! Every setting, its default, and the sentence that says how to mend it.
//!
//! The only reader of the environment. Each variable has a flag twin (`TICKBOX_LISTEN` and
//! `--listen`) and each secret a `*_FILE` twin. A [`Config`] is whole and valid, or there is none.

use std::fmt;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use clap::{Args, Parser, Subcommand};
use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

mod secret_file;

/// Why the program does not start: which variable, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl ConfigError {
    fn new(variable: &str, remedy: impl fmt::Display) -> Self {
        Self(format!("{variable}: {remedy}"))
    }
}

/// A to-do list that works in every browser, without JavaScript, and is a first-class API.
#[derive(Debug, Parser)]
#[command(version, about, max_term_width = 100)]
pub struct CommandLine {
    /// What to do; serving is the default.
    #[command(subcommand)]
    pub command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

/// What the binary can do.
#[derive(Clone, Copy, Debug, Subcommand)]
pub enum Command {
    /// Serve the pages and the API (the default).
    Serve,
    /// Ask the server that runs with these settings whether it is well; exit code 0 or 1.
    Healthcheck,
}

/// The settings as they were written, still text.
#[derive(Debug, Default, Args)]
struct Settings {
    /// Address and port to listen on.
    #[arg(
        long,
        env = "TICKBOX_LISTEN",
        default_value = "127.0.0.1:8080",
        global = true
    )]
    listen: String,
    /// Folder of the `SQLite` file and the generated secret.
    #[arg(
        long,
        env = "TICKBOX_DATA_DIR",
        default_value = "./data",
        global = true
    )]
    data_dir: PathBuf,
    /// Where the data is: sqlite://PATH, a path, or postgres://… [default: tickbox.db in the data
    /// folder].
    #[arg(long, env = "DATABASE_URL", hide_env_values = true, global = true)]
    database_url: Option<String>,
    /// File that holds the database URL.
    #[arg(long, env = "DATABASE_URL_FILE", global = true)]
    database_url_file: Option<PathBuf>,
    /// Connections, and threads, kept to `PostgreSQL`.
    #[arg(
        long,
        env = "TICKBOX_DB_CONNECTIONS",
        default_value = "4",
        global = true
    )]
    db_connections: String,
    /// Secret that signs the tokens, at least 32 bytes [default: generated in the data folder].
    #[arg(long, env = "TICKBOX_SECRET", hide_env_values = true, global = true)]
    secret: Option<String>,
    /// File that holds the secret.
    #[arg(long, env = "TICKBOX_SECRET_FILE", global = true)]
    secret_file: Option<PathBuf>,
    /// Several secrets as ID:BASE64,ID:BASE64; the first signs, all verify.
    #[arg(long, env = "TICKBOX_SECRETS", hide_env_values = true, global = true)]
    secrets: Option<String>,
    /// File that holds the several secrets.
    #[arg(long, env = "TICKBOX_SECRETS_FILE", global = true)]
    secrets_file: Option<PathBuf>,
    /// The same as --secret, under the name that Better Auth gives it.
    #[arg(
        long,
        env = "BETTER_AUTH_SECRET",
        hide_env_values = true,
        global = true
    )]
    better_auth_secret: Option<String>,
    /// File that holds the Better Auth secret.
    #[arg(long, env = "BETTER_AUTH_SECRET_FILE", global = true)]
    better_auth_secret_file: Option<PathBuf>,
    /// Address under which people reach the server, such as <https://todo.example.org>.
    #[arg(long, env = "TICKBOX_PUBLIC_URL", global = true)]
    public_url: Option<String>,
    /// More host names that the server answers for, separated by commas.
    #[arg(long, env = "TICKBOX_ALLOWED_HOSTS", default_value = "", global = true)]
    allowed_hosts: String,
    /// Networks of reverse proxies whose X-Forwarded-For is believed, separated by commas.
    #[arg(
        long,
        env = "TICKBOX_TRUSTED_PROXIES",
        default_value = "",
        global = true
    )]
    trusted_proxies: String,
    /// Who may sign up: open or closed.
    #[arg(long, env = "TICKBOX_SIGNUP", default_value = "open", global = true)]
    signup: String,
    /// Work factor of password hashes, 10 to 14.
    #[arg(long, env = "TICKBOX_BCRYPT_COST", default_value = "12", global = true)]
    bcrypt_cost: String,
    /// Passwords that are guessed first: refuse or allow.
    #[arg(
        long,
        env = "TICKBOX_COMMON_PASSWORDS",
        default_value = "refuse",
        global = true
    )]
    common_passwords: String,
    /// Log-ins and sign-ups a minute from one network; 0 = no limit.
    #[arg(long, env = "TICKBOX_LIMIT_LOGIN", default_value = "10", global = true)]
    limit_login: String,
    /// Time zone that new accounts start with, by its IANA name.
    #[arg(long, env = "TICKBOX_TIME_ZONE", default_value = "UTC", global = true)]
    time_zone: String,
    /// Folder of files of your own: /site/NAME, and robots.txt.
    #[arg(long, env = "TICKBOX_STATIC_DIR", global = true)]
    static_dir: Option<PathBuf>,
    /// Threads that answer requests [default: one a core].
    #[arg(long, env = "TICKBOX_WORKERS", global = true)]
    workers: Option<String>,
    /// What is logged, in the words of `env_logger`.
    #[arg(
        long,
        env = "TICKBOX_LOG",
        default_value = "info,actix_server=warn",
        global = true
    )]
    log: String,
    /// How it is logged: text or json.
    #[arg(
        long,
        env = "TICKBOX_LOG_FORMAT",
        default_value = "text",
        global = true
    )]
    log_format: String,
}

/// Everything the server needs to know, checked.
#[derive(Debug)]
pub struct Config {
    /// Where to listen.
    pub listen: SocketAddr,
    /// Where the data is.
    pub database: Database,
    /// Signs and verifies our tokens; the first signs.
    pub keys: Vec<SecretKey>,
    /// Where people reach the server, if that was said.
    pub public_url: Option<PublicUrl>,
    /// Hosts answered for besides the usual ones, lower-case, without port.
    pub allowed_hosts: Vec<String>,
    /// Proxies whose word about the client counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Who may sign up.
    pub signup: Signup,
    /// bcrypt's work factor.
    pub bcrypt_cost: u32,
    /// Whether passwords that are guessed first are refused.
    pub refuse_common_passwords: bool,
    /// Log-ins and sign-ups a minute from one network; none = no limit.
    pub login_limit: Option<std::num::NonZeroU32>,
    /// The zone a new account starts with.
    pub time_zone: chrono_tz::Tz,
    /// The operator's own files.
    pub static_dir: Option<PathBuf>,
    /// Threads that answer requests.
    pub workers: usize,
}

/// How the program logs.
#[derive(Clone, Debug)]
pub struct LogConfig {
    /// Filter in the words of `env_logger`.
    pub filter: String,
    /// One line of text or one JSON object.
    pub format: LogFormat,
}

/// The shape of a log line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Where the data is.
#[derive(Clone, Debug)]
pub enum Database {
    /// One file, one process.
    Sqlite(PathBuf),
    /// A server, shared by replicas.
    Postgres {
        /// As libpq takes it; holds a password.
        url: SecretString,
        /// Connections kept open.
        connections: u32,
    },
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signup {
    /// Everyone.
    Open,
    /// Nobody.
    Closed,
}

/// A signing secret of at least 32 bytes.
#[derive(Debug)]
pub struct SecretKey(SecretBox<Vec<u8>>);

impl SecretKey {
    /// Takes the bytes over, unless they are too short or a sample that everybody knows.
    pub fn new(bytes: Vec<u8>) -> Result<Self, &'static str> {
        const SAMPLES: [&str; 5] = ["changeme", "changethis", "secret", "password", "example"];

        if bytes.len() < 32 {
            return Err("is shorter than 32 bytes");
        }
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let is_sample = SAMPLES
            .iter()
            .any(|sample| text.replace(sample, "").len() < 8);
        if is_sample || bytes.iter().all(|byte| Some(byte) == bytes.first()) {
            return Err("is a sample, not a secret");
        }
        Ok(Self(SecretBox::new(Box::new(bytes))))
    }

    /// The bytes, for the moment of signing or verifying.
    pub fn expose(&self) -> &[u8] {
        self.0.expose_secret()
    }
}

/// The address under which people reach the server: scheme and host, no path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    host: String,
    is_https: bool,
}

impl PublicUrl {
    /// Reads `https://host[:port]`.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = url::Url::parse(text).map_err(|_| "is not an address")?;
        let (true, Some(host)) = (matches!(url.scheme(), "http" | "https"), url.host_str()) else {
            return Err("needs http:// or https:// and a host");
        };
        if !matches!(url.path(), "" | "/") || url.query().is_some() || url.fragment().is_some() {
            return Err("must not have a path; the server wants a host name of its own");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not hold a user name or password");
        }
        Ok(Self {
            origin: url.origin().ascii_serialization(),
            host: host.to_owned(),
            is_https: url.scheme() == "https",
        })
    }

    /// `https://host[:port]`, as browsers send it in `Origin`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// The host alone, lower-case.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// Whether people come by https, and cookies are `Secure`.
    pub fn is_https(&self) -> bool {
        self.is_https
    }
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

    /// Checks every setting, makes the data folder and, where one is missing, the secret.
    pub fn into_config(self) -> Result<Config, ConfigError> {
        self.settings.into_config()
    }
}

impl Settings {
    fn into_config(self) -> Result<Config, ConfigError> {
        let database = self.database()?;
        Ok(Config {
            listen: self.listen()?,
            keys: self.keys(&database)?,
            public_url: self.public_url()?,
            allowed_hosts: items(&self.allowed_hosts).map(str::to_lowercase).collect(),
            trusted_proxies: self.trusted_proxies()?,
            signup: match self.signup.as_str() {
                "open" => Signup::Open,
                "closed" => Signup::Closed,
                other => return Err(choice("TICKBOX_SIGNUP", other, "open or closed")),
            },
            bcrypt_cost: number("TICKBOX_BCRYPT_COST", &self.bcrypt_cost, 10..=14)?,
            refuse_common_passwords: match self.common_passwords.as_str() {
                "refuse" => true,
                "allow" => false,
                other => return Err(choice("TICKBOX_COMMON_PASSWORDS", other, "refuse or allow")),
            },
            login_limit: std::num::NonZeroU32::new(number(
                "TICKBOX_LIMIT_LOGIN",
                &self.limit_login,
                0..=1_000_000,
            )?),
            time_zone: self.time_zone.parse().map_err(|_| {
                let remedy = format!(
                    "“{}” is no IANA zone; write one like Europe/Berlin",
                    self.time_zone
                );
                ConfigError::new("TICKBOX_TIME_ZONE", remedy)
            })?,
            static_dir: self.static_dir()?,
            workers: self.workers()?,
            database,
        })
    }

    fn listen(&self) -> Result<SocketAddr, ConfigError> {
        self.listen
            .replace("localhost:", "127.0.0.1:")
            .parse()
            .map_err(|_| {
                let remedy = format!(
                    "“{}” is no address; write it like 127.0.0.1:8080",
                    self.listen
                );
                ConfigError::new("TICKBOX_LISTEN", remedy)
            })
    }

    fn database(&self) -> Result<Database, ConfigError> {
        let url = value_or_file(
            ("DATABASE_URL", self.database_url.as_deref()),
            ("DATABASE_URL_FILE", self.database_url_file.as_deref()),
        )?;
        let Some(url) = url else {
            return Ok(Database::Sqlite(self.data_dir()?.join("tickbox.db")));
        };
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            let connections = number("TICKBOX_DB_CONNECTIONS", &self.db_connections, 1..=256)?;
            return Ok(Database::Postgres {
                url: url.into(),
                connections,
            });
        }
        let path = url.strip_prefix("sqlite://").unwrap_or(&url);
        // A scheme we do not know, or a word that is more likely a slip than a file name.
        let is_path = path.contains(['/', '.']) && !path.contains("://") && !path.contains('?');
        if path.is_empty() || !is_path {
            let remedy = "write sqlite:///var/lib/tickbox/tickbox.db, a path, or \
                          postgres://user:password@host/database";
            return Err(ConfigError::new("DATABASE_URL", remedy));
        }
        Ok(Database::Sqlite(PathBuf::from(path)))
    }

    fn data_dir(&self) -> Result<&Path, ConfigError> {
        std::fs::create_dir_all(&self.data_dir).map_err(|error| {
            let remedy = format!(
                "cannot make the folder {}: {error}; name one that this user may write to",
                self.data_dir.display()
            );
            ConfigError::new("TICKBOX_DATA_DIR", remedy)
        })?;
        Ok(&self.data_dir)
    }

    fn keys(&self, database: &Database) -> Result<Vec<SecretKey>, ConfigError> {
        let several = value_or_file(
            ("TICKBOX_SECRETS", self.secrets.as_deref()),
            ("TICKBOX_SECRETS_FILE", self.secrets_file.as_deref()),
        )?;
        if let Some(several) = several {
            return items(&several)
                .map(key_of_several)
                .collect::<Result<Vec<_>, _>>()
                .and_then(|keys| match keys.is_empty() {
                    true => Err(ConfigError::new("TICKBOX_SECRETS", "holds no secret")),
                    false => Ok(keys),
                });
        }
        let one = value_or_file(
            ("TICKBOX_SECRET", self.secret.as_deref()),
            ("TICKBOX_SECRET_FILE", self.secret_file.as_deref()),
        )?;
        let alias = value_or_file(
            ("BETTER_AUTH_SECRET", self.better_auth_secret.as_deref()),
            (
                "BETTER_AUTH_SECRET_FILE",
                self.better_auth_secret_file.as_deref(),
            ),
        )?;
        let (variable, bytes) = match (one, alias, database) {
            (Some(secret), _, _) => ("TICKBOX_SECRET", secret.into_bytes()),
            (None, Some(secret), _) => ("BETTER_AUTH_SECRET", secret.into_bytes()),
            (None, None, Database::Sqlite(_)) => (
                "TICKBOX_SECRET",
                secret_file::read_or_make(&self.data_dir()?.join("secret"))?,
            ),
            (None, None, Database::Postgres { .. }) => {
                let remedy = "must be set with PostgreSQL, because all replicas must share it; \
                              make one with: openssl rand -base64 48";
                return Err(ConfigError::new("TICKBOX_SECRET", remedy));
            }
        };
        let key = SecretKey::new(bytes).map_err(|fault| bad_secret(variable, fault))?;
        Ok(vec![key])
    }

    fn public_url(&self) -> Result<Option<PublicUrl>, ConfigError> {
        let Some(text) = self.public_url.as_deref().filter(|text| !text.is_empty()) else {
            return Ok(None);
        };
        PublicUrl::parse(text).map(Some).map_err(|fault| {
            let remedy = format!("“{text}” {fault}; write it like https://todo.example.org");
            ConfigError::new("TICKBOX_PUBLIC_URL", remedy)
        })
    }

    fn trusted_proxies(&self) -> Result<Vec<IpNet>, ConfigError> {
        items(&self.trusted_proxies)
            .map(|item| {
                let one = item.parse::<std::net::IpAddr>().map(IpNet::from);
                item.parse().or(one).map_err(|_| {
                    let remedy = format!("“{item}” is no network; write it like 10.0.0.0/8");
                    ConfigError::new("TICKBOX_TRUSTED_PROXIES", remedy)
                })
            })
            .collect()
    }

    fn static_dir(&self) -> Result<Option<PathBuf>, ConfigError> {
        match &self.static_dir {
            Some(dir) if !dir.is_dir() => {
                let remedy = format!("{} is no folder that can be read", dir.display());
                Err(ConfigError::new("TICKBOX_STATIC_DIR", remedy))
            }
            dir => Ok(dir.clone()),
        }
    }

    fn workers(&self) -> Result<usize, ConfigError> {
        match &self.workers {
            Some(text) => number("TICKBOX_WORKERS", text, 1..=1024),
            None => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        }
    }
}

fn items(text: &str) -> impl Iterator<Item = &str> {
    text.split(',')
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

fn number<N>(
    variable: &str,
    text: &str,
    range: std::ops::RangeInclusive<N>,
) -> Result<N, ConfigError>
where
    N: std::str::FromStr + PartialOrd + fmt::Display,
{
    text.trim()
        .parse()
        .ok()
        .filter(|number| range.contains(number))
        .ok_or_else(|| {
            let remedy = format!(
                "“{text}” is no number from {} to {}",
                range.start(),
                range.end()
            );
            ConfigError::new(variable, remedy)
        })
}

fn choice(variable: &str, given: &str, choices: &str) -> ConfigError {
    ConfigError::new(variable, format!("“{given}” is not known; write {choices}"))
}

fn bad_secret(variable: &str, fault: &str) -> ConfigError {
    ConfigError::new(
        variable,
        format!("{fault}; make one with: openssl rand -base64 48"),
    )
}

fn key_of_several(item: &str) -> Result<SecretKey, ConfigError> {
    const NAME: &str = "TICKBOX_SECRETS";
    let Some((_, text)) = item.split_once(':') else {
        return Err(ConfigError::new(
            NAME,
            "write ID:BASE64,ID:BASE64; the first signs",
        ));
    };
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(text)
        .map_err(|_| ConfigError::new(NAME, "a secret in it is not base64"))?;
    SecretKey::new(bytes).map_err(|fault| bad_secret(NAME, fault))
}

/// The value itself or what its file holds, trimmed; empty counts as not given.
fn value_or_file(
    (variable, value): (&str, Option<&str>),
    (file_variable, file): (&str, Option<&Path>),
) -> Result<Option<String>, ConfigError> {
    let value = value.map(str::trim).filter(|value| !value.is_empty());
    match (value, file) {
        (Some(_), Some(_)) => Err(ConfigError::new(
            variable,
            format!("{file_variable} is set too; keep one"),
        )),
        (Some(value), None) => Ok(Some(value.to_owned())),
        (None, Some(path)) => match std::fs::read_to_string(path) {
            Ok(text) if text.trim().is_empty() => Err(ConfigError::new(
                file_variable,
                format!("{} is empty", path.display()),
            )),
            Ok(text) => Ok(Some(text.trim().to_owned())),
            Err(error) => {
                let remedy = format!("cannot read {}: {error}", path.display());
                Err(ConfigError::new(file_variable, remedy))
            }
        },
        (None, None) => Ok(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        CommandLine::parse_from(["tickbox"]).settings
    }

    fn database(url: &str) -> Result<Database, ConfigError> {
        Settings {
            database_url: Some(url.to_owned()),
            ..settings()
        }
        .database()
    }

    #[test]
    fn a_database_is_told_by_its_scheme_and_a_slip_is_refused() {
        assert!(matches!(
            database("postgres://a@b/c"),
            Ok(Database::Postgres { .. })
        ));
        assert!(matches!(
            database("postgresql://a@b/c"),
            Ok(Database::Postgres { .. })
        ));
        assert!(
            matches!(database("sqlite:///x/t.db"), Ok(Database::Sqlite(p)) if p == Path::new("/x/t.db"))
        );
        assert!(matches!(database("./t.db"), Ok(Database::Sqlite(_))));
        for slip in [
            "potsgres://a@b/c",
            "postgres",
            "mysql://a/b",
            "sqlite://",
            "sqlite://x.db?mode=ro",
        ] {
            let error = database(slip).expect_err(slip).to_string();
            assert!(
                error.starts_with("DATABASE_URL: write sqlite://"),
                "{slip}: {error}"
            );
        }
    }

    #[test]
    fn postgresql_demands_a_secret() {
        let settings = Settings {
            database_url: Some("postgres://a@b/c".to_owned()),
            ..settings()
        };

        let error = settings.into_config().expect_err("no secret").to_string();

        assert!(
            error.starts_with("TICKBOX_SECRET: must be set with PostgreSQL"),
            "{error}"
        );
    }

    #[test]
    fn short_and_sample_secrets_are_refused() {
        for bad in [
            "short",
            &"a".repeat(40),
            &"changeme".repeat(5),
            &"Secret".repeat(8),
        ] {
            assert!(SecretKey::new(bad.as_bytes().to_vec()).is_err(), "{bad}");
        }
        assert!(SecretKey::new(b"k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a".to_vec()).is_ok());
    }

    #[test]
    fn a_public_url_is_an_origin() {
        let url = PublicUrl::parse("https://Todo.Example.org/").expect("an origin");
        assert_eq!(
            (url.origin(), url.host()),
            ("https://todo.example.org", "todo.example.org")
        );
        for bad in [
            "todo.example.org",
            "ftp://x",
            "https://x/app",
            "https://u:p@x",
            "https://x?y",
        ] {
            assert!(PublicUrl::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn every_slip_names_its_variable() {
        let slips: [(Settings, &str); 6] = [
            (
                Settings {
                    listen: "here".to_owned(),
                    ..settings()
                },
                "TICKBOX_LISTEN",
            ),
            (
                Settings {
                    signup: "maybe".to_owned(),
                    ..settings()
                },
                "TICKBOX_SIGNUP",
            ),
            (
                Settings {
                    bcrypt_cost: "9".to_owned(),
                    ..settings()
                },
                "TICKBOX_BCRYPT_COST",
            ),
            (
                Settings {
                    time_zone: "Mars".to_owned(),
                    ..settings()
                },
                "TICKBOX_TIME_ZONE",
            ),
            (
                Settings {
                    trusted_proxies: "x".to_owned(),
                    ..settings()
                },
                "TICKBOX_TRUSTED_PROXIES",
            ),
            (
                Settings {
                    workers: Some("0".to_owned()),
                    ..settings()
                },
                "TICKBOX_WORKERS",
            ),
        ];
        for (slip, variable) in slips {
            let slip = Settings {
                database_url: Some("/tmp/t.db".to_owned()),
                secret: Some("k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a".to_owned()),
                ..slip
            };
            let error = slip.into_config().expect_err(variable).to_string();
            assert!(error.starts_with(variable), "{error}");
        }
    }
}
