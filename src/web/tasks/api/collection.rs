//! The tasks of a filter.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};

use super::{TaskInput, one};
use crate::error::Error;
use crate::store::{Fresh, Length, Mine, Standing};
use crate::tasks::Task;
use crate::tasks::actions;
use crate::tasks::filter::{Cursor, Page, Scope, Sort, Status};
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::JsonBody;
use crate::web::tasks::input;
use crate::web::tasks::json::TaskJson;
use crate::web::tasks::query::{self, Defaults, Query};
use crate::web::visitor::ApiUser;
use crate::web::{buffer, etag, render};

pub(super) const DEFAULTS: Defaults = Defaults {
    scope: Scope::of(Status::All),
    limit: 50,
    sort: |_| Sort::CREATED,
};

/// What a task with a title and no notes takes as JSON.
const BYTES_A_TASK: usize = 1024;

/// Lists tasks.
#[utoipa::path(get, path = "/api/tasks", tag = "tasks", operation_id = "list_tasks",
    params(
        ("status" = Option<String>, Query, description = "open, completed, all (open and completed, the default), trashed, or any"),
        ("list" = Option<String>, Query, description = "inbox, or the id of a list"),
        ("label" = Option<String>, Query, description = "the name of a label; repeat it for tasks that have all of them"),
        ("priority" = Option<String>, Query, description = "2 for exactly that, 2.. for at least that"),
        ("due" = Option<String>, Query, description = "today, overdue, week (today and the next six days), none, or FROM..TO, where each end is a day, today, or nothing"),
        ("q" = Option<String>, Query, description = "words that all occur in title or notes; case and accents do not count"),
        ("parent" = Option<String>, Query, description = "the id of a task for its steps, none for what is no step"),
        ("started" = Option<bool>, Query, description = "true leaves out what starts on a later day"),
        ("sort" = Option<String>, Query, description = "created (the default), order (list by list), due, priority, updated or title; - before it for descending; what has no due date comes last"),
        ("limit" = Option<u16>, Query, description = "1 to 200, default 50"),
        ("cursor" = Option<String>, Query, description = "where to go on, as given in the Link header"),
        ("count" = Option<bool>, Query, description = "true adds X-Total-Count"),
        ("If-None-Match" = Option<String>, Header, description = "the ETag of what you have")),
    responses(
        (status = 200, description = "A page of tasks; Link: rel=next where there is more", body = [TaskJson<'_>],
            headers(("ETag" = String), ("Link" = String), ("X-Total-Count" = i64))),
        (status = 304, description = "Nothing changed")))]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    let mut query = Query::read(&request, &DEFAULTS)?;
    let counted = query::flag("count", query.take("count").as_deref())?;
    let filter = query.finish()?;
    let base = user.state().base_url(&request);
    let (account, now) = (user.credential().account, user.now());
    let known = etag::Known::of(request.headers());
    // What "today" and "overdue" mean moves on by itself.
    let (due, started) = (filter.scope.due, filter.scope.started);
    let shape = (account, request.query_string().to_owned(), base.clone());
    let tag = move |standing: &Standing| {
        let here = now.local_in(standing.zone());
        let moving = (due.map(|due| due.keys(here)), started.then(|| here.date()));
        etag::of_view(standing.version, (&shape, moving))
    };
    let has_seen = {
        let tag = tag.clone();
        move |standing: &Standing| known.has(&tag(standing))
    };
    let asked = request.query_string().to_owned();
    let length = if counted {
        Length::Long
    } else {
        Length::of(&filter)
    };
    // Written where it was read: what leaves a database thread is one buffer, not a hundred.
    let read = move |mine: &mut Mine<'_>| {
        let total = counted
            .then(|| mine.count_tasks(&filter.scope, now))
            .transpose()?;
        let page = mine.tasks(&filter, now)?;
        let tasks: Vec<_> = page
            .items
            .iter()
            .map(|task| TaskJson::new(task, &base, mine.zone()))
            .collect();
        // Room for all of it: growing step by step would copy everything several times.
        let mut body = buffer::bytes(tasks.len() * BYTES_A_TASK);
        serde_json::to_writer(&mut body, &tasks).map_err(Error::internal)?;
        Ok((body, link(&page, &asked, &base), total))
    };
    match user.read_unless(length, has_seen, read).await? {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(&standing))),
        Fresh::Read(standing, (body, link, total)) => {
            let mut response = HttpResponse::Ok();
            if let Some(link) = link {
                response.insert_header((header::LINK, link));
            }
            if let Some(total) = total {
                response.insert_header(("x-total-count", total));
            }
            let kind = (&*tag(&standing), "application/json");
            Ok(render::tagged(response, request.headers(), kind, body))
        }
    }
}

/// Makes a task.
#[utoipa::path(post, path = "/api/tasks", tag = "tasks", operation_id = "create_task",
    request_body = TaskInput,
    responses(
        (status = 201, description = "The task", body = TaskJson<'_>, headers(("Location" = String), ("ETag" = String))),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn create(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    query::no_query(&request)?;
    let new = input::new_task(body)?;
    let (task, zone) = user
        .write(move |mine, now| Ok((actions::add(mine, new, now)?, mine.zone())))
        .await?;
    let base = user.state().base_url(&request);
    Ok(one(StatusCode::CREATED, &task, &base, zone))
}

/// Moves all tasks of a filter to the trash.
#[utoipa::path(delete, path = "/api/tasks", tag = "tasks", operation_id = "delete_tasks",
    description = "Takes the filters of GET; without any, everything open and completed goes.",
    params(("status" = Option<String>, Query, description = "open, completed, or all (the default)")),
    responses((status = 204, description = "They are in the trash")))]
pub async fn delete_all(user: ApiUser, request: HttpRequest) -> ApiResult {
    let scope = query::only_scope(&request, &DEFAULTS)?;
    user.write(move |mine, now| actions::delete_all(mine, &scope, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `Link: <…>; rel="next"` (RFC 8288): the same address, from another place on.
fn link(page: &Page<Task>, asked: &str, base: &str) -> Option<String> {
    let asked = asked.split('&').filter(|pair| !pair.is_empty());
    let kept: Vec<&str> = asked.filter(|pair| !pair.starts_with("cursor=")).collect();
    let address = |cursor: &Cursor, rel: &str| {
        let cursor = format!("cursor={}", cursor.text());
        let query = kept.iter().copied().chain([&*cursor]).collect::<Vec<_>>();
        format!("<{base}/api/tasks?{}>; rel=\"{rel}\"", query.join("&"))
    };
    let next = page.next.iter().map(|cursor| address(cursor, "next"));
    let previous = page.previous.iter().map(|cursor| address(cursor, "prev"));
    let links: Vec<String> = next.chain(previous).collect();
    (!links.is_empty()).then(|| links.join(", "))
}
