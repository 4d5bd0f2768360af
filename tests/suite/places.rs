//! The places where tasks are seen: what each shows, and what is added there.

use serde_json::json;

use crate::support::{Browser, Page, Site};

async fn ann(site: &Site) -> Browser {
    let ann = site.sign_up("ann").await;
    let api = ann.api().await;
    // The clock stands at noon on Sunday 22 November 2026.
    for line in [
        "Pay rent on 2026-11-20",
        "Call mum on 2026-11-22",
        "See the dentist on 2026-11-23",
        "Plan the party on 2026-11-26",
        "Renew the passport on 2027-02-01",
        "Read a book @fun",
    ] {
        api.post("/api/tasks/quick", json!({ "text": line }))
            .await
            .created();
    }
    ann
}

fn titles(page: &Page) -> Vec<String> {
    page.texts(".task .title")
}

on_both_engines! {
    async fn today_shows_what_is_due_by_today(site: Site) {
        let mut ann = ann(&site).await;

        let page = ann.visit("/today").await.ok();

        assert_eq!(titles(&page), ["Pay rent", "Call mum"]);
        assert_eq!(page.texts("h2.day"), ["Overdue", "Today"]);
        assert!(page.text("nav.views a[href='/today']").starts_with("Today 2"));
    }

    async fn upcoming_goes_by_day(site: Site) {
        let mut ann = ann(&site).await;

        let page = ann.visit("/upcoming").await.ok();

        assert_eq!(titles(&page).len(), 5);
        let days = ["Overdue", "Today", "Tomorrow", "Thursday", "February 2027"];
        assert_eq!(page.texts("h2.day"), days);
    }

    async fn a_task_added_today_is_due_today(site: Site) {
        let mut ann = ann(&site).await;
        let today = ann.visit("/today").await.ok();

        let added = today.submit(&mut ann, "#new-task", &[("title", "Buy milk")]).await.ok();

        assert!(added.address.starts_with("/today?did="), "{}", added.address);
        assert_eq!(titles(&added), ["Pay rent", "Call mum", "Buy milk"]);
    }

    async fn a_task_added_in_a_list_is_in_that_list(site: Site) {
        let mut ann = ann(&site).await;
        let lists = ann.visit("/lists").await.ok();
        let home = lists.submit(&mut ann, "#new-list", &[("name", "Home")]).await.ok();
        assert_eq!(home.text("h1"), "Home");

        let added = home.submit(&mut ann, "#new-task", &[("title", "Fix the bike")]).await.ok();

        assert_eq!(titles(&added), ["Fix the bike"]);
        let inbox = ann.visit("/inbox").await.ok();
        assert!(!titles(&inbox).contains(&"Fix the bike".to_owned()));
        assert_eq!(added.text("nav.views a[aria-current=page]"), "Home 1 task");
    }

    async fn a_task_that_starts_later_is_hidden_until_then(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        let later = json!({ "title": "Plant tulips", "start_date": "2026-11-23" });
        api.post("/api/tasks", later).await.created();

        assert!(titles(&ann.visit("/inbox").await.ok()).is_empty());
        site.set_clock("2026-11-23T12:00:00Z");
        assert_eq!(titles(&ann.visit("/inbox").await.ok()), ["Plant tulips"]);
    }

    async fn a_label_has_a_page_and_a_label_that_is_not_there_has_none(site: Site) {
        let mut ann = ann(&site).await;

        assert_eq!(titles(&ann.visit("/labels/fun").await.ok()), ["Read a book"]);
        ann.visit("/labels/none").await.status(404);
        let mut bob = site.sign_up("bob").await;
        bob.visit("/labels/fun").await.status(404);
    }

    async fn a_filter_can_be_saved_and_is_found_again(site: Site) {
        let mut ann = ann(&site).await;
        let filtered = ann.visit("/tasks").await.ok();
        let filtered = filtered.submit(&mut ann, "#filter", &[("due", "week")]).await.ok();
        assert_eq!(titles(&filtered), ["Plan the party", "See the dentist", "Call mum"]);

        let saved = filtered.submit(&mut ann, "#save-view", &[("name", "This week")]).await.ok();

        assert_eq!(saved.text("h1"), "This week");
        assert_eq!(titles(&saved), titles(&filtered));
        assert_eq!(saved.text("nav.views a[aria-current=page]"), "This week");
    }

    async fn a_search_finds_what_is_done_too(site: Site) {
        let mut ann = ann(&site).await;
        let page = ann.visit("/tasks").await.ok();
        page.submit(&mut ann, ".task .tick", &[]).await.ok();

        let found = page.submit(&mut ann, "form.search", &[("q", "BOOK")]).await.ok();

        assert_eq!(titles(&found), ["Read a book"]);
        assert_eq!(found.text("h1"), "Search: BOOK");
    }

    async fn a_tick_leaves_people_at_their_search_and_filter(site: Site) {
        let mut ann = ann(&site).await;
        let page = ann.visit("/tasks").await.ok();
        let wanted = [("q", "call mum"), ("status", "all"), ("due", "..today")];
        let found = page.submit(&mut ann, "#filter", &wanted).await.ok();
        assert_eq!(titles(&found), ["Call mum"]);

        let ticked = found.submit(&mut ann, ".task .tick", &[]).await.ok();

        assert_eq!(ticked.text("h1"), "Search: call mum", "at {}", ticked.address);
        assert_eq!(ticked.texts(".task.done .title"), ["Call mum"]);
    }

    async fn a_filter_that_nothing_fits_says_so_and_leads_back(site: Site) {
        let mut ann = ann(&site).await;

        let page = ann.visit("/tasks?label=nothing").await.ok();

        assert_eq!(page.text(".empty h2"), "Nothing fits");
        assert_eq!(page.attributes(".filters p a", "href"), ["/tasks"]);
        assert!(!page.has("#new-task"), "what is added would not be seen");
    }
}
