//! Quick add at the API's door: lines become tasks, steps and lists, or nothing happens.

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// The tasks that a text becomes.
async fn quick(api: &Api, text: &str) -> Vec<Value> {
    let made = api
        .post("/api/tasks/quick", json!({ "text": text }))
        .await
        .created();
    made["tasks"].as_array().expect("tasks").clone()
}

/// What was understood: kind, value, status, and the stretch of the line.
fn understood(task: &Value, line: &str) -> Vec<(String, String, String, String)> {
    let text = |part: &Value, name: &str| part[name].as_str().expect("text").to_owned();
    let parts = task["understood"].as_array().expect("parts").iter();
    parts
        .map(|part| {
            let edge = |at: usize| {
                usize::try_from(part["span"][at].as_u64().expect("a place")).expect("small")
            };
            let stretch = line.chars().skip(edge(0)).take(edge(1) - edge(0)).collect();
            (
                text(part, "as"),
                text(part, "value"),
                text(part, "status"),
                stretch,
            )
        })
        .collect()
}

fn part(kind: &str, value: &str, status: &str, stretch: &str) -> (String, String, String, String) {
    (
        kind.to_owned(),
        value.to_owned(),
        status.to_owned(),
        stretch.to_owned(),
    )
}

on_both_engines! {
    async fn a_line_becomes_a_task_and_says_what_was_understood(site: Site) {
        let ann = ann(&site).await;
        let garden = ann.post("/api/lists", json!({ "name": "G\u{e4}rten" })).await.created();
        let line = "\u{1f331} W\u{e4}ter plants tomorrow at 9 every day #garten @home p1 // all of them";

        let answer = ann.post("/api/tasks/quick", json!({ "text": line })).await;

        let made = answer.created();
        let task = &made["tasks"][0];
        assert_eq!(made["tasks"].as_array().map(Vec::len), Some(1));
        assert_eq!(answer.reply.header("location"), task["url"]);
        assert_eq!(task["title"], "\u{1f331} W\u{e4}ter plants");
        assert_eq!((&task["due_date"], &task["due_time"]), (&json!("2026-11-23"), &json!("09:00")));
        assert_eq!((&task["priority"], &task["notes"]), (&json!(3), &json!("all of them")));
        assert_eq!((&task["labels"], &task["list_id"]), (&json!(["home"]), &garden["id"]));
        assert_eq!(task["recurrence"], "FREQ=DAILY");
        let parts = understood(task, line);
        assert!(parts.contains(&part("list", "G\u{e4}rten", "used", "#garten")), "{parts:?}");
        assert!(parts.contains(&part("label", "home", "used", "@home")), "{parts:?}");
        assert!(parts.contains(&part("priority", "3", "used", "p1")), "{parts:?}");
        assert!(parts.iter().any(|(kind, _, _, stretch)| kind == "recurrence" && stretch == "every day"), "{parts:?}");
        let mut plain = task.clone();
        plain.as_object_mut().expect("an object").remove("understood");
        assert_eq!(ann.again(task).await, plain);
    }

    async fn today_is_the_owners(site: Site) {
        let there = site.another(|config| config.time_zone = chrono_tz::Pacific::Kiritimati).await;
        let ann = ann(&there).await;

        assert_eq!(quick(&ann, "Buy milk today").await[0]["due_date"], "2026-11-23");
        // It is two in the morning there.
        assert_eq!(quick(&ann, "Call mum at 1:30").await[0]["due_date"], "2026-11-24");
        assert_eq!(quick(&ann, "Call mum at 2:30").await[0]["due_date"], "2026-11-23");
    }

    async fn many_lines_become_many_tasks_and_indented_ones_steps(site: Site) {
        let ann = ann(&site).await;
        let text = "Pack\r\n  socks @home\n\n\tshirts p2\n    deep\n   \nBuy milk tomorrow\n";

        let made = quick(&ann, text).await;

        let titles: Vec<_> = made.iter().map(|task| task["title"].as_str()).collect();
        assert_eq!(titles, ["Pack", "socks", "shirts", "deep", "Buy milk"].map(Some));
        let parents: Vec<_> = made.iter().map(|task| &task["parent_id"]).collect();
        let (none, pack) = (&Value::Null, &made[0]["id"]);
        assert_eq!(parents, [none, pack, pack, pack, none]);
        assert_eq!(made[1]["labels"], json!(["home"]));
        let steps = format!("/api/tasks?sort=order&parent={}", pack.as_str().expect("an id"));
        assert_eq!(ann.titles(&steps).await, ["socks", "shirts", "deep"]);
        assert_eq!(ann.history().await.len(), 1);
    }

    async fn an_unknown_list_stays_in_the_title_unless_it_is_to_be_made(site: Site) {
        let ann = ann(&site).await;
        let text = "Dig #Garden\nPlant #GARDEN tomorrow\nRest #inbox";

        let kept = quick(&ann, text).await;

        assert_eq!(kept[0]["title"], "Dig #Garden");
        assert_eq!(understood(&kept[0], "Dig #Garden"), [part("list", "Garden", "unknown", "#Garden")]);
        assert_eq!(ann.get("/api/lists").await.ok().as_array().map(Vec::len), Some(1));
        let made = ann.post("/api/tasks/quick", json!({ "text": text, "create_lists": true })).await;
        let made = made.created();
        let lists = ann.get("/api/lists").await.ok();
        assert_eq!((lists.as_array().map(Vec::len), &lists[1]["name"]), (Some(2), &json!("Garden")));
        for at in [0, 1] {
            assert_eq!(made["tasks"][at]["list_id"], lists[1]["id"]);
        }
        assert_eq!(made["tasks"][0]["title"], "Dig");
        assert_eq!(made["tasks"][2]["list_id"], lists[0]["id"]);
    }

    async fn a_step_stays_with_its_task_whatever_list_it_names(site: Site) {
        let ann = ann(&site).await;
        ann.post("/api/lists", json!({ "name": "Garden" })).await.created();

        let made = quick(&ann, "Trip\n  pack #Garden").await;

        assert_eq!(made[1]["list_id"], made[0]["list_id"]);
        assert_eq!(made[1]["parent_id"], made[0]["id"]);
    }

    async fn a_ticked_line_is_done_and_a_quoted_one_is_text(site: Site) {
        let ann = ann(&site).await;

        let made = quick(&ann, "x Call mum\n\"Buy milk tomorrow\"\nFix \\#3").await;

        assert_eq!(made[0]["completed_at"], "2026-11-22T12:00:00Z");
        assert_eq!((&made[1]["title"], &made[1]["due_date"]), (&json!("Buy milk tomorrow"), &Value::Null));
        assert_eq!(made[2]["title"], "Fix #3");
    }

    async fn of_lines_that_cannot_all_be_tasks_none_is(site: Site) {
        let ann = ann(&site).await;
        let long = format!("fine #New\n{}", "x".repeat(501));
        let notes = format!("fine // {}", "x".repeat(20_001));
        let labels: Vec<String> = (0..31).map(|n| format!("@l{n}")).collect();
        let labels = format!("fine {}", labels.join(" "));

        for text in [
            "", " \n\t\r\n ", "fine #New\n\u{200b}", &long, &notes, &labels,
            "fine\nwater rrule:FREQ=MINUTELY", "fine\nwater rrule:FREQ=DAILY;COUNT=0", "fine\na\u{0}b",
        ] {
            let body = json!({ "text": text, "create_lists": true });
            assert_eq!(ann.post("/api/tasks/quick", body).await.refused(), ["/text"], "{text:.40}");
        }
        for body in [json!({}), json!({ "text": null }), json!({ "text": 7 }), json!({ "text": ["a"] })] {
            assert_eq!(ann.post("/api/tasks/quick", body).await.refused(), ["/text"]);
        }
        let flag = json!({ "text": "fine", "create_lists": "yes" });
        assert_eq!(ann.post("/api/tasks/quick", flag).await.refused(), ["/create_lists"]);
        let other = json!({ "text": "fine", "list_id": "x" });
        assert_eq!(ann.post("/api/tasks/quick", other).await.refused(), ["/list_id"]);
        assert_eq!(ann.titles("/api/tasks?status=any").await, [""; 0]);
        assert_eq!(ann.get("/api/lists").await.ok().as_array().map(Vec::len), Some(1));
        assert_eq!(ann.history().await, [Value::Null; 0]);
    }

    async fn the_line_that_is_wrong_is_named(site: Site) {
        let ann = ann(&site).await;
        let text = format!("one\ntwo\n{}", "x".repeat(501));

        let problem = ann.post("/api/tasks/quick", json!({ "text": text })).await.problem(422, "invalid");

        let sentence = problem["errors"][0]["detail"].as_str().expect("a sentence");
        assert!(sentence.starts_with("line 3: "), "{sentence}");
    }

    async fn five_hundred_lines_are_enough(site: Site) {
        let ann = ann(&site).await;
        let text = vec!["task"; 500].join("\n\n");

        assert_eq!(quick(&ann, &text).await.len(), 500);
        let more = json!({ "text": format!("{text}\nmore") });
        assert_eq!(ann.post("/api/tasks/quick", more).await.refused(), ["/text"]);
        let count = ann.get("/api/tasks?count=true&limit=1").await;
        assert_eq!(count.reply.header("x-total-count"), "500");
    }

    async fn what_quick_add_made_is_taken_back_as_one(site: Site) {
        let ann = ann(&site).await;
        let made = ann.post("/api/tasks/quick", json!({ "text": "a #New\n  b\nc @new", "create_lists": true })).await;
        let made = made.created();

        let undone = ann.undo_last().await;

        assert_eq!(ann.titles("/api/tasks").await, [""; 0]);
        // The task in the trash keeps its list.
        assert_eq!(undone["kept"], json!(["list"]));
        ann.undo_last().await;
        assert_eq!(ann.titles("/api/tasks").await, ["a", "b", "c"]);
        assert_eq!(ann.get(&at(&made["tasks"][1])).await.ok()["parent_id"], made["tasks"][0]["id"]);
    }
}
