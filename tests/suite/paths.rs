//! Addresses that nobody should have asked for, and where a form may lead.

use actix_web::http::Method;
use actix_web::test::TestRequest;

use crate::support::{PASSWORD, Site};

async fn log_in(site: &Site, next: &[&str]) -> crate::support::Reply {
    let mut fields = vec![("email", "ann@example.org"), ("password", PASSWORD)];
    fields.extend(next.iter().map(|next| ("next", *next)));
    let request = TestRequest::post().uri("/login").set_form(fields);
    site.send(request).await
}

on_both_engines! {
    async fn a_form_leads_only_to_pages_of_ours(site: Site) {
        let mut ann = site.sign_up("ann").await;
        ann.add("Buy milk").await;
        let page = ann.visit("/tasks").await.ok();
        let complete = page.attributes(".tick", "name").remove(0);
        let long = format!("/tasks?{}", "a".repeat(10_000));
        let rows = [
            ("/tasks", "/tasks"),
            ("/tasks?status=all", "/tasks?status=all"),
            ("/tasks/x?y=%20", "/tasks/x?y=%20"),
            ("/settings", "/settings"),
            ("", "/tasks"),
            ("/", "/tasks"),
            ("//evil", "/tasks"),
            ("///evil", "/tasks"),
            ("/\\evil", "/tasks"),
            ("\\\\evil", "/tasks"),
            ("/a/../\\evil", "/tasks"),
            ("/tasks/../../evil", "/tasks"),
            ("/tasks//evil", "/tasks"),
            ("/tasks\\@evil", "/tasks"),
            ("/tasks@evil", "/tasks"),
            ("/tasks.evil.example", "/tasks"),
            ("https:evil", "/tasks"),
            ("https://evil.example/tasks", "/tasks"),
            ("http:/tasks", "/tasks"),
            ("javascript:alert(1)", "/tasks"),
            ("data:text/html,<script>alert(1)</script>", "/tasks"),
            (" /tasks", "/tasks"),
            ("\t/tasks", "/tasks"),
            ("/%09/evil", "/tasks"),
            ("/\t/evil", "/tasks"),
            ("/tasks\r\nSet-Cookie: x=y", "/tasks"),
            ("/%0d%0aSet-Cookie:x=y", "/tasks"),
            ("%2f%2fevil", "/tasks"),
            ("/tasks/%2f%2fevil", "/tasks"),
            ("/tasks/%5cevil", "/tasks"),
            ("/tasks#fragment", "/tasks"),
            ("/login", "/tasks"),
            ("/logout", "/tasks"),
            ("/api/tasks", "/tasks"),
            ("/täsks", "/tasks"),
            (&long, "/tasks"),
        ];

        for (next, goal) in rows {
            let reply = log_in(&site, &[next]).await;
            assert_eq!(reply.status, 303, "log-in, next={next:?}");
            assert_eq!(reply.header("location"), goal, "log-in, next={next:?}");
            assert_eq!(reply.headers.get_all("set-cookie").count(), 2, "log-in, next={next:?}");

            let reply = ann.post("/tasks/bulk", &[(&complete, ""), ("next", next)]).await;
            assert_eq!(reply.status, 303, "tick, next={next:?}");
            let location = reply.header("location");
            let said = location.find("did=").expect("what was done");
            assert_eq!(&location[..said - 1], goal, "tick, next={next:?}");
            assert_eq!(reply.header("set-cookie"), "", "tick, next={next:?}");
            // Ticked twice, nothing would have been done the second time.
            ann.post("/tasks/bulk", &[(&complete.replace("complete", "reopen"), "")]).await;

            let query = url::form_urlencoded::byte_serialize(next.as_bytes()).collect::<String>();
            let form = site.browser().visit(&format!("/login?next={query}")).await.ok();
            let kept = form.attributes("#login input[name=next]", "value");
            let is_ours = next == goal;
            assert_eq!(kept, if is_ours { vec![goal] } else { vec![] }, "form, next={next:?}");
        }
    }

    async fn a_goal_named_twice_is_none(site: Site) {
        site.sign_up("ann").await;

        let reply = log_in(&site, &["/tasks", "/tasks?status=all"]).await;
        assert_eq!(reply.status, 422);
        assert_eq!(reply.header("set-cookie"), "");
        let form = site.browser().visit("/login?next=/tasks/x&next=/settings").await.ok();
        assert!(!form.has("input[name=next]"));
    }

    async fn whoever_is_sent_to_sign_in_comes_back_to_what_they_asked_for(site: Site) {
        let rows = [
            ("/tasks", "/login"),
            ("/tasks?status=all", "/login?next=%2Ftasks%3Fstatus%3Dall"),
            ("/tasks?q='x'", "/login"),
            ("/tasks//evil", "/login"),
            ("/tasks/%2f%2fevil", "/login"),
        ];
        for (address, location) in rows {
            let reply = site.browser().get(address).await;
            assert_eq!(reply.status, 303, "{address}");
            assert_eq!(reply.header("location"), location, "{address}");
        }
        let posted = site.browser().post("/tasks?status=all", &[("title", "Buy milk")]).await;
        assert_eq!(posted.status, 303);
        assert_eq!(posted.header("location"), "/login", "what was posted is not repeated by a link");
    }

    async fn an_address_that_is_none_is_not_found(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let id = api.add("Buy milk").await["id"].as_str().expect("an id").to_owned();
        let rows = [
            format!("/tasks/{id}/"),
            format!("//tasks/{id}"),
            format!("/tasks//{id}"),
            format!("/x/../tasks/{id}"),
            format!("/tasks/./{id}"),
            format!("/TASKS/{id}"),
            format!("/tasks/{id}.json"),
            format!("/tasks/{id};x=y"),
            format!("/tasks/{id}%00"),
            format!("/tasks/{id}%2f"),
            format!("/tasks/%20{id}"),
            format!("/tasks/{}", id.to_uppercase()),
            format!("/tasks/{}", id.replace('-', "")),
            "/tasks/%00".to_owned(),
            "/tasks/%ff".to_owned(),
            "/tasks/%zz".to_owned(),
            "/tasks/%".to_owned(),
            "/tasks/..%2f..%2fetc%2fpasswd".to_owned(),
            "/tasks/".to_owned(),
            "//tasks".to_owned(),
            "/x/../tasks".to_owned(),
        ];
        for row in &rows {
            assert_eq!(ann.get(row).await.status, 404, "{row}");
            let answer = api.get(&format!("/api{row}")).await;
            answer.problem(404, "not-found");
        }
        assert_eq!(ann.get(&format!("/tasks/{id}")).await.status, 200, "control");
    }

    async fn no_file_is_found_that_was_not_meant_to_be(site: Site) {
        let rows = [
            "/.env",
            "/.git/config",
            "/.well-known/openid-configuration",
            "/Cargo.toml",
            "/tickbox.db",
            "/secret",
            "/data/secret",
            "/metrics",
            "/static",
            "/static/",
            "/static/tickbox.css",
            "/static/Cargo.toml",
            "/static/../Cargo.toml",
            "/static/%2e%2e/Cargo.toml",
            "/static/..%2fCargo.toml",
            "/static/..%5cCargo.toml",
            "/static//etc/passwd",
            "/static/%2fetc%2fpasswd",
            "/site/robots.txt",
            "/robots.txt",
            "/problems/",
            "/problems/../login",
            "/problems/nonsense",
            "/api",
            "/api/",
            "/api/../login",
            "/api/docs/",
            "/wp-login.php",
            "*",
        ];
        for row in rows {
            for method in [Method::GET, Method::HEAD] {
                let request = TestRequest::default().method(method.clone()).uri(row);
                let reply = site.send(request).await;
                // Behind the API's door nobody is told what there is before they say who they are.
                let status = if row.starts_with("/api") { 401 } else { 404 };
                assert_eq!(reply.status, status, "{method} {row}");
            }
        }
    }

    async fn other_methods_are_refused_and_the_right_ones_named(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let id = api.add("Buy milk").await["id"].as_str().expect("an id").to_owned();
        let page = format!("/tasks/{id}");
        let rows = [
            ("/login", "GET, HEAD, POST"),
            ("/logout", "POST"),
            ("/tasks", "GET, HEAD, POST"),
            (&page, "GET, HEAD, POST"),
            ("/healthz", "GET, HEAD"),
            ("/api/auth/login", "POST"),
            ("/api/tasks", "GET, HEAD, POST, DELETE"),
            ("/api/me", "GET, HEAD, PATCH, DELETE"),
            (&format!("/api{page}"), "GET, HEAD, PATCH, DELETE"),
            (&format!("/api{page}/completion"), "PUT, DELETE"),
        ];
        let token = format!("Bearer {}", api.token.clone().expect("a token"));
        for (address, allowed) in rows {
            for method in ["FOO", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "get"] {
                let verb = Method::from_bytes(method.as_bytes()).expect("a method");
                let request = TestRequest::default()
                    .method(verb)
                    .uri(address)
                    .insert_header(("authorization", token.as_str()));
                let reply = ann.send(request).await;
                assert_eq!(reply.status, 405, "{method} {address}");
                let mut named: Vec<_> = reply.header("allow").split(", ").collect();
                let mut expected: Vec<_> = allowed.split(", ").collect();
                named.sort_unstable();
                expected.sort_unstable();
                assert_eq!(named, expected, "{method} {address}");
            }
        }
    }

    async fn head_is_answered_as_get_is(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let id = api.add("Buy milk").await["id"].as_str().expect("an id").to_owned();
        let token = format!("Bearer {}", api.token.clone().expect("a token"));
        let task = format!("/tasks/{id}");
        let in_api = format!("/api{task}");
        let rows = [
            "/", "/login", "/signup", "/tasks", &task, "/healthz", "/readyz", "/favicon.ico",
            "/problems/invalid", "/api/docs", "/api/openapi.json", "/api/tasks", &in_api,
            "/api/me", "/nowhere",
        ];
        for address in rows {
            let mut replies = Vec::new();
            for method in [Method::GET, Method::HEAD] {
                let request = TestRequest::default()
                    .method(method)
                    .uri(address)
                    .insert_header(("authorization", token.as_str()));
                replies.push(ann.send(request).await);
            }
            let [get, head] = [&replies[0], &replies[1]];
            assert_eq!(get.status, head.status, "{address}");
            for name in ["content-type", "etag", "cache-control", "location"] {
                assert_eq!(get.header(name), head.header(name), "{address}: {name}");
            }
        }
    }
}
