//! Everything that can be done with tasks; each function is one transaction.
//!
//! The time is passed in, and what is passed in was parsed at the door: nothing here re-validates,
//! except what only the stored task can tell.

mod compose;
mod delete;
mod examples;
mod order;
mod quick;
mod repeat;

use super::filter::Scope;
use super::{NewTask, Precondition, Task, TaskId, TaskPatch};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::journal::Deed;
use crate::lists::ListId;
use crate::store::Mine;
use crate::words::Locale;
pub use delete::{delete, delete_all, delete_for_good, empty_trash, purge_old, restore};
pub use examples::lay_out_examples;
pub use order::{Place, move_to};
pub use quick::{QuickAdd, Understood, keep_as_text, make_list_named, quick_add, understood};
pub use repeat::skip;

/// New tasks go this far before the first; wide enough to put others between for a long time.
const GAP: i64 = 1 << 16;

/// A task after a change, and the occurrence that the change made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// The task.
    pub task: Task,
    /// What comes next, when completing a task that repeats.
    pub next: Option<Task>,
}

impl From<Task> for Outcome {
    fn from(task: Task) -> Self {
        Self { task, next: None }
    }
}

/// Makes a task, on top of its list (or, a step, behind the others) unless the place was said.
///
/// Refused when the owner has as many tasks as the limit allows, the trash included.
pub fn add(mine: &mut Mine<'_>, new: NewTask, now: Stamp) -> Result<Task> {
    let task = insert(mine, new, now)?;
    mine.tell(Deed::Added, task.title.as_str(), 1);
    Ok(task)
}

/// Makes a task without telling the journal what it is part of.
pub(super) fn insert(mine: &mut Mine<'_>, new: NewTask, now: Stamp) -> Result<Task> {
    let mut patch = new.rest;
    let parent = match patch.parent_id.take().flatten() {
        Some(parent) => Some(step_parent(mine, parent, patch.list_id)?),
        None => None,
    };
    let list_id = match (patch.list_id.take(), &parent) {
        (_, Some(parent)) => parent.list_id,
        (Some(list), None) => own_list(mine, list)?,
        (None, None) => mine.inbox(),
    };
    let position = match (patch.position.take(), &parent) {
        (Some(position), _) => position,
        (None, Some(parent)) => behind_steps(mine, parent.id)?,
        (None, None) => on_top(mine, list_id)?,
    };
    let mut task = Task {
        id: TaskId::new(new_id(now)),
        list_id,
        parent_id: parent.map(|parent| parent.id),
        title: new.title,
        notes: patch.notes.take().unwrap_or_default(),
        labels: patch.labels.take().unwrap_or_default(),
        position,
        priority: patch.priority.take().unwrap_or_default(),
        start_on: patch.start_on.take().flatten(),
        due: None,
        recurrence: None,
        next_id: None,
        completed_at: patch.completed.unwrap_or(false).then_some(now),
        deleted_at: None,
        version: 0,
        created_at: now,
        updated_at: now,
    };
    compose::set_when(&mut task, &patch, now.day_in(mine.zone()))?;
    task.version = mine.next_version_with_tasks(1)?;
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
) -> Result<Outcome> {
    let before = changeable(mine, id, condition)?;
    let mut after = before.clone();
    let completed = patch.completed;
    apply(mine, &mut after, patch, now)?;
    let deed = if after == before {
        None
    } else {
        after = save(mine, &before, after, now)?;
        if after.list_id != before.list_id {
            take_steps_along(mine, &after, now)?;
        }
        Some(Deed::Saved)
    };
    let outcome = match completed {
        Some(true) => complete_now(mine, after, now)?,
        Some(false) => reopen_now(mine, after, now)?.into(),
        None => after.into(),
    };
    let deed = deed.or(match completed {
        Some(true) => Some(Deed::Completed),
        Some(false) => Some(Deed::Reopened),
        None => None,
    });
    if let Some(deed) = deed {
        mine.tell(deed, outcome.task.title.as_str(), 1);
    }
    Ok(outcome)
}

