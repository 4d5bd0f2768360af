//! The rule said aloud, in the language of whoever reads it.
//!
//! What people choose has words; a rule nobody would say has its own text instead, because a wrong
//! sentence is worse than an ugly one. The words themselves are in the catalogues.

use chrono::Weekday;

use super::{End, Frequency, NthWeekday, Rule};
use crate::words::Locale;

impl Rule {
    /// The rule in words that fit behind "repeats": "every 2 weeks on Monday and Thursday".
    pub fn words(&self, say: Locale) -> String {
        let Some(words) = self.days_in_words(say) else {
            return say.repeat_by_rule(self);
        };
        match self.end {
            End::Never => words,
            End::Count(count) => say.repeat_times(i64::from(count), words),
            End::Until(day, None) => say.repeat_until(words, say.date(day)),
            End::Until(day, Some(time)) => {
                say.repeat_until_time(words, say.date(day), say.time(time))
            }
        }
    }

    /// Everything but the end; `None` when there are no words for it.
    fn days_in_words(&self, say: Locale) -> Option<String> {
        let is_about_days = self.hours.is_empty()
            && self.minutes.is_empty()
            && self.seconds.is_empty()
            && self.week_numbers.is_empty()
            && self.year_days.is_empty();
        if !is_about_days {
            return None;
        }
        if let Some(day) = self.clamped_day() {
            return self.clamped_in_words(say, day);
        }
        if self.frequency == Frequency::Yearly {
            return self.yearly_in_words(say);
        }
        let weekdays = self.weekdays_in_words(say);
        let every = match (weekdays, self.month_days_in_words(say)) {
            (None, None) if self.names_days() => return None,
            (None, None) => self.every(say),
            (Some(_), _) if !self.month_days.is_empty() => return None,
            (Some(Weekdays::Workdays), _) if self.interval == 1 && self.is_by_days() => {
                say.repeat_every_workday().to_owned()
            }
            (Some(Weekdays::All), _) if self.interval == 1 && self.is_by_days() => {
                say.repeat_every("day", 1)
            }
            (Some(weekdays), _) => say.repeat_on(self.every_by(say, "week")?, weekdays.words(say)),
            (None, Some(days)) => say.repeat_on(self.every_by(say, "month")?, days),
        };
        Some(match self.months_in_words(say) {
            None => every,
            Some(months) => say.repeat_in(every, months),
        })
    }

    fn clamped_in_words(&self, say: Locale, day: i32) -> Option<String> {
        let every = self.every(say);
        match (self.frequency, self.months.as_slice()) {
            (Frequency::Monthly, []) => {
                Some(say.repeat_day_or_last(every, say.ordinal(i64::from(day))))
            }
            // Other months have their 29th every year, so there the form says something else.
            (Frequency::Yearly, [2]) if day == 29 => Some(say.repeat_leap_day_or_last(every)),
            _ => None,
        }
    }

    fn yearly_in_words(&self, say: Locale) -> Option<String> {
        let every = self.every(say);
        let months = self.months_in_words(say);
        let weekdays = self.weekdays_in_words(say);
        // A position among the days of several months has no words.
        if !self.positions.is_empty() && self.months.len() > 1 {
            return None;
        }
        match (weekdays, self.month_days.as_slice(), months) {
            (None, [], _) if self.names_days() => None,
            (None, [], None) => Some(every),
            (None, [], Some(months)) => Some(say.repeat_in(every, months)),
            (None, [day], Some(_)) if *day > 0 && self.names_month_days_alone() => {
                let months = self
                    .months
                    .iter()
                    .map(|month| say.month_name(month.unsigned_abs()));
                let dates = months.map(|month| say.repeat_date(day, month));
                Some(say.repeat_on(every, listed(say, dates)?))
            }
            (None, [_, ..], Some(months)) if self.names_month_days_alone() => {
                Some(say.repeat_on_of(every, self.month_days_in_words(say)?, months))
            }
            (Some(days), [], Some(months)) => {
                Some(say.repeat_on_of(every, days.words(say), months))
            }
            _ => None,
        }
    }

    /// Whether there is more to say than the frequency.
    fn names_days(&self) -> bool {
        !(self.weekdays.is_empty() && self.month_days.is_empty() && self.positions.is_empty())
    }

    fn names_month_days_alone(&self) -> bool {
        self.weekdays.is_empty() && self.positions.is_empty()
    }

    /// Whether weekdays alone can say when, because the rule steps by neither hours nor years.
    fn is_by_days(&self) -> bool {
        (Frequency::Daily..=Frequency::Monthly).contains(&self.frequency)
    }

