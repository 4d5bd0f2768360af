//! The history in words.

use crate::journal::{Deed, Entry};

/// What was done, as people say it: `Completed “Buy milk”`, `Deleted “Buy milk” and 2 more`.
pub fn sentence(entry: &Entry) -> String {
    let verb = verb(entry.deed);
    if entry.subject.is_empty() {
        return format!("{verb}{}", rest(entry));
    }
    format!("{verb} “{}”{}", entry.subject, rest(entry))
}

/// What follows the first thing that it was done to.
pub fn rest(entry: &Entry) -> String {
    match (entry.subject.is_empty(), entry.count) {
        (true, count) => format!(" {count} things"),
        (false, ..=1) => String::new(),
        (false, count) => format!(" and {} more", count - 1),
    }
}

/// The deed alone.
pub const fn verb(deed: Deed) -> &'static str {
    match deed {
        Deed::Changed => "Changed",
        Deed::Added => "Added",
        Deed::Saved => "Saved",
        Deed::Completed => "Completed",
        Deed::Reopened => "Reopened",
        Deed::Deleted => "Deleted",
        Deed::Restored => "Restored",
        Deed::Purged => "Deleted for good",
        Deed::Moved => "Moved",
        Deed::Skipped => "Skipped",
        Deed::Duplicated => "Duplicated",
        Deed::ExamplesLaidOut => "Added the examples",
        Deed::ListAdded => "Made the list",
        Deed::ListSaved => "Changed the list",
        Deed::ListArchived => "Put away the list",
        Deed::ListDeleted => "Deleted the list",
        Deed::LabelRenamed => "Renamed the label",
        Deed::LabelDeleted => "Deleted the label",
        Deed::ViewAdded => "Saved the view",
        Deed::ViewSaved => "Changed the view",
        Deed::ViewDeleted => "Deleted the view",
        Deed::SettingsSaved => "Changed the settings",
        Deed::Undone => "Took back a change of",
    }
}