/// Marks the task done, once, with its open steps; if it repeats, the next occurrence is made.
///
/// Completing a finished task changes nothing and keeps its first completion time, so a form
/// submitted twice is harmless.
pub fn complete(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
) -> Result<Outcome> {
    let task = changeable(mine, id, condition)?;
    mine.tell(Deed::Completed, task.title.as_str(), 1);
    complete_now(mine, task, now)
}

/// Makes a finished task open again; an open one stays as it is.
///
/// The occurrence that completing it made goes, if nobody touched it.
pub fn reopen(
    mine: &mut Mine<'_>,
    id: TaskId,
    condition: &Precondition,
    now: Stamp,
) -> Result<Task> {
    let task = changeable(mine, id, condition)?;
    mine.tell(Deed::Reopened, task.title.as_str(), 1);
    reopen_now(mine, task, now)
}

/// Copies a task with its steps; the copy is open and stands on top of the list.
pub fn duplicate(mine: &mut Mine<'_>, id: TaskId, now: Stamp) -> Result<Task> {
    let original = changeable(mine, id, &Precondition::None)?;
    let steps = mine.steps(id)?;
    let position = match original.parent_id {
        Some(parent) => behind_steps(mine, parent)?,
        None => on_top(mine, original.list_id)?,
    };
    let copy = copied(mine, &original, now)?;
    let copy = Task { position, ..copy };
    mine.insert_task(&copy)?;
    for step in &steps {
        let step = copied(mine, step, now)?;
        mine.insert_task(&Task {
            parent_id: Some(copy.id),
            ..step
        })?;
    }
    mine.tell(Deed::Duplicated, original.title.as_str(), 1);
    Ok(copy)
}

fn copied(mine: &mut Mine<'_>, original: &Task, now: Stamp) -> Result<Task> {
    Ok(Task {
        id: TaskId::new(new_id(now)),
        next_id: None,
        completed_at: None,
        deleted_at: None,
        version: mine.next_version_with_tasks(1)?,
        created_at: now,
        updated_at: now,
        ..original.clone()
    })
}

fn complete_now(mine: &mut Mine<'_>, before: Task, now: Stamp) -> Result<Outcome> {
    if before.is_completed() {
        let next = before.next_id.and_then(|id| mine.task(id).ok());
        return Ok(Outcome { task: before, next });
    }
    let steps = mine.steps(before.id)?;
    let next = repeat::make_next(mine, &before, &steps, now)?;
    let mut after = before.clone();
    after.completed_at = Some(now);
    after.next_id = next.as_ref().map(|next| next.id);
    let task = save(mine, &before, after, now)?;
    for step in steps.into_iter().filter(|step| !step.is_completed()) {
        let mut done = step.clone();
        done.completed_at = Some(now);
        save(mine, &step, done, now)?;
    }
    Ok(Outcome { task, next })
}

fn reopen_now(mine: &mut Mine<'_>, before: Task, now: Stamp) -> Result<Task> {
    if !before.is_completed() {
        return Ok(before);
    }
    let mut after = before.clone();
    after.completed_at = None;
    if let Some(next) = after.next_id.take()
        && !repeat::take_back(mine, next, now)?
    {
        // The series goes on in the occurrence that somebody has been at.
        after.recurrence = None;
    }
    save(mine, &before, after, now)
}

/// Sets what the patch names, apart from whether it is done.
fn apply(mine: &mut Mine<'_>, task: &mut Task, patch: TaskPatch, now: Stamp) -> Result<()> {
    compose::set_when(task, &patch, now.day_in(mine.zone()))?;
    if let Some(parent) = patch.parent_id {
        set_parent(mine, task, parent, patch.list_id)?;
    }
    if let Some(list) = patch.list_id.filter(|list| *list != task.list_id) {
        if task.parent_id.is_some() {
            let sentence = Sentence::Said(Locale::refused_step_list);
            return Err(Error::invalid("list_id", "step", sentence));
        }
        task.list_id = own_list(mine, list)?;
    }
    set(&mut task.title, patch.title);
    set(&mut task.notes, patch.notes);
    set(&mut task.labels, patch.labels);
    set(&mut task.position, patch.position);
    set(&mut task.priority, patch.priority);
    set(&mut task.start_on, patch.start_on);
    Ok(())
}

