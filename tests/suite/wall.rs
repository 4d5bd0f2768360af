//! Row-level security: what PostgreSQL itself refuses to a statement that forgot its owner.

use serde_json::json;

use tickbox::config::Database;
use tickbox::store::{Limits, Store};

use crate::support::{Engine, PASSWORD, Site, raw, walled};

/// A site behind the wall; none on SQLite, which has no such thing.
async fn behind_wall(site: &Site) -> Option<Site> {
    if site.engine == Engine::Sqlite {
        return None;
    }
    Some(
        site.another(|config| config.database = walled(&config.database))
            .await,
    )
}

on_both_engines! {
    async fn a_statement_without_an_owner_finds_nothing(site: Site) {
        let Some(site) = behind_wall(&site).await else {
            return;
        };
        let ann = site.sign_up("ann").await.api().await;
        let bob = site.sign_up("bob").await.api().await;
        ann.add("Buy milk").await;
        ann.add("Call mum").await;
        bob.add("Pay rent").await;
        let me = ann.get("/api/me").await.ok();
        let id = me["id"].as_str().expect("an id");
        let mut db = raw(&site);
        assert_eq!(db.count("tasks"), 3, "asked for all");

        for nobody in ["", "00000000-0000-0000-0000-000000000000"] {
            db.batch_execute(&format!("SET app.user_id = '{nobody}'")).expect("a setting");
            for table in ["tasks", "lists", "journal", "sign_ins"] {
                assert_eq!(db.count(table), 0, "{table} for {nobody:?}");
            }
        }
        db.batch_execute("RESET app.user_id").expect("a setting");
        assert_eq!(db.count("tasks"), 0);
        db.batch_execute(&format!("SET app.user_id = '{id}'")).expect("a setting");
        assert_eq!(db.count("tasks"), 2, "hers alone");
        let touched = "UPDATE tasks SET title = 'Hacked'";
        db.batch_execute(touched).expect("an update of her own");
        assert_eq!(bob.titles("/api/tasks").await, ["Pay rent"]);
        let stolen = "INSERT INTO labels (user_id, key, name, created_at)
            SELECT id, 'x', 'x', 0 FROM users WHERE email = 'bob@example.org'";
        let refused = db.batch_execute(stolen).expect_err("it is his");
        assert!(refused.to_string().contains("row-level security"), "{refused}");
    }

    async fn all_goes_on_as_without_it(site: Site) {
        let Some(site) = behind_wall(&site).await else {
            return;
        };
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let task = ann.add("Buy milk").await;
        ann.complete(&task).await;
        ann.undo_last().await;
        ann.delete(&crate::support::at(&task)).await.status(204);
        let later = crate::support::stamp("2027-01-22T12:00:00Z");
        let gone = site.state.store().clean_up(30, later).await.expect("a cleaning");
        assert_eq!(gone, 1, "housekeeping is about everybody");
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Open tasks");
        let deletion = json!({ "password": PASSWORD });
        ann.send_json("DELETE", "/api/me", deletion).await.status(204);
        let mut db = raw(&site);
        assert_eq!((db.count("users"), db.count("lists")), (0, 0));
    }

    async fn it_can_be_taken_down_again_and_is_no_mere_look_of_a_wall(site: Site) {
        let Database::Postgres { url, .. } = &site.database else {
            return;
        };
        let open = |database: &Database| Store::open(database, Limits::default());
        let superuser = Database::Postgres {
            url: url.clone(),
            connections: 1,
            row_security: true,
        };
        if std::env::var_os("TICKBOX_TEST_ROW_SECURITY").is_none() {
            let refused = open(&superuser).err().expect("it would hold nobody back");
            assert!(refused.to_string().starts_with("TICKBOX_DB_ROW_SECURITY"), "{refused}");
        }

        let Some(walled) = behind_wall(&site).await else {
            return;
        };
        walled.sign_up("ann").await.api().await.add("Buy milk").await;
        let Database::Postgres { url, connections, .. } = walled.database.clone() else {
            return;
        };
        let down = Database::Postgres { url, connections, row_security: false };
        drop(open(&down).expect("the same database without it"));
        let mut db = raw(&walled);
        db.batch_execute("RESET app.user_id").expect("a setting");
        assert_eq!(db.count("tasks"), 1);
        drop(open(&walled.database).expect("and with it once more"));
        assert_eq!(db.count("tasks"), 0);
    }
}
