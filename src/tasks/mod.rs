//! What a task is and what may happen to it.
//!
//! Types and rules, no HTTP and no SQL. The feature list is [`actions`]; what a title may hold is
//! [`title`], when a task is due [`due`], how it repeats [`recurrence`]; which tasks a view shows and
//! in which order is [`filter`].

pub mod actions;
pub mod change;
pub mod due;
pub mod filter;
pub mod labels;
pub mod quick_add;
pub mod recurrence;
pub mod repeat;
pub mod title;
pub mod when;

use std::fmt;

use chrono::{NaiveDate, NaiveTime};
use chrono_tz::Tz;
use uuid::Uuid;

use crate::clock::Stamp;
use crate::lists::ListId;
pub use due::Due;
pub use labels::Labels;
pub use repeat::Recurrence;
pub use title::{Notes, Title};

/// Names one task of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(Uuid);

impl TaskId {
    /// The id with these bytes.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// Reads the canonical text of a UUID, lower-case with hyphens, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        crate::ids::parse_canonical(text).map(Self)
    }

    /// The bytes.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for TaskId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// One thing to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Task {
    /// Time-ordered, so ids sort as tasks were made.
    pub id: TaskId,
    /// The list that holds it.
    pub list_id: ListId,
    /// The task that this one is a step of.
    pub parent_id: Option<TaskId>,
    /// What is to be done.
    pub title: Title,
    /// More about it; may be empty.
    pub notes: Notes,
    /// Names that cut across lists.
    pub labels: Labels,
    /// Place within the list, lowest first; gaps are normal, ties are broken by id.
    pub position: i64,
    /// How urgent it is.
    pub priority: Priority,
    /// Until this day the ordinary views do not show it.
    pub start_on: Option<NaiveDate>,
    /// When it is to be done by.
    pub due: Option<Due>,
    /// How it repeats.
    pub recurrence: Option<Recurrence>,
    /// The occurrence that was made when this one was completed.
    pub next_id: Option<TaskId>,
    /// When it was done; none while it is open.
    pub completed_at: Option<Stamp>,
    /// When it was moved to the trash; none while it is not there.
    pub deleted_at: Option<Stamp>,
    /// The owner's change counter when this task last changed.
    pub version: i64,
    /// When it was made.
    pub created_at: Stamp,
    /// When anything about it last changed.
    pub updated_at: Stamp,
}

impl Task {
    /// Whether it is done.
    pub fn is_completed(&self) -> bool {
        self.completed_at.is_some()
    }

    /// Whether it lies in the trash.
    pub fn is_trashed(&self) -> bool {
        self.deleted_at.is_some()
    }

    /// Whether it is neither done nor in the trash.
    pub fn is_open(&self) -> bool {
        !self.is_completed() && !self.is_trashed()
    }
}

/// How urgent a task is; a higher number is more urgent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Priority {
    /// 0: nobody said.
    #[default]
    None,
    /// 1.
    Low,
    /// 2.
    Medium,
    /// 3.
    High,
}

impl Priority {
    /// The priority with this number, 0 to 3.
    pub const fn from_number(number: i64) -> Option<Self> {
        match number {
            0 => Some(Self::None),
            1 => Some(Self::Low),
            2 => Some(Self::Medium),
            3 => Some(Self::High),
            _ => None,
        }
    }

    /// 0 to 3.
    pub const fn number(self) -> u8 {
        match self {
            Self::None => 0,
            Self::Low => 1,
            Self::Medium => 2,
            Self::High => 3,
        }
    }
}

/// A task to be made; whatever is not said takes its default.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTask {
    /// What is to be done.
    pub title: Title,
    /// Everything else that was said.
    pub rest: TaskPatch,
}

/// Changes to a task: what is `None` stays as it is, and an inner `None` clears.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskPatch {
    /// The new title.
    pub title: Option<Title>,
    /// The new notes.
    pub notes: Option<Notes>,
    /// All of its labels.
    pub labels: Option<Labels>,
    /// The new place within the list.
    pub position: Option<i64>,
    /// The new priority.
    pub priority: Option<Priority>,
    /// The day from which it is shown.
    pub start_on: Option<Option<NaiveDate>>,
    /// The due day; without one there is no time and no zone either.
    pub due_on: Option<Option<NaiveDate>>,
    /// The time on that day.
    pub due_time: Option<Option<NaiveTime>>,
    /// The zone of that time.
    pub due_zone: Option<Option<Tz>>,
    /// The rule, as text that is checked against the due time when both are known.
    pub recurrence: Option<Option<String>>,
    /// Whether the next occurrence counts from when this one was done.
    pub recurs_from_completion: Option<bool>,
    /// Whether occurrences that were missed come each in turn.
    pub recurs_missed: Option<bool>,
    /// The day that the rule is to count from.
    pub series_on: Option<NaiveDate>,
    /// Done or open.
    pub completed: Option<bool>,
    /// The list to move to.
    pub list_id: Option<ListId>,
    /// The task to be a step of.
    pub parent_id: Option<Option<TaskId>>,
}

/// What the caller believes a task's version to be, so that no update is lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// Whatever it is.
    None,
    /// One of these, as `If-Match` lists them.
    VersionIn(Vec<i64>),
}

impl Precondition {
    /// Whether a task of this version may be changed.
    pub fn allows(&self, version: i64) -> bool {
        match self {
            Self::None => true,
            Self::VersionIn(versions) => versions.contains(&version),
        }
    }
}
