//! Lists at the API's door.

use actix_web::http::StatusCode;
use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::lists::{Color, Leftovers, List, ListId, ListPatch, actions};
use crate::name::Name;
use crate::store::Mine;
use crate::web::api_error::ApiResult;
use crate::web::body::{JsonBody, Members, text};
use crate::web::tasks::json::Instant;
use crate::web::tasks::query;
use crate::web::visitor::ApiUser;
use crate::web::{etag, render};
use crate::words::Locale;

/// A list of tasks.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = List)]
pub struct ListJson<'a> {
    /// The list's id, a UUIDv7.
    id: Uuid,
    /// Its name, different from those of your other lists.
    name: &'a str,
    /// none, red, orange, yellow, green, blue, purple or grey.
    color: &'static str,
    /// Place among the lists, lowest first.
    order: i64,
    /// Whether this is the Inbox, which stays.
    is_inbox: bool,
    /// Whether it was put away.
    archived: bool,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
    /// Goes up with every change; the number in the `ETag`.
    version: i64,
}

impl<'a> ListJson<'a> {
    /// The list as programs see it.
    pub fn new(list: &'a List) -> Self {
        Self {
            id: list.id.uuid(),
            name: list.name.as_str(),
            color: list.color.word(),
            order: list.position,
            is_inbox: list.is_inbox,
            archived: list.archived_at.is_some(),
            created_at: Instant(list.created_at),
            updated_at: Instant(list.updated_at),
            version: list.version,
        }
    }
}

/// What a list is made from or changed with.
#[derive(utoipa::ToSchema)]
#[schema(as = ListInput)]
#[expect(
    dead_code,
    reason = "describes what `read` reads, for the OpenAPI document"
)]
pub struct ListInput {
    /// One line of 1 to 100 characters; needed to make a list.
    name: Option<String>,
    /// none, red, orange, yellow, green, blue, purple or grey.
    color: Option<String>,
    /// Place among the lists, lowest first; a new one goes behind the others.
    order: Option<i64>,
    /// Put away, or in use.
    archived: Option<bool>,
}

/// Lists the lists: the Inbox, then the others in order.
#[utoipa::path(get, path = "/api/lists", tag = "lists", operation_id = "list_lists",
    responses((status = 200, description = "Every list", body = [ListJson<'_>])))]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough in its lifetime"
)]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    query::no_query(&request)?;
    let lists = user.read(|mine| mine.lists()).await?;
    let lists: Vec<_> = lists.iter().map(ListJson::new).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::PRIVATE))
        .json(lists))
}

/// Makes a list.
#[utoipa::path(post, path = "/api/lists", tag = "lists", operation_id = "create_list",
    request_body = ListInput,
    responses((status = 201, description = "The list", body = ListJson<'_>, headers(("Location" = String), ("ETag" = String)))))]
pub async fn create(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    query::no_query(&request)?;
    let mut patch = read(body)?;
    let name = patch.name.take();
    let name = name.ok_or_else(|| Error::invalid("name", "required", "give it a name"))?;
    let list = user
        .write(move |mine, now| actions::add(mine, name, &patch, now))
        .await?;
    let base = user.state().base_url(&request);
    let mut response = one(StatusCode::CREATED, &list);
    response.insert_header((header::LOCATION, format!("{base}/api/lists/{}", list.id)));
    Ok(response.json(ListJson::new(&list)))
}

/// Shows a list.
#[utoipa::path(get, path = "/api/lists/{id}", tag = "lists", operation_id = "get_list",
    params(("id" = Uuid, Path)),
    responses(
        (status = 200, description = "The list", body = ListJson<'_>, headers(("ETag" = String))),
        (status = 304, description = "It did not change")))]
pub async fn get(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    query::no_query(&request)?;
    let list = user.read(move |mine| mine.list(id)).await?;
    let tag = etag::of_task(list.version);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    Ok(one(StatusCode::OK, &list).json(ListJson::new(&list)))
}

/// Changes a list; the Inbox keeps its name.
#[utoipa::path(patch, path = "/api/lists/{id}", tag = "lists", operation_id = "update_list",
    params(("id" = Uuid, Path), ("If-Match" = Option<String>, Header, description = "the ETag of the version to change")),
    request_body(content((ListInput = "application/json"), (ListInput = "application/merge-patch+json"))),
    responses((status = 200, description = "The list", body = ListJson<'_>, headers(("ETag" = String)))))]
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
    let list = user
        .write(move |mine, now| actions::edit(mine, id, (patch, &condition), now))
        .await?;
    Ok(one(StatusCode::OK, &list).json(ListJson::new(&list)))
}

/// Deletes a list; its tasks go to the Inbox or to the trash.
#[utoipa::path(delete, path = "/api/lists/{id}", tag = "lists", operation_id = "delete_list",
    params(("id" = Uuid, Path),
        ("tasks" = Option<String>, Query, description = "inbox (the default) or trash: where its tasks go"),
        ("If-Match" = Option<String>, Header, description = "the ETag of the version to delete")),
    responses((status = 204, description = "It is gone")))]
pub async fn delete(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    let id = parse_id(&id)?;
    let leftovers = match query::only_word(&request, "tasks")? {
        None => Leftovers::default(),
        Some(word) => Leftovers::of_word(&word).ok_or_else(|| {
            let mut errors = FieldErrors::default();
            errors.add("tasks", "unknown", "tasks is inbox or trash");
            Error::InvalidQuery(errors)
        })?,
    };
    let condition = etag::precondition(request.headers())?;
    let job = move |mine: &mut Mine<'_>, now: Stamp| {
        actions::delete(mine, id, (leftovers, &condition), now)
    };
    user.write(job).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// Members that an answer has and a change may bring back.
const READ_ONLY: [&str; 5] = ["id", "is_inbox", "created_at", "updated_at", "version"];

/// Reads the members of a list; `null` means the default.
pub fn read(members: Members) -> Result<ListPatch> {
    let mut errors = FieldErrors::default();
    let mut patch = ListPatch::default();
    for (name, value) in members {
        match name.as_str() {
            "name" => patch.name = errors.take(read_name(&value)),
            "color" => patch.color = errors.take(color(&value)),
            "order" => patch.position = errors.take(order(&value)),
            "archived" => patch.archived = errors.take(archived(&value)),
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

/// Reads the name of a list or a saved view.
pub fn read_name(value: &Value) -> Result<Name, Refusal> {
    Name::parse(
        "name",
        if value.is_null() {
            ""
        } else {
            text(value, "name")?
        },
    )
}

/// Reads a place among others.
pub fn order(value: &Value) -> Result<i64, Refusal> {
    let sentence = "order is a whole number of at most 64 bits";
    value
        .as_i64()
        .ok_or_else(|| Refusal::new("order", "type", sentence))
}

fn color(value: &Value) -> Result<Color, Refusal> {
    if value.is_null() {
        return Ok(Color::None);
    }
    Color::of_word(text(value, "color")?).ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_color);
        Refusal::new("color", "unknown", sentence)
    })
}

fn archived(value: &Value) -> Result<bool, Refusal> {
    let archived = if value.is_null() {
        Some(false)
    } else {
        value.as_bool()
    };
    archived.ok_or_else(|| Refusal::new("archived", "type", "archived is true or false"))
}

fn parse_id(text: &str) -> Result<ListId> {
    ListId::parse(text).ok_or(Error::NotFound)
}

fn one(status: StatusCode, list: &List) -> actix_web::HttpResponseBuilder {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag::of_task(list.version)))
        .insert_header((header::CACHE_CONTROL, render::PRIVATE));
    response
}
