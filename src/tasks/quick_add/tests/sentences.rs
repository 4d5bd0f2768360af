//! One rule a test, where the corpus cannot say it: spans, kinds, lines, steps and kept text.

use std::ops::Range;

use super::super::{Entry, ListName, Part, PartKind, Status, parse};
use super::context;

fn read(text: &str) -> Vec<Entry> {
    parse(text, &context(&[]))
}

fn keeping(text: &str, keep: Range<usize>) -> Entry {
    let entries = parse(text, &context(&Vec::from([keep])));
    entries.into_iter().next().expect("an entry")
}

/// What a part covers, what it is and what it says.
fn told(line: &str) -> Vec<(String, &'static str, String)> {
    let entries = read(line);
    let chars: Vec<char> = line.chars().collect();
    let tell = |part: &Part| {
        let text = chars[part.span.clone()].iter().collect();
        (text, part.kind.word(), part.value.clone())
    };
    entries[0].understood.iter().map(tell).collect()
}

#[track_caller]
fn tells(line: &str, expected: &[(&str, &str, &str)]) {
    let told = told(line);
    let told: Vec<_> = told
        .iter()
        .map(|(text, kind, value)| (text.as_str(), *kind, value.as_str()))
        .collect();
    assert_eq!(told, expected, "{line}");
}

#[test]
fn every_part_says_where_it_stood_and_what_it_means() {
    tells(
        "x Pay rent every month at 9 from jan 31 until dec 1 #home @bank p1 start:jan 5 // now",
        &[
            ("x", "completed", "yes"),
            (
                "every month",
                "recurrence",
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1",
            ),
            ("at 9", "time", "09:00"),
            ("from jan 31", "date", "2027-01-31"),
            ("until dec 1", "recurrence", "UNTIL=20271201"),
            ("#home", "list", "Home"),
            ("@bank", "label", "bank"),
            ("p1", "priority", "3"),
            ("start:jan 5", "start", "2027-01-05"),
            ("// now", "notes", "now"),
        ],
    );
}

#[test]
fn a_moment_in_one_breath_is_one_part() {
    tells(
        "Rest in 5 minutes",
        &[("in 5 minutes", "date", "2026-11-23 10:20")],
    );
    tells(
        "Go 2026-12-01T09:30",
        &[("2026-12-01T09:30", "date", "2026-12-01 09:30")],
    );
}

#[test]
fn marks_that_only_led_to_a_part_are_of_it() {
    tells("Rent, tomorrow", &[(", tomorrow", "date", "2026-11-24")]);
    tells("Rent - tomorrow", &[("- tomorrow", "date", "2026-11-24")]);
    tells(
        "Rent (tomorrow) at home",
        &[("(tomorrow)", "date", "2026-11-24")],
    );
    tells("Friday: rent", &[("Friday:", "date", "2026-11-27")]);
    tells(
        "Rent @a, @b",
        &[("@a,", "label", "a"), ("@b", "label", "b")],
    );
}

#[test]
fn spans_count_code_points_of_the_line_with_its_indentation() {
    let entries = read("Café\n\t😀 tomorrow");
    assert_eq!(entries[1].understood[0].span, 3..11);
    assert_eq!(entries[1].title, "😀");
}

#[test]
fn an_unknown_list_stays_in_the_title_and_is_pointed_out() {
    let entry = &read("Weed #Garden, then rest")[0];
    assert_eq!(entry.title, "Weed #Garden, then rest");
    assert_eq!(entry.list, None);
    let [part] = entry.understood.as_slice() else {
        panic!("{entry:?}")
    };
    assert_eq!((part.span.clone(), part.kind), (5..12, PartKind::List));
    assert_eq!(
        (part.value.as_str(), part.status),
        ("Garden", Status::Unknown)
    );
    assert_eq!((part.kind.word(), part.status.word()), ("list", "unknown"));
}

#[test]
fn a_list_is_made_when_the_person_says_so() {
    let entries = parse(
        "Weed #\"Summer house\"",
        &super::super::Context {
            create_lists: true,
            ..context(&[])
        },
    );
    let name = entries[0].list.as_ref().expect("a list");
    assert_eq!(*name, ListName::New("Summer house".to_owned()));
    assert_eq!(name.as_str(), "Summer house");
}

