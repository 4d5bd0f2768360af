//! Two-step sign-in: on, in, and off again, and every way around it that must not be one.

use actix_web::http::Method;
use serde_json::{Value, json};
use tickbox::error::Error;
use tickbox::store::Limits;
use totp_rs::{Builder, Secret};

use crate::support::{Answer, Api, Browser, PASSWORD, Page, Site, stamp};

/// What an authenticator app shows at a moment.
pub fn code(secret: &str, at: &str) -> String {
    let secret = Secret::try_from_base32(secret.replace(' ', "")).expect("base32");
    let totp = Builder::new()
        .with_secret(secret)
        .build()
        .expect("a generator");
    let seconds = u64::try_from(stamp(at).seconds()).expect("after 1970");
    totp.generate(seconds).to_string()
}

const NOON: &str = "2026-11-22T12:00:00Z";
const LATER: &str = "2026-11-22T12:10:00Z";

/// Somebody with two-step sign-in on: their secret, recovery codes and API client.
pub async fn protected(site: &Site) -> (String, Vec<String>, Api) {
    let ann = site.sign_up("ann").await.api().await;
    let set_up = ann
        .post("/api/me/totp", json!({ "password": PASSWORD }))
        .await
        .ok();
    let secret = set_up["secret"].as_str().expect("a secret").to_owned();
    let confirmed = json!({ "code": code(&secret, NOON) });
    let confirmed = ann.send_json("PUT", "/api/me/totp", confirmed).await.ok();
    let codes = confirmed["recovery_codes"]
        .as_array()
        .expect("codes")
        .iter();
    let codes = codes
        .map(|code| code.as_str().expect("a code").to_owned())
        .collect();
    let token = confirmed["token"].as_str().map(str::to_owned);
    site.set_clock(LATER);
    (secret, codes, Api::new(site.clone(), token))
}

async fn log_in(site: &Site, totp: Value) -> Answer {
    let mut login = json!({ "email": "ann@example.org", "password": PASSWORD });
    if !totp.is_null() {
        login["totp"] = totp;
    }
    site.stranger().post("/api/auth/login", login).await
}

/// A browser that has given the password.
pub async fn halfway(site: &Site) -> (Browser, Page) {
    let mut browser = site.browser();
    "ann@example.org".clone_into(&mut browser.email);
    let page = browser.sign_in().await.ok();
    assert_eq!(page.text("h1"), "Enter the code");
    (browser, page)
}

