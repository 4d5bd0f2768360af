//! The fields of a task as the journal keeps them.

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::{Due, Labels, Notes, Priority, Recurrence, Task, TaskId, Title, due};
use crate::clock::Stamp;
use crate::journal::Remember;
use crate::lists::ListId;

impl Remember for Task {
    /// A due date comes before what hangs on it.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        let task = self;
        let due = task.due.as_ref();
        let repeat = task.recurrence.as_ref();
        let time = |time: NaiveTime| time.format("%H:%M").to_string();
        vec![
            ("list_id", json!(task.list_id.uuid())),
            ("parent_id", json!(task.parent_id.map(TaskId::uuid))),
            ("title", json!(task.title.as_str())),
            ("notes", json!(task.notes.as_str())),
            ("labels", json!(task.labels.lines())),
            ("order", json!(task.position)),
            ("priority", json!(task.priority.number())),
            ("start_date", json!(task.start_on)),
            ("due_date", json!(due.map(|due| due.on))),
            ("due_time", json!(due.and_then(|due| due.at).map(time))),
            (
                "due_zone",
                json!(due.and_then(|due| due.zone).map(Tz::name)),
            ),
            ("recurrence", json!(repeat.map(Recurrence::text))),
            (
                "recurrence_from",
                json!(repeat.is_some_and(|repeat| repeat.from_completion)),
            ),
            (
                "recurrence_missed",
                json!(repeat.is_some_and(|repeat| repeat.keeps_missed)),
            ),
            ("series_date", json!(repeat.map(|repeat| repeat.series_on))),
            ("next_id", json!(task.next_id.map(TaskId::uuid))),
            ("completed_at", json!(task.completed_at.map(Stamp::micros))),
            ("deleted_at", json!(task.deleted_at.map(Stamp::micros))),
        ]
    }

    fn set(&mut self, name: &str, value: &Value) {
        let task = self;

        match name {
            "list_id" => {
                if let Some(id) = value.as_str().and_then(ListId::parse) {
                    task.list_id = id;
                }
            }
            "parent_id" => task.parent_id = value.as_str().and_then(TaskId::parse),
            "title" => task.title = Title::stored(text(value)),
            "notes" => task.notes = Notes::stored(text(value)),
            "labels" => task.labels = Labels::stored(&text(value)),
            "order" => task.position = value.as_i64().unwrap_or(task.position),
            "priority" => {
                task.priority = value
                    .as_i64()
                    .and_then(Priority::from_number)
                    .unwrap_or_default();
            }
            "start_date" => task.start_on = day(value),
            "due_date" => set_due_day(task, day(value)),
            "due_time" => {
                if let Some(due) = &mut task.due {
                    due.at = value.as_str().and_then(|text| due::parse_time(text).ok());
                }
            }
            "due_zone" => {
                if let Some(due) = &mut task.due {
                    due.zone = value.as_str().and_then(|name| name.parse().ok());
                }
            }
            "recurrence" => set_rule(task, value.as_str()),
            "recurrence_from" => {
                if let Some(repeat) = &mut task.recurrence {
                    repeat.from_completion = value.as_bool().unwrap_or(false);
                }
            }
            "recurrence_missed" => {
                if let Some(repeat) = &mut task.recurrence {
                    repeat.keeps_missed = value.as_bool().unwrap_or(false);
                }
            }
            "series_date" => {
                if let (Some(repeat), Some(day)) = (&mut task.recurrence, day(value)) {
                    repeat.series_on = day;
                }
            }
            "next_id" => task.next_id = value.as_str().and_then(TaskId::parse),
            "completed_at" => task.completed_at = value.as_i64().map(Stamp::from_micros),
            "deleted_at" => task.deleted_at = value.as_i64().map(Stamp::from_micros),
            _ => {}
        }
    }
}

fn set_due_day(task: &mut Task, day: Option<NaiveDate>) {
    task.due = day.map(|on| Due {
        on,
        at: task.due.and_then(|due| due.at),
        zone: task.due.and_then(|due| due.zone),
    });
}

fn set_rule(task: &mut Task, rule: Option<&str>) {
    task.recurrence = rule.and_then(|rule| {
        let known = task.recurrence.as_ref();
        let flags = known.map_or((false, false), |known| {
            (known.from_completion, known.keeps_missed)
        });
        let series_on = known
            .map(|known| known.series_on)
            .or(task.due.map(|due| due.on))?;
        Some(Recurrence::stored(rule.to_owned(), flags, series_on))
    });
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str()?.parse().ok()
}
