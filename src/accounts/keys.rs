//! What else the signing secrets are good for, each use with a key of its own.
//!
//! The keys are derived with HKDF (RFC 5869) under labels that differ, so what one use gives away
//! helps with no other. The first secret writes; all of them read, as long as they are configured.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use aws_lc_rs::hkdf::{HKDF_SHA256, Salt};
use aws_lc_rs::{digest, hmac, rand};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use crate::config::SecretKey;
use crate::error::{Error, Result};

/// Keys that are derived from the signing secrets.
pub struct Keys(Vec<Derived>);

struct Derived {
    seals: LessSafeKey,
    marks: hmac::Key,
}

impl Keys {
    /// The keys of these secrets.
    pub fn new(secrets: &[SecretKey]) -> Result<Self> {
        let keys = secrets.iter().map(Derived::new);
        Ok(Self(keys.collect::<Result<_>>()?))
    }

    /// Encrypts and authenticates (AES-256-GCM); `purpose` has to be the same when it is opened.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Result<Vec<u8>> {
        let key = self.0.first().ok_or_else(no_key)?;
        let mut nonce = [0; NONCE_LEN];
        rand::fill(&mut nonce).map_err(|_unspecified| Error::internal("no random bytes"))?;
        let mut sealed = plain.to_vec();
        key.seals
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(purpose.as_bytes()),
                &mut sealed,
            )
            .map_err(|_unspecified| Error::internal("sealing failed"))?;
        Ok([&nonce[..], &sealed].concat())
    }

    /// What was sealed for that purpose, if one of the keys did it.
    pub fn open(&self, purpose: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let cannot = || Error::internal("a secret in the database was sealed with another key");
        let (nonce, sealed) = sealed.split_at_checked(NONCE_LEN).ok_or_else(cannot)?;
        let open = |key: &Derived| {
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let mut buffer = sealed.to_vec();
            let aad = Aad::from(purpose.as_bytes());
            let plain = key.seals.open_in_place(nonce, aad, &mut buffer).ok()?;
            Some(plain.to_vec())
        };
        self.0.iter().find_map(open).ok_or_else(cannot)
    }

    /// A mark on a text that nobody else can make.
    pub fn mark(&self, text: &str) -> Result<String> {
        let key = self.0.first().ok_or_else(no_key)?;
        Ok(URL_SAFE_NO_PAD.encode(hmac::sign(&key.marks, text.as_bytes())))
    }

    /// Whether the mark is ours and the text's.
    pub fn is_marked(&self, text: &str, mark: &str) -> bool {
        let Ok(mark) = URL_SAFE_NO_PAD.decode(mark) else {
            return false;
        };
        let is_of = |key: &Derived| hmac::verify(&key.marks, text.as_bytes(), &mark).is_ok();
        self.0.iter().any(is_of)
    }
}

impl Derived {
    fn new(secret: &SecretKey) -> Result<Self> {
        Ok(Self {
            seals: UnboundKey::new(&AES_256_GCM, &derive(secret, b"tickbox seal")?)
                .map(LessSafeKey::new)
                .map_err(|_unspecified| Error::internal("no key to seal with"))?,
            marks: hmac::Key::new(hmac::HMAC_SHA256, &derive(secret, b"tickbox mark")?),
        })
    }
}

/// 32 bytes for one use of a secret.
pub fn derive(secret: &SecretKey, label: &[u8]) -> Result<[u8; 32]> {
    let mut key = [0; 32];
    Salt::new(HKDF_SHA256, &[])
        .extract(secret.expose())
        .expand(&[label], HKDF_SHA256)
        .and_then(|expanded| expanded.fill(&mut key))
        .map_err(|_unspecified| Error::internal("a key could not be derived"))?;
    Ok(key)
}

/// 256 random bits as text for an address, and the hash under which they are kept.
pub fn new_secret() -> Result<(String, [u8; 32])> {
    let mut bits = [0_u8; 32];
    rand::fill(&mut bits).map_err(|_unspecified| Error::internal("no random bytes"))?;
    let text = URL_SAFE_NO_PAD.encode(bits);
    let hash = hash(&text);
    Ok((text, hash))
}

/// The hash of a secret too long to be guessed, under which it is kept (SHA-256).
pub fn hash(secret: &str) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(digest::digest(&digest::SHA256, secret.as_bytes()).as_ref());
    bytes
}

fn no_key() -> Error {
    Error::internal("no secret is configured")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(letters: &[&str]) -> Keys {
        let secret = |letter: &&str| {
            let text = format!("{letter}3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a");
            SecretKey::new(text.into_bytes()).expect("a secret")
        };
        Keys::new(&letters.iter().map(secret).collect::<Vec<_>>()).expect("keys")
    }

    #[test]
    fn what_was_sealed_opens_for_its_purpose_with_its_key_and_whole() {
        let sealed = keys(&["a"]).seal("totp 7", b"secret").expect("sealed");

        assert_eq!(
            keys(&["a"]).open("totp 7", &sealed).expect("open"),
            b"secret"
        );
        assert_eq!(
            keys(&["n", "a"])
                .open("totp 7", &sealed)
                .expect("an old key"),
            b"secret"
        );
        assert!(keys(&["a"]).open("totp 8", &sealed).is_err());
        assert!(keys(&["b"]).open("totp 7", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut bent = sealed.clone();
            bent[at] ^= 1;
            assert!(keys(&["a"]).open("totp 7", &bent).is_err(), "byte {at}");
        }
        assert!(keys(&["a"]).open("totp 7", b"short").is_err());
    }

    #[test]
    fn a_mark_is_of_its_text_and_of_our_key() {
        let mark = keys(&["a"]).mark("ann").expect("a mark");

        assert!(keys(&["n", "a"]).is_marked("ann", &mark));
        assert!(!keys(&["a"]).is_marked("bob", &mark));
        assert!(!keys(&["b"]).is_marked("ann", &mark));
        assert!(!keys(&["a"]).is_marked("ann", "no base64!"));
    }
}
