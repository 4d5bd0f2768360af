//! What a new account finds: a few tasks to try things on.

use super::insert;
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::journal::Deed;
use crate::store::Mine;
use crate::tasks::{NewTask, Notes, TaskPatch, Title};
use crate::words::Locale;

/// Puts the examples into the Inbox, as one step of the history that can be taken back.
pub fn lay_out_examples(mine: &mut Mine<'_>, say: Locale, now: Stamp) -> Result<()> {
    let today = now.day_in(mine.zone());
    let examples = [
        (say.example_tick(), "", Some(today)),
        (say.example_quick_add(), say.example_quick_add_notes(), None),
        (say.example_open(), say.example_open_notes(), None),
    ];
    // Each goes on top of those before.
    for (title, notes, due) in examples.into_iter().rev() {
        let mut errors = FieldErrors::default();
        let title = errors.take(Title::parse(title));
        let notes = errors.take(Notes::parse(notes));
        let (Some(title), Some(notes)) = (title, notes) else {
            return Err(Error::Invalid(errors));
        };
        let rest = TaskPatch {
            notes: Some(notes),
            due_on: Some(due),
            ..TaskPatch::default()
        };
        insert(mine, NewTask { title, rest }, now)?;
    }
    mine.tell(Deed::ExamplesLaidOut, say.example_tick(), examples.len());
    Ok(())
}
