//! The language of the pages: what the browser asks for until somebody signs in, what they set up
//! from then on. The API is English for everybody.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{Browser, PASSWORD, Page, Site};

/// Somebody whose browser asks for German when they sign up.
async fn anna(site: &Site) -> Browser {
    let mut anna = site.browser();
    anna.language = "de-AT,de;q=0.9,en;q=0.8";
    let form = anna.visit("/signup").await.ok();
    let email = "anna@example.org";
    let typed = [("email", email), ("password", PASSWORD)];
    form.submit(&mut anna, "#signup", &typed).await.ok();
    email.clone_into(&mut anna.email);
    anna
}

#[track_caller]
fn assert_german(page: &Page) {
    assert!(page.has("html[lang=de]"), "{}", page.address);
    assert_eq!(page.reply.header("content-language"), "de");
}

/// The task that a quick-added line on this page makes, after every list in it was made.
async fn example(browser: &mut Browser) -> serde_json::Value {
    let api = browser.api().await;
    let page = browser.visit("/tasks").await.ok();
    let hint = page.text("#title-hint");
    let (_, line) = hint.split_once(": ").expect("an example");
    let list = line.split(' ').find_map(|word| word.strip_prefix('#'));
    let list = json!({ "name": list.expect("a list") });
    let list = api.post("/api/lists", list).await.created();
    let added = page
        .submit(browser, "#new-task", &[("title", line)])
        .await
        .ok();
    let address = added.attributes(".flash a", "href");
    let task = api.get(&format!("/api{}", address[0])).await.ok();
    assert_eq!(task["list_id"], list["id"], "{line}");
    task
}

