//! Our login tokens: JWTs (RFC 7519) that say who signed in, and nothing about what they may do.
//!
//! The header of a token must be byte for byte the one that we write for one of our keys. That
//! alone refuses every other algorithm, unknown or missing `kid`, `crit`, `jku`, `jwk`, `x5u` and
//! whatever else a header may be bent with (RFC 8725, 3.1 and 3.10), before anything is parsed.

use aws_lc_rs::rand;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

mod key;

use self::key::Key;
pub use self::key::PublicKey;
use super::{Access, Credential, Proof, Sid, SignIn};
use crate::clock::Stamp;
use crate::config::{SecretKey, TokenAlgorithm};
use crate::error::{Error, Result};

/// How long a token is good, in seconds: seven days.
pub const LIFETIME: i64 = 7 * 24 * 60 * 60;
/// What a login token is for; tokens of other purposes have other audiences.
pub const AUDIENCE: &str = "tickbox";
/// What a personal token is for.
const PERSONAL: &str = "tickbox:personal";
/// What the token is for that stands between password and second factor.
const SECOND_STEP: &str = "tickbox:2fa";
/// How long somebody may look for their second factor, in seconds.
pub const SECOND_STEP_LIFETIME: i64 = 5 * 60;
/// How long after the password was given a sign-in can be renewed at most, in seconds: 90 days.
pub const RENEWED_AT_MOST: i64 = 90 * 24 * 60 * 60;
/// Longer ones are refused unread.
const LONGEST: usize = 4096;
/// How far in the future `iat` may lie, in seconds: the clocks of replicas differ.
const CLOCK_SKEW: i64 = 60;

/// What a token carries.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    iat: i64,
    /// A personal token may have none: it lives as long as its row.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    exp: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sid: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    epoch: Option<i64>,
    /// When the password was given; none = at `iat`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    /// The row of a personal token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    jti: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

/// Signs and verifies tokens.
pub struct Tokens {
    issuer: String,
    keys: Vec<Key>,
}

/// A token that was just issued.
pub struct Issued {
    /// The token itself.
    pub token: SecretString,
    /// When it ends.
    pub expires: Stamp,
}

impl Tokens {
    /// Tokens of `issuer`; the first secret signs, all verify, and all with the one algorithm.
    pub fn new(issuer: String, secrets: &[SecretKey], algorithm: TokenAlgorithm) -> Result<Self> {
        let keys = secrets.iter().map(|secret| Key::new(secret, algorithm));
        let keys = keys.collect::<Result<Vec<_>>>()?;
        if keys.is_empty() {
            return Err(Error::internal("no key to sign tokens with"));
        }
        Ok(Self { issuer, keys })
    }

    /// The keys with which everybody can verify our tokens; none where that takes the secret.
    pub fn public_keys(&self) -> Vec<&PublicKey> {
        self.keys
            .iter()
            .filter_map(|key| key.public.as_ref())
            .collect()
    }

    /// A token for somebody who has just signed in.
    pub fn issue(&self, account: Uuid, epoch: i64, now: Stamp) -> Result<Issued> {
        self.issue_login(account, Sid::new(random_bits()?), (epoch, now), now)
    }

    /// A token that carries an earlier sign-in on: who ended that has ended this.
    pub fn renew(&self, account: Uuid, sign_in: &SignIn, now: Stamp) -> Result<Issued> {
        self.issue_login(account, sign_in.sid, (sign_in.epoch, sign_in.since), now)
    }

    fn issue_login(
        &self,
        account: Uuid,
        sid: Sid,
        (epoch, since): (i64, Stamp),
        now: Stamp,
    ) -> Result<Issued> {
        let claims = Claims {
            exp: Some(now.seconds() + LIFETIME),
            sid: Some(sid.uuid().simple().to_string()),
            epoch: Some(epoch),
            auth_time: (since != now).then_some(since.seconds()),
            ..self.claims(AUDIENCE, account, now)
        };
        self.sign(&claims)
    }

    /// A token for a program, known by the row of that id.
    pub fn issue_personal(
        &self,
        account: Uuid,
        id: Uuid,
        expires: Option<Stamp>,
        now: Stamp,
    ) -> Result<Issued> {
        let claims = Claims {
            exp: expires.map(Stamp::seconds),
            jti: Some(id.hyphenated().to_string()),
            ..self.claims(PERSONAL, account, now)
        };
        self.sign(&claims)
    }

    /// A token for somebody whose password was right and whose second factor is still to be seen.
    pub fn issue_second_step(&self, account: Uuid, epoch: i64, now: Stamp) -> Result<Issued> {
        let claims = Claims {
            exp: Some(now.seconds() + SECOND_STEP_LIFETIME),
            sid: Some(random_bits()?.simple().to_string()),
            epoch: Some(epoch),
            ..self.claims(SECOND_STEP, account, now)
        };
        self.sign(&claims)
    }

    fn claims(&self, audience: &str, account: Uuid, now: Stamp) -> Claims {
        Claims {
            iss: self.issuer.clone(),
            aud: audience.to_owned(),
            sub: account.hyphenated().to_string(),
            iat: now.seconds(),
            exp: None,
            sid: None,
            epoch: None,
            auth_time: None,
            jti: None,
            nbf: None,
        }
    }

