//! Planning a week in Chromium with JavaScript switched off: lines that are understood, what
//! repeats, steps, notes.

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use crate::support::{Client, Pages, Place, form, row};

on_both_engines! {
    fn a_week_is_planned_without_javascript(place: &Place) {
        let server = place.serve();
        let Some(ann) = Pages::at(&server.url) else {
            return;
        };
        ann.sign_up("ann");
        let api = server.client().signed_in("ann");

        add_a_line_that_is_understood(&ann);
        keep_a_part_as_text(&ann, &api);
        make_the_list_that_was_named(&ann, &api);
        tick_what_repeats(&ann, &api);
        look_ahead(&ann);
        take_a_task_in_steps(&ann, &api);
        write_notes(&ann);
    }
}

/// What the page says it understood, part by part.
fn understood(ann: &Pages) -> Vec<String> {
    let parts = ann.browser.texts("//*[@class='understood']//li");
    let words = parts.iter().map(|part| part.replace('\n', " "));
    words.collect()
}

fn due_date(task: &Value) -> NaiveDate {
    let text = task["due_date"].as_str().expect("a due date");
    text.parse().expect("a day")
}

fn add_a_line_that_is_understood(ann: &Pages) {
    ann.add("Buy milk tomorrow p1 @shop #Groceries");

    ann.confirmed("Added “Buy milk #Groceries”.");
    assert_eq!(ann.titles(), ["Buy milk #Groceries"]);
    assert_eq!(
        ann.beside("Buy milk #Groceries"),
        ["tomorrow", "High priority", "@shop"]
    );
    let parts = understood(ann);
    assert!(parts[0].starts_with("date tomorrow: 20"), "{parts:?}");
    assert_eq!(
        parts[1..],
        [
            "priority p1: high Keep as text",
            "label @shop: shop Keep as text",
            "There is no list “Groceries”, so its name stayed in the title. Make the list",
        ]
    );
}

fn keep_a_part_as_text(ann: &Pages, api: &Client) {
    ann.press("//*[@class='understood']", "Keep as text: “p1”");

    ann.browser.wait_without("//q[.='p1']");
    assert_eq!(ann.titles(), ["Buy milk p1 #Groceries"]);
    assert_eq!(ann.beside("Buy milk p1 #Groceries"), ["tomorrow", "@shop"]);
    assert_eq!(understood(ann).len(), 3, "the others stay");
    assert_eq!(api.open_task("Buy milk p1 #Groceries")["priority"], 0);
}

fn make_the_list_that_was_named(ann: &Pages, api: &Client) {
    ann.press("//*[@class='understood']", "Make the list");

    ann.confirmed("Saved “Buy milk p1”.");
    assert_eq!(ann.browser.text("//main//h2[@class='day']"), "Groceries");
    assert_eq!(ann.beside("Buy milk p1"), ["tomorrow", "@shop"]);
    ann.open("Groceries");
    assert_eq!(ann.titles(), ["Buy milk p1"]);
    assert_eq!(api.open_task("Buy milk p1")["labels"], json!(["shop"]));
}

fn tick_what_repeats(ann: &Pages, api: &Client) {
    ann.open("Today");
    ann.browser.wait_for("//main", "Nothing is due today");
    ann.add("Water plants every week");
    ann.confirmed("Added “Water plants”.");
    assert_eq!(ann.beside("Water plants"), ["today", "Repeats", "#Inbox"]);
    let today = due_date(&api.open_task("Water plants"));

    ann.press_in_row("Water plants", "complete");

    ann.confirmed("Completed “Water plants”.");
    ann.browser.wait_for("//main", "Nothing is due today");
    let next = due_date(&api.open_task("Water plants"));
    assert_eq!(next, today + Days::new(7));
    ann.open("Completed");
    assert_eq!(ann.titles(), ["Water plants"]);
    ann.open("All");
    ann.open_task("Water plants");
    let due = format!("//time[@datetime='{next}']");
    assert!(!ann.browser.text(&due).is_empty());
    ann.browser.wait_for("//main", "Repeats every week; then ");
}

/// The milk is due tomorrow and the plants in a week.
fn look_ahead(ann: &Pages) {
    ann.open("Upcoming");

    assert_eq!(ann.titles(), ["Buy milk p1", "Water plants"]);
    let days = ann.browser.texts("//main//h2[@class='day']");
    assert_eq!(days.len(), 2);
    assert_eq!(days[0], "Tomorrow");
}

fn take_a_task_in_steps(ann: &Pages, api: &Client) {
    ann.open("Today");
    ann.add("Pack for the trip");
    ann.confirmed("Added “Pack for the trip”.");
    ann.open_task("Pack for the trip");
    for step in ["Passport", "Charger"] {
        ann.fill(&form("new-step"), "title", step);
        ann.press(&form("new-step"), "Add");
        ann.confirmed(&format!("Added “{step}”."));
    }
    ann.open("Today");
    assert_eq!(
        ann.beside("Pack for the trip"),
        ["today", "Steps 0/2", "#Inbox"]
    );
    ann.open_task("Pack for the trip");
    assert_eq!(ann.titles(), ["Passport", "Charger"]);

    ann.press_in_row("Passport", "complete");

    ann.confirmed("Completed “Passport”.");
    ann.browser
        .wait_for(&format!("{}//button", row("Passport")), "[Reopen]");
    ann.open("Today");
    assert_eq!(ann.titles(), ["Pack for the trip"]);
    assert_eq!(
        ann.beside("Pack for the trip"),
        ["today", "Steps 1/2", "#Inbox"]
    );
    let id = api.open_task("Pack for the trip")["id"].clone();
    assert_eq!(api.open_task("Charger")["parent_id"], id);
}

fn write_notes(ann: &Pages) {
    ann.open_task("Pack for the trip");
    let form = form("edit-task");
    let notes = "Take **warm** things.\n\n- [the map](https://example.org/map)\n- <b>tea</b>";
    ann.fill(&form, "notes", notes);
    ann.press(&form, "Save");

    ann.confirmed("Saved “Pack for the trip”.");
    let shown = |element: &str| {
        ann.browser
            .texts(&format!("//*[@class='notes']//{element}"))
    };
    assert_eq!(shown("strong"), ["warm"]);
    let link = "a[@href='https://example.org/map']";
    assert_eq!(shown(link), ["the map"]);
    assert_eq!(shown("li").len(), 2);
    assert!(shown("b").is_empty(), "notes are no HTML");
}
