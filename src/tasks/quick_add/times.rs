//! Phrases that mean a time of day.
//!
//! Times are read as on a 24-hour clock unless "am", "pm" or a part of the day says otherwise:
//! "at 5" is 05:00.

use chrono::{NaiveTime, Timelike as _};

use super::numbers;
use super::phrases::Place;
use super::words::{DayPart, Word};

/// A time as it was said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Time {
    /// A time of the clock; unless exact, a part of the day may move it by twelve hours.
    Clock { time: NaiveTime, exact: bool },
    /// A part of the day.
    Part(DayPart),
}

/// Reads a time; answers where it has to stand to count, and how many words it took.
pub(super) fn read(words: &[Word]) -> Option<(Time, Place, usize)> {
    if let [Word::In, Word::The, Word::DayPart(part), ..] = words {
        return Some((Time::Part(*part), Place::LinkedEnd, 3));
    }
    if let [Word::DayPart(part), ..] = words {
        return Some((Time::Part(*part), Place::Joined, 1));
    }
    if let [Word::At, Word::DayPart(part @ DayPart::Night), ..] = words {
        return Some((Time::Part(*part), Place::Joined, 2));
    }
    let led = match words {
        [Word::Due, Word::At | Word::By, ..] => 2,
        [Word::At | Word::By | Word::From | Word::For, ..] => 1,
        _ => 0,
    };
    let rest = words.get(led..)?;
    if let Some((time, exact, place, length)) = clock(rest) {
        let place = match words {
            [Word::For, ..] => place,
            _ if led > 0 => Place::Anywhere,
            _ => place,
        };
        return Some((Time::Clock { time, exact }, place, led + length));
    }
    match (words, rest) {
        ([Word::At, ..], [Word::Number(hour), ..]) => {
            let time = NaiveTime::from_hms_opt(*hour, 0, 0)?;
            let exact = *hour > 12 || *hour == 0;
            Some((Time::Clock { time, exact }, Place::LinkedEnd, 2))
        }
        _ => None,
    }
}

/// A time that needs no word in front of it.
fn clock(words: &[Word]) -> Option<(NaiveTime, bool, Place, usize)> {
    match words {
        [Word::Clock { time, exact: false }, Word::Half(half), ..] => {
            let hour = numbers::hour_of(time.hour(), *half)?;
            Some((time.with_hour(hour)?, true, Place::Edges, 2))
        }
        [Word::Clock { time, exact }, ..] => Some((*time, *exact, Place::Edges, 1)),
        [Word::Number(hour), Word::Half(half), ..] => {
            let time = NaiveTime::from_hms_opt(numbers::hour_of(*hour, *half)?, 0, 0)?;
            Some((time, true, Place::Edges, 2))
        }
        [Word::Number(hour), Word::OClock, ..] => {
            let time = NaiveTime::from_hms_opt(*hour, 0, 0)?;
            Some((time, false, Place::Edges, 2))
        }
        [Word::Noon, ..] => Some((NaiveTime::from_hms_opt(12, 0, 0)?, true, Place::End, 1)),
        [Word::Midnight, ..] => Some((NaiveTime::MIN, true, Place::Joined, 1)),
        _ => None,
    }
}

/// Joins a clock time and a part of the day: "tonight at 8" is 20:00.
pub(super) fn join(time: NaiveTime, exact: bool, part: DayPart) -> NaiveTime {
    let moves = match part {
        DayPart::Morning => false,
        DayPart::Afternoon | DayPart::Evening => time.hour() < 12,
        // "at 2 at night" is in the small hours.
        DayPart::Night | DayPart::Tonight => (5..12).contains(&time.hour()),
    };
    match time.with_hour(time.hour() + 12) {
        Some(later) if moves && !exact => later,
        _ => time,
    }
}

/// The time a part of the day stands for; the same as Todoist's.
pub(super) fn usual(part: DayPart) -> Option<NaiveTime> {
    let hour = match part {
        DayPart::Morning => 9,
        DayPart::Afternoon => 12,
        DayPart::Evening => 19,
        DayPart::Night => 22,
        DayPart::Tonight => return None,
    };
    NaiveTime::from_hms_opt(hour, 0, 0)
}
