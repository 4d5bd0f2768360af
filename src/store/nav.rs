//! What the navigation shows: lists, labels and saved views with the numbers of their tasks.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::NaiveDate;
use diesel::dsl::{count_star, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::connection::{Db, on_each_backend};
use super::id::Id;
use super::mine::Mine;
use super::schema::{journal, tasks};
use crate::clock::Stamp;
use crate::error::Result;
use crate::journal::{Change, Deed};
use crate::labels::Label;
use crate::lists::{List, ListId};
use crate::tasks::TaskId;
use crate::tasks::due::first_key;
use crate::views::SavedView;

/// What the navigation shows of one owner.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    /// Every list in order, with the number of its open tasks, not counting steps.
    pub lists: Vec<(List, i64)>,
    /// Every label in order, with the number of its open tasks.
    pub labels: Vec<(Label, i64)>,
    /// Every saved view in order.
    pub views: Vec<SavedView>,
    /// Open tasks, not counting steps.
    pub open: i64,
    /// Open tasks that are due today or were before.
    pub today: i64,
    /// Open tasks that have a due date.
    pub dated: i64,
    /// Whether any task has steps.
    pub has_steps: bool,
    /// Steps of open tasks.
    pub open_steps: i64,
    /// The step of the history that laid out the examples, as long as one of them is as it was.
    pub examples: Option<i64>,
}

impl Nav {
    /// The list with this id.
    pub fn list(&self, id: ListId) -> Option<&List> {
        let found = self.lists.iter().find(|(list, _)| list.id == id);
        found.map(|(list, _)| list)
    }
}

/// Navigations by account, each as of one number of its owner's change counter: counting ten
/// thousand tasks for every page would cost more than the page.
#[derive(Default)]
pub struct Navs(Mutex<HashMap<Uuid, Kept>>);

struct Kept {
    version: i64,
    day: NaiveDate,
    nav: Arc<Nav>,
}

/// Planning anew takes PostgreSQL as long as reading so many steps.
const MANY_STEPS: i64 = 500;

/// Accounts kept before all are forgotten; about 4 KiB each.
const KEPT: usize = 4_096;

impl Navs {
    fn get(&self, account: Uuid, version: i64, day: NaiveDate) -> Option<Arc<Nav>> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let found = kept.get(&account)?;
        (found.version == version && found.day == day).then(|| Arc::clone(&found.nav))
    }

    fn put(&self, account: Uuid, kept: Kept) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert(account, kept);
    }
}

