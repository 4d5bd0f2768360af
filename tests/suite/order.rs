//! The order that a person gives: moving, numbers that run out, and many hands at once.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Answer, Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// Tasks of these titles, first to last.
async fn tasks(api: &Api, titles: &[&str]) -> Vec<Value> {
    let mut tasks = Vec::new();
    for title in titles.iter().rev() {
        tasks.insert(0, api.add(title).await);
    }
    tasks
}

async fn put(api: &Api, task: &Value, place: Value) -> Answer {
    api.post(&format!("{}/move", at(task)), place).await
}

async fn shown(api: &Api) -> Vec<String> {
    api.titles("/api/tasks?sort=order&list=inbox").await
}

on_both_engines! {
    async fn a_task_goes_right_before_or_behind_another(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["a", "b", "c", "d"]).await;

        put(&ann, &all[3], json!({ "before": all[1]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["a", "d", "b", "c"]);
        put(&ann, &all[0], json!({ "after": all[1]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["d", "b", "a", "c"]);
        put(&ann, &all[2], json!({ "before": all[3]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["c", "d", "b", "a"]);
        put(&ann, &all[2], json!({ "after": all[0]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["d", "b", "a", "c"]);
    }

    async fn the_others_keep_their_numbers(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["a", "b", "c", "d"]).await;

        put(&ann, &all[3], json!({ "before": all[1]["id"] })).await.ok();

        for task in &all[..3] {
            assert_eq!(ann.again(task).await, *task);
        }
    }

    async fn a_new_task_goes_on_top_of_its_list_whatever_the_numbers(site: Site) {
        let ann = ann(&site).await;
        let low = json!({ "title": "low", "order": -5_000_000 });
        ann.post("/api/tasks", low).await.created();

        ann.add("new").await;

        assert_eq!(shown(&ann).await, ["new", "low"]);
    }

    async fn ties_are_broken_by_age_and_parted_by_a_move(site: Site) {
        let ann = ann(&site).await;
        let mut all = Vec::new();
        for title in ["a", "b", "c", "d"] {
            all.push(ann.post("/api/tasks", json!({ "title": title, "order": 3 })).await.created());
        }
        assert_eq!(shown(&ann).await, ["a", "b", "c", "d"]);

        put(&ann, &all[3], json!({ "before": all[1]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["a", "d", "b", "c"]);
        put(&ann, &all[0], json!({ "after": all[2]["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["d", "b", "c", "a"]);
    }

    async fn where_no_number_is_left_the_list_is_numbered_anew(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["top", "x", "y", "bottom"]).await;

        for round in 0..40 {
            let moved = &all[1 + round % 2];
            put(&ann, moved, json!({ "after": all[0]["id"] })).await.ok();
            let other = if round % 2 == 0 { ["x", "y"] } else { ["y", "x"] };
            assert_eq!(shown(&ann).await, ["top", other[0], other[1], "bottom"], "{round}");
        }
    }

    async fn the_ends_of_the_numbers_are_no_end_to_moving(site: Site) {
        let ann = ann(&site).await;
        let order = async |title: &str, order: i64| {
            ann.post("/api/tasks", json!({ "title": title, "order": order })).await.created()
        };
        let (low, high) = (order("low", i64::MIN).await, order("high", i64::MAX).await);
        let task = order("task", 0).await;

        put(&ann, &task, json!({ "before": low["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["task", "low", "high"]);
        put(&ann, &task, json!({ "after": high["id"] })).await.ok();
        assert_eq!(shown(&ann).await, ["low", "high", "task"]);
        assert_eq!(ann.patch(&at(&task), json!({ "order": 9.5 })).await.refused(), ["/order"]);
        let huge: Value = serde_json::from_str(r#"{"order":9223372036854775808}"#).expect("JSON");
        assert_eq!(ann.patch(&at(&task), huge).await.refused(), ["/order"]);
    }

    async fn a_finished_task_is_a_neighbour_too(site: Site) {
        let ann = ann(&site).await;
        let order = async |title: &str, order: i64| {
            ann.post("/api/tasks", json!({ "title": title, "order": order })).await.created()
        };
        let (_, done, last) = (order("a", 0).await, order("done", 1).await, order("b", 2).await);
        ann.complete(&done).await;

        put(&ann, &last, json!({ "before": done["id"] })).await.ok();

        assert_eq!(shown(&ann).await, ["a", "b", "done"]);
    }

    async fn numbering_anew_leaves_finished_tasks_where_they_were(site: Site) {
        let ann = ann(&site).await;
        let order = async |title: &str, order: i64| {
            ann.post("/api/tasks", json!({ "title": title, "order": order })).await.created()
        };
        let (first, _) = (order("a", 100).await, order("b", 101).await);
        let (done, last) = (order("done", 102).await, order("c", 200).await);
        ann.complete(&done).await;

        put(&ann, &last, json!({ "after": first["id"] })).await.ok();

        assert_eq!(shown(&ann).await, ["a", "c", "b", "done"]);
    }

    async fn a_task_goes_on_top_of_another_list_or_beside_a_task_there(site: Site) {
        let ann = ann(&site).await;
        let list = ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        let all = tasks(&ann, &["a", "b", "c"]).await;
        let there = format!("/api/tasks?sort=order&list={}", list["id"].as_str().expect("an id"));

        for task in &all[..2] {
            put(&ann, task, json!({ "list_id": list["id"] })).await.ok();
        }
        assert_eq!(ann.titles(&there).await, ["b", "a"]);
        put(&ann, &all[2], json!({ "before": all[0]["id"] })).await.ok();
        assert_eq!(ann.titles(&there).await, ["b", "c", "a"]);
        assert_eq!(shown(&ann).await, [""; 0]);
    }

    async fn steps_are_moved_among_their_own(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["a", "b"]).await;
        let mut steps = Vec::new();
        for title in ["one", "two", "three"] {
            let step = json!({ "title": title, "parent_id": all[0]["id"] });
            steps.push(ann.post("/api/tasks", step).await.created());
        }
        let of = |task: &Value| format!("/api/tasks?sort=order&parent={}", task["id"].as_str().expect("an id"));

        put(&ann, &steps[2], json!({ "before": steps[0]["id"] })).await.ok();
        assert_eq!(ann.titles(&of(&all[0])).await, ["three", "one", "two"]);
        let place = json!({ "parent_id": all[1]["id"] });
        assert_eq!(put(&ann, &steps[0], place).await.ok()["parent_id"], all[1]["id"]);
        assert_eq!(put(&ann, &steps[0], json!({ "parent_id": null })).await.ok()["parent_id"], Value::Null);
        assert_eq!(ann.titles(&of(&all[0])).await, ["three", "two"]);
    }

    async fn moves_at_the_same_time_lose_nothing(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["a", "b", "c", "d", "e", "f", "g", "h"]).await;

        for round in 1..6 {
            let moves = (0..8).map(|at| {
                let anchor = &all[(at + round) % 8]["id"];
                put(&ann, &all[at], json!({ "after": anchor }))
            });
            for answer in join_all(moves).await {
                answer.ok();
            }
        }

        let mut titles = shown(&ann).await;
        titles.sort_unstable();
        assert_eq!(titles, ["a", "b", "c", "d", "e", "f", "g", "h"]);
        let tasks = ann.get("/api/tasks?sort=order").await.ok();
        let tasks = tasks.as_array().expect("an array").iter();
        let orders: Vec<_> = tasks.map(|task| task["order"].as_i64()).collect();
        assert!(orders.is_sorted_by(|a, b| a < b), "no ties: {orders:?}");
    }

    async fn an_older_version_is_neither_moved_nor_skipped(site: Site) {
        let ann = ann(&site).await;
        let all = tasks(&ann, &["a", "b"]).await;
        let repeats = json!({ "due_date": "2026-11-22", "recurrence": "FREQ=DAILY" });
        let now = ann.set(&all[0], repeats).await;
        let old = format!("\"{}\"", all[0]["version"]);
        let new = format!("\"{}\"", now["version"]);
        let send = async |tag: &str, rest: &str, body: Value| {
            let address = format!("{}/{rest}", at(&all[0]));
            let known = [("if-match", tag)];
            ann.send(actix_web::http::Method::POST, &address, &known, Some(body)).await
        };
        let place = json!({ "after": all[1]["id"] });

        send(&old, "move", place.clone()).await.problem(412, "precondition-failed");
        send(&old, "skip", json!({})).await.problem(412, "precondition-failed");
        send(&old, "restore", json!({})).await.problem(412, "precondition-failed");

        assert_eq!(ann.again(&all[0]).await, now);
        send(&new, "move", place).await.ok();
        assert_eq!(shown(&ann).await, ["b", "a"]);
    }

    async fn a_move_to_nowhere_is_refused_by_name(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let all = tasks(&ann, &["a", "b"]).await;
        let (gone, theirs) = (ann.add("gone").await, bob.add("His").await);
        ann.delete(&at(&gone)).await.status(204);
        let lists = bob.get("/api/lists").await.ok();

        for (place, named) in [
            (json!({}), "/before"),
            (json!({ "before": null }), "/before"),
            (json!({ "before": all[0]["id"] }), "/before"),
            (json!({ "after": all[0]["id"] }), "/after"),
            (json!({ "before": gone["id"] }), "/before"),
            (json!({ "after": gone["id"] }), "/after"),
            (json!({ "after": theirs["id"] }), "/after"),
            (json!({ "before": "x" }), "/before"),
            (json!({ "after": 7 }), "/after"),
            (json!({ "before": all[1]["id"], "after": all[1]["id"] }), "/after"),
            (json!({ "list_id": lists[0]["id"] }), "/list_id"),
            (json!({ "parent_id": theirs["id"] }), "/parent_id"),
            (json!({ "top": true }), "/top"),
        ] {
            assert_eq!(put(&ann, &all[0], place.clone()).await.refused(), [named], "{place}");
        }
        assert_eq!(ann.again(&all[0]).await, all[0]);
        put(&ann, &gone, json!({ "before": all[0]["id"] })).await.problem(409, "conflict");
        put(&ann, &theirs, json!({ "before": all[0]["id"] })).await.problem(404, "not-found");
    }
}
