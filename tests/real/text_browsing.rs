//! w3m, which knows neither scripts nor styles.

use crate::journey::{Visitor, walk};
use crate::support::{PASSWORD, Place, Terminal};

/// Bob, in a terminal.
struct Bob(Terminal);

/// The title of the page that lists what is to do.
const OPEN: &str = "Open tasks";

impl Bob {
    fn enter(&self) {
        self.0.fill("E-mail address", "bob@example.org");
        self.0.fill("^Password", PASSWORD);
        // The button is next after the password.
        self.0.press(&["Tab", "Enter"]);
        self.0.wait_for_page(OPEN, "E-mail address");
    }

    /// The row begins with its button, then comes the title, then the button to delete it.
    fn go_to_row(&self, title: &str) {
        self.0.go_to(&format!(r"\[Complete\] {title}"));
    }

    fn confirmed(&self, sentence: &str) {
        self.0.wait_for(sentence);
    }
}

impl Visitor for Bob {
    fn sign_up(&mut self) {
        self.0.wait_for("New here?");
        self.0.follow("Create an account");
        self.0.wait_for("Have an account?");
        self.enter();
    }

    fn add(&mut self, title: &str) {
        self.0.fill("^New task", title);
        self.0.go_to(r"\] Add$");
        self.0.press(&["Tab", "Enter"]);
        self.confirmed(&format!("Added “{title}”."));
    }

    fn rename(&mut self, from: &str, to: &str) {
        self.go_to_row(from);
        self.0.press(&["Tab", "Enter"]);
        self.0.wait_for("Back to the list");
        self.0.fill("^Title", to);
        self.0.follow("^Save");
        self.confirmed(&format!("Saved “{to}”."));
    }

    fn complete(&mut self, title: &str) {
        self.go_to_row(title);
        self.0.press(&["Enter"]);
        self.confirmed(&format!("Completed “{title}”."));
    }

    fn undo(&mut self, title: &str) {
        self.0.follow("^Undo");
        self.confirmed(&format!("Reopened “{title}”."));
    }

    fn delete(&mut self, title: &str) {
        self.go_to_row(title);
        self.0.press(&["Tab", "Tab", "Enter"]);
        self.confirmed(&format!("Deleted “{title}”."));
    }

    fn restore(&mut self, title: &str) {
        self.0.follow("Trash$");
        self.0.wait_for_page("Trash", "”.");
        self.0.go_to(title);
        self.0.press(&["Tab", "Enter"]);
        self.confirmed(&format!("Restored “{title}”."));
    }

    fn sign_out(&mut self) {
        self.0.follow("^Sign out");
        self.0.wait_for("New here?");
        // The name of the site leads to the tasks, for those who are signed in.
        self.0.follow("Tickbox");
        self.0.wait_for("New here?");
    }

    fn sign_in(&mut self) {
        self.enter();
    }

    fn open_titles(&mut self) -> Vec<String> {
        self.0.follow("All");
        let screen = self.0.wait_for_page(OPEN, "”.");
        let rows = screen
            .lines()
            .filter_map(|line| line.split_once("[Complete] "));
        rows.map(|(_, title)| title.trim().to_owned()).collect()
    }
}

on_both_engines! {
    fn a_first_visit_works_in_a_text_browser(place: &Place) {
        let server = place.serve();
        if let Some(terminal) = Terminal::open(&server.url) {
            walk(&mut Bob(terminal));
        }
    }
}
