//! Two doors, one house: each action once by form and once by JSON, with the same outcome.

use actix_web::http::StatusCode;
use serde_json::{Value, json};

use crate::support::{Api, Browser, Page, Site, at};

/// A person with a browser and a script.
async fn ann(site: &Site) -> (Browser, Api) {
    let browser = site.sign_up("ann").await;
    let api = browser.api().await;
    (browser, api)
}

/// A task without what differs between any two: its id, its version, its place.
fn bare(task: &Value) -> Value {
    let mut task = task.clone();
    let members = task.as_object_mut().expect("an object");
    for own in ["id", "url", "html_url", "version", "order"] {
        members.remove(own).expect("a member");
    }
    task
}

/// The page of a task.
async fn page_of(browser: &mut Browser, task: &Value) -> Page {
    let id = task["id"].as_str().expect("an id");
    browser.visit(&format!("/tasks/{id}")).await.ok()
}

/// Two tasks alike, one for each door.
async fn twins(api: &Api) -> (Value, Value) {
    let new = json!({
        "title": "Buy milk", "notes": "oat", "due_date": "2026-11-27", "priority": 2,
    });
    let one = api.post("/api/tasks", new.clone()).await.created();
    (one, api.post("/api/tasks", new).await.created())
}

/// Asserts that both are now alike, and different from what they were.
async fn assert_alike(api: &Api, (by_form, by_json): (&Value, &Value)) {
    let form = api.get(&at(by_form)).await.ok();
    let json = api.get(&at(by_json)).await.ok();
    assert_eq!(bare(&form), bare(&json));
    assert_ne!(bare(&form), bare(by_form));
}

/// A clause as a page writes it.
fn as_sentence(clause: &Value) -> String {
    let clause = clause.as_str().expect("a clause");
    let (first, rest) = clause.split_at(1);
    format!("Error: {}{rest}.", first.to_uppercase())
}

