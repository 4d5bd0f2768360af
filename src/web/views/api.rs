//! Saved views at the API's door.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::views::{QUERY_MAX, SavedView, ViewPatch, actions};
use crate::web::api_error::ApiResult;
use crate::web::body::{JsonBody, Members, text};
use crate::web::lists::api::{order, read_name};
use crate::web::tasks::json::Instant;
use crate::web::tasks::{pages, query};
use crate::web::visitor::ApiUser;
use crate::web::{etag, render};
use crate::words::Locale;

/// A filter with a name.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = View)]
pub struct ViewJson<'a> {
    /// The view's id, a UUIDv7.
    id: Uuid,
    /// Its name, different from those of your other views.
    name: &'a str,
    /// The filter as a query string, such as `label=home&due=week`.
    query: &'a str,
    /// Place among the views, lowest first.
    order: i64,
    /// When it was saved.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
    /// Goes up with every change; the number in the `ETag`.
    version: i64,
}

impl<'a> ViewJson<'a> {
    /// The view as programs see it.
    pub fn new(view: &'a SavedView) -> Self {
        Self {
            id: view.id,
            name: view.name.as_str(),
            query: &view.query,
            order: view.position,
            created_at: Instant(view.created_at),
            updated_at: Instant(view.updated_at),
            version: view.version,
        }
    }
}

/// What a view is saved from or changed with.
#[derive(utoipa::ToSchema)]
#[schema(as = ViewInput)]
#[expect(
    dead_code,
    reason = "describes what `read` reads, for the OpenAPI document"
)]
pub struct ViewInput {
    /// One line of 1 to 100 characters; needed to save a view.
    name: Option<String>,
    /// The filters of `GET /api/tasks` as a query string; needed to save a view.
    query: Option<String>,
    /// Place among the views, lowest first; a new one goes behind the others.
    order: Option<i64>,
}

/// Lists the saved views in order.
#[utoipa::path(get, path = "/api/views", tag = "views", operation_id = "list_views",
    responses((status = 200, description = "Every saved view", body = [ViewJson<'_>])))]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough in its lifetime"
)]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    query::no_query(&request)?;
    let views = user.read(|mine| mine.views()).await?;
    let views: Vec<_> = views.iter().map(ViewJson::new).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::PRIVATE))
        .json(views))
}

/// Saves a filter under a name.
#[utoipa::path(post, path = "/api/views", tag = "views", operation_id = "create_view",
    request_body = ViewInput,
    responses((status = 201, description = "The view", body = ViewJson<'_>, headers(("Location" = String), ("ETag" = String)))))]
pub async fn create(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    query::no_query(&request)?;
    let (name, query, position) = new_view(read(body)?)?;
    let view = user
        .write(move |mine, now| actions::add(mine, (name, query), position, now))
        .await?;
    let base = user.state().base_url(&request);
    let mut response = one(StatusCode::CREATED, &view);
    response.insert_header((header::LOCATION, format!("{base}/api/views/{}", view.id)));
    Ok(response.json(ViewJson::new(&view)))
}

/// What a view to be saved needs.
pub fn new_view(patch: ViewPatch) -> Result<(crate::name::Name, String, Option<i64>)> {
    let mut errors = FieldErrors::default();
    if patch.name.is_none() {
        let sentence = Sentence::Said(Locale::refused_name_empty);
        errors.add("name", "required", sentence);
    }
    if patch.query.is_none() {
        let sentence = Sentence::told(|say| say.refused_filter_empty("label=home&due=week"));
        errors.add("query", "required", sentence);
    }
    errors.into_result()?;
    let name = patch.name.zip(patch.query);
    let (name, query) = name.ok_or_else(|| Error::internal("a view went missing"))?;
    Ok((name, query, patch.position))
}

/// Shows a saved view.
#[utoipa::path(get, path = "/api/views/{id}", tag = "views", operation_id = "get_view",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The view", body = ViewJson<'_>, headers(("ETag" = String))),
        (status = 304, description = "It did not change")))]
pub async fn get(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let view = user.read(move |mine| mine.view(id)).await?;
    let tag = etag::of_task(view.version);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    Ok(one(StatusCode::OK, &view).json(ViewJson::new(&view)))
}

/// Changes a saved view.
#[utoipa::path(patch, path = "/api/views/{id}", tag = "views", operation_id = "update_view",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to change")),
    request_body(content((ViewInput = "application/json"), (ViewInput = "application/merge-patch+json"))),
    responses((status = 200, description = "The view", body = ViewJson<'_>, headers(("ETag" = String)))))]
pub async fn patch(
    user: ApiUser,
    id: web::Path<String>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    let patch = read(body)?;
    let view = user
        .write(move |mine, now| actions::edit(mine, id, (patch, &condition), now))
        .await?;
    Ok(one(StatusCode::OK, &view).json(ViewJson::new(&view)))
}

/// Forgets a saved view; the tasks that it showed stay.
#[utoipa::path(delete, path = "/api/views/{id}", tag = "views", operation_id = "delete_view",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to delete")),
    responses((status = 204, description = "It is gone")))]
pub async fn delete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let condition = etag::precondition(request.headers())?;
    user.write(move |mine, _| actions::delete(mine, id, &condition))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Members that an answer has and a change may bring back.
const READ_ONLY: [&str; 4] = ["id", "created_at", "updated_at", "version"];

/// Reads the members of a saved view.
pub fn read(members: Members) -> Result<ViewPatch> {
    let mut errors = FieldErrors::default();
    let mut patch = ViewPatch::default();
    for (name, value) in members {
        match name.as_str() {
            "name" => patch.name = errors.take(read_name(&value)),
            "query" => patch.query = errors.take(filter(&value)),
            "order" => patch.position = errors.take(order(&value)),
            other if READ_ONLY.contains(&other) => {}
            _ => {
                let sentence = Sentence::Said(Locale::refused_field_unknown);
                errors.add(name, "unknown", sentence);
            }
        }
    }
    errors.into_result()?;
    Ok(patch)
}

/// Reads a filter, which must be one that a view can show; where to begin is not part of it.
fn filter(value: &Value) -> Result<String, Refusal> {
    let text = text(value, "query")?.trim();
    let text = text.strip_prefix('?').unwrap_or(text);
    if text.len() > QUERY_MAX {
        let sentence = Sentence::Said(Locale::refused_filter_long);
        return Err(Refusal::new("query", "too_long", sentence));
    }
    let kept: Vec<&str> = text
        .split('&')
        .filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="))
        .collect();
    let text = kept.join("&");
    match query::Query::parse(&text, &pages::DEFAULTS).and_then(query::Query::finish) {
        Ok(_) => Ok(text),
        Err(Error::InvalidQuery(errors)) => {
            let sentence = Sentence::told(move |say| {
                let clauses = errors.iter().map(|refusal| refusal.sentence.in_locale(say));
                clauses.collect::<Vec<_>>().join("; ")
            });
            Err(Refusal::new("query", "filter", sentence))
        }
        Err(other) => Err(Refusal::new("query", "filter", other.to_string())),
    }
}

fn parse_id(text: &str) -> Result<Uuid> {
    crate::ids::parse_canonical(text).ok_or(Error::NotFound)
}

fn one(status: StatusCode, view: &SavedView) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag::of_task(view.version)))
        .insert_header((header::CACHE_CONTROL, render::PRIVATE));
    response
}
