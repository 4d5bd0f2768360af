//! How a task repeats: a rule of RFC 5545, what it says aloud and which day comes next.
//!
//! Everything here is pure and in floating local time: a day and maybe a time of day, no zone and
//! no clock. `parse` reads what people and programs write, `walk` lays a rule out on the calendar,
//! `next` answers what a completed task needs, `words` says the rule aloud. Zones are in `when`.

mod next;
mod parse;
#[cfg(test)]
mod tests;
mod walk;
mod words;

use std::fmt;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Weekday};

pub use next::{Moment, Next};

use crate::error::Sentence;

/// Why a text is no rule for a task, in words for whoever wrote it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RuleError {
    /// Stable, for programs.
    pub code: &'static str,
    /// A lower-case clause, for people.
    pub sentence: Sentence,
}

impl RuleError {
    const fn new(code: &'static str, sentence: Sentence) -> Self {
        Self { code, sentence }
    }
}

/// A checked rule of RFC 5545 that repeats at most once a day, or once an hour.
///
/// Two rules that differ in spelling alone are equal: order of parts, case, doubled values and
/// defaults written out are gone after [`Rule::parse`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rule {
    frequency: Frequency,
    /// Periods from one to the next that counts, 1 to 1000.
    interval: u32,
    end: End,
    /// 1 to 12; empty here and below means the part is not in the rule.
    months: Vec<i32>,
    /// Negative numbers count from the end, here and in the next three and in `positions`.
    week_numbers: Vec<i32>,
    year_days: Vec<i32>,
    month_days: Vec<i32>,
    weekdays: Vec<NthWeekday>,
    hours: Vec<i32>,
    /// At most one, as are `seconds`: more would repeat within the hour.
    minutes: Vec<i32>,
    seconds: Vec<i32>,
    /// Which members of each period's set count, 1 being the first.
    positions: Vec<i32>,
    /// Where weeks begin, which matters to "every 2 weeks" and to week numbers.
    week_start: Weekday,
}

/// The period a rule steps by; ordered from short to long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Frequency {
    Hourly,
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// When the series is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Never,
    /// Occurrences left, the present one included.
    Count(u32),
    /// The last day, or the last moment of it, that may still be an occurrence.
    Until(NaiveDate, Option<NaiveTime>),
}

/// A weekday: each one when `nth` is 0, or the nth of its month or year, counted from the end when
/// negative.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct NthWeekday {
    nth: i32,
    weekday: Weekday,
}

impl NthWeekday {
    const fn each(weekday: Weekday) -> Self {
        Self { nth: 0, weekday }
    }
}

impl Rule {
    /// "Every month on this day", on the last day where the month is too short for it.
    ///
    /// Days outside 1 to 31 are taken as the nearest of these.
    pub fn clamped_monthly(day: u32) -> Self {
        Self::bare(Frequency::Monthly).clamped_to(day.clamp(1, 31))
    }

    /// "Every year on 29 February", on the 28th in years without one.
    pub fn clamped_leap_day() -> Self {
        let mut rule = Self::bare(Frequency::Yearly).clamped_to(29);
        rule.months = vec![2];
        rule
    }

    /// Writes into a rule what only its first day knew: that "every month" meant the 31st.
    ///
    /// Without this the 31st becomes the 28th in February and stays there. Rules that name their
    /// days themselves keep the meaning of RFC 5545, which skips short months. A rule counted from
    /// completion must not be rewritten: its next day depends on when the task was done.
    #[must_use]
    pub fn for_anchor(self, date: NaiveDate) -> Self {
        if date.day() <= 28 || self.has_by_part() {
            return self;
        }
        match self.frequency {
            Frequency::Monthly => self.clamped_to(date.day()),
            Frequency::Yearly if date.month() == 2 => Self {
                months: vec![2],
                ..self.clamped_to(date.day())
            },
            Frequency::Hourly | Frequency::Daily | Frequency::Weekly | Frequency::Yearly => self,
        }
    }

    /// The rule as it is stored, shown to programs and put into calendars, without `RRULE:`.
    pub fn text(&self) -> String {
        self.to_string()
    }

