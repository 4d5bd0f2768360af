//! Taking back out of turn: what later steps built upon stays whole, and what stays is named.

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn latest(api: &Api) -> Value {
    api.history().await.swap_remove(0)
}

on_both_engines! {
    async fn a_rule_does_not_come_back_without_its_day_unsaid(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "title": "x", "due_date": "2026-11-23", "recurrence": "FREQ=DAILY", "recurrence_missed": "keep" });
        let task = ann.post("/api/tasks", new).await.created();
        ann.set(&task, json!({ "recurrence": null })).await;
        let ended = latest(&ann).await;
        ann.set(&task, json!({ "due_date": null })).await;
        let undated = latest(&ann).await;

        let kept = ann.undo(&ended).await.ok()["kept"].clone();

        assert_eq!(kept, json!(["recurrence", "recurrence_missed", "series_date"]));
        assert_eq!(ann.again(&task).await["recurrence"], Value::Null);
        ann.undo(&undated).await.ok();
        assert_eq!(ann.again(&task).await["due_date"], "2026-11-23");
    }

    async fn a_day_that_a_rule_was_built_upon_stays(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("x").await;
        ann.set(&task, json!({ "due_date": "2026-11-23" })).await;
        let dated = latest(&ann).await;
        ann.set(&task, json!({ "due_time": "09:30" })).await;
        let timed = latest(&ann).await;
        ann.set(&task, json!({ "recurrence": "FREQ=HOURLY" })).await;

        assert_eq!(ann.undo(&timed).await.ok()["kept"], json!(["due_date"]));
        assert_eq!(ann.undo(&dated).await.ok()["kept"], json!(["due_date"]));

        let now = ann.again(&task).await;
        assert_eq!((&now["due_date"], &now["due_time"]), (&json!("2026-11-23"), &json!("09:30")));
        assert!(ann.complete(&task).await["next"].is_object());
    }

    async fn what_was_said_of_a_due_date_since_keeps_it(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("x").await;
        ann.set(&task, json!({ "due_date": "2026-11-23" })).await;
        let dated = latest(&ann).await;
        ann.set(&task, json!({ "due_time": "09:30" })).await;
        let timed = latest(&ann).await;
        ann.set(&task, json!({ "due_zone": "Asia/Tokyo" })).await;

        assert_eq!(ann.undo(&timed).await.ok()["kept"], json!(["due_time"]));
        assert_eq!(ann.undo(&dated).await.ok()["kept"], json!(["due_date"]));

        assert_eq!(ann.again(&task).await["due_at"], "2026-11-23T00:30:00Z");
    }

    async fn taking_back_a_completion_takes_the_next_occurrence_along(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "title": "x", "due_date": "2026-11-23", "recurrence": "FREQ=DAILY" });
        let task = ann.post("/api/tasks", new).await.created();
        ann.complete(&task).await;

        ann.undo_last().await;

        assert_eq!(ann.titles("/api/tasks").await, ["x"]);
        assert_eq!(ann.again(&task).await["recurrence"], "FREQ=DAILY");
        let next = ann.complete(&task).await["next"].clone();
        assert_eq!(next["due_date"], "2026-11-24");
        assert_eq!(ann.titles("/api/tasks?status=open").await, ["x"]);
    }

    async fn what_went_to_the_trash_meanwhile_stays_there(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("before").await;
        ann.set(&task, json!({ "title": "after" })).await;
        let renamed = latest(&ann).await;
        ann.delete(&at(&task)).await.status(204);

        assert_eq!(ann.undo(&renamed).await.ok()["kept"], json!([]));

        let now = ann.again(&task).await;
        assert_eq!(now["title"], "before");
        assert_ne!(now["deleted_at"], Value::Null);
    }

    async fn a_task_goes_back_to_its_list_only_if_that_is_there(site: Site) {
        let ann = ann(&site).await;
        let list = ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        let new = json!({ "title": "x", "list_id": list["id"] });
        let task = ann.post("/api/tasks", new).await.created();
        let inbox = ann.get("/api/lists").await.ok()[0]["id"].clone();
        ann.post(&format!("{}/move", at(&task)), json!({ "list_id": inbox })).await.ok();
        let moved = latest(&ann).await;
        ann.delete(&format!("/api/lists/{}", list["id"].as_str().expect("an id"))).await.status(204);

        let kept = ann.undo(&moved).await.ok()["kept"].clone();

        assert_eq!(kept, json!(["list_id"]));
        assert_eq!(ann.again(&task).await["list_id"], inbox);
    }

    async fn a_list_that_has_got_tasks_is_not_taken_away(site: Site) {
        let ann = ann(&site).await;
        let list = ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        let made = latest(&ann).await;
        let task = ann.post("/api/tasks", json!({ "title": "x", "list_id": list["id"] })).await.created();

        assert_eq!(ann.undo(&made).await.ok()["kept"], json!(["list"]));

        assert_eq!(ann.again(&task).await["list_id"], list["id"]);
        assert_eq!(ann.get("/api/lists").await.ok()[1], list);
    }

    async fn a_name_taken_meanwhile_is_not_taken_back(site: Site) {
        let ann = ann(&site).await;
        for (kind, extra) in [("lists", "archived"), ("views", "query")] {
            let new = |name: &str| match extra {
                "query" => json!({ "name": name, "query": "due=week" }),
                _ => json!({ "name": name }),
            };
            let one = ann.post(&format!("/api/{kind}"), new("One")).await.created();
            let address = format!("/api/{kind}/{}", one["id"].as_str().expect("an id"));
            ann.patch(&address, json!({ "name": "Two", "order": 5 })).await.ok();
            let renamed = latest(&ann).await;
            ann.post(&format!("/api/{kind}"), new("one")).await.created();

            assert_eq!(ann.undo(&renamed).await.ok()["kept"], json!(["name"]), "{kind}");

            let now = ann.get(&address).await.ok();
            assert_eq!((&now["name"], &now["order"]), (&json!("Two"), &one["order"]));
        }
    }

    async fn an_occurrence_that_was_made_and_edited_comes_back_as_it_was(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "title": "x", "due_date": "2026-11-23", "recurrence": "FREQ=DAILY" });
        let task = ann.post("/api/tasks", new).await.created();
        let next = ann.complete(&task).await["next"].clone();
        site.set_clock("2026-11-22T12:05:00Z");
        ann.delete(&format!("{}/completion", at(&task))).await.ok();

        ann.undo_last().await;

        assert_eq!(ann.again(&next).await["deleted_at"], Value::Null);
        let done = ann.again(&task).await;
        assert_eq!((&done["completed"], &done["recurrence"]), (&json!(true), &json!("FREQ=DAILY")));
        assert_eq!(ann.complete(&task).await["next"]["id"], next["id"]);
    }
}
