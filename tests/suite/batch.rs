//! Batches: many operations in one request, all of them or none.

use actix_web::test::TestRequest;
use serde_json::{Value, json};

use crate::support::{Answer, Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn batch(api: &Api, operations: Value) -> Answer {
    api.post("/api/tasks/batch", json!({ "operations": operations }))
        .await
}

/// A batch with one good operation before and behind another; status, code and index of its answer.
async fn between(api: &Api, operation: &Value) -> (u16, Value, Value) {
    let good = json!({ "op": "create", "body": { "title": "good" } });
    let answer = batch(api, json!([good, operation, good])).await;
    let problem: Value = serde_json::from_slice(&answer.reply.body).expect("JSON");
    (
        answer.reply.status.as_u16(),
        problem["code"].clone(),
        problem["index"].clone(),
    )
}

on_both_engines! {
    async fn each_kind_of_operation_does_what_its_route_does(site: Site) {
        let ann = ann(&site).await;
        let list = ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        let mut tasks = Vec::new();
        for title in ["update", "complete", "reopen", "delete", "restore", "move"] {
            tasks.push(ann.add(title).await);
        }
        ann.complete(&tasks[2]).await;
        ann.delete(&at(&tasks[4])).await.status(204);
        let id = |at: usize| tasks[at]["id"].clone();

        let answer = batch(&ann, json!([
            { "op": "create", "body": { "title": "new", "labels": ["home"], "due_date": "2026-11-27" } },
            { "op": "update", "id": id(0), "body": { "title": "updated", "version": 7 } },
            { "op": "complete", "id": id(1) },
            { "op": "reopen", "id": id(2), "body": null, "if_match": null },
            { "op": "delete", "id": id(3) },
            { "op": "restore", "id": id(4) },
            { "op": "move", "id": id(5), "body": { "list_id": list["id"] } },
        ])).await;

        let results = answer.ok()["results"].clone();
        let statuses: Vec<_> = (0..7).map(|at| results[at]["status"].as_u64()).collect();
        assert_eq!(statuses, [201, 200, 200, 200, 200, 200, 200].map(Some));
        let task = |at: usize| &results[at]["task"];
        assert_eq!((&task(0)["title"], &task(0)["labels"]), (&json!("new"), &json!(["home"])));
        assert_eq!(task(1)["title"], "updated");
        assert_eq!((&task(2)["completed"], &task(2)["next"]), (&json!(true), &Value::Null));
        assert_eq!(task(3)["completed"], false);
        assert_ne!(task(4)["deleted_at"], Value::Null);
        assert_eq!(task(5)["deleted_at"], Value::Null);
        assert_eq!(task(6)["list_id"], list["id"]);
        for at in 0..7 {
            let mut now = ann.again(task(at)).await;
            now["next"] = task(at)["next"].clone();
            assert_eq!(now, *task(at), "{at}");
        }
        assert_eq!(ann.history().await[0]["action"], "changed");
    }

    async fn when_one_fails_nothing_happened_and_its_index_is_said(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let (task, gone, theirs) = (ann.add("task").await, ann.add("gone").await, bob.add("His").await);
        ann.delete(&at(&gone)).await.status(204);
        let (everything, steps) = (ann.everything().await, ann.history().await);
        let id = |task: &Value| task["id"].clone();

        for (operation, status, code) in [
            (json!({ "op": "update", "id": id(&task), "body": { "title": "" } }), 422, "invalid"),
            (json!({ "op": "update", "id": id(&task), "body": { "parent_id": id(&task) } }), 422, "invalid"),
            (json!({ "op": "update", "id": id(&gone), "body": { "title": "x" } }), 409, "conflict"),
            (json!({ "op": "complete", "id": id(&gone) }), 409, "conflict"),
            (json!({ "op": "complete", "id": id(&theirs) }), 404, "not-found"),
            (json!({ "op": "delete", "id": id(&gone) }), 404, "not-found"),
            (json!({ "op": "delete", "id": "x" }), 404, "not-found"),
            (json!({ "op": "reopen", "id": id(&task), "if_match": 1 }), 412, "precondition-failed"),
            (json!({ "op": "move", "id": id(&task), "body": { "before": id(&theirs) } }), 422, "invalid"),
            (json!({ "op": "move", "id": id(&task), "body": {} }), 422, "invalid"),
            (json!({ "op": "move", "id": id(&task) }), 422, "invalid"),
            (json!({ "op": "create", "body": {} }), 422, "invalid"),
            (json!({ "op": "create" }), 422, "invalid"),
            (json!({ "op": "create", "body": { "title": "x", "id": "y" } }), 422, "invalid"),
            (json!({ "op": "complete" }), 422, "invalid"),
            (json!({ "op": "complete", "id": 7 }), 422, "invalid"),
            (json!({ "op": "complete", "id": id(&task), "body": {} }), 422, "invalid"),
            (json!({ "op": "update", "id": id(&task), "body": [] }), 422, "invalid"),
            (json!({ "op": "update", "id": id(&task), "body": {}, "if_match": "1" }), 422, "invalid"),
            (json!({ "op": "purge", "id": id(&task) }), 422, "invalid"),
            (json!({ "id": id(&task) }), 422, "invalid"),
            (json!({ "op": "complete", "id": id(&task), "url": "x" }), 422, "invalid"),
            (json!("complete"), 422, "invalid"),
            (json!(null), 422, "invalid"),
        ] {
            assert_eq!(between(&ann, &operation).await, (status, json!(code), json!(1)), "{operation}");
        }
        assert_eq!(ann.everything().await, everything);
        assert_eq!(ann.history().await, steps);
    }

    async fn the_refused_member_is_named_within_its_operation(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("task").await;

        let bad = batch(&ann, json!([{ "op": "update", "id": task["id"], "body": { "priority": 9 } }])).await;

        let problem = bad.problem(422, "invalid");
        assert_eq!(problem["index"], 0);
        let pointer = problem["errors"][0]["pointer"].as_str().expect("a pointer");
        assert!(pointer.ends_with("/priority"), "{pointer}");
    }

    async fn operations_see_what_those_before_them_did(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("task").await;
        let id = &task["id"];

        let done = batch(&ann, json!([
            { "op": "update", "id": id, "body": { "due_date": "2026-11-22", "recurrence": "FREQ=DAILY" }, "if_match": task["version"] },
            { "op": "complete", "id": id },
            { "op": "complete", "id": id },
        ])).await;
        let done = done.ok();
        assert_eq!(done["results"][1]["task"]["next"]["due_date"], "2026-11-23");
        assert_eq!(done["results"][2]["task"], done["results"][1]["task"]);
        let stale = batch(&ann, json!([
            { "op": "update", "id": id, "body": { "title": "x" } },
            { "op": "delete", "id": id, "if_match": done["results"][2]["task"]["version"] },
        ])).await;
        assert_eq!(stale.problem(412, "precondition-failed")["index"], 1);
        assert_eq!(ann.again(&task).await["title"], "task");
    }

    async fn a_batch_is_a_list_of_up_to_five_hundred(site: Site) {
        let ann = ann(&site).await;
        let create = json!({ "op": "create", "body": { "title": "x" } });

        assert_eq!(batch(&ann, json!(vec![create.clone(); 501])).await.refused(), ["/operations"]);
        for body in [json!({}), json!({ "operations": null }), json!({ "operations": {} }), json!({ "operations": "x" })] {
            assert_eq!(ann.post("/api/tasks/batch", body).await.refused(), ["/operations"]);
        }
        let more = json!({ "operations": [], "atomic": true });
        assert_eq!(ann.post("/api/tasks/batch", more).await.refused(), ["/atomic"]);
        assert_eq!(batch(&ann, json!([])).await.ok(), json!({ "results": [] }));
        let full = batch(&ann, json!(vec![create; 500])).await.ok();
        assert_eq!(full["results"].as_array().map(Vec::len), Some(500));
        ann.undo_last().await;
        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
    }

    async fn a_batch_may_be_larger_than_other_bodies_but_not_than_a_mebibyte(site: Site) {
        let ann = ann(&site).await;
        let send = async |length: usize| {
            let create = json!({ "op": "create", "body": { "title": "x", "notes": "y".repeat(20_000) } });
            let mut body = json!({ "operations": vec![create; 40] }).to_string();
            assert!(body.len() < length);
            body.extend(std::iter::repeat_n(' ', length - body.len()));
            let token = format!("Bearer {}", ann.token.as_deref().expect("a token"));
            let request = TestRequest::post()
                .uri("/api/tasks/batch")
                .insert_header(("authorization", token))
                .insert_header(("content-type", "application/json"))
                .set_payload(body);
            site.send(request).await.status.as_u16()
        };

        assert_eq!(send(1024 * 1024 + 1).await, 413);
        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
        assert_eq!(send(1024 * 1024).await, 200);
        assert_eq!(ann.titles("/api/tasks").await.len(), 40);
    }
}
