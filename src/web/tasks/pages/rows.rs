//! Tasks as lines of a list.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime};

use super::list::Found;
use crate::clock::Stamp;
use crate::lists::ListId;
use crate::store::{Nav, Standing};
use crate::tasks::filter::{Filter, SortKey};
use crate::tasks::{Task, due};
use crate::web::tasks::place::Place;
use crate::web::tasks::views::{DueWords, LabelLink, Row};

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
pub fn choices(nav: &Nav, chosen: Option<ListId>) -> Vec<Choice> {
    let in_use = nav
        .lists
        .iter()
        .filter(|(list, _)| list.archived_at.is_none() || Some(list.id) == chosen);
    in_use
        .map(|(list, _)| Choice {
            id: list.id.to_string(),
            name: list.name.as_str().to_owned(),
            is_chosen: Some(list.id) == chosen,
        })
        .collect()
}

/// The rows of a page; where it goes list by list or day by day, the first of each says so.
pub(super) fn rows(found: &Found, filter: &Filter, standing: &Standing, now: Stamp) -> Vec<Row> {
    let now = now.local_in(standing.zone());
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
            let name = list.map(|list| list.name.as_str().to_owned());
            let group = if is_by_day {
                Some(day(task, standing, now))
            } else {
                name.clone().filter(|_| is_by_list)
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
        let day = due::in_words(on, now.date());
        DueWords {
            iso: on.to_string(),
            words: match at {
                Some(at) => format!("{day}, {}", at.format("%H:%M")),
                None => day,
            },
            overdue: is_open && due::is_overdue(&due, standing.zone(), now),
        }
    })
}

/// The heading that a task stands under when its page is sorted by due date.
fn day(task: &Task, standing: &Standing, now: NaiveDateTime) -> String {
    let Some(due) = task.due else {
        return "No date".to_owned();
    };
    let (on, _) = due.for_owner(standing.zone());
    let today = now.date();
    match (on - today).num_days() {
        ..=-1 => "Overdue".to_owned(),
        0 => "Today".to_owned(),
        1 => "Tomorrow".to_owned(),
        2..=6 => on.format("%A").to_string(),
        _ => month(on, today),
    }
}

fn month(on: NaiveDate, today: NaiveDate) -> String {
    if on.year() == today.year() {
        on.format("%B").to_string()
    } else {
        on.format("%B %Y").to_string()
    }
}
