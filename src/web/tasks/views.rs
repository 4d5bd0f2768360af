//! The pages of tasks as the templates see them.
//!
//! Owns the view structs behind `templates/tasks/`. Everything arrives ready to be shown: dates
//! already said in words, addresses already built. Nothing here reads the store or the clock.

use std::borrow::Cow;

use askama::Template;

use super::filter_form::FilterForm;
use super::pages::rows::Choice;
use crate::web::frame::{FieldError, Frame, error_for, framed};
use crate::web::markup::Html;
use crate::words::Locale;

framed!(ListPage, TaskPage);

/// A due date, ready to be read.
#[derive(Clone, Debug)]
pub struct DueWords {
    /// The calendar day, such as `2026-11-27`, which needs no escaping.
    pub iso: String,
    /// The day as people say it: `today`, `tomorrow`, `Fri 27 Nov`.
    pub words: String,
    /// Whether the day has passed while the task is still open.
    pub overdue: bool,
}

impl DueWords {
    /// The day as a sentence.
    pub fn sentence(&self, say: &Locale) -> Html {
        let day = Html::time(&self.iso, &self.words);
        Html::sentence([&day], |[day]| {
            if self.overdue {
                say.task_overdue(day)
            } else {
                say.task_due(day)
            }
        })
    }
}

/// A label or a list, and where its tasks are.
#[derive(Clone, Debug)]
pub struct LabelLink {
    /// The address.
    pub href: String,
    /// The name.
    pub name: String,
}

/// A task as one line of a list.
#[expect(
    clippy::struct_excessive_bools,
    reason = "a template asks about each by itself"
)]
#[derive(Clone, Debug)]
pub struct Row {
    /// The task's id, which needs no escaping; the row is `#task-{id}` on its page.
    pub id: String,
    /// The title as typed.
    pub title: String,
    /// Whether it was ticked.
    pub completed: bool,
    /// Whether it lies in the trash, where it can only be restored.
    pub trashed: bool,
    /// When it is due.
    pub due: Option<DueWords>,
    /// 0 none, 1 low, 2 medium, 3 high.
    pub priority: u8,
    /// Whether there is more to read on the task's own page.
    pub has_notes: bool,
    /// Whether completing it makes the next one.
    pub repeats: bool,
    /// Its labels.
    pub labels: Vec<LabelLink>,
    /// How many of its steps are done, such as `2/5`, which needs no escaping; empty when it has
    /// none.
    pub steps: String,
    /// Its list, where the page shows several.
    pub list: Option<LabelLink>,
    /// The heading that begins with this row.
    pub group: Option<Cow<'static, str>>,
    /// Whether its box can be ticked, to do something with many.
    pub can_pick: bool,
    /// Whether its box is ticked.
    pub is_picked: bool,
}

impl Row {
    /// Whether anything stands beside the title.
    pub fn has_meta(&self) -> bool {
        self.due.is_some()
            || self.priority > 0
            || self.has_notes
            || self.repeats
            || !self.steps.is_empty()
            || !self.labels.is_empty()
            || self.list.is_some()
    }
}

/// A page of tasks, with the field to add one.
#[derive(Clone, Debug, Template)]
#[template(path = "tasks/index.html")]
pub struct ListPage {
    /// What surrounds the list.
    pub frame: Frame,
    /// What is shown.
    pub heading: String,
    /// What stands beside the heading; may be empty.
    pub subtitle: String,
    /// The step of the history that laid out the examples, where they can be removed.
    pub examples: Option<i64>,
    /// How to filter and sort it.
    pub form: FilterForm,
    /// The tasks of this page, in order.
    pub rows: Vec<Row>,
    /// This page's own address; the forms send it along as `next`.
    pub here: String,
    /// What was typed as a new task when it was refused, empty otherwise.
    pub draft: TaskFields,
    /// Why the new task was refused.
    pub errors: Vec<FieldError>,
    /// What was chosen for the ticked tasks when it was refused, empty otherwise.
    pub bulk: BulkFields,
    /// The address of the page before.
    pub previous: Option<String>,
    /// The address of the page after.
    pub next: Option<String>,
    /// Whether nothing comes before this page; decides what an empty page says.
    pub is_first_page: bool,
    /// Whether a task that is added here is seen here.
    pub offers_add: bool,
    /// Whether this is the trash.
    pub is_trash: bool,
    /// What the page says when nothing is there: in short, and why.
    pub empty: (&'static str, &'static str),
    /// The lists that tasks can be moved to.
    pub lists: Vec<Choice>,
    /// Where this list, label or view can be renamed or removed.
    pub manage: Option<String>,
}

impl ListPage {
    /// Says whether the field for a new task is shown: always where it was just refused.
    pub fn shows_add(&self) -> bool {
        self.offers_add || !self.errors.is_empty()
    }

    /// What can be done with the ticked tasks: the word that is sent, and those that are read.
    pub fn bulk_actions(&self) -> Vec<(&'static str, &'static str)> {
        let say = self.frame.say;
        if self.is_trash {
            vec![("restore", say.bulk_restore()), ("purge", say.bulk_purge())]
        } else {
            vec![
                ("complete", say.bulk_complete()),
                ("reopen", say.bulk_reopen()),
                ("move", say.bulk_move()),
                ("label", say.bulk_label()),
                ("due", say.bulk_due()),
                ("priority", say.bulk_priority()),
                ("delete", say.bulk_delete()),
            ]
        }
    }

