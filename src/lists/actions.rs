//! Everything that can be done with lists; each function is one transaction.

use super::{Leftovers, List, ListId, ListPatch};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::journal::Deed;
use crate::name::Name;
use crate::places::shifted;
use crate::store::Mine;
use crate::tasks::Precondition;
use crate::tasks::filter::{ListChoice, Scope, Status};
use crate::words::Locale;

/// New lists go this far behind the last.
const GAP: i64 = 1 << 16;

/// Makes a list, behind the others unless its place was said.
pub fn add(mine: &mut Mine<'_>, name: Name, rest: &ListPatch, now: Stamp) -> Result<List> {
    let known = mine.lists()?;
    let limit = mine.limits().lists;
    if i64::try_from(known.len()).is_ok_and(|count| count >= limit) {
        let sentence = Sentence::told(move |say| say.refused_list_limit(limit));
        return Err(Error::invalid("name", "limit", sentence));
    }
    refuse_taken(&known, &name, None)?;
    let end = known.iter().map(|list| list.position).max().unwrap_or(0);
    let list = List {
        id: ListId::new(new_id(now)),
        name,
        color: rest.color.unwrap_or_default(),
        is_inbox: false,
        position: rest.position.unwrap_or(end.saturating_add(GAP)),
        archived_at: rest.archived.unwrap_or(false).then_some(now),
        version: mine.next_version()?,
        created_at: now,
        updated_at: now,
    };
    mine.insert_list(&list)?;
    mine.tell(Deed::ListAdded, list.name.as_str(), 1);
    Ok(list)
}

/// Changes what the patch names and leaves the rest; the Inbox keeps its name and cannot be put
/// away.
pub fn edit(
    mine: &mut Mine<'_>,
    id: ListId,
    (patch, condition): (ListPatch, &Precondition),
    now: Stamp,
) -> Result<List> {
    let known = mine.lists()?;
    let before = find(&known, id)?;
    if !condition.allows(before.version) {
        return Err(Error::Stale);
    }
    let mut after = before.clone();
    if let Some(name) = patch.name {
        if before.is_inbox && name.as_str() != before.name.as_str() {
            return Err(stays("name"));
        }
        refuse_taken(&known, &name, Some(id))?;
        after.name = name;
    }
    if let Some(archived) = patch.archived {
        if before.is_inbox && archived {
            return Err(stays("archived"));
        }
        after.archived_at = archived.then(|| before.archived_at.unwrap_or(now));
    }
    after.color = patch.color.unwrap_or(after.color);
    after.position = patch.position.unwrap_or(after.position);
    if after == *before {
        return Ok(after);
    }
    after.version = mine.next_version()?;
    after.updated_at = now;
    mine.update_list(before, &after)?;
    let put_away = before.archived_at.is_none() && after.archived_at.is_some();
    let deed = if put_away {
        Deed::ListArchived
    } else {
        Deed::ListSaved
    };
    mine.tell(deed, before.name.as_str(), 1);
    Ok(after)
}

/// Moves a list one place up or down among the others; the Inbox stays first.
pub fn shift(mine: &mut Mine<'_>, id: ListId, up: bool, now: Stamp) -> Result<()> {
    let mut known = mine.lists()?;
    known.retain(|list| !list.is_inbox);
    let at = known.iter().position(|list| list.id == id);
    let at = at.ok_or(Error::NotFound)?;
    let places: Vec<i64> = known.iter().map(|list| list.position).collect();
    for (before, position) in known.iter().zip(shifted(&places, at, up)) {
        if before.position != position {
            let after = List {
                position,
                version: mine.next_version()?,
                updated_at: now,
                ..before.clone()
            };
            mine.update_list(before, &after)?;
            if before.id == id {
                mine.tell(Deed::ListSaved, before.name.as_str(), 1);
            }
        }
    }
    Ok(())
}

/// Deletes a list; its tasks go where the choice says, and those in the trash to the Inbox.
pub fn delete(
    mine: &mut Mine<'_>,
    id: ListId,
    (leftovers, condition): (Leftovers, &Precondition),
    now: Stamp,
) -> Result<()> {
    let list = mine.list(id)?;
    if !condition.allows(list.version) {
        return Err(Error::Stale);
    }
    if list.is_inbox {
        return Err(stays("id"));
    }
    let version = mine.next_version()?;
    let mut scope = Scope::of(Status::Any);
    scope.list = Some(ListChoice::Is(id));
    let inbox = mine.inbox();
    let tasks = mine.all_tasks(&scope, (None, i64::MAX), now)?;
    for before in tasks {
        let mut after = before.clone();
        after.list_id = inbox;
        if leftovers == Leftovers::Trash {
            after.deleted_at = before.deleted_at.or(Some(now));
        }
        (after.version, after.updated_at) = (version, now);
        mine.update_task(&before, &after)?;
    }
    mine.remove_list(&list)?;
    mine.tell(Deed::ListDeleted, list.name.as_str(), 1);
    Ok(())
}

fn find(known: &[List], id: ListId) -> Result<&List> {
    known
        .iter()
        .find(|list| list.id == id)
        .ok_or(Error::NotFound)
}

/// Asked before the database is, because there a refusal ends the whole transaction.
fn refuse_taken(known: &[List], name: &Name, own: Option<ListId>) -> Result<()> {
    let key = name.key();
    let is_taken = known
        .iter()
        .any(|list| Some(list.id) != own && list.name.key() == key);
    if is_taken {
        let sentence = Sentence::Said(Locale::refused_list_name_taken);
        return Err(Error::invalid("name", "taken", sentence));
    }
    Ok(())
}

fn stays(field: &'static str) -> Error {
    Error::Conflict {
        field,
        sentence: Sentence::Said(Locale::refused_inbox_stays),
    }
}
