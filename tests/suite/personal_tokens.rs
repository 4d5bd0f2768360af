//! Personal tokens: what they may do, for how long, and what they may never do.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Api, PASSWORD};

async fn make(api: &Api, scope: &str, days: Value) -> (Value, Api) {
    let body = json!({ "name": "script", "scope": scope, "days": days });
    let made = api.post("/api/tokens", body).await.created();
    let token = made["token"].as_str().expect("a token").to_owned();
    let program = Api::new(api.site.clone(), Some(token));
    (made, program)
}

on_both_engines! {
    async fn a_token_reads_or_writes_as_its_scope_says(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let task = ann.add("Buy milk").await;
        let (_, reader) = make(&ann, "read", json!(30)).await;
        let (_, writer) = make(&ann, "write", Value::Null).await;

        assert_eq!(reader.titles("/api/tasks").await, ["Buy milk"]);
        assert_eq!(reader.get("/api/me").await.ok()["email"], "ann@example.org");
        for (method, address) in [
            (Method::POST, "/api/tasks".to_owned()),
            (Method::PATCH, format!("/api/tasks/{}", task["id"].as_str().expect("an id"))),
            (Method::DELETE, "/api/tasks".to_owned()),
            (Method::PATCH, "/api/me".to_owned()),
        ] {
            let body = match address.as_str() {
                "/api/me" => Some(json!({ "name": "x" })),
                _ => (method != Method::DELETE).then(|| json!({ "title": "x" })),
            };
            let refused = reader.send(method, &address, &[], body).await;
            refused.problem(403, "insufficient-scope");
            assert_eq!(
                refused.reply.header("www-authenticate"),
                "Bearer realm=\"tickbox\", error=\"insufficient_scope\""
            );
        }
        writer.add("Call mum").await;
        assert_eq!(ann.titles("/api/tasks").await.len(), 2);
    }

    async fn no_token_changes_the_account_or_makes_another(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let (made, writer) = make(&ann, "write", Value::Null).await;
        let token = format!("/api/tokens/{}", made["id"].as_str().expect("an id"));
        let both = json!({ "current_password": PASSWORD, "new_password": "five large blue whales" });

        for (method, address, body) in [
            (Method::POST, "/api/auth/logout", None),
            (Method::PUT, "/api/me/password", Some(both)),
            (Method::DELETE, "/api/me", Some(json!({ "password": PASSWORD }))),
            (Method::POST, "/api/me/sign-out-everywhere", Some(json!({}))),
            (Method::GET, "/api/me/sign-ins", None),
            (Method::GET, "/api/me/export", None),
            (Method::POST, "/api/me/totp", Some(json!({ "password": PASSWORD }))),
            (Method::PUT, "/api/me/totp", Some(json!({ "code": "123456" }))),
            (Method::DELETE, "/api/me/totp", Some(json!({ "password": PASSWORD, "code": "123456" }))),
            (Method::GET, "/api/tokens", None),
            (Method::POST, "/api/tokens", Some(json!({ "name": "x", "scope": "write" }))),
            (Method::DELETE, &token, None),
        ] {
            let refused = writer.send(method.clone(), address, &[], body).await;
            assert_eq!(refused.reply.status, 403, "{method} {address}: {}", refused.reply.text());
        }

        writer.get("/api/tasks").await.ok();
        let mut browser = site.browser();
        let token = writer.token.clone().expect("a token");
        browser.cookies.insert("tickbox".to_owned(), token);
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in", "no cookie either");
    }

    async fn a_token_is_shown_once_and_listed_without_itself(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let (made, _) = make(&ann, "read", json!(7)).await;

        let listed = ann.get("/api/tokens").await.ok();

        assert_eq!(made["expires_at"], "2026-11-29T12:00:00Z");
        assert_eq!(listed[0]["id"], made["id"]);
        assert_eq!(listed[0]["name"], "script");
        assert_eq!(listed[0]["last_used_at"], Value::Null);
        assert!(listed[0].get("token").is_none());
        let bob = site.sign_up("bob").await.api().await;
        assert_eq!(bob.get("/api/tokens").await.ok(), json!([]));
        let address = format!("/api/tokens/{}", made["id"].as_str().expect("an id"));
        bob.delete(&address).await.problem(404, "not-found");
    }

    async fn a_token_ends_when_it_is_revoked_or_its_time_is_over(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let (made, revoked) = make(&ann, "write", Value::Null).await;
        let (_, short) = make(&ann, "read", json!(1)).await;
        let address = format!("/api/tokens/{}", made["id"].as_str().expect("an id"));
        revoked.get("/api/tasks").await.ok();

        ann.delete(&address).await.status(204);

        revoked.get("/api/tasks").await.problem(401, "unauthenticated");
        ann.delete(&address).await.problem(404, "not-found");
        site.set_clock("2026-11-23T11:59:59Z");
        short.get("/api/tasks").await.ok();
        site.set_clock("2026-11-23T12:00:00Z");
        short.get("/api/tasks").await.status(401);
    }

    async fn tokens_outlive_a_new_password_and_not_the_end_of_everything(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let (_, program) = make(&ann, "read", Value::Null).await;
        let both = json!({ "current_password": PASSWORD, "new_password": "five large blue whales" });
        let answer = ann.send_json("PUT", "/api/me/password", both).await.ok();
        let ann = Api::new(site.clone(), answer["token"].as_str().map(str::to_owned));
        program.get("/api/tasks").await.ok();

        let kept = json!({ "revoke_tokens": false });
        let answer = ann.post("/api/me/sign-out-everywhere", kept).await.ok();
        program.get("/api/tasks").await.ok();
        ann.get("/api/tasks").await.status(401);
        let ann = Api::new(site.clone(), answer["token"].as_str().map(str::to_owned));
        ann.post("/api/me/sign-out-everywhere", json!({})).await.ok();

        program.get("/api/tasks").await.status(401);
    }

    async fn what_is_wrong_with_a_new_token_is_named_at_once(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let long = "x".repeat(101);
        let rows: [(Value, &[&str]); 8] = [
            (json!({}), &["/name", "/scope"]),
            (json!({ "name": " ", "scope": "all" }), &["/name", "/scope"]),
            (json!({ "name": long, "scope": "read" }), &["/name"]),
            (json!({ "name": "a\nb", "scope": "read" }), &["/name"]),
            (json!({ "name": 5, "scope": ["read"] }), &["/name", "/scope"]),
            (json!({ "name": "x", "scope": "read", "days": 0 }), &["/days"]),
            (json!({ "name": "x", "scope": "read", "days": 3651 }), &["/days"]),
            (json!({ "name": "x", "scope": "read", "days": "5", "admin": true }), &["/admin", "/days"]),
        ];
        for (body, pointers) in rows {
            let mut refused = ann.post("/api/tokens", body.clone()).await.refused();
            refused.sort();
            assert_eq!(refused, pointers, "{body}");
        }
        for _ in 0..100 {
            make(&ann, "read", Value::Null).await;
        }
        let one_more = json!({ "name": "x", "scope": "read" });
        assert_eq!(ann.post("/api/tokens", one_more).await.refused(), ["/name"]);
    }

    async fn the_page_makes_shows_and_revokes(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let page = ann.visit("/settings/tokens").await.ok();
        let odd = page.submit(&mut ann, "#new-token", &[("name", ""), ("days", "soon")]).await.status(422);
        assert!(odd.has("#name-error") && odd.has("#days-error"));
        assert_eq!(odd.field("#new-token", "days"), "soon");
        let typed = [("name", "<b>backup</b>"), ("scope", "write"), ("days", "")];

        let made = page.submit(&mut ann, "#new-token", &typed).await.ok();

        let token = made.text("#token");
        let program = Api::new(site.clone(), Some(token.clone()));
        program.add("Buy milk").await;
        let listed = ann.visit("/settings/tokens").await.ok();
        assert!(!listed.reply.text().contains(&token), "shown once");
        assert_eq!(listed.text(".steps b"), "<b>backup</b>");
        assert!(listed.text(".steps i").contains("last used"), "{}", listed.text(".steps i"));
        let gone = listed.submit(&mut ann, ".steps form", &[]).await.ok();
        assert_eq!(gone.text(".flash"), "The token opens nothing any more.");
        program.get("/api/tasks").await.status(401);
    }

    async fn its_use_is_noted_once_in_a_while(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let (_, program) = make(&ann, "read", Value::Null).await;

        for minute in ["12:00", "12:04", "12:05", "12:11"] {
            site.set_clock(&format!("2026-11-22T{minute}:00Z"));
            program.get("/api/tasks").await.ok();
        }

        assert_eq!(ann.get("/api/tokens").await.ok()[0]["last_used_at"], "2026-11-22T12:11:00Z");
        let noted = ann.get("/api/me/sign-ins").await.ok();
        let uses = noted.as_array().expect("a list").iter();
        let uses: Vec<_> = uses.filter(|noted| noted["event"] == "token_used").collect();
        assert_eq!(uses.len(), 1, "{noted}");
        assert_eq!(uses[0]["means"], "script");
    }
}
