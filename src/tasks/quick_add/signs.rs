//! What is written with symbols: lists, labels, priorities, notes, ticks and verbatim rules.
//!
//! A symbol counts at the start of a word only, so "C#", "a@b.c" and "http://" are text.

use std::ops::Range;

use super::line::{Chunk, Kind, text_of};
use super::rule::{Frequency, Rule};
use super::words::Unit;
use super::{Context, ListName, PartKind, Symbols};
use chrono::{NaiveDate, Weekday};

/// Marks that end a word without being of it.
const CLOSING: &str = ",.;:!?)]";
/// The longest rule that is taken verbatim.
const RULE_MAX: usize = 500;

/// What a symbol says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    List(ListName),
    Label(String),
    Priority(u8),
    Notes(String),
    /// Done; the day when that is known.
    Completed(Option<NaiveDate>),
    Repeat {
        rule: Rule,
        from_completion: bool,
    },
    /// It looks like a part and names nothing known.
    Unknown(PartKind, String),
}

/// A word of a line and what surrounds it.
pub(super) struct Place<'a> {
    pub(super) chars: &'a [char],
    pub(super) span: Range<usize>,
    pub(super) closing: &'a [Option<usize>],
    /// The chunks in front of it.
    pub(super) before: &'a [Chunk],
}

impl Place<'_> {
    fn word(&self) -> &[char] {
        self.chars.get(self.span.clone()).unwrap_or_default()
    }

    /// The span of the word's first so many code points.
    fn first(&self, length: usize) -> Range<usize> {
        self.span.start..self.span.start + length
    }

    /// The name behind the symbol, and its span with the symbol: quoted, or up to the closing marks.
    fn name(&self) -> Option<(String, Range<usize>)> {
        let quote = self.span.start + 1;
        if let Some(close) = self.closing.get(quote).copied().flatten() {
            let name = text_of(self.chars, quote + 1..close).trim().to_owned();
            return (!name.is_empty()).then_some((name, self.span.start..close + 1));
        }
        let length = without_closing(self.word());
        let name = text_of(self.chars, quote..self.span.start + length);
        let is_name = name.starts_with(|c: char| c == '_' || !c.is_ascii() || c.is_alphanumeric());
        is_name.then(|| (name, self.first(length)))
    }
}

/// Whether a key of this spelling, colon included, means something.
pub(super) fn is_key(text: &str) -> bool {
    matches!(text, "rrule:" | "start:" | "due:" | "t:" | "rec:" | "pri:")
}

/// Reads the symbol that a word starts with.
pub(super) fn read(place: &Place<'_>, context: &Context<'_>) -> Option<(Range<usize>, Sign)> {
    let word = place.word();
    if let Some(tick) = tick(place, context.symbols) {
        return Some(tick);
    }
    match (word, context.symbols) {
        (['/', '/', ..], _) => notes(place),
        (['@', ..], _) => {
            let (name, span) = place.name()?;
            Some((span, Sign::Label(name)))
        }
        (['#', ..], Symbols::Todoist) | (['+', ..], Symbols::TodoTxt) => list(place, context),
        (['p' | 'P', ..] | ['!', '!', ..], Symbols::Todoist) => priority(place),
        (['('], _) => None,
        (['(', ..], Symbols::TodoTxt) => letter(place),
        (['r' | 'R' | 'p', ..], _) => key(place, context.symbols),
        _ => None,
    }
}

/// Whether a word of the head of a todo.txt line is the day it was written: no field holds it, and
/// it must not be taken for the due date.
pub(super) fn is_written_day(place: &Place<'_>) -> bool {
    let is_head = match place.before {
        [] => true,
        [only] => matches!(only.kind, Kind::Sign(Sign::Priority(_))),
        _ => false,
    };
    is_head && day(place.word()).is_some()
}

/// A leading `x `, in todo.txt with the days it was done and written.
fn tick(place: &Place<'_>, symbols: Symbols) -> Option<(Range<usize>, Sign)> {
    if place.word() != ['x'] || !place.before.is_empty() {
        return None;
    }
    let mut end = place.span.end;
    let mut done = None;
    if symbols == Symbols::TodoTxt {
        for _ in 0..2 {
            let Some(found) = place.chars.get(end + 1..end + 11).and_then(day) else {
                break;
            };
            if place
                .chars
                .get(end + 11)
                .is_some_and(|c| !c.is_whitespace())
            {
                break;
            }
            done = done.or(Some(found));
            end += 11;
        }
    }
    // An "x" alone is a title.
    let is_followed = place.chars.get(end..)?.iter().any(|c| !c.is_whitespace());
    is_followed.then_some((place.span.start..end, Sign::Completed(done)))
}

fn notes(place: &Place<'_>) -> Option<(Range<usize>, Sign)> {
    let rest = place.span.start + 2..place.chars.len();
    let notes = text_of(place.chars, rest).trim().to_owned();
    let length = place.chars.iter().rposition(|c| !c.is_whitespace())? + 1;
    (!notes.is_empty()).then_some((place.span.start..length, Sign::Notes(notes)))
}

