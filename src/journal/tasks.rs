//! Taking back what a step did to tasks: all of them together, so that what is left of it is sound.

use std::collections::HashMap;

use super::{Change, Entry, Remember as _};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::store::Mine;
use crate::tasks::{Recurrence, Task, TaskId};

/// A task as it is, and as it is to become.
struct Undoing {
    before: Task,
    after: Task,
}

/// Takes back what the step did to tasks; `kept` takes the fields that stay as they are.
pub(super) fn undo(
    mine: &mut Mine<'_>,
    entry: &Entry,
    now: Stamp,
    kept: &mut Vec<String>,
) -> Result<()> {
    let mut undone: Vec<Undoing> = Vec::new();
    let mut places: HashMap<TaskId, usize> = HashMap::new();
    for change in entry.changes.iter().rev() {
        let Some(id) = change.task() else { continue };
        let place = match places.get(&id) {
            Some(place) => *place,
            None => match mine.task(id) {
                Ok(before) => {
                    let after = before.clone();
                    undone.push(Undoing { before, after });
                    places.insert(id, undone.len() - 1);
                    undone.len() - 1
                }
                // Somebody removed it for good since.
                Err(Error::NotFound) => {
                    kept.push("deleted_at".to_owned());
                    continue;
                }
                Err(other) => return Err(other),
            },
        };
        if let Some(task) = undone.get_mut(place) {
            put_back(&mut task.after, change, now, kept);
        }
    }
    // What a step may be depends on its task.
    undone.sort_by_key(|task| task.after.parent_id.is_some());
    for Undoing { before, mut after } in undone {
        settle(mine, &before, &mut after, kept)?;
        if after != before {
            (after.version, after.updated_at) = (mine.next_version()?, now);
            mine.update_task(&before, &after)?;
            take_steps_along(mine, &before, &after)?;
        }
    }
    Ok(())
}

fn put_back(task: &mut Task, change: &Change, now: Stamp, kept: &mut Vec<String>) {
    match (&change.before, &change.after) {
        (None, _) => task.deleted_at = task.deleted_at.or(Some(now)),
        (Some(was), Some(became)) => {
            let due = task.due;
            kept.extend(task.put_back(was, became));
            let is_later = |field| !was.contains_key(field);
            let Some(due) = due else { return };
            // What was said of the due date since would be lost with it.
            if task.due.is_none() && due.at.is_some() && is_later("due_time") {
                task.due = Some(due);
                kept.push("due_date".to_owned());
            }
            if let Some(now) = task.due.as_mut().filter(|now| now.at.is_none())
                && due.zone.is_some()
                && is_later("due_zone")
            {
                now.at = due.at;
                kept.push("due_time".to_owned());
            }
        }
        (Some(_), None) => {}
    }
}

/// Makes a task sound that was put back in part.
fn settle(
    mine: &mut Mine<'_>,
    before: &Task,
    after: &mut Task,
    kept: &mut Vec<String>,
) -> Result<()> {
    if after.list_id != before.list_id && mine.list(after.list_id).is_err() {
        after.list_id = before.list_id;
        kept.push("list_id".to_owned());
    }
    if let Some(parent) = after.parent_id {
        let parent = mine.task(parent).ok();
        let may_have_it = |parent: &Task| {
            after.is_trashed() || (!parent.is_trashed() && parent.parent_id.is_none())
        };
        match parent.filter(may_have_it) {
            Some(parent) if mine.steps(after.id)?.is_empty() => after.list_id = parent.list_id,
            _ => {
                after.parent_id = None;
                kept.push("parent_id".to_owned());
            }
        }
    }
    settle_due(before, after, kept);
    Ok(())
}

/// A task that repeats has a due date, and a time where its rule needs one.
fn settle_due(before: &Task, after: &mut Task, kept: &mut Vec<String>) {
    let rule = after.recurrence.as_ref().and_then(Recurrence::rule);
    let is_sound = rule.is_none_or(|rule| {
        after
            .due
            .is_some_and(|due| due.at.is_some() || !rule.needs_time())
    });
    if !is_sound {
        after.due = before.due;
        kept.push("due_date".to_owned());
    }
    if let Some(due) = &mut after.due {
        due.zone = due.at.and(due.zone);
    }
}

/// What came under a task since goes where the task goes.
fn take_steps_along(mine: &mut Mine<'_>, before: &Task, after: &Task) -> Result<()> {
    let is_deleted = !before.is_trashed() && after.is_trashed();
    if after.list_id == before.list_id && !is_deleted {
        return Ok(());
    }
    for step in mine.steps(after.id)? {
        let mut along = step.clone();
        along.list_id = after.list_id;
        along.deleted_at = after.deleted_at;
        if along != step {
            (along.version, along.updated_at) = (mine.next_version()?, after.updated_at);
            mine.update_task(&step, &along)?;
        }
    }
    Ok(())
}
