//! Phrases that mean one day.
//!
//! Each is read against today: a day without a year is the next one, today included, but the name
//! of a weekday is never today.

use chrono::{Datelike as _, Days, Months, NaiveDate, NaiveDateTime, NaiveTime, Weekday};

use super::phrases::Place;
use super::words::{DayPart, Spelling, Unit, Word};

/// The last year a task can have.
const LAST_YEAR: i32 = 9999;
/// How many years ahead a day without a year is searched: 29 February skips eight around 2100.
const SEARCH_YEARS: i32 = 8;

/// What days are read against.
#[derive(Clone, Copy, Debug)]
pub(super) struct Today {
    pub(super) now: NaiveDateTime,
    /// The day on which weeks begin.
    pub(super) week_start: Weekday,
}

/// A day as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) date: NaiveDate,
    pub(super) time: Option<NaiveTime>,
    /// "tonight" and "this evening" say which part of the day.
    pub(super) part: Option<DayPart>,
    /// Whether the year was left open, so that a later one may be meant.
    pub(super) is_yearless: bool,
    /// Where the phrase has to stand to count.
    pub(super) place: Place,
}

/// What leads a day in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lead {
    Plain,
    From,
    Until,
}

/// Reads a day with the words that lead it in; answers how many words that took.
pub(super) fn read(words: &[Word], today: Today) -> Option<(Day, Lead, usize)> {
    let (lead, taken, promoted) = lead(words);
    let rest = words.get(taken..)?;
    if !promoted {
        let (day, length) = core(rest, today)?;
        return Some((day, lead, taken + length));
    }
    let article = usize::from(matches!(rest, [Word::The, ..]));
    let rest = rest.get(article..)?;
    let (day, length) = match core(rest, today) {
        Some((mut day, length)) => {
            day.place = match (rest, length) {
                // "on the 17th floor"
                ([Word::Ordinal(_), ..], 1) => Place::LinkedEnd,
                _ => Place::Anywhere,
            };
            (day, length)
        }
        None => (yearless_figures(rest, today)?, 1),
    };
    Some((day, lead, taken + article + length))
}

/// How many words lead in, and whether they make a doubtful day a certain one.
fn lead(words: &[Word]) -> (Lead, usize, bool) {
    match words {
        [Word::Due, Word::On | Word::By | Word::Colon, ..] => (Lead::Plain, 2, true),
        [Word::On | Word::By | Word::Due, ..] | [Word::At, Word::The, Word::End, ..] => {
            (Lead::Plain, 1, true)
        }
        [Word::From, Word::On, ..] => (Lead::From, 2, true),
        [Word::From, ..] => (Lead::From, 1, true),
        [Word::Until, ..] => (Lead::Until, 1, true),
        [Word::For, ..] => (Lead::Plain, 1, false),
        _ => (Lead::Plain, 0, false),
    }
}

/// Reads a day without anything in front of it.
pub(super) fn core(words: &[Word], today: Today) -> Option<(Day, usize)> {
    let date = today.now.date();
    near(words, date)
        .or_else(|| counted(words, today.now))
        .or_else(|| named(words, today))
        .or_else(|| calendar(words, date))
}

fn sure(date: Option<NaiveDate>, place: Place) -> Option<Day> {
    Some(Day {
        date: date.filter(|date| date.year() <= LAST_YEAR)?,
        time: None,
        part: None,
        is_yearless: false,
        place,
    })
}

fn near(words: &[Word], today: NaiveDate) -> Option<(Day, usize)> {
    let days = |count| today.checked_add_days(Days::new(count));
    let anywhere = |date| sure(date, Place::Anywhere);
    match words {
        [Word::Today, ..] => Some((anywhere(Some(today))?, 1)),
        [Word::Tonight, ..] => {
            let part = Some(DayPart::Tonight);
            let day = anywhere(Some(today))?;
            Some((Day { part, ..day }, 1))
        }
        [Word::This, Word::DayPart(part), ..] => {
            let part = Some(*part);
            let day = anywhere(Some(today))?;
            Some((Day { part, ..day }, 2))
        }
        [Word::Tomorrow, ..] => Some((anywhere(days(1))?, 1)),
        [Word::Unit(Unit::Day), Word::After, Word::Tomorrow, ..] => Some((anywhere(days(2))?, 3)),
        [
            Word::The,
            Word::Unit(Unit::Day),
            Word::After,
            Word::Tomorrow,
            ..,
        ] => Some((anywhere(days(2))?, 4)),
        _ => None,
    }
}

