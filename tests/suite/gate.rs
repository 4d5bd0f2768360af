//! Who may knock: hosts that we answer for, and forms that came from our own pages.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;
use tickbox::config::PublicUrl;

use crate::support::{Browser, PASSWORD, Site};

type Headers<'a> = &'a [(&'a str, &'a str)];

fn request(method: Method, address: &str, headers: Headers<'_>) -> TestRequest {
    let request = TestRequest::default().method(method).uri(address);
    headers
        .iter()
        .fold(request, |request, header| request.append_header(*header))
}

async fn how_many_tasks(ann: &mut Browser) -> usize {
    let page = ann.visit("/tasks?status=any&limit=200").await.ok();
    page.texts(".task").len()
}

async fn public(site: &Site, url: &str) -> Site {
    let url = PublicUrl::parse(url).expect("an address");
    site.another(|config| config.public_url = Some(url)).await
}

const SITE: &str = "sec-fetch-site";
const MODE: &str = "sec-fetch-mode";
const DEST: &str = "sec-fetch-dest";
const EVIL: &str = "https://evil.example";

/// What a form sends along, and whether it may pass at `http://localhost:8080`.
const FORMS: [(Headers<'_>, bool); 35] = [
    (&[], true),
    (&[(SITE, "same-origin")], true),
    (&[(SITE, "none")], true),
    (&[(SITE, "same-origin"), ("origin", "null")], true),
    (
        &[(SITE, "same-origin"), ("origin", "http://localhost:8080")],
        true,
    ),
    (&[(SITE, "cross-site")], false),
    (&[(SITE, "same-site")], false),
    (&[(SITE, "bogus")], false),
    (&[(SITE, "")], false),
    (&[(SITE, "Same-Origin")], false),
    (&[(SITE, "same-origin, none")], false),
    (&[(SITE, "same-origin"), (SITE, "same-origin")], false),
    (&[(SITE, "same-origin"), (SITE, "cross-site")], false),
    (
        &[(SITE, "cross-site"), ("origin", "http://localhost:8080")],
        false,
    ),
    (
        &[(SITE, "cross-site"), (MODE, "navigate"), (DEST, "document")],
        false,
    ),
    (&[("origin", "http://localhost:8080")], true),
    (
        &[
            ("origin", "http://localhost:8080"),
            ("referer", "https://evil.example/"),
        ],
        true,
    ),
    (&[("origin", EVIL)], false),
    (&[("origin", "null")], false),
    (&[("origin", "")], false),
    (&[("origin", "http://localhost")], false),
    (&[("origin", "http://localhost:8081")], false),
    (&[("origin", "http://localhost:8080.evil.example")], false),
    (&[("origin", "http://localhost:8080@evil.example")], false),
    (
        &[("origin", "http://evil.example/http://localhost:8080")],
        false,
    ),
    (&[("origin", "ftp://localhost:8080")], false),
    (
        &[("origin", "http://localhost:8080"), ("origin", EVIL)],
        false,
    ),
    (
        &[
            ("origin", "null"),
            ("referer", "http://localhost:8080/tasks"),
        ],
        false,
    ),
    (&[("referer", "http://localhost:8080/tasks")], true),
    (&[("referer", "http://localhost:8080/")], true),
    (
        &[("referer", "https://evil.example/http://localhost:8080/")],
        false,
    ),
    (&[("referer", "http://localhost:8081/")], false),
    (&[("referer", "about:blank")], false),
    (&[("referer", "data:text/html,x")], false),
    (&[("referer", "")], false),
];

on_both_engines! {
    async fn only_forms_of_our_own_pages_are_obeyed(site: Site) {
        let mut ann = site.sign_up("ann").await;

        for (headers, passes) in FORMS {
            let before = how_many_tasks(&mut ann).await;
            let form = request(Method::POST, "/tasks", headers)
                .insert_header(("host", "localhost:8080"))
                .set_form([("title", "Buy milk")]);
            let reply = ann.send(form).await;

            assert_eq!(reply.status, if passes { 303 } else { 403 }, "{headers:?}");
            let after = how_many_tasks(&mut ann).await;
            assert_eq!(after, before + usize::from(passes), "{headers:?}");
        }
    }

    async fn a_configured_address_is_the_only_own_origin(site: Site) {
        let site = public(&site, "https://todo.example.org").await;
        let mut ann = site.sign_up("ann").await;
        let rows = [
            ("https://todo.example.org", "todo.example.org", true),
            ("https://todo.example.org:443", "todo.example.org", true),
            // The proxy put its own name for us into Host.
            ("https://todo.example.org", "localhost:8080", true),
            ("http://todo.example.org", "todo.example.org", false),
            ("https://todo.example.org:8443", "todo.example.org", false),
            ("https://www.todo.example.org", "todo.example.org", false),
            ("http://localhost:8080", "localhost:8080", false),
        ];

        for (origin, host, passes) in rows {
            let form = request(Method::POST, "/tasks", &[("origin", origin), ("host", host)])
                .set_form([("title", "Buy milk")]);
            let reply = ann.send(form).await;
            assert_eq!(reply.status, if passes { 303 } else { 403 }, "{origin} at {host}");
        }
    }

    async fn nobody_is_signed_in_up_or_out_by_another_site(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let cookies = ann.cookies.clone();
        let fields = [("email", "ann@example.org"), ("password", PASSWORD)];
        let new = [("email", "bob@example.org"), ("password", PASSWORD)];
        let nothing: [(&str, &str); 2] = [("email", ""), ("password", "")];
        let rows = [("/login", fields), ("/signup", new), ("/logout", nothing)];

        for (address, fields) in rows {
            for headers in [&[(SITE, "cross-site")], &[(SITE, "same-site")], &[("origin", EVIL)]] {
                let form = request(Method::POST, address, headers).set_form(fields);
                let reply = ann.send(form).await;
                assert_eq!(reply.status, 403, "{address} {headers:?}");
                assert_eq!(reply.header("set-cookie"), "", "{address} {headers:?}");
            }
        }
        assert_eq!(ann.cookies, cookies);
        ann.get("/tasks").await.status.is_success().then_some(()).expect("still signed in");
        let users = site.outside().ask("SELECT email AS answer FROM users");
        assert_eq!(users, ["ann@example.org"]);
    }

    async fn the_api_minds_no_origin_because_it_reads_no_cookie(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let body = json!({ "title": "Buy milk" });
        for (headers, _) in FORMS {
            let answer = api.send(Method::POST, "/api/tasks", headers, Some(body.clone())).await;
            assert_eq!(answer.reply.status, 201, "{headers:?}");
        }
    }

    async fn another_site_may_link_here_but_not_load_our_pages(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let cross: (&str, &str) = (SITE, "cross-site");
        let rows: [(Headers<'_>, u16); 10] = [
            (&[cross, (MODE, "navigate"), (DEST, "document")], 200),
            (&[cross, (MODE, "navigate"), (DEST, "iframe")], 403),
            (&[cross, (MODE, "navigate"), (DEST, "object")], 403),
            (&[cross, (MODE, "no-cors"), (DEST, "image")], 403),
            (&[cross, (MODE, "no-cors"), (DEST, "script")], 403),
            (&[cross, (MODE, "cors"), (DEST, "empty")], 403),
            (&[cross], 403),
            (&[(SITE, "same-site"), (MODE, "navigate"), (DEST, "document")], 200),
            (&[(SITE, "none"), (MODE, "navigate"), (DEST, "document")], 200),
            (&[], 200),
        ];
        for (headers, status) in rows {
            for address in ["/tasks", "/login", "/api/docs"] {
                let reply = ann.send(request(Method::GET, address, headers)).await;
                assert_eq!(reply.status, status, "{address} {headers:?}");
            }
        }
    }

    async fn reading_never_changes_anything(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let task = api.add("Buy milk").await;
        let id = task["id"].as_str().expect("an id");
        let page = format!("/tasks/{id}");
        let rows: Vec<(Method, String, Headers<'_>, u16)> = vec![
            (Method::GET, "/logout".to_owned(), &[], 405),
            (Method::HEAD, "/logout".to_owned(), &[], 405),
            (Method::GET, format!("{page}/delete"), &[], 405),
            (Method::GET, format!("{page}/complete"), &[], 405),
            (Method::HEAD, format!("{page}/complete"), &[], 405),
            (Method::GET, page.clone(), &[("x-http-method-override", "DELETE")], 200),
            (Method::GET, page.clone(), &[("x-method-override", "POST")], 200),
            (Method::GET, format!("{page}?_method=DELETE"), &[], 422),
            (Method::GET, format!("{page}/delete?_method=POST"), &[], 405),
            (Method::DELETE, page.clone(), &[], 405),
            (Method::PUT, page.clone(), &[], 405),
            (Method::GET, "/tasks?title=Buy+eggs".to_owned(), &[], 422),
        ];
        for (method, address, headers, status) in rows {
            let reply = ann.send(request(method.clone(), &address, headers)).await;
            assert_eq!(reply.status, status, "{method} {address} {headers:?}");
        }
        let over = [("x-http-method-override", "DELETE")];
        let answer = api.send(Method::GET, &format!("/api{page}"), &over, None).await;
        assert_eq!(answer.ok(), task);
        api.get("/api/auth/logout").await.problem(405, "method-not-allowed");
        api.get(&format!("/api{page}/completion")).await.problem(405, "method-not-allowed");
        assert_eq!(api.get("/api/tasks?status=any").await.ok(), json!([task]));
    }

    async fn only_hosts_that_are_ours_are_answered(site: Site) {
        let open = site.clone();
        let named = public(&site, "https://todo.example.org").await;
        let listed = site.another(|config| config.allowed_hosts = vec!["todo.example.com".into()]).await;
        let rows = [
            (&open, "localhost", true),
            (&open, "LOCALHOST:8080", true),
            (&open, "127.0.0.1:8080", true),
            (&open, "192.168.178.20", true),
            (&open, "[::1]:8080", true),
            (&open, "[2001:db8::1]", true),
            (&open, "nas", true),
            (&open, "nas:8080", true),
            (&open, "nas.local", true),
            (&open, "nas.lan", true),
            (&open, "nas.home.arpa", true),
            (&open, "todo.internal:8080", true),
            (&open, "evil.example", false),
            (&open, "localhost.evil.example", false),
            (&open, "127.0.0.1.evil.example", false),
            (&open, "evil.example:8080", false),
            (&open, "evil.example.", false),
            (&open, "nas.local.evil.example", false),
            (&open, "evillocal.example", false),
            (&open, "", false),
            (&open, "nas:", true),
            (&open, ":", false),
            (&open, ":8080", false),
            (&open, "nas:http", false),
            (&open, "nas:65536", false),
            (&open, "nas:80:80", false),
            (&open, "[]", false),
            (&open, "[nas]", false),
            (&open, "a\"><script>", false),
            (&open, "a b", false),
            (&open, "ann@nas", false),
            (&open, "nas/evil", false),
            (&open, "nas?x", false),
            (&open, "nas,evil.example", false),
            (&open, "[::1", false),
            (&named, "todo.example.org", true),
            (&named, "Todo.Example.Org:443", true),
            (&named, "localhost:8080", true),
            (&named, "10.0.0.1", true),
            (&named, "www.todo.example.org", false),
            (&named, "example.org", false),
            (&named, "nas", false),
            (&named, "nas.local", false),
            (&listed, "todo.example.com", true),
            (&listed, "todo.example.com:8080", true),
            (&listed, "nas", true),
            (&listed, "example.com", false),
        ];

        for (site, host, known) in rows {
            for (address, status) in [("/login", 200), ("/api/openapi.json", 200), ("/api/tasks", 401)] {
                let reply = site.send(request(Method::GET, address, &[("host", host)])).await;
                assert_eq!(reply.status, if known { status } else { 421 }, "{host:?} {address}");
            }
            let health = site.send(request(Method::GET, "/healthz", &[("host", host)])).await;
            assert_eq!(health.status, 200, "{host:?}: a container asks by whatever name it likes");
        }
    }

    async fn an_absolute_target_has_to_name_the_same_host(site: Site) {
        for (target, status) in [
            ("http://localhost/login", 200),
            ("http://LOCALHOST/login", 200),
            ("http://evil.example/login", 421),
            ("http://localhost.evil.example/login", 421),
        ] {
            let reply = site.send(request(Method::GET, target, &[])).await;
            assert_eq!(reply.status, status, "{target}");
        }
    }

    async fn what_a_client_says_about_forwarding_has_no_effect(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let task = api.add("Buy milk").await;
        let address = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
        let rows: [Headers<'_>; 6] = [
            &[("x-forwarded-host", "evil.example")],
            &[("x-forwarded-proto", "https")],
            &[("x-forwarded-for", "192.0.2.1")],
            &[("x-forwarded-port", "444"), ("x-forwarded-prefix", "/evil")],
            &[("forwarded", "for=192.0.2.1;host=evil.example;proto=https")],
            &[("x-original-url", "/api/me"), ("x-rewrite-url", "/api/me")],
        ];
        for headers in rows {
            let answer = api.send(Method::GET, &address, headers, None).await;
            assert_eq!(answer.ok()["url"], task["url"], "{headers:?}");
            let document = api.send(Method::GET, "/api/openapi.json", headers, None).await;
            assert_eq!(document.ok()["servers"][0]["url"], "http://localhost", "{headers:?}");
            let form = [("email", "ann@example.org"), ("password", PASSWORD)];
            let login = request(Method::POST, "/login", headers).set_form(form);
            let reply = site.send(login).await;
            assert_eq!(reply.header("location"), "/tasks", "{headers:?}");
            let cookie = reply.header("set-cookie");
            assert!(cookie.starts_with("tickbox=") && !cookie.contains("Secure"), "{headers:?}");
            assert_eq!(reply.header("strict-transport-security"), "", "{headers:?}");
        }
    }
}
