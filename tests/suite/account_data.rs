//! The whole account as one file, and its end.

use serde_json::{Value, json};

use crate::support::{Answer, Api, PASSWORD, Site, raw};

async fn delete(api: &Api, password: &str) -> Answer {
    api.send_json("DELETE", "/api/me", json!({ "password": password }))
        .await
}

/// Every table with something of an owner in it.
const OWNED: [&str; 14] = [
    "users",
    "lists",
    "tasks",
    "labels",
    "task_labels",
    "views",
    "journal",
    "personal_tokens",
    "second_factors",
    "recovery_codes",
    "sign_ins",
    "identities",
    "mail_links",
    "attempts",
];

fn rows(site: &Site) -> Vec<String> {
    let count = |table: &str| format!("SELECT '{table} ' || count(*) AS line FROM {table}");
    let sql = OWNED.map(count).join(" UNION ALL ");
    raw(site).lines(&sql)
}

async fn fill(ann: &Api) {
    let list = ann
        .post("/api/lists", json!({ "name": "Home" }))
        .await
        .created();
    let task =
        json!({ "title": "Paint", "list_id": list["id"], "labels": ["diy"], "notes": "a\nb" });
    let task = ann.post("/api/tasks", task).await.created();
    let step = json!({ "title": "Buy paint", "parent_id": task["id"] });
    ann.post("/api/tasks", step).await.created();
    ann.post("/api/views", json!({ "name": "Soon", "query": "due=week" }))
        .await
        .created();
    ann.post("/api/tokens", json!({ "name": "script", "scope": "read" }))
        .await
        .created();
    ann.post("/api/me/totp", json!({ "password": PASSWORD }))
        .await
        .ok();
}

on_both_engines! {
    async fn the_file_has_everything_and_no_secret(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        fill(&ann).await;
        let trashed = ann.add("Call mum").await;
        ann.delete(&crate::support::at(&trashed)).await.status(204);
        site.sign_up("bob").await.api().await.add("Pay rent").await;

        let answer = ann.get("/api/me/export").await;

        let export = answer.ok();
        assert_eq!(
            answer.reply.header("content-disposition"),
            "attachment; filename=\"tickbox-export.json\""
        );
        assert_eq!(answer.reply.header("cache-control"), "no-store");
        assert_eq!(export["format"], "tickbox");
        assert_eq!(export["account"]["email"], "ann@example.org");
        let tasks = ann.get("/api/tasks?status=any&limit=200").await.ok();
        let by_id = |tasks: &Value| {
            let mut tasks = tasks.as_array().expect("a list").clone();
            tasks.sort_by_key(|task| task["id"].as_str().expect("an id").to_owned());
            tasks
        };
        assert_eq!(by_id(&export["tasks"]), by_id(&tasks), "as their own route shows them");
        assert_eq!(export["lists"], ann.get("/api/lists").await.ok());
        assert_eq!(export["views"], ann.get("/api/views").await.ok());
        assert_eq!(export["labels"], ann.get("/api/labels").await.ok());
        assert_eq!(export["personal_tokens"], ann.get("/api/tokens").await.ok());
        assert_eq!(export["history"], ann.get("/api/history").await.ok());
        assert_eq!(export["sign_ins"], ann.get("/api/me/sign-ins").await.ok());
        for secret in ["password_hash", "$2b$", "epoch", "Pay rent", "bob@"] {
            assert!(!answer.reply.text().contains(secret), "{secret}");
        }
        let by_page = browser.get("/settings/export").await;
        let by_page: Value = serde_json::from_slice(&by_page.body).expect("JSON");
        assert_eq!(by_page["tasks"], export["tasks"]);
    }

    async fn more_tasks_than_are_sent_at_once_are_all_there(site: Site) {
        let ann = site.sign_up("ann").await.api().await;
        for batch in 0..3 {
            let make = |at: i32| json!({ "op": "create", "body": { "title": format!("{batch} {at}") } });
            let operations: Vec<_> = (0..350).map(make).collect();
            ann.post("/api/tasks/batch", json!({ "operations": operations })).await.ok();
        }

        let export = ann.get("/api/me/export").await.ok();

        let tasks = export["tasks"].as_array().expect("a list");
        let titles: std::collections::BTreeSet<_> = tasks.iter().map(|task| task["title"].as_str()).collect();
        assert_eq!((tasks.len(), titles.len()), (1_050, 1_050));
    }

    async fn an_empty_account_is_a_file_too(site: Site) {
        let ann = site.sign_up("ann").await.api().await;

        assert_eq!(ann.get("/api/me/export").await.ok()["tasks"], json!([]));
    }

    async fn a_deleted_account_leaves_nothing_and_its_tokens_are_dead(site: Site) {
        let bob = site.sign_up("bob").await.api().await;
        fill(&bob).await;
        let before = rows(&site);
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        fill(&ann).await;
        let made = ann.post("/api/tokens", json!({ "name": "x", "scope": "write" })).await.created();
        let program = Api::new(site.clone(), made["token"].as_str().map(str::to_owned));

        delete(&ann, PASSWORD).await.status(204);

        ann.get("/api/tasks").await.status(401);
        program.get("/api/tasks").await.status(401);
        assert_eq!(browser.visit("/tasks").await.ok().text("h1"), "Sign in");
        assert_eq!(rows(&site), before);
        bob.get("/api/tasks").await.ok();
        let again = site.sign_up("ann").await.api().await;
        assert_eq!(again.get("/api/tasks").await.ok(), json!([]));
        ann.get("/api/tasks").await.status(401);
    }

    async fn a_wrong_password_deletes_nothing(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        fill(&ann).await;
        let wrong = json!({ "password": PASSWORD, "sure": true });

        assert_eq!(delete(&ann, "wrong but long").await.refused(), ["/password"]);
        assert_eq!(delete(&ann, "").await.refused(), ["/password"]);
        assert_eq!(ann.send_json("DELETE", "/api/me", wrong).await.refused(), ["/sure"]);

        let form = browser.visit("/settings/delete").await.ok();
        let typed = [("password", "wrong but long")];
        let page = form.submit(&mut browser, "#delete", &typed).await.status(422);
        assert_eq!(page.text("#password-error"), "Error: That is not your password.");
        assert_eq!(ann.get("/api/tasks").await.ok().as_array().map(Vec::len), Some(2));
    }

    async fn the_page_deletes_and_forgets_the_browser(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let data = ann.visit("/settings/data").await.ok();
        let form = data.follow(&mut ann, "a[href='/settings/delete']").await.ok();

        let page = form.submit(&mut ann, "#delete", &[("password", PASSWORD)]).await.ok();

        assert_eq!(page.address, "/");
        assert!(ann.cookies.is_empty());
    }
}
