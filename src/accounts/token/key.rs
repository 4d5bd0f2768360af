//! What signs and verifies our own tokens, made of the configured secrets.
//!
//! Nothing secret can get into the published set: a [`PublicKey`] has no member that could hold it.
//! `Jwk::from_encoding_key` would print the secret of an HMAC key, so it is not used.

use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair as _};
use aws_lc_rs::{digest, hmac};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header};
use serde::Serialize;

use crate::accounts::keys::derive;
use crate::config::{SecretKey, TokenAlgorithm};
use crate::error::{Error, Result};

/// One key of ours.
pub(super) struct Key {
    pub(super) header: Header,
    /// The encoded header and the dot behind it, as every token of this key begins.
    pub(super) prefix: String,
    pub(super) signs: EncodingKey,
    pub(super) verifies: DecodingKey,
    /// None where verifying takes the secret.
    pub(super) public: Option<PublicKey>,
}

/// A key for everybody, as RFC 8037 writes it.
#[derive(Clone, Debug, Serialize)]
pub struct PublicKey {
    kty: &'static str,
    crv: &'static str,
    x: String,
    kid: String,
    alg: &'static str,
    #[serde(rename = "use")]
    purpose: &'static str,
}

impl Key {
    pub(super) fn new(secret: &SecretKey, algorithm: TokenAlgorithm) -> Result<Self> {
        match algorithm {
            TokenAlgorithm::Hs256 => Self::shared(secret),
            TokenAlgorithm::EdDsa => Self::pair(secret),
        }
    }

    fn shared(secret: &SecretKey) -> Result<Self> {
        let (header, prefix) = header(Algorithm::HS256, key_id(secret))?;
        Ok(Self {
            header,
            prefix,
            signs: EncodingKey::from_secret(secret.expose()),
            verifies: DecodingKey::from_secret(secret.expose()),
            public: None,
        })
    }

    fn pair(secret: &SecretKey) -> Result<Self> {
        let seed = derive(secret, b"tickbox token Ed25519")?;
        let pair = Ed25519KeyPair::from_seed_unchecked(&seed)
            .map_err(|rejected| Error::internal(rejected.to_string()))?;
        let document = pair
            .to_pkcs8v1()
            .map_err(|_unspecified| Error::internal("a key could not be written"))?;
        let public = PublicKey::new(pair.public_key().as_ref());
        let (header, prefix) = header(Algorithm::EdDSA, public.kid.clone())?;
        Ok(Self {
            header,
            prefix,
            signs: EncodingKey::from_ed_der(document.as_ref()),
            verifies: DecodingKey::from_ed_components(&public.x).map_err(Error::internal)?,
            public: Some(public),
        })
    }
}

impl PublicKey {
    fn new(point: &[u8]) -> Self {
        let x = URL_SAFE_NO_PAD.encode(point);
        // The thumbprint of RFC 7638: the required members in this order and nothing between them.
        let members = format!(r#"{{"crv":"Ed25519","kty":"OKP","x":"{x}"}}"#);
        let thumbprint = digest::digest(&digest::SHA256, members.as_bytes());
        Self {
            kty: "OKP",
            crv: "Ed25519",
            kid: URL_SAFE_NO_PAD.encode(thumbprint),
            x,
            alg: "EdDSA",
            purpose: "sig",
        }
    }
}

/// The header of every token of a key, and how its tokens begin.
fn header(algorithm: Algorithm, kid: String) -> Result<(Header, String)> {
    let mut header = Header::new(algorithm);
    header.kid = Some(kid);
    let json = serde_json::to_vec(&header).map_err(Error::internal)?;
    Ok((header, format!("{}.", URL_SAFE_NO_PAD.encode(json))))
}

/// Names a shared key without telling anything about it.
fn key_id(secret: &SecretKey) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.expose());
    let tag = hmac::sign(&key, b"tickbox key id");
    URL_SAFE_NO_PAD.encode(tag.as_ref().iter().take(12).copied().collect::<Vec<u8>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_key_is_named_by_its_thumbprint() {
        // The key of RFC 8037, A.2 and A.3.
        let x = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
        let point = URL_SAFE_NO_PAD.decode(x).expect("base64");

        let key = serde_json::to_value(PublicKey::new(&point)).expect("JSON");

        let expected = serde_json::json!({
            "kty": "OKP", "crv": "Ed25519", "alg": "EdDSA", "use": "sig", "x": x,
            "kid": "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k",
        });
        assert_eq!(key, expected);
    }
}
