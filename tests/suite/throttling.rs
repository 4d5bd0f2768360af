//! How often a password may be tried for one account, wherever the attempts come from.

use serde_json::json;

use crate::support::{Answer, PASSWORD, Site};

/// The same engine, where three attempts are free.
async fn with_three_free(site: &Site) -> Site {
    site.another(|config| config.account_limit = 3).await
}

async fn log_in(site: &Site, email: &str, password: &str) -> Answer {
    let login = json!({ "email": email, "password": password });
    site.stranger().post("/api/auth/login", login).await
}

fn wait(answer: &Answer) -> u64 {
    answer.problem(429, "too-many-requests");
    answer.reply.header("retry-after").parse().expect("seconds")
}

on_both_engines! {
    async fn wrong_passwords_cost_time_from_the_free_ones_on(site: Site) {
        let site = with_three_free(&site).await;
        site.sign_up("ann").await;
        for _ in 0..3 {
            log_in(&site, "ann@example.org", "wrong but long").await.status(401);
        }

        let refused = log_in(&site, "ann@example.org", PASSWORD).await;

        assert_eq!(wait(&refused), 15);
        site.set_clock("2026-11-22T12:00:14Z");
        assert_eq!(wait(&log_in(&site, "ann@example.org", PASSWORD).await), 1);
        site.set_clock("2026-11-22T12:00:15Z");
        log_in(&site, "ann@example.org", "wrong again").await.status(401);
        assert_eq!(wait(&log_in(&site, "ann@example.org", PASSWORD).await), 30, "twice as long");
        site.set_clock("2026-11-22T12:00:45Z");
        log_in(&site, "ann@example.org", PASSWORD).await.ok();
        for _ in 0..3 {
            log_in(&site, "ann@example.org", "wrong but long").await.status(401);
        }
        assert_eq!(wait(&log_in(&site, "ann@example.org", PASSWORD).await), 15, "the right one cleared it");
    }

    async fn an_address_that_nobody_has_is_treated_alike(site: Site) {
        let site = with_three_free(&site).await;
        site.sign_up("ann").await;
        for _ in 0..3 {
            for email in ["ann@example.org", "nobody@example.org"] {
                log_in(&site, email, "wrong but long").await.status(401);
            }
        }

        let known = log_in(&site, "ann@example.org", PASSWORD).await;
        let unknown = log_in(&site, "nobody@example.org", PASSWORD).await;

        assert_eq!(wait(&known), wait(&unknown));
        assert_eq!(known.reply.text(), unknown.reply.text());
        log_in(&site, "bob@example.org", PASSWORD).await.status(401);
    }

    async fn many_at_once_are_counted_one_by_one(site: Site) {
        let site = with_three_free(&site).await;
        site.sign_up("ann").await;
        let attempts = (0..12).map(|_| log_in(&site, "ann@example.org", "wrong but long"));

        let answers = futures_util::future::join_all(attempts).await;

        let statuses: Vec<_> = answers.iter().map(|answer| answer.reply.status.as_u16()).collect();
        assert_eq!(statuses.iter().filter(|status| **status == 401).count(), 3, "{statuses:?}");
        assert_eq!(statuses.iter().filter(|status| **status == 429).count(), 9, "{statuses:?}");
    }

    async fn both_doors_count_together_and_the_page_says_how_long(site: Site) {
        let site = with_three_free(&site).await;
        site.sign_up("ann").await;
        let mut browser = site.browser();
        let typed = [("email", "ann@example.org"), ("password", "wrong but long")];
        for _ in 0..2 {
            let form = browser.visit("/login").await.ok();
            form.submit(&mut browser, "#login", &typed).await.status(401);
        }
        log_in(&site, "ann@example.org", "wrong but long").await.status(401);

        let form = browser.visit("/login").await.ok();
        let page = form.submit(&mut browser, "#login", &typed).await.status(429);

        assert_eq!(page.text(".problems"), "Too many attempts; wait 15 seconds and try again.");
        assert_eq!(page.field("#login", "email"), "ann@example.org");
    }

    async fn attempts_are_forgotten_after_a_day(site: Site) {
        let site = with_three_free(&site).await;
        site.sign_up("ann").await;
        for _ in 0..3 {
            log_in(&site, "ann@example.org", "wrong but long").await.status(401);
        }
        site.set_clock("2026-11-23T12:00:01Z");

        site.state.store().clean_up(30, crate::support::stamp("2026-11-23T12:00:01Z")).await.expect("a cleaning");

        for _ in 0..3 {
            log_in(&site, "ann@example.org", "wrong but long").await.status(401);
        }
    }

    async fn a_known_device_is_not_locked_out_by_strangers(site: Site) {
        let site = with_three_free(&site).await;
        let mut ann = site.sign_up("ann").await;
        ann.cookies.remove("tickbox");
        for _ in 0..4 {
            log_in(&site, "ann@example.org", "wrong but long").await;
        }
        log_in(&site, "ann@example.org", PASSWORD).await.status(429);
        let mut bob = site.sign_up("bob").await;

        assert_eq!(ann.sign_in().await.ok().text("h1"), "Open tasks");

        let stolen = ann.cookies["tickbox-device"].clone();
        bob.cookies = [("tickbox-device".to_owned(), format!("{stolen}A"))].into();
        "ann@example.org".clone_into(&mut bob.email);
        bob.sign_in().await.status(429);
    }

    async fn a_known_device_has_no_more_attempts_than_anybody(site: Site) {
        let site = with_three_free(&site).await;
        let mut ann = site.sign_up("ann").await;
        ann.cookies.remove("tickbox");
        let typed = [("email", "ann@example.org"), ("password", "wrong but long")];
        for _ in 0..3 {
            let form = ann.visit("/login").await.ok();
            form.submit(&mut ann, "#login", &typed).await.status(401);
        }

        ann.sign_in().await.status(429);

        log_in(&site, "ann@example.org", PASSWORD).await.ok();
    }
}
