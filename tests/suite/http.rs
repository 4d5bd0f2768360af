//! What HTTP asks of every route of the API: methods, media types, and answers without a body.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};

use actix_web::HttpServer;
use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{Api, Reply, Site, at};

const RANDOM: &str = "/api/tasks/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// Posts bytes as they are to the collection of tasks.
async fn post_as(api: &Api, content_type: &str, body: &'static str) -> Reply {
    let token = api.token.as_deref().expect("a token");
    let request = TestRequest::post()
        .uri("/api/tasks")
        .insert_header(("authorization", format!("Bearer {token}")))
        .insert_header(("content-type", content_type))
        .set_payload(body);
    api.site.send(request).await
}

/// The same site behind a socket, for what only the wire shows.
fn listen(site: &Site) -> SocketAddr {
    let state = site.state.clone();
    let server = HttpServer::new(move || tickbox::app(state.clone()))
        .workers(1)
        .disable_signals()
        .bind("127.0.0.1:0")
        .expect("a free port");
    let address = server.addrs()[0];
    drop(actix_web::rt::spawn(server.run()));
    address
}

/// Head and body of an answer, read until the server hangs up.
async fn ask(address: SocketAddr, method: &str, path: &str, token: &str) -> (String, String) {
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n\
         Connection: close\r\n\r\n"
    );
    let answer = actix_web::rt::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).expect("a connection");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("an answer");
        answer
    });
    let answer = answer.await.expect("a thread");
    let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
    (head.to_owned(), body.to_owned())
}

/// The lines of a head that are the same with every request.
fn lasting(head: &str) -> Vec<String> {
    let mut lines: Vec<_> = head.lines().map(str::to_ascii_lowercase).collect();
    let passing = ["x-request-id:", "date:", "server-timing:"];
    lines.retain(|line| !passing.iter().any(|name| line.starts_with(name)));
    lines.sort();
    lines
}

on_both_engines! {
    async fn head_answers_like_get_but_for_the_body(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let (address, token) = (listen(&site), ann.token.clone().expect("a token"));
        let paths = [
            "/api/tasks",
            &at(&task),
            RANDOM,
            "/api/me",
            "/api/openapi.json",
            "/api/docs",
            "/login",
            "/healthz",
            "/favicon.ico",
            "/tasks",
        ];

        for path in paths {
            let (got, body) = ask(address, "GET", path, &token).await;
            let (head, nothing) = ask(address, "HEAD", path, &token).await;
            assert_eq!(nothing, "", "{path}");
            assert_eq!(lasting(&head), lasting(&got), "{path}");
            assert!(!body.is_empty() || path == "/tasks", "{path}");
        }
    }

    async fn a_body_in_another_media_type_is_415(site: Site) {
        let ann = ann(&site).await;

        for sent in [
            "",
            "text/plain",
            "application/x-www-form-urlencoded",
            "application/json; charset=latin1",
            "application/jsonp",
        ] {
            let reply = post_as(&ann, sent, r#"{"title":"Buy milk"}"#).await;
            assert_eq!(reply.status, 415, "{sent}: {}", reply.text());
        }
        for sent in ["application/json", "Application/JSON; charset=\"UTF-8\""] {
            let reply = post_as(&ann, sent, r#"{"title":"Buy milk"}"#).await;
            assert_eq!(reply.status, 201, "{sent}: {}", reply.text());
        }
    }

    async fn a_body_that_is_no_json_object_says_why(site: Site) {
        let ann = ann(&site).await;

        for (body, status) in [
            ("", 400),
            ("{", 400),
            ("{\"title\":}", 400),
            ("[]", 422),
            ("\"x\"", 422),
            ("null", 422),
        ] {
            let reply = post_as(&ann, "application/json", body).await;
            assert_eq!(reply.status, status, "{body}: {}", reply.text());
        }
        let twice = post_as(&ann, "application/json", r#"{"title":"a","title":"b"}"#).await;
        assert_eq!(twice.status, 422);
        assert_eq!(ann.get("/api/tasks").await.ok(), json!([]));
    }

    async fn a_method_that_an_address_does_not_have_is_405_with_those_it_has(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let cases = [
            (
                Method::PUT,
                "/api/tasks".to_owned(),
                "DELETE, GET, HEAD, POST",
            ),
            (Method::PUT, at(&task), "DELETE, GET, HEAD, PATCH"),
            (
                Method::GET,
                format!("{}/completion", at(&task)),
                "DELETE, PUT",
            ),
            (Method::GET, format!("{}/restore", at(&task)), "POST"),
            (Method::POST, "/api/me".to_owned(), "DELETE, GET, HEAD, PATCH"),
            (Method::GET, "/api/auth/login".to_owned(), "POST"),
        ];

        for (method, address, expected) in cases {
            let answer = ann.send(method, &address, &[], None).await;
            answer.problem(405, "method-not-allowed");
            let mut allowed: Vec<_> = answer.reply.header("allow").split(", ").collect();
            allowed.sort_unstable();
            assert_eq!(allowed.join(", "), expected, "{address}");
        }
    }

    async fn an_address_that_does_not_exist_is_a_problem_document(site: Site) {
        let ann = ann(&site).await;

        for address in [
            "/api",
            "/api/",
            "/api/task",
            "/api/tasks/",
            "/api/tasks/x/y",
            RANDOM,
        ] {
            let problem = ann.get(address).await.problem(404, "not-found");
            assert_eq!(problem["type"], "/problems/not-found");
        }
    }

    async fn who_takes_no_json_is_told_so_before_anything_is_done(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "title": "Buy milk" });

        for accept in [
            "text/html",
            "application/xml, text/*;q=0.5",
            "application/json;q=0",
        ] {
            let answer = ann
                .send(
                    Method::POST,
                    "/api/tasks",
                    &[("accept", accept)],
                    Some(new.clone()),
                )
                .await;
            answer.problem(406, "not-acceptable");
        }
        for accept in [
            "*/*",
            "application/*;q=0.1",
            "text/html, application/json;q=0.2",
        ] {
            let answer = ann
                .send(Method::GET, "/api/tasks", &[("accept", accept)], None)
                .await;
            assert_eq!(answer.ok(), json!([]));
        }
    }

    async fn an_id_has_one_spelling(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let id = task["id"].as_str().expect("an id");

        for other in [
            id.to_uppercase(),
            id.replace('-', ""),
            format!("{{{id}}}"),
            "1".to_owned(),
        ] {
            let address = format!(
                "/api/tasks/{}",
                other.replace('{', "%7B").replace('}', "%7D")
            );
            ann.get(&address).await.problem(404, "not-found");
        }
    }
}
