//! A task as the database keeps it.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use chrono_tz::Tz;
use diesel::prelude::*;

use super::id::Id;
use super::schema::tasks;
use crate::clock::Stamp;
use crate::fold::fold;
use crate::lists::ListId;
use crate::tasks::due::NO_DUE;
use crate::tasks::{Due, Labels, Notes, Priority, Recurrence, Task, TaskId, Title};

/// A row as Diesel reads it; its fields are in the order of the select.
#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
pub(super) struct TaskRow {
    id: Id,
    list_id: Id,
    parent_id: Option<Id>,
    title: String,
    notes: String,
    labels: String,
    position: i64,
    priority: i16,
    start_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    due_minute: Option<i16>,
    due_zone: Option<String>,
    recurrence: Option<String>,
    recurs_from_completion: bool,
    recurs_missed: bool,
    series_on: Option<NaiveDate>,
    next_id: Option<Id>,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl From<TaskRow> for Task {
    fn from(row: TaskRow) -> Self {
        let flags = (row.recurs_from_completion, row.recurs_missed);
        let due = row.due_on.map(|on| Due {
            on,
            at: row.due_minute.and_then(time_of),
            zone: row.due_zone.and_then(|name| name.parse().ok()),
        });
        let series_on = row.series_on.or(row.due_on);
        let recurrence = row.recurrence.zip(series_on);
        Self {
            id: TaskId::new(row.id.0),
            list_id: ListId::new(row.list_id.0),
            parent_id: row.parent_id.map(|id| TaskId::new(id.0)),
            title: Title::stored(row.title),
            notes: Notes::stored(row.notes),
            labels: Labels::stored(&row.labels),
            position: row.position,
            // The table's own check keeps other numbers out.
            priority: Priority::from_number(row.priority.into()).unwrap_or_default(),
            start_on: row.start_on,
            due,
            recurrence: recurrence.map(|(rule, on)| Recurrence::stored(rule, flags, on)),
            next_id: row.next_id.map(|id| TaskId::new(id.0)),
            completed_at: row.completed_at.map(Stamp::from_micros),
            deleted_at: row.deleted_at.map(Stamp::from_micros),
            version: row.version,
            created_at: Stamp::from_micros(row.created_at),
            updated_at: Stamp::from_micros(row.updated_at),
        }
    }
}

fn time_of(minute: i16) -> Option<NaiveTime> {
    let minute = u32::try_from(minute).ok()?;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}

fn minute_of(time: NaiveTime) -> i16 {
    i16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

/// Everything about a task that can change.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = tasks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Changeable<'a> {
    list_id: Id,
    parent_id: Option<Id>,
    title: &'a str,
    notes: &'a str,
    labels: String,
    position: i64,
    priority: i16,
    start_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    due_minute: Option<i16>,
    due_zone: Option<String>,
    due_key: i64,
    recurrence: Option<String>,
    recurs_from_completion: bool,
    recurs_missed: bool,
    series_on: Option<NaiveDate>,
    next_id: Option<Id>,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
    version: i64,
    updated_at: i64,
    title_key: String,
    notes_key: String,
}

impl<'a> Changeable<'a> {
    /// What is stored of the task of an owner in this zone.
    pub(super) fn of(task: &'a Task, zone: Tz) -> Self {
        let due = task.due.as_ref();
        let repeat = task.recurrence.as_ref();
        let keys = Keys::of(task, zone);
        Self {
            list_id: Id(task.list_id.uuid()),
            parent_id: task.parent_id.map(|id| Id(id.uuid())),
            title: task.title.as_str(),
            notes: task.notes.as_str(),
            labels: task.labels.lines(),
            position: task.position,
            priority: task.priority.number().into(),
            start_on: task.start_on,
            due_on: due.map(|due| due.on),
            due_minute: due.and_then(|due| due.at).map(minute_of),
            due_zone: due
                .and_then(|due| due.zone)
                .map(|zone| zone.name().to_owned()),
            due_key: keys.due_key,
            recurrence: repeat.map(|repeat| repeat.text().to_owned()),
            recurs_from_completion: repeat.is_some_and(|repeat| repeat.from_completion),
            recurs_missed: repeat.is_some_and(|repeat| repeat.keeps_missed),
            series_on: repeat.map(|repeat| repeat.series_on),
            next_id: task.next_id.map(|id| Id(id.uuid())),
            completed_at: task.completed_at.map(Stamp::micros),
            deleted_at: task.deleted_at.map(Stamp::micros),
            version: task.version,
            updated_at: task.updated_at.micros(),
            title_key: keys.title_key,
            notes_key: keys.notes_key,
        }
    }
}

/// What is stored beside a task to find and sort it by.
#[derive(AsChangeset)]
#[diesel(table_name = tasks)]
#[expect(
    clippy::struct_field_names,
    reason = "they are called as their columns are"
)]
pub(super) struct Keys {
    due_key: i64,
    title_key: String,
    notes_key: String,
}

impl Keys {
    pub(super) fn of(task: &Task, zone: Tz) -> Self {
        Self {
            due_key: task.due.map_or(NO_DUE, |due| due.key(zone)),
            title_key: fold(task.title.as_str()),
            notes_key: fold(task.notes.as_str()),
        }
    }
}
