//! Which tasks are shown and in which order: one vocabulary for query strings, pages and the API.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::TaskId;
use crate::error::Refusal;

/// Most tasks in one answer.
pub const LIMIT_MAX: u16 = 200;

/// Which tasks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Status {
    /// To do.
    Open,
    /// Done.
    Completed,
    /// Both, but not the trash.
    All,
    /// The trash alone.
    Trashed,
    /// Everything there is.
    Any,
}

impl Status {
    /// Reads the word of a query string.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        match word {
            "open" => Ok(Self::Open),
            "completed" => Ok(Self::Completed),
            "all" => Ok(Self::All),
            "trashed" => Ok(Self::Trashed),
            "any" => Ok(Self::Any),
            _ => {
                let sentence = "status is one of open, completed, all, trashed, any";
                Err(Refusal::new("status", "unknown", sentence))
            }
        }
    }

    /// The word of a query string.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Completed => "completed",
            Self::All => "all",
            Self::Trashed => "trashed",
            Self::Any => "any",
        }
    }
}

/// What the order goes by; ties are broken by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SortKey {
    /// The order that the owner gave.
    Order,
    /// As they were made; ids are time-ordered.
    Created,
    /// As they last changed.
    Updated,
    /// By urgency.
    Priority,
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
    pub const ORDER: Self = Self {
        key: SortKey::Order,
        descending: false,
    };
    /// As they were made.
    pub const CREATED: Self = Self {
        key: SortKey::Created,
        descending: false,
    };
    /// What changed last comes first.
    pub const UPDATED_LAST: Self = Self {
        key: SortKey::Updated,
        descending: true,
    };

    /// Reads the word of a query string, with `-` for descending.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        let (descending, bare) = match word.strip_prefix('-') {
            Some(bare) => (true, bare),
            None => (false, word),
        };
        let key = match bare {
            "order" => SortKey::Order,
            "created" => SortKey::Created,
            "updated" => SortKey::Updated,
            "priority" => SortKey::Priority,
            _ => {
                let sentence = "sort is one of order, created, updated, priority; \
                                put - before it for descending";
                return Err(Refusal::new("sort", "unknown", sentence));
            }
        };
        Ok(Self { key, descending })
    }

    /// The word of a query string.
    pub const fn word(self) -> &'static str {
        match (self.key, self.descending) {
            (SortKey::Order, false) => "order",
            (SortKey::Order, true) => "-order",
            (SortKey::Created, false) => "created",
            (SortKey::Created, true) => "-created",
            (SortKey::Updated, false) => "updated",
            (SortKey::Updated, true) => "-updated",
            (SortKey::Priority, false) => "priority",
            (SortKey::Priority, true) => "-priority",
        }
    }

    const fn byte(self) -> u8 {
        let key = match self.key {
            SortKey::Order => 0,
            SortKey::Created => 1,
            SortKey::Updated => 2,
            SortKey::Priority => 3,
        };
        key << 1 | self.descending as u8
    }
}

/// One page of one view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which tasks.
    pub status: Status,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to [`LIMIT_MAX`].
    pub limit: u16,
    /// Where this page begins; none = at the beginning.
    pub cursor: Option<Cursor>,
}

/// A place between two tasks, which stays where it is while tasks come and go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The page lies before this place rather than after it.
    pub backwards: bool,
    /// What the task at this place sorts by; 0 when its id alone does.
    pub key: i64,
    /// The task at this place.
    pub id: TaskId,
    sort: u8,
}

impl Cursor {
    /// The place of a task in an order.
    pub const fn new(sort: Sort, backwards: bool, key: i64, id: TaskId) -> Self {
        Self {
            backwards,
            key,
            id,
            sort: sort.byte(),
        }
    }

    /// Reads what [`Cursor::text`] wrote for the same order.
    pub fn parse(text: &str, sort: Sort) -> Result<Self, Refusal> {
        Self::decode(text)
            .filter(|cursor| cursor.sort == sort.byte())
            .ok_or_else(|| {
                let sentence =
                    "this cursor is damaged or belongs to another order; start again without";
                Refusal::new("cursor", "malformed", sentence)
            })
    }

    /// Opaque text for a query string.
    pub fn text(&self) -> String {
        let mut bytes = [0_u8; 26];
        let (head, id) = bytes.split_at_mut(10);
        let (flags, key) = head.split_at_mut(2);
        flags.copy_from_slice(&[self.sort, u8::from(self.backwards)]);
        key.copy_from_slice(&self.key.to_be_bytes());
        id.copy_from_slice(self.id.uuid().as_bytes());
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn decode(text: &str) -> Option<Self> {
        let bytes: [u8; 26] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
        let (head, id) = bytes.split_at(10);
        let (&[sort, backwards], key) = head.split_first_chunk::<2>()?;
        Some(Self {
            backwards: match backwards {
                0 => false,
                1 => true,
                _ => return None,
            },
            key: i64::from_be_bytes(key.try_into().ok()?),
            id: TaskId::new(Uuid::from_slice(id).ok()?),
            sort,
        })
    }
}

/// One page of tasks, and the way on in both directions.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The tasks in order.
    pub items: Vec<T>,
    /// Where the page before this one is, if there may be one.
    pub previous: Option<Cursor>,
    /// Where the page after this one is, if there may be one.
    pub next: Option<Cursor>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        Cursor::new(
            Sort::UPDATED_LAST,
            true,
            -5,
            TaskId::new(Uuid::from_u128(7)),
        )
    }

    #[test]
    fn a_cursor_survives_its_text() {
        assert_eq!(
            Cursor::parse(&cursor().text(), Sort::UPDATED_LAST),
            Ok(cursor())
        );
    }

    #[test]
    fn a_cursor_of_another_order_or_a_damaged_one_is_refused() {
        assert!(Cursor::parse(&cursor().text(), Sort::ORDER).is_err());
        let text = cursor().text();
        for damaged in ["", "x", "=", &text[1..], &format!("{text}A"), "%00", "💥"] {
            assert!(
                Cursor::parse(damaged, Sort::UPDATED_LAST).is_err(),
                "{damaged}"
            );
        }
    }

    #[test]
    fn every_word_is_read_back() {
        for word in ["open", "completed", "all", "trashed", "any"] {
            assert_eq!(Status::parse(word).map(Status::word), Ok(word));
        }
        for word in [
            "order",
            "-order",
            "created",
            "-created",
            "updated",
            "-updated",
            "priority",
            "-priority",
        ] {
            assert_eq!(Sort::parse(word).map(Sort::word), Ok(word));
        }
        assert!(Status::parse("Open").is_err() && Sort::parse("--order").is_err());
    }
}