on_both_engines! {
    async fn the_api_wants_the_code_along_with_the_password(site: Site) {
        let (secret, _, _) = protected(&site).await;

        log_in(&site, Value::Null).await.problem(401, "code-required");
        for odd in ["000000", "12345", "１２３４５６", ""] {
            log_in(&site, json!(odd)).await.problem(401, "wrong-code");
        }
        assert_eq!(log_in(&site, json!(123_456)).await.refused(), ["/totp"]);
        let good = code(&secret, LATER);
        log_in(&site, json!(good)).await.ok();
        log_in(&site, json!(good)).await.problem(401, "wrong-code");
        log_in(&site, json!(code(&secret, NOON))).await.problem(401, "wrong-code");
    }

    async fn a_wrong_password_says_nothing_of_codes(site: Site) {
        let (secret, _, _) = protected(&site).await;
        let login = json!({ "email": "ann@example.org", "password": "wrong but long", "totp": code(&secret, LATER) });

        site.stranger().post("/api/auth/login", login).await.problem(401, "wrong-password");

        log_in(&site, json!(code(&secret, LATER))).await.ok();
    }

    async fn a_browser_is_asked_for_the_code_and_goes_where_it_wanted(site: Site) {
        let (secret, _, _) = protected(&site).await;
        let mut ann = site.browser();
        let login = ann.visit("/today?sort=due").await.ok();
        let typed = [("email", "ann@example.org"), ("password", PASSWORD)];
        let form = login.submit(&mut ann, "#login", &typed).await.ok();
        assert!(form.address.starts_with("/login/code?next="), "{}", form.address);
        assert!(!ann.cookies.contains_key("tickbox"));
        let wrong = form.submit(&mut ann, "#code-form", &[("code", "000000")]).await.status(401);
        assert_eq!(wrong.text("#code-error"), "Error: That code is not right, or it was used already.");

        let spaced = code(&secret, LATER);
        let spaced = format!("{} {}", &spaced[..3], &spaced[3..]);
        let page = wrong.submit(&mut ann, "#code-form", &[("code", &spaced)]).await.ok();

        assert_eq!(page.address, "/today?sort=due");
        assert!(!ann.cookies.contains_key("tickbox-2fa"));
    }

    async fn who_is_halfway_is_nowhere(site: Site) {
        let (secret, _, ann) = protected(&site).await;
        let (mut browser, _) = halfway(&site).await;
        let pending = browser.cookies["tickbox-2fa"].clone();

        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in");
        browser.cookies.insert("tickbox".to_owned(), pending.clone());
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in");
        Api::new(site.clone(), Some(pending)).get("/api/tasks").await.status(401);
        // The other way round, a whole sign-in is no half of one.
        let mut odd = site.browser();
        odd.cookies.insert("tickbox-2fa".to_owned(), ann.token.expect("a token"));
        let reply = odd.post("/login/code", &[("code", &code(&secret, LATER))]).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/login"));
        let reply = site.browser().post("/login/code", &[("code", "123456")]).await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/login"));
        let reply = site.browser().get("/login/code").await;
        assert_eq!((reply.status.as_u16(), reply.header("location")), (303, "/login"));
    }

    async fn of_one_code_sent_twice_at_once_one_gets_in(site: Site) {
        let (secret, _, _) = protected(&site).await;
        let (first, _) = halfway(&site).await;
        let (second, _) = halfway(&site).await;
        let good = code(&secret, LATER);
        let send = |mut browser: Browser| {
            let good = good.clone();
            async move { browser.post("/login/code", &[("code", &good)]).await }
        };

        let replies = futures_util::future::join_all([
            send(first.clone()), send(second.clone()), send(first), send(second),
        ]).await;

        let ins = replies.iter().filter(|reply| reply.header("location") == "/tasks");
        let statuses: Vec<_> = replies.iter().map(|reply| reply.status.as_u16()).collect();
        assert_eq!(ins.count(), 1, "{statuses:?}");
    }

    async fn the_sixth_wrong_code_ends_the_attempt(site: Site) {
        let site = site.another(|config| config.code_limit = 5).await;
        let (secret, _, _) = protected(&site).await;
        let (mut browser, form) = halfway(&site).await;
        let before = browser.clone();
        for _ in 0..5 {
            form.submit(&mut browser, "#code-form", &[("code", "000000")]).await.status(401);
        }

        let over = form.submit(&mut browser, "#code-form", &[("code", &code(&secret, LATER))]).await.status(429);

        assert!(!over.reply.header("retry-after").is_empty());
        assert_eq!(over.text(".problems"), "Too many wrong codes, or too long a pause; sign in again.");
        assert!(!browser.cookies.contains_key("tickbox-2fa"));
        let mut stubborn = before;
        let reply = stubborn.post("/login/code", &[("code", &code(&secret, LATER))]).await;
        assert_eq!(reply.status, 429, "the token is dead, not the cookie alone");
        let (mut browser, form) = halfway(&site).await;
        form.submit(&mut browser, "#code-form", &[("code", &code(&secret, LATER))]).await.ok();
    }

    async fn a_restart_gives_nobody_another_five_codes(site: Site) {
        let site = site.another(|config| config.code_limit = 5).await;
        let (secret, _, _) = protected(&site).await;
        let (mut browser, form) = halfway(&site).await;
        for _ in 0..5 {
            form.submit(&mut browser, "#code-form", &[("code", "000000")]).await.status(401);
        }
        let (engine, database, cookies) = (site.engine, site.database.clone(), browser.cookies.clone());
        drop((browser, form));
        let folder = site.close();

        let again = Site::open_with(engine, Limits::default(), |config| {
            config.database = database;
            config.code_limit = 5;
        }).await.expect("the same engine");
        again.set_clock(LATER);
        let mut browser = again.browser();
        browser.cookies = cookies;
        let reply = browser.post("/login/code", &[("code", &code(&secret, LATER))]).await;

        assert_eq!(reply.status, 429);
        drop(folder);
    }

    async fn codes_guessed_at_the_api_are_counted_with_the_account(site: Site) {
        let site = site.another(|config| config.code_limit = 3).await;
        let (secret, _, _) = protected(&site).await;
        for _ in 0..3 {
            log_in(&site, json!("000000")).await.status(401);
        }

        log_in(&site, json!(code(&secret, LATER))).await.problem(429, "too-many-requests");
    }

    async fn a_pause_of_five_minutes_is_too_long(site: Site) {
        let (secret, _, _) = protected(&site).await;
        let (mut browser, form) = halfway(&site).await;
        site.set_clock("2026-11-22T12:15:00Z");

        let page = form.submit(&mut browser, "#code-form", &[("code", &code(&secret, "2026-11-22T12:15:00Z"))]).await.ok();

        assert_eq!(page.text("h1"), "Sign in");
    }

    async fn each_recovery_code_lets_in_once(site: Site) {
        let (_, codes, ann) = protected(&site).await;
        assert_eq!(codes.len(), 10);

        log_in(&site, json!(codes[0])).await.ok();
        log_in(&site, json!(codes[0])).await.problem(401, "wrong-code");
        let (mut browser, form) = halfway(&site).await;
        let page = form.submit(&mut browser, "#code-form", &[("code", &codes[1].to_uppercase())]).await.ok();
        assert_eq!(page.text("h1"), "Open tasks");
        let page = browser.visit("/settings/two-step").await.ok();
        assert!(page.reply.text().contains("8 recovery codes are left."));
        let noted = ann.get("/api/me/sign-ins").await.ok();
        assert!(noted.as_array().expect("a list").iter().any(|noted| noted["event"] == "recovery_code_used"));
    }

    async fn turning_it_on_or_off_ends_every_other_sign_in(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let other = browser.api().await;
        let page = browser.visit("/settings/two-step").await.ok();
        let wrong = page.submit(&mut browser, "#start", &[("password", "wrong but long")]).await.status(422);
        assert!(wrong.has("#password-error"));
        let page = page.submit(&mut browser, "#start", &[("password", PASSWORD)]).await.ok();
        assert!(page.has("svg.qr path"));
        let secret = page.text("#secret");
        other.get("/api/tasks").await.ok();
        let wrong = page.submit(&mut browser, "#confirm", &[("code", "000000")]).await.status(422);
        assert!(wrong.has("#code-error") && wrong.text("#secret") == secret);

        let page = page.submit(&mut browser, "#confirm", &[("code", &code(&secret, NOON))]).await.ok();

        assert_eq!(page.texts(".codes li").len(), 10);
        other.get("/api/tasks").await.status(401);
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Open tasks");
        site.set_clock(LATER);
        let (mut second, form) = halfway(&site).await;
        form.submit(&mut second, "#code-form", &[("code", &code(&secret, LATER))]).await.ok();
        let later = "2026-11-22T12:20:00Z";
        site.set_clock(later);
        let page = second.visit("/settings/two-step").await.ok();
        let typed = [("password", PASSWORD), ("code", "000000")];
        page.submit(&mut second, "#off", &typed).await.status(422);
        let typed = [("password", PASSWORD), ("code", &code(&secret, later))];
        let off = page.submit(&mut second, "#off", &typed).await.ok();
        assert_eq!(off.text(".flash"), "Two-step sign-in is off.");
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in");
        log_in(&site, Value::Null).await.ok();
    }

    async fn what_is_not_confirmed_asks_nobody_for_a_code(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let first = ann.post("/api/me/totp", json!({ "password": PASSWORD })).await.ok();
        let second = ann.post("/api/me/totp", json!({ "password": PASSWORD })).await.ok();
        assert_ne!(first["secret"], second["secret"]);
        log_in(&site, Value::Null).await.ok();

        let of = |set_up: &Value, at: &str| json!({ "code": code(set_up["secret"].as_str().expect("a secret"), at) });
        assert_eq!(ann.send_json("PUT", "/api/me/totp", of(&first, NOON)).await.refused(), ["/code"]);
        let late = "2026-11-22T13:00:00Z";
        site.set_clock(late);
        assert_eq!(ann.send_json("PUT", "/api/me/totp", of(&second, late)).await.refused(), ["/code"], "an hour is over");
        assert_eq!(ann.send_json("DELETE", "/api/me/totp", json!({ "password": PASSWORD, "code": "123456" })).await.refused(), ["/code"]);
    }

    async fn a_code_of_one_secret_confirms_no_other(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let id = ann.get("/api/me").await.ok()["id"].as_str().and_then(|id| id.parse().ok()).expect("an id");
        let store = site.state.store();
        let now = site.clock.now();

        // A second tab sets up anew between the check of the code and its use.
        let raced = store.front_desk_write(move |desk| {
            desk.start_second_factor(id, b"the first", now)?;
            desk.start_second_factor(id, b"the second", now)?;
            let stale = desk.confirm_second_factor(id, (b"the first", 1), 5, now);
            assert!(matches!(stale, Err(Error::Stale)), "{stale:?}");
            assert!(!desk.take_step(id, (b"the second", 1))?, "it is not confirmed");
            desk.confirm_second_factor(id, (b"the second", 1), 5, now)?;
            assert!(!desk.take_step(id, (b"the first", 2))?);
            assert!(!desk.take_step(id, (b"the second", 1))?, "taken with the confirmation");
            desk.take_step(id, (b"the second", 2))
        });

        assert!(raced.await.expect("a change"));
    }

    async fn the_secret_lies_sealed_in_the_database(site: Site) {
        let (secret, codes, ann) = protected(&site).await;
        ann.post("/api/me/totp", json!({ "password": PASSWORD })).await.problem(412, "precondition-failed");
        let sql = match site.engine {
            crate::support::Engine::Sqlite => "SELECT hex(secret) AS line FROM second_factors",
            crate::support::Engine::Postgres => "SELECT encode(secret, 'hex') AS line FROM second_factors",
        };
        let sealed = crate::support::raw(&site).lines(sql).remove(0).to_lowercase();
        let plain = Secret::try_from_base32(secret.replace(' ', "")).expect("base32");
        let plain = format!("{:02x?}", plain.as_ref()).replace(['[', ',', ' ', ']'], "");

        assert!(!sealed.contains(&plain));
        assert_eq!(sealed.len(), 2 * (12 + 20 + 16), "nonce, secret and tag");
        drop(codes);
    }

    async fn account_routes_refuse_odd_bodies(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        for (method, address, body, pointers) in [
            (Method::POST, "/api/me/totp", json!({ "password": 5 }), ["/password"]),
            (Method::POST, "/api/me/totp", json!({ "password": PASSWORD, "x": 1 }), ["/x"]),
            (Method::PUT, "/api/me/totp", json!({ "code": ["123456"] }), ["/code"]),
            (Method::POST, "/api/me/sign-out-everywhere", json!({ "revoke_tokens": "yes" }), ["/revoke_tokens"]),
        ] {
            let refused = ann.send(method, address, &[], Some(body.clone())).await;
            assert_eq!(refused.refused(), pointers, "{address} {body}");
        }
    }
}
