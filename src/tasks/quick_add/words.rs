//! The words of the grammar, whatever the language.
//!
//! A language is a table from spellings to these words (`english.rs` is one); the grammar never
//! sees a letter. What is not in the table and is no number, time or date is `Word::Text`.

use std::collections::HashMap;
use std::sync::LazyLock;

use chrono::{NaiveDate, NaiveTime, Weekday};

use super::numbers;
use super::{NumericDates, english};

/// The longest spelling that is looked at; whatever is longer is text.
const LONGEST: usize = 40;

/// How much a spelling looks like an ordinary word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// "friday", "november": hardly ever anything else.
    Full,
    /// "sat", "may": also a word of its own, so only a clear position makes it a date.
    Doubtful,
    /// "fridays": a habit, never one day.
    Plural,
}

/// What can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Fortnight,
    Month,
    Quarter,
    Year,
}

/// A part of the day, with the time it stands for when none is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayPart {
    Morning,
    Afternoon,
    Evening,
    Night,
    /// "tonight" says which half of the day is meant, but no time.
    Tonight,
}

/// The two halves of the clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Half {
    Am,
    Pm,
}

/// One word of a line, or the mark between two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    /// Nothing the grammar knows, or text the person protected.
    Text,
    Comma,
    Colon,
    /// The end of a sentence or a bracket: no phrase reaches across it.
    Stop,
    Dash,
    /// A part written with a symbol stood here.
    Gap,

    On,
    By,
    Due,
    At,
    In,
    From,
    Until,
    For,
    Of,
    And,
    To,
    This,
    Next,
    Last,
    The,
    A,
    After,
    Every,
    EveryBang,
    Other,
    Now,
    End,
    OClock,
    /// "about", "with": what stands before them is complete.
    Linking,
    /// "my", "before": what stands after them is no date of this task.
    Refusing,
    /// The key in front of a start date.
    Start,

    Today,
    Tomorrow,
    Tonight,
    Noon,
    Midnight,
    Workday,
    Weekend,
    DayPart(DayPart),
    Weekday(Weekday, Spelling),
    /// "mon/thu" or "mon-fri": one bit a day, Monday lowest.
    Weekdays(u8),
    Month(u32, Spelling),
    Unit(Unit),
    /// "weekly": every so many units.
    Adverb(u32, Unit),
    Half(Half),

    Number(u32),
    Ordinal(u32),
    /// "first", which is a place in a month and no day of it.
    Nth(u32),
    /// A time; `exact` when it cannot mean the other half of the day.
    Clock {
        time: NaiveTime,
        exact: bool,
    },
    Iso(NaiveDate),
    IsoMoment(NaiveDate, NaiveTime),
    /// Day, month and, when it was said, year.
    Numeric(u32, u32, Option<i32>),
}

/// A language: every spelling in lower case, with its word.
pub(super) type Table = &'static [(&'static str, Word)];

static ENGLISH: LazyLock<HashMap<&'static str, Word>> =
    LazyLock::new(|| english::TABLE.iter().copied().collect());

/// Says what a spelling is; `text` is in lower case.
pub(super) fn read(text: &str, numeric: NumericDates) -> Word {
    if text.len() > LONGEST {
        return Word::Text;
    }
    if let Some(word) = ENGLISH.get(text) {
        return *word;
    }
    numbers::read(text, numeric)
        .or_else(|| several_weekdays(text))
        .unwrap_or(Word::Text)
}

/// Reads "mon/wed/fri" and "mon-fri".
fn several_weekdays(text: &str) -> Option<Word> {
    let day = |name: &str| match ENGLISH.get(name) {
        Some(Word::Weekday(day, _)) => Some(*day),
        _ => None,
    };
    if let Some((from, to)) = text.split_once(['-', '\u{2013}']) {
        return Some(weekdays_between(day(from)?, day(to)?));
    }
    if !text.contains('/') {
        return None;
    }
    text.split('/')
        .try_fold(0, |days, name| {
            Some(days | 1 << day(name)?.num_days_from_monday())
        })
        .map(Word::Weekdays)
}

/// The weekdays from one to another, both included, over the weekend if need be.
pub(super) fn weekdays_between(from: Weekday, to: Weekday) -> Word {
    let start = from.num_days_from_monday();
    let days = (0..=to.days_since(from)).fold(0, |days, step| days | 1 << ((start + step) % 7));
    Word::Weekdays(days)
}
