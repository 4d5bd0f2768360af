//! A task as the API shows it.

use std::fmt::Write as _;

use chrono::{Datelike as _, NaiveDate, Timelike as _};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::clock::Stamp;
use crate::tasks::Task;

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
    /// The day it is due, or null.
    #[schema(value_type = Option<String>, format = Date)]
    due_date: Option<Day>,
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
    /// The task, with addresses that begin with `base`.
    pub fn new(task: &'a Task, base: &'a str) -> Self {
        let address = |path| Address {
            base,
            path,
            id: task.id.uuid(),
        };
        Self {
            id: task.id.uuid(),
            url: address("/api/tasks/"),
            html_url: address("/tasks/"),
            title: task.title.as_str(),
            notes: task.notes.as_str(),
            completed: task.is_completed(),
            completed_at: task.completed_at.map(Instant),
            order: task.position,
            priority: task.priority.number(),
            list_id: task.list_id.uuid(),
            due_date: task.due_on.map(Day),
            created_at: Instant(task.created_at),
            updated_at: Instant(task.updated_at),
            deleted_at: task.deleted_at.map(Instant),
            version: task.version,
        }
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
