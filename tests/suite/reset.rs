//! Setting a new password by a link: what the link is good for, how often, and what nobody learns.

use serde_json::{Value, json};

use crate::support::{Answer, Mail, PASSWORD, Page, Sink, Site};

const NEW: &str = "five large red bricks";

async fn ask(site: &Site, email: &str) -> Answer {
    let body = json!({ "email": email });
    site.stranger().post("/api/auth/reset-request", body).await
}

async fn set(site: &Site, token: &str, password: &str) -> Answer {
    let body = json!({ "token": token, "new_password": password });
    site.stranger().post("/api/auth/reset", body).await
}

async fn log_in(site: &Site, password: &str) -> Answer {
    let body = json!({ "email": "ann@example.org", "password": password });
    site.stranger().post("/api/auth/login", body).await
}

/// A site with mail where ann has an account, and the link that she asked for.
async fn with_link(site: &Site) -> (Site, Sink, Mail) {
    let (site, sink) = site.with_mail(|_| ()).await;
    site.sign_up_by_mail(&sink, "ann").await;
    ask(&site, "ann@example.org").await.status(202);
    let mail = site.mail(&sink).await;
    (site, sink, mail)
}

on_both_engines! {
    async fn a_forgotten_password_is_set_anew_by_page(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let mut before = site.sign_up_by_mail(&sink, "ann").await;
        let mut browser = site.browser();
        let login = browser.visit("/login").await.ok();
        let page = login.follow(&mut browser, "a[href='/reset']").await.ok();

        let page = page.submit(&mut browser, "#reset", &[("email", "ann@example.org")]).await.ok();

        assert_eq!(page.text("h1"), "Look in your mail");
        let link = site.mail(&sink).await.link();
        let page = browser.visit(&link).await.ok();
        let page = page.submit(&mut browser, "#reset-new", &[("password", "short")]).await.status(422);
        assert!(page.has("#password-error") && !page.reply.text().contains("\"short\""));
        let page = page.submit(&mut browser, "#reset-new", &[("password", NEW)]).await.ok();
        assert_eq!((page.address.as_str(), page.text("h1").as_str()), ("/reset/done", "Your password is set"));
        assert!(browser.cookies.is_empty(), "nobody is signed in by it");
        assert_eq!(before.get("/tasks").await.status, 303, "every sign-in ended");
        log_in(&site, PASSWORD).await.problem(401, "wrong-password");
        log_in(&site, NEW).await.ok();
        let notice = site.mail(&sink).await;
        assert_eq!((notice.to.as_str(), notice.subject()), ("ann@example.org", "Your Tickbox password was changed"));
        assert!(!notice.text.contains("token="));
    }

    async fn every_address_is_answered_alike(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let mut browser = site.sign_up_by_mail(&sink, "ann").await;
        site.sign_up_by_mail(&sink, "bob").await;
        site.outside().run("UPDATE users SET disabled_at = 1 WHERE email = 'bob@example.org'");
        let mut answers = Vec::new();
        for name in ["ann", "bob", "eve"] {
            let email = format!("{name}@example.org");
            let api = ask(&site, &email).await;
            api.status(202);
            let page = browser.post("/reset", &[("email", &email)]).await;
            assert_eq!(page.status, 200);
            answers.push((api.reply.text().to_owned(), page.text().to_owned()));
        }

        assert!(answers.iter().all(|answer| *answer == answers[0]));
        let mails = site.mails(&sink).await;
        let to: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
        assert_eq!(to, ["ann@example.org"; 2]);
    }

    async fn asking_does_not_look_the_account_up(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        site.sign_up_by_mail(&sink, "ann").await;
        for email in ["ann@example.org", "eve@example.org"] {
            ask(&site, email).await.status(202);
        }

        let links = site.outside().ask("SELECT purpose AS answer FROM mail_links");
        let waiting = site.outside().ask("SELECT CAST(length(sealed) AS TEXT) AS answer FROM outbox");

        assert!(links.is_empty(), "{links:?}");
        assert_eq!(waiting.len(), 2);
        assert_eq!(waiting[0], waiting[1]);
    }

    async fn reading_the_link_ten_times_leaves_it_good(site: Site) {
        let (site, _sink, mail) = with_link(&site).await;
        for _ in 0..10 {
            let page = site.browser().visit(&mail.link()).await.ok();
            assert_eq!(page.reply.header("cache-control"), "no-store");
            assert_eq!(page.reply.header("referrer-policy"), "same-origin");
            assert_eq!(page.field("#reset-new", "token"), mail.token());
        }

        set(&site, &mail.token(), NEW).await.status(204);
    }

    async fn a_link_is_good_once_for_half_an_hour_and_only_the_last(site: Site) {
        let (site, sink, mail) = with_link(&site).await;
        ask(&site, "ann@example.org").await.status(202);
        let later = site.mail(&sink).await;
        let token = later.token();

        for bad in [&mail.token(), &token[..42], &format!("{token}A"), "", "x"] {
            set(&site, bad, NEW).await.problem(400, "dead-link");
            let page = site.browser().post("/reset/new", &[("token", bad), ("password", NEW)]).await;
            assert_eq!(page.status, 400, "{bad}");
            assert!(Page::new(String::new(), page).text("main").contains("Ask for a new one."));
        }
        set(&site, &token, "short").await.refused();
        set(&site, &token, "password123").await.refused();
        set(&site, &token, NEW).await.status(204);
        set(&site, &token, "six tiny blue marbles").await.problem(400, "dead-link");
        log_in(&site, NEW).await.ok();

        site.mails(&sink).await;
        ask(&site, "ann@example.org").await.status(202);
        let mail = site.mail(&sink).await;
        site.set_clock("2026-11-22T12:30:00Z");
        set(&site, &mail.token(), PASSWORD).await.problem(400, "dead-link");
        log_in(&site, NEW).await.ok();
    }

    async fn of_many_at_once_one_sets_the_password(site: Site) {
        let (site, _sink, mail) = with_link(&site).await;
        let token = mail.token();
        let passwords: Vec<_> = (0..6).map(|number| format!("{number} {NEW}")).collect();

        let tries = passwords.iter().map(|password| set(&site, &token, password));
        let answers = futures_util::future::join_all(tries).await;

        let good: Vec<_> = answers.iter().zip(&passwords).filter(|(answer, _)| answer.reply.status == 204).collect();
        assert_eq!(good.len(), 1);
        log_in(&site, good[0].1).await.ok();
    }

    async fn a_link_for_something_else_sets_no_password(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let body = json!({ "email": "ann@example.org", "password": PASSWORD });
        site.stranger().post("/api/auth/signup", body).await.status(202);
        let confirmation = site.mail(&sink).await.token();

        set(&site, &confirmation, NEW).await.problem(400, "dead-link");

        let body = json!({ "token": confirmation, "password": PASSWORD });
        site.stranger().post("/api/auth/confirm", body).await.ok();
    }

    async fn the_link_proves_the_address_and_is_noted(site: Site) {
        let (site, _sink, mail) = with_link(&site).await;
        site.outside().run("UPDATE users SET email_verified_at = NULL");
        set(&site, &mail.token(), NEW).await.status(204);

        let user = log_in(&site, NEW).await.ok()["user"].clone();

        assert_eq!(user["email_verified"], true);
        let events = site.outside().ask("SELECT CAST(event AS TEXT) AS answer FROM sign_ins WHERE event = 8");
        assert_eq!(events.len(), 1);
    }

    async fn who_was_locked_out_gets_in_with_the_new_password(site: Site) {
        let (site, sink) = site.with_mail(|config| config.account_limit = 3).await;
        site.sign_up_by_mail(&sink, "ann").await;
        for _ in 0..3 {
            log_in(&site, "wrong but long").await.status(401);
        }
        log_in(&site, PASSWORD).await.status(429);
        ask(&site, "ann@example.org").await.status(202);

        set(&site, &site.mail(&sink).await.token(), NEW).await.status(204);

        log_in(&site, NEW).await.ok();
    }

    async fn without_mail_the_operator_is_named_and_their_link_works(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let login = site.browser().visit("/login").await.ok();
        assert!(!login.has("a[href='/reset']"));
        let page = site.browser().visit("/reset").await.ok();
        assert!(page.text("main").contains("Ask whoever runs it") && !page.has("#reset"));
        ask(&site, "ann@example.org").await.problem(403, "forbidden");

        let link = site.printed_link("ann@example.org").await;
        set(&site, &link, NEW).await.status(204);

        let user: Value = log_in(&site, NEW).await.ok()["user"].clone();
        assert_eq!(user["email_verified"], false, "a printed link proves no address");
        assert_eq!(ann.get("/tasks").await.status, 303);
    }

    async fn whoever_changes_how_to_sign_in_tells_the_owner_by_mail(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let ann = site.sign_up_by_mail(&sink, "ann").await.api().await;
        let change = json!({ "current_password": PASSWORD, "new_password": NEW });

        ann.send_json("PUT", "/api/me/password", change).await.ok();

        let notice = site.mail(&sink).await;
        assert_eq!((notice.to.as_str(), notice.subject()), ("ann@example.org", "Your Tickbox password was changed"));
        assert!(!notice.text.contains("token="), "{}", notice.text);
    }
}
