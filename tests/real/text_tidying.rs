//! Lists, labels and the history in w3m, which knows neither scripts nor styles.

use crate::support::{Client, Place, TextPages};

on_both_engines! {
    fn lists_and_the_history_work_in_a_text_browser(place: &Place) {
        let server = place.serve();
        let Some(bob) = TextPages::at(&server.url) else {
            return;
        };
        bob.sign_up("bob");
        let api = server.client().signed_in("bob");

        add_a_line_and_make_its_list(&bob, &api);
        make_a_list_and_add_to_it(&bob, &api);
        tick_and_take_it_back(&bob, &api);
        complete_two_at_once(&bob, &api);
        take_a_step_back_and_forth(&bob, &api);
    }
}

fn add_a_line_and_make_its_list(bob: &TextPages, api: &Client) {
    bob.add("Buy milk @shop #Groceries");
    bob.confirmed("Added “Buy milk #Groceries”.");
    bob.terminal.wait_for("There is no list “Groceries”");
    bob.terminal.wait_for("Buy milk #Groceries @shop");

    bob.terminal.follow("Make the list");

    bob.confirmed("Saved “Buy milk”.");
    bob.terminal
        .wait_for("Groceries\n\n  • [Complete] Buy milk @shop [Delete] [ ]");
    assert_eq!(api.open_task("Buy milk")["labels"][0], "shop");
}

fn make_a_list_and_add_to_it(bob: &TextPages, api: &Client) {
    bob.open("Lists and labels");
    bob.terminal.wait_for("Groceries 1 open");
    bob.terminal.fill("Name of a new list", "Garage");
    bob.terminal.press(&["Tab", "Enter"]);
    bob.confirmed("Made the list “Garage”.");
    bob.terminal.wait_for("Viewing <Garage");

    bob.add("Fix the bike");

    bob.confirmed("Added “Fix the bike”.");
    bob.terminal.wait_for("Viewing <Garage");
    let milk = api.open_task("Buy milk");
    assert_ne!(api.open_task("Fix the bike")["list_id"], milk["list_id"]);
}

fn tick_and_take_it_back(bob: &TextPages, api: &Client) {
    bob.complete("Fix the bike");
    bob.confirmed("Completed “Fix the bike”.");
    bob.terminal.wait_for("Nothing in this list");
    assert_eq!(api.titles("status=completed"), ["Fix the bike"]);

    bob.terminal.follow("^Undo");

    bob.confirmed("Reopened “Fix the bike”.");
    bob.terminal.wait_for("[Complete] Fix the bike");
}

fn complete_two_at_once(bob: &TextPages, api: &Client) {
    bob.terminal.follow("All");
    bob.terminal.wait_for_page(TextPages::OPEN, "”.");
    for title in ["Buy milk", "Fix the bike"] {
        bob.pick(title);
    }
    bob.terminal.follow("Do it");

    bob.confirmed("and 1 more.");
    bob.terminal.wait_for("Nothing to do");
    assert_eq!(api.titles("status=completed").len(), 2);

    bob.terminal.follow("^Undo");

    bob.terminal.wait_for("[Complete] Buy milk");
}

fn take_a_step_back_and_forth(bob: &TextPages, api: &Client) {
    bob.open("History");
    bob.terminal.wait_for("Made the list “Garage”");
    bob.terminal.wait_for("Completed “Fix the bike” taken back");

    // The last step is on top, and its button comes next.
    bob.terminal.go_to("Fix the bike");
    bob.terminal.press(&["Tab", "Enter"]);

    bob.confirmed("Completed “Fix the bike”.");
    assert_eq!(api.titles("status=completed"), ["Fix the bike"]);

    bob.terminal.follow("^Redo");

    bob.confirmed("Reopened “Fix the bike”.");
    assert_eq!(api.titles("status=open").len(), 2);
}
