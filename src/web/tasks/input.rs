//! What both doors accept: the members of a task, and the parameters of a view.

use actix_web::HttpRequest;
use serde_json::Value;

use crate::error::{Error, FieldErrors, Refusal, Result};
use crate::lists::ListId;
use crate::tasks::filter::{Cursor, Filter, LIMIT_MAX, Sort, Status};
use crate::tasks::{NewTask, Notes, Priority, TaskPatch, Title, due};
use crate::web::body::{Members, text};

/// Members that an answer has and a change may bring back; they are the server's to set.
const READ_ONLY: [&str; 8] = [
    "id",
    "url",
    "html_url",
    "completed_at",
    "created_at",
    "updated_at",
    "deleted_at",
    "version",
];

/// Reads a task to be made. Members left out, or `null`, take their defaults.
pub fn new_task(members: Members) -> Result<NewTask> {
    let mut errors = FieldErrors::default();
    let has_title = !members.text("title").is_empty();
    let mut patch = TaskPatch::default();
    for (name, value) in members {
        if name != "title" && value.is_null() && is_known(&name) {
            continue;
        }
        read_member(&mut patch, &mut errors, &name, &value);
    }
    if !has_title && errors.iter().all(|refusal| refusal.field != "title") {
        errors.take(Title::parse(""));
    }
    errors.into_result()?;
    let title = patch
        .title
        .take()
        .ok_or_else(|| Error::internal("a title went missing"))?;
    Ok(NewTask { title, rest: patch })
}

/// Reads a merge patch (RFC 7396): absent keeps, `null` clears, read-only members pass unread.
pub fn task_patch(members: Members) -> Result<TaskPatch> {
    let mut errors = FieldErrors::default();
    let mut patch = TaskPatch::default();
    for (name, value) in members {
        if !READ_ONLY.contains(&name.as_str()) {
            read_member(&mut patch, &mut errors, &name, &value);
        }
    }
    errors.into_result()?;
    Ok(patch)
}

/// Turns the fields of a form into the members that they stand for.
pub fn members_of_form(form: Members) -> Members {
    form.into_iter()
        .map(|(name, value)| {
            let typed = value.as_str().map(str::trim).unwrap_or_default();
            let member = match name.as_str() {
                "due_date" if typed.is_empty() => Value::Null,
                "due_date" => Value::from(typed),
                "priority" => typed.parse::<i64>().map_or(value, Value::from),
                _ => value,
            };
            (name, member)
        })
        .collect()
}

fn is_known(name: &str) -> bool {
    [
        "notes",
        "order",
        "priority",
        "due_date",
        "completed",
        "list_id",
    ]
    .contains(&name)
}

fn read_member(patch: &mut TaskPatch, errors: &mut FieldErrors, name: &str, value: &Value) {
    match name {
        "title" => patch.title = errors.take(title(value)),
        "notes" => patch.notes = errors.take(notes(value)),
        "order" => patch.position = errors.take(order(value)),
        "priority" => patch.priority = errors.take(priority(value)),
        "due_date" => patch.due_on = errors.take(due_date(value)),
        "completed" => patch.completed = errors.take(completed(value)),
        "list_id" => patch.list_id = errors.take(list_id(value)),
        _ if READ_ONLY.contains(&name) => {
            errors.add(
                name.to_owned(),
                "read_only",
                "the server sets this member; leave it out",
            );
        }
        _ => errors.add(name.to_owned(), "unknown", "there is no such member"),
    }
}

fn title(value: &Value) -> Result<Title, Refusal> {
    if value.is_null() {
        return Title::parse("");
    }
    Title::parse(text(value, "title")?)
}

fn notes(value: &Value) -> Result<Notes, Refusal> {
    if value.is_null() {
        return Ok(Notes::default());
    }
    Notes::parse(text(value, "notes")?)
}

fn order(value: &Value) -> Result<i64, Refusal> {
    value.as_i64().ok_or_else(|| {
        Refusal::new(
            "order",
            "type",
            "order is a whole number of at most 64 bits",
        )
    })
}

fn priority(value: &Value) -> Result<Priority, Refusal> {
    let number = if value.is_null() {
        Some(0)
    } else {
        value.as_i64()
    };
    number.and_then(Priority::from_number).ok_or_else(|| {
        let sentence = "priority is 0 (none), 1 (low), 2 (medium) or 3 (high)";
        Refusal::new("priority", "range", sentence)
    })
}

fn due_date(value: &Value) -> Result<Option<chrono::NaiveDate>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    due::parse(text(value, "due_date")?).map(Some)
}

fn completed(value: &Value) -> Result<bool, Refusal> {
    let completed = if value.is_null() {
        Some(false)
    } else {
        value.as_bool()
    };
    completed.ok_or_else(|| Refusal::new("completed", "type", "completed is true or false"))
}

