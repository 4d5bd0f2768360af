//! Adding by form: a line that is understood, or fields, or many lines.

use actix_web::{HttpResponse, web};
use serde_json::Value;

use super::list;
use super::{field_errors, parse_id, see};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::store::Mine;
use crate::tasks::actions::{self, QuickAdd};
use crate::tasks::{NewTask, Task, TaskPatch};
use crate::web::body::{FormBody, Members};
use crate::web::page_error::PageResult;
use crate::web::tasks::flash;
use crate::web::tasks::input;
use crate::web::tasks::place::Place;
use crate::web::tasks::views::TaskFields;
use crate::web::visitor::PageUser;
use crate::web::{next, render};

/// `POST /tasks`
pub async fn create(user: PageUser, FormBody(mut form): FormBody) -> PageResult {
    let goal = form.take_text("next");
    let typed = typed(&form);
    match add(&user, &goal, form).await {
        // What was understood stands on top of the page, so that is where the browser is to land.
        Ok((added, step)) => Ok(see(
            &goal,
            step,
            Some(&added.task).filter(|_| added.is_plain),
        )),
        Err(Error::Invalid(errors)) => refused(&user, &goal, typed, &errors).await,
        Err(other) => Err(other.into()),
    }
}

/// A task that was added, and whether its line was nothing but a title.
struct Added {
    task: Task,
    is_plain: bool,
}

/// `POST /tasks/lines`
pub async fn create_lines(user: PageUser, FormBody(mut form): FormBody) -> PageResult {
    let goal = form.take_text("next");
    let lines = form.take_text("lines");
    super::no_more(form)?;
    let typed = TaskFields {
        notes: lines.clone(),
        ..TaskFields::default()
    };
    match add_lines(&user, &goal, lines, TaskPatch::default()).await {
        Ok((_, step)) => Ok(see(&goal, step, None)),
        Err(Error::Invalid(errors)) => refused(&user, &goal, typed, &errors).await,
        Err(other) => Err(other.into()),
    }
}

/// The page that the form was on, with what was typed and what is wrong with it.
async fn refused(
    user: &PageUser,
    goal: &str,
    typed: TaskFields,
    errors: &FieldErrors,
) -> PageResult {
    let mut view = list::again(user, goal).await?;
    view.draft = typed;
    view.errors = field_errors(errors, view.frame.say);
    Ok(render::uncached(HttpResponse::UnprocessableEntity(), &view))
}

/// A line that is to be understood, unless somebody asks for it to be taken as it is.
async fn add(user: &PageUser, goal: &str, mut form: Members) -> Result<(Added, Option<i64>)> {
    let is_plain = !form.take_text("plain").is_empty();
    if is_plain {
        let NewTask { title, mut rest } = input::new_task(input::members_of_form(form))?;
        let place = place_of(goal);
        let job = move |mine: &mut Mine<'_>, now: Stamp| {
            let usual = place.for_new_tasks(now.day_in(mine.zone()));
            rest.list_id = rest.list_id.or(usual.list_id);
            rest.due_on = rest.due_on.or(usual.due_on);
            let task = actions::add(mine, NewTask { title, rest }, now)?;
            Ok(Added {
                task,
                is_plain: true,
            })
        };
        return user.tell(job).await;
    }
    let line = form.take_text("title");
    let rest = input::task_patch(input::members_of_form(form))?;
    add_lines(user, goal, line, rest).await
}

async fn add_lines(
    user: &PageUser,
    goal: &str,
    text: String,
    rest: TaskPatch,
) -> Result<(Added, Option<i64>)> {
    let place = place_of(goal);
    let job = move |mine: &mut Mine<'_>, now: Stamp| {
        let usual = place.for_new_tasks(now.day_in(mine.zone()));
        let quick = QuickAdd {
            text,
            create_lists: false,
            rest: TaskPatch {
                list_id: rest.list_id.or(usual.list_id),
                due_on: rest.due_on.flatten().map(Some).or(usual.due_on),
                ..rest
            },
        };
        let made = actions::quick_add(mine, &quick, now)?;
        let first = made.into_iter().next().map(|first| Added {
            is_plain: first.parts.is_empty(),
            task: first.task,
        });
        first.ok_or_else(|| Error::internal("a line made no task"))
    };
    user.tell(job).await
}

/// What is added on a page is to be seen on that page.
fn place_of(goal: &str) -> Place {
    Place::of_address(next::or_home(Some(goal)))
}

/// `POST /tasks/{id}/keep`: part of the line that a task was made from is text after all.
pub async fn keep(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    let goal = form.take_text("next");
    let kept = form.take_text("keep");
    let step: i64 = form
        .take_text("step")
        .parse()
        .map_err(|_no| Error::NotFound)?;
    super::no_more(form)?;
    let keep = flash::spans(&kept);
    let job = move |mine: &mut Mine<'_>, now| {
        let entry = mine.entry(step)?;
        let line = entry.line_of(id).ok_or(Error::NotFound)?;
        actions::keep_as_text(mine, (id, line), &keep, (entry.at, now))
    };
    user.write(job).await?;
    let goal = next::or_home(Some(&goal));
    let joint = if goal.contains('?') { '&' } else { '?' };
    let kept = flash::keep_text(flash::spans(&kept).iter());
    // The parts that are left stand on top of the page.
    Ok(render::see_other(&format!(
        "{goal}{joint}did={step}&kept={kept}"
    )))
}

/// `POST /tasks/{id}/steps`
pub async fn add_step(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    let line = form.take_text("title");
    super::no_more(form)?;
    let members = Members::from_iter([
        ("title".to_owned(), Value::from(line)),
        ("parent_id".to_owned(), Value::from(id.to_string())),
    ]);
    let new = input::new_task(members);
    let goal = format!("/tasks/{id}");
    let added = match new {
        Ok(new) => {
            let job = move |mine: &mut Mine<'_>, now| {
                // A task that is not there is no wrong field of the form.
                mine.task(id)?;
                actions::add(mine, new, now)
            };
            user.tell(job).await
        }
        Err(error) => Err(error),
    };
    match added {
        Ok((_, step)) => Ok(render::see_other(&format!(
            "{}#new-step",
            flash::address(&goal, step, None)
        ))),
        Err(error) => Err(error.into()),
    }
}

/// `POST /tasks/{id}/list`: makes the list that a quick-added line named, and moves the task there.
pub async fn make_list(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    let goal = form.take_text("next");
    let name = form.take_text("name");
    let (kept, step) = (form.take_text("keep"), form.take_text("step"));
    super::no_more(form)?;
    let step: i64 = step.parse().map_err(|_no| Error::NotFound)?;
    let keep = flash::spans(&kept);
    let job = move |mine: &mut Mine<'_>, now| {
        actions::make_list_named(mine, (id, &name), (step, &keep), now)
    };
    let (task, told) = user.tell(job).await?;
    Ok(see(&goal, told, Some(&task)))
}

/// What was typed, to be shown again.
pub(super) fn typed(form: &Members) -> TaskFields {
    let text = |name| form.text(name).to_owned();
    TaskFields {
        title: text("title"),
        notes: text("notes"),
        due_date: text("due_date"),
        due_time: text("due_time"),
        due_zone: text("due_zone"),
        start_date: text("start_date"),
        priority: text("priority"),
        labels: text("labels"),
        list_id: text("list_id"),
        recurrence: text("recurrence"),
        recurrence_from: text("recurrence_from"),
        recurrence_missed: text("recurrence_missed"),
        plain: !form.text("plain").is_empty(),
    }
}
