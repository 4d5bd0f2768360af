//! Tidying up in Chromium with JavaScript switched off: many tasks at once, filters, lists and
//! labels, the history and the trash.

use crate::support::{Client, ENTER, Pages, Place, form};

on_both_engines! {
    fn everything_is_tidied_up_without_javascript(place: &Place) {
        let server = place.serve();
        let Some(ann) = Pages::at(&server.url) else {
            return;
        };
        ann.sign_up("ann");
        let api = server.client().signed_in("ann");

        paste_several_lines(&ann);
        move_many_into_a_list(&ann, &api);
        label_many(&ann, &api);
        complete_many_and_take_it_back(&ann, &api);
        save_a_filter_as_a_view(&ann);
        search_and_tick_what_is_found(&ann);
        rename_a_list_and_delete_it_with_its_tasks(&ann);
        merge_two_labels(&ann, &api);
        take_a_step_back_and_forth(&ann, &api);
        restore_from_the_trash_and_empty_it(&ann, &api);
    }
}

/// The form of a list or a label on the page where they are put in order, unfolded.
fn unfolded(ann: &Pages, name: &str, purpose: &str) -> String {
    ann.open("Lists and labels");
    ann.unfold(&format!("Change or delete {name}"));
    format!("//li[p/a='{name}']//form[contains(@class,'{purpose}')]")
}

/// Ticks the boxes of these tasks and chooses what is to be done with them.
fn pick(ann: &Pages, titles: &[&str], deed: &str) -> String {
    for title in titles {
        ann.pick(title);
    }
    let bulk = form("tasks");
    ann.choose(&bulk, "action", deed);
    bulk
}

fn paste_several_lines(ann: &Pages) {
    ann.unfold("Several at once");
    let lines = "Call mum @kin\nRead a book\nFix the bike\n  New tube\nPaint the fence @family";
    ann.fill(&form("new-tasks"), "lines", lines);
    ann.press(&form("new-tasks"), "Add them all");

    ann.confirmed("Added “Call mum” and 4 more.");
    assert_eq!(
        ann.titles(),
        ["Call mum", "Read a book", "Fix the bike", "Paint the fence"]
    );
    assert_eq!(ann.beside("Fix the bike"), ["Steps 0/1"]);
    assert_eq!(ann.beside("Paint the fence"), ["@family"]);
}

fn move_many_into_a_list(ann: &Pages, api: &Client) {
    ann.open("Lists and labels");
    ann.fill(&form("new-list"), "name", "Home");
    ann.press(&form("new-list"), "Make the list");
    ann.at_heading("Home");
    ann.browser.wait_for("//main", "Nothing in this list");
    ann.open("All");

    let chosen = ["Paint the fence", "Fix the bike"];
    let bulk = pick(ann, &chosen, "Move to the list …");
    ann.choose(&bulk, "list_id", "Home");
    ann.press(&bulk, "Do it");

    ann.confirmed("Moved “Fix the bike” and 1 more.");
    ann.open("Home");
    assert_eq!(ann.titles().len(), 2);
    let home = api.open_task("Fix the bike")["list_id"].clone();
    assert_eq!(api.open_task("Paint the fence")["list_id"], home);
    assert_eq!(
        api.open_task("New tube")["list_id"],
        home,
        "steps come along"
    );
}

fn label_many(ann: &Pages, api: &Client) {
    ann.open("All");
    let bulk = pick(ann, &["Read a book", "Fix the bike"], "Add the label …");
    ann.press(&bulk, "Do it");
    // Nothing is lost by forgetting the label: the two are still picked.
    ann.browser
        .wait_for("//main//*[@role='alert']", "Name the label to add.");
    let bulk = form("tasks");
    // Enter does what is chosen, not what the first button of a row says.
    ann.fill(&bulk, "label", &format!("weekend{ENTER}"));

    ann.confirmed("Saved “Read a book” and 1 more.");
    assert_eq!(ann.titles().len(), 4);
    assert!(api.titles("status=completed").is_empty());
    assert_eq!(ann.beside("Read a book"), ["@weekend"]);
    let mut found = api.titles("label=weekend");
    found.sort();
    assert_eq!(found, ["Fix the bike", "Read a book"]);
}

fn complete_many_and_take_it_back(ann: &Pages, api: &Client) {
    ann.open("All");
    let before = ann.titles();
    let bulk = pick(ann, &["Read a book", "Call mum"], "Complete");
    ann.press(&bulk, "Do it");
    ann.confirmed("Completed “Call mum” and 1 more.");
    assert_eq!(ann.titles().len(), before.len() - 2);
    assert_eq!(api.titles("status=completed").len(), 2);

    ann.press(&form("undo"), "Undo");

    ann.confirmed("Reopened “Call mum” and 1 more.");
    assert_eq!(ann.titles(), before);
}

