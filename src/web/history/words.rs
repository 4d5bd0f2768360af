//! The history in words.

use crate::journal::{Deed, Entry, Kind};
use crate::web::markup::Html;
use crate::words::Locale;

/// What was done, as people say it: `Completed “Buy milk”`, `Deleted “Buy milk” and 2 more`.
pub fn sentence(entry: &Entry, say: Locale) -> String {
    let subject = subject(entry, say);
    if subject.is_empty() {
        return did(entry.deed, say.what_many(entry.count), say);
    }
    let what = match entry.count {
        ..=1 => say.what_one(subject),
        count => say.what_more(subject, count - 1),
    };
    did(entry.deed, what, say)
}

/// The same for a page, with the title in its own direction.
pub fn html(entry: &Entry, say: Locale) -> Html {
    let subject = subject(entry, say);
    if subject.is_empty() {
        return Html::text(&sentence(entry, say));
    }
    let title = Html::element("bdi", &subject);
    Html::sentence([&title], |[title]| {
        let what = match entry.count {
            ..=1 => say.what_one(title),
            count => say.what_more(title, count - 1),
        };
        did(entry.deed, what, say)
    })
}

/// The same for those who hear it, without marks around the title.
pub fn plain(entry: &Entry, say: Locale) -> String {
    match subject(entry, say) {
        none if none.is_empty() => sentence(entry, say),
        title => did(entry.deed, title, say),
    }
}

/// To what it was done; settings are stored by the words for programs.
fn subject(entry: &Entry, say: Locale) -> String {
    let is_settings = entry
        .changes
        .iter()
        .any(|change| change.kind == Kind::Settings);
    if !is_settings {
        return entry.subject.clone();
    }
    let settings = entry.subject.split(", ");
    let said: Vec<_> = settings.map(|setting| say.what_setting(setting)).collect();
    said.join(", ")
}

fn did(deed: Deed, what: impl std::fmt::Display, say: Locale) -> String {
    match deed {
        Deed::Changed => say.did_changed(what),
        Deed::Added => say.did_added(what),
        Deed::Saved => say.did_saved(what),
        Deed::Completed => say.did_completed(what),
        Deed::Reopened => say.did_reopened(what),
        Deed::Deleted => say.did_deleted(what),
        Deed::Restored => say.did_restored(what),
        Deed::Purged => say.did_purged(what),
        Deed::Moved => say.did_moved(what),
        Deed::Skipped => say.did_skipped(what),
        Deed::Duplicated => say.did_duplicated(what),
        Deed::ExamplesLaidOut => say.did_examples_laid_out(what),
        Deed::ListAdded => say.did_list_added(what),
        Deed::ListSaved => say.did_list_saved(what),
        Deed::ListArchived => say.did_list_archived(what),
        Deed::ListDeleted => say.did_list_deleted(what),
        Deed::LabelRenamed => say.did_label_renamed(what),
        Deed::LabelDeleted => say.did_label_deleted(what),
        Deed::ViewAdded => say.did_view_added(what),
        Deed::ViewSaved => say.did_view_saved(what),
        Deed::ViewDeleted => say.did_view_deleted(what),
        Deed::SettingsSaved => say.did_settings_saved(what),
        Deed::Undone => say.did_undone(what),
    }
}
