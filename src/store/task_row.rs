//! A task as the database keeps it.

use chrono::{NaiveDate, NaiveTime, Timelike as _};
use chrono_tz::Tz;
use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow, StaticallySizedRow};
use diesel::dsl::SqlTypeOf;
use diesel::expression::{
    AppearsOnTable, Expression, Selectable, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::row::{Field as _, Row};
use diesel::sql_types::{BigInt, Bool, Date, SmallInt, Text};
use diesel::sqlite::Sqlite;

use super::connection::Db;
use super::id::{Id, UuidBytes};
use super::schema::tasks;
use crate::clock::Stamp;
use crate::fold::fold;
use crate::lists::ListId;
use crate::tasks::due::NO_DUE;
use crate::tasks::{Due, Labels, Notes, Priority, Recurrence, Task, TaskId, Title};

/// Names, places and types of the columns that make a task, from one list.
macro_rules! columns {
    ($first:ident, $($column:ident),+ $(,)?) => {
        /// The columns as one piece of SQL: a name at a time, Diesel takes longer to spell them
        /// than SQLite to find the rows.
        const COLUMNS: &str = concat!(
            "tasks.", stringify!($first), $(", tasks.", stringify!($column)),+
        );

        #[expect(non_camel_case_types, reason = "they are called as their columns are")]
        enum At {
            $first,
            $($column),+
        }

        type Types = (SqlTypeOf<tasks::$first>, $(SqlTypeOf<tasks::$column>),+);

        const COUNT: usize = [stringify!($first), $(stringify!($column)),+].len();
    };
}

columns!(
    id,
    list_id,
    parent_id,
    title,
    notes,
    labels,
    position,
    priority,
    start_on,
    due_on,
    due_minute,
    due_zone,
    recurrence,
    recurs_from_completion,
    recurs_missed,
    series_on,
    next_id,
    completed_at,
    deleted_at,
    version,
    created_at,
    updated_at,
);

/// What is selected to read a task; public to the letter, because [`Task`] is, and private all the
/// same, because this module is.
#[derive(Clone, Copy, Debug)]
pub struct Columns;

impl Expression for Columns {
    type SqlType = Types;
}

// They may stand wherever one of them may.
impl<QS> SelectableExpression<QS> for Columns where tasks::id: SelectableExpression<QS> {}
impl<QS> AppearsOnTable<QS> for Columns where tasks::id: AppearsOnTable<QS> {}

impl<GB> ValidGrouping<GB> for Columns {
    type IsAggregate = is_aggregate::No;
}

impl QueryId for Columns {
    type QueryId = Self;

    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<DB: Backend> QueryFragment<DB> for Columns {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql(COLUMNS);
        Ok(())
    }
}

impl<DB: Backend> Selectable<DB> for Task {
    type SelectExpression = Columns;

    fn construct_selection() -> Columns {
        Columns
    }
}

/// One column of a row.
macro_rules! column {
    ($row:expr, $column:ident) => {
        read::<_, SqlTypeOf<tasks::$column>, _>($row, At::$column as usize)?
    };
}

/// Reads a row by hand, because each value that Diesel looks at costs half of what SQLite takes to
/// find it: what a plain task lacks is not asked for.
fn task<'a, DB>(row: &impl Row<'a, DB>) -> deserialize::Result<Task>
where
    DB: Backend,
    Id: FromSql<UuidBytes, DB>,
    String: FromSql<Text, DB>,
    i64: FromSql<BigInt, DB>,
    i16: FromSql<SmallInt, DB>,
    bool: FromSql<Bool, DB>,
    Day: FromSql<Date, DB>,
{
    let due_on: Option<Day> = column!(row, due_on);
    let due = match due_on {
        None => None,
        Some(Day(on)) => {
            let minute: Option<i16> = column!(row, due_minute);
            let zone: Option<String> = column!(row, due_zone);
            Some(Due {
                on,
                at: minute.and_then(time_of),
                zone: zone.and_then(|name| name.parse().ok()),
            })
        }
    };
    let rule: Option<String> = column!(row, recurrence);
    let recurrence = match rule {
        None => None,
        Some(rule) => {
            let flags = (
                column!(row, recurs_from_completion),
                column!(row, recurs_missed),
            );
            let series_on: Option<Day> = column!(row, series_on);
            let series_on = series_on.or(due_on);
            series_on.map(|Day(on)| Recurrence::stored(rule, flags, on))
        }
    };
    let (id, list_id): (Id, Id) = (column!(row, id), column!(row, list_id));
    let parent_id: Option<Id> = column!(row, parent_id);
    let next_id: Option<Id> = column!(row, next_id);
    let labels: String = column!(row, labels);
    let priority: i16 = column!(row, priority);
    let start_on: Option<Day> = column!(row, start_on);
    let completed_at: Option<i64> = column!(row, completed_at);
    let deleted_at: Option<i64> = column!(row, deleted_at);
    Ok(Task {
        id: TaskId::new(id.0),
        list_id: ListId::new(list_id.0),
        parent_id: parent_id.map(|id| TaskId::new(id.0)),
        title: Title::stored(column!(row, title)),
        notes: Notes::stored(column!(row, notes)),
        labels: Labels::stored(&labels),
        position: column!(row, position),
        // The table's own check keeps other numbers out.
        priority: Priority::from_number(priority.into()).unwrap_or_default(),
        start_on: start_on.map(|day| day.0),
        due,
        recurrence,
        next_id: next_id.map(|id| TaskId::new(id.0)),
        completed_at: completed_at.map(Stamp::from_micros),
        deleted_at: deleted_at.map(Stamp::from_micros),
        version: column!(row, version),
        created_at: Stamp::from_micros(column!(row, created_at)),
        updated_at: Stamp::from_micros(column!(row, updated_at)),
    })
}

