//! A token of another issuer, taken apart; nothing in it is proved yet.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::Algorithm;
use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};

/// Longer ones are refused unread.
const LONGEST: usize = 4096;
/// The longest `sub` (`OpenID` Connect Core, 2), and longer than any `kid` has a reason to be.
const LONGEST_NAME: usize = 255;

/// The parts of a token.
#[derive(Debug)]
pub(super) struct Read<'t> {
    pub(super) header: Header,
    pub(super) claims: Claims,
    /// What was signed.
    pub(super) message: &'t str,
    pub(super) signature: &'t str,
}

/// What a header may say. There is no check of `typ`: Better Auth sends none, and issuer and
/// audience keep tokens of different purposes apart.
#[derive(Debug, Deserialize)]
#[expect(dead_code, reason = "units that stand for what must not be there")]
pub(super) struct Header {
    pub(super) alg: Algorithm,
    #[serde(default)]
    pub(super) kid: Option<String>,
    // Rules that we do not know, keys that the sender would choose, and bodies that are not what
    // was signed (RFC 8725, 3.10).
    #[serde(default, deserialize_with = "refuse")]
    crit: (),
    #[serde(default, deserialize_with = "refuse")]
    jku: (),
    #[serde(default, deserialize_with = "refuse")]
    jwk: (),
    #[serde(default, deserialize_with = "refuse")]
    x5u: (),
    #[serde(default, deserialize_with = "refuse")]
    x5c: (),
    #[serde(default, deserialize_with = "refuse")]
    zip: (),
    #[serde(default, deserialize_with = "refuse")]
    enc: (),
    #[serde(default, deserialize_with = "refuse")]
    b64: (),
}

/// What we read of the claims; all but `nbf` has to be there.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    pub(super) iss: String,
    pub(super) aud: Audience,
    pub(super) sub: String,
    pub(super) iat: i64,
    pub(super) exp: i64,
    #[serde(default)]
    pub(super) nbf: Option<i64>,
}

/// Whom a token is for: one, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Audience {
    One(String),
    Several(Vec<String>),
}

impl Audience {
    pub(super) fn contains(&self, audience: &str) -> bool {
        match self {
            Self::One(one) => one == audience,
            Self::Several(several) => several.iter().any(|one| one == audience),
        }
    }
}

impl<'t> Read<'t> {
    /// Takes a token apart, if it has the shape of one that may count.
    pub(super) fn from_token(token: &'t str) -> Option<Self> {
        if token.len() > LONGEST {
            return None;
        }
        let (message, signature) = token.rsplit_once('.')?;
        let (header, payload) = message.split_once('.')?;
        let read = Self {
            header: object(header)?,
            claims: object(payload)?,
            message,
            signature,
        };
        let is_name = |text: &str| {
            (1..=LONGEST_NAME).contains(&text.len()) && !text.contains(char::is_control)
        };
        let is_sound = is_name(&read.claims.sub) && read.header.kid.as_deref().is_none_or(is_name);
        is_sound.then_some(read)
    }
}

/// The JSON object in a part; serde would take an array for a struct, too.
fn object<T: DeserializeOwned>(part: &str) -> Option<T> {
    let json = URL_SAFE_NO_PAD.decode(part).ok()?;
    let is_object = json.trim_ascii_start().starts_with(b"{");
    is_object.then(|| serde_json::from_slice(&json).ok())?
}

fn refuse<'de, D: Deserializer<'de>>(_: D) -> Result<(), D::Error> {
    Err(D::Error::custom("a header that is not taken"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CLAIMS: &str = r#"{"iss":"i","aud":"a","sub":"s","iat":1,"exp":2}"#;

    fn read(header: &str, claims: &str) -> bool {
        let parts = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part));
        Read::from_token(&format!("{}.{}.c2ln", parts[0], parts[1])).is_some()
    }

    #[test]
    fn headers_that_would_bend_the_rules_are_refused() {
        assert!(read(r#"{"alg":"EdDSA","kid":"k"}"#, CLAIMS));
        assert!(read(r#"{"alg":"EdDSA","typ":"JWT","x":1}"#, CLAIMS));
        for name in ["crit", "jku", "jwk", "x5u", "x5c", "zip", "enc", "b64"] {
            for value in ["null", "true", "[]", "{}", r#""x""#] {
                let header = format!(r#"{{"alg":"EdDSA","{name}":{value}}}"#);
                assert!(!read(&header, CLAIMS), "{header}");
            }
        }
        for header in [
            r#"{"kid":"k"}"#,
            r#"{"alg":"none"}"#,
            r#"{"alg":"ES512"}"#,
            r#"{"alg":"eddsa"}"#,
            r#"{"alg":"EdDSA","alg":"EdDSA"}"#,
            r#"{"alg":"EdDSA","kid":1}"#,
            r#"{"alg":"EdDSA","kid":""}"#,
            r#"["EdDSA","k"]"#,
            r#"{"alg":"EdDSA"} {}"#,
        ] {
            assert!(!read(header, CLAIMS), "{header}");
        }
    }

    #[test]
    fn claims_have_one_type_each_and_none_is_missing_or_doubled() {
        let good = r#"{"alg":"EdDSA"}"#;
        for (from, to, is_good) in [
            ("", "", true),
            (r#""aud":"a""#, r#""aud":["b","a"]"#, true),
            (r#""aud":"a""#, r#""aud":["b",1]"#, false),
            (r#""aud":"a""#, r#""aud":{"a":1}"#, false),
            (r#""iss":"i""#, r#""iss":["i"]"#, false),
            (r#""sub":"s""#, r#""sub":1"#, false),
            (r#""sub":"s""#, r#""sub":"""#, false),
            (r#""sub":"s""#, r#""sub":"a\u0000b""#, false),
            (r#""sub":"s""#, r#""sub":"s","sub":"s""#, false),
            (r#""exp":2"#, r#""exp":"2""#, false),
            (r#""exp":2"#, r#""exp":null"#, false),
            (r#""exp":2"#, r#""exp":1e300"#, false),
            (r#""exp":2"#, r#""exp":18446744073709551615"#, false),
            (r#""exp":2"#, r#""exp":2,"nbf":"1""#, false),
            (r#""iss":"i","#, "", false),
            (r#""aud":"a","#, "", false),
            (r#""sub":"s","#, "", false),
            (r#""iat":1,"#, "", false),
            (r#","exp":2"#, "", false),
        ] {
            let claims = CLAIMS.replacen(from, to, 1);
            assert_eq!(read(good, &claims), is_good, "{claims}");
        }
        let long = CLAIMS.replace(r#""s""#, &format!("{:?}", "s".repeat(256)));
        assert!(!read(good, &long));
        assert!(!read(good, "[\"i\",\"a\",\"s\",1,2]"));
        assert!(!read(&format!("{good}{}", " ".repeat(4096)), CLAIMS));
    }

    #[test]
    fn three_parts_and_no_padding() {
        let [header, claims] = [r#"{"alg":"EdDSA"}"#, CLAIMS].map(|p| URL_SAFE_NO_PAD.encode(p));
        let good = format!("{header}.{claims}.c2ln");
        assert!(Read::from_token(&good).is_some());
        for bent in [
            "",
            "...",
            &header,
            &format!("{header}.{claims}"),
            &format!("{good}.c2ln"),
            &format!("{header}.{claims}=.c2ln"),
        ] {
            assert!(Read::from_token(bent).is_none(), "{bent}");
        }
    }
}
