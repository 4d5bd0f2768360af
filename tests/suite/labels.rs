//! Labels: made by use, the same in every spelling, renamed, merged and deleted.

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

async fn labelled(api: &Api, title: &str, labels: &[&str]) -> Value {
    let new = json!({ "title": title, "labels": labels });
    api.post("/api/tasks", new).await.created()
}

/// Every label with how many open tasks have it.
async fn counts(api: &Api) -> Value {
    let labels = api.get("/api/labels").await.ok();
    let labels = labels.as_array().expect("an array").iter();
    labels
        .map(|label| json!([label["name"], label["open"]]))
        .collect()
}

async fn rename(api: &Api, address: &str, name: &str) -> Value {
    api.patch(&format!("/api/labels/{address}"), json!({ "name": name }))
        .await
        .ok()
}

on_both_engines! {
    async fn giving_a_label_to_a_task_makes_it(site: Site) {
        let ann = ann(&site).await;

        let task = labelled(&ann, "x", &[" home ", "Caf\u{e9}"]).await;

        assert_eq!(task["labels"], json!(["home", "Caf\u{e9}"]));
        let labels = ann.get("/api/labels").await.ok();
        let at = "2026-11-22T12:00:00Z";
        assert_eq!(labels, json!([
            { "name": "Caf\u{e9}", "open": 1, "created_at": at },
            { "name": "home", "open": 1, "created_at": at },
        ]));
    }

    async fn every_spelling_is_the_same_label(site: Site) {
        let ann = ann(&site).await;
        labelled(&ann, "one", &["Stra\u{df}e"]).await;

        let twice = labelled(&ann, "two", &["STRASSE", "strasse", "other"]).await;

        assert_eq!(twice["labels"], json!(["STRASSE", "other"]));
        assert_eq!(counts(&ann).await, json!([["other", 1], ["Stra\u{df}e", 2]]));
        for spelling in ["strasse", "STRASSE", "stra%C3%9Fe", "+Strasse+"] {
            assert_eq!(ann.titles(&format!("/api/tasks?label={spelling}")).await, ["one", "two"]);
        }
    }

    async fn the_count_is_of_open_tasks(site: Site) {
        let ann = ann(&site).await;
        let mut tasks = Vec::new();
        for title in ["open", "done", "gone"] {
            tasks.push(labelled(&ann, title, &["home"]).await);
        }

        ann.complete(&tasks[1]).await;
        ann.delete(&at(&tasks[2])).await.status(204);

        assert_eq!(counts(&ann).await, json!([["home", 1]]));
        ann.set(&tasks[0], json!({ "labels": [] })).await;
        assert_eq!(counts(&ann).await, json!([["home", 0]]));
    }

    async fn labels_are_replaced_as_a_whole(site: Site) {
        let ann = ann(&site).await;
        let task = labelled(&ann, "x", &["a", "b"]).await;

        let changed = ann.set(&task, json!({ "labels": ["c", "B"] })).await;
        assert_eq!(changed["labels"], json!(["c", "B"]));
        assert_eq!(ann.titles("/api/tasks?label=a").await, [""; 0]);
        let same = ann.set(&task, json!({ "labels": ["c", "B"] })).await;
        assert_eq!(same["version"], changed["version"]);
        assert_eq!(ann.set(&task, json!({ "labels": null })).await["labels"], json!([]));
    }

    async fn a_renamed_label_is_renamed_wherever_it_is(site: Site) {
        let ann = ann(&site).await;
        let task = labelled(&ann, "x", &["first", "home", "last"]).await;
        let gone = labelled(&ann, "gone", &["HOME"]).await;
        ann.delete(&at(&gone)).await.status(204);

        let label = rename(&ann, "Home", "House").await;

        assert_eq!((&label["name"], &label["open"]), (&json!("House"), &json!(1)));
        let renamed = ann.again(&task).await;
        assert_eq!(renamed["labels"], json!(["first", "House", "last"]));
        assert!(renamed["version"].as_i64() > task["version"].as_i64());
        assert_eq!(ann.again(&gone).await["labels"], json!(["House"]));
        assert_eq!(ann.titles("/api/tasks?label=home").await, [""; 0]);
        assert_eq!(rename(&ann, "house", "HOUSE").await["name"], "HOUSE");
        assert_eq!(ann.again(&task).await["labels"], json!(["first", "HOUSE", "last"]));
    }

    async fn a_name_that_another_label_has_merges_the_two(site: Site) {
        let ann = ann(&site).await;
        let both = labelled(&ann, "both", &["errand", "x", "Shop"]).await;
        let one = labelled(&ann, "one", &["errand"]).await;

        let merged = rename(&ann, "errand", "SHOP").await;

        assert_eq!((&merged["name"], &merged["open"]), (&json!("Shop"), &json!(2)));
        assert_eq!(ann.again(&both).await["labels"], json!(["Shop", "x"]));
        assert_eq!(ann.again(&one).await["labels"], json!(["Shop"]));
        assert_eq!(counts(&ann).await, json!([["Shop", 2], ["x", 1]]));
        ann.undo_last().await;
        assert_eq!(ann.again(&both).await["labels"], json!(["errand", "x", "Shop"]));
        assert_eq!(counts(&ann).await, json!([["errand", 2], ["Shop", 1], ["x", 1]]));
    }

    async fn a_deleted_label_leaves_its_tasks(site: Site) {
        let ann = ann(&site).await;
        let task = labelled(&ann, "x", &["a", "home", "b"]).await;

        ann.delete("/api/labels/HOME").await.status(204);

        assert_eq!(ann.again(&task).await["labels"], json!(["a", "b"]));
        ann.delete("/api/labels/home").await.problem(404, "not-found");
        ann.patch("/api/labels/home", json!({ "name": "x" })).await.problem(404, "not-found");
        ann.undo_last().await;
        assert_eq!(ann.again(&task).await["labels"], json!(["a", "home", "b"]));
        assert_eq!(ann.titles("/api/tasks?label=home").await, ["x"]);
    }

    async fn a_task_has_up_to_thirty_labels_without_commas(site: Site) {
        let ann = ann(&site).await;
        let task = labelled(&ann, "x", &["home"]).await;
        let many: Vec<String> = (0..31).map(|number| format!("label {number}")).collect();
        let long = "x".repeat(101);

        for labels in [
            json!(many), json!(["a,b"]), json!([""]), json!([" \u{200b}"]), json!(["a\nb"]), json!([long]),
            json!("home"), json!([7]), json!([null]), json!({ "home": true }),
        ] {
            let refused = ann.patch(&at(&task), json!({ "labels": labels })).await;
            assert_eq!(refused.refused(), ["/labels"], "{labels}");
        }
        assert_eq!(counts(&ann).await, json!([["home", 1]]));
        let full = ann.set(&task, json!({ "labels": many[..30] })).await;
        assert_eq!(full["labels"].as_array().map(Vec::len), Some(30));
        for name in [json!("a,b"), json!(""), json!(null), json!(7)] {
            let refused = ann.patch("/api/labels/home", json!({ "name": name })).await;
            assert_eq!(refused.refused(), ["/name"]);
        }
        assert_eq!(ann.patch("/api/labels/home", json!({ "name": "x", "color": 1 })).await.refused(), ["/color"]);
        assert_eq!(ann.patch("/api/labels/home", json!({})).await.refused(), ["/name"]);
    }

    async fn names_with_signs_are_written_as_addresses_are(site: Site) {
        let ann = ann(&site).await;
        for (name, address) in [
            ("a b", "a%20b"), ("50%", "50%25"), ("c/d", "c%2Fd"), ("e?f#g", "e%3Ff%23g"),
            ("h+i", "h+i"), ("\u{65e5}\u{672c}", "%E6%97%A5%E6%9C%AC"),
        ] {
            let task = labelled(&ann, "x", &[name]).await;

            let renamed = rename(&ann, address, "plain").await;
            assert_eq!(renamed["name"], "plain", "{name}");
            assert_eq!(ann.again(&task).await["labels"], json!(["plain"]));
            ann.delete("/api/labels/plain").await.status(204);
        }
        assert_eq!(counts(&ann).await, json!([]));
    }

    async fn labels_are_each_owners_own(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        labelled(&ann, "x", &["home"]).await;

        bob.patch("/api/labels/home", json!({ "name": "his" })).await.problem(404, "not-found");
        bob.delete("/api/labels/home").await.problem(404, "not-found");

        assert_eq!(counts(&bob).await, json!([]));
        assert_eq!(bob.titles("/api/tasks?label=home").await, [""; 0]);
        assert_eq!(counts(&ann).await, json!([["home", 1]]));
    }

    async fn two_thousand_labels_are_enough(site: Site) {
        let ann = ann(&site).await;
        let create = |first: usize| {
            let labels: Vec<String> = (first..first + 25).map(|number| format!("l{number}")).collect();
            json!({ "op": "create", "body": { "title": "x", "labels": labels } })
        };
        let operations: Vec<_> = (0..80).map(|task| create(task * 25)).collect();
        ann.post("/api/tasks/batch", json!({ "operations": operations })).await.ok();

        let one_more = json!({ "title": "one more", "labels": ["new"] });
        assert_eq!(ann.post("/api/tasks", one_more.clone()).await.refused(), ["/labels"]);
        labelled(&ann, "known", &["L7"]).await;
        ann.delete("/api/labels/l8").await.status(204);
        ann.post("/api/tasks", one_more).await.created();

        assert_eq!(counts(&ann).await.as_array().map(Vec::len), Some(2000));
    }
}
