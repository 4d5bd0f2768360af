//! Due dates with times and zones: what may be said, which instant it is, and what it filters and
//! sorts as.

use chrono_tz::{America, Asia, Europe, Pacific, Tz};
use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// Ann on a site whose people live by this zone, at this moment.
async fn ann_in(site: &Site, zone: Tz, now: &str) -> Api {
    let there = site.another(|config| config.time_zone = zone).await;
    there.set_clock(now);
    ann(&there).await
}

/// A task with this title and due date, time and zone; empty for none.
async fn due(api: &Api, title: &str, (day, time, zone): (&str, &str, &str)) -> Value {
    let said = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    let new = json!({
        "title": title, "due_date": said(day), "due_time": said(time), "due_zone": said(zone),
    });
    api.post("/api/tasks", new).await.created()
}

async fn instant(api: &Api, when: (&str, &str, &str)) -> Value {
    due(api, "x", when).await["due_at"].clone()
}

/// The titles of every page, from the first to the last, and back from there.
async fn pages(api: &Api, address: &str) -> (Vec<String>, Vec<String>) {
    let title = |task: &Value| task["title"].as_str().expect("a title").to_owned();
    let (mut there, mut back) = (Vec::new(), Vec::new());
    let (mut next, mut last) = (Some(address.to_owned()), None);
    while let Some(address) = next {
        let answer = api.get(&address).await;
        there.extend(answer.ok().as_array().expect("tasks").iter().map(title));
        next = answer.link("next");
        last = Some(address);
    }
    while let Some(address) = last {
        let answer = api.get(&address).await;
        back.splice(
            0..0,
            answer.ok().as_array().expect("tasks").iter().map(title),
        );
        last = answer.link("prev");
    }
    (there, back)
}

