//! Tokens of other issuers: whose account they open, and all that opens none.

use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use tickbox::config::Issuer;

use crate::support::issuer::{ISSUER, KeyServer, Signer, claims, trusted};
use crate::support::{Answer, Api, Site, stamp};
use crate::tokens::now;

const EDDSA: Algorithm = Algorithm::EdDSA;

/// The same engine, where this issuer is trusted.
async fn trusting(site: &Site, issuer: Issuer) -> Site {
    site.another(|config| config.issuers.push(issuer)).await
}

fn with(site: &Site, token: &str) -> Api {
    Api::new(site.clone(), Some(token.to_owned()))
}

async fn ask(site: &Site, token: &str) -> Answer {
    with(site, token).get("/api/tasks").await
}

async fn account(site: &Site, token: &str) -> String {
    let me = with(site, token).get("/api/me").await.ok();
    me["id"].as_str().expect("an id").to_owned()
}

fn accounts(site: &Site) -> usize {
    site.outside()
        .ask("SELECT email AS answer FROM users")
        .len()
}

/// An issuer with one key, trusted by a fresh site.
async fn one_key(site: &Site) -> (Site, Signer, KeyServer) {
    let signer = Signer::new(EDDSA, "first");
    let server = KeyServer::with(&[&signer]);
    let site = trusting(site, trusted(EDDSA, &server.url)).await;
    (site, signer, server)
}

type Change = fn(&mut Value);

