//! What is written with digits: counts, ordinals, times and dates in figures.
//!
//! Only ASCII digits count, and only shapes that nobody writes by accident: "1.2.3" is a version
//! and "9.30" a price, so both are text.

use chrono::{NaiveDate, NaiveTime};

use super::NumericDates;
use super::words::{Half, Word};

/// Years a task can have.
const YEARS: std::ops::RangeInclusive<i32> = 1970..=9999;

/// Reads one word in lower case that starts with a digit.
pub(super) fn read(text: &str, order: NumericDates) -> Option<Word> {
    if !text.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    count(text)
        .or_else(|| ordinal(text))
        .or_else(|| clock(text))
        .or_else(|| iso(text))
        .or_else(|| figures(text, order))
}

/// Joins an hour and its half of the clock; noon and midnight are 12.
pub(super) fn hour_of(hour: u32, half: Half) -> Option<u32> {
    (1..=12).contains(&hour).then_some(match half {
        Half::Am => hour % 12,
        Half::Pm => hour % 12 + 12,
    })
}

fn count(text: &str) -> Option<Word> {
    digits(text, 1, 4).map(Word::Number)
}

fn ordinal(text: &str) -> Option<Word> {
    let number = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|ending| text.strip_suffix(ending))?;
    let number = digits(number, 1, 2)?;
    (1..=31).contains(&number).then_some(Word::Ordinal(number))
}

/// Reads "9am", "9:30pm", "9.30pm" and "17:30".
fn clock(text: &str) -> Option<Word> {
    let halved = [("am", Half::Am), ("pm", Half::Pm)]
        .iter()
        .find_map(|(ending, half)| Some((text.strip_suffix(ending)?, *half)))
        .or_else(|| Some((text.strip_suffix("a.m")?, Half::Am)))
        .or_else(|| Some((text.strip_suffix("p.m")?, Half::Pm)));
    if let Some((text, half)) = halved {
        let (hour, minute) = text.split_once([':', '.']).unwrap_or((text, "00"));
        let hour = hour_of(digits(hour, 1, 2)?, half)?;
        let time = NaiveTime::from_hms_opt(hour, digits(minute, 2, 2)?, 0)?;
        return Some(Word::Clock { time, exact: true });
    }
    let (hour, minute) = text.split_once(':')?;
    let exact = hour.len() == 2 && digits(hour, 2, 2)? > 12 || hour.starts_with('0');
    let time = NaiveTime::from_hms_opt(digits(hour, 1, 2)?, digits(minute, 2, 2)?, 0)?;
    Some(Word::Clock { time, exact })
}

/// Reads "2026-11-27" and "2026-11-27t09:00".
fn iso(text: &str) -> Option<Word> {
    let (date, time) = match text.split_once('t') {
        Some((date, time)) => (date, Some(time)),
        None => (text, None),
    };
    let mut fields = date.split('-');
    let (year, month, day) = (fields.next()?, fields.next()?, fields.next()?);
    let is_short = fields.next().is_none();
    let date = day_of(
        digits(day, 2, 2)?,
        digits(month, 2, 2)?,
        year_of(year.len() == 4, year)?,
    )
    .filter(|_| is_short)?;
    let Some(time) = time else {
        return Some(Word::Iso(date));
    };
    let (hour, rest) = time.split_once(':')?;
    let minute = rest.strip_suffix(":00").unwrap_or(rest);
    let time = NaiveTime::from_hms_opt(digits(hour, 2, 2)?, digits(minute, 2, 2)?, 0)?;
    Some(Word::IsoMoment(date, time))
}

/// Reads "11/27", "27/11/2026", "27.11.2026", "27-11-2026" and "2026/11/27".
fn figures(text: &str, order: NumericDates) -> Option<Word> {
    let mark = text.chars().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '/' | '.' | '-') {
        return None;
    }
    let mut fields = text.split(mark);
    let (first, second) = (fields.next()?, fields.next()?);
    let third = fields.next();
    if fields.next().is_some() {
        return None;
    }
    if let (4, '/', Some(day)) = (first.len(), mark, third) {
        let (day, month) = (digits(day, 1, 2)?, digits(second, 1, 2)?);
        let year = year_of(true, first)?;
        return day_of(day, month, year).map(|_| Word::Numeric(day, month, Some(year)));
    }
    let year = match third {
        Some(year) => Some(year_of(mark == '/', year)?),
        // "1.5" and "11-27" are numbers and ranges far more often than days.
        None if mark == '/' => None,
        None => return None,
    };
    let (first, second) = (digits(first, 1, 2)?, digits(second, 1, 2)?);
    let day_first = (first, second);
    let month_first = (second, first);
    // With dots the day always leads. Otherwise the other order is only taken when the expected
    // one is no day of any calendar.
    let orders = match (mark, order) {
        ('.', _) => [day_first, day_first],
        (_, NumericDates::DayFirst) => [day_first, month_first],
        (_, NumericDates::MonthFirst) => [month_first, day_first],
    };
    let (day, month) = orders
        .into_iter()
        .find(|(day, month)| day_of(*day, *month, year.unwrap_or(2000)).is_some())?;
    Some(Word::Numeric(day, month, year))
}

/// Reads four digits, or two of this century where `short` allows it.
fn year_of(short: bool, text: &str) -> Option<i32> {
    let number = i32::try_from(digits(text, 2, 4)?).ok()?;
    match text.len() {
        4 => YEARS.contains(&number).then_some(number),
        2 if short => Some(2000 + number),
        _ => None,
    }
}

fn day_of(day: u32, month: u32, year: i32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day)
}

fn digits(text: &str, least: usize, most: usize) -> Option<u32> {
    let is_number =
        (least..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}