    /// Says whether the fields behind "More" are shown at once: when one of them was refused, or
    /// holds something that was typed.
    pub fn is_unfolded(&self) -> bool {
        let TaskFields {
            notes,
            due_date,
            priority,
            ..
        } = &self.draft;
        let is_refused = |field: &&str| error_for(&self.errors, field).is_some();
        ["due_date", "priority", "notes"].iter().any(is_refused)
            || !notes.is_empty()
            || !due_date.is_empty()
            || !matches!(priority.as_str(), "" | "0")
    }
}

/// What is to be done with the ticked tasks, exactly as it was chosen.
#[derive(Clone, Debug, Default)]
pub struct BulkFields {
    /// A word such as `complete`.
    pub action: String,
    /// The id of the list to move to.
    pub list_id: String,
    /// The label to add.
    pub label: String,
    /// An ISO date, or whatever was typed in its place.
    pub due_date: String,
    /// `0` to `3`; empty as long as none was chosen.
    pub priority: String,
    /// Why it was refused.
    pub errors: Vec<FieldError>,
}

impl BulkFields {
    /// Says whether a date field can hold what was typed.
    pub fn has_date_shape(&self) -> bool {
        is_date_shaped(&self.due_date)
    }
}

/// The fields of a task's form, exactly as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TaskFields {
    /// The title, or the line to be understood.
    pub title: String,
    /// The notes, with their line breaks.
    pub notes: String,
    /// An ISO date, or whatever was typed in its place.
    pub due_date: String,
    /// `HH:MM`, or whatever was typed in its place.
    pub due_time: String,
    /// An IANA zone, or whatever was typed in its place.
    pub due_zone: String,
    /// An ISO date, or whatever was typed in its place.
    pub start_date: String,
    /// `0` to `3`, or whatever was sent in its place.
    pub priority: String,
    /// Names with commas between them.
    pub labels: String,
    /// The id of the list.
    pub list_id: String,
    /// How it repeats: words, or an RRULE.
    pub recurrence: String,
    /// `due` or `completion`.
    pub recurrence_from: String,
    /// `skip` or `keep`.
    pub recurrence_missed: String,
    /// Whether the line is to be taken as it is.
    pub plain: bool,
}

impl TaskFields {
    /// Says whether a date field can hold what was typed; other words need a plain field, because
    /// a browser drops what it cannot read.
    pub fn has_date_shape(&self) -> bool {
        is_date_shaped(&self.due_date)
    }

    /// The priority in a word.
    pub fn priority_word(&self, say: &Locale) -> &'static str {
        say.priority_word(self.priority.parse().unwrap_or_default())
    }

    /// Says the same of the start date.
    pub fn has_start_shape(&self) -> bool {
        is_date_shaped(&self.start_date)
    }
}

fn is_date_shaped(text: &str) -> bool {
    let is_digit_or_dash = |(place, byte): (usize, u8)| match place {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    text.is_empty() || text.len() == 10 && text.bytes().enumerate().all(is_digit_or_dash)
}

/// One task: its form, what else can be done with it, and its history.
#[derive(Clone, Debug, Template)]
#[template(path = "tasks/edit.html")]
pub struct TaskPage {
    /// What surrounds the task.
    pub frame: Frame,
    /// The task's id, which needs no escaping.
    pub id: String,
    /// The stored title, whatever is being typed.
    pub heading: String,
    /// The values in the form.
    pub fields: TaskFields,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// The version that saving replaces; travels as a hidden field.
    pub version: i64,
    /// The stored values, when someone else saved first; shown beside the typed ones.
    pub theirs: Option<TaskFields>,
    /// Whether it was ticked.
    pub is_completed: bool,
    /// Whether it was deleted.
    pub is_trashed: bool,
    /// When it was added, changed, ticked and deleted, as a sentence.
    pub story: Html,
    /// When it is due, for the line under the heading.
    pub due: Option<DueWords>,
    /// How it repeats, in words, and the next days on which it comes.
    pub repeat: Option<String>,
    /// The notes as they are meant to be read: HTML that the renderer made safe.
    pub notes_html: String,
    /// Its steps.
    pub steps: Vec<Row>,
    /// The task that it is a step of: its address and title.
    pub parent: Option<LabelLink>,
    /// The lists to choose from.
    pub lists: Vec<Choice>,
    /// Whether it can be moved up and down.
    pub can_move: bool,
    /// The address of the list that this task belongs to.
    pub back: String,
}

impl TaskPage {
    /// Says whether the rarer fields are shown at once: when one of them was refused or is used.
    pub fn is_unfolded(&self) -> bool {
        let fields = &self.fields;
        let is_refused = |field: &&str| error_for(&self.errors, field).is_some();
        ["start_date", "due_zone"].iter().any(is_refused)
            || !fields.start_date.is_empty()
            || !fields.due_zone.is_empty()
            || fields.recurrence_from == "completion"
            || fields.recurrence_missed == "keep"
    }
}
