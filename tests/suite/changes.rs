//! What changed since: a client that follows has what the server has, whatever happens meanwhile.

use std::collections::BTreeMap;
use std::thread;

use serde_json::{Value, json};

use crate::support::{Api, Site, at};

async fn ann(site: &Site) -> Api {
    site.sign_up("ann").await.api().await
}

/// A client that keeps a copy.
#[derive(Default)]
struct Copy {
    things: BTreeMap<(String, String), Value>,
    cursor: String,
    resets: usize,
}

impl Copy {
    /// Asks until there is no more; how many answers that took.
    async fn follow(&mut self, api: &Api, limit: usize) -> usize {
        for round in 1.. {
            let since = if self.cursor.is_empty() {
                String::new()
            } else {
                format!("&since={}", self.cursor)
            };
            let answer = api
                .get(&format!("/api/changes?limit={limit}{since}"))
                .await
                .ok();
            if answer["reset"] == true {
                self.things.clear();
                self.resets += 1;
            }
            for change in answer["changes"].as_array().expect("changes") {
                let text = |name: &str| change[name].as_str().expect("text").to_owned();
                let key = (text("type"), text("id"));
                if change["deleted"] == true {
                    assert_eq!(change["object"], Value::Null);
                    self.things.remove(&key);
                } else {
                    self.things.insert(key, change["object"].clone());
                }
            }
            answer["cursor"]
                .as_str()
                .expect("a cursor")
                .clone_into(&mut self.cursor);
            if answer["more"] == false {
                return round;
            }
        }
        0
    }

    /// The copies of a kind, in the order of their ids.
    fn of(&self, kind: &str) -> Vec<&Value> {
        let own = self.things.iter().filter(|((own, _), _)| own == kind);
        own.map(|(_, thing)| thing).collect()
    }

    /// Whether the copy is what the API shows.
    async fn assert_is_all(&self, api: &Api) {
        let (mut tasks, mut next) = (
            Vec::new(),
            Some("/api/tasks?status=any&limit=200".to_owned()),
        );
        while let Some(address) = next {
            let answer = api.get(&address).await;
            tasks.extend(answer.ok().as_array().expect("tasks").clone());
            next = answer.link("next");
        }
        assert_eq!(self.of("task"), tasks.iter().collect::<Vec<_>>());
        for (kind, address) in [
            ("list", "/api/lists"),
            ("view", "/api/views"),
            ("label", "/api/labels"),
        ] {
            let mut all = api
                .get(address)
                .await
                .ok()
                .as_array()
                .expect("things")
                .clone();
            all.sort_by_key(|thing| thing["id"].as_str().map(str::to_owned));
            let mut copies: Vec<Value> = self.of(kind).into_iter().cloned().collect();
            for label in all
                .iter_mut()
                .chain(&mut copies)
                .filter(|_| kind == "label")
            {
                // Counts move with the tasks that have the label, which are told themselves.
                label["open"] = Value::Null;
            }
            assert_eq!(copies, all, "{kind}");
        }
    }
}

