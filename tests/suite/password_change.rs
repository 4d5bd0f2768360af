//! Changing the password, and who stays signed in.

use serde_json::json;

use crate::support::{Answer, Api, PASSWORD, Site};

const NEW: &str = "five large blue whales";

async fn change(api: &Api, current: &str, new: &str) -> Answer {
    let body = json!({ "current_password": current, "new_password": new });
    api.send_json("PUT", "/api/me/password", body).await
}

async fn log_in(site: &Site, password: &str) -> Answer {
    let login = json!({ "email": "ann@example.org", "password": password });
    site.stranger().post("/api/auth/login", login).await
}

on_both_engines! {
    async fn a_new_password_ends_every_sign_in_but_that_of_who_set_it(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let (acting, other) = (browser.api().await, browser.api().await);

        let answer = change(&acting, PASSWORD, NEW).await.ok();

        acting.get("/api/tasks").await.status(401);
        other.get("/api/tasks").await.status(401);
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in");
        let token = answer["token"].as_str().expect("a token").to_owned();
        Api::new(site.clone(), Some(token)).get("/api/tasks").await.ok();
        log_in(&site, PASSWORD).await.status(401);
        log_in(&site, NEW).await.ok();
    }

    async fn on_the_page_the_browser_stays_signed_in_and_is_told(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let other = ann.api().await;
        let form = ann.visit("/settings/password").await.ok();
        let typed = [("current_password", PASSWORD), ("new_password", NEW)];

        let page = form.submit(&mut ann, "#change-password", &typed).await.ok();

        assert_eq!(
            page.text(".flash"),
            "The password is changed, and every other browser is signed out."
        );
        assert_eq!(ann.visit("/tasks").await.ok().text("h1"), "Open tasks");
        other.get("/api/tasks").await.status(401);
    }

    async fn nothing_changes_with_a_wrong_or_unfit_password(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let long = "a".repeat(72);
        let rows: [(&str, &str, &[&str]); 6] = [
            ("wrong but long", NEW, &["/current_password"]),
            ("", NEW, &["/current_password"]),
            (PASSWORD, "short", &["/new_password"]),
            (PASSWORD, &long, &["/new_password"]),
            (PASSWORD, "ann@example.org", &["/new_password"]),
            ("", "", &["/current_password", "/new_password"]),
        ];

        for (current, new, pointers) in rows {
            assert_eq!(change(&ann, current, new).await.refused(), pointers, "{current} {new}");
            let form = browser.visit("/settings/password").await.ok();
            let typed = [("current_password", current), ("new_password", new)];
            let page = form.submit(&mut browser, "#change-password", &typed).await.status(422);
            for pointer in pointers {
                assert!(page.has(&format!("#{}-error", &pointer[1..])), "{current} {new}");
            }
            assert!(!page.reply.text().contains(PASSWORD), "no password comes back");
        }

        let odd = json!({ "current_password": PASSWORD, "new_password": NEW, "role": "admin" });
        assert_eq!(ann.send_json("PUT", "/api/me/password", odd).await.refused(), ["/role"]);
        ann.get("/api/tasks").await.ok();
        log_in(&site, PASSWORD).await.ok();
    }

    async fn guessing_the_current_password_is_counted_like_any_other_guess(site: Site) {
        let site = site.another(|config| config.account_limit = 2).await;
        let ann = site.sign_up("ann").await.api().await;
        for _ in 0..2 {
            change(&ann, "wrong but long", NEW).await.status(422);
        }

        let refused = change(&ann, PASSWORD, NEW).await;

        refused.problem(429, "too-many-requests");
        log_in(&site, PASSWORD).await.status(429);
    }

    async fn a_token_of_before_the_change_is_not_renewed_into_life(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        change(&ann, PASSWORD, NEW).await.ok();
        site.set_clock("2026-11-24T12:00:00Z");

        let page = browser.visit("/tasks").await.ok();

        assert_eq!(page.text("h1"), "Sign in");
        assert!(!browser.cookies.contains_key("tickbox"));
    }

    async fn of_two_changes_at_once_one_is_told_that_it_came_too_late(site: Site) {
        let ann = site.sign_up("ann").await.api().await;

        let (first, second) = futures_util::future::join(
            change(&ann, PASSWORD, NEW),
            change(&ann, PASSWORD, "six small red herrings"),
        )
        .await;

        let statuses = [&first, &second].map(|answer| answer.reply.status.as_u16());
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
        let later = statuses.into_iter().find(|status| *status != 200);
        assert!(matches!(later, Some(401 | 412 | 422)), "{statuses:?}");
    }
}
