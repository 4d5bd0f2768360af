//! The places where tasks are seen: each has an address, a name, and what it shows there when the
//! address says no more.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use uuid::Uuid;

use super::query::Defaults;
use crate::fold::fold;
use crate::ids;
use crate::lists::ListId;
use crate::tasks::TaskPatch;
use crate::tasks::filter::{DueFilter, ListChoice, PAGE_SIZE, ParentChoice, Scope, Sort, Status};

/// What stays as it is in one part of an address.
const PLAIN: AsciiSet = NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~');

/// Where tasks are seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// What is due by the end of today.
    Today,
    /// What has a due date, by day.
    Upcoming,
    /// What was put into no other list.
    Inbox,
    /// Everything.
    Tasks,
    /// One list.
    List(ListId),
    /// What has a label, by the label's key.
    Label(String),
    /// A filter with a name.
    View(Uuid),
}

impl Place {
    /// The address without a filter.
    pub fn path(&self) -> String {
        match self {
            Self::Today => "/today".to_owned(),
            Self::Upcoming => "/upcoming".to_owned(),
            Self::Inbox => "/inbox".to_owned(),
            Self::Tasks => "/tasks".to_owned(),
            Self::List(id) => format!("/lists/{id}"),
            Self::Label(key) => format!("/labels/{}", utf8_percent_encode(key, &PLAIN)),
            Self::View(id) => format!("/views/{id}"),
        }
    }

    /// What is shown when the address says no more.
    pub fn defaults(&self) -> Defaults {
        let mut scope = Scope::of(Status::Open);
        let mut sort: fn(Status) -> Sort = usual_order;
        match self {
            Self::Today => {
                scope.due = Some(DueFilter::BY_TODAY);
                scope.started = true;
                sort = |_| Sort::DUE;
            }
            Self::Upcoming => {
                scope.due = Some(DueFilter::SOME);
                sort = |_| Sort::DUE;
            }
            Self::Inbox => {
                scope.list = Some(ListChoice::Inbox);
                scope.parent = Some(ParentChoice::None);
                scope.started = true;
            }
            Self::List(id) => {
                scope.list = Some(ListChoice::Is(*id));
                scope.parent = Some(ParentChoice::None);
                scope.started = true;
            }
            Self::Label(key) => scope.labels = vec![key.clone()],
            Self::Tasks => scope.parent = Some(ParentChoice::None),
            Self::View(_) => {}
        }
        Defaults {
            scope,
            limit: PAGE_SIZE,
            sort,
        }
    }

    /// What a task that is added here takes, so that it is seen here.
    pub fn for_new_tasks(&self, today: chrono::NaiveDate) -> TaskPatch {
        let mut patch = TaskPatch::default();
        match self {
            Self::Today | Self::Upcoming => patch.due_on = Some(Some(today)),
            Self::List(id) => patch.list_id = Some(*id),
            Self::Inbox | Self::Tasks | Self::Label(_) | Self::View(_) => {}
        }
        patch
    }

    /// The place that an address of ours shows; the home of all tasks for any other.
    pub fn of_address(address: &str) -> Self {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        match path {
            "/today" => return Self::Today,
            "/upcoming" => return Self::Upcoming,
            "/inbox" => return Self::Inbox,
            _ => {}
        }
        let below = |folder: &str| path.strip_prefix(folder);
        let list = || below("/lists/").and_then(ListId::parse).map(Self::List);
        let label = || {
            let name = percent_decode_str(below("/labels/")?).decode_utf8().ok()?;
            (!name.is_empty() && !name.contains('/')).then(|| Self::Label(fold(&name)))
        };
        let view = || {
            let id = below("/views/").and_then(ids::parse_canonical)?;
            Some(Self::View(id))
        };
        list().or_else(label).or_else(view).unwrap_or(Self::Tasks)
    }
}

fn usual_order(status: Status) -> Sort {
    match status {
        Status::Open | Status::All | Status::Any => Sort::ORDER,
        Status::Completed | Status::Trashed => Sort::UPDATED_LAST,
    }
}
