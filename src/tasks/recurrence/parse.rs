//! Reads a rule, and says in a sentence what is wrong with one.
//!
//! RFC 5545, section 3.3.10, is followed to the letter where it forbids; on top of it come the
//! limits that keep a to-do list sane: nothing shorter than a day, or an hour for a task with a
//! time, and nothing that never happens.

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::walk::Walk;
use super::{End, Frequency, NthWeekday, Rule, RuleError};
use crate::error::Sentence;
use crate::words::Locale;

/// Longest text that is read at all, in bytes.
const TEXT_MAX: usize = 500;
const INTERVAL_MAX: u32 = 1000;
const COUNT_MAX: u32 = 10_000;

type Checked<T> = Result<T, RuleError>;
/// A sentence of the catalogue.
type Message = fn(Locale) -> &'static str;

impl Rule {
    /// Reads what a person or a program wrote, with or without `RRULE:`, in either case.
    ///
    /// `has_time` says whether the task is due at a time of day; a rule that was read with one has
    /// to be read again when the time is taken away and [`Rule::needs_time`]. UNTIL is local time,
    /// a `Z` behind it notwithstanding, and a whole day for tasks without a time.
    pub fn parse(text: &str, has_time: bool) -> Checked<Self> {
        let rule = read(text)?;
        rule.check_frequency(has_time)?;
        rule.check_parts()?;
        if !Walk::finds_anything(&rule) {
            return Err(refuse("never", Locale::refused_rule_never));
        }
        let end = match rule.end {
            End::Until(day, Some(_)) if !has_time => End::Until(day, None),
            End::Never | End::Count(_) | End::Until(..) => rule.end,
        };
        Ok(Self { end, ..rule })
    }

    /// A rule that was checked before it was stored; `None` when the row was edited by hand.
    pub fn stored(text: &str) -> Option<Self> {
        read(text).ok()
    }

    fn check_frequency(&self, has_time: bool) -> Checked<()> {
        if !has_time && self.needs_time() {
            return Err(refuse("too_often", Locale::refused_rule_needs_time));
        }
        if self.minutes.len() > 1 || self.seconds.len() > 1 {
            return Err(refuse("too_often", Locale::refused_rule_within_hour));
        }
        Ok(())
    }

    /// Which parts RFC 5545 lets stand together.
    fn check_parts(&self) -> Checked<()> {
        use Frequency::{Daily, Hourly, Monthly, Weekly, Yearly};

        let frequency = self.frequency;
        let has_nth = self.weekdays.iter().any(|on| on.nth != 0);
        let refusal: Option<Message> = if !self.week_numbers.is_empty() && frequency != Yearly {
            Some(Locale::refused_rule_week_numbers)
        } else if !self.year_days.is_empty() && matches!(frequency, Daily | Weekly | Monthly) {
            Some(Locale::refused_rule_year_days)
        } else if !self.month_days.is_empty() && frequency == Weekly {
            Some(Locale::refused_rule_month_days)
        } else if has_nth && matches!(frequency, Hourly | Daily | Weekly) {
            Some(Locale::refused_rule_nth_frequency)
        } else if has_nth && !self.week_numbers.is_empty() {
            Some(Locale::refused_rule_nth_week_numbers)
        } else if has_nth && frequency == Monthly && self.weekdays.iter().any(|on| on.nth.abs() > 5)
        {
            Some(Locale::refused_rule_nth_of_month)
        } else if !self.positions.is_empty() && self.has_nothing_but_positions() {
            Some(Locale::refused_rule_positions)
        } else {
            None
        };
        refusal.map_or(Ok(()), |message| Err(refuse("parts", message)))
    }

    fn has_nothing_but_positions(&self) -> bool {
        let rest = Self {
            positions: Vec::new(),
            ..self.clone()
        };
        !rest.has_by_part()
    }
}

