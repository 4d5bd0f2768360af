//! Front ends of other origins (CORS): what a browser lets them read, and what it does not.

use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::test::TestRequest;
use serde_json::{Value, json};
use tickbox::config::CrossOrigin;

use crate::support::{Api, PASSWORD, Reply, Site};

const APP: &str = "https://app.example.org";
const EVIL: &str = "https://evil.example";

type Headers<'a> = &'a [(&'a str, &'a str)];
/// Who asks for what, how, with which body, and the status of the answer.
type Row<'a> = (&'a Api, Method, &'a str, Headers<'a>, Option<Value>, u16);

async fn allowing(site: &Site, origins: &str) -> Site {
    let origins = CrossOrigin::parse(origins).expect("origins");
    site.another(|config| config.cross_origin = origins).await
}

async fn preflight(site: &Site, address: &str, origin: &str) -> Reply {
    let request = TestRequest::default()
        .method(Method::OPTIONS)
        .uri(address)
        .insert_header(("origin", origin))
        .insert_header(("access-control-request-method", "PATCH"))
        .insert_header(("access-control-request-headers", "authorization,if-match"));
    site.send(request).await
}

fn allowed(reply: &Reply) -> &str {
    reply.header("access-control-allow-origin")
}

fn vary(reply: &Reply) -> Vec<&str> {
    let lines = reply.headers.get_all("vary");
    let lines = lines.map(|line| line.to_str().expect("a readable header"));
    lines.flat_map(|line| line.split(", ")).collect()
}

#[track_caller]
fn assert_unshared(reply: &Reply, row: &str) {
    let names = reply.headers.keys().map(HeaderName::as_str);
    let shared: Vec<_> = names
        .filter(|name| name.starts_with("access-control"))
        .collect();
    assert!(shared.is_empty(), "{row}: {shared:?}");
    let policy = reply.header("cross-origin-resource-policy");
    assert_eq!(policy, "same-origin", "{row}");
}

