//! Steps: one level, in the list of their task, and with it in whatever happens to it.

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn step(api: &Api, parent: &Value, title: &str) -> Value {
    let new = json!({ "title": title, "parent_id": parent["id"] });
    api.post("/api/tasks", new).await.created()
}

async fn list(api: &Api, name: &str) -> Value {
    api.post("/api/lists", json!({ "name": name }))
        .await
        .created()
}

fn steps_of(task: &Value) -> String {
    format!(
        "/api/tasks?sort=order&parent={}",
        task["id"].as_str().expect("an id")
    )
}

async fn restore(api: &Api, task: &Value) -> Value {
    api.post(&format!("{}/restore", at(task)), Value::Null)
        .await
        .ok()
}

/// A task with the steps one, two and three.
async fn trip(api: &Api) -> (Value, Vec<Value>) {
    let task = api.add("Trip").await;
    let steps = vec![
        step(api, &task, "one").await,
        step(api, &task, "two").await,
        step(api, &task, "three").await,
    ];
    (task, steps)
}

on_both_engines! {
    async fn steps_come_in_the_order_in_which_they_were_made(site: Site) {
        let ann = ann(&site).await;

        let (task, steps) = trip(&ann).await;

        assert_eq!(ann.titles(&steps_of(&task)).await, ["one", "two", "three"]);
        assert_eq!(ann.titles("/api/tasks?parent=none").await, ["Trip"]);
        assert_eq!(steps[0]["parent_id"], task["id"]);
        assert_eq!(steps[0]["list_id"], task["list_id"]);
    }

    async fn there_is_one_level_of_steps(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        let (other, others) = trip(&ann).await;
        let under = |parent: &Value| json!({ "title": "x", "parent_id": parent["id"] });

        assert_eq!(ann.post("/api/tasks", under(&steps[0])).await.refused(), ["/parent_id"]);
        assert_eq!(ann.patch(&at(&task), under(&other)).await.refused(), ["/parent_id"]);
        assert_eq!(ann.patch(&at(&task), under(&task)).await.refused(), ["/parent_id"]);
        assert_eq!(ann.patch(&at(&steps[0]), under(&others[0])).await.refused(), ["/parent_id"]);
        let place = json!({ "parent_id": others[0]["id"] });
        let moved = ann.post(&format!("{}/move", at(&steps[1])), place).await;
        assert_eq!(moved.refused(), ["/parent_id"]);
        assert_eq!(ann.titles(&steps_of(&task)).await, ["one", "two", "three"]);
    }

    async fn a_step_goes_under_a_task_that_is_there(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let (task, steps) = trip(&ann).await;
        let (theirs, gone) = (bob.add("His").await, ann.add("gone").await);
        ann.delete(&at(&gone)).await.status(204);

        for parent in [&theirs["id"], &gone["id"], &json!("x"), &json!(7)] {
            let new = json!({ "title": "x", "parent_id": parent });
            assert_eq!(ann.post("/api/tasks", new).await.refused(), ["/parent_id"]);
            let refused = ann.patch(&at(&steps[0]), json!({ "parent_id": parent })).await;
            assert_eq!(refused.refused(), ["/parent_id"]);
        }
        assert_eq!(ann.titles(&steps_of(&task)).await, ["one", "two", "three"]);
    }

    async fn a_step_becomes_a_task_and_a_task_a_step(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        let alone = ann.add("alone").await;

        let out = ann.set(&steps[1], json!({ "parent_id": null })).await;
        let into = ann.set(&alone, json!({ "parent_id": task["id"] })).await;

        assert_eq!(out["parent_id"], Value::Null);
        assert_eq!(into["parent_id"], task["id"]);
        let mut titles = ann.titles(&steps_of(&task)).await;
        titles.sort_unstable();
        assert_eq!(titles, ["alone", "one", "three"]);
    }

    async fn a_step_is_in_the_list_of_its_task(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        let (garden, work) = (list(&ann, "Garden").await, list(&ann, "Work").await);
        let away = json!({ "title": "x", "parent_id": task["id"], "list_id": garden["id"] });

        assert_eq!(ann.post("/api/tasks", away).await.refused(), ["/list_id"]);
        let refused = ann.patch(&at(&steps[0]), json!({ "list_id": garden["id"] })).await;
        assert_eq!(refused.refused(), ["/list_id"]);
        ann.set(&task, json!({ "list_id": garden["id"] })).await;
        for step in &steps {
            assert_eq!(ann.again(step).await["list_id"], garden["id"]);
        }
        let place = json!({ "list_id": work["id"] });
        ann.post(&format!("{}/move", at(&task)), place).await.ok();
        for step in &steps {
            assert_eq!(ann.again(step).await["list_id"], work["id"]);
        }
        let alone = ann.add("alone").await;
        let moved = ann.post(&format!("{}/move", at(&alone)), json!({ "parent_id": task["id"] })).await;
        assert_eq!(moved.ok()["list_id"], work["id"]);
    }

    async fn a_finished_task_has_finished_steps_and_undo_opens_exactly_those(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.complete(&steps[1]).await;
        site.set_clock("2026-11-22T13:00:00Z");

        ann.complete(&task).await;

        let times = async || {
            let steps = ann.get(&steps_of(&task)).await.ok();
            [0, 1, 2].map(|at| steps[at]["completed_at"].clone())
        };
        let (one, two) = ("2026-11-22T12:00:00Z", "2026-11-22T13:00:00Z");
        assert_eq!(times().await, [json!(two), json!(one), json!(two)]);
        ann.undo_last().await;
        assert_eq!(times().await, [Value::Null, json!(one), Value::Null]);
        assert_eq!(ann.again(&task).await["completed"], false);
    }

    async fn a_reopened_task_leaves_its_steps_done(site: Site) {
        let ann = ann(&site).await;
        let (task, _) = trip(&ann).await;
        ann.complete(&task).await;

        ann.delete(&format!("{}/completion", at(&task))).await.ok();

        assert_eq!(ann.titles("/api/tasks?status=completed").await, ["one", "two", "three"]);
        assert_eq!(ann.titles("/api/tasks?status=open").await, ["Trip"]);
    }

    async fn a_deleted_task_takes_its_steps_along_and_brings_them_back(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.delete(&at(&steps[0])).await.status(204);
        site.set_clock("2026-11-22T13:00:00Z");

        ann.delete(&at(&task)).await.status(204);
        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
        restore(&ann, &task).await;

        assert_eq!(ann.titles("/api/tasks").await, ["Trip", "two", "three"]);
        assert_eq!(ann.titles("/api/tasks?status=trashed").await, ["one"]);
    }

    async fn a_step_out_of_a_trashed_task_stands_by_itself(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.delete(&at(&task)).await.status(204);

        let back = restore(&ann, &steps[0]).await;

        assert_eq!(back["parent_id"], Value::Null);
        assert_eq!(ann.titles("/api/tasks").await, ["one"]);
        restore(&ann, &task).await;
        assert_eq!(ann.titles(&steps_of(&task)).await, ["two", "three"]);
    }

    async fn a_step_comes_back_into_the_list_where_its_task_is_now(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        let garden = list(&ann, "Garden").await;
        ann.delete(&at(&steps[0])).await.status(204);
        ann.set(&task, json!({ "list_id": garden["id"] })).await;

        let back = restore(&ann, &steps[0]).await;

        assert_eq!((&back["parent_id"], &back["list_id"]), (&task["id"], &garden["id"]));
    }

    async fn a_step_whose_task_became_a_step_comes_back_by_itself(site: Site) {
        let ann = ann(&site).await;
        let (task, other) = (ann.add("Trip").await, ann.add("Year").await);
        let step = step(&ann, &task, "one").await;
        ann.delete(&at(&step)).await.status(204);
        ann.set(&task, json!({ "parent_id": other["id"] })).await;

        let back = restore(&ann, &step).await;

        assert_eq!(back["parent_id"], Value::Null);
    }

    async fn deleting_a_task_for_good_takes_its_steps_with_it(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.delete(&at(&steps[0])).await.status(204);
        ann.delete(&at(&task)).await.status(204);

        ann.delete(&format!("{}?permanent=true", at(&task))).await.status(204);

        for step in &steps {
            ann.get(&at(step)).await.problem(404, "not-found");
        }
        assert_eq!(ann.get("/api/tasks?status=any&count=true").await.reply.header("x-total-count"), "0");
    }

    async fn a_copy_has_copies_of_the_steps_all_open(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.complete(&steps[1]).await;

        let copy = ann.post(&format!("{}/duplicate", at(&task)), Value::Null).await;

        let copy = copy.created();
        assert_eq!(ann.titles(&steps_of(&copy)).await, ["one", "two", "three"]);
        let open = format!("{}&status=open", steps_of(&copy));
        assert_eq!(ann.titles(&open).await.len(), 3);
        assert_eq!(ann.titles(&steps_of(&task)).await.len(), 3);
        assert_eq!(ann.titles("/api/tasks?status=open&parent=none&sort=order").await, ["Trip", "Trip"]);
    }

    async fn an_undo_does_not_put_a_step_under_a_task_that_is_gone(site: Site) {
        let ann = ann(&site).await;
        let (task, steps) = trip(&ann).await;
        ann.set(&steps[0], json!({ "parent_id": null })).await;
        let moved_out = ann.history().await.swap_remove(0);
        ann.delete(&at(&task)).await.status(204);
        ann.delete(&format!("{}?permanent=true", at(&task))).await.status(204);

        let undone = ann.undo(&moved_out).await.ok();

        assert_eq!(undone["kept"], json!(["parent_id"]));
        assert_eq!(ann.again(&steps[0]).await["parent_id"], Value::Null);
    }

    async fn an_undo_keeps_the_rules_of_steps(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        let task = ann.add("Trip").await;
        let made = ann.history().await.swap_remove(0);
        ann.set(&task, json!({ "list_id": garden["id"] })).await;
        let moved = ann.history().await.swap_remove(0);
        let late = step(&ann, &task, "late").await;

        ann.undo(&moved).await.ok();
        assert_eq!(ann.again(&late).await["list_id"], task["list_id"]);
        ann.undo(&made).await.ok();
        assert_ne!(ann.again(&late).await["deleted_at"], Value::Null);
    }
}
