//! The form around the rows of a list: many tasks at once, those whose boxes were ticked, or the one
//! whose button was pressed.

use chrono::NaiveDate;

use super::{press, see};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Refusal, Result};
use crate::journal::Deed;
use crate::lists::ListId;
use crate::name::Name;
use crate::store::Mine;
use crate::tasks::labels::parse_label;
use crate::tasks::{Precondition, Priority, Task, TaskId, TaskPatch, actions, due};
use crate::web::body::{FormBody, Members};
use crate::web::page_error::PageResult;
use crate::web::visitor::PageUser;

/// The fields that say what is to be done with the ticked tasks.
const CHOICES: [&str; 5] = ["action", "list_id", "label", "due_date", "priority"];

/// What is done to each.
enum Action {
    Complete,
    Reopen,
    Delete,
    Restore,
    Purge,
    Label(Name),
    Patch(Box<TaskPatch>, Deed),
}

/// `POST /tasks/bulk`
pub async fn bulk(user: PageUser, FormBody(mut form): FormBody) -> PageResult {
    let goal = form.take_text("next");
    let ids = form.take_list("ids");
    if let Some(pressed) = press::take(&mut form)? {
        // A button of a row is about that row alone, whatever else was ticked or chosen.
        for field in CHOICES {
            form.take(field);
        }
        super::no_more(form)?;
        return press::press(&user, pressed, &goal).await;
    }
    let ids: Option<Vec<TaskId>> = ids.iter().map(|id| TaskId::parse(id)).collect();
    let ids = ids.ok_or(Error::NotFound)?;
    let action = action(form)?;
    if ids.is_empty() {
        let sentence = "tick the boxes of the tasks first";
        let mut errors = FieldErrors::default();
        errors.add("ids", "required", sentence);
        errors.into_query_result()?;
    }
    let ((), step) = user
        .tell(move |mine, now| run(mine, &ids, &action, now))
        .await?;
    Ok(see(&goal, step, None))
}

/// `POST /tasks/empty-trash`
pub async fn empty_trash(user: PageUser, FormBody(form): FormBody) -> PageResult {
    super::no_more(form)?;
    let (_, step) = user.tell(actions::empty_trash).await?;
    Ok(see("/tasks?status=trashed", step, None))
}

fn action(mut form: Members) -> Result<Action> {
    let mut errors = FieldErrors::default();
    let what = form.take_text("action");
    let (list, label) = (form.take_text("list_id"), form.take_text("label"));
    let (due_date, priority) = (form.take_text("due_date"), form.take_text("priority"));
    super::no_more(form)?;
    let saved = |patch| Action::Patch(Box::new(patch), Deed::Saved);
    let action = match what.as_str() {
        "complete" => Some(Action::Complete),
        "reopen" => Some(Action::Reopen),
        "delete" => Some(Action::Delete),
        "restore" => Some(Action::Restore),
        "purge" => Some(Action::Purge),
        "move" => errors.take(chosen_list(&list)).map(|list| {
            let patch = TaskPatch {
                list_id: Some(list),
                ..TaskPatch::default()
            };
            Action::Patch(Box::new(patch), Deed::Moved)
        }),
        "label" => errors.take(parse_label(&label)).map(Action::Label),
        "due" => errors.take(chosen_day(due_date.trim())).map(|day| {
            saved(TaskPatch {
                due_on: Some(day),
                ..TaskPatch::default()
            })
        }),
        "priority" => errors.take(chosen_priority(&priority)).map(|priority| {
            saved(TaskPatch {
                priority: Some(priority),
                ..TaskPatch::default()
            })
        }),
        _ => {
            errors.add(
                "action",
                "unknown",
                "choose what to do with the ticked tasks",
            );
            None
        }
    };
    errors.into_query_result()?;
    action.ok_or_else(|| Error::internal("an action went missing"))
}

fn chosen_list(id: &str) -> Result<ListId, Refusal> {
    ListId::parse(id)
        .ok_or_else(|| Refusal::new("list_id", "required", "choose the list to move to"))
}

fn chosen_day(text: &str) -> Result<Option<NaiveDate>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    due::parse(text).map(Some)
}

fn chosen_priority(number: &str) -> Result<Priority, Refusal> {
    let number = number.parse().ok();
    number
        .and_then(Priority::from_number)
        .ok_or_else(|| Refusal::new("priority", "range", "choose a priority"))
}

fn run(mine: &mut Mine<'_>, ids: &[TaskId], action: &Action, now: Stamp) -> Result<()> {
    let mut first: Option<Task> = None;
    let mut count = 0;
    for id in ids {
        let task = match mine.task(*id) {
            Ok(task) => task,
            // A step may have gone with its task, or another tab was faster.
            Err(Error::NotFound) => continue,
            Err(other) => return Err(other),
        };
        one(mine, &task, action, now)?;
        count += 1;
        first.get_or_insert(task);
    }
    if let Some(first) = first {
        mine.tell(deed(action), first.title.as_str(), count);
    }
    Ok(())
}

fn one(mine: &mut Mine<'_>, task: &Task, action: &Action, now: Stamp) -> Result<()> {
    let any = Precondition::None;
    let is_trashed = task.is_trashed();
    match action {
        Action::Complete if !is_trashed => actions::complete(mine, task.id, &any, now).map(drop),
        Action::Reopen if !is_trashed => actions::reopen(mine, task.id, &any, now).map(drop),
        Action::Delete if !is_trashed => actions::delete(mine, task.id, &any, now).map(drop),
        Action::Restore => actions::restore(mine, task.id, &any, now).map(drop),
        Action::Purge if is_trashed => actions::delete_for_good(mine, task.id, &any),
        Action::Label(label) if !is_trashed => {
            let mut labels = task.labels.clone();
            labels.add(label.clone());
            let patch = TaskPatch {
                labels: Some(labels.checked()?),
                ..TaskPatch::default()
            };
            actions::edit(mine, task.id, (patch, &any), now).map(drop)
        }
        Action::Patch(patch, _) if !is_trashed => {
            let patch = TaskPatch::clone(patch);
            actions::edit(mine, task.id, (patch, &any), now).map(drop)
        }
        Action::Complete
        | Action::Reopen
        | Action::Delete
        | Action::Purge
        | Action::Label(_)
        | Action::Patch(..) => Ok(()),
    }
}

fn deed(action: &Action) -> Deed {
    match action {
        Action::Complete => Deed::Completed,
        Action::Reopen => Deed::Reopened,
        Action::Delete => Deed::Deleted,
        Action::Restore => Deed::Restored,
        Action::Purge => Deed::Purged,
        Action::Label(_) => Deed::Saved,
        Action::Patch(_, deed) => *deed,
    }
}
