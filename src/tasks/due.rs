//! Due dates: what may be one, what "overdue" means and how a date is said aloud.
//!
//! Everything here is pure and takes today's date as an argument. Time zones end at the door; past
//! it, a due date is a calendar day and nothing more.

use chrono::{Datelike as _, NaiveDate};

use crate::error::Refusal;

/// Reads `YYYY-MM-DD` between 1970 and 9999.
pub fn parse(text: &str) -> Result<NaiveDate, Refusal> {
    let is_shaped = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match at {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let date = is_shaped
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten();
    date.filter(|date| (1970..=9999).contains(&date.year()))
        .ok_or_else(|| {
            let sentence = "write a day of the calendar as YYYY-MM-DD, from 1970 on";
            Refusal::new("due_date", "date", sentence)
        })
}

/// The day in words: near ones by name, far ones with their year.
pub fn in_words(due: NaiveDate, today: NaiveDate) -> String {
    match (due - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        _ if due.year() == today.year() => due.format("%a %-d %b").to_string(),
        2..=180 => due.format("%a %-d %b").to_string(),
        _ => due.format("%-d %b %Y").to_string(),
    }
}

/// Whether the day has passed for somebody who still has to do it.
pub fn is_overdue(due: NaiveDate, today: NaiveDate) -> bool {
    due < today
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse(text).expect("a day")
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = day("2026-11-22");
        for (due, words) in [
            ("2026-11-22", "today"),
            ("2026-11-23", "tomorrow"),
            ("2026-11-21", "yesterday"),
            ("2026-11-27", "Fri 27 Nov"),
            ("2026-01-02", "Fri 2 Jan"),
            ("2027-01-01", "Fri 1 Jan"),
            ("2028-02-29", "29 Feb 2028"),
            ("2025-12-31", "31 Dec 2025"),
        ] {
            assert_eq!(in_words(day(due), today), words, "{due}");
        }
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "0000-01-01",
            "1969-12-31",
            "2026-02-30",
            "+10000-01-01",
            "2026-1-1",
            "2026-01-01T00:00",
            "tomorrow",
            "",
            "2026/01/01",
            " 2026-01-01",
            "٢٠٢٦-01-01",
        ] {
            assert!(parse(text).is_err(), "{text}");
        }
        assert!(parse("9999-12-31").is_ok());
    }

    #[test]
    fn a_task_is_overdue_from_the_next_day_on() {
        assert!(!is_overdue(day("2026-11-22"), day("2026-11-22")));
        assert!(is_overdue(day("2026-11-21"), day("2026-11-22")));
    }
}
