//! The keys of other issuers: when they are fetched, which of them count, and what happens when
//! the issuer is down, slow or hostile.

use actix_web::http::Method;
use jsonwebtoken::Algorithm;
use serde_json::{Value, json};
use tickbox::config::{Config, Issuer};

use crate::support::issuer::{KeyServer, Signer, claims, trusted};
use crate::support::{Answer, Api, Engine, NOON, Site, stamp};

const EDDSA: Algorithm = Algorithm::EdDSA;

async fn trusting(server: &KeyServer) -> Site {
    trusting_with(trusted(EDDSA, &server.url)).await
}

async fn trusting_with(issuer: Issuer) -> Site {
    let change = |config: &mut Config| config.issuers.push(issuer);
    let site = Site::open_with(Engine::Sqlite, tickbox::store::Limits::default(), change).await;
    site.expect("SQLite is always there")
}

async fn ask(site: &Site, token: &str) -> Answer {
    let api = Api::new(site.clone(), Some(token.to_owned()));
    api.send(Method::GET, "/api/tasks", &[], None).await
}

/// A good token that is issued so many seconds after noon.
fn token_at(signer: &Signer, seconds: i64) -> String {
    let mut claims = claims("ann");
    claims["iat"] = json!(stamp(NOON).seconds() + seconds);
    claims["exp"] = json!(stamp(NOON).seconds() + seconds + 900);
    signer.token(&claims)
}

fn wait_until(site: &Site, seconds: i64) {
    site.clock.set(stamp(NOON).plus_seconds(seconds));
}

#[actix_web::test]
async fn a_thousand_invented_ids_make_us_ask_once_a_minute() {
    let signer = Signer::new(EDDSA, "known");
    let server = KeyServer::with(&[&signer]);
    let site = trusting(&server).await;
    let invented = |number: usize| {
        let header = json!({ "alg": "EdDSA", "kid": format!("invented {number}") });
        signer.sign(&header, &claims("ann"))
    };

    for hundred in 0..10 {
        let tokens: Vec<_> = (0..100).map(|one| invented(hundred * 100 + one)).collect();
        let asked = tokens.iter().map(|token| ask(&site, token));
        for answer in futures_util::future::join_all(asked).await {
            answer.status(401);
        }
    }

    assert_eq!(server.hits(), 1);
    ask(&site, &signer.token(&claims("ann"))).await.ok();
    wait_until(&site, 59);
    ask(&site, &invented(0)).await.status(401);
    assert_eq!(server.hits(), 1);
    wait_until(&site, 60);
    ask(&site, &invented(0)).await.status(401);
    ask(&site, &invented(1)).await.status(401);
    assert_eq!(server.hits(), 2);
}

#[actix_web::test]
async fn a_token_that_is_refused_anyway_makes_nobody_ask() {
    let signer = Signer::new(EDDSA, "known");
    let server = KeyServer::with(&[&signer]);
    let site = trusting(&server).await;

    for (member, value) in [
        ("aud", json!("other")),
        ("exp", json!(1)),
        ("iss", json!("https://evil.example")),
    ] {
        let mut claims = claims("ann");
        claims[member] = value;
        ask(&site, &signer.token(&claims)).await.status(401);
    }

    assert_eq!(server.hits(), 0);
}

#[actix_web::test]
async fn a_new_key_is_found_and_a_withdrawn_one_is_dropped() {
    let (old, new) = (Signer::new(EDDSA, "old"), Signer::new(EDDSA, "new"));
    let server = KeyServer::with(&[&old]);
    let site = trusting(&server).await;
    ask(&site, &token_at(&old, 0)).await.ok();

    server.publish(&[new.jwk(), old.jwk()]);
    ask(&site, &token_at(&new, 30)).await.status(401);
    wait_until(&site, 60);
    ask(&site, &token_at(&new, 60)).await.ok();
    ask(&site, &token_at(&old, 60)).await.ok();
    assert_eq!(server.hits(), 2);

    server.publish(&[new.jwk()]);
    wait_until(&site, 60 + 599);
    ask(&site, &token_at(&old, 600)).await.ok();
    assert_eq!(server.hits(), 2, "keys are fresh for ten minutes");
    wait_until(&site, 60 + 600);
    ask(&site, &token_at(&old, 600)).await.status(401);
    ask(&site, &token_at(&new, 600)).await.ok();
    assert_eq!(server.hits(), 3);
}

#[actix_web::test]
async fn an_issuer_that_is_down_takes_along_only_whom_we_do_not_know() {
    let (known, unknown) = (Signer::new(EDDSA, "known"), Signer::new(EDDSA, "unknown"));
    let server = KeyServer::with(&[&known]);
    let site = trusting(&server).await;
    ask(&site, &token_at(&known, 0)).await.ok();

    server.break_down();
    for hours in [1, 12, 23] {
        let at = hours * 60 * 60;
        wait_until(&site, at);
        ask(&site, &token_at(&known, at)).await.ok();
        ask(&site, &token_at(&unknown, at)).await.status(401);
    }
    assert_eq!(server.hits(), 4, "each hour somebody tried again");
    let day = 24 * 60 * 60;
    wait_until(&site, day);
    ask(&site, &token_at(&known, day)).await.status(401);

    server.publish(&[known.jwk()]);
    wait_until(&site, day + 60);
    ask(&site, &token_at(&known, day)).await.ok();
}

