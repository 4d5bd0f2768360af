//! The words of a task: its title and its notes.
//!
//! Lengths count Unicode code points, as the documents of the API say.

use crate::error::{Refusal, Sentence};
use crate::words::Locale;

/// Longest title, in code points.
pub const TITLE_MAX: usize = 500;
/// Longest notes, in code points.
pub const NOTES_MAX: usize = 20_000;

/// One line of 1 to 500 code points with something to see in it, trimmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Trims and checks what was typed.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.trim();
        let refuse = |code, sentence| Err(Refusal::new("title", code, sentence));
        if text.chars().all(is_invisible) {
            return refuse("required", Sentence::Said(Locale::refused_title_empty));
        }
        if text
            .chars()
            .any(|c| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'))
        {
            return refuse("control", Sentence::Said(Locale::refused_title_control));
        }
        if text.chars().count() > TITLE_MAX {
            let sentence = Sentence::told(|say| say.refused_title_long(TITLE_MAX));
            return refuse("too_long", sentence);
        }
        Ok(Self(text.to_owned()))
    }

    /// A title that was checked before it was stored.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Up to 20,000 code points over any number of lines, ended by `\n` alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notes(String);

impl Notes {
    /// Checks what was typed; forms end lines with CR LF, the stored text does not.
    pub fn parse(text: &str) -> Result<Self, Refusal> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text
            .chars()
            .any(|c| c.is_control() && !matches!(c, '\n' | '\t'))
        {
            let sentence = Sentence::Said(Locale::refused_notes_control);
            return Err(Refusal::new("notes", "control", sentence));
        }
        if text.chars().count() > NOTES_MAX {
            let sentence = Sentence::Said(Locale::refused_notes_long);
            return Err(Refusal::new("notes", "too_long", sentence));
        }
        Ok(Self(text))
    }

    /// Notes that were checked before they were stored.
    pub(crate) fn stored(text: String) -> Self {
        Self(text)
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.0.trim().is_empty()
    }
}

/// White space, or a code point of Unicode's `Default_Ignorable_Code_Point` property.
pub(crate) fn is_invisible(c: char) -> bool {
    c.is_whitespace()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fff8}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(text: &str, code: &str) {
        let refusal = Title::parse(text).expect_err(text);
        assert_eq!(refusal.code, code, "{text:?}");
    }

    #[test]
    fn a_title_is_trimmed_and_kept_as_typed_otherwise() {
        let title = Title::parse("  Milk  &  <b>eggs</b> ").expect("a title");
        assert_eq!(title.as_str(), "Milk  &  <b>eggs</b>");
    }

    #[test]
    fn nothing_to_see_is_no_title() {
        for text in [
            "",
            "   ",
            "\u{200d}",
            "\u{200d}\u{feff} \u{2060}",
            "\u{3164}",
        ] {
            refused(text, "required");
        }
    }

    #[test]
    fn length_counts_code_points() {
        assert!(Title::parse(&"😀".repeat(500)).is_ok());
        refused(&"x".repeat(501), "too_long");
    }

    #[test]
    fn every_control_character_is_refused_inside_a_title() {
        for c in ('\u{0}'..='\u{1f}').chain(['\u{7f}', '\u{85}', '\u{2028}']) {
            refused(&format!("a{c}b"), "control");
        }
    }

    #[test]
    fn notes_keep_lines_and_tabs_and_nothing_else_below_space() {
        assert_eq!(
            Notes::parse("a\r\nb\tc\rd").map(|n| n.0).as_deref(),
            Ok("a\nb\tc\nd")
        );
        assert!(Notes::parse("a\u{0}b").is_err());
        assert!(Notes::parse(&"é".repeat(20_000)).is_ok());
        assert!(Notes::parse(&"é".repeat(20_001)).is_err());
    }
}
