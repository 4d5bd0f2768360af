//! Tasks of one owner: one method, one statement.

use chrono::NaiveDate;
use diesel::dsl::min;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sqlite::Sqlite;

use super::connection::{Db, on_each_backend};
use super::id::Id;
use super::mine::Mine;
use super::schema::tasks;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::lists::ListId;
use crate::tasks::filter::{Cursor, Filter, Page, Sort, SortKey, Status};
use crate::tasks::{Notes, Priority, Task, TaskId, Title};

/// A row as Diesel reads it; its fields are in the order of the select.
#[derive(Queryable, Selectable)]
#[diesel(table_name = tasks)]
struct TaskRow {
    id: Id,
    list_id: Id,
    title: String,
    notes: String,
    position: i64,
    priority: i16,
    due_on: Option<NaiveDate>,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
    version: i64,
    created_at: i64,
    updated_at: i64,
}

impl From<TaskRow> for Task {
    fn from(row: TaskRow) -> Self {
        Self {
            id: TaskId::new(row.id.0),
            list_id: ListId::new(row.list_id.0),
            title: Title::stored(row.title),
            notes: Notes::stored(row.notes),
            position: row.position,
            // The table's own check keeps other numbers out.
            priority: Priority::from_number(row.priority.into()).unwrap_or_default(),
            due_on: row.due_on,
            completed_at: row.completed_at.map(Stamp::from_micros),
            deleted_at: row.deleted_at.map(Stamp::from_micros),
            version: row.version,
            created_at: Stamp::from_micros(row.created_at),
            updated_at: Stamp::from_micros(row.updated_at),
        }
    }
}

/// The tasks of a status. The conditions are spelled as the partial indexes are, so that the engines
/// recognise them.
macro_rules! of_status {
    ($engine:ty, $rows:expr, $status:expr) => {{
        let rows = $rows.into_boxed::<$engine>();
        let live = tasks::deleted_at.is_null();
        match $status {
            Status::Open => rows.filter(live.and(tasks::completed_at.is_null())),
            Status::Completed => rows.filter(live.and(tasks::completed_at.is_not_null())),
            Status::All => rows.filter(live),
            Status::Trashed => rows.filter(tasks::deleted_at.is_not_null()),
            Status::Any => rows,
        }
    }};
}

/// What lies beyond the cursor, in order. Of the two comparisons the first alone bounds the range of
/// the index; a plain `OR` would scan.
macro_rules! beyond {
    ($rows:expr, $column:expr, $descending:expr, $cursor:expr) => {{
        let rows = match ($cursor, $descending) {
            (None, _) => $rows,
            (Some((at, id)), true) => {
                $rows.filter($column.le(at).and($column.lt(at).or(tasks::id.lt(id))))
            }
            (Some((at, id)), false) => {
                $rows.filter($column.ge(at).and($column.gt(at).or(tasks::id.gt(id))))
            }
        };
        if $descending {
            rows.order(($column.desc(), tasks::id.desc()))
        } else {
            rows.order(($column.asc(), tasks::id.asc()))
        }
    }};
}

/// The rows of a page, and one more if there is more.
macro_rules! page_rows {
    ($engine:ty, $conn:expr, $rows:expr, $filter:expr, $descending:expr) => {{
        let rows = of_status!($engine, $rows, $filter.status);
        let place = $filter
            .cursor
            .map(|cursor| (cursor.key, Id(cursor.id.uuid())));
        let rows = match $filter.sort.key {
            SortKey::Order => beyond!(rows, tasks::position, $descending, place),
            SortKey::Updated => beyond!(rows, tasks::updated_at, $descending, place),
            SortKey::Priority => {
                let place = place.map(|(key, id)| (i16::try_from(key).unwrap_or(i16::MAX), id));
                beyond!(rows, tasks::priority, $descending, place)
            }
            SortKey::Created => match (place, $descending) {
                (Some((_, id)), true) => rows.filter(tasks::id.lt(id)).order(tasks::id.desc()),
                (Some((_, id)), false) => rows.filter(tasks::id.gt(id)).order(tasks::id.asc()),
                (None, true) => rows.order(tasks::id.desc()),
                (None, false) => rows.order(tasks::id.asc()),
            },
        };
        rows.limit(i64::from($filter.limit) + 1)
            .select(TaskRow::as_select())
            .load($conn)
    }};
}

