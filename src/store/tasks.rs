//! Tasks of one owner: one method, one statement or two.

use diesel::dsl::min;
use diesel::prelude::*;

use super::connection::on_each_backend;
use super::id::Id;
use super::mine::Mine;
use super::schema::{labels, task_labels, tasks};
use super::task_row::Changeable;
use crate::error::{Error, Result, Sentence};
use crate::journal::{Change, Fields, Kind, Remember as _};
use crate::lists::ListId;
use crate::tasks::{Task, TaskId};

/// The place of the row right behind (or before) a place, in the order of the rows.
macro_rules! next_place {
    ($conn:expr, $rows:expr, $at:expr, $behind:expr) => {{
        let (position, id) = $at;
        if $behind {
            let beyond = tasks::position.eq(position).and(tasks::id.gt(id));
            $rows
                .filter(tasks::position.gt(position).or(beyond))
                .order((tasks::position.asc(), tasks::id.asc()))
                .select(tasks::position)
                .first::<i64>($conn)
        } else {
            let beyond = tasks::position.eq(position).and(tasks::id.lt(id));
            $rows
                .filter(tasks::position.lt(position).or(beyond))
                .order((tasks::position.desc(), tasks::id.desc()))
                .select(tasks::position)
                .first::<i64>($conn)
        }
    }};
}

