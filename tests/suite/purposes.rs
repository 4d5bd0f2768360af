//! What proves one thing proves nothing else: every kind of secret at every door that takes one.

use actix_web::http::Method;
use serde_json::{Value, json};
use tickbox::accounts::keys::new_secret;
use tickbox::config::Signup;

use crate::support::issuer::{KeyServer, Signer, claims, trusted};
use crate::support::{Api, NOON, PASSWORD, Reply, Site, stamp};
use crate::two_step::code;

const LATER: &str = "2026-11-22T12:02:00Z";

/// Where a secret can be presented.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Way {
    Page,
    Api,
    Code,
    Reset,
    Confirm,
    Invitation,
    Device,
}

/// Each way, and the answer to what does not belong there.
const WAYS: [(Way, u16); 7] = [
    (Way::Page, 303),
    (Way::Api, 401),
    (Way::Code, 303),
    (Way::Reset, 400),
    (Way::Confirm, 400),
    (Way::Invitation, 403),
    (Way::Device, 429),
];

async fn invitation(site: &Site) -> String {
    let (token, hash) = new_secret().expect("a secret");
    let expires = stamp(NOON).plus_seconds(24 * 60 * 60);
    let store = site.state.store();
    let made = store.front_desk_write(move |desk| desk.invite(&hash, expires));
    made.await.expect("an invitation");
    token
}

/// Presents a secret, with all else in order.
async fn present(site: &Site, way: Way, secret: &str, code: &str) -> Reply {
    let mut browser = site.browser();
    let mut keep = |name: &str| {
        browser.cookies.insert(name.to_owned(), secret.to_owned());
    };
    let stranger = site.stranger();
    let login = [("email", "ann@example.org"), ("password", PASSWORD)];
    match way {
        Way::Page => {
            keep("tickbox");
            browser.get("/tasks").await
        }
        Way::Api => {
            let api = Api::new(site.clone(), Some(secret.to_owned()));
            api.get("/api/tasks").await.reply
        }
        Way::Code => {
            keep("tickbox-2fa");
            browser.post("/login/code", &[("code", code)]).await
        }
        Way::Reset => {
            let body = json!({ "token": secret, "new_password": "five large red bricks" });
            stranger.post("/api/auth/reset", body).await.reply
        }
        Way::Confirm => {
            let body = json!({ "token": secret, "password": PASSWORD });
            stranger.post("/api/auth/confirm", body).await.reply
        }
        Way::Invitation => {
            let email = "eve@example.org";
            let body = json!({ "email": email, "password": PASSWORD, "invite": secret });
            stranger.post("/api/auth/signup", body).await.reply
        }
        Way::Device => {
            keep("tickbox-device");
            browser.post("/login", &login).await
        }
    }
}

/// Signs up by invitation and by mail, and returns the token.
async fn sign_up(site: &Site, sink: &crate::support::Sink, name: &str) -> Api {
    let email = format!("{name}@example.org");
    let invite = invitation(site).await;
    let body = json!({ "email": email, "password": PASSWORD, "invite": invite });
    site.stranger()
        .post("/api/auth/signup", body)
        .await
        .status(202);
    let body = json!({ "token": site.mail(sink).await.token(), "password": PASSWORD });
    let answer = site.stranger().post("/api/auth/confirm", body).await.ok();
    Api::new(site.clone(), answer["token"].as_str().map(str::to_owned))
}

fn text(value: &Value) -> String {
    value.as_str().expect("a text").to_owned()
}

