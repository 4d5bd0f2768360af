//! Who may see what: every route and method of the application, tried by everyone who may not.

use std::collections::BTreeMap;

use actix_web::http::Method;
use actix_web::http::header::HeaderName;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::{Api, Browser, Reply, Route, at};

/// Who is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum By {
    /// Anybody.
    Anyone,
    /// Who is signed in, in a browser; others are led to the log-in.
    Session,
    /// Who sends a token; others get 401.
    Token,
}

/// The one place that says who may see what; a route that is missing here fails the sweep.
const TABLE: [(&str, &str, By); 76] = [
    ("/", "GET HEAD", By::Anyone),
    ("/.well-known/jwks.json", "GET HEAD", By::Anyone),
    ("/.well-known/security.txt", "GET HEAD", By::Anyone),
    ("/api/auth/login", "POST", By::Anyone),
    ("/api/auth/logout", "POST", By::Token),
    ("/api/auth/signup", "POST", By::Anyone),
    ("/api/docs", "GET HEAD", By::Anyone),
    ("/api/me", "DELETE GET HEAD PATCH", By::Token),
    ("/api/me/export", "GET HEAD", By::Token),
    ("/api/me/password", "PUT", By::Token),
    ("/api/me/sign-ins", "GET HEAD", By::Token),
    ("/api/me/sign-out-everywhere", "POST", By::Token),
    ("/api/me/totp", "DELETE POST PUT", By::Token),
    ("/api/tokens", "GET HEAD POST", By::Token),
    ("/api/tokens/{id}", "DELETE", By::Token),
    ("/api/openapi.json", "GET HEAD", By::Anyone),
    ("/api/changes", "GET HEAD", By::Token),
    ("/api/history", "GET HEAD", By::Token),
    ("/api/history/{id}/undo", "POST", By::Token),
    ("/api/labels", "GET HEAD", By::Token),
    ("/api/labels/{name}", "DELETE PATCH", By::Token),
    ("/api/lists", "GET HEAD POST", By::Token),
    ("/api/lists/{id}", "DELETE GET HEAD PATCH", By::Token),
    ("/api/tasks", "DELETE GET HEAD POST", By::Token),
    ("/api/tasks/batch", "POST", By::Token),
    ("/api/tasks/quick", "POST", By::Token),
    ("/api/tasks/{id}", "DELETE GET HEAD PATCH", By::Token),
    ("/api/tasks/{id}/completion", "DELETE PUT", By::Token),
    ("/api/tasks/{id}/duplicate", "POST", By::Token),
    ("/api/tasks/{id}/move", "POST", By::Token),
    ("/api/tasks/{id}/occurrences", "GET HEAD", By::Token),
    ("/api/tasks/{id}/restore", "POST", By::Token),
    ("/api/tasks/{id}/skip", "POST", By::Token),
    ("/api/views", "GET HEAD POST", By::Token),
    ("/api/views/{id}", "DELETE GET HEAD PATCH", By::Token),
    ("/favicon.ico", "GET HEAD", By::Anyone),
    ("/healthz", "GET HEAD", By::Anyone),
    ("/history", "GET HEAD", By::Session),
    ("/inbox", "GET HEAD", By::Session),
    ("/labels/{name}", "GET HEAD", By::Session),
    ("/lists", "GET HEAD POST", By::Session),
    ("/lists/{id}", "GET HEAD", By::Session),
    ("/login", "GET HEAD POST", By::Anyone),
    ("/login/code", "GET HEAD POST", By::Anyone),
    ("/logout", "POST", By::Anyone),
    ("/problems/{code}", "GET HEAD", By::Anyone),
    ("/readyz", "GET HEAD", By::Anyone),
    ("/settings", "GET HEAD POST", By::Session),
    ("/settings/data", "GET HEAD", By::Session),
    ("/settings/delete", "GET HEAD POST", By::Session),
    ("/settings/export", "GET HEAD", By::Session),
    ("/settings/password", "GET HEAD POST", By::Session),
    ("/settings/sign-ins", "GET HEAD POST", By::Session),
    ("/settings/tokens", "GET HEAD POST", By::Session),
    ("/settings/two-step", "GET HEAD", By::Session),
    ("/signup", "GET HEAD POST", By::Anyone),
    ("/static/{name}", "GET HEAD", By::Anyone),
    ("/tasks", "GET HEAD POST", By::Session),
    ("/tasks/{id}", "GET HEAD POST", By::Session),
    ("/today", "GET HEAD", By::Session),
    ("/upcoming", "GET HEAD", By::Session),
    ("/views", "POST", By::Session),
    ("/views/{id}", "GET HEAD", By::Session),
    ("/tasks/lines", "POST", By::Session),
    ("/api/auth/confirm", "POST", By::Anyone),
    ("/api/auth/confirm-request", "POST", By::Anyone),
    ("/api/auth/reset", "POST", By::Anyone),
    ("/api/auth/reset-request", "POST", By::Anyone),
    ("/api/me/email", "PUT", By::Token),
    ("/confirm", "GET HEAD POST", By::Anyone),
    ("/confirm/done", "GET HEAD", By::Anyone),
    ("/reset", "GET HEAD POST", By::Anyone),
    ("/reset/done", "GET HEAD", By::Anyone),
    ("/reset/new", "GET HEAD POST", By::Anyone),
    ("/settings/email", "GET HEAD POST", By::Session),
    ("/signup/again", "POST", By::Anyone),
];
/// What is done by form.
const FORMS: [&str; 27] = [
    "/history/{id}/undo",
    "/labels/{name}/delete",
    "/labels/{name}/rename",
    "/lists/{id}/delete",
    "/lists/{id}/edit",
    "/lists/{id}/move",
    "/settings/tokens/{id}/revoke",
    "/settings/two-step/cancel",
    "/settings/two-step/codes",
    "/settings/two-step/confirm",
    "/settings/two-step/off",
    "/settings/two-step/start",
    "/tasks/bulk",
    "/tasks/empty-trash",
    "/tasks/{id}/complete",
    "/tasks/{id}/delete",
    "/tasks/{id}/duplicate",
    "/tasks/{id}/keep",
    "/tasks/{id}/list",
    "/tasks/{id}/move",
    "/tasks/{id}/reopen",
    "/tasks/{id}/restore",
    "/tasks/{id}/skip",
    "/tasks/{id}/steps",
    "/views/{id}/delete",
    "/views/{id}/edit",
    "/views/{id}/move",
];

