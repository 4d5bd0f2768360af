//! A task as the API shows it.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate, NaiveTime, Timelike as _};
use chrono_tz::Tz;
use serde::{Serialize, Serializer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::clock::Stamp;
use crate::tasks::actions::Outcome;
use crate::tasks::{Labels, Recurrence, Task, TaskId};
use crate::words::ORIGINAL;

/// One thing to do.
#[derive(Serialize, ToSchema)]
#[schema(as = Task)]
pub struct TaskJson<'a> {
    /// The task's id, a UUIDv7.
    id: Uuid,
    /// Address of this task in the API.
    #[schema(value_type = String, format = "uri")]
    url: Address<'a>,
    /// Address of this task's page for people.
    #[schema(value_type = String, format = "uri")]
    html_url: Address<'a>,
    /// What is to be done: one line of 1 to 500 characters.
    title: &'a str,
    /// More about it, up to 20,000 characters over any number of lines.
    notes: &'a str,
    /// Names that cut across lists.
    #[schema(value_type = Vec<String>)]
    labels: Names<'a>,
    /// Whether it is done.
    completed: bool,
    /// When it was done, or null.
    #[schema(value_type = Option<String>, format = DateTime)]
    completed_at: Option<Instant>,
    /// Place within the list, lowest first.
    order: i64,
    /// How urgent it is: 0 none, 1 low, 2 medium, 3 high.
    #[schema(minimum = 0, maximum = 3)]
    priority: u8,
    /// The list that holds it.
    list_id: Uuid,
    /// The task that this one is a step of, or null.
    parent_id: Option<Uuid>,
    /// The day from which the pages show it, or null.
    #[schema(value_type = Option<String>, format = Date)]
    start_date: Option<Day>,
    /// The day it is due, or null.
    #[schema(value_type = Option<String>, format = Date)]
    due_date: Option<Day>,
    /// The time on that day, `HH:MM`, or null for the whole day.
    #[schema(value_type = Option<String>)]
    due_time: Option<Time>,
    /// The IANA zone of that time, or null for wherever the owner is.
    #[schema(value_type = Option<String>)]
    due_zone: Option<&'static str>,
    /// The instant that these make, or null where no time was said.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Instant>,
    /// How it repeats: an RRULE of RFC 5545, or null.
    recurrence: Option<&'a str>,
    /// The same in words.
    recurrence_text: Option<String>,
    /// What the next occurrence counts from: `due` or `completion`.
    #[schema(value_type = String)]
    recurrence_from: &'static str,
    /// Whether missed occurrences are skipped (`skip`) or come each in turn (`keep`).
    #[schema(value_type = String)]
    recurrence_missed: &'static str,
    /// The day that the rule gave this occurrence, or null.
    #[schema(value_type = Option<String>, format = Date)]
    series_date: Option<Day>,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: Instant,
    /// When it was moved to the trash, or null.
    #[schema(value_type = Option<String>, format = DateTime)]
    deleted_at: Option<Instant>,
    /// Goes up with every change; the number in the `ETag`.
    version: i64,
}

impl<'a> TaskJson<'a> {
    /// The task of an owner in this zone, with addresses that begin with `base`.
    pub fn new(task: &'a Task, base: &'a str, zone: Tz) -> Self {
        let address = |path| Address {
            base,
            path,
            id: task.id.uuid(),
        };
        let due = task.due.as_ref();
        let repeat = task.recurrence.as_ref();
        let choose = |second: bool, [no, yes]: [&'static str; 2]| if second { yes } else { no };
        Self {
            id: task.id.uuid(),
            url: address("/api/tasks/"),
            html_url: address("/tasks/"),
            title: task.title.as_str(),
            notes: task.notes.as_str(),
            labels: Names(&task.labels),
            completed: task.is_completed(),
            completed_at: task.completed_at.map(Instant),
            order: task.position,
            priority: task.priority.number(),
            list_id: task.list_id.uuid(),
            parent_id: task.parent_id.map(TaskId::uuid),
            start_date: task.start_on.map(Day),
            due_date: due.map(|due| Day(due.on)),
            due_time: due.and_then(|due| due.at).map(Time),
            due_zone: due.and_then(|due| due.zone).map(Tz::name),
            due_at: due.and_then(|due| due.instant(zone)).map(Instant),
            recurrence: repeat.map(Recurrence::text),
            recurrence_text: repeat.map(|repeat| repeat.words(ORIGINAL)),
            recurrence_from: choose(
                repeat.is_some_and(|repeat| repeat.from_completion),
                ["due", "completion"],
            ),
            recurrence_missed: choose(
                repeat.is_some_and(|repeat| repeat.keeps_missed),
                ["skip", "keep"],
            ),
            series_date: repeat.map(|repeat| Day(repeat.series_on)),
            created_at: Instant(task.created_at),
            updated_at: Instant(task.updated_at),
            deleted_at: task.deleted_at.map(Instant),
            version: task.version,
        }
    }
}

/// A task after it was completed or changed, and the occurrence that this made.
#[derive(Serialize, ToSchema)]
#[schema(as = TaskAndNext)]
pub struct OutcomeJson<'a> {
    #[serde(flatten)]
    task: TaskJson<'a>,
    /// The next occurrence of a task that repeats, or null; only where the request completed it.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[expect(clippy::option_option, reason = "left out is not the same as null")]
    next: Option<Option<TaskJson<'a>>>,
}

