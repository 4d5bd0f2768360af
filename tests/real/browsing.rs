//! Chromium and Firefox with JavaScript switched off.

use crate::journey::{Visitor, walk};
use crate::support::{
    Browser, Chromium, ENTER, Engine, Firefox, Neighbour, Pages, Place, Relay, Scripts, form,
};

/// Ann, in a graphical browser.
pub struct Ann(pub Pages);

impl Visitor for Ann {
    fn sign_up(&mut self) {
        self.0.sign_up("ann");
    }

    fn add(&mut self, title: &str) {
        self.0.add(title);
        self.0.confirmed(&format!("Added “{title}”."));
    }

    fn rename(&mut self, from: &str, to: &str) {
        self.0.open_task(from);
        let form = form("edit-task");
        self.0.fill(&form, "title", to);
        self.0.press(&form, "Save");
        self.0.confirmed(&format!("Saved “{to}”."));
    }

    fn complete(&mut self, title: &str) {
        self.0.press_in_row(title, "complete");
        self.0.confirmed(&format!("Completed “{title}”."));
    }

    fn undo(&mut self, title: &str) {
        self.0.press(&form("undo"), "Undo");
        self.0.confirmed(&format!("Reopened “{title}”."));
    }

    fn delete(&mut self, title: &str) {
        self.0.press_in_row(title, "delete");
        self.0.confirmed(&format!("Deleted “{title}”."));
    }

    fn restore(&mut self, title: &str) {
        self.0.open("Trash");
        self.0.press_in_row(title, "restore");
        self.0.confirmed(&format!("Restored “{title}”."));
    }

    fn search(&mut self, words: &str) -> Vec<String> {
        let search = "//form[@role='search']";
        self.0.fill(search, "q", &format!("{words}{ENTER}"));
        self.0.at_heading(&format!("Search: {words}"));
        self.0.titles()
    }

    fn complete_together(&mut self, titles: &[&str]) {
        self.0.open("All");
        for title in titles {
            self.0.pick(title);
        }
        let bulk = form("tasks");
        self.0.choose(&bulk, "action", "Complete");
        self.0.press(&bulk, "Do it");
        self.0
            .confirmed(&format!("Completed “{}” and 1 more.", titles[0]));
    }

    fn sign_out(&mut self) {
        let (browser, site) = (&self.0.browser, &self.0.site);
        browser.click("//details[@class='account']/summary");
        browser.click("//form[@id='logout']//button");
        self.0.at_heading("Sign in");
        browser.visit(&format!("{site}/tasks"));
        self.0.at_heading("Sign in");
    }

    fn sign_in(&mut self) {
        self.0.enter("login", "ann");
    }

    fn open_titles(&mut self) -> Vec<String> {
        self.0.open("All");
        self.0.titles()
    }
}

on_both_engines! {
    fn a_first_visit_needs_no_javascript(place: &Place) {
        let server = place.serve();
        if let Some(ann) = Pages::at(&server.url) {
            walk(&mut Ann(ann));
        }
    }

    fn a_first_visit_needs_no_javascript_in_firefox(place: &Place) {
        let server = place.serve();
        if let Some(firefox) = Firefox::open() {
            walk(&mut Ann(Pages::with(firefox, &server.url)));
        }
    }
}

/// Over http, browsers send `Sec-Fetch-Site` to loopback only, so elsewhere the check against
/// forged forms rests on `Origin`.
#[test]
fn a_first_visit_works_over_http_to_a_name_on_the_network() {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let server = place.serve();
    let relay = Relay::to(server.address());
    let site = format!("http://tickbox.lan:{}", relay.port);
    let Some(ann) = Pages::at(&site) else {
        return;
    };

    walk(&mut Ann(ann));

    let said = relay.heard().to_lowercase();
    let posts: Vec<_> = said.split("post /").skip(1).collect();
    assert!(posts.len() > 8, "every step but the first is a form");
    for post in posts {
        let head = post.split("\r\n\r\n").next().expect("a head");
        assert!(head.contains(&format!("\r\norigin: {site}\r\n")), "{head}");
        assert!(!head.contains("sec-fetch-site"), "{head}");
    }
}

#[test]
fn a_form_on_another_port_of_the_same_host_changes_nothing() {
    let place = Place::new(Engine::Sqlite).expect("SQLite is always there");
    let server = place.serve();
    let Some(ann) = Pages::at(&server.url) else {
        return;
    };
    ann.sign_up("ann");
    let trap = Neighbour::with_page(&format!(
        "<form action='{}/tasks' method='post'><input name='title' value='Buy a yacht'>\
         <button>Win</button></form>",
        server.url
    ));

    ann.browser
        .visit(&format!("http://127.0.0.1:{}/", trap.port));
    ann.browser.click("//button");

    ann.browser.wait_for("//main", "came from another site");
    ann.browser.visit(&format!("{}/tasks", server.url));
    ann.browser.wait_for("//main", "Nothing to do");
}

#[test]
fn javascript_is_really_off_in_these_tests() {
    let page = "<p id='probe'>off</p><script>probe.textContent = 'on'</script>";
    let site = Neighbour::with_page(page);
    let found = |browser: &dyn Browser| {
        browser.visit(&format!("http://127.0.0.1:{}/", site.port));
        browser.text("//p[@id='probe']")
    };
    let chromium = |scripts| Chromium::open(scripts).map(|browser| found(&browser));

    let off = chromium(Scripts::Off);
    let firefox = Firefox::open().map(|browser| found(&browser));

    assert_eq!(off.as_deref().unwrap_or("off"), "off");
    assert_eq!(firefox.as_deref().unwrap_or("off"), "off");
    assert_eq!(chromium(Scripts::On).as_deref().unwrap_or("on"), "on");
}
