//! Tasks at the API's door.

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use actix_web::{HttpRequest, HttpResponse, web};

use super::input::{self, Defaults, Query};
use super::json::TaskJson;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::store::{Fresh, Mine};
use crate::tasks::filter::{Filter, Page, Sort, Status};
use crate::tasks::{Task, TaskId, actions};
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::JsonBody;
use crate::web::visitor::ApiUser;
use crate::web::{etag, render};

const DEFAULTS: Defaults = Defaults {
    status: Status::All,
    limit: 50,
    sort: |_| Sort::CREATED,
};

/// What a task is made from or changed with.
#[derive(utoipa::ToSchema)]
#[schema(as = TaskInput)]
#[expect(
    dead_code,
    reason = "describes what `input` reads, for the OpenAPI document"
)]
pub struct TaskInput {
    /// One line of 1 to 500 characters; needed to make a task.
    title: Option<String>,
    /// Up to 20,000 characters; null clears.
    notes: Option<String>,
    /// Done or open.
    completed: Option<bool>,
    /// Place within the list, lowest first; a new task goes on top.
    order: Option<i64>,
    /// 0 none, 1 low, 2 medium, 3 high; null clears.
    #[schema(minimum = 0, maximum = 3)]
    priority: Option<u8>,
    /// The day it is due, YYYY-MM-DD; null clears.
    #[schema(value_type = Option<String>, format = Date)]
    due_date: Option<String>,
    /// The list that holds it; a new task goes to the Inbox.
    #[schema(value_type = Option<String>, format = Uuid)]
    list_id: Option<String>,
}

