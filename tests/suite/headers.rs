//! What every answer says about itself, whatever it is, and what failures look like.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use secrecy::ExposeSecret as _;
use tickbox::config::{Database, PublicUrl};

use crate::support::{Engine, Outside, PASSWORD, Reply, Site};

const PAGES: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'; object-src 'none'; script-src 'none'";
const API: &str = "default-src 'none'; frame-ancestors 'none'";
const HTML: &str = "text/html; charset=utf-8";
const PROBLEM: &str = "application/problem+json";

#[track_caller]
fn assert_dressed(reply: &Reply, policy: &str, is_https: bool, row: &str) {
    let expected = [
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("referrer-policy", "same-origin"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("x-robots-tag", "noindex, nofollow"),
        (
            "permissions-policy",
            "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        ),
        (
            "strict-transport-security",
            if is_https { "max-age=31536000" } else { "" },
        ),
        ("server", ""),
        ("x-powered-by", ""),
    ];
    for (name, value) in expected {
        assert_eq!(reply.header(name), value, "{row}: {name}");
        let count = reply.headers.get_all(name).count();
        assert_eq!(count, usize::from(!value.is_empty()), "{row}: {name}");
    }
    assert_eq!(reply.header("x-request-id").len(), 16, "{row}");
    assert!(!reply.header("cache-control").is_empty(), "{row}");
}

/// One request, and what comes of it.
struct Row {
    request: TestRequest,
    name: &'static str,
    status: u16,
    kind: &'static str,
    keep: &'static str,
}

fn row(
    (name, request): (&'static str, TestRequest),
    status: u16,
    (kind, keep): (&'static str, &'static str),
) -> Row {
    Row {
        request,
        name,
        status,
        kind,
        keep,
    }
}

fn of(method: Method, address: &str) -> TestRequest {
    TestRequest::default().method(method).uri(address)
}

async fn check(site: &Site, rows: Vec<Row>, policy: &str, is_https: bool) {
    for row in rows {
        let reply = site.send(row.request).await;
        assert_eq!(reply.status, row.status, "{}: {}", row.name, reply.text());
        assert_eq!(reply.header("content-type"), row.kind, "{}", row.name);
        assert_eq!(reply.header("cache-control"), row.keep, "{}", row.name);
        assert_dressed(&reply, policy, is_https, row.name);
    }
}

const NO_STORE: &str = "no-store";
const PRIVATE: &str = "private, no-cache";
const FOR_EVER: &str = "public, max-age=31536000, immutable";

#[expect(clippy::too_many_lines, reason = "one table, best read in one piece")]
async fn check_pages(site: &Site, is_https: bool) {
    let mut ann = site.sign_up("ann").await;
    let (name, token) = ann.cookies.first_key_value().expect("a cookie");
    let cookie = format!("{name}={token}");
    let signed_in = |request: TestRequest| request.insert_header(("cookie", cookie.as_str()));
    let page = ann.visit("/tasks").await.ok();
    let (etag, css) = (
        page.reply.header("etag").to_owned(),
        page.attributes("link[rel=stylesheet]", "href").remove(0),
    );
    let (get, post) = (
        |at: &str| of(Method::GET, at),
        |at: &str| of(Method::POST, at),
    );
    let big = post("/login")
        .insert_header(("content-type", "application/x-www-form-urlencoded"))
        .set_payload(vec![b'a'; 300_000]);
    let cross = post("/login").insert_header(("sec-fetch-site", "cross-site"));
    let wrong =
        post("/login").set_form([("email", "ann@example.org"), ("password", "grey stones")]);
    let again = post("/signup").set_form([("email", "ann@example.org"), ("password", PASSWORD)]);
    let short = post("/signup").set_form([("email", "bob@example.org"), ("password", "x")]);
    let known = signed_in(get("/tasks")).insert_header(("if-none-match", etag));
    let html = (HTML, NO_STORE);
    let rows = vec![
        row(("log-in", get("/login")), 200, html),
        row(("sign-up", get("/signup")), 200, html),
        row(("list", signed_in(get("/tasks"))), 200, (HTML, PRIVATE)),
        row(("reference", get("/api/docs")), 200, (HTML, PRIVATE)),
        row(("known list", known), 304, ("", PRIVATE)),
        row(
            ("style", get(&css)),
            200,
            ("text/css; charset=utf-8", FOR_EVER),
        ),
        row(
            ("health", get("/healthz")),
            200,
            ("text/plain; charset=utf-8", NO_STORE),
        ),
        row(
            ("readiness", get("/readyz")),
            200,
            ("text/plain; charset=utf-8", NO_STORE),
        ),
        row(("to the log-in", get("/tasks")), 303, ("", NO_STORE)),
        row(("signed out", post("/logout")), 303, ("", NO_STORE)),
        row(("wrong password", wrong), 401, html),
        row(("from another site", cross), 403, html),
        row(("nowhere", get("/nowhere")), 404, html),
        row(("no such task", signed_in(get("/tasks/x"))), 404, html),
        row(("method", get("/logout")), 405, html),
        row(("address taken", again), 409, html),
        row(("too large", big), 413, html),
        row(("no form", post("/login")), 415, html),
        row(
            (
                "host",
                get("/login").insert_header(("host", "evil.example")),
            ),
            421,
            html,
        ),
        row(("short password", short), 422, html),
        row(("parameter", signed_in(get("/tasks?x=y"))), 422, html),
    ];
    check(site, rows, PAGES, is_https).await;
}

#[expect(clippy::too_many_lines, reason = "one table, best read in one piece")]
async fn check_api(site: &Site, is_https: bool) {
    let api = site.sign_up("bob").await.api().await;
    let id = api.add("Buy milk").await["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let etag = api.get("/api/tasks").await.reply.header("etag").to_owned();
    let bearer = format!("Bearer {}", api.token.expect("a token"));
    let ours = |method, at: &str| of(method, at).insert_header(("authorization", bearer.as_str()));
    let json = |request: TestRequest, body: &'static str| {
        let request = request.insert_header(("content-type", "application/json"));
        request.set_payload(body)
    };
    let (get, post, patch) = (Method::GET, Method::POST, Method::PATCH);
    let task = format!("/api/tasks/{id}");
    let login = || of(Method::POST, "/api/auth/login");
    let right = format!("{{\"email\":\"bob@example.org\",\"password\":\"{PASSWORD}\"}}");
    let big = login().insert_header(("content-type", "application/json"));
    let stale = ours(patch, &task).insert_header(("if-match", "\"0\""));
    let twice = ours(get.clone(), "/api/me").append_header(("authorization", "Bearer x"));
    let (at_list, problem) = ("/api/tasks", (PROBLEM, NO_STORE));
    let known = ours(get.clone(), at_list).insert_header(("if-none-match", etag));
    let picky = ours(get.clone(), "/api/me").insert_header(("accept", "text/html"));
    let token = login()
        .insert_header(("content-type", "application/json"))
        .set_payload(right);
    let wrong = json(
        login(),
        r#"{"email":"bob@example.org","password":"grey stones"}"#,
    );
    let rows = vec![
        row(
            ("document", of(get.clone(), "/api/openapi.json")),
            200,
            ("application/json", PRIVATE),
        ),
        row(("token", token), 200, ("application/json", NO_STORE)),
        row(
            ("account", ours(get.clone(), "/api/me")),
            200,
            ("application/json", NO_STORE),
        ),
        row(
            ("list", ours(get.clone(), at_list)),
            200,
            ("application/json", PRIVATE),
        ),
        row(
            ("task", ours(get.clone(), &task)),
            200,
            ("application/json", PRIVATE),
        ),
        row(("known list", known), 304, ("", PRIVATE)),
        row(
            (
                "made",
                json(ours(post.clone(), at_list), r#"{"title":"x"}"#),
            ),
            201,
            ("application/json", PRIVATE),
        ),
        row(
            ("no JSON", json(ours(post.clone(), at_list), "{")),
            400,
            problem,
        ),
        row(("two tokens", twice), 400, problem),
        row(("no token", of(get.clone(), at_list)), 401, problem),
        row(("wrong password", wrong), 401, problem),
        row(("nowhere", ours(get.clone(), "/api/nowhere")), 404, problem),
        row(
            ("no such task", ours(get.clone(), "/api/tasks/x")),
            404,
            problem,
        ),
        row(("method", ours(Method::PUT, at_list)), 405, problem),
        row(("nothing acceptable", picky), 406, problem),
        row(("stale", json(stale, "{}")), 412, problem),
        row(
            ("too large", big.set_payload(vec![b' '; 300_000])),
            413,
            problem,
        ),
        row(("no type", ours(post.clone(), at_list)), 415, problem),
        row(
            (
                "host",
                ours(get, at_list).insert_header(("host", "evil.example")),
            ),
            421,
            problem,
        ),
        row(("no title", json(ours(post, at_list), "{}")), 422, problem),
        row(
            ("deleted", ours(Method::DELETE, &task)),
            204,
            ("", NO_STORE),
        ),
    ];
    check(site, rows, API, is_https).await;
}

/// What every failure of ours looks like at the pages' door.
#[track_caller]
fn assert_failed_page(page: &Reply, status: u16) {
    assert_eq!(page.status, status, "page");
    assert_dressed(page, PAGES, false, "page");
    assert_eq!(page.header("content-type"), HTML);
    assert!(
        page.text().contains(page.header("x-request-id")),
        "the page names the request"
    );
    assert_eq!(page.header("cache-control"), NO_STORE);
}

/// Asks both doors for the list, and checks the failure that they answer with.
async fn check_failure(site: &Site, (status, code): (u16, &str), secret: &str) {
    let mut ann = site.sign_up("ann").await;
    let api = ann.api().await;
    api.add("Buy milk").await;
    break_tasks(site);

    let page = ann.get("/tasks").await;
    assert_failed_page(&page, status);
    let answer = api.get("/api/tasks").await;
    let problem = answer.problem(status, code);
    assert_dressed(&answer.reply, API, false, "API");
    assert_eq!(problem["request_id"], answer.reply.header("x-request-id"));
    for reply in [&page, &answer.reply] {
        assert!(!reply.text().contains(secret), "{}", reply.text());
    }
    api.get("/api/me").await.ok();
}

fn break_tasks(site: &Site) {
    site.outside().run("ALTER TABLE tasks RENAME TO gone");
}

on_both_engines! {
    async fn every_answer_says_how_it_may_be_used(site: Site) {
        check_pages(&site, false).await;
        check_api(&site, false).await;
    }

    async fn over_https_every_answer_asks_for_https_from_now_on(site: Site) {
        let url = PublicUrl::parse("https://todo.example.org").expect("an address");
        let site = site.another(|config| config.public_url = Some(url)).await;
        check_pages(&site, true).await;
        check_api(&site, true).await;
    }

    async fn a_fault_of_ours_tells_its_number_and_nothing_else(site: Site) {
        check_failure(&site, (500, "internal"), "gone").await;
    }

    async fn a_database_that_is_away_is_a_short_wait(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        if site.engine == Engine::Postgres {
            return;
        }
        // Somebody else holds the file for longer than anybody waits.
        let mut holder = site.outside();
        holder.run("BEGIN IMMEDIATE");

        let page = ann.post("/tasks", &[("title", "Buy milk")]).await;
        assert_eq!(page.status, 503, "page");
        assert_eq!(page.header("retry-after"), "2");
        assert_dressed(&page, PAGES, false, "page");
        holder.run("ROLLBACK");

        let page = ann.post("/tasks", &[("title", "Buy milk")]).await;
        assert_eq!(page.status, 303, "and works again afterwards");
        assert_eq!(api.titles("/api/tasks").await, ["Buy milk"]);
    }

    async fn a_connection_that_was_cut_is_a_short_wait(site: Site) {
        let site = site.another(|config| {
            if let Database::Postgres { url, .. } = &mut config.database {
                *url = format!("{}&application_name=cut", url.expose_secret()).into();
            }
        }).await;
        let api = site.sign_up("ann").await.api().await;
        let mut outside = site.outside();
        let Outside::Postgres(_) = outside else { return };
        for method in [Method::GET, Method::POST, Method::GET] {
            outside.ask(
                "SELECT pg_terminate_backend(pid)::text AS answer FROM pg_stat_activity \
                 WHERE application_name = 'cut' AND pid <> pg_backend_pid()",
            );
            let body = (method == Method::POST).then(|| serde_json::json!({ "title": "Buy milk" }));
            let mut statuses = Vec::new();
            for _ in 0..6 {
                let answer = api.send(method.clone(), "/api/tasks", &[], body.clone()).await;
                if answer.reply.status == 503 {
                    answer.problem(503, "unavailable");
                    assert_eq!(answer.reply.header("retry-after"), "2");
                }
                statuses.push(answer.reply.status.as_u16());
            }
            let is_expected = |status: &u16| [200, 201, 503].contains(status);
            assert!(statuses.iter().all(is_expected), "{method}: {statuses:?}");
            assert!(statuses.last() != Some(&503), "{method}: {statuses:?}");
        }
    }

    async fn whom_to_tell_of_a_hole_stands_where_rfc_9116_says(site: Site) {
        let reply = site.browser().get("/.well-known/security.txt").await;
        assert_eq!(reply.status, 404, "nobody is named");
        let site = site.another(|config| {
            config.security_contact = Some("mailto:security@example.org".to_owned());
        }).await;

        let reply = site.browser().get("/.well-known/security.txt").await;

        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-type"), "text/plain; charset=utf-8");
        assert_eq!(
            reply.text(),
            "Contact: mailto:security@example.org\nExpires: 2026-12-22T12:00:00Z\nPreferred-Languages: en, de\n"
        );
    }
}