/// Reads the parts one by one, without asking whether they make sense together.
fn read(text: &str) -> Checked<Rule> {
    let text = text.trim();
    if text.len() > TEXT_MAX {
        let sentence = Sentence::told(|say| say.refused_rule_long(TEXT_MAX));
        return Err(RuleError::new("too_long", sentence));
    }
    if text.chars().any(char::is_control) {
        return Err(refuse("control", Locale::refused_rule_control));
    }
    let text = text.to_ascii_uppercase();
    let parts = split(text.strip_prefix("RRULE:").unwrap_or(&text))?;
    let Some((_, frequency)) = parts.iter().find(|(name, _)| *name == "FREQ") else {
        return Err(refuse("frequency", Locale::refused_rule_no_frequency));
    };
    let mut rule = Rule::bare(read_frequency(frequency)?);
    for (name, value) in &parts {
        read_part(&mut rule, name, value)?;
    }
    Ok(rule)
}

fn split(text: &str) -> Checked<Vec<(&str, &str)>> {
    let mut seen = HashSet::new();
    // Some programs end a rule with a semicolon.
    let text = text.strip_suffix(';').unwrap_or(text);
    text.split(';')
        .map(|part| {
            let Some((name, value)) = part.split_once('=') else {
                return Err(refuse("shape", Locale::refused_rule_shape));
            };
            if !seen.insert(name) {
                let name = name.to_owned();
                let sentence = Sentence::told(move |say| say.refused_rule_twice(&name));
                return Err(RuleError::new("twice", sentence));
            }
            Ok((name, value))
        })
        .collect()
}

fn read_frequency(value: &str) -> Checked<Frequency> {
    match value {
        "HOURLY" => Ok(Frequency::Hourly),
        "DAILY" => Ok(Frequency::Daily),
        "WEEKLY" => Ok(Frequency::Weekly),
        "MONTHLY" => Ok(Frequency::Monthly),
        "YEARLY" => Ok(Frequency::Yearly),
        "MINUTELY" | "SECONDLY" => Err(refuse("too_often", Locale::refused_rule_too_often)),
        _ => Err(refuse("frequency", Locale::refused_rule_frequency)),
    }
}

fn read_part(rule: &mut Rule, name: &str, value: &str) -> Checked<()> {
    match name {
        "FREQ" => {}
        "INTERVAL" => rule.interval = read_limited(name, value, INTERVAL_MAX)?,
        "COUNT" => rule.set_end(End::Count(read_limited(name, value, COUNT_MAX)?))?,
        "UNTIL" => rule.set_end(read_until(value)?)?,
        "BYMONTH" => rule.months = read_numbers(name, value, 1, 12)?,
        "BYWEEKNO" => rule.week_numbers = read_numbers(name, value, -53, 53)?,
        "BYYEARDAY" => rule.year_days = read_numbers(name, value, -366, 366)?,
        "BYMONTHDAY" => rule.month_days = read_numbers(name, value, -31, 31)?,
        "BYHOUR" => rule.hours = read_numbers(name, value, 0, 23)?,
        "BYMINUTE" => rule.minutes = read_numbers(name, value, 0, 59)?,
        "BYSECOND" => rule.seconds = read_numbers(name, value, 0, 59)?,
        "BYSETPOS" => rule.positions = read_numbers(name, value, -366, 366)?,
        "BYDAY" => rule.weekdays = read_weekdays(value)?,
        "WKST" => {
            let refused = || refuse("value", Locale::refused_rule_week_start);
            rule.week_start = weekday(value).ok_or_else(refused)?;
        }
        _ => return Err(refuse("part", Locale::refused_rule_part)),
    }
    Ok(())
}

impl Rule {
    fn set_end(&mut self, end: End) -> Checked<()> {
        if self.end != End::Never {
            return Err(refuse("ends_twice", Locale::refused_rule_ends_twice));
        }
        self.end = end;
        Ok(())
    }
}

