//! The 25 tasks, of the same mix and length as those that `bench/fill.py` writes.

use chrono::NaiveDate;
use tickbox::clock::Stamp;
use tickbox::lists::{Color, List, ListId};
use tickbox::name::Name;
use tickbox::tasks::filter::{Cursor, Key, Sort};
use tickbox::tasks::{Due, Labels, Notes, Priority, Task, TaskId, Title};
use uuid::Uuid;

/// The change counter of everybody.
pub const VERSION: i64 = 101;
/// The address of everybody.
pub const EMAIL: &str = "reader-000500@example.org";

/// 2026-06-01T08:00:00Z, in microseconds.
const BEGAN: i64 = 1_780_300_800_000_000;
const HOUR: i64 = 3_600_000_000;
const TITLES: [&str; 10] = [
    "Pay the electricity bill",
    "Call the dentist about Thursday",
    "Buy milk, eggs and two loaves of bread",
    "Send the signed contract back to Elena",
    "Water the plants",
    "Book train tickets to Leipzig",
    "Read chapter four before the seminar",
    "Fix the dripping tap in the kitchen",
    "Renew the library card",
    "Plan the birthday party & invite everyone",
];
const NOTES: [&str; 2] = [
    "The number is on the back of the card; ask for the morning.",
    "See the mail from last week.\nTake the blue folder along.",
];

/// The one list of everybody.
pub fn inbox() -> List {
    let at = Stamp::from_micros(BEGAN);
    List {
        id: ListId::new(Uuid::from_u128(0x0197_2a5c_1d00_7123_8abc_def0_1234_5678)),
        name: Name::parse("name", "Inbox").unwrap_or_else(|_| unreachable!("a good name")),
        color: Color::None,
        is_inbox: true,
        position: 0,
        archived_at: None,
        version: 1,
        created_at: at,
        updated_at: at,
    }
}

/// The tasks in order.
pub fn tasks() -> Vec<Task> {
    (0..25).map(task).collect()
}

fn task(number: i64) -> Task {
    let at = Stamp::from_micros(BEGAN + number * (7 * HOUR + 123_456_789));
    let millis = u128::try_from(at.micros() / 1000).unwrap_or_default();
    let word = |words: &[&'static str]| {
        let at = usize::try_from(number).unwrap_or_default() % words.len();
        words.get(at).copied().unwrap_or_default()
    };
    let (has_notes, has_due) = (number % 4 == 0, number % 3 == 0);
    let day = NaiveDate::from_ymd_opt(2026, 11, 20 + u32::from(number % 2 == 0));
    Task {
        id: TaskId::new(Uuid::from_u128(millis << 80 | 0x7abc << 64 | 0x9d1f << 48)),
        list_id: ListId::new(Uuid::from_u128(0x0197_2a5c_1d00_7123_8abc_def0_1234_5678)),
        title: Title::parse(word(&TITLES)).unwrap_or_else(|_| unreachable!("a good title")),
        notes: Notes::parse(if has_notes { word(&NOTES) } else { "" }).unwrap_or_default(),
        position: number * -65_536,
        priority: Priority::from_number((number % 8 - 4).max(0)).unwrap_or_default(),
        parent_id: None,
        labels: Labels::default(),
        start_on: None,
        due: day.filter(|_| has_due).map(|on| Due {
            on,
            at: None,
            zone: None,
        }),
        recurrence: None,
        next_id: None,
        completed_at: None,
        deleted_at: None,
        version: number + 2,
        created_at: at,
        updated_at: at,
    }
}

/// Where the next page would begin.
pub fn next(tasks: &[Task], sort: Sort) -> String {
    tasks
        .last()
        .map(|task| Cursor::new(sort, false, Key::Number(task.position), task.id).text())
        .unwrap_or_default()
}
