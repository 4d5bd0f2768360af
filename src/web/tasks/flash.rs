//! What just happened, carried by the address that a form leads to.
//!
//! `did=completed-{id}-{version}` names a task and what was done; the words come from the task
//! itself, so a forged address can say nothing but "completed" of one's own tasks. No cookie holds
//! it, so two tabs do not mix theirs up, and each change leads to an address never seen before,
//! which keeps text browsers from showing their copy of an older page.

use crate::tasks::{Task, TaskId};
use crate::web::frame::{Flash, Link, Undo};

/// What was done to a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Made.
    Added,
    /// Changed.
    Saved,
    /// Marked done.
    Completed,
    /// Made open again.
    Reopened,
    /// Moved to the trash.
    Deleted,
    /// Taken out of the trash.
    Restored,
}

impl Deed {
    const ALL: [(Self, &'static str); 6] = [
        (Self::Added, "added"),
        (Self::Saved, "saved"),
        (Self::Completed, "completed"),
        (Self::Reopened, "reopened"),
        (Self::Deleted, "deleted"),
        (Self::Restored, "restored"),
    ];

    fn word(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(deed, _)| *deed == self)
            .map_or("", |(_, word)| word)
    }

    /// The address of the form that takes it back.
    fn undo(self) -> Option<&'static str> {
        match self {
            Self::Added | Self::Restored => Some("delete"),
            Self::Completed => Some("reopen"),
            Self::Reopened => Some("complete"),
            Self::Deleted => Some("restore"),
            Self::Saved => None,
        }
    }
}

/// A deed and the task that it was done to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Did {
    deed: Deed,
    /// The task.
    pub task: TaskId,
}

impl Did {
    /// Reads the parameter; anything else than what we write is no deed.
    pub fn parse(text: &str) -> Option<Self> {
        let (word, rest) = text.split_once('-')?;
        let (id, _version) = rest.rsplit_once('-')?;
        let deed = Deed::ALL.iter().find(|(_, known)| *known == word)?.0;
        Some(Self {
            deed,
            task: TaskId::parse(id)?,
        })
    }

    /// What to say of it, and how to take it back; `here` is where the page without it lies.
    pub fn flash(self, task: &Task, here: &str) -> Flash {
        let verb = match self.deed {
            Deed::Added => "Added",
            Deed::Saved => "Saved",
            Deed::Completed => "Completed",
            Deed::Reopened => "Reopened",
            Deed::Deleted => "Deleted",
            Deed::Restored => "Restored",
        };
        let address = format!("/tasks/{}", task.id);
        let undo = self.deed.undo().map(|action| Undo {
            action: format!("{address}/{action}"),
            label: "Undo",
            next: here.to_owned(),
        });
        let is_elsewhere = here.split('?').next() != Some(address.as_str());
        let link = (is_elsewhere && self.deed != Deed::Deleted).then(|| Link {
            href: address,
            label: "Show".to_owned(),
        });
        Flash {
            verb,
            title: task.title.as_str().to_owned(),
            undo,
            link,
        }
    }
}

/// The address `next`, saying what was done and, where the task is still to be seen, showing it.
pub fn address(next: &str, deed: Deed, task: &Task) -> String {
    let joint = if next.contains('?') { '&' } else { '?' };
    let mut address = format!(
        "{next}{joint}did={}-{}-{}",
        deed.word(),
        task.id,
        task.version
    );
    let is_list = next.split('?').next() == Some(crate::web::next::HOME);
    if is_list && !matches!(deed, Deed::Completed | Deed::Deleted) {
        address.push_str("#task-");
        address.push_str(&task.id.to_string());
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn only_what_we_write_is_read() {
        let id = TaskId::new(Uuid::from_u128(7));
        let did = Did::parse(&format!("completed-{id}-12"));
        assert_eq!(
            did,
            Some(Did {
                deed: Deed::Completed,
                task: id
            })
        );
        for other in [
            "",
            "completed",
            "completed-7-1",
            "hacked-x-1",
            "completed--",
            "-",
        ] {
            assert_eq!(Did::parse(other), None, "{other}");
        }
    }
}
