//! What was done: one entry for each change, with what is needed to take it back.
//!
//! The store writes an entry for every job that changed something, whatever door it came by; nothing
//! else has to remember to. Numbers and names in here are stored, so they stay.

pub mod actions;
mod remember;
mod tasks;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::clock::Stamp;
use crate::lists::ListId;
use crate::tasks::TaskId;
pub use remember::{Fields, Remember};

/// How long an entry is kept, in days; so long it can be taken back.
pub const KEPT_DAYS: i64 = 30;

/// Where a change that made a task keeps the line that it was typed as.
pub const LINE: &str = "line";

/// How a change came in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    /// A form of a page.
    Page,
    /// The JSON API.
    Api,
    /// The server by itself.
    Server,
}

impl Door {
    const ALL: [(Self, i16, &'static str); 3] = [
        (Self::Page, 1, "page"),
        (Self::Api, 2, "api"),
        (Self::Server, 3, "server"),
    ];

    /// The stored number.
    pub fn number(self) -> i16 {
        let known = Self::ALL.iter().find(|(door, ..)| *door == self);
        known.map_or(0, |(_, number, _)| *number)
    }

    /// The door with this number; the server's for one that a later release wrote.
    pub fn from_number(number: i16) -> Self {
        let known = Self::ALL.iter().find(|(_, own, _)| *own == number);
        known.map_or(Self::Server, |(door, ..)| *door)
    }

    /// The word for programs.
    pub fn word(self) -> &'static str {
        let known = Self::ALL.iter().find(|(door, ..)| *door == self);
        known.map_or("", |(.., word)| word)
    }
}

/// When and how a change came in.
#[derive(Clone, Copy, Debug)]
pub struct Occasion {
    /// When.
    pub at: Stamp,
    /// How.
    pub door: Door,
}

macro_rules! deeds {
    ($($(#[$meta:meta])* $deed:ident = $number:literal, $word:literal;)+) => {
        /// What was done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Deed { $($(#[$meta])* $deed,)+ }

        impl Deed {
            /// The stored number.
            pub const fn number(self) -> i16 {
                match self { $(Self::$deed => $number,)+ }
            }

            /// The deed with this number; one that a later release wrote was a change.
            pub const fn from_number(number: i16) -> Self {
                match number { $($number => Self::$deed,)+ _ => Self::Changed }
            }

            /// The word for programs.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$deed => $word,)+ }
            }

            /// The deed of this word; programs only read the words, so nothing but a test asks.
            #[cfg(test)]
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$deed),)+ _ => None }
            }
        }
    };
}

deeds! {
    /// Several different things at once.
    Changed = 1, "changed";
    /// Tasks were made.
    Added = 2, "added";
    /// What a task says was changed.
    Saved = 3, "saved";
    /// Marked done.
    Completed = 4, "completed";
    /// Made open again.
    Reopened = 5, "reopened";
    /// Moved to the trash.
    Deleted = 6, "deleted";
    /// Taken out of the trash.
    Restored = 7, "restored";
    /// Removed for good.
    Purged = 8, "purged";
    /// Put elsewhere.
    Moved = 9, "moved";
    /// An occurrence was passed over.
    Skipped = 10, "skipped";
    /// Copied.
    Duplicated = 11, "duplicated";
    /// A new account was given tasks to try things on.
    ExamplesLaidOut = 12, "examples_laid_out";
    /// A list was made.
    ListAdded = 20, "list_added";
    /// A list was changed.
    ListSaved = 21, "list_saved";
    /// A list was put away.
    ListArchived = 22, "list_archived";
    /// A list was deleted.
    ListDeleted = 23, "list_deleted";
    /// A label got another name.
    LabelRenamed = 30, "label_renamed";
    /// A label was taken off everything.
    LabelDeleted = 31, "label_deleted";
    /// A filter got a name.
    ViewAdded = 40, "view_added";
    /// A saved filter was changed.
    ViewSaved = 41, "view_saved";
    /// A saved filter was deleted.
    ViewDeleted = 42, "view_deleted";
    /// Something was set up differently.
    SettingsSaved = 45, "settings_saved";
    /// Something was taken back.
    Undone = 50, "undone";
}