fn list_id(value: &Value) -> Result<ListId, Refusal> {
    ListId::parse(text(value, "list_id")?)
        .ok_or_else(|| Refusal::new("list_id", "unknown", "there is no such list"))
}

/// What a view shows when its address does not say.
#[derive(Clone, Copy, Debug)]
pub struct Defaults {
    /// Which tasks.
    pub status: Status,
    /// How many at most.
    pub limit: u16,
    /// In which order each status comes.
    pub sort: fn(Status) -> Sort,
}

/// A filter, and what else stood in the query string.
#[derive(Debug)]
pub struct Query {
    /// Which tasks, in which order, from where.
    pub filter: Filter,
    /// Parameters that are not of the filter.
    rest: Vec<(String, String)>,
}

impl Query {
    /// Reads the filter of a request; a parameter that stands there twice is refused.
    pub fn read(request: &HttpRequest, defaults: Defaults) -> Result<Self> {
        let mut pairs = pairs(request.query_string())?;
        let mut errors = FieldErrors::default();
        let status = match take(&mut pairs, "status") {
            Some(word) => errors.take(Status::parse(&word)).unwrap_or(defaults.status),
            None => defaults.status,
        };
        let sort = match take(&mut pairs, "sort") {
            Some(word) => errors.take(Sort::parse(&word)),
            None => Some((defaults.sort)(status)),
        };
        let limit = match take(&mut pairs, "limit") {
            Some(text) => errors.take(parse_limit(&text)).unwrap_or(defaults.limit),
            None => defaults.limit,
        };
        let cursor = match (take(&mut pairs, "cursor"), sort) {
            (Some(text), Some(sort)) => errors.take(Cursor::parse(&text, sort)),
            _ => None,
        };
        errors.into_query_result()?;
        let sort = sort.unwrap_or(Sort::CREATED);
        Ok(Self {
            filter: Filter {
                status,
                sort,
                limit,
                cursor,
            },
            rest: pairs,
        })
    }

    /// Takes a parameter out that is not of the filter.
    pub fn take(&mut self, name: &str) -> Option<String> {
        take(&mut self.rest, name)
    }

    /// Refuses the parameters that nobody took, and hands the filter over.
    pub fn finish(self) -> Result<Filter> {
        refuse_rest(&self.rest)?;
        Ok(self.filter)
    }
}

/// Reads a yes-or-no parameter.
pub fn flag(name: &'static str, value: Option<&str>) -> Result<bool> {
    match value {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => {
            let mut errors = FieldErrors::default();
            errors.add(name, "type", format!("{name} is true or false"));
            errors.into_query_result().map(|()| false)
        }
    }
}

/// The one flag that a request may carry.
pub fn only_flag(request: &HttpRequest, name: &'static str) -> Result<bool> {
    let mut pairs = pairs(request.query_string())?;
    let value = take(&mut pairs, name);
    refuse_rest(&pairs)?;
    flag(name, value.as_deref())
}

/// The status alone, for changing everything of that status.
pub fn only_status(request: &HttpRequest, defaults: Defaults) -> Result<Status> {
    let mut pairs = pairs(request.query_string())?;
    let status = take(&mut pairs, "status");
    refuse_rest(&pairs)?;
    let mut errors = FieldErrors::default();
    let status = status.map(|word| Status::parse(&word)).transpose();
    let status = errors.take(status).flatten();
    errors.into_query_result()?;
    Ok(status.unwrap_or(defaults.status))
}

/// Refuses any parameter.
pub fn no_query(request: &HttpRequest) -> Result<()> {
    refuse_rest(&pairs(request.query_string())?)
}

fn parse_limit(text: &str) -> Result<u16, Refusal> {
    let limit = text
        .parse()
        .ok()
        .filter(|limit| (1..=LIMIT_MAX).contains(limit));
    limit.ok_or_else(|| Refusal::new("limit", "range", "limit is a whole number from 1 to 200"))
}

fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    let mut pairs: Vec<(String, String)> = Vec::new();
    let mut errors = FieldErrors::default();
    for (name, value) in url::form_urlencoded::parse(query.as_bytes()) {
        if pairs.iter().any(|(known, _)| *known == name) {
            errors.add(
                name.into_owned(),
                "duplicate",
                "this parameter stands there twice",
            );
        } else {
            pairs.push((name.into_owned(), value.into_owned()));
        }
    }
    errors.into_query_result()?;
    Ok(pairs)
}

fn take(pairs: &mut Vec<(String, String)>, name: &str) -> Option<String> {
    let at = pairs.iter().position(|(key, _)| key == name)?;
    Some(pairs.remove(at).1)
}

fn refuse_rest(pairs: &[(String, String)]) -> Result<()> {
    let mut errors = FieldErrors::default();
    for (name, _) in pairs {
        let sentence = format!("there is no parameter “{name}” here");
        errors.add(name.clone(), "unknown", sentence);
    }
    errors.into_query_result()
}
