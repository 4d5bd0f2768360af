//! The bar that filters and sorts a page of tasks, and what it says of a page that is filtered.

use super::pages::rows::{Choice, choices};
use super::place::Place;
use crate::store::Nav;
use crate::tasks::filter::{DueFilter, Filter, ListChoice, PriorityRange, Status};
use crate::words::Locale;

/// What a field offers: the word that is sent, and those that are read.
type Offered<const N: usize> = [(&'static str, &'static str); N];

/// What the bar shows as chosen.
#[derive(Clone, Debug)]
pub struct FilterForm {
    /// Where the form leads.
    pub action: String,
    /// What was searched for.
    pub q: String,
    /// The word of the status.
    pub status: &'static str,
    /// The lists, with the chosen one marked.
    pub lists: Vec<Choice>,
    /// The labels that are asked for, with commas.
    pub label: String,
    /// Every label, to choose from.
    pub labels: Vec<String>,
    /// `2` or `2..`, or nothing.
    pub priority: String,
    /// The due filter as the address has it.
    pub due: String,
    /// The order as the address has it.
    pub sort: &'static str,
    /// The filter of the page as an address has it, to be saved.
    pub query: String,
    narrowed: bool,
}

impl FilterForm {
    /// The bar of a page.
    pub fn new(place: &Place, filter: &Filter, search: &str, (nav, say): (&Nav, Locale)) -> Self {
        let usual = place.defaults();
        let (scope, plain) = (&filter.scope, &usual.scope);
        let chosen = match scope.list {
            Some(ListChoice::Inbox) => nav.lists.iter().find(|(list, _)| list.is_inbox),
            Some(ListChoice::Is(id)) => nav.lists.iter().find(|(list, _)| list.id == id),
            None => None,
        };
        let chosen = chosen.map(|(list, _)| list.id);
        let narrowed = scope.list != plain.list
            || scope.labels != plain.labels
            || scope.priority != plain.priority
            || scope.due != plain.due
            || !scope.words.is_empty()
            || scope.parent != plain.parent;
        let sort = (filter.sort != (usual.sort)(scope.status)).then(|| filter.sort.word());
        let mut form = Self {
            action: place.path(),
            q: search.to_owned(),
            status: if scope.status == Status::Open {
                ""
            } else {
                scope.status.word()
            },
            lists: choices(nav, chosen, say),
            label: scope.labels.join(", "),
            labels: nav
                .labels
                .iter()
                .map(|(label, _)| label.name.as_str().to_owned())
                .collect(),
            priority: scope.priority.map(PriorityRange::text).unwrap_or_default(),
            due: scope.due.map(DueFilter::text).unwrap_or_default(),
            sort: sort.unwrap_or_default(),
            query: String::new(),
            narrowed,
        };
        form.query = form.as_query(chosen.map(|id| id.to_string()));
        form
    }

    /// Whether less is shown than the place has.
    pub fn is_narrowed(&self) -> bool {
        self.narrowed
    }

    /// Whether the form is shown at once: completed and deleted tasks have places of their own, which
    /// need no filter to be seen.
    pub fn is_unfolded(&self) -> bool {
        self.narrowed || !self.sort.is_empty()
    }

    /// Whether anything differs from how the place usually is.
    pub fn is_used(&self) -> bool {
        self.narrowed || !self.sort.is_empty() || !self.status.is_empty()
    }

    /// Which tasks.
    pub fn statuses(&self, say: &Locale) -> Offered<5> {
        [
            ("", say.filter_open()),
            ("completed", say.filter_completed()),
            ("all", say.filter_all()),
            ("trashed", say.filter_trashed()),
            ("any", say.filter_everything()),
        ]
    }

    /// How urgent.
    pub fn priorities(&self, say: &Locale) -> Offered<5> {
        [
            ("", say.filter_any_priority()),
            ("3", say.filter_priority_high()),
            ("2..", say.filter_priority_medium()),
            ("1..", say.filter_priority_set()),
            ("0", say.filter_priority_none()),
        ]
    }

    /// When.
    pub fn dues(&self, say: &Locale) -> Offered<7> {
        [
            ("", say.filter_due_any()),
            ("overdue", say.filter_due_overdue()),
            ("today", say.filter_due_today()),
            ("..today", say.filter_due_by_today()),
            ("week", say.filter_due_week()),
            ("..", say.filter_due_some()),
            ("none", say.filter_due_none()),
        ]
    }

    /// In which order.
    pub fn sorts(&self, say: &Locale) -> Offered<9> {
        [
            ("", say.filter_sort_usual()),
            ("order", say.filter_sort_own()),
            ("due", say.filter_sort_due()),
            ("-due", say.filter_sort_due_last()),
            ("-priority", say.filter_sort_priority()),
            ("title", say.filter_sort_title()),
            ("created", say.filter_sort_oldest()),
            ("-created", say.filter_sort_newest()),
            ("-updated", say.filter_sort_changed()),
        ]
    }

    fn as_query(&self, list: Option<String>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        let list = list.unwrap_or_default();
        for (name, value) in [
            ("q", &*self.q),
            ("status", self.status),
            ("list", &list),
            ("priority", &self.priority),
            ("due", &self.due),
            ("sort", self.sort),
        ] {
            if !value.is_empty() {
                query.append_pair(name, value);
            }
        }
        for label in self.label.split(", ").filter(|label| !label.is_empty()) {
            query.append_pair("label", label);
        }
        query.finish()
    }
}
