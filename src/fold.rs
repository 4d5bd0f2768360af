//! Folding: what a person takes for the same word becomes the same text.
//!
//! Done here and stored, because the engines disagree about case beyond ASCII and about accents.

use caseless::Caseless as _;
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The text without case and accents: Unicode case folding (in which ß is ss), NFKD, and no
/// combining marks.
pub fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars()
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .default_case_fold()
        // Folding may compose what was taken apart, and compatibility forms fold to marks.
        .nfkd()
        .filter(|c| !is_combining_mark(*c))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_accents_and_forms_do_not_count() {
        for (written, folded) in [
            ("Buy MILK", "buy milk"),
            ("Crème Brûlée", "creme brulee"),
            ("Straße", "strasse"),
            ("ΣΊΣΥΦΟΣ", "σισυφοσ"),
            ("Σίσυφος", "σισυφοσ"),
            ("ﬁnd Ⅳ ½", "find iv 1⁄2"),
            ("İstanbul", "istanbul"),
            ("Ångström", "angstrom"),
            ("日本語 ﾊﾟ", "日本語 ハ"),
            ("", ""),
        ] {
            assert_eq!(fold(written), folded, "{written}");
        }
    }

    #[test]
    fn folding_twice_changes_nothing() {
        for text in ["Straße", "ŉ ǰ ΐ", "ﬃ", "K Å ſ", "\u{345}\u{1f80}"] {
            assert_eq!(fold(&fold(text)), fold(text), "{text}");
        }
    }
}
