//! Moving, skipping and copying a task, and the days that a repeating one will come.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;

use super::{item, one, parse_id};
use crate::error::{Error, FieldErrors, Refusal, Result};
use crate::lists::ListId;
use crate::store::Mine;
use crate::tasks::actions::Place;
use crate::tasks::{TaskId, actions};
use crate::web::api_error::ApiResult;
use crate::web::body::{JsonBody, Members, text};
use crate::web::tasks::json::{Day, TaskJson};
use crate::web::tasks::query;
use crate::web::visitor::ApiUser;
use crate::web::{etag, render};

/// Most occurrences that are looked ahead.
const AHEAD_MAX: usize = 100;

/// Where a task is to go; at least one of these.
#[derive(utoipa::ToSchema)]
#[schema(as = Place)]
#[expect(
    dead_code,
    reason = "describes what `place` reads, for the OpenAPI document"
)]
pub struct PlaceInput {
    /// Right before this task, in its list.
    #[schema(value_type = Option<String>, format = Uuid)]
    before: Option<String>,
    /// Right behind this task, in its list.
    #[schema(value_type = Option<String>, format = Uuid)]
    after: Option<String>,
    /// Into this list, on top.
    #[schema(value_type = Option<String>, format = Uuid)]
    list_id: Option<String>,
    /// Under this task as a step; null = out from under its task.
    #[schema(value_type = Option<String>, format = Uuid)]
    parent_id: Option<String>,
}

/// Moves a task before or behind another, to another list, or to another task as its step.
#[utoipa::path(post, path = "/api/tasks/{id}/move", tag = "tasks", operation_id = "move_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to move")),
    request_body = PlaceInput,
    responses((status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String)))))]
pub async fn move_task(
    user: ApiUser,
    id: web::Path<String>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    let place = place(body)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let moved = actions::move_to(mine, id, (place, &condition), now)?;
        Ok((moved, mine.zone()))
    };
    let (task, zone) = user.write(job).await?;
    let base = user.state().base_url(&request);
    Ok(one(StatusCode::OK, &task, &base, zone))
}

/// Reads where a task is to go.
pub fn place(members: Members) -> Result<Place> {
    let mut errors = FieldErrors::default();
    let mut place = Place::default();
    for (name, value) in members {
        match name.as_str() {
            "before" => place.before = errors.take(task_id("before", &value)).flatten(),
            "after" => place.after = errors.take(task_id("after", &value)).flatten(),
            "list_id" => place.list_id = errors.take(list_id(&value)).flatten(),
            "parent_id" => place.parent_id = errors.take(task_id("parent_id", &value)),
            _ => errors.add(name, "unknown", "there is no such member"),
        }
    }
    if errors.is_empty() && place == Place::default() {
        errors.add(
            "before",
            "required",
            "say before or after which task, or where to",
        );
    }
    errors.into_result()?;
    Ok(place)
}

fn task_id(field: &'static str, value: &Value) -> Result<Option<TaskId>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    TaskId::parse(text(value, field)?)
        .map(Some)
        .ok_or_else(|| Refusal::new(field, "unknown", "there is no such task"))
}

fn list_id(value: &Value) -> Result<Option<ListId>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    ListId::parse(text(value, "list_id")?)
        .map(Some)
        .ok_or_else(|| Refusal::new("list_id", "unknown", "there is no such list"))
}

/// Passes an occurrence over: the task becomes the next one, undone.
#[utoipa::path(post, path = "/api/tasks/{id}/skip", tag = "tasks", operation_id = "skip_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to skip")),
    responses((status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String)))))]
pub async fn skip(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    item::change(&user, &id, &request, actions::skip).await
}

/// Copies a task with its steps; the copy is open.
#[utoipa::path(post, path = "/api/tasks/{id}/duplicate", tag = "tasks", operation_id = "duplicate_task",
    params(("id" = Uuid, Path)),
    responses((status = 201, description = "The copy", body = TaskJson<'_>, headers(("Location" = String), ("ETag" = String)))))]
pub async fn duplicate(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let copy = actions::duplicate(mine, id, now)?;
        Ok((copy, mine.zone()))
    };
    let (task, zone) = user.write(job).await?;
    let base = user.state().base_url(&request);
    Ok(one(StatusCode::CREATED, &task, &base, zone))
}

/// One day on which a task comes.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Occurrence)]
pub struct OccurrenceJson {
    /// The day.
    #[schema(value_type = String, format = Date)]
    due_date: Day,
    /// The time, or null.
    due_time: Option<String>,
}

/// Looks ahead: the days on which a repeating task comes, this one first.
#[utoipa::path(get, path = "/api/tasks/{id}/occurrences", tag = "tasks", operation_id = "preview_task",
    params(("id" = Uuid, Path), ("count" = Option<u16>, Query, description = "1 to 100, default 10")),
    responses((status = 200, description = "The days", body = [OccurrenceJson])))]
pub async fn occurrences(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    let count = count(query::only_word(&request, "count")?.as_deref())?;
    let task = user.read(move |mine| mine.task(id)).await?;
    let moments = match (&task.due, &task.recurrence) {
        (Some(due), Some(repeat)) => repeat.preview(due, count),
        (Some(due), None) => vec![(due.on, due.at)],
        (None, _) => Vec::new(),
    };
    let days: Vec<_> = moments
        .into_iter()
        .map(|(on, at)| OccurrenceJson {
            due_date: Day(on),
            due_time: at.map(|at| at.format("%H:%M").to_string()),
        })
        .collect();
    Ok(HttpResponse::Ok()
        .insert_header(("cache-control", render::PRIVATE))
        .json(days))
}

fn count(text: Option<&str>) -> Result<usize> {
    let Some(text) = text else { return Ok(10) };
    let count = text.parse().ok();
    count
        .filter(|count| (1..=AHEAD_MAX).contains(count))
        .ok_or_else(|| {
            let mut errors = FieldErrors::default();
            errors.add("count", "range", "count is a whole number from 1 to 100");
            Error::InvalidQuery(errors)
        })
}
