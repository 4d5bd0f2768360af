//! Tasks at the API's door.

pub mod batch;
pub mod collection;
pub mod item;
pub mod moves;
pub mod quick;

use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderMap};
use chrono_tz::Tz;

use super::json::TaskJson;
use crate::error::{Error, Result};
use crate::tasks::{Task, TaskId};
use crate::web::{etag, render};

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
    /// Up to 30 names; those that are new are made.
    labels: Option<Vec<String>>,
    /// The day from which the pages show it, YYYY-MM-DD; null clears.
    #[schema(value_type = Option<String>, format = Date)]
    start_date: Option<String>,
    /// The day it is due, YYYY-MM-DD; null clears.
    #[schema(value_type = Option<String>, format = Date)]
    due_date: Option<String>,
    /// The time on that day, HH:MM; null = the whole day.
    due_time: Option<String>,
    /// The IANA zone of that time; null = wherever the owner is.
    due_zone: Option<String>,
    /// How it repeats: an RRULE of RFC 5545; null = it does not.
    recurrence: Option<String>,
    /// What the next occurrence counts from: `due` (the default) or `completion`.
    recurrence_from: Option<String>,
    /// Whether missed occurrences are skipped (`skip`, the default) or come each in turn (`keep`).
    recurrence_missed: Option<String>,
    /// The day that the rule is to count from; follows the due date when the rule is set.
    #[schema(value_type = Option<String>, format = Date)]
    series_date: Option<String>,
    /// The list that holds it; a new task goes to the Inbox.
    #[schema(value_type = Option<String>, format = Uuid)]
    list_id: Option<String>,
    /// The task that it is a step of; null = of none.
    #[schema(value_type = Option<String>, format = Uuid)]
    parent_id: Option<String>,
}

fn parse_id(text: &str) -> Result<TaskId> {
    TaskId::parse(text).ok_or(Error::NotFound)
}

/// The answer that shows one task.
fn one(status: StatusCode, task: &Task, base: &str, zone: Tz) -> HttpResponse {
    let mut response = HttpResponse::build(status);
    response
        .insert_header((header::ETAG, etag::of_task(task.version)))
        .insert_header((header::CACHE_CONTROL, render::PRIVATE));
    if status == StatusCode::CREATED {
        response.insert_header((header::LOCATION, format!("{base}/api/tasks/{}", task.id)));
    }
    response.json(TaskJson::new(task, base, zone))
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