fn table() -> BTreeMap<Route, By> {
    let forms = FORMS.map(|path| (path.to_owned(), "POST", By::Session));
    let rest = TABLE.map(|(path, methods, seen)| (path.to_owned(), methods, seen));
    let one = |(path, methods, seen): (String, &'static str, By)| {
        let route = move |method: &str| Route {
            path: path.clone(),
            method: method.to_owned(),
        };
        methods.split(' ').map(move |method| (route(method), seen))
    };
    rest.into_iter().chain(forms).flat_map(one).collect()
}

fn guarded(by: By) -> impl Iterator<Item = Route> {
    table()
        .into_iter()
        .filter(move |(_, known)| *known == by)
        .map(|(route, _)| route)
}

/// The routes that name one task.
fn of_one_task(by: By) -> impl Iterator<Item = Route> {
    guarded(by).filter(|route| route.path.contains("{id}"))
}

const RANDOM: &str = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

/// A request that would do something if it were allowed to.
async fn knock(api: &Api, route: &Route, id: &str) -> Reply {
    let method: Method = route.method.parse().expect("a method");
    let takes_body = matches!(route.method.as_str(), "POST" | "PATCH");
    let body = takes_body.then(|| match route.path.as_str() {
        "/api/tasks/{id}/move" => json!({ "parent_id": null }),
        "/api/lists/{id}" | "/api/views/{id}" => json!({ "name": "Hacked" }),
        _ => json!({ "title": "Hacked" }),
    });
    let address = route.path.replace("{id}", id);
    api.send(method, &address, &[], body).await.reply
}

async fn knock_at_page(browser: &mut Browser, route: &Route, id: &str) -> Reply {
    let method: Method = route.method.parse().expect("a method");
    let request = TestRequest::default()
        .method(method)
        .uri(&route.path.replace("{id}", id))
        .insert_header(("sec-fetch-site", "same-origin"));
    let fields: &[(&str, &str)] = match (route.method.as_str(), route.path.as_str()) {
        ("POST", "/tasks/{id}") => &[("title", "Hacked"), ("version", "2")],
        ("POST", "/lists/{id}/edit" | "/views/{id}/edit") => &[("name", "Hacked")],
        ("POST", "/tasks/{id}/steps") => &[("title", "Hacked")],
        ("POST", "/tasks/{id}/keep") => &[("step", "2"), ("keep", "0-1")],
        ("POST", "/tasks/{id}/list") => &[("step", "2"), ("name", "Hacked")],
        ("POST", "/tasks/{id}/move") => &[("to", "top")],
        ("POST", "/lists/{id}/move" | "/views/{id}/move") => &[("to", "up")],
        ("POST", "/tasks/{id}/duplicate" | "/lists/{id}/delete" | "/views/{id}/delete") => &[],
        ("POST", _) => &[("next", "/tasks")],
        _ => return browser.send(request).await,
    };
    browser.send(request.set_form(fields)).await
}

/// Everything of an answer that could tell one id from another.
fn seen(reply: &Reply) -> (u16, Vec<(HeaderName, String)>, String) {
    let mut headers: Vec<_> = reply
        .headers
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "x-request-id" | "server-timing"))
        .map(|(name, value)| (name.clone(), format!("{value:?}")))
        .collect();
    headers.sort_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
    let request_id = reply.header("x-request-id");
    let body = reply.text().replace(request_id, "the request's id");
    (reply.status.as_u16(), headers, body)
}

fn id_of(task: &Value) -> &str {
    task["id"].as_str().expect("an id")
}

/// What ann sees of her own, to compare before with after.
async fn all_of(ann: &Api) -> Value {
    ann.get("/api/tasks?status=any").await.ok()
}

