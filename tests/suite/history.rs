//! The history: every change is one step of it, and every step can be taken back and forth.

use futures_util::future::join;
use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn list(api: &Api, name: &str) -> Value {
    api.post("/api/lists", json!({ "name": name }))
        .await
        .created()
}

async fn view(api: &Api, name: &str) -> Value {
    let new = json!({ "name": name, "query": "due=week" });
    api.post("/api/views", new).await.created()
}

fn place(kind: &str, thing: &Value) -> String {
    format!("/api/{kind}/{}", thing["id"].as_str().expect("an id"))
}

/// Does it; it must be one step of this action, and undo, redo and undo again must each restore
/// everything as it was.
async fn is_one_step(api: &Api, action: &str, deed: impl AsyncFnOnce()) {
    let (before, steps) = (api.everything().await, api.history().await.len());

    deed().await;

    let after = api.everything().await;
    assert_ne!(after, before, "{action}");
    let mut step = only_step(api, action, steps).await;
    for expected in [&before, &after, &before] {
        step = undone(api, &step).await;
        assert_eq!(api.everything().await, *expected, "{action}");
    }
    assert_eq!(api.history().await.len(), steps + 4);
}

/// The one step that came behind so many.
async fn only_step(api: &Api, action: &str, steps: usize) -> Value {
    let mut history = api.history().await;
    assert_eq!(history.len(), steps + 1, "{action}: {history:?}");
    let step = history.swap_remove(0);
    let said = (&step["action"], &step["door"], &step["can_undo"]);
    assert_eq!(said, (&json!(action), &json!("api"), &json!(true)));
    step
}

/// Takes a step back as a whole; the step that this makes.
async fn undone(api: &Api, step: &Value) -> Value {
    let undone = api.undo(step).await.ok();
    assert_eq!(undone["kept"], json!([]), "{step}");
    assert_eq!(undone["undoes"], step["id"]);
    undone
}

/// A task with something in every member, with two steps, one of them done.
async fn rich(api: &Api) -> Value {
    let body = json!({
        "title": "Water plants", "notes": "all of them", "labels": ["home", "green"],
        "priority": 2, "start_date": "2026-11-20", "due_date": "2026-11-24",
        "due_time": "09:30", "due_zone": "Asia/Tokyo", "recurrence": "FREQ=DAILY;COUNT=5",
    });
    let task = api.post("/api/tasks", body).await.created();
    let step = json!({ "title": "fill the can", "parent_id": task["id"] });
    api.post("/api/tasks", step).await.created();
    let step = json!({ "title": "find it", "parent_id": task["id"], "completed": true });
    api.post("/api/tasks", step).await.created();
    task
}

