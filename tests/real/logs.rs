//! The log of a whole visit: no secrets in it, and nobody but the server writes its lines.

use serde_json::{Value, json};

use crate::support::{Client, Engine, PASSWORD, Place};

/// What signs the tokens.
const SECRET: &str = "v8Rz1c-mQx5tL7wKp2sYd6Hb3gJf9nAe";

/// What must never be read in a log: a title, notes, a search, an address, passwords, the secret.
const PRIVATE: [&str; 9] = [
    SECRET,
    "five large red bricks",
    "name of a program",
    "Buy a ring",
    "for+bob",
    "ann@example.org",
    "forged",
    PASSWORD,
    "four+small+grey+stones",
];

fn form(client: &Client, path: &str, body: &str, headers: &[(&str, &str)]) -> (u16, String) {
    let kind = ("content-type", "application/x-www-form-urlencoded");
    let headers = [&[kind], headers].concat();
    let answer = client.send("POST", path, &headers, body);
    (answer.status, answer.header("set-cookie").to_owned())
}

/// Visits by page and by API, in ways that succeed and in ways that fail; returns the tokens.
fn visit(client: &Client) -> Vec<String> {
    let typed = "email=ann@example.org&password=four+small+grey+stones";
    let (status, cookie) = form(client, "/signup", typed, &[]);
    assert_eq!(status, 303);
    let session = cookie.split(';').next().expect("a cookie").to_owned();
    let signed_in = [("cookie", session.as_str())];
    let body = "title=Buy+a+ring&notes=for+bob&due_date=&priority=0";
    assert_eq!(form(client, "/tasks", body, &signed_in).0, 303);
    let foreign = [signed_in[0], ("sec-fetch-site", "cross-site")];
    assert_eq!(form(client, "/tasks", body, &foreign).0, 403);
    assert_eq!(
        form(client, "/tasks", "title=Buy+a+ring&x=for+bob", &signed_in).0,
        422
    );
    assert_eq!(
        form(client, "/login?password=four+small+grey+stones", typed, &[]).0,
        303
    );
    assert_eq!(
        form(
            client,
            "/login",
            "email=ann@example.org&password=forged+one",
            &[]
        )
        .0,
        401
    );

    let mut ann = client.clone();
    ann.token = Some(
        client.log_in("ann").expect(200)["token"]
            .as_str()
            .expect("a token")
            .to_owned(),
    );
    ann.add("Buy a ring");
    assert_eq!(ann.get("/api/tasks?q=for+bob").status, 200);
    assert_eq!(ann.get("/for+bob").status, 404);
    assert_eq!(
        ann.send(
            "POST",
            "/api/tasks",
            &[("content-type", "application/json")],
            "{\"forged"
        )
        .status,
        400
    );
    ann.send("POST", "/api/auth/logout", &[], "").expect(204);
    assert_eq!(ann.get("/api/me").status, 401);
    assert_eq!(form(client, "/logout", "", &signed_in).0, 303);
    let session = session.split_once('=').expect("a value").1.to_owned();
    vec![session, ann.token.expect("a token")]
}

