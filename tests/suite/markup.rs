//! What every page has in every state, and what it weighs.

use std::io::Read as _;

use actix_web::test::TestRequest;
use flate2::read::GzDecoder;
use scraper::{ElementRef, Html, Selector};
use serde_json::json;

use crate::support::{Browser, Page, Reply};

/// One round trip.
const BUDGET: usize = 14_600;

async fn add_many(browser: &mut Browser, count: usize) {
    let api = browser.api().await;
    for number in 0..count {
        let new = json!({
            "title": format!("A task with a title of usual length, number {number}"),
            "priority": number % 4, "due_date": format!("2026-11-{:02}", number + 1),
            "notes": if number % 3 == 0 { "more about it" } else { "" },
        });
        api.post("/api/tasks", new).await.created();
    }
}

async fn get_as(browser: &mut Browser, address: &str, accept: &str) -> Reply {
    let request = TestRequest::get().uri(address);
    let request = match accept {
        "" => request,
        coding => request.insert_header(("accept-encoding", coding)),
    };
    browser.send(request).await
}

fn unzip(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    plain
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("a selector")
}

/// Whether a person is told what the control is.
fn is_named(html: &Html, control: ElementRef<'_>) -> bool {
    let has_label = control.attr("id").is_some_and(|id| {
        html.select(&selector(&format!("label[for='{id}']")))
            .next()
            .is_some()
    });
    let has_words = control.text().any(|text| !text.trim().is_empty());
    has_label || has_words || control.attr("aria-label").is_some()
}

/// Asserts what holds for each page, whatever it shows.
#[track_caller]
fn check(page: &Page) {
    let (text, at) = (page.reply.text(), &page.address);
    assert!(!text.contains("<script"), "a script on {at}");
    let html = Html::parse_document(text);
    assert_eq!(html.select(&selector("h1")).count(), 1, "h1 on {at}");
    assert_eq!(
        html.select(&selector("head > title")).count(),
        1,
        "title on {at}"
    );
    assert_eq!(
        html.select(&selector("html[lang]")).count(),
        1,
        "lang on {at}"
    );
    assert_eq!(
        html.select(&selector("main#main")).count(),
        1,
        "main on {at}"
    );
    let controls = selector("input:not([type=hidden]), select, textarea, button, summary");
    for control in html.select(&controls) {
        assert!(is_named(&html, control), "{} on {at}", control.html());
    }
    check_attributes(&html, at);
    let is_error = !page.reply.status.is_success();
    let is_form = html.select(&selector("main form")).next().is_some();
    let title = page.text("title");
    assert_eq!(
        title.starts_with("Error: "),
        is_error && is_form,
        "{title} on {at}"
    );
}

/// Asserts that attributes run nothing, and that what they refer to is there, once.
#[track_caller]
fn check_attributes(html: &Html, at: &str) {
    let mut ids = Vec::new();
    for element in html.select(&selector("*")) {
        for (name, _) in element.value().attrs() {
            assert!(name != "style" && !name.starts_with("on"), "{name} on {at}");
        }
        ids.extend(element.attr("id"));
    }
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count, "an id stands twice on {at}");
    for described in html.select(&selector("[aria-describedby]")) {
        for id in described.attr("aria-describedby").expect("some").split(' ') {
            assert!(ids.contains(&id), "{id} describes and is missing on {at}");
        }
    }
}