on_both_engines! {
    async fn a_browser_that_asks_for_german_is_answered_in_german(site: Site) {
        let mut stranger = site.browser();
        stranger.language = "de";

        let page = stranger.visit("/login").await.ok();

        assert_german(&page);
        assert_eq!(page.reply.header("vary"), "Accept-Language");
        assert_eq!(page.text("title"), "Anmelden · Tickbox");
        assert_eq!(page.texts("#login label"), ["E-Mail-Adresse", "Passwort"]);
        assert_eq!(page.text("#login button"), "Anmelden");
        let typed = [("email", "anna@example.org"), ("password", "a wrong one")];
        let refused = page.submit(&mut stranger, "#login", &typed).await.status(401);
        assert_german(&refused);
        assert_eq!(refused.text("title"), "Fehler: Anmelden · Tickbox");
        assert_eq!(
            refused.text("#email-error"),
            "Fehler: E-Mail und Passwort passen zu keinem Konto hier."
        );
    }

    async fn english_is_spoken_to_everybody_else(site: Site) {
        for language in ["", "fr", "en", "*", "fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7", "de;q=0"] {
            let mut stranger = site.browser();
            stranger.language = language;
            let page = stranger.visit("/login").await.ok();
            assert!(page.has("html[lang=en-GB]"), "{language}");
            assert_eq!(page.text("h1"), "Sign in", "{language}");
            assert_eq!(page.reply.header("content-language"), "en-GB", "{language}");
            assert_eq!(page.reply.header("vary"), "Accept-Language", "{language}");
        }
        let mut american = site.browser();
        american.language = "en-US";
        let page = american.visit("/login").await.ok();
        assert!(page.has("html[lang=en-US]"));
        assert_eq!(page.text("h1"), "Sign in");
    }

    async fn who_signs_up_in_german_keeps_german(site: Site) {
        let mut anna = anna(&site).await;
        let me = anna.api().await.get("/api/me").await.ok();
        assert_eq!(me["locale"], "de");

        anna.language = "en";
        let page = anna.visit("/tasks").await.ok();

        assert_german(&page);
        assert_eq!(page.reply.header("vary"), "Accept-Encoding");
        assert_eq!(page.text("h1"), "Offene Aufgaben");
        assert_eq!(page.text(".empty h2"), "Nichts zu tun");
        assert_eq!(page.text("nav.views a[href='/inbox']"), "Eingang");
    }

    async fn every_page_speaks_the_language_that_was_set(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        for line in [
            "Miete zahlen 2026-11-20 p1",
            "Mama anrufen 2026-11-22 17:30 @familie",
            "Zahnarzt 2026-11-26",
            "Pass verlängern 2027-02-01 every year",
        ] {
            api.post("/api/tasks/quick", json!({ "text": line })).await.created();
        }
        let page = ann.visit("/upcoming").await.ok();
        assert_eq!(page.texts("h2.day"), ["Overdue", "Today", "Thursday", "February 2027"]);
        let kept = page.reply.header("etag").to_owned();

        api.patch("/api/me", json!({ "locale": "de" })).await.ok();

        let page = ann.visit("/upcoming").await.ok();
        assert_german(&page);
        assert_ne!(page.reply.header("etag"), kept);
        assert_eq!(page.text("title"), "Demnächst · Tickbox");
        assert_eq!(page.texts("h2.day"), ["Überfällig", "Heute", "Donnerstag", "Februar 2027"]);
        assert_eq!(
            page.texts(".task time"),
            ["Überfällig: Fr., 20. Nov.", "heute, 17:30", "Do., 26. Nov.", "Mo., 1. Feb."]
        );
        assert_eq!(page.texts(".task .meta b"), ["Hohe Priorität"]);
        let labels = page.attributes(".task .tick", "aria-label");
        assert_eq!(labels[0], "Erledigen: Miete zahlen");

        let address = page.attributes(".task .title", "href").swap_remove(0);
        check_task_page(&ann.visit(&address).await.ok());
        check_other_pages(&mut ann).await;
    }

    async fn what_was_done_is_said_in_german(site: Site) {
        let mut anna = anna(&site).await;
        for title in ["Brot", "<b>Milch</b>"] {
            anna.add(title).await;
        }
        let page = anna.visit("/tasks").await.ok();

        let done = page.submit(&mut anna, ".task .tick", &[]).await.ok();
        assert_eq!(done.text(".flash"), "„<b>Milch</b>“ erledigt. Anzeigen");
        assert_eq!(done.text("#undo button"), "Rückgängig");
        let undone = done.submit(&mut anna, "#undo", &[]).await.ok();
        assert_eq!(undone.text(".flash"), "„<b>Milch</b>“ wieder geöffnet. Anzeigen");
        assert_eq!(undone.text("#undo button"), "Wiederholen");
        let page = anna.visit("/lists").await.ok();
        let made = page.submit(&mut anna, "#new-list", &[("name", "Garten")]).await.ok();
        assert_eq!(made.text(".flash"), "Liste „Garten“ angelegt.");
        let page = anna.visit("/settings").await.ok();
        let saved = page.submit(&mut anna, "#settings", &[("theme", "dark"), ("page_size", "5")]).await.ok();
        assert_eq!(saved.text(".flash"), "Einstellungen „Seitenlänge, Farben“ geändert.");

        let page = anna.visit("/history").await.ok();
        let steps = page.texts(".steps li > span");
        assert_eq!(steps[0], "Einstellungen „Seitenlänge, Farben“ geändert");
        assert_eq!(steps[3], "„<b>Milch</b>“ erledigt zurückgenommen");
        let summary = &anna.api().await.history().await[0]["summary"];
        assert_eq!(summary, "Changed the settings “page_size, theme”");
    }

    async fn a_refused_form_says_so_in_german(site: Site) {
        let mut anna = anna(&site).await;
        let page = anna.visit("/tasks").await.ok();

        let refused = page.submit(&mut anna, "#new-task", &[("title", " ")]).await.status(422);

        assert_german(&refused);
        assert_eq!(refused.text("title"), "Fehler: Offene Aufgaben · Tickbox");
        assert_eq!(refused.text(".problems h2"), "Bitte sieh dir das zuerst an");
        assert!(refused.text("#title-error").starts_with("Fehler: "));
        anna.add("Milch").await;
        let page = anna.visit("/tasks").await.ok();
        let refused = page.submit(&mut anna, "#tasks", &[]).await.status(422);
        assert_eq!(refused.texts(".problems li"), ["Kreuze zuerst die Aufgaben an."]);
    }

    async fn an_error_page_speaks_the_language_of_the_browser(site: Site) {
        let mut stranger = site.browser();
        stranger.language = "de";

        let page = stranger.visit("/nirgends").await.status(404);

        assert_german(&page);
        assert_eq!(page.reply.header("vary"), "Accept-Language");
        assert_eq!(page.text("h1"), "Nicht gefunden");
        assert_eq!(page.texts("main p")[..2], ["Fehler 404", "Hier ist nichts."]);
        assert_eq!(page.text("main a.button"), "Zu deinen Aufgaben");
        let request = TestRequest::post().uri("/login").insert_header(("sec-fetch-site", "cross-site"));
        let refused = Page::new("/login".to_owned(), stranger.send(request).await).status(403);
        assert_german(&refused);
        assert!(refused.texts("main p")[1].starts_with("Das kam von einer anderen Website"));
    }

    async fn the_api_and_its_documentation_are_english(site: Site) {
        let mut anna = anna(&site).await;
        let api = anna.api().await;

        let problem = api.post("/api/tasks", json!({ "title": "" })).await.problem(422, "invalid");
        assert_eq!(problem["title"], "Not valid");
        assert_eq!(problem["errors"][0]["detail"], "say what is to be done");
        let headers = [("accept-language", "de")];
        let method = actix_web::http::Method::GET;
        let missing = api.send(method, "/api/nothing", &headers, None).await.problem(404, "not-found");
        assert_eq!(missing["title"], "Not found");

        for address in ["/api/docs", "/problems/invalid"] {
            let page = anna.visit(address).await.ok();
            assert_german(&page);
            assert!(page.has("main[lang=en]"), "{address}");
            assert_eq!(page.text(".skip"), "Zum Inhalt springen");
        }
        let page = anna.visit("/api/docs").await.ok();
        assert_eq!(page.text("h1"), "API reference");
        assert_eq!(page.reply.header("vary"), "Accept-Encoding, Accept-Language");
    }

    async fn the_example_of_a_line_works_as_it_stands(site: Site) {
        let task = example(&mut site.sign_up("ann").await).await;
        let said = (&task["title"], &task["due_time"], &task["recurrence"]);
        let monthly = json!("FREQ=MONTHLY");
        assert_eq!(said, (&json!("Pay rent"), &json!("09:00"), &monthly));

        let task = example(&mut anna(&site).await).await;
        let said = (&task["title"], &task["due_date"], &task["due_time"]);
        assert_eq!(said, (&json!("Miete zahlen"), &json!("2026-12-01"), &json!("09:00")));
        assert_eq!((&task["labels"], &task["priority"]), (&json!(["rechnungen"]), &json!(3)));
    }

    async fn what_was_understood_is_shown_back_in_german(site: Site) {
        let mut anna = anna(&site).await;

        let page = anna.add("Blumen gießen 2026-12-01 #Balkon p1 #Inbox").await;

        assert_eq!(
            page.texts(".understood li span"),
            ["Datum 2026-12-01: 2026-12-01", "Priorität p1: hoch", "Liste #Inbox: Eingang"]
        );
        let unknown = page.texts(".understood li");
        let unknown = unknown.iter().find(|part| part.contains("Balkon")).expect("one");
        assert!(unknown.starts_with("Es gibt keine Liste „Balkon“"), "{unknown}");
    }
}

