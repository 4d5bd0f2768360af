//! The pages, as a person without scripts uses them.

use crate::support::{Browser, Page};

/// Opens the page of the one task with this title.
async fn open(browser: &mut Browser, list: &Page, title: &str) -> Page {
    let links = list.attributes(".task a.title", "href");
    let at = list
        .texts(".task .title")
        .iter()
        .position(|text| text == title);
    browser.visit(&links[at.expect("such a task")]).await.ok()
}

/// The id of the first task on a list.
fn first_id(list: &Page) -> String {
    let ids = list.attributes(".task", "id");
    ids[0].strip_prefix("task-").expect("an anchor").to_owned()
}

on_both_engines! {
    async fn a_person_keeps_a_list(site: Site) {
        let mut ann = site.sign_up("ann").await;
        ann.add("Buy milk").await;
        let page = ann.add("Call mum").await;

        assert_eq!(page.texts(".task .title"), ["Call mum", "Buy milk"]);
        assert_eq!(page.text(".flash"), "Added “Call mum”. Show");
    }

    async fn a_task_is_added_with_everything_that_the_form_offers(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks").await.ok();
        let typed = [
            ("title", "Pay rent"),
            ("due_date", "2026-11-27"),
            ("priority", "3"),
            ("notes", "IBAN in the blue folder\r\nask about the heating"),
        ];

        let list = list.submit(&mut ann, "#new-task", &typed).await.ok();

        assert_eq!(list.text(".task .meta"), "Fri 27 Nov High priority Notes");
        let task = open(&mut ann, &list, "Pay rent").await;
        assert_eq!(task.text("h1"), "Pay rent");
        assert_eq!(task.text(".due"), "Due: Fri 27 Nov");
        assert_eq!(task.field("#edit-task", "due_date"), "2026-11-27");
        assert_eq!(task.field("#edit-task", "priority"), "3");
        assert_eq!(task.field("#edit-task", "notes"), typed[3].1);
    }

    async fn a_task_is_edited_where_it_is_shown(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let task = open(&mut ann, &list, "Buy milk").await;
        let typed = [
            ("title", "Buy oat milk"),
            ("priority", "1"),
            ("due_date", "2026-11-23"),
        ];

        let saved = task.submit(&mut ann, "#edit-task", &typed).await.ok();

        assert_eq!(saved.text(".flash"), "Saved “Buy oat milk”.");
        assert_eq!(saved.text("h1"), "Buy oat milk");
        assert_eq!(saved.field("#edit-task", "priority"), "1");
        assert!(
            saved.address.starts_with(&task.address),
            "{}",
            saved.address
        );
        let list = ann.visit("/tasks").await.ok();
        assert_eq!(
            list.text(".task"),
            "[Complete] Buy oat milk tomorrow Low priority [Delete]"
        );
    }

    async fn a_stale_edit_comes_back_with_both_versions(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let mine = open(&mut ann, &list, "Buy milk").await;
        let theirs = [("title", "Buy bread"), ("notes", "rye")];
        mine.submit(&mut ann, "#edit-task", &theirs).await.ok();
        let typed = [
            ("title", "Buy oat milk"),
            ("notes", "two\r\nlitres"),
            ("priority", "2"),
        ];

        let both = mine
            .submit(&mut ann, "#edit-task", &typed)
            .await
            .status(409);

        assert_eq!(both.text("title"), "Error: Buy bread · Tickbox");
        for (name, value) in typed {
            assert_eq!(both.field("#edit-task", name), value);
        }
        assert_eq!(
            both.texts(".theirs"),
            [
                "Saved meanwhile: Buy bread",
                "Saved meanwhile: rye",
                "Saved meanwhile: none",
            ]
        );
        let kept = both.submit(&mut ann, "#edit-task", &[]).await.ok();
        assert_eq!(kept.text("h1"), "Buy oat milk");
        assert_eq!(kept.field("#edit-task", "notes"), "two\r\nlitres");
    }

    async fn what_was_typed_is_shown_though_the_task_was_deleted_meanwhile(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let mine = open(&mut ann, &list, "Buy milk").await;
        list.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();
        let typed = [
            ("title", "Buy oat milk"),
            ("notes", "two litres"),
            ("due_date", "2026-11-27"),
        ];

        let page = mine
            .submit(&mut ann, "#edit-task", &typed)
            .await
            .status(409);

        for (_, value) in typed {
            assert!(
                page.text("main").contains(value),
                "{value}: {}",
                page.text("main")
            );
        }
        assert!(page.has("#restore-task"));
    }

    async fn a_form_without_its_version_overwrites_nothing(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let address = format!("/tasks/{}", first_id(&list));

        let reply = ann.post(&address, &[("title", "Buy bread")]).await;

        assert_eq!(reply.status, 409);
        assert_eq!(ann.visit(&address).await.ok().text("h1"), "Buy milk");
    }

    async fn ticking_a_task_can_be_undone(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;

        let ticked = list.submit(&mut ann, ".task .tick", &[]).await.ok();

        assert_eq!(ticked.text(".flash"), "Completed “Buy milk”. Show");
        assert!(!ticked.has(".task"));
        let undone = ticked.submit(&mut ann, "#undo", &[]).await.ok();
        assert_eq!(undone.text(".flash"), "Reopened “Buy milk”. Show");
        assert_eq!(undone.texts(".task .title"), ["Buy milk"]);
        let again = undone.submit(&mut ann, "#undo", &[]).await.ok();
        assert_eq!(again.text(".flash"), "Completed “Buy milk”. Show");
    }

    async fn deleting_a_task_can_be_undone(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;

        let deleted = list.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();

        assert_eq!(deleted.text(".flash"), "Deleted “Buy milk”.");
        assert!(!deleted.has(".task"));
        let undone = deleted.submit(&mut ann, "#undo", &[]).await.ok();
        assert_eq!(undone.text(".flash"), "Restored “Buy milk”. Show");
        assert_eq!(undone.texts(".task .title"), ["Buy milk"]);
    }

    async fn adding_a_task_can_be_undone(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;

        let undone = list.submit(&mut ann, "#undo", &[]).await.ok();

        assert_eq!(undone.text(".flash"), "Deleted “Buy milk”.");
        assert!(!undone.has(".task"));
    }

    async fn the_trash_gives_back_what_was_deleted(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        list.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();
        let trash = ann.visit("/tasks?status=trashed").await.ok();

        let restored = trash.submit(&mut ann, ".task [name^=restore]", &[]).await.ok();

        assert!(
            restored.address.starts_with("/tasks?status=trashed&did="),
            "{}",
            restored.address
        );
        assert_eq!(restored.text(".empty h2"), "The trash is empty");
        assert_eq!(
            ann.visit("/tasks").await.ok().texts(".task .title"),
            ["Buy milk"]
        );
    }

    async fn a_task_in_the_trash_is_shown_and_offers_to_come_back(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let address = format!("/tasks/{}", first_id(&list));
        list.submit(&mut ann, ".task [name^=delete]", &[]).await.ok();

        let page = ann.visit(&address).await.ok();

        assert!(!page.has("#edit-task"));
        assert_eq!(
            page.attributes(".back a", "href"),
            ["/tasks?status=trashed"]
        );
        let restored = page.submit(&mut ann, "#restore-task", &[]).await.ok();
        assert!(restored.has("#edit-task"));
        assert_eq!(restored.text(".flash"), "Restored “Buy milk”.");
    }

    async fn an_empty_title_is_refused_and_everything_typed_is_kept(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.visit("/tasks").await.ok();
        let typed = [
            ("title", "  "),
            ("due_date", "2026-11-27"),
            ("priority", "2"),
            ("notes", "a\r\nb"),
        ];

        let refused = list.submit(&mut ann, "#new-task", &typed).await.status(422);

        assert_eq!(refused.text("title"), "Error: Open tasks · Tickbox");
        assert_eq!(
            refused.text("#title-error"),
            "Error: Say what is to be done."
        );
        assert_eq!(refused.attributes(".problems a", "href"), ["#title"]);
        assert_eq!(
            refused.attributes("#title", "aria-describedby"),
            ["title-error title-hint"]
        );
        assert!(refused.has("#new-task details[open]"));
        for (name, value) in typed {
            assert_eq!(refused.field("#new-task", name), value);
        }
    }

    async fn every_refused_field_is_told_at_once_and_kept_as_typed(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let list = ann.add("Buy milk").await;
        let task = open(&mut ann, &list, "Buy milk").await;
        let typed = [
            ("title", ""),
            ("due_date", "soon"),
            ("priority", "9"),
            ("notes", "keep me"),
        ];

        let refused = task
            .submit(&mut ann, "#edit-task", &typed)
            .await
            .status(422);

        assert_eq!(refused.texts(".error").len(), 3);
        assert_eq!(refused.field("#edit-task", "due_date"), "soon");
        assert_eq!(refused.attributes("#due_date", "type"), ["text"]);
        assert_eq!(refused.field("#edit-task", "notes"), "keep me");
        assert_eq!(refused.text("h1"), "Buy milk");
        let mended = [("title", "Buy bread"), ("due_date", ""), ("priority", "0")];
        let saved = refused.submit(&mut ann, "#edit-task", &mended).await.ok();
        assert_eq!(saved.text("h1"), "Buy bread");
    }

    async fn what_looks_like_markup_stays_text(site: Site) {
        let mut ann = site.sign_up("ann").await;
        let title = "<b>\"Fish\" & 'chips'</b> </title><img src=x onerror=alert(1)>";

        let list = ann.add(title).await;

        assert_eq!(list.texts(".task .title"), [title]);
        let task = open(&mut ann, &list, title).await;
        assert_eq!(task.field("#edit-task", "title"), title);
        assert!(!task.has("main b, img"));
    }
}
