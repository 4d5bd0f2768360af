//! Our pages in a text browser, and what a person does on them.

use super::{PASSWORD, Terminal};

/// A person's terminal with our pages in it.
pub struct TextPages {
    pub terminal: Terminal,
}

impl TextPages {
    /// The title of the page that lists what is to do.
    pub const OPEN: &str = "Open tasks";

    /// Opens a terminal; none if w3m or tmux is not installed here.
    pub fn at(site: &str) -> Option<Self> {
        let terminal = Terminal::open(site)?;
        Some(Self { terminal })
    }

    #[track_caller]
    pub fn sign_up(&self, name: &str) {
        self.terminal.wait_for("in any browser");
        self.terminal.follow("Create an account");
        self.terminal.wait_for("Have an account?");
        self.enter(name);
    }

    #[track_caller]
    pub fn enter(&self, name: &str) {
        self.terminal
            .fill("E-mail address", &format!("{name}@example.org"));
        self.terminal.fill("^Password", PASSWORD);
        // The button is next after the password.
        self.terminal.press(&["Tab", "Enter"]);
        self.terminal.wait_for_page(Self::OPEN, "E-mail address");
    }

    /// Follows a link to a page that is called like the link.
    #[track_caller]
    pub fn open(&self, page: &str) {
        self.terminal.follow(page);
        self.terminal.wait_for_page(page, "”.");
    }

    /// Types a line into the field for new tasks.
    pub fn add(&self, line: &str) {
        self.terminal.fill("^New task", line);
        self.terminal.go_to(r"\] Add$");
        self.terminal.press(&["Tab", "Enter"]);
    }

    /// The row begins with its button, then comes the title, then the button to delete it, then the
    /// box to choose it with others.
    pub fn go_to_row(&self, title: &str) {
        self.terminal.go_to(&format!(r"\[Complete\] {title}"));
    }

    pub fn complete(&self, title: &str) {
        self.go_to_row(title);
        self.terminal.press(&["Enter"]);
    }

    /// Ticks the box by which a task is chosen, with others, to do something with.
    pub fn pick(&self, title: &str) {
        self.go_to_row(title);
        let delete_then_box = r"\[Delete\] \[ \]$";
        self.terminal.press(&["/"]);
        self.terminal.type_in(delete_then_box);
        self.terminal.press(&["Enter", "Tab", "Enter"]);
    }

    #[track_caller]
    pub fn confirmed(&self, sentence: &str) {
        self.terminal.wait_for(sentence);
    }
}
