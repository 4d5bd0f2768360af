//! Phrases that mean a repeat.
//!
//! Times, first days and last days that follow one are phrases of their own.

use chrono::Weekday;

use super::phrases::Place;
use super::rule::{Frequency, Rule};
use super::signs::{WORKDAYS, workdays};
use super::words::{DayPart, Spelling, Unit, Word, weekdays_between};

/// The longest list of days, so that a line of commas is read once.
const LIST_MAX: usize = 31;

/// A repeat as it was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Repeat {
    pub(super) rule: Rule,
    /// Whether it counts from when the task was done.
    pub(super) from_completion: bool,
    /// "every morning" says a time as well.
    pub(super) part: Option<DayPart>,
    /// Where the phrase has to stand to count.
    pub(super) place: Place,
}

/// Reads a repeat; answers how many words it took.
pub(super) fn read(words: &[Word]) -> Option<(Repeat, usize)> {
    led(words).or_else(|| habit(words))
}

fn repeat(rule: Rule, place: Place) -> Repeat {
    Repeat {
        rule,
        from_completion: false,
        part: None,
        place,
    }
}

/// "on the 1st of every month", "last friday of every month".
fn habit(words: &[Word]) -> Option<(Repeat, usize)> {
    let led = match words {
        [Word::On, Word::The, ..] => 2,
        [Word::On | Word::The, ..] => 1,
        _ => 0,
    };
    let rest = words.get(led..)?;
    let (rule, length) = within_month(rest).or_else(|| month_days(rest))?;
    let said = rest.get(..length)?;
    matches!(said, [.., Word::Every, Word::Unit(Unit::Month)])
        .then(|| (repeat(rule, Place::Anywhere), led + length))
}

fn led(words: &[Word]) -> Option<(Repeat, usize)> {
    match words {
        [start @ (Word::Every | Word::EveryBang), rest @ ..] => {
            let (rule, part, length) = every(rest)?;
            let from_completion = *start == Word::EveryBang;
            let repeat = Repeat {
                from_completion,
                part,
                ..repeat(rule, Place::Anywhere)
            };
            Some((repeat, length + 1))
        }
        [Word::After, count, Word::Unit(unit), ..] => {
            let rule = Rule::each(number(*count)?, *unit)?;
            let repeat = Repeat {
                from_completion: true,
                ..repeat(rule, Place::End)
            };
            Some((repeat, 3))
        }
        [Word::Adverb(count, unit), ..] => {
            Some((repeat(Rule::each(*count, *unit)?, Place::End), 1))
        }
        [Word::On, rest @ ..] => {
            let (days, length) = list(rest, |word| {
                if let Word::Weekday(day, Spelling::Plural) = word {
                    return Some(vec![day]);
                }
                None
            })?;
            Some((repeat(weekly(1, &days), Place::Anywhere), length + 1))
        }
        _ => None,
    }
}

/// What stands behind "every".
fn every(words: &[Word]) -> Option<(Rule, Option<DayPart>, usize)> {
    if let [Word::DayPart(part), ..] = words {
        return Some((Rule::each(1, Unit::Day)?, Some(*part), 1));
    }
    let (rule, length) = within_month(words)
        .or_else(|| weekdays(words))
        .or_else(|| counted(words))
        .or_else(|| of_year(words))
        .or_else(|| month_days(words))?;
    Some((rule, None, length))
}

/// "2 weeks", "other month", "3rd day", "week on mon and thu", "month on the last friday".
fn counted(words: &[Word]) -> Option<(Rule, usize)> {
    let (count, unit, length) = match words {
        [Word::Unit(unit), ..] => (1, *unit, 1),
        [count, Word::Unit(unit), ..] => (number(*count)?, *unit, 2),
        _ => return None,
    };
    let rule = Rule::each(count, unit)?;
    let Some([Word::On, rest @ ..]) = words.get(length..) else {
        return Some((rule, length));
    };
    let narrowed = match rule.frequency {
        Frequency::Weekly => list(rest, days_of).map(|(days, taken)| (weekly(1, &days), taken)),
        Frequency::Monthly => {
            let article = usize::from(matches!(rest, [Word::The, ..]));
            let rest = rest.get(article..).unwrap_or_default();
            within_month(rest)
                .or_else(|| month_days(rest).filter(|(_, taken)| *taken > 1))
                .map(|(rule, taken)| (rule, taken + article))
        }
        Frequency::Hourly | Frequency::Daily | Frequency::Yearly => None,
    };
    match narrowed {
        Some((narrow, taken)) => {
            let interval = rule.interval;
            Some((Rule { interval, ..narrow }, length + 1 + taken))
        }
        None => Some((rule, length)),
    }
}

fn number(word: Word) -> Option<u32> {
    if let Word::Number(count) | Word::Ordinal(count) | Word::Nth(count) = word {
        return Some(count);
    }
    (word == Word::Other).then_some(2)
}

