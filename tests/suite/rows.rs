//! The one form around the rows of a list: the buttons of each row, and what else it sends.

use crate::support::{Browser, Page, Site};

async fn with_two(site: &Site) -> (Browser, Page) {
    let mut ann = site.sign_up("ann").await;
    for title in ["Call mum", "Buy milk"] {
        ann.add(title).await;
    }
    let page = ann.visit("/tasks?status=all").await.ok();
    (ann, page)
}

/// The id of the task that is so many rows below the first.
fn id(page: &Page, row: usize) -> String {
    page.attributes(".task [name=ids]", "value").remove(row)
}

on_both_engines! {
    async fn a_button_of_a_row_is_about_that_row_alone(site: Site) {
        let (mut ann, page) = with_two(&site).await;
        let typed = [
            ("ids", &*id(&page, 0)), ("action", "delete"), ("label", "home"),
            ("due_date", "some day"), ("list_id", "none"), ("priority", "9"),
        ];

        let button = format!("#task-{} .tick", id(&page, 1));
        let ticked = page.submit(&mut ann, &button, &typed).await.ok();

        assert_eq!(ticked.text(".flash"), "Completed “Call mum”. Show");
        assert_eq!(ticked.texts(".task .title"), ["Buy milk", "Call mum"]);
        assert_eq!(ticked.texts(".done .title"), ["Call mum"]);
        let reopened = ticked.submit(&mut ann, ".done .tick", &[]).await.ok();
        assert!(!reopened.has(".done"));
        assert!(reopened.address.contains("status=all&did="), "{}", reopened.address);
        assert!(reopened.address.ends_with(&format!("#task-{}", id(&page, 1))));
    }

    async fn two_buttons_are_never_pressed_at_once(site: Site) {
        let (mut ann, page) = with_two(&site).await;
        let (milk, mum) = (id(&page, 0), id(&page, 1));

        for [first, second] in [
            [format!("complete.{milk}"), format!("complete.{mum}")],
            [format!("complete.{milk}"), format!("delete.{milk}")],
        ] {
            let reply = ann.post("/tasks/bulk", &[(&first, ""), (&second, "")]).await;
            assert_eq!(reply.status, 422, "{first} {second}");
            assert!(reply.text().contains("Press one button at a time."), "{}", reply.text());
        }
        let again = ann.visit("/tasks").await.ok();
        assert_eq!(again.texts(".task .title"), ["Buy milk", "Call mum"]);
    }

    async fn a_button_of_no_task_of_ones_own_is_refused(site: Site) {
        let (mut ann, page) = with_two(&site).await;
        let mut bob = site.sign_up("bob").await;
        let milk = id(&page, 0);

        for button in ["complete", "reopen", "delete", "restore"] {
            let reply = bob.post("/tasks/bulk", &[(&format!("{button}.{milk}"), "")]).await;
            assert_eq!(reply.status, 404, "{button}");
            for nonsense in ["", "x", &milk.to_uppercase(), &format!("{milk}.{milk}")] {
                let name = format!("{button}.{nonsense}");
                let reply = ann.post("/tasks/bulk", &[(&name, "")]).await;
                assert_eq!(reply.status, 404, "{name}");
            }
        }
        for unknown in [format!("purge.{milk}"), milk.clone(), format!("skip.{milk}")] {
            let reply = ann.post("/tasks/bulk", &[(&unknown, ""), ("ids", &milk)]).await;
            assert_eq!(reply.status, 422, "{unknown}");
        }
        let again = ann.visit("/tasks").await.ok();
        assert_eq!(again.texts(".task .title"), ["Buy milk", "Call mum"]);
    }

    async fn a_step_is_ticked_and_deleted_on_the_page_of_its_task(site: Site) {
        let (mut ann, page) = with_two(&site).await;
        let task = page.follow(&mut ann, &format!("#task-{} .title", id(&page, 0))).await.ok();
        let first = task.submit(&mut ann, "#new-step", &[("title", "Find the purse")]).await.ok();
        let both = first.submit(&mut ann, "#new-step", &[("title", "Find a bag")]).await.ok();

        let ticked = both.submit(&mut ann, ".task .tick", &[]).await.ok();
        assert_eq!(ticked.text("h1"), "Buy milk");
        assert_eq!(ticked.texts(".task.done .title"), ["Find the purse"]);
        let deleted = ticked.submit(&mut ann, ".done [name^=delete]", &[]).await.ok();

        assert_eq!(deleted.text("h1"), "Buy milk");
        assert_eq!(deleted.text(".flash"), "Deleted “Find the purse”.");
        assert_eq!(deleted.texts(".task .title"), ["Find a bag"]);
    }

    async fn the_first_button_of_the_form_is_no_rows(site: Site) {
        let (_, page) = with_two(&site).await;

        let buttons = page.attributes("#tasks button", "class");

        assert_eq!(buttons[0], "vh", "Enter in a field presses it");
        assert_eq!(page.attributes("#tasks button.vh", "tabindex"), ["-1"]);
        assert!(!page.has("#tasks button.vh[name]"));
    }
}
