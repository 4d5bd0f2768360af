//! Our pages in a browser with JavaScript switched off, and what a person does on them.

use super::{Browser, Chromium, Order, PASSWORD, Scripts, eventually};

/// A person's browser at one site.
pub struct Pages {
    pub browser: Box<dyn Browser>,
    pub site: String,
}

/// Sends the form that a field is in.
pub const ENTER: &str = "\u{e007}";

impl Pages {
    /// Opens Chromium; none if it is not installed here.
    pub fn at(site: &str) -> Option<Self> {
        let browser = Chromium::open(Scripts::Off)?;
        Some(Self::with(browser, site))
    }

    /// In a browser that is open.
    pub fn with(browser: impl Browser + 'static, site: &str) -> Self {
        Self {
            browser: Box::new(browser),
            site: site.to_owned(),
        }
    }

    #[track_caller]
    pub fn sign_up(&self, name: &str) {
        self.browser.visit(&self.site);
        self.browser.click("//a[text()='Create an account']");
        self.enter("signup", name);
    }

    /// Fills in the form of one of the two doors.
    #[track_caller]
    pub fn enter(&self, door: &str, name: &str) {
        let form = form(door);
        self.fill(&form, "email", &format!("{name}@example.org"));
        self.fill(&form, "password", PASSWORD);
        self.browser.click(&format!("{form}//button"));
        self.at_heading("Open tasks");
    }

    /// Follows a link of the navigation.
    #[track_caller]
    pub fn open(&self, link: &str) {
        let own = format!("span='{link}' or normalize-space()='{link}'");
        let path = format!("//nav[@class='views']//a[{own}]");
        // The window is narrow, so lists, saved views and labels are folded away.
        let folded = format!("//nav[@class='views']//details[not(@open)][.//a[{own}]]/summary");
        eventually(|| {
            if let Some(summary) = self.browser.find_all(&folded)?.first() {
                self.browser.tell(Order::Click(summary))?;
            }
            let found = self.browser.find(&path)?;
            self.browser.tell(Order::Click(&found))
        });
        self.browser.wait_without("//*[@role='status']");
        self.at_heading(match link {
            "All" => "Open tasks",
            "Completed" => "Completed tasks",
            other => other,
        });
    }

    /// Follows the link of a task.
    #[track_caller]
    pub fn open_task(&self, title: &str) {
        self.browser
            .click(&format!("{}//a[@class='title']", row(title)));
        self.at_heading(title);
    }

    #[track_caller]
    pub fn at_heading(&self, words: &str) {
        self.browser.wait_for("//h1", words);
    }

    /// Types a line into the field for new tasks.
    #[track_caller]
    pub fn add(&self, line: &str) {
        let form = form("new-task");
        self.fill(&form, "title", line);
        self.press(&form, "Add");
    }

    #[track_caller]
    pub fn fill(&self, form: &str, field: &str, text: &str) {
        let field = format!("{form}//*[@name='{field}']");
        self.browser.fill(&field, text);
    }

    /// Chooses an entry of a menu by its words.
    #[track_caller]
    pub fn choose(&self, form: &str, menu: &str, words: &str) {
        let entry = format!("option[normalize-space()='{words}']");
        self.browser
            .click(&format!("{form}//select[@name='{menu}']/{entry}"));
    }

    /// Presses a button by its words, or by those that stand for it where it shows fewer.
    #[track_caller]
    pub fn press(&self, form: &str, words: &str) {
        let own = format!("normalize-space()='{words}' or @aria-label='{words}'");
        self.browser.click(&format!("{form}//button[{own}]"));
    }

    #[track_caller]
    pub fn press_in_row(&self, title: &str, button: &str) {
        let button = format!("{}//button[starts-with(@name,'{button}.')]", row(title));
        self.browser.click(&button);
    }

    /// Ticks the box by which a task is chosen, with others, to do something with.
    #[track_caller]
    pub fn pick(&self, title: &str) {
        self.browser
            .click(&format!("{}//input[@name='ids']", row(title)));
    }

    /// Opens what is folded away.
    #[track_caller]
    pub fn unfold(&self, summary: &str) {
        let own = format!("normalize-space()='{summary}'");
        self.browser
            .click(&format!("//main//summary[{own}][not(parent::*/@open)]"));
    }

    #[track_caller]
    pub fn confirmed(&self, sentence: &str) {
        self.browser.wait_for("//*[@role='status']", sentence);
    }

    /// The titles of the tasks on the page, from the top down.
    #[track_caller]
    pub fn titles(&self) -> Vec<String> {
        self.browser.texts("//main//li//a[@class='title']")
    }

    /// What stands beside the title of a task, such as its date and its labels.
    #[track_caller]
    pub fn beside(&self, title: &str) -> Vec<String> {
        let beside = format!("{}//*[@class='meta']/*", row(title));
        self.browser.texts(&beside)
    }
}

/// The form with this id.
pub fn form(id: &str) -> String {
    format!("//form[@id='{id}']")
}

/// The line of the task with this title.
pub fn row(title: &str) -> String {
    format!("//main//li[.//a[@class='title'][normalize-space()='{title}']]")
}
