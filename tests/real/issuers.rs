//! Tickbox beside others: Better Auth issues tokens that count here, a front end of another origin
//! uses the API, a Python service takes our tokens.

use serde_json::{Value, json};

use crate::support::services::{BetterAuth, better_auth, issuer_with_tls, py_jwt, run_node};
use crate::support::{Answer, Client, Place, Server};

type Settings<'a> = &'a [(&'a str, &'a str)];

/// A server that trusts this issuer.
fn trusting(place: &Place, issuer: &BetterAuth) -> Server {
    let file = place.folder.path().join("issuers.toml");
    std::fs::write(&file, issuer.table()).expect("a file");
    let file = file.to_str().expect("UTF-8");
    place.serve_with(&[("TICKBOX_ISSUERS_FILE", file)])
}

fn with(server: &Server, token: &str) -> Client {
    server.client().with_token(token)
}

fn ask(server: &Server, token: &str) -> Answer {
    with(server, token).get("/api/tasks")
}

/// The same token with another last character of its claims.
fn tampered(token: &str) -> String {
    let (message, signature) = token.rsplit_once('.').expect("three parts");
    let last = if message.ends_with('A') { 'B' } else { 'A' };
    format!("{}{last}.{signature}", &message[..message.len() - 1])
}

/// Better Auth with this algorithm, and a server that trusts it.
fn both(place: &Place, settings: Value) -> Option<(BetterAuth, Server)> {
    let issuer = better_auth(settings)?;
    let server = trusting(place, &issuer);
    Some((issuer, server))
}

fn an_account_of_their_own(place: &Place, algorithm: &str) {
    let Some((issuer, server)) = both(place, json!({ "algorithm": algorithm })) else {
        return;
    };
    let local = server.client().sign_up("ann");
    local.add("Mine");

    let ann = issuer.sign_up("ann");
    let first = ann.token();
    assert_eq!(
        ask(&server, &first).expect(200),
        json!([]),
        "an empty account"
    );
    with(&server, &first).add("Theirs");
    assert_eq!(with(&server, &ann.token()).titles("sort=title"), ["Theirs"]);
    let bob = issuer.sign_up("bob").token();
    assert_eq!(ask(&server, &bob).expect(200), json!([]));
    assert_eq!(
        local.titles("sort=title"),
        ["Mine"],
        "the same address, untouched"
    );
    let me = with(&server, &first).get("/api/me").expect(200);
    assert_eq!(me["email"], Value::Null);

    ask(&server, &tampered(&first)).expect(401);
    ask(&server, ann.cookie("session_data")).expect(401);
    ask(&server, ann.cookie("session_token")).expect(401);
    assert!(issuer.fetched() <= 2, "{} fetches", issuer.fetched());
    let cookie = format!("tickbox={first}");
    let page = server
        .client()
        .send("GET", "/tasks", &[("cookie", &cookie)], "");
    assert_eq!(page.status, 303);
    assert!(!server.log().contains(&first), "a token in the log");
}

