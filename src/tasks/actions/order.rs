//! Moving: before or behind another task, to another list, to another task as its step.

use super::{GAP, changeable, own_list, save, set_parent, take_steps_along};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::journal::Deed;
use crate::lists::ListId;
use crate::store::Mine;
use crate::tasks::{Precondition, Task, TaskId};

/// Where a task is to go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Right before this task, in its list.
    pub before: Option<TaskId>,
    /// Right behind this task, in its list.
    pub after: Option<TaskId>,
    /// Into this list, on top.
    pub list_id: Option<ListId>,
    /// Under this task as a step, or (inner none) out from under its task.
    pub parent_id: Option<Option<TaskId>>,
}

/// Moves a task. Others keep their numbers, unless two of them leave no room between them.
pub fn move_to(
    mine: &mut Mine<'_>,
    id: TaskId,
    (place, condition): (Place, &Precondition),
    now: Stamp,
) -> Result<Task> {
    let before = changeable(mine, id, condition)?;
    let mut after = before.clone();
    if let Some(parent) = place.parent_id {
        set_parent(mine, &mut after, parent, place.list_id)?;
    }
    if let Some(list) = place.list_id {
        if after.parent_id.is_some() && list != after.list_id {
            after.parent_id = None;
        }
        after.list_id = own_list(mine, list)?;
        after.position = super::on_top(mine, after.list_id)?;
    }
    if let Some((anchor, behind)) = anchor(place)? {
        let field = if behind { "after" } else { "before" };
        let anchor = neighbour_of(mine, id, (field, anchor))?;
        if anchor.list_id != after.list_id && after.parent_id.is_some() {
            after.parent_id = None;
        }
        after.list_id = anchor.list_id;
        after.position = place_beside(mine, &anchor, behind, now)?;
    }
    mine.tell(Deed::Moved, before.title.as_str(), 1);
    let saved = save(mine, &before, after, now)?;
    if saved.list_id != before.list_id {
        take_steps_along(mine, &saved, now)?;
    }
    Ok(saved)
}

fn anchor(place: Place) -> Result<Option<(TaskId, bool)>> {
    match (place.before, place.after) {
        (Some(_), Some(_)) => {
            let sentence = "a task goes before one or after one; say which of the two";
            Err(Error::invalid("after", "both", sentence))
        }
        (Some(before), None) => Ok(Some((before, false))),
        (None, Some(after)) => Ok(Some((after, true))),
        (None, None) => Ok(None),
    }
}

fn neighbour_of(
    mine: &mut Mine<'_>,
    id: TaskId,
    (field, anchor): (&'static str, TaskId),
) -> Result<Task> {
    let refuse = |sentence: &'static str| Err(Error::invalid(field, "unknown", sentence));
    if anchor == id {
        return refuse("a task cannot go beside itself");
    }
    match mine.task(anchor) {
        Ok(task) if task.is_trashed() => refuse("that task is in the trash"),
        Ok(task) => Ok(task),
        Err(Error::NotFound) => refuse("there is no such task to go beside"),
        Err(other) => Err(other),
    }
}

/// A free place right before or behind a task.
fn place_beside(mine: &mut Mine<'_>, anchor: &Task, behind: bool, now: Stamp) -> Result<i64> {
    let other = mine.neighbour(anchor, behind)?;
    if let Some(place) = between(anchor.position, other, behind) {
        return Ok(place);
    }
    // No number is left between the two, which takes sixteen moves into the same gap.
    make_room(mine, anchor.list_id, now)?;
    let anchor = mine.task(anchor.id)?;
    let other = mine.neighbour(&anchor, behind)?;
    between(anchor.position, other, behind)
        .ok_or_else(|| Error::internal("a list that was numbered anew has no room"))
}

fn between(anchor: i64, other: Option<i64>, behind: bool) -> Option<i64> {
    let Some(other) = other else {
        let step = if behind { GAP } else { -GAP };
        return anchor.checked_add(step);
    };
    let middle = i64::midpoint(anchor, other);
    (middle != anchor && middle != other).then_some(middle)
}

/// Numbers the tasks of a list anew: finished ones too, or they would change their place among the
/// others.
fn make_room(mine: &mut Mine<'_>, list: ListId, now: Stamp) -> Result<()> {
    let mut position = 0_i64;
    for task in mine.in_order(list)? {
        let mut renumbered = task.clone();
        renumbered.position = position;
        save(mine, &task, renumbered, now)?;
        position = position.saturating_add(GAP);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_found_between_neighbours_or_beyond_the_last() {
        assert_eq!(between(0, Some(10), true), Some(5));
        assert_eq!(between(10, Some(0), false), Some(5));
        assert_eq!(between(0, None, true), Some(GAP));
        assert_eq!(between(0, None, false), Some(-GAP));
        for (anchor, other) in [(0, 1), (1, 0), (5, 5), (-1, 0)] {
            assert_eq!(between(anchor, Some(other), true), None, "{anchor} {other}");
        }
        assert_eq!(between(i64::MAX, None, true), None);
    }
}
