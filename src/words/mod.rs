//! What pages say, in every language of `locales/`.
//!
//! The build turns each file there into a [`Locale`] and each message into a method of it, so a
//! sentence that is missing, misspelt or lacks a part does not compile. In here is what a catalogue
//! cannot say: which locale a visitor wants, and how the parts of a date are put together. The JSON
//! API and the logs speak the original, English.

mod dates;
mod negotiation;

use std::fmt::Write as _;
use std::sync::LazyLock;

use intl_pluralrules::{PluralCategory, PluralRuleType, PluralRules};
use unic_langid::LanguageIdentifier;

#[expect(
    clippy::doc_markdown,
    clippy::too_many_lines,
    clippy::match_same_arms,
    clippy::single_match_else,
    reason = "written by the build, from the catalogues"
)]
mod catalogue {
    use super::{PluralCategory, put};

    include!(concat!(env!("OUT_DIR"), "/catalogue.rs"));
}

pub use catalogue::Locale;

/// The one that everything is translated from.
pub const ORIGINAL: Locale = Locale::EnGb;

impl Locale {
    /// The locale of a tag.
    pub fn of_tag(tag: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|locale| locale.tag() == tag)
    }

    /// The form that a number takes (CLDR), such as one or other.
    fn category(self, number: i64) -> PluralCategory {
        static RULES: LazyLock<Vec<(Locale, PluralRules)>> = LazyLock::new(|| {
            let rules = |locale: &Locale| {
                let language: LanguageIdentifier = locale.tag().split('-').next()?.parse().ok()?;
                let rules = PluralRules::create(language, PluralRuleType::CARDINAL).ok()?;
                Some((*locale, rules))
            };
            Locale::ALL.iter().filter_map(rules).collect()
        });
        let own = RULES.iter().find(|(locale, _)| *locale == self);
        own.and_then(|(_, rules)| rules.select(number).ok())
            .unwrap_or(PluralCategory::OTHER)
    }
}

fn put(said: &mut String, part: &impl std::fmt::Display) {
    // Writing to a string does not fail.
    let _ = write!(said, "{part}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_locale_has_a_name_plurals_and_a_tag_that_is_read_back() {
        for locale in Locale::ALL {
            assert_eq!(Locale::of_tag(locale.tag()), Some(*locale));
            assert!(!locale.locale_name().is_empty());
            assert_eq!(locale.category(1), PluralCategory::ONE, "{locale:?}");
            assert_eq!(locale.category(2), PluralCategory::OTHER, "{locale:?}");
        }
        assert_eq!(Locale::default(), ORIGINAL);
    }
}