    fn sign(&self, claims: &Claims) -> Result<Issued> {
        let key = self
            .keys
            .first()
            .ok_or_else(|| Error::internal("no key to sign with"))?;
        let token = jsonwebtoken::encode(&key.header, claims, &key.signs)
            .map_err(|error| Error::internal(error.to_string()))?;
        let expires = claims
            .exp
            .map_or(i64::MAX, |at| at.saturating_mul(1_000_000));
        Ok(Issued {
            token: token.into(),
            expires: Stamp::from_micros(expires),
        })
    }

    /// Whether the token says that one of our keys signed it, so that nobody else is to be asked.
    pub fn claims_ours(&self, token: &str) -> bool {
        self.keys.iter().any(|key| token.starts_with(&key.prefix))
    }

    /// What the token of a request says, if one of our keys signed it and its time has not passed.
    ///
    /// Every failure is the same [`Error::Unauthenticated`]; which check failed is nobody's business.
    pub fn verify(&self, token: &str, access: Access, now: Stamp) -> Result<Credential> {
        let credential = || {
            let claims = self.read(token)?;
            let proof = match claims.aud.as_str() {
                AUDIENCE => Proof::SignIn(sign_in(&claims, LIFETIME, now)?),
                PERSONAL => Proof::Personal(personal(&claims, now)?),
                _ => return None,
            };
            Some(Credential {
                account: crate::ids::parse_canonical(&claims.sub)?,
                proof,
                access,
            })
        };
        credential().ok_or(Error::Unauthenticated)
    }

    /// What the token of a browser says: only a sign-in gets there.
    pub fn verify_cookie(&self, token: &str, access: Access, now: Stamp) -> Result<Credential> {
        let credential = self.verify(token, access, now)?;
        match credential.proof {
            Proof::SignIn(_) => Ok(credential),
            Proof::Personal(_) | Proof::Issuer(_) => Err(Error::Unauthenticated),
        }
    }

    /// Who is halfway in, by the token that stands between password and second factor.
    pub fn verify_second_step(&self, token: &str, now: Stamp) -> Result<(Uuid, SignIn)> {
        let halfway = || {
            let claims = self
                .read(token)
                .filter(|claims| claims.aud == SECOND_STEP)?;
            let account = crate::ids::parse_canonical(&claims.sub)?;
            Some((account, sign_in(&claims, SECOND_STEP_LIFETIME, now)?))
        };
        halfway().ok_or(Error::Unauthenticated)
    }

    /// The claims of a token of ours, whatever it is for and however old it is.
    fn read(&self, token: &str) -> Option<Claims> {
        if token.len() > LONGEST {
            return None;
        }
        let key = self
            .keys
            .iter()
            .find(|key| token.starts_with(&key.prefix))?;
        let (message, signature) = token.rsplit_once('.')?;
        let payload = message.strip_prefix(&key.prefix)?;
        if payload.contains('.') {
            return None;
        }
        let is_ours = jsonwebtoken::crypto::verify(
            signature,
            message.as_bytes(),
            &key.verifies,
            key.header.alg,
        );
        if !is_ours.unwrap_or(false) {
            return None;
        }
        let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        (claims.iss == self.issuer).then_some(claims)
    }
}

/// A sign-in, if the claims tell one whose time it is.
fn sign_in(claims: &Claims, lifetime: i64, now: Stamp) -> Option<SignIn> {
    let expires = claims.exp?;
    let since = claims.auth_time.unwrap_or(claims.iat);
    let is_plausible = expires.checked_sub(claims.iat)? <= lifetime && since <= claims.iat;
    (is_plausible && is_in_time(claims, now)).then_some(SignIn {
        sid: Sid::new(Uuid::try_parse(claims.sid.as_ref()?).ok()?),
        epoch: claims.epoch?,
        since: at_second(since),
        issued: at_second(claims.iat),
        expires: at_second(expires),
    })
}

/// The row of a personal token, if its time has not passed.
fn personal(claims: &Claims, now: Stamp) -> Option<Uuid> {
    let id = crate::ids::parse_canonical(claims.jti.as_ref()?)?;
    is_in_time(claims, now).then_some(id)
}

fn is_in_time(claims: &Claims, now: Stamp) -> bool {
    let now = now.seconds();
    claims.exp.is_none_or(|expires| expires > now)
        && claims.nbf.is_none_or(|not_before| not_before <= now)
        && claims.iat <= now + CLOCK_SKEW
}

fn at_second(second: i64) -> Stamp {
    Stamp::from_micros(second.saturating_mul(1_000_000))
}

/// 128 random bits.
fn random_bits() -> Result<Uuid> {
    let mut bits = [0_u8; 16];
    rand::fill(&mut bits).map_err(|_unspecified| Error::internal("no random bytes to be had"))?;
    Ok(Uuid::from_bytes(bits))
}

/// A random epoch: replaced, never counted up, so that no old token fits again.
pub fn new_epoch() -> Result<i64> {
    let (high, _) = random_bits()?.as_u64_pair();
    Ok(i64::try_from(high >> 1).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests;
