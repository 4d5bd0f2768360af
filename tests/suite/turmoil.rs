//! A long life of random deeds, many of them taken back out of turn: whatever comes, answers are
//! sound and so is what they leave behind.

use actix_web::http::Method;
use serde_json::{Value, json};

use crate::support::{Answer, Api, NOON, raw};

const DEEDS: usize = 160;

/// Pseudo-random numbers (xorshift), the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).expect("64 bits") % sides
    }

    fn one<'a>(&mut self, of: &'a [Value]) -> &'a Value {
        static NOTHING: Value = Value::Null;
        if of.is_empty() {
            &NOTHING
        } else {
            &of[self.roll(of.len())]
        }
    }
}

struct Life {
    api: Api,
    dice: Dice,
    tasks: Vec<Value>,
    lists: Vec<Value>,
    /// The tasks that deeds are done with.
    recent: Vec<Value>,
    history: Vec<Value>,
}

fn id(thing: &Value) -> &str {
    thing["id"]
        .as_str()
        .unwrap_or("01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11")
}

impl Life {
    async fn look(&mut self) {
        let all = async |address: &str| {
            let things = self.api.get(address).await.ok();
            things.as_array().expect("an array").clone()
        };
        (self.tasks, self.lists) = (
            all("/api/tasks?status=any&limit=200").await,
            all("/api/lists").await,
        );
        self.history = self.api.history().await;
        // Few things, so that deeds meet.
        self.recent = self.tasks.iter().rev().take(8).cloned().collect();
        self.history.truncate(12);
    }

    /// Some members of a task.
    fn members(&mut self) -> Value {
        let mut body = json!({});
        let (list, parent) = (
            self.dice.one(&self.lists)["id"].clone(),
            self.dice.one(&self.recent)["id"].clone(),
        );
        for _ in 0..=self.dice.roll(2) {
            let labels = [
                json!([]),
                json!(["home"]),
                json!(["Home", "b"]),
                json!(["c"]),
            ];
            let rules = [
                Value::Null,
                json!("FREQ=DAILY"),
                json!("FREQ=HOURLY"),
                json!("FREQ=WEEKLY;COUNT=3"),
            ];
            let (name, value) = match self.dice.roll(14) {
                0 => ("title", json!(format!("title {}", self.dice.roll(9)))),
                1 => ("labels", self.dice.one(&labels).clone()),
                2 => ("priority", json!(self.dice.roll(4))),
                3 => ("list_id", list.clone()),
                4 | 12 | 13 => ("parent_id", parent.clone()),
                5 => ("parent_id", Value::Null),
                6 => (
                    "due_date",
                    self.dice
                        .one(&[Value::Null, json!("2026-11-22"), json!("2027-01-31")])
                        .clone(),
                ),
                7 => (
                    "due_time",
                    self.dice.one(&[Value::Null, json!("09:30")]).clone(),
                ),
                8 => (
                    "due_zone",
                    self.dice.one(&[Value::Null, json!("Asia/Tokyo")]).clone(),
                ),
                9 => ("recurrence", self.dice.one(&rules).clone()),
                10 => ("completed", json!(self.dice.roll(2) == 0)),
                _ => ("order", json!(self.dice.roll(3))),
            };
            body[name] = value;
        }
        body
    }

    async fn deed(&mut self) -> Answer {
        let (method, address, body) = match self.dice.roll(26) {
            kind @ 0..14 => self.deed_with_a_task(kind),
            kind => self.other_deed(kind),
        };
        self.api.send(method, &address, &[], body).await
    }

    fn deed_with_a_task(&mut self, kind: usize) -> (Method, String, Option<Value>) {
        let task = self.dice.one(&self.recent).clone();
        let (here, other) = (
            format!("/api/tasks/{}", id(&task)),
            self.dice.one(&self.recent)["id"].clone(),
        );
        let mut members = self.members();
        match kind {
            0..=2 => {
                members["title"] = json!("new");
                (Method::POST, "/api/tasks".to_owned(), Some(members))
            }
            3..=5 => (Method::PATCH, here, Some(members)),
            6 => (Method::PUT, format!("{here}/completion"), None),
            7 => (Method::DELETE, format!("{here}/completion"), None),
            8 => (Method::DELETE, here, None),
            9 => (Method::POST, format!("{here}/restore"), None),
            10 => (Method::DELETE, format!("{here}?permanent=true"), None),
            11 => (
                Method::POST,
                format!("{here}/move"),
                Some(json!({ "parent_id": other })),
            ),
            12 => (
                Method::POST,
                format!("{here}/move"),
                Some(json!({ "before": other })),
            ),
            _ => {
                let what = ["skip", "duplicate"][self.dice.roll(2)];
                (Method::POST, format!("{here}/{what}"), None)
            }
        }
    }

