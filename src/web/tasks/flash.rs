//! What just happened, carried by the address that a form leads to.
//!
//! `did=17` names a step of the visitor's own history, which says what was done and how to take it
//! back; so an address can claim nothing that did not happen. No cookie holds it, so two tabs do not
//! mix theirs up, and each change leads to an address never seen before, which keeps text browsers
//! from showing their copy of an older page. `kept=3-7` says which parts of a quick-added line were
//! made text again.

use std::ops::Range;

use chrono::NaiveDate;

use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::{Deed, Entry};
use crate::store::Mine;
use crate::tasks::actions;
use crate::tasks::quick_add::{Part, PartKind, Status};
use crate::tasks::recurrence::Rule;
use crate::tasks::{Task, TaskId};
use crate::web::frame::{Flash, Understood, UnderstoodPart, Undo};
use crate::web::history::words;
use crate::web::markup::Html;
use crate::web::tasks::query;
use crate::words::{Locale, ORIGINAL};

/// What an address claims to have been done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Did {
    step: Option<i64>,
    kept: Vec<Range<usize>>,
}

/// What was done, as the history has it.
pub struct Done {
    entry: Entry,
    task: Option<TaskId>,
    line: String,
    parts: Vec<Part>,
    kept: Vec<Range<usize>>,
}

impl Did {
    /// Reads the parameters; anything else than what we write claims nothing.
    pub fn parse(did: Option<&str>, kept: Option<&str>) -> Self {
        Self {
            step: did.and_then(|did| did.parse().ok()),
            kept: kept.map(spans).unwrap_or_default(),
        }
    }

    /// Reads the query string of a page that shows what was done and takes nothing else.
    pub fn alone(query: &str) -> Result<Self> {
        let mut pairs = query::pairs(query)?;
        let did = query::take(&mut pairs, "did");
        query::refuse_rest(&pairs)?;
        Ok(Self::parse(did.as_deref(), None))
    }

    /// Looks it up; none if there is no such step.
    pub fn look_up(self, mine: &mut Mine<'_>) -> Result<Option<Done>> {
        let Some(step) = self.step else {
            return Ok(None);
        };
        let entry = match mine.entry(step) {
            Ok(entry) => entry,
            Err(Error::NotFound) => return Ok(None),
            Err(other) => return Err(other),
        };
        let only = match &*entry.changes {
            [only] => Some(only),
            changes => changes.iter().find(|change| change.line().is_some()),
        };
        let task = only.and_then(crate::journal::Change::task);
        let line = only
            .and_then(|change| change.line())
            .filter(|_| entry.count == 1);
        let line = line.unwrap_or_default().to_owned();
        let parts = if line.is_empty() {
            Vec::new()
        } else {
            let understood = actions::understood(mine, &line, entry.at)?;
            understood.map(|entry| entry.understood).unwrap_or_default()
        };
        Ok(Some(Done {
            task,
            line,
            parts,
            kept: self.kept,
            entry,
        }))
    }
}

impl Done {
    /// What to say of it, and how to take it back; `here` is where the page without it lies.
    pub fn flash(&self, here: &str, now: Stamp, say: Locale) -> Flash {
        let entry = &self.entry;
        let undo = entry.can_undo(now).then(|| Undo {
            action: format!("/history/{}/undo", entry.version),
            label: if entry.undoes.is_some() {
                say.flash_redo()
            } else {
                say.flash_undo()
            },
            next: here.to_owned(),
        });
        let address = self.task.map(|task| format!("/tasks/{task}"));
        let is_elsewhere = |address: &String| here.split('?').next() != Some(address.as_str());
        let is_shown = !matches!(entry.deed, Deed::Deleted | Deed::Purged);
        Flash {
            words: Html::sentence([&words::html(entry, say)], |[did]| say.flash_did(did)),
            undo,
            link: address.filter(is_elsewhere).filter(|_| is_shown),
            understood: self.understood(here, say),
        }
    }

