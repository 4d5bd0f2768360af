//! Labels: names that cut across lists. Giving one to a task makes it.

pub mod actions;

use serde_json::json;

use crate::clock::Stamp;
use crate::journal::Fields;
use crate::name::Name;

/// A label; the folded name tells it from others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// Its name as it was first written.
    pub name: Name,
    /// When a task first had it.
    pub created_at: Stamp,
}

impl Label {
    /// Everything that the journal keeps, to make the label again.
    pub fn remembered(&self) -> Fields {
        Fields::from_iter([
            ("name".to_owned(), json!(self.name.as_str())),
            ("created_at".to_owned(), json!(self.created_at.micros())),
        ])
    }

    /// The label that was remembered.
    pub fn recalled(was: &Fields) -> Option<Self> {
        Some(Self {
            name: Name::stored(was.get("name")?.as_str()?),
            created_at: Stamp::from_micros(was.get("created_at")?.as_i64()?),
        })
    }
}