on_both_engines! {
    async fn each_algorithm_opens_an_empty_account_that_stays_the_same(site: Site) {
        for algorithm in [
            EDDSA,
            Algorithm::ES256,
            Algorithm::ES384,
            Algorithm::RS256,
            Algorithm::RS512,
            Algorithm::PS256,
            Algorithm::HS256,
            Algorithm::HS512,
        ] {
            let signer = Signer::new(algorithm, "k1");
            let server = KeyServer::new();
            if !format!("{algorithm:?}").starts_with("HS") {
                server.publish(&[signer.jwk()]);
            }
            let site = trusting(&site, trusted(algorithm, &server.url)).await;
            let ann = with(&site, &signer.token(&claims("ann")));

            assert_eq!(ann.get("/api/tasks").await.ok(), json!([]), "{algorithm:?}");
            ann.add("Buy milk").await;
            let lists = ann.get("/api/lists").await.ok();
            assert_eq!(lists[0]["name"], "Inbox", "{algorithm:?}");

            let later = json!({ "iat": now() - 60, "exp": now() + 60, "iss": ISSUER,
                "aud": ["other", "tickbox"], "sub": "ann", "nbf": now() });
            let again = with(&site, &signer.token(&later));
            assert_eq!(again.titles("/api/tasks").await, ["Buy milk"], "{algorithm:?}");
            let bob = with(&site, &signer.token(&claims("bob")));
            assert_eq!(bob.get("/api/tasks").await.ok(), json!([]), "{algorithm:?}");
            assert!(server.hits() <= 1, "{algorithm:?}");
        }
    }

    async fn an_account_of_an_issuer_has_no_address_and_nobody_signs_in_to_it(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let ann = with(&site, &signer.token(&claims("ann")));

        let me = ann.get("/api/me").await.ok();

        assert_eq!(me["email"], Value::Null);
        ann.patch("/api/me", json!({ "name": "Ann" })).await.ok();
        let kept = site.outside().ask("SELECT email AS answer FROM users").remove(0);
        let hash = site.outside().ask("SELECT password_hash AS answer FROM users").remove(0);
        assert!(kept.ends_with("@issuer.invalid") && hash == "!", "{kept} {hash}");
        for password in ["!", "eight letters", &hash.repeat(8)] {
            let login = json!({ "email": kept, "password": password });
            let answer = site.stranger().post("/api/auth/login", login.clone()).await;
            assert!([401, 422].contains(&answer.reply.status.as_u16()), "{password}");
            let answer = site.stranger().post("/api/auth/signup", login).await;
            assert_eq!(answer.refused()[0], "/email", "{password}");
        }
    }

    async fn an_address_in_a_token_opens_nobodys_account(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let local = site.sign_up("ann").await.api().await;
        local.add("Mine").await;
        let me = local.get("/api/me").await.ok();

        let vouched = with(&site, &signer.token(&claims("ann")));

        assert_eq!(vouched.get("/api/tasks").await.ok(), json!([]));
        vouched.add("Theirs").await;
        let by_id = with(&site, &signer.token(&claims(me["id"].as_str().unwrap())));
        assert_eq!(by_id.get("/api/tasks").await.ok(), json!([]), "nor does an id");
        assert_eq!(local.titles("/api/tasks").await, ["Mine"]);
        assert_eq!(local.get("/api/me").await.ok(), me);
    }

    async fn claims_that_are_not_for_us_or_not_in_time_are_refused(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let rows: [(&str, Change); 28] = [
            ("no exp", |c| drop(c.as_object_mut().unwrap().remove("exp"))),
            ("no iat", |c| drop(c.as_object_mut().unwrap().remove("iat"))),
            ("no iss", |c| drop(c.as_object_mut().unwrap().remove("iss"))),
            ("no aud", |c| drop(c.as_object_mut().unwrap().remove("aud"))),
            ("no sub", |c| drop(c.as_object_mut().unwrap().remove("sub"))),
            ("expired beyond the leeway", |c| c["exp"] = json!(now() - 30)),
            ("exp text", |c| c["exp"] = json!((now() + 60).to_string())),
            ("exp null", |c| c["exp"] = Value::Null),
            ("exp 1e300", |c| c["exp"] = json!(1e300)),
            ("exp 2^64 − 1", |c| c["exp"] = json!(u64::MAX)),
            ("exp 2^63 − 1", |c| c["exp"] = json!(i64::MAX)),
            ("exp − iat a second too long", |c| c["exp"] = json!(now() + 3601)),
            ("iat at the beginning of time", |c| c["iat"] = json!(i64::MIN)),
            ("iat beyond the leeway", |c| c["iat"] = json!(now() + 31)),
            ("exp before iat", |c| {
                c["iat"] = json!(now() + 29);
                c["exp"] = json!(now() + 28);
            }),
            ("nbf beyond the leeway", |c| c["nbf"] = json!(now() + 31)),
            ("nbf text", |c| c["nbf"] = json!("0")),
            ("aud of another", |c| c["aud"] = json!("other")),
            ("aud in another case", |c| c["aud"] = json!("Tickbox")),
            ("aud empty", |c| c["aud"] = json!([])),
            ("aud array without ours", |c| c["aud"] = json!(["other", "tickbox:2fa"])),
            ("iss array", |c| c["iss"] = json!([ISSUER])),
            ("iss of nobody", |c| c["iss"] = json!("https://evil.example")),
            ("iss with a slash", |c| c["iss"] = json!(format!("{ISSUER}/"))),
            ("iss ours", |c| c["iss"] = json!("tickbox")),
            ("sub a number", |c| c["sub"] = json!(1)),
            ("sub empty", |c| c["sub"] = json!("")),
            ("sub with NUL", |c| c["sub"] = json!("ann\0")),
        ];

        for (row, change) in rows {
            let mut bent = claims("ann");
            change(&mut bent);
            ask(&site, &signer.token(&bent)).await.problem(401, "unauthenticated");
            assert_eq!(accounts(&site), 0, "{row}");
        }
        let edges: [(&str, Change); 4] = [
            ("expired within the leeway", |c| c["exp"] = json!(now() - 29)),
            ("iat within the leeway", |c| c["iat"] = json!(now() + 30)),
            ("an hour", |c| c["exp"] = json!(now() + 3600 - 60)),
            ("nbf within the leeway", |c| c["nbf"] = json!(now() + 30)),
        ];
        for (row, change) in edges {
            let mut claims = claims("ann");
            claims["iat"] = json!(now() - 60);
            claims["exp"] = json!(now() + 60);
            change(&mut claims);
            assert_eq!(ask(&site, &signer.token(&claims)).await.reply.status, 200, "{row}");
        }
    }

    async fn headers_and_signatures_that_are_not_the_issuers_are_refused(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let elsewhere = KeyServer::with(&[&signer]);
        let good = claims("ann");
        let headers: [(&str, Change); 12] = [
            ("alg none", |h| h["alg"] = json!("none")),
            ("alg HS256", |h| h["alg"] = json!("HS256")),
            ("alg ES256", |h| h["alg"] = json!("ES256")),
            ("alg ES512", |h| h["alg"] = json!("ES512")),
            ("alg missing", |h| drop(h.as_object_mut().unwrap().remove("alg"))),
            ("kid missing", |h| drop(h.as_object_mut().unwrap().remove("kid"))),
            ("kid a path", |h| h["kid"] = json!("../../dev/null")),
            ("kid of 3,000 bytes", |h| h["kid"] = json!("k".repeat(3_000))),
            ("crit", |h| h["crit"] = json!(["exp"])),
            ("jwk", |h| h["jwk"] = json!({ "kty": "OKP" })),
            ("x5c", |h| h["x5c"] = json!([])),
            ("zip", |h| h["zip"] = json!("DEF")),
        ];
        for (row, change) in headers {
            let mut header = signer.header();
            change(&mut header);
            let answer = ask(&site, &signer.sign(&header, &good)).await;
            assert_eq!(answer.reply.status, 401, "{row}");
        }
        for member in ["jku", "x5u"] {
            let mut header = signer.header();
            header[member] = json!(elsewhere.url);
            header["kid"] = json!("second");
            ask(&site, &signer.sign(&header, &good)).await.status(401);
        }
        assert_eq!(elsewhere.hits(), 0, "nobody asks where a token says");

        let token = signer.token(&good);
        let stranger = Signer::new(EDDSA, "first");
        let shared = Signer::new(Algorithm::HS256, "first");
        let public = signer.jwk()["x"].as_str().unwrap().to_owned();
        let confused = {
            let key = jsonwebtoken::EncodingKey::from_secret(public.as_bytes());
            let message = shared.token(&good).rsplit_once('.').unwrap().0.to_owned();
            let tag = jsonwebtoken::crypto::sign(message.as_bytes(), &key, Algorithm::HS256);
            format!("{message}.{}", tag.unwrap())
        };
        for (row, bent) in [
            ("another key under the same id", stranger.token(&good)),
            ("a shared secret", shared.token(&good)),
            ("the public key as a secret", confused),
            ("no signature", format!("{}.", token.rsplit_once('.').unwrap().0)),
            ("four parts", format!("{token}.x")),
            ("padding", format!("{token}=")),
            ("long", format!("{token}{}", "A".repeat(4096))),
        ] {
            assert_eq!(ask(&site, &bent).await.reply.status, 401, "{row}");
        }
        let parts: Vec<_> = token.split('.').collect();
        let forged = signer.token(&claims("bob"));
        let forged: Vec<_> = forged.split('.').collect();
        let spliced = format!("{}.{}.{}", parts[0], forged[1], parts[2]);
        ask(&site, &spliced).await.status(401);
        assert_eq!(accounts(&site), 0);
        ask(&site, &token).await.ok();
    }

    async fn other_jwts_of_the_same_secret_open_nothing(site: Site) {
        let signer = Signer::new(Algorithm::HS256, "any");
        let site = trusting(&site, trusted(Algorithm::HS256, "")).await;
        let header = json!({ "alg": "HS256" });
        let session_data = json!({
            "session": { "token": "uR1…", "userId": "u1", "expiresAt": "2026-11-29T12:00:00.000Z" },
            "user": { "id": "u1", "email": "ann@example.org", "emailVerified": false },
            "updatedAt": now() * 1000, "version": "1", "iat": now(), "exp": now() + 300,
        });
        let verification = json!({ "email": "ann@example.org", "iat": now(), "exp": now() + 3600 });

        for claims in [session_data, verification] {
            ask(&site, &signer.sign(&header, &claims)).await.problem(401, "unauthenticated");
        }

        ask(&site, &signer.sign(&header, &claims("ann"))).await.ok();
        assert_eq!(accounts(&site), 1);
    }

    async fn an_issuer_may_vouch_without_making_accounts(site: Site) {
        let signer = Signer::new(EDDSA, "k");
        let server = KeyServer::with(&[&signer]);
        let strict = Issuer { provision: false, ..trusted(EDDSA, &server.url) };
        let site = trusting(&site, strict).await;

        ask(&site, &signer.token(&claims("ann"))).await.problem(401, "unauthenticated");

        assert_eq!(accounts(&site), 0);
    }

    async fn two_first_requests_at_once_make_one_account(site: Site) {
        let (site, signer, server) = one_key(&site).await;
        let token = signer.token(&claims("ann"));

        let found = futures_util::future::join_all((0..8).map(|_| account(&site, &token))).await;

        assert!(found.iter().all(|id| *id == found[0]), "{found:?}");
        assert_eq!(accounts(&site), 1);
        assert_eq!(server.hits(), 1, "and one asks for the keys");
    }

    async fn a_token_of_another_issuer_is_no_sign_in(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let token = signer.token(&claims("ann"));
        ask(&site, &token).await.ok();

        let cookie = ("cookie", format!("tickbox={token}"));
        let page = actix_web::test::TestRequest::get().uri("/tasks").insert_header(cookie);
        assert_eq!(site.send(page).await.status, 303);
        with(&site, &token).post("/api/auth/logout", Value::Null).await.status(403);
        ask(&site, &token).await.ok();
    }

    async fn who_is_disabled_or_gone_stays_out(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let token = signer.token(&claims("ann"));
        let id = account(&site, &token).await;

        site.outside().run("UPDATE users SET disabled_at = 1");
        ask(&site, &token).await.problem(401, "unauthenticated");
        site.outside().run("DELETE FROM users");
        ask(&site, &token).await.problem(401, "unauthenticated");

        assert_eq!(accounts(&site), 0, "{id} is not made anew by a program that keeps asking");
    }

    async fn tokens_from_before_signing_out_everywhere_are_dead(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let at = |age: i64| {
            let mut claims = claims("ann");
            claims["iat"] = json!(now() - age);
            signer.token(&claims)
        };
        let mark = (now() - 20) * 1_000_000;
        ask(&site, &at(30)).await.ok();
        // As a fresh process would see it: what is in memory of the account is forgotten.
        site.outside().run(&format!("UPDATE users SET tokens_from = {mark}"));
        with(&site, &at(10)).patch("/api/me", json!({ "name": "Ann" })).await.ok();

        ask(&site, &at(21)).await.problem(401, "unauthenticated");
        ask(&site, &at(20)).await.ok();
    }

    async fn the_owner_can_read_that_their_account_was_used(site: Site) {
        let (site, signer, _server) = one_key(&site).await;
        let events = || {
            let ask = "SELECT event || ' ' || means AS answer FROM sign_ins";
            site.outside().ask(ask)
        };
        let token = |at: &str| {
            let mut claims = claims("ann");
            claims["iat"] = json!(stamp(at).seconds());
            claims["exp"] = json!(stamp(at).seconds() + 900);
            signer.token(&claims)
        };

        for _ in 0..3 {
            ask(&site, &token("2026-11-22T12:00:00Z")).await.ok();
        }
        assert_eq!(events(), [format!("6 {ISSUER}")]);
        site.set_clock("2026-11-22T12:10:00Z");
        ask(&site, &token("2026-11-22T12:10:00Z")).await.ok();
        assert_eq!(events().len(), 2);
    }

    async fn own_tokens_never_wait_for_an_issuer(site: Site) {
        let (site, _signer, server) = one_key(&site).await;
        let ann = site.sign_up("ann").await.api().await;

        ann.get("/api/tasks").await.ok();
        let bent = ann.token.clone().unwrap() + "A";
        ask(&site, &bent).await.status(401);
        for junk in ["", "x", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30.c2ln"] {
            ask(&site, junk).await.status(401);
        }

        assert_eq!(server.hits(), 0);
    }
}
