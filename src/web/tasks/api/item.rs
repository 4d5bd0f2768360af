//! One task: reading it, changing it, and marking it done.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::{TaskInput, one, parse_id};
use crate::clock::Stamp;
use crate::error::Result;
use crate::store::Mine;
use crate::tasks::actions::Outcome;
use crate::tasks::{Precondition, Task, TaskId, actions};
use crate::web::api_error::ApiResult;
use crate::web::body::JsonBody;
use crate::web::tasks::json::{OutcomeJson, TaskJson};
use crate::web::tasks::{input, query};
use crate::web::visitor::ApiUser;
use crate::web::{etag, render};

/// Shows a task, wherever it lies.
#[utoipa::path(get, path = "/api/tasks/{id}", tag = "tasks", operation_id = "get_task",
    params(("id" = Uuid, Path), ("If-None-Match" = Option<String>, Header, description = "the ETag of what you have")),
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 304, description = "It did not change")))]
pub async fn get(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let (standing, task) = user.glance(move |mine| mine.task(id)).await?;
    let tag = etag::of_task(task.version);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    let base = user.state().base_url(&request);
    Ok(one(StatusCode::OK, &task, &base, standing.zone()))
}

/// Changes a task.
#[utoipa::path(patch, path = "/api/tasks/{id}", tag = "tasks", operation_id = "update_task",
    description = "A JSON merge patch (RFC 7396): absent members stay, null clears.",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to change")),
    request_body(content((TaskInput = "application/json"), (TaskInput = "application/merge-patch+json"))),
    responses((status = 200, description = "The task", body = OutcomeJson<'_>, headers(("ETag" = String)))))]
pub async fn patch(
    user: ApiUser,
    id: web::Path<String>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    let patch = input::task_patch(body)?;
    let completes = patch.completed == Some(true);
    let job = move |mine: &mut Mine<'_>, now| actions::edit(mine, id, (patch, &condition), now);
    outcome(&user, &request, completes, job).await
}

/// Moves a task to the trash or, from there, deletes it for good.
#[utoipa::path(delete, path = "/api/tasks/{id}", tag = "tasks", operation_id = "delete_task",
    params(("id" = Uuid, Path),
        ("permanent" = Option<bool>, Query, description = "true deletes a task in the trash for good"),
        ("If-Match" = Option<String>, Header, description = "the ETag of the version to delete")),
    responses((status = 204, description = "It is in the trash, or gone")))]
pub async fn delete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    let is_permanent = query::only_flag(&request, "permanent")?;
    let condition = etag::precondition(request.headers())?;
    let job = move |mine: &mut Mine<'_>, now: Stamp| {
        if is_permanent {
            actions::delete_for_good(mine, id, &condition)
        } else {
            actions::delete(mine, id, &condition, now).map(drop)
        }
    };
    user.write(job).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Marks a task done; one that is done keeps its time.
#[utoipa::path(put, path = "/api/tasks/{id}/completion", tag = "tasks", operation_id = "complete_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to complete")),
    responses((status = 200, description = "The task, and the next occurrence of one that repeats", body = OutcomeJson<'_>, headers(("ETag" = String)))))]
pub async fn complete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    let job = move |mine: &mut Mine<'_>, now| actions::complete(mine, id, &condition, now);
    outcome(&user, &request, true, job).await
}

/// Makes a task open again.
#[utoipa::path(delete, path = "/api/tasks/{id}/completion", tag = "tasks", operation_id = "reopen_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to reopen")),
    responses((status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String)))))]
pub async fn reopen(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    change(&user, &id, &request, actions::reopen).await
}

/// Takes a task out of the trash.
#[utoipa::path(post, path = "/api/tasks/{id}/restore", tag = "tasks", operation_id = "restore_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to restore")),
    responses((status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String)))))]
pub async fn restore(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    change(&user, &id, &request, actions::restore).await
}

type Action = fn(&mut Mine<'_>, TaskId, &Precondition, Stamp) -> Result<Task>;

/// Does it to the task that the address names, and shows the task.
pub(super) async fn change(
    user: &ApiUser,
    id: &str,
    request: &HttpRequest,
    action: Action,
) -> ApiResult {
    let id = parse_id(id)?;
    query::no_query(request)?;
    let condition = etag::precondition(request.headers())?;
    let job = move |mine: &mut Mine<'_>, now| Ok((action(mine, id, &condition, now)?, mine.zone()));
    let (task, zone) = user.write(job).await?;
    let base = user.state().base_url(request);
    Ok(one(StatusCode::OK, &task, &base, zone))
}

async fn outcome(
    user: &ApiUser,
    request: &HttpRequest,
    completes: bool,
    action: impl FnOnce(&mut Mine<'_>, Stamp) -> Result<Outcome> + Send + 'static,
) -> ApiResult {
    let (outcome, zone) = user
        .write(move |mine, now| Ok((action(mine, now)?, mine.zone())))
        .await?;
    let base = user.state().base_url(request);
    let json = if completes {
        OutcomeJson::with_next(&outcome, &base, zone)
    } else {
        OutcomeJson::new(&outcome, &base, zone)
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::ETAG, etag::of_task(outcome.task.version)))
        .insert_header((header::CACHE_CONTROL, render::PRIVATE))
        .json(json))
}
