//! Into the trash, out of it, and gone for good.

use super::{changeable, every, meet, save};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::Deed;
use crate::store::Mine;
use crate::tasks::filter::{Scope, Status};
use crate::tasks::{Precondition, Task, TaskId};

/// Moves the task and its steps to the trash; one that lies there already is not found.
pub fn delete(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
) -> Result<Task> {
    let task = mine.task(id)?;
    if task.is_trashed() {
        return Err(Error::NotFound);
    }
    let task = changeable(mine, task.id, condition)?;
    mine.tell(Deed::Deleted, task.title.as_str(), 1);
    trash(mine, &task, now)
}

/// Moves a task and its steps to the trash.
pub(in crate::tasks) fn trash(mine: &mut Mine<'_>, task: &Task, now: Stamp) -> Result<Task> {
    for step in mine.steps(task.id)? {
        put_in_trash(mine, &step, now)?;
    }
    put_in_trash(mine, task, now)
}

fn put_in_trash(mine: &mut Mine<'_>, task: &Task, now: Stamp) -> Result<Task> {
    let mut after = task.clone();
    after.deleted_at = Some(now);
    save(mine, task, after, now)
}

/// Takes the task out of the trash with the steps that went there with it; one that is not there
/// stays as it is.
///
/// A step whose task stays in the trash, or is a step itself by now, stands by itself from now on.
pub fn restore(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
) -> Result<Task> {
    let task = mine.task(id)?;
    meet(condition, &task)?;
    let Some(deleted_at) = task.deleted_at else {
        return Ok(task);
    };
    let mut after = task.clone();
    after.deleted_at = None;
    if let Some(parent) = task.parent_id {
        let parent = mine.task(parent)?;
        if parent.is_trashed() || parent.parent_id.is_some() {
            after.parent_id = None;
        } else {
            after.list_id = parent.list_id;
        }
    }
    mine.tell(Deed::Restored, task.title.as_str(), 1);
    let restored = save(mine, &task, after, now)?;
    for step in mine.trashed_steps(id)? {
        if step.deleted_at == Some(deleted_at) {
            let mut after = step.clone();
            after.deleted_at = None;
            save(mine, &step, after, now)?;
        }
    }
    Ok(restored)
}

/// Removes a task and its steps for good, out of the trash only.
pub fn delete_for_good(mine: &mut Mine<'_>, id: TaskId, condition: &Precondition) -> Result<()> {
    let task = mine.task(id)?;
    meet(condition, &task)?;
    if !task.is_trashed() {
        return Err(Error::Conflict {
            field: "permanent",
            sentence: "only a task in the trash can be deleted for good; delete it first".into(),
        });
    }
    mine.tell(Deed::Purged, task.title.as_str(), 1);
    purge(mine, &task)
}

fn purge(mine: &mut Mine<'_>, task: &Task) -> Result<()> {
    let mut steps = mine.steps(task.id)?;
    steps.extend(mine.trashed_steps(task.id)?);
    for step in steps {
        mine.next_version_with_tasks(-1)?;
        mine.remove_task(step.id)?;
    }
    mine.next_version_with_tasks(-1)?;
    mine.remove_task(task.id)
}

/// Removes everything in the trash for good and says how much that was.
pub fn empty_trash(mine: &mut Mine<'_>, now: Stamp) -> Result<usize> {
    purge_all(mine, &Scope::of(Status::Trashed), now, |_| true)
}

/// Removes what was put into the trash before that moment.
pub fn purge_old(mine: &mut Mine<'_>, before: Stamp, now: Stamp) -> Result<usize> {
    let is_old = |task: &Task| task.deleted_at.is_some_and(|at| at < before);
    purge_all(mine, &Scope::of(Status::Trashed), now, is_old)
}

fn purge_all(
    mine: &mut Mine<'_>,
    scope: &Scope,
    now: Stamp,
    is_meant: impl Fn(&Task) -> bool,
) -> Result<usize> {
    let mut count = 0;
    let mut first = None;
    for task in every(mine, scope, now)?.into_iter().filter(is_meant) {
        // A step may have gone with its task.
        match mine.task(task.id) {
            Ok(task) => purge(mine, &task)?,
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        }
        first.get_or_insert(task.title);
        count += 1;
    }
    if let Some(first) = first {
        mine.tell(Deed::Purged, first.as_str(), count);
    }
    Ok(count)
}

/// Moves every task of the scope to the trash, with steps, and says how many there were.
///
/// Where there is none, nothing changed, and nobody has to load their views again for it.
pub fn delete_all(mine: &mut Mine<'_>, scope: &Scope, now: Stamp) -> Result<usize> {
    let tasks = every(mine, scope, now)?;
    let tasks: Vec<&Task> = tasks.iter().filter(|task| !task.is_trashed()).collect();
    let Some(first) = tasks.first() else {
        return Ok(0);
    };
    mine.tell(Deed::Deleted, first.title.as_str(), tasks.len());
    for task in &tasks {
        // A step may have gone with its task.
        let now_is = mine.task(task.id)?;
        if !now_is.is_trashed() {
            trash(mine, &now_is, now)?;
        }
    }
    Ok(tasks.len())
}
