//! The JSON API, route by route: what each answers and what it leaves behind.

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

const RANDOM: &str = "/api/tasks/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// A task with something in every member.
fn full() -> Value {
    json!({
        "title": "Buy milk", "notes": "oat\nor soy", "completed": false,
        "order": 7, "priority": 3, "due_date": "2026-11-27",
    })
}

on_both_engines! {
    async fn a_new_task_is_answered_whole_with_where_it_is(site: Site) {
        let ann = ann(&site).await;

        let answer = ann.post("/api/tasks", full()).await;

        let task = answer.created();
        let id = task["id"].as_str().expect("an id");
        assert_eq!(answer.reply.header("location"), task["url"]);
        assert_eq!(answer.etag(), format!("\"{}\"", task["version"]));
        assert_eq!(
            task,
            json!({
                "id": id,
                "url": format!("http://localhost/api/tasks/{id}"),
                "html_url": format!("http://localhost/tasks/{id}"),
                "title": "Buy milk", "notes": "oat\nor soy",
                "completed": false, "completed_at": null,
                "order": 7, "priority": 3, "list_id": task["list_id"], "parent_id": null,
                "labels": [], "start_date": null,
                "due_date": "2026-11-27", "due_time": null, "due_zone": null, "due_at": null,
                "recurrence": null, "recurrence_text": null, "recurrence_from": "due",
                "recurrence_missed": "skip", "series_date": null,
                "created_at": "2026-11-22T12:00:00Z", "updated_at": "2026-11-22T12:00:00Z",
                "deleted_at": null, "version": task["version"],
            })
        );
        assert_eq!(ann.get(&at(&task)).await.ok(), task);
    }

    async fn a_title_is_all_that_a_task_needs(site: Site) {
        let ann = ann(&site).await;
        let bare = json!({
            "title": " Buy milk ", "notes": null, "completed": null, "order": null,
            "priority": null, "due_date": null, "list_id": null,
        });

        let task = ann.post("/api/tasks", bare).await.created();

        assert_eq!(task["title"], "Buy milk");
        assert_eq!(task["notes"], "");
        assert_eq!(task["priority"], 0);
        assert_eq!(task["due_date"], Value::Null);
        assert_eq!(task["completed"], false);
    }

    async fn new_tasks_go_on_top(site: Site) {
        let ann = ann(&site).await;

        for title in ["first", "second", "third"] {
            ann.add(title).await;
        }

        assert_eq!(
            ann.titles("/api/tasks?sort=order").await,
            ["third", "second", "first"]
        );
    }

    async fn a_task_may_be_born_done(site: Site) {
        let ann = ann(&site).await;

        let task = ann
            .post(
                "/api/tasks",
                json!({ "title": "Was easy", "completed": true }),
            )
            .await;

        assert_eq!(task.created()["completed_at"], "2026-11-22T12:00:00Z");
    }

    async fn every_bad_member_is_named_at_once(site: Site) {
        let ann = ann(&site).await;
        let bad = json!({
            "title": "", "notes": 1, "completed": "yes", "order": 1.5, "priority": 4,
            "due_date": "2026-02-30", "list_id": "x", "colour": "red", "a/b~c": 1, "id": "x",
        });

        let answer = ann.post("/api/tasks", bad).await;

        let mut named = answer.refused();
        named.sort();
        assert_eq!(
            named,
            [
                "/a~1b~0c",
                "/colour",
                "/completed",
                "/due_date",
                "/id",
                "/list_id",
                "/notes",
                "/order",
                "/priority",
                "/title",
            ]
        );
        assert_eq!(ann.get("/api/tasks?status=any").await.ok(), json!([]));
    }

    async fn a_task_without_a_title_is_refused(site: Site) {
        let ann = ann(&site).await;

        for body in [
            json!({}),
            json!({ "title": null }),
            json!({ "title": " \u{200b}" }),
            json!({ "title": 7 }),
        ] {
            assert_eq!(ann.post("/api/tasks", body).await.refused(), ["/title"]);
        }
    }

    async fn a_patch_keeps_what_it_does_not_name(site: Site) {
        let ann = ann(&site).await;
        let task = ann.post("/api/tasks", full()).await.created();
        site.set_clock("2026-11-22T12:05:00Z");

        let patched = ann
            .patch(&at(&task), json!({ "title": "Buy bread" }))
            .await
            .ok();

        let mut expected = task.clone();
        expected["title"] = json!("Buy bread");
        expected["updated_at"] = json!("2026-11-22T12:05:00Z");
        expected["version"] = patched["version"].clone();
        assert_eq!(patched, expected);
        assert!(patched["version"].as_i64() > task["version"].as_i64());
        assert_eq!(ann.get(&at(&task)).await.ok(), patched);
    }

    async fn a_patch_clears_with_null(site: Site) {
        let ann = ann(&site).await;
        let task = ann.post("/api/tasks", full()).await.created();
        let nothing =
            json!({ "notes": null, "priority": null, "due_date": null, "completed": null });

        let cleared = ann.patch(&at(&task), nothing).await.ok();

        assert_eq!(cleared["notes"], "");
        assert_eq!(cleared["priority"], 0);
        assert_eq!(cleared["due_date"], Value::Null);
        assert_eq!(cleared["completed"], false);
        assert_eq!(
            ann.patch(&at(&task), json!({ "title": null }))
                .await
                .refused(),
            ["/title"]
        );
    }

    async fn a_patch_may_bring_back_what_the_server_sets(site: Site) {
        let ann = ann(&site).await;
        let task = ann.post("/api/tasks", full()).await.created();
        let mut body = task.clone();
        for member in [
            "id",
            "url",
            "html_url",
            "created_at",
            "updated_at",
            "deleted_at",
            "version",
        ] {
            body[member] = json!("nonsense");
        }
        body["completed_at"] = json!("2001-01-01T00:00:00Z");

        let patched = ann.patch(&at(&task), body).await.ok();

        assert_eq!(patched, task);
    }

    async fn a_patch_of_a_member_that_does_not_exist_changes_nothing(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;

        let answer = ann
            .patch(&at(&task), json!({ "title": "x", "colour": "red" }))
            .await;

        assert_eq!(answer.refused(), ["/colour"]);
        assert_eq!(ann.get(&at(&task)).await.ok(), task);
    }

    async fn a_merge_patch_may_be_called_one(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let request = actix_web::test::TestRequest::patch()
            .uri(&at(&task))
            .insert_header((
                "authorization",
                format!("Bearer {}", ann.token.as_deref().expect("a token")),
            ))
            .insert_header(("content-type", "application/merge-patch+json"))
            .set_payload(r#"{"title":"Buy bread"}"#);

        let reply = site.send(request).await;

        assert_eq!(reply.status, 200, "{}", reply.text());
    }

    async fn completing_a_task_twice_keeps_the_first_time(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let completion = format!("{}/completion", at(&task));

        let first = ann.put(&completion).await.ok();
        site.set_clock("2026-11-22T13:00:00Z");
        let second = ann.put(&completion).await.ok();
        let third = ann
            .patch(&at(&task), json!({ "completed": true }))
            .await
            .ok();

        assert_eq!(first["completed"], true);
        assert_eq!(first["completed_at"], "2026-11-22T12:00:00Z");
        assert_eq!((&second, &third), (&first, &first));
    }

    async fn reopening_a_task_twice_is_reopening_it_once(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let completion = format!("{}/completion", at(&task));
        ann.put(&completion).await.ok();

        let first = ann.delete(&completion).await.ok();
        let second = ann.delete(&completion).await.ok();

        assert_eq!(first["completed"], false);
        assert_eq!(first["completed_at"], Value::Null);
        assert_eq!(second, first);
    }

    async fn a_deleted_task_lies_in_the_trash_until_it_is_restored(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;

        ann.delete(&at(&task)).await.status(204);

        let trashed = ann.get(&at(&task)).await.ok();
        assert_eq!(trashed["deleted_at"], "2026-11-22T12:00:00Z");
        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
        assert_eq!(ann.titles("/api/tasks?status=trashed").await, ["Buy milk"]);
        ann.delete(&at(&task)).await.problem(404, "not-found");
        ann.patch(&at(&task), json!({ "title": "x" }))
            .await
            .problem(409, "conflict");
        ann.put(&format!("{}/completion", at(&task)))
            .await
            .problem(409, "conflict");

        let restored = ann
            .post(&format!("{}/restore", at(&task)), Value::Null)
            .await
            .ok();

        assert_eq!(restored["deleted_at"], Value::Null);
        assert_eq!(ann.titles("/api/tasks").await, ["Buy milk"]);
    }

    async fn only_a_task_in_the_trash_is_deleted_for_good(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let for_good = format!("{}?permanent=true", at(&task));

        ann.delete(&for_good).await.problem(409, "conflict");
        ann.delete(&at(&task)).await.status(204);
        ann.delete(&for_good).await.status(204);

        ann.get(&at(&task)).await.problem(404, "not-found");
        ann.delete(&for_good).await.problem(404, "not-found");
        assert_eq!(ann.get("/api/tasks?status=any").await.ok(), json!([]));
    }

    async fn deleting_the_collection_honours_its_filter(site: Site) {
        let ann = ann(&site).await;
        let done = ann.add("done").await;
        ann.put(&format!("{}/completion", at(&done))).await.ok();
        ann.add("open").await;

        ann.delete("/api/tasks?status=completed").await.status(204);

        assert_eq!(ann.titles("/api/tasks").await, ["open"]);
        assert_eq!(ann.titles("/api/tasks?status=trashed").await, ["done"]);
        ann.delete("/api/tasks?status=nope").await.refused();
        ann.delete("/api/tasks?sort=order").await.refused();
        assert_eq!(ann.titles("/api/tasks").await, ["open"]);
    }

    async fn the_views_hold_what_their_names_say(site: Site) {
        let ann = ann(&site).await;
        let (done, gone) = (ann.add("done").await, ann.add("gone").await);
        ann.add("open").await;
        ann.put(&format!("{}/completion", at(&done))).await.ok();
        ann.delete(&at(&gone)).await.status(204);

        let view = async |status| ann.titles(&format!("/api/tasks?status={status}")).await;

        assert_eq!(view("open").await, ["open"]);
        assert_eq!(view("completed").await, ["done"]);
        assert_eq!(view("all").await, ["done", "open"]);
        assert_eq!(view("trashed").await, ["gone"]);
        assert_eq!(view("any").await, ["done", "gone", "open"]);
        assert_eq!(ann.titles("/api/tasks").await, ["done", "open"]);
    }

    async fn a_count_comes_with_those_who_ask_for_it(site: Site) {
        let ann = ann(&site).await;
        for title in ["one", "two", "three"] {
            ann.add(title).await;
        }

        let counted = ann.get("/api/tasks?count=true&limit=2").await;
        let silent = ann.get("/api/tasks?limit=2").await;

        assert_eq!(counted.reply.header("x-total-count"), "3");
        assert_eq!(counted.ok().as_array().map(Vec::len), Some(2));
        assert_eq!(silent.reply.header("x-total-count"), "");
    }

    async fn a_parameter_that_is_not_understood_is_refused(site: Site) {
        let ann = ann(&site).await;

        for query in [
            "status=Open",
            "sort=colour",
            "limit=0",
            "limit=201",
            "limit=x",
            "cursor=x",
            "count=1",
            "page=2",
            "sort=order&sort=order",
        ] {
            let answer = ann.get(&format!("/api/tasks?{query}")).await;
            assert_eq!(answer.refused(), [query.split('=').next().expect("a name")]);
        }
        ann.get(&format!("{RANDOM}?x=1"))
            .await
            .problem(422, "invalid");
        ann.get("/api/me?x=1").await.problem(422, "invalid");
    }

    async fn me_says_whose_token_it_is(site: Site) {
        let ann = ann(&site).await;

        let me = ann.get("/api/me").await.ok();

        assert_eq!(me["email"], "ann@example.org");
        assert_eq!(me["timezone"], "UTC");
    }

    async fn after_logging_out_a_token_is_good_for_nothing(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let (ann, other) = (browser.api().await, browser.api().await);

        ann.post("/api/auth/logout", Value::Null).await.status(204);

        ann.get("/api/tasks").await.problem(401, "unauthenticated");
        ann.post("/api/auth/logout", Value::Null)
            .await
            .problem(401, "unauthenticated");
        other.get("/api/tasks").await.ok();
        browser.visit("/tasks").await.ok();
    }
}
