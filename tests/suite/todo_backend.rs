//! What the public Todo-Backend suite asks of a to-do API, asked of `/api/tasks` with a token.

use serde_json::{Value, json};

use crate::support::{Api, Site};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// The address that a todo names as its own, without the server.
fn own(todo: &Value) -> String {
    let url = todo["url"].as_str().expect("a url");
    let path = url.strip_prefix("http://localhost");
    path.expect("an absolute address on this server").to_owned()
}

on_both_engines! {
    async fn the_root_answers_a_get(site: Site) {
        ann(&site).await.get("/api/tasks").await.ok();
    }

    async fn the_root_answers_a_post_with_the_todo_that_was_posted(site: Site) {
        let todo = ann(&site).await.add("walk the dog").await;

        assert_eq!(todo["title"], "walk the dog");
    }

    async fn the_root_answers_a_delete_and_is_empty_then(site: Site) {
        let ann = ann(&site).await;
        ann.add("walk the dog").await;

        ann.delete("/api/tasks").await.status(204);

        assert_eq!(ann.get("/api/tasks").await.ok(), json!([]));
    }

    async fn a_new_todo_stands_in_the_list_at_the_root(site: Site) {
        let ann = ann(&site).await;

        ann.add("walk the dog").await;

        let todos = ann.get("/api/tasks").await.ok();
        assert_eq!(todos.as_array().map(Vec::len), Some(1));
        assert_eq!(todos[0]["title"], "walk the dog");
    }

    async fn a_new_todo_is_not_completed(site: Site) {
        assert_eq!(ann(&site).await.add("blah").await["completed"], false);
    }

    async fn a_new_todo_has_a_url_that_leads_to_it(site: Site) {
        let ann = ann(&site).await;
        let todo = ann.add("my todo").await;

        let fetched = ann.get(&own(&todo)).await.ok();

        assert_eq!(fetched, todo);
    }

    async fn a_todo_found_in_the_list_has_a_url_that_leads_to_it(site: Site) {
        let ann = ann(&site).await;
        ann.add("my todo").await;
        let todos = ann.get("/api/tasks").await.ok();

        let fetched = ann.get(&own(&todos[0])).await.ok();

        assert_eq!(fetched, todos[0]);
    }

    async fn a_todos_title_changes_by_patching_its_url(site: Site) {
        let ann = ann(&site).await;
        let todo = ann.add("initial title").await;

        let patched = ann
            .patch(&own(&todo), json!({ "title": "bathe the cat" }))
            .await
            .ok();

        assert_eq!(patched["title"], "bathe the cat");
    }

    async fn a_todos_completedness_changes_by_patching_its_url(site: Site) {
        let ann = ann(&site).await;
        let todo = ann.add("blah").await;

        let patched = ann
            .patch(&own(&todo), json!({ "completed": true }))
            .await
            .ok();

        assert_eq!(patched["completed"], true);
    }

    async fn a_changed_todo_is_found_changed_by_its_url_and_in_the_list(site: Site) {
        let ann = ann(&site).await;
        let todo = ann.add("blah").await;

        let mut patched = ann
            .patch(
                &own(&todo),
                json!({ "title": "changed", "completed": true }),
            )
            .await
            .ok();
        // What completing adds to the answer.
        let next = patched.as_object_mut().and_then(|todo| todo.remove("next"));
        assert_eq!(next, Some(json!(null)));

        assert_eq!(ann.get(&own(&todo)).await.ok(), patched);
        assert_eq!(ann.get("/api/tasks").await.ok(), json!([patched]));
    }

    async fn a_deleted_todo_is_not_in_the_list(site: Site) {
        let ann = ann(&site).await;
        let todo = ann.add("blah").await;

        ann.delete(&own(&todo)).await.status(204);

        assert_eq!(ann.get("/api/tasks").await.ok(), json!([]));
    }

    async fn a_todo_is_made_with_an_order(site: Site) {
        let todo = ann(&site)
            .await
            .post("/api/tasks", json!({ "title": "blah", "order": 523 }))
            .await;

        assert_eq!(todo.created()["order"], 523);
    }

    async fn a_todos_order_changes_by_patching_its_url(site: Site) {
        let ann = ann(&site).await;
        let todo = ann
            .post("/api/tasks", json!({ "title": "blah", "order": 10 }))
            .await
            .created();

        let patched = ann.patch(&own(&todo), json!({ "order": 95 })).await.ok();

        assert_eq!(patched["order"], 95);
    }

    async fn a_todo_remembers_its_changed_order(site: Site) {
        let ann = ann(&site).await;
        let todo = ann
            .post("/api/tasks", json!({ "title": "blah", "order": 10 }))
            .await
            .created();

        ann.patch(&own(&todo), json!({ "order": 95 })).await.ok();

        assert_eq!(ann.get(&own(&todo)).await.ok()["order"], 95);
    }
}
