//! Moving an account to another address, at once or by a link.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Api, PASSWORD, Site};

const NEW: &str = "ann@new.example";

async fn put(api: &Api, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    api.send(Method::PUT, "/api/me/email", &[], Some(body))
        .await
}

async fn log_in(site: &Site, email: &str) -> Answer {
    let body = json!({ "email": email, "password": PASSWORD });
    site.stranger().post("/api/auth/login", body).await
}

async fn me(api: &Api) -> Value {
    api.get("/api/me").await.ok()
}

fn events(site: &Site) -> usize {
    site.outside()
        .ask("SELECT CAST(event AS TEXT) AS answer FROM sign_ins WHERE event = 9")
        .len()
}

on_both_engines! {
    async fn without_mail_it_changes_at_once_and_others_are_signed_out(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let other = browser.api().await;
        let form = browser.visit("/settings/email").await.ok();
        assert!(form.text("main").contains("ann@example.org"));

        let typed = [("email", " Ann@New.Example "), ("password", PASSWORD)];
        let page = form.submit(&mut browser, "#email-form", &typed).await.ok();

        assert_eq!(page.address, "/settings/email", "still signed in");
        assert!(page.text("main").contains(NEW));
        other.get("/api/me").await.problem(401, "unauthenticated");
        log_in(&site, "ann@example.org").await.status(401);
        log_in(&site, NEW).await.ok();
        assert_eq!(events(&site), 1);
    }

    async fn by_api_the_answer_has_the_token_that_is_left(site: Site) {
        let ann = site.sign_up("ann").await.api().await;

        let answer = put(&ann, NEW, PASSWORD).await.ok();

        ann.get("/api/me").await.status(401);
        let token = answer["token"].as_str().map(str::to_owned);
        let after = Api::new(site.clone(), token);
        let me = me(&after).await;
        assert_eq!((&me["email"], &me["email_verified"]), (&json!(NEW), &json!(false)));
    }

    async fn what_is_wrong_is_refused_and_changes_nothing(site: Site) {
        let mut browser = site.sign_up("ann").await;
        site.sign_up("bob").await;
        let ann = browser.api().await;

        assert_eq!(put(&ann, NEW, "wrong but long").await.refused(), ["/password"]);
        assert_eq!(put(&ann, NEW, "").await.refused(), ["/password"]);
        assert_eq!(put(&ann, "ann", PASSWORD).await.refused(), ["/email"]);
        put(&ann, "Bob@example.org", PASSWORD).await.problem(409, "conflict");
        let form = browser.visit("/settings/email").await.ok();
        let typed = [("email", NEW), ("password", "wrong but long")];
        let page = form.submit(&mut browser, "#email-form", &typed).await.status(422);
        assert!(page.has("#password-error"));
        assert_eq!(page.field("#email-form", "email"), NEW);
        let typed = [("email", "bob@example.org"), ("password", PASSWORD)];
        let page = page.submit(&mut browser, "#email-form", &typed).await.status(409);
        assert!(page.has("#email-error"));

        assert_eq!(me(&ann).await["email"], "ann@example.org");
        assert_eq!(events(&site), 0);
    }

    async fn with_mail_it_changes_when_the_link_is_followed(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let mut browser = site.sign_up_by_mail(&sink, "ann").await;
        let other = browser.api().await;
        let form = browser.visit("/settings/email").await.ok();
        let typed = [("email", NEW), ("password", PASSWORD)];
        let page = form.submit(&mut browser, "#email-form", &typed).await.ok();
        assert_eq!(page.text("h1"), "Look in your mail");
        assert_eq!(me(&other).await["email"], "ann@example.org", "not yet");
        let mail = site.mail(&sink).await;
        assert_eq!((mail.to.as_str(), mail.subject()), (NEW, "Confirm your new address for Tickbox"));

        let form = browser.visit(&mail.link()).await.ok();
        let page = form.submit(&mut browser, "#confirm", &[("password", PASSWORD)]).await.ok();

        assert_eq!(page.address, "/tasks", "the acting browser stays signed in");
        other.get("/api/me").await.status(401);
        let user = log_in(&site, NEW).await.ok()["user"].clone();
        assert_eq!(user["email_verified"], true);
        log_in(&site, "ann@example.org").await.status(401);
        let notice = site.mail(&sink).await;
        assert_eq!((notice.to.as_str(), notice.subject()), ("ann@example.org", "The address of your Tickbox account was changed"));
        assert_eq!(events(&site), 1);
    }

    async fn somebody_else_at_the_new_address_cannot_take_the_account(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let ann = site.sign_up_by_mail(&sink, "ann").await.api().await;
        put(&ann, NEW, PASSWORD).await.status(202);
        let token = site.mail(&sink).await.token();
        let confirm = async |password: &str| {
            let body = json!({ "token": token, "password": password });
            site.stranger().post("/api/auth/confirm", body).await
        };

        confirm("a guess of theirs").await.problem(401, "wrong-password");
        assert_eq!(me(&ann).await["email"], "ann@example.org");

        // Ann herself, in a browser that nobody is signed in to: changed, and nobody signed in.
        let mut browser = site.browser();
        let page = browser.visit(&format!("/confirm?token={token}")).await.ok();
        let page = page.submit(&mut browser, "#confirm", &[("password", PASSWORD)]).await.ok();
        assert_eq!(page.address, "/confirm/done");
        assert!(browser.cookies.is_empty());
        confirm(PASSWORD).await.problem(400, "dead-link");
        log_in(&site, NEW).await.ok();
    }

    async fn a_taken_address_is_answered_like_any_other(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let ann = site.sign_up_by_mail(&sink, "ann").await.api().await;
        site.sign_up_by_mail(&sink, "bob").await;

        let taken = put(&ann, "bob@example.org", PASSWORD).await;
        let free = put(&ann, NEW, PASSWORD).await;

        assert_eq!(taken.status(202).reply.text(), free.status(202).reply.text());
        let mut mails = site.mails(&sink).await;
        mails.sort_by(|a, b| a.to.cmp(&b.to));
        assert_eq!((mails[1].to.as_str(), mails[1].subject()), ("bob@example.org", "You have a Tickbox account already"));
        let link = mails[0].token();
        // Somebody signs up with it before the link is followed.
        site.outside().run("UPDATE users SET email = 'ann@new.example' WHERE email = 'bob@example.org'");
        let body = json!({ "token": link, "password": PASSWORD });
        site.stranger().post("/api/auth/confirm", body).await.problem(409, "conflict");
        assert_eq!(me(&ann).await["email"], "ann@example.org");
    }

    async fn the_same_address_can_be_proved(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let ann = site.sign_up_by_mail(&sink, "ann").await.api().await;
        site.outside().run("UPDATE users SET email_verified_at = NULL");
        put(&ann, "ann@example.org", PASSWORD).await.status(202);
        let body = json!({ "token": site.mail(&sink).await.token(), "password": PASSWORD });

        site.stranger().post("/api/auth/confirm", body).await.status(204);

        assert_eq!(me(&ann).await["email_verified"], true, "and nobody is signed out");
        assert_eq!(site.mails(&sink).await.len(), 0);
    }

    async fn a_change_ends_the_links_before_it(site: Site) {
        let (site, sink) = site.with_mail(|_| ()).await;
        let ann = site.sign_up_by_mail(&sink, "ann").await.api().await;
        site.stranger().post("/api/auth/reset-request", json!({ "email": "ann@example.org" })).await.status(202);
        let reset = site.mail(&sink).await.token();
        put(&ann, NEW, PASSWORD).await.status(202);
        let body = json!({ "token": site.mail(&sink).await.token(), "password": PASSWORD });
        site.stranger().post("/api/auth/confirm", body).await.status(204);

        let body = json!({ "token": reset, "new_password": "five large red bricks" });

        site.stranger().post("/api/auth/reset", body).await.problem(400, "dead-link");
    }
}
