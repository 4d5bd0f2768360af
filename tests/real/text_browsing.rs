//! w3m, which knows neither scripts nor styles.

use crate::journey::{Visitor, walk};
use crate::support::{Place, TextPages};

/// Bob, in a terminal.
struct Bob(TextPages);

impl Visitor for Bob {
    fn sign_up(&mut self) {
        self.0.sign_up("bob");
    }

    fn add(&mut self, title: &str) {
        self.0.add(title);
        self.0.confirmed(&format!("Added “{title}”."));
    }

    fn rename(&mut self, from: &str, to: &str) {
        let terminal = &self.0.terminal;
        self.0.go_to_row(from);
        terminal.press(&["Tab", "Enter"]);
        terminal.wait_for("Back to the list");
        terminal.fill("^Title", to);
        terminal.follow("^Save");
        self.0.confirmed(&format!("Saved “{to}”."));
    }

    fn complete(&mut self, title: &str) {
        self.0.complete(title);
        self.0.confirmed(&format!("Completed “{title}”."));
    }

    fn undo(&mut self, title: &str) {
        self.0.terminal.follow("^Undo");
        self.0.confirmed(&format!("Reopened “{title}”."));
    }

    fn delete(&mut self, title: &str) {
        self.0.go_to_row(title);
        self.0.terminal.press(&["Tab", "Tab", "Enter"]);
        self.0.confirmed(&format!("Deleted “{title}”."));
    }

    fn restore(&mut self, title: &str) {
        let terminal = &self.0.terminal;
        terminal.follow("Trash$");
        terminal.wait_for_page("Trash", "”.");
        terminal.go_to(title);
        terminal.press(&["Tab", "Enter"]);
        self.0.confirmed(&format!("Restored “{title}”."));
    }

    fn search(&mut self, words: &str) -> Vec<String> {
        let terminal = &self.0.terminal;
        terminal.fill("Search", words);
        // The button is next after the field.
        terminal.press(&["Tab", "Enter"]);
        titles(&terminal.wait_for_page(&format!("Search: {words}"), "”."))
    }

    fn complete_together(&mut self, titles: &[&str]) {
        self.open_titles();
        for title in titles {
            self.0.pick(title);
        }
        self.0.terminal.follow("Do it");
        self.0
            .confirmed(&format!("Completed “{}” and 1 more.", titles[0]));
    }

    fn sign_out(&mut self) {
        let terminal = &self.0.terminal;
        terminal.follow("^Sign out");
        terminal.wait_for("New here?");
        // The name of the site leads to the tasks, for those who are signed in.
        terminal.follow("Tickbox");
        terminal.wait_for("in any browser");
        terminal.follow("Sign in");
        terminal.wait_for("New here?");
    }

    fn sign_in(&mut self) {
        self.0.enter("bob");
    }

    fn open_titles(&mut self) -> Vec<String> {
        self.0.terminal.follow("All");
        let screen = self.0.terminal.wait_for_page(TextPages::OPEN, "”.");
        titles(&screen)
    }
}

/// The titles in the rows of a list.
fn titles(screen: &str) -> Vec<String> {
    let rows = screen
        .lines()
        .filter_map(|line| line.split_once("[Complete] "))
        .filter_map(|(_, row)| row.split_once(" [Delete]"));
    rows.map(|(title, _)| title.to_owned()).collect()
}

on_both_engines! {
    fn a_first_visit_works_in_a_text_browser(place: &Place) {
        let server = place.serve();
        if let Some(bob) = TextPages::at(&server.url) {
            walk(&mut Bob(bob));
        }
    }
}
