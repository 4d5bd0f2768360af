//! Our login tokens: JWTs (RFC 7519) that say who signed in, and nothing about what they may do.
//!
//! The header of a token must be byte for byte the one that we write for one of our keys. That
//! alone refuses every other algorithm, unknown or missing `kid`, `crit`, `jku`, `jwk`, `x5u` and
//! whatever else a header may be bent with (RFC 8725, 3.1 and 3.10), before anything is parsed.

use aws_lc_rs::{hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Credential, Sid};
use crate::clock::Stamp;
use crate::config::SecretKey;
use crate::error::{Error, Result};

/// How long a token is good, in seconds: seven days.
pub const LIFETIME: i64 = 7 * 24 * 60 * 60;
/// What a session token is for; tokens of other purposes have other audiences.
pub const AUDIENCE: &str = "tickbox";
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
    sid: String,
    epoch: i64,
    iat: i64,
    exp: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    nbf: Option<i64>,
}

/// Signs and verifies tokens.
pub struct Tokens {
    issuer: String,
    keys: Vec<Key>,
}

struct Key {
    header: Header,
    /// The encoded header and the dot behind it, as every token of this key begins.
    prefix: String,
    signs: EncodingKey,
    verifies: DecodingKey,
}

/// A token that was just issued.
pub struct Issued {
    /// The token itself.
    pub token: SecretString,
    /// When it ends.
    pub expires: Stamp,
}

impl Tokens {
    /// Tokens of `issuer`; the first key signs, all verify.
    pub fn new(issuer: String, keys: &[SecretKey]) -> Result<Self> {
        let keys = keys.iter().map(Key::new).collect::<Result<Vec<_>>>()?;
        if keys.is_empty() {
            return Err(Error::internal("no key to sign tokens with"));
        }
        Ok(Self { issuer, keys })
    }

    /// A token for somebody who has just signed in.
    pub fn issue(&self, account: Uuid, epoch: i64, now: Stamp) -> Result<Issued> {
        let key = self
            .keys
            .first()
            .ok_or_else(|| Error::internal("no key to sign with"))?;
        let claims = Claims {
            iss: self.issuer.clone(),
            aud: AUDIENCE.to_owned(),
            sub: account.hyphenated().to_string(),
            sid: random_bits()?.simple().to_string(),
            epoch,
            iat: now.seconds(),
            exp: now.seconds() + LIFETIME,
            nbf: None,
        };
        let token = jsonwebtoken::encode(&key.header, &claims, &key.signs)
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(Issued {
            token: token.into(),
            expires: Stamp::from_micros(claims.exp.saturating_mul(1_000_000)),
        })
    }

    /// What the token says, if one of our keys signed it and its time has not passed.
    ///
    /// Every failure is the same [`Error::Unauthenticated`]; which check failed is nobody's business.
    pub fn verify(&self, token: &str, now: Stamp) -> Result<Credential> {
        self.read(token, now).ok_or(Error::Unauthenticated)
    }

    fn read(&self, token: &str, now: Stamp) -> Option<Credential> {
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
        let algorithm = Algorithm::HS256;
        let is_ours =
            jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key.verifies, algorithm);
        if !is_ours.unwrap_or(false) {
            return None;
        }
        let payload = URL_SAFE_NO_PAD.decode(payload).ok()?;
        let claims: Claims = serde_json::from_slice(&payload).ok()?;
        self.accept(&claims, now.seconds())
    }

    fn accept(&self, claims: &Claims, now: i64) -> Option<Credential> {
        let is_in_time = claims.exp > now
            && claims.nbf.is_none_or(|not_before| not_before <= now)
            && claims.iat <= now + CLOCK_SKEW
            && claims.exp.checked_sub(claims.iat)? <= LIFETIME;
        if claims.iss != self.issuer || claims.aud != AUDIENCE || !is_in_time {
            return None;
        }
        Some(Credential {
            account: crate::ids::parse_canonical(&claims.sub)?,
            sid: Sid::new(Uuid::try_parse(&claims.sid).ok()?),
            epoch: claims.epoch,
            expires: Stamp::from_micros(claims.exp.saturating_mul(1_000_000)),
        })
    }
}

impl Key {
    fn new(secret: &SecretKey) -> Result<Self> {
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(key_id(secret));
        let json = serde_json::to_vec(&header).map_err(Error::internal)?;
        Ok(Self {
            prefix: format!("{}.", URL_SAFE_NO_PAD.encode(json)),
            header,
            signs: EncodingKey::from_secret(secret.expose()),
            verifies: DecodingKey::from_secret(secret.expose()),
        })
    }
}

/// Names a key without telling anything about it.
fn key_id(secret: &SecretKey) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose());
    let tag = hmac::sign(&key, b"tickbox key id");
    URL_SAFE_NO_PAD.encode(tag.as_ref().iter().take(12).copied().collect::<Vec<u8>>())
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
mod tests {
    use super::*;
    use secrecy::ExposeSecret as _;

    const NOW: Stamp = Stamp::from_micros(1_800_000_000_000_000);

    fn key(letter: &str) -> SecretKey {
        SecretKey::new(format!("{letter}3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a").into_bytes())
            .expect("a key")
    }

    fn tokens() -> Tokens {
        Tokens::new("tickbox".to_owned(), &[key("k")]).expect("tokens")
    }

    fn token() -> String {
        let issued = tokens()
            .issue(Uuid::from_u128(7), 42, NOW)
            .expect("a token");
        issued.token.expose_secret().to_owned()
    }

    #[test]
    fn a_token_says_who_signed_in_for_seven_days_and_not_a_second_longer() {
        let credential = tokens().verify(&token(), NOW).expect("good");
        assert_eq!(
            (credential.account, credential.epoch),
            (Uuid::from_u128(7), 42)
        );

        assert!(
            tokens()
                .verify(&token(), NOW.plus_seconds(LIFETIME - 1))
                .is_ok()
        );
        assert!(
            tokens()
                .verify(&token(), NOW.plus_seconds(LIFETIME))
                .is_err()
        );
    }

    #[test]
    fn a_retired_key_still_verifies_and_a_foreign_one_does_not() {
        let rotated = Tokens::new("tickbox".to_owned(), &[key("n"), key("k")]).expect("tokens");
        assert!(rotated.verify(&token(), NOW).is_ok());

        let foreign = Tokens::new("tickbox".to_owned(), &[key("x")]).expect("tokens");
        assert!(foreign.verify(&token(), NOW).is_err());
    }

    #[test]
    fn no_byte_of_a_token_can_be_changed() {
        let good = token();
        for at in 0..good.len() {
            let mut bytes = good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let bent = String::from_utf8(bytes).expect("ASCII");
            assert!(tokens().verify(&bent, NOW).is_err(), "byte {at}");
        }
    }

    #[test]
    fn every_token_is_of_a_sign_in_of_its_own() {
        let sids = [token(), token()].map(|token| tokens().verify(&token, NOW).expect("good").sid);
        assert_ne!(sids[0], sids[1]);
    }
}
