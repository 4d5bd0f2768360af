//! Lists hold tasks; everybody has an Inbox, where tasks go that name no other.

pub mod actions;

use std::fmt;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::clock::Stamp;
use crate::journal::{Fields, Remember};
use crate::name::Name;

/// Names one list of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct ListId(Uuid);

impl ListId {
    /// The id with these bytes.
    pub const fn new(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// Reads the canonical text of a UUID, lower-case with hyphens, and nothing else.
    pub fn parse(text: &str) -> Option<Self> {
        crate::ids::parse_canonical(text).map(Self)
    }

    /// The bytes.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

impl fmt::Display for ListId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

/// A list of tasks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// Names it.
    pub id: ListId,
    /// Its name, different from those of its owner's other lists.
    pub name: Name,
    /// The colour of its mark; never the only sign of anything.
    pub color: Color,
    /// Whether this is the Inbox, which stays.
    pub is_inbox: bool,
    /// Place among the lists, lowest first.
    pub position: i64,
    /// When it was put away; none while it is in use.
    pub archived_at: Option<Stamp>,
    /// The owner's change counter when it last changed.
    pub version: i64,
    /// When it was made.
    pub created_at: Stamp,
    /// When it last changed.
    pub updated_at: Stamp,
}

/// A list to be made, or changes to one: what is `None` takes its default or stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ListPatch {
    /// The name.
    pub name: Option<Name>,
    /// The colour.
    pub color: Option<Color>,
    /// The place among the lists.
    pub position: Option<i64>,
    /// Put away or in use.
    pub archived: Option<bool>,
}

/// The colours that a list's mark can have, told apart by people who tell few colours apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Color {
    /// The page's own.
    #[default]
    None,
    /// Red.
    Red,
    /// Orange.
    Orange,
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Purple.
    Purple,
    /// Grey.
    Grey,
}

impl Color {
    /// Every colour with its word.
    pub const ALL: [(Self, &'static str); 8] = [
        (Self::None, "none"),
        (Self::Red, "red"),
        (Self::Orange, "orange"),
        (Self::Yellow, "yellow"),
        (Self::Green, "green"),
        (Self::Blue, "blue"),
        (Self::Purple, "purple"),
        (Self::Grey, "grey"),
    ];

    /// The colour of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        let known = Self::ALL.iter().find(|(_, own)| *own == word);
        known.map(|(color, _)| *color)
    }

    /// Its word.
    pub fn word(self) -> &'static str {
        let known = Self::ALL.iter().find(|(color, _)| *color == self);
        known.map_or("none", |(_, word)| word)
    }

    /// The stored number.
    pub const fn number(self) -> i16 {
        self as i16
    }

    /// The colour with this number; none for one that a later release wrote.
    pub fn from_number(number: i16) -> Self {
        let known = Self::ALL.iter().find(|(color, _)| color.number() == number);
        known.map_or(Self::None, |(color, _)| *color)
    }
}

/// What to do with the tasks of a list that is deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leftovers {
    /// They go to the Inbox.
    #[default]
    Inbox,
    /// They go to the trash (and, should they be restored, to the Inbox).
    Trash,
}

impl Leftovers {
    /// The choice of this word.
    pub fn of_word(word: &str) -> Option<Self> {
        match word {
            "inbox" => Some(Self::Inbox),
            "trash" => Some(Self::Trash),
            _ => None,
        }
    }
}

impl Remember for List {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("name", json!(self.name.as_str())),
            ("color", json!(self.color.word())),
            ("order", json!(self.position)),
            ("archived_at", json!(self.archived_at.map(Stamp::micros))),
        ]
    }

    fn set(&mut self, name: &str, value: &Value) {
        match name {
            "name" => self.name = Name::stored(value.as_str().unwrap_or_default()),
            "color" => {
                self.color = value.as_str().and_then(Color::of_word).unwrap_or_default();
            }
            "order" => self.position = value.as_i64().unwrap_or_default(),
            "archived_at" => self.archived_at = value.as_i64().map(Stamp::from_micros),
            _ => {}
        }
    }
}

impl List {
    /// The list that was deleted and is remembered so.
    pub fn recalled(id: ListId, was: &Fields, now: Stamp) -> Self {
        let mut list = Self {
            id,
            name: Name::stored("List"),
            color: Color::None,
            is_inbox: false,
            position: 0,
            archived_at: None,
            version: 0,
            created_at: now,
            updated_at: now,
        };
        list.recall(was);
        list
    }
}
