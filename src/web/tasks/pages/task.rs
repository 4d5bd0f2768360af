//! The page of one task: showing it, saving its form, copying and moving it.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use std::sync::Arc;

use super::list::view_tag;
use super::rows::{choices, due_words, row};
use super::{add, field_errors, only_did, parse_id, see};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::store::{Fresh, Length, Mine, Nav, Standing};
use crate::tasks::actions::Place as Goal;
use crate::tasks::{Precondition, Task, TaskId, actions};
use crate::web::body::{FormBody, Members};
use crate::web::markdown;
use crate::web::markup::{Html, Slot};
use crate::web::page_error::PageResult;
use crate::web::tasks::flash;
use crate::web::tasks::navigation::{Here, frame};
use crate::web::tasks::place::Place;
use crate::web::tasks::views::{LabelLink, TaskFields, TaskPage};
use crate::web::tasks::{input, repeat_field};
use crate::web::visitor::PageUser;
use crate::web::{etag, render};
use crate::words::Locale;

/// Days that are shown ahead for a task that repeats.
const AHEAD: usize = 4;

/// What the page of a task is made of.
struct Found {
    task: Task,
    steps: Vec<Task>,
    parent: Option<Task>,
    nav: Arc<Nav>,
}

fn find(mine: &mut Mine<'_>, id: TaskId, user: &Asked) -> Result<Found> {
    let task = mine.task(id)?;
    Ok(Found {
        steps: if task.parent_id.is_none() {
            mine.steps(id)?
        } else {
            Vec::new()
        },
        parent: task.parent_id.map(|parent| mine.task(parent)).transpose()?,
        nav: mine.nav(user.state.navs(), user.now)?,
        task,
    })
}

/// What a database job needs to know of who asks.
struct Asked {
    state: crate::web::state::State,
    now: Stamp,
}

impl Asked {
    fn by(user: &PageUser) -> Self {
        Self {
            state: user.state().clone(),
            now: user.now(),
        }
    }
}

/// `GET /tasks/{id}`
pub async fn show(user: PageUser, id: web::Path<String>, request: HttpRequest) -> PageResult {
    let id = parse_id(&id)?;
    let did = only_did(&request)?;
    let tag = view_tag(&user, &request, false);
    let has_seen = {
        let (tag, known) = (tag.clone(), etag::Known::of(request.headers()));
        move |standing: &Standing| known.has(&tag(standing))
    };
    let asked = Asked::by(&user);
    let read = move |mine: &mut Mine<'_>| Ok((find(mine, id, &asked)?, did.look_up(mine)?));
    match user.read_unless(Length::Short, has_seen, read).await? {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(&standing))),
        Fresh::Read(standing, (found, done)) => {
            let mut view = page(&found, &standing, user.now());
            let here = format!("/tasks/{id}");
            view.frame.flash =
                done.map(|done| done.flash(&here, user.now(), standing.settings.locale));
            let html = view.render().map_err(Error::internal)?.into_bytes();
            let kind = (&*tag(&standing), standing.settings.locale);
            Ok(render::kept(request.headers(), kind, html))
        }
    }
}

/// `POST /tasks/{id}`
///
/// When somebody changed the task meanwhile, the form comes back with both versions.
pub async fn edit(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    let version = form.take_text("version").parse::<i64>().ok();
    let typed = add::typed(&form);
    let errors = match save(&user, id, version, form).await {
        Ok(step) => {
            let goal = flash::address(&format!("/tasks/{id}"), step, None);
            return Ok(render::see_other(&goal));
        }
        Err(Error::Invalid(errors)) => Some(errors),
        Err(Error::Stale) => None,
        Err(other) => return Err(other.into()),
    };
    let asked = Asked::by(&user);
    let (standing, found) = user.look(move |mine| find(mine, id, &asked)).await?;
    let mut view = page(&found, &standing, user.now());
    let stored = std::mem::replace(&mut view.fields, typed);
    mark_chosen(&mut view);
    let status = if let Some(errors) = errors {
        // The check for a change in between has not been made yet, so it stays to be made.
        view.version = version.unwrap_or(found.task.version);
        view.errors = field_errors(&errors, view.frame.say);
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        view.theirs = Some(stored);
        StatusCode::CONFLICT
    };
    Ok(render::uncached(HttpResponse::build(status), &view))
}