on_both_engines! {
    async fn a_day_may_have_a_time_and_a_time_a_zone(site: Site) {
        let ann = ann_in(&site, Europe::Berlin, "2026-11-22T12:00:00Z").await;

        assert_eq!(instant(&ann, ("2026-11-27", "", "")).await, Value::Null);
        assert_eq!(instant(&ann, ("2026-11-27", "09:30", "")).await, "2026-11-27T08:30:00Z");
        assert_eq!(instant(&ann, ("2026-11-27", "09:30", "Asia/Tokyo")).await, "2026-11-27T00:30:00Z");
        assert_eq!(instant(&ann, ("2026-07-27", "09:30", "")).await, "2026-07-27T07:30:00Z");
        assert_eq!(instant(&ann, ("2026-11-27", "00:00", "Etc/UTC")).await, "2026-11-27T00:00:00Z");
        let browsers = json!({ "title": "x", "due_date": "2026-11-27", "due_time": "09:30:00" });
        assert_eq!(ann.post("/api/tasks", browsers).await.created()["due_time"], "09:30");
    }

    async fn what_is_no_due_date_is_refused_by_name(site: Site) {
        let ann = ann(&site).await;
        let day = "2026-11-27";

        for (body, named) in [
            (json!({ "due_time": "09:30" }), vec!["/due_time"]),
            (json!({ "due_zone": "Asia/Tokyo" }), vec!["/due_zone"]),
            (json!({ "due_time": "09:30", "due_zone": "Asia/Tokyo" }), vec!["/due_time", "/due_zone"]),
            (json!({ "due_date": day, "due_zone": "Asia/Tokyo" }), vec!["/due_zone"]),
            (json!({ "due_date": day, "due_time": "9:30" }), vec!["/due_time"]),
            (json!({ "due_date": day, "due_time": "24:00" }), vec!["/due_time"]),
            (json!({ "due_date": day, "due_time": 930 }), vec!["/due_time"]),
            (json!({ "due_date": day, "due_time": "" }), vec!["/due_time"]),
            (json!({ "due_date": day, "due_time": "09:30", "due_zone": "Berlin" }), vec!["/due_zone"]),
            (json!({ "due_date": day, "due_time": "09:30", "due_zone": "+01:00" }), vec!["/due_zone"]),
            (json!({ "due_date": "2026-02-29" }), vec!["/due_date"]),
            (json!({ "due_date": "1969-12-31" }), vec!["/due_date"]),
            (json!({ "due_date": "2026-11-27T09:30:00Z" }), vec!["/due_date"]),
            (json!({ "due_date": 20_261_127 }), vec!["/due_date"]),
            (json!({ "start_date": "soon" }), vec!["/start_date"]),
            (json!({ "due_at": "2026-11-27T09:30:00Z" }), vec!["/due_at"]),
        ] {
            let mut new = body.clone();
            new["title"] = json!("x");
            assert_eq!(ann.post("/api/tasks", new).await.refused(), named, "{body}");
        }
        assert_eq!(ann.titles("/api/tasks?status=any").await, [""; 0]);
    }

    async fn editing_the_day_keeps_the_time(site: Site) {
        let ann = ann(&site).await;
        let task = due(&ann, "x", ("2026-11-27", "09:30", "Asia/Tokyo")).await;

        let moved = ann.set(&task, json!({ "due_date": "2026-12-01" })).await;
        assert_eq!((&moved["due_time"], &moved["due_zone"]), (&json!("09:30"), &json!("Asia/Tokyo")));
        assert_eq!(moved["due_at"], "2026-12-01T00:30:00Z");
        let floating = ann.set(&task, json!({ "due_zone": null })).await;
        assert_eq!((&floating["due_time"], &floating["due_at"]), (&json!("09:30"), &json!("2026-12-01T09:30:00Z")));
        ann.set(&task, json!({ "due_zone": "Asia/Tokyo" })).await;
        let timeless = ann.set(&task, json!({ "due_time": null })).await;
        assert_eq!((&timeless["due_date"], &timeless["due_zone"]), (&json!("2026-12-01"), &Value::Null));
        ann.set(&task, json!({ "due_time": "10:00" })).await;
        let cleared = ann.set(&task, json!({ "due_date": null })).await;
        assert_eq!((&cleared["due_date"], &cleared["due_time"]), (&Value::Null, &Value::Null));
    }

    async fn a_skipped_time_moves_forward_and_of_a_double_one_the_first_counts(site: Site) {
        let ann = ann_in(&site, Europe::Berlin, "2026-11-22T12:00:00Z").await;

        let gap = due(&ann, "gap", ("2027-03-28", "02:30", "")).await;

        assert_eq!((&gap["due_time"], &gap["due_at"]), (&json!("02:30"), &json!("2027-03-28T01:30:00Z")));
        assert_eq!(instant(&ann, ("2027-10-31", "02:30", "")).await, "2027-10-31T00:30:00Z");
        assert_eq!(instant(&ann, ("2027-03-14", "02:15", "America/New_York")).await, "2027-03-14T07:15:00Z");
        assert_eq!(instant(&ann, ("2027-11-07", "01:15", "America/New_York")).await, "2027-11-07T05:15:00Z");
        assert_eq!(instant(&ann, ("2011-12-30", "10:00", "Pacific/Apia")).await, "2011-12-30T20:00:00Z");
    }

    async fn what_is_due_today_goes_by_the_owners_midnight(site: Site) {
        // In Kiritimati it is the 23rd already, in Honolulu still the 22nd.
        let now = "2026-11-22T12:00:00Z";
        let days = ["2026-11-21", "2026-11-22", "2026-11-23", "2026-11-24", "2026-11-28", "2026-11-29", "2026-11-30"];
        for (zone, overdue, today, week) in [
            (Pacific::Kiritimati, 2, ["2026-11-23"], ["2026-11-23", "2026-11-24", "2026-11-28", "2026-11-29"]),
            (Pacific::Honolulu, 1, ["2026-11-22"], ["2026-11-22", "2026-11-23", "2026-11-24", "2026-11-28"]),
        ] {
            let ann = ann_in(&site, zone, now).await;
            for day in days {
                due(&ann, day, (day, "", "")).await;
            }
            ann.add("no day").await;

            assert_eq!(ann.titles("/api/tasks?due=today").await, today);
            assert_eq!(ann.titles("/api/tasks?due=week").await, week);
            assert_eq!(ann.titles("/api/tasks?due=overdue").await, days[..overdue]);
            assert_eq!(ann.titles("/api/tasks?due=..today").await, days[..=overdue]);
            assert_eq!(ann.titles("/api/tasks?due=today..").await, days[overdue..]);
            assert_eq!(ann.titles("/api/tasks?due=2026-11-24..2026-11-28").await, days[3..5]);
            assert_eq!(ann.titles("/api/tasks?due=..").await, days);
            assert_eq!(ann.titles("/api/tasks?due=none").await, ["no day"]);
        }
    }

    async fn midnight_passes_for_the_filters_and_their_tags(site: Site) {
        let ann = ann_in(&site, Europe::Berlin, "2026-11-22T22:59:59Z").await;
        due(&ann, "sunday", ("2026-11-22", "", "")).await;
        due(&ann, "monday", ("2026-11-23", "", "")).await;
        let before = ann.get("/api/tasks?due=today").await;
        assert_eq!(before.ok()[0]["title"], "sunday");

        ann.site.set_clock("2026-11-22T23:00:00Z");

        let known = [("if-none-match", before.reply.header("etag"))];
        let after = ann.send(actix_web::http::Method::GET, "/api/tasks?due=today", &known, None).await;
        assert_eq!(after.ok()[0]["title"], "monday");
        assert_eq!(ann.titles("/api/tasks?due=overdue").await, ["sunday"]);
    }

    async fn a_time_is_overdue_from_the_next_minute_on(site: Site) {
        let ann = ann(&site).await;
        due(&ann, "late", ("2026-11-22", "11:59", "")).await;
        due(&ann, "now", ("2026-11-22", "12:00", "")).await;
        due(&ann, "all day", ("2026-11-22", "", "")).await;
        due(&ann, "late elsewhere", ("2026-11-22", "20:59", "Asia/Tokyo")).await;
        due(&ann, "soon elsewhere", ("2026-11-22", "07:01", "America/New_York")).await;

        assert_eq!(ann.titles("/api/tasks?due=overdue").await, ["late", "late elsewhere"]);
        site.set_clock("2026-11-22T12:01:00Z");
        assert_eq!(ann.titles("/api/tasks?due=overdue").await, ["late", "now", "late elsewhere"]);
    }

    async fn a_time_elsewhere_is_on_the_owners_day(site: Site) {
        let ann = ann_in(&site, America::New_York, "2026-11-22T17:00:00Z").await;
        // In New York that is the evening before.
        due(&ann, "tokyo", ("2026-11-23", "09:00", "Asia/Tokyo")).await;
        due(&ann, "here", ("2026-11-23", "09:00", "")).await;
        due(&ann, "day", ("2026-11-22", "", "")).await;

        assert_eq!(ann.titles("/api/tasks?due=today&sort=due").await, ["tokyo", "day"]);
        assert_eq!(ann.titles("/api/tasks?sort=due").await, ["tokyo", "day", "here"]);
    }

    async fn due_dates_sort_both_ways_with_those_without_last(site: Site) {
        let ann = ann_in(&site, Asia::Kolkata, "2026-11-22T12:00:00Z").await;
        ann.add("none 1").await;
        for (title, when) in [
            ("3 day", ("2026-11-22", "", "")),
            ("1 eight", ("2026-11-22", "08:00", "")),
            ("2 half past eight", ("2026-11-22", "03:00", "Etc/UTC")),
            ("4 midnight", ("2026-11-23", "00:00", "")),
            ("0 before", ("2026-11-21", "23:59", "")),
        ] {
            due(&ann, title, when).await;
        }
        ann.add("none 2").await;
        let up = ["0 before", "1 eight", "2 half past eight", "3 day", "4 midnight", "none 1", "none 2"];
        let down = ["4 midnight", "3 day", "2 half past eight", "1 eight", "0 before", "none 2", "none 1"];

        for limit in 1..=8 {
            let (there, back) = pages(&ann, &format!("/api/tasks?sort=due&limit={limit}")).await;
            assert_eq!((there, back), (up.map(str::to_owned).to_vec(), up.map(str::to_owned).to_vec()), "{limit}");
            let (there, back) = pages(&ann, &format!("/api/tasks?sort=-due&limit={limit}")).await;
            assert_eq!((there, back), (down.map(str::to_owned).to_vec(), down.map(str::to_owned).to_vec()), "-{limit}");
        }
    }

    async fn the_last_day_of_the_calendar_is_a_day(site: Site) {
        let ann = ann(&site).await;
        due(&ann, "last", ("9999-12-31", "23:59", "")).await;
        due(&ann, "far", ("9999-12-31", "23:59", "Pacific/Honolulu")).await;
        ann.add("none").await;

        assert_eq!(ann.titles("/api/tasks?sort=due").await, ["last", "far", "none"]);
        assert_eq!(ann.titles("/api/tasks?due=9999-12-31..").await, ["last", "far"]);
        assert_eq!(ann.titles("/api/tasks?due=none").await, ["none"]);
        let far = ann.get("/api/tasks?due=9999-12-31..").await.ok()[1].clone();
        assert!(far["due_at"].is_string(), "{far}");
    }

    async fn a_start_date_hides_only_where_one_asks_for_it(site: Site) {
        let ann = ann_in(&site, Pacific::Kiritimati, "2026-11-22T12:00:00Z").await;
        for day in ["2026-11-22", "2026-11-23", "2026-11-24"] {
            ann.post("/api/tasks", json!({ "title": day, "start_date": day })).await.created();
        }
        let never = ann.add("never").await;

        assert_eq!(ann.titles("/api/tasks").await.len(), 4);
        assert_eq!(ann.titles("/api/tasks?started=false").await.len(), 4);
        assert_eq!(ann.titles("/api/tasks?started=true").await, ["2026-11-22", "2026-11-23", "never"]);
        ann.set(&never, json!({ "start_date": "2026-12-01" })).await;
        assert_eq!(ann.titles("/api/tasks?started=true").await, ["2026-11-22", "2026-11-23"]);
        assert_eq!(ann.patch(&at(&never), json!({ "start_date": 1 })).await.refused(), ["/start_date"]);
    }
}