fn list(place: &Place<'_>, context: &Context<'_>) -> Option<(Range<usize>, Sign)> {
    let whole = text_of(place.chars, place.span.start + 1..place.span.end);
    if let Some(name) = (context.lists)(&whole).filter(|_| !whole.is_empty()) {
        return Some((place.span.clone(), Sign::List(ListName::Known(name))));
    }
    let (name, span) = place.name()?;
    if let Some(name) = (context.lists)(&name) {
        return Some((span, Sign::List(ListName::Known(name))));
    }
    // "#1 priority" and "+49 170" are numbers; only quotation marks make a new list of digits.
    let is_quoted = place
        .closing
        .get(place.span.start + 1)
        .copied()
        .flatten()
        .is_some();
    let is_number = name.chars().all(|c| c.is_ascii_digit());
    let sign = if context.create_lists && (is_quoted || !is_number) {
        Sign::List(ListName::New(name))
    } else {
        Sign::Unknown(PartKind::List, name)
    };
    Some((span, sign))
}

/// `p1`, `!!1`: one is the most urgent, four is none.
fn priority(place: &Place<'_>) -> Option<(Range<usize>, Sign)> {
    let word = place.word();
    let length = without_closing(word);
    let digit = match word.get(..length)? {
        ['p' | 'P', digit] | ['!', '!', digit] => digit.to_digit(10)?,
        _ => return key(place, Symbols::Todoist),
    };
    let level = 4_u32.checked_sub(digit).filter(|level| *level < 4)?;
    Some((
        place.first(length),
        Sign::Priority(u8::try_from(level).ok()?),
    ))
}

/// `(A)` at the head of a todo.txt line: A, B and the rest.
fn letter(place: &Place<'_>) -> Option<(Range<usize>, Sign)> {
    let is_head = match place.before {
        [] => true,
        [only] => matches!(only.kind, Kind::Sign(Sign::Completed(_))),
        _ => false,
    };
    let ['(', letter, ')'] = place.word() else {
        return None;
    };
    let level = level_of(*letter)?;
    is_head.then_some((place.span.clone(), Sign::Priority(level)))
}

fn level_of(letter: char) -> Option<u8> {
    match letter {
        'A' => Some(3),
        'B' => Some(2),
        'C'..='Z' => Some(1),
        _ => None,
    }
}

/// `rrule:FREQ=…`, and in todo.txt `rec:3m` and `pri:A`.
fn key(place: &Place<'_>, symbols: Symbols) -> Option<(Range<usize>, Sign)> {
    let length = without_closing(place.word());
    if length > RULE_MAX {
        return None;
    }
    let text = text_of(place.chars, place.first(length));
    let (name, value) = text.split_once(':')?;
    let sign = match (name, symbols) {
        ("rrule" | "RRULE", _) => match Rule::verbatim(value) {
            Some(rule) => Sign::Repeat {
                rule,
                from_completion: false,
            },
            None => Sign::Unknown(PartKind::Recurrence, value.to_owned()),
        },
        ("rec", Symbols::TodoTxt) => match recurrence(value) {
            Some(rule) => Sign::Repeat {
                rule,
                // A plus sign means "on schedule" wherever todo.txt knows `rec:` at all.
                from_completion: !value.starts_with('+'),
            },
            None => Sign::Unknown(PartKind::Recurrence, value.to_owned()),
        },
        ("pri", Symbols::TodoTxt) => {
            let mut letters = value.chars();
            let level = letters.next().and_then(level_of)?;
            letters.next().is_none().then_some(Sign::Priority(level))?
        }
        _ => return None,
    };
    (!value.is_empty()).then_some((place.first(length), sign))
}

/// `3m`, `+1w`, `1b`: days, business days, weeks, months and years.
fn recurrence(text: &str) -> Option<Rule> {
    let text = text.strip_prefix('+').unwrap_or(text);
    let unit = text.chars().next_back()?;
    let count = text.strip_suffix(unit)?;
    let count = match count.len() {
        0 => 1,
        1..=3 if count.bytes().all(|b| b.is_ascii_digit()) => count.parse().ok()?,
        _ => return None,
    };
    match unit {
        'd' => Rule::each(count, Unit::Day),
        'w' => Rule::each(count, Unit::Week),
        'm' => Rule::each(count, Unit::Month),
        'y' => Rule::each(count, Unit::Year),
        'b' if count == 1 => Some(workdays()),
        _ => None,
    }
}

/// Monday to Friday.
pub(super) fn workdays() -> Rule {
    Rule {
        days: WORKDAYS.map(|day| (0, day)).to_vec(),
        ..Rule::new(Frequency::Weekly, 1)
    }
}

/// The days people work on.
pub(super) const WORKDAYS: [Weekday; 5] = [
    Weekday::Mon,
    Weekday::Tue,
    Weekday::Wed,
    Weekday::Thu,
    Weekday::Fri,
];

/// A day written as `YYYY-MM-DD`, and nothing else.
fn day(word: &[char]) -> Option<NaiveDate> {
    let is_shaped = word.len() == 10
        && word.iter().enumerate().all(|(at, c)| match at {
            4 | 7 => *c == '-',
            _ => c.is_ascii_digit(),
        });
    let text: String = word.iter().take(10).collect();
    is_shaped
        .then(|| NaiveDate::parse_from_str(&text, "%Y-%m-%d").ok())
        .flatten()
}

/// How much of a word is left without its closing marks.
fn without_closing(word: &[char]) -> usize {
    word.iter()
        .rposition(|c| !CLOSING.contains(*c))
        .map_or(0, |at| at + 1)
}
