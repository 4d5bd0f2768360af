//! What people set up for themselves.

use chrono::Weekday;
use chrono_tz::Tz;
use serde_json::{Value, json};

use crate::error::{Refusal, Sentence};
use crate::journal::Remember;
use crate::name::Name;
use crate::tasks::due::parse_zone;
use crate::tasks::quick_add::{NumericDates, Symbols};
use crate::words::Locale;

/// Fewest and most rows of a page.
const PAGE_SIZES: std::ops::RangeInclusive<u16> = 5..=200;

/// How somebody's pages look and how their typing is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// What they are called; empty = their address will do.
    pub name: String,
    /// Where their days begin and end.
    pub time_zone: Tz,
    /// The language of their pages, and whose customs dates follow.
    pub locale: Locale,
    /// How pages look.
    pub theme: Theme,
    /// Whose symbols quick add reads.
    pub symbols: Symbols,
    /// Rows of a page.
    pub page_size: u16,
    /// The day on which their weeks begin.
    pub week_start: WeekStart,
}

/// The day on which weeks begin.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WeekStart {
    /// As ISO 8601 has it.
    #[default]
    Monday,
    /// As in Egypt.
    Saturday,
    /// As in the United States.
    Sunday,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device has it.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

macro_rules! worded {
    ($type:ty { $($value:path = $word:literal),+ $(,)? }) => {
        impl $type {
            /// Every value with its word, as the API and the database have it.
            pub const WORDS: &[(Self, &str)] = &[$(($value, $word)),+];

            /// The word.
            pub fn word(self) -> &'static str {
                match self { $($value => $word),+ }
            }

            /// The value of a word.
            pub fn of_word(word: &str) -> Option<Self> {
                match word { $($word => Some($value),)+ _ => None }
            }
        }
    };
}

worded!(WeekStart {
    Self::Monday = "monday",
    Self::Saturday = "saturday",
    Self::Sunday = "sunday",
});
worded!(Theme { Self::Auto = "auto", Self::Light = "light", Self::Dark = "dark" });
worded!(Symbols { Self::Todoist = "todoist", Self::TodoTxt = "todotxt" });

impl WeekStart {
    /// What is usual among those who speak so.
    pub fn usual_in(locale: Locale) -> Self {
        Self::of_word(locale.week_start()).unwrap_or_default()
    }

    /// The weekday.
    pub const fn weekday(self) -> Weekday {
        match self {
            Self::Monday => Weekday::Mon,
            Self::Saturday => Weekday::Sat,
            Self::Sunday => Weekday::Sun,
        }
    }
}

impl Settings {
    /// Those of a new account.
    pub fn new(time_zone: Tz, locale: Locale) -> Self {
        Self {
            name: String::new(),
            time_zone,
            locale,
            theme: Theme::default(),
            symbols: Symbols::default(),
            page_size: crate::tasks::filter::PAGE_SIZE,
            week_start: WeekStart::usual_in(locale),
        }
    }

    /// Which number of `3/4` is the day.
    pub fn numeric_dates(&self) -> NumericDates {
        match self.locale.numeric_dates() {
            "month-first" => NumericDates::MonthFirst,
            _ => NumericDates::DayFirst,
        }
    }

    /// Changes one of them, named and valued as in the API.
    ///
    /// Fails with a refusal of a value that it cannot have, or of a name that is none.
    pub fn change(&mut self, name: &str, value: &Value) -> Result<(), Refusal> {
        match name {
            "name" => self.name = display_name(text("name", value)?)?,
            "timezone" => {
                self.time_zone = parse_zone("timezone", text("timezone", value)?)?;
            }
            "locale" => {
                let sentence = Sentence::told(|say| say.refused_locale(tags(say)));
                self.locale = choose("locale", value, Locale::of_tag, sentence)?;
            }
            "theme" => {
                let sentence = Sentence::Said(Locale::refused_theme);
                self.theme = choose("theme", value, Theme::of_word, sentence)?;
            }
            "quick_add_symbols" => {
                let sentence = Sentence::Said(Locale::refused_symbols);
                self.symbols = choose("quick_add_symbols", value, Symbols::of_word, sentence)?;
            }
            "week_start" => {
                let sentence = Sentence::Said(Locale::refused_week_start);
                self.week_start = choose("week_start", value, WeekStart::of_word, sentence)?;
            }
            "page_size" => {
                let size = value.as_u64().and_then(|size| u16::try_from(size).ok());
                let size = size.filter(|size| PAGE_SIZES.contains(size));
                self.page_size = size.ok_or_else(|| {
                    let (least, most) = PAGE_SIZES.into_inner();
                    let sentence = Sentence::told(move |say| say.refused_page_size(least, most));
                    Refusal::new("page_size", "range", sentence)
                })?;
            }
            other => {
                let sentence = Sentence::Said(Locale::refused_setting_unknown);
                return Err(Refusal {
                    field: other.to_owned().into(),
                    code: "unknown",
                    sentence,
                });
            }
        }
        Ok(())
    }
}

impl Remember for Settings {
    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![
            ("name", json!(self.name)),
            ("timezone", json!(self.time_zone.name())),
            ("locale", json!(self.locale.tag())),
            ("theme", json!(self.theme.word())),
            ("quick_add_symbols", json!(self.symbols.word())),
            ("page_size", json!(self.page_size)),
            ("week_start", json!(self.week_start.word())),
        ]
    }

    fn set(&mut self, name: &str, value: &Value) {
        // What a later release wrote and this one does not know stays as it is.
        drop(self.change(name, value));
    }
}

fn display_name(typed: &str) -> Result<String, Refusal> {
    if typed.trim().is_empty() {
        return Ok(String::new());
    }
    Name::parse("name", typed).map(|name| name.as_str().to_owned())
}

fn text<'v>(field: &'static str, value: &'v Value) -> Result<&'v str, Refusal> {
    let sentence = "this is a text";
    value
        .as_str()
        .ok_or_else(|| Refusal::new(field, "type", sentence))
}

/// "en-GB or en-US or de".
fn tags(say: Locale) -> String {
    let tags = Locale::ALL.iter().map(|locale| locale.tag().to_owned());
    tags.reduce(|tags, tag| say.refused_locale_or(tags, tag))
        .unwrap_or_default()
}

fn choose<T>(
    field: &'static str,
    value: &Value,
    of_word: impl Fn(&str) -> Option<T>,
    sentence: Sentence,
) -> Result<T, Refusal> {
    of_word(text(field, value)?).ok_or_else(|| Refusal::new(field, "unknown", sentence))
}
