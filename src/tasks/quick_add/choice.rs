//! The phrases that win, and the day, time and rule they come to.

use std::ops::Range;

use chrono::{Months, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike as _};

use super::dates::{self, Day, Lead};
use super::line::{Kind, Line};
use super::phrases::{Meaning, Phrase};
use super::pieces::Pieces;
use super::rule::{Frequency, Rule};
use super::signs::Sign;
use super::times::{self, Time};
use super::words::{DayPart, Unit};
use super::{Entry, Part, PartKind, Status};

/// A rule and where it was said.
struct Repeats<'a> {
    rule: &'a Rule,
    from_completion: bool,
    part: Option<DayPart>,
    /// In code points when a symbol said it, in pieces otherwise.
    place: Place,
}

enum Place {
    Chars(Range<usize>),
    Pieces(Range<usize>),
}

/// A line's winning phrases.
#[derive(Default)]
pub(super) struct Choice<'a> {
    repeats: Option<Repeats<'a>>,
    date: Option<(&'a Phrase, Day, Lead)>,
    clock: Option<(&'a Phrase, NaiveTime, bool)>,
    part: Option<(&'a Phrase, DayPart)>,
    until: Option<(&'a Phrase, Day)>,
    length: Option<(&'a Phrase, u32, Unit)>,
    start: Option<(&'a Phrase, NaiveDate)>,
    not_started: Vec<&'a Phrase>,
}

impl<'a> Choice<'a> {
    /// Chooses the last of each kind; a time next to a date that lost is text like that date.
    pub(super) fn of(phrases: &'a [Phrase], line: &'a Line) -> Self {
        let mut choice = Self {
            repeats: verbatim(line).or_else(|| last_repeat(phrases)),
            ..Self::default()
        };
        for phrase in phrases {
            match &phrase.meaning {
                Meaning::Date(day, Lead::Until) if choice.repeats.is_some() => {
                    choice.until = Some((phrase, *day));
                }
                Meaning::Date(day, lead) => choice.date = Some((phrase, *day, *lead)),
                Meaning::Length(count, unit) if choice.repeats.is_some() => {
                    choice.length = Some((phrase, *count, *unit));
                }
                Meaning::Start(day) => choice.start = Some((phrase, *day)),
                Meaning::NoStart => choice.not_started.push(phrase),
                Meaning::Length(..) | Meaning::Time(_) | Meaning::Repeat(_) => {}
            }
        }
        if choice.until.is_some() {
            choice.length = None;
        }
        choice.choose_times(phrases);
        choice
    }

    fn choose_times(&mut self, phrases: &'a [Phrase]) {
        let date_at = self.date.map(|(phrase, ..)| phrase.range.start);
        let repeat_at = match self.repeats.as_ref().map(|repeats| &repeats.place) {
            Some(Place::Pieces(range)) => Some(range.start),
            Some(Place::Chars(_)) | None => None,
        };
        let wins = |phrase: &Phrase| [date_at, repeat_at].contains(&Some(phrase.range.start));
        let mut best = 0;
        for cluster in phrases.chunk_by(|left, right| left.cluster == right.cluster) {
            let is_winning = cluster.iter().any(wins);
            let is_losing = cluster.iter().any(|phrase| {
                matches!(phrase.meaning, Meaning::Date(..) | Meaning::Repeat(_)) && !wins(phrase)
            });
            let rank = if is_winning { 2 } else { 1 };
            if is_losing && !is_winning || rank < best {
                continue;
            }
            for phrase in cluster {
                let Meaning::Time(time) = phrase.meaning else {
                    continue;
                };
                if rank > best {
                    (self.clock, self.part) = (None, None);
                    best = rank;
                }
                match time {
                    Time::Clock { time, exact } => self.clock = Some((phrase, time, exact)),
                    Time::Part(part) => self.part = Some((phrase, part)),
                }
            }
        }
    }

    /// Writes what was chosen into the entry, and says which parts of the line said it.
    pub(super) fn tell(
        self,
        pieces: &Pieces,
        line: &Line,
        now: NaiveDateTime,
        entry: &mut Entry,
    ) -> Vec<Part> {
        entry.due_time = self.time();
        let (first, anchor) = self.first_day(now, entry).unzip();
        entry.due_date = first;
        entry.start_date = self.start.map(|(_, day)| day);
        let until = self.last_day(entry.due_date);
        let mut parts = Parts {
            pieces,
            found: Vec::new(),
        };
        if let (Some(repeats), Some(anchor)) = (&self.repeats, anchor) {
            let rule = repeats.rule.clone().anchored(anchor);
            entry.recurrence = Some(rule.text(until));
            entry.from_completion = repeats.from_completion;
            let span = match &repeats.place {
                Place::Chars(span) => span.clone(),
                Place::Pieces(range) => pieces.span(range),
            };
            parts.push(span, PartKind::Recurrence, rule.text(None));
        }
        if let Some(until) = until {
            let value = format!("UNTIL={}", until.format("%Y%m%d"));
            let until = self.until.map(|(phrase, _)| phrase);
            let phrase = until.or(self.length.map(|(phrase, ..)| phrase));
            parts.say(phrase, PartKind::Recurrence, Some(value));
        }
        let is_moment = self.date.is_some_and(|(_, day, _)| day.time.is_some());
        let date = entry.due_date.map(|date| match entry.due_time {
            Some(time) if is_moment => format!("{date} {}", time.format("%H:%M")),
            _ => date.to_string(),
        });
        let time = entry.due_time.map(|time| time.format("%H:%M").to_string());
        parts.say(self.date.map(|(phrase, ..)| phrase), PartKind::Date, date);
        parts.say(
            self.clock.map(|(phrase, ..)| phrase),
            PartKind::Time,
            time.clone(),
        );
        parts.say(self.part.map(|(phrase, _)| phrase), PartKind::Time, time);
        let start = self.start.map(|(_, day)| day.to_string());
        parts.say(self.start.map(|(phrase, _)| phrase), PartKind::Start, start);
        for phrase in &self.not_started {
            parts.unknown(phrase, line);
        }
        parts.found
    }

    fn time(&self) -> Option<NaiveTime> {
        let day = self.date.map(|(_, day, _)| day);
        let part = self
            .part
            .map(|(_, part)| part)
            .or_else(|| day.and_then(|day| day.part))
            .or_else(|| self.repeats.as_ref().and_then(|repeats| repeats.part));
        match (self.clock, part) {
            (Some((_, time, exact)), Some(part)) => Some(times::join(time, exact, part)),
            (Some((_, time, _)), None) => Some(time),
            (None, Some(part)) => times::usual(part),
            (None, None) => day.and_then(|day| day.time),
        }
    }

    /// The due date, and the day that the repeat remembers; without a date that is the first
    /// occurrence that is not past.
    fn first_day(&self, now: NaiveDateTime, entry: &mut Entry) -> Option<(NaiveDate, NaiveDate)> {
        let today = now.date();
        let has_passed = entry.due_time.is_some_and(|time| time <= now.time());
        let day = match (&self.repeats, self.date) {
            (Some(repeats), Some((_, day, Lead::From))) => repeats.rule.first(day.date),
            (_, Some((_, day, _))) => day.date,
            (Some(repeats), None) if repeats.rule.frequency == Frequency::Hourly => {
                let moment = next_hour(repeats.rule.interval, entry.due_time, now);
                entry.due_time = Some(moment.time());
                moment.date()
            }
            (Some(repeats), None) => {
                let first = repeats.rule.first(today);
                if first == today && has_passed {
                    // Monthly from the 31st stays so although the next one is in a short month.
                    return Some((repeats.rule.after(first), first));
                }
                first
            }
            (None, None) if has_passed => today.succ_opt()?,
            (None, None) => entry.due_time.map(|_| today)?,
        };
        Some((day, day))
    }

    /// The last day of the repeat, counted from its first.
    fn last_day(&self, first: Option<NaiveDate>) -> Option<NaiveDate> {
        let first = first?;
        if let Some((_, count, unit)) = self.length {
            return dates::later(first, count, unit)?.pred_opt();
        }
        let (_, day) = self.until?;
        let mut date = day.date;
        // "from january 5 until january 3" ends a year later.
        while day.is_yearless && date < first {
            date = date.checked_add_months(Months::new(12))?;
        }
        Some(date)
    }
}

/// The next time of an hourly repeat, counted from a time of today or from now.
fn next_hour(interval: u32, time: Option<NaiveTime>, now: NaiveDateTime) -> NaiveDateTime {
    let step = TimeDelta::hours(interval.into());
    let whole = NaiveTime::from_hms_opt(now.hour(), now.minute(), 0).unwrap_or(NaiveTime::MIN);
    let mut moment = now.date().and_time(time.unwrap_or(whole));
    // At most a day of steps: the time is one of today's.
    while moment <= now {
        let Some(next) = moment.checked_add_signed(step) else {
            break;
        };
        moment = next;
    }
    moment
}

fn verbatim(line: &Line) -> Option<Repeats<'_>> {
    line.chunks.iter().find_map(|chunk| match &chunk.kind {
        Kind::Sign(Sign::Repeat {
            rule,
            from_completion,
        }) => Some(Repeats {
            rule,
            from_completion: *from_completion,
            part: None,
            place: Place::Chars(chunk.span.clone()),
        }),
        Kind::Plain | Kind::Literal | Kind::Sign(_) => None,
    })
}

fn last_repeat(phrases: &[Phrase]) -> Option<Repeats<'_>> {
    phrases
        .iter()
        .rev()
        .find_map(|phrase| match &phrase.meaning {
            Meaning::Repeat(repeat) => Some(Repeats {
                rule: &repeat.rule,
                from_completion: repeat.from_completion,
                part: repeat.part,
                place: Place::Pieces(phrase.range.clone()),
            }),
            Meaning::Date(..)
            | Meaning::Time(_)
            | Meaning::Length(..)
            | Meaning::Start(_)
            | Meaning::NoStart => None,
        })
}

/// The parts of a line as they are found.
struct Parts<'a> {
    pieces: &'a Pieces,
    found: Vec<Part>,
}

impl Parts<'_> {
    fn say(&mut self, phrase: Option<&Phrase>, kind: PartKind, value: Option<String>) {
        if let (Some(phrase), Some(value)) = (phrase, value) {
            self.push(self.pieces.span(&phrase.range), kind, value);
        }
    }

    fn push(&mut self, span: Range<usize>, kind: PartKind, value: String) {
        self.found.push(Part {
            span,
            kind,
            value,
            status: Status::Used,
        });
    }

    /// A key whose value was not understood: both stay in the title.
    fn unknown(&mut self, phrase: &Phrase, line: &Line) {
        let key = self.pieces.span(&phrase.range);
        let Some(value) = self.pieces.spans.get(phrase.range.end) else {
            return;
        };
        if value.start == key.end && line.is_free(value.clone()) {
            self.found.push(Part {
                span: key.start..value.end,
                kind: PartKind::Start,
                value: line.text(value.clone()),
                status: Status::Unknown,
            });
        }
    }
}