on_both_engines! {
    async fn who_has_nothing_gets_everything_in_pages(site: Site) {
        let ann = ann(&site).await;
        ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        ann.post("/api/views", json!({ "name": "Soon", "query": "due=week" })).await.created();
        let text = (0..25).map(|n| format!("task {n} @l{}", n % 3)).collect::<Vec<_>>().join("\n");
        ann.post("/api/tasks/quick", json!({ "text": text })).await.created();
        let gone = ann.add("gone").await;
        ann.delete(&at(&gone)).await.status(204);

        for limit in [1, 7, 26, 27, 200] {
            let mut copy = Copy::default();
            assert_eq!(copy.follow(&ann, limit).await, 26 / limit + 1, "{limit}");
            copy.assert_is_all(&ann).await;
            assert_eq!((copy.resets, copy.of("task").len()), (1, 26));
        }
    }

    async fn who_follows_hears_of_every_kind_of_change(site: Site) {
        let ann = ann(&site).await;
        let mut copy = Copy::default();
        copy.follow(&ann, 50).await;
        copy.assert_is_all(&ann).await;
        let place = |kind: &str, thing: &Value| format!("/api/{kind}/{}", thing["id"].as_str().expect("an id"));

        let list = ann.post("/api/lists", json!({ "name": "Garden" })).await.created();
        let view = ann.post("/api/views", json!({ "name": "Soon", "query": "due=week" })).await.created();
        let new = json!({ "title": "x", "labels": ["home", "b"], "list_id": list["id"] });
        let task = ann.post("/api/tasks", new).await.created();
        copy.follow(&ann, 50).await;
        copy.assert_is_all(&ann).await;
        let repeat = json!({ "due_date": "2026-11-22", "recurrence": "FREQ=DAILY" });
        ann.set(&task, repeat).await;
        ann.complete(&task).await;
        ann.patch("/api/labels/home", json!({ "name": "house" })).await.ok();
        ann.patch(&place("views", &view), json!({ "name": "Later" })).await.ok();
        copy.follow(&ann, 1).await;
        copy.assert_is_all(&ann).await;
        ann.delete(&place("lists", &list)).await.status(204);
        ann.delete(&place("views", &view)).await.status(204);
        ann.delete("/api/labels/b").await.status(204);
        ann.delete(&at(&task)).await.status(204);
        copy.follow(&ann, 50).await;
        copy.assert_is_all(&ann).await;
        ann.delete(&format!("{}?permanent=true", at(&task))).await.status(204);
        copy.follow(&ann, 50).await;
        copy.assert_is_all(&ann).await;
        ann.undo(&ann.history().await[2].clone()).await.ok();
        copy.follow(&ann, 50).await;
        copy.assert_is_all(&ann).await;
        assert_eq!(copy.resets, 1);
    }

    async fn what_is_gone_for_good_is_told_as_gone(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("x").await;
        let start = ann.get("/api/changes").await.ok()["cursor"].as_str().expect("a cursor").to_owned();
        ann.delete(&at(&task)).await.status(204);
        let trashed = ann.get(&format!("/api/changes?since={start}")).await.ok();
        ann.delete(&format!("{}?permanent=true", at(&task))).await.status(204);

        let gone = ann.get(&format!("/api/changes?since={start}")).await.ok();

        assert_eq!(trashed["changes"][0]["deleted"], false);
        assert_ne!(trashed["changes"][0]["object"]["deleted_at"], Value::Null);
        let tombstone = json!({ "type": "task", "id": task["id"], "deleted": true, "object": null });
        assert_eq!(gone["changes"], json!([tombstone]));
        assert_eq!(gone["reset"], false);
    }

    async fn each_thing_is_told_once_as_it_is_now(site: Site) {
        let ann = ann(&site).await;
        let task = ann.add("one").await;
        let start = ann.get("/api/changes").await.ok()["cursor"].as_str().expect("a cursor").to_owned();
        for title in ["two", "three", "four"] {
            ann.set(&task, json!({ "title": title })).await;
        }

        let answer = ann.get(&format!("/api/changes?since={start}")).await.ok();

        assert_eq!(answer["changes"].as_array().map(Vec::len), Some(1));
        assert_eq!(answer["changes"][0]["object"], ann.again(&task).await);
        let nothing = ann.get(&format!("/api/changes?since={}", answer["cursor"].as_str().expect("a cursor"))).await.ok();
        let expected = json!({ "changes": [], "cursor": answer["cursor"], "more": false, "reset": false });
        assert_eq!(nothing, expected);
    }

    async fn changes_during_a_first_copy_are_not_missed(site: Site) {
        let ann = ann(&site).await;
        let mut tasks = Vec::new();
        for n in 0..6 {
            tasks.push(ann.add(&format!("task {n}")).await);
        }
        let mut copy = Copy::default();
        let first = ann.get("/api/changes?limit=2").await.ok();
        for change in first["changes"].as_array().expect("changes") {
            let text = |name: &str| change[name].as_str().expect("text").to_owned();
            copy.things.insert((text("type"), text("id")), change["object"].clone());
        }
        first["cursor"].as_str().expect("a cursor").clone_into(&mut copy.cursor);

        ann.set(&tasks[0], json!({ "title": "changed", "labels": ["new"] })).await;
        ann.delete(&at(&tasks[1])).await.status(204);
        ann.delete(&format!("{}?permanent=true", at(&tasks[1]))).await.status(204);
        ann.set(&tasks[5], json!({ "title": "changed too" })).await;
        ann.add("late").await;

        copy.follow(&ann, 2).await;
        copy.assert_is_all(&ann).await;
    }

    async fn nothing_is_missed_while_others_write(site: Site) {
        let ann = ann(&site).await;
        let token = ann.token.as_deref().expect("a token");
        let credential = site.state.tokens().verify(token, tickbox::accounts::Access::Write, site.clock.now()).expect("a good token");
        let occasion = tickbox::journal::Occasion { at: site.clock.now(), door: tickbox::journal::Door::Api };
        let writers: Vec<_> = (0..3).map(|name| {
            let state = site.state.clone();
            thread::spawn(move || actix_web::rt::System::new().block_on(async move {
                for number in 0..60 {
                    let job = move |mine: &mut tickbox::store::Mine<'_>| {
                        let title = tickbox::tasks::Title::parse(&format!("{name}.{number}")).expect("a title");
                        let new = tickbox::tasks::NewTask { title, rest: tickbox::tasks::TaskPatch::default() };
                        tickbox::tasks::actions::add(mine, new, occasion.at).map(drop)
                    };
                    state.store().write(credential, occasion, job).await.expect("written");
                }
            }))
        }).collect();
        let mut copy = Copy::default();

        while !writers.iter().all(thread::JoinHandle::is_finished) {
            copy.follow(&ann, 5).await;
        }
        copy.follow(&ann, 5).await;

        assert_eq!(copy.of("task").len(), 180);
        copy.assert_is_all(&ann).await;
    }

    async fn who_was_away_longer_than_the_history_reaches_begins_anew(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let (one, two) = (ann.add("one").await, ann.add("two").await);
        let (mut old, mut idle) = (Copy::default(), Copy::default());
        old.follow(&ann, 50).await;
        ann.delete(&at(&one)).await.status(204);
        ann.delete(&format!("{}?permanent=true", at(&one))).await.status(204);
        idle.follow(&ann, 50).await;
        site.set_clock("2027-01-22T12:00:00Z");
        browser.sign_in().await;
        let ann = browser.api().await;
        site.state.store().clean_up(30, site.clock.now()).await.expect("clean");

        idle.follow(&ann, 50).await;
        idle.assert_is_all(&ann).await;
        assert_eq!(idle.resets, 1, "nothing happened since");
        ann.set(&two, json!({ "title": "changed" })).await;
        assert_eq!(ann.again(&two).await["version"], 6, "the counter goes on from what was forgotten");
        old.follow(&ann, 50).await;
        old.assert_is_all(&ann).await;
        assert_eq!(old.resets, 2);
        idle.follow(&ann, 50).await;
        idle.assert_is_all(&ann).await;
    }

    async fn what_is_no_cursor_is_refused(site: Site) {
        let ann = ann(&site).await;

        for bad in ["since=", "since=x", "since=-1", "since=1.5", "since=copy-1-x", "since=copy-1", "limit=0", "limit=201", "after=1"] {
            let named = ann.get(&format!("/api/changes?{bad}")).await.refused();
            assert_eq!(named, [bad.split('=').next().expect("a name")], "{bad}");
        }
    }

    async fn who_has_seen_what_a_restored_backup_has_not_begins_anew(site: Site) {
        let ann = ann(&site).await;
        let one = ann.add("one").await;
        let mut copy = Copy::default();
        copy.follow(&ann, 50).await;

        let ahead = ann.get("/api/changes?since=1000").await.ok();

        assert_eq!(ahead["reset"], true);
        let ids: Vec<_> = ahead["changes"].as_array().expect("changes").iter().map(|it| &it["id"]).collect();
        assert!(ids.contains(&&one["id"]), "{ids:?}");
    }

    async fn changes_are_each_owners_own(site: Site) {
        let ann = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;
        let mut copy = Copy::default();
        copy.follow(&bob, 50).await;
        ann.add("x").await;

        copy.follow(&bob, 50).await;

        assert_eq!(copy.of("task").len(), 0);
        copy.assert_is_all(&bob).await;
    }
}