on_both_engines! {
    async fn the_table_names_every_route_and_no_other(site: Site) {
        let mut known: Vec<Route> = table().into_keys().collect();
        known.sort();

        assert_eq!(*site.routes, known);
    }

    async fn without_a_token_the_api_answers_401_whatever_the_id(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let task = ann.add("Buy milk").await;
        let before = all_of(&ann).await;

        for route in guarded(By::Token) {
            for id in [id_of(&task), RANDOM, "x"] {
                let reply = knock(&site.stranger(), &route, id).await;
                assert_eq!(reply.status, 401, "{route:?}");
                assert_eq!(
                    reply.header("www-authenticate"),
                    "Bearer realm=\"tickbox\"",
                    "{route:?}"
                );
                assert!(!reply.text().contains("Buy milk"), "{route:?}");
            }
        }

        assert_eq!(all_of(&ann).await, before);
    }

    async fn without_a_session_the_pages_lead_to_the_log_in_whatever_the_id(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let task = ann.add("Buy milk").await;
        let before = all_of(&ann).await;

        for route in guarded(By::Session) {
            for id in [id_of(&task), RANDOM, "x"] {
                let reply = knock_at_page(&mut site.browser(), &route, id).await;
                assert_eq!(reply.status, 303, "{route:?}");
                let goal = reply.header("location");
                assert!(
                    goal == "/login" || goal.starts_with("/login?next="),
                    "{route:?}: {goal}"
                );
                assert!(reply.body.is_empty(), "{route:?}");
            }
        }

        assert_eq!(all_of(&ann).await, before);
    }

    async fn at_the_api_a_task_of_somebody_else_is_a_task_that_never_was(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        let open = ann.add("Buy milk").await;
        let trashed = ann.add("Call mum").await;
        ann.delete(&at(&trashed)).await.status(204);
        let before = all_of(&ann).await;

        for route in of_one_task(By::Token) {
            let expected = seen(&knock(&bob, &route, RANDOM).await);
            assert_eq!(expected.0, 404, "{route:?}");
            for task in [&open, &trashed] {
                assert_eq!(
                    seen(&knock(&bob, &route, id_of(task)).await),
                    expected,
                    "{route:?}"
                );
            }
        }

        assert_eq!(all_of(&ann).await, before);
    }

    async fn at_the_pages_a_task_of_somebody_else_is_a_task_that_never_was(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let mut bob = site.sign_up("bob").await;
        let open = ann.add("Buy milk").await;
        let trashed = ann.add("Call mum").await;
        ann.delete(&at(&trashed)).await.status(204);
        let before = all_of(&ann).await;

        for route in of_one_task(By::Session) {
            let expected = seen(&knock_at_page(&mut bob, &route, RANDOM).await);
            assert_eq!(expected.0, 404, "{route:?}");
            for task in [&open, &trashed] {
                let found = seen(&knock_at_page(&mut bob, &route, id_of(task)).await);
                assert_eq!(found, expected, "{route:?}");
            }
        }

        assert_eq!(all_of(&ann).await, before);
    }

    async fn what_bob_does_to_all_his_tasks_leaves_anns_alone(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        ann.add("Buy milk").await;
        bob.add("Pay rent").await;
        let before = all_of(&ann).await;

        assert_eq!(bob.titles("/api/tasks?status=any").await, ["Pay rent"]);
        bob.delete("/api/tasks").await.status(204);

        assert_eq!(all_of(&ann).await, before);
    }

    async fn a_cursor_into_somebody_elses_list_shows_ones_own(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        for title in ["one", "two", "three"] {
            ann.add(title).await;
        }
        bob.add("Pay rent").await;
        let next = ann
            .get("/api/tasks?limit=1")
            .await
            .link("next")
            .expect("more");

        let seen = bob.titles(&next).await;

        assert_eq!(seen, ["Pay rent"]);
    }

    async fn a_task_cannot_be_moved_to_somebody_elses_list(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        let hers = ann.add("Buy milk").await;
        let his = bob.add("Pay rent").await;
        let nowhere = json!({ "list_id": RANDOM });

        let refused = bob
            .patch(&at(&his), json!({ "list_id": hers["list_id"] }))
            .await;

        assert_eq!(refused.refused(), ["/list_id"]);
        assert_eq!(
            seen(&refused.reply),
            seen(&bob.patch(&at(&his), nowhere).await.reply)
        );
        let made = bob
            .post(
                "/api/tasks",
                json!({ "title": "x", "list_id": hers["list_id"] }),
            )
            .await;
        assert_eq!(made.refused(), ["/list_id"]);
        assert_eq!(bob.get(&at(&his)).await.ok(), his);
    }

    async fn the_word_of_a_deed_on_somebody_elses_task_says_nothing(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let mut bob = site.sign_up("bob").await;
        let task = ann.add("Buy milk").await;

        let page = bob
            .visit(&format!("/tasks?did={}", task["version"]))
            .await
            .ok();

        assert!(!page.has(".flash") && !page.reply.text().contains("Buy milk"));
    }
}