impl Deed {
    /// What taking it back does, where there is a plain word for that.
    #[must_use]
    pub const fn taken_back(self) -> Self {
        match self {
            Self::Added | Self::Duplicated | Self::ExamplesLaidOut | Self::Restored => {
                Self::Deleted
            }
            Self::Completed => Self::Reopened,
            Self::Reopened => Self::Completed,
            Self::Deleted => Self::Restored,
            Self::Moved => Self::Moved,
            Self::Changed
            | Self::Saved
            | Self::Purged
            | Self::Skipped
            | Self::ListAdded
            | Self::ListSaved
            | Self::ListArchived
            | Self::ListDeleted
            | Self::LabelRenamed
            | Self::LabelDeleted
            | Self::ViewAdded
            | Self::ViewSaved
            | Self::ViewDeleted
            | Self::SettingsSaved
            | Self::Undone => Self::Undone,
        }
    }
}

/// What kind of row changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Kind {
    /// A task.
    #[serde(rename = "t")]
    Task,
    /// A list.
    #[serde(rename = "l")]
    List,
    /// A label.
    #[serde(rename = "b")]
    Label,
    /// A saved filter.
    #[serde(rename = "v")]
    View,
    /// What the owner set up.
    #[serde(rename = "s")]
    Settings,
}

/// One row that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Change {
    /// What it is.
    #[serde(rename = "k")]
    pub kind: Kind,
    /// Its id, or the key of a label.
    #[serde(rename = "i")]
    pub id: String,
    /// The fields that changed as they were; none = it was not there.
    #[serde(rename = "b", default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Fields>,
    /// The same fields as they became; none = it is gone.
    #[serde(rename = "a", default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Fields>,
}

impl Change {
    /// Something was made.
    pub fn made(kind: Kind, id: &impl ToString) -> Self {
        Self {
            kind,
            id: id.to_string(),
            before: None,
            after: Some(Fields::new()),
        }
    }

    /// Something is gone for good; what was there is kept where it can be made again.
    pub fn gone(kind: Kind, id: &impl ToString, was: Fields) -> Self {
        Self {
            kind,
            id: id.to_string(),
            before: Some(was),
            after: None,
        }
    }

    /// Fields of something changed.
    pub fn of(kind: Kind, id: &impl ToString, (was, became): (Fields, Fields)) -> Self {
        Self {
            kind,
            id: id.to_string(),
            before: Some(was),
            after: Some(became),
        }
    }

    /// The task that changed.
    pub fn task(&self) -> Option<TaskId> {
        (self.kind == Kind::Task).then(|| TaskId::parse(&self.id))?
    }

    /// The line that the task was made from.
    pub fn line(&self) -> Option<&str> {
        self.after.as_ref()?.get(LINE)?.as_str()
    }

    /// The list that changed.
    pub fn list(&self) -> Option<ListId> {
        (self.kind == Kind::List).then(|| ListId::parse(&self.id))?
    }

    /// The saved filter that changed.
    pub fn view(&self) -> Option<Uuid> {
        (self.kind == Kind::View).then(|| crate::ids::parse_canonical(&self.id))?
    }
}

/// One step of an owner's history.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The owner's change counter at this step; names it.
    pub version: i64,
    /// When.
    pub at: Stamp,
    /// How it came in.
    pub door: Door,
    /// What was done.
    pub deed: Deed,
    /// To what: its title or name, or that of the first of them.
    pub subject: String,
    /// To how many.
    pub count: i64,
    /// The step that this one took back.
    pub undoes: Option<i64>,
    /// The step that took this one back.
    pub undone_by: Option<i64>,
    /// Every row that changed.
    pub changes: Vec<Change>,
}

impl Entry {
    /// The line that the task was made from, if this step made it from one.
    pub fn line_of(&self, task: TaskId) -> Option<&str> {
        let mut changes = self.changes.iter();
        changes.find(|change| change.task() == Some(task))?.line()
    }

    /// Whether it can be taken back at this moment.
    ///
    /// What was removed for good stays so: that is what "for good" means.
    pub fn can_undo(&self, now: Stamp) -> bool {
        let is_young = now.seconds() - self.at.seconds() < KEPT_DAYS * 24 * 3600;
        self.undone_by.is_none()
            && is_young
            && self.deed != Deed::Purged
            && !self.changes.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words_are_read_back() {
        for deed in (0..=60).map(Deed::from_number) {
            assert_eq!(Deed::from_number(deed.number()), deed);
            assert_eq!(Deed::of_word(deed.word()), Some(deed));
        }
        for door in [Door::Page, Door::Api, Door::Server] {
            assert_eq!(Door::from_number(door.number()), door);
        }
    }

    #[test]
    fn a_change_is_stored_in_few_bytes_and_read_back() {
        let made = Change::made(Kind::Task, &"x");
        let text = serde_json::to_string(&made).expect("JSON");
        assert_eq!(text, r#"{"k":"t","i":"x","a":{}}"#);
        assert_eq!(
            serde_json::from_str::<Change>(&text).expect("a change"),
            made
        );
    }
}
