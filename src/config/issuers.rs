//! Who else may issue tokens: a TOML file with one `[[issuer]]` table each.

use std::path::{Path, PathBuf};

use jsonwebtoken::Algorithm;
use serde::Deserialize;

use super::{ConfigError, SecretKey};

const VARIABLE: &str = "TICKBOX_ISSUERS_FILE";
/// How long a token may live, in seconds, unless the file says otherwise.
const MAX_AGE: u32 = 60 * 60;
/// The longest that the file may allow: as long as our own tokens.
const MAX_AGE_MOST: u32 = 7 * 24 * 60 * 60;

/// Somebody else whose tokens count here.
#[derive(Debug)]
pub struct Issuer {
    /// What `iss` has to be, to the letter.
    pub issuer: String,
    /// What `aud` has to be or to contain.
    pub audience: String,
    /// The one algorithm.
    pub algorithm: Algorithm,
    /// What verifies its signatures.
    pub keys: IssuerKeys,
    /// Longest time between `iat` and `exp`, in seconds.
    pub max_age: i64,
    /// Whether somebody who comes for the first time gets an account.
    pub provision: bool,
}

/// What verifies the signatures of an issuer.
#[derive(Debug)]
pub enum IssuerKeys {
    /// The public keys at this address (RFC 7517).
    Jwks(String),
    /// A secret that the issuer shares with us.
    Secret(SecretKey),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    issuer: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    issuer: String,
    audience: String,
    algorithm: String,
    jwks_url: Option<String>,
    secret: Option<String>,
    secret_file: Option<PathBuf>,
    max_age: Option<u32>,
    provision: Option<bool>,
}

/// Reads the file; `own` is what our own tokens are issued by.
pub(super) fn read(path: &Path, own: &str) -> Result<Vec<Issuer>, ConfigError> {
    let fail = |remedy: String| {
        let place = path.display();
        ConfigError::new(VARIABLE, format!("{place}: {remedy}"))
    };
    let text = std::fs::read_to_string(path)
        .map_err(|error| fail(format!("cannot be read: {error}; name a TOML file")))?;
    let file: File = toml::from_str(&text).map_err(|error| {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |before| before.matches('\n').count() + 1);
        // Only the message: the error itself shows the line, which may hold a secret.
        let message = error.message().lines().next().unwrap_or_default();
        fail(format!("line {line}: {message}; see the README's example"))
    })?;
    if file.issuer.is_empty() {
        return Err(fail("names no [[issuer]]; add one or unset it".to_owned()));
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut issuers: Vec<Issuer> = Vec::new();
    for entry in file.issuer {
        let name = entry.issuer.clone();
        let issuer = entry.check(own, folder);
        let issuer = issuer.map_err(|remedy| fail(format!("issuer “{name}”: {remedy}")))?;
        if issuers.iter().any(|known| known.issuer == name) {
            return Err(fail(format!("issuer “{name}” is there twice; keep one")));
        }
        issuers.push(issuer);
    }
    Ok(issuers)
}

impl Entry {
    fn check(self, own: &str, folder: &Path) -> Result<Issuer, String> {
        if self.issuer.is_empty() || self.audience.is_empty() {
            return Err("issuer and audience must not be empty".to_owned());
        }
        if self.issuer == own {
            return Err("is our own name; take it out".to_owned());
        }
        let algorithm: Algorithm = self.algorithm.parse().map_err(|_unknown| {
            let names = "EdDSA, ES256, ES384, RS256, RS384, RS512, PS256, PS384, PS512, HS256, HS384 or HS512";
            format!("algorithm “{}” is not known; write {names}", self.algorithm)
        })?;
        let is_shared = matches!(
            algorithm,
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512
        );
        let keys = match (self.jwks_url, self.secret, self.secret_file) {
            (Some(url), None, None) if !is_shared => IssuerKeys::Jwks(jwks_url(&url)?),
            (None, Some(secret), None) if is_shared => IssuerKeys::Secret(shared(&secret)?),
            (None, None, Some(file)) if is_shared => {
                let file = folder.join(file);
                let secret = std::fs::read_to_string(&file).map_err(|error| {
                    format!("cannot read the secret_file {}: {error}", file.display())
                })?;
                IssuerKeys::Secret(shared(secret.trim())?)
            }
            _ if is_shared => {
                return Err(
                    "HS256, HS384 and HS512 take secret or secret_file, one of them".into(),
                );
            }
            _ => {
                let name = &self.algorithm;
                return Err(format!("{name} takes jwks_url, and no secret"));
            }
        };
        let max_age = self.max_age.unwrap_or(MAX_AGE);
        if !(1..=MAX_AGE_MOST).contains(&max_age) {
            return Err(format!("max_age is no number from 1 to {MAX_AGE_MOST}"));
        }
        Ok(Issuer {
            issuer: self.issuer,
            audience: self.audience,
            algorithm,
            keys,
            max_age: max_age.into(),
            provision: self.provision.unwrap_or(true),
        })
    }
}

fn shared(secret: &str) -> Result<SecretKey, String> {
    SecretKey::new(secret.as_bytes().to_vec())
        .map_err(|fault| format!("the secret {fault}; make one with: openssl rand -base64 48"))
}