async fn save(
    user: &PageUser,
    id: TaskId,
    version: Option<i64>,
    mut form: Members,
) -> Result<Option<i64>> {
    let mut errors = FieldErrors::default();
    let repeat = repeat_field::take(&mut form, user.now());
    let repeat = errors.take(repeat);
    let patch = input::task_patch(input::members_of_form(form));
    let mut patch = match (patch, errors.is_empty()) {
        (Ok(patch), true) => patch,
        (Ok(_), false) => return Err(Error::Invalid(errors)),
        (Err(Error::Invalid(more)), _) => {
            for refusal in &more {
                errors.take::<()>(Err(refusal.clone()));
            }
            return Err(Error::Invalid(errors));
        }
        (Err(other), _) => return Err(other),
    };
    if let Some(Some(repeat)) = repeat {
        patch.recurrence = Some(repeat.rule);
        if repeat.from_completion {
            patch.recurs_from_completion = Some(true);
        }
    }
    let condition = Precondition::VersionIn(version.into_iter().collect());
    let job = move |mine: &mut Mine<'_>, now| {
        let task = mine.task(id)?;
        if task.recurrence.is_none() && !matches!(patch.recurrence, Some(Some(_))) {
            // The form always sends these, and they say nothing of a task that does not repeat.
            patch.recurs_from_completion = None;
            patch.recurs_missed = None;
        }
        actions::edit(mine, id, (patch, &condition), now)
    };
    user.tell(job).await.map(|(_, step)| step)
}

/// `POST /tasks/{id}/duplicate`
pub async fn duplicate(
    user: PageUser,
    id: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    super::no_more(form)?;
    let job = move |mine: &mut Mine<'_>, now| actions::duplicate(mine, id, now);
    let (copy, step) = user.tell(job).await?;
    let goal = flash::address(&format!("/tasks/{}", copy.id), step, None);
    Ok(render::see_other(&goal))
}

/// `POST /tasks/{id}/move`: one place up or down, or to an end of its list.
pub async fn move_by(
    user: PageUser,
    id: web::Path<String>,
    FormBody(mut form): FormBody,
) -> PageResult {
    let id = parse_id(&id)?;
    let goal = form.take_text("next");
    let to = form.take_text("to");
    super::no_more(form)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let task = mine.task(id)?;
        let mut beside = mine.siblings(&task)?;
        beside.retain(|sibling| !sibling.is_trashed());
        let at = beside.iter().position(|sibling| sibling.id == id);
        let at = at.ok_or(Error::NotFound)?;
        let before = |target: usize| beside.get(target).map(|task| task.id);
        let place = match to.as_str() {
            "up" => Goal {
                before: at.checked_sub(1).and_then(before),
                ..Goal::default()
            },
            "down" => Goal {
                after: before(at + 1),
                ..Goal::default()
            },
            "top" => Goal {
                before: before(0),
                ..Goal::default()
            },
            "bottom" => Goal {
                after: before(beside.len() - 1),
                ..Goal::default()
            },
            _ => {
                return Err(Error::invalid(
                    "to",
                    "unknown",
                    "to is up, down, top or bottom",
                ));
            }
        };
        // At the end already.
        if place == Goal::default() || place.before == Some(id) || place.after == Some(id) {
            return Ok(task);
        }
        actions::move_to(mine, id, (place, &Precondition::None), now)
    };
    let (task, step) = user.tell(job).await?;
    Ok(see(&goal, step, Some(&task)))
}

