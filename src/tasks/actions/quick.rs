//! Quick add: lines of typing become tasks.

use std::collections::HashMap;
use std::ops::Range;

use super::{GAP, insert, on_top};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result, Sentence};
use crate::fold::fold;
use crate::journal::Deed;
use crate::lists::{List, ListId, ListPatch, actions as lists};
use crate::name::Name;
use crate::store::Mine;
use crate::tasks::quick_add::{self, Context, Entry, ListName, Part};
use crate::tasks::{Labels, NewTask, Notes, Priority, Task, TaskId, TaskPatch, Title};
use crate::words::Locale;

/// Most lines of one text.
const LINES_MAX: usize = 500;

/// What was typed, and where.
#[derive(Clone, Debug, Default)]
pub struct QuickAdd {
    /// One task a line; indented lines are steps.
    pub text: String,
    /// Whether a list that does not exist is to be made.
    pub create_lists: bool,
    /// What a line that says nothing else takes: the list and the day of the page it was typed on.
    pub rest: TaskPatch,
}

/// A task that was made from a line, and what was understood of it.
#[derive(Clone, Debug)]
pub struct Understood {
    /// The task.
    pub task: Task,
    /// The parts of the line that meant something.
    pub parts: Vec<Part>,
}

/// Makes a task of every line.
pub fn quick_add(mine: &mut Mine<'_>, quick: &QuickAdd, now: Stamp) -> Result<Vec<Understood>> {
    let known = mine.lists()?;
    let lines: Vec<&str> = lines(&quick.text).collect();
    if lines.len() > LINES_MAX {
        let sentence = Sentence::told(|say| say.refused_lines_many(LINES_MAX));
        return Err(Error::invalid("text", "too_many", sentence));
    }
    let entries = read(mine, &known, quick, &[], now);
    if entries.is_empty() {
        let sentence = Sentence::Said(Locale::refused_title_empty);
        return Err(Error::invalid("text", "required", sentence));
    }
    let places = places(mine, &entries, quick.rest.list_id, now)?;
    let mut made: Vec<Understood> = Vec::with_capacity(entries.len());
    for (at, (entry, place)) in entries.iter().zip(places).enumerate() {
        let top = entry.parent.map(|parent| top_of(&entries, parent));
        let parent = top.and_then(|top| made.get(top)).map(|top| top.task.id);
        let mut new = new_task(entry, &quick.rest)
            .map_err(|refusals| in_line(&refusals, at, entries.len()))?;
        new.rest.parent_id = parent.map(Some);
        (new.rest.list_id, new.rest.position) = place.unzip();
        let task = match insert(mine, new, now) {
            Ok(task) => task,
            Err(Error::Invalid(refusals)) => return Err(in_line(&refusals, at, entries.len())),
            Err(other) => return Err(other),
        };
        if let Some(line) = lines.get(at) {
            mine.note_text(task.id, line);
        }
        made.push(Understood {
            task,
            parts: entry.understood.clone(),
        });
    }
    if let Some(first) = made.first() {
        mine.tell(Deed::Added, first.task.title.as_str(), made.len());
    }
    Ok(made)
}

/// What was understood of a line that became a task at that moment.
pub fn understood(mine: &mut Mine<'_>, line: &str, at: Stamp) -> Result<Option<Entry>> {
    let known = mine.lists()?;
    let quick = QuickAdd {
        text: line.to_owned(),
        ..QuickAdd::default()
    };
    Ok(read(mine, &known, &quick, &[], at).into_iter().next())
}

