//! What the database itself refuses, should the types above it ever be got around.

use std::sync::{Arc, Barrier};

use tickbox::accounts::{Access, Credential};
use tickbox::clock::Stamp;
use tickbox::error::Error;
use tickbox::journal::{Door, Occasion};
use tickbox::store::{Length, Mine};
use tickbox::tasks::{Task, TaskId};

use crate::support::{Api, Engine, Site, raw};

async fn two(site: &Site) -> (Api, Api) {
    let ann = site.sign_up("ann").await.api().await;
    let bob = site.sign_up("bob").await.api().await;
    (ann, bob)
}

fn credential(site: &Site, api: &Api) -> Credential {
    let token = api.token.as_deref().expect("a token");
    let known = site
        .state
        .tokens()
        .verify(token, Access::Write, site.clock.now());
    known.expect("a good token")
}

/// An id as SQL writes it.
fn literal(site: &Site, id: &serde_json::Value) -> String {
    let id = id.as_str().expect("an id");
    match site.engine {
        Engine::Sqlite => format!("X'{}'", id.replace('-', "")),
        Engine::Postgres => format!("'{id}'"),
    }
}

/// Ann's task, claimed by whoever inserts it while its list stays hers.
async fn stolen(site: &Site, ann: &Api) -> Task {
    let made = ann.add("Buy milk").await;
    let id = TaskId::parse(made["id"].as_str().expect("an id")).expect("canonical");
    let read = site
        .state
        .store()
        .read(credential(site, ann), Length::Short, move |mine| {
            mine.task(id)
        });
    Task {
        id: TaskId::new(tickbox::ids::new_id(Stamp::from_micros(0))),
        ..read.await.expect("her task").1
    }
}

fn is_foreign_key<T: std::fmt::Debug>(outcome: &Result<T, Error>) -> bool {
    let Err(Error::Internal(cause)) = outcome else {
        return false;
    };
    cause.to_string().to_lowercase().contains("foreign key")
}

on_both_engines! {
    async fn the_database_refuses_a_task_in_somebody_elses_list(site: Site) {
        let (ann, bob) = two(&site).await;
        let (hers, his) = (ann.add("Buy milk").await, bob.add("Pay rent").await);
        let list = literal(&site, &hers["list_id"]);
        let task = literal(&site, &his["id"]);

        let moved = raw(&site).batch_execute(&format!(
            "UPDATE tasks SET list_id = {list} WHERE id = {task}"
        ));

        let refusal = moved
            .expect_err("a list of ann's")
            .to_string()
            .to_lowercase();
        assert!(refusal.contains("foreign key"), "{refusal}");
        assert_eq!(
            bob.get("/api/tasks").await.ok()[0]["list_id"],
            his["list_id"]
        );
    }

    async fn the_database_refuses_a_task_of_nobody(site: Site) {
        let (ann, _) = two(&site).await;
        let task = literal(&site, &ann.add("Buy milk").await["id"]);
        let nobody = literal(&site, &"01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11".into());

        let given = raw(&site).batch_execute(&format!(
            "UPDATE tasks SET user_id = {nobody} WHERE id = {task}"
        ));

        given.expect_err("no such account");
    }

    async fn the_database_keeps_a_list_that_holds_tasks(site: Site) {
        let (ann, _) = two(&site).await;
        ann.add("Buy milk").await;

        let emptied = raw(&site).batch_execute("DELETE FROM lists");

        emptied.expect_err("a list with a task in it");
    }

    async fn everybody_has_one_inbox(site: Site) {
        let (ann, bob) = two(&site).await;
        let inbox = literal(&site, &ann.add("Buy milk").await["list_id"]);
        let other = literal(&site, &bob.add("Pay rent").await["id"]);

        let second = raw(&site).batch_execute(&format!(
            "INSERT INTO lists SELECT user_id, {other}, name, is_inbox, position, version, \
             created_at, updated_at FROM lists WHERE id = {inbox}"
        ));

        second.expect_err("a second Inbox");
    }

    async fn a_priority_that_does_not_exist_is_refused_by_the_table(site: Site) {
        let (ann, _) = two(&site).await;
        ann.add("Buy milk").await;

        for wrong in ["-1", "4"] {
            let set = raw(&site).batch_execute(&format!("UPDATE tasks SET priority = {wrong}"));
            set.expect_err("no such priority");
        }
    }

    async fn an_account_that_goes_takes_all_of_its_own_and_nothing_else(site: Site) {
        let (ann, bob) = two(&site).await;
        ann.add("Buy milk").await;
        bob.add("Pay rent").await;

        let gone = raw(&site).batch_execute("DELETE FROM users WHERE email = 'ann@example.org'");

        gone.expect("she may go");
        assert_eq!(raw(&site).count("tasks"), 1);
        assert_eq!(raw(&site).count("lists"), 1);
        assert_eq!(bob.titles("/api/tasks").await, ["Pay rent"]);
    }

    async fn foreign_keys_are_on_in_the_connection_that_writes(site: Site) {
        let (ann, bob) = two(&site).await;
        let task = stolen(&site, &ann).await;

        let occasion = Occasion {
            at: site.clock.now(),
            door: Door::Api,
        };
        let store = site.state.store();
        let outcome = store
            .write(credential(&site, &bob), occasion, move |mine| {
                mine.insert_task(&task)
            })
            .await
            .map(drop);

        assert!(is_foreign_key(&outcome), "{outcome:?}");
        assert_eq!(bob.get("/api/tasks").await.ok(), serde_json::json!([]));
    }

    async fn foreign_keys_are_on_in_every_connection_that_reads(site: Site) {
        let (ann, bob) = two(&site).await;
        let task = stolen(&site, &ann).await;
        let threads = match site.engine {
            Engine::Sqlite => std::thread::available_parallelism().map_or(2, usize::from),
            Engine::Postgres => 2,
        };
        // Each waits for all others, so each is on a thread and a connection of its own.
        let everybody = Arc::new(Barrier::new(threads));
        let attempt = |_| {
            let (task, everybody) = (task.clone(), Arc::clone(&everybody));
            let work = move |mine: &mut Mine<'_>| {
                everybody.wait();
                mine.insert_task(&task)
            };
            let store = site.state.store();
            store.read(credential(&site, &bob), Length::Long, work)
        };

        let mut outcomes = futures_util::future::join_all((0..threads).map(attempt)).await;
        // And the connection of whoever reads without a thread of the database.
        let work = move |mine: &mut Mine<'_>| mine.insert_task(&task);
        let store = site.state.store();
        outcomes.push(store.read(credential(&site, &bob), Length::Short, work).await);

        assert_eq!(outcomes.len(), threads + 1);
        assert!(outcomes.iter().all(is_foreign_key), "{outcomes:?}");
    }
}
