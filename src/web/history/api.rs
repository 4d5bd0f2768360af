//! The history at the API's door.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;

use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::journal::{Entry, actions};
use crate::store::Mine;
use crate::web::api_error::ApiResult;
use crate::web::history::words;
use crate::web::render;
use crate::web::tasks::json::Instant;
use crate::web::tasks::query;
use crate::web::visitor::ApiUser;
use crate::words::ORIGINAL;

/// One step of the history.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Step)]
pub struct StepJson {
    /// Names the step; later steps have higher numbers.
    id: i64,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// How it came in: page, api, or server for what the server does by itself.
    door: &'static str,
    /// What was done, as a stable word: added, saved, completed, …
    action: &'static str,
    /// The same as a sentence.
    summary: String,
    /// To how many it was done.
    count: i64,
    /// The step that this one took back, or null.
    undoes: Option<i64>,
    /// The step that took this one back, or null.
    undone_by: Option<i64>,
    /// Whether it can be taken back.
    can_undo: bool,
}

impl StepJson {
    /// A step as it is at this moment.
    pub fn new(entry: &Entry, now: Stamp) -> Self {
        Self {
            id: entry.version,
            at: Instant(entry.at),
            door: entry.door.word(),
            action: entry.deed.word(),
            summary: words::sentence(entry, ORIGINAL),
            count: entry.count,
            undoes: entry.undoes,
            undone_by: entry.undone_by,
            can_undo: entry.can_undo(now),
        }
    }
}

/// A step that was taken back.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Undone)]
pub struct UndoneJson {
    /// The step that taking back made; it can be taken back itself.
    #[serde(flatten)]
    step: StepJson,
    /// Fields that stayed as they are, because somebody changed them since.
    kept: Vec<String>,
}

/// Lists what was done in the last 30 days, latest first.
#[utoipa::path(get, path = "/api/history", tag = "history", operation_id = "list_history",
    params(
        ("limit" = Option<u16>, Query, description = "1 to 200, default 50"),
        ("before" = Option<i64>, Query, description = "steps before this one, as given in the Link header")),
    responses((status = 200, description = "Steps; Link: rel=next where there are more", body = [StepJson], headers(("Link" = String)))))]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    let (limit, before) = page(&request)?;
    let read = move |mine: &mut Mine<'_>| mine.entries_before(before, i64::from(limit) + 1);
    let mut entries = user.read(read).await?;
    let is_more = entries.len() > usize::from(limit);
    entries.truncate(usize::from(limit));
    let steps: Vec<_> = entries
        .iter()
        .map(|entry| StepJson::new(entry, user.now()))
        .collect();
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CACHE_CONTROL, render::PRIVATE));
    if let Some(last) = entries.last().filter(|_| is_more) {
        let base = user.state().base_url(&request);
        let address = format!("{base}/api/history?limit={limit}&before={}", last.version);
        response.insert_header((header::LINK, format!("<{address}>; rel=\"next\"")));
    }
    Ok(response.json(steps))
}

/// Takes a step back: what it made goes to the trash, what it changed becomes as it was.
#[utoipa::path(post, path = "/api/history/{id}/undo", tag = "history", operation_id = "undo",
    params(("id" = i64, Path)),
    responses((status = 200, description = "The step that this made", body = UndoneJson)))]
pub async fn undo(user: ApiUser, id: web::Path<String>, request: HttpRequest) -> ApiResult {
    query::no_query(&request)?;
    let version: i64 = id.parse().map_err(|_shape| Error::NotFound)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let undone = actions::undo(mine, version, now)?;
        Ok((mine.next_version()?, undone))
    };
    let (own, undone) = user.write(job).await?;
    let entry = user.read(move |mine| mine.entry(own)).await?;
    Ok(HttpResponse::Ok().json(UndoneJson {
        step: StepJson::new(&entry, user.now()),
        kept: undone.kept,
    }))
}

/// How many steps are asked for, and before which.
pub fn page(request: &HttpRequest) -> Result<(u16, Option<i64>)> {
    let mut pairs = query::pairs(request.query_string())?;
    let mut errors = FieldErrors::default();
    let limit = query::take(&mut pairs, "limit");
    let limit = limit.map(|text| query::parse_limit(&text)).transpose();
    let limit = errors.take(limit).flatten().unwrap_or(50);
    let before = query::take(&mut pairs, "before").map(|text| text.parse());
    if before.as_ref().is_some_and(Result::is_err) {
        errors.add("before", "type", "before is the id of a step");
    }
    errors.into_query_result()?;
    query::refuse_rest(&pairs)?;
    Ok((limit, before.and_then(Result::ok)))
}
