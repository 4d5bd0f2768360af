//! Which phrases of a line count.
//!
//! A phrase that could as well be an ordinary word counts only where people put dates: at the edges
//! of the text, behind a word such as "on", or next to a phrase that counts. Of several dates the
//! last one counts, as in Todoist, and so with times and repeats; the others stay text.

use std::ops::Range;

use chrono::NaiveDate;

use super::dates::{self, Day, Lead, Today};
use super::pieces::Pieces;
use super::repeats::{self, Repeat};
use super::times::{self, Time};
use super::words::{Unit, Word};

/// Where a phrase has to stand to count, the least demanding first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Anywhere, but not behind "the" or "before".
    Anywhere,
    /// At the start or the end, or in front of a word such as "about".
    Edges,
    /// At the end, or in front of a word such as "about".
    LinkedEnd,
    /// At the end, or at the start with a colon, comma or dash behind it.
    End,
    /// Only next to a phrase that counts.
    Joined,
}

/// What a phrase means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Date(Day, Lead),
    Time(Time),
    Repeat(Repeat),
    /// How long a repeat lasts.
    Length(u32, Unit),
    Start(NaiveDate),
    /// A start date that was not understood.
    NoStart,
}

/// A phrase and the pieces it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) range: Range<usize>,
    pub(super) meaning: Meaning,
    place: Place,
    /// Whether the word in front makes it text.
    is_refused: bool,
    /// Phrases next to each other have the same number.
    pub(super) cluster: usize,
}

/// Finds the phrases that count, in order; several of a kind may be left.
pub(super) fn find(pieces: &Pieces, today: Today) -> Vec<Phrase> {
    let mut phrases = candidates(&pieces.words, today);
    drop_ranges(&mut phrases, &pieces.words);
    gather(&mut phrases, &pieces.words);
    accepted(&phrases, &pieces.words)
}

fn candidates(words: &[Word], today: Today) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..).filter(|rest| !rest.is_empty()) {
        let Some((meaning, place, length)) = candidate(rest, today) else {
            at += 1;
            continue;
        };
        let before = at.checked_sub(1).and_then(|at| words.get(at));
        found.push(Phrase {
            range: at..at + length,
            meaning,
            place,
            is_refused: before.is_some_and(|word| refuses(*word)),
            cluster: 0,
        });
        at += length;
    }
    found
}

fn candidate(words: &[Word], today: Today) -> Option<(Meaning, Place, usize)> {
    match words {
        [Word::Start, rest @ ..] => {
            return Some(match dates::core(rest, today) {
                Some((day, length)) => (Meaning::Start(day.date), Place::Anywhere, length + 1),
                None => (Meaning::NoStart, Place::Anywhere, 1),
            });
        }
        [Word::For, Word::Number(count), Word::Unit(unit), ..] => {
            return Some((Meaning::Length(*count, *unit), Place::Joined, 3));
        }
        [Word::For, Word::A, Word::Unit(unit), ..] => {
            return Some((Meaning::Length(1, *unit), Place::Joined, 3));
        }
        _ => {}
    }
    let repeat = || {
        let (repeat, length) = repeats::read(words)?;
        let place = repeat.place;
        Some((Meaning::Repeat(repeat), place, length))
    };
    let date = || {
        let (day, lead, length) = dates::read(words, today)?;
        Some((Meaning::Date(day, lead), day.place, length))
    };
    let time = || {
        let (time, place, length) = times::read(words)?;
        Some((Meaning::Time(time), place, length))
    };
    repeat().or_else(date).or_else(time)
}

/// Whether a word makes the phrase behind it part of the text: "the 9am train", "before friday".
fn refuses(word: Word) -> bool {
    matches!(
        word,
        Word::The
            | Word::A
            | Word::Of
            | Word::To
            | Word::Last
            | Word::After
            | Word::Until
            | Word::Linking
            | Word::Refusing
    )
}

