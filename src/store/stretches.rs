//! The order of a page: the parts that one index each has in order, and the places where it ends.

use super::Length;
use crate::fold::fold;
use crate::lists::ListId;
use crate::tasks::due::NO_DUE;
use crate::tasks::filter::{Cursor, Filter, Key, Page, Sort, SortKey, Status};
use crate::tasks::{Task, TaskId};

/// How much of a folded title counts when sorting, in code points; ties are broken by id.
pub(super) const TITLE_KEY: i32 = 60;

/// Part of a page: rows that one index has in order.
pub(super) struct Stretch<'f> {
    pub(super) by: By,
    pub(super) descending: bool,
    pub(super) place: Option<(&'f Key, TaskId)>,
    pub(super) limit: i64,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// List by list, those beyond that one.
    ListAndPosition(Option<ListId>),
    PositionIn(ListId),
    Updated,
    Priority,
    Title,
    Due,
    IdOfUndated,
    Id,
}

/// The parts of an order, from the place where the page begins: tasks without a due date come after
/// all others, whichever way these go.
pub(super) fn stretches(filter: &Filter, backwards: bool) -> Vec<(By, Option<(&Key, TaskId)>)> {
    let place = filter
        .cursor
        .as_ref()
        .map(|cursor| (&cursor.key, cursor.id));
    let by = match filter.sort.key {
        SortKey::Order => {
            let Some(list) = place.and_then(|(key, _)| key.list()) else {
                return vec![(By::ListAndPosition(None), None)];
            };
            let mut stretches = vec![(By::PositionIn(list), place)];
            if filter.scope.list.is_none() {
                stretches.push((By::ListAndPosition(Some(list)), None));
            }
            return stretches;
        }
        SortKey::Created => By::Id,
        SortKey::Updated => By::Updated,
        SortKey::Priority => By::Priority,
        SortKey::Title => By::Title,
        SortKey::Due => {
            let is_undated = place.is_some_and(|(key, _)| key.number() == NO_DUE);
            return match (is_undated, backwards) {
                (false, false) => vec![(By::Due, place), (By::IdOfUndated, None)],
                (true, false) => vec![(By::IdOfUndated, place)],
                (false, true) => vec![(By::Due, place)],
                (true, true) => vec![(By::IdOfUndated, place), (By::Due, None)],
            };
        }
    };
    vec![(by, place)]
}

impl Length {
    /// How long a page of this filter may take: whether an index finds its rows in their order.
    pub fn of(filter: &Filter) -> Self {
        let scope = &filter.scope;
        let is_narrow =
            !scope.words.is_empty() || !scope.labels.is_empty() || scope.priority.is_some();
        let is_sorted = match filter.sort.key {
            SortKey::Created => true,
            SortKey::Order | SortKey::Due => scope.status == Status::Open,
            SortKey::Updated => matches!(scope.status, Status::Completed | Status::Trashed),
            SortKey::Priority | SortKey::Title => false,
        };
        if is_sorted && !is_narrow {
            Self::Short
        } else {
            Self::Long
        }
    }
}

/// The page that these rows make, one more than it shows if there are more.
pub(super) fn page(
    mut items: Vec<Task>,
    filter: &Filter,
    backwards: bool,
    zone: chrono_tz::Tz,
) -> Page<Task> {
    let limit = usize::from(filter.limit);
    let is_more = items.len() > limit;
    items.truncate(limit);
    if backwards {
        items.reverse();
    }
    let place = |task: Option<&Task>, backwards| {
        task.map(|task| {
            let key = key_of(filter.sort, task, zone);
            Cursor::new(filter.sort, backwards, key, task.id)
        })
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

fn key_of(sort: Sort, task: &Task, zone: chrono_tz::Tz) -> Key {
    match sort.key {
        SortKey::Order => Key::Place(task.list_id, task.position),
        SortKey::Created => Key::Number(0),
        SortKey::Updated => Key::Number(task.updated_at.micros()),
        SortKey::Priority => Key::Number(task.priority.number().into()),
        SortKey::Due => Key::Number(task.due.map_or(NO_DUE, |due| due.key(zone))),
        SortKey::Title => {
            let folded = fold(task.title.as_str());
            Key::Text(folded.chars().take(TITLE_KEY as usize).collect())
        }
    }
}
