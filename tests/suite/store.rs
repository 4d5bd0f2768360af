//! The store under load and under jobs that fail: nothing lost, nothing mixed up.

use std::collections::BTreeSet;
use std::sync::mpsc;
use std::thread;

use futures_util::FutureExt as _;
use futures_util::future::{join, join_all};
use serde_json::{Value, json};
use tickbox::accounts::Credential;
use tickbox::clock::Stamp;
use tickbox::config::Database;
use tickbox::error::{Error, Result};
use tickbox::journal::{Door, Occasion};
use tickbox::store::{Length, Limits, Mine, OpenError, Store};
use tickbox::tasks::{NewTask, Task, TaskPatch, Title, actions};
use tickbox::web::state::State;

use crate::support::{Api, Site, at, raw, stamp};

const THREADS: usize = 8;
const WRITES: usize = 200;

/// When and how the tests of this file write.
fn occasion() -> Occasion {
    Occasion {
        at: stamp("2026-11-22T12:00:00Z"),
        door: Door::Api,
    }
}

async fn ann(site: &Site) -> (Api, Credential) {
    let ann = site.sign_up("ann").await.api().await;
    let token = ann.token.as_deref().expect("a token");
    let known =
        site.state
            .tokens()
            .verify(token, tickbox::accounts::Access::Write, site.clock.now());
    (ann, known.expect("a good token"))
}

fn add(mine: &mut Mine<'_>, title: &str) -> Result<Task> {
    let new = NewTask {
        title: Title::parse(title).expect("a title"),
        rest: TaskPatch::default(),
    };
    actions::add(mine, new, stamp("2026-11-22T12:00:00Z"))
}

/// Adds tasks from a thread with a runtime of its own; the versions that it was given.
fn keep_adding(state: State, credential: Credential, name: usize) -> thread::JoinHandle<Vec<i64>> {
    thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let mut versions = Vec::new();
            for number in 0..WRITES {
                let title = format!("{name}.{number}");
                let added = state
                    .store()
                    .write(credential, occasion(), move |mine| add(mine, &title))
                    .await;
                versions.push(added.expect("an acknowledged write").0.version);
            }
            versions
        })
    })
}