macro_rules! read_from {
    ($($backend:ty),+) => {
        $(impl FromSqlRow<Types, $backend> for Task {
            fn build_from_row<'a>(row: &impl Row<'a, $backend>) -> deserialize::Result<Self> {
                task(row)
            }
        }

        impl StaticallySizedRow<Types, $backend> for Task {
            const FIELD_COUNT: usize = COUNT;
        })+
    };
}

read_from!(Pg, Sqlite, EitherBackend);

fn read<'a, T, ST, DB>(row: &impl Row<'a, DB>, at: usize) -> deserialize::Result<T>
where
    T: FromSql<ST, DB>,
    DB: Backend,
{
    let field = row.get(at).ok_or("a row is too short")?;
    T::from_nullable_sql(field.value())
}

/// A day as it is stored; chrono's own reader is slow with the text that SQLite has.
#[derive(Clone, Copy, Debug)]
struct Day(NaiveDate);

impl FromSql<Date, Pg> for Day {
    fn from_sql(value: <Pg as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        <NaiveDate as FromSql<Date, Pg>>::from_sql(value).map(Self)
    }
}

impl FromSql<Date, Sqlite> for Day {
    fn from_sql(mut value: <Sqlite as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        let day = day_of(value.read_text()).ok_or("a stored day is none")?;
        Ok(Self(day))
    }
}

type EitherBackend = <Db as Connection>::Backend;

impl FromSql<Date, EitherBackend> for Day {
    fn from_sql(value: <EitherBackend as Backend>::RawValue<'_>) -> deserialize::Result<Self> {
        value.from_sql::<Self, Date>()
    }
}

/// `YYYY-MM-DD`.
fn day_of(text: &str) -> Option<NaiveDate> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    NaiveDate::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

fn time_of(minute: i16) -> Option<NaiveTime> {
    let minute = u32::try_from(minute).ok()?;
    NaiveTime::from_hms_opt(minute / 60, minute % 60, 0)
}

fn minute_of(time: NaiveTime) -> i16 {
    i16::try_from(time.hour() * 60 + time.minute()).unwrap_or_default()
}

/// Everything about a task that can change.
#[derive(AsChangeset, Insertable)]
#[diesel(table_name = tasks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub(super) struct Changeable<'a> {
    list_id: Id,
    parent_id: Option<Id>,
    title: &'a str,
    notes: &'a str,
    labels: String,
    position: i64,
    priority: i16,
    start_on: Option<NaiveDate>,
    due_on: Option<NaiveDate>,
    due_minute: Option<i16>,
    due_zone: Option<String>,
    due_key: i64,
    recurrence: Option<String>,
    recurs_from_completion: bool,
    recurs_missed: bool,
    series_on: Option<NaiveDate>,
    next_id: Option<Id>,
    completed_at: Option<i64>,
    deleted_at: Option<i64>,
    version: i64,
    updated_at: i64,
    title_key: String,
    notes_key: String,
}

impl<'a> Changeable<'a> {
    /// What is stored of the task of an owner in this zone.
    pub(super) fn of(task: &'a Task, zone: Tz) -> Self {
        let due = task.due.as_ref();
        let repeat = task.recurrence.as_ref();
        let keys = Keys::of(task, zone);
        Self {
            list_id: Id(task.list_id.uuid()),
            parent_id: task.parent_id.map(|id| Id(id.uuid())),
            title: task.title.as_str(),
            notes: task.notes.as_str(),
            labels: task.labels.lines(),
            position: task.position,
            priority: task.priority.number().into(),
            start_on: task.start_on,
            due_on: due.map(|due| due.on),
            due_minute: due.and_then(|due| due.at).map(minute_of),
            due_zone: due
                .and_then(|due| due.zone)
                .map(|zone| zone.name().to_owned()),
            due_key: keys.due_key,
            recurrence: repeat.map(|repeat| repeat.text().to_owned()),
            recurs_from_completion: repeat.is_some_and(|repeat| repeat.from_completion),
            recurs_missed: repeat.is_some_and(|repeat| repeat.keeps_missed),
            series_on: repeat.map(|repeat| repeat.series_on),
            next_id: task.next_id.map(|id| Id(id.uuid())),
            completed_at: task.completed_at.map(Stamp::micros),
            deleted_at: task.deleted_at.map(Stamp::micros),
            version: task.version,
            updated_at: task.updated_at.micros(),
            title_key: keys.title_key,
            notes_key: keys.notes_key,
        }
    }
}

/// What is stored beside a task to find and sort it by.
#[derive(AsChangeset)]
#[diesel(table_name = tasks)]
#[expect(
    clippy::struct_field_names,
    reason = "they are called as their columns are"
)]
pub(super) struct Keys {
    due_key: i64,
    title_key: String,
    notes_key: String,
}

impl Keys {
    pub(super) fn of(task: &Task, zone: Tz) -> Self {
        Self {
            due_key: task.due.map_or(NO_DUE, |due| due.key(zone)),
            title_key: fold(task.title.as_str()),
            notes_key: fold(task.notes.as_str()),
        }
    }
}
