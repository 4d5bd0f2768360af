//! Tasks at the pages' door: GET shows, POST changes and leads on with 303.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;

use super::flash::{self, Deed, Did};
use super::input;
use super::query::{Defaults, Query};
use super::views::{DueWords, ListPage, Moment, Row, TaskFields, TaskPage};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::store::{Fresh, Mine, Standing};
use crate::tasks::filter::{Cursor, Filter, Page, Scope, Sort, Status};
use crate::tasks::{Precondition, Task, TaskId, actions, due};
use crate::web::body::{FormBody, Members};
use crate::web::frame::{FieldError, Frame, View};
use crate::web::page_error::{PageResult, sentence_case};
use crate::web::visitor::PageUser;
use crate::web::{etag, next, render, static_files};

pub(in crate::web) const DEFAULTS: Defaults = Defaults {
    scope: Scope::of(Status::Open),
    limit: 25,
    sort: usual_order,
};
const HTML: &str = "text/html; charset=utf-8";

fn usual_order(status: Status) -> Sort {
    match status {
        Status::Open | Status::All | Status::Any => Sort::ORDER,
        Status::Completed | Status::Trashed => Sort::UPDATED_LAST,
    }
}

/// `GET /tasks`
pub async fn list(user: PageUser, request: HttpRequest) -> PageResult {
    let mut query = Query::read(&request, &DEFAULTS)?;
    let did = query.take("did").as_deref().and_then(Did::parse);
    let filter = query.finish()?;
    let tag = view_tag(&user, &request);
    let has_seen = {
        let (tag, known) = (tag.clone(), etag::Known::of(request.headers()));
        move |standing: &Standing| known.has(&tag(standing))
    };
    let (wanted, now) = (filter.clone(), user.now());
    let read = move |mine: &mut Mine<'_>| Ok((mine.tasks(&wanted, now)?, deed_on(mine, did)?));
    match user.read_unless(has_seen, read).await? {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(&standing))),
        Fresh::Read(standing, (page, done)) => {
            let mut view = list_page(&user, &standing, &filter, &page);
            view.frame.flash = done.map(|(did, task)| did.flash(&task, &view.here));
            let html = view.render().map_err(Error::internal)?.into_bytes();
            let kind = (&*tag(&standing), HTML);
            Ok(render::tagged(
                HttpResponse::Ok(),
                request.headers(),
                kind,
                html,
            ))
        }
    }
}

/// `POST /tasks`
pub async fn create(user: PageUser, FormBody(mut form): FormBody) -> PageResult {
    let goal = form.take_text("next");
    let typed = typed(&form);
    match add(&user, form).await {
        Ok(task) => Ok(see(&goal, Deed::Added, &task)),
        Err(Error::Invalid(errors)) => {
            let filter = Filter {
                scope: DEFAULTS.scope,
                sort: usual_order(Status::Open),
                limit: DEFAULTS.limit,
                cursor: None,
            };
            let (wanted, now) = (filter.clone(), user.now());
            let read = move |mine: &mut Mine<'_>| mine.tasks(&wanted, now);
            let (standing, page) = user.look(read).await?;
            let mut view = list_page(&user, &standing, &filter, &page);
            // The slip must not cost people the place that they came from.
            next::or_home(Some(&goal)).clone_into(&mut view.here);
            view.draft = typed;
            view.errors = field_errors(&errors);
            Ok(render::uncached(HttpResponse::UnprocessableEntity(), &view))
        }
        Err(other) => Err(other.into()),
    }
}

async fn add(user: &PageUser, form: Members) -> Result<Task> {
    let new = input::new_task(input::members_of_form(form))?;
    user.write(move |mine, now| actions::add(mine, new, now))
        .await
}

