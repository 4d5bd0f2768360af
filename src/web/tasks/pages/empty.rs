//! What a page says when it has nothing to show.

use crate::tasks::filter::Status;
use crate::web::tasks::place::Place;
use crate::words::Locale;

/// A heading, and how to fill the page.
pub(super) fn words(
    place: &Place,
    (status, is_narrowed): (Status, bool),
    say: Locale,
) -> (&'static str, &'static str) {
    if is_narrowed {
        return (say.empty_filtered(), say.empty_filtered_why());
    }
    match (status, place) {
        (Status::Completed, _) => (say.empty_completed(), say.empty_completed_why()),
        (Status::Trashed, _) => (say.empty_trash(), say.empty_trash_why()),
        (Status::All | Status::Any, _) => (say.empty_all(), say.empty_all_why()),
        (Status::Open, Place::Today) => (say.empty_today(), say.empty_today_why()),
        (Status::Open, Place::Upcoming) => (say.empty_upcoming(), say.empty_upcoming_why()),
        (Status::Open, Place::Inbox) => (say.empty_inbox(), say.empty_inbox_why()),
        (Status::Open, Place::Tasks) => (say.empty_open(), say.empty_open_why()),
        (Status::Open, Place::List(_)) => (say.empty_list(), say.empty_list_why()),
        (Status::Open, Place::Label(_)) => (say.empty_label(), say.empty_label_why()),
        (Status::Open, Place::View(_)) => (say.empty_view(), say.empty_view_why()),
    }
}