impl Mine<'_> {
    /// The task, wherever it lies; another owner's is [`Error::NotFound`].
    pub fn task(&mut self, id: TaskId) -> Result<Task> {
        let row = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(id.uuid())));
        Ok(on_each_backend!(self.conn, |conn| {
            row.select(Task::as_select()).first(conn)
        })?)
    }

    /// The steps of a task that are not in the trash, in order.
    pub fn steps(&mut self, parent: TaskId) -> Result<Vec<Task>> {
        let steps = self
            .rows::<tasks::table>()
            .filter(tasks::parent_id.eq(Id(parent.uuid())))
            .filter(tasks::deleted_at.is_null())
            .order((tasks::position, tasks::id));
        Ok(on_each_backend!(self.conn, |conn| {
            steps.select(Task::as_select()).load(conn)
        })?)
    }

    /// The steps of a task that are in the trash.
    pub fn trashed_steps(&mut self, parent: TaskId) -> Result<Vec<Task>> {
        Ok(self
            .rows::<tasks::table>()
            .filter(tasks::parent_id.eq(Id(parent.uuid())))
            .filter(tasks::deleted_at.is_not_null())
            .select(Task::as_select())
            .load(self.conn)?)
    }

    /// The lowest place that an open task of a list has.
    pub fn first_position(&mut self, list: ListId) -> Result<Option<i64>> {
        let first = self
            .rows::<tasks::table>()
            .filter(tasks::list_id.eq(Id(list.uuid())))
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null())
            .select(min(tasks::position));
        Ok(on_each_backend!(self.conn, |conn| first.first(conn))?)
    }

    /// The place of the open task right behind (or before) this one, among those of its list and,
    /// a step, of its task.
    pub fn neighbour(&mut self, task: &Task, behind: bool) -> Result<Option<i64>> {
        let rows = self
            .rows::<tasks::table>()
            .filter(tasks::list_id.eq(Id(task.list_id.uuid())))
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null());
        let at = (task.position, Id(task.id.uuid()));
        let place = if let Some(parent) = task.parent_id {
            let steps = rows.filter(tasks::parent_id.eq(Id(parent.uuid())));
            next_place!(self.conn, steps, at, behind)
        } else {
            let own = rows.filter(tasks::parent_id.is_null());
            next_place!(self.conn, own, at, behind)
        };
        Ok(place.optional()?)
    }

    /// The open tasks beside this one, itself included, in order: those of its list or, a step, of
    /// its task.
    pub fn siblings(&mut self, task: &Task) -> Result<Vec<Task>> {
        let mut beside = match task.parent_id {
            Some(parent) => self.steps(parent)?,
            None => self.in_order(task.list_id)?,
        };
        beside.retain(|other| !other.is_completed() && other.parent_id == task.parent_id);
        Ok(beside)
    }

    /// Every task of a list that is not in the trash, in order.
    pub fn in_order(&mut self, list: ListId) -> Result<Vec<Task>> {
        Ok(self
            .rows::<tasks::table>()
            .filter(tasks::list_id.eq(Id(list.uuid())))
            .filter(tasks::deleted_at.is_null())
            .order((tasks::position.asc(), tasks::id.asc()))
            .select(Task::as_select())
            .load(self.conn)?)
    }

    /// Every task that is due at a time of the day.
    pub fn timed_tasks(&mut self) -> Result<Vec<Task>> {
        Ok(self
            .rows::<tasks::table>()
            .filter(tasks::due_minute.is_not_null())
            .select(Task::as_select())
            .load(self.conn)?)
    }

    /// Writes a new task.
    pub fn insert_task(&mut self, task: &Task) -> Result<()> {
        let insert = diesel::insert_into(tasks::table).values((
            tasks::user_id.eq(self.owner()),
            tasks::id.eq(Id(task.id.uuid())),
            tasks::created_at.eq(task.created_at.micros()),
            Changeable::of(task, self.zone()),
        ));
        on_each_backend!(self.conn, |conn| insert.execute(conn))?;
        if !task.labels.is_empty() {
            self.put_labels(task)?;
        }
        self.record(Change::made(Kind::Task, &task.id));
        Ok(())
    }

    /// Writes everything about a task that can change.
    pub fn update_task(&mut self, before: &Task, after: &Task) -> Result<()> {
        let target = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(after.id.uuid())));
        let updated = diesel::update(target)
            .set(Changeable::of(after, self.zone()))
            .execute(self.conn)?;
        if updated == 0 {
            return Err(Error::NotFound);
        }
        let links = self
            .rows::<task_labels::table>()
            .filter(task_labels::task_id.eq(Id(after.id.uuid())));
        if before.labels != after.labels {
            diesel::delete(links).execute(self.conn)?;
            self.put_labels(after)?;
        } else if before.is_open() != after.is_open() && !after.labels.is_empty() {
            diesel::update(links)
                .set(task_labels::is_open.eq(after.is_open()))
                .execute(self.conn)?;
        }
        self.record(Change::of(Kind::Task, &after.id, before.difference(after)));
        Ok(())
    }

    /// Removes the row, and those of its steps.
    pub fn remove_task(&mut self, id: TaskId) -> Result<()> {
        let target = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(id.uuid())));
        if diesel::delete(target).execute(self.conn)? == 0 {
            return Err(Error::NotFound);
        }
        self.record(Change::gone(Kind::Task, &id, Fields::new()));
        Ok(())
    }

    /// Notes which labels a task has, and makes those that are new.
    fn put_labels(&mut self, task: &Task) -> Result<()> {
        let mut made = Vec::new();
        for label in task.labels.all() {
            let key = label.key();
            let new = (
                labels::user_id.eq(self.owner()),
                labels::key.eq(&key),
                labels::name.eq(label.as_str()),
                labels::created_at.eq(task.updated_at.micros()),
            );
            let link = (
                task_labels::user_id.eq(self.owner()),
                task_labels::label_key.eq(&key),
                task_labels::task_id.eq(Id(task.id.uuid())),
                task_labels::is_open.eq(task.is_open()),
            );
            let inserted = on_each_backend!(self.conn, |conn| {
                let inserted = diesel::insert_into(labels::table)
                    .values(new)
                    .on_conflict_do_nothing()
                    .execute(conn)?;
                diesel::insert_into(task_labels::table)
                    .values(link)
                    .execute(conn)?;
                inserted
            });
            if inserted > 0 {
                made.push(key);
            }
        }
        let limit = self.limits().labels;
        if !made.is_empty() && self.count_labels()? > limit {
            let sentence = Sentence::told(move |say| say.refused_label_limit(limit));
            return Err(Error::invalid("labels", "limit", sentence));
        }
        for key in made {
            self.record(Change::made(Kind::Label, &key));
        }
        Ok(())
    }
}