/// Lists tasks.
#[utoipa::path(get, path = "/api/tasks", tag = "tasks", operation_id = "list_tasks",
    params(
        ("status" = Option<String>, Query, description = "open, completed, all (open and completed, the default), trashed, or any"),
        ("sort" = Option<String>, Query, description = "created (the default), order, updated or priority; - before it for descending"),
        ("limit" = Option<u16>, Query, description = "1 to 200, default 50"),
        ("cursor" = Option<String>, Query, description = "where to go on, as given in the Link header"),
        ("count" = Option<bool>, Query, description = "true adds X-Total-Count"),
        ("If-None-Match" = Option<String>, Header, description = "the ETag of what you have")),
    responses(
        (status = 200, description = "A page of tasks; Link: rel=next where there is more", body = [TaskJson<'_>],
            headers(("ETag" = String), ("Link" = String), ("X-Total-Count" = i64))),
        (status = 304, description = "Nothing changed"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is not valid", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    let mut query = Query::read(&request, DEFAULTS)?;
    let counted = input::flag("count", query.take("count").as_deref())?;
    let filter = query.finish()?;
    let base = user.state().base_url(&request);
    let account = user.credential().account;
    let shape = (account, request.query_string().to_owned(), base.clone());
    let known = etag::Known::of(request.headers());
    let tag = move |version| etag::of_view(version, &shape);
    let has_seen = {
        let tag = tag.clone();
        move |standing: &crate::store::Standing| known.has(&tag(standing.version))
    };
    let read = move |mine: &mut Mine<'_>| {
        let total = counted
            .then(|| mine.count_tasks(filter.status))
            .transpose()?;
        Ok((mine.tasks(&filter)?, total))
    };
    match user.read_unless(has_seen, read).await? {
        Fresh::Unchanged(standing) => Ok(render::not_modified(&tag(standing.version))),
        Fresh::Read(standing, (page, total)) => {
            let mut response = HttpResponse::Ok();
            if let Some(link) = link(&page, &filter, &base) {
                response.insert_header((header::LINK, link));
            }
            if let Some(total) = total {
                response.insert_header(("x-total-count", total));
            }
            let tasks: Vec<_> = page
                .items
                .iter()
                .map(|task| TaskJson::new(task, &base))
                .collect();
            let body = serde_json::to_vec(&tasks).map_err(Error::internal)?;
            let kind = (&*tag(standing.version), "application/json");
            Ok(render::tagged(response, request.headers(), kind, body))
        }
    }
}

/// Makes a task.
#[utoipa::path(post, path = "/api/tasks", tag = "tasks", operation_id = "create_task",
    request_body = TaskInput,
    responses(
        (status = 201, description = "The task", body = TaskJson<'_>, headers(("Location" = String), ("ETag" = String))),
        (status = 400, description = "Not JSON", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A member is not valid", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn create(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    input::no_query(&request)?;
    let new = input::new_task(body)?;
    let task = user
        .write(move |mine, now| actions::add(mine, new, now))
        .await?;
    Ok(one(
        StatusCode::CREATED,
        &task,
        &user.state().base_url(&request),
    ))
}

/// Moves all tasks of a status to the trash.
#[utoipa::path(delete, path = "/api/tasks", tag = "tasks", operation_id = "delete_tasks",
    params(("status" = Option<String>, Query, description = "open, completed, or all (the default)")),
    responses(
        (status = 204, description = "They are in the trash"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A parameter is not valid", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn delete_all(user: ApiUser, request: HttpRequest) -> ApiResult {
    let status = input::only_status(&request, DEFAULTS)?;
    user.write(move |mine, now| actions::delete_all(mine, status, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Shows a task, wherever it lies.
#[utoipa::path(get, path = "/api/tasks/{id}", tag = "tasks", operation_id = "get_task",
    params(("id" = Uuid, Path), ("If-None-Match" = Option<String>, Header, description = "the ETag of what you have")),
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 304, description = "It did not change"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn get(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    input::no_query(&request)?;
    let task = user.read(move |mine| mine.task(id)).await?;
    let tag = etag::of_task(task.version);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    Ok(one(StatusCode::OK, &task, &user.state().base_url(&request)))
}

/// Changes a task.
#[utoipa::path(patch, path = "/api/tasks/{id}", tag = "tasks", operation_id = "update_task",
    description = "A JSON merge patch (RFC 7396): absent members stay, null clears.",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to change")),
    request_body(content((TaskInput = "application/json"), (TaskInput = "application/merge-patch+json"))),
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 400, description = "Not JSON", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "It is in the trash", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A member is not valid", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn patch(
    user: ApiUser,
    id: web::Path<String>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let id = parse_id(&id)?;
    input::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    let patch = input::task_patch(body)?;
    let task = user
        .write(move |mine, now| actions::edit(mine, id, (patch, &condition), now))
        .await?;
    Ok(one(StatusCode::OK, &task, &user.state().base_url(&request)))
}

/// Moves a task to the trash or, from there, deletes it for good.
#[utoipa::path(delete, path = "/api/tasks/{id}", tag = "tasks", operation_id = "delete_task",
    params(("id" = Uuid, Path),
        ("permanent" = Option<bool>, Query, description = "true deletes a task in the trash for good"),
        ("If-Match" = Option<String>, Header, description = "the ETag of the version to delete")),
    responses(
        (status = 204, description = "It is in the trash, or gone"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task, or it is in the trash already", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "Only a task in the trash can be deleted for good", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn delete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    let is_permanent = input::only_flag(&request, "permanent")?;
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
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "It is in the trash", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn complete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    change(&user, &id, &request, actions::complete).await
}

/// Makes a task open again.
#[utoipa::path(delete, path = "/api/tasks/{id}/completion", tag = "tasks", operation_id = "reopen_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to reopen")),
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "It is in the trash", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn reopen(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    change(&user, &id, &request, actions::reopen).await
}

/// Takes a task out of the trash.
#[utoipa::path(post, path = "/api/tasks/{id}/restore", tag = "tasks", operation_id = "restore_task",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to restore")),
    responses(
        (status = 200, description = "The task", body = TaskJson<'_>, headers(("ETag" = String))),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 404, description = "No such task", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "It was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn restore(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    change(&user, &id, &request, actions::restore).await
}

type Action = fn(&mut Mine<'_>, TaskId, Stamp) -> Result<Task>;

async fn change(user: &ApiUser, id: &str, request: &HttpRequest, action: Action) -> ApiResult {
    let id = parse_id(id)?;
    input::no_query(request)?;
    let condition = etag::precondition(request.headers())?;
    let job = move |mine: &mut Mine<'_>, now: Stamp| {
        actions::check_version(mine, id, &condition)?;
        action(mine, id, now)
    };
    let task = user.write(job).await?;
    Ok(one(StatusCode::OK, &task, &user.state().base_url(request)))
}

fn parse_id(text: &str) -> Result<TaskId> {
    TaskId::parse(text).ok_or(Error::NotFound)
}

fn one(status: StatusCode, task: &Task, base: &str) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag::of_task(task.version)))
        .insert_header((header::CACHE_CONTROL, render::PRIVATE));
    if status == StatusCode::CREATED {
        response.insert_header((header::LOCATION, format!("{base}/api/tasks/{}", task.id)));
    }
    response.json(TaskJson::new(task, base))
}

/// `Link: <…>; rel="next"` (RFC 8288).
fn link(page: &Page<Task>, filter: &Filter, base: &str) -> Option<String> {
    let address = |cursor: &crate::tasks::filter::Cursor, rel: &str| {
        format!(
            "<{base}/api/tasks?status={}&sort={}&limit={}&cursor={}>; rel=\"{rel}\"",
            filter.status.word(),
            filter.sort.word(),
            filter.limit,
            cursor.text(),
        )
    };
    let next = page.next.iter().map(|cursor| address(cursor, "next"));
    let previous = page.previous.iter().map(|cursor| address(cursor, "prev"));
    let links: Vec<String> = next.chain(previous).collect();
    (!links.is_empty()).then(|| links.join(", "))
}

/// Whether the client takes JSON (RFC 9110, 12.5.1).
pub fn accepts_json(headers: &HeaderMap) -> bool {
    let values: Vec<&str> = headers
        .get_all(header::ACCEPT)
        .filter_map(|value| value.to_str().ok())
        .collect();
    let accepted = [
        "*/*",
        "application/*",
        "application/json",
        "application/problem+json",
    ];
    let is_accepted = |item: &str| {
        let mut parts = item.split(';').map(str::trim);
        let kind = parts.next().unwrap_or_default();
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        accepted
            .iter()
            .any(|known| known.eq_ignore_ascii_case(kind))
            && weight.is_none_or(|q| q.parse::<f32>().is_ok_and(|q| q > 0.0))
    };
    values.is_empty()
        || values
            .iter()
            .flat_map(|value| value.split(','))
            .any(is_accepted)
}
