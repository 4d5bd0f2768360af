//! The form around the rows of a list: many tasks at once, those whose boxes were ticked, or the one
//! whose button was pressed.

use actix_web::HttpResponse;
use chrono::NaiveDate;

use super::{list, press, see};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::journal::Deed;
use crate::lists::ListId;
use crate::name::Name;
use crate::store::Mine;
use crate::tasks::labels::parse_label;
use crate::tasks::{Precondition, Priority, Task, TaskId, TaskPatch, actions, due};
use crate::web::body::{FormBody, Members};
use crate::web::frame::FieldError;
use crate::web::page_error::{PageResult, sentence_case};
use crate::web::render;
use crate::web::tasks::views::BulkFields;
use crate::web::visitor::PageUser;
use crate::words::Locale;

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
    let ticked = form.take_list("ids");
    let pressed = press::take(&mut form)?;
    let fields = fields(&mut form);
    super::no_more(form)?;
    if let Some(pressed) = pressed {
        // A button of a row is about that row alone, whatever else was ticked or chosen.
        return press::press(&user, pressed, &goal).await;
    }
    match change(&user, &ticked, &fields).await {
        Ok(step) => Ok(see(&goal, step, None)),
        Err(Error::Invalid(errors)) => refused(&user, &goal, (&ticked, fields), &errors).await,
        Err(other) => Err(other.into()),
    }
}

fn fields(form: &mut Members) -> BulkFields {
    BulkFields {
        action: form.take_text("action"),
        list_id: form.take_text("list_id"),
        label: form.take_text("label"),
        due_date: form.take_text("due_date"),
        priority: form.take_text("priority"),
        errors: Vec::new(),
    }
}

async fn change(user: &PageUser, ticked: &[String], fields: &BulkFields) -> Result<Option<i64>> {
    let ids: Option<Vec<TaskId>> = ticked.iter().map(|id| TaskId::parse(id)).collect();
    let ids = ids.ok_or(Error::NotFound)?;
    let mut errors = FieldErrors::default();
    if ids.is_empty() {
        errors.add(
            "ids",
            "required",
            Sentence::Said(Locale::bulk_nothing_ticked),
        );
    }
    let action = errors.take(action(fields));
    errors.into_result()?;
    let action = action.ok_or_else(|| Error::internal("an action went missing"))?;
    let job = move |mine: &mut Mine<'_>, now| run(mine, &ids, &action, now);
    user.tell(job).await.map(|((), step)| step)
}

/// The page that the form was on, with what was ticked and chosen, and what is wrong with it.
async fn refused(
    user: &PageUser,
    goal: &str,
    (ticked, fields): (&[String], BulkFields),
    errors: &FieldErrors,
) -> PageResult {
    let mut view = list::again(user, goal).await?;
    for row in &mut view.rows {
        row.is_picked = ticked.contains(&row.id);
    }
    let say = view.frame.say;
    let beside = |refusal| beside_its_field(refusal, say);
    view.bulk = BulkFields {
        errors: errors.into_iter().map(beside).collect(),
        ..fields
    };
    Ok(render::uncached(HttpResponse::UnprocessableEntity(), &view))
}

fn beside_its_field(refusal: &Refusal, say: Locale) -> FieldError {
    let field = match &*refusal.field {
        "ids" => "tasks",
        "action" => "b-action",
        "list_id" => "b-list",
        "labels" => "b-label",
        "due_date" => "b-due",
        "priority" => "b-priority",
        _ => "",
    };
    FieldError {
        field,
        sentence: sentence_case(&refusal.sentence.in_locale(say)),
    }
}

/// `POST /tasks/empty-trash`
pub async fn empty_trash(user: PageUser, FormBody(form): FormBody) -> PageResult {
    super::no_more(form)?;
    let (_, step) = user.tell(actions::empty_trash).await?;
    Ok(see("/tasks?status=trashed", step, None))
}

fn action(fields: &BulkFields) -> Result<Action, Refusal> {
    let patch = |patch, deed| Action::Patch(Box::new(patch), deed);
    let action = match fields.action.as_str() {
        "complete" => Action::Complete,
        "reopen" => Action::Reopen,
        "delete" => Action::Delete,
        "restore" => Action::Restore,
        "purge" => Action::Purge,
        "move" => {
            let list_id = Some(chosen_list(&fields.list_id)?);
            let moved = TaskPatch {
                list_id,
                ..TaskPatch::default()
            };
            patch(moved, Deed::Moved)
        }
        "label" => Action::Label(chosen_label(&fields.label)?),
        "due" => {
            let due_on = Some(chosen_day(fields.due_date.trim())?);
            let due = TaskPatch {
                due_on,
                ..TaskPatch::default()
            };
            patch(due, Deed::Saved)
        }
        "priority" => {
            let priority = Some(chosen_priority(&fields.priority)?);
            let ranked = TaskPatch {
                priority,
                ..TaskPatch::default()
            };
            patch(ranked, Deed::Saved)
        }
        _ => {
            let sentence = Sentence::Said(Locale::bulk_nothing_chosen);
            return Err(Refusal::new("action", "unknown", sentence));
        }
    };
    Ok(action)
}

fn chosen_list(id: &str) -> Result<ListId, Refusal> {
    ListId::parse(id)
        .ok_or_else(|| Refusal::new("list_id", "required", Sentence::Said(Locale::bulk_no_list)))
}

fn chosen_label(name: &str) -> Result<Name, Refusal> {
    if name.trim().is_empty() {
        return Err(Refusal::new(
            "labels",
            "required",
            Sentence::Said(Locale::bulk_no_label),
        ));
    }
    parse_label(name)
}

fn chosen_day(text: &str) -> Result<Option<NaiveDate>, Refusal> {
    if text.is_empty() {
        return Ok(None);
    }
    due::parse(text).map(Some)
}

fn chosen_priority(number: &str) -> Result<Priority, Refusal> {
    let number = number.parse().ok();
    number.and_then(Priority::from_number).ok_or_else(|| {
        Refusal::new(
            "priority",
            "range",
            Sentence::Said(Locale::bulk_no_priority),
        )
    })
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
