//! HTTP as no browser sends it: what one reader of a request could take for two, or never ending.

use std::time::Duration;

use crate::support::{Engine, Place, Server, Wire};

/// How long to listen for an answer that should not come.
const SILENCE: Duration = Duration::from_secs(1);
const LONG: Duration = Duration::from_secs(40);

const GET: &str = "GET /login HTTP/1.1\r\nHost: localhost\r\n";
const POST: &str = "POST /login HTTP/1.1\r\nHost: localhost\r\n\
                    Content-Type: application/x-www-form-urlencoded\r\n";
/// Answered if it is taken for a request of its own.
const HIDDEN: &str = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";

fn serve(test: impl FnOnce(&Server)) {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let server = place.serve();
    test(&server);
    assert!(!server.log().contains("panicked"), "{}", server.log());
}

/// Each request is answered once, with this status, and the connection is closed after it.
#[track_caller]
fn each_is_refused(status: u16, requests: &[String]) {
    serve(|server| {
        for request in requests {
            let mut wire = Wire::open(server.address());
            wire.send(request.as_bytes());
            let heard = wire.hear(LONG);
            let start: String = request.chars().take(300).collect();
            assert_eq!(heard.statuses(), [status], "{start:?}: {}", heard.text);
        }
    });
}

#[test]
fn a_body_has_one_length() {
    let lengths = [
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: +5",
        "Content-Length: 5, 5",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length:",
        "Content-Length: 99999999999999999999999",
    ];
    let requests = lengths.map(|length| format!("{POST}{length}\r\n\r\n0\r\n\r\n{HIDDEN}"));
    each_is_refused(400, &requests);
}

#[test]
fn a_body_has_no_other_coding_than_chunked() {
    let codings = [
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, gzip",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: \u{b}chunked",
        "Transfer-Encoding : chunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    ];
    let request = |coding| format!("{POST}{coding}\r\n\r\n0\r\n\r\n{HIDDEN}");
    let mut requests = codings.map(request).to_vec();
    let old = request("Transfer-Encoding: chunked").replace("HTTP/1.1\r\nHost", "HTTP/1.0\r\nHost");
    requests.push(old);
    each_is_refused(400, &requests);
}

#[test]
fn a_chunk_says_its_size_in_plain_digits() {
    let chunks = [
        "0x7\r\nabcdefg\r\n",
        "fffffffffffffffff\r\nabc\r\n",
        "-1\r\nabc\r\n",
        "+7\r\nabcdefg\r\n",
        "7\r\nabcdefgXX",
        "g\r\nabc\r\n",
        "\r\nabc\r\n",
    ];
    let begin = format!("{POST}Transfer-Encoding: chunked\r\n\r\n");
    each_is_refused(400, &chunks.map(|chunk| format!("{begin}{chunk}0\r\n\r\n")));
}

#[test]
fn a_request_names_one_host() {
    let requests = [
        "GET /healthz HTTP/1.1\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\nHost: example.org\r\n\r\n",
        "GET /login HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n",
    ];
    each_is_refused(400, &requests.map(str::to_owned));
}

#[test]
fn a_host_is_one_that_the_server_answers_for() {
    let hosts = [
        "example.org",
        "",
        "a\"><script>",
        "localhost:80:80",
        "ann@localhost",
    ];
    let with = |host| format!("GET /login HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    let mut requests = hosts.map(with).to_vec();
    requests.push(
        "GET http://example.org/login HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
            .to_owned(),
    );
    each_is_refused(421, &requests);
}

#[test]
fn a_host_that_a_client_claims_was_asked_for_is_never_written_out() {
    let claims = [
        "X-Forwarded-Host: evil.example",
        "X-Forwarded-Server: evil.example",
        "Forwarded: host=evil.example;proto=https",
        "X-Forwarded-Proto: https\r\nX-Forwarded-Host: evil.example",
    ];
    serve(|server| {
        for claim in claims {
            let mut wire = Wire::open(server.address());
            // The reference shows the server's own address.
            let request = format!(
                "GET /api/docs HTTP/1.1\r\nHost: localhost:8080\r\n{claim}\r\n\
                 Accept-Encoding: identity\r\nConnection: close\r\n\r\n"
            );
            wire.send(request.as_bytes());
            let text = wire.hear(LONG).text;
            assert!(
                text.contains("curl http://localhost:8080/api"),
                "{claim}: {text}"
            );
            assert!(!text.contains("evil.example"), "{claim}: {text}");
        }
    });
}

#[test]
fn what_is_not_http_1_is_refused() {
    let requests = [
        format!("{GET}X: a\r\n b\r\n\r\n"),
        format!("{GET}X: a\0b\r\n\r\n"),
        format!("{GET}X y: a\r\n\r\n"),
        "GET /login HTTP/2.0\r\nHost: localhost\r\n\r\n".to_owned(),
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_owned(),
        // How TLS begins.
        format!("\u{16}\u{3}\u{1}\u{2}{}", "a".repeat(50)),
        format!(
            "GET /{} HTTP/1.1\r\nHost: localhost\r\n\r\n",
            "a".repeat(70_000)
        ),
    ];
    each_is_refused(400, &requests);
}

#[test]
fn a_head_is_limited_in_number_and_size() {
    let many = "X: a\r\n".repeat(100);
    let large = format!("X: {}\r\n", "a".repeat(140_000));
    each_is_refused(
        431,
        &[many, large].map(|headers| format!("{GET}{headers}\r\n")),
    );
}

#[test]
fn a_body_that_nobody_asked_for_is_not_the_next_request() {
    serve(|server| {
        let last = "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
        let get = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n";
        let length = HIDDEN.len();
        let whole = [
            format!("{get}Content-Length: {length}\r\n\r\n{HIDDEN}{last}"),
            format!(
                "{get}Transfer-Encoding: chunked\r\n\r\n{length:x}\r\n{HIDDEN}\r\n0\r\n\r\n{last}"
            ),
        ];
        for request in whole {
            let mut wire = Wire::open(server.address());
            wire.send(request.as_bytes());
            let text = wire.hear(LONG).text;
            assert_eq!(
                text.matches("\r\nok\n").count() + text.matches("ready\n").count(),
                2
            );
            assert!(text.ends_with("ready\n"), "{text}");
        }

        let cut_short = format!("{get}Content-Length: 500\r\n\r\n{HIDDEN}");
        let mut wire = Wire::open(server.address());
        wire.send(cut_short.as_bytes());
        let heard = wire.hear(SILENCE);
        assert_eq!(heard.statuses(), [200], "{}", heard.text);
    });
}

#[test]
fn whoever_dawdles_is_told_so() {
    let unfinished = format!("{POST}Content-Length: 500\r\n\r\nemail=");
    let cases = [
        ("", 5),
        ("GET /login HTTP/1.1\r\n", 5),
        (GET, 5),
        (&unfinished, 20),
    ];
    serve(|server| {
        std::thread::scope(|scope| {
            for (request, seconds) in cases {
                scope.spawn(move || {
                    let mut wire = Wire::open(server.address());
                    wire.send(request.as_bytes());
                    let heard = wire.hear(LONG);
                    assert_eq!(heard.statuses(), [408], "{request:?}: {}", heard.text);
                    let range = seconds - 1..seconds + 10;
                    assert!(
                        range.contains(&heard.after.as_secs()),
                        "{request:?}: {heard:?}"
                    );
                });
            }
        });
        assert_eq!(server.client().get("/healthz").status, 200);
    });
}