/// "in 3 days", "2 weeks from now".
fn counted(words: &[Word], now: NaiveDateTime) -> Option<(Day, usize)> {
    let (count, unit, length) = match words {
        [Word::In, Word::Number(count), Word::Unit(unit), ..] => (*count, *unit, 3),
        [Word::In, Word::A, Word::Unit(unit), ..] => (1, *unit, 3),
        [
            Word::Number(count),
            Word::Unit(unit),
            Word::From,
            Word::Now | Word::Today,
            ..,
        ] => (*count, *unit, 4),
        [
            Word::A,
            Word::Unit(unit),
            Word::From,
            Word::Now | Word::Today,
            ..,
        ] => (1, *unit, 4),
        _ => return None,
    };
    let minutes = match unit {
        Unit::Minute => i64::from(count),
        Unit::Hour => i64::from(count) * 60,
        Unit::Day | Unit::Week | Unit::Fortnight | Unit::Month | Unit::Quarter | Unit::Year => {
            let day = sure(later(now.date(), count, unit), Place::Anywhere)?;
            return Some((day, length));
        }
    };
    let moment = now.checked_add_signed(chrono::TimeDelta::try_minutes(minutes)?)?;
    let day = sure(Some(moment.date()), Place::Anywhere)?;
    let time = Some(to_the_minute(moment.time()));
    Some((Day { time, ..day }, length))
}

/// A day so many units after another; months clamp to their last day.
pub(super) fn later(date: NaiveDate, count: u32, unit: Unit) -> Option<NaiveDate> {
    let days = |each: u64| date.checked_add_days(Days::new(each * u64::from(count)));
    let months = |each: u32| date.checked_add_months(Months::new(count.checked_mul(each)?));
    match unit {
        Unit::Minute | Unit::Hour => Some(date),
        Unit::Day => days(1),
        Unit::Week => days(7),
        Unit::Fortnight => days(14),
        Unit::Month => months(1),
        Unit::Quarter => months(3),
        Unit::Year => months(12),
    }
}

/// Weekdays, weekends and the beginnings and ends of weeks, months and years.
fn named(words: &[Word], Today { now, week_start }: Today) -> Option<(Day, usize)> {
    let today = now.date();
    let this_week = today.week(week_start).checked_first_day()?;
    let of_week = |weeks: u64, day: Weekday| {
        this_week.checked_add_days(Days::new(weeks * 7 + u64::from(day.days_since(week_start))))
    };
    let first_of_month = today.with_day(1)?;
    let next_month = first_of_month.checked_add_months(Months::new(1));
    let next_year = NaiveDate::from_ymd_opt(today.year() + 1, 1, 1);
    match words {
        [
            Word::Next,
            Word::Weekday(day, Spelling::Full | Spelling::Doubtful),
            ..,
        ] => Some((sure(of_week(1, *day), Place::Anywhere)?, 2)),
        [
            Word::This,
            Word::Weekday(day, Spelling::Full | Spelling::Doubtful),
            ..,
        ] => Some((sure(on_or_after(today, *day), Place::Anywhere)?, 2)),
        [Word::This, Word::Weekend, ..] => {
            Some((sure(on_or_after(today, Weekday::Sat), Place::Edges)?, 2))
        }
        [Word::Next, Word::Weekend, ..] => Some((sure(of_week(1, Weekday::Sat), Place::Edges)?, 2)),
        [Word::Next, Word::Unit(Unit::Week), ..] => {
            Some((sure(of_week(1, week_start), Place::Edges)?, 2))
        }
        [Word::Next, Word::Unit(Unit::Month), ..] => Some((sure(next_month, Place::Edges)?, 2)),
        [Word::Next, Word::Unit(Unit::Year), ..] => Some((sure(next_year, Place::Edges)?, 2)),
        [Word::End, Word::Of, rest @ ..] => {
            let skipped = usize::from(matches!(rest, [Word::The | Word::This, ..]));
            let date = match rest.get(skipped..)? {
                [Word::Unit(Unit::Week), ..] => of_week(0, week_start.pred()),
                [Word::Unit(Unit::Month), ..] => next_month?.pred_opt(),
                [Word::Unit(Unit::Year), ..] => next_year?.pred_opt(),
                _ => None,
            };
            Some((sure(date, Place::Edges)?, 3 + skipped))
        }
        _ => None,
    }
}