on_both_engines! {
    async fn every_page_in_every_state_is_sound(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let mut pages = vec![ann.visit("/tasks").await];
        add_many(&mut ann, 26).await;
        for address in [
            "/tasks",
            "/tasks?status=all",
            "/tasks?status=completed",
            "/tasks?status=trashed",
            "/api/docs",
            "/problems/invalid",
            "/tasks?limit=0",
            "/nowhere",
        ] {
            pages.push(ann.visit(address).await);
        }
        let list = ann.visit("/tasks").await.ok();
        pages.push(
            list.submit(&mut ann, "#new-task", &[("title", ""), ("due_date", "x")])
                .await,
        );
        pages.push(
            list.submit(&mut ann, "#new-task", &[("title", "one more")])
                .await,
        );
        let first = &list.attributes(".task a.title", "href")[0];
        let task = ann.visit(first).await;
        pages.push(task.submit(&mut ann, "#edit-task", &[("title", "")]).await);
        pages.push(
            task.submit(&mut ann, "#edit-task", &[("title", "changed")])
                .await,
        );
        pages.push(
            task.submit(&mut ann, "#edit-task", &[("title", "stale")])
                .await,
        );
        let saved = ann.visit(first).await;
        pages.push(saved.submit(&mut ann, "#complete-task", &[]).await);
        pages.push(saved.submit(&mut ann, "#delete-task", &[]).await);
        pages.push(ann.visit(first).await);
        pages.push(ann.visit("/tasks?status=completed").await);
        pages.push(ann.visit("/tasks?status=trashed").await);
        pages.extend([task, list]);

        for page in &pages {
            check(page);
        }
        let mut statuses: Vec<_> = pages
            .iter()
            .map(|page| page.reply.status.as_u16())
            .collect();
        statuses.sort_unstable();
        statuses.dedup();
        assert_eq!(statuses, [200, 404, 409, 422]);
    }

    async fn every_page_for_strangers_is_sound(site: Site) {
        let mut nobody = site.browser();
        let login = nobody
            .visit("/tasks/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11")
            .await
            .ok();
        let signup = login.follow(&mut nobody, ".aside a").await.ok();
        let wrong = [
            ("email", "ann@example.org"),
            ("password", "wrong and long enough"),
        ];
        let refused = login
            .submit(&mut nobody, "#login", &wrong)
            .await
            .status(401);
        let empty = signup
            .submit(&mut nobody, "#signup", &[("email", "x"), ("password", "")])
            .await
            .status(422);
        let lost = nobody.visit("/nowhere").await.status(404);

        for page in [&login, &signup, &refused, &empty, &lost] {
            check(page);
        }
    }

    async fn a_compressed_page_is_the_same_page(site: Site) {
        let mut ann = site.sign_up("ann").await;
        add_many(&mut ann, 25).await;
        let api = ann.api().await;
        let bearer = format!("Bearer {}", api.token.expect("a token"));

        for address in ["/tasks", "/api/tasks", "/api/docs", "/api/openapi.json"] {
            let request = |coding| {
                TestRequest::get()
                    .uri(address)
                    .insert_header(("authorization", bearer.as_str()))
                    .insert_header(("accept-encoding", coding))
            };
            let plain = ann.send(request("identity")).await;
            let small = ann.send(request("br;q=0.5, gzip")).await;
            assert_eq!(plain.header("content-encoding"), "", "{address}");
            assert_eq!(small.header("content-encoding"), "gzip", "{address}");
            assert_eq!(unzip(&small.body), plain.body, "{address}");
            assert!(small.body.len() < plain.body.len(), "{address}");
            let varies = match address {
                // Nobody has to sign in for it, so the browser says in which language.
                "/api/docs" => "Accept-Encoding, Accept-Language",
                _ => "Accept-Encoding",
            };
            assert_eq!(small.header("vary"), varies, "{address}");
            assert_eq!(small.header("etag"), plain.header("etag"), "{address}");
        }
    }

    async fn nothing_with_a_secret_in_it_is_compressed_or_kept(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let login = json!({ "email": ann.email, "password": crate::support::PASSWORD });
        let request = TestRequest::post()
            .uri("/api/auth/login")
            .insert_header(("accept-encoding", "gzip"))
            .set_json(login);

        let reply = ann.send(request).await;

        assert_eq!(reply.status, 200);
        assert_eq!(reply.header("content-encoding"), "");
        assert_eq!(reply.header("cache-control"), "no-store");
    }

    async fn a_page_of_25_tasks_with_style_and_icons_fits_one_round_trip(site: Site) {
        let mut ann = site.sign_up("ann").await;
        add_many(&mut ann, 25).await;
        let page = ann.visit("/tasks").await.ok();
        assert_eq!(page.texts(".task").len(), 25);
        let style = &page.attributes("link[rel=stylesheet]", "href")[0];
        let icons = page.attributes("use", "href")[0]
            .split('#')
            .next()
            .map(str::to_owned);

        let mut sizes = vec![get_as(&mut ann, "/tasks", "gzip").await.body.len()];
        for address in [style, &icons.expect("a sprite")] {
            let reply = get_as(&mut ann, address, "gzip, deflate, br").await;
            assert_eq!(reply.header("content-encoding"), "br", "{address}");
            sizes.push(reply.body.len());
        }

        assert!(sizes.iter().sum::<usize>() <= BUDGET, "{sizes:?}");
    }

    async fn static_files_are_kept_for_ever_and_read_the_same_in_every_coding(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let page = ann.visit("/tasks").await.ok();

        for address in page.attributes("link[rel=stylesheet], link[rel=icon]", "href") {
            let plain = get_as(&mut ann, &address, "").await;
            let small = get_as(&mut ann, &address, "gzip").await;
            assert_eq!(unzip(&small.body), plain.body, "{address}");
            assert_eq!(
                plain.header("cache-control"),
                "public, max-age=31536000, immutable"
            );
            assert_eq!(plain.header("vary"), "Accept-Encoding");
        }
        assert_eq!(ann.get("/static/tickbox.css").await.status, 404);
    }
}
