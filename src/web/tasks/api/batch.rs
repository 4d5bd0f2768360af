//! Many changes in one request: all of them, or none.

use actix_web::{HttpRequest, HttpResponse};
use serde::Serialize;
use serde_json::Value;

use super::moves::place;
use super::{TaskInput, parse_id};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::journal::Deed;
use crate::store::Mine;
use crate::tasks::actions::{Outcome, Place};
use crate::tasks::{NewTask, Precondition, TaskId, TaskPatch, actions};
use crate::web::api_error::ApiResult;
use crate::web::body::{BatchBody, Members};
use crate::web::tasks::json::OutcomeJson;
use crate::web::tasks::{input, query};
use crate::web::visitor::ApiUser;

/// Most operations of a batch.
pub const OPERATIONS_MAX: usize = 500;

/// Up to 500 operations.
#[derive(utoipa::ToSchema)]
#[schema(as = Batch)]
#[expect(
    dead_code,
    reason = "describes what `read` reads, for the OpenAPI document"
)]
pub struct BatchInput {
    /// What to do, in this order.
    operations: Vec<OperationInput>,
}

/// One operation.
#[derive(utoipa::ToSchema)]
#[schema(as = Operation)]
#[expect(
    dead_code,
    reason = "describes what `operation` reads, for the OpenAPI document"
)]
pub struct OperationInput {
    /// create, update, complete, reopen, delete, restore or move.
    op: String,
    /// The task; all but create need it.
    #[schema(value_type = Option<String>, format = Uuid)]
    id: Option<String>,
    /// The members of the task (create, update) or where it goes (move).
    body: Option<TaskInput>,
    /// Refuse unless the task has this version.
    if_match: Option<i64>,
}

/// What became of the operations, in their order.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BatchResults)]
pub struct ResultsJson<'a> {
    results: Vec<ResultJson<'a>>,
}

/// What became of one operation.
#[derive(Serialize, utoipa::ToSchema)]
#[schema(as = BatchResult)]
pub struct ResultJson<'a> {
    /// 200, or 201 for a task that was made.
    status: u16,
    /// The task afterwards.
    task: OutcomeJson<'a>,
}

