//! Quick add: one line of typing becomes a task.
//!
//! Owns the grammar of what people type ("Pay rent every month on the 1st at 9 #Home p1") and says
//! part by part what was understood. Pure: it knows no store, no clock and no owner.
//!
//! Nothing typed is ever lost. Every visible character of a line ends in the title, in a part that
//! was used, or was a quotation mark or a backslash that protected text. When in doubt a phrase is
//! text: a date that was missed is seen and said again, a title that lost a word may not be.
//!
//! The way of a line: `line` cuts it and finds what is protected, `signs` reads the symbols,
//! `pieces` turns the rest into `words`, `phrases` finds dates, times and repeats and decides which
//! of them count, `choice` takes the last of each, `entry` puts it together.

mod choice;
mod dates;
mod english;
mod entry;
mod line;
mod numbers;
mod phrases;
mod pieces;
mod repeats;
mod rule;
mod signs;
mod spans;
mod times;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Weekday};

/// Columns that a tab stands for when indentation is compared.
const TAB: usize = 4;

/// How the owner reads "3/4".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumericDates {
    /// The third of April.
    DayFirst,
    /// The fourth of March.
    MonthFirst,
}

/// Whose symbols are typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Symbols {
    /// `#list @label p1 !!1 start:friday`
    #[default]
    Todoist,
    /// `(A) +list @label pri:A due:friday t:friday rec:3m`
    TodoTxt,
}

/// What the parser has to know about the person who types.
pub struct Context<'a> {
    /// The owner's local time.
    pub now: NaiveDateTime,
    /// The day on which the owner's weeks begin.
    pub week_start: Weekday,
    /// Which number of a numeric date is the day.
    pub numeric: NumericDates,
    /// Whose symbols count.
    pub symbols: Symbols,
    /// Answers the exact name of the list that a typed name means.
    pub lists: &'a dyn Fn(&str) -> Option<String>,
    /// Whether a list that does not exist is to be made; otherwise its name stays in the title.
    pub create_lists: bool,
    /// Spans to leave as text, in code points of the line. They hold for every line of the text,
    /// so a caller who has any parses one line at a time.
    pub keep: &'a [Range<usize>],
}

/// A list that a line named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ListName {
    /// It exists and is called exactly this.
    Known(String),
    /// It is to be made.
    New(String),
}

impl ListName {
    /// The name, whether the list exists or not.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Known(name) | Self::New(name) => name,
        }
    }
}

/// One line, understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// What is left to do; as long as the line was, and not yet checked by `Title`.
    pub title: String,
    /// What stood behind `//`.
    pub notes: String,
    /// Whether the line was ticked.
    pub completed: bool,
    /// The list; a step without one belongs where its parent is.
    pub list: Option<ListName>,
    /// Labels in the order of typing, each once.
    pub labels: Vec<String>,
    /// 3 is the most urgent; 0 was said aloud, `None` was not said.
    pub priority: Option<u8>,
    /// The day; of a repeat, its first.
    pub due_date: Option<NaiveDate>,
    /// The time of that day.
    pub due_time: Option<NaiveTime>,
    /// The day from which the task is shown.
    pub start_date: Option<NaiveDate>,
    /// An RFC 5545 rule, not yet checked against the limits.
    pub recurrence: Option<String>,
    /// Whether the next occurrence counts from when this one was done.
    pub from_completion: bool,
    /// The entry that this one is a step of, by its place in the answer; always an earlier one.
    pub parent: Option<usize>,
    /// What was understood, in the order of the line and without overlaps.
    pub understood: Vec<Part>,
}

/// A stretch of a line that means something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Code points of the line, its indentation included.
    pub span: Range<usize>,
    /// What it is.
    pub kind: PartKind,
    /// What it says, as the API would write it.
    pub value: String,
    /// Whether it had an effect.
    pub status: Status,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// The list.
    List,
    /// A label.
    Label,
    /// The priority.
    Priority,
    /// Notes.
    Notes,
    /// The tick of a task that is done.
    Completed,
    /// The due date, with a time when one was said in the same breath.
    Date,
    /// The time of the due date.
    Time,
    /// The start date.
    Start,
    /// A repeat, or the end of one.
    Recurrence,
}

impl PartKind {
    /// The word the API uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Label => "label",
            Self::Priority => "priority",
            Self::Notes => "notes",
            Self::Completed => "completed",
            Self::Date => "date",
            Self::Time => "time",
            Self::Start => "start",
            Self::Recurrence => "recurrence",
        }
    }
}

/// Whether a part had an effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// It did, and left the title.
    Used,
    /// It looks like a part but names nothing known, so it stays in the title.
    Unknown,
}

impl Status {
    /// The word the API uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::Used => "used",
            Self::Unknown => "unknown",
        }
    }
}

/// Reads a text: one entry for each line that is not blank, in order.
///
/// A line that is indented deeper than one above it is a step of the nearest such line.
pub fn parse(text: &str, context: &Context<'_>) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    // The lines that may still get steps, each indented deeper than the one before.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for line in text
        .split(['\n', '\r'])
        .filter(|line| !line.trim().is_empty())
    {
        let indent = indentation(line);
        while open.last().is_some_and(|(width, _)| *width >= indent) {
            open.pop();
        }
        let parent = open.last().map(|(_, at)| *at);
        open.push((indent, entries.len()));
        entries.push(Entry {
            parent,
            ..entry::read(line, context)
        });
    }
    entries
}

fn indentation(line: &str) -> usize {
    line.chars()
        .take_while(|c| c.is_whitespace())
        .fold(0, |width, c| match c {
            '\t' => (width / TAB + 1) * TAB,
            _ => width + 1,
        })
}
