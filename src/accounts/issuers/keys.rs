//! The public keys of another issuer (RFC 7517): fetched when they are needed, kept for a while.
//!
//! Whoever invents key ids can make us ask the issuer once a minute and no more; an issuer that is
//! down takes nobody along whose key is known.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jsonwebtoken::{Algorithm, DecodingKey};
use serde::Deserialize;
use serde_json::Value;
use ureq::tls::{RootCerts, TlsConfig, TlsProvider};

use crate::clock::Stamp;

/// How long keys are believed without asking again, in seconds.
const FRESH_FOR: i64 = 10 * 60;
/// How long they are believed while the issuer does not answer, in seconds.
const STALE_FOR: i64 = 24 * 60 * 60;
/// Shortest time between two fetches, in seconds.
const PAUSE: i64 = 60;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The longest answer, in bytes.
const LARGEST: u64 = 256 * 1024;
/// The most keys.
const MOST: usize = 32;

type Keys = HashMap<String, Arc<DecodingKey>>;

/// One issuer's keys.
pub(super) struct Jwks {
    issuer: String,
    url: String,
    algorithm: Algorithm,
    agent: ureq::Agent,
    kept: Mutex<Kept>,
    /// Held by the one who fetches.
    turn: Arc<tokio::sync::Mutex<()>>,
}

#[derive(Default)]
struct Kept {
    keys: Keys,
    /// When the keys came.
    fetched: Option<Stamp>,
    /// When they were last asked for.
    tried: Option<Stamp>,
}

