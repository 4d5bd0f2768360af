//! The occurrence that follows, made when a task is done and taken back when it is reopened.

use super::delete::trash;
use super::{changeable, save};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::journal::Deed;
use crate::store::Mine;
use crate::tasks::{Precondition, Task, TaskId};
use crate::words::Locale;

/// Makes the occurrence after this one, with its steps unticked; none if the task does not repeat
/// or its series is over.
pub(super) fn make_next(
    mine: &mut Mine<'_>,
    done: &Task,
    steps: &[Task],
    now: Stamp,
) -> Result<Option<Task>> {
    let following = following(mine, done, now);
    let Some((due, recurrence)) = following else {
        return Ok(None);
    };
    // What was to appear some days before it was due does so again.
    let lead = done
        .start_on
        .zip(done.due)
        .map(|(start, due)| due.on - start);
    let next = Task {
        id: TaskId::new(new_id(now)),
        start_on: lead.and_then(|lead| due.on.checked_sub_signed(lead)),
        due: Some(due),
        recurrence: Some(recurrence),
        version: mine.next_version_with_tasks(1)?,
        created_at: now,
        updated_at: now,
        ..done.clone()
    };
    mine.insert_task(&next)?;
    for step in steps {
        let step = Task {
            id: TaskId::new(new_id(now)),
            parent_id: Some(next.id),
            next_id: None,
            completed_at: None,
            version: mine.next_version_with_tasks(1)?,
            created_at: now,
            updated_at: now,
            ..step.clone()
        };
        mine.insert_task(&step)?;
    }
    Ok(Some(next))
}

/// Takes back the occurrence that completing made, unless somebody has been at it; says whether.
///
/// It goes to the trash, so that taking this back can bring it back.
pub(super) fn take_back(mine: &mut Mine<'_>, next: TaskId, now: Stamp) -> Result<bool> {
    let next = match mine.task(next) {
        Ok(next) => next,
        // Whoever removed it ended the series there.
        Err(Error::NotFound) => return Ok(false),
        Err(other) => return Err(other),
    };
    let mut steps = mine.steps(next.id)?;
    steps.extend(mine.trashed_steps(next.id)?);
    // A step that is younger than its task was added to it.
    let is_untouched = |task: &Task| {
        task.updated_at == next.created_at
            && task.created_at == next.created_at
            && !task.is_trashed()
    };
    if !is_untouched(&next) || !steps.iter().all(is_untouched) {
        return Ok(false);
    }
    trash(mine, &next, now)?;
    Ok(true)
}

/// Passes this occurrence over: the task becomes the next one, undone.
pub fn skip(mine: &mut Mine<'_>, id: TaskId, condition: &Precondition, now: Stamp) -> Result<Task> {
    let before = changeable(mine, id, condition)?;
    let refuse = |message| {
        Err(Error::Conflict {
            field: "recurrence",
            sentence: Sentence::Said(message),
        })
    };
    if before.is_completed() {
        return refuse(Locale::refused_skip_done);
    }
    if before.recurrence.is_none() {
        return refuse(Locale::refused_skip_once);
    }
    let Some((due, recurrence)) = following(mine, &before, now) else {
        return refuse(Locale::refused_skip_last);
    };
    let mut after = before.clone();
    after.due = Some(due);
    after.recurrence = Some(recurrence);
    mine.tell(Deed::Skipped, before.title.as_str(), 1);
    save(mine, &before, after, now)
}

fn following(
    mine: &Mine<'_>,
    task: &Task,
    now: Stamp,
) -> Option<(crate::tasks::Due, crate::tasks::Recurrence)> {
    let (due, recurrence) = task.due.as_ref().zip(task.recurrence.as_ref())?;
    // A due time somewhere else is compared with the clock there.
    let zone = due.zone.unwrap_or(mine.zone());
    recurrence.next(due, now.local_in(zone))
}
