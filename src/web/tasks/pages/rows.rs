//! Tasks as lines of a list.

use std::borrow::Cow;

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use super::list::Found;
use crate::clock::Stamp;
use crate::lists::ListId;
use crate::store::{Nav, Standing};
use crate::tasks::filter::{Filter, SortKey};
use crate::tasks::{Task, due};
use crate::web::tasks::navigation::list_name;
use crate::web::tasks::place::Place;
use crate::web::tasks::views::{DueWords, LabelLink, Row};
use crate::words::Locale;

/// A list to choose.
#[derive(Clone, Debug)]
pub struct Choice {
    /// Its id, which needs no escaping.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the chosen one.
    pub is_chosen: bool,
}

/// Every list in use.
pub fn choices(nav: &Nav, chosen: Option<ListId>, say: Locale) -> Vec<Choice> {
    let in_use = nav
        .lists
        .iter()
        .filter(|(list, _)| list.archived_at.is_none() || Some(list.id) == chosen);
    in_use
        .map(|(list, _)| Choice {
            id: list.id.to_string(),
            name: list_name(list, say).to_owned(),
            is_chosen: Some(list.id) == chosen,
        })
        .collect()
}

/// The rows of a page; where it goes list by list or day by day, the first of each says so.
pub(super) fn rows(found: &Found, filter: &Filter, standing: &Standing, now: Stamp) -> Vec<Row> {
    let (now, say) = (now.local_in(standing.zone()), standing.settings.locale);
    let is_by_day = filter.sort.key == SortKey::Due && !filter.sort.descending;
    let is_of_lists = filter.scope.list.is_none() && found.nav.lists.len() > 1;
    let is_by_list = is_of_lists && filter.sort.key == SortKey::Order;
    let mut above = None;
    let tasks = found.page.items.iter();
    tasks
        .map(|task| {
            let mut row = row(task, standing, now);
            row.can_pick = true;
            if let Some((done, all)) = found.progress.get(&task.id) {
                row.steps = format!("{done}/{all}");
            }
            let list = found.nav.list(task.list_id).filter(|_| is_of_lists);
            let name = list.map(|list| list_name(list, say).to_owned());
            let group = if is_by_day {
                Some(day(task, standing, now))
            } else {
                name.clone().filter(|_| is_by_list).map(Cow::Owned)
            };
            if !is_by_list {
                row.list = list.zip(name).map(|(list, name)| LabelLink {
                    href: Place::List(list.id).path(),
                    name,
                });
            }
            if group != above {
                row.group.clone_from(&group);
                above = group;
            }
            row
        })
        .collect()
}

/// A task as one line.
pub fn row(task: &Task, standing: &Standing, now: NaiveDateTime) -> Row {
    let label = |name: &crate::name::Name| LabelLink {
        href: Place::Label(name.key()).path(),
        name: name.as_str().to_owned(),
    };
    Row {
        id: task.id.to_string(),
        title: task.title.as_str().to_owned(),
        completed: task.is_completed(),
        trashed: task.is_trashed(),
        due: due_words(task, standing, now),
        priority: task.priority.number(),
        has_notes: !task.notes.is_empty(),
        repeats: task.recurrence.is_some(),
        labels: task.labels.all().iter().map(label).collect(),
        steps: String::new(),
        list: None,
        group: None,
        can_pick: false,
        is_picked: false,
    }
}

/// When a task is due, in words.
pub fn due_words(task: &Task, standing: &Standing, now: NaiveDateTime) -> Option<DueWords> {
    let is_open = !task.is_completed() && !task.is_trashed();
    task.due.map(|due| {
        let (on, at) = due.for_owner(standing.zone());
        DueWords {
            iso: on.to_string(),
            words: standing.settings.locale.day_at((on, at), now.date()),
            overdue: is_open && due::is_overdue(&due, standing.zone(), now),
        }
    })
}

/// The heading that a task stands under when its page is sorted by due date.
fn day(task: &Task, standing: &Standing, now: NaiveDateTime) -> Cow<'static, str> {
    let say = standing.settings.locale;
    let Some(due) = task.due else {
        return say.group_no_date().into();
    };
    let (on, _) = due.for_owner(standing.zone());
    let today = now.date();
    match (on - today).num_days() {
        ..=-1 => say.group_overdue().into(),
        0 => say.group_today().into(),
        1 => say.group_tomorrow().into(),
        2..=6 => say.weekday_name(on.weekday()).into(),
        _ => month(on, today, say),
    }
}

fn month(on: NaiveDate, today: NaiveDate, say: Locale) -> Cow<'static, str> {
    let month = say.month_name(on.month());
    if on.year() == today.year() {
        month.into()
    } else {
        say.date_month(month, on.year()).into()
    }
}