fn page(found: &Found, standing: &Standing, now: Stamp) -> TaskPage {
    let task = &found.task;
    let say = standing.settings.locale;
    let place = match (task.is_trashed(), task.is_completed()) {
        (true, _) => "/tasks?status=trashed".to_owned(),
        (false, true) => "/tasks?status=completed".to_owned(),
        (false, false) => home(found).path(),
    };
    let local = now.local_in(standing.zone());
    let here = found.parent.as_ref().map(|parent| LabelLink {
        href: format!("/tasks/{}", parent.id),
        name: parent.title.as_str().to_owned(),
    });
    TaskPage {
        frame: frame(standing, &found.nav, &Here::Address(&place)),
        id: task.id.to_string(),
        heading: task.title.as_str().to_owned(),
        fields: fields(task),
        errors: Vec::new(),
        version: task.version,
        theirs: None,
        is_completed: task.is_completed(),
        is_trashed: task.is_trashed(),
        story: story(task, standing),
        due: due_words(task, standing, local),
        repeat: repeat_words(task, local.date(), say),
        notes_html: markdown::render(task.notes.as_str()),
        steps: found
            .steps
            .iter()
            .map(|step| row(step, standing, local))
            .collect(),
        lists: choices(&found.nav, Some(task.list_id), say),
        can_move: !task.is_completed() && !task.is_trashed(),
        back: here.as_ref().map_or(place, |parent| parent.href.clone()),
        parent: here,
    }
}

fn home(found: &Found) -> Place {
    let list = found.nav.list(found.task.list_id);
    match list {
        Some(list) if !list.is_inbox => Place::List(list.id),
        _ => Place::Tasks,
    }
}

/// When it was added, changed, ticked and deleted.
fn story(task: &Task, standing: &Standing) -> Html {
    let say = standing.settings.locale;
    let clause = |stamp: Stamp, said: fn(Locale, Slot) -> String| {
        let moment = say.moment(stamp.local_in(standing.zone()));
        let time = Html::time(&stamp.rfc3339(), &moment);
        Html::sentence([&time], |[time]| said(say, time))
    };
    let changed = Some(task.updated_at).filter(|at| *at != task.created_at);
    let clauses: Vec<Html> = [
        Some(clause(task.created_at, Locale::task_added)),
        changed.map(|at| clause(at, Locale::task_changed)),
        task.completed_at
            .map(|at| clause(at, Locale::task_completed)),
        task.deleted_at.map(|at| clause(at, Locale::task_deleted)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let clauses = Html::join(&clauses, ", ");
    Html::sentence([&clauses], |[clauses]| say.task_story(clauses))
}

/// How it repeats, and the next days on which it comes.
fn repeat_words(task: &Task, today: chrono::NaiveDate, say: Locale) -> Option<String> {
    let (due, repeat) = task.due.as_ref().zip(task.recurrence.as_ref())?;
    let days = repeat.preview(due, AHEAD).into_iter().skip(1);
    let days: Vec<_> = days.map(|day| say.day_at(day, today)).collect();
    Some(if days.is_empty() {
        say.task_repeats(repeat.words(say))
    } else {
        say.task_repeats_then(repeat.words(say), days.join(", "))
    })
}

fn fields(task: &Task) -> TaskFields {
    let due = task.due.as_ref();
    let repeat = task.recurrence.as_ref();
    let names: Vec<_> = task.labels.names().collect();
    TaskFields {
        title: task.title.as_str().to_owned(),
        notes: task.notes.as_str().to_owned(),
        due_date: due.map(|due| due.on.to_string()).unwrap_or_default(),
        due_time: due
            .and_then(|due| due.at)
            .map(|at| at.format("%H:%M").to_string())
            .unwrap_or_default(),
        due_zone: due
            .and_then(|due| due.zone)
            .map(|zone| zone.name().to_owned())
            .unwrap_or_default(),
        start_date: task.start_on.map(|day| day.to_string()).unwrap_or_default(),
        priority: task.priority.number().to_string(),
        labels: names.join(", "),
        list_id: task.list_id.to_string(),
        recurrence: repeat.map(repeat_field::words).unwrap_or_default(),
        recurrence_from: if repeat.is_some_and(|repeat| repeat.from_completion) {
            "completion".to_owned()
        } else {
            "due".to_owned()
        },
        recurrence_missed: if repeat.is_some_and(|repeat| repeat.keeps_missed) {
            "keep".to_owned()
        } else {
            "skip".to_owned()
        },
        plain: false,
    }
}

/// The list that was chosen stays chosen when the form comes back.
fn mark_chosen(view: &mut TaskPage) {
    for list in &mut view.lists {
        list.is_chosen = list.id == view.fields.list_id;
    }
}
