//! Lays a rule out on the calendar: its occurrences in order, from any period on.
//!
//! A period is a year, month, week, day or hour, whichever the rule steps by. Periods have numbers,
//! so a series from 1970 is entered at today's without a step in between, and a rule that never
//! comes round is given up on. Years end with 9999, as due dates do.

use std::vec::IntoIter;

use chrono::{Datelike as _, Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

use super::{Frequency, NthWeekday, Rule};

/// Years after which every kind of year has been there: each weekday to begin with, after a leap
/// year and not, and leap years. It takes a start in 2000, because 2100 is out of step.
const KINDS_OF_YEARS: i64 = 28;

const LAST_YEAR: i32 = 9999;

/// The occurrences of a rule that come after its anchor, without regard to where the rule ends.
pub(super) struct Walk {
    /// With everything in place that the rule leaves to the anchor.
    rule: Rule,
    anchor: NaiveDateTime,
    /// Number of the period to look at next; the anchor is in 0.
    period: i64,
    found: IntoIter<NaiveDateTime>,
    /// Periods that may be looked at between two occurrences, and how many are left of them.
    patience: i64,
    left: i64,
}

/// A stretch of whole days; one of its hours when the rule is hourly.
struct Period {
    first: NaiveDate,
    days: u32,
    hour: Option<u32>,
}

impl Walk {
    /// Enters the series that `anchor` belongs to at the period of `from`.
    pub(super) fn new(rule: &Rule, anchor: NaiveDateTime, from: NaiveDateTime) -> Self {
        let rule = completed_by(rule, anchor);
        let period = periods_until(&rule, anchor, from).max(0);
        let patience = periods_in_a_turn(&rule, anchor);
        Self {
            rule,
            anchor,
            period,
            found: Vec::new().into_iter(),
            patience,
            left: patience,
        }
    }

    /// Whether the rule comes round at all, from a start that leaves it every freedom.
    pub(super) fn finds_anything(rule: &Rule) -> bool {
        let mut rule = rule.clone();
        rule.interval = 1;
        let start = NaiveDate::from_yo_opt(2000, 1).unwrap_or_default();
        let start = start.and_time(NaiveTime::MIN);
        let mut walk = Self::new(&rule, start, start);
        walk.left = walk.left * KINDS_OF_YEARS / 400 + 1;
        walk.next().is_some()
    }

    /// Looks at one period; `None` when the calendar is over.
    fn look(&mut self) -> Option<()> {
        let period = period(&self.rule, self.anchor, self.period)?;
        self.period += 1;
        self.left -= 1;
        let days: Vec<NaiveDate> = period
            .first
            .iter_days()
            .take(usize::try_from(period.days).ok()?)
            .filter(|day| has_day(&self.rule, *day))
            .collect();
        if days.is_empty() {
            self.pass_over(period.first);
        } else {
            let times = times(&self.rule, period.hour);
            self.found = picked(&self.rule.positions, &days, &times).into_iter();
        }
        Some(())
    }

    /// Leaves out the other hours of a day that is not in the rule, and the other days of a month.
    fn pass_over(&mut self, day: NaiveDate) {
        if self.rule.frequency > Frequency::Daily {
            return;
        }
        let is_month_out = !has_month(&self.rule, day);
        let last = if is_month_out {
            day.with_day(days_in_month(day)).unwrap_or(day)
        } else {
            day
        };
        if let Some(evening) = last.and_hms_opt(23, 59, 59) {
            let next = periods_until(&self.rule, self.anchor, evening) + 1;
            self.period = self.period.max(next);
        }
    }
}

impl Iterator for Walk {
    type Item = NaiveDateTime;

    fn next(&mut self) -> Option<NaiveDateTime> {
        loop {
            let anchor = self.anchor;
            if let Some(moment) = self.found.find(|moment| *moment > anchor) {
                self.left = self.patience;
                return (moment.year() <= LAST_YEAR).then_some(moment);
            }
            if self.left <= 0 {
                return None;
            }
            self.look()?;
        }
    }
}

/// How many periods of the rule pass before dates and weekdays have been in all places they can.
///
/// The calendar repeats after 400 years. A rule that steps by more than one period is back where it
/// began after as many steps as it takes both to meet. Without an occurrence until then there is
/// none at all.
fn periods_in_a_turn(rule: &Rule, anchor: NaiveDateTime) -> i64 {
    let interval = i64::from(rule.interval);
    let days = 146_097;
    let shared = |periods| periods / common_divisor(periods, interval);
    match rule.frequency {
        Frequency::Yearly => shared(400),
        Frequency::Monthly => shared(400 * 12),
        Frequency::Weekly => shared(days / 7),
        Frequency::Daily => shared(days),
        // In theory 24 times as many; but a day that is out takes one look, not 24.
        Frequency::Hourly if meets_hours(rule, anchor) => days,
        Frequency::Hourly => 0,
    }
}

/// Whether an hourly rule ever comes to one of its hours: every 2 hours from 8 never meets 9.
fn meets_hours(rule: &Rule, anchor: NaiveDateTime) -> bool {
    let common = common_divisor(24, i64::from(rule.interval));
    let apart = |hour: i32| i64::from(hour) - i64::from(anchor.hour());
    rule.hours.is_empty() || rule.hours.iter().any(|hour| apart(*hour) % common == 0)
}

fn common_divisor(one: i64, other: i64) -> i64 {
    let (mut common, mut rest) = (one, other);
    while rest != 0 {
        (common, rest) = (rest, common % rest);
    }
    common
}

/// Fills in what RFC 5545 takes from the start of the series when the rule is silent.
fn completed_by(rule: &Rule, anchor: NaiveDateTime) -> Rule {
    let mut rule = rule.clone();
    let names_days = !(rule.month_days.is_empty() && rule.year_days.is_empty());
    let names_weekdays = !rule.weekdays.is_empty();
    let names_weeks = !rule.week_numbers.is_empty();
    let weekday = NthWeekday::each(anchor.weekday());
    match rule.frequency {
        Frequency::Weekly if !names_weekdays => rule.weekdays = vec![weekday],
        Frequency::Monthly | Frequency::Yearly if names_days || names_weekdays => {}
        Frequency::Yearly if names_weeks => rule.weekdays = vec![weekday],
        Frequency::Yearly => {
            rule.month_days = vec![anchor.day().cast_signed()];
            if rule.months.is_empty() {
                rule.months = vec![anchor.month().cast_signed()];
            }
        }
        Frequency::Monthly => rule.month_days = vec![anchor.day().cast_signed()],
        Frequency::Hourly | Frequency::Daily | Frequency::Weekly => {}
    }
    if rule.hours.is_empty() && rule.frequency != Frequency::Hourly {
        rule.hours = vec![anchor.hour().cast_signed()];
    }
    if rule.minutes.is_empty() {
        rule.minutes = vec![anchor.minute().cast_signed()];
    }
    if rule.seconds.is_empty() {
        rule.seconds = vec![anchor.second().cast_signed()];
    }
    rule
}

/// The number of the last period that begins at or before `moment`.
fn periods_until(rule: &Rule, anchor: NaiveDateTime, moment: NaiveDateTime) -> i64 {
    let months = |at: NaiveDateTime| i64::from(at.year()) * 12 + i64::from(at.month0());
    let days = |from: NaiveDate, to: NaiveDate| (to - from).num_days();
    let units = match rule.frequency {
        Frequency::Yearly => i64::from(moment.year()) - i64::from(anchor.year()),
        Frequency::Monthly => months(moment) - months(anchor),
        Frequency::Weekly => days(week_of(rule, anchor.date()), moment.date()).div_euclid(7),
        Frequency::Daily => days(anchor.date(), moment.date()),
        Frequency::Hourly => (moment - hour_of(anchor)).num_seconds().div_euclid(60 * 60),
    };
    units.div_euclid(i64::from(rule.interval))
}

/// The period of that number; `None` past the end of the calendar.
fn period(rule: &Rule, anchor: NaiveDateTime, number: i64) -> Option<Period> {
    let steps = number.checked_mul(i64::from(rule.interval))?;
    let days_on =
        |from: NaiveDate, days: i64| from.checked_add_days(Days::new(u64::try_from(days).ok()?));
    let (first, days, hour) = match rule.frequency {
        Frequency::Yearly => {
            let year = i32::try_from(i64::from(anchor.year()) + steps).ok()?;
            let first = NaiveDate::from_yo_opt(year, 1)?;
            (first, days_in_year(first), None)
        }
        Frequency::Monthly => {
            let months = i64::from(anchor.year()) * 12 + i64::from(anchor.month0()) + steps;
            let year = i32::try_from(months.div_euclid(12)).ok()?;
            let month = u32::try_from(months.rem_euclid(12)).ok()? + 1;
            let first = NaiveDate::from_ymd_opt(year, month, 1)?;
            (first, days_in_month(first), None)
        }
        Frequency::Weekly => {
            let first = days_on(week_of(rule, anchor.date()), steps.checked_mul(7)?)?;
            (first, 7, None)
        }
        Frequency::Daily => (days_on(anchor.date(), steps)?, 1, None),
        Frequency::Hourly => {
            let begin = hour_of(anchor).checked_add_signed(TimeDelta::try_hours(steps)?)?;
            (begin.date(), 1, Some(begin.hour()))
        }
    };
    (first.year() <= LAST_YEAR).then_some(Period { first, days, hour })
}

/// Whether the parts of the rule that are about days let this one through.
fn has_day(rule: &Rule, day: NaiveDate) -> bool {
    has_month(rule, day)
        && has_weekday(rule, day)
        && (rule.month_days.is_empty() || counts(&rule.month_days, day.day(), days_in_month(day)))
        && (rule.year_days.is_empty() || counts(&rule.year_days, day.ordinal(), days_in_year(day)))
        && (rule.week_numbers.is_empty() || has_week_number(rule, day))
}

fn has_month(rule: &Rule, day: NaiveDate) -> bool {
    rule.months.is_empty() || rule.months.contains(&day.month().cast_signed())
}

fn has_weekday(rule: &Rule, day: NaiveDate) -> bool {
    let weekday = day.weekday();
    // "The 2nd Friday" is one of the month, unless the rule is about years and names no month.
    let in_year = rule.frequency == Frequency::Yearly && rule.months.is_empty();
    let is_nth = |nth: i32| {
        let (at, length) = if in_year {
            (day.ordinal0(), days_in_year(day))
        } else {
            (day.day0(), days_in_month(day))
        };
        nth == (at / 7 + 1).cast_signed() || -nth == ((length - 1 - at) / 7 + 1).cast_signed()
    };
    rule.weekdays.is_empty()
        || rule
            .weekdays
            .iter()
            .any(|on| on.weekday == weekday && (on.nth == 0 || is_nth(on.nth)))
}

/// Weeks belong to the year that has most of their days, as in ISO 8601, whatever day they start.
fn has_week_number(rule: &Rule, day: NaiveDate) -> bool {
    let Some(middle) = week_of(rule, day).checked_add_days(Days::new(3)) else {
        return false;
    };
    let before = middle.ordinal0() / 7;
    let behind = (days_in_year(middle) - middle.ordinal()) / 7;
    counts(&rule.week_numbers, before + 1, before + 1 + behind)
}

/// Whether a list names the nth of so many, from either end.
fn counts(list: &[i32], nth: u32, of: u32) -> bool {
    let (nth, of) = (nth.cast_signed(), of.cast_signed());
    list.contains(&nth) || list.contains(&(nth - of - 1))
}

fn times(rule: &Rule, hour: Option<u32>) -> Vec<NaiveTime> {
    let hours = match hour.map(u32::cast_signed) {
        None => rule.hours.clone(),
        Some(hour) if rule.hours.is_empty() || rule.hours.contains(&hour) => vec![hour],
        Some(_) => Vec::new(),
    };
    let time = |hour: i32| {
        let (minute, second) = (rule.minutes.first()?, rule.seconds.first()?);
        NaiveTime::from_hms_opt(
            hour.unsigned_abs(),
            minute.unsigned_abs(),
            second.unsigned_abs(),
        )
    };
    hours.into_iter().filter_map(time).collect()
}

/// The moments of a period: all, or those at the positions asked for, in order and once each.
fn picked(positions: &[i32], days: &[NaiveDate], times: &[NaiveTime]) -> Vec<NaiveDateTime> {
    if positions.is_empty() {
        return days
            .iter()
            .flat_map(|day| times.iter().map(|time| day.and_time(*time)))
            .collect();
    }
    let all = days.len() * times.len();
    let moment = |position: &i32| {
        let step = usize::try_from(position.unsigned_abs()).ok()?;
        let at = if *position > 0 {
            step.checked_sub(1)?
        } else {
            all.checked_sub(step)?
        };
        let day = days.get(at.checked_div(times.len())?)?;
        Some(day.and_time(*times.get(at.checked_rem(times.len())?)?))
    };
    let mut moments: Vec<_> = positions.iter().filter_map(moment).collect();
    moments.sort_unstable();
    moments.dedup();
    moments
}

/// The first day of the week that a day is in, by the rule's own start of the week.
fn week_of(rule: &Rule, day: NaiveDate) -> NaiveDate {
    let into = day.weekday().days_since(rule.week_start);
    day.checked_sub_days(Days::new(into.into())).unwrap_or(day)
}

fn hour_of(moment: NaiveDateTime) -> NaiveDateTime {
    let past = moment.minute() * 60 + moment.second();
    moment - TimeDelta::seconds(past.into())
}

fn days_in_month(day: NaiveDate) -> u32 {
    day.num_days_in_month().into()
}

fn days_in_year(day: NaiveDate) -> u32 {
    if day.leap_year() { 366 } else { 365 }
}
