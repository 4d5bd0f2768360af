//! Quick add at the API's door.

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;

use crate::error::{FieldErrors, Refusal, Result};
use crate::store::Mine;
use crate::tasks::actions::{self, QuickAdd, Understood};
use crate::tasks::quick_add::Part;
use crate::web::api_error::ApiResult;
use crate::web::body::{JsonBody, Members, text};
use crate::web::render;
use crate::web::tasks::json::TaskJson;
use crate::web::tasks::query;
use crate::web::visitor::ApiUser;

/// What was typed.
#[derive(utoipa::ToSchema)]
#[schema(as = QuickAdd)]
#[expect(
    dead_code,
    reason = "describes what `read` reads, for the OpenAPI document"
)]
pub struct QuickInput {
    /// One task a line, up to 500 lines; indented lines are steps.
    text: String,
    /// Whether a list that does not exist is made; otherwise its name stays in the title.
    create_lists: Option<bool>,
}

/// The tasks that were made.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = QuickAdded)]
pub struct QuickJson<'a> {
    /// In the order of the lines.
    tasks: Vec<UnderstoodJson<'a>>,
}

/// A task, and what was understood of its line.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = TaskUnderstood)]
pub struct UnderstoodJson<'a> {
    #[serde(flatten)]
    task: TaskJson<'a>,
    /// The parts that meant something, in the order of the line.
    understood: Vec<PartJson<'a>>,
}

/// A part of a line that meant something.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = Part)]
pub struct PartJson<'a> {
    /// From and to, in code points of the line; the end is not included.
    span: [usize; 2],
    /// list, label, priority, notes, completed, date, time, start or recurrence.
    r#as: &'static str,
    /// What it says, as the API writes it.
    value: &'a str,
    /// used, or unknown for a list that does not exist.
    status: &'static str,
}

impl<'a> PartJson<'a> {
    fn new(part: &'a Part) -> Self {
        Self {
            span: [part.span.start, part.span.end],
            r#as: part.kind.word(),
            value: &part.value,
            status: part.status.word(),
        }
    }
}

/// Makes tasks from lines of typing: `Pay rent every month on the 1st at 9 #Home p1`.
#[utoipa::path(post, path = "/api/tasks/quick", tag = "tasks", operation_id = "quick_add",
    description = "#List, @label, p1 to p3, dates, times, repeats, // for notes; text in quotes and \
        what follows a backslash is left alone, and what is not understood stays in the title.",
    request_body = QuickInput,
    responses((status = 201, description = "The tasks", body = QuickJson<'_>, headers(("Location" = String)))))]
pub async fn quick(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    query::no_query(&request)?;
    let quick = read(body)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let made = actions::quick_add(mine, &quick, now)?;
        Ok((made, mine.zone()))
    };
    let (made, zone) = user.write(job).await?;
    let base = user.state().base_url(&request);
    let mut response = HttpResponse::Created();
    response.insert_header((header::CACHE_CONTROL, render::PRIVATE));
    if let [only] = &*made {
        let address = format!("{base}/api/tasks/{}", only.task.id);
        response.insert_header((header::LOCATION, address));
    }
    let shown = |understood| shown(understood, &base, zone);
    Ok(response.json(QuickJson {
        tasks: made.iter().map(shown).collect(),
    }))
}

fn shown<'a>(understood: &'a Understood, base: &'a str, zone: chrono_tz::Tz) -> UnderstoodJson<'a> {
    UnderstoodJson {
        task: TaskJson::new(&understood.task, base, zone),
        understood: understood.parts.iter().map(PartJson::new).collect(),
    }
}

fn read(mut members: Members) -> Result<QuickAdd> {
    let mut errors = FieldErrors::default();
    let typed = members.take("text").unwrap_or_else(|| "".into());
    let typed = errors.take(text(&typed, "text").map(str::to_owned));
    let create_lists =
        match members.take("create_lists") {
            None => Some(false),
            Some(value) => errors.take(value.as_bool().ok_or_else(|| {
                Refusal::new("create_lists", "type", "create_lists is true or false")
            })),
        };
    members.refuse_rest(&mut errors);
    errors.into_result()?;
    Ok(QuickAdd {
        text: typed.unwrap_or_default(),
        create_lists: create_lists.unwrap_or(false),
        ..QuickAdd::default()
    })
}