fn set_parent(
    mine: &mut Mine<'_>,
    task: &mut Task,
    parent: Option<TaskId>,
    list: Option<ListId>,
) -> Result<()> {
    if parent == task.parent_id {
        return Ok(());
    }
    let Some(parent) = parent else {
        task.parent_id = None;
        return Ok(());
    };
    let refuse = |sentence: &'static str| Err(Error::invalid("parent_id", "level", sentence));
    if parent == task.id {
        return refuse("a task cannot be a step of itself");
    }
    if !mine.steps(task.id)?.is_empty() {
        return refuse("a task that has steps cannot be a step; there is one level");
    }
    let parent = step_parent(mine, parent, list)?;
    task.parent_id = Some(parent.id);
    task.list_id = parent.list_id;
    Ok(())
}

/// The task that is to have a step.
fn step_parent(mine: &mut Mine<'_>, id: TaskId, list: Option<ListId>) -> Result<Task> {
    let refuse = |code, message| {
        let sentence = Sentence::Said(message);
        Err(Error::invalid("parent_id", code, sentence))
    };
    let parent = match mine.task(id) {
        Ok(parent) => parent,
        Err(Error::NotFound) => return refuse("unknown", Locale::refused_no_such_task),
        Err(other) => return Err(other),
    };
    if parent.is_trashed() {
        return refuse("trashed", Locale::refused_parent_in_trash);
    }
    if parent.parent_id.is_some() {
        return refuse("level", Locale::refused_step_of_step);
    }
    if list.is_some_and(|list| list != parent.list_id) {
        let sentence = "a step is in the list of its task; leave list_id out";
        return Err(Error::invalid("list_id", "step", sentence));
    }
    Ok(parent)
}

fn take_steps_along(mine: &mut Mine<'_>, parent: &Task, now: Stamp) -> Result<()> {
    for step in mine.steps(parent.id)? {
        let mut moved = step.clone();
        moved.list_id = parent.list_id;
        save(mine, &step, moved, now)?;
    }
    Ok(())
}

/// A task that may be changed: of a version that the caller named, and not in the trash.
fn changeable(mine: &mut Mine<'_>, id: TaskId, condition: &Precondition) -> Result<Task> {
    let task = mine.task(id)?;
    meet(condition, &task)?;
    if task.is_trashed() {
        return Err(Error::Conflict {
            field: "deleted_at",
            sentence: Sentence::Said(Locale::refused_in_trash),
        });
    }
    Ok(task)
}

fn save(mine: &mut Mine<'_>, before: &Task, mut after: Task, now: Stamp) -> Result<Task> {
    if *before == after {
        return Ok(after);
    }
    after.version = mine.next_version()?;
    after.updated_at = now;
    mine.update_task(before, &after)?;
    Ok(after)
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

fn on_top(mine: &mut Mine<'_>, list: ListId) -> Result<i64> {
    let first = mine.first_position(list)?;
    Ok(first.map_or(0, |first| first.saturating_sub(GAP)))
}

fn behind_steps(mine: &mut Mine<'_>, parent: TaskId) -> Result<i64> {
    let last = mine.steps(parent)?.last().map(|step| step.position);
    Ok(last.map_or(0, |last| last.saturating_add(GAP)))
}

fn own_list(mine: &mut Mine<'_>, id: ListId) -> Result<ListId> {
    if id == mine.inbox() {
        return Ok(id);
    }
    match mine.list(id) {
        Ok(list) => Ok(list.id),
        Err(Error::NotFound) => {
            let sentence = Sentence::Said(Locale::refused_no_such_list);
            Err(Error::invalid("list_id", "unknown", sentence))
        }
        Err(other) => Err(other),
    }
}

/// Every task of a scope at this moment.
pub(super) fn every(mine: &mut Mine<'_>, scope: &Scope, now: Stamp) -> Result<Vec<Task>> {
    mine.all_tasks(scope, (None, i64::MAX), now)
}