    /// "Every week" in place of "every day", when only some days of that period are meant.
    fn every_by(&self, say: Locale, longer: &str) -> Option<String> {
        match (self.frequency, self.interval) {
            (Frequency::Daily, 1) => Some(say.repeat_every(longer, 1)),
            (Frequency::Daily, _) => None,
            _ => Some(self.every(say)),
        }
    }

    fn every(&self, say: Locale) -> String {
        let unit = match self.frequency {
            Frequency::Hourly => "hour",
            Frequency::Daily => "day",
            Frequency::Weekly => "week",
            Frequency::Monthly => "month",
            Frequency::Yearly => "year",
        };
        say.repeat_every(unit, i64::from(self.interval))
    }

    fn months_in_words(&self, say: Locale) -> Option<String> {
        listed(
            say,
            self.months
                .iter()
                .map(|month| say.month_name(month.unsigned_abs())),
        )
    }

    /// "the 2nd and the last day", when the rule is about days of the month alone.
    fn month_days_in_words(&self, say: Locale) -> Option<String> {
        if !self.positions.is_empty() {
            return None;
        }
        let days = self.month_days.iter().map(|day| i64::from(*day));
        let words = days.map(|day| match day {
            ..0 => say.repeat_day_from_end(-day, say.ordinal(-day)),
            _ => say.repeat_day(say.ordinal(day)),
        });
        listed(say, words)
    }

    fn weekdays_in_words(&self, say: Locale) -> Option<Weekdays> {
        let days = &self.weekdays;
        let is_within_month = self.frequency >= Frequency::Monthly;
        match (self.positions.as_slice(), days.as_slice()) {
            (_, []) => None,
            ([_, ..], _) if !self.month_days.is_empty() => None,
            // One weekday and a position is how some programs write "the last Friday".
            ([nth], [on]) if is_within_month && on.nth == 0 => {
                let weekday = say.weekday_name(on.weekday);
                Some(Weekdays::Named(nth_words(say, *nth, weekday)))
            }
            ([nth], _) if is_within_month && is_workdays(days) => {
                Some(Weekdays::Named(nth_words(say, *nth, say.repeat_workday())))
            }
            ([], _) if is_workdays(days) => Some(Weekdays::Workdays),
            ([], _) if days.len() == 7 && days.iter().all(|on| on.nth == 0) => Some(Weekdays::All),
            ([], _) => self.named_weekdays(say).map(Weekdays::Named),
            _ => None,
        }
    }

    fn named_weekdays(&self, say: Locale) -> Option<String> {
        // "The 20th Monday of January" does not exist and "of the year" has no words here.
        if self.frequency == Frequency::Yearly && self.months.is_empty() {
            return None;
        }
        let days = self.weekdays.iter();
        let days = days.map(|on| (on.nth, say.weekday_name(on.weekday)));
        if self.frequency < Frequency::Monthly {
            let days = listed(say, days.map(|(_, weekday)| weekday))?;
            return Some(say.repeat_weekdays(days));
        }
        let words = days.map(|(nth, weekday)| match nth {
            0 => say.repeat_each_weekday(weekday),
            _ => nth_words(say, nth, weekday),
        });
        listed(say, words)
    }
}

enum Weekdays {
    Workdays,
    All,
    Named(String),
}

impl Weekdays {
    fn words(self, say: Locale) -> String {
        match self {
            Self::Workdays => say.repeat_workdays().to_owned(),
            Self::All => say.repeat_all_days().to_owned(),
            Self::Named(words) => words,
        }
    }
}

fn is_workdays(days: &[NthWeekday]) -> bool {
    days.len() == 5
        && days
            .iter()
            .all(|on| on.nth == 0 && !matches!(on.weekday, Weekday::Sat | Weekday::Sun))
}

fn nth_words(say: Locale, nth: i32, weekday: &str) -> String {
    let nth = i64::from(nth);
    match nth {
        ..0 => say.repeat_nth_from_end(-nth, weekday, say.ordinal(-nth)),
        _ => say.repeat_nth(say.ordinal(nth), weekday),
    }
}

/// "a", "a and b", "a, b and c"; none for nothing.
fn listed(say: Locale, items: impl Iterator<Item = impl Into<String>>) -> Option<String> {
    let mut items: Vec<String> = items.map(Into::into).collect();
    let last = items.pop()?;
    let rest = items.into_iter();
    let rest = rest.reduce(|items, next| say.repeat_comma(items, next));
    Some(match rest {
        Some(rest) => say.repeat_and(rest, last),
        None => last,
    })
}