    fn understood(&self, here: &str, say: Locale) -> Option<Understood> {
        let task = self.task?;
        let is_kept = |part: &Part| {
            let overlaps =
                |kept: &Range<usize>| kept.start < part.span.end && part.span.start < kept.end;
            self.kept.iter().any(overlaps)
        };
        let parts: Vec<_> = self.parts.iter().filter(|part| !is_kept(part)).collect();
        if parts.is_empty() {
            return None;
        }
        let shown = |part: &&Part| {
            let own = (part.status == Status::Used).then_some(&part.span);
            let typed = words_at(&self.line, &part.span);
            let meaning = meaning(part, say);
            UnderstoodPart {
                words: in_words(part, (&typed, &meaning), say),
                typed,
                meaning,
                is_list: part.kind == PartKind::List,
                keep: keep_text(self.kept.iter().chain(own)),
                is_unknown: part.status == Status::Unknown,
            }
        };
        Some(Understood {
            action: format!("/tasks/{task}/keep"),
            step: self.entry.version,
            next: here.to_owned(),
            parts: parts.iter().map(shown).collect(),
        })
    }
}

/// The address `next`, saying what was done and, where the task is to be seen, showing it.
pub fn address(next: &str, step: Option<i64>, shown: Option<&Task>) -> String {
    let mut address = next.to_owned();
    if let Some(step) = step {
        address.push(if next.contains('?') { '&' } else { '?' });
        address.push_str("did=");
        address.push_str(&step.to_string());
    }
    if let Some(task) = shown {
        address.push_str("#task-");
        address.push_str(&task.id.to_string());
    }
    address
}

/// Reads spans as `3-7.10-12`; what is no span is left out.
pub fn spans(text: &str) -> Vec<Range<usize>> {
    let span = |text: &str| {
        let (from, to) = text.split_once('-')?;
        let (from, to) = (from.parse().ok()?, to.parse().ok()?);
        (from < to).then_some(from..to)
    };
    let mut spans: Vec<_> = text.split('.').filter_map(span).take(100).collect();
    spans.sort_by_key(|span| span.start);
    spans
}

/// What [`spans`] reads.
pub fn keep_text<'s>(spans: impl Iterator<Item = &'s Range<usize>>) -> String {
    let texts: Vec<_> = spans
        .map(|span| format!("{}-{}", span.start, span.end))
        .collect();
    texts.join(".")
}

/// What a part was taken for, as a sentence.
fn in_words(part: &Part, (typed, meaning): (&str, &str), say: Locale) -> Html {
    let quoted = Html::element("q", typed);
    if part.status == Status::Used {
        let kind = Html::element("b", say.understood_kind(part.kind.word()));
        return Html::sentence([&kind, &quoted], |[kind, typed]| {
            say.understood_part(kind, typed, meaning)
        });
    }
    if part.kind == PartKind::List {
        return Html::text(&say.understood_no_list(meaning));
    }
    Html::sentence([&quoted], |[typed]| say.understood_not(typed))
}

/// What a part was taken for, in words where the API has a number or a rule.
fn meaning(part: &Part, say: Locale) -> String {
    let value = &*part.value;
    let words = match part.kind {
        PartKind::Priority => Some(
            say.priority_word(value.parse().unwrap_or_default())
                .to_owned(),
        ),
        PartKind::Recurrence => match value.strip_prefix("UNTIL=") {
            Some(day) => NaiveDate::parse_from_str(day, "%Y%m%d")
                .ok()
                .map(|day| say.understood_until(day)),
            None => Rule::stored(value).map(|rule| rule.words(say)),
        },
        PartKind::List if value == ORIGINAL.nav_inbox() => Some(say.nav_inbox().to_owned()),
        PartKind::List
        | PartKind::Label
        | PartKind::Notes
        | PartKind::Completed
        | PartKind::Date
        | PartKind::Time
        | PartKind::Start => None,
    };
    words.unwrap_or_else(|| value.to_owned())
}

fn words_at(line: &str, span: &Range<usize>) -> String {
    line.chars().skip(span.start).take(span.len()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_we_write_is_read() {
        assert_eq!(Did::parse(Some("17"), None).step, Some(17));
        for other in ["", "x", "17x", "completed-1", "-", "99999999999999999999"] {
            assert_eq!(Did::parse(Some(other), None).step, None, "{other}");
        }
    }

    #[test]
    fn spans_are_read_back_and_nonsense_is_left_out() {
        assert_eq!(keep_text(spans("3-7.10-12").iter()), "3-7.10-12");
        assert_eq!(spans("7-3.x.-1.5-5.1-2"), vec![1..2]);
    }
}
