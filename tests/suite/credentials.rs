//! Which credential each door reads, and when one dies.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::Site;
use crate::tokens::{DAY, Parts, assert_accepted, assert_refused, now};

on_both_engines! {
    async fn only_one_bearer_token_in_its_header_is_read(site: Site) {
        let token = Parts::of(&site, "ann").await.good;
        let rows: [(String, u16); 16] = [
            (format!("Bearer {token}"), 200),
            (format!("bearer {token}"), 200),
            (format!("BEARER {token}"), 200),
            (String::new(), 401),
            ("Bearer".to_owned(), 401),
            ("Bearer ".to_owned(), 401),
            ("Bearer  ".to_owned(), 401),
            (token.clone(), 401),
            (format!("Bearer:{token}"), 401),
            (format!("Bearer{token}"), 401),
            (format!("Bearer {token} {token}"), 401),
            (format!("Bearer {token},{token}"), 401),
            (format!("Bearer {token}, Basic YTpi"), 401),
            (format!("Token {token}"), 401),
            (format!("Basic {token}"), 401),
            (format!("JWT {token}"), 401),
        ];

        for (value, status) in rows {
            let headers = [("authorization", value.as_str())];
            let answer = site.stranger().send(Method::GET, "/api/tasks", &headers, None).await;
            assert_eq!(answer.reply.status, status, "Authorization: {value}");
        }
        let good = format!("Bearer {token}");
        let twice = [("authorization", good.as_str()), ("authorization", good.as_str())];
        let answer = site.stranger().send(Method::GET, "/api/tasks", &twice, None).await;
        answer.problem(400, "malformed");
        let nothing = site.stranger().get("/api/tasks").await;
        nothing.problem(401, "unauthenticated");
        let challenge = nothing.reply.header("www-authenticate");
        assert_eq!(challenge, "Bearer realm=\"tickbox\"", "no token was sent, so none was invalid");
    }

    async fn each_door_reads_its_own_credential_and_no_other(site: Site) {
        let token = Parts::of(&site, "ann").await.good;
        let (bearer, cookie) = (format!("Bearer {token}"), format!("tickbox={token}"));
        let query = format!("/api/tasks?access_token={token}");
        let page = format!("/tasks?access_token={token}");
        let good: (&str, &str) = ("authorization", &bearer);
        let bad: (&str, &str) = ("authorization", "Bearer nonsense");
        let kept: (&str, &str) = ("cookie", &cookie);
        let rows: [(&str, &[(&str, &str)], u16); 10] = [
            ("/tasks", &[], 303),
            ("/tasks", &[good], 303),
            ("/tasks", &[kept], 200),
            ("/tasks", &[kept, bad], 200),
            (&page, &[], 303),
            ("/api/tasks", &[], 401),
            ("/api/tasks", &[kept], 401),
            ("/api/tasks", &[kept, bad], 401),
            ("/api/tasks", &[kept, good], 200),
            (&query, &[], 401),
        ];

        for (address, headers, status) in rows {
            let mut request = TestRequest::get().uri(address);
            for header in headers {
                request = request.append_header(*header);
            }
            let reply = site.send(request).await;
            assert_eq!(reply.status, status, "{address} with {headers:?}");
        }
        let in_body = json!({ "title": "Buy milk", "access_token": token });
        site.stranger().post("/api/tasks", in_body).await.problem(401, "unauthenticated");
    }

    async fn a_token_dies_with_what_it_stands_for(site: Site) {
        let rows = [
            ("epoch", "UPDATE users SET token_epoch = token_epoch / 2 + 1"),
            ("disabled", "UPDATE users SET disabled_at = 1"),
            ("deleted", "DELETE FROM users"),
        ];

        for (name, ending) in rows {
            let token = Parts::of(&site, name).await.good;
            let statement = format!("{ending} WHERE email = '{name}@example.org'");
            site.outside().run(&statement);

            assert_refused(&site, &token, name).await;
        }
    }

    async fn a_deleted_account_leaves_nothing_to_the_next_of_its_address(site: Site) {
        let old = Parts::of(&site, "ann").await;
        site.outside().run("DELETE FROM users");

        let new = Parts::of(&site, "ann").await;

        assert_ne!(old.claims["sub"], new.claims["sub"]);
        assert_ne!(old.claims["epoch"], new.claims["epoch"]);
        assert_refused(&site, &old.good, "the token of the account before").await;
        assert_accepted(&site, &new.good, "the token of the account now").await;
        let moved = new.with_claims(|claims| claims["epoch"] = old.claims["epoch"].clone());
        assert_refused(&site, &moved, "the old epoch under the new id").await;
    }

    async fn a_token_says_nothing_but_who_signed_in(site: Site) {
        let ann = Parts::of(&site, "ann").await;

        let names: Vec<_> = ann.claims.as_object().unwrap().keys().cloned().collect();
        assert_eq!(names, ["aud", "epoch", "exp", "iat", "iss", "sid", "sub"]);
        assert_eq!(ann.claims["exp"], json!(now() + 7 * DAY));
        assert!(!ann.claims.to_string().contains("example.org"));
    }
}
