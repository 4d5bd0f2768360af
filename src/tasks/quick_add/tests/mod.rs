//! Tests of quick add: the corpus, sentences about single rules, and properties of every line.

mod corpus;
mod properties;
mod sentences;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, Weekday};

use super::{Context, NumericDates, Symbols};

/// The lists that exist in every test.
const LISTS: &[&str] = &[
    "Home",
    "Work",
    "Home stuff",
    "Groceries",
    "123",
    "Büro",
    "C++",
];

/// Finds a list as the store does, but for accents.
pub(super) fn find_list(name: &str) -> Option<String> {
    let name = name.to_lowercase();
    let found = LISTS.iter().find(|list| list.to_lowercase() == name);
    found.map(|list| (*list).to_owned())
}

/// Monday 23 November 2026, 10:15.
pub(super) fn monday() -> NaiveDateTime {
    NaiveDate::from_ymd_opt(2026, 11, 23)
        .and_then(|day| day.and_hms_opt(10, 15, 0))
        .expect("a moment")
}

pub(super) fn context(keep: &[Range<usize>]) -> Context<'_> {
    Context {
        now: monday(),
        week_start: Weekday::Mon,
        numeric: NumericDates::DayFirst,
        symbols: Symbols::Todoist,
        lists: &find_list,
        create_lists: false,
        keep,
    }
}