/// Changes many tasks: all of them, or none.
#[utoipa::path(post, path = "/api/tasks/batch", tag = "tasks", operation_id = "batch",
    description = "When an operation fails, its problem document comes back with its index, and \
        nothing was done.",
    request_body = BatchInput,
    responses(
        (status = 200, description = "What became of each", body = ResultsJson<'_>),
        (status = 404, description = "An operation's task is not there", body = crate::web::api_error::Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "An operation clashes with how things are", body = crate::web::api_error::Problem<'_>, content_type = "application/problem+json"),
        (status = 412, description = "An operation's task was changed meanwhile", body = crate::web::api_error::Problem<'_>, content_type = "application/problem+json")))]
pub async fn batch(user: ApiUser, request: HttpRequest, BatchBody(body): BatchBody) -> ApiResult {
    query::no_query(&request)?;
    let operations = read(body)?;
    let job = move |mine: &mut Mine<'_>, now| {
        let outcomes = run(mine, operations, now)?;
        Ok((outcomes, mine.zone()))
    };
    let (outcomes, zone) = user.write(job).await?;
    let base = user.state().base_url(&request);
    let results = outcomes
        .iter()
        .map(|(status, outcome)| ResultJson {
            status: *status,
            task: OutcomeJson::with_next(outcome, &base, zone),
        })
        .collect();
    Ok(HttpResponse::Ok().json(ResultsJson { results }))
}

struct Operation {
    what: What,
    condition: Precondition,
}

enum What {
    Create(Box<NewTask>),
    Update(TaskId, Box<TaskPatch>),
    Complete(TaskId),
    Reopen(TaskId),
    Delete(TaskId),
    Restore(TaskId),
    Move(TaskId, Place),
}

fn run(mine: &mut Mine<'_>, operations: Vec<Operation>, now: Stamp) -> Result<Vec<(u16, Outcome)>> {
    let mut outcomes = Vec::with_capacity(operations.len());
    let mut first = None;
    for (index, Operation { what, condition }) in operations.into_iter().enumerate() {
        let status = if matches!(what, What::Create(_)) {
            201
        } else {
            200
        };
        let outcome = one(mine, what, &condition, now).map_err(|error| error.at_index(index))?;
        first.get_or_insert_with(|| outcome.task.title.clone());
        outcomes.push((status, outcome));
    }
    if let (Some(first), 2..) = (first, outcomes.len()) {
        mine.tell(Deed::Changed, first.as_str(), outcomes.len());
    }
    Ok(outcomes)
}

fn one(mine: &mut Mine<'_>, what: What, condition: &Precondition, now: Stamp) -> Result<Outcome> {
    match what {
        What::Create(new) => actions::add(mine, *new, now).map(Outcome::from),
        What::Update(id, patch) => actions::edit(mine, id, (*patch, condition), now),
        What::Complete(id) => actions::complete(mine, id, condition, now),
        What::Reopen(id) => actions::reopen(mine, id, condition, now).map(Outcome::from),
        What::Delete(id) => actions::delete(mine, id, condition, now).map(Outcome::from),
        What::Restore(id) => actions::restore(mine, id, condition, now).map(Outcome::from),
        What::Move(id, place) => {
            actions::move_to(mine, id, (place, condition), now).map(Outcome::from)
        }
    }
}

fn read(mut body: Members) -> Result<Vec<Operation>> {
    let mut errors = FieldErrors::default();
    let operations = body.take("operations");
    body.refuse_rest(&mut errors);
    let refuse = |code, sentence: &'static str| Err(Error::invalid("operations", code, sentence));
    errors.into_result()?;
    let Some(Value::Array(operations)) = operations else {
        return refuse("type", "operations is a list of what to do");
    };
    if operations.len() > OPERATIONS_MAX {
        return refuse("too_many", "a batch has at most 500 operations");
    }
    let read = |(index, value)| operation(value).map_err(|error: Error| error.at_index(index));
    operations.into_iter().enumerate().map(read).collect()
}

fn operation(value: Value) -> Result<Operation> {
    let Some(mut members) = Members::of_object(value) else {
        return Err(Error::invalid(
            "op",
            "type",
            "an operation is an object with a member op",
        ));
    };
    let op = members.take_text("op");
    let id = members.take("id");
    let if_match = members.take("if_match").filter(|value| !value.is_null());
    let body = members.take("body").filter(|value| !value.is_null());
    let mut errors = FieldErrors::default();
    members.refuse_rest(&mut errors);
    let condition = match if_match.as_ref().map(Value::as_i64) {
        None => Precondition::None,
        Some(Some(version)) => Precondition::VersionIn(vec![version]),
        Some(None) => {
            errors.add("if_match", "type", "if_match is the version of the task");
            Precondition::None
        }
    };
    let takes_body = matches!(op.as_str(), "create" | "update" | "move");
    let body = match body.map(Members::of_object) {
        Some(None) => {
            errors.add("body", "type", "body is an object");
            Members::default()
        }
        Some(Some(_)) if !takes_body => {
            errors.add("body", "unknown", "this operation has no body");
            Members::default()
        }
        Some(Some(body)) => body,
        None => Members::default(),
    };
    errors.into_result()?;
    let id = match (&id, op.as_str()) {
        (_, "create") => None,
        (Some(Value::String(text)), _) => Some(parse_id(text)?),
        _ => None,
    };
    let need = || id.ok_or_else(|| Error::invalid("id", "required", "say which task"));
    let what = match op.as_str() {
        "create" => What::Create(Box::new(input::new_task(body)?)),
        "update" => What::Update(need()?, Box::new(input::task_patch(body)?)),
        "complete" => What::Complete(need()?),
        "reopen" => What::Reopen(need()?),
        "delete" => What::Delete(need()?),
        "restore" => What::Restore(need()?),
        "move" => What::Move(need()?, place(body)?),
        _ => {
            let sentence = "op is create, update, complete, reopen, delete, restore or move";
            return Err(Error::invalid("op", "unknown", sentence));
        }
    };
    Ok(Operation { what, condition })
}
