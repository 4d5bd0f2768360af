//! Text browsers that number every link, field and button on the screen, and go where a number says.

use super::Terminal;

/// Which one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextBrowser {
    Lynx,
    Links,
    Elinks,
}

/// A text browser in a terminal.
pub struct Numbered {
    terminal: Terminal,
    pub browser: TextBrowser,
}

/// A screen, with a list of what one can go to.
#[derive(Debug)]
pub struct Screen {
    pub things: Vec<Thing>,
}

/// A link, a field or a button.
#[derive(Debug)]
pub struct Thing {
    number: u32,
    /// What stands before it, from the thing before on.
    before: String,
    /// What stands behind its number, up to the next thing or the end of the line.
    pub words: String,
}

const LYNX: &str = "DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED
ACCEPT_ALL_COOKIES:TRUE
DEFAULT_USER_MODE:ADVANCED
CHARACTER_SET:utf-8
TEXTFIELDS_NEED_ACTIVATION:TRUE
";

const ELINKS: &str = "set document.browse.links.numbering = 1
set document.browse.links.number_keys_select_link = 1
set document.browse.forms.confirm_submit = 0
set cookies.accept_policy = 2
";

impl Numbered {
    /// Opens the browser at an address; none if it is not installed here.
    pub fn open(browser: TextBrowser, url: &str) -> Option<Self> {
        let terminal = match browser {
            TextBrowser::Lynx => {
                Terminal::with("lynx", "-cfg=lynx.cfg -nopause", url, &[("lynx.cfg", LYNX)])
            }
            TextBrowser::Links => {
                // Else it shows what it saw before, whatever the server says of that.
                let options = "-html-numbered-links 1 -aggressive-cache 0";
                Terminal::with("links", options, url, &[])
            }
            TextBrowser::Elinks => {
                let options = "-no-connect 1 -config-dir . -config-file elinks.conf";
                Terminal::with("elinks", options, url, &[("elinks.conf", ELINKS)])
            }
        };
        let opened = Self {
            terminal: terminal?,
            browser,
        };
        if browser == TextBrowser::Links {
            opened.terminal.wait_for("Welcome to links!");
            opened.terminal.press(&["Enter"]);
        }
        Some(opened)
    }

    /// Waits until a page shows one text and not another, and reads it.
    #[track_caller]
    pub fn wait_for(&self, text: &str, gone: &str) -> Screen {
        let is_right = |screen: &str| {
            if screen.contains("Missing fragment") {
                // A redirect leads to the row of a task that is not on the page any more.
                self.terminal.press(&["Enter"]);
                // Once is enough: the next would follow a link.
                let is_gone = |screen: &str| !screen.contains("Missing fragment");
                self.terminal.wait_until(is_gone, "the page itself");
                return false;
            }
            if screen.contains(text) && !screen.contains(gone) {
                return true;
            }
            // An address with a part that it leads to does not begin at the top.
            self.terminal.press(&["Home"]);
            false
        };
        let wanted = format!("{text} without {gone}");
        Screen::read(&self.terminal.wait_until(is_right, &wanted))
    }

    /// Follows a link or presses a button.
    pub fn press(&self, thing: &Thing) {
        self.go_to(thing);
        if self.browser != TextBrowser::Links {
            self.terminal.press(&["Enter"]);
        }
    }

    /// Types into a field instead of what stood there, and leaves it.
    pub fn fill(&self, thing: &Thing, text: &str) {
        self.go_to(thing);
        if self.browser != TextBrowser::Links {
            self.terminal.press(&["Enter"]);
        }
        self.terminal.press(&["End", "C-u"]);
        self.terminal.type_in(text);
        self.terminal.press(&["Down"]);
        if self.browser == TextBrowser::Links {
            self.leave_the_fields();
        }
    }

    fn go_to(&self, thing: &Thing) {
        let number = thing.number.to_string();
        let (prompt, shown) = match self.browser {
            // Without the letter, links are followed and fields are not.
            TextBrowser::Lynx => ("page) number:", format!("number: {number}g")),
            TextBrowser::Links | TextBrowser::Elinks => {
                ("Enter link number", format!("|  {number} "))
            }
        };
        let digits = shown.trim_start_matches(|letter: char| !letter.is_ascii_digit());
        self.terminal.type_in(digits.trim_end());
        self.terminal
            .wait_until(|screen| screen.contains(&shown), &shown);
        self.terminal.press(&["Enter"]);
        self.terminal
            .wait_until(|screen| !screen.contains(prompt), "an answer to that");
    }

    /// Digits that are typed in a field are text in it.
    fn leave_the_fields(&self) {
        self.terminal.wait_until(
            |screen| {
                let last = screen.trim_end().lines().last().unwrap_or_default();
                let is_field = last.contains(" field") || last.contains("Text area");
                if is_field {
                    self.terminal.press(&["Down"]);
                }
                !is_field
            },
            "what is no field",
        );
    }
}

impl Screen {
    fn read(screen: &str) -> Self {
        let screen = screen.replace("BUTTON) ", "");
        let mut things: Vec<Thing> = Vec::new();
        let mut before = String::new();
        let mut rest = screen.as_str();
        while let Some((text, after)) = rest.split_once('[') {
            let digits = after.split(']').next().unwrap_or_default();
            let number = digits.parse().ok();
            let text = if number.is_some() {
                text
            } else {
                &rest[..=text.len()]
            };
            if let Some(last) = things.last_mut()
                && !last.words.contains('\n')
            {
                last.words += text;
            }
            before += text;
            rest = after;
            if let Some(number) = number {
                rest = &after[digits.len() + 1..];
                things.push(Thing {
                    number,
                    before: std::mem::take(&mut before),
                    words: String::new(),
                });
            }
        }
        if let Some(last) = things.last_mut() {
            last.words += rest;
        }
        for thing in &mut things {
            let line = thing.words.lines().next().unwrap_or_default();
            thing.words = line.trim_end_matches(['(', ' ', '*', '•']).to_owned();
        }
        Self { things }
    }

    /// The first link or button with these words.
    #[track_caller]
    pub fn named(&self, words: &str) -> &Thing {
        let found = self.things.iter().find(|thing| thing.words == words);
        found.unwrap_or_else(|| panic!("no {words:?} in {self:#?}"))
    }

    /// The first thing behind a label.
    #[track_caller]
    pub fn behind(&self, label: &str) -> &Thing {
        let is_labelled = |thing: &&Thing| {
            let mut lines = thing.before.lines();
            lines.any(|line| line.trim_start().starts_with(label))
        };
        let found = self.things.iter().find(is_labelled);
        found.unwrap_or_else(|| panic!("nothing behind {label:?} in {self:#?}"))
    }

    /// The things of the row with this title: its button, its link, what deletes it, its box.
    #[track_caller]
    pub fn row(&self, title: &str) -> &[Thing] {
        let is_here = |row: &&[Thing]| row[1].words == title && is_row(row);
        let found = self.things.windows(4).find(is_here);
        found.unwrap_or_else(|| panic!("no row of {title:?} in {self:#?}"))
    }

    /// The titles in the rows of a list.
    pub fn titles(&self) -> Vec<String> {
        let rows = self.things.windows(4).filter(|row| is_row(row));
        rows.map(|row| row[1].words.clone()).collect()
    }
}

fn is_row(row: &[Thing]) -> bool {
    row[0].words == "[Complete]" && row[2].words == "[Delete]"
}
