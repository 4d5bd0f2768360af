//! Pages of tasks: from a filter to rows, by keyset.

use std::ops::Range;

use diesel::connection::DefaultLoadingMode;
use diesel::pg::Pg;
use diesel::prelude::*;
use diesel::sql_types::{Integer, Text};
use diesel::sqlite::Sqlite;

use super::connection::Db;
use super::id::Id;
use super::mine::Mine;
use super::schema::{task_labels, tasks};
use super::stretches::{By, Stretch, TITLE_KEY, page, stretches};
use crate::clock::Stamp;
use crate::error::Result;
use crate::tasks::Task;
use crate::tasks::filter::{Filter, Key, ListChoice, Page, ParentChoice, Scope, Status};

diesel::define_sql_function! {
    /// Part of a text, from a place on, which counts from 1.
    fn substr(text: Text, from: Integer, length: Integer) -> Text;
}

/// What of a scope SQL compares, worked out before the query is built.
struct Conditions {
    list: Option<Id>,
    due: Option<Range<i64>>,
    undated: bool,
    started_by: Option<chrono::NaiveDate>,
    patterns: Vec<String>,
}

/// The tasks of a scope. Conditions are spelled as the partial indexes are, so that the engines
/// recognise them.
macro_rules! of_scope {
    ($engine:ty, $mine:expr, $scope:expr, $conditions:expr) => {{
        let live = tasks::deleted_at.is_null();
        let rows = $mine.rows::<tasks::table>().into_boxed::<$engine>();
        let mut rows = match $scope.status {
            Status::Open => rows.filter(live.and(tasks::completed_at.is_null())),
            Status::Completed => rows.filter(live.and(tasks::completed_at.is_not_null())),
            Status::All => rows.filter(live),
            Status::Trashed => rows.filter(tasks::deleted_at.is_not_null()),
            Status::Any => rows,
        };
        if let Some(list) = $conditions.list {
            rows = rows.filter(tasks::list_id.eq(list));
        }
        if let Some(keys) = &$conditions.due {
            let within = tasks::due_key
                .ge(keys.start)
                .and(tasks::due_key.lt(keys.end));
            rows = rows.filter(tasks::due_on.is_not_null().and(within));
        } else if $conditions.undated {
            rows = rows.filter(tasks::due_on.is_null());
        }
        if let Some(day) = $conditions.started_by {
            rows = rows.filter(tasks::start_on.is_null().or(tasks::start_on.le(day)));
        }
        if let Some(range) = $scope.priority {
            let (from, to) = (i16::from(range.from), i16::from(range.to));
            rows = rows.filter(tasks::priority.between(from, to));
        }
        match $scope.parent {
            Some(ParentChoice::None) => rows = rows.filter(tasks::parent_id.is_null()),
            Some(ParentChoice::Is(id)) => {
                rows = rows.filter(tasks::parent_id.eq(Id(id.uuid())));
            }
            None => {}
        }
        for key in &$scope.labels {
            let labelled = $mine
                .rows::<task_labels::table>()
                .filter(task_labels::label_key.eq(key.as_str()))
                .select(task_labels::task_id);
            rows = rows.filter(tasks::id.eq_any(labelled));
        }
        for pattern in &$conditions.patterns {
            let in_title = tasks::title_key.like(pattern.as_str()).escape('\\');
            let in_notes = tasks::notes_key.like(pattern.as_str()).escape('\\');
            rows = rows.filter(in_title.or(in_notes));
        }
        rows
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

/// Rows in the order of the ids alone.
macro_rules! beyond_id {
    ($rows:expr, $descending:expr, $cursor:expr) => {{
        match ($cursor, $descending) {
            (Some((_, id)), true) => $rows.filter(tasks::id.lt(id)).order(tasks::id.desc()),
            (Some((_, id)), false) => $rows.filter(tasks::id.gt(id)).order(tasks::id.asc()),
            (None, true) => $rows.order(tasks::id.desc()),
            (None, false) => $rows.order(tasks::id.asc()),
        }
    }};
}

/// Rows in the order that their owner gave them, one list after the other.
macro_rules! in_list_order {
    ($rows:expr, $descending:expr) => {
        if $descending {
            let order = (
                tasks::list_id.desc(),
                tasks::position.desc(),
                tasks::id.desc(),
            );
            $rows.order(order)
        } else {
            $rows.order((tasks::list_id, tasks::position, tasks::id))
        }
    };
}

/// Rows in an order, from a place on, `limit` at most.
macro_rules! stretch {
    ($engine:ty, $conn:expr, $mine:expr, $scope:expr, $conditions:expr, $stretch:expr, $found:expr) => {{
        let Stretch {
            by,
            descending,
            place,
            limit,
        } = *$stretch;
        let rows = of_scope!($engine, $mine, $scope, $conditions);
        let number = place.map(|(key, id)| (key.number(), Id(id.uuid())));
        let rows = match by {
            By::ListAndPosition(None) => in_list_order!(rows, descending),
            By::ListAndPosition(Some(list)) => {
                let list = Id(list.uuid());
                if descending {
                    in_list_order!(rows.filter(tasks::list_id.lt(list)), descending)
                } else {
                    in_list_order!(rows.filter(tasks::list_id.gt(list)), descending)
                }
            }
            By::PositionIn(list) => {
                let rows = rows.filter(tasks::list_id.eq(Id(list.uuid())));
                beyond!(rows, tasks::position, descending, number)
            }
            By::Updated => beyond!(rows, tasks::updated_at, descending, number),
            By::Priority => {
                let small = |key| i16::try_from(key).unwrap_or(i16::MAX);
                let number = number.map(|(key, id)| (small(key), id));
                beyond!(rows, tasks::priority, descending, number)
            }
            By::Title => {
                let text = place.map(|(key, id)| (key.text(), Id(id.uuid())));
                beyond!(
                    rows,
                    substr(tasks::title_key, 1, TITLE_KEY),
                    descending,
                    text
                )
            }
            By::Due => {
                let rows = rows.filter(tasks::due_on.is_not_null());
                beyond!(rows, tasks::due_key, descending, number)
            }
            By::IdOfUndated => {
                let rows = rows.filter(tasks::due_on.is_null());
                beyond_id!(rows, descending, number)
            }
            By::Id => beyond_id!(rows, descending, number),
        };
        push_all(
            $found,
            rows.limit(limit)
                .select(Task::as_select())
                .load_iter::<Task, DefaultLoadingMode>($conn)?,
        )
    }};
}

impl Mine<'_> {
    /// One page of a view, as the owner sees it at this moment.
    pub fn tasks(&mut self, filter: &Filter, at: Stamp) -> Result<Page<Task>> {
        let conditions = self.conditions(&filter.scope, at);
        let backwards = filter
            .cursor
            .as_ref()
            .is_some_and(|cursor| cursor.backwards);
        let descending = filter.sort.descending != backwards;
        let wanted = i64::from(filter.limit) + 1;
        // Room for all of it: growing step by step would copy everything several times.
        let mut items = Vec::with_capacity(usize::from(filter.limit) + 1);
        for (by, place) in stretches(filter, backwards) {
            let limit = wanted - i64::try_from(items.len()).unwrap_or(wanted);
            if limit > 0 {
                let stretch = Stretch {
                    by,
                    descending,
                    place,
                    limit,
                };
                self.stretch((&filter.scope, &conditions), &stretch, &mut items)?;
            }
        }
        Ok(page(items, filter, backwards, self.zone()))
    }

    #[expect(
        clippy::cognitive_complexity,
        reason = "one query, which the macros spell for two engines"
    )]
    fn stretch(
        &mut self,
        (scope, conditions): (&Scope, &Conditions),
        stretch: &Stretch<'_>,
        found: &mut Vec<Task>,
    ) -> QueryResult<()> {
        // Most requests end here, so each engine builds its text once and binds once.
        let owner = self.user_id();
        match self.conn {
            Db::Postgres(conn) => stretch!(Pg, conn, owner, scope, conditions, stretch, found),
            Db::Sqlite(conn) => stretch!(Sqlite, conn, owner, scope, conditions, stretch, found),
        }
    }

    /// How many tasks a scope has at this moment.
    #[expect(
        clippy::cognitive_complexity,
        reason = "one query, which the macros spell for two engines"
    )]
    pub fn count_tasks(&mut self, scope: &Scope, at: Stamp) -> Result<i64> {
        let conditions = self.conditions(scope, at);
        let owner = self.user_id();
        let count = match self.conn {
            Db::Postgres(conn) => of_scope!(Pg, owner, scope, conditions)
                .count()
                .get_result(conn),
            Db::Sqlite(conn) => of_scope!(Sqlite, owner, scope, conditions)
                .count()
                .get_result(conn),
        };
        Ok(count?)
    }

    /// Every task of a scope, in the order of their ids, from one id on; `limit` at most.
    pub fn all_tasks(
        &mut self,
        scope: &Scope,
        (after, limit): (Option<crate::tasks::TaskId>, i64),
        at: Stamp,
    ) -> Result<Vec<Task>> {
        let conditions = self.conditions(scope, at);
        let nothing = Key::Number(0);
        let stretch = Stretch {
            by: By::Id,
            descending: false,
            place: after.map(|id| (&nothing, id)),
            limit,
        };
        let mut items = Vec::new();
        self.stretch((scope, &conditions), &stretch, &mut items)?;
        Ok(items)
    }

    fn conditions(&self, scope: &Scope, at: Stamp) -> Conditions {
        let now = at.local_in(self.zone());
        let due = scope.due.map(|due| due.keys(now));
        Conditions {
            list: scope.list.map(|list| match list {
                ListChoice::Inbox => Id(self.inbox().uuid()),
                ListChoice::Is(id) => Id(id.uuid()),
            }),
            undated: due == Some(None),
            due: due.flatten(),
            started_by: scope.started.then(|| now.date()),
            patterns: scope.words.iter().map(|word| containing(word)).collect(),
        }
    }
}

fn push_all(
    found: &mut Vec<Task>,
    rows: impl Iterator<Item = QueryResult<Task>>,
) -> QueryResult<()> {
    for row in rows {
        found.push(row?);
    }
    Ok(())
}

/// A `LIKE` pattern in which the word stands for itself alone.
fn containing(word: &str) -> String {
    let mut pattern = String::with_capacity(word.len() + 2);
    pattern.push('%');
    for c in word.chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}
