//! Signing up, in and out at both doors: what is refused, what it tells, and how often one may try.

use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use actix_web::test::TestRequest;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use tickbox::config::Signup;

use crate::support::{Api, PASSWORD, Reply, Site};

const FORM: &str = "application/x-www-form-urlencoded";

/// Sends the same account to one address at both doors: the page's answer, then the API's.
async fn at_both_doors(site: &Site, what: &str, email: &str, password: &str) -> [Reply; 2] {
    let form = TestRequest::post()
        .uri(&format!("/{what}"))
        .set_form([("email", email), ("password", password)]);
    let page = site.send(form).await;
    let body = json!({ "email": email, "password": password });
    let address = format!("/api/auth/{what}");
    [page, site.stranger().post(&address, body).await.reply]
}

fn status(reply: &Reply) -> u16 {
    reply.status.as_u16()
}

async fn sign_up(site: &Site, email: &str, password: &str) -> Reply {
    let body = json!({ "email": email, "password": password });
    site.stranger().post("/api/auth/signup", body).await.reply
}

fn emails(site: &Site) -> Vec<String> {
    site.outside()
        .ask("SELECT email AS answer FROM users ORDER BY email")
}

async fn is_alive(site: &Site, token: &str) -> bool {
    let api = Api::new(site.clone(), Some(token.to_owned()));
    status(&api.get("/api/me").await.reply) == 200
}

fn token_of(reply: &Reply) -> String {
    let cookie = reply.header("set-cookie");
    let value = cookie
        .strip_prefix("tickbox=")
        .and_then(|rest| rest.split(';').next());
    value.expect("a cookie").to_owned()
}

/// From one address in the network, perhaps through proxies.
fn attempt(peer: &str, forwarded: &str, password: &str) -> TestRequest {
    TestRequest::post()
        .uri("/login")
        .peer_addr(format!("{peer}:4711").parse().expect("an address"))
        .insert_header(("x-forwarded-for", forwarded))
        .set_form([("email", "ann@example.org"), ("password", password)])
}

