//! How often, as people write it into a form: in the words of quick add, or as an RRULE.

use chrono::{NaiveDateTime, Weekday};

use crate::clock::Stamp;
use crate::error::{Refusal, Sentence};
use crate::tasks::Recurrence;
use crate::tasks::quick_add::{self, Context, NumericDates, Symbols};
use crate::web::body::Members;
use crate::words::{Locale, ORIGINAL};

/// What the field says.
pub struct Repeat {
    /// The rule; none = it does not repeat.
    pub rule: Option<String>,
    /// Whether the words count from completion: `every! 3 days`.
    pub from_completion: bool,
}

/// Takes the field out of a form; none if the form has no such field.
pub fn take(form: &mut Members, now: Stamp) -> Result<Option<Repeat>, Refusal> {
    let Some(value) = form.take("recurrence") else {
        return Ok(None);
    };
    let text = value.as_str().unwrap_or_default().trim();
    if text.is_empty() {
        return Ok(Some(Repeat {
            rule: None,
            from_completion: false,
        }));
    }
    if text.to_ascii_uppercase().contains("FREQ=") {
        return Ok(Some(Repeat {
            rule: Some(text.to_owned()),
            from_completion: false,
        }));
    }
    understood(text, now.utc().naive_utc())
        .map(Some)
        .ok_or_else(|| {
            let sentence = Sentence::Said(Locale::refused_repeat_words);
            Refusal::new("recurrence", "words", sentence)
        })
}

/// Reads the words as quick add reads them behind a title.
fn understood(text: &str, now: NaiveDateTime) -> Option<Repeat> {
    let context = Context {
        now,
        week_start: Weekday::Mon,
        numeric: NumericDates::DayFirst,
        symbols: Symbols::Todoist,
        lists: &|_| None,
        create_lists: false,
        keep: &[],
    };
    let entry = quick_add::parse(&format!("x\u{b7} {text}"), &context)
        .into_iter()
        .next()?;
    let rule = entry.recurrence.filter(|_| entry.title == "x\u{b7}")?;
    Some(Repeat {
        rule: Some(rule),
        from_completion: entry.from_completion,
    })
}

/// What the field shows: words, if they would be read back as the same rule, else the rule.
///
/// English in every language, because that is what quick add reads.
pub fn words(recurrence: &Recurrence) -> String {
    let words = recurrence
        .rule()
        .map(|rule| rule.words(ORIGINAL))
        .unwrap_or_default();
    let read = understood(&words, NaiveDateTime::default());
    let is_same = read
        .and_then(|read| read.rule)
        .is_some_and(|rule| rule == recurrence.text());
    if is_same {
        words
    } else {
        recurrence.text().to_owned()
    }
}
