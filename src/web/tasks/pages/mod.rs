//! Tasks at the pages' door: GET shows, POST changes and leads on with 303.

pub mod add;
pub mod bulk;
mod empty;
pub mod list;
pub mod press;
pub mod rows;
pub mod task;

use actix_web::{HttpRequest, HttpResponse};

use super::flash;
use super::place::Place;
use super::query::{self, Defaults};
use crate::error::{Error, FieldErrors, Result};
use crate::tasks::filter::{Scope, Sort, Status};
use crate::tasks::{Task, TaskId};
use crate::web::body::Members;
use crate::web::frame::FieldError;
use crate::words::Locale;

use crate::web::{next, page_error, render};

/// What a saved view is read against.
pub(in crate::web) const DEFAULTS: Defaults = Defaults {
    scope: Scope::of(Status::Open),
    limit: crate::tasks::filter::PAGE_SIZE,
    sort: |_| Sort::ORDER,
};

/// On to where the form wants to, saying what was done and showing the task, if it is seen there.
fn see(goal: &str, step: Option<i64>, shown: Option<&Task>) -> HttpResponse {
    let goal = next::or_home(Some(goal));
    let is_list = !goal.starts_with("/tasks/") && Place::of_address(goal) != Place::Upcoming;
    let shown = shown.filter(|_| is_list);
    render::see_other(&flash::address(goal, step, shown))
}

fn parse_id(text: &str) -> Result<TaskId> {
    TaskId::parse(text).ok_or(Error::NotFound)
}

/// The parameters that say what was done, and no others.
fn only_did(request: &HttpRequest) -> Result<flash::Did> {
    let mut pairs = query::pairs(request.query_string())?;
    let (did, kept) = (
        query::take(&mut pairs, "did"),
        query::take(&mut pairs, "kept"),
    );
    query::refuse_rest(&pairs)?;
    Ok(flash::Did::parse(did.as_deref(), kept.as_deref()))
}

/// Refuses the fields that nobody took.
///
/// A form may have a `next` of no use: without any field, lynx would send it by GET.
pub(in crate::web) fn no_more(mut form: Members) -> Result<()> {
    form.take("next");
    let mut errors = FieldErrors::default();
    form.refuse_rest(&mut errors);
    errors.into_query_result()
}

/// The refusals beside the fields that the form has; the rest stands in the summary alone.
fn field_errors(errors: &FieldErrors, say: Locale) -> Vec<FieldError> {
    const FIELDS: [&str; 10] = [
        "title",
        "notes",
        "due_date",
        "due_time",
        "due_zone",
        "start_date",
        "priority",
        "labels",
        "list_id",
        "recurrence",
    ];
    let mut named = FieldErrors::default();
    for refusal in errors {
        // The line of quick add is the field that is called title.
        let field = match &*refusal.field {
            "text" => "title".into(),
            _ => refusal.field.clone(),
        };
        named.add(field, refusal.code, refusal.sentence.clone());
    }
    page_error::field_errors(&FIELDS, &named, say)
}