impl Jwks {
    /// The keys at that address that sign with that algorithm.
    pub(super) fn new(issuer: &str, url: &str, algorithm: Algorithm) -> Arc<Self> {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::NativeTls)
            .root_certs(RootCerts::PlatformVerifier)
            .build();
        let config = ureq::Agent::config_builder()
            .tls_config(tls)
            .timeout_global(Some(PATIENCE))
            // An address that the operator did not write is none that we ask.
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .accept("application/jwk-set+json, application/json")
            .user_agent("tickbox")
            .build();
        Arc::new(Self {
            issuer: issuer.to_owned(),
            url: url.to_owned(),
            algorithm,
            agent: config.into(),
            kept: Mutex::default(),
            turn: Arc::default(),
        })
    }

    /// The key of that id, fetched if it has to be.
    pub(super) async fn key(self: Arc<Self>, kid: &str, now: Stamp) -> Option<Arc<DecodingKey>> {
        let (found, age) = self.look(kid, now);
        if found.is_some() && age < FRESH_FOR {
            return found;
        }
        let turn = if found.is_some() {
            // Somebody asks already, and this key was good a while ago.
            Arc::clone(&self.turn).try_lock_owned().ok()
        } else {
            Some(Arc::clone(&self.turn).lock_owned().await)
        };
        let Some(turn) = turn else {
            return found.filter(|_| age < STALE_FOR);
        };
        if self.is_time_to_fetch(kid, now) {
            // A task of its own: a client that hangs up does not keep the answer from the others.
            let this = Arc::clone(&self);
            let fetch = move || {
                this.fetch(now);
                drop(turn);
            };
            if let Err(error) = tokio::task::spawn_blocking(fetch).await {
                log::error!("fetching the keys of {} failed: {error}", self.issuer);
            }
        }
        let (found, age) = self.look(kid, now);
        found.filter(|_| age < STALE_FOR)
    }

    /// The key of that id, and how old it is in seconds.
    fn look(&self, kid: &str, now: Stamp) -> (Option<Arc<DecodingKey>>, i64) {
        let kept = self.kept();
        (kept.keys.get(kid).cloned(), since(kept.fetched, now))
    }

    /// Asked by whoever has the turn, because somebody may have fetched while they waited for it.
    fn is_time_to_fetch(&self, kid: &str, now: Stamp) -> bool {
        let kept = self.kept();
        let is_served = kept.keys.contains_key(kid) && since(kept.fetched, now) < FRESH_FOR;
        !is_served && since(kept.tried, now) >= PAUSE
    }

    fn fetch(&self, now: Stamp) {
        self.kept().tried = Some(now);
        match self.ask() {
            Ok(published) => {
                let keys = usable(&published, self.algorithm);
                log::info!("{} usable keys of {} fetched", keys.len(), self.issuer);
                let mut kept = self.kept();
                kept.keys = keys;
                kept.fetched = Some(now);
            }
            Err(error) => log::warn!(
                "the keys of {} could not be fetched from {}: {error}",
                self.issuer,
                self.url
            ),
        }
    }

    fn ask(&self) -> Result<Vec<Value>, Box<dyn std::error::Error>> {
        let mut answer = self.agent.get(&self.url).call()?;
        if answer.status() != 200 {
            return Err(format!("it answers {}", answer.status()).into());
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(LARGEST)
            .read_to_vec()?;
        match serde_json::from_slice::<Value>(&body)?.get_mut("keys") {
            Some(Value::Array(keys)) => Ok(std::mem::take(keys)),
            _ => Err("that is no set of keys".into()),
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Seconds that have passed; for ever, if it never happened.
fn since(moment: Option<Stamp>, now: Stamp) -> i64 {
    moment.map_or(i64::MAX, |moment| {
        now.seconds().saturating_sub(moment.seconds())
    })
}

/// A public key as issuers publish it; what else it says is not asked.
#[derive(Deserialize)]
struct Jwk {
    kty: String,
    kid: String,
    #[serde(rename = "use")]
    purpose: Option<String>,
    key_ops: Option<Vec<String>>,
    alg: Option<String>,
    crv: Option<String>,
    x: Option<String>,
    y: Option<String>,
    n: Option<String>,
    e: Option<String>,
}

/// The keys that may verify, each read for itself: one that is odd does not spoil the others.
fn usable(published: &[Value], algorithm: Algorithm) -> Keys {
    let mut keys = Keys::new();
    let readable = published
        .iter()
        .filter_map(|jwk| Jwk::deserialize(jwk).ok());
    for jwk in readable {
        if let Some(key) = jwk.key_for(algorithm)
            && keys.len() < MOST
        {
            keys.entry(jwk.kid).or_insert(Arc::new(key));
        }
    }
    keys
}

impl Jwk {
    /// The key, if it is made for signatures of this algorithm. A symmetric one never is: what
    /// everybody can read proves nothing.
    fn key_for(&self, algorithm: Algorithm) -> Option<DecodingKey> {
        let verifies = |ops: &Vec<String>| ops.iter().any(|op| op == "verify");
        let is_for_us = self.purpose.as_deref().is_none_or(|it| it == "sig")
            && self.key_ops.as_ref().is_none_or(verifies)
            && self
                .alg
                .as_deref()
                .is_none_or(|it| it.parse().ok() == Some(algorithm));
        if !is_for_us {
            return None;
        }
        let (x, y) = (self.x.as_deref(), self.y.as_deref());
        let key = match (algorithm, self.kty.as_str(), self.crv.as_deref()) {
            (Algorithm::EdDSA, "OKP", Some("Ed25519")) => DecodingKey::from_ed_components(x?),
            (Algorithm::ES256, "EC", Some("P-256")) | (Algorithm::ES384, "EC", Some("P-384")) => {
                DecodingKey::from_ec_components(x?, y?)
            }
            (
                Algorithm::RS256
                | Algorithm::RS384
                | Algorithm::RS512
                | Algorithm::PS256
                | Algorithm::PS384
                | Algorithm::PS512,
                "RSA",
                _,
            ) => DecodingKey::from_rsa_components(self.n.as_deref()?, self.e.as_deref()?),
            _ => return None,
        };
        key.ok()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const X: &str = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";

    fn names(published: &[Value], algorithm: Algorithm) -> Vec<String> {
        let mut names: Vec<_> = usable(published, algorithm).into_keys().collect();
        names.sort();
        names
    }

    #[test]
    fn only_public_keys_for_signatures_of_the_one_algorithm_are_kept() {
        let ed = |kid: &str, more: Value| -> Value {
            let mut jwk = json!({ "kty": "OKP", "crv": "Ed25519", "x": X, "kid": kid });
            let more = more.as_object().expect("members").clone();
            jwk.as_object_mut().expect("an object").extend(more);
            jwk
        };
        let keys = [
            ed("plain", json!({})),
            ed(
                "whole",
                json!({ "alg": "EdDSA", "use": "sig", "key_ops": ["verify"] }),
            ),
            ed("odd member", json!({ "x5c": 5, "ext": true })),
            ed("of another algorithm", json!({ "alg": "ES256" })),
            ed("of a nameless algorithm", json!({ "alg": 5 })),
            ed("for encryption", json!({ "use": "enc" })),
            ed("for signing", json!({ "key_ops": ["sign"] })),
            ed("of another curve", json!({ "crv": "Ed448" })),
            ed("no base64", json!({ "x": "!" })),
            json!({ "kty": "OKP", "crv": "Ed25519", "x": X }),
            json!({ "kty": "oct", "k": "c2VjcmV0", "kid": "symmetric", "alg": "EdDSA" }),
            json!({ "kty": "EC", "crv": "P-256", "x": X, "y": X, "kid": "curve" }),
            json!({ "kty": "RSA", "n": X, "e": "AQAB", "kid": "rsa" }),
            json!("x"),
            json!(null),
        ];

        let kept = ["odd member", "plain", "whole"];
        assert_eq!(names(&keys, Algorithm::EdDSA), kept);
        assert_eq!(names(&keys, Algorithm::ES256), ["curve"]);
        assert_eq!(names(&keys, Algorithm::PS512), ["rsa"]);
        assert!(names(&keys, Algorithm::HS256).is_empty());
        let many: Vec<_> = (0..100)
            .map(|number| ed(&number.to_string(), json!({})))
            .collect();
        assert_eq!(names(&many, Algorithm::EdDSA).len(), MOST);
    }
}