on_both_engines! {
    fn ed25519_tokens_open_an_account_of_their_own(place: &Place) {
        an_account_of_their_own(place, "EdDSA");
    }

    fn p256_tokens_open_an_account_of_their_own(place: &Place) {
        an_account_of_their_own(place, "ES256");
    }

    fn rsa_tokens_open_an_account_of_their_own(place: &Place) {
        an_account_of_their_own(place, "RS256");
    }

    fn tokens_of_a_shared_secret_open_an_account_of_their_own(place: &Place) {
        an_account_of_their_own(place, "HS256");
    }

    fn an_issuer_that_stops_takes_only_new_keys_along(place: &Place) {
        let settings = json!({ "algorithm": "EdDSA", "rotationInterval": 1 });
        let Some((mut issuer, server)) = both(place, settings) else {
            return;
        };
        let ann = issuer.sign_up("ann");
        let first = ann.token();
        let mut second = ann.token();
        // The key is replaced when it is a second old.
        while second.split('.').next() == first.split('.').next() {
            std::thread::sleep(std::time::Duration::from_millis(300));
            second = ann.token();
        }
        ask(&server, &first).expect(200);
        ask(&server, &second).expect(200);
        assert_eq!(issuer.fetched(), 1, "old and new keys stand together");
        std::thread::sleep(std::time::Duration::from_millis(1200));
        let third = ann.token();
        assert_ne!(third.split('.').next(), second.split('.').next());

        issuer.service.stop();

        ask(&server, &first).expect(200);
        ask(&server, &second).expect(200);
        ask(&server, &third).expect(401);
    }

    fn expired_tokens_and_those_for_others_are_refused(place: &Place) {
        for settings in [
            json!({ "algorithm": "EdDSA", "expirationTime": "-1s" }),
            json!({ "algorithm": "EdDSA", "expirationTime": "2h" }),
            json!({ "algorithm": "EdDSA", "audience": "another" }),
            json!({ "algorithm": "ES512" }),
        ] {
            let Some(issuer) = better_auth(settings.clone()) else {
                return;
            };
            let table = issuer.table().replace("ES512", "ES384");
            let file = place.folder.path().join("issuers.toml");
            std::fs::write(&file, table).expect("a file");
            let server = place.serve_with(&[("TICKBOX_ISSUERS_FILE", file.to_str().unwrap())]);

            let answer = ask(&server, &issuer.sign_up("ann").token());

            assert_eq!(answer.status, 401, "{settings}");
        }
    }

    fn keys_come_over_tls_from_whom_the_system_trusts_and_nobody_else(place: &Place) {
        let authority = place.folder.path().join("authority.pem");
        let Some(issuer) = issuer_with_tls(&authority) else {
            return;
        };
        let token = issuer.greeting["token"].as_str().expect("a token");
        let authority = authority.to_str().expect("UTF-8");
        let trusting = ("SSL_CERT_FILE", authority);
        let rows: [(&str, Settings<'_>, u16); 3] = [
            ("localhost", &[trusting], 200),
            ("127.0.0.1", &[trusting], 401),
            ("localhost", &[], 401),
        ];

        for (host, settings, status) in rows {
            let url = issuer.url.replace("localhost", host);
            let table = format!(
                "[[issuer]]\nissuer = \"https://auth.example.org\"\naudience = \"tickbox\"\n\
                 algorithm = \"EdDSA\"\njwks_url = \"{url}/jwks\"\n"
            );
            let file = place.folder.path().join("issuers.toml");
            std::fs::write(&file, table).expect("a file");
            let file = ("TICKBOX_ISSUERS_FILE", file.to_str().expect("UTF-8"));
            let server = place.serve_with(&[settings, &[file]].concat());

            let answer = ask(&server, token);

            assert_eq!(answer.status, status, "{host} with {settings:?}: {}", server.log());
            let says_why = server.log().contains("certificate");
            assert_eq!(says_why, status == 401, "{}", server.log());
        }
    }

    fn a_front_end_of_another_origin_uses_the_api(place: &Place) {
        let app = "https://app.example.org";
        let server = place.serve_with(&[("TICKBOX_CORS_ORIGINS", app)]);
        let ann = server.client().sign_up("ann");
        let page = |origin: &str| {
            let settings = json!({ "base": server.url, "origin": origin, "token": ann.token });
            run_node("client.mjs", &settings)
        };

        let Some(seen) = page(app) else {
            return;
        };
        assert_eq!(seen["made"]["status"], 201, "{seen}");
        assert!(seen["made"]["headers"]["location"].is_string(), "{seen}");
        assert_eq!(seen["changed"]["body"]["title"], "Buy oat milk", "{seen}");
        assert_eq!(seen["listed"]["headers"]["x-total-count"], "1", "{seen}");
        assert_eq!(seen["missing"]["body"]["code"], "not-found", "{seen}");
        assert_eq!(seen["refused"]["status"], 401, "{seen}");
        let refused = page("https://evil.example").expect("node");
        assert_eq!(refused, json!({ "error": "the origin is not allowed" }));
        assert_eq!(ann.titles("sort=title"), ["Buy oat milk"], "and was not even asked");
    }

    fn a_python_service_takes_our_tokens_by_the_shared_secret(place: &Place) {
        let secret = "k3n8f0-vQzT7yB2mXw9rLd5cHj1sGp4a";
        let server = place.serve_with(&[("TICKBOX_SECRET", secret)]);
        let settings = json!({ "issuer": "tickbox", "secret": secret });

        whoami_agrees(&server, &settings);
    }

    fn a_python_service_takes_our_tokens_by_our_published_keys(place: &Place) {
        let secrets = "2:djdSazFtLVFlUzV1WDliTnczdEx6OGRIajJmR3A2Y1k=,\
            1:azNuOGYwLXZRelQ3eUIybVh3OXJMZDVjSGoxc0dwNGE=";
        let server = place.serve_with(&[
            ("TICKBOX_TOKEN_ALGORITHM", "EdDSA"),
            ("TICKBOX_SECRETS", secrets),
        ]);
        let url = format!("{}/.well-known/jwks.json", server.url);
        let settings = json!({ "issuer": "tickbox", "jwks_url": url });

        whoami_agrees(&server, &settings);
    }
}

/// The service says of our token what we say of it, and refuses one that was touched.
fn whoami_agrees(server: &Server, settings: &Value) {
    let Some(service) = py_jwt(settings) else {
        return;
    };
    let ann = server.client().sign_up("ann");
    let token = ann.token.clone().expect("a token");
    let there = |token: &str| service.client().with_token(token).get("/whoami");

    let said = there(&token).expect(200);

    assert_eq!(said["sub"], ann.get("/api/me").expect(200)["id"]);
    there(&tampered(&token)).expect(401);
    there("nonsense").expect(401);
}
