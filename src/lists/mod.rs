//! Lists hold tasks; everybody has an Inbox, where tasks go that name no other.

use std::fmt;

use uuid::Uuid;

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
