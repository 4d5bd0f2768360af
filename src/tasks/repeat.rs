//! A task that repeats: its rule, what the rule counts from, and the occurrence that comes next.

use chrono::{NaiveDate, NaiveDateTime};

use super::Due;
use super::recurrence::{Moment, Next, Rule};
use crate::error::Refusal;
use crate::words::Locale;

/// How a task repeats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recurrence {
    /// RRULE of RFC 5545; kept as text, because most reads only show it.
    rule: String,
    /// The next occurrence counts from when this one was done, not from when it was due.
    pub from_completion: bool,
    /// Occurrences that were missed come each in turn; otherwise the next is the first after now.
    pub keeps_missed: bool,
    /// The day that the rule gave this occurrence, wherever it was moved since.
    pub series_on: NaiveDate,
}

impl Recurrence {
    /// Repeats by the rule, counted from `due`.
    pub fn new(rule: Rule, due: &Due, from_completion: bool, keeps_missed: bool) -> Self {
        let rule = if from_completion {
            rule
        } else {
            rule.for_anchor(due.on)
        };
        Self {
            rule: rule.text(),
            from_completion,
            keeps_missed,
            series_on: due.on,
        }
    }

    /// What was checked before it was stored.
    pub(crate) fn stored(
        rule: String,
        (from_completion, keeps_missed): (bool, bool),
        series_on: NaiveDate,
    ) -> Self {
        Self {
            rule,
            from_completion,
            keeps_missed,
            series_on,
        }
    }

    /// The rule as programs write it.
    pub fn text(&self) -> &str {
        &self.rule
    }

    /// The rule; none if an older release stored what this one no longer takes.
    pub fn rule(&self) -> Option<Rule> {
        Rule::stored(&self.rule)
    }

    /// The rule in words.
    pub fn words(&self, say: Locale) -> String {
        let words = self
            .rule()
            .map_or_else(|| self.rule.clone(), |rule| rule.words(say));
        if self.from_completion {
            say.repeat_from_completion(words)
        } else {
            words
        }
    }

    /// What follows an occurrence that is done (or skipped) at this moment, by the owner's clock;
    /// none ends the series.
    pub fn next(&self, due: &Due, now: NaiveDateTime) -> Option<(Due, Self)> {
        let rule = self.rule()?;
        let next = if self.from_completion {
            rule.next_from_completion(now, due.at)
        } else {
            let scheduled: Moment = (self.series_on, due.at);
            let after = if self.keeps_missed {
                self.series_on.and_time(due.at.unwrap_or_default())
            } else {
                now
            };
            rule.next(scheduled, after)
        };
        next.map(|next| self.following(due, &next))
    }

    /// The days ahead, this occurrence first.
    pub fn preview(&self, due: &Due, count: usize) -> Vec<Moment> {
        let Some(rule) = self.rule() else {
            return vec![(due.on, due.at)];
        };
        let mut moments = rule.preview((self.series_on, due.at), count);
        if let Some(first) = moments.first_mut() {
            *first = (due.on, due.at);
        }
        moments
    }

    fn following(&self, due: &Due, next: &Next) -> (Due, Self) {
        let following = Due {
            on: next.date,
            at: next.time,
            zone: due.zone,
        };
        let recurrence = Self {
            rule: next.rule.text(),
            series_on: next.date,
            ..self.clone()
        };
        (following, recurrence)
    }
}

/// Reads a rule for a task that has a due time or has none.
pub fn parse_rule(text: &str, has_time: bool) -> Result<Rule, Refusal> {
    Rule::parse(text, has_time)
        .map_err(|error| Refusal::new("recurrence", error.code, error.sentence))
}