/// Reads the line again with these spans kept as text, and changes the task as that says: what the
/// spans had set is taken back, and their words are in the title.
pub fn keep_as_text(
    mine: &mut Mine<'_>,
    (id, line): (TaskId, &str),
    keep: &[Range<usize>],
    (typed_at, now): (Stamp, Stamp),
) -> Result<Task> {
    let before = super::changeable(mine, id, &crate::tasks::Precondition::None)?;
    let known = mine.lists()?;
    let quick = QuickAdd {
        text: line.to_owned(),
        ..QuickAdd::default()
    };
    let first = |entries: Vec<Entry>| entries.into_iter().next();
    let was = first(read(mine, &known, &quick, &[], typed_at));
    let is = first(read(mine, &known, &quick, keep, typed_at));
    let (Some(was), Some(is)) = (was, is) else {
        return Ok(before);
    };
    let plain = TaskPatch::default();
    let old = new_task(&was, &plain).map_err(Error::Invalid)?;
    let new = new_task(&is, &plain).map_err(Error::Invalid)?;
    let (old_rest, new_rest) = (old.rest, new.rest);
    // Only what reading differently changes; the rest may have been edited meanwhile.
    let mut patch = TaskPatch {
        title: (old.title != new.title).then_some(new.title),
        ..TaskPatch::default()
    };
    if old_rest.notes != new_rest.notes {
        patch.notes = Some(new_rest.notes.unwrap_or_default());
    }
    if old_rest.labels != new_rest.labels {
        patch.labels = Some(new_rest.labels.unwrap_or_default());
    }
    if old_rest.priority != new_rest.priority {
        patch.priority = Some(new_rest.priority.unwrap_or_default());
    }
    if old_rest.start_on != new_rest.start_on {
        patch.start_on = Some(new_rest.start_on.flatten());
    }
    if old_rest.recurrence != new_rest.recurrence {
        patch.recurrence = Some(new_rest.recurrence.flatten());
        patch.recurs_from_completion = new_rest.recurs_from_completion.or(Some(false));
    }
    if old_rest.due_on != new_rest.due_on {
        patch.due_on = Some(new_rest.due_on.flatten());
    }
    if old_rest.due_time != new_rest.due_time {
        patch.due_time = Some(new_rest.due_time.flatten());
    }
    if was.list != is.list {
        patch.list_id = match &is.list {
            Some(list) => Some(list_of(mine, list, now)?),
            None => before.parent_id.is_none().then(|| mine.inbox()),
        };
    }
    if was.completed != is.completed {
        patch.completed = Some(is.completed);
    }
    if patch.recurrence == Some(None) {
        patch.recurs_from_completion = None;
    }
    let condition = crate::tasks::Precondition::None;
    super::edit(mine, id, (patch, &condition), now).map(|outcome| outcome.task)
}

/// Makes the list that a quick-added line named in vain, moves the task there, and takes the name
/// out of its title; `keep` are the spans that are to stay text.
pub fn make_list_named(
    mine: &mut Mine<'_>,
    (id, name): (TaskId, &str),
    (step, keep): (i64, &[Range<usize>]),
    now: Stamp,
) -> Result<Task> {
    let list = list_of(mine, &ListName::New(name.to_owned()), now)?;
    let entry = mine.entry(step)?;
    let line = entry.line_of(id).ok_or(Error::NotFound)?;
    let before = super::changeable(mine, id, &crate::tasks::Precondition::None)?;
    let known = mine.lists()?;
    let quick = QuickAdd {
        text: line.to_owned(),
        ..QuickAdd::default()
    };
    let read = read(mine, &known, &quick, keep, entry.at)
        .into_iter()
        .next();
    let title = read.and_then(|entry| Title::parse(&entry.title).ok());
    let patch = TaskPatch {
        list_id: Some(list),
        title: title.filter(|title| *title != before.title),
        ..TaskPatch::default()
    };
    let condition = crate::tasks::Precondition::None;
    super::edit(mine, id, (patch, &condition), now).map(|outcome| outcome.task)
}

/// The lines that become tasks, each with its indentation.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
}

fn read(
    mine: &Mine<'_>,
    known: &[List],
    quick: &QuickAdd,
    keep: &[Range<usize>],
    now: Stamp,
) -> Vec<Entry> {
    let names = |typed: &str| {
        let key = fold(typed);
        let list = known.iter().find(|list| list.name.key() == key);
        list.map(|list| list.name.as_str().to_owned())
    };
    let context = Context {
        now: now.local_in(mine.zone()),
        week_start: mine.settings().week_start.weekday(),
        numeric: mine.settings().numeric_dates(),
        symbols: mine.settings().symbols,
        lists: &names,
        create_lists: quick.create_lists,
        keep,
    };
    quick_add::parse(&quick.text, &context)
}