fn read_limited(name: &str, value: &str, most: u32) -> Checked<u32> {
    digits(value)
        .filter(|number| (1..=most).contains(number))
        .ok_or_else(|| {
            let name = name.to_owned();
            let sentence = Sentence::told(move |say| say.refused_rule_number(&name, most));
            RuleError::new("value", sentence)
        })
}

fn read_until(value: &str) -> Checked<End> {
    let (day, time) = match value.split_once('T') {
        Some((day, time)) => (day, Some(time.strip_suffix('Z').unwrap_or(time))),
        None => (value, None),
    };
    let moment = || {
        let day = NaiveDate::from_ymd_opt(
            digits(day.get(..4)?)?.cast_signed(),
            digits(day.get(4..6)?)?,
            digits(day.get(6..8).filter(|_| day.len() == 8)?)?,
        )?;
        let Some(time) = time else {
            return Some(End::Until(day, None));
        };
        let time = NaiveTime::from_hms_opt(
            digits(time.get(..2)?)?,
            digits(time.get(2..4)?)?,
            digits(time.get(4..6).filter(|_| time.len() == 6)?)?,
        )?;
        Some(End::Until(day, Some(time)))
    };
    moment().ok_or_else(|| refuse("value", Locale::refused_rule_until))
}

/// Whole numbers, sorted and once each; those from the end of the period last. 0 counts only where
/// `least` is 0.
fn read_numbers(name: &str, value: &str, least: i32, most: i32) -> Checked<Vec<i32>> {
    let number =
        |item: &str| signed(item).filter(|n| (least..=most).contains(n) && (*n != 0 || least == 0));
    let numbers: Option<Vec<i32>> = value.split(',').map(number).collect();
    let Some(mut numbers) = numbers else {
        let name = name.to_owned();
        let sentence = Sentence::told(move |say| {
            if least < 0 {
                say.refused_rule_numbers_from_end(&name, most, least)
            } else {
                say.refused_rule_numbers(&name, least, most)
            }
        });
        return Err(RuleError::new("value", sentence));
    };
    numbers.sort_unstable_by_key(|n| (*n < 0, *n));
    numbers.dedup();
    Ok(numbers)
}

fn read_weekdays(value: &str) -> Checked<Vec<NthWeekday>> {
    let on = |item: &str| {
        let (nth, code) = item.split_at_checked(item.len().checked_sub(2)?)?;
        let nth = match nth {
            "" => 0,
            nth => signed(nth).filter(|nth| (1..=53).contains(&nth.abs()))?,
        };
        let weekday = weekday(code)?;
        Some(NthWeekday { nth, weekday })
    };
    let weekdays: Option<Vec<NthWeekday>> = value.split(',').map(on).collect();
    let Some(mut weekdays) = weekdays else {
        return Err(refuse("value", Locale::refused_rule_weekdays));
    };
    weekdays.sort_unstable_by_key(|on| (on.nth < 0, on.nth, on.weekday.num_days_from_monday()));
    weekdays.dedup();
    Ok(weekdays)
}

fn weekday(code: &str) -> Option<Weekday> {
    match code {
        "MO" => Some(Weekday::Mon),
        "TU" => Some(Weekday::Tue),
        "WE" => Some(Weekday::Wed),
        "TH" => Some(Weekday::Thu),
        "FR" => Some(Weekday::Fri),
        "SA" => Some(Weekday::Sat),
        "SU" => Some(Weekday::Sun),
        _ => None,
    }
}

fn signed(text: &str) -> Option<i32> {
    let (sign, number) = match text.strip_prefix('-') {
        Some(number) => (-1, number),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    Some(sign * digits(number)?.cast_signed())
}

/// Up to five digits and nothing else; `u32::from_str` would let a sign through.
fn digits(text: &str) -> Option<u32> {
    let is_number = (1..=5).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn refuse(code: &'static str, message: Message) -> RuleError {
    RuleError::new(code, Sentence::Said(message))
}
