//! What somebody finds who is new here: examples in the Inbox, which leave as quickly as they came.

use serde_json::json;

use crate::support::{Api, PASSWORD, Site, at};

/// The same engine, where new accounts find examples.
async fn with_examples(site: &Site) -> Site {
    site.another(|config| config.has_examples = true).await
}

on_both_engines! {
    async fn a_new_account_finds_examples_that_teach(site: Site) {
        let site = with_examples(&site).await;
        let ann = site.sign_up("ann").await.api().await;

        let titles = ann.titles("/api/tasks?list=inbox&sort=order").await;

        assert_eq!(titles.len(), 3);
        assert!(titles[0].starts_with("Tick the ring") && titles[1].starts_with("Type a line"));
        assert_eq!(ann.titles("/api/tasks?due=today").await, titles[..1]);
        let history = ann.history().await;
        assert_eq!((history.len(), &history[0]["action"]), (1, &json!("examples_laid_out")));
        assert_eq!(history[0]["door"], "server");
    }

    async fn an_account_made_by_a_program_is_empty(site: Site) {
        let site = with_examples(&site).await;

        let login = json!({ "email": "ann@example.org", "password": PASSWORD });
        let signed_up = site.stranger().post("/api/auth/signup", login).await.created();
        let token = signed_up["token"].as_str().map(str::to_owned);
        let ann = Api::new(site, token);

        assert_eq!(ann.titles("/api/tasks?status=any").await, Vec::<String>::new());
        assert_eq!(ann.history().await.len(), 0);
    }

    async fn one_tick_removes_all_examples_and_one_brings_them_back(site: Site) {
        let site = with_examples(&site).await;
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;

        let page = browser.visit("/inbox").await.ok();
        let page = page.submit(&mut browser, "#examples", &[]).await.ok();

        assert_eq!(page.texts(".task .title").len(), 0);
        assert!(page.address.starts_with("/inbox?did=") && !page.has("#examples"));
        assert_eq!(ann.titles("/api/tasks?status=trashed").await.len(), 3);
        let page = page.submit(&mut browser, "#undo", &[]).await.ok();
        assert_eq!(page.texts(".task .title").len(), 3);
    }

    async fn the_offer_goes_when_no_example_is_as_it_was(site: Site) {
        let site = with_examples(&site).await;
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        let examples = ann.get("/api/tasks?list=inbox&sort=order").await.ok();

        ann.complete(&examples[0]).await;
        ann.set(&examples[1], json!({ "title": "Call Mum" })).await;
        assert!(browser.visit("/tasks").await.ok().has("#examples"), "one is left");
        assert!(!browser.visit("/today").await.ok().has("#examples"), "only where they are");
        ann.delete(&at(&examples[2])).await;

        assert!(!browser.visit("/tasks").await.ok().has("#examples"));
        assert_eq!(ann.titles("/api/tasks").await, ["Call Mum", "Tick the ring on the left. Then press Undo, and I am back"]);
    }
}