/// "workday", "weekend", "mon,thu", "mon-fri", "other friday".
fn weekdays(words: &[Word]) -> Option<(Rule, usize)> {
    match words {
        [Word::Workday, ..] => Some((workdays(), 1)),
        [Word::Unit(Unit::Week), Word::Unit(Unit::Day), ..] => Some((workdays(), 2)),
        [Word::Weekend, ..] => Some((weekly(1, &[Weekday::Sat, Weekday::Sun]), 1)),
        [
            Word::Weekday(from, _),
            Word::To | Word::Dash,
            Word::Weekday(to, _),
            ..,
        ] => Some((weekly(1, &days_of(weekdays_between(*from, *to))?), 3)),
        [Word::Other, rest @ ..] => {
            let (days, length) = list(rest, days_of)?;
            Some((weekly(2, &days), length + 1))
        }
        _ => {
            let (days, length) = list(words, days_of)?;
            Some((weekly(1, &days), length))
        }
    }
}

fn days_of(word: Word) -> Option<Vec<Weekday>> {
    if let Word::Weekday(day, _) = word {
        return Some(vec![day]);
    }
    let Word::Weekdays(bits) = word else {
        return None;
    };
    let days = (0..7).filter(|number| bits >> number & 1 == 1);
    Some(
        days.filter_map(|number| Weekday::try_from(number).ok())
            .collect(),
    )
}

/// A rule of weekdays, in the order of the week and each once.
fn weekly(interval: u32, days: &[Weekday]) -> Rule {
    let in_order = WORKDAYS.into_iter().chain([Weekday::Sat, Weekday::Sun]);
    Rule {
        days: in_order
            .filter(|day| days.contains(day))
            .map(|day| (0, day))
            .collect(),
        ..Rule::new(Frequency::Weekly, interval)
    }
}

/// "last day", "3rd friday", "1st and 3rd mon", "last workday", each with "of the month" or not.
fn within_month(words: &[Word]) -> Option<(Rule, usize)> {
    let (places, length) = list(words, |word| {
        if let Word::Ordinal(place) | Word::Nth(place) = word {
            return Some(vec![i32::try_from(place).ok()?]);
        }
        (word == Word::Last).then(|| vec![-1])
    })?;
    let rest = words.get(length..)?;
    let monthly = Rule::new(Frequency::Monthly, 1);
    let behind = of_the_month(rest.get(1..)?);
    let rule = match rest {
        // "every 2nd day" is every other day, unless the month is named.
        [Word::Unit(Unit::Day), ..]
            if behind > 0 || matches!(words, [Word::Last | Word::Nth(1), ..]) =>
        {
            Rule {
                month_days: places,
                ..monthly
            }
        }
        [Word::Workday, ..] if places.iter().all(|place| *place <= 23) => Rule {
            days: workdays().days,
            positions: places,
            ..monthly
        },
        [Word::Weekday(day, _), ..] if places.iter().all(|place| *place <= 5) => Rule {
            days: places.into_iter().map(|place| (place, *day)).collect(),
            ..monthly
        },
        _ => return None,
    };
    Some((rule, length + 1 + behind))
}

/// "27th", "2nd,15th", "15th of the month".
fn month_days(words: &[Word]) -> Option<(Rule, usize)> {
    let (month_days, length) = list(words, |word| {
        if let Word::Ordinal(day) = word {
            return Some(vec![i32::try_from(day).ok()?]);
        }
        None
    })?;
    let rule = Rule {
        month_days,
        ..Rule::new(Frequency::Monthly, 1)
    };
    Some((rule, length + of_the_month(words.get(length..)?)))
}

/// How many words "of the month" takes here.
fn of_the_month(words: &[Word]) -> usize {
    match words {
        [
            Word::Of,
            Word::The | Word::Every | Word::A,
            Word::Unit(Unit::Month),
            ..,
        ] => 3,
        _ => 0,
    }
}

/// "jan 27th", "27 jan", "january".
fn of_year(words: &[Word]) -> Option<(Rule, usize)> {
    let (month, day, length) = match words {
        [
            Word::Month(month, _),
            Word::Number(day) | Word::Ordinal(day),
            ..,
        ]
        | [
            Word::Number(day) | Word::Ordinal(day),
            Word::Month(month, _),
            ..,
        ] => (*month, *day, 2),
        [Word::Ordinal(day), Word::Of, Word::Month(month, _), ..] => (*month, *day, 3),
        [Word::Month(month, _), ..] => (*month, 1, 1),
        _ => return None,
    };
    // A day that no year has is no day.
    chrono::NaiveDate::from_ymd_opt(2000, month, day)?;
    let rule = Rule {
        months: vec![month],
        ..Rule::new(Frequency::Yearly, 1)
    };
    // Who was born on 29 February has a birthday each year.
    let rule = if (month, day) == (2, 29) {
        Rule {
            month_days: vec![28, 29],
            positions: vec![-1],
            ..rule
        }
    } else {
        Rule {
            month_days: vec![i32::try_from(day).ok()?],
            ..rule
        }
    };
    Some((rule, length))
}

/// Reads items with commas or "and" between them; at least one, in order, each once.
fn list<T: PartialEq>(
    words: &[Word],
    item: impl Fn(Word) -> Option<Vec<T>>,
) -> Option<(Vec<T>, usize)> {
    let mut items = item(*words.first()?)?;
    let mut length = 1;
    for _ in 1..LIST_MAX {
        let between = match words.get(length..) {
            Some([Word::Comma, Word::And, ..]) => 2,
            Some([Word::Comma | Word::And, ..]) => 1,
            _ => break,
        };
        let Some(more) = words.get(length + between).and_then(|word| item(*word)) else {
            break;
        };
        for one in more {
            if !items.contains(&one) {
                items.push(one);
            }
        }
        length += between + 1;
    }
    Some((items, length))
}
