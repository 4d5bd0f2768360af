//! Another issuer of tokens: its keys, and the little server that publishes them.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use aws_lc_rs::encoding::AsDer as _;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::jwk::Jwk;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};
use tickbox::config::{Issuer, IssuerKeys, SecretKey};

use super::{NOON, stamp};

/// What the issuer calls itself.
pub const ISSUER: &str = "https://auth.example.org";
/// What it shares with us, where it shares a secret.
pub const SHARED: &[u8] = b"b9Qz2v-LmX4tR7wKp1sYc6Hd3gJf8nAe";

/// A key of the issuer.
pub struct Signer {
    pub algorithm: Algorithm,
    pub kid: &'static str,
    key: EncodingKey,
}

impl Signer {
    /// A new key; with HMAC, the shared secret.
    pub fn new(algorithm: Algorithm, kid: &'static str) -> Self {
        let ec = |curve| {
            let document = EcdsaKeyPair::generate_pkcs8(curve, &SystemRandom::new());
            EncodingKey::from_ec_der(document.expect("a key").as_ref())
        };
        let key = match algorithm {
            Algorithm::EdDSA => {
                let pair = Ed25519KeyPair::generate().expect("a key");
                EncodingKey::from_ed_der(pair.to_pkcs8v1().expect("a document").as_ref())
            }
            Algorithm::ES256 => ec(&ECDSA_P256_SHA256_FIXED_SIGNING),
            Algorithm::ES384 => ec(&ECDSA_P384_SHA384_FIXED_SIGNING),
            Algorithm::HS256 | Algorithm::HS384 | Algorithm::HS512 => {
                EncodingKey::from_secret(SHARED)
            }
            Algorithm::RS256
            | Algorithm::RS384
            | Algorithm::RS512
            | Algorithm::PS256
            | Algorithm::PS384
            | Algorithm::PS512 => {
                let pair = KeyPair::generate(KeySize::Rsa2048).expect("a key");
                let document = pair.as_der().expect("a document");
                // PKCS #8 is 26 bytes around PKCS #1, for a key of this size.
                EncodingKey::from_rsa_der(&document.as_ref()[26..])
            }
            other => panic!("nobody here signs with {other:?}"),
        };
        Self {
            algorithm,
            kid,
            key,
        }
    }

    /// The public half, as it is published.
    pub fn jwk(&self) -> Value {
        let jwk = Jwk::from_encoding_key(&self.key, self.algorithm).expect("a public key");
        let mut jwk = serde_json::to_value(jwk).expect("JSON");
        jwk["kid"] = json!(self.kid);
        jwk
    }

    /// A token with these claims, its header as Better Auth writes it.
    pub fn token(&self, claims: &Value) -> String {
        self.sign(&self.header(), claims)
    }

    pub fn header(&self) -> Value {
        json!({ "alg": format!("{:?}", self.algorithm), "kid": self.kid })
    }

    /// Any header over any claims, well signed.
    pub fn sign(&self, header: &Value, claims: &Value) -> String {
        let [header, claims] = [header, claims].map(|part| BASE64.encode(part.to_string()));
        let message = format!("{header}.{claims}");
        let signature = crypto::sign(message.as_bytes(), &self.key, self.algorithm);
        format!("{message}.{}", signature.expect("a signature"))
    }
}

/// The claims of a good token for this subject, as Better Auth makes them.
pub fn claims(subject: &str) -> Value {
    let now = stamp(NOON).seconds();
    json!({
        "iat": now, "exp": now + 900, "iss": ISSUER, "aud": "tickbox", "sub": subject,
        "id": subject, "email": "ann@example.org", "emailVerified": true, "name": "Ann",
    })
}

/// What the operator wrote of the issuer.
pub fn trusted(algorithm: Algorithm, jwks_url: &str) -> Issuer {
    let is_shared = format!("{algorithm:?}").starts_with("HS");
    Issuer {
        issuer: ISSUER.to_owned(),
        audience: "tickbox".to_owned(),
        algorithm,
        keys: if is_shared {
            IssuerKeys::Secret(SecretKey::new(SHARED.to_vec()).expect("a secret"))
        } else {
            IssuerKeys::Jwks(jwks_url.to_owned())
        },
        max_age: 3600,
        provision: true,
    }
}

/// Serves one answer to everybody and counts who asks.
#[derive(Clone)]
pub struct KeyServer {
    pub url: String,
    hits: Arc<AtomicUsize>,
    /// None: nothing is ever said.
    answer: Arc<Mutex<Option<String>>>,
}

impl KeyServer {
    pub fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let server = Self {
            url: format!("http://{address}/api/auth/jwks"),
            hits: Arc::default(),
            answer: Arc::default(),
        };
        let (hits, answer) = (Arc::clone(&server.hits), Arc::clone(&server.answer));
        // Ends with the process; a blocked `accept` cannot be called back.
        std::thread::spawn(move || {
            let mut held = Vec::new();
            for mut stream in listener.incoming().flatten() {
                hits.fetch_add(1, Ordering::SeqCst);
                let mut request = [0; 4096];
                if matches!(stream.read(&mut request), Ok(count) if count > 0) {
                    match &*answer.lock().expect("no panic") {
                        Some(answer) => drop(stream.write_all(answer.as_bytes())),
                        None => held.push(stream),
                    }
                }
            }
        });
        server
    }

    /// One that publishes the public halves of these keys.
    pub fn with(signers: &[&Signer]) -> Self {
        let server = Self::new();
        let keys: Vec<_> = signers.iter().map(|signer| signer.jwk()).collect();
        server.publish(&keys);
        server
    }

    pub fn publish(&self, keys: &[Value]) {
        self.say("200 OK", "", &json!({ "keys": keys }).to_string());
    }

    /// Answers like this from now on.
    pub fn say(&self, status: &str, headers: &str, body: &str) {
        let answer = format!(
            "HTTP/1.1 {status}\r\n{headers}Content-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        *self.answer.lock().expect("no panic") = Some(answer);
    }

    /// Hangs up on everybody from now on.
    pub fn break_down(&self) {
        *self.answer.lock().expect("no panic") = Some(String::new());
    }

    /// Takes every call from now on, and says nothing.
    pub fn fall_silent(&self) {
        *self.answer.lock().expect("no panic") = None;
    }

    /// How often somebody connected.
    pub fn hits(&self) -> usize {
        self.hits.load(Ordering::SeqCst)
    }
}