on_both_engines! {
    async fn a_task_made_by_form_is_the_task_made_by_json(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let fields = [
            ("title", " Pay rent "),
            ("notes", "a\r\nb"),
            ("due_date", "2026-11-27"),
            ("priority", "3"),
        ];
        let list = browser.visit("/tasks").await.ok();

        list.submit(&mut browser, "#new-task", &fields).await.ok();
        let members = json!({
            "title": " Pay rent ", "notes": "a\r\nb", "due_date": "2026-11-27", "priority": 3,
        });
        let by_json = api.post("/api/tasks", members).await.created();

        let all = api.get("/api/tasks").await.ok();
        assert_eq!(bare(&all[0]), bare(&by_json));
        assert_eq!(by_json["notes"], "a\nb");
        assert_eq!(
            api.titles("/api/tasks?sort=order").await,
            ["Pay rent", "Pay rent"]
        );
    }

    async fn a_form_left_empty_makes_the_task_that_a_bare_title_makes(site: Site) {
        let (mut browser, api) = ann(&site).await;

        browser.add("Buy milk").await;
        let by_json = api.add("Buy milk").await;

        assert_eq!(bare(&api.get("/api/tasks").await.ok()[0]), bare(&by_json));
    }

    async fn editing_is_the_same_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        site.set_clock("2026-11-22T12:30:00Z");
        let fields = [
            ("title", "Buy bread"),
            ("notes", ""),
            ("due_date", ""),
            ("priority", "0"),
        ];
        let members =
            json!({ "title": "Buy bread", "notes": null, "due_date": null, "priority": null });

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#edit-task", &fields)
            .await
            .ok();
        api.patch(&at(&other), members).await.ok();

        assert_alike(&api, (&one, &other)).await;
    }

    async fn an_edit_that_changes_nothing_changes_nothing_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        site.set_clock("2026-11-22T12:30:00Z");

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#edit-task", &[])
            .await
            .ok();
        api.patch(&at(&other), json!({ "title": "Buy milk" }))
            .await
            .ok();

        assert_eq!(api.get(&at(&one)).await.ok(), one);
        assert_eq!(api.get(&at(&other)).await.ok(), other);
    }

    async fn completing_is_the_same_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        site.set_clock("2026-11-22T12:30:00Z");

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#complete-task", &[])
            .await
            .ok();
        api.put(&format!("{}/completion", at(&other))).await.ok();

        assert_alike(&api, (&one, &other)).await;
    }

    async fn reopening_is_the_same_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        api.put(&format!("{}/completion", at(&one))).await.ok();
        api.put(&format!("{}/completion", at(&other))).await.ok();
        site.set_clock("2026-11-22T12:30:00Z");

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#reopen-task", &[])
            .await
            .ok();
        api.delete(&format!("{}/completion", at(&other))).await.ok();

        assert_alike(&api, (&one, &other)).await;
        assert_eq!(api.get(&at(&one)).await.ok()["completed"], false);
    }

    async fn deleting_is_the_same_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        site.set_clock("2026-11-22T12:30:00Z");

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#delete-task", &[])
            .await
            .ok();
        api.delete(&at(&other)).await.status(204);

        assert_alike(&api, (&one, &other)).await;
    }

    async fn restoring_is_the_same_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let (one, other) = twins(&api).await;
        api.delete("/api/tasks").await.status(204);
        site.set_clock("2026-11-22T12:30:00Z");

        page_of(&mut browser, &one)
            .await
            .submit(&mut browser, "#restore-task", &[])
            .await
            .ok();
        api.post(&format!("{}/restore", at(&other)), Value::Null)
            .await
            .ok();

        assert_alike(&api, (&one, &other)).await;
        assert_eq!(api.get(&at(&one)).await.ok()["deleted_at"], Value::Null);
    }

    async fn the_same_mistake_is_told_in_the_same_words(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let list = browser.visit("/tasks").await.ok();
        let long = "x".repeat(501);
        let notes = "x".repeat(20_001);

        for (field, typed, sent) in [
            ("title", "", json!("")),
            ("title", long.as_str(), json!(long)),
            ("title", "a\tb", json!("a\tb")),
            ("notes", notes.as_str(), json!(notes)),
            ("notes", "a\u{0}b", json!("a\u{0}b")),
            ("due_date", "soon", json!("soon")),
            ("due_date", "2026-02-30", json!("2026-02-30")),
            ("priority", "4", json!(4)),
        ] {
            let mut members = json!({ "title": "Buy milk" });
            members[field] = sent;
            // Taken as it is: a line of quick add takes a tab for a space.
            let mut fields = vec![("title", "Buy milk"), ("plain", "1")];
            fields.push((field, typed));
            let page = list
                .submit(&mut browser, "#new-task", &fields)
                .await
                .status(422);
            let problem = api
                .post("/api/tasks", members)
                .await
                .problem(422, "invalid");
            assert_eq!(
                problem["errors"].as_array().map(Vec::len),
                Some(1),
                "{problem}"
            );
            assert_eq!(problem["errors"][0]["pointer"], format!("/{field}"));
            assert_eq!(
                page.text(&format!("#{field}-error")),
                as_sentence(&problem["errors"][0]["detail"])
            );
        }
    }

    async fn a_parameter_that_is_wrong_is_told_in_the_same_words(site: Site) {
        let (mut browser, api) = ann(&site).await;

        for query in ["status=x", "sort=x", "limit=999", "cursor=x", "page=2"] {
            let page = browser.visit(&format!("/tasks?{query}")).await.status(422);
            let problem = api
                .get(&format!("/api/tasks?{query}"))
                .await
                .problem(422, "invalid");
            let sentence = as_sentence(&problem["errors"][0]["detail"]);
            assert!(
                page.texts("p").contains(&sentence.replace("Error: ", "")),
                "{sentence}"
            );
        }
    }

    async fn what_is_not_there_is_not_there_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let gone = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

        let page = browser.visit(&format!("/tasks/{gone}")).await.status(404);
        let problem = api
            .get(&format!("/api/tasks/{gone}"))
            .await
            .problem(404, "not-found");

        assert_eq!(page.text("h1"), problem["title"]);
        let sentence = as_sentence(&problem["detail"]).replace("Error: ", "");
        assert!(page.texts("p").contains(&sentence), "{sentence}");
    }

    async fn changing_a_task_in_the_trash_is_refused_at_both_doors(site: Site) {
        let (mut browser, api) = ann(&site).await;
        let task = api.add("Buy milk").await;
        api.delete(&at(&task)).await.status(204);
        let form = format!("/tasks/{}/complete", task["id"].as_str().expect("an id"));

        let page = browser.post(&form, &[]).await;
        let problem = api
            .put(&format!("{}/completion", at(&task)))
            .await
            .problem(409, "conflict");

        assert_eq!(page.status, StatusCode::CONFLICT);
        let sentence = as_sentence(&problem["detail"]).replace("Error: ", "");
        assert!(page.text().contains(&sentence), "{sentence}");
    }

    async fn both_doors_show_the_same_tasks_in_the_same_order(site: Site) {
        let (mut browser, api) = ann(&site).await;
        for number in 0..30 {
            let new = json!({
                "title": format!("task {number}"), "order": number % 4, "priority": number % 3,
            });
            api.post("/api/tasks", new).await.created();
        }

        for query in [
            "status=open&sort=order",
            "status=all&sort=-priority",
            "status=open&sort=-created",
            "status=all&sort=updated",
        ] {
            let page = browser
                .visit(&format!("/tasks?{query}&limit=12"))
                .await
                .ok();
            let first = api.titles(&format!("/api/tasks?{query}&limit=12")).await;
            assert_eq!(page.texts(".task .title"), first, "{query}");
            let next = page.follow(&mut browser, "a[rel=next]").await.ok();
            let all = api.titles(&format!("/api/tasks?{query}&limit=24")).await;
            assert_eq!(next.texts(".task .title"), all[12..], "{query}");
        }
    }
}
