//! Due dates in words, in the zone of whoever owns them, and what midnight does to a page.

use actix_web::test::TestRequest;
use serde_json::json;

use crate::support::{Browser, Site, at};

/// A site whose people live by this zone.
async fn living_in(site: &Site, zone: chrono_tz::Tz) -> Site {
    site.another(|config| config.time_zone = zone).await
}

/// Ann, with one task due on each of these days, first to last.
async fn with_due(site: &Site, days: &[&str]) -> Browser {
    let ann = site.sign_up("ann").await;
    let api = ann.api().await;
    for day in days.iter().rev() {
        api.post("/api/tasks", json!({ "title": "x", "due_date": day }))
            .await
            .created();
    }
    ann
}

async fn status_for(ann: &mut Browser, address: &str, tag: &str) -> u16 {
    let request = TestRequest::get()
        .uri(address)
        .insert_header(("if-none-match", tag));
    ann.send(request).await.status.as_u16()
}

on_both_engines! {
    async fn days_are_said_in_words_and_late_ones_marked(site: Site) {
        let days = [
            "2026-11-20",
            "2026-11-21",
            "2026-11-22",
            "2026-11-23",
            "2026-11-27",
            "2028-02-29",
        ];
        let mut ann = with_due(&site, &days).await;

        let page = ann.visit("/tasks").await.ok();

        assert_eq!(
            page.texts(".task time"),
            [
                "Overdue: Fri 20 Nov",
                "Overdue: yesterday",
                "today",
                "tomorrow",
                "Fri 27 Nov",
                "29 Feb 2028",
            ]
        );
        assert_eq!(page.texts(".task time.late").len(), 2);
        assert_eq!(page.attributes(".task time", "datetime"), days);
    }

    async fn today_is_where_the_owner_is(site: Site) {
        let days = ["2026-11-22", "2026-11-23"];
        for (zone, at, words) in [
            (
                chrono_tz::Pacific::Auckland,
                "2026-11-22T12:00:00Z",
                ["Overdue: yesterday", "today"],
            ),
            (
                chrono_tz::America::Los_Angeles,
                "2026-11-23T07:59:59Z",
                ["today", "tomorrow"],
            ),
            (
                chrono_tz::UTC,
                "2026-11-22T23:59:59Z",
                ["today", "tomorrow"],
            ),
        ] {
            let there = living_in(&site, zone).await;
            there.set_clock(at);
            let mut ann = with_due(&there, &days).await;
            assert_eq!(
                ann.visit("/tasks").await.ok().texts(".task time"),
                words,
                "{zone}"
            );
        }
    }

    async fn the_same_page_says_another_day_after_midnight(site: Site) {
        let there = living_in(&site, chrono_tz::Europe::Berlin).await;
        let mut ann = with_due(&there, &["2026-11-22"]).await;
        // 23:59:59 in Berlin.
        there.set_clock("2026-11-22T22:59:59Z");
        let before = ann.visit("/tasks").await.ok();
        let tag = before.reply.header("etag").to_owned();
        assert_eq!(status_for(&mut ann, "/tasks", &tag).await, 304);

        there.set_clock("2026-11-22T23:00:00Z");

        assert_eq!(status_for(&mut ann, "/tasks", &tag).await, 200);
        let after = ann.visit("/tasks").await.ok();
        assert_eq!(before.text(".task time"), "today");
        assert_eq!(after.text(".task time"), "Overdue: yesterday");
    }

    async fn a_task_page_changes_at_midnight_too(site: Site) {
        let mut ann = with_due(&site, &["2026-11-22"]).await;
        let list = ann.visit("/tasks").await.ok();
        let task = list.follow(&mut ann, ".task a.title").await.ok();
        let tag = task.reply.header("etag").to_owned();
        site.set_clock("2026-11-22T23:59:59Z");
        assert_eq!(status_for(&mut ann, &task.address, &tag).await, 304);

        site.set_clock("2026-11-23T00:00:00Z");

        assert_eq!(status_for(&mut ann, &task.address, &tag).await, 200);
        let task = ann.visit(&task.address).await.ok();
        assert_eq!(task.text(".due"), "Overdue: yesterday");
    }

    async fn what_is_done_or_deleted_is_never_overdue(site: Site) {
        let mut ann = with_due(&site, &["2026-11-20", "2026-11-20"]).await;
        let api = ann.api().await;
        let tasks = api.get("/api/tasks").await.ok();
        api.put(&format!("{}/completion", at(&tasks[0]))).await.ok();
        api.delete(&at(&tasks[1])).await.status(204);

        for view in ["completed", "trashed"] {
            let page = ann.visit(&format!("/tasks?status={view}")).await.ok();
            assert_eq!(page.text(".task time"), "Fri 20 Nov", "{view}");
            assert!(!page.has(".late"), "{view}");
        }
    }

    async fn the_history_of_a_task_is_told_in_its_owners_time(site: Site) {
        let there = living_in(&site, chrono_tz::Asia::Kolkata).await;
        let mut ann = there.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        there.set_clock("2026-11-22T20:00:00Z");
        let list = list.submit(&mut ann, ".task .tick", &[]).await.ok();

        let task = list.follow(&mut ann, ".flash a").await.ok();

        assert_eq!(
            task.text(".history"),
            "Added 22 Nov 2026, 17:30, changed 23 Nov 2026, 01:30, completed 23 Nov 2026, 01:30."
        );
        assert_eq!(
            task.attributes(".history time", "datetime")[0],
            "2026-11-22T12:00:00Z"
        );
    }

    async fn who_has_the_page_already_is_not_sent_it_again(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let mut bob = site.sign_up("bob").await;
        ann.add("Buy milk").await;
        let tag = ann.get("/tasks").await.header("etag").to_owned();

        assert_eq!(status_for(&mut ann, "/tasks", &tag).await, 304);
        assert_eq!(status_for(&mut ann, "/tasks?status=all", &tag).await, 200);
        assert_eq!(status_for(&mut bob, "/tasks", &tag).await, 200);
        ann.add("Call mum").await;
        assert_eq!(status_for(&mut ann, "/tasks", &tag).await, 200);
    }
}