on_both_engines! {
    async fn of_many_writes_at_once_none_is_lost_and_no_version_given_twice(site: Site) {
        let (ann, credential) = ann(&site).await;
        let before = ann.get("/api/tasks").await.etag();

        let threads: Vec<_> = (0..THREADS)
            .map(|name| keep_adding(site.state.clone(), credential, name))
            .collect();
        let versions: Vec<_> = threads
            .into_iter()
            .flat_map(|it| it.join().expect("a thread"))
            .collect();

        let distinct: BTreeSet<_> = versions.iter().collect();
        assert_eq!(distinct.len(), THREADS * WRITES);
        assert_eq!(
            raw(&site).count("tasks"),
            i64::try_from(THREADS * WRITES).expect("small")
        );
        let counters =
            "SELECT CAST(version AS TEXT) || ' ' || CAST(task_count AS TEXT) AS line FROM journal \
             ORDER BY version DESC LIMIT 1";
        assert_eq!(raw(&site).lines(counters), ["1601 1600"]);
        assert_ne!(ann.get("/api/tasks").await.etag(), before);
    }

    async fn jobs_that_fail_and_jobs_that_panic_leave_the_others_alone(site: Site) {
        let (ann, credential) = ann(&site).await;
        let store = site.state.store();
        let (go, wait) = mpsc::channel();

        // The first holds the writer until all the others wait, so they share its commit.
        let first = store.write(credential, occasion(), move |mine| {
            wait.recv().expect("a signal");
            add(mine, "first").map(drop)
        });
        let failing = store.write(credential, occasion(), |mine| {
            add(mine, "failing")?;
            Err::<(), _>(Error::NotFound)
        });
        let panicking = store.write(credential, occasion(), |mine| {
            add(mine, "panicking")?;
            panic!("as a test wants it")
        });
        let refused = store.write(credential, occasion(), |mine| {
            let task = add(mine, "refused")?;
            mine.insert_task(&task)
        });
        let last = store.write(credential, occasion(), |mine| add(mine, "last").map(drop));
        let signal = async { go.send(()).expect("somebody waits") };
        let all = join(
            first,
            join(join(failing, panicking), join(join(refused, last), signal)),
        );
        let (first, ((failing, panicking), ((refused, last), ()))) = all.await;

        assert!(first.is_ok() && last.is_ok(), "{first:?} {last:?}");
        assert!(matches!(failing, Err(Error::NotFound)), "{failing:?}");
        assert!(
            matches!(panicking, Err::<((), _), _>(Error::Internal(_))),
            "{panicking:?}"
        );
        assert!(matches!(refused, Err(Error::Internal(_))), "{refused:?}");
        assert_eq!(ann.titles("/api/tasks?status=any").await, ["first", "last"]);
        let counters =
            "SELECT CAST(version AS TEXT) || ' ' || CAST(task_count AS TEXT) AS line FROM journal \
             ORDER BY version DESC LIMIT 1";
        assert_eq!(raw(&site).lines(counters), ["3 2"]);
    }

    async fn after_a_job_that_panicked_the_store_works_on(site: Site) {
        let (ann, credential) = ann(&site).await;
        let store = site.state.store();

        for _ in 0..5 {
            let panicking = store.write(credential, occasion(), |_| -> Result<()> {
                panic!("as a test wants it")
            });
            panicking.await.expect_err("a panic");
            for length in [Length::Short, Length::Long] {
                let panicking = store.read(credential, length, |_| -> Result<()> {
                    panic!("as a test wants it")
                });
                panicking.await.expect_err("a panic");
            }
        }

        ann.add("Buy milk").await;
        assert_eq!(ann.titles("/api/tasks").await, ["Buy milk"]);
    }

    async fn what_was_begun_is_finished_though_nobody_waits_any_more(site: Site) {
        let (ann, credential) = ann(&site).await;
        let store = site.state.store();

        let mut abandoned =
            Box::pin(store.write(credential, occasion(), |mine| add(mine, "Buy milk").map(drop)));
        assert!(abandoned.as_mut().now_or_never().is_none());
        drop(abandoned);
        ann.add("Call mum").await;

        // On PostgreSQL another connection writes it, in its own time.
        let mut titles = Vec::new();
        for _ in 0..200 {
            titles = ann.titles("/api/tasks").await;
            if titles.len() == 2 {
                break;
            }
            actix_web::rt::time::sleep(std::time::Duration::from_millis(20)).await;
        }
        titles.sort_unstable();
        assert_eq!(titles, ["Buy milk", "Call mum"]);
    }

    async fn a_reader_never_hears_304_for_what_it_has_not_seen(site: Site) {
        let (ann, credential) = ann(&site).await;
        let writers: Vec<_> = (0..2)
            .map(|name| keep_adding(site.state.clone(), credential, name))
            .collect();

        let mut known = (String::new(), 0);
        while !writers.iter().all(thread::JoinHandle::is_finished) {
            let tag = [("if-none-match", known.0.as_str())];
            let counted = "/api/tasks?limit=1&count=true";
            let answer = ann
                .send(actix_web::http::Method::GET, counted, &tag, None)
                .await;
            if answer.reply.status == 200 {
                let total = answer
                    .reply
                    .header("x-total-count")
                    .parse()
                    .expect("a number");
                assert!(total >= known.1, "{total} after {}", known.1);
                known = (answer.etag(), total);
            }
        }
        let last = ann
            .send(
                actix_web::http::Method::GET,
                "/api/tasks?limit=1&count=true",
                &[("if-none-match", &known.0)],
                None,
            )
            .await;

        assert!(
            last.reply.status == 304 && known.1 == 400
                || last.reply.header("x-total-count") == "400"
        );
    }

    async fn an_answer_to_a_write_is_never_ahead_of_the_next_read(site: Site) {
        let (ann, _) = ann(&site).await;

        for number in 0..50 {
            let tag = ann.get("/api/tasks?count=true").await.etag();
            ann.add(&format!("task {number}")).await;
            let known = [("if-none-match", tag.as_str())];
            let answer = ann
                .send(
                    actix_web::http::Method::GET,
                    "/api/tasks?count=true",
                    &known,
                    None,
                )
                .await;
            assert_eq!(
                answer.status(200).reply.header("x-total-count"),
                (number + 1).to_string()
            );
        }
    }

    async fn tasks_over_the_limit_are_refused_and_deleting_for_good_makes_room(site: Site) {
        let site = site.limited(Limits { tasks: 2, ..Limits::default() }).await;
        let (ann, _) = ann(&site).await;
        let task = ann.add("one").await;
        ann.add("two").await;
        let third = json!({ "title": "three" });

        assert_eq!(
            ann.post("/api/tasks", third.clone()).await.refused(),
            ["/title"]
        );
        ann.delete(&at(&task)).await.status(204);
        assert_eq!(
            ann.post("/api/tasks", third.clone()).await.refused(),
            ["/title"]
        );
        ann.delete(&format!("{}?permanent=true", at(&task)))
            .await
            .status(204);
        ann.post("/api/tasks", third).await.created();

        assert_eq!(ann.titles("/api/tasks?status=any").await, ["two", "three"]);
        assert_eq!(
            raw(&site).lines(
                "SELECT CAST(task_count AS TEXT) AS line FROM journal ORDER BY version DESC LIMIT 1"
            ),
            ["2"]
        );
    }

    async fn lists_and_labels_over_the_limit_are_refused(site: Site) {
        let limits = Limits { lists: 2, labels: 2, ..Limits::default() };
        let (ann, _) = ann(&site.limited(limits).await).await;
        let labelled = |labels: &[&str]| json!({ "title": "x", "labels": labels });

        ann.post("/api/lists", json!({ "name": "Home" })).await.created();
        ann.post("/api/tasks", labelled(&["a", "b"])).await.created();

        assert_eq!(ann.post("/api/lists", json!({ "name": "Work" })).await.refused(), ["/name"]);
        assert_eq!(ann.post("/api/tasks", labelled(&["c"])).await.refused(), ["/labels"]);
        ann.post("/api/tasks", labelled(&["B"])).await.created();
        assert_eq!(ann.get("/api/labels").await.ok().as_array().map(Vec::len), Some(2));
    }

    async fn a_limit_is_kept_exactly_by_many_who_add_at_once(site: Site) {
        let site = site.limited(Limits { tasks: 10, ..Limits::default() }).await;
        let (ann, _) = ann(&site).await;

        let added =
            join_all((0..25).map(|_| ann.post("/api/tasks", json!({ "title": "x" })))).await;

        let made = added.iter().filter(|answer| answer.reply.status == 201);
        assert_eq!(made.count(), 10);
        assert_eq!(
            ann.get("/api/tasks?limit=200")
                .await
                .ok()
                .as_array()
                .map(Vec::len),
            Some(10)
        );
    }

    async fn a_limit_is_each_owners_own(site: Site) {
        let site = site.limited(Limits { tasks: 1, ..Limits::default() }).await;
        let (ann, _) = ann(&site).await;
        let bob = site.sign_up("bob").await.api().await;

        ann.add("Buy milk").await;

        bob.add("Pay rent").await;
    }

    async fn a_store_that_is_opened_again_has_everything(site: Site) {
        let (ann, credential) = ann(&site).await;
        let task = ann.add("Buy milk").await;
        let id = task["id"].as_str().expect("an id").to_owned();
        let database = site.database.clone();
        drop(ann);
        let folder = site.close();

        let store = Store::open(&database, Limits::default()).expect("nobody serves it now");

        let id = tickbox::tasks::TaskId::parse(&id).expect("canonical");
        let found = store
            .read(credential, Length::Short, move |mine| mine.task(id))
            .await
            .expect("still there");
        assert_eq!(found.1.title.as_str(), "Buy milk");
        assert_eq!(Value::from(found.1.version), task["version"]);
        drop(folder);
    }

    async fn a_file_is_served_once_and_a_server_by_many(site: Site) {
        let second = Store::open(&site.database, Limits::default());

        match site.database {
            Database::Sqlite(_) => {
                assert!(matches!(second.err(), Some(OpenError::InUse(_))));
            }
            Database::Postgres { .. } => {
                second.expect("replicas share a database");
            }
        }
    }

    async fn sessions_that_ended_are_forgotten_once_they_have_expired(site: Site) {
        let (ann, credential) = ann(&site).await;
        ann.post("/api/auth/logout", Value::Null).await.status(204);
        let store = site.state.store();

        store.purge_expired(site.clock.now()).await.expect("purged");
        assert_eq!(raw(&site).count("revoked_sids"), 1);
        store
            .purge_expired(Stamp::from_micros(credential.sign_in().expect("a sign-in").ends_for_good().micros() + 1))
            .await
            .expect("purged");

        assert_eq!(raw(&site).count("revoked_sids"), 0);
    }
}
