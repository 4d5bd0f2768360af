//! What a page says when it has nothing to show.

use crate::tasks::filter::Status;
use crate::web::tasks::place::Place;

/// A heading, and how to fill the page.
pub(super) fn words(
    place: &Place,
    status: Status,
    is_narrowed: bool,
) -> (&'static str, &'static str) {
    if is_narrowed {
        return (
            "Nothing fits",
            "No task is all of what the filter asks for.",
        );
    }
    match (status, place) {
        (Status::Completed, _) => (
            "Nothing completed yet",
            "Tick a task and it comes here. You can reopen it at any time.",
        ),
        (Status::Trashed, _) => (
            "The trash is empty",
            "A deleted task waits here, so that you can restore it.",
        ),
        (Status::All | Status::Any, _) => (
            "No tasks yet",
            "Open and completed tasks appear here together. Add the first one above.",
        ),
        (Status::Open, Place::Today) => (
            "Nothing is due today",
            "Whatever you give today’s date, or an earlier one, shows up here.",
        ),
        (Status::Open, Place::Upcoming) => (
            "Nothing is planned",
            "Tasks with a due date are listed here day by day.",
        ),
        (Status::Open, Place::Inbox) => (
            "The Inbox is empty",
            "What you add without naming a list comes here first.",
        ),
        (Status::Open, Place::Tasks) => (
            "Nothing to do",
            "What you add above stays here until you tick it.",
        ),
        (Status::Open, Place::List(_)) => (
            "Nothing in this list",
            "What you add above goes into this list.",
        ),
        (Status::Open, Place::Label(_)) => (
            "No open task has this label",
            "Write @ and the label’s name when you add a task.",
        ),
        (Status::Open, Place::View(_)) => {
            ("Nothing fits", "No open task is what this view asks for.")
        }
    }
}