on_both_engines! {
    async fn each_secret_opens_its_own_door_and_no_other(site: Site) {
        let signer = Signer::new(jsonwebtoken::Algorithm::EdDSA, "first");
        let server = KeyServer::with(&[&signer]);
        let issuer = trusted(signer.algorithm, &server.url);
        let (site, sink) = site.with_mail(|config| {
            config.signup = Signup::Invite;
            config.account_limit = 3;
            config.issuers.push(issuer);
        }).await;
        let ann = sign_up(&site, &sink, "ann").await;
        let bob = sign_up(&site, &sink, "bob").await;
        let set_up = ann.post("/api/me/totp", json!({ "password": PASSWORD })).await.ok();
        let secret = text(&set_up["secret"]);
        let on = json!({ "code": code(&secret, NOON) });
        let on = ann.send_json("PUT", "/api/me/totp", on).await.ok();
        assert!(site.mail(&sink).await.subject().contains("Two-step sign-in is on"));
        let ann = Api::new(site.clone(), Some(text(&on["token"])));
        site.set_clock(LATER);
        let good = code(&secret, LATER);
        let made = json!({ "name": "script", "scope": "write" });
        let made = ann.post("/api/tokens", made).await.created();
        let move_to = json!({ "password": PASSWORD, "email": "rob@example.org" });
        bob.send(Method::PUT, "/api/me/email", &[], Some(move_to)).await.status(202);
        let confirmation = site.mail(&sink).await.token();
        let mail = json!({ "email": "ann@example.org" });
        site.stranger().post("/api/auth/reset-request", mail).await.status(202);
        let reset = site.mail(&sink).await.token();
        let mut browser = site.browser();
        let login = [("email", "ann@example.org"), ("password", PASSWORD)];
        browser.post("/login", &login).await;
        let pending = browser.cookies["tickbox-2fa"].clone();
        browser.post("/login/code", &[("code", &text(&on["recovery_codes"][0]))]).await;
        let spent = pending.clone();
        let device = browser.cookies["tickbox-device"].clone();
        let session = browser.cookies["tickbox"].clone();
        browser.cookies.clear();
        browser.post("/login", &login).await;
        let pending = browser.cookies["tickbox-2fa"].clone();
        assert_ne!(pending, spent);
        for _ in 0..2 {
            let wrong = [("email", "ann@example.org"), ("password", "wrong but long")];
            browser.post("/login", &wrong).await;
        }
        let invited = invitation(&site).await;
        let kinds: [(&str, &str, &[Way]); 11] = [
            ("a sign-in", &session, &[Way::Page, Way::Api]),
            ("a personal token", &text(&made["token"]), &[Way::Api]),
            ("a token of another issuer", &signer.token(&claims("u1")), &[Way::Api]),
            ("a recovery code", &text(&on["recovery_codes"][1]), &[]),
            ("a code of the app", &good, &[]),
            ("half a sign-in that was finished", &spent, &[]),
            ("an invitation", &invited, &[Way::Invitation]),
            ("a device", &device, &[Way::Device]),
            ("half a sign-in", &pending, &[Way::Code]),
            ("a link for an address", &confirmation, &[Way::Confirm]),
            ("a link for a password", &reset, &[Way::Reset]),
        ];

        for (kind, secret, opens) in kinds {
            for (way, refusal) in WAYS.into_iter().filter(|(way, _)| !opens.contains(way)) {
                // A code that is taken in vain would be missed later.
                let typed = if kind == "half a sign-in that was finished" { "000000" } else { &good };
                let reply = present(&site, way, secret, typed).await;
                let is_refused = reply.status == refusal || way == Way::Code && reply.status == 401;
                assert!(is_refused, "{kind} as {way:?}: {} {}", reply.status, reply.text());
                assert!(!reply.text().contains(secret) || secret.len() < 10 || way == Way::Reset, "{kind} as {way:?}");
                let goal = reply.header("location");
                assert!(goal.is_empty() || goal.starts_with("/login"), "{kind} as {way:?}: {goal}");
                assert!(!reply.header("set-cookie").starts_with("tickbox=ey"), "{kind} as {way:?}");
            }
        }
        for (kind, secret, opens) in kinds {
            for way in opens {
                let reply = present(&site, *way, secret, &good).await;
                let is_let_in = reply.status.is_success() || matches!(reply.header("location"), "/tasks" | "/login/code");
                assert!(is_let_in, "{kind} as {way:?}: {} {}", reply.status, reply.text());
            }
        }
    }

    async fn half_a_sign_in_is_finished_once(site: Site) {
        let (_, codes, _) = crate::two_step::protected(&site).await;
        let (browser, _) = crate::two_step::halfway(&site).await;
        let enter = |code: &str| {
            let (mut browser, code) = (browser.clone(), code.to_owned());
            async move { browser.post("/login/code", &[("code", &code)]).await }
        };

        let both = futures_util::future::join(enter(&codes[0]), enter(&codes[1])).await;
        let after = enter(&codes[2]).await;

        let mut goals = [both.0.header("location"), both.1.header("location")];
        goals.sort_unstable();
        assert_eq!(goals, ["/login", "/tasks"]);
        assert_eq!(after.header("location"), "/login", "whoever has the cookie and another code");
    }

    async fn no_token_makes_another_that_can_do_more(site: Site) {
        let signer = Signer::new(jsonwebtoken::Algorithm::EdDSA, "first");
        let server = KeyServer::with(&[&signer]);
        let issuer = trusted(signer.algorithm, &server.url);
        let site = site.another(|config| config.issuers.push(issuer)).await;
        let ann = site.sign_up("ann").await.api().await;
        let made = json!({ "name": "script", "scope": "write" });
        let made = ann.post("/api/tokens", made.clone()).await.created();
        let vouched = signer.token(&claims("u1"));

        for token in [text(&made["token"]), vouched] {
            let program = Api::new(site.clone(), Some(token));
            program.get("/api/me").await.ok();
            for (method, address, body) in [
                ("POST", "/api/tokens", json!({ "name": "more", "scope": "write" })),
                ("POST", "/api/me/sign-out-everywhere", json!({})),
                ("PUT", "/api/me/email", json!({ "password": PASSWORD, "email": "eve@example.org" })),
                ("PUT", "/api/me/password", json!({ "current_password": PASSWORD, "new_password": "five large red bricks" })),
                ("POST", "/api/me/totp", json!({ "password": PASSWORD })),
                ("DELETE", "/api/me", json!({ "password": PASSWORD })),
            ] {
                let answer = program.send_json(method, address, body).await;
                assert_eq!(answer.reply.status, 403, "{method} {address}: {}", answer.reply.text());
                assert!(!answer.reply.text().contains("eyJ"), "{method} {address}");
            }
        }
        ann.get("/api/me").await.ok();
        assert_eq!(ann.get("/api/tokens").await.ok().as_array().map(Vec::len), Some(1));
    }
}