impl Mine<'_> {
    /// What the navigation shows at this moment, counted anew only after a change.
    pub fn nav(&mut self, navs: &Navs, at: Stamp) -> Result<Arc<Nav>> {
        let day = at.day_in(self.zone());
        let (account, version) = (self.owner().0, self.standing().version);
        if let Some(nav) = navs.get(account, version, day) {
            return Ok(nav);
        }
        let nav = Arc::new(self.count_nav(day)?);
        let kept = Kept {
            version,
            day,
            nav: Arc::clone(&nav),
        };
        navs.put(account, kept);
        Ok(nav)
    }

    fn count_nav(&mut self, day: NaiveDate) -> Result<Nav> {
        let counts: Vec<(Id, i64)> = self
            .rows::<tasks::table>()
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null())
            .group_by(tasks::list_id)
            .select((tasks::list_id, count_star()))
            .load(self.conn)?;
        let mut counts: HashMap<Uuid, i64> = counts.into_iter().map(|(id, n)| (id.0, n)).collect();
        // Taken off afterwards: the index that counts all of them does not know which are steps. A
        // lower bound, which every id is above, leads SQLite to the index of steps.
        let first = Id(Uuid::nil());
        let steps: Vec<(Id, i64)> = self
            .rows::<tasks::table>()
            .filter(tasks::parent_id.ge(first))
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null())
            .group_by(tasks::list_id)
            .select((tasks::list_id, count_star()))
            .load(self.conn)?;
        let open_steps = steps.iter().map(|(_, count)| count).sum();
        for (list, steps) in steps {
            if let Some(count) = counts.get_mut(&list.0) {
                *count -= steps;
            }
        }
        let open = counts.values().sum();
        let count = |list: &List| counts.get(&list.id.uuid()).copied().unwrap_or(0);
        let lists = self.lists()?;
        let by_today = first_key(day.succ_opt().unwrap_or(day));
        let dated = self
            .rows::<tasks::table>()
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null())
            .filter(tasks::due_on.is_not_null());
        let started = tasks::start_on.is_null().or(tasks::start_on.le(day));
        let today = dated
            .filter(tasks::due_key.lt(by_today))
            .filter(started)
            .select(count_star())
            .first(self.conn)?;
        let dated = dated
            .filter(tasks::due_key.ge(0))
            .select(count_star())
            .first(self.conn)?;
        Ok(Nav {
            lists: lists
                .into_iter()
                .map(|list| (list.clone(), count(&list)))
                .collect(),
            labels: self.labels_with_counts()?,
            views: self.views()?,
            open,
            today,
            dated,
            has_steps: self.has_steps()?,
            open_steps,
            examples: self.untouched_examples()?,
        })
    }

    fn has_steps(&mut self) -> Result<bool> {
        // A lower bound, which every id is above, leads SQLite to the index of steps.
        let steps = self
            .rows::<tasks::table>()
            .filter(tasks::parent_id.ge(Id(Uuid::nil())));
        Ok(diesel::select(diesel::dsl::exists(steps)).get_result(self.conn)?)
    }

    /// Examples are laid out before anything else is done, so only the first entry can tell of them.
    fn untouched_examples(&mut self) -> Result<Option<i64>> {
        let first = self
            .rows::<journal::table>()
            .order(journal::version.asc())
            .select((journal::version, journal::deed, journal::undone_by));
        // What the entry holds may be long, and is read only where it tells of examples.
        let first: Option<(i64, i16, Option<i64>)> =
            on_each_backend!(self.conn, |conn| first.first(conn)).optional()?;
        let is_of_examples = |deed| Deed::from_number(deed) == Deed::ExamplesLaidOut;
        let first = match first {
            Some((version, deed, None)) if is_of_examples(deed) => self.entry(version)?,
            _ => return Ok(None),
        };
        let made = first.changes.iter().filter_map(Change::task);
        let made: Vec<Id> = made.map(|task| Id(task.uuid())).collect();
        let is_untouched = diesel::select(diesel::dsl::exists(
            self.rows::<tasks::table>()
                .filter(tasks::id.eq_any(made))
                .filter(tasks::version.le(first.version)),
        ))
        .get_result::<bool>(self.conn)?;
        Ok(is_untouched.then_some(first.version))
    }

    /// How many steps of each of these tasks are done, and how many there are, for somebody with so
    /// many steps in all.
    pub fn progress(&mut self, ids: &[TaskId], steps: i64) -> Result<HashMap<TaskId, (i64, i64)>> {
        let ids: Vec<Id> = ids.iter().map(|id| Id(id.uuid())).collect();
        let of_tasks = self
            .rows::<tasks::table>()
            .filter(tasks::parent_id.eq_any(ids))
            .filter(tasks::deleted_at.is_null());
        let counts = (
            tasks::parent_id,
            diesel::dsl::count(tasks::completed_at),
            count_star(),
        );
        let rows: Vec<(Option<Id>, i64, i64)> = match self.conn {
            // A kept plan is made for the few steps that most people have, and reads all of one's
            // own. A literal keeps the statement from being kept.
            Db::Postgres(conn) if steps > MANY_STEPS => of_tasks
                .filter(sql::<Bool>("TRUE"))
                .group_by(tasks::parent_id)
                .select(counts)
                .load(conn)?,
            Db::Postgres(_) | Db::Sqlite(_) => of_tasks
                .group_by(tasks::parent_id)
                .select(counts)
                .load(self.conn)?,
        };
        let progress =
            |(id, done, all): (Option<Id>, i64, i64)| Some((TaskId::new(id?.0), (done, all)));
        Ok(rows.into_iter().filter_map(progress).collect())
    }
}
