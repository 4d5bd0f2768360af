//! Entity tags at the API: 304 for who has it already, 412 for who has an older one.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn if_none_match(api: &Api, address: &str, tag: &str) -> Answer {
    api.send(Method::GET, address, &[("if-none-match", tag)], None)
        .await
}

async fn if_match(api: &Api, method: Method, address: &str, tag: &str) -> Answer {
    let body = (method == Method::PATCH).then(|| json!({ "title": "Buy bread" }));
    api.send(method, address, &[("if-match", tag)], body).await
}

/// The tags of a task and of two views of its owner's tasks.
async fn tags(api: &Api, task: &Value) -> [String; 3] {
    [
        api.get(&at(task)).await.etag(),
        api.get("/api/tasks").await.etag(),
        api.get("/api/tasks?status=any&sort=order&limit=3")
            .await
            .etag(),
    ]
}

on_both_engines! {
    async fn who_has_the_task_already_hears_304_without_a_body(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let tag = ann.get(&at(&task)).await.etag();

        let again = if_none_match(&ann, &at(&task), &tag).await;

        again.status(304);
        assert!(again.reply.body.is_empty());
        assert_eq!(again.etag(), tag);
        assert_eq!(again.reply.header("cache-control"), "private, no-cache");
        if_none_match(&ann, &at(&task), &format!("\"x\", W/{tag}"))
            .await
            .status(304);
        if_none_match(&ann, &at(&task), "*").await.status(304);
        if_none_match(&ann, &at(&task), "\"0\"").await.status(200);
    }

    async fn who_has_the_list_already_hears_304_without_a_body(site: Site) {
        let ann = ann(&site).await;
        ann.add("Buy milk").await;
        let tag = ann.get("/api/tasks").await.etag();

        let again = if_none_match(&ann, "/api/tasks", &tag).await;

        again.status(304);
        assert!(again.reply.body.is_empty());
        assert_eq!(again.etag(), tag);
        assert!(tag.starts_with("W/\""), "{tag}");
        if_none_match(&ann, "/api/tasks?status=open", &tag)
            .await
            .status(200);
    }

    async fn every_change_of_a_task_changes_its_tag_and_that_of_the_list(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let address = at(&task);
        let (completion, restore) = (
            format!("{address}/completion"),
            format!("{address}/restore"),
        );
        let changes = [
            (
                Method::PATCH,
                address.clone(),
                Some(json!({ "title": "Buy bread" })),
            ),
            (Method::PATCH, address.clone(), Some(json!({ "order": 7 }))),
            (Method::PUT, completion.clone(), None),
            (Method::DELETE, completion, None),
            (Method::DELETE, address.clone(), None),
            (Method::POST, restore, None),
            (Method::DELETE, "/api/tasks".to_owned(), None),
        ];

        let mut before = tags(&ann, &task).await;
        for (method, address, body) in changes {
            let answer = ann.send(method, &address, &[], body).await;
            assert!(answer.reply.status.is_success(), "{answer:?}");
            let after = tags(&ann, &task).await;
            assert!(
                before.iter().zip(&after).all(|(old, new)| old != new),
                "{address}"
            );
            before = after;
        }
    }

    async fn a_task_that_goes_for_good_changes_the_tag_of_the_list(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        ann.delete(&at(&task)).await.status(204);
        let before = ann.get("/api/tasks?status=trashed").await.etag();

        ann.delete(&format!("{}?permanent=true", at(&task)))
            .await
            .status(204);

        assert_ne!(ann.get("/api/tasks?status=trashed").await.etag(), before);
    }

    async fn what_changes_nothing_keeps_the_tags(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let address = at(&task);
        let before = tags(&ann, &task).await;
        site.set_clock("2026-11-22T13:00:00Z");

        ann.patch(&address, task.clone()).await.ok();
        ann.patch(&address, json!({})).await.ok();
        ann.delete(&format!("{address}/completion")).await.ok();
        ann.post(&format!("{address}/restore"), Value::Null)
            .await
            .ok();
        ann.delete("/api/tasks?status=completed").await.status(204);
        ann.delete("/api/tasks?status=trashed").await.status(204);

        assert_eq!(tags(&ann, &task).await, before);
    }

    async fn what_was_refused_keeps_the_tags(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let address = at(&task);
        let before = tags(&ann, &task).await;

        ann.patch(&address, json!({ "title": "" }))
            .await
            .status(422);
        ann.post("/api/tasks", json!({})).await.status(422);
        ann.delete(&format!("{address}?permanent=true"))
            .await
            .status(409);
        if_match(&ann, Method::PATCH, &address, "\"0\"")
            .await
            .status(412);
        ann.put("/api/tasks/01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11/completion")
            .await
            .status(404);

        assert_eq!(tags(&ann, &task).await, before);
    }

    async fn what_somebody_else_does_keeps_ones_own_tags(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let task = ann.add("Buy milk").await;
        let before = tags(&ann, &task).await;

        bob.add("Pay rent").await;

        assert_eq!(tags(&ann, &task).await, before);
    }

    async fn two_people_never_share_the_tag_of_a_list(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let tag = ann.get("/api/tasks").await.etag();

        let his = if_none_match(&bob, "/api/tasks", &tag).await;

        assert_eq!(his.status(200).reply.text(), "[]");
        assert_ne!(his.etag(), tag);
    }

    async fn every_view_has_a_tag_of_its_own(site: Site) {
        let ann = ann(&site).await;

        let mut tags = Vec::new();
        for query in ["", "?status=open", "?sort=order", "?limit=3", "?count=true"] {
            tags.push(ann.get(&format!("/api/tasks{query}")).await.etag());
        }

        tags.sort();
        tags.dedup();
        assert_eq!(tags.len(), 5);
    }

    async fn a_change_of_the_version_one_saw_is_made(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let tag = ann.get(&at(&task)).await.etag();

        let answer = if_match(&ann, Method::PATCH, &at(&task), &format!("\"0\", {tag}")).await;

        assert_eq!(answer.ok()["title"], "Buy bread");
        assert_ne!(answer.etag(), tag);
        if_match(&ann, Method::PATCH, &at(&task), "*")
            .await
            .status(200);
    }

    async fn a_change_of_an_older_version_is_refused_and_not_made(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let old = ann.get(&at(&task)).await.etag();
        let current = ann.patch(&at(&task), json!({ "notes": "oat" })).await.ok();
        let completion = format!("{}/completion", at(&task));

        for tag in [old.as_str(), "W/\"1\"", "\"other\""] {
            if_match(&ann, Method::PATCH, &at(&task), tag)
                .await
                .problem(412, "precondition-failed");
            if_match(&ann, Method::DELETE, &at(&task), tag)
                .await
                .problem(412, "precondition-failed");
            if_match(&ann, Method::PUT, &completion, tag)
                .await
                .problem(412, "precondition-failed");
            if_match(&ann, Method::DELETE, &completion, tag)
                .await
                .problem(412, "precondition-failed");
        }

        assert_eq!(ann.get(&at(&task)).await.ok(), current);
    }

    async fn deleting_for_good_and_restoring_honour_the_tag_too(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let old = ann.get(&at(&task)).await.etag();
        ann.delete(&at(&task)).await.status(204);
        let for_good = format!("{}?permanent=true", at(&task));
        let restore = format!("{}/restore", at(&task));

        if_match(&ann, Method::DELETE, &for_good, &old)
            .await
            .problem(412, "precondition-failed");
        if_match(&ann, Method::POST, &restore, &old)
            .await
            .problem(412, "precondition-failed");

        let current = ann.get(&at(&task)).await;
        assert!(current.ok()["deleted_at"].is_string());
        if_match(&ann, Method::DELETE, &for_good, &current.etag())
            .await
            .status(204);
    }

    async fn a_condition_that_cannot_be_read_is_not_ignored(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;

        let answer = if_match(&ann, Method::DELETE, &at(&task), "17").await;

        answer.problem(400, "malformed");
        assert_eq!(ann.get(&at(&task)).await.ok(), task);
    }

    async fn of_two_who_saw_the_same_version_one_wins(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let tag = ann.get(&at(&task)).await.etag();

        let (address, body) = (at(&task), json!({ "title": "Buy bread" }));
        let (one, other) = futures_util::future::join(
            ann.send(Method::PATCH, &address, &[("if-match", &tag)], Some(body)),
            if_match(&ann, Method::DELETE, &address, &tag),
        )
        .await;

        let mut statuses = [one.reply.status.as_u16(), other.reply.status.as_u16()];
        statuses.sort_unstable();
        assert!(matches!(statuses, [200 | 204, 412]), "{statuses:?}");
    }
}
