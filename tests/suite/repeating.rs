//! Tasks that repeat: what comes next, when, and what changes one occurrence or the series.

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// A task due on that day that repeats so.
async fn repeating(api: &Api, due: &str, rule: &str) -> Value {
    let new = json!({ "title": "Water plants", "due_date": due, "recurrence": rule });
    api.post("/api/tasks", new).await.created()
}

/// Completes a task and those that follow; the days on which they are due.
async fn days(api: &Api, mut task: Value, count: usize) -> Vec<String> {
    let mut days = Vec::new();
    while days.len() < count && !task.is_null() {
        days.push(task["due_date"].as_str().expect("a day").to_owned());
        task = api.complete(&task).await["next"].clone();
    }
    days
}

/// The days that lie ahead of a task.
async fn ahead(api: &Api, task: &Value, count: usize) -> Vec<String> {
    let address = format!("{}/occurrences?count={count}", at(task));
    let days = api.get(&address).await.ok();
    let days = days.as_array().expect("an array").iter();
    days.map(|day| day["due_date"].as_str().expect("a day").to_owned())
        .collect()
}

async fn open(api: &Api) -> Vec<Value> {
    let tasks = api.get("/api/tasks?status=open&parent=none").await.ok();
    tasks.as_array().expect("an array").clone()
}

