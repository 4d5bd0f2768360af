//! Due dates: what may be one, and what "overdue" means.
//!
//! A due date is a calendar day, with a time of day if somebody said one, in a zone if somebody
//! said one; without a zone it is wherever its owner is. Everything here is pure and takes the time
//! as an argument.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _};
use chrono_tz::Tz;

use super::when;
use crate::clock::Stamp;
use crate::error::{Refusal, Sentence};
use crate::words::Locale;

/// When a task is to be done by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// The day.
    pub on: NaiveDate,
    /// The time on that day, in whole minutes; none = the whole day.
    pub at: Option<NaiveTime>,
    /// Where that day and time are meant; none = wherever the owner is.
    pub zone: Option<Tz>,
}

/// The sort key of a task without a due date: after all that have one.
pub const NO_DUE: i64 = i64::MAX;
/// Keys of one day: a minute each, and one more for the whole day, which comes last.
const DAY: i64 = 24 * 60 + 1;

impl Due {
    /// The day and time for an owner in this zone.
    pub fn for_owner(&self, owner: Tz) -> (NaiveDate, Option<NaiveTime>) {
        match (self.at, self.zone) {
            (Some(_), Some(zone)) => {
                let local = when::local(when::instant(self.on, self.at, zone), owner);
                (local.date(), Some(local.time()))
            }
            (at, _) => (self.on, at),
        }
    }

    /// What due dates sort by, for an owner in this zone.
    pub fn key(&self, owner: Tz) -> i64 {
        let (on, at) = self.for_owner(owner);
        let minute = at.map_or(DAY - 1, minute_of_day);
        first_key(on) + minute
    }

    /// The instant that a program may count down to, if a time was said.
    pub fn instant(&self, owner: Tz) -> Option<Stamp> {
        self.at?;
        let instant = when::instant(self.on, self.at, self.zone.unwrap_or(owner));
        Some(Stamp::from_micros(instant.timestamp_micros()))
    }
}

/// The key below which everything was due before this day.
pub fn first_key(day: NaiveDate) -> i64 {
    i64::from(day.num_days_from_ce()) * DAY
}

/// The key below which everything is overdue.
pub fn overdue_key(now: NaiveDateTime) -> i64 {
    first_key(now.date()) + minute_of_day(now.time())
}

fn minute_of_day(time: NaiveTime) -> i64 {
    i64::from(time.hour()) * 60 + i64::from(time.minute())
}

/// Reads `HH:MM`, or `HH:MM:00` as browsers may send it.
pub fn parse_time(text: &str) -> Result<NaiveTime, Refusal> {
    let is_shaped = matches!(text.len(), 5 | 8) && text.is_ascii();
    let short = text.strip_suffix(":00").filter(|rest| rest.len() == 5);
    let time = is_shaped
        .then(|| NaiveTime::parse_from_str(short.unwrap_or(text), "%H:%M").ok())
        .flatten();
    time.ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_time);
        Refusal::new("due_time", "time", sentence)
    })
}

/// Reads the IANA name of a zone.
pub fn parse_zone(field: &'static str, text: &str) -> Result<Tz, Refusal> {
    text.parse().map_err(|_unknown| {
        let sentence = Sentence::Said(Locale::refused_zone);
        Refusal::new(field, "zone", sentence)
    })
}

/// Reads a due date, `YYYY-MM-DD` between 1970 and 9999.
pub fn parse(text: &str) -> Result<NaiveDate, Refusal> {
    parse_day("due_date", text)
}

/// Reads `YYYY-MM-DD` between 1970 and 9999.
pub fn parse_day(field: &'static str, text: &str) -> Result<NaiveDate, Refusal> {
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
            let sentence = Sentence::Said(Locale::refused_day);
            Refusal::new(field, "date", sentence)
        })
}

/// Whether its moment has passed for somebody who still has to do it.
pub fn is_overdue(due: &Due, owner: Tz, now: NaiveDateTime) -> bool {
    due.key(owner) < overdue_key(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse(text).expect("a day")
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

    fn due(on: &str, at: Option<&str>, zone: Option<Tz>) -> Due {
        Due {
            on: day(on),
            at: at.map(|at| parse_time(at).expect("a time")),
            zone,
        }
    }

    #[test]
    fn a_day_is_overdue_from_the_next_on_and_a_time_from_the_next_minute_on() {
        let owner = chrono_tz::Europe::Berlin;
        let now = day("2026-11-22").and_hms_opt(10, 15, 0).expect("a time");
        for (on, at, overdue) in [
            ("2026-11-22", None, false),
            ("2026-11-21", None, true),
            ("2026-11-22", Some("10:14"), true),
            ("2026-11-22", Some("10:15"), false),
            ("2026-11-23", Some("00:00"), false),
        ] {
            assert_eq!(
                is_overdue(&due(on, at, None), owner, now),
                overdue,
                "{on} {at:?}"
            );
        }
    }

    #[test]
    fn keys_sort_times_of_a_day_before_the_day_and_the_next_day_after_it() {
        let owner = chrono_tz::UTC;
        let keys = [
            due("2026-11-22", Some("00:00"), None).key(owner),
            due("2026-11-22", Some("23:59"), None).key(owner),
            due("2026-11-22", None, None).key(owner),
            due("2026-11-23", Some("00:00"), None).key(owner),
            NO_DUE,
        ];
        assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    }

    #[test]
    fn a_time_elsewhere_counts_as_the_owner_has_it() {
        let evening_in_new_york = due(
            "2026-11-22",
            Some("20:00"),
            Some(chrono_tz::America::New_York),
        );

        let (on, at) = evening_in_new_york.for_owner(chrono_tz::Europe::Berlin);

        assert_eq!((on, at), (day("2026-11-23"), parse_time("02:00").ok()));
    }

    #[test]
    fn what_is_no_time_of_day_is_refused() {
        for text in [
            "24:00", "9:30", "09:60", "09:30:15", "0930", "", "noon", "09:3٠",
        ] {
            assert!(parse_time(text).is_err(), "{text}");
        }
        assert_eq!(parse_time("09:30:00"), parse_time("09:30"));
    }
}