impl<'a> OutcomeJson<'a> {
    /// The outcome, as [`TaskJson::new`] shows a task.
    pub fn new(outcome: &'a Outcome, base: &'a str, zone: Tz) -> Self {
        Self {
            task: TaskJson::new(&outcome.task, base, zone),
            next: None,
        }
    }

    /// The outcome of completing a task, which says what comes next.
    pub fn with_next(outcome: &'a Outcome, base: &'a str, zone: Tz) -> Self {
        let next = outcome.next.as_ref();
        Self {
            next: Some(next.map(|next| TaskJson::new(next, base, zone))),
            ..Self::new(outcome, base, zone)
        }
    }
}

/// A list of names.
struct Names<'a>(&'a Labels);

impl Serialize for Names<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.names())
    }
}

/// `HH:MM`.
struct Time(NaiveTime);

impl Serialize for Time {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(5);
        push_two(&mut text, self.0.hour());
        text.push(':');
        push_two(&mut text, self.0.minute());
        serializer.serialize_str(&text)
    }
}

/// An absolute address that ends in an id.
struct Address<'a> {
    base: &'a str,
    path: &'static str,
    id: Uuid,
}

impl Serialize for Address<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut buffer = Uuid::encode_buffer();
        let id = self.id.hyphenated().encode_lower(&mut buffer);
        let mut text = String::with_capacity(self.base.len() + self.path.len() + id.len());
        text.push_str(self.base);
        text.push_str(self.path);
        text.push_str(id);
        serializer.serialize_str(&text)
    }
}

/// RFC 3339 in UTC with `Z`.
///
/// Written digit by digit: chrono's formatter took a third of the time of a whole list.
pub struct Instant(pub Stamp);

impl Serialize for Instant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let utc = self.0.utc();
        let mut text = date_text(utc.date_naive());
        text.push('T');
        push_two(&mut text, utc.hour());
        text.push(':');
        push_two(&mut text, utc.minute());
        text.push(':');
        push_two(&mut text, utc.second());
        let micros = utc.timestamp_subsec_micros();
        if micros > 0 {
            text.push('.');
            push_two(&mut text, micros / 10_000);
            push_two(&mut text, micros / 100 % 100);
            push_two(&mut text, micros % 100);
        }
        text.push('Z');
        serializer.serialize_str(&text)
    }
}

/// `YYYY-MM-DD`.
pub struct Day(pub NaiveDate);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&date_text(self.0))
    }
}

fn date_text(date: NaiveDate) -> String {
    let mut text = String::with_capacity(27);
    match u32::try_from(date.year()) {
        Ok(year @ 0..=9999) => {
            push_two(&mut text, year / 100);
            push_two(&mut text, year % 100);
        }
        // Outside of what RFC 3339 can say, and of what anyone can enter.
        _ => drop(write!(text, "{}", date.year())),
    }
    text.push('-');
    push_two(&mut text, date.month());
    text.push('-');
    push_two(&mut text, date.day());
    text
}

fn push_two(text: &mut String, number: u32) {
    for digit in [number / 10 % 10, number % 10] {
        text.push(char::from_digit(digit, 10).unwrap_or('0'));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_and_days_read_as_chrono_writes_them() {
        for micros in [
            0,
            1,
            -1,
            1_500_000,
            1_795_342_799_999_999,
            253_402_300_799_000_000,
        ] {
            let stamp = Stamp::from_micros(micros);
            let text = serde_json::to_string(&Instant(stamp)).expect("a string");
            let read =
                chrono::DateTime::parse_from_rfc3339(text.trim_matches('"')).expect("RFC 3339");
            assert_eq!(read.timestamp_micros(), micros, "{text}");
            assert!(text.ends_with("Z\""));
        }
    }
}