fn on_or_after(day: NaiveDate, weekday: Weekday) -> Option<NaiveDate> {
    day.iter_days().take(7).find(|day| day.weekday() == weekday)
}

/// Days of the calendar, with or without the weekday's name in front.
fn calendar(words: &[Word], today: NaiveDate) -> Option<(Day, usize)> {
    let [
        Word::Weekday(day, spelling @ (Spelling::Full | Spelling::Doubtful)),
        rest @ ..,
    ] = words
    else {
        return month_day(words, today);
    };
    let comma = usize::from(matches!(rest, [Word::Comma, ..]));
    let rest = rest.get(comma..)?;
    let article = usize::from(matches!(rest, [Word::The, ..]));
    if let Some((day, length)) = month_day(rest.get(article..)?, today) {
        return Some((day, 1 + comma + article + length));
    }
    let place = match spelling {
        Spelling::Full => Place::Edges,
        Spelling::Doubtful | Spelling::Plural => Place::End,
    };
    let date = on_or_after(today.succ_opt()?, *day);
    Some((sure(date, place)?, 1))
}

fn month_day(words: &[Word], today: NaiveDate) -> Option<(Day, usize)> {
    let (day, month, spelling, length) = match words {
        [Word::Iso(date), ..] => return Some((sure(Some(*date), Place::Anywhere)?, 1)),
        [Word::IsoMoment(date, time), ..] => {
            let time = Some(*time);
            let day = sure(Some(*date), Place::Anywhere)?;
            return Some((Day { time, ..day }, 1));
        }
        [Word::Numeric(day, month, Some(year)), ..] => {
            let date = NaiveDate::from_ymd_opt(*year, *month, *day);
            return Some((sure(date, Place::Edges)?, 1));
        }
        [
            Word::Month(month, spelling),
            Word::Number(day) | Word::Ordinal(day),
            ..,
        ]
        | [
            Word::Number(day) | Word::Ordinal(day),
            Word::Month(month, spelling),
            ..,
        ] => (*day, *month, *spelling, 2),
        [
            Word::Ordinal(day),
            Word::Of,
            Word::Month(month, spelling),
            ..,
        ] => (*day, *month, *spelling, 3),
        [Word::Ordinal(day), ..] => return Some((day_of_month(*day, today)?, 1)),
        _ => return None,
    };
    if let Some((year, taken)) = year(words.get(length..)?) {
        let date = NaiveDate::from_ymd_opt(year, month, day);
        return Some((sure(date, Place::Anywhere)?, length + taken));
    }
    let place = match spelling {
        Spelling::Full => Place::Edges,
        Spelling::Doubtful | Spelling::Plural => Place::End,
    };
    Some((next_date(day, month, today, place)?, length))
}

fn year(words: &[Word]) -> Option<(i32, usize)> {
    let (year, taken) = match words {
        [Word::Number(year), ..] => (*year, 1),
        [Word::Comma, Word::Number(year), ..] => (*year, 2),
        _ => return None,
    };
    let year = i32::try_from(year).ok()?;
    (1970..=LAST_YEAR).contains(&year).then_some((year, taken))
}

/// "11/27", which counts only behind a word that leads in a day.
fn yearless_figures(words: &[Word], today: Today) -> Option<Day> {
    match words {
        [Word::Numeric(day, month, None), ..] => {
            next_date(*day, *month, today.now.date(), Place::Anywhere)
        }
        _ => None,
    }
}

fn next_date(day: u32, month: u32, today: NaiveDate, place: Place) -> Option<Day> {
    let date = (0..=SEARCH_YEARS)
        .filter_map(|years| NaiveDate::from_ymd_opt(today.year() + years, month, day))
        .find(|date| *date >= today);
    let day = sure(date, place)?;
    Some(Day {
        is_yearless: true,
        ..day
    })
}

/// The next such day of a month that has it.
fn day_of_month(day: u32, today: NaiveDate) -> Option<Day> {
    let first = today.with_day(1)?;
    let date = (0..3)
        .filter_map(|months| first.checked_add_months(Months::new(months))?.with_day(day))
        .find(|date| *date >= today);
    sure(date, Place::End)
}

fn to_the_minute(time: NaiveTime) -> NaiveTime {
    use chrono::Timelike as _;
    NaiveTime::from_hms_opt(time.hour(), time.minute(), 0).unwrap_or(time)
}
