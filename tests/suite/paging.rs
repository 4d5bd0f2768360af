//! Pages of a list: every task once, in order, in both directions, while tasks come and go.

use std::cmp::Reverse;

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Api, Site, at};

const SORTS: [&str; 8] = [
    "order",
    "-order",
    "created",
    "-created",
    "updated",
    "-updated",
    "priority",
    "-priority",
];
const STATUSES: [&str; 5] = ["open", "completed", "all", "trashed", "any"];

/// Twenty-four tasks in three lists with many ties, eight of them done and six in the trash.
async fn busy(site: &Site) -> Api {
    let ann = site.sign_up("ann").await.api().await;
    let mut lists = vec![Value::Null];
    for name in ["Home", "Work"] {
        let list = ann
            .post("/api/lists", json!({ "name": name }))
            .await
            .created();
        lists.push(list["id"].clone());
    }
    for number in 0_u8..24 {
        site.set_clock(&format!("2026-11-22T12:{:02}:00Z", number / 4));
        let mut new = json!({
            "title": format!("task {number:02}"), "order": i64::from(number) % 5 - 2,
            "priority": number % 3, "completed": number % 3 == 0,
        });
        if let list @ Value::String(_) = &lists[usize::from(number / 2 % 3)] {
            new["list_id"] = list.clone();
        }
        let task = ann.post("/api/tasks", new).await.created();
        if number % 4 == 1 {
            ann.delete(&at(&task)).await.status(204);
        }
    }
    ann
}

fn ids(tasks: &Value) -> Vec<String> {
    let tasks = tasks.as_array().expect("an array").iter();
    let id = |task: &Value| task["id"].as_str().expect("an id").to_owned();
    tasks.map(id).collect()
}

/// Follows `rel` from an address to the end; the pages as they came, and the last address.
async fn walk(api: &Api, from: &str, rel: &str) -> (Vec<Vec<String>>, String) {
    let (mut pages, mut address) = (Vec::new(), from.to_owned());
    loop {
        let answer = api.get(&address).await;
        pages.push(ids(&answer.ok()));
        match answer.link(rel) {
            Some(next) => address = next,
            None => return (pages, address),
        }
    }
}

/// All tasks of a status in an order, by a rule written independently of the server.
async fn expected(api: &Api, status: &str, sort: &str) -> Vec<String> {
    let all = api
        .get(&format!("/api/tasks?status={status}&limit=200"))
        .await
        .ok();
    let mut tasks = all.as_array().expect("an array").clone();
    let key = |task: &Value| {
        let text = |name: &str| task[name].as_str().expect("an id").to_owned();
        let (list, key) = match sort.trim_start_matches('-') {
            "created" => (None, 0),
            "updated" => (None, minute(&task["updated_at"])),
            "order" => (
                Some(text("list_id")),
                task["order"].as_i64().expect("a number"),
            ),
            name => (None, task[name].as_i64().expect("a number")),
        };
        (list, key, text("id"))
    };
    if sort.starts_with('-') {
        tasks.sort_by_key(|task| Reverse(key(task)));
    } else {
        tasks.sort_by_key(key);
    }
    ids(&Value::Array(tasks))
}

fn minute(at: &Value) -> i64 {
    let at = chrono::DateTime::parse_from_rfc3339(at.as_str().expect("an instant"));
    at.expect("RFC 3339").timestamp()
}

