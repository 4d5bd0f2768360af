//! Signing up where mail is sent: every address is answered alike, and nobody gets in before the link
//! and the password came together.

use serde_json::{Value, json};

use crate::support::{Answer, PASSWORD, Site};

const OTHER: &str = "five large red bricks";

async fn sign_up(site: &Site, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    site.stranger().post("/api/auth/signup", body).await
}

async fn log_in(site: &Site, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    site.stranger().post("/api/auth/login", body).await
}

async fn confirm(site: &Site, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "password": password });
    site.stranger().post("/api/auth/confirm", body).await
}

on_both_engines! {
    async fn somebody_new_follows_the_link_and_is_in(site: Site) {
        let (site, sink) = site.with_mail(|config| config.has_examples = true).await;
        let mut browser = site.browser();
        let form = browser.visit("/signup").await.ok();
        let typed = [("email", "ann@example.org"), ("password", PASSWORD)];

        let page = form.submit(&mut browser, "#signup", &typed).await.ok();

        assert_eq!((page.address.as_str(), page.text("h1").as_str()), ("/signup", "Look in your mail"));
        assert!(browser.cookies.is_empty());
        let mail = site.mail(&sink).await;
        assert_eq!((mail.to.as_str(), mail.subject()), ("ann@example.org", "Confirm your address for Tickbox"));
        for _ in 0..10 {
            site.browser().visit(&mail.link()).await.ok();
        }
        let form = browser.visit(&mail.link()).await.ok();
        let wrong = form.submit(&mut browser, "#confirm", &[("password", OTHER)]).await.status(401);
        assert!(wrong.has("#password-error"));
        let page = wrong.submit(&mut browser, "#confirm", &[("password", PASSWORD)]).await.ok();
        assert_eq!(page.address, "/tasks");
        assert_eq!(page.texts(".task .title").len(), 3, "the examples");
        "ann@example.org".clone_into(&mut browser.email);
        let me = browser.api().await.get("/api/me").await.ok();
        assert_eq!(me["email_verified"], true);
        let again = site.browser().post("/confirm", &[("token", &mail.token()), ("password", PASSWORD)]).await;
        assert_eq!(again.status, 400, "once");
    }

    async fn new_and_taken_addresses_are_answered_alike(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        site.sign_up_by_mail(&sink, "ann").await;
        let (taken, new) = (sign_up(&site, "ann@example.org", OTHER).await, sign_up(&site, "eve@example.org", OTHER).await);

        taken.status(202);
        assert_eq!(taken.reply.text(), new.reply.text());
        assert!(!new.reply.text().contains("token"));
        let names = |answer: &Answer| answer.reply.headers.iter().map(|(name, _)| name.to_string()).collect::<std::collections::BTreeSet<_>>();
        assert_eq!(names(&taken), names(&new));
        let mut mails = site.mails(&sink).await;
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        assert_eq!(mails[0].subject(), "You have a Tickbox account already");
        assert_eq!(mails[0].link(), "/reset");
        assert_eq!(mails[1].subject(), "Confirm your address for Tickbox");
        log_in(&site, "ann@example.org", PASSWORD).await.ok();
        log_in(&site, "ann@example.org", OTHER).await.status(401);
        let mut browser = site.browser();
        let page = |reply: &crate::support::Reply| reply.text().to_owned();
        let taken = browser.post("/signup", &[("email", "ann@example.org"), ("password", OTHER)]).await;
        let new = browser.post("/signup", &[("email", "new@example.org"), ("password", OTHER)]).await;
        assert_eq!((taken.status.as_u16(), page(&taken)), (200, page(&new)));
    }

    async fn two_sign_ups_at_once_are_answered_alike(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let both = futures_util::future::join(
            sign_up(&site, "ann@example.org", PASSWORD),
            sign_up(&site, "ann@example.org", PASSWORD),
        ).await;

        both.0.status(202);
        both.1.status(202);
        let mails = site.mails(&sink).await;
        let mut statuses = Vec::new();
        for mail in mails.iter().rev() {
            statuses.push(confirm(&site, &mail.token(), PASSWORD).await.reply.status.as_u16());
        }
        assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    }

    async fn nobody_gets_in_before_the_link_is_followed(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        sign_up(&site, "ann@example.org", PASSWORD).await.status(202);
        site.mails(&sink).await;

        log_in(&site, "ann@example.org", OTHER).await.problem(401, "wrong-password");
        log_in(&site, "ann@example.org", PASSWORD).await.problem(403, "unconfirmed");
        let mut browser = site.browser();
        let form = browser.visit("/login").await.ok();
        let typed = [("email", "ann@example.org"), ("password", PASSWORD)];
        let page = form.submit(&mut browser, "#login", &typed).await.status(403);
        assert!(page.text(".problems").contains("Look in your mail") && browser.cookies.is_empty());

        let page = page.submit(&mut browser, "#mail-again", &[]).await.ok();

        assert_eq!(page.text("h1"), "Look in your mail");
        let mail = site.mail(&sink).await;
        confirm(&site, &mail.token(), PASSWORD).await.ok();
        log_in(&site, "ann@example.org", PASSWORD).await.ok();
    }

    async fn only_who_waits_is_sent_the_link_again(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        site.sign_up_by_mail(&sink, "ann").await;
        let mut answers = Vec::new();
        for email in ["ann@example.org", "eve@example.org"] {
            let answer = site.stranger().post("/api/auth/confirm-request", json!({ "email": email })).await;
            answers.push(answer.status(202).reply.text().to_owned());
        }

        assert_eq!(answers[0], answers[1]);
        assert_eq!(site.mails(&sink).await.len(), 0);
    }

    async fn who_signs_up_with_somebody_elses_address_gains_nothing(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        sign_up(&site, "ann@example.org", OTHER).await.status(202);
        let theirs = site.mail(&sink).await;
        confirm(&site, &theirs.token(), PASSWORD).await.problem(401, "wrong-password");

        // Ann signs up herself: what was said last counts.
        sign_up(&site, "ann@example.org", PASSWORD).await.status(202);
        let hers = site.mail(&sink).await;

        confirm(&site, &theirs.token(), OTHER).await.problem(400, "dead-link");
        confirm(&site, &hers.token(), OTHER).await.problem(401, "wrong-password");
        confirm(&site, &hers.token(), PASSWORD).await.ok();
        log_in(&site, "ann@example.org", OTHER).await.status(401);
        // Too late: the account is in use.
        sign_up(&site, "ann@example.org", OTHER).await.status(202);
        log_in(&site, "ann@example.org", PASSWORD).await.ok();
    }

    async fn a_wrong_password_at_the_link_is_counted_like_any_other(site: Site) {
        let (site, sink) = site.with_mail(|config| config.account_limit = 3).await;
        sign_up(&site, "ann@example.org", PASSWORD).await.status(202);
        let token = site.mail(&sink).await.token();
        for _ in 0..3 {
            confirm(&site, &token, OTHER).await.status(401);
        }

        confirm(&site, &token, PASSWORD).await.problem(429, "too-many-requests");

        site.set_clock("2026-11-22T12:00:15Z");
        confirm(&site, &token, PASSWORD).await.ok();
    }

    async fn a_link_is_good_for_a_day_and_an_account_waits_for_a_week(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        sign_up(&site, "ann@example.org", PASSWORD).await.status(202);
        let token = site.mail(&sink).await.token();
        site.set_clock("2026-11-23T12:00:00Z");
        confirm(&site, &token, PASSWORD).await.problem(400, "dead-link");
        let clean_up = async |at: &str| {
            site.state.store().clean_up(30, crate::support::stamp(at)).await.expect("a cleaning");
            site.outside().ask("SELECT email AS answer FROM users")
        };

        assert_eq!(clean_up("2026-11-29T12:00:00Z").await.len(), 1);
        assert!(clean_up("2026-11-29T12:00:01Z").await.is_empty());
    }

    async fn a_new_password_by_link_confirms_as_well(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        sign_up(&site, "ann@example.org", OTHER).await.status(202);
        site.mails(&sink).await;
        let asked = json!({ "email": "ann@example.org" });
        site.stranger().post("/api/auth/reset-request", asked).await.status(202);
        let body = json!({ "token": site.mail(&sink).await.token(), "new_password": PASSWORD });

        site.stranger().post("/api/auth/reset", body).await.status(204);

        let user: Value = log_in(&site, "ann@example.org", PASSWORD).await.ok()["user"].clone();
        assert_eq!(user["email_verified"], true);
    }

    async fn accounts_from_before_there_was_mail_are_not_locked_out(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        site.sign_up_by_mail(&sink, "ann").await;
        // As an account that was made without mail.
        site.outside().run("UPDATE users SET email_verified_at = NULL");

        let user: Value = log_in(&site, "ann@example.org", PASSWORD).await.ok()["user"].clone();

        assert_eq!(user["email_verified"], false);
        sign_up(&site, "ann@example.org", OTHER).await.status(202);
        log_in(&site, "ann@example.org", PASSWORD).await.ok();
    }

    async fn where_mail_is_given_up_those_who_wait_get_in(site: Site) {
        site.sign_up("ann").await;
        site.outside().run("UPDATE users SET unconfirmed_since = 1");

        log_in(&site, "ann@example.org", PASSWORD).await.ok();

        let waiting = "SELECT email AS answer FROM users WHERE unconfirmed_since IS NOT NULL";
        assert!(site.outside().ask(waiting).is_empty());
    }
}