/// Keys that came over an open line could be anybody's.
fn jwks_url(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|_shape| "jwks_url is no address".to_owned())?;
    let is_loopback = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    if !url.username().is_empty() || url.password().is_some() {
        return Err("jwks_url must not hold a user name or password".to_owned());
    }
    match url.scheme() {
        "https" => Ok(url.into()),
        "http" if is_loopback => Ok(url.into()),
        _ => Err("jwks_url needs https:// (http:// only to this very machine)".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &str = "k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a";
    const URL: &str = "jwks_url = \"https://a.example/jwks\"";

    fn read_text(text: &str) -> Result<Vec<Issuer>, String> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("issuers.toml");
        std::fs::write(&path, text).expect("a file");
        std::fs::write(folder.path().join("shared"), format!("{SECRET}\n")).expect("a file");
        read(&path, "https://todo.example.org").map_err(|error| error.to_string())
    }

    fn entry(rest: &str) -> String {
        format!("[[issuer]]\nissuer = \"https://a.example\"\naudience = \"tickbox\"\n{rest}\n")
    }

    #[test]
    fn what_is_not_said_has_a_default_and_what_is_said_counts() {
        let short = "algorithm = \"EdDSA\"\njwks_url = \"https://a.example/api/auth/jwks\"";
        let long =
            "algorithm = \"HS512\"\nsecret_file = \"shared\"\nmax_age = 60\nprovision = false";
        let long = entry(long).replace("a.example", "b.example");

        let issuers = read_text(&(entry(short) + &long)).expect("issuers");

        let [first, second] = &issuers[..] else {
            panic!("{issuers:?}")
        };
        assert_eq!(first.algorithm, Algorithm::EdDSA);
        assert_eq!((first.max_age, first.provision), (3600, true));
        assert!(
            matches!(&first.keys, IssuerKeys::Jwks(url) if url == "https://a.example/api/auth/jwks")
        );
        assert_eq!((second.max_age, second.provision), (60, false));
        assert!(
            matches!(&second.keys, IssuerKeys::Secret(key) if key.expose() == SECRET.as_bytes())
        );
        assert!(!format!("{issuers:?}").contains(SECRET));
    }

    #[test]
    fn keys_come_over_a_line_that_nobody_else_can_speak_on() {
        for (url, is_good) in [
            ("https://a.example/jwks", true),
            ("http://127.0.0.1:3000/jwks", true),
            ("http://[::1]/jwks", true),
            ("http://localhost:3000/jwks", true),
            ("http://a.example/jwks", false),
            ("http://localhost.a.example/jwks", false),
            ("http://10.0.0.1/jwks", false),
            ("https://user:word@a.example/jwks", false),
            ("file:///etc/jwks", false),
            ("jwks", false),
        ] {
            assert_eq!(jwks_url(url).is_ok(), is_good, "{url}");
        }
    }

    /// The start fails, and tells the variable, the file and this, but no secret.
    fn assert_told(text: &str, told: &str) {
        let error = read_text(text).expect_err(told);
        assert!(error.starts_with("TICKBOX_ISSUERS_FILE: /"), "{error}");
        assert!(error.contains(told), "{told}: {error}");
        assert!(!error.contains(SECRET) && !error.contains('\n'), "{error}");
    }

    #[test]
    fn a_file_that_cannot_be_read_is_told() {
        assert_told("", "names no [[issuer]]");
        assert_told(
            "[[issuer]]\naudience = \"x\"",
            "line 1: missing field `issuer`",
        );
        let good = entry(&format!("algorithm = \"EdDSA\"\n{URL}"));
        assert_told(&format!("{good}colour = 1"), "unknown field `colour`");
        assert_told(&format!("{good}secret = \"{SECRET}\" x"), "line 6: ");
        assert_told(&good.repeat(2), "is there twice");
        let own = good.replace("\"https://a.example\"", "\"https://todo.example.org\"");
        assert_told(&own, "is our own name");
        assert_told(&good.replace("\"tickbox\"", "\"\""), "must not be empty");
    }

    #[test]
    fn an_algorithm_and_keys_that_do_not_belong_together_are_told() {
        let secret = &format!("secret = \"{SECRET}\"");
        for (algorithm, rest, told) in [
            ("none", &[URL][..], "“none” is not known"),
            ("ES512", &[URL], "“ES512” is not known"),
            ("EdDSA", &[], "EdDSA takes jwks_url"),
            ("EdDSA", &[URL, secret], "and no secret"),
            ("HS256", &[URL], "take secret or secret_file"),
            (
                "HS256",
                &[secret, "secret_file = \"shared\""],
                "one of them",
            ),
            ("HS256", &["secret = \"short\""], "shorter than 32 bytes"),
            (
                "HS256",
                &["secret_file = \"gone\""],
                "cannot read the secret_file",
            ),
            ("EdDSA", &[URL, "max_age = 0"], "max_age is no number"),
        ] {
            let rest = rest.join("\n");
            assert_told(
                &entry(&format!("algorithm = \"{algorithm}\"\n{rest}")),
                told,
            );
        }
    }
}
