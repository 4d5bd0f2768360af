//! A line put together: which phrases win, what they come to, and the title that is left.

use std::collections::HashSet;
use std::ops::Range;

use super::choice::Choice;
use super::dates::Today;
use super::line::{Kind, Line};
use super::phrases;
use super::pieces::Pieces;
use super::signs::Sign;
use super::spans;
use super::{Context, Entry, Part, PartKind, Status};

/// How often parts are given back to an empty title before the whole line is its title.
const ATTEMPTS: usize = 4;

/// Reads one line that is not blank.
pub(super) fn read(line: &str, context: &Context<'_>) -> Entry {
    let mut keep = context.keep.to_vec();
    for _ in 0..ATTEMPTS {
        let entry = attempt(line, &keep, context);
        if says_something(&entry.title) {
            return entry;
        }
        let more = given_back(&entry.understood);
        if more.is_empty() && !entry.title.is_empty() {
            return entry;
        }
        keep.extend(more);
    }
    let whole: Range<usize> = 0..line.chars().count();
    attempt(line, &[whole], context)
}

fn attempt(text: &str, keep: &[Range<usize>], context: &Context<'_>) -> Entry {
    let mut line = Line::cut(text, keep, context);
    settle(&mut line);
    let pieces = Pieces::of(&line, context.numeric, context.symbols);
    let today = Today {
        now: context.now,
        week_start: context.week_start,
    };
    let phrases = phrases::find(&pieces, today);
    let mut entry = Entry::default();
    let mut parts = signs(&line, &mut entry);
    parts.extend(Choice::of(&phrases, &line).tell(&pieces, &line, context.now, &mut entry));
    parts.sort_by_key(|part| part.span.start);
    spans::widen(&mut parts, &line);
    entry.title = spans::title(&parts, &line);
    entry.understood = parts;
    entry
}

/// Makes text of every list, priority and rule but the last.
fn settle(line: &mut Line) {
    let (mut list, mut priority, mut repeat) = (false, false, false);
    for chunk in line.chunks.iter_mut().rev() {
        let seen = match &chunk.kind {
            Kind::Sign(Sign::List(_)) => &mut list,
            Kind::Sign(Sign::Priority(_)) => &mut priority,
            Kind::Sign(Sign::Repeat { .. }) => &mut repeat,
            Kind::Plain | Kind::Literal | Kind::Sign(_) => continue,
        };
        if *seen {
            chunk.kind = Kind::Literal;
        }
        *seen = true;
    }
}

/// Writes what the symbols say into the entry; a verbatim rule waits for its first day.
fn signs(line: &Line, entry: &mut Entry) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut seen = HashSet::new();
    for chunk in &line.chunks {
        let Kind::Sign(sign) = &chunk.kind else {
            continue;
        };
        let mut status = Status::Used;
        let (kind, value) = match sign {
            Sign::List(name) => {
                entry.list = Some(name.clone());
                (PartKind::List, name.as_str().to_owned())
            }
            Sign::Label(name) => {
                if seen.insert(name.to_lowercase()) {
                    entry.labels.push(name.clone());
                }
                (PartKind::Label, name.clone())
            }
            Sign::Priority(level) => {
                entry.priority = Some(*level);
                (PartKind::Priority, level.to_string())
            }
            Sign::Notes(notes) => {
                entry.notes.clone_from(notes);
                (PartKind::Notes, notes.clone())
            }
            Sign::Completed(day) => {
                entry.completed = true;
                let value = day.map_or_else(|| "yes".to_owned(), |day| day.to_string());
                (PartKind::Completed, value)
            }
            Sign::Unknown(kind, name) => {
                status = Status::Unknown;
                (*kind, name.clone())
            }
            Sign::Repeat { .. } => continue,
        };
        parts.push(Part {
            span: chunk.span.clone(),
            kind,
            value,
            status,
        });
    }
    parts
}

/// Whether a title is more than marks.
fn says_something(title: &str) -> bool {
    title
        .chars()
        .any(|c| !c.is_whitespace() && !c.is_ascii_punctuation())
}

/// The parts that become text again when nothing else is left: the last one, and when that is about
/// time, whatever is about time in front of it.
fn given_back(parts: &[Part]) -> Vec<Range<usize>> {
    let is_time = |part: &Part| {
        matches!(
            part.kind,
            PartKind::Date | PartKind::Time | PartKind::Start | PartKind::Recurrence
        )
    };
    let mut used = parts
        .iter()
        .rev()
        .filter(|part| part.status == Status::Used);
    let Some(last) = used.next() else {
        return Vec::new();
    };
    let more = used.take_while(|part| is_time(last) && is_time(part));
    let more = more.map(|part| part.span.clone());
    std::iter::once(last.span.clone()).chain(more).collect()
}