on_both_engines! {
    async fn a_password_has_to_be_one_that_bcrypt_takes_whole(site: Site) {
        let long = |count: usize| "x7 !".repeat(18)[..count].to_owned();
        let rows: [(&str, String, bool); 16] = [
            ("7 bytes", "zq7xkvw".to_owned(), false),
            ("8 bytes", "zq7xkvwp".to_owned(), true),
            ("71 bytes", long(71), true),
            ("72 bytes", long(72), false),
            ("35 Cyrillic letters", "жгиклмнопр".repeat(4).chars().take(35).collect(), true),
            ("36 Cyrillic letters", "жгиклмнопр".repeat(4).chars().take(36).collect(), false),
            ("nothing", String::new(), false),
            ("NUL inside", "zq7x\0kvwp".to_owned(), false),
            ("NUL at the end", "zq7xkvwp\0".to_owned(), false),
            ("tab and line break", "zq7x\t\nkvwp".to_owned(), true),
            ("spaces around", "  zq7xkvwp  ".to_owned(), true),
            ("emoji", "🥛🥚🧀🍞".to_owned(), true),
            ("the address", "x10@example.org".to_owned(), false),
            ("password123", "password123".to_owned(), false),
            ("12345678", "12345678".to_owned(), false),
            ("qwertyuiop", "qwertyuiop".to_owned(), false),
        ];

        for (at, (row, password, fits)) in rows.into_iter().enumerate() {
            // The row with the address as its password has this very address.
            let email = if row == "the address" { "x10@example.org".into() } else { format!("a{at}@example.org") };
            let [page, _] = at_both_doors(&site, "signup", &email, &password).await;
            let api = sign_up(&site, &format!("b{email}"), &password).await;
            if row == "the address" {
                assert_eq!(status(&page), 422, "{row}");
                continue;
            }
            assert_eq!(status(&page), if fits { 303 } else { 422 }, "{row}: page");
            assert_eq!(status(&api), if fits { 201 } else { 422 }, "{row}: API");
            if fits {
                let [page, api] = at_both_doors(&site, "login", &email, &password).await;
                assert_eq!([status(&page), status(&api)], [303, 200], "{row}: log-in");
                let (shorter, longer) = (password.trim().to_owned(), format!("{password} "));
                for wrong in [shorter, longer, password.to_uppercase()] {
                    if wrong != password && (8..=71).contains(&wrong.len()) {
                        let [page, api] = at_both_doors(&site, "login", &email, &wrong).await;
                        assert_eq!([status(&page), status(&api)], [401, 401], "{row}: {wrong:?}");
                    }
                }
            } else {
                let problem: Value = serde_json::from_slice(&api.body).expect("JSON");
                assert_eq!(problem["errors"][0]["pointer"], "/password", "{row}");
                assert!(page.text().contains("id=\"password-error\""), "{row}");
                let is_sent_back = password.len() >= 7 && page.text().contains(&password);
                assert!(!is_sent_back, "{row}");
            }
        }
        let long = sign_up(&site, "c@example.org", &"ж".repeat(36)).await;
        assert!(long.text().contains("at most 71 bytes, and this one has 72"), "{}", long.text());
        let huge = "x".repeat(1_000_000);
        let [page, api] = at_both_doors(&site, "signup", "c@example.org", &huge).await;
        assert_eq!([status(&page), status(&api)], [413, 413]);
    }

    async fn an_address_has_to_be_one_and_is_told_back_as_text(site: Site) {
        let long = format!("{}@example.org", "a".repeat(300));
        for email in [
            "", " ", "ann", "@example.org", "ann@", "a@b@example.org", "ann＠example.org",
            "ann@example..org", "ann@-example.org", "a b@example.org", "<script>@x", "\"><b>@x",
            "ann@example.org\r\nBcc: bob@example.org", "ann\0@example.org", "ann@exämple.org",
            "ann@[127.0.0.1]", &long,
        ] {
            for what in ["signup", "login"] {
                let [page, api] = at_both_doors(&site, what, email, PASSWORD).await;
                assert_eq!([status(&page), status(&api)], [422, 422], "{what} {email:?}");
                let page = crate::support::Page::new(what.to_owned(), page);
                assert!(page.has("#email-error") && !page.has("script, main b:not(.vh)"), "{email:?}");
                assert_eq!(page.reply.header("set-cookie"), "", "{what} {email:?}");
            }
        }
        assert!(emails(&site).is_empty());
    }

    async fn one_mailbox_is_one_account(site: Site) {
        sign_up(&site, "ann@example.org", PASSWORD).await;

        for email in ["ann@example.org", "Ann@Example.ORG", "  ann@example.org  ", "ANN@example.org\t"] {
            let [page, api] = at_both_doors(&site, "signup", email, "another good one").await;
            assert_eq!([status(&page), status(&api)], [409, 409], "{email:?}");
            let [page, api] = at_both_doors(&site, "login", email, PASSWORD).await;
            assert_eq!([status(&page), status(&api)], [303, 200], "{email:?}");
        }
        assert_eq!(emails(&site), ["ann@example.org"]);
    }

    async fn two_sign_ups_at_once_make_one_account(site: Site) {
        for round in 0..5 {
            let email = format!("ann{round}@example.org");
            let (one, other) = join(sign_up(&site, &email, PASSWORD), sign_up(&site, &email, PASSWORD)).await;
            let mut statuses = [status(&one), status(&other)];
            statuses.sort_unstable();
            assert_eq!(statuses, [201, 409], "{email}");
        }
        assert_eq!(emails(&site).len(), 5);
        let inboxes = "SELECT CAST(count(*) AS TEXT) AS answer FROM lists";
        assert_eq!(site.outside().ask(inboxes), ["5"], "the refused left nothing behind");
    }

    async fn nobody_learns_which_of_the_two_was_wrong(site: Site) {
        sign_up(&site, "ann@example.org", PASSWORD).await;
        sign_up(&site, "bob@example.org", PASSWORD).await;
        site.outside().run("UPDATE users SET disabled_at = 1 WHERE email = 'bob@example.org'");
        let mut answers = Vec::new();
        for (email, password) in [
            ("ann@example.org", "four small grey stone"),
            ("eve@example.org", "four small grey stone"),
            ("bob@example.org", PASSWORD),
        ] {
            let [page, api] = at_both_doors(&site, "login", email, password).await;
            assert_eq!([status(&page), status(&api)], [401, 401], "{email}");
            for reply in [&page, &api] {
                assert_eq!(reply.header("www-authenticate"), "Bearer realm=\"tickbox\"", "{email}");
                assert_eq!(reply.header("set-cookie"), "", "{email}");
            }
            answers.push([page.text().replace(email, "…"), api.text().to_owned()]);
        }
        assert_eq!(answers[0], answers[1], "unknown address");
        assert_eq!(answers[0], answers[2], "disabled account");
    }

    async fn an_unknown_address_costs_as_much_as_a_wrong_password(site: Site) {
        // Some 15 ms a hash: well above everything else that a log-in does.
        let site = site.another(|config| config.bcrypt_cost = 8).await;
        sign_up(&site, "ann@example.org", PASSWORD).await;
        let mut times: [Vec<Duration>; 2] = [Vec::new(), Vec::new()];
        for _ in 0..15 {
            for (times, email) in times.iter_mut().zip(["ann@example.org", "eve@example.org"]) {
                let body = json!({ "email": email, "password": "four small grey stone" });
                let began = Instant::now();
                let answer = site.stranger().post("/api/auth/login", body).await;
                times.push(began.elapsed());
                answer.problem(401, "wrong-password");
            }
        }
        let [known, unknown] = times.map(|mut times| {
            times.sort_unstable();
            times[times.len() / 2]
        });
        // Without a hash it would be a tenth; a busy machine may well double either.
        assert!(unknown * 3 > known && known * 3 > unknown, "{known:?} and {unknown:?}");
    }

    async fn a_field_that_nobody_asked_for_is_refused(site: Site) {
        for field in ["role", "user_id", "is_admin", "id", "token_epoch", "Email"] {
            for what in ["signup", "login"] {
                let email = format!("{}@example.org", field.to_lowercase());
                let form = TestRequest::post()
                    .uri(&format!("/{what}"))
                    .set_form([("email", email.as_str()), ("password", PASSWORD), (field, "1")]);
                assert_eq!(status(&site.send(form).await), 422, "{what} {field}: page");
                let body = json!({ "email": email, "password": PASSWORD, field: 1 });
                let answer = site.stranger().post(&format!("/api/auth/{what}"), body).await;
                assert_eq!(answer.refused(), [format!("/{field}")], "{what}");
            }
        }
        for body in ["email=a@x.org&email=b@x.org&password=zq7xkvwp", "email=a@x.org&password=zq7xkvwp&password=y"] {
            let form = TestRequest::post().uri("/signup").insert_header(("content-type", FORM));
            assert_eq!(status(&site.send(form.set_payload(body)).await), 422, "{body}");
        }
        assert!(emails(&site).is_empty());
    }

    async fn a_closed_place_takes_nobody_new(site: Site) {
        let site = site.another(|config| config.signup = Signup::Closed).await;

        let [page, api] = at_both_doors(&site, "signup", "ann@example.org", PASSWORD).await;
        assert_eq!([status(&page), status(&api)], [403, 403]);
        assert_eq!(status(&site.browser().get("/signup").await), 403);
        let login = site.browser().visit("/login").await.ok();
        assert!(!login.has("a[href^='/signup']"));
        assert!(emails(&site).is_empty());
    }

    async fn the_attempt_after_the_last_has_to_wait(site: Site) {
        let limit = |count| move |config: &mut tickbox::config::Config| {
            config.login_limit = NonZeroU32::new(count);
            config.trusted_proxies = vec!["10.0.0.0/8".parse().expect("a network")];
        };
        // Who sends, what stands in X-Forwarded-For, and whether all are one network.
        let rows: [(&str, &str, &str, bool); 6] = [
            ("one client", "192.0.2.1", "", true),
            ("a client that forges its address", "192.0.2.1", "198.51.100.{}", true),
            ("behind a proxy, forging", "10.0.0.1", "198.51.100.{}, 192.0.2.7", true),
            ("behind two proxies, forging", "10.0.0.1", "198.51.100.{}, 192.0.2.7, 10.0.0.2", true),
            ("one IPv6 network", "[2001:db8::{}]", "", true),
            ("many clients behind a proxy", "10.0.0.1", "198.51.100.{}", false),
        ];
        for (row, peer, forwarded, is_one) in rows {
            let site = site.another(limit(10)).await;
            let one = |at: usize| [peer, forwarded].map(|text| text.replace("{}", &(at + 1).to_string()));
            for at in 0..10 {
                let [peer, forwarded] = one(at);
                let reply = site.send(attempt(&peer, &forwarded, "grey stones")).await;
                assert_eq!(status(&reply), 401, "{row}: attempt {at}");
            }
            let [peer, forwarded] = one(10);
            // Even the right password, if there were one, would have to wait.
            let reply = site.send(attempt(&peer, &forwarded, PASSWORD)).await;
            assert_eq!(status(&reply), if is_one { 429 } else { 401 }, "{row}");
            if is_one {
                let wait: u64 = reply.header("retry-after").parse().expect("seconds");
                assert!((1..=7).contains(&wait), "{row}: {wait}");
                assert!(reply.text().contains("id=\"login\""), "{row}: the form comes back");
            }
        }
        // All doors that ask for a password count together.
        let site = site.another(limit(3)).await;
        let from = |address: &str| TestRequest::post().uri(address).peer_addr("192.0.2.1:1".parse().unwrap());
        let body = json!({ "email": "bob@example.org", "password": "wrong but long" });
        let fields = [("email", "ann@example.org"), ("password", PASSWORD)];
        assert_eq!(status(&site.send(from("/login").set_form(fields)).await), 401);
        assert_eq!(status(&site.send(from("/signup").set_form(fields)).await), 303);
        assert_eq!(status(&site.send(from("/api/auth/login").set_json(&body)).await), 401);
        for address in ["/api/auth/login", "/api/auth/signup"] {
            let reply = site.send(from(address).set_json(&body)).await;
            assert_eq!(status(&reply), 429, "{address}");
            assert!(!reply.header("retry-after").is_empty(), "{address}");
            let problem: Value = serde_json::from_slice(&reply.body).expect("JSON");
            assert_eq!(problem["code"], "too-many-requests", "{address}");
        }
    }

    async fn a_storm_of_log_ins_is_turned_away_and_harms_nobody_else(site: Site) {
        let site = site.another(|config| config.bcrypt_cost = 12).await;
        sign_up(&site, "ann@example.org", PASSWORD).await;
        let body = || json!({ "email": "ann@example.org", "password": PASSWORD });
        let storm = join_all((0..60).map(|_| {
            let site = site.clone();
            async move { site.stranger().post("/api/auth/login", body()).await.reply }
        }));
        let meanwhile = async {
            let mut slowest = Duration::ZERO;
            for _ in 0..20 {
                tokio::time::sleep(Duration::from_millis(50)).await;
                let began = Instant::now();
                assert_eq!(status(&site.browser().get("/healthz").await), 200);
                slowest = slowest.max(began.elapsed());
            }
            slowest
        };

        let (replies, slowest) = join(storm, meanwhile).await;

        let count = |wanted| replies.iter().filter(|reply| status(reply) == wanted).count();
        assert_eq!(count(200) + count(503), 60);
        assert!(count(200) > 0 && count(503) > 0, "{} in, {} away", count(200), count(503));
        let away = replies.iter().find(|reply| status(reply) == 503).expect("one");
        assert_eq!(away.header("retry-after"), "2");
        assert!(slowest < Duration::from_secs(1), "{slowest:?}");
    }

    async fn signing_in_anew_ends_what_this_browser_had(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let elsewhere = ann.api().await.token.expect("a token");
        let before = ann.cookies["tickbox"].clone();

        let reply = ann.post("/login", &[("email", "ann@example.org"), ("password", PASSWORD)]).await;

        let now = token_of(&reply);
        assert_ne!(before, now);
        assert!(!is_alive(&site, &before).await, "the one before");
        assert!(is_alive(&site, &now).await, "the new one");
        assert!(is_alive(&site, &elsewhere).await, "another sign-in is another matter");
        let reply = ann.post("/login", &[("email", "ann@example.org"), ("password", "grey stones")]).await;
        assert_eq!(status(&reply), 401);
        assert!(is_alive(&site, &now).await, "a log-in that failed ends nothing");
    }

    async fn signing_out_ends_a_token_at_both_doors(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let (mut kept, token) = (ann.clone(), ann.cookies["tickbox"].clone());
        let api = ann.api().await;
        assert!(is_alive(&site, &token).await);

        ann.post("/logout", &[]).await;

        assert!(!is_alive(&site, &token).await, "as a bearer token");
        assert_eq!(status(&kept.get("/tasks").await), 303, "as a cookie");
        api.get("/api/me").await.ok();
        api.post("/api/auth/logout", json!({})).await.status(204);
        api.post("/api/auth/logout", json!({})).await.problem(401, "unauthenticated");
        kept.cookies.insert("tickbox".to_owned(), api.token.clone().expect("a token"));
        assert_eq!(status(&kept.get("/tasks").await), 303, "the API's token as a cookie");
    }

    async fn a_hash_is_renewed_when_hashes_became_dearer(site: Site) {
        let site = site.another(|config| config.bcrypt_cost = 6).await;
        let stored = || site.outside().ask("SELECT password_hash AS answer FROM users").remove(0);
        sign_up(&site, "ann@example.org", PASSWORD).await;
        let hash = stored();
        assert!(hash.starts_with("$2b$06$") && hash.len() == 60, "{hash}");
        let [_, cheap] = [4, 5].map(|cost| bcrypt::non_truncating_hash(PASSWORD, cost).expect("a hash"));
        site.outside().run(&format!("UPDATE users SET password_hash = '{cheap}'"));

        at_both_doors(&site, "login", "ann@example.org", "four small grey stone").await;
        assert_eq!(stored(), cheap, "a wrong password renews nothing");
        let [page, api] = at_both_doors(&site, "login", "ann@example.org", PASSWORD).await;
        assert_eq!([status(&page), status(&api)], [303, 200]);
        let renewed = stored();
        assert!(renewed.starts_with("$2b$06$"), "{renewed}");
        assert!(bcrypt::non_truncating_verify(PASSWORD, &renewed).expect("a hash"));
        at_both_doors(&site, "login", "ann@example.org", PASSWORD).await;
        assert_eq!(stored(), renewed, "once is enough");
    }
}
