//! Lists: made, changed, put in order, put away and deleted; the Inbox stays.

use actix_web::http::Method;
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

fn place(list: &Value) -> String {
    format!("/api/lists/{}", list["id"].as_str().expect("an id"))
}

async fn names(api: &Api) -> Vec<String> {
    let lists = api.get("/api/lists").await.ok();
    let lists = lists.as_array().expect("an array").iter();
    lists
        .map(|list| list["name"].as_str().expect("a name").to_owned())
        .collect()
}

async fn task_in(api: &Api, list: &Value, title: &str) -> Value {
    let new = json!({ "title": title, "list_id": list["id"] });
    api.post("/api/tasks", new).await.created()
}

fn inside(list: &Value) -> String {
    format!(
        "/api/tasks?status=any&list={}",
        list["id"].as_str().expect("an id")
    )
}

on_both_engines! {
    async fn everybody_begins_with_an_inbox(site: Site) {
        let ann = ann(&site).await;

        let lists = ann.get("/api/lists").await.ok();

        assert_eq!(lists.as_array().map(Vec::len), Some(1));
        assert_eq!((&lists[0]["name"], &lists[0]["is_inbox"]), (&json!("Inbox"), &json!(true)));
        assert_eq!(ann.add("x").await["list_id"], lists[0]["id"]);
    }

    async fn a_new_list_is_answered_whole_with_where_it_is(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "name": " Garden ", "color": "green", "order": 7, "archived": true });

        let answer = ann.post("/api/lists", new).await;

        let list = answer.created();
        assert_eq!(
            list,
            json!({
                "id": list["id"], "name": "Garden", "color": "green", "order": 7, "is_inbox": false,
                "archived": true, "created_at": "2026-11-22T12:00:00Z",
                "updated_at": "2026-11-22T12:00:00Z", "version": list["version"],
            })
        );
        assert_eq!(answer.reply.header("location"), format!("http://localhost{}", place(&list)));
        assert_eq!(answer.etag(), format!("\"{}\"", list["version"]));
        assert_eq!(ann.get(&place(&list)).await.ok(), list);
    }

    async fn lists_come_as_they_were_put_the_inbox_first(site: Site) {
        let ann = ann(&site).await;
        let (garden, _, work) = (list(&ann, "Garden").await, list(&ann, "Home").await, list(&ann, "Work").await);
        assert_eq!(names(&ann).await, ["Inbox", "Garden", "Home", "Work"]);

        ann.patch(&place(&work), json!({ "order": -1 })).await.ok();
        let order = work["order"].as_i64().expect("a number");
        ann.patch(&place(&garden), json!({ "order": order + 1 })).await.ok();

        assert_eq!(names(&ann).await, ["Inbox", "Work", "Home", "Garden"]);
    }

    async fn a_list_is_changed_where_the_patch_says(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        site.set_clock("2026-11-22T12:05:00Z");

        let changed = ann.patch(&place(&garden), json!({ "name": "Yard", "color": "blue" })).await.ok();
        let away = ann.patch(&place(&garden), json!({ "archived": true, "color": null })).await.ok();
        let back = ann.patch(&place(&garden), json!({ "archived": false })).await.ok();

        assert_eq!((&changed["name"], &changed["color"]), (&json!("Yard"), &json!("blue")));
        assert_eq!(changed["updated_at"], "2026-11-22T12:05:00Z");
        assert_eq!((&away["archived"], &away["color"]), (&json!(true), &json!("none")));
        assert_eq!((&back["archived"], &back["order"]), (&json!(false), &garden["order"]));
        let mut sent = back.clone();
        sent["id"] = json!("nonsense");
        assert_eq!(ann.patch(&place(&garden), sent).await.ok(), back);
    }

    async fn what_is_no_list_is_refused_by_name(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        let (long, longest) = ("x".repeat(101), "\u{e9}".repeat(100));

        for (body, named) in [
            (json!({ "name": "" }), "/name"),
            (json!({ "name": " \u{200b}" }), "/name"),
            (json!({ "name": null }), "/name"),
            (json!({ "name": 7 }), "/name"),
            (json!({ "name": "a\nb" }), "/name"),
            (json!({ "name": long }), "/name"),
            (json!({ "name": "x", "color": "pink" }), "/color"),
            (json!({ "name": "x", "color": 1 }), "/color"),
            (json!({ "name": "x", "order": "1" }), "/order"),
            (json!({ "name": "x", "archived": "yes" }), "/archived"),
            (json!({ "name": "x", "tasks": [] }), "/tasks"),
        ] {
            assert_eq!(ann.post("/api/lists", body.clone()).await.refused(), [named], "{body}");
            assert_eq!(ann.patch(&place(&garden), body.clone()).await.refused(), [named], "{body}");
        }
        assert_eq!(ann.post("/api/lists", json!({})).await.refused(), ["/name"]);
        assert_eq!(list(&ann, &longest).await["name"], longest);
        assert_eq!(names(&ann).await, ["Inbox".to_owned(), "Garden".to_owned(), longest]);
    }

    async fn a_name_is_taken_in_every_spelling(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let (street, other) = (list(&ann, "Stra\u{df}e").await, list(&ann, "Other").await);

        for name in ["STRASSE", "stra\u{df}e", "Str\u{e1}sse", " Strasse ", "inbox"] {
            assert_eq!(ann.post("/api/lists", json!({ "name": name })).await.refused(), ["/name"], "{name}");
            assert_eq!(ann.patch(&place(&other), json!({ "name": name })).await.refused(), ["/name"]);
        }
        assert_eq!(ann.patch(&place(&street), json!({ "name": "STRASSE" })).await.ok()["name"], "STRASSE");
        list(&bob, "Strasse").await;
    }

    async fn the_inbox_stays(site: Site) {
        let ann = ann(&site).await;
        let inbox = ann.get("/api/lists").await.ok()[0].clone();

        ann.patch(&place(&inbox), json!({ "name": "Other" })).await.problem(409, "conflict");
        ann.patch(&place(&inbox), json!({ "archived": true })).await.problem(409, "conflict");
        ann.delete(&place(&inbox)).await.problem(409, "conflict");
        ann.delete(&format!("{}?tasks=trash", place(&inbox))).await.problem(409, "conflict");

        let same = json!({ "name": "Inbox", "archived": false, "color": "blue" });
        assert_eq!(ann.patch(&place(&inbox), same).await.ok()["color"], "blue");
        assert_eq!(names(&ann).await, ["Inbox"]);
    }

    async fn the_tasks_of_a_deleted_list_go_to_the_inbox(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        let (open, done) = (task_in(&ann, &garden, "open").await, task_in(&ann, &garden, "done").await);
        let gone = task_in(&ann, &garden, "gone").await;
        let step = json!({ "title": "step", "parent_id": open["id"] });
        ann.post("/api/tasks", step).await.created();
        ann.complete(&done).await;
        ann.delete(&at(&gone)).await.status(204);

        ann.delete(&place(&garden)).await.status(204);

        ann.get(&place(&garden)).await.problem(404, "not-found");
        ann.delete(&place(&garden)).await.problem(404, "not-found");
        assert_eq!(ann.titles("/api/tasks?list=inbox").await, ["open", "done", "step"]);
        assert_eq!(ann.titles("/api/tasks?list=inbox&status=trashed").await, ["gone"]);
        assert_eq!(ann.titles(&inside(&garden)).await, [""; 0]);
        assert_eq!(ann.again(&done).await["completed"], true);
    }

    async fn or_to_the_trash_and_come_back_into_the_inbox(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        let open = task_in(&ann, &garden, "open").await;
        let step = json!({ "title": "step", "parent_id": open["id"] });
        ann.post("/api/tasks", step).await.created();

        ann.delete(&format!("{}?tasks=trash", place(&garden))).await.status(204);

        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
        assert_eq!(ann.titles("/api/tasks?status=trashed").await, ["open", "step"]);
        ann.post(&format!("{}/restore", at(&open)), Value::Null).await.ok();
        assert_eq!(ann.titles("/api/tasks?list=inbox").await, ["open", "step"]);
    }

    async fn where_its_tasks_go_is_said_in_one_of_two_words(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;

        for bad in ["tasks=away", "tasks=", "tasks=inbox&tasks=trash", "force=true"] {
            let named = ann.delete(&format!("{}?{bad}", place(&garden))).await.refused();
            assert_eq!(named, [bad.split('=').next().expect("a name")]);
        }
        ann.delete(&format!("{}?tasks=inbox", place(&garden))).await.status(204);
    }

    async fn a_list_of_somebody_else_is_not_found(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let garden = place(&list(&ann, "Garden").await);
        let never = bob.get("/api/lists/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11").await;

        let refused = bob.get(&garden).await;

        refused.problem(404, "not-found");
        assert_eq!(refused.reply.body, never.reply.body);
        bob.patch(&garden, json!({ "name": "His" })).await.problem(404, "not-found");
        bob.delete(&garden).await.problem(404, "not-found");
        bob.get("/api/lists/nonsense").await.problem(404, "not-found");
        let there = garden.replace("/api/lists/", "/api/tasks?list=");
        assert_eq!(bob.titles(&there).await, [""; 0]);
        assert_eq!(ann.get(&garden).await.ok()["name"], "Garden");
    }

    async fn an_older_version_is_not_changed(site: Site) {
        let ann = ann(&site).await;
        let garden = list(&ann, "Garden").await;
        let old = ann.get(&place(&garden)).await.etag();
        ann.patch(&place(&garden), json!({ "color": "red" })).await.ok();
        let new = ann.get(&place(&garden)).await.etag();
        let send = async |method, tag: &str, body| {
            ann.send(method, &place(&garden), &[("if-match", tag)], body).await
        };

        let patch = Some(json!({ "color": "blue" }));
        send(Method::PATCH, &old, patch.clone()).await.problem(412, "precondition-failed");
        send(Method::DELETE, &old, None).await.problem(412, "precondition-failed");
        let newer = send(Method::PATCH, &new, patch).await;
        assert_eq!(newer.ok()["color"], "blue");
        let known = [("if-none-match", newer.reply.header("etag"))];
        ann.send(Method::GET, &place(&garden), &known, None).await.status(304);
        send(Method::DELETE, "*", None).await.status(204);
    }

    async fn five_hundred_lists_are_enough(site: Site) {
        let ann = ann(&site).await;
        let lines: Vec<_> = (1..500).map(|number| format!("task #\"{number}\"")).collect();
        let quick = json!({ "text": lines.join("\n"), "create_lists": true });
        ann.post("/api/tasks/quick", quick).await.created();
        let lists = ann.get("/api/lists").await.ok();
        assert_eq!(lists.as_array().map(Vec::len), Some(500));

        assert_eq!(ann.post("/api/lists", json!({ "name": "One more" })).await.refused(), ["/name"]);
        let one_more = json!({ "text": "first\nsecond #More", "create_lists": true });
        ann.post("/api/tasks/quick", one_more).await.refused();
        ann.delete(&place(&lists[1])).await.status(204);
        list(&ann, "One more").await;
        assert_eq!(ann.titles("/api/tasks?q=first").await, [""; 0]);
    }
}
