//! Filters: every parameter, alone and together, what is refused, and filters with a name.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// Forty tasks that differ in everything one can filter by.
async fn many(site: &Site) -> (Api, Value, Value) {
    let ann = ann(site).await;
    let list = ann
        .post("/api/lists", json!({ "name": "Garden" }))
        .await
        .created();
    let parent = ann.add("parent").await;
    let mut operations = Vec::new();
    for n in 0..40 {
        let mut body = json!({
            "title": format!("task {n}"), "notes": if n % 6 == 0 { "Caf\u{e9}" } else { "" },
            "completed": n % 4 == 0, "priority": n % 4, "order": n % 5,
            "labels": (["a", "b", "c"][n % 3].split(' ').collect::<Vec<_>>()),
        });
        if n % 2 == 0 {
            body["labels"] = json!(["a", "b"]);
            body["due_date"] = json!(format!("2026-11-{}", 18 + n % 10));
        }
        if n % 5 == 0 {
            body["start_date"] = json!("2026-11-23");
        }
        match n % 7 {
            0 => body["list_id"] = list["id"].clone(),
            1 => body["parent_id"] = parent["id"].clone(),
            _ => {}
        }
        operations.push(json!({ "op": "create", "body": body }));
    }
    let made = ann
        .post("/api/tasks/batch", json!({ "operations": operations }))
        .await
        .ok();
    for n in (0..40).step_by(9) {
        ann.delete(&at(&made["results"][n]["task"]))
            .await
            .status(204);
    }
    (ann, list, parent)
}

/// Ids of all pages, and how many the server says there are.
async fn walk(api: &Api, query: &str) -> (Vec<String>, usize) {
    let first = format!("/api/tasks?{query}&count=true&limit=3");
    let (mut ids, mut total, mut next) = (Vec::new(), 0, Some(first));
    while let Some(address) = next {
        let answer = api.get(&address).await;
        let tasks = answer.ok();
        let tasks = tasks.as_array().expect("tasks").iter();
        ids.extend(tasks.map(|task| task["id"].as_str().expect("an id").to_owned()));
        total = answer
            .reply
            .header("x-total-count")
            .parse()
            .expect("a count");
        next = answer.link("next");
        if let Some(next) = &next {
            assert!(
                next.starts_with(&format!("/api/tasks?{query}&")),
                "{query}: {next}"
            );
        }
    }
    (ids, total)
}

/// Whether a task is one of a filter, by a rule written independently of the server.
fn belongs(task: &Value, query: &[&str], (list, parent): (&Value, &Value)) -> bool {
    let has = |label: &str| {
        task["labels"]
            .as_array()
            .expect("labels")
            .contains(&json!(label))
    };
    let day = task["due_date"].as_str();
    let priority = task["priority"].as_i64().expect("a number");
    let text = format!("{} {}", task["title"], task["notes"]);
    query.iter().all(|one| match *one {
        "status=open" => task["completed"] == false && task["deleted_at"].is_null(),
        "status=completed" => task["completed"] == true && task["deleted_at"].is_null(),
        "status=trashed" => !task["deleted_at"].is_null(),
        "status=all" => task["deleted_at"].is_null(),
        "list=inbox" => task["list_id"] != *list,
        "list" => task["list_id"] == *list,
        "label=a" => has("a"),
        "label=B" => has("b"),
        "priority=2" => priority == 2,
        "priority=1.." => priority >= 1,
        "due=today" => day == Some("2026-11-22"),
        "due=overdue" => day.is_some_and(|day| day < "2026-11-22"),
        "due=week" => day.is_some_and(|day| ("2026-11-22".."2026-11-29").contains(&day)),
        "due=none" => day.is_none(),
        "due=2026-11-20..2026-11-24" => {
            day.is_some_and(|day| ("2026-11-20".."2026-11-25").contains(&day))
        }
        "parent=none" => task["parent_id"].is_null(),
        "parent" => task["parent_id"] == *parent,
        "started=true" => task["start_date"].is_null(),
        "q=cafe" => text.contains("Caf"),
        "q=task+1" => text.contains("task") && text.contains('1'),
        _ => true,
    })
}

