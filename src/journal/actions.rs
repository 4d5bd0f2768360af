//! Taking a step of the history back.

use serde_json::Value;

use super::{Change, Entry, Fields, Kind, Remember as _, tasks};
use crate::accounts::actions::set_up;
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::labels::{self, Label};
use crate::lists::List;
use crate::name::Name;
use crate::store::Mine;
use crate::tasks::filter::{ListChoice, Scope, Status};
use crate::views::SavedView;
use crate::words::Locale;

/// What taking a step back did.
#[derive(Clone, Debug, PartialEq)]
pub struct Undone {
    /// The step that was taken back.
    pub of: Entry,
    /// Fields that stayed as they are, because somebody changed them since.
    pub kept: Vec<String>,
}

/// Takes a step back: what it made goes to the trash, what it changed becomes as it was.
///
/// Later changes of the same things stay, and what therefore could not be put back is named. Taking
/// back is a step itself, and can be taken back.
pub fn undo(mine: &mut Mine<'_>, version: i64, now: Stamp) -> Result<Undone> {
    let entry = mine.entry(version)?;
    if entry.undone_by.is_some() {
        return Err(refuse(Locale::refused_undone_already));
    }
    if !entry.can_undo(now) {
        return Err(refuse(Locale::refused_undo_late));
    }
    mine.next_version()?;
    let mut kept = Vec::new();
    // Lists and labels come back before the tasks that were in them, and go after.
    for change in entry
        .changes
        .iter()
        .filter(|change| change.before.is_some())
    {
        if change.kind != Kind::Task {
            undo_one(mine, change, now, &mut kept)?;
        }
    }
    tasks::undo(mine, &entry, now, &mut kept)?;
    for change in entry.changes.iter().rev() {
        if change.kind != Kind::Task && change.before.is_none() {
            undo_one(mine, change, now, &mut kept)?;
        }
    }
    kept.sort();
    kept.dedup();
    mine.tell_undo(&entry);
    Ok(Undone { of: entry, kept })
}

fn undo_one(
    mine: &mut Mine<'_>,
    change: &Change,
    now: Stamp,
    kept: &mut Vec<String>,
) -> Result<()> {
    match change.kind {
        // All of them together: a step depends on its task.
        Kind::Task => Ok(()),
        Kind::List => undo_list(mine, change, now, kept),
        Kind::Label => undo_label(mine, change, now, kept),
        Kind::View => undo_view(mine, change, now, kept),
        Kind::Settings => {
            let (Some(was), Some(became)) = (&change.before, &change.after) else {
                return Ok(());
            };
            let mut after = mine.settings().clone();
            kept.extend(after.put_back(was, became));
            set_up(mine, &after, now)
        }
    }
}

fn undo_list(
    mine: &mut Mine<'_>,
    change: &Change,
    now: Stamp,
    kept: &mut Vec<String>,
) -> Result<()> {
    let Some(id) = change.list() else {
        return Ok(());
    };
    let version = mine.next_version()?;
    let known = mine.lists()?;
    let is_taken = |name: &Name| {
        known
            .iter()
            .any(|list| list.id != id && list.name.key() == name.key())
    };
    let present = known.iter().find(|list| list.id == id);
    match (present, &change.before, &change.after) {
        (None, Some(was), None) => {
            let mut list = List::recalled(id, was, now);
            if is_taken(&list.name) {
                list.name = Name::stored(format!("{} ({version})", list.name.as_str()));
            }
            (list.version, list.updated_at) = (version, now);
            mine.insert_list(&list)
        }
        (Some(before), Some(was), Some(became)) => {
            let mut after = before.clone();
            kept.extend(after.put_back(was, became));
            if is_taken(&after.name) {
                after.name = before.name.clone();
                kept.push("name".to_owned());
            }
            if after == *before {
                return Ok(());
            }
            (after.version, after.updated_at) = (version, now);
            mine.update_list(before, &after)
        }
        (Some(list), None, _) => {
            // Tasks that came into it since keep it alive.
            let mut scope = Scope::of(Status::Any);
            scope.list = Some(ListChoice::Is(id));
            if mine.all_tasks(&scope, (None, 1), now)?.is_empty() {
                mine.remove_list(list)
            } else {
                kept.push("list".to_owned());
                Ok(())
            }
        }
        _ => Ok(()),
    }
}

fn undo_label(
    mine: &mut Mine<'_>,
    change: &Change,
    now: Stamp,
    kept: &mut Vec<String>,
) -> Result<()> {
    let spelling = |fields: &Fields| {
        fields
            .get("name")
            .and_then(Value::as_str)
            .map(str::to_owned)
    };
    match (&change.before, &change.after) {
        (Some(was), None) => match Label::recalled(was) {
            Some(label) if mine.label(&change.id).is_err() => mine.insert_label(&label),
            _ => Ok(()),
        },
        (Some(was), Some(became)) => match (spelling(was), mine.label(&change.id)) {
            (Some(was), Ok(label)) if spelling(became).as_deref() == Some(label.name.as_str()) => {
                labels::actions::rename(mine, &change.id, &Name::stored(was), now).map(drop)
            }
            _ => {
                kept.push("name".to_owned());
                Ok(())
            }
        },
        // A label that this step made may be on other tasks by now, and costs nothing.
        (None, _) => match mine.label(&change.id) {
            Ok(label) if mine.label_uses(&change.id)? == 0 => mine.remove_label(&label),
            _ => Ok(()),
        },
    }
}

fn undo_view(
    mine: &mut Mine<'_>,
    change: &Change,
    now: Stamp,
    kept: &mut Vec<String>,
) -> Result<()> {
    let Some(id) = change.view() else {
        return Ok(());
    };
    let version = mine.next_version()?;
    let known = mine.views()?;
    let is_taken = |name: &Name| {
        known
            .iter()
            .any(|view| view.id != id && view.name.key() == name.key())
    };
    let present = known.iter().find(|view| view.id == id);
    match (present, &change.before, &change.after) {
        (None, Some(was), None) => {
            let mut view = SavedView::recalled(id, was, now);
            if is_taken(&view.name) {
                view.name = Name::stored(format!("{} ({version})", view.name.as_str()));
            }
            (view.version, view.updated_at) = (version, now);
            mine.insert_view(&view)
        }
        (Some(before), Some(was), Some(became)) => {
            let mut after = before.clone();
            kept.extend(after.put_back(was, became));
            if is_taken(&after.name) {
                after.name = before.name.clone();
                kept.push("name".to_owned());
            }
            if after == *before {
                return Ok(());
            }
            (after.version, after.updated_at) = (version, now);
            mine.update_view(before, &after)
        }
        (Some(view), None, _) => mine.remove_view(view),
        _ => Ok(()),
    }
}

fn refuse(message: fn(Locale) -> &'static str) -> Error {
    Error::Conflict {
        field: "undo",
        sentence: Sentence::Said(message),
    }
}