on_both_engines! {
    async fn each_deed_with_a_task_is_one_step_that_goes_back_and_forth(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        let other = list(&ann, "Garden").await;
        let here = at(&task);
        let sub = |rest: &str| format!("{here}/{rest}");

        is_one_step(&ann, "added", async || {
            ann.add("Call mum").await;
        }).await;
        is_one_step(&ann, "saved", async || {
            let all = json!({
                "title": "Water all", "notes": null, "labels": ["green", "new"], "priority": 0,
                "start_date": null, "due_date": "2027-01-31", "due_time": null,
                "recurrence": "FREQ=MONTHLY", "recurrence_from": "completion", "order": 7,
                "recurrence_missed": "keep", "list_id": other["id"],
            });
            ann.patch(&here, all).await.ok();
        }).await;
        is_one_step(&ann, "saved", async || {
            ann.patch(&here, json!({ "recurrence": null, "due_date": null })).await.ok();
        }).await;
        is_one_step(&ann, "completed", async || {
            ann.put(&sub("completion")).await.ok();
        }).await;
        is_one_step(&ann, "saved", async || {
            ann.patch(&here, json!({ "title": "Done", "completed": true })).await.ok();
        }).await;
        is_one_step(&ann, "skipped", async || {
            ann.post(&sub("skip"), Value::Null).await.ok();
        }).await;
        is_one_step(&ann, "duplicated", async || {
            ann.post(&sub("duplicate"), Value::Null).await.created();
        }).await;
        is_one_step(&ann, "moved", async || {
            ann.post(&sub("move"), json!({ "list_id": other["id"] })).await.ok();
        }).await;
        is_one_step(&ann, "deleted", async || {
            ann.delete(&here).await.status(204);
        }).await;
        is_one_step(&ann, "deleted", async || {
            ann.delete("/api/tasks").await.status(204);
        }).await;
        ann.put(&sub("completion")).await.ok();
        is_one_step(&ann, "reopened", async || {
            ann.delete(&sub("completion")).await.ok();
        }).await;
        ann.delete(&here).await.status(204);
        is_one_step(&ann, "restored", async || {
            ann.post(&sub("restore"), Value::Null).await.ok();
        }).await;
    }

    async fn many_changes_of_one_request_are_one_step(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        let id = task["id"].clone();

        is_one_step(&ann, "added", async || {
            let text = "Pack\n  socks\n  shirts @home\nGo tomorrow at 9 every week";
            let added = ann.post("/api/tasks/quick", json!({ "text": text })).await;
            assert_eq!(added.created()["tasks"].as_array().map(Vec::len), Some(4));
        }).await;
        is_one_step(&ann, "changed", async || {
            let operations = json!({ "operations": [
                { "op": "create", "body": { "title": "New" } },
                { "op": "update", "id": id, "body": { "title": "Other" } },
                { "op": "complete", "id": id },
                { "op": "reopen", "id": id },
                { "op": "delete", "id": id },
                { "op": "restore", "id": id },
                { "op": "update", "id": id, "body": { "priority": 3, "notes": "x" } },
            ] });
            ann.post("/api/tasks/batch", operations).await.ok();
        }).await;
    }

    async fn each_deed_with_lists_labels_and_views_goes_back_and_forth(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        let (garden, week) = (list(&ann, "Garden").await, view(&ann, "Week").await);
        ann.set(&task, json!({ "list_id": garden["id"] })).await;
        let (garden, week) = (place("lists", &garden), place("views", &week));

        is_one_step(&ann, "list_added", async || {
            list(&ann, "Work").await;
        }).await;
        is_one_step(&ann, "list_saved", async || {
            let patch = json!({ "name": "Yard", "color": "green", "order": -3 });
            ann.patch(&garden, patch).await.ok();
        }).await;
        is_one_step(&ann, "list_archived", async || {
            ann.patch(&garden, json!({ "archived": true })).await.ok();
        }).await;
        is_one_step(&ann, "list_deleted", async || {
            ann.delete(&garden).await.status(204);
        }).await;
        is_one_step(&ann, "list_deleted", async || {
            ann.delete(&format!("{garden}?tasks=trash")).await.status(204);
        }).await;
        is_one_step(&ann, "label_renamed", async || {
            ann.patch("/api/labels/home", json!({ "name": "house" })).await.ok();
        }).await;
        is_one_step(&ann, "label_renamed", async || {
            ann.patch("/api/labels/home", json!({ "name": "HOME" })).await.ok();
        }).await;
        is_one_step(&ann, "label_renamed", async || {
            ann.patch("/api/labels/home", json!({ "name": "green" })).await.ok();
        }).await;
        is_one_step(&ann, "label_deleted", async || {
            ann.delete("/api/labels/home").await.status(204);
        }).await;
        is_one_step(&ann, "view_added", async || {
            view(&ann, "Other").await;
        }).await;
        is_one_step(&ann, "view_saved", async || {
            let patch = json!({ "name": "Day", "query": "due=today", "order": 5 });
            ann.patch(&week, patch).await.ok();
        }).await;
        is_one_step(&ann, "view_deleted", async || {
            ann.delete(&week).await.status(204);
        }).await;
    }

    async fn what_changes_nothing_is_no_step(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        let garden = list(&ann, "Garden").await;
        let steps = ann.history().await;

        ann.set(&task, json!({ "title": "Water plants" })).await;
        ann.delete(&format!("{}/completion", at(&task))).await.ok();
        ann.post(&format!("{}/restore", at(&task)), Value::Null).await.ok();
        ann.patch(&place("lists", &garden), json!({ "name": "Garden" })).await.ok();
        ann.patch("/api/labels/home", json!({ "name": "home" })).await.ok();
        ann.delete("/api/tasks?label=nowhere").await.status(204);
        ann.post("/api/tasks/batch", json!({ "operations": [] })).await.ok();
        ann.post("/api/tasks", json!({ "title": "" })).await.status(422);
        ann.post("/api/lists", json!({ "name": "garden" })).await.status(422);

        assert_eq!(ann.history().await, steps);
    }

    async fn a_step_says_what_was_done_when_and_by_which_door(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        browser.add("Buy milk").await;
        site.set_clock("2026-11-22T12:30:00Z");
        ann.post("/api/tasks/quick", json!({ "text": "one\ntwo\nthree" })).await.created();

        let history = ann.history().await;

        let short = |step: &Value| json!([step["door"], step["summary"], step["count"], step["at"]]);
        assert_eq!(short(&history[0]), json!(["api", "Added “one” and 2 more", 3, "2026-11-22T12:30:00Z"]));
        assert_eq!(short(&history[1]), json!(["page", "Added “Buy milk”", 1, "2026-11-22T12:00:00Z"]));
        assert_eq!(history.len(), 2);
    }

    async fn an_undo_leaves_what_was_changed_since_and_names_it(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        ann.set(&task, json!({ "title": "First", "notes": "first", "priority": 3 })).await;
        let step = ann.history().await.swap_remove(0);
        ann.set(&task, json!({ "title": "Second", "labels": [] })).await;

        let undone = ann.undo(&step).await.ok();

        assert_eq!(undone["kept"], json!(["title"]));
        let now = ann.again(&task).await;
        assert_eq!(now["title"], "Second");
        assert_eq!((&now["notes"], &now["priority"]), (&task["notes"], &task["priority"]));
        assert_eq!(now["labels"], json!([]));
    }

    async fn an_undo_of_a_list_or_a_label_leaves_what_was_changed_since(site: Site) {
        let ann = ann(&site).await;
        rich(&ann).await;
        let garden = place("lists", &list(&ann, "Garden").await);
        ann.patch(&garden, json!({ "name": "Yard", "color": "red" })).await.ok();
        let renamed = ann.history().await.swap_remove(0);
        ann.patch(&garden, json!({ "name": "Field" })).await.ok();
        ann.patch("/api/labels/home", json!({ "name": "Home" })).await.ok();
        let respelled = ann.history().await.swap_remove(0);
        ann.patch("/api/labels/home", json!({ "name": "HOME" })).await.ok();

        assert_eq!(ann.undo(&renamed).await.ok()["kept"], json!(["name"]));
        assert_eq!(ann.undo(&respelled).await.ok()["kept"], json!(["labels", "name"]));

        let list = ann.get(&garden).await.ok();
        assert_eq!((&list["name"], &list["color"]), (&json!("Field"), &json!("none")));
        assert_eq!(ann.get("/api/labels").await.ok()[1]["name"], "HOME");
    }

    async fn a_list_comes_back_beside_one_that_took_its_name(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        ann.post("/api/tasks", json!({ "title": "Dig", "list_id": garden["id"] })).await.created();
        ann.delete(&place("lists", &garden)).await.status(204);
        let step = ann.history().await.swap_remove(0);
        list(&ann, "garden").await;

        ann.undo(&step).await.ok();

        let back = ann.get(&place("lists", &garden)).await.ok();
        assert!(back["name"].as_str().is_some_and(|name| name.starts_with("Garden (")), "{back}");
        let inside = format!("/api/tasks?list={}", garden["id"].as_str().expect("an id"));
        assert_eq!(ann.titles(&inside).await, ["Dig"]);
    }

    async fn a_step_is_taken_back_once_even_by_two_at_once(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        ann.set(&task, json!({ "title": "Buy bread" })).await;
        let step = ann.history().await.swap_remove(0);

        let (one, two) = join(ann.undo(&step), ann.undo(&step)).await;

        let mut statuses = [one.reply.status.as_u16(), two.reply.status.as_u16()];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409]);
        ann.undo(&step).await.problem(409, "conflict");
        assert_eq!(ann.history().await.len(), 3);
        assert_eq!(ann.again(&task).await["title"], "Buy milk");
    }

    async fn what_was_done_is_taken_back_for_thirty_days(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let (task, other) = (ann.add("one").await, ann.add("two").await);
        site.set_clock("2026-12-22T11:59:59Z");
        browser.sign_in().await;
        let ann = browser.api().await;
        let history = ann.history().await;
        assert_eq!(history[0]["can_undo"], true);
        ann.undo(&history[0]).await.ok();
        site.set_clock("2026-12-22T12:00:00Z");

        assert_eq!(ann.history().await[2]["can_undo"], false);
        ann.undo(&history[1]).await.problem(409, "conflict");

        assert_eq!(ann.again(&task).await["deleted_at"], Value::Null);
        assert_ne!(ann.again(&other).await["deleted_at"], Value::Null);
        site.state.store().clean_up(30, site.clock.now()).await.expect("clean");
        assert_eq!(ann.history().await.len(), 3, "entries are forgotten after 30 days, not on them");
        site.set_clock("2026-12-22T12:00:01Z");
        site.state.store().clean_up(30, site.clock.now()).await.expect("clean");
        assert_eq!(ann.history().await.len(), 1);
    }

    async fn somebody_elses_step_is_no_step(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        ann.add("Buy milk").await;
        let step = ann.history().await.swap_remove(0);
        let nothing = bob.post("/api/history/99999/undo", Value::Null).await;

        let refused = bob.undo(&step).await;

        refused.problem(404, "not-found");
        assert_eq!(refused.reply.body, nothing.reply.body);
        bob.post("/api/history/x/undo", Value::Null).await.problem(404, "not-found");
        assert_eq!(bob.history().await, [Value::Null; 0]);
        assert_eq!(ann.titles("/api/tasks").await, ["Buy milk"]);
    }

    async fn deleting_for_good_is_not_taken_back_and_ends_what_came_before(site: Site) {
        let ann = ann(&site).await;
        let task = rich(&ann).await;
        ann.delete(&at(&task)).await.status(204);
        ann.delete(&format!("{}?permanent=true", at(&task))).await.status(204);
        let history = ann.history().await;

        assert_eq!((&history[0]["action"], &history[0]["can_undo"]), (&json!("purged"), &json!(false)));
        ann.undo(&history[0]).await.problem(409, "conflict");
        assert_eq!(ann.undo(&history[1]).await.ok()["kept"], json!(["deleted_at"]));
        ann.get(&at(&task)).await.problem(404, "not-found");
    }

    async fn the_trash_is_emptied_after_thirty_days_by_the_server_itself(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let (old, task) = (rich(&ann).await, ann.add("young").await);
        ann.delete(&at(&old)).await.status(204);
        site.set_clock("2026-11-23T12:00:00Z");
        browser.sign_in().await;
        ann.delete(&at(&task)).await.status(204);
        site.set_clock("2026-12-22T12:00:00Z");
        browser.sign_in().await;
        let ann = browser.api().await;
        let store = site.state.store();

        assert_eq!(store.clean_up(30, site.clock.now()).await.expect("clean"), 0);
        site.set_clock("2026-12-22T12:00:01Z");
        let gone = store.clean_up(30, site.clock.now()).await.expect("clean");

        assert!(gone > 0);
        assert_eq!(ann.titles("/api/tasks?status=any").await, ["young"]);
        let latest = ann.history().await.swap_remove(0);
        assert_eq!((&latest["door"], &latest["action"]), (&json!("server"), &json!("purged")));
        assert_eq!(latest["can_undo"], false);
    }

    async fn the_history_comes_in_pages_latest_first(site: Site) {
        let ann = ann(&site).await;
        for title in ["one", "two", "three", "four", "five"] {
            ann.add(title).await;
        }
        let all = ann.history().await;

        let first = ann.get("/api/history?limit=2").await;
        let second = ann.get(&first.link("next").expect("more")).await;
        let third = ann.get(&second.link("next").expect("more")).await;

        assert_eq!(third.link("next"), None);
        let parts = [first.ok(), second.ok(), third.ok()];
        let together: Vec<_> = parts.iter().flat_map(|part| part.as_array().expect("steps")).collect();
        assert_eq!(together, all.iter().collect::<Vec<_>>());
        for bad in ["limit=0", "limit=201", "before=x", "x=1"] {
            let named = ann.get(&format!("/api/history?{bad}")).await.refused();
            assert_eq!(named, [bad.split('=').next().expect("a name")]);
        }
    }
}
