//! What both doors accept of a task: its members.

use serde_json::Value;

use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::lists::ListId;
use crate::tasks::{Labels, NewTask, Notes, Priority, TaskId, TaskPatch, Title, due};
use crate::web::body::{Members, text};
use crate::words::Locale;

/// Members that an answer has and a change may bring back; they are the server's to set.
const READ_ONLY: [&str; 11] = [
    "id",
    "url",
    "html_url",
    "completed_at",
    "due_at",
    "next",
    "recurrence_text",
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
                "start_date" | "due_date" | "due_time" | "due_zone" | "recurrence"
                | "parent_id"
                    if typed.is_empty() =>
                {
                    Value::Null
                }
                "start_date" | "due_date" | "due_time" | "due_zone" | "recurrence" => {
                    Value::from(typed)
                }
                "labels" => typed
                    .split(',')
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .collect(),
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
        "labels",
        "order",
        "priority",
        "start_date",
        "due_date",
        "due_time",
        "due_zone",
        "recurrence",
        "recurrence_from",
        "recurrence_missed",
        "series_date",
        "completed",
        "list_id",
        "parent_id",
    ]
    .contains(&name)
}

fn read_member(patch: &mut TaskPatch, errors: &mut FieldErrors, name: &str, value: &Value) {
    match name {
        "title" => patch.title = errors.take(title(value)),
        "notes" => patch.notes = errors.take(notes(value)),
        "order" => patch.position = errors.take(order(value)),
        "priority" => patch.priority = errors.take(priority(value)),
        "labels" => patch.labels = errors.take(labels(value)),
        "start_date" => patch.start_on = errors.take(day("start_date", value)),
        "due_date" => patch.due_on = errors.take(day("due_date", value)),
        "due_time" => patch.due_time = errors.take(due_time(value)),
        "due_zone" => patch.due_zone = errors.take(due_zone(value)),
        "recurrence" => patch.recurrence = errors.take(recurrence(value)),
        "recurrence_from" => {
            let words = ["due", "completion"];
            patch.recurs_from_completion = errors.take(one_of("recurrence_from", words, value));
        }
        "recurrence_missed" => {
            let words = ["skip", "keep"];
            patch.recurs_missed = errors.take(one_of("recurrence_missed", words, value));
        }
        "series_date" => patch.series_on = errors.take(day("series_date", value)).flatten(),
        "parent_id" => patch.parent_id = errors.take(parent_id(value)),
        "completed" => patch.completed = errors.take(completed(value)),
        "list_id" => patch.list_id = errors.take(list_id(value)),
        _ if READ_ONLY.contains(&name) => {
            errors.add(
                name.to_owned(),
                "read_only",
                "the server sets this member; leave it out",
            );
        }
        _ => {
            let sentence = Sentence::Said(Locale::refused_field_unknown);
            errors.add(name.to_owned(), "unknown", sentence);
        }
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
        let sentence = Sentence::Said(Locale::refused_priority);
        Refusal::new("priority", "range", sentence)
    })
}

fn labels(value: &Value) -> Result<Labels, Refusal> {
    let refuse = || Refusal::new("labels", "type", "labels is a list of names");
    if value.is_null() {
        return Ok(Labels::default());
    }
    let names = value.as_array().ok_or_else(refuse)?;
    let names: Option<Vec<&str>> = names.iter().map(Value::as_str).collect();
    Labels::parse(names.ok_or_else(refuse)?)
}

fn day(field: &'static str, value: &Value) -> Result<Option<chrono::NaiveDate>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    due::parse_day(field, text(value, field)?).map(Some)
}

fn due_time(value: &Value) -> Result<Option<chrono::NaiveTime>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    due::parse_time(text(value, "due_time")?).map(Some)
}

fn due_zone(value: &Value) -> Result<Option<chrono_tz::Tz>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    due::parse_zone("due_zone", text(value, "due_zone")?).map(Some)
}

/// The rule itself is read when it is known whether the task has a time.
fn recurrence(value: &Value) -> Result<Option<String>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    text(value, "recurrence").map(|text| Some(text.to_owned()))
}

/// Whether the second of the two words was said; `null` is the first.
fn one_of(field: &'static str, words: [&'static str; 2], value: &Value) -> Result<bool, Refusal> {
    let [first, second] = words;
    if value.is_null() {
        return Ok(false);
    }
    match text(value, field)? {
        word if word == first => Ok(false),
        word if word == second => Ok(true),
        _ => {
            let sentence = Sentence::told(move |say| say.refused_either(field, first, second));
            Err(Refusal::new(field, "unknown", sentence))
        }
    }
}

fn parent_id(value: &Value) -> Result<Option<TaskId>, Refusal> {
    if value.is_null() {
        return Ok(None);
    }
    TaskId::parse(text(value, "parent_id")?)
        .map(Some)
        .ok_or_else(|| {
            let sentence = Sentence::Said(Locale::refused_no_such_task);
            Refusal::new("parent_id", "unknown", sentence)
        })
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
    ListId::parse(text(value, "list_id")?).ok_or_else(|| {
        let sentence = Sentence::Said(Locale::refused_no_such_list);
        Refusal::new("list_id", "unknown", sentence)
    })
}