on_both_engines! {
    async fn a_listed_origin_asks_first_and_then_reads_and_writes(site: Site) {
        let site = allowing(&site, "https://other.example, https://app.example.org").await;
        let ann = site.sign_up("ann").await.api().await;

        let asked = preflight(&site, "/api/tasks", APP).await;
        assert_eq!((asked.status.as_u16(), &*asked.body), (204, &b""[..]));
        assert_eq!(allowed(&asked), APP);
        assert_eq!(asked.header("access-control-allow-methods"), "GET, POST, PUT, PATCH, DELETE");
        let sent = "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept";
        assert_eq!(asked.header("access-control-allow-headers"), sent);
        assert!(vary(&asked).contains(&"Origin"));

        let origin = [("origin", APP), ("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "cors")];
        let title = json!({ "title": "Buy milk" });
        let made = ann.send(Method::POST, "/api/tasks", &origin, Some(title)).await;
        made.created();
        let listed = ann.send(Method::GET, "/api/tasks?count=true", &origin, None).await;
        listed.ok();
        for answer in [&made, &listed] {
            let reply = &answer.reply;
            assert_eq!(allowed(reply), APP);
            let read = "Link, ETag, Location, Retry-After, X-Total-Count, X-Request-Id";
            assert_eq!(reply.header("access-control-expose-headers"), read);
            assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
            assert!(vary(reply).contains(&"Origin"));
            assert!(reply.headers.get("access-control-allow-credentials").is_none());
        }
        let tag = ("if-none-match", listed.reply.header("etag"));
        let same = ann.send(Method::GET, "/api/tasks?count=true", &[origin[0], tag], None).await;
        assert_eq!(allowed(&same.status(304).reply), APP);
    }

    async fn a_front_end_can_read_what_went_wrong(site: Site) {
        let site = allowing(&site, APP).await;
        let ann = site.sign_up("ann").await.api().await;
        let stranger = site.stranger();
        let origin = ("origin", APP);
        let none = "/api/tasks/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";
        let rows: [Row<'_>; 8] = [
            (&stranger, Method::GET, "/api/tasks", &[origin], None, 401),
            (&ann, Method::GET, none, &[origin], None, 404),
            (&ann, Method::GET, "/api/nothing", &[origin], None, 404),
            (&ann, Method::PUT, "/api/lists", &[origin], None, 405),
            (&ann, Method::GET, "/api/tasks", &[origin, ("accept", "text/html")], None, 406),
            (&ann, Method::GET, "/api/tasks", &[origin, ("host", "evil.example")], None, 421),
            (&ann, Method::POST, "/api/tasks", &[origin], Some(json!({})), 422),
            (&ann, Method::POST, "/api/tasks", &[origin], Some(json!({ "title": "x".repeat(300_000) })), 413),
        ];

        for (api, method, address, headers, body, status) in rows {
            let answer = api.send(method, address, headers, body).await;
            assert_eq!(answer.reply.status, status, "{address}");
            assert_eq!(allowed(&answer.reply), APP, "{status}");
        }
    }

    async fn an_unlisted_origin_is_told_nothing(site: Site) {
        let site = allowing(&site, APP).await;
        let ann = site.sign_up("ann").await.api().await;
        let rows = [
            EVIL,
            "null",
            "http://app.example.org",
            "https://app.example.org:8443",
            "https://app.example.org.evil.example",
            "https://evil.example/https://app.example.org",
            "HTTPS://APP.EXAMPLE.ORG",
            "https://app.example.org/",
            "",
        ];

        for origin in rows {
            let asked = preflight(&site, "/api/tasks", origin).await;
            assert_eq!(asked.status, 204, "{origin}");
            assert_unshared(&asked, origin);
            let read = ann.send(Method::GET, "/api/tasks", &[("origin", origin)], None).await;
            assert_unshared(&read.reply, origin);
            assert!(vary(&read.reply).contains(&"Origin"), "{origin}");
        }
        let twice = [("origin", APP), ("origin", EVIL)];
        let read = ann.send(Method::GET, "/api/tasks", &twice, None).await;
        assert_unshared(&read.reply, "two origins");
        let without = ann.get("/api/tasks").await;
        assert_unshared(&without.reply, "no origin");
        assert!(vary(&without.reply).contains(&"Origin"), "or a cache would mix the two up");
    }

    async fn everybody_is_everybody_but_where_passwords_are_tried(site: Site) {
        let login = json!({ "email": "ann@example.org", "password": PASSWORD });
        let rows = [
            ("*", EVIL, "*", ""),
            ("*, https://app.example.org", APP, APP, APP),
            ("https://app.example.org,*", EVIL, "*", ""),
        ];
        for (origins, origin, at_tasks, at_login) in rows {
            let site = allowing(&site, origins).await;
            let ann = site.sign_up("ann").await.api().await;

            let read = ann.send(Method::GET, "/api/tasks", &[("origin", origin)], None).await;
            assert_eq!(allowed(&read.reply), at_tasks, "{origins} {origin}");
            assert_eq!(allowed(&preflight(&site, "/api/tasks", origin).await), at_tasks);
            for address in ["/api/auth/login", "/api/%61uth/login"] {
                let body = Some(login.clone());
                let sent = site.stranger();
                let sent = sent.send(Method::POST, address, &[("origin", origin)], body).await;
                assert_eq!(sent.reply.status, 200, "{address}");
                assert_eq!(allowed(&sent.reply), at_login, "{origins} {origin} {address}");
                assert_eq!(allowed(&preflight(&site, address, origin).await), at_login);
            }
        }
    }

    async fn pages_are_shared_with_nobody_and_the_api_neither_by_default(site: Site) {
        let on = allowing(&site, "*, https://app.example.org").await;
        for address in ["/", "/login", "/healthz", "/api/docs", "/apiary"] {
            let page = TestRequest::get().uri(address).insert_header(("origin", APP));
            assert_unshared(&on.send(page).await, address);
            assert_unshared(&preflight(&on, address, APP).await, address);
        }
        let form = TestRequest::post().uri("/login").insert_header(("origin", APP));
        assert_eq!(on.send(form).await.status, 403);
        let fetched = TestRequest::get().uri("/tasks").insert_header(("sec-fetch-site", "cross-site"));
        assert_eq!(on.send(fetched).await.status, 403);

        let ann = site.sign_up("ann").await.api().await;
        let read = ann.send(Method::GET, "/api/tasks", &[("origin", APP)], None).await;
        assert_unshared(&read.reply, "off");
        assert!(!vary(&read.reply).contains(&"Origin"));
        let asked = preflight(&site, "/api/tasks", APP).await;
        assert_unshared(&asked, "off");
        assert!(!asked.status.is_success());
    }

    async fn only_the_question_of_a_browser_needs_no_token(site: Site) {
        let site = allowing(&site, APP).await;
        let (origin, method) = (("origin", APP), ("access-control-request-method", "GET"));

        for (headers, is_question) in [
            (vec![origin, method], true),
            (vec![origin], false),
            (vec![method], false),
        ] {
            let answer = site.stranger().send(Method::OPTIONS, "/api/tasks", &headers, None).await;
            assert_eq!(answer.reply.status == 204, is_question, "{headers:?}");
        }
    }
}
