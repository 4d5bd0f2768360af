//! Everything that can be done with saved views; each function is one transaction.

use uuid::Uuid;

use super::{SavedView, VIEWS_MAX, ViewPatch};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::journal::Deed;
use crate::name::Name;
use crate::places::shifted;
use crate::store::Mine;
use crate::tasks::Precondition;
use crate::words::Locale;

/// New views go this far behind the last.
const GAP: i64 = 1 << 16;

/// Saves a filter under a name, behind the others unless its place was said.
pub fn add(
    mine: &mut Mine<'_>,
    (name, query): (Name, String),
    position: Option<i64>,
    now: Stamp,
) -> Result<SavedView> {
    let known = mine.views()?;
    if known.len() >= VIEWS_MAX {
        let sentence = Sentence::told(|say| say.refused_view_limit(VIEWS_MAX));
        return Err(Error::invalid("name", "limit", sentence));
    }
    refuse_taken(&known, &name, None)?;
    let last = known.iter().map(|view| view.position).max().unwrap_or(0);
    let view = SavedView {
        id: new_id(now),
        name,
        query,
        position: position.unwrap_or(last.saturating_add(GAP)),
        version: mine.next_version()?,
        created_at: now,
        updated_at: now,
    };
    mine.insert_view(&view)?;
    mine.tell(Deed::ViewAdded, view.name.as_str(), 1);
    Ok(view)
}

/// Changes what the patch names and leaves the rest.
pub fn edit(
    mine: &mut Mine<'_>,
    id: Uuid,
    (patch, condition): (ViewPatch, &Precondition),
    now: Stamp,
) -> Result<SavedView> {
    let before = mine.view(id)?;
    if !condition.allows(before.version) {
        return Err(Error::Stale);
    }
    let mut after = before.clone();
    if let Some(name) = patch.name {
        refuse_taken(&mine.views()?, &name, Some(id))?;
        after.name = name;
    }
    after.query = patch.query.unwrap_or(after.query);
    after.position = patch.position.unwrap_or(after.position);
    if after == before {
        return Ok(after);
    }
    after.version = mine.next_version()?;
    after.updated_at = now;
    mine.update_view(&before, &after)?;
    mine.tell(Deed::ViewSaved, before.name.as_str(), 1);
    Ok(after)
}

/// Moves a saved view one place up or down among the others.
pub fn shift(mine: &mut Mine<'_>, id: Uuid, up: bool, now: Stamp) -> Result<()> {
    let known = mine.views()?;
    let at = known.iter().position(|view| view.id == id);
    let at = at.ok_or(Error::NotFound)?;
    let places: Vec<i64> = known.iter().map(|view| view.position).collect();
    for (before, position) in known.iter().zip(shifted(&places, at, up)) {
        if before.position != position {
            let after = SavedView {
                position,
                version: mine.next_version()?,
                updated_at: now,
                ..before.clone()
            };
            mine.update_view(before, &after)?;
            if before.id == id {
                mine.tell(Deed::ViewSaved, before.name.as_str(), 1);
            }
        }
    }
    Ok(())
}

/// Forgets a saved view; the tasks that it showed stay.
pub fn delete(mine: &mut Mine<'_>, id: Uuid, condition: &Precondition) -> Result<()> {
    let view = mine.view(id)?;
    if !condition.allows(view.version) {
        return Err(Error::Stale);
    }
    mine.next_version()?;
    mine.remove_view(&view)?;
    mine.tell(Deed::ViewDeleted, view.name.as_str(), 1);
    Ok(())
}

/// Asked before the database is, because there a refusal ends the whole transaction.
fn refuse_taken(known: &[SavedView], name: &Name, own: Option<Uuid>) -> Result<()> {
    let key = name.key();
    let is_taken = known
        .iter()
        .any(|view| Some(view.id) != own && view.name.key() == key);
    if is_taken {
        let sentence = Sentence::Said(Locale::refused_view_name_taken);
        return Err(Error::invalid("name", "taken", sentence));
    }
    Ok(())
}
