//! Everything that can be done with labels; each function is one transaction.

use super::Label;
use crate::clock::Stamp;
use crate::error::Result;
use crate::journal::Deed;
use crate::name::Name;
use crate::store::Mine;
use crate::tasks::Task;
use crate::tasks::filter::{Scope, Status};

/// Gives a label another name; a name that another label has merges the two.
pub fn rename(mine: &mut Mine<'_>, key: &str, name: &Name, now: Stamp) -> Result<Label> {
    let label = mine.label(key)?;
    if label.name == *name {
        return Ok(label);
    }
    let version = mine.next_version()?;
    let merged = label.name.key() != name.key();
    let tasks = with_label(mine, key, now)?;
    let known = merged.then(|| mine.label(&name.key()).ok()).flatten();
    // Merged labels keep the spelling of the one that stays.
    let name = known.as_ref().map_or(name, |known| &known.name).clone();
    if merged && known.is_none() {
        mine.insert_label(&Label {
            name: name.clone(),
            created_at: label.created_at,
        })?;
    } else if !merged {
        mine.respell_label(&label, &name)?;
    }
    for before in &tasks {
        let mut after = before.clone();
        after.labels.replace(key, &name);
        (after.version, after.updated_at) = (version, now);
        mine.update_task(before, &after)?;
    }
    if merged {
        mine.remove_label(&label)?;
    }
    mine.tell(Deed::LabelRenamed, label.name.as_str(), 1);
    mine.label(&name.key())
}

/// Takes a label off every task and forgets it.
pub fn delete(mine: &mut Mine<'_>, key: &str, now: Stamp) -> Result<()> {
    let label = mine.label(key)?;
    let version = mine.next_version()?;
    for before in with_label(mine, key, now)? {
        let mut after = before.clone();
        after.labels.remove(key);
        (after.version, after.updated_at) = (version, now);
        mine.update_task(&before, &after)?;
    }
    mine.remove_label(&label)?;
    mine.tell(Deed::LabelDeleted, label.name.as_str(), 1);
    Ok(())
}

/// Every task that has it, those in the trash included.
fn with_label(mine: &mut Mine<'_>, key: &str, now: Stamp) -> Result<Vec<Task>> {
    let mut scope = Scope::of(Status::Any);
    scope.labels = vec![key.to_owned()];
    mine.all_tasks(&scope, (None, i64::MAX), now)
}