impl Mine<'_> {
    /// The task, wherever it lies; another owner's is [`Error::NotFound`].
    pub fn task(&mut self, id: TaskId) -> Result<Task> {
        let row = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(id.uuid())));
        let row: TaskRow = on_each_backend!(self.conn, |conn| {
            row.select(TaskRow::as_select()).first(conn)
        })?;
        Ok(row.into())
    }

    /// One page of a view.
    #[expect(
        clippy::cognitive_complexity,
        reason = "one query, which the macros spell for two engines"
    )]
    pub fn tasks(&mut self, filter: &Filter) -> Result<Page<Task>> {
        let backwards = filter.cursor.is_some_and(|cursor| cursor.backwards);
        let descending = filter.sort.descending != backwards;
        let rows = self.rows::<tasks::table>();
        // Most requests end here, so each engine builds its text once and binds once.
        let rows = match self.conn {
            Db::Postgres(conn) => page_rows!(Pg, conn, rows, filter, descending),
            Db::Sqlite(conn) => page_rows!(Sqlite, conn, rows, filter, descending),
        };
        Ok(page(rows?, filter, backwards))
    }

    /// How many tasks of that status there are.
    pub fn count_tasks(&mut self, status: Status) -> Result<i64> {
        let rows = self.rows::<tasks::table>();
        let count = match self.conn {
            Db::Postgres(conn) => of_status!(Pg, rows, status).count().get_result(conn),
            Db::Sqlite(conn) => of_status!(Sqlite, rows, status).count().get_result(conn),
        };
        Ok(count?)
    }

    /// The lowest place that an open task has.
    pub fn first_position(&mut self) -> Result<Option<i64>> {
        let first = self
            .rows::<tasks::table>()
            .filter(tasks::deleted_at.is_null())
            .filter(tasks::completed_at.is_null())
            .select(min(tasks::position));
        Ok(on_each_backend!(self.conn, |conn| first.first(conn))?)
    }

    /// Writes a new task.
    pub fn insert_task(&mut self, task: &Task) -> Result<()> {
        let insert = diesel::insert_into(tasks::table).values((
            tasks::user_id.eq(self.owner()),
            tasks::id.eq(Id(task.id.uuid())),
            tasks::created_at.eq(task.created_at.micros()),
            changeable(task),
        ));
        on_each_backend!(self.conn, |conn| insert.execute(conn))?;
        Ok(())
    }

    /// Writes everything about a task that can change.
    pub fn update_task(&mut self, task: &Task) -> Result<()> {
        let target = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(task.id.uuid())));
        match diesel::update(target)
            .set(changeable(task))
            .execute(self.conn)?
        {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }

    /// Moves all tasks of that status to the trash.
    pub fn trash_tasks(&mut self, status: Status, version: i64, now: Stamp) -> Result<usize> {
        let target = self
            .rows::<tasks::table>()
            .filter(tasks::deleted_at.is_null());
        let trashed = (
            tasks::deleted_at.eq(now.micros()),
            tasks::updated_at.eq(now.micros()),
            tasks::version.eq(version),
        );
        let count = match status {
            Status::All | Status::Any => diesel::update(target).set(trashed).execute(self.conn)?,
            Status::Open => diesel::update(target.filter(tasks::completed_at.is_null()))
                .set(trashed)
                .execute(self.conn)?,
            Status::Completed => diesel::update(target.filter(tasks::completed_at.is_not_null()))
                .set(trashed)
                .execute(self.conn)?,
            Status::Trashed => 0,
        };
        Ok(count)
    }

    /// Removes the row.
    pub fn remove_task(&mut self, id: TaskId) -> Result<()> {
        let target = self
            .rows::<tasks::table>()
            .filter(tasks::id.eq(Id(id.uuid())));
        match diesel::delete(target).execute(self.conn)? {
            0 => Err(Error::NotFound),
            _ => Ok(()),
        }
    }
}

#[derive(AsChangeset, Insertable)]
#[diesel(table_name = tasks, treat_none_as_null = true, treat_none_as_default_value = false)]
struct Changeable<'a> {
    list_id: Id,
    title: &'a str,
    notes: &'a str,
    position: i64,
    priority: i16,
    due_on: Option<NaiveDate>,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
    version: i64,
    updated_at: i64,
}

fn changeable(task: &Task) -> Changeable<'_> {
    Changeable {
        list_id: Id(task.list_id.uuid()),
        title: task.title.as_str(),
        notes: task.notes.as_str(),
        position: task.position,
        priority: task.priority.number().into(),
        due_on: task.due_on,
        completed_at: task.completed_at.map(Stamp::micros),
        deleted_at: task.deleted_at.map(Stamp::micros),
        version: task.version,
        updated_at: task.updated_at.micros(),
    }
}

fn page(mut rows: Vec<TaskRow>, filter: &Filter, backwards: bool) -> Page<Task> {
    let limit = usize::from(filter.limit);
    let is_more = rows.len() > limit;
    rows.truncate(limit);
    if backwards {
        rows.reverse();
    }
    let items: Vec<Task> = rows.into_iter().map(Task::from).collect();
    let place = |task: Option<&Task>, backwards| {
        task.map(|task| Cursor::new(filter.sort, backwards, key_of(filter.sort, task), task.id))
    };
    let has_previous = if backwards {
        is_more
    } else {
        filter.cursor.is_some()
    };
    let has_next = if backwards { true } else { is_more };
    Page {
        previous: place(items.first().filter(|_| has_previous), true),
        next: place(items.last().filter(|_| has_next), false),
        items,
    }
}

fn key_of(sort: Sort, task: &Task) -> i64 {
    match sort.key {
        SortKey::Order => task.position,
        SortKey::Created => 0,
        SortKey::Updated => task.updated_at.micros(),
        SortKey::Priority => task.priority.number().into(),
    }
}
