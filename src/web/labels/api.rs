//! Labels at the API's door.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::error::{Error, FieldErrors, Result};
use crate::fold::fold;
use crate::labels::{Label, actions};
use crate::name::Name;
use crate::tasks::filter::refuse_nul;
use crate::tasks::labels::parse_label;
use crate::web::api_error::ApiResult;
use crate::web::body::{JsonBody, Members, text};
use crate::web::render;
use crate::web::tasks::json::Instant;
use crate::web::tasks::query;
use crate::web::visitor::ApiUser;

/// A label.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Label)]
pub struct LabelJson<'a> {
    /// Its name; case and accents do not tell labels apart.
    name: &'a str,
    /// How many open tasks have it.
    open: i64,
    /// When a task first had it.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
}

impl<'a> LabelJson<'a> {
    /// The label as programs see it.
    pub fn new((label, open): &'a (Label, i64)) -> Self {
        Self {
            name: label.name.as_str(),
            open: *open,
            created_at: Instant(label.created_at),
        }
    }
}

/// A label's new name.
#[derive(utoipa::ToSchema)]
#[schema(as = LabelInput)]
#[expect(
    dead_code,
    reason = "describes what `new_name` reads, for the OpenAPI document"
)]
pub struct LabelInput {
    /// One line of 1 to 100 characters without a comma.
    name: String,
}

/// Lists the labels by name.
#[utoipa::path(get, path = "/api/labels", tag = "labels", operation_id = "list_labels",
    responses((status = 200, description = "Every label", body = [LabelJson<'_>])))]
#[expect(
    clippy::redundant_closure_for_method_calls,
    reason = "the method alone is not general enough in its lifetime"
)]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    query::no_query(&request)?;
    let labels = user.read(|mine| mine.labels_with_counts()).await?;
    let labels: Vec<_> = labels.iter().map(LabelJson::new).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::PRIVATE))
        .json(labels))
}

/// Gives a label another name; the name of another label merges the two.
#[utoipa::path(patch, path = "/api/labels/{name}", tag = "labels", operation_id = "rename_label",
    params(("name" = String, Path)),
    request_body(content((LabelInput = "application/json"), (LabelInput = "application/merge-patch+json"))),
    responses((status = 200, description = "The label", body = LabelJson<'_>)))]
pub async fn rename(
    user: ApiUser,
    name: web::Path<String>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    query::no_query(&request)?;
    let new = new_name(body)?;
    let key = key(&name)?;
    let label = user
        .write(move |mine, now| {
            let label = actions::rename(mine, &key, &new, now)?;
            let open = mine.open_with_label(&label.name.key())?;
            Ok((label, open))
        })
        .await?;
    Ok(HttpResponse::Ok().json(LabelJson::new(&label)))
}

/// Takes a label off every task and forgets it.
#[utoipa::path(delete, path = "/api/labels/{name}", tag = "labels", operation_id = "delete_label",
    params(("name" = String, Path)),
    responses((status = 204, description = "It is gone; its tasks are still there")))]
pub async fn delete(user: ApiUser, name: web::Path<String>, request: HttpRequest) -> ApiResult {
    query::no_query(&request)?;
    let key = key(&name)?;
    user.write(move |mine, now| actions::delete(mine, &key, now))
        .await?;
    Ok(HttpResponse::NoContent().finish())
}

/// What tells the label that an address names; there is none with a NUL, and PostgreSQL takes none.
fn key(name: &str) -> Result<String> {
    refuse_nul("name", name).map_err(|_nul| Error::NotFound)?;
    Ok(fold(name))
}

/// Reads the new name.
pub fn new_name(mut members: Members) -> Result<Name> {
    let mut errors = FieldErrors::default();
    let value = members.take("name").unwrap_or_else(|| "".into());
    let name = text(&value, "name").and_then(|name| {
        parse_label(name).map_err(|mut refusal| {
            refusal.field = "name".into();
            refusal
        })
    });
    let name = errors.take(name);
    members.refuse_rest(&mut errors);
    errors.into_result()?;
    name.ok_or_else(|| Error::internal("a name went missing"))
}
