//! What people set up for themselves, at both doors, and what follows from it.

use serde_json::{Value, json};

use crate::support::Api;

async fn set(api: &Api, patch: Value) -> Value {
    api.patch("/api/me", patch).await.ok()
}

on_both_engines! {
    async fn a_new_account_has_the_usual_settings(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;

        let mut me = ann.get("/api/me").await.ok();
        let members = me.as_object_mut().expect("an object");

        assert!(members.remove("id").is_some() && members.remove("created_at").is_some());
        assert_eq!(
            me,
            json!({
                "email": "ann@example.org", "email_verified": false, "name": "", "timezone": "UTC", "locale": "en-GB",
                "theme": "auto", "quick_add_symbols": "todoist", "page_size": 25,
                "week_start": "monday",
            })
        );
        let page = browser.visit("/settings").await.ok();
        assert_eq!(page.field("#settings", "timezone"), "UTC");
        assert_eq!(page.field("#settings", "page_size"), "25");
    }

    async fn both_doors_set_the_same_things_up(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;

        let page = browser.visit("/settings").await.ok();
        let fields = [("name", " Ann "), ("theme", "dark"), ("page_size", "5")];
        let saved = page.submit(&mut browser, "#settings", &fields).await.ok();

        let me = ann.get("/api/me").await.ok();
        assert_eq!((&me["name"], &me["theme"], &me["page_size"]), (&json!("Ann"), &json!("dark"), &json!(5)));
        assert_eq!(saved.text(".flash"), "Changed the settings “name, page_size, theme”.");
        assert!(saved.has("html.dark") && saved.text(".account b") == "Ann");
        set(&ann, json!({ "name": "", "theme": "light", "id": me["id"], "email": "x" })).await;
        let page = browser.visit("/settings").await.ok();
        assert!(page.has("html.light") && page.text(".account b") == "ann@example.org");
        assert_eq!(ann.get("/api/me").await.ok()["email"], "ann@example.org");
    }

    async fn what_cannot_be_set_is_refused_and_changes_nothing(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let before = ann.get("/api/me").await.ok();

        for (patch, field) in [
            (json!({ "timezone": "Mars/Base" }), "/timezone"),
            (json!({ "timezone": 1 }), "/timezone"),
            (json!({ "locale": "xx" }), "/locale"),
            (json!({ "theme": null }), "/theme"),
            (json!({ "week_start": "friday" }), "/week_start"),
            (json!({ "quick_add_symbols": "emoji" }), "/quick_add_symbols"),
            (json!({ "page_size": 4 }), "/page_size"),
            (json!({ "page_size": 201, "name": "kept?" }), "/page_size"),
            (json!({ "page_size": "25" }), "/page_size"),
            (json!({ "name": "x".repeat(101) }), "/name"),
            (json!({ "name": "a\nb" }), "/name"),
            (json!({ "password": "x" }), "/password"),
        ] {
            assert_eq!(ann.patch("/api/me", patch.clone()).await.refused(), [field], "{patch}");
        }
        let page = browser.visit("/settings").await.ok();
        let fields = [("page_size", "many"), ("name", "Ann")];
        let refused = page.submit(&mut browser, "#settings", &fields).await.status(422);

        assert_eq!(refused.text("#page_size-error"), "Error: A page has 5 to 200 rows.");
        assert_eq!(refused.field("#settings", "name"), "Ann", "what was typed is kept");
        assert_eq!(refused.field("#settings", "page_size"), "many");
        assert_eq!(ann.get("/api/me").await.ok(), before);
        assert_eq!(ann.history().await.len(), 0);
    }

    async fn numeric_dates_follow_the_locale(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let due = async |text: &str| {
            let made = ann.post("/api/tasks/quick", json!({ "text": text })).await.created();
            made["tasks"][0]["due_date"].clone()
        };

        assert_eq!(due("Call Bob on 3/4").await, "2027-04-03");
        set(&ann, json!({ "locale": "en-US" })).await;
        assert_eq!(due("Call Bob on 3/4").await, "2027-03-04");
    }

    async fn next_friday_is_in_the_week_that_begins_when_the_owner_says(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let due = async |text: &str| {
            let made = ann.post("/api/tasks/quick", json!({ "text": text })).await.created();
            made["tasks"][0]["due_date"].clone()
        };

        // It is a Sunday.
        assert_eq!(due("Call Bob next friday").await, "2026-11-27");
        set(&ann, json!({ "week_start": "sunday" })).await;
        assert_eq!(due("Call Bob next friday").await, "2026-12-04");
    }

    async fn the_symbols_of_todo_txt_are_read_where_they_are_chosen(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        set(&ann, json!({ "quick_add_symbols": "todotxt" })).await;

        browser.add("(A) Mow #1 +Garden @tools due:2026-12-01").await.ok();

        let task = &ann.get("/api/tasks").await.ok()[0];
        assert_eq!((&task["title"], &task["priority"]), (&json!("Mow #1"), &json!(3)));
        assert_eq!((&task["due_date"], &task["labels"]), (&json!("2026-12-01"), &json!(["tools"])));
        assert_eq!(ann.titles("/api/tasks?list=inbox").await, Vec::<String>::new());
    }

    async fn a_page_is_as_long_as_was_set_unless_its_address_says_otherwise(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        for number in 0..9 {
            ann.add(&format!("task {number}")).await;
        }
        set(&ann, json!({ "page_size": 6 })).await;

        let first = browser.visit("/tasks").await.ok();
        let second = first.follow(&mut browser, "a[rel=next]").await.ok();

        assert_eq!((first.texts(".task .title").len(), second.texts(".task .title").len()), (6, 3));
        assert_eq!(browser.visit("/tasks?limit=8").await.ok().texts(".task .title").len(), 8);
    }

    async fn another_zone_moves_what_is_due_at_a_time(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let new = |title: &str, zone: Value| json!({
            "title": title, "due_date": "2026-11-22", "due_time": "13:00", "due_zone": zone,
        });
        let floating = ann.post("/api/tasks", new("floating", Value::Null)).await.created();
        ann.post("/api/tasks", new("in Berlin", json!("Europe/Berlin"))).await.created();
        let plain = ann.add("plain").await;
        // 12:00 in UTC is 13:00 in Berlin.
        assert_eq!(ann.titles("/api/tasks?sort=due&due=today").await, ["in Berlin", "floating"]);
        assert_eq!(floating["due_at"], "2026-11-22T13:00:00Z");
        let kept = browser.visit("/tasks").await.reply.header("etag").to_owned();

        set(&ann, json!({ "timezone": "Asia/Tokyo" })).await;

        assert_eq!(ann.titles("/api/tasks?sort=due&due=today").await, ["floating", "in Berlin"]);
        assert_eq!(ann.titles("/api/tasks?due=overdue").await, ["floating"]);
        let moved = ann.again(&floating).await;
        assert_eq!(moved["due_at"], "2026-11-22T04:00:00Z");
        assert_ne!(moved["version"], floating["version"], "its ETag is another");
        assert_eq!(ann.again(&plain).await["version"], plain["version"]);
        assert_ne!(browser.visit("/tasks").await.reply.header("etag"), kept);
        ann.undo_last().await;
        assert_eq!(ann.titles("/api/tasks?sort=due&due=today").await, ["in Berlin", "floating"]);
    }

    async fn a_change_of_settings_is_a_step_of_the_history(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        set(&ann, json!({ "theme": "dark", "page_size": 50 })).await;
        set(&ann, json!({ "page_size": 60 })).await;
        set(&ann, json!({ "page_size": 60 })).await;
        let history = ann.history().await;
        assert_eq!(history.len(), 2, "the same again is no change");
        assert_eq!(history[1]["summary"], "Changed the settings “page_size, theme”");

        let undone = ann.undo(&history[1]).await.ok();

        assert_eq!(undone["kept"], json!(["page_size"]), "it was set since");
        let me = ann.get("/api/me").await.ok();
        assert_eq!((&me["theme"], &me["page_size"]), (&json!("auto"), &json!(60)));
    }

    async fn settings_are_each_ones_own(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        let before = bob.get("/api/me").await.ok();

        set(&ann, json!({ "timezone": "Asia/Tokyo", "name": "Ann" })).await;

        assert_eq!(bob.get("/api/me").await.ok(), before);
    }
}