on_both_engines! {
    async fn filters_hold_together_and_their_count_is_what_paging_yields(site: Site) {
        let (ann, list, parent) = many(&site).await;
        let all = ann.get("/api/tasks?status=any&limit=200").await.ok();
        let all = all.as_array().expect("tasks");
        assert_eq!(all.len(), 41);
        let parts: [&[&str]; 8] = [
            &["status=any", "status=open", "status=completed", "status=trashed", "status=all"],
            &["", "list=inbox", "list", ""],
            &["", "label=a", "label=B"],
            &["", "", "priority=2", "priority=1..", ""],
            &["", "due=today", "due=overdue", "due=week", "due=none", "due=2026-11-20..2026-11-24", ""],
            &["", "", "parent=none", "", "parent"],
            &["", "q=cafe", "", "q=task+1"],
            &["", "started=true", ""],
        ];
        let sorts = ["order", "-order", "due", "-due", "priority", "-updated", "title", "-title", "created"];
        let mut found = 0;
        for round in 0..120_usize {
            let pick = |at: usize, part: &&[&'static str]| part[(round / (at + 1) + round * (at + 3)) % part.len()];
            let query: Vec<&str> = parts.iter().enumerate().map(|(at, part)| pick(at, part)).filter(|one| !one.is_empty()).collect();
            let spelled = query.iter().map(|one| match *one {
                "list" => format!("list={}", list["id"].as_str().expect("an id")),
                "parent" => format!("parent={}", parent["id"].as_str().expect("an id")),
                other => other.to_owned(),
            });
            let mut spelled: Vec<String> = spelled.collect();
            spelled.push(format!("sort={}", sorts[round % sorts.len()]));

            let (ids, total) = walk(&ann, &spelled.join("&")).await;

            let expected = all.iter().filter(|task| belongs(task, &query, (&list["id"], &parent["id"])));
            let mut expected: Vec<_> = expected.map(|task| task["id"].as_str().expect("an id")).collect();
            assert_eq!(total, expected.len(), "{spelled:?}");
            let mut sorted = ids.clone();
            sorted.sort_unstable();
            expected.sort_unstable();
            assert_eq!(sorted, expected, "{spelled:?}");
            found += usize::from(total > 0);
        }
        assert!(found > 40, "only {found} filters found anything");
    }

    async fn labels_repeat_for_tasks_that_have_all_of_them(site: Site) {
        let ann = ann(&site).await;
        for (title, labels) in [("both", json!(["home", "garden"])), ("one", json!(["home"]))] {
            ann.post("/api/tasks", json!({ "title": title, "labels": labels })).await.created();
        }

        assert_eq!(ann.titles("/api/tasks?label=home&label=GARDEN").await, ["both"]);
        assert_eq!(ann.titles("/api/tasks?label=home&label=home").await, ["both", "one"]);
        assert_eq!(ann.titles("/api/tasks?label=home&label=nowhere").await, [""; 0]);
        let counted = ann.get("/api/tasks?label=home&label=garden&count=true&limit=1").await;
        assert_eq!(counted.reply.header("x-total-count"), "1");
        let paged = ann.get("/api/tasks?label=home&limit=1").await;
        assert_eq!(ann.titles(&paged.link("next").expect("more")).await, ["one"]);
    }

    async fn a_bad_parameter_is_refused_by_name(site: Site) {
        let ann = ann(&site).await;
        ann.add("x").await;
        let labels = "label=x&".repeat(31);

        for (query, named) in [
            ("status=Open", "status"), ("status=", "status"), ("list=Inbox", "list"), ("list=", "list"),
            ("list=01932C07-A0E2-7C3B-8F5E-2B1F0F6F9A11", "list"), ("priority=4", "priority"),
            ("priority=-1", "priority"), ("priority=..2", "priority"), ("priority=1..2", "priority"),
            ("due=tomorrow", "due"), ("due=2026-11-22", "due"), ("due=2026-02-30..", "due"),
            ("due=", "due"), ("parent=", "parent"), ("parent=None", "parent"), ("started=1", "started"),
            ("sort=colour", "sort"), ("sort=", "sort"), ("limit=0", "limit"), ("limit=201", "limit"),
            ("limit=+5", "limit"), ("limit=-1", "limit"), ("limit=1e2", "limit"), ("cursor=", "cursor"),
            ("count=yes", "count"), ("sort=title&cursor=CgAAAAAAAAAAAAAAAAAAAAAAAA", "cursor"), ("q=a&q=b", "q"), ("colour=red", "colour"), (&labels, "label"),
        ] {
            let named_so = ann.get(&format!("/api/tasks?{query}")).await.refused();
            assert_eq!(named_so, [named], "{query}");
        }
        let two = ann.get("/api/tasks?status=x&due=y&limit=0").await.refused();
        assert_eq!(two, ["status", "due", "limit"]);
        for query in ["list=x", "label=x&due=y", "limit=5", "count=true", "x=1"] {
            ann.delete(&format!("/api/tasks?{query}")).await.problem(422, "invalid");
        }
        assert_eq!(ann.titles("/api/tasks").await, ["x"]);
    }

    async fn text_that_no_task_can_hold_is_found_in_none(site: Site) {
        let ann = ann(&site).await;
        ann.add("x").await;

        for query in ["q=%00", "q=x%00", "label=%00", "label=home%00"] {
            let named = query.split('=').next().expect("a name");
            assert_eq!(ann.get(&format!("/api/tasks?{query}")).await.refused(), [named], "{query}");
            assert_eq!(ann.delete(&format!("/api/tasks?{query}")).await.refused(), [named]);
        }
        for query in ["q=%ff", "label=%ff", "q=%EF%BF%BD", "q=%7f"] {
            assert_eq!(ann.titles(&format!("/api/tasks?{query}")).await, [""; 0], "{query}");
            ann.delete(&format!("/api/tasks?{query}")).await.status(204);
        }
        ann.patch("/api/labels/%00", json!({ "name": "x" })).await.problem(404, "not-found");
        assert_eq!(ann.titles("/api/tasks").await, ["x"]);
    }

    async fn what_a_filter_names_and_is_not_there_is_empty(site: Site) {
        let ann = ann(&site).await;
        let id = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";
        ann.add("x").await;

        for query in [format!("list={id}"), format!("parent={id}"), "label=x".to_owned()] {
            assert_eq!(ann.titles(&format!("/api/tasks?{query}")).await, [""; 0]);
        }
    }

    async fn deleting_by_filter_is_one_step_for_all_of_them(site: Site) {
        let (ann, ..) = many(&site).await;
        let (doomed, count) = walk(&ann, "label=a&priority=1..&status=open").await;
        assert!(count > 3);

        ann.delete("/api/tasks?label=a&priority=1..&status=open").await.status(204);

        for id in &doomed {
            assert_ne!(ann.get(&format!("/api/tasks/{id}")).await.ok()["deleted_at"], Value::Null);
        }
        assert_eq!(walk(&ann, "label=a&priority=1..&status=open").await.1, 0);
        assert_eq!(ann.history().await[0]["count"], count);
        ann.undo_last().await;
        assert_eq!(walk(&ann, "label=a&priority=1..&status=open").await, (doomed, count));
    }

    async fn a_filter_may_have_a_name(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "name": " Soon ", "query": "?label=home&due=week&cursor=x", "order": 3 });

        let answer = ann.post("/api/views", new).await;

        let view = answer.created();
        let address = format!("/api/views/{}", view["id"].as_str().expect("an id"));
        assert_eq!(view, json!({
            "id": view["id"], "name": "Soon", "query": "label=home&due=week", "order": 3,
            "created_at": "2026-11-22T12:00:00Z", "updated_at": "2026-11-22T12:00:00Z",
            "version": view["version"],
        }));
        assert_eq!(answer.reply.header("location"), format!("http://localhost{address}"));
        assert_eq!(ann.get(&address).await.ok(), view);
        let changed = ann.patch(&address, json!({ "query": "q=caf%C3%A9&sort=-due" })).await.ok();
        assert_eq!((&changed["name"], &changed["query"]), (&json!("Soon"), &json!("q=caf%C3%A9&sort=-due")));
        assert_eq!(ann.get("/api/views").await.ok(), json!([changed]));
        ann.delete(&address).await.status(204);
        ann.get(&address).await.problem(404, "not-found");
        ann.delete(&address).await.problem(404, "not-found");
    }

    async fn a_filter_that_cannot_be_shown_gets_no_name(site: Site) {
        let ann = ann(&site).await;
        let new = json!({ "name": "Soon", "query": "due=week" });
        let view = ann.post("/api/views", new.clone()).await.created();
        let address = format!("/api/views/{}", view["id"].as_str().expect("an id"));
        let long = format!("q={}", "x".repeat(2000));

        for query in [json!("due=soon"), json!("colour=red"), json!("q=a&q=b"), json!(7), json!(null), json!(long), json!("limit=0")] {
            let bad = json!({ "name": "Bad", "query": query });
            assert_eq!(ann.post("/api/views", bad.clone()).await.refused(), ["/query"], "{bad}");
            assert_eq!(ann.patch(&address, bad).await.refused(), ["/query"]);
        }
        assert_eq!(ann.post("/api/views", json!({})).await.refused(), ["/name", "/query"]);
        assert_eq!(ann.post("/api/views", json!({ "name": "SOON", "query": "" })).await.refused(), ["/name"]);
        assert_eq!(ann.post("/api/views", json!({ "name": "", "query": "" })).await.refused(), ["/name"]);
        assert_eq!(ann.patch(&address, json!({ "tasks": 1 })).await.refused(), ["/tasks"]);
        assert_eq!(ann.get("/api/views").await.ok(), json!([view]));
    }

    async fn views_are_each_owners_own_and_not_overwritten_unseen(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let new = json!({ "name": "Soon", "query": "due=week" });
        let view = ann.post("/api/views", new.clone()).await.created();
        let address = format!("/api/views/{}", view["id"].as_str().expect("an id"));
        let old = ann.get(&address).await.etag();
        ann.patch(&address, json!({ "order": 9 })).await.ok();

        bob.get(&address).await.problem(404, "not-found");
        bob.patch(&address, json!({ "name": "His" })).await.problem(404, "not-found");
        bob.delete(&address).await.problem(404, "not-found");
        bob.post("/api/views", new).await.created();
        let known = [("if-match", &*old)];
        let late = ann.send(Method::PATCH, &address, &known, Some(json!({ "order": 1 }))).await;
        late.problem(412, "precondition-failed");
        ann.send(Method::DELETE, &address, &known, None).await.problem(412, "precondition-failed");
        assert_eq!(ann.get(&address).await.ok()["order"], 9);
    }
}
