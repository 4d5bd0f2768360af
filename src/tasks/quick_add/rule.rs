//! A repeat as RFC 5545 writes it, and its first day.
//!
//! Knows only the shapes the grammar makes. A rule typed verbatim is checked for its shape and kept
//! as it is; whether it makes sense is for the caller to say.

use chrono::{Datelike as _, Days, Months, NaiveDate, Weekday};

use super::words::Unit;

/// How far the first day of a rule is searched: two leap days, across a year such as 2100.
const SEARCH_DAYS: usize = 366 * 9;
/// Names of a rule's members, as RFC 5545 has them.
const MEMBERS: &[&str] = &[
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "WKST",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
];
const FREQUENCIES: &[&str] = &[
    "SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY",
];

/// How often, before any narrowing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// A repeat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: u32,
    pub(super) months: Vec<u32>,
    /// Days of the month; -1 is the last.
    pub(super) month_days: Vec<i32>,
    /// Weekdays; 0 is each, 3 the third and -1 the last of the month.
    pub(super) days: Vec<(i32, Weekday)>,
    /// Which of a month's matches; empty is all of them.
    pub(super) positions: Vec<i32>,
    /// Text that stands for the whole rule.
    pub(super) verbatim: Option<String>,
}

impl Rule {
    /// Makes a rule that repeats each so many units, counted from its first day.
    pub(super) fn each(count: u32, unit: Unit) -> Option<Self> {
        let (frequency, times) = match unit {
            Unit::Hour => (Frequency::Hourly, 1),
            Unit::Day => (Frequency::Daily, 1),
            Unit::Week => (Frequency::Weekly, 1),
            Unit::Fortnight => (Frequency::Weekly, 2),
            Unit::Month => (Frequency::Monthly, 1),
            Unit::Quarter => (Frequency::Monthly, 3),
            Unit::Year => (Frequency::Yearly, 1),
            // A task is at most hourly.
            Unit::Minute => return None,
        };
        let interval = count.checked_mul(times).filter(|interval| *interval > 0)?;
        Some(Self::new(frequency, interval))
    }

    pub(super) fn new(frequency: Frequency, interval: u32) -> Self {
        Self {
            frequency,
            interval,
            months: Vec::new(),
            month_days: Vec::new(),
            days: Vec::new(),
            positions: Vec::new(),
            verbatim: None,
        }
    }