/// `GET /tasks/{id}`
pub async fn show(user: PageUser, id: web::Path<String>, request: HttpRequest) -> PageResult {
    let id = parse_id(&id)?;
    let did = only_did(&request)?;
    let tag = view_tag(&user, &request);
    let has_seen = {
        let (tag, known) = (tag.clone(), etag::Known::of(request.headers()));
        move |standing: &Standing| known.has(&tag(standing))
    };
    match user
        .read_unless(has_seen, move |mine| mine.task(id))
        .await?
    {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(&standing))),
        Fresh::Read(standing, task) => {
            let mut view = task_page(&task, &standing, user.now());
            let did = did.filter(|did| did.task == id);
            view.frame.flash = did.map(|did| did.flash(&task, &format!("/tasks/{id}")));
            let html = view.render().map_err(Error::internal)?.into_bytes();
            let kind = (&*tag(&standing), HTML);
            Ok(render::tagged(
                HttpResponse::Ok(),
                request.headers(),
                kind,
                html,
            ))
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
    let typed = typed(&form);
    let errors = match save(&user, id, version, form).await {
        Ok(task) => return Ok(see(&format!("/tasks/{id}"), Deed::Saved, &task)),
        Err(Error::Invalid(errors)) => Some(errors),
        Err(Error::Stale) => None,
        Err(other) => return Err(other.into()),
    };
    let (standing, task) = user.look(move |mine| mine.task(id)).await?;
    let mut view = task_page(&task, &standing, user.now());
    let stored = std::mem::replace(&mut view.fields, typed);
    let status = if let Some(errors) = errors {
        // The check for a change in between has not been made yet, so it stays to be made.
        view.version = version.unwrap_or(task.version);
        view.errors = field_errors(&errors);
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        view.theirs = Some(stored);
        StatusCode::CONFLICT
    };
    Ok(render::uncached(HttpResponse::build(status), &view))
}

async fn save(user: &PageUser, id: TaskId, version: Option<i64>, form: Members) -> Result<Task> {
    let patch = input::task_patch(input::members_of_form(form))?;
    let condition = Precondition::VersionIn(version.into_iter().collect());
    user.write(move |mine, now| {
        actions::edit(mine, id, (patch, &condition), now).map(|outcome| outcome.task)
    })
    .await
}

/// `POST /tasks/{id}/complete`
pub async fn complete(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    let action: Action = |mine, id, condition, now| {
        actions::complete(mine, id, condition, now).map(|outcome| outcome.task)
    };
    change(&user, &id, form, (Deed::Completed, action)).await
}

/// `POST /tasks/{id}/reopen`
pub async fn reopen(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    change(&user, &id, form, (Deed::Reopened, actions::reopen)).await
}

/// `POST /tasks/{id}/restore`
pub async fn restore(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    change(&user, &id, form, (Deed::Restored, actions::restore)).await
}

/// `POST /tasks/{id}/delete`
pub async fn delete(user: PageUser, id: web::Path<String>, form: FormBody) -> PageResult {
    change(&user, &id, form, (Deed::Deleted, actions::delete)).await
}

type Action = fn(&mut Mine<'_>, TaskId, &Precondition, Stamp) -> Result<Task>;

async fn change(
    user: &PageUser,
    id: &str,
    FormBody(mut form): FormBody,
    (deed, action): (Deed, Action),
) -> PageResult {
    let id = parse_id(id)?;
    let goal = form.take_text("next");
    let mut errors = FieldErrors::default();
    form.refuse_rest(&mut errors);
    errors.into_query_result()?;
    let task = user
        .write(move |mine, now| action(mine, id, &Precondition::None, now))
        .await?;
    Ok(see(&goal, deed, &task))
}

fn see(goal: &str, deed: Deed, task: &Task) -> HttpResponse {
    render::see_other(&flash::address(next::or_home(Some(goal)), deed, task))
}

fn parse_id(text: &str) -> Result<TaskId> {
    TaskId::parse(text).ok_or(Error::NotFound)
}

fn only_did(request: &HttpRequest) -> Result<Option<Did>> {
    let mut query = Query::read(request, &DEFAULTS)?;
    let did = query.take("did").as_deref().and_then(Did::parse);
    query.finish()?;
    Ok(did)
}

fn deed_on(mine: &mut Mine<'_>, did: Option<Did>) -> Result<Option<(Did, Task)>> {
    let Some(did) = did else { return Ok(None) };
    match mine.task(did.task) {
        Ok(task) => Ok(Some((did, task))),
        Err(Error::NotFound) => Ok(None),
        Err(other) => Err(other),
    }
}

/// A page changes with its owner's tasks, with its address, and at their midnight.
fn view_tag(
    user: &PageUser,
    request: &HttpRequest,
) -> impl Fn(&Standing) -> String + Clone + Send + 'static {
    let account = user.credential().account;
    let address = request.uri().to_string();
    let now = user.now();
    move |standing| {
        let today = now.day_in(standing.time_zone);
        etag::of_view(
            standing.version,
            (account, &address, today, static_files::assets().stylesheet),
        )
    }
}

fn frame(standing: &Standing, view: Option<View>) -> Frame {
    Frame {
        assets: static_files::assets(),
        signed_in_as: Some(standing.email.to_string()),
        view,
        flash: None,
    }
}

