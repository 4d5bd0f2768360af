//! Filtering by due date: words and ranges.

use std::ops::Range;

use chrono::{Days, NaiveDate, NaiveDateTime};

use crate::error::{Refusal, Sentence};
use crate::tasks::due::{NO_DUE, first_key, overdue_key, parse_day};
use crate::words::Locale;

/// When a task is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DueFilter {
    /// At some time today.
    Today,
    /// Before now.
    Overdue,
    /// Today or on one of the next six days.
    Week,
    /// At no time.
    None,
    /// From one day to another, both included; an open end has no bound.
    Range(Option<Edge>, Option<Edge>),
}

/// One end of a range of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Whatever day it is.
    Today,
    /// This day.
    Day(NaiveDate),
}

impl DueFilter {
    /// Everything up to the end of today.
    pub const BY_TODAY: Self = Self::Range(None, Some(Edge::Today));
    /// Everything that has a due date.
    pub const SOME: Self = Self::Range(None, None);

    /// Reads `today`, `overdue`, `week`, `none`, or `FROM..TO`, where each end is a day, `today` or
    /// nothing.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let refuse = || {
            let sentence = Sentence::Said(Locale::refused_filter_due);
            Refusal::new("due", "unknown", sentence)
        };
        match text {
            "today" => return Ok(Self::Today),
            "overdue" => return Ok(Self::Overdue),
            "week" => return Ok(Self::Week),
            "none" => return Ok(Self::None),
            _ => {}
        }
        let (from, to) = text.split_once("..").ok_or_else(refuse)?;
        let edge = |text: &str| match text {
            "" => Ok(None),
            "today" => Ok(Some(Edge::Today)),
            day => parse_day("due", day).map(|day| Some(Edge::Day(day))),
        };
        Ok(Self::Range(
            edge(from).map_err(|_shape| refuse())?,
            edge(to).map_err(|_shape| refuse())?,
        ))
    }

    /// What [`DueFilter::parse`] reads.
    pub fn text(self) -> String {
        let edge = |edge: Option<Edge>| match edge {
            None => String::new(),
            Some(Edge::Today) => "today".to_owned(),
            Some(Edge::Day(day)) => day.to_string(),
        };
        match self {
            Self::Today => "today".to_owned(),
            Self::Overdue => "overdue".to_owned(),
            Self::Week => "week".to_owned(),
            Self::None => "none".to_owned(),
            Self::Range(from, to) => format!("{}..{}", edge(from), edge(to)),
        }
    }

    /// The sort keys of the due dates that are meant, for an owner whose clock shows `now`; none =
    /// tasks without a due date.
    pub fn keys(self, now: NaiveDateTime) -> Option<Range<i64>> {
        let today = now.date();
        let day_after = |day: NaiveDate, days: u64| match day.checked_add_days(Days::new(days)) {
            Some(day) => first_key(day),
            None => NO_DUE,
        };
        let day = |edge: Edge| match edge {
            Edge::Today => today,
            Edge::Day(day) => day,
        };
        let keys = match self {
            Self::None => return None,
            Self::Today => first_key(today)..day_after(today, 1),
            Self::Overdue => 0..overdue_key(now),
            Self::Week => first_key(today)..day_after(today, 7),
            Self::Range(from, to) => {
                let from = from.map_or(0, |from| first_key(day(from)));
                let to = to.map_or(NO_DUE, |to| day_after(day(to), 1));
                from..to
            }
        };
        Some(keys)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tasks::Due;

    #[test]
    fn every_filter_is_read_back() {
        for text in [
            "today",
            "overdue",
            "week",
            "none",
            "..",
            "..today",
            "today..",
            "2026-01-01..",
            "2026-01-01..2026-02-28",
            "..2026-01-01",
            "today..2026-12-31",
        ] {
            assert_eq!(
                DueFilter::parse(text).map(DueFilter::text),
                Ok(text.to_owned())
            );
        }
        for text in [
            "",
            "tomorrow",
            "2026-01-01",
            "2026-02-30..",
            "...",
            "a..b",
            "..today..",
        ] {
            assert!(DueFilter::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn words_mean_the_owner_s_days() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        let now = day("2026-11-23").and_hms_opt(10, 15, 0).expect("a time");
        let key = |on: &str| {
            let due = Due {
                on: day(on),
                at: None,
                zone: None,
            };
            due.key(chrono_tz::UTC)
        };
        for (text, inside, outside) in [
            ("today", "2026-11-23", "2026-11-24"),
            ("overdue", "2026-11-22", "2026-11-23"),
            ("week", "2026-11-29", "2026-11-30"),
            ("..today", "2020-01-01", "2026-11-24"),
            ("2026-12-01..2026-12-24", "2026-12-24", "2026-12-25"),
            ("..9999-12-31", "9999-12-31", "9999-12-31"),
        ] {
            let keys = DueFilter::parse(text)
                .expect("a filter")
                .keys(now)
                .expect("keys");
            assert!(keys.contains(&key(inside)), "{text} {inside}");
            assert!(
                inside == outside || !keys.contains(&key(outside)),
                "{text} {outside}"
            );
        }
    }
}