fn save_a_filter_as_a_view(ann: &Pages) {
    ann.open("All");
    ann.unfold("Filter and sort");
    ann.fill(&form("filter"), "label", "weekend");
    ann.choose(&form("filter"), "sort", "Title");
    ann.press(&form("filter"), "Show");
    ann.browser.wait_for("//main", "Clear the filter");
    assert_eq!(ann.titles(), ["Fix the bike", "Read a book"]);

    ann.fill(&form("save-view"), "name", "My weekend");
    ann.press(&form("save-view"), "Save view");

    ann.at_heading("My weekend");
    ann.confirmed("Saved the view “My weekend”.");
    ann.open("All");
    ann.open("My weekend");
    assert_eq!(ann.titles(), ["Fix the bike", "Read a book"]);
}

fn search_and_tick_what_is_found(ann: &Pages) {
    ann.fill("//form[@role='search']", "q", &format!("book READ{ENTER}"));
    ann.at_heading("Search: book READ");
    assert_eq!(ann.titles(), ["Read a book"]);

    ann.press_in_row("Read a book", "complete");

    ann.confirmed("Completed “Read a book”.");
    ann.at_heading("Search: book READ");
    assert_eq!(ann.titles(), ["Read a book"], "a search finds what is done");
    ann.open("My weekend");
    assert_eq!(ann.titles(), ["Fix the bike"]);
}

fn rename_a_list_and_delete_it_with_its_tasks(ann: &Pages) {
    let edit = unfolded(ann, "Home", "edit");
    ann.fill(&edit, "name", "House");
    ann.press(&edit, "Save");
    ann.confirmed("Changed the list");
    ann.open("House");
    assert_eq!(ann.titles(), ["Fix the bike", "Paint the fence"]);

    let remove = unfolded(ann, "House", "remove");
    ann.choose(&remove, "tasks", "Its tasks go to the trash");
    ann.press(&remove, "Delete the list");

    ann.confirmed("Deleted the list “House”.");
    ann.browser
        .wait_without("//nav[@class='views']//a[span='House']");
    ann.open("All");
    assert_eq!(ann.titles(), ["Call mum"]);
}

/// A label that is renamed to another becomes that one.
fn merge_two_labels(ann: &Pages, api: &Client) {
    ann.add("Visit grandma @family");
    ann.confirmed("Added “Visit grandma”.");
    let rename = unfolded(ann, "kin", "edit");
    ann.fill(&rename, "name", "family");
    ann.press(&rename, "Rename");

    ann.confirmed("Renamed the label “kin”.");
    ann.browser.wait_without("//main//li/p/a[.='kin']");
    let family = ann.browser.text("//main//li/p[a='family']");
    assert_eq!(family.replace('\n', " "), "family 2 open");
    let found = api.titles("label=family");
    assert_eq!(found, ["Call mum", "Visit grandma"]);
}

fn take_a_step_back_and_forth(ann: &Pages, api: &Client) {
    ann.open("History");
    let told = |at: usize| ann.browser.texts("//main//li/span")[at].clone();
    assert_eq!(told(0), "Renamed the label “kin”");
    assert_eq!(told(1), "Added “Visit grandma”");
    assert_eq!(told(2), "Deleted the list “House”");

    ann.press("//main", "Undo: Renamed the label kin");

    ann.confirmed("Took back");
    assert_eq!(told(1), "Renamed the label “kin” taken back");
    assert_eq!(api.titles("label=kin"), ["Call mum"]);

    ann.press(&form("undo"), "Redo");

    ann.browser.wait_for("//main//li[2]/span", "taken back");
    assert!(api.titles("label=kin").is_empty());
    assert_eq!(api.titles("label=family").len(), 2);
}

fn restore_from_the_trash_and_empty_it(ann: &Pages, api: &Client) {
    ann.open("Trash");
    let mut titles = ann.titles();
    titles.sort();
    assert_eq!(titles, ["Fix the bike", "Paint the fence"]);

    ann.press_in_row("Fix the bike", "restore");

    ann.confirmed("Restored “Fix the bike”.");
    assert_eq!(ann.titles(), ["Paint the fence"]);
    ann.open("Inbox");
    let inbox = ["Visit grandma", "Call mum", "Fix the bike"];
    assert_eq!(ann.titles(), inbox, "the list of the bike is gone");
    assert_eq!(ann.beside("Fix the bike")[0], "Steps 0/1");
    ann.open("Trash");
    ann.press(
        &form("empty-trash"),
        "Delete everything in the trash for good",
    );
    ann.confirmed("Deleted for good “Paint the fence”.");
    ann.browser.wait_for("//main", "The trash is empty");
    assert!(api.titles("status=trashed").is_empty());
}
