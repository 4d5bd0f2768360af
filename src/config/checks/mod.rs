//! From text to values: each setting checked, each slip told with its variable and its remedy.

use std::net::SocketAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use ipnet::IpNet;

use super::command_line::Settings;
use super::values::{choice, items, limit, number, value_or_file, yes};
use super::{
    Config, ConfigError, CrossOrigin, Database, Limits, PublicUrl, SecretKey, Signup,
    TokenAlgorithm, issuers, own_issuer, secret_file,
};

/// What an operator may let one owner have.
const COUNTS: std::ops::RangeInclusive<i64> = 1..=10_000_000;

impl Settings {
    pub(super) fn into_config(self) -> Result<Config, ConfigError> {
        let database = self.database()?;
        let public_url = self.public_url()?;
        Ok(Config {
            listen: self.listen()?,
            keys: self.keys(&database)?,
            token_algorithm: match self.token_algorithm.as_str() {
                "HS256" => TokenAlgorithm::Hs256,
                "EdDSA" => TokenAlgorithm::EdDsa,
                other => return Err(choice("TICKBOX_TOKEN_ALGORITHM", other, "HS256 or EdDSA")),
            },
            issuers: match &self.issuers_file {
                Some(path) => issuers::read(path, own_issuer(public_url.as_ref()))?,
                None => Vec::new(),
            },
            cross_origin: CrossOrigin::parse(&self.cors_origins)?,
            public_url,
            allowed_hosts: items(&self.allowed_hosts).map(str::to_lowercase).collect(),
            trusted_proxies: self.trusted_proxies()?,
            security_contact: self.security_contact()?,
            signup: match self.signup.as_str() {
                "open" => Signup::Open,
                "invite" => Signup::Invite,
                "closed" => Signup::Closed,
                other => return Err(choice("TICKBOX_SIGNUP", other, "open, invite or closed")),
            },
            bcrypt_cost: number("TICKBOX_BCRYPT_COST", &self.bcrypt_cost, 10..=14)?,
            refuse_common_passwords: match self.common_passwords.as_str() {
                "refuse" => true,
                "allow" => false,
                other => return Err(choice("TICKBOX_COMMON_PASSWORDS", other, "refuse or allow")),
            },
            has_examples: yes("TICKBOX_EXAMPLES", &self.examples)?,
            login_limit: limit("TICKBOX_LIMIT_LOGIN", &self.limit_login)?,
            signup_limit: limit("TICKBOX_LIMIT_SIGNUP", &self.limit_signup)?,
            write_limit: limit("TICKBOX_LIMIT_WRITES", &self.limit_writes)?,
            code_limit: number("TICKBOX_LIMIT_CODES", &self.limit_codes, 0..=1_000)?,
            renewal_days: number("TICKBOX_RENEWAL_DAYS", &self.renewal_days, 0..=90)?,
            account_limit: number("TICKBOX_LIMIT_ACCOUNT", &self.limit_account, 0..=1_000)?,
            trash_days: number("TICKBOX_TRASH_DAYS", &self.trash_days, 1..=3650)?,
            limits: Limits {
                tasks: number("TICKBOX_LIMIT_TASKS", &self.limit_tasks, COUNTS)?,
                lists: number("TICKBOX_LIMIT_LISTS", &self.limit_lists, COUNTS)?,
                labels: number("TICKBOX_LIMIT_LABELS", &self.limit_labels, COUNTS)?,
            },
            time_zone: self.time_zone.parse().map_err(|_unknown| {
                let remedy = format!(
                    "“{}” is no IANA zone; write one like Europe/Berlin",
                    self.time_zone
                );
                ConfigError::new("TICKBOX_TIME_ZONE", remedy)
            })?,
            static_dir: self.static_dir()?,
            workers: self.workers()?,
            mail: self.mail()?,
            mail_limits: self.mail_limits()?,
            database,
        })
    }

    pub(super) fn listen(&self) -> Result<SocketAddr, ConfigError> {
        self.listen
            .replace("localhost:", "127.0.0.1:")
            .parse()
            .map_err(|_shape| {
                let remedy = format!(
                    "“{}” is no address; write it like 127.0.0.1:8080",
                    self.listen
                );
                ConfigError::new("TICKBOX_LISTEN", remedy)
            })
    }

    pub(super) fn database(&self) -> Result<Database, ConfigError> {
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
                row_security: yes("TICKBOX_DB_ROW_SECURITY", &self.db_row_security)?,
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
        let mut folder = std::fs::DirBuilder::new();
        // What lies in there is nobody else's on this machine.
        folder.recursive(true).mode(0o700);
        folder.create(&self.data_dir).map_err(|error| {
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
            return items(&several).map(key_of_several).collect();
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

    pub(super) fn public_url(&self) -> Result<Option<PublicUrl>, ConfigError> {
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
                item.parse().or(one).map_err(|_shape| {
                    let remedy = format!("“{item}” is no network; write it like 10.0.0.0/8");
                    ConfigError::new("TICKBOX_TRUSTED_PROXIES", remedy)
                })
            })
            .collect()
    }

    fn security_contact(&self) -> Result<Option<String>, ConfigError> {
        let text = self.security_contact.as_deref().unwrap_or_default().trim();
        if text.is_empty() {
            return Ok(None);
        }
        let is_address = |url: url::Url| {
            matches!(url.scheme(), "mailto" | "https") && !text.contains(char::is_whitespace)
        };
        if url::Url::parse(text).is_ok_and(is_address) {
            return Ok(Some(text.to_owned()));
        }
        let remedy = format!("“{text}” is no contact; write it like mailto:security@example.org");
        Err(ConfigError::new("TICKBOX_SECURITY_CONTACT", remedy))
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
        .map_err(|_shape| ConfigError::new(NAME, "a secret in it is not base64"))?;
    SecretKey::new(bytes).map_err(|fault| bad_secret(NAME, fault))
}

#[cfg(test)]
mod tests;