on_both_engines! {
    async fn completing_an_occurrence_keeps_it_and_makes_the_next(site: Site) {
        let ann = ann(&site).await;
        let new = json!({
            "title": "Water plants", "notes": "all", "labels": ["home"], "priority": 2,
            "start_date": "2026-11-20", "due_date": "2026-11-22", "due_time": "14:00",
            "due_zone": "Europe/Berlin", "recurrence": "FREQ=DAILY",
        });
        let task = ann.post("/api/tasks", new).await.created();

        let done = ann.complete(&task).await;

        let next = &done["next"];
        assert_eq!(done["completed"], true);
        assert_eq!(done["due_date"], "2026-11-22");
        assert_eq!(ann.again(&task).await["completed"], true);
        let mut expected = task.clone();
        for own in ["id", "url", "html_url", "version"] {
            expected[own] = next[own].clone();
        }
        expected["start_date"] = json!("2026-11-21");
        expected["due_date"] = json!("2026-11-23");
        expected["series_date"] = json!("2026-11-23");
        expected["due_at"] = json!("2026-11-23T13:00:00Z");
        assert_eq!(*next, expected);
        assert_eq!(ann.again(next).await, expected);
        assert_ne!(next["id"], task["id"]);
    }

    async fn days_weeks_months_and_years_come_in_turn(site: Site) {
        let ann = ann(&site).await;

        for (due, rule, expected) in [
            ("2026-11-22", "FREQ=DAILY", ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-25"]),
            ("2026-11-23", "FREQ=WEEKLY;BYDAY=MO,TH", ["2026-11-23", "2026-11-26", "2026-11-30", "2026-12-03"]),
            ("2027-01-31", "FREQ=MONTHLY", ["2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]),
            ("2027-12-30", "FREQ=MONTHLY", ["2027-12-30", "2028-01-30", "2028-02-29", "2028-03-30"]),
            ("2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=31", ["2027-01-31", "2027-03-31", "2027-05-31", "2027-07-31"]),
            ("2028-02-29", "FREQ=YEARLY", ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]),
        ] {
            let task = repeating(&ann, due, rule).await;
            assert_eq!(ahead(&ann, &task, 4).await, expected, "{rule}");
            assert_eq!(days(&ann, task, 4).await, expected, "{rule}");
        }
    }

    async fn a_year_of_the_leap_day_comes_back_to_it(site: Site) {
        let ann = ann(&site).await;

        let task = repeating(&ann, "2028-02-29", "FREQ=YEARLY").await;

        assert_eq!(ahead(&ann, &task, 5).await.last().map(String::as_str), Some("2032-02-29"));
    }

    async fn from_completion_counts_from_the_day_it_was_done(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-01", "FREQ=DAILY;INTERVAL=3").await;
        ann.set(&task, json!({ "recurrence_from": "completion" })).await;

        let next = ann.complete(&task).await["next"].clone();

        assert_eq!(next["due_date"], "2026-11-25");
        assert_eq!(next["recurrence_from"], "completion");
        assert_eq!(next["recurrence_text"], "every 3 days, counted from completion");
    }

    async fn missed_occurrences_are_skipped_or_come_each_in_turn(site: Site) {
        let ann = ann(&site).await;
        let skipping = repeating(&ann, "2026-11-10", "FREQ=WEEKLY").await;
        let keeping = repeating(&ann, "2026-11-10", "FREQ=WEEKLY").await;
        ann.set(&keeping, json!({ "recurrence_missed": "keep" })).await;

        assert_eq!(skipping["recurrence_missed"], "skip");
        assert_eq!(ann.complete(&skipping).await["next"]["due_date"], "2026-11-24");
        let next = ann.complete(&keeping).await["next"].clone();
        assert_eq!((&next["due_date"], &next["recurrence_missed"]), (&json!("2026-11-17"), &json!("keep")));
    }

    async fn a_missed_time_of_today_is_missed_and_a_later_one_is_not(site: Site) {
        let ann = ann(&site).await;
        let daily = async |time: &str| {
            let task = repeating(&ann, "2026-11-20", "FREQ=DAILY").await;
            ann.set(&task, json!({ "due_time": time })).await;
            ann.complete(&task).await["next"]["due_date"].clone()
        };

        assert_eq!(daily("11:59").await, "2026-11-23");
        assert_eq!(daily("12:01").await, "2026-11-22");
    }

    async fn completing_twice_makes_one_next(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;

        let first = ann.complete(&task).await;
        let second = ann.complete(&task).await;
        let third = ann.set(&task, json!({ "completed": true })).await;

        assert_eq!((&second, &third), (&first, &first));
        assert_eq!(open(&ann).await, [first["next"].clone()]);
    }

    async fn completing_many_times_at_once_makes_one_next(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;

        let all = join_all((0..8).map(|_| ann.complete(&task))).await;

        let open = open(&ann).await;
        assert_eq!(open.len(), 1);
        for done in all {
            assert_eq!(done["next"]["id"], open[0]["id"]);
        }
        assert_eq!(ann.get("/api/tasks?status=any").await.ok().as_array().map(Vec::len), Some(2));
    }

    async fn the_next_has_the_steps_unticked(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;
        for (title, completed) in [("can", true), ("tap", false)] {
            let step = json!({ "title": title, "completed": completed, "parent_id": task["id"] });
            ann.post("/api/tasks", step).await.created();
        }

        let next = ann.complete(&task).await["next"].clone();

        let of = |task: &Value| format!("/api/tasks?parent={}", task["id"].as_str().expect("an id"));
        let copies = ann.get(&of(&next)).await.ok();
        assert_eq!(ann.titles(&of(&next)).await, ["can", "tap"]);
        assert_eq!([&copies[0]["completed"], &copies[1]["completed"]], [false, false]);
        assert_eq!(ann.titles(&format!("{}&status=completed", of(&task))).await, ["can", "tap"]);
    }

    async fn reopening_takes_the_untouched_next_back(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;
        let next = ann.complete(&task).await["next"].clone();
        site.set_clock("2026-11-22T12:05:00Z");

        let back = ann.delete(&format!("{}/completion", at(&task))).await.ok();

        assert_eq!(back["recurrence"], "FREQ=DAILY");
        assert_eq!(open(&ann).await, [back]);
        assert_ne!(ann.again(&next).await["deleted_at"], Value::Null);
        assert_eq!(ann.complete(&task).await["next"]["due_date"], "2026-11-23");
        assert_eq!(open(&ann).await.len(), 1);
    }

    async fn reopening_leaves_a_next_that_somebody_has_been_at(site: Site) {
        let ann = ann(&site).await;
        let edited = async |change: &str| {
            site.set_clock("2026-11-22T12:00:00Z");
            let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;
            let step = json!({ "title": "can", "parent_id": task["id"] });
            ann.post("/api/tasks", step).await.created();
            let next = ann.complete(&task).await["next"].clone();
            let steps = format!("/api/tasks?parent={}", next["id"].as_str().expect("an id"));
            let step = ann.get(&steps).await.ok()[0].clone();
            site.set_clock("2026-11-22T12:05:00Z");
            match change {
                "title" => drop(ann.set(&next, json!({ "title": "Other" })).await),
                "step" => drop(ann.complete(&step).await),
                "step deleted" => drop(ann.delete(&at(&step)).await.status(204)),
                _ => {
                    let new = json!({ "title": "tap", "parent_id": next["id"] });
                    ann.post("/api/tasks", new).await.created();
                }
            }
            let back = ann.delete(&format!("{}/completion", at(&task))).await.ok();
            (back["recurrence"].clone(), ann.again(&next).await["deleted_at"].clone())
        };

        for change in ["title", "step", "step deleted", "new step"] {
            assert_eq!(edited(change).await, (Value::Null, Value::Null), "{change}");
        }
    }

    async fn skipping_passes_an_occurrence_over(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=WEEKLY;COUNT=2").await;
        let skip = format!("{}/skip", at(&task));

        let skipped = ann.post(&skip, Value::Null).await.ok();

        assert_eq!((&skipped["id"], &skipped["completed"]), (&task["id"], &json!(false)));
        assert_eq!((&skipped["due_date"], &skipped["series_date"]), (&json!("2026-11-29"), &json!("2026-11-29")));
        ann.post(&skip, Value::Null).await.problem(409, "conflict");
        ann.complete(&task).await;
        ann.post(&skip, Value::Null).await.problem(409, "conflict");
        let once = ann.add("Once").await;
        ann.post(&format!("{}/skip", at(&once)), Value::Null).await.problem(409, "conflict");
    }

    async fn a_series_ends_with_null_with_its_last_and_with_its_day(site: Site) {
        let ann = ann(&site).await;
        let ended = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;
        let ended = ann.set(&ended, json!({ "recurrence": null })).await;

        assert_eq!(ended["due_date"], "2026-11-22");
        assert_eq!(days(&ann, ended, 5).await.len(), 1);
        let counted = repeating(&ann, "2026-11-22", "FREQ=DAILY;COUNT=3").await;
        assert_eq!(ahead(&ann, &counted, 9).await.len(), 3);
        assert_eq!(days(&ann, counted, 9).await, ["2026-11-22", "2026-11-23", "2026-11-24"]);
        let until = repeating(&ann, "2026-11-22", "FREQ=DAILY;UNTIL=20261124").await;
        assert_eq!(days(&ann, until, 9).await, ["2026-11-22", "2026-11-23", "2026-11-24"]);
        assert_eq!(open(&ann).await, [Value::Null; 0]);
    }

    async fn the_calendar_ends_with_the_year_9999(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "9999-12-31", "FREQ=DAILY").await;

        assert_eq!(ahead(&ann, &task, 3).await, ["9999-12-31"]);
        assert_eq!(ann.complete(&task).await["next"], Value::Null);
    }

    async fn moving_the_day_moves_this_one_only(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-23", "FREQ=WEEKLY").await;

        let moved = ann.set(&task, json!({ "due_date": "2026-11-25" })).await;

        assert_eq!((&moved["due_date"], &moved["series_date"]), (&json!("2026-11-25"), &json!("2026-11-23")));
        assert_eq!(ahead(&ann, &task, 3).await, ["2026-11-25", "2026-11-30", "2026-12-07"]);
        let next = ann.complete(&task).await["next"].clone();
        assert_eq!((&next["due_date"], &next["series_date"]), (&json!("2026-11-30"), &json!("2026-11-30")));
    }

    async fn writing_the_rule_or_its_day_changes_the_series(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-23", "FREQ=WEEKLY").await;

        let dated = ann.set(&task, json!({ "series_date": "2026-11-26" })).await;
        assert_eq!((&dated["due_date"], &dated["series_date"]), (&json!("2026-11-23"), &json!("2026-11-26")));
        assert_eq!(ahead(&ann, &task, 3).await, ["2026-11-23", "2026-12-03", "2026-12-10"]);
        let ruled = ann.set(&task, json!({ "due_date": "2026-11-25", "recurrence": "FREQ=DAILY" })).await;
        assert_eq!(ruled["series_date"], "2026-11-25");
        let same = ann.set(&task, json!({ "due_date": "2026-11-27", "recurrence": "FREQ=DAILY" })).await;
        assert_eq!((&same["due_date"], &same["series_date"]), (&json!("2026-11-27"), &json!("2026-11-25")));
    }

    async fn a_rule_without_a_day_finds_its_first(site: Site) {
        let ann = ann(&site).await;
        let first = async |rule: &str, time: Value| {
            let new = json!({ "title": "x", "recurrence": rule, "due_time": time });
            ann.post("/api/tasks", new).await.created()["due_date"].clone()
        };

        assert_eq!(first("FREQ=WEEKLY;BYDAY=TU", Value::Null).await, "2026-11-24");
        assert_eq!(first("FREQ=WEEKLY;BYDAY=SU", Value::Null).await, "2026-11-22");
        assert_eq!(first("FREQ=DAILY", json!("09:00")).await, "2026-11-22");
        assert_eq!(first("FREQ=MONTHLY;BYMONTHDAY=-1", Value::Null).await, "2026-11-30");
    }

    async fn hours_need_a_time(site: Site) {
        let ann = ann(&site).await;
        let hourly = json!({ "title": "x", "due_date": "2026-11-22", "recurrence": "FREQ=HOURLY;INTERVAL=2" });
        assert_eq!(ann.post("/api/tasks", hourly.clone()).await.refused(), ["/recurrence"]);
        let mut timed = hourly;
        timed["due_time"] = json!("11:30");

        let task = ann.post("/api/tasks", timed).await.created();

        let refused = ann.patch(&at(&task), json!({ "due_time": null })).await;
        assert_eq!(refused.refused(), ["/due_time"]);
        let next = ann.complete(&task).await["next"].clone();
        assert_eq!((&next["due_date"], &next["due_time"]), (&json!("2026-11-22"), &json!("13:30")));
    }

    async fn what_cannot_repeat_is_refused_by_name(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "2026-11-22", "FREQ=DAILY").await;
        let once = ann.add("Once").await;

        for (body, named) in [
            (json!({ "recurrence": "every day" }), "/recurrence"),
            (json!({ "recurrence": "" }), "/recurrence"),
            (json!({ "recurrence": 7 }), "/recurrence"),
            (json!({ "recurrence": "FREQ=MINUTELY" }), "/recurrence"),
            (json!({ "recurrence": "FREQ=DAILY;COUNT=0" }), "/recurrence"),
            (json!({ "recurrence_from": "now" }), "/recurrence_from"),
            (json!({ "recurrence_missed": true }), "/recurrence_missed"),
            (json!({ "series_date": "soon" }), "/series_date"),
            (json!({ "due_date": null }), "/due_date"),
        ] {
            assert_eq!(ann.patch(&at(&task), body.clone()).await.refused(), [named], "{body}");
        }
        for body in [json!({ "recurrence_from": "completion" }), json!({ "series_date": "2026-11-22" })] {
            assert_eq!(ann.patch(&at(&once), body).await.refused(), ["/recurrence"]);
        }
        assert_eq!(ann.again(&task).await, task);
        for bad in ["count=0", "count=101", "count=x", "x=1"] {
            ann.get(&format!("{}/occurrences?{bad}", at(&task))).await.problem(422, "invalid");
        }
        let none = ann.get(&format!("{}/occurrences", at(&once))).await.ok();
        assert_eq!(none, json!([]));
    }

    async fn an_old_rule_is_answered_at_once(site: Site) {
        let ann = ann(&site).await;
        let task = repeating(&ann, "1970-01-01", "FREQ=DAILY").await;
        let started = std::time::Instant::now();

        let next = ann.complete(&task).await["next"].clone();

        assert_eq!(next["due_date"], "2026-11-23");
        assert!(started.elapsed().as_secs() < 2);
    }

    async fn pages_say_a_rule_in_their_language_and_forms_as_it_is_read(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        ann.patch("/api/me", json!({ "locale": "de" })).await.ok();
        let list = browser.visit("/tasks").await.ok();

        let typed = [("title", "Mow every 2 weeks on monday and thursday")];
        let added = list.submit(&mut browser, "#new-task", &typed).await.ok();
        let understood = added.texts(".understood").join(" ");
        assert!(understood.contains("alle 2 Wochen am Montag und Donnerstag"), "{understood}");

        for (rule, german) in [
            ("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH", "alle 2 Wochen am Montag und Donnerstag"),
            ("FREQ=MONTHLY;BYMONTHDAY=2,-1", "jeden Monat am 2. und am letzten Tag"),
            ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "jeden Werktag"),
            ("FREQ=DAILY;UNTIL=20270103", "jeden Tag, bis 3. Jan. 2027"),
            ("FREQ=DAILY;COUNT=5", "jeden Tag, 5-mal"),
        ] {
            let task = repeating(&ann, "2026-12-01", rule).await;
            let address = format!("/tasks/{}", task["id"].as_str().expect("an id"));
            let page = browser.visit(&address).await.ok();
            let said = page.texts("p.due").join(" ");
            assert!(said.contains(german), "{said}");
            let field = page.field("#edit-task", "recurrence");
            assert!(field == rule || field.starts_with("every "), "{field}");

            page.submit(&mut browser, "#edit-task", &[]).await.ok();

            assert_eq!(ann.again(&task).await, task, "an unchanged form changes nothing");
        }
    }
}
