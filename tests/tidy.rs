//! The house rules that no compiler knows: who may import what, how long a file is, what a
//! template may hold.
#![expect(clippy::expect_used, reason = "a test says what is wrong by failing")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

#[path = "tidy/abuse.rs"]
mod abuse;

/// Longest file, in lines.
const LONGEST: usize = 400;

/// Every file below a folder with one of these endings, and its text.
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(folder).to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            let name = path.to_str().expect("UTF-8").to_owned();
            if path.is_dir() {
                folders.push(path);
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                found.push((name, fs::read_to_string(path).expect("text")));
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<(String, String)> {
    let mut sources = files("src", &[".rs"]);
    sources.extend(files("tests", &[".rs"]));
    sources.extend(files("build", &[".rs"]));
    sources
}

/// The lines of code, without comments and tests; each with its number for messages.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = (1..).zip(text.lines());
    let lines = lines.take_while(|(_, line)| *line != "#[cfg(test)]");
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Asserts that a word stands in no code of `src` outside the rooms that may say it.
#[track_caller]
fn only_in(word: &str, rooms: &[&str]) {
    for (name, text) in files("src", &[".rs"]) {
        if !rooms.iter().any(|room| name.starts_with(room)) {
            let found = code(&text).find(|(_, line)| line.contains(word));
            assert!(found.is_none(), "{word} in {name}: {found:?}");
        }
    }
}

/// The names of settings in a text.
fn variables(text: &str) -> BTreeSet<&str> {
    let is_part = |letter: char| letter.is_ascii_uppercase() || letter == '_';
    text.split(|letter| !is_part(letter))
        .filter(|word| {
            let is_ours = word
                .strip_prefix("TICKBOX_")
                .is_some_and(|rest| !rest.is_empty());
            is_ours || word.starts_with("DATABASE_URL") || word.starts_with("BETTER_AUTH_SECRET")
        })
        .collect()
}

#[test]
fn each_room_keeps_to_its_own_tools() {
    let web = ["src/web/", "src/lib.rs", "src/server.rs", "src/main.rs"];
    only_in("actix_web", &web);
    only_in("actix_files", &web);
    only_in("diesel", &["src/store/"]);
    only_in("r2d2", &["src/store/"]);
    only_in("lettre", &["src/mail/smtp.rs"]);
    only_in("askama", &["src/web/"]);
    only_in("std::env", &["src/config/"]);
    only_in("env::var", &["src/config/"]);
    only_in("Utc::now", &["src/clock.rs"]);
}

#[test]
fn nothing_below_the_doors_knows_them() {
    for room in [
        "src/tasks/",
        "src/lists/",
        "src/accounts/",
        "src/mail/",
        "src/store/",
    ] {
        for (name, text) in files("src", &[".rs"]) {
            let found = code(&text).find(|(_, line)| line.contains("crate::web"));
            assert!(
                !name.starts_with(room) || found.is_none(),
                "{name}: {found:?}"
            );
        }
    }
}

#[test]
fn owned_tables_are_reached_through_their_owner_only() {
    // The last is what a condition is on, not where it looks.
    let allowed = [
        "rows::<",
        "insert_into(",
        "as OwnedTable",
        "users::table",
        "revoked_sids::table",
        "attempts::table",
        "identities::table",
        "outbox::table",
        "mail_links::table",
        "invitations::table",
        "dyn BoxableExpression<",
    ];
    // The last looks after everybody's rows, with nobody there who could ask for them.
    let own = [
        "src/store/mine.rs",
        "src/store/schema.rs",
        "src/store/housekeeping.rs",
    ];
    let is_elsewhere = |name: &str| !own.contains(&name);
    let files = files("src/store", &[".rs"]);
    for (name, text) in files.iter().filter(|(name, _)| is_elsewhere(name)) {
        for (number, line) in code(text) {
            let is_allowed = allowed.iter().any(|word| line.contains(word));
            assert!(!line.contains("::table") || is_allowed, "{name}:{number}");
        }
    }
}

#[test]
fn the_front_desks_own_tables_are_asked_by_the_front_desk_only() {
    let desk = [
        "src/store/accounts.rs",
        "src/store/credentials.rs",
        "src/store/front_desk.rs",
        "src/store/housekeeping.rs",
        "src/store/identities.rs",
        "src/store/mine.rs",
    ];
    only_in("users::table", &desk);
    only_in("revoked_sids::table", &desk);
    only_in("attempts::table", &["src/store/attempts.rs"]);
    only_in("identities::table", &["src/store/identities.rs"]);
    only_in("outbox::table", &["src/store/outbox.rs"]);
    only_in("mail_links::table", &["src/store/links.rs"]);
    only_in("invitations::table", &["src/store/links.rs"]);
}

#[test]
fn no_file_is_too_long_to_be_read_at_once() {
    for (name, text) in sources() {
        let lines = text.lines().count();
        assert!(lines <= LONGEST, "{name} has {lines} lines");
    }
}

#[test]
fn each_module_begins_by_saying_what_it_is() {
    for (name, text) in sources() {
        assert!(text.starts_with("//! "), "{name}");
    }
}

#[test]
fn each_template_extends_the_frame_and_runs_nothing() {
    for (name, text) in files("templates", &[".html"]) {
        let is_part = name.contains("/_") || name == "templates/base.html";
        assert!(
            is_part || text.starts_with("{% extends \"base.html\" %}"),
            "{name}"
        );
        let lower = text.to_lowercase();
        assert!(
            !lower.contains("<script") && !lower.contains("javascript:"),
            "{name}"
        );
        for (at, _) in lower.match_indices([' ', '\n']) {
            let word: String = lower[at + 1..]
                .chars()
                .take_while(char::is_ascii_alphabetic)
                .collect();
            let is_attribute = lower[at + 1 + word.len()..].starts_with('=');
            let is_handler = word.starts_with("on") && word.len() > 2;
            assert!(
                !is_attribute || !(is_handler || word == "style"),
                "{name}: {word}="
            );
        }
    }
}

/// The names of the messages of a catalogue.
fn messages(catalogue: &str) -> Vec<&str> {
    let lines = catalogue.lines();
    let heads = lines.filter(|line| line.starts_with(|c: char| c.is_ascii_lowercase()));
    heads
        .filter_map(|line| line.split_once(" ="))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn each_message_is_said_somewhere() {
    let catalogue = fs::read_to_string("locales/en-GB.ftl").expect("a catalogue");
    let mut said = BTreeSet::new();
    let mut all = files("templates", &[".html"]);
    all.extend(files("src", &[".rs"]));
    for (_, text) in &all {
        let is_part = |c: char| c.is_ascii_alphanumeric() || c == '_';
        said.extend(text.split(|c| !is_part(c)));
    }

    let names = messages(&catalogue);
    assert!(names.len() > 100, "{names:?}");
    for name in names {
        let method = name.replace('-', "_");
        assert!(said.contains(&*method), "{name} is said nowhere");
    }
}

/// A template without its code; and the texts in that code, in the order in which they come.
fn parted(template: &str) -> (String, Vec<&str>) {
    let (mut plain, mut literals) = (String::new(), Vec::new());
    let mut rest = template;
    let begin = |text: &str| ["{{", "{%", "{#"].iter().filter_map(|b| text.find(b)).min();
    while let Some(at) = begin(rest) {
        plain.push_str(&rest[..at]);
        let end = match &rest[at..at + 2] {
            "{{" => "}}",
            "{%" => "%}",
            _ => "#}",
        };
        let length = rest[at..].find(end).expect("an end") + 2;
        if end != "#}" {
            literals.extend(rest[at..at + length].split('"').skip(1).step_by(2));
        }
        rest = &rest[at + length..];
    }
    plain.push_str(rest);
    (plain, literals)
}

/// The attribute of a tag, if its value is written there.
fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

#[test]
fn templates_leave_every_word_to_the_catalogues() {
    // The name, and a box with a tick.
    let has_letters = |text: &str| {
        let text = text.replace("Tickbox", "").replace("[x]", "");
        text.contains(char::is_alphabetic)
    };
    // The documentation of the API is English.
    let english = ["templates/docs/reference.html", "templates/problem.html"];
    let files = files("templates", &[".html"]);
    for (name, text) in files.iter().filter(|(name, _)| !english.contains(&&**name)) {
        let (plain, literals) = parted(text);
        for literal in literals {
            let is_word = literal.starts_with(char::is_uppercase) || literal.contains(' ');
            assert!(!is_word, "{literal:?} in {name}");
        }
        for part in plain.split('<') {
            let (tag, words) = part.split_once('>').unwrap_or(("", part));
            // A macro may begin within a tag: its attributes are no text.
            let outside: String = words.split('"').step_by(2).collect();
            let mut outside = outside.split_whitespace();
            let is_word = |word: &str| has_letters(word) && !word.ends_with('=');
            assert!(!outside.any(is_word), "{words:?} in {name}");
            // What other controls hold is for the server.
            let is_typed = tag.starts_with("input ")
                && !matches!(attribute(tag, "type"), Some("hidden" | "checkbox"));
            let told = ["placeholder", "aria-label", "alt", "title"];
            for told in told.into_iter().chain(is_typed.then_some("value")) {
                let value = attribute(tag, told).unwrap_or_default();
                assert!(!has_letters(value), "{told}={value:?} in {name}");
            }
        }
    }
}

#[test]
fn migrations_come_in_pairs_with_a_way_back() {
    let of = |engine: &str| -> BTreeSet<String> {
        let folder = format!("migrations/{engine}/");
        let found = files(&folder, &[""]).into_iter();
        found.map(|(name, _)| name.replace(&folder, "")).collect()
    };

    let sqlite = of("sqlite");
    assert_eq!(sqlite, of("postgres"));
    for name in &sqlite {
        let pair = [
            name.replace("up.sql", "down.sql"),
            name.replace("down.sql", "up.sql"),
        ];
        assert!(pair.iter().all(|half| sqlite.contains(half)), "{name}");
    }
}

#[test]
fn the_image_is_built_from_all_that_a_build_reads() {
    let ignored = fs::read_to_string(".dockerignore").expect("text");
    let read = [
        "build",
        "build.rs",
        "locales",
        "migrations",
        "src",
        "static",
        "templates",
    ];
    for name in read {
        let line = format!("!{name}");
        assert!(ignored.lines().any(|kept| kept == line), "{name}");
    }
}

#[test]
fn the_readme_names_every_setting() {
    let Ok(readme) = fs::read_to_string("README.md") else {
        return;
    };
    let told = variables(&readme);
    for (name, text) in files("src/config", &[".rs"]) {
        let untold: Vec<_> = variables(&text)
            .into_iter()
            .filter(|it| !told.contains(it))
            .collect();
        assert!(
            untold.is_empty(),
            "README.md does not name {untold:?} of {name}"
        );
    }
}

#[test]
fn nothing_is_left_to_do_and_nothing_tells_of_a_machine() {
    let words = [
        concat!("TO", "DO"),
        concat!("FIX", "ME"),
        concat!("XX", "X"),
        "/home/",
        "/root/",
    ];
    let mut all = sources();
    for folder in ["migrations", "templates", "static"] {
        all.extend(files(folder, &[".sql", ".html", ".css", ".svg"]));
    }
    for (name, text) in all.iter().filter(|(name, _)| name != "tests/tidy.rs") {
        for word in words {
            assert!(!text.contains(word), "{word} in {name}");
        }
    }
}
