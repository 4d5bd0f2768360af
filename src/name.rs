//! Names of lists, labels and saved views: one line with something to see in it.

use crate::error::{Refusal, Sentence};
use crate::fold::fold;
use crate::tasks::title::is_invisible;
use crate::words::Locale;

/// Longest name, in code points.
pub const NAME_MAX: usize = 100;

/// One line of 1 to 100 code points, trimmed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Trims and checks what was typed into `field`.
    pub fn parse(field: &'static str, text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let refuse = |code, sentence| Err(Refusal::new(field, code, sentence));
        if text.chars().all(is_invisible) {
            return refuse("required", Sentence::Said(Locale::refused_name_empty));
        }
        if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            return refuse("control", Sentence::Said(Locale::refused_name_control));
        }
        if text.chars().count() > NAME_MAX {
            let sentence = Sentence::told(|say| say.refused_name_long(NAME_MAX));
            return refuse("too_long", sentence);
        }
        Ok(Self(text.to_owned()))
    }

    /// A name that was checked before it was stored.
    pub(crate) fn stored(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same for every spelling that a person takes for the same name.
    pub fn key(&self) -> String {
        fold(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_one_visible_line() {
        assert_eq!(
            Name::parse("name", "  Büro ").map(|name| name.key()),
            Ok("buro".to_owned())
        );
        for refused in ["", " \u{200b} ", "a\nb", "a\tb", &"x".repeat(101)] {
            assert!(Name::parse("name", refused).is_err(), "{refused:?}");
        }
    }
}
