//! Log-in tokens at both doors: what is sent in their place, and what is never accepted.
//!
//! Each row is tried as a cookie at the pages and as a bearer token at the API. A refused cookie
//! leads to the log-in and is taken away; a refused bearer token is a 401 and never falls back.

use actix_web::test::TestRequest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::{Algorithm, EncodingKey, crypto};
use serde_json::{Value, json};

use crate::support::{Api, KEY, NOON, PASSWORD, Reply, Site, stamp};

pub const DAY: i64 = 24 * 60 * 60;

pub fn now() -> i64 {
    stamp(NOON).seconds()
}

/// A good token, taken apart.
pub struct Parts {
    pub good: String,
    /// The header exactly as it was issued.
    pub header: String,
    pub claims: Value,
}

impl Parts {
    /// Of a new account, which nobody has asked for anything yet.
    pub async fn of(site: &Site, name: &str) -> Self {
        let email = format!("{name}@example.org");
        let login = json!({ "email": email, "password": PASSWORD });
        let answer = site.stranger().post("/api/auth/signup", login).await;
        let good = answer.created()["token"]
            .as_str()
            .expect("a token")
            .to_owned();
        let mut parts = good.split('.').map(|part| BASE64.decode(part));
        let mut next = || parts.next().expect("three parts").expect("base64");
        let header = String::from_utf8(next()).expect("UTF-8");
        let claims = serde_json::from_slice(&next()).expect("claims");
        Self {
            good,
            header,
            claims,
        }
    }

    /// The same claims under a changed header, well signed.
    fn with_header(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut header = serde_json::from_str(&self.header).expect("a header");
        change(&mut header);
        sign(&header.to_string(), &self.claims.to_string(), KEY)
    }

    /// Changed claims under the same header, well signed.
    pub fn with_claims(&self, change: impl FnOnce(&mut Value)) -> String {
        let mut claims = self.claims.clone();
        change(&mut claims);
        sign(&self.header, &claims.to_string(), KEY)
    }

    /// The three parts as they were issued.
    fn split(&self) -> [&str; 3] {
        let parts: Vec<_> = self.good.split('.').collect();
        parts.try_into().expect("three parts")
    }
}

fn sign(header: &str, claims: &str, key: &[u8]) -> String {
    sign_with(Algorithm::HS256, header, claims, key)
}

fn sign_with(algorithm: Algorithm, header: &str, claims: &str, key: &[u8]) -> String {
    let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
    let key = EncodingKey::from_secret(key);
    let signature = crypto::sign(message.as_bytes(), &key, algorithm).expect("a signature");
    format!("{message}.{signature}")
}

async fn tasks_with_cookies(site: &Site, cookies: &[&[u8]]) -> Reply {
    let mut request = TestRequest::get().uri("/tasks?status=all");
    for cookie in cookies {
        let value = actix_web::http::header::HeaderValue::from_bytes(cookie);
        request = request.append_header(("cookie", value.expect("a header value")));
    }
    site.send(request).await
}

pub async fn with_bearer(site: &Site, token: &str) -> Reply {
    Api::new(site.clone(), Some(token.to_owned()))
        .get("/api/tasks")
        .await
        .reply
}

/// Where a page leads that wants somebody to sign in first.
const LOGIN: &str = "/login?next=%2Ftasks%3Fstatus%3Dall";

#[track_caller]
fn assert_to_login(reply: &Reply, cookie_goes: bool, row: &str) {
    assert_eq!(reply.status, 303, "{row}: page");
    assert_eq!(reply.header("location"), LOGIN, "{row}: page");
    let taken = reply.header("set-cookie").starts_with("tickbox=; ");
    assert_eq!(taken, cookie_goes, "{row}: {:?}", reply.headers);
}

#[track_caller]
fn assert_401(reply: &Reply, row: &str) {
    assert_eq!(reply.status, 401, "{row}: API");
    let challenge = "Bearer realm=\"tickbox\", error=\"invalid_token\"";
    assert_eq!(reply.header("www-authenticate"), challenge, "{row}: API");
    let problem: Value = serde_json::from_slice(&reply.body).expect("JSON");
    assert_eq!(problem["code"], "unauthenticated", "{row}: API");
}

pub async fn assert_refused(site: &Site, token: &str, row: &str) {
    let cookie = format!("tickbox={token}");
    let page = tasks_with_cookies(site, &[cookie.as_bytes()]).await;
    assert_to_login(&page, true, row);
    assert_401(&with_bearer(site, token).await, row);
}

pub async fn assert_accepted(site: &Site, token: &str, row: &str) {
    let cookie = format!("tickbox={token}");
    let page = tasks_with_cookies(site, &[cookie.as_bytes()]).await;
    assert_eq!(page.status, 200, "{row}: page");
    let api = with_bearer(site, token).await;
    assert_eq!(api.status, 200, "{row}: API");
}

type Change = fn(&mut Value);

