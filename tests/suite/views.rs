//! The views: where one lands, what is on which page, and what an empty one says.

use crate::support::{Browser, Page};

async fn add_many(browser: &mut Browser, count: usize) {
    let api = browser.api().await;
    for number in 1..=count {
        api.add(&format!("task {number:02}")).await;
    }
}

/// The address without what was just done and where.
fn place(page: &Page) -> String {
    let bare = page.address.split('#').next().expect("an address");
    let bare = bare.split("did=").next().expect("an address");
    bare.trim_end_matches(['?', '&']).to_owned()
}

on_both_engines! {
    async fn one_lands_where_one_was(site: Site) {
        let mut ann = site.sign_up("ann").await;
        add_many(&mut ann, 3).await;

        for view in [
            "/tasks",
            "/tasks?status=all",
            "/tasks?sort=-created&limit=2",
        ] {
            let list = ann.visit(view).await.ok();
            let added = list
                .submit(&mut ann, "#new-task", &[("title", "one more")])
                .await
                .ok();
            assert_eq!(place(&added), view);
            let first = format!("#{} .tick", added.attributes(".task", "id")[0]);
            let ticked = added.submit(&mut ann, &first, &[]).await.ok();
            assert_eq!(place(&ticked), view);
        }
    }

    async fn one_lands_where_one_was_also_after_a_slip(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks?status=all").await.ok();

        let refused = list
            .submit(&mut ann, "#new-task", &[("title", "")])
            .await
            .status(422);
        let added = refused
            .submit(&mut ann, "#new-task", &[("title", "Buy milk")])
            .await
            .ok();

        assert_eq!(place(&added), "/tasks?status=all");
    }

    async fn the_address_after_a_form_shows_the_task(site: Site) {
        let mut ann = site.sign_up("ann").await;

        let added = ann.add("Buy milk").await;

        let row = &added.attributes(".task", "id")[0];
        assert!(
            added.address.ends_with(&format!("#{row}")),
            "{}",
            added.address
        );
        let ticked = added.submit(&mut ann, ".task .tick", &[]).await.ok();
        assert!(!ticked.address.contains('#'), "{}", ticked.address);
    }

    async fn a_place_that_is_not_ours_leads_home(site: Site) {
        let mut ann = site.sign_up("ann").await;

        for next in [
            "https://evil.example",
            "//evil.example",
            "/logout",
            "/tasks/../login",
        ] {
            let reply = ann
                .post("/tasks", &[("title", "Buy milk"), ("next", next)])
                .await;
            assert_eq!(reply.status, 303);
            assert!(
                reply.header("location").starts_with("/tasks?did="),
                "{next}"
            );
        }
    }

    async fn what_an_address_claims_to_have_done_is_said_of_ones_own_tasks_only(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let added = ann.add("Buy milk").await;
        let step = added.address.split("did=").nth(1).expect("a step");
        let step = step.split('#').next().expect("a number").to_owned();

        for forged in ["hacked", "99", "", "-1", "added-01932c07-1"] {
            let page = ann.visit(&format!("/tasks?did={forged}")).await.ok();
            assert!(!page.has(".flash"), "{forged}");
        }
        let page = ann.visit(&format!("/tasks?did={step}")).await.ok();
        assert_eq!(page.text(".flash"), "Added “Buy milk”. Show");
        let mut bob = site.sign_up("bob").await;
        let page = bob.visit(&format!("/tasks?did={step}")).await.ok();
        assert!(!page.has(".flash"), "that is ann's step");
    }

    async fn what_was_undone_can_be_done_again(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let ticked = list.submit(&mut ann, ".task .tick", &[]).await.ok();

        let undone = ticked.submit(&mut ann, "#undo", &[]).await.ok();
        assert_eq!(undone.text("#undo"), "Redo");
        let page = undone.submit(&mut ann, "#undo", &[]).await.ok();

        assert_eq!(page.text(".flash"), "Completed “Buy milk”. Show");
    }

    async fn pages_lead_forth_and_back(site: Site) {
        let mut ann = site.sign_up("ann").await;
        add_many(&mut ann, 60).await;

        let first = ann.visit("/tasks").await.ok();
        let second = first.follow(&mut ann, "a[rel=next]").await.ok();
        let third = second.follow(&mut ann, "a[rel=next]").await.ok();
        let back = third.follow(&mut ann, "a[rel=prev]").await.ok();

        let titles = |page: &Page| page.texts(".task .title");
        assert_eq!(titles(&first).len(), 25);
        assert_eq!(titles(&first)[0], "task 60");
        assert_eq!(
            titles(&third),
            (1..=10)
                .rev()
                .map(|n| format!("task {n:02}"))
                .collect::<Vec<_>>()
        );
        assert_eq!(titles(&back), titles(&second));
        assert!(!first.has("a[rel=prev]") && !third.has("a[rel=next]"));
    }

    async fn a_page_whose_tasks_went_says_so_and_leads_to_the_first(site: Site) {
        let mut ann = site.sign_up("ann").await;
        add_many(&mut ann, 26).await;
        let first = ann.visit("/tasks").await.ok();
        let next = first.attributes("a[rel=next]", "href");
        ann.api().await.delete("/api/tasks").await.status(204);

        let page = ann.visit(&next[0]).await.ok();

        assert_eq!(page.text(".empty h2"), "Nothing on this page");
        let back = page.follow(&mut ann, "nav.pages a").await.ok();
        assert_eq!(back.text(".empty h2"), "Nothing to do");
    }

    async fn an_empty_view_says_what_it_is_for(site: Site) {
        let mut ann = site.sign_up("ann").await;

        for (address, says) in [
            ("/tasks", "Nothing to do"),
            ("/tasks?status=completed", "Nothing completed yet"),
            ("/tasks?status=all", "No tasks yet"),
            ("/tasks?status=trashed", "The trash is empty"),
        ] {
            assert_eq!(ann.visit(address).await.ok().text(".empty h2"), says);
        }
    }

    async fn each_view_is_marked_in_the_navigation_and_named_on_its_page(site: Site) {
        let mut ann = site.sign_up("ann").await;

        let mut page = ann.visit("/tasks").await.ok();
        for (label, heading) in [
            ("Today", "Today"),
            ("Upcoming", "Upcoming"),
            ("Inbox", "Inbox"),
            ("All", "Open tasks"),
            ("Completed", "Completed tasks"),
            ("Trash", "Trash"),
        ] {
            let all = page.texts("nav.views a");
            let at = all.iter().position(|text| text == label).expect("an entry");
            page = ann
                .visit(&page.attributes("nav.views a", "href")[at])
                .await
                .ok();
            assert_eq!(page.text("h1"), heading);
            assert_eq!(page.text("title"), format!("{heading} · Tickbox"));
            assert_eq!(page.text("nav.views a[aria-current=page]"), label);
        }
    }

    async fn only_views_that_show_it_offer_to_add_a_task(site: Site) {
        let mut ann = site.sign_up("ann").await;

        for (address, offers) in [
            ("/tasks", true),
            ("/tasks?status=all", true),
            ("/tasks?status=completed", false),
            ("/tasks?status=trashed", false),
        ] {
            assert_eq!(
                ann.visit(address).await.ok().has("#new-task"),
                offers,
                "{address}"
            );
        }
    }

    async fn what_was_done_last_stands_on_top_of_the_completed(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let api = ann.api().await;
        for (minute, title) in [("01", "first"), ("02", "second")] {
            let task = api.add(title).await;
            site.set_clock(&format!("2026-11-22T12:{minute}:00Z"));
            api.put(&format!("{}/completion", crate::support::at(&task)))
                .await
                .ok();
        }

        let page = ann.visit("/tasks?status=completed").await.ok();

        assert_eq!(page.texts(".task .title"), ["second", "first"]);
        assert_eq!(page.texts(".task.done").len(), 2);
    }

    async fn a_view_that_does_not_exist_is_refused_in_words(site: Site) {
        let mut ann = site.sign_up("ann").await;

        for query in ["status=x", "sort=x", "limit=0", "cursor=x", "page=2"] {
            let page = ann.visit(&format!("/tasks?{query}")).await.status(422);
            assert_eq!(page.text("h1"), "Not valid");
            assert_eq!(page.attributes(".message a.button", "href"), ["/tasks"]);
        }
    }

    async fn who_is_not_signed_in_is_led_to_the_log_in_and_back(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let task = list.attributes(".task a.title", "href")[0].clone();
        ann.cookies.clear();

        let login = ann.visit(&format!("{task}?x")).await.ok();
        assert_eq!(login.text("h1"), "Sign in");
        let login = ann.visit(&task).await.ok();
        let typed = [
            ("email", "ann@example.org"),
            ("password", crate::support::PASSWORD),
        ];
        let page = login.submit(&mut ann, "#login", &typed).await.ok();

        assert!(
            login.address.starts_with("/login?next=%2Ftasks%2F"),
            "{}",
            login.address
        );
        assert_eq!(page.address, task);
        assert_eq!(page.text("h1"), "Buy milk");
    }

    async fn who_signs_out_leaves_nothing_open(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let old = ann.clone();

        let login = list.submit(&mut ann, "#logout", &[]).await.ok();

        assert_eq!(login.address, "/login");
        let left: Vec<_> = ann.cookies.keys().collect();
        assert_eq!(left, ["tickbox-device"], "which opens nothing");
        let mut thief = old;
        assert_eq!(thief.visit("/tasks").await.ok().text("h1"), "Sign in");
        assert_eq!(ann.sign_in().await.ok().texts(".task .title"), ["Buy milk"]);
    }

    async fn the_front_door_leads_home_or_says_what_this_is(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let mut stranger = site.browser();

        assert_eq!(ann.visit("/").await.ok().address, "/tasks");
        let front = stranger.visit("/").await.ok();
        assert_eq!(front.address, "/");
        assert_eq!(front.texts(".demo .task .title").len(), 3);
        assert!(front.texts(".demo .meta")[0].starts_with("Tue 1 Dec, 09:00"));
        assert_eq!(front.reply.header("x-robots-tag"), "all");
        let signup = front.follow(&mut stranger, ".hero a.main").await.ok();
        assert_eq!((&*signup.address, signup.reply.header("x-robots-tag")), ("/signup", "noindex, nofollow"));
    }
}
