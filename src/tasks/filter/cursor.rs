//! Where a page begins: a place that stays where it is while tasks come and go.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use uuid::Uuid;

use super::{Sort, SortKey, refuse_nul};
use crate::error::{Refusal, Sentence};
use crate::lists::ListId;
use crate::tasks::TaskId;
use crate::words::Locale;

/// What a task sorts by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A number; 0 when the id alone decides.
    Number(i64),
    /// A list, and a place within it.
    Place(ListId, i64),
    /// Folded text.
    Text(String),
}

impl Key {
    /// The number or place, 0 for text.
    pub const fn number(&self) -> i64 {
        match self {
            Self::Number(number) | Self::Place(_, number) => *number,
            Self::Text(_) => 0,
        }
    }

    /// The list of a place.
    pub const fn list(&self) -> Option<ListId> {
        match self {
            Self::Place(list, _) => Some(*list),
            Self::Number(_) | Self::Text(_) => None,
        }
    }

    /// The text, empty for a number.
    pub fn text(&self) -> &str {
        match self {
            Self::Number(_) | Self::Place(..) => "",
            Self::Text(text) => text,
        }
    }
}

/// A place between two tasks, which stays where it is while tasks come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// The page lies before this place rather than after it.
    pub backwards: bool,
    /// What the task at this place sorts by.
    pub key: Key,
    /// The task at this place.
    pub id: TaskId,
    sort: u8,
}

impl Cursor {
    /// The place of a task in an order.
    pub const fn new(sort: Sort, backwards: bool, key: Key, id: TaskId) -> Self {
        Self {
            backwards,
            key,
            id,
            sort: sort.byte(),
        }
    }

    /// Reads what [`Cursor::text`] wrote for the same order.
    pub fn parse(text: &str, sort: Sort) -> Result<Self, Refusal> {
        Self::decode(text, sort).ok_or_else(|| {
            let sentence = Sentence::Said(Locale::refused_filter_cursor);
            Refusal::new("cursor", "malformed", sentence)
        })
    }

    /// Opaque text for a query string.
    pub fn text(&self) -> String {
        let mut bytes = vec![self.sort, u8::from(self.backwards)];
        bytes.extend(self.id.uuid().as_bytes());
        match &self.key {
            Key::Number(number) => bytes.extend(number.to_be_bytes()),
            Key::Place(list, number) => {
                bytes.extend(list.uuid().as_bytes());
                bytes.extend(number.to_be_bytes());
            }
            Key::Text(text) => bytes.extend(text.as_bytes()),
        }
        URL_SAFE_NO_PAD.encode(bytes)
    }

    fn decode(text: &str, sort: Sort) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (&[own, backwards], rest) = bytes.split_first_chunk::<2>()?;
        let (id, key) = rest.split_first_chunk::<16>()?;
        if own != sort.byte() {
            return None;
        }
        let key = match sort.key {
            SortKey::Title => {
                let text = std::str::from_utf8(key).ok()?;
                Key::Text(refuse_nul("cursor", text).map(|()| text.to_owned()).ok()?)
            }
            SortKey::Order => {
                let (list, number) = key.split_first_chunk::<16>()?;
                let list = ListId::new(Uuid::from_bytes(*list));
                Key::Place(list, i64::from_be_bytes(number.try_into().ok()?))
            }
            SortKey::Created | SortKey::Updated | SortKey::Priority | SortKey::Due => {
                Key::Number(i64::from_be_bytes(key.try_into().ok()?))
            }
        };
        Some(Self {
            backwards: match backwards {
                0 => false,
                1 => true,
                _ => return None,
            },
            key,
            id: TaskId::new(Uuid::from_bytes(*id)),
            sort: own,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cursor() -> Cursor {
        let id = TaskId::new(Uuid::from_u128(7));
        Cursor::new(Sort::UPDATED_LAST, true, Key::Number(-5), id)
    }

    #[test]
    fn a_cursor_survives_its_text() {
        assert_eq!(
            Cursor::parse(&cursor().text(), Sort::UPDATED_LAST),
            Ok(cursor())
        );
        let place = Key::Place(ListId::new(Uuid::from_u128(8)), -1024);
        let place = Cursor::new(Sort::ORDER, false, place, cursor().id);
        assert_eq!(Cursor::parse(&place.text(), Sort::ORDER), Ok(place));
        let title = Sort::parse("-title").expect("a sort");
        let place = Cursor::new(title, false, Key::Text("été".to_owned()), cursor().id);
        assert_eq!(Cursor::parse(&place.text(), title), Ok(place));
    }

    #[test]
    fn a_cursor_of_another_order_or_a_damaged_one_is_refused() {
        assert!(Cursor::parse(&cursor().text(), Sort::ORDER).is_err());
        let text = cursor().text();
        for damaged in ["", "x", "=", &text[1..], &text[..4], "%00", "💥"] {
            assert!(
                Cursor::parse(damaged, Sort::UPDATED_LAST).is_err(),
                "{damaged}"
            );
        }
    }
}
