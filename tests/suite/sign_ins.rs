//! What an owner can look up about their account, and staying signed in.

use serde_json::{Value, json};

use crate::support::{Api, PASSWORD};

async fn events(api: &Api) -> Vec<String> {
    let noted = api.get("/api/me/sign-ins").await.ok();
    let noted = noted.as_array().expect("a list").iter();
    noted
        .map(|noted| noted["event"].as_str().expect("a word").to_owned())
        .collect()
}

on_both_engines! {
    async fn what_happened_is_told_to_its_owner_and_to_nobody_else(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let bob = site.sign_up("bob").await.api().await;
        let wrong = json!({ "email": "ann@example.org", "password": "wrong but long" });
        site.stranger().post("/api/auth/login", wrong).await.status(401);

        assert_eq!(events(&ann).await, ["wrong_password", "signed_in", "signed_up"]);
        assert_eq!(events(&bob).await, ["signed_in", "signed_up"]);
        let one = ann.get("/api/me/sign-ins?limit=1").await.ok();
        assert_eq!(one.as_array().map(Vec::len), Some(1));
        ann.get("/api/me/sign-ins?limit=0").await.status(422);
        let page = browser.visit("/settings/sign-ins").await.ok();
        assert_eq!(
            page.texts(".sign-ins li > span"),
            ["Wrong password unknown network", "Signed in unknown network", "Account created unknown network"]
        );
        assert_eq!(page.texts(".sign-ins .late"), ["Wrong password"]);
    }

    async fn it_is_forgotten_after_ninety_days(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let later = "2027-02-20T12:00:01Z";
        site.set_clock(later);
        site.state.store().clean_up(30, crate::support::stamp(later)).await.expect("a cleaning");
        let login = json!({ "email": "ann@example.org", "password": PASSWORD });

        let again = site.stranger().post("/api/auth/login", login).await.ok();

        ann.get("/api/me").await.status(401);
        let ann = Api::new(site.clone(), again["token"].as_str().map(str::to_owned));
        assert_eq!(events(&ann).await, ["signed_in"]);
    }

    async fn signing_out_everywhere_leaves_this_browser_signed_in(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let mut other = site.browser();
        other.email.clone_from(&ann.email);
        other.sign_in().await.ok();
        let api = ann.api().await;
        let page = ann.visit("/settings/sign-ins").await.ok();

        let ended = page.submit(&mut ann, "#end", &[]).await.ok();

        assert_eq!(ended.text(".flash"), "Every other sign-in has ended.");
        assert_eq!(other.visit("/tasks").await.ok().text("h1"), "Sign in");
        api.get("/api/tasks").await.status(401);
        assert_eq!(ann.visit("/tasks").await.ok().text("h1"), "Open tasks");
    }

    async fn a_browser_that_comes_back_stays_signed_in_for_thirty_days(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let first = ann.cookies["tickbox"].clone();
        site.set_clock("2026-11-23T11:59:59Z");
        ann.visit("/tasks").await.ok();
        assert_eq!(ann.cookies["tickbox"], first, "not within a day");

        for day in ["2026-11-28", "2026-12-04", "2026-12-10", "2026-12-16", "2026-12-22"] {
            site.set_clock(&format!("{day}T11:00:00Z"));
            assert_eq!(ann.visit("/tasks").await.ok().text("h1"), "Open tasks", "{day}");
        }
        let last = ann.cookies["tickbox"].clone();
        site.set_clock("2026-12-28T10:00:00Z");
        assert_eq!(ann.visit("/tasks").await.ok().text("h1"), "Open tasks");
        assert_eq!(ann.cookies["tickbox"], last, "no more after thirty days");
        site.set_clock("2026-12-29T11:00:00Z");
        assert_eq!(ann.visit("/tasks").await.ok().text("h1"), "Sign in");
    }

    async fn a_renewed_sign_in_ends_with_the_one_it_came_from(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let old = ann.clone();
        site.set_clock("2026-11-24T12:00:00Z");
        let page = ann.visit("/tasks").await.ok();
        assert_ne!(ann.cookies["tickbox"], old.cookies["tickbox"]);
        let mut renewed = ann.clone();

        page.submit(&mut ann, "#logout", &[]).await.ok();

        for mut thief in [old, ann, renewed.clone()] {
            assert_eq!(thief.visit("/tasks").await.ok().text("h1"), "Sign in");
        }
        site.set_clock("2026-12-01T11:00:00Z");
        site.state.store().purge_expired(crate::support::stamp("2026-12-01T11:00:00Z")).await.expect("a purge");
        assert_eq!(renewed.visit("/tasks").await.ok().text("h1"), "Sign in", "not after a purge either");
    }

    async fn tokens_of_the_api_are_not_renewed_and_renewal_can_be_off(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        site.set_clock("2026-11-24T12:00:00Z");
        let answer = ann.get("/api/tasks").await;
        assert!(answer.reply.header("set-cookie").is_empty());

        let site = site.another(|config| config.renewal_days = 0).await;
        let mut ann = site.sign_up("ann").await;
        let first = ann.cookies["tickbox"].clone();
        site.set_clock("2026-11-28T12:00:00Z");
        ann.visit("/tasks").await.ok();
        assert_eq!(ann.cookies["tickbox"], first);
    }

    async fn too_many_changes_at_the_api_have_to_wait(site: Site) {
        let site = site.another(|config| config.write_limit = std::num::NonZeroU32::new(3)).await;
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        for _ in 0..3 {
            ann.add("Buy milk").await;
        }

        let refused = ann.post("/api/tasks", json!({ "title": "x" })).await;

        refused.problem(429, "too-many-requests");
        assert!(!refused.reply.header("retry-after").is_empty());
        ann.get("/api/tasks").await.ok();
        bob.add("Pay rent").await;
        assert_eq!(ann.titles("/api/tasks").await.len(), 3);
    }

    async fn one_network_makes_a_few_accounts_an_hour(site: Site) {
        let site = site.another(|config| config.signup_limit = std::num::NonZeroU32::new(2)).await;
        let sign_up = |name: &str, peer: &str| {
            let body = json!({ "email": format!("{name}@example.org"), "password": PASSWORD });
            let request = actix_web::test::TestRequest::post()
                .uri("/api/auth/signup")
                .peer_addr(peer.parse().expect("an address"))
                .set_json(&body);
            site.send(request)
        };
        for name in ["ann", "bob"] {
            assert_eq!(sign_up(name, "192.0.2.1:1").await.status, 201);
        }

        let refused = sign_up("cat", "192.0.2.1:1").await;

        assert_eq!(refused.status, 429);
        let problem: Value = serde_json::from_slice(&refused.body).expect("JSON");
        assert_eq!(problem["code"], "too-many-requests");
        assert_eq!(sign_up("cat", "192.0.2.2:1").await.status, 201);
    }
}
