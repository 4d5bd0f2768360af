//! Lynx, links and elinks, which know neither scripts nor styles, and of which two show an old copy
//! of a page after a form unless its address is new.

use crate::journey::{Visitor, walk};
use crate::support::{Numbered, PASSWORD, Place, TextBrowser};

/// Carl, in a terminal.
struct Carl(Numbered);

impl Carl {
    const OPEN: &str = "Open tasks · Tickbox";

    fn enter(&self) {
        let screen = self.0.wait_for("Password", "Signed in as");
        self.0
            .fill(screen.behind("E-mail address"), "carl@example.org");
        self.0.fill(screen.behind("Password"), PASSWORD);
        let button = screen.things.iter().find(|thing| {
            let words = thing.words.as_str();
            words == "Create account" || words == "Sign in"
        });
        self.0.press(button.expect("a button"));
        self.0.wait_for(Self::OPEN, "Password");
    }
}

impl Visitor for Carl {
    fn sign_up(&mut self) {
        let screen = self.0.wait_for("in any browser", "Signed in as");
        self.0.press(screen.named("Create an account"));
        self.0.wait_for("Have an account?", "New here?");
        self.enter();
    }

    fn add(&mut self, title: &str) {
        let screen = self.0.wait_for(Self::OPEN, "Password");
        self.0.fill(screen.behind("New task"), title);
        self.0.press(screen.named("Add"));
        self.0
            .wait_for(&format!("Added “{title}”."), "Request sent");
    }

    fn rename(&mut self, from: &str, to: &str) {
        let screen = self.0.wait_for(from, "Request sent");
        self.0.press(&screen.row(from)[1]);
        let screen = self.0.wait_for("Back to the list", Self::OPEN);
        self.0.fill(screen.behind("Title"), to);
        self.0.press(screen.named("Save"));
        self.0.wait_for(&format!("Saved “{to}”."), "Request sent");
    }

    fn complete(&mut self, title: &str) {
        let screen = self.0.wait_for(title, "Request sent");
        self.0.press(&screen.row(title)[0]);
        self.0
            .wait_for(&format!("Completed “{title}”."), "Request sent");
    }

    fn undo(&mut self, title: &str) {
        let screen = self
            .0
            .wait_for(&format!("Completed “{title}”."), "Request sent");
        self.0.press(screen.named("Undo"));
        self.0
            .wait_for(&format!("Reopened “{title}”."), "Request sent");
    }

    fn delete(&mut self, title: &str) {
        let screen = self.0.wait_for(title, "Request sent");
        self.0.press(&screen.row(title)[2]);
        self.0
            .wait_for(&format!("Deleted “{title}”."), "Request sent");
    }

    fn restore(&mut self, title: &str) {
        let screen = self.0.wait_for(Self::OPEN, "Request sent");
        self.0.press(screen.named("Trash"));
        let screen = self.0.wait_for("Trash · Tickbox", "”.");
        let at = screen.things.iter().position(|thing| thing.words == title);
        self.0.press(&screen.things[at.expect("a row") + 1]);
        self.0
            .wait_for(&format!("Restored “{title}”."), "Request sent");
    }

    fn search(&mut self, words: &str) -> Vec<String> {
        let screen = self.0.wait_for(Self::OPEN, "”.");
        self.0.fill(&screen.things[2], words);
        self.0.press(screen.named("Search"));
        self.0
            .wait_for(&format!("Search: {words} · Tickbox"), "”.")
            .titles()
    }

    fn complete_together(&mut self, titles: &[&str]) {
        self.open_titles();
        let screen = self.0.wait_for(Self::OPEN, "”.");
        for title in titles {
            self.0.press(&screen.row(title)[3]);
        }
        self.0.press(screen.named("Do it"));
        let told = format!("Completed “{}” and 1 more.", titles[0]);
        self.0.wait_for(&told, "Request sent");
    }

    fn sign_out(&mut self) {
        let screen = self.0.wait_for("Sign out", "Request sent");
        self.0.press(screen.named("Sign out"));
        let screen = self.0.wait_for("New here?", "Signed in as");
        if self.0.browser != TextBrowser::Lynx {
            // links keeps the cookie that has ended, and is sent here again. elinks asks, is sent
            // here, and shows its old copy all the same, in which nothing works any more.
            return;
        }
        // The name of the site leads to the tasks, for those who are signed in.
        self.0.press(screen.named("Tickbox"));
        let screen = self.0.wait_for("in any browser", "New here?");
        self.0.press(screen.named("Sign in"));
        self.0.wait_for("New here?", "in any browser");
    }

    fn sign_in(&mut self) {
        self.enter();
    }

    fn open_titles(&mut self) -> Vec<String> {
        let screen = self.0.wait_for("Sign out", "Request sent");
        let all = screen.things.iter().find(|it| it.words.starts_with("All"));
        self.0.press(all.expect("a link"));
        self.0.wait_for(Self::OPEN, "”.").titles()
    }
}

fn visit(place: &Place, browser: TextBrowser) {
    let server = place.serve();
    if let Some(browser) = Numbered::open(browser, &server.url) {
        walk(&mut Carl(browser));
    }
}

on_both_engines! {
    fn a_first_visit_works_in_lynx(place: &Place) {
        visit(place, TextBrowser::Lynx);
    }

    fn a_first_visit_works_in_links(place: &Place) {
        visit(place, TextBrowser::Links);
    }

    fn a_first_visit_works_in_elinks(place: &Place) {
        visit(place, TextBrowser::Elinks);
    }
}