    /// Whether the rule means something only to a task that is due at a time of day.
    pub fn needs_time(&self) -> bool {
        self.frequency == Frequency::Hourly
            || !(self.hours.is_empty() && self.minutes.is_empty() && self.seconds.is_empty())
    }

    /// The shortest rule of a frequency: every period, for ever.
    fn bare(frequency: Frequency) -> Self {
        Self {
            frequency,
            interval: 1,
            end: End::Never,
            months: Vec::new(),
            week_numbers: Vec::new(),
            year_days: Vec::new(),
            month_days: Vec::new(),
            weekdays: Vec::new(),
            hours: Vec::new(),
            minutes: Vec::new(),
            seconds: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Mon,
        }
    }

    fn clamped_to(mut self, day: u32) -> Self {
        let day = day.cast_signed();
        self.month_days = (28.min(day)..=day).collect();
        if day > 28 {
            self.positions = vec![-1];
        }
        self
    }

    /// The day this rule clamps to the end of the month, when it has that form and no other part.
    fn clamped_day(&self) -> Option<i32> {
        let (first, last) = (self.month_days.first()?, self.month_days.last()?);
        let has_form = *first == 28 && *last > 28 && self.positions == [-1];
        let clamped = Self {
            end: self.end,
            interval: self.interval,
            months: self.months.clone(),
            week_start: self.week_start,
            ..Self::bare(self.frequency).clamped_to(last.unsigned_abs())
        };
        (has_form && *self == clamped).then_some(*last)
    }

    fn has_by_part(&self) -> bool {
        !self.weekdays.is_empty() || self.by_numbers().any(|(_, list)| !list.is_empty())
    }

    /// The parts that are lists of numbers, by name, in the order they are written.
    fn by_numbers(&self) -> impl Iterator<Item = (&'static str, &Vec<i32>)> {
        [
            ("BYMONTH", &self.months),
            ("BYWEEKNO", &self.week_numbers),
            ("BYYEARDAY", &self.year_days),
            ("BYMONTHDAY", &self.month_days),
            ("BYHOUR", &self.hours),
            ("BYMINUTE", &self.minutes),
            ("BYSECOND", &self.seconds),
            ("BYSETPOS", &self.positions),
        ]
        .into_iter()
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "FREQ={}", self.frequency.code())?;
        if self.interval != 1 {
            write!(f, ";INTERVAL={}", self.interval)?;
        }
        match self.end {
            End::Never => {}
            End::Count(count) => write!(f, ";COUNT={count}")?,
            End::Until(day, None) => write!(f, ";UNTIL={}", day.format("%Y%m%d"))?,
            End::Until(day, Some(time)) => {
                write!(f, ";UNTIL={}", day.and_time(time).format("%Y%m%dT%H%M%S"))?;
            }
        }
        for (name, list) in self.by_numbers() {
            // BYDAY stands after the parts that are about days and before those about time.
            if name == "BYHOUR" {
                write_list(f, "BYDAY", &self.weekdays)?;
            }
            write_list(f, name, list)?;
        }
        if self.week_start != Weekday::Mon {
            write!(f, ";WKST={}", weekday_code(self.week_start))?;
        }
        Ok(())
    }
}

impl fmt::Display for NthWeekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.nth != 0 {
            write!(f, "{}", self.nth)?;
        }
        f.write_str(weekday_code(self.weekday))
    }
}

impl Frequency {
    const fn code(self) -> &'static str {
        match self {
            Self::Hourly => "HOURLY",
            Self::Daily => "DAILY",
            Self::Weekly => "WEEKLY",
            Self::Monthly => "MONTHLY",
            Self::Yearly => "YEARLY",
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, name: &str, list: &[impl fmt::Display]) -> fmt::Result {
    for (at, item) in list.iter().enumerate() {
        if at == 0 {
            write!(f, ";{name}={item}")?;
        } else {
            write!(f, ",{item}")?;
        }
    }
    Ok(())
}

const fn weekday_code(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