on_both_engines! {
    async fn walking_forth_shows_every_task_once_in_every_order_of_every_view(site: Site) {
        let ann = busy(&site).await;

        for status in STATUSES {
            for sort in SORTS {
                let first = format!("/api/tasks?status={status}&sort={sort}&limit=5");
                let (pages, _) = walk(&ann, &first, "next").await;
                assert_eq!(
                    pages.concat(),
                    expected(&ann, status, sort).await,
                    "{status} {sort}"
                );
            }
        }
    }

    async fn walking_back_shows_the_same_tasks_in_the_same_order(site: Site) {
        let ann = busy(&site).await;

        for status in STATUSES {
            for sort in SORTS {
                let first = format!("/api/tasks?status={status}&sort={sort}&limit=5");
                let (_, last) = walk(&ann, &first, "next").await;
                let (mut pages, _) = walk(&ann, &last, "prev").await;
                pages.reverse();
                assert_eq!(
                    pages.concat(),
                    expected(&ann, status, sort).await,
                    "{status} {sort}"
                );
            }
        }
    }

    async fn the_first_page_has_no_way_back_and_the_last_no_way_on(site: Site) {
        let ann = busy(&site).await;

        let first = ann.get("/api/tasks?status=any&limit=20").await;
        let last = ann.get(&first.link("next").expect("more")).await;
        let whole = ann.get("/api/tasks?status=any&limit=24").await;

        assert_eq!(first.link("prev"), None);
        assert_eq!(last.link("next"), None);
        assert_eq!(ids(&last.ok()).len(), 4);
        assert_eq!(whole.reply.header("link"), "");
    }

    async fn a_task_made_meanwhile_moves_none_from_its_page(site: Site) {
        let ann = busy(&site).await;
        let before = expected(&ann, "open", "order").await;
        let first = ann.get("/api/tasks?status=open&sort=order&limit=4").await;

        ann.post("/api/tasks", json!({ "title": "on top", "order": -9 }))
            .await
            .created();
        let (rest, _) = walk(&ann, &first.link("next").expect("more"), "next").await;

        assert_eq!(ids(&first.ok()), before[..4]);
        assert_eq!(rest.concat(), before[4..]);
    }

    async fn tasks_deleted_meanwhile_hide_no_other(site: Site) {
        let ann = busy(&site).await;
        let before = expected(&ann, "open", "-priority").await;
        let first = ann
            .get("/api/tasks?status=open&sort=-priority&limit=4")
            .await;

        // The cursor itself, one before it and one after it.
        for gone in [&before[3], &before[0], &before[4]] {
            ann.delete(&format!("/api/tasks/{gone}")).await.status(204);
        }
        let (rest, _) = walk(&ann, &first.link("next").expect("more"), "next").await;

        assert_eq!(rest.concat(), before[5..]);
    }

    async fn walking_back_over_a_deleted_task_misses_no_other(site: Site) {
        let ann = busy(&site).await;
        let before = expected(&ann, "all", "created").await;
        let first = ann.get("/api/tasks?limit=6").await;
        let second = ann.get(&first.link("next").expect("more")).await;

        ann.delete(&format!("/api/tasks/{}", before[6]))
            .await
            .status(204);
        let back = ann.get(&second.link("prev").expect("a way back")).await;

        assert_eq!(ids(&back.ok()), before[..6]);
    }

    async fn a_task_that_changes_comes_once_where_the_order_is_not_by_change(site: Site) {
        let ann = busy(&site).await;
        let before = expected(&ann, "all", "created").await;
        let first = ann.get("/api/tasks?limit=4").await;
        site.set_clock("2026-11-22T18:00:00Z");

        for id in [&before[0], &before[9]] {
            ann.patch(&format!("/api/tasks/{id}"), json!({ "title": "changed" }))
                .await
                .ok();
        }
        let (rest, _) = walk(&ann, &first.link("next").expect("more"), "next").await;

        assert_eq!(rest.concat(), before[4..]);
    }

    async fn the_way_on_keeps_view_order_and_size(site: Site) {
        let ann = busy(&site).await;

        let next = ann
            .get("/api/tasks?status=open&sort=-updated&limit=3")
            .await
            .link("next")
            .expect("more");

        assert!(
            next.starts_with("/api/tasks?status=open&sort=-updated&limit=3&cursor="),
            "{next}"
        );
    }

    async fn a_count_counts_the_view_and_not_the_page(site: Site) {
        let ann = busy(&site).await;

        let total = async |status: &str| {
            let answer = ann
                .get(&format!("/api/tasks?status={status}&limit=1&count=true"))
                .await;
            answer.reply.header("x-total-count").to_owned()
        };

        assert_eq!(total("any").await, "24");
        assert_eq!(total("trashed").await, "6");
        assert_eq!(total("all").await, "18");
    }

    async fn a_cursor_belongs_to_its_order(site: Site) {
        let ann = busy(&site).await;
        let next = ann
            .get("/api/tasks?sort=order&limit=2")
            .await
            .link("next")
            .expect("more");

        let answer = ann.get(&next.replace("sort=order", "sort=priority")).await;

        assert_eq!(answer.refused(), ["cursor"]);
    }

    async fn orders_at_the_far_ends_are_walked_like_any(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        for order in [i64::MAX, i64::MIN, 0, i64::MIN, i64::MAX] {
            ann.post("/api/tasks", json!({ "title": "x", "order": order }))
                .await
                .created();
        }
        ann.add("on top of the lowest").await;

        for sort in ["order", "-order"] {
            let first = format!("/api/tasks?sort={sort}&limit=1");
            let (pages, _) = walk(&ann, &first, "next").await;
            assert_eq!(pages.concat(), expected(&ann, "all", sort).await);
        }
    }

    async fn a_head_request_tells_the_way_on_too(site: Site) {
        let ann = busy(&site).await;

        let head = ann
            .send(Method::HEAD, "/api/tasks?limit=2", &[], None)
            .await;

        assert_eq!(
            head.link("next"),
            ann.get("/api/tasks?limit=2").await.link("next")
        );
    }
}
