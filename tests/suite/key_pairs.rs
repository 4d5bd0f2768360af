//! Our own tokens signed with key pairs: everybody can verify them, and nobody learns more.

use actix_web::test::TestRequest;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, crypto};
use serde_json::{Value, json};
use tickbox::config::{Config, SecretKey, TokenAlgorithm};

use crate::support::{Answer, KEY, PASSWORD, Reply, Site};
use crate::tokens::{Parts, assert_accepted, assert_refused};

const NEXT: &[u8] = b"v7Rk1m-QeS5uX9bNw3tLz8dHj2fGp6cY";
const JWKS: &str = "/.well-known/jwks.json";

fn pairs(secrets: &'static [&'static [u8]]) -> impl FnOnce(&mut Config) {
    move |config| {
        config.token_algorithm = TokenAlgorithm::EdDsa;
        let keys = secrets.iter().map(|secret| SecretKey::new(secret.to_vec()));
        config.keys = keys.map(|key| key.expect("a secret")).collect();
    }
}

async fn jwks(site: &Site) -> Reply {
    site.send(TestRequest::get().uri(JWKS)).await
}

async fn keys(site: &Site) -> Vec<Value> {
    let set: Value = serde_json::from_slice(&jwks(site).await.body).expect("JSON");
    set["keys"].as_array().expect("keys").clone()
}

async fn log_in(site: &Site) -> Answer {
    let login = json!({ "email": "ann@example.org", "password": PASSWORD });
    site.stranger().post("/api/auth/login", login).await
}

on_both_engines! {
    async fn everybody_can_verify_a_token_and_learns_nothing_else(site: Site) {
        let site = site.another(pairs(&[KEY])).await;
        let ann = Parts::of(&site, "ann").await;
        assert_accepted(&site, &ann.good, "its own").await;

        let reply = jwks(&site).await;

        assert_eq!(reply.header("content-type"), "application/json");
        assert_eq!(reply.header("cache-control"), "public, max-age=300");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        let set: Value = serde_json::from_slice(&reply.body).unwrap();
        let key = set["keys"][0].as_object().unwrap();
        let members: Vec<_> = key.keys().map(String::as_str).collect();
        assert_eq!(members, ["alg", "crv", "kid", "kty", "use", "x"]);
        assert_eq!((&key["kty"], &key["alg"], &key["use"]), (&json!("OKP"), &json!("EdDSA"), &json!("sig")));
        for word in ["\"k\"", "\"d\"", "\"p\"", "\"q\"", "oct", &BASE64.encode(KEY)] {
            assert!(!reply.text().contains(word), "{word}");
        }

        let set: JwkSet = serde_json::from_slice(&reply.body).unwrap();
        let header: Value = serde_json::from_str(&ann.header).unwrap();
        let jwk = set.find(header["kid"].as_str().unwrap()).expect("the key of the token");
        let thumbprint = jwk.thumbprint(jsonwebtoken::jwk::ThumbprintHash::SHA256).unwrap();
        assert_eq!(header["kid"], json!(thumbprint));
        let (message, signature) = ann.good.rsplit_once('.').unwrap();
        let verifier = DecodingKey::from_jwk(jwk).unwrap();
        assert!(crypto::verify(signature, message.as_bytes(), &verifier, Algorithm::EdDSA).unwrap());
    }

    async fn pages_of_any_origin_may_fetch_the_keys(site: Site) {
        let site = site.another(pairs(&[KEY])).await;
        let request = TestRequest::get()
            .uri(JWKS)
            .insert_header(("origin", "https://app.example.org"))
            .insert_header(("sec-fetch-site", "cross-site"))
            .insert_header(("sec-fetch-mode", "cors"))
            .insert_header(("sec-fetch-dest", "empty"));

        assert_eq!(site.send(request).await.status, 200);
    }

    async fn a_shared_secret_publishes_nothing(site: Site) {
        let reply = jwks(&site).await;

        assert_eq!(reply.status, 404);
        assert!(!reply.text().contains(&BASE64.encode(KEY)));
    }

    async fn a_new_key_is_published_before_it_signs_and_the_old_one_verifies_after(site: Site) {
        let before = site.another(pairs(&[KEY])).await;
        let announced = site.another(pairs(&[KEY, NEXT])).await;
        let after = site.another(pairs(&[NEXT, KEY])).await;
        let dropped = site.another(pairs(&[NEXT])).await;

        let (old, both) = (keys(&before).await, keys(&announced).await);
        assert_eq!((old.len(), both.len()), (1, 2));
        assert_eq!(both[0], old[0], "the first still signs");
        let (turned, new) = (keys(&after).await, keys(&dropped).await);
        assert_eq!(turned, [both[1].clone(), both[0].clone()]);
        assert_eq!(new, [both[1].clone()]);

        let signs = |token: &Parts| serde_json::from_str::<Value>(&token.header).unwrap()["kid"].clone();
        for (site, first) in [(&before, &old[0]), (&announced, &old[0]), (&after, &new[0])] {
            assert_eq!(signs(&Parts::of(site, "ann").await), first["kid"]);
            log_in(site).await.ok();
        }
    }

    async fn the_other_algorithm_never_counts(site: Site) {
        let shared = Parts::of(&site, "ann").await;
        let site = site.another(pairs(&[KEY])).await;
        let ann = Parts::of(&site, "ann").await;
        let public = &keys(&site).await[0];
        let x = public["x"].as_str().unwrap();
        let forge = |alg: &str, key: &[u8]| {
            let header = json!({ "alg": alg, "kid": public["kid"], "typ": "JWT" }).to_string();
            let claims = ann.claims.to_string();
            let message = format!("{}.{}", BASE64.encode(header), BASE64.encode(claims));
            let key = EncodingKey::from_secret(key);
            let signed = crypto::sign(message.as_bytes(), &key, Algorithm::HS256).unwrap();
            format!("{message}.{signed}")
        };

        for (row, token) in [
            ("a token of the shared secret", shared.good.clone()),
            ("its claims signed with the secret", ann.with_claims(|_| ())),
            ("HS256 with the secret", forge("HS256", KEY)),
            ("HS256 with the public key as text", forge("HS256", x.as_bytes())),
            ("HS256 with the public key", forge("HS256", &BASE64.decode(x).unwrap())),
            ("EdDSA over an HMAC", forge("EdDSA", &BASE64.decode(x).unwrap())),
            ("no signature", format!("{}.", ann.good.rsplit_once('.').unwrap().0)),
            ("another byte", ann.good.replacen("eyJ", "eyK", 1)),
        ] {
            assert_refused(&site, &token, row).await;
        }
    }
}
