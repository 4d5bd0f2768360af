//! Everything that can be done with tasks; each function is one transaction.
//!
//! The time is passed in, and what is passed in was parsed at the door: nothing here re-validates.

use super::filter::Status;
use super::{NewTask, Precondition, Task, TaskId, TaskPatch};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::lists::ListId;
use crate::store::Mine;

/// New tasks go this far before the first; wide enough to put others between for a long time.
const GAP: i64 = 1 << 16;

/// Makes a task, on top of its list unless the place was said.
///
/// Refused when the owner has as many tasks as the limit allows, the trash included.
pub fn add(mine: &mut Mine<'_>, new: NewTask, now: Stamp) -> Result<Task> {
    let patch = new.rest;
    let list_id = match patch.list_id {
        Some(list) => own_list(mine, list)?,
        None => mine.inbox(),
    };
    let position = match patch.position {
        Some(position) => position,
        None => mine
            .first_position()?
            .map_or(0, |first| first.saturating_sub(GAP)),
    };
    let task = Task {
        id: TaskId::new(new_id(now)),
        list_id,
        title: new.title,
        notes: patch.notes.unwrap_or_default(),
        position,
        priority: patch.priority.unwrap_or_default(),
        due_on: patch.due_on.flatten(),
        completed_at: patch.completed.unwrap_or(false).then_some(now),
        deleted_at: None,
        version: mine.next_version_with_tasks(1)?,
        created_at: now,
        updated_at: now,
    };
    mine.insert_task(&task)?;
    Ok(task)
}

/// Changes what the patch names and leaves the rest.
///
/// A patch that changes nothing keeps the version, so nobody has to load the task again for it.
pub fn edit(
    mine: &mut Mine<'_>,
    id: TaskId,
    (patch, condition): (TaskPatch, &Precondition),
    now: Stamp,
) -> Result<Task> {
    change(mine, id, condition, now, |mine, task| {
        if let Some(list) = patch.list_id {
            task.list_id = own_list(mine, list)?;
        }
        let Task {
            title,
            notes,
            position,
            priority,
            due_on,
            ..
        } = task;
        set(title, patch.title);
        set(notes, patch.notes);
        set(position, patch.position);
        set(priority, patch.priority);
        set(due_on, patch.due_on);
        if let Some(completed) = patch.completed {
            set_completed(task, completed, now);
        }
        Ok(())
    })
}

/// Marks the task done, once.
///
/// Completing a finished task changes nothing and keeps its first completion time, so a form
/// submitted twice is harmless.
pub fn complete(mine: &mut Mine<'_>, id: TaskId, now: Stamp) -> Result<Task> {
    change(mine, id, &Precondition::None, now, |_, task| {
        set_completed(task, true, now);
        Ok(())
    })
}

/// Makes a finished task open again; an open one stays as it is.
pub fn reopen(mine: &mut Mine<'_>, id: TaskId, now: Stamp) -> Result<Task> {
    change(mine, id, &Precondition::None, now, |_, task| {
        set_completed(task, false, now);
        Ok(())
    })
}

/// Moves the task to the trash; one that lies there already is not found.
pub fn delete(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
) -> Result<Task> {
    let mut task = mine.task(id)?;
    if task.is_trashed() {
        return Err(Error::NotFound);
    }
    meet(condition, &task)?;
    task.deleted_at = Some(now);
    save(mine, task, now)
}

/// Takes the task back out of the trash; one that is not there stays as it is.
pub fn restore(mine: &mut Mine<'_>, id: TaskId, now: Stamp) -> Result<Task> {
    let mut task = mine.task(id)?;
    if !task.is_trashed() {
        return Ok(task);
    }
    task.deleted_at = None;
    save(mine, task, now)
}

/// Removes a task for good, out of the trash only.
pub fn delete_for_good(mine: &mut Mine<'_>, id: TaskId, condition: &Precondition) -> Result<()> {
    let task = mine.task(id)?;
    meet(condition, &task)?;
    if !task.is_trashed() {
        return Err(Error::Conflict {
            field: "permanent",
            sentence: "only a task in the trash can be deleted for good; delete it first",
        });
    }
    mine.next_version_with_tasks(-1)?;
    mine.remove_task(id)
}

/// Moves every task of that status to the trash and says how many there were.
///
/// Where there is none, nothing changed, and nobody has to load their views again for it.
pub fn delete_all(mine: &mut Mine<'_>, status: Status, now: Stamp) -> Result<usize> {
    let live = match status {
        Status::Open | Status::Completed => status,
        Status::All | Status::Any => Status::All,
        Status::Trashed => return Ok(0),
    };
    if mine.count_tasks(live)? == 0 {
        return Ok(0);
    }
    let version = mine.next_version()?;
    mine.trash_tasks(live, version, now)
}

/// Fails with [`Error::Stale`] when the task is of no version that the caller named.
///
/// For the actions above that take no condition of their own, in the same transaction.
pub fn check_version(mine: &mut Mine<'_>, id: TaskId, condition: &Precondition) -> Result<()> {
    match condition {
        Precondition::None => Ok(()),
        Precondition::VersionIn(_) => meet(condition, &mine.task(id)?),
    }
}

/// Loads, checks, changes and saves, if there was a change.
fn change(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
    apply: impl FnOnce(&mut Mine<'_>, &mut Task) -> Result<()>,
) -> Result<Task> {
    let before = mine.task(id)?;
    meet(condition, &before)?;
    if before.is_trashed() {
        return Err(Error::Conflict {
            field: "deleted_at",
            sentence: "this task is in the trash; restore it first",
        });
    }
    let mut after = before.clone();
    apply(mine, &mut after)?;
    if after == before {
        Ok(after)
    } else {
        save(mine, after, now)
    }
}

fn save(mine: &mut Mine<'_>, mut task: Task, now: Stamp) -> Result<Task> {
    task.version = mine.next_version()?;
    task.updated_at = now;
    mine.update_task(&task)?;
    Ok(task)
}

fn meet(condition: &Precondition, task: &Task) -> Result<()> {
    if condition.allows(task.version) {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

fn set<T>(field: &mut T, value: Option<T>) {
    if let Some(value) = value {
        *field = value;
    }
}

fn set_completed(task: &mut Task, completed: bool, now: Stamp) {
    task.completed_at = completed.then(|| task.completed_at.unwrap_or(now));
}

fn own_list(mine: &mut Mine<'_>, id: ListId) -> Result<ListId> {
    if mine.has_list(id)? {
        return Ok(id);
    }
    Err(Error::invalid(
        "list_id",
        "unknown",
        "there is no such list",
    ))
}
