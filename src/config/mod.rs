//! Every setting, its default, and the sentence that says how to mend it.
//!
//! The only reader of the environment. Each variable has a flag twin (`TICKBOX_LISTEN` and
//! `--listen`) and each secret a `*_FILE` twin. A [`Config`] is whole and valid, or there is none.
//! [`CommandLine`] holds the settings as they were written; its checks make a [`Config`] of them.

use std::fmt;
use std::net::SocketAddr;
use std::path::PathBuf;

use ipnet::IpNet;
use secrecy::{ExposeSecret as _, SecretBox, SecretString};

mod checks;
mod command_line;
mod cross_origin;
mod issuers;
mod mail;
mod secret_file;
mod values;

pub use command_line::{Command, CommandLine};
pub use cross_origin::CrossOrigin;
pub use issuers::{Issuer, IssuerKeys};
pub use mail::{Mail, MailLimits};

/// Why the program does not start: which variable, and what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(String);

impl ConfigError {
    fn new(variable: &str, remedy: impl fmt::Display) -> Self {
        Self(format!("{variable}: {remedy}"))
    }
}

/// What one owner may have.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Tasks, the trash included.
    pub tasks: i64,
    /// Lists, the Inbox included.
    pub lists: i64,
    /// Labels.
    pub labels: i64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            tasks: 100_000,
            lists: 500,
            labels: 2_000,
        }
    }
}

impl Config {
    /// What our own tokens say in `iss`.
    pub fn own_issuer(&self) -> &str {
        own_issuer(self.public_url.as_ref())
    }
}

fn own_issuer(public_url: Option<&PublicUrl>) -> &str {
    public_url.map_or("tickbox", PublicUrl::origin)
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
    /// How our tokens are signed.
    pub token_algorithm: TokenAlgorithm,
    /// Who else may issue tokens.
    pub issuers: Vec<Issuer>,
    /// Pages of other origins that may use the API.
    pub cross_origin: CrossOrigin,
    /// Where people reach the server, if that was said.
    pub public_url: Option<PublicUrl>,
    /// Hosts answered for besides the usual ones, lower-case, without port.
    pub allowed_hosts: Vec<String>,
    /// Proxies whose word about the client counts.
    pub trusted_proxies: Vec<IpNet>,
    /// Whom to tell of a security hole: a `mailto:` or `https:` address.
    pub security_contact: Option<String>,
    /// Who may sign up.
    pub signup: Signup,
    /// bcrypt's work factor.
    pub bcrypt_cost: u32,
    /// Whether passwords that are guessed first are refused.
    pub refuse_common_passwords: bool,
    /// Whether who signs up on a page finds tasks to try things on.
    pub has_examples: bool,
    /// Log-ins and sign-ups a minute from one network; none = no limit.
    pub login_limit: Option<std::num::NonZeroU32>,
    /// Wrong passwords for one account before each further try has to wait; 0 = no limit.
    pub account_limit: u32,
    /// Wrong codes of one sign-in before it has to begin anew; 0 = no limit.
    pub code_limit: u32,
    /// Accounts an hour from one network; none = no limit.
    pub signup_limit: Option<std::num::NonZeroU32>,
    /// Changes a minute by one account at the API; none = no limit.
    pub write_limit: Option<std::num::NonZeroU32>,
    /// Days after the password was given for which a browser stays signed in, as long as it comes back
    /// every week; 0 = seven days and no more.
    pub renewal_days: u32,
    /// Days that a deleted task waits in the trash, 1 to 3650.
    pub trash_days: u32,
    /// What one owner may have.
    pub limits: Limits,
    /// The zone a new account starts with.
    pub time_zone: chrono_tz::Tz,
    /// The operator's own files.
    pub static_dir: Option<PathBuf>,
    /// Threads that answer requests.
    pub workers: usize,
    /// How mail is sent; none = not at all. Where it is, there is a `public_url`, too.
    pub mail: Option<Mail>,
    /// How many mails anybody can ask for.
    pub mail_limits: MailLimits,
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
        /// Whether PostgreSQL itself keeps every owner's rows apart, too.
        row_security: bool,
    },
}

/// Who may make an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Signup {
    /// Everyone.
    Open,
    /// Who has an invitation.
    Invite,
    /// Nobody.
    Closed,
}

/// How our tokens are signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenAlgorithm {
    /// With the secret itself: who can verify can sign.
    Hs256,
    /// With Ed25519 keys made of the secrets: everybody can verify.
    EdDsa,
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
        let url = url::Url::parse(text).map_err(|_shape| "is not an address")?;
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