/// Drops what the word in front refuses, and what is joined by "to" or "and": two days are not one
/// due date.
fn drop_ranges(phrases: &mut Vec<Phrase>, words: &[Word]) {
    let kind = |phrase: &Phrase| match phrase.meaning {
        Meaning::Date(..) => 1,
        Meaning::Time(_) => 2,
        Meaning::Repeat(_) | Meaning::Length(..) => 3,
        Meaning::Start(_) | Meaning::NoStart => 4,
    };
    let mut joined = vec![false; phrases.len()];
    for (at, pair) in phrases.windows(2).enumerate() {
        let [left, right] = pair else { continue };
        let between = words.get(left.range.end..right.range.start);
        let is_range = matches!(between, Some([Word::And | Word::To | Word::Dash]));
        if is_range && kind(left) == kind(right) {
            for slot in joined.iter_mut().skip(at).take(2) {
                *slot = true;
            }
        }
    }
    let mut joined = joined.into_iter();
    phrases.retain(|phrase| !joined.next().unwrap_or(false) && !phrase.is_refused);
}

/// Numbers the clusters: phrases with nothing but commas and symbols between them.
fn gather(phrases: &mut [Phrase], words: &[Word]) {
    let mut cluster = 0;
    let mut end = 0;
    for phrase in phrases {
        let between = words.get(end..phrase.range.start).unwrap_or_default();
        if !between
            .iter()
            .all(|word| matches!(word, Word::Comma | Word::Gap))
        {
            cluster += 1;
        }
        phrase.cluster = cluster;
        end = phrase.range.end;
    }
}

/// Keeps the phrases that stand where they have to, and those next to them.
fn accepted(phrases: &[Phrase], words: &[Word]) -> Vec<Phrase> {
    let is_mark = |word: &Word| {
        matches!(
            word,
            Word::Gap | Word::Comma | Word::Colon | Word::Stop | Word::Dash
        )
    };
    let first = words.iter().position(|word| !is_mark(word)).unwrap_or(0);
    let last = words.iter().rposition(|word| !is_mark(word)).unwrap_or(0);
    let mut kept = Vec::new();
    for cluster in phrases.chunk_by(|left, right| left.cluster == right.cluster) {
        let (Some(head), Some(tail)) = (cluster.first(), cluster.last()) else {
            continue;
        };
        let behind = words.get(tail.range.end);
        let is_start = head.range.start <= first;
        let spot = Spot {
            is_end: tail.range.end > last,
            is_set_off: is_start && matches!(behind, Some(Word::Colon | Word::Comma | Word::Dash)),
            is_start,
            is_linked: matches!(behind, Some(Word::Linking | Word::In | Word::At)),
        };
        if is_moment(cluster) || cluster.iter().any(|phrase| spot.allows(phrase.place)) {
            kept.extend_from_slice(cluster);
        }
    }
    kept
}

/// A day with a time is a date wherever it stands; the bare hour of "at 9" may be an address.
fn is_moment(cluster: &[Phrase]) -> bool {
    let is_day = |phrase: &Phrase| matches!(phrase.meaning, Meaning::Date(..));
    let is_time = |phrase: &Phrase| {
        matches!(phrase.meaning, Meaning::Time(Time::Clock { .. }))
            && phrase.place != Place::LinkedEnd
    };
    cluster.iter().any(is_day) && cluster.iter().any(is_time)
}

/// Where a cluster stands.
#[expect(
    clippy::struct_excessive_bools,
    reason = "four facts about one place, all independent"
)]
struct Spot {
    is_start: bool,
    is_end: bool,
    /// At the start, with a mark behind it.
    is_set_off: bool,
    is_linked: bool,
}

impl Spot {
    fn allows(&self, place: Place) -> bool {
        match place {
            Place::Anywhere => true,
            Place::Edges => self.is_start || self.is_end || self.is_linked,
            Place::LinkedEnd => self.is_end || self.is_set_off || self.is_linked,
            Place::End => self.is_end || self.is_set_off,
            Place::Joined => false,
        }
    }
}
