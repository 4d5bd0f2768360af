//! What may stand in a field, what becomes of it, and that no page takes it for markup.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Api, Browser, Page, Site};

const NOBODY: &str = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

/// Makes a task at each door and says what both answered: none for a 422.
async fn at_both_doors(
    ann: &mut Browser,
    api: &Api,
    fields: &[(&str, &str)],
) -> [Option<Value>; 2] {
    let members: serde_json::Map<_, _> = fields
        .iter()
        .map(|(name, text)| ((*name).to_owned(), json!(text)))
        .collect();
    let answer = api.post("/api/tasks", members.into()).await;
    // Taken as it is: what quick add understands is another matter.
    let form: Vec<_> = fields.iter().copied().chain([("plain", "1")]).collect();
    let reply = ann.post("/tasks", &form).await;
    let by_api = if answer.reply.status == 201 {
        Some(answer.created())
    } else {
        assert!(!answer.refused().is_empty(), "{fields:?}");
        None
    };
    let by_form = match reply.status.as_u16() {
        303 => api.get("/api/tasks?sort=-created&limit=1").await.ok()[0].clone(),
        status => {
            assert_eq!(status, 422, "{fields:?}");
            Value::Null
        }
    };
    [by_api, Some(by_form).filter(|task| !task.is_null())]
}

/// Shows a person everything that their text can get into, and returns the pages.
#[expect(
    clippy::too_many_lines,
    clippy::cognitive_complexity,
    reason = "one list of everything to look at, best read in one piece"
)]
async fn tour(site: &Site, name: &str, text: &str) -> Vec<Page> {
    let mut ann = site.sign_up(name).await;
    let mut pages = Vec::new();
    let reply = ann
        .post(
            "/tasks",
            &[("title", text), ("notes", text), ("plain", "1")],
        )
        .await;
    assert_eq!(reply.status, 303, "{text}");
    let flash = reply.header("location").to_owned();
    pages.push(ann.visit(&flash).await.ok());
    let task = pages[0].attributes(".task .title", "href").remove(0);
    pages.push(ann.visit(&task).await.ok());
    let edit = |version| {
        [
            ("title", text),
            ("notes", text),
            ("due_date", text),
            ("priority", text),
            ("version", version),
        ]
    };
    for (action, fields) in [
        ("", &edit("2")[..]),
        (
            "",
            &[("title", "Buy eggs"), ("notes", "x"), ("version", "0")][..],
        ),
        (
            "",
            &[
                ("title", text),
                ("notes", "x"),
                ("due_date", "2026-11-27"),
                ("priority", "3"),
                ("version", "2"),
            ][..],
        ),
        ("/complete", &[][..]),
        ("/reopen", &[][..]),
        ("/delete", &[][..]),
        ("/restore", &[][..]),
        ("", &[("title", text), (text, text)][..]),
        ("/complete", &[(text, text)][..]),
    ] {
        let address = format!("{task}{action}");
        let reply = ann.post(&address, fields).await;
        let goal = reply.header("location").to_owned();
        pages.push(match reply.status.as_u16() {
            303 => ann.visit(&goal).await.ok(),
            _ => Page::new(address, reply),
        });
    }
    pages.push(Page::new(
        "/tasks".to_owned(),
        ann.post("/tasks", &edit("2")).await,
    ));
    ann.post(&format!("{task}/delete"), &[]).await;
    pages.push(ann.visit("/tasks?status=trashed").await.ok());
    pages.push(ann.visit(&task).await.ok());
    let query: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
    for address in [
        "/tasks?",
        "/tasks?status=",
        "/tasks/",
        "/login?next=",
        "/problems/",
        "/",
    ] {
        pages.push(ann.visit(&format!("{address}{query}")).await);
    }
    for address in ["/login", "/signup"] {
        let fields = [
            ("email", text),
            ("password", text),
            ("next", text),
            (text, text),
        ];
        let mut bob = site.browser();
        pages.push(Page::new(
            address.to_owned(),
            bob.post(address, &fields).await,
        ));
    }
    pages
}