fn list_page(user: &PageUser, standing: &Standing, filter: &Filter, page: &Page<Task>) -> ListPage {
    let view = view_of(filter.scope.status);
    let address = |cursor: Option<Cursor>| {
        address_of(&Filter {
            cursor,
            ..filter.clone()
        })
    };
    ListPage {
        frame: frame(standing, Some(view)),
        view,
        rows: page
            .items
            .iter()
            .map(|task| row(task, standing, user.now()))
            .collect(),
        here: address(filter.cursor.clone()),
        draft: TaskFields::default(),
        errors: Vec::new(),
        previous: page.previous.clone().map(|cursor| address(Some(cursor))),
        next: page.next.clone().map(|cursor| address(Some(cursor))),
        is_first_page: filter.cursor.is_none(),
    }
}

fn view_of(status: Status) -> View {
    match status {
        Status::Open => View::Open,
        Status::Completed => View::Completed,
        Status::All | Status::Any => View::All,
        Status::Trashed => View::Trash,
    }
}

/// The shortest address of a view: what is usual goes unsaid.
fn address_of(filter: &Filter) -> String {
    let mut parameters = Vec::new();
    if filter.scope.status != Status::Open {
        parameters.push(format!("status={}", filter.scope.status.word()));
    }
    if filter.sort != usual_order(filter.scope.status) {
        parameters.push(format!("sort={}", filter.sort.word()));
    }
    if filter.limit != DEFAULTS.limit {
        parameters.push(format!("limit={}", filter.limit));
    }
    if let Some(cursor) = &filter.cursor {
        parameters.push(format!("cursor={}", cursor.text()));
    }
    if parameters.is_empty() {
        return next::HOME.to_owned();
    }
    format!("{}?{}", next::HOME, parameters.join("&"))
}

fn row(task: &Task, standing: &Standing, now: Stamp) -> Row {
    Row {
        id: task.id.to_string(),
        title: task.title.as_str().to_owned(),
        completed: task.is_completed(),
        trashed: task.is_trashed(),
        due: due_words(task, standing, now),
        priority: task.priority.number(),
        has_notes: !task.notes.is_empty(),
    }
}

fn due_words(task: &Task, standing: &Standing, now: Stamp) -> Option<DueWords> {
    let is_open = !task.is_completed() && !task.is_trashed();
    let now = now.local_in(standing.time_zone);
    task.due.map(|due| DueWords {
        iso: due.on.to_string(),
        words: due::in_words(due.on, now.date()),
        overdue: is_open && due::is_overdue(&due, standing.time_zone, now),
    })
}

fn task_page(task: &Task, standing: &Standing, now: Stamp) -> TaskPage {
    let moment = |stamp: Stamp| Moment {
        iso: stamp.rfc3339(),
        words: stamp
            .utc()
            .with_timezone(&standing.time_zone)
            .format("%-d %b %Y, %H:%M")
            .to_string(),
    };
    let view = match (task.is_trashed(), task.is_completed()) {
        (true, _) => View::Trash,
        (false, true) => View::Completed,
        (false, false) => View::Open,
    };
    TaskPage {
        frame: frame(standing, Some(view)),
        id: task.id.to_string(),
        heading: task.title.as_str().to_owned(),
        fields: TaskFields {
            title: task.title.as_str().to_owned(),
            notes: task.notes.as_str().to_owned(),
            due_date: task.due.map(|due| due.on.to_string()).unwrap_or_default(),
            priority: task.priority.number().to_string(),
        },
        errors: Vec::new(),
        version: task.version,
        theirs: None,
        completed: task.completed_at.map(moment),
        trashed: task.deleted_at.map(moment),
        created: moment(task.created_at),
        changed: moment(task.updated_at),
        due: due_words(task, standing, now),
        back: view.path().to_owned(),
    }
}

fn typed(form: &Members) -> TaskFields {
    TaskFields {
        title: form.text("title").to_owned(),
        notes: form.text("notes").to_owned(),
        due_date: form.text("due_date").to_owned(),
        priority: form.text("priority").to_owned(),
    }
}

/// The refusals beside the fields that the form has; the rest stands in the summary alone.
fn field_errors(errors: &FieldErrors) -> Vec<FieldError> {
    const FIELDS: [&str; 4] = ["title", "notes", "due_date", "priority"];
    let mut shown = Vec::new();
    for refusal in errors {
        let field = FIELDS.into_iter().find(|field| *field == refusal.field);
        let sentence = match field {
            Some(_) => sentence_case(&refusal.sentence),
            None => format!("{}: {}.", refusal.field, refusal.sentence),
        };
        shown.push(FieldError {
            field: field.unwrap_or_default(),
            sentence,
        });
    }
    shown
}
