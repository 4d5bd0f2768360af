//! Which tasks are shown and in which order: one vocabulary for query strings, pages and the API.

mod cursor;
mod due;
mod sort;

use super::TaskId;
use crate::error::{Refusal, Sentence};
use crate::fold::fold;
use crate::lists::ListId;
use crate::words::Locale;
pub use cursor::{Cursor, Key};
pub use due::{DueFilter, Edge};
pub use sort::{Sort, SortKey};

/// Most tasks in one answer.
pub const LIMIT_MAX: u16 = 200;
/// Tasks of a page, unless its reader chose another number.
pub const PAGE_SIZE: u16 = 25;
/// Most words of a search, and longest search in code points.
const WORDS_MAX: usize = 20;
const SEARCH_MAX: usize = 500;

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
                let sentence = Sentence::Said(Locale::refused_filter_status);
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

/// Which tasks: every condition must hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Open, completed, deleted.
    pub status: Status,
    /// In this list.
    pub list: Option<ListChoice>,
    /// With all of these labels, by their keys.
    pub labels: Vec<String>,
    /// Of this urgency, or at least of it.
    pub priority: Option<PriorityRange>,
    /// Due then.
    pub due: Option<DueFilter>,
    /// With all of these folded words in title or notes.
    pub words: Vec<String>,
    /// Steps of this task, or no steps at all.
    pub parent: Option<ParentChoice>,
    /// Leaves out what starts on a later day.
    pub started: bool,
}

impl Scope {
    /// Everything of a status.
    pub const fn of(status: Status) -> Self {
        Self {
            status,
            list: None,
            labels: Vec::new(),
            priority: None,
            due: None,
            words: Vec::new(),
            parent: None,
            started: false,
        }
    }
}

/// One list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListChoice {
    /// The Inbox, whatever its id.
    Inbox,
    /// The list with this id.
    Is(ListId),
}

/// Whose steps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ParentChoice {
    /// No steps: what stands by itself.
    None,
    /// The steps of this task.
    Is(TaskId),
}

/// Priorities from one to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PriorityRange {
    /// The least urgent, 0 to 3.
    pub from: u8,
    /// The most urgent, 0 to 3.
    pub to: u8,
}

impl PriorityRange {
    /// Reads `2` (exactly) or `2..` (at least).
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let (digit, is_open) = match text.strip_suffix("..") {
            Some(digit) => (digit, true),
            None => (text, false),
        };
        match digit {
            "0" | "1" | "2" | "3" => {
                let from = digit.bytes().next().map_or(0, |byte| byte - b'0');
                let to = if is_open { 3 } else { from };
                Ok(Self { from, to })
            }
            _ => {
                let sentence = Sentence::Said(Locale::refused_filter_priority);
                Err(Refusal::new("priority", "range", sentence))
            }
        }
    }

    /// What [`PriorityRange::parse`] reads.
    pub fn text(self) -> String {
        if self.to > self.from {
            format!("{}..", self.from)
        } else {
            self.from.to_string()
        }
    }
}

/// Reads what was searched for: words in any order.
pub fn parse_words(text: &str) -> Result<Vec<String>, Refusal> {
    let refuse = |sentence| Err(Refusal::new("q", "too_long", sentence));
    if text.chars().count() > SEARCH_MAX {
        return refuse(Sentence::told(|say| say.refused_search_long(SEARCH_MAX)));
    }
    refuse_nul("q", text)?;
    let mut words = Vec::new();
    for word in text.split_whitespace() {
        let word = fold(word);
        if !word.is_empty() && !words.contains(&word) {
            words.push(word);
        }
    }
    if words.len() > WORDS_MAX {
        return refuse(Sentence::told(|say| say.refused_search_words(WORDS_MAX)));
    }
    // Accents alone fold to nothing, which everything contains.
    if words.is_empty() && !text.trim().is_empty() {
        let sentence = Sentence::Said(Locale::refused_search_empty);
        return Err(Refusal::new("q", "empty", sentence));
    }
    Ok(words)
}

/// Refuses the one character that no stored text has: to SQLite it ends a pattern, which then matches
/// everything, and PostgreSQL does not take it at all.
pub fn refuse_nul(field: &'static str, text: &str) -> Result<(), Refusal> {
    if text.contains('\0') {
        let sentence = Sentence::Said(Locale::refused_filter_nul);
        return Err(Refusal::new(field, "control", sentence));
    }
    Ok(())
}

/// One page of one view.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// Which tasks.
    pub scope: Scope,
    /// In which order.
    pub sort: Sort,
    /// How many at most, 1 to [`LIMIT_MAX`].
    pub limit: u16,
    /// Where this page begins; none = at the beginning.
    pub cursor: Option<Cursor>,
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

    #[test]
    fn every_word_is_read_back() {
        for word in ["open", "completed", "all", "trashed", "any"] {
            assert_eq!(Status::parse(word).map(Status::word), Ok(word));
        }
        assert!(Status::parse("Open").is_err());
    }

    #[test]
    fn a_priority_is_exact_or_a_least_one() {
        for text in ["0", "3", "1.."] {
            assert_eq!(
                PriorityRange::parse(text).map(PriorityRange::text),
                Ok(text.to_owned())
            );
        }
        for text in ["", "4", "-1", "..", "1...", "1..2", "02"] {
            assert!(PriorityRange::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_search_is_folded_words_each_once() {
        assert_eq!(
            parse_words(" Crème  brulee CREME 50%_ "),
            Ok(vec![
                "creme".to_owned(),
                "brulee".to_owned(),
                "50%_".to_owned()
            ])
        );
        assert!(parse_words(&"x".repeat(501)).is_err());
    }
}