    fn other_deed(&mut self, kind: usize) -> (Method, String, Option<Value>) {
        let list = id(self.dice.one(&self.lists)).to_owned();
        let (label, coin) = (["home", "b", "c"][self.dice.roll(3)], self.dice.roll(2));
        match kind {
            14 => {
                let name = format!("list {}", self.dice.roll(4));
                (
                    Method::POST,
                    "/api/lists".to_owned(),
                    Some(json!({ "name": name })),
                )
            }
            15 => {
                let to = ["inbox", "trash"][coin];
                (
                    Method::DELETE,
                    format!("/api/lists/{list}?tasks={to}"),
                    None,
                )
            }
            16 if coin == 0 => (Method::DELETE, format!("/api/labels/{label}"), None),
            16 => (
                Method::PATCH,
                format!("/api/labels/{label}"),
                Some(json!({ "name": "B" })),
            ),
            17 => {
                let text = "task @home every day\n  step\nother #New";
                let body = json!({ "text": text, "create_lists": coin == 0 });
                (Method::POST, "/api/tasks/quick".to_owned(), Some(body))
            }
            18 => {
                let (one, two) = (
                    self.dice.one(&self.recent).clone(),
                    self.dice.one(&self.recent).clone(),
                );
                let operations = json!([
                    { "op": "update", "id": one["id"], "body": self.members() },
                    { "op": (["delete", "complete"][coin]), "id": two["id"] },
                ]);
                let body = json!({ "operations": operations });
                (Method::POST, "/api/tasks/batch".to_owned(), Some(body))
            }
            _ => {
                let step = self.dice.one(&self.history);
                (
                    Method::POST,
                    format!("/api/history/{}/undo", step["id"]),
                    None,
                )
            }
        }
    }

    /// What must hold of everything at any time.
    fn assert_sound(&self, after: &str) {
        let find = |id: &Value| self.tasks.iter().find(|task| task["id"] == *id);
        for task in &self.tasks {
            assert!(
                self.lists.iter().any(|list| list["id"] == task["list_id"]),
                "{after}: {task}"
            );
            if task["deleted_at"].is_null() && !task["parent_id"].is_null() {
                let parent = find(&task["parent_id"]).expect("a parent");
                assert_eq!(parent["parent_id"], Value::Null, "one level, after {after}");
                assert_eq!(
                    parent["deleted_at"],
                    Value::Null,
                    "no live step of a dead task, after {after}"
                );
                assert_eq!(
                    parent["list_id"], task["list_id"],
                    "one list, after {after}"
                );
            }
            let repeats = !task["recurrence"].is_null();
            assert!(!repeats || !task["due_date"].is_null(), "{after}: {task}");
            let hourly = task["recurrence"]
                .as_str()
                .is_some_and(|rule| rule.contains("HOURLY"));
            assert!(!hourly || !task["due_time"].is_null(), "{after}: {task}");
            assert!(
                task["due_zone"].is_null() || !task["due_time"].is_null(),
                "{after}: {task}"
            );
        }
    }
}

on_both_engines! {
    async fn whatever_is_done_and_taken_back_all_stays_sound(site: Site) {
        for seed in [7, 1_234_567] {
            site.set_clock(NOON);
            let api = site.sign_up(&format!("ann{seed}")).await.api().await;
            let mut life = Life {
                api,
                dice: Dice(seed),
                tasks: vec![],
                lists: vec![],
                recent: vec![],
                history: vec![],
            };
            let (mut done, mut undone) = (0, 0);
            for number in 0..DEEDS {
                life.look().await;
                let steps = life.history.first().map(|step| step["id"].clone());
                site.set_clock(&format!("2026-11-22T12:{:02}:{:02}Z", number / 60, number % 60));

                let answer = life.deed().await;

                let status = answer.reply.status.as_u16();
                let said = format!("{seed} {number} {answer:?}");
                assert!([200, 201, 204, 404, 409, 422].contains(&status), "{said:.2000}");
                life.look().await;
                life.assert_sound(&format!("{said:.3000}"));
                let now = life.history.first().map(|step| step["id"].clone());
                assert!(status < 300 || now == steps, "a refusal that did something: {said:.2000}");
                done += usize::from(now != steps);
                undone += usize::from(now != steps && !life.history[0]["undoes"].is_null());
            }
            assert!(done > DEEDS / 3 && undone > DEEDS / 20, "{done} {undone}");
            let count = life.api.get("/api/tasks?status=any&count=true&limit=1").await;
            let known = format!(
                "SELECT CAST(journal.task_count AS TEXT) AS line FROM journal JOIN users ON users.id = user_id \
                 WHERE email = 'ann{seed}@example.org' ORDER BY journal.version DESC LIMIT 1"
            );
            assert_eq!(raw(&site).lines(&known), [count.reply.header("x-total-count")]);
        }
    }
}
