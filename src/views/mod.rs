//! Saved views: filters that a person gave a name.

pub mod actions;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Stamp;
use crate::journal::{Fields, Remember};
use crate::name::Name;

/// Most saved views of one owner.
pub const VIEWS_MAX: usize = 200;
/// Longest query string of a saved view, in bytes.
pub const QUERY_MAX: usize = 2_000;

/// A filter with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Names it.
    pub id: Uuid,
    /// Its name, different from those of its owner's other views.
    pub name: Name,
    /// The filter as a query string, which was read before it was saved.
    pub query: String,
    /// Place among the views, lowest first.
    pub position: i64,
    /// The owner's change counter when it last changed.
    pub version: i64,
    /// When it was saved.
    pub created_at: Stamp,
    /// When it last changed.
    pub updated_at: Stamp,
}

/// Changes to a saved view: what is `None` stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ViewPatch {
    /// The name.
    pub name: Option<Name>,
    /// The filter.
    pub query: Option<String>,
    /// The place among the views.
    pub position: Option<i64>,
}

impl Remember for SavedView {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("name", json!(self.name.as_str())),
            ("query", json!(self.query)),
            ("order", json!(self.position)),
        ]
    }

    fn set(&mut self, name: &str, value: &Value) {
        match name {
            "name" => self.name = Name::stored(value.as_str().unwrap_or_default()),
            "query" => value
                .as_str()
                .unwrap_or_default()
                .clone_into(&mut self.query),
            "order" => self.position = value.as_i64().unwrap_or_default(),
            _ => {}
        }
    }
}

impl SavedView {
    /// The view that was deleted and is remembered so.
    pub fn recalled(id: Uuid, was: &Fields, now: Stamp) -> Self {
        let mut view = Self {
            id,
            name: Name::stored("View"),
            query: String::new(),
            position: 0,
            version: 0,
            created_at: now,
            updated_at: now,
        };
        view.recall(was);
        view
    }
}