/// A task has one level of steps: what is indented deeper belongs to the same task.
fn top_of(entries: &[Entry], mut at: usize) -> usize {
    while let Some(parent) = entries.get(at).and_then(|entry| entry.parent) {
        at = parent;
    }
    at
}

/// The list of each line and its place there: in the order typed, above what was there. Steps have
/// none of their own; they go below their task one after the other.
fn places(
    mine: &mut Mine<'_>,
    entries: &[Entry],
    usual: Option<ListId>,
    now: Stamp,
) -> Result<Vec<Option<(ListId, i64)>>> {
    let mut lists = Vec::with_capacity(entries.len());
    for entry in entries {
        lists.push(match (&entry.list, entry.parent) {
            (_, Some(_)) => None,
            (Some(list), None) => Some(list_of(mine, list, now)?),
            (None, None) => Some(usual.unwrap_or_else(|| mine.inbox())),
        });
    }
    // From the last line up, each goes on top of what is there by then.
    let mut tops: HashMap<ListId, i64> = HashMap::new();
    let mut places = Vec::with_capacity(entries.len());
    for list in lists.into_iter().rev() {
        let Some(list) = list else {
            places.push(None);
            continue;
        };
        let place = match tops.get(&list) {
            Some(below) => below.saturating_sub(GAP),
            None => on_top(mine, list)?,
        };
        tops.insert(list, place);
        places.push(Some((list, place)));
    }
    places.reverse();
    Ok(places)
}

fn list_of(mine: &mut Mine<'_>, list: &ListName, now: Stamp) -> Result<ListId> {
    let key = fold(list.as_str());
    // Asked each time: an earlier line may have made it.
    let known = mine.lists()?;
    if let Some(list) = known.iter().find(|list| list.name.key() == key) {
        return Ok(list.id);
    }
    let name = Name::parse("text", list.as_str()).map_err(|refusal| {
        let mut errors = FieldErrors::default();
        errors.take::<()>(Err(refusal));
        Error::Invalid(errors)
    })?;
    lists::add(mine, name, &ListPatch::default(), now).map(|list| list.id)
}

fn new_task(entry: &Entry, rest: &TaskPatch) -> Result<NewTask, FieldErrors> {
    let mut errors = FieldErrors::default();
    let title = errors.take(Title::parse(&entry.title));
    let notes = errors.take(Notes::parse(&entry.notes));
    let more = rest.labels.iter().flat_map(Labels::names);
    let labels = entry.labels.iter().map(String::as_str).chain(more);
    let labels = errors.take(Labels::parse(labels));
    let (Some(title), Some(notes), Some(labels)) = (title, notes, labels) else {
        return Err(errors);
    };
    let said = (!notes.is_empty()).then_some(notes);
    let priority = entry.priority.map(i64::from);
    Ok(NewTask {
        title,
        rest: TaskPatch {
            notes: said.or_else(|| rest.notes.clone()),
            labels: Some(labels),
            priority: priority.and_then(Priority::from_number).or(rest.priority),
            start_on: entry.start_date.map(Some).or(rest.start_on),
            due_on: entry.due_date.map(Some).or(rest.due_on),
            due_time: entry.due_time.map(Some).or(rest.due_time),
            recurrence: entry.recurrence.clone().map(Some),
            recurs_from_completion: entry.recurrence.is_some().then_some(entry.from_completion),
            completed: entry.completed.then_some(true),
            ..TaskPatch::default()
        },
    })
}

/// Where there are several lines, people want to know which.
fn in_line(refusals: &FieldErrors, at: usize, lines: usize) -> Error {
    let mut errors = FieldErrors::default();
    for refusal in refusals {
        let clause = refusal.sentence.clone();
        let sentence = match lines {
            1 => clause,
            _ => Sentence::told(move |say| say.refused_in_line(at + 1, clause.in_locale(say))),
        };
        errors.add("text", refusal.code, sentence);
    }
    Error::Invalid(errors)
}