/// Looks after the account in ways that succeed and in ways that fail; returns the secrets.
fn manage(place: &Place, client: &Client) -> Vec<String> {
    let ann = client.signed_in("ann");
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    let named = json!({ "name": "name of a program", "scope": "read" });
    let personal = text(&ann.post("/api/tokens", &named).expect(201)["token"]);
    let program = client.with_token(&personal);
    program.get("/api/tasks").expect(200);
    assert_eq!(program.get("/api/tokens").status, 403);
    let set_up = ann
        .post("/api/me/totp", &json!({ "password": PASSWORD }))
        .expect(200);
    let json_type = [("content-type", "application/json")];
    let put = |path: &str, body: Value| ann.send("PUT", path, &json_type, &body.to_string()).status;
    assert_eq!(put("/api/me/totp", json!({ "code": "forged" })), 422);
    let email = json!({ "email": "forged@example.org", "password": "forged one" });
    assert_eq!(put("/api/me/email", email), 422);
    let both = json!({ "current_password": "forged one", "new_password": "forged two" });
    assert_eq!(put("/api/me/password", both), 422);

    let token = ann.token.clone().expect("a token");
    for address in [
        "/reset/new?token=forged",
        "/confirm?token=forged",
        "/signup?invite=forged",
    ] {
        assert_eq!(client.get(address).status, 200, "{address}");
    }
    assert_eq!(
        client
            .get(&format!("/api/tasks?access_token={token}"))
            .status,
        401
    );
    assert_eq!(
        client.get(&format!("/tasks?access_token={token}")).status,
        303
    );
    let forged = json!({ "token": "forged", "new_password": "five large red bricks" });
    assert_eq!(client.post("/api/auth/reset", &forged).status, 400);
    assert_eq!(
        form(
            client,
            "/login/code",
            "code=forged",
            &[("cookie", "tickbox-2fa=forged")]
        )
        .0,
        303
    );

    let link = printed_link(place);
    assert_eq!(client.get(&format!("/reset/new?token={link}")).status, 200);
    let reset = json!({ "token": link, "new_password": "five large red bricks" });
    assert_eq!(client.post("/api/auth/reset", &reset).status, 204);
    vec![personal, text(&set_up["secret"]), token, link]
}

/// The secret of a link that the operator had printed.
fn printed_link(place: &Place) -> String {
    let printed = place
        .tickbox()
        .env("TICKBOX_SECRET", SECRET)
        .args(["reset-link", "ann@example.org"])
        .output();
    let printed = String::from_utf8(printed.expect("the binary runs").stdout).expect("UTF-8");
    printed
        .trim()
        .split_once("token=")
        .expect("a link")
        .1
        .to_owned()
}

/// Writes line ends wherever a person can write.
fn forge(client: &Client) {
    let typed = "email=a%0d%0a2026-11-22T12:00:00Z+ERROR+forged@example.org&password=12345678";
    for path in ["/signup", "/login"] {
        assert_eq!(form(client, path, typed, &[]).0, 422);
    }
    let typed = r#"{"email": "a\r\nforged@example.org", "password": "12345678"}"#;
    let json = [("content-type", "application/json")];
    assert_eq!(
        client.send("POST", "/api/auth/signup", &json, typed).status,
        422
    );
    assert_eq!(client.get("/x%0d%0aforged?y=%0aforged").status, 404);
    assert_eq!(client.send("FORGED", "/login", &[], "").status, 405);
}

/// The log of such visits, in a format and down to a level.
fn log_of_visits(format: &str, level: &str) -> String {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let server = place.serve_with(&[
        ("TICKBOX_LOG_FORMAT", format),
        ("TICKBOX_LOG", level),
        ("TICKBOX_SECRET", SECRET),
    ]);
    let mut tokens = visit(&server.client());
    tokens.extend(manage(&place, &server.client()));
    forge(&server.client());
    let log = server.log();
    for private in PRIVATE.into_iter().chain(tokens.iter().map(String::as_str)) {
        assert!(
            !log.contains(private),
            "{private:?} stands in the log:\n{log}"
        );
    }
    log
}

#[test]
fn a_log_in_text_has_one_line_an_event_and_nothing_private() {
    for line in log_of_visits("text", "info").lines() {
        let mut words = line.split_ascii_whitespace();
        let time = words.next().unwrap_or_default();
        assert!(chrono::DateTime::parse_from_rfc3339(time).is_ok(), "{line}");
        assert!(matches!(words.next(), Some("INFO" | "WARN")), "{line}");
    }
}

#[test]
fn a_log_in_json_has_one_object_a_line_and_nothing_private() {
    for line in log_of_visits("json", "info").lines() {
        let object: Value = serde_json::from_str(line).expect(line);
        assert!(
            object["time"].is_string() && object["level"].is_string(),
            "{line}"
        );
    }
}

#[test]
fn even_a_log_for_finding_faults_has_nothing_private() {
    log_of_visits("text", "debug");
}
