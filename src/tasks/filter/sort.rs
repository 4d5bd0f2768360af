//! The orders in which tasks come.

use crate::error::{Refusal, Sentence};
use crate::words::Locale;

/// What the order goes by; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The order that the owner gave, one list after the other.
    Order,
    /// As they were made; ids are time-ordered.
    Created,
    /// As they last changed.
    Updated,
    /// By urgency.
    Priority,
    /// By due date; those without one come last, whichever way.
    Due,
    /// By folded title.
    Title,
}

/// An order of tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What it goes by.
    pub key: SortKey,
    /// Highest first.
    pub descending: bool,
}

impl Sort {
    /// The order that the owner gave.
    pub const ORDER: Self = Self::by(SortKey::Order);
    /// As they were made.
    pub const CREATED: Self = Self::by(SortKey::Created);
    /// What is due first comes first.
    pub const DUE: Self = Self::by(SortKey::Due);
    /// What changed last comes first.
    pub const UPDATED_LAST: Self = Self {
        key: SortKey::Updated,
        descending: true,
    };

    const KEYS: [(SortKey, &'static str, &'static str); 6] = [
        (SortKey::Order, "order", "-order"),
        (SortKey::Created, "created", "-created"),
        (SortKey::Updated, "updated", "-updated"),
        (SortKey::Priority, "priority", "-priority"),
        (SortKey::Due, "due", "-due"),
        (SortKey::Title, "title", "-title"),
    ];

    const fn by(key: SortKey) -> Self {
        Self {
            key,
            descending: false,
        }
    }

    /// Reads the word of a query string, with `-` for descending.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        for (key, up, down) in Self::KEYS {
            if word == up || word == down {
                let descending = word == down;
                return Ok(Self { key, descending });
            }
        }
        let sentence = Sentence::Said(Locale::refused_filter_sort);
        Err(Refusal::new("sort", "unknown", sentence))
    }

    /// The word of a query string.
    pub fn word(self) -> &'static str {
        let known = Self::KEYS.iter().find(|(key, ..)| *key == self.key);
        match known {
            Some((_, _, down)) if self.descending => down,
            Some((_, up, _)) => up,
            None => "",
        }
    }

    pub(super) const fn byte(self) -> u8 {
        (self.key as u8) << 1 | self.descending as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_read_back() {
        for (_, up, down) in Sort::KEYS {
            assert_eq!(Sort::parse(up).map(Sort::word), Ok(up));
            assert_eq!(Sort::parse(down).map(Sort::word), Ok(down));
        }
        assert!(Sort::parse("--order").is_err() && Sort::parse("Due").is_err());
    }
}
