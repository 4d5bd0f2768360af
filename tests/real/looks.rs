//! Every page in every state, in each language, before those who know what a page has to be: the Nu
//! HTML checker, axe, and a small phone.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use scraper::{Html, Selector};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Album, Browser as _, Chromium, Gallery, Scripts, leave_out, program};

/// Runs each test on the pages of each language.
macro_rules! in_each_language {
    ($( $(#[$meta:meta])* fn $name:ident($album:ident: &'static Album) $body:block )+) => {
        $( $(#[$meta])* fn $name($album: &'static Album) $body )+

        mod english {
            $( #[test]
            fn $name() {
                super::$name(super::english());
            } )+
        }

        mod german {
            $( #[test]
            fn $name() {
                super::$name(super::german());
            } )+
        }
    };
}

fn english() -> &'static Album {
    static ALBUM: OnceLock<Album> = OnceLock::new();
    ALBUM.get_or_init(|| Album::new("en-GB"))
}

fn german() -> &'static Album {
    static ALBUM: OnceLock<Album> = OnceLock::new();
    ALBUM.get_or_init(|| Album::new("de"))
}

in_each_language! {
    fn every_page_passes_the_html_checker(album: &'static Album) {
        let (Some(checker), Some(java)) = (tool("vnu-jar/build/dist/vnu.jar"), program(&["java"]))
        else {
            return;
        };
        let folder = TempDir::new().expect("a temporary folder");
        for page in &album.pages {
            let file = folder.path().join(format!("{}.html", page.name));
            std::fs::write(file, &page.text).expect("a file");
        }

        let output = Command::new(java)
            .args(["-Xss2m", "-jar"])
            .arg(checker)
            .args(["--Werror", "--filterpattern"])
            .arg(HARMLESS)
            .arg(folder.path())
            .output()
            .expect("the checker runs");

        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
    }

    fn every_page_passes_axe(album: &'static Album) {
        let Some(axe) = tool("axe-core/axe.min.js") else {
            return;
        };
        let axe = std::fs::read_to_string(axe).expect("axe");
        let Some(browser) = Chromium::open(Scripts::On) else {
            return;
        };
        let gallery = Gallery::of(album);
        let mut found = Vec::new();

        for page in &album.pages {
            browser.look(1280, "light");
            browser.visit(&gallery.url(&page.name));
            browser.run(&axe, &json!([]));
            for (width, colours) in VIEWS {
                browser.look(width, colours);
                for violation in violations(&browser, colours) {
                    found.push(format!("{} {width} {colours}: {violation}", page.name));
                }
            }
        }

        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    fn no_page_is_wider_than_a_small_phone(album: &'static Album) {
        let Some(browser) = Chromium::open(Scripts::Off) else {
            return;
        };
        let gallery = Gallery::of(album);
        browser.look(320, "light");

        let names = album.pages.iter().map(|page| page.name.as_str());
        let wide: Vec<_> = names
            .filter(|name| {
                browser.visit(&gallery.url(name));
                browser.page_width() > 320
            })
            .collect();

        assert!(wide.is_empty(), "{wide:?}");
    }

    fn no_page_has_a_script_or_a_style_of_its_own(album: &'static Album) {
        let everything = Selector::parse("*").expect("a selector");
        for page in &album.pages {
            let html = Html::parse_document(&page.text);
            for element in html.select(&everything) {
                let name = element.value().name();
                assert!(!matches!(name, "script" | "style"), "{name} on {}", page.name);
                for (name, value) in element.value().attrs() {
                    let is_code = name == "style" || name.starts_with("on");
                    let runs = value.trim_start().to_lowercase().starts_with("javascript:");
                    assert!(!is_code && !runs, "{name} on {}", page.name);
                }
            }
        }
    }
}

/// How each page is looked at.
const VIEWS: [(u32, &str); 4] = [
    (1280, "light"),
    (320, "light"),
    (320, "dark"),
    (1280, "dark"),
];

/// What each page is held to.
const TAGS: [&str; 6] = [
    "wcag2a",
    "wcag2aa",
    "wcag21a",
    "wcag21aa",
    "wcag22aa",
    "best-practice",
];

/// What the colours can change.
const RULES_OF_COLOUR: [&str; 2] = ["color-contrast", "link-in-text-block"];

/// What the checker says of HTML that is as it should be: `CommonMark` writes `<hr />`.
const HARMLESS: &str = ".*Trailing slash on void elements.*";

/// What axe has against the page, as it is looked at now; in the dark, only what is about colours,
/// since nothing else changes there.
fn violations(browser: &Chromium, colours: &str) -> Vec<String> {
    let script = "
        const [only] = arguments;
        const say = node => node.target.join(' ') + ' ' + node.html + ' ' + node.failureSummary;
        return axe.run({ resultTypes: ['violations'], runOnly: only }).then(
            found => found.violations.map(rule =>
                [rule.id + ': ' + rule.help, ...rule.nodes.slice(0, 3).map(say)].join('\\n  ')));";
    let only = match colours {
        "dark" => json!({ "type": "rule", "values": RULES_OF_COLOUR }),
        _ => json!({ "type": "tag", "values": TAGS }),
    };
    let found = browser.run(script, &json!([only]));
    let found = found.as_array().expect("violations").iter();
    found.map(Value::to_string).collect()
}

/// A file of a tool that bin/test installs.
fn tool(name: &str) -> Option<PathBuf> {
    let modules = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/target/tools/node/node_modules"
    );
    let file = PathBuf::from(modules).join(name);
    if file.is_file() {
        return Some(file);
    }
    leave_out(&format!("{name} is not installed"));
    None
}