on_both_engines! {
    async fn no_page_takes_what_was_typed_for_markup(site: Site) {
        let plain = tour(&site, "ann", "Buy milk").await;
        for page in &plain {
            for element in page.shape() {
                let (name, attributes) = element.split_once(' ').expect("a name");
                assert!(!["script", "style", "base", "iframe", "object"].contains(&name), "{element}");
                let is_bad = |name: &str| name == "style" || name.starts_with("on");
                assert!(!attributes.split(' ').any(is_bad), "{element} on {}", page.address);
            }
        }
        for (at, text) in [
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)' x='",
            "\" autofocus onfocus=alert(1) x=\"",
            "</textarea><script>alert(1)</script>",
            "</title></style></head><base href=//evil.example>",
            "<meta http-equiv=refresh content='0;url=//evil.example'>",
            "<form action=//evil.example><input name=password>",
            "<!-- --><svg/onload=alert(1)>",
            "]]><b>&lt;i&gt;&#60;u&#62;",
            "{{7*7}}{% include \"x\" %}${7*7}",
            "javascript:alert(1)",
            "\u{202e}gnp.elif\u{2066}<b>",
            "%3Cscript%3E %22 &quot; &amp; \\u003cb\\u003e",
        ]
        .into_iter()
        .enumerate()
        {
            let pages = tour(&site, &format!("bob{at}"), text).await;
            assert_eq!(pages.len(), plain.len());
            for (page, expected) in pages.iter().zip(&plain) {
                let (here, status) = (&page.address, page.reply.status);
                assert_eq!(status, expected.reply.status, "{text} at {here}");
                assert_eq!(page.shape(), expected.shape(), "{text} at {here}");
            }
            let folded = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(pages[0].texts(".task .title"), [folded.as_str()]);
            assert_eq!(pages[1].text("h1"), folded);
            assert_eq!(pages[1].field("#edit-task", "title"), text);
            assert_eq!(pages[1].field("#edit-task", "notes"), text);
        }
    }

    async fn text_comes_back_as_it_was_typed(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let rows: [(&str, &str, &str); 12] = [
            ("title", "<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("title", "  Milk  &  eggs  ", "Milk  &  eggs"),
            ("title", "\tBuy milk\r\n", "Buy milk"),
            ("title", "\u{202e}klim yuB", "\u{202e}klim yuB"),
            ("title", "👩\u{200d}👩\u{200d}👧", "👩\u{200d}👩\u{200d}👧"),
            ("title", "e\u{301} é", "e\u{301} é"),
            ("title", "' OR 1=1 --", "' OR 1=1 --"),
            ("title", "%_\\", "%_\\"),
            ("notes", "a\tb\nc", "a\tb\nc"),
            ("notes", "a\r\nb\rc", "a\nb\nc"),
            ("notes", "\n\n a \n\n", "\n\n a \n\n"),
            ("notes", "</textarea>", "</textarea>"),
        ];

        for (name, sent, stored) in rows {
            let mut fields = vec![(name, sent)];
            if name != "title" {
                fields.push(("title", "Buy milk"));
            }
            for task in at_both_doors(&mut ann, &api, &fields).await {
                assert_eq!(task.expect("a task")[name], stored, "{name} {sent:?}");
            }
        }
    }

    async fn what_a_field_cannot_hold_is_refused_at_both_doors(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let long = |count| "x".repeat(count);
        let emoji = |count| "😀".repeat(count);
        let mut rows: Vec<(&str, String, bool)> = vec![
            ("title", String::new(), false),
            ("title", " \u{a0}\u{3000} ".to_owned(), false),
            ("title", "\u{200d}".to_owned(), false),
            ("title", "\u{200b}\u{feff}\u{2060}\u{ad}".to_owned(), false),
            ("title", long(499), true),
            ("title", long(500), true),
            ("title", long(501), false),
            ("title", emoji(500), true),
            ("title", emoji(501), false),
            ("title", "a\u{2028}b".to_owned(), false),
            ("title", "a\u{85}b".to_owned(), false),
            ("notes", String::new(), true),
            ("notes", long(20_000), true),
            ("notes", long(20_001), false),
            ("notes", "é".repeat(20_000), true),
            ("notes", "a\u{7f}b".to_owned(), false),
            ("due_date", "1970-01-01".to_owned(), true),
            ("due_date", "9999-12-31".to_owned(), true),
            ("due_date", "2024-02-29".to_owned(), true),
            ("due_date", "2026-02-29".to_owned(), false),
            ("due_date", "2026-02-30".to_owned(), false),
            ("due_date", "2026-13-01".to_owned(), false),
            ("due_date", "2026-00-10".to_owned(), false),
            ("due_date", "0000-01-01".to_owned(), false),
            ("due_date", "1969-12-31".to_owned(), false),
            ("due_date", "+10000-01-01".to_owned(), false),
            ("due_date", "-0001-01-01".to_owned(), false),
            ("due_date", "2026-1-1".to_owned(), false),
            ("due_date", "2016-12-31T23:59:60Z".to_owned(), false),
            ("due_date", "٢٠٢٦-٠١-٠١".to_owned(), false),
            ("due_date", "tomorrow\0".to_owned(), false),
            ("list_id", NOBODY.to_owned(), false),
            ("list_id", "0".to_owned(), false),
            ("list_id", "' OR 1=1 --".to_owned(), false),
        ];
        for c in ('\0'..='\u{1f}').chain(['\u{7f}']) {
            let is_white = matches!(c, '\t' | '\n' | '\r');
            rows.push(("title", format!("a{c}b"), false));
            rows.push(("notes", format!("a{c}b"), is_white));
        }

        for (name, value, fits) in rows {
            let mut fields = vec![(name, value.as_str())];
            if name != "title" {
                fields.push(("title", "Buy milk"));
            }
            let [by_api, by_form] = at_both_doors(&mut ann, &api, &fields).await;
            let shown: String = value.chars().take(20).collect();
            assert_eq!(by_api.is_some(), fits, "{name} {shown:?} by JSON");
            assert_eq!(by_form.is_some(), fits, "{name} {shown:?} by form");
        }
    }

    async fn a_list_of_somebody_else_is_no_list(site: Site) {
        let (mut ann, bob) = (site.sign_up("ann").await, site.sign_up("bob").await.api().await);
        let api = ann.api().await;
        let foreign = bob.add("Rent").await["list_id"].as_str().expect("an id").to_owned();
        let task = api.add("Buy milk").await;
        let address = format!("/api/tasks/{}", task["id"].as_str().expect("an id"));
        let page = address.replace("/api", "");
        let version = task["version"].to_string();

        let mut answers = Vec::new();
        for list in [foreign.as_str(), NOBODY] {
            let body = json!({ "title": "x", "list_id": list });
            answers.push(api.post("/api/tasks", body.clone()).await.reply);
            answers.push(api.patch(&address, body).await.reply);
            let fields = [("title", "x"), ("list_id", list), ("version", &version)];
            answers.push(ann.post("/tasks", &fields[..2]).await);
            answers.push(ann.post(&page, &fields).await);
        }

        let [first, second] = [&answers[..4], &answers[4..]];
        for (foreign, unknown) in first.iter().zip(second) {
            assert_eq!((foreign.status.as_u16(), unknown.status.as_u16()), (422, 422));
            assert_eq!(foreign.text(), unknown.text());
        }
        assert_eq!(api.get("/api/tasks?status=any").await.ok(), json!([task]));
        assert_eq!(bob.titles("/api/tasks").await, ["Rent"]);
    }

    async fn a_parameter_that_makes_no_sense_is_refused_at_both_doors(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        api.add("Buy milk").await;
        for (query, status) in [
            ("limit=1", 200),
            ("limit=200", 200),
            ("limit=0", 422),
            ("limit=201", 422),
            ("limit=1000000000", 422),
            ("limit=99999999999999999999", 422),
            ("limit=-1", 422),
            ("limit=1.5", 422),
            ("limit=x", 422),
            ("limit=", 422),
            ("limit=1&limit=1", 422),
            ("page=-1", 422),
            ("page=1", 422),
            ("page=1000000000000000000", 422),
            ("offset=1", 422),
            ("user_id=1", 422),
            ("status=OPEN", 422),
            ("status=", 422),
            ("status=open&status=any", 422),
            ("sort=title;drop", 422),
            ("sort=--order", 422),
            ("sort=order&sort=order", 422),
            ("cursor=", 422),
            ("cursor=x", 422),
            ("cursor=%00", 422),
            ("cursor=%ff", 422),
            ("cursor=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", 422),
            ("cursor=//////////////////////////////////8", 422),
            ("cursor=x&cursor=x", 422),
            ("%00=%00", 422),
            ("%ff", 422),
            ("=", 422),
            ("&&", 200),
            ("", 200),
        ] {
            let page = ann.get(&format!("/tasks?{query}")).await;
            // A form sends the fields that were left empty, which ask for nothing.
            let is_empty = query.ends_with('=');
            assert_eq!(page.status, if is_empty { 200 } else { status }, "page: {query}");
            let answer = api.send(Method::GET, &format!("/api/tasks?{query}"), &[], None).await;
            assert_eq!(answer.reply.status, status, "API: {query}");
        }
    }
}