on_both_engines! {
    async fn a_header_that_is_not_ours_to_the_letter_is_refused(site: Site) {
        let ann = Parts::of(&site, "ann").await;
        let rows: [(&str, Change); 27] = [
            ("alg none", |h| h["alg"] = json!("none")),
            ("alg None", |h| h["alg"] = json!("None")),
            ("alg in lower case", |h| h["alg"] = json!("hs256")),
            ("alg HS512 over an HS256 signature", |h| h["alg"] = json!("HS512")),
            ("alg RS256", |h| h["alg"] = json!("RS256")),
            ("alg EdDSA", |h| h["alg"] = json!("EdDSA")),
            ("alg ES512", |h| h["alg"] = json!("ES512")),
            ("alg number", |h| h["alg"] = json!(256)),
            ("alg null", |h| h["alg"] = Value::Null),
            ("alg missing", |h| drop(h.as_object_mut().unwrap().remove("alg"))),
            ("kid missing", |h| drop(h.as_object_mut().unwrap().remove("kid"))),
            ("kid unknown", |h| h["kid"] = json!("AAAAAAAAAAAAAAAA")),
            ("kid a path", |h| h["kid"] = json!("../../dev/null")),
            ("kid an injection", |h| h["kid"] = json!("' OR '1'='1")),
            ("kid of 3,000 bytes", |h| h["kid"] = json!("k".repeat(3_000))),
            ("kid of 10,000 bytes", |h| h["kid"] = json!("k".repeat(10_000))),
            ("kid a number", |h| h["kid"] = json!(1)),
            ("crit", |h| h["crit"] = json!(["exp"])),
            ("jku", |h| h["jku"] = json!("https://evil.example/keys")),
            ("jwk", |h| h["jwk"] = json!({"kty": "oct", "k": "c2VjcmV0"})),
            ("x5u", |h| h["x5u"] = json!("https://evil.example/cert")),
            ("x5c", |h| h["x5c"] = json!([])),
            ("zip", |h| h["zip"] = json!("DEF")),
            ("enc", |h| h["enc"] = json!("A256GCM")),
            ("b64", |h| h["b64"] = json!(false)),
            ("typ of another kind", |h| h["typ"] = json!("at+jwt")),
            ("not an object", |h| *h = json!(["HS256"])),
        ];

        assert_accepted(&site, &sign(&ann.header, &ann.claims.to_string(), KEY), "control").await;
        for (row, change) in rows {
            assert_refused(&site, &ann.with_header(change), row).await;
        }
    }

    async fn another_signature_is_refused(site: Site) {
        let ann = Parts::of(&site, "ann").await;
        let claims = ann.claims.to_string();
        let message = ann.good.rsplit_once('.').unwrap().0;
        let none = r#"{"alg":"none","typ":"JWT"}"#;
        let unsigned = format!("{}.{}.", BASE64.encode(none), BASE64.encode(&claims));
        let twice = format!(r#"{{"alg":"none",{}"#, &ann.header[1..]);
        let rows = [
            ("no signature", format!("{message}.")),
            ("alg none without a signature", unsigned),
            ("alg twice", sign(&twice, &claims, KEY)),
            ("empty key", sign(&ann.header, &claims, b"")),
            ("key “secret”", sign(&ann.header, &claims, b"secret")),
            ("the key without its last byte", sign(&ann.header, &claims, &KEY[1..])),
            ("the header as key", sign(&ann.header, &claims, ann.header.as_bytes())),
            ("HS384", sign_with(Algorithm::HS384, &ann.header, &claims, KEY)),
            ("HS512", sign_with(Algorithm::HS512, &ann.header, &claims, KEY)),
        ];

        for (row, token) in rows {
            assert_refused(&site, &token, row).await;
        }
    }

    async fn bent_claims_are_refused_though_well_signed(site: Site) {
        let ann = Parts::of(&site, "ann").await;
        let rows: [(&str, Change); 43] = [
            ("no exp", |c| drop(c.as_object_mut().unwrap().remove("exp"))),
            ("no iss", |c| drop(c.as_object_mut().unwrap().remove("iss"))),
            ("no aud", |c| drop(c.as_object_mut().unwrap().remove("aud"))),
            ("no sub", |c| drop(c.as_object_mut().unwrap().remove("sub"))),
            ("no sid", |c| drop(c.as_object_mut().unwrap().remove("sid"))),
            ("no epoch", |c| drop(c.as_object_mut().unwrap().remove("epoch"))),
            ("no iat", |c| drop(c.as_object_mut().unwrap().remove("iat"))),
            ("exp now", |c| c["exp"] = json!(now())),
            ("exp a second ago", |c| c["exp"] = json!(now() - 1)),
            ("exp text", |c| c["exp"] = json!((now() + DAY).to_string())),
            ("exp null", |c| c["exp"] = Value::Null),
            ("exp −1", |c| c["exp"] = json!(-1)),
            ("exp 1e300", |c| c["exp"] = json!(1e300)),
            ("exp a fraction", |c| c["exp"] = json!(1_795_400_000.5)),
            ("exp 2^63 − 1", |c| c["exp"] = json!(i64::MAX)),
            ("exp 2^64 − 1", |c| c["exp"] = json!(u64::MAX)),
            ("exp 8 days after iat", |c| c["exp"] = json!(now() + 8 * DAY)),
            ("iat at the beginning of time", |c| c["iat"] = json!(i64::MIN)),
            ("iat tomorrow", |c| {
                c["iat"] = json!(now() + DAY);
                c["exp"] = json!(now() + 2 * DAY);
            }),
            ("nbf tomorrow", |c| c["nbf"] = json!(now() + DAY)),
            ("nbf text", |c| c["nbf"] = json!("0")),
            ("nbf beyond all", |c| c["nbf"] = json!(u64::MAX)),
            ("aud of the second factor", |c| c["aud"] = json!("tickbox:2fa")),
            ("aud of a personal token", |c| c["aud"] = json!("tickbox:personal")),
            ("aud of a personal token that has no row", |c| {
                c["aud"] = json!("tickbox:personal");
                c["jti"] = c["sub"].clone();
            }),
            ("aud in another case", |c| c["aud"] = json!("Tickbox")),
            ("aud empty", |c| c["aud"] = json!("")),
            ("aud an empty array", |c| c["aud"] = json!([])),
            ("aud ours in an array", |c| c["aud"] = json!(["tickbox"])),
            ("aud ours and another's", |c| c["aud"] = json!(["tickbox", "other"])),
            ("iss of another", |c| c["iss"] = json!("https://evil.example")),
            ("iss an array", |c| c["iss"] = json!(["tickbox"])),
            ("iss null", |c| c["iss"] = Value::Null),
            ("sub a number", |c| c["sub"] = json!(1)),
            ("sub an address", |c| c["sub"] = json!("ann@example.org")),
            ("sub in upper case", |c| c["sub"] = json!(c["sub"].as_str().unwrap().to_uppercase())),
            ("sub of nobody", |c| c["sub"] = json!("01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11")),
            ("sid empty", |c| c["sid"] = json!("")),
            ("epoch one more", |c| c["epoch"] = json!(c["epoch"].as_i64().unwrap() ^ 1)),
            ("epoch zero", |c| c["epoch"] = json!(0)),
            ("epoch text", |c| c["epoch"] = json!(c["epoch"].to_string())),
            ("claims null", |c| *c = Value::Null),
            ("claims empty", |c| *c = json!({})),
        ];

        for (row, change) in rows {
            assert_refused(&site, &ann.with_claims(change), row).await;
        }
        let twice = |claim: &str, value: &str| {
            let claims = format!("{{\"{claim}\":{value},{}", &ann.claims.to_string()[1..]);
            sign(&ann.header, &claims, KEY)
        };
        assert_refused(&site, &twice("exp", "9999999999"), "exp twice").await;
        assert_refused(&site, &twice("sub", "\"1\""), "sub twice").await;
        let junk = sign(&ann.header, "not JSON", KEY);
        assert_refused(&site, &junk, "claims that are no JSON").await;
    }

    async fn claims_at_the_edge_are_accepted(site: Site) {
        let ann = Parts::of(&site, "ann").await;
        let rows: [(&str, Change); 4] = [
            ("exp in a second", |c| c["exp"] = json!(now() + 1)),
            ("nbf now", |c| c["nbf"] = json!(now())),
            ("iat a minute ahead", |c| c["iat"] = json!(now() + 60)),
            ("a claim that nobody asked for", |c| c["admin"] = json!(true)),
        ];

        for (row, change) in rows {
            assert_accepted(&site, &ann.with_claims(change), row).await;
        }
    }

    async fn a_token_of_another_shape_is_refused(site: Site) {
        let ann = Parts::of(&site, "ann").await;
        let [header, claims, signature] = ann.split();
        let long = "a".repeat(100_000);
        let rows = [
            ("four parts", format!("{}.{signature}", ann.good)),
            ("four parts, the third empty", format!("{header}.{claims}..{signature}")),
            ("two parts", format!("{header}.{claims}")),
            ("one part", header.to_owned()),
            ("dots", "...".to_owned()),
            ("padding behind the signature", format!("{}=", ann.good)),
            ("padding behind the claims", format!("{header}.{claims}=.{signature}")),
            ("a dot behind", format!("{}.", ann.good)),
            ("a quote around", format!("\"{}\"", ann.good)),
            ("100,000 bytes", long.clone()),
            ("100,000 bytes of claims", format!("{header}.{long}.{signature}")),
            ("another character set", ann.good.replace('_', "/").replace('-', "+") + "+"),
            ("percent", format!("{}%20", ann.good)),
        ];

        for (row, token) in rows {
            assert_refused(&site, &token, row).await;
        }
        for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".chars() {
            let bent = format!("{}{last}", &ann.good[..ann.good.len() - 1]);
            if bent != ann.good {
                assert_refused(&site, &bent, &format!("last character {last}")).await;
            }
        }
    }

    async fn no_byte_of_a_token_can_be_changed(site: Site) {
        let ann = Parts::of(&site, "ann").await;

        for at in 0..ann.good.len() {
            let mut bytes = ann.good.clone().into_bytes();
            bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
            let bent = String::from_utf8(bytes).expect("ASCII");
            assert_401(&with_bearer(&site, &bent).await, &format!("byte {at}"));
        }
    }
}
