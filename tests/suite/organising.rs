//! Lists, labels, views and history by form; many tasks at once; the page of a whole task.

use serde_json::json;

use crate::support::{Browser, Page, Site};

async fn with_three(site: &Site) -> (Browser, Page) {
    let mut ann = site.sign_up("ann").await;
    for title in ["Read a book", "Call mum", "Buy milk"] {
        ann.add(title).await;
    }
    let page = ann.visit("/tasks").await.ok();
    (ann, page)
}

/// Posts the bulk form with the first two tasks ticked.
async fn bulk(ann: &mut Browser, page: &Page, more: &[(&str, &str)]) -> Page {
    let ids = page.attributes(".task input[name=ids]", "value");
    let mut fields = vec![
        ("ids", ids[0].as_str()),
        ("ids", ids[1].as_str()),
        ("next", "/tasks"),
    ];
    fields.extend(more);
    let reply = ann.post("/tasks/bulk", &fields).await;
    assert_eq!(reply.status, 303, "{}", reply.text());
    let location = reply.header("location").to_owned();
    ann.visit(&location).await.ok()
}

on_both_engines! {
    async fn many_are_completed_at_once_and_taken_back_at_once(site: Site) {
        let (mut ann, page) = with_three(&site).await;

        let done = bulk(&mut ann, &page, &[("action", "complete")]).await;

        assert_eq!(done.text(".flash"), "Completed “Buy milk” and 1 more.");
        assert_eq!(done.texts(".task .title"), ["Read a book"]);
        let undone = done.submit(&mut ann, "#undo", &[]).await.ok();
        assert_eq!(undone.texts(".task .title"), ["Buy milk", "Call mum", "Read a book"]);
    }

    async fn many_get_a_label_a_date_and_a_priority(site: Site) {
        let (mut ann, page) = with_three(&site).await;
        let api = ann.api().await;

        bulk(&mut ann, &page, &[("action", "label"), ("label", "home")]).await;
        bulk(&mut ann, &page, &[("action", "due"), ("due_date", "2026-12-24")]).await;
        bulk(&mut ann, &page, &[("action", "priority"), ("priority", "3")]).await;

        let found = "/api/tasks?label=home&due=2026-12-24..2026-12-24&priority=3";
        assert_eq!(api.titles(found).await, ["Call mum", "Buy milk"]);
        bulk(&mut ann, &page, &[("action", "delete")]).await;
        assert_eq!(api.titles("/api/tasks?status=trashed").await, ["Call mum", "Buy milk"]);
    }

    async fn many_without_a_choice_are_refused_beside_what_is_missing(site: Site) {
        let (mut ann, page) = with_three(&site).await;
        let id = page.attributes(".task input[name=ids]", "value").remove(1);

        for (fields, at, sentence) in [
            ([("action", "move"), ("list_id", "")], "b-list", "Choose the list to move to."),
            ([("action", "priority"), ("priority", "9")], "b-priority", "Choose a priority."),
            ([("action", "due"), ("due_date", "soon")], "b-due", "YYYY-MM-DD"),
            ([("action", "label"), ("label", " ")], "b-label", "Name the label to add."),
            ([("action", "label"), ("label", "a,b")], "b-label", "A label has no comma in its name."),
            ([("action", "dance"), ("label", "")], "b-action", "Choose what to do"),
        ] {
            let typed = [&[("ids", &*id)][..], &fields].concat();
            let refused = page.submit(&mut ann, "#tasks", &typed).await.status(422);

            let said = refused.text(&format!("#{at}-error"));
            assert!(said.contains(sentence), "{said}");
            assert!(refused.has(&format!("#{at}[aria-invalid][aria-describedby={at}-error]")));
            assert!(refused.has(&format!(".problems[autofocus] a[href='#{at}']")), "{fields:?}");
            assert_eq!(refused.attributes("[name=ids][checked]", "value"), [&*id], "{fields:?}");
        }
        assert_eq!(ann.visit("/tasks").await.ok().texts(".task .title").len(), 3);
    }

    async fn what_was_chosen_for_many_is_kept_through_a_refusal(site: Site) {
        let (mut ann, _) = with_three(&site).await;
        let lists = ann.visit("/lists").await.ok();
        lists.submit(&mut ann, "#new-list", &[("name", "Home")]).await.ok();
        let page = ann.visit("/tasks?q=milk&status=all").await.ok();
        let home = page.attributes("#b-list option", "value").remove(2);
        let id = page.attributes(".task input[name=ids]", "value").remove(0);
        let chosen = [
            ("action", "due"), ("due_date", "next week"), ("label", "a <b>"),
            ("priority", "2"), ("list_id", &*home),
        ];

        let refused = page.submit(&mut ann, "#tasks", &chosen).await.status(422);

        assert_eq!(refused.text("title"), "Error: Search: milk · Tickbox");
        assert_eq!(refused.texts(".task .title"), ["Buy milk"]);
        assert_eq!(refused.attributes("main [autofocus]", "class"), ["problems"]);
        assert_eq!(
            refused.texts(".problems li")[0],
            "Tick the boxes of the tasks first."
        );
        for (field, value) in chosen {
            assert_eq!(refused.field("#tasks", field), value);
        }
        let ticked = [("ids", &*id), ("due_date", "2026-11-27")];
        let done = refused.submit(&mut ann, "#tasks", &ticked).await.ok();
        assert_eq!(done.text(".flash"), "Saved “Buy milk”. Show");
        assert_eq!(done.text("h1"), "Search: milk");
    }

    async fn a_refusal_shows_the_page_that_the_form_was_on(site: Site) {
        let mut ann = site.sign_up("ann").await;
        for title in ["Call mum @kin", "Call dad @kin", "Buy milk"] {
            ann.add(title).await;
        }
        let filter = ann.visit("/tasks?label=kin").await.ok();
        let view = filter.submit(&mut ann, "#save-view", &[("name", "Family")]).await.ok();
        let view = view.address.split('?').next().unwrap_or_default().to_owned();

        for (address, heading, titles) in [
            ("/labels/kin?sort=title", "Label: kin", &["Call dad", "Call mum"][..]),
            (&view, "Family", &["Call dad", "Call mum"]),
            ("/inbox?sort=title&limit=1", "Inbox", &["Buy milk"]),
            ("/lists/none", "Open tasks", &["Buy milk", "Call dad", "Call mum"]),
            ("/tasks?sort=none", "Open tasks", &["Buy milk", "Call dad", "Call mum"]),
        ] {
            let fields = [("action", "complete"), ("next", address)];
            let reply = ann.post("/tasks/bulk", &fields).await;
            let page = Page::new(address.to_owned(), reply).status(422);
            assert_eq!(page.text("h1"), heading);
            assert_eq!(page.texts(".task .title"), titles, "{address}");
            assert_eq!(page.field("#tasks", "next"), address);
        }
    }

    async fn the_trash_is_emptied_for_good(site: Site) {
        let (mut ann, page) = with_three(&site).await;
        page.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();
        let trash = ann.visit("/tasks?status=trashed").await.ok();

        let empty = trash.submit(&mut ann, "#empty-trash", &[]).await.ok();

        assert_eq!(empty.text(".flash"), "Deleted for good “Buy milk”.");
        assert!(!empty.has("#undo"));
        assert!(empty.has(".empty"));
    }

    async fn a_list_is_renamed_put_away_and_deleted(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let lists = ann.visit("/lists").await.ok();
        let home = lists.submit(&mut ann, "#new-list", &[("name", "Home")]).await.ok();
        home.submit(&mut ann, "#new-task", &[("title", "Fix the bike")]).await.ok();
        let lists = ann.visit("/lists").await.ok();

        let away = [("name", "House"), ("archived", "1")];
        let saved = lists.submit(&mut ann, "form.edit", &away).await.ok();
        assert_eq!(saved.text(".flash"), "Put away the list “Home”.");
        assert!(!saved.texts("nav.views a").contains(&"House 1 task".to_owned()));
        let gone = saved.submit(&mut ann, "form.remove", &[("tasks", "inbox")]).await.ok();

        assert_eq!(gone.text(".flash"), "Deleted the list “House”.");
        let inbox = ann.visit("/inbox").await.ok();
        assert_eq!(inbox.texts(".task .title"), ["Fix the bike"]);
        gone.submit(&mut ann, "#undo", &[]).await.ok();
        assert!(ann.visit("/inbox").await.ok().has(".empty"), "and back into its list");
    }

    async fn a_list_of_a_name_that_is_taken_is_refused_with_what_was_typed(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let lists = ann.visit("/lists").await.ok();

        let refused = lists.submit(&mut ann, "#new-list", &[("name", "INBOX")]).await.status(422);

        assert_eq!(refused.field("#new-list", "name"), "INBOX");
        assert!(refused.text(".problems").contains("already"));
    }

    async fn a_label_is_renamed_and_deleted(site: Site) {
        let mut ann = site.sign_up("ann").await;
        ann.add("Call mum @family").await;
        let lists = ann.visit("/lists").await.ok();

        let renamed = lists.submit(&mut ann, "form.edit", &[("name", "kin")]).await.ok();

        assert_eq!(renamed.texts(".things a"), ["Inbox", "kin"]);
        let gone = renamed.submit(&mut ann, "form.remove", &[]).await.ok();
        assert_eq!(gone.texts(".things a"), ["Inbox"]);
        assert_eq!(ann.visit("/tasks").await.ok().texts(".task .title"), ["Call mum"]);
    }

    async fn the_history_tells_everything_and_takes_it_back(site: Site) {
        let (mut ann, page) = with_three(&site).await;
        page.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();

        let history = ann.visit("/history").await.ok();
        let told = history.texts(".steps span");
        assert_eq!(told[0], "Deleted “Buy milk”");
        assert_eq!(told.len(), 4);
        let undone = history.submit(&mut ann, ".steps form", &[]).await.ok();

        assert_eq!(undone.text(".flash"), "Restored “Buy milk”. Show");
        assert_eq!(undone.texts(".steps span")[1], "Deleted “Buy milk” taken back");
        assert_eq!(ann.visit("/tasks").await.ok().texts(".task .title")[0], "Buy milk");
    }

    async fn a_task_repeats_in_words(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Water the plants").await;
        let address = list.attributes(".task .title", "href").remove(0);
        let task = ann.visit(&address).await.ok();

        let typed = [("due_date", "2026-11-24"), ("recurrence", "every 3 days")];
        let saved = task.submit(&mut ann, "#edit-task", &typed).await.ok();

        let said = saved.texts(".task-head .due");
        assert_eq!(said[1], "Repeats every 3 days; then Fri 27 Nov, Mon 30 Nov, Thu 3 Dec");
        assert_eq!(saved.field("#edit-task", "recurrence"), "every 3 days");
        let skipped = saved.submit(&mut ann, "#skip-task", &[]).await.ok();
        assert_eq!(skipped.field("#edit-task", "due_date"), "2026-11-27");
        let refused = [("recurrence", "now and then")];
        let refused = skipped.submit(&mut ann, "#edit-task", &refused).await.status(422);
        assert_eq!(refused.field("#edit-task", "recurrence"), "now and then");
    }

    async fn a_task_has_steps_and_notes_in_markdown(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Pack for the trip // **much** <b>more</b>").await;
        let address = list.attributes(".task .title", "href").remove(0);
        let task = ann.visit(&address).await.ok();
        assert_eq!(task.texts(".notes strong"), ["much"]);
        assert!(!task.has(".notes b"));

        let first = task.submit(&mut ann, "#new-step", &[("title", "Passport")]).await.ok();
        let both = first.submit(&mut ann, "#new-step", &[("title", "Charger")]).await.ok();
        let ticked = both.submit(&mut ann, ".task .tick", &[]).await.ok();

        assert_eq!(ticked.texts(".task .title"), ["Passport", "Charger"]);
        assert_eq!(ticked.texts(".task.done .title"), ["Passport"]);
        assert!(ann.visit("/tasks").await.ok().text("main").contains("Steps 1/2"));
    }

    async fn a_task_goes_up_and_down_and_is_copied(site: Site) {
        let (mut ann, page) = with_three(&site).await;
        let address = page.attributes(".task .title", "href").remove(0);
        let form = format!("{address}/move");

        assert_eq!(ann.post(&form, &[("to", "down")]).await.status, 303);
        let moved = ann.visit("/tasks").await.ok();
        assert_eq!(moved.texts(".task .title"), ["Call mum", "Buy milk", "Read a book"]);
        assert_eq!(ann.post(&form, &[("to", "bottom")]).await.status, 303);
        let moved = ann.visit("/tasks").await.ok();
        assert_eq!(moved.texts(".task .title"), ["Call mum", "Read a book", "Buy milk"]);
        assert_eq!(ann.post(&form, &[("to", "bottom")]).await.status, 303, "there already");
        let copied = ann.visit(&address).await.ok();
        copied.submit(&mut ann, "#duplicate-task", &[]).await.ok();
        let copied = ann.visit("/tasks").await.ok();
        assert_eq!(copied.texts(".task .title")[0], "Buy milk");
    }

    async fn lists_and_views_are_put_in_order_by_buttons(site: Site) {
        let mut browser = site.sign_up("ann").await;
        let ann = browser.api().await;
        for name in ["Home", "Work", "Garden"] {
            ann.post("/api/lists", json!({ "name": name, "order": 7 })).await.created();
            ann.post("/api/views", json!({ "name": name, "query": "due=today" })).await.created();
        }
        let names = async |what: &str| {
            let all = ann.get(&format!("/api/{what}")).await.ok();
            let all = all.as_array().expect("an array").clone();
            all.iter().map(|it| it["name"].as_str().expect("a name").to_owned()).collect::<Vec<_>>()
        };

        for (kind, before) in [("lists", vec!["Inbox"]), ("views", vec![])] {
            let page = browser.visit("/lists").await.ok();
            let up = format!("form[action^='/{kind}/'] button[aria-label='Move Garden up']");
            let moved = page.submit(&mut browser, &up, &[]).await.ok();
            let order = |end: [&'static str; 3]| [before.clone(), end.to_vec()].concat();
            assert_eq!(names(kind).await, order(["Home", "Garden", "Work"]), "{kind}");

            let down = format!("form[action^='/{kind}/'] button[aria-label='Move Home down']");
            let moved = moved.submit(&mut browser, &down, &[]).await.ok();
            assert_eq!(names(kind).await, order(["Garden", "Home", "Work"]), "{kind}");
            let up = format!("form[action^='/{kind}/'] button[aria-label='Move Garden up']");
            let same = moved.submit(&mut browser, &up, &[]).await.ok();
            assert_eq!(names(kind).await, order(["Garden", "Home", "Work"]), "first already");
            assert!(!same.has(".flash"), "nothing happened");
            let undone = moved.submit(&mut browser, "#undo", &[]).await.ok();
            assert!(undone.has(".flash"));
            assert_eq!(names(kind).await, order(["Home", "Garden", "Work"]), "{kind}");
        }
    }
}
