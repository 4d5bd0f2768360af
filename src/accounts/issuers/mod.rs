//! Tokens that others issue: Better Auth, an `OpenID` provider, whatever the operator trusts.
//!
//! The name that an unverified token gives its issuer only selects an entry of the configuration;
//! the token is then held against that entry alone, with its one algorithm (RFC 8725, 3.1). What
//! the token says of the person besides `sub` counts for nothing, least of all an e-mail address.

mod keys;
mod token;

use std::sync::Arc;

use jsonwebtoken::{Algorithm, DecodingKey};

use self::keys::Jwks;
use self::token::Read;
use crate::clock::Stamp;
use crate::config::{self, IssuerKeys};
use crate::error::{Error, Result};

/// How far the clocks of others may differ from ours, in seconds.
const LEEWAY: i64 = 30;

/// Everybody else whose tokens count here.
#[derive(Default)]
pub struct Issuers(Vec<Issuer>);

struct Issuer {
    name: String,
    audience: String,
    algorithm: Algorithm,
    keys: Keys,
    max_age: i64,
    provision: bool,
}

enum Keys {
    Published(Arc<Jwks>),
    Shared(DecodingKey),
}

/// Somebody whom another issuer vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Vouched {
    /// Who vouches.
    pub issuer: String,
    /// Who it is, in the issuer's words; means nothing without the issuer.
    pub subject: String,
    /// When the token was issued.
    pub issued: Stamp,
    /// Whether an account is made for somebody who comes for the first time.
    pub provision: bool,
}

impl Issuers {
    /// The issuers that the operator named.
    pub fn new(configured: &[config::Issuer]) -> Self {
        Self(configured.iter().map(Issuer::new).collect())
    }

    /// Whose token it is, if one of the issuers signed it for us and its time has not passed.
    ///
    /// May ask the issuer for its keys. Every failure is the same [`Error::Unauthenticated`].
    pub async fn verify(&self, token: &str, now: Stamp) -> Result<Vouched> {
        if self.0.is_empty() {
            return Err(Error::Unauthenticated);
        }
        let read = Read::from_token(token).ok_or(Error::Unauthenticated)?;
        let mut issuers = self.0.iter();
        let issuer = issuers.find(|issuer| issuer.name == read.claims.iss);
        let issuer = issuer.ok_or(Error::Unauthenticated)?;
        match issuer.verify(read, now).await {
            Ok(vouched) => Ok(vouched),
            Err(reason) => {
                // For whoever sets it up; the caller learns nothing of it.
                log::debug!("a token that names {} was refused: {reason}", issuer.name);
                Err(Error::Unauthenticated)
            }
        }
    }
}

impl Issuer {
    fn new(configured: &config::Issuer) -> Self {
        let name = configured.issuer.clone();
        Self {
            keys: match &configured.keys {
                IssuerKeys::Jwks(url) => {
                    Keys::Published(Jwks::new(&name, url, configured.algorithm))
                }
                IssuerKeys::Secret(secret) => {
                    Keys::Shared(DecodingKey::from_secret(secret.expose()))
                }
            },
            name,
            audience: configured.audience.clone(),
            algorithm: configured.algorithm,
            max_age: configured.max_age,
            provision: configured.provision,
        }
    }

    async fn verify(&self, read: Read<'_>, now: Stamp) -> Result<Vouched, &'static str> {
        // Before the keys, so that no token that would be refused anyway makes us fetch them.
        if read.header.alg != self.algorithm {
            return Err("it has another algorithm");
        }
        self.check(&read, now)?;
        let kept;
        let key = match &self.keys {
            Keys::Shared(key) => key,
            Keys::Published(jwks) => {
                let kid = read.header.kid.as_deref().ok_or("it names no key")?;
                let found = Arc::clone(jwks).key(kid, now).await;
                kept = found.ok_or("its key is not known")?;
                &*kept
            }
        };
        let message = read.message.as_bytes();
        let is_signed = jsonwebtoken::crypto::verify(read.signature, message, key, self.algorithm);
        if !is_signed.unwrap_or(false) {
            return Err("its signature is not the key's");
        }
        Ok(Vouched {
            issuer: read.claims.iss,
            subject: read.claims.sub,
            issued: Stamp::from_micros(read.claims.iat.saturating_mul(1_000_000)),
            provision: self.provision,
        })
    }

    /// Whether the claims are for us and in time, if it is true what they say.
    fn check(&self, read: &Read<'_>, now: Stamp) -> Result<(), &'static str> {
        let (claims, now) = (&read.claims, now.seconds());
        let lifetime = claims.exp.checked_sub(claims.iat);
        let is_begun = |at: i64| at <= now.saturating_add(LEEWAY);
        if !claims.aud.contains(&self.audience) {
            return Err("it is for another audience");
        }
        if lifetime.is_none_or(|lifetime| !(0..=self.max_age).contains(&lifetime)) {
            return Err("it lives longer than max_age");
        }
        if claims.exp <= now.saturating_sub(LEEWAY) {
            return Err("it has expired");
        }
        if !is_begun(claims.iat) || !claims.nbf.is_none_or(is_begun) {
            return Err("its time has not come");
        }
        Ok(())
    }
}