#[test]
fn many_lines_make_many_entries_and_blank_ones_none() {
    let titles: Vec<String> = read("\n a\r\n\r\n \t \nb\rc\n")
        .into_iter()
        .map(|e| e.title)
        .collect();
    assert_eq!(titles, ["a", "b", "c"]);
    assert!(read("").is_empty());
    assert!(read(" \n\t\u{a0}").is_empty());
}

#[test]
fn indentation_makes_steps_of_the_nearest_line_above_that_is_less_indented() {
    let text = "Trip\n  Pack\n    Socks\n  Book\n\tTrain\nHome\n Rest";
    let parents: Vec<Option<usize>> = read(text).iter().map(|entry| entry.parent).collect();
    let expected = [None, Some(0), Some(1), Some(0), Some(3), None, Some(5)];
    assert_eq!(parents, expected);
}

#[test]
fn a_tab_and_four_spaces_are_the_same_depth() {
    let parents: Vec<Option<usize>> = read("a\n\tb\n    c\n  \td")
        .iter()
        .map(|entry| entry.parent)
        .collect();
    assert_eq!(parents, [None, Some(0), Some(0), Some(0)]);
}

#[test]
fn an_indented_first_line_is_nobodys_step() {
    let entries = read("   a\n   b\n c");
    assert!(entries.iter().all(|entry| entry.parent.is_none()));
}

#[test]
fn a_kept_part_is_text_and_the_one_before_it_counts_again() {
    let line = "Show friday tickets on monday";
    assert_eq!(read(line)[0].title, "Show friday tickets");
    let entry = keeping("Today show tickets tomorrow", 19..27);
    assert_eq!(entry.title, "show tickets tomorrow");
    assert_eq!(
        entry.due_date.map(|day| day.to_string()).as_deref(),
        Some("2026-11-23")
    );
}

#[test]
fn quotes_and_backslashes_inside_kept_text_stay() {
    assert_eq!(
        keeping("Buy #\"Home stuff\" now", 4..17).title,
        "Buy #\"Home stuff\" now"
    );
    assert_eq!(keeping("Say \\#x", 4..7).title, "Say \\#x");
    assert_eq!(keeping("Say \"x y\" z", 5..6).title, "Say \"x y\" z");
}

#[test]
fn a_part_of_a_phrase_kept_keeps_the_phrase_from_being_read() {
    let entry = keeping("Gym every monday", 10..12);
    assert_eq!(
        (entry.title.as_str(), entry.recurrence),
        ("Gym every monday", None)
    );
}

#[test]
fn notes_that_are_kept_are_no_notes_and_are_not_read_either() {
    let entry = keeping("Call // tomorrow #Home", 5..22);
    assert_eq!(entry.title, "Call // tomorrow #Home");
    assert!(entry.understood.is_empty() && entry.notes.is_empty());
}

#[test]
fn spans_out_of_range_or_back_to_front_are_no_harm() {
    #[expect(clippy::reversed_empty_ranges, reason = "a caller may send anything")]
    let keep = [5..2, 90..100, 3..usize::MAX];
    let entries = parse("Call mum tomorrow", &context(&keep));
    assert_eq!(entries[0].title, "Call mum tomorrow");
}

#[test]
fn white_space_that_a_title_may_not_hold_becomes_spaces() {
    assert_eq!(read("a\tb\u{2028}c\u{b}d  e")[0].title, "a b c d  e");
}

#[test]
fn english_says_nothing_twice() {
    let mut spellings: Vec<&str> = super::super::english::TABLE
        .iter()
        .map(|(text, _)| *text)
        .collect();
    let count = spellings.len();
    assert!(spellings.iter().all(|text| *text == text.to_lowercase()));
    spellings.sort_unstable();
    spellings.dedup();
    assert_eq!(spellings.len(), count);
}

#[test]
fn a_rule_from_the_last_year_of_the_calendar_ends_without_a_fall() {
    let now = chrono::NaiveDate::MAX
        .and_hms_opt(23, 59, 0)
        .expect("a moment");
    for line in [
        "a tomorrow",
        "a every day at 9",
        "a in 9999 years",
        "a every 31st at 9",
        "a at 9",
    ] {
        let entries = parse(
            line,
            &super::super::Context {
                now,
                ..context(&[])
            },
        );
        assert_eq!(entries.len(), 1);
    }
}
