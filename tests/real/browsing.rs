//! Chromium with JavaScript switched off.

use crate::journey::{Visitor, walk};
use crate::support::{Chromium, Engine, Neighbour, PASSWORD, Place, Relay, Scripts};

/// Ann, in a graphical browser.
struct Ann {
    browser: Chromium,
    site: String,
}

impl Ann {
    fn at(site: &str) -> Option<Self> {
        Some(Self {
            browser: Chromium::open(Scripts::Off)?,
            site: site.to_owned(),
        })
    }

    fn enter(&self, form: &str) {
        let field = |name| format!("//form[@id='{form}']//input[@name='{name}']");
        self.browser.fill(&field("email"), "ann@example.org");
        self.browser.fill(&field("password"), PASSWORD);
        self.browser.click(&format!("//form[@id='{form}']//button"));
        self.browser.wait_for("//h1", "Open tasks");
    }

    fn open_view(&self, name: &str) {
        let link = format!("//nav[@class='views']//a[span='{name}']");
        self.browser.click(&link);
        self.browser.wait_without("//*[@role='status']");
    }

    fn press_in_row(&self, title: &str, form: &str) {
        let row = format!("//li[.//a[normalize-space()='{title}']]");
        self.browser
            .click(&format!("{row}//form[@class='{form}']//button"));
    }

    fn confirmed(&self, sentence: &str) {
        self.browser.wait_for("//*[@role='status']", sentence);
    }
}

impl Visitor for Ann {
    fn sign_up(&mut self) {
        self.browser.visit(&self.site);
        self.browser.click("//a[text()='Create an account']");
        self.enter("signup");
    }

    fn add(&mut self, title: &str) {
        let form = "//form[@id='new-task']";
        self.browser
            .fill(&format!("{form}//input[@name='title']"), title);
        self.browser.click(&format!("{form}//button[text()='Add']"));
        self.confirmed(&format!("Added “{title}”."));
    }

    fn rename(&mut self, from: &str, to: &str) {
        self.browser
            .click(&format!("//li//a[normalize-space()='{from}']"));
        let form = "//form[@id='edit-task']";
        self.browser
            .fill(&format!("{form}//input[@name='title']"), to);
        self.browser
            .click(&format!("{form}//button[text()='Save']"));
        self.confirmed(&format!("Saved “{to}”."));
    }

    fn complete(&mut self, title: &str) {
        self.press_in_row(title, "tick");
        self.confirmed(&format!("Completed “{title}”."));
    }

    fn undo(&mut self, title: &str) {
        self.browser.click("//form[@id='undo']//button");
        self.confirmed(&format!("Reopened “{title}”."));
    }

    fn delete(&mut self, title: &str) {
        self.press_in_row(title, "delete");
        self.confirmed(&format!("Deleted “{title}”."));
    }

    fn restore(&mut self, title: &str) {
        self.open_view("Trash");
        self.press_in_row(title, "restore");
        self.confirmed(&format!("Restored “{title}”."));
    }

    fn sign_out(&mut self) {
        self.browser.click("//details[@class='account']/summary");
        self.browser.click("//form[@id='logout']//button");
        self.browser.wait_for("//h1", "Sign in");
        self.browser.visit(&format!("{}/tasks", self.site));
        self.browser.wait_for("//h1", "Sign in");
    }

    fn sign_in(&mut self) {
        self.enter("login");
    }

    fn open_titles(&mut self) -> Vec<String> {
        self.open_view("All");
        self.browser.wait_for("//h1", "Open tasks");
        self.browser.texts("//li/form/a[@class='title']")
    }
}

on_both_engines! {
    fn a_first_visit_needs_no_javascript(place: &Place) {
        let server = place.serve();
        if let Some(mut ann) = Ann::at(&server.url) {
            walk(&mut ann);
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
    let Some(mut ann) = Ann::at(&site) else {
        return;
    };

    walk(&mut ann);

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
    let Some(mut ann) = Ann::at(&server.url) else {
        return;
    };
    ann.sign_up();
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
    let found = |scripts| {
        let browser = Chromium::open(scripts)?;
        browser.visit(&format!("http://127.0.0.1:{}/", site.port));
        Some(browser.text("//p[@id='probe']"))
    };

    let Some(off) = found(Scripts::Off) else {
        return;
    };

    assert_eq!(off, "off");
    assert_eq!(found(Scripts::On).as_deref(), Some("on"));
}
