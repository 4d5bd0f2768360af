//! Signing up where only those may who have an invitation.

use serde_json::json;
use tickbox::accounts::keys::new_secret;
use tickbox::config::Signup;

use crate::support::{Answer, NOON, PASSWORD, Site, stamp};

async fn by_invitation(site: &Site) -> Site {
    site.another(|config| config.signup = Signup::Invite).await
}

/// A token as the command prints it, good for a week.
async fn invite(site: &Site) -> String {
    let (token, hash) = new_secret().expect("a secret");
    let expires = stamp(NOON).plus_seconds(7 * 24 * 60 * 60);
    let made = site
        .state
        .store()
        .front_desk_write(move |desk| desk.invite(&hash, expires));
    made.await.expect("an invitation");
    token
}

async fn sign_up(site: &Site, name: &str, invite: &str) -> Answer {
    let email = format!("{name}@example.org");
    let body = json!({ "email": email, "password": PASSWORD, "invite": invite });
    site.stranger().post("/api/auth/signup", body).await
}

on_both_engines! {
    async fn without_one_nobody_gets_in_and_hears_why(site: Site) {
        let site = by_invitation(&site).await;
        let page = site.browser().visit("/signup").await.status(403);
        assert!(page.text("main").contains("by invitation"), "{}", page.text("main"));
        assert!(!site.browser().visit("/login").await.ok().has("a[href^='/signup']"));
        let form = [("email", "ann@example.org"), ("password", PASSWORD)];
        assert_eq!(site.browser().post("/signup", &form).await.status, 403);
        for bad in ["", "x", "AAAA"] {
            sign_up(&site, "ann", bad).await.problem(403, "forbidden");
        }
        let body = json!({ "email": "ann@example.org", "password": PASSWORD, "invite": 7 });
        assert_eq!(site.stranger().post("/api/auth/signup", body).await.refused(), ["/invite"]);
        assert!(site.outside().ask("SELECT email AS answer FROM users").is_empty());
    }

    async fn the_form_carries_it_and_it_is_good_once(site: Site) {
        let site = by_invitation(&site).await;
        let token = invite(&site).await;
        let link = format!("/signup?invite={token}");
        let mut browser = site.browser();
        for _ in 0..10 {
            browser.visit(&link).await.ok();
        }
        let form = browser.visit(&link).await.ok();
        let typed = [("email", "ann@example.org"), ("password", "short")];
        let form = form.submit(&mut browser, "#signup", &typed).await.status(422);

        let typed = [("email", "ann@example.org"), ("password", PASSWORD)];
        let page = form.submit(&mut browser, "#signup", &typed).await.ok();

        assert_eq!(page.address, "/tasks");
        let page = browser.visit(&link).await.status(403);
        assert!(page.text("main").contains("used or has expired"));
        sign_up(&site, "bob", &token).await.problem(403, "forbidden");
    }

    async fn of_many_at_once_one_gets_in(site: Site) {
        let site = by_invitation(&site).await;
        let token = invite(&site).await;
        let names = ["a", "b", "c", "d", "e"];

        let answers = futures_util::future::join_all(names.map(|name| sign_up(&site, name, &token))).await;

        let good = answers.iter().filter(|answer| answer.reply.status == 201).count();
        assert_eq!(good, 1);
        assert_eq!(site.outside().ask("SELECT email AS answer FROM users").len(), 1);
    }

    async fn a_refused_sign_up_does_not_use_it_up(site: Site) {
        let site = by_invitation(&site).await;
        let (one, other) = (invite(&site).await, invite(&site).await);
        sign_up(&site, "ann", &one).await.created();

        sign_up(&site, "ann", &other).await.problem(409, "conflict");

        sign_up(&site, "bob", &other).await.created();
    }

    async fn it_ends_after_its_days(site: Site) {
        let site = by_invitation(&site).await;
        let token = invite(&site).await;

        site.set_clock("2026-11-29T12:00:00Z");

        sign_up(&site, "ann", &token).await.problem(403, "forbidden");
    }

    async fn with_mail_it_is_used_up_whatever_the_address(site: Site) {
        let (site, sink) = site.with_mail(|config| config.signup = Signup::Invite).await;
        let (one, other) = (invite(&site).await, invite(&site).await);
        sign_up(&site, "ann", &one).await.status(202);
        let body = json!({ "token": site.mail(&sink).await.token(), "password": PASSWORD });
        site.stranger().post("/api/auth/confirm", body).await.ok();

        sign_up(&site, "ann", &other).await.status(202);

        sign_up(&site, "eve", &other).await.problem(403, "forbidden");
    }

    async fn where_everyone_may_sign_up_it_changes_nothing(site: Site) {
        sign_up(&site, "ann", "whatever").await.created();
        let site = site.another(|config| config.signup = Signup::Closed).await;
        sign_up(&site, "bob", "whatever").await.problem(403, "forbidden");
    }
}