#[actix_web::test]
async fn an_issuer_that_says_nothing_is_waited_for_only_so_long_and_by_one_alone() {
    let (known, unknown) = (Signer::new(EDDSA, "known"), Signer::new(EDDSA, "unknown"));
    let server = KeyServer::with(&[&known]);
    let site = trusting(&server).await;
    ask(&site, &token_at(&known, 0)).await.ok();
    server.fall_silent();
    wait_until(&site, 600);
    let began = std::time::Instant::now();
    let (good, bad) = (token_at(&known, 600), token_at(&unknown, 600));

    let waiting = ask(&site, &bad);
    let meanwhile = async {
        actix_web::rt::time::sleep(std::time::Duration::from_millis(200)).await;
        ask(&site, &good).await.ok();
        began.elapsed()
    };
    let (refused, served_after) = futures_util::future::join(waiting, meanwhile).await;

    refused.problem(401, "unauthenticated");
    assert!(served_after.as_secs() < 3, "{served_after:?}");
    assert!(
        (4..12).contains(&began.elapsed().as_secs()),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(server.hits(), 2);
}

#[actix_web::test]
async fn answers_that_are_no_keys_of_the_issuer_are_not_believed() {
    let signer = Signer::new(EDDSA, "k");
    let elsewhere = KeyServer::with(&[&signer]);
    let good = json!({ "keys": [signer.jwk()] }).to_string();
    let server = KeyServer::new();
    let token = signer.token(&claims("ann"));
    let rows: [(&str, &str, String, String); 8] = [
        (
            "a redirect",
            "302 Found",
            format!("Location: {}\r\n", elsewhere.url),
            good.clone(),
        ),
        (
            "another redirect",
            "308 Permanent Redirect",
            format!("Location: {}\r\n", elsewhere.url),
            String::new(),
        ),
        (
            "an error",
            "500 Internal Server Error",
            String::new(),
            good.clone(),
        ),
        ("no JSON", "200 OK", String::new(), "<html>".to_owned()),
        ("no keys", "200 OK", String::new(), "{}".to_owned()),
        (
            "keys that are no array",
            "200 OK",
            String::new(),
            json!({ "keys": signer.jwk() }).to_string(),
        ),
        (
            "an array",
            "200 OK",
            String::new(),
            json!([signer.jwk()]).to_string(),
        ),
        (
            "too much",
            "200 OK",
            String::new(),
            format!("{}{good}", " ".repeat(256 * 1024)),
        ),
    ];

    for (row, status, headers, body) in rows {
        server.say(status, &headers, &body);
        let site = trusting(&server).await;
        assert_eq!(ask(&site, &token).await.reply.status, 401, "{row}");
    }

    assert_eq!(elsewhere.hits(), 0);
    server.say("200 OK", "", &format!("{}{good}", " ".repeat(200 * 1024)));
    ask(&trusting(&server).await, &token).await.ok();
}

#[actix_web::test]
async fn odd_keys_do_not_spoil_the_others_and_symmetric_ones_never_count() {
    let signer = Signer::new(EDDSA, "good");
    let secret = Signer::new(Algorithm::HS256, "oct");
    let oct = secret.jwk();
    assert!(oct["k"].is_string(), "the set will hold a secret");
    let mut encrypting = Signer::new(EDDSA, "enc").jwk();
    encrypting["use"] = json!("enc");
    let server = KeyServer::new();
    let odd = json!({ "kty": "OKP", "alg": 5, "kid": "odd" });
    server.publish(&[odd, json!("x"), oct, encrypting, signer.jwk()]);
    let site = trusting(&server).await;

    ask(&site, &signer.token(&claims("ann"))).await.ok();
    for alg in ["EdDSA", "HS256"] {
        let header = json!({ "alg": alg, "kid": "oct" });
        ask(&site, &secret.sign(&header, &claims("ann")))
            .await
            .status(401);
    }
    let mut nameless = signer.jwk();
    drop(nameless.as_object_mut().unwrap().remove("kid"));
    server.publish(&[nameless]);
    ask(&trusting(&server).await, &signer.token(&claims("ann")))
        .await
        .status(401);
}

#[actix_web::test]
async fn what_better_auth_issued_once_is_good_as_long_as_it_says() {
    let recorded: Value =
        serde_json::from_str(include_str!("../corpus/better-auth.json")).expect("JSON");

    for row in recorded.as_array().expect("rows") {
        let text = |member: &str| row[member].as_str().expect(member).to_owned();
        let algorithm: Algorithm = text("algorithm").parse().expect("an algorithm");
        let (server, token) = (KeyServer::new(), text("token"));
        server.say("200 OK", "", &row["jwks"].to_string());
        let site = trusting_with(trusted(algorithm, &server.url)).await;
        let at = |member: &str, seconds: i64| {
            let moment = row[member].as_i64().expect(member) + seconds;
            site.clock
                .set(stamp("1970-01-01T00:00:00Z").plus_seconds(moment));
        };

        at("iat", 0);
        assert_eq!(ask(&site, &token).await.ok(), json!([]), "{algorithm:?}");
        at("exp", 29);
        ask(&site, &token).await.ok();
        at("exp", 30);
        ask(&site, &token).await.status(401);
        if algorithm == Algorithm::HS256 {
            at("iat", 0);
            ask(&site, &text("session_data"))
                .await
                .problem(401, "unauthenticated");
        }
    }
}
