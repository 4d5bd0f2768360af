//! Ownership as a type: whoever holds a [`Mine`] reaches one owner's rows and no others.

use chrono_tz::Tz;
use diesel::dsl::{Eq, Filter};
use diesel::prelude::*;

use super::connection::Db;
use super::id::Id;
use super::journal::{Counters, Story};
use super::schema::{
    identities, journal, labels, lists, mail_links, personal_tokens, recovery_codes,
    second_factors, sign_ins, task_labels, tasks, views,
};
use super::{FrontDesk, Limits, Standing};
use crate::accounts::Settings;
use crate::error::{Error, Result, Sentence};
use crate::journal::{Change, Kind, Remember as _};
use crate::lists::ListId;

/// An account that was looked up and found in order.
///
/// Only the front desk makes one, so a valid token alone never suffices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UserId(Id);

impl UserId {
    /// For the front desk, after the look-up.
    pub(super) fn looked_up(id: Id) -> Self {
        Self(id)
    }

    /// The owner's rows of a table: the only way to any row of it.
    pub(super) fn rows<T: OwnedTable>(self) -> T::Mine {
        T::mine(self.0)
    }
}

/// Everything that belongs to one person, inside one database job.
pub struct Mine<'c> {
    pub(super) conn: &'c mut Db,
    pub(super) story: Story,
    owner: UserId,
    standing: &'c Standing,
    /// As this job left it.
    settings: Option<Settings>,
    limits: Limits,
    /// What the owner's counters are after this job, once it changed something.
    counters: Option<Counters>,
}

/// A table whose every row has exactly one owner.
pub(super) trait OwnedTable {
    /// The rows of one owner.
    type Mine;

    /// Narrows the table to the owner's rows.
    fn mine(owner: Id) -> Self::Mine;
}

macro_rules! owned {
    ($($table:ident),+ $(,)?) => {
        /// The names of these tables.
        pub(super) const OWNED_TABLES: &[&str] = &[$(stringify!($table)),+];

        $(impl OwnedTable for $table::table {
            type Mine = Filter<$table::table, Eq<$table::user_id, Id>>;

            fn mine(owner: Id) -> Self::Mine {
                $table::table.filter($table::user_id.eq(owner))
            }
        })+
    };
}

owned!(
    lists,
    tasks,
    labels,
    task_labels,
    views,
    journal,
    personal_tokens,
    second_factors,
    recovery_codes,
    sign_ins,
    identities,
    mail_links,
);

impl<'c> Mine<'c> {
    pub(super) fn new(
        conn: &'c mut Db,
        (owner, standing): (UserId, &'c Standing),
        limits: Limits,
    ) -> Self {
        Self {
            conn,
            story: Story::default(),
            owner,
            standing,
            settings: None,
            limits,
            counters: None,
        }
    }

    /// What the owner may have.
    pub fn limits(&self) -> Limits {
        self.limits
    }

    /// The owner's rows of a table.
    pub(super) fn rows<T: OwnedTable>(&self) -> T::Mine {
        self.owner.rows::<T>()
    }

    /// What an inserted row says of its owner.
    pub(super) fn owner(&self) -> Id {
        self.owner.0
    }

    /// For queries that are built before the connection is at hand.
    pub(super) fn user_id(&self) -> UserId {
        self.owner
    }

    /// How the account stood when it was looked up: whatever this job reads is at least as new.
    pub fn standing(&self) -> &'c Standing {
        self.standing
    }

    /// The list that takes the tasks which name no other.
    pub fn inbox(&self) -> ListId {
        self.standing.inbox
    }

    /// Where the owner's days begin and end.
    pub fn zone(&self) -> Tz {
        self.settings().time_zone
    }

    /// What the owner set up.
    pub fn settings(&self) -> &Settings {
        self.settings.as_ref().unwrap_or(&self.standing.settings)
    }

    /// Sets something else up. What depends on it is for the caller to change.
    pub fn save_settings(&mut self, after: &Settings) -> Result<()> {
        let difference = self.settings().difference(after);
        let owner = self.owner();
        FrontDesk::new(self.conn).save_settings(owner, after)?;
        self.record(Change::of(Kind::Settings, &owner.0, difference));
        self.settings = Some(after.clone());
        Ok(())
    }

    /// Whether this job changed the account's own row.
    pub(super) fn is_account_changed(&self) -> bool {
        self.settings.is_some()
    }

    /// The change counter for what this job changes: one number a job, moved on at first need.
    pub fn next_version(&mut self) -> Result<i64> {
        self.next_version_with_tasks(0)
    }

    /// Like [`Mine::next_version`], and notes that so many tasks come (or, negative, go).
    ///
    /// Fails with [`Error::Invalid`] when they would be more than the limit allows.
    pub fn next_version_with_tasks(&mut self, more: i64) -> Result<i64> {
        let before = match self.counters {
            Some(counters) => counters,
            None => self.last_counters()?.next(),
        };
        let tasks = before.tasks + more;
        if more > 0 && tasks > self.limits.tasks {
            let limit = self.limits.tasks;
            let sentence = Sentence::told(move |say| say.refused_task_limit(limit));
            return Err(Error::invalid("title", "limit", sentence));
        }
        self.counters = Some(Counters { tasks, ..before });
        Ok(before.version)
    }

    /// The counters after this job, if it changed anything.
    pub(super) fn counters(&self) -> Option<Counters> {
        self.counters
    }
}