    /// Takes a rule as typed when every member has a known name and a value, and `FREQ` a known one.
    pub(super) fn verbatim(text: &str) -> Option<Self> {
        let mut seen: Vec<String> = Vec::new();
        for member in text.split(';') {
            let (name, value) = member.split_once('=')?;
            let name = name.to_ascii_uppercase();
            let is_plain = !value.is_empty()
                && value
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || matches!(b, b',' | b'+' | b'-' | b':'));
            let is_known = MEMBERS.contains(&name.as_str()) && !seen.contains(&name);
            let is_frequency = FREQUENCIES.contains(&value.to_ascii_uppercase().as_str());
            if !is_plain || !is_known || name == "FREQ" && !is_frequency {
                return None;
            }
            seen.push(name);
        }
        if !seen.iter().any(|name| name == "FREQ") {
            return None;
        }
        Some(Self {
            verbatim: Some(text.to_owned()),
            ..read_simple(text).unwrap_or_else(|| Self::new(Frequency::Daily, 1))
        })
    }

    /// The first day of the rule on or after a day; that day itself when the rule is anchored by it.
    pub(super) fn first(&self, from: NaiveDate) -> NaiveDate {
        from.iter_days()
            .take(SEARCH_DAYS)
            .find(|day| self.has(*day))
            .unwrap_or(from)
    }

    /// The day after `first` when that one has already passed.
    pub(super) fn after(&self, first: NaiveDate) -> NaiveDate {
        let next = if self.is_narrowed() {
            first.succ_opt().map(|day| self.first(day))
        } else {
            match self.frequency {
                Frequency::Hourly | Frequency::Daily => {
                    first.checked_add_days(Days::new(self.interval.into()))
                }
                Frequency::Weekly => {
                    first.checked_add_days(Days::new(u64::from(self.interval) * 7))
                }
                Frequency::Monthly => first.checked_add_months(Months::new(self.interval)),
                Frequency::Yearly => {
                    first.checked_add_months(Months::new(self.interval.saturating_mul(12)))
                }
            }
        };
        next.unwrap_or(first)
    }

    /// Writes down the day an anchored rule would otherwise forget in a shorter month.
    pub(super) fn anchored(mut self, first: NaiveDate) -> Self {
        if self.is_narrowed() || self.verbatim.is_some() {
            return self;
        }
        let last = i32::try_from(first.day()).unwrap_or(28);
        match self.frequency {
            Frequency::Monthly if last > 28 => {}
            Frequency::Yearly if (first.month(), last) == (2, 29) => self.months = vec![2],
            Frequency::Hourly
            | Frequency::Daily
            | Frequency::Weekly
            | Frequency::Monthly
            | Frequency::Yearly => return self,
        }
        self.month_days = (28..=last).collect();
        self.positions = vec![-1];
        self
    }

    /// The text, ending on a day when one is given.
    pub(super) fn text(&self, until: Option<NaiveDate>) -> String {
        let until = until.map(|day| format!("UNTIL={}", day.format("%Y%m%d")));
        if let Some(verbatim) = &self.verbatim {
            let ends = verbatim.to_ascii_uppercase();
            return match until {
                Some(until) if !ends.contains("UNTIL=") && !ends.contains("COUNT=") => {
                    format!("{verbatim};{until}")
                }
                _ => verbatim.clone(),
            };
        }
        let frequency = match self.frequency {
            Frequency::Hourly => "HOURLY",
            Frequency::Daily => "DAILY",
            Frequency::Weekly => "WEEKLY",
            Frequency::Monthly => "MONTHLY",
            Frequency::Yearly => "YEARLY",
        };
        let mut members = vec![format!("FREQ={frequency}")];
        if self.interval > 1 {
            members.push(format!("INTERVAL={}", self.interval));
        }
        let days = self.days.iter().map(|(place, day)| match place {
            0 => code(*day).to_owned(),
            place => format!("{place}{}", code(*day)),
        });
        push_list(
            &mut members,
            "BYMONTH",
            self.months.iter().map(u32::to_string),
        );
        push_list(
            &mut members,
            "BYMONTHDAY",
            self.month_days.iter().map(i32::to_string),
        );
        push_list(&mut members, "BYDAY", days);
        push_list(
            &mut members,
            "BYSETPOS",
            self.positions.iter().map(i32::to_string),
        );
        members.extend(until);
        members.join(";")
    }

    fn is_narrowed(&self) -> bool {
        !(self.months.is_empty() && self.month_days.is_empty() && self.days.is_empty())
    }

    /// Whether a day is one of the rule's, whatever the interval says about its month or week.
    fn has(&self, day: NaiveDate) -> bool {
        if self.positions.is_empty() || !self.has_unplaced(day) {
            return self.has_unplaced(day);
        }
        let month = (1..=31).filter_map(|d| day.with_day(d));
        let matches: Vec<NaiveDate> = month.filter(|d| self.has_unplaced(*d)).collect();
        let place = matches.iter().position(|d| *d == day).unwrap_or(0) + 1;
        self.positions.iter().any(|wanted| {
            let wanted_abs = usize::try_from(wanted.unsigned_abs()).unwrap_or(0);
            if *wanted > 0 {
                place == wanted_abs
            } else {
                place + wanted_abs == matches.len() + 1
            }
        })
    }

    fn has_unplaced(&self, day: NaiveDate) -> bool {
        let date = i32::try_from(day.day()).unwrap_or(0);
        let length = i32::from(day.num_days_in_month());
        let in_month = self.months.is_empty() || self.months.contains(&day.month());
        let on_date = self.month_days.is_empty()
            || self.month_days.contains(&date)
            || self.month_days.contains(&(date - length - 1));
        let on_day = self.days.is_empty()
            || self.days.iter().any(|(place, weekday)| {
                day.weekday() == *weekday
                    && (*place == 0
                        || *place == (date - 1) / 7 + 1
                        || *place == -((length - date) / 7 + 1))
            });
        in_month && on_date && on_day
    }
}

/// Reads the members whose days are easily searched for; a rule with others starts today.
fn read_simple(text: &str) -> Option<Rule> {
    let upper = text.to_ascii_uppercase();
    let mut rule = Rule::new(Frequency::Daily, 1);
    for member in upper.split(';') {
        let (name, value) = member.split_once('=')?;
        match (name, value) {
            ("FREQ", "HOURLY") => rule.frequency = Frequency::Hourly,
            ("FREQ", "DAILY") => rule.frequency = Frequency::Daily,
            ("FREQ", "WEEKLY") => rule.frequency = Frequency::Weekly,
            ("FREQ", "MONTHLY") => rule.frequency = Frequency::Monthly,
            ("FREQ", "YEARLY") => rule.frequency = Frequency::Yearly,
            ("INTERVAL", _) => rule.interval = value.parse().ok().filter(|n| *n > 0)?,
            ("BYMONTH", _) => rule.months = list(value, |item| item.parse().ok())?,
            ("BYMONTHDAY", _) => rule.month_days = list(value, |item| item.parse().ok())?,
            ("BYDAY", _) => rule.days = list(value, placed_day)?,
            ("BYSETPOS", _) => rule.positions = list(value, |item| item.parse().ok())?,
            ("UNTIL" | "COUNT" | "WKST", _) => {}
            _ => return None,
        }
    }
    Some(rule)
}

fn placed_day(item: &str) -> Option<(i32, Weekday)> {
    let (place, name) = item.split_at_checked(item.len().checked_sub(2)?)?;
    let day = (0..7)
        .filter_map(|number| Weekday::try_from(number).ok())
        .find(|day| code(*day) == name)?;
    match place {
        "" => Some((0, day)),
        place => Some((place.parse().ok()?, day)),
    }
}

fn list<T>(value: &str, read: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').take(400).map(read).collect()
}

fn push_list(members: &mut Vec<String>, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        members.push(format!("{name}={}", items.join(",")));
    }
}

fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