#[track_caller]
fn check_task_page(page: &Page) {
    assert_german(page);
    assert_eq!(page.text("h1"), "Miete zahlen");
    assert_eq!(page.text("p.due"), "Überfällig: Fr., 20. Nov.");
    assert_eq!(
        page.text("p.history"),
        "Hinzugefügt am 22. Nov. 2026, 12:00."
    );
    assert_eq!(
        page.texts("#list_id option"),
        ["Eingang"],
        "the one list that there is"
    );
    assert_eq!(
        page.texts("#priority option"),
        ["Keine", "Niedrig", "Mittel", "Hoch"]
    );
}

async fn check_other_pages(ann: &mut Browser) {
    let page = ann.visit("/lists").await.ok();
    assert_german(&page);
    assert_eq!(page.text("h1"), "Listen und Etiketten");
    assert_eq!(page.text("#label-0 p"), "familie 1 offen");
    let page = ann.visit("/settings").await.ok();
    assert_german(&page);
    assert_eq!(
        page.texts("#theme option"),
        ["Wie auf dem Gerät", "Hell", "Dunkel"]
    );
    let page = ann.visit("/history").await.ok();
    assert_german(&page);
    assert_eq!(page.texts("h2.day"), ["heute"]);
    let page = page.submit(ann, ".steps form", &[]).await.ok();
    assert!(
        page.has("html[lang=en-GB]"),
        "taking the setting back is said in what it brings back"
    );
    let page = ann.visit("/settings").await.ok();
    let page = page
        .submit(ann, "#settings", &[("locale", "de")])
        .await
        .ok();
    assert_german(&page);
    assert_eq!(page.text(".flash"), "Einstellungen „Sprache“ geändert.");
}
