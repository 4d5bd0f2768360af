//! The rule said aloud, in English.
//!
//! What people choose has words; a rule nobody would say has its own text instead, because a wrong
//! sentence is worse than an ugly one.

use chrono::Weekday;

use super::{End, Frequency, NthWeekday, Rule};

impl Rule {
    /// The rule in words that fit behind "repeats": "every 2 weeks on Monday and Thursday".
    pub fn words(&self) -> String {
        let Some(words) = self.days_in_words() else {
            return format!("by the rule {self}");
        };
        match self.end {
            End::Never => words,
            End::Count(1) => format!("{words}, once"),
            End::Count(count) => format!("{words}, {count} times"),
            End::Until(day, None) => format!("{words}, until {}", day.format("%-d %b %Y")),
            End::Until(day, Some(time)) => {
                let last = day.and_time(time);
                format!("{words}, until {}", last.format("%-d %b %Y %H:%M"))
            }
        }
    }

    /// Everything but the end; `None` when there are no words for it.
    fn days_in_words(&self) -> Option<String> {
        let is_about_days = self.hours.is_empty()
            && self.minutes.is_empty()
            && self.seconds.is_empty()
            && self.week_numbers.is_empty()
            && self.year_days.is_empty();
        if !is_about_days {
            return None;
        }
        if let Some(day) = self.clamped_day() {
            return self.clamped_in_words(day);
        }
        if self.frequency == Frequency::Yearly {
            return self.yearly_in_words();
        }
        let every = match (self.weekdays_in_words(), self.month_days_in_words()) {
            (None, None) if self.names_days() => return None,
            (None, None) => self.every(),
            (Some(_), _) if !self.month_days.is_empty() => return None,
            (Some(Weekdays::Workdays), _) if self.interval == 1 && self.is_by_days() => {
                "every workday".to_owned()
            }
            (Some(Weekdays::All), _) if self.interval == 1 && self.is_by_days() => {
                "every day".to_owned()
            }
            (Some(weekdays), _) => format!("{} on {}", self.every_by("week")?, weekdays.words()),
            (None, Some(days)) => format!("{} on {days}", self.every_by("month")?),
        };
        Some(match self.months_in_words() {
            None => every,
            Some(months) => format!("{every} in {months}"),
        })
    }

    fn clamped_in_words(&self, day: i32) -> Option<String> {
        match (self.frequency, self.months.as_slice()) {
            (Frequency::Monthly, []) => Some(format!(
                "{} on the {} or the last day",
                self.every(),
                ordinal(day)
            )),
            // Other months have their 29th every year, so there the form says something else.
            (Frequency::Yearly, [2]) if day == 29 => Some(format!(
                "{} on 29 February or the last day of February",
                self.every()
            )),
            _ => None,
        }
    }

    fn yearly_in_words(&self) -> Option<String> {
        let every = self.every();
        let months = self.months_in_words();
        let weekdays = self.weekdays_in_words().map(Weekdays::words);
        // A position among the days of several months has no words.
        if !self.positions.is_empty() && self.months.len() > 1 {
            return None;
        }
        match (weekdays, self.month_days.as_slice(), months) {
            (None, [], _) if self.names_days() => None,
            (None, [], None) => Some(every),
            (None, [], Some(months)) => Some(format!("{every} in {months}")),
            (None, [day], Some(_)) if *day > 0 && self.names_month_days_alone() => {
                let dates = self.months.iter().map(|month| month_name(*month));
                let dates: Option<Vec<_>> = dates.map(|m| Some(format!("{day} {}", m?))).collect();
                Some(format!("{every} on {}", listed(&dates?)))
            }
            (None, [_, ..], Some(months)) if self.names_month_days_alone() => Some(format!(
                "{every} on {} of {months}",
                self.month_days_in_words()?
            )),
            (Some(days), [], Some(months)) => Some(format!("{every} on {days} of {months}")),
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
    fn every_by(&self, longer: &str) -> Option<String> {
        match (self.frequency, self.interval) {
            (Frequency::Daily, 1) => Some(format!("every {longer}")),
            (Frequency::Daily, _) => None,
            _ => Some(self.every()),
        }
    }

    fn every(&self) -> String {
        let unit = match self.frequency {
            Frequency::Hourly => "hour",
            Frequency::Daily => "day",
            Frequency::Weekly => "week",
            Frequency::Monthly => "month",
            Frequency::Yearly => "year",
        };
        match self.interval {
            1 => format!("every {unit}"),
            many => format!("every {many} {unit}s"),
        }
    }

    fn months_in_words(&self) -> Option<String> {
        let names: Option<Vec<_>> = self.months.iter().map(|month| month_name(*month)).collect();
        names.filter(|names| !names.is_empty()).map(|n| listed(&n))
    }

    /// "the 2nd and the last day", when the rule is about days of the month alone.
    fn month_days_in_words(&self) -> Option<String> {
        if self.month_days.is_empty() || !self.positions.is_empty() {
            return None;
        }
        let names: Vec<String> = self
            .month_days
            .iter()
            .map(|day| match day {
                -1 => "the last day".to_owned(),
                ..0 => format!("the {} to last day", ordinal(-day)),
                _ => format!("the {}", ordinal(*day)),
            })
            .collect();
        Some(listed(&names))
    }

    fn weekdays_in_words(&self) -> Option<Weekdays> {
        let days = &self.weekdays;
        let is_within_month = self.frequency >= Frequency::Monthly;
        match (self.positions.as_slice(), days.as_slice()) {
            (_, []) => None,
            ([_, ..], _) if !self.month_days.is_empty() => None,
            // One weekday and a position is how some programs write "the last Friday".
            ([nth], [on]) if is_within_month && on.nth == 0 => {
                Some(Weekdays::Named(nth_words(*nth, weekday_name(on.weekday))))
            }
            ([nth], _) if is_within_month && is_workdays(days) => {
                Some(Weekdays::Named(nth_words(*nth, "workday")))
            }
            ([], _) if is_workdays(days) => Some(Weekdays::Workdays),
            ([], _) if days.len() == 7 && days.iter().all(|on| on.nth == 0) => Some(Weekdays::All),
            ([], _) => Some(Weekdays::Named(self.named(days)?)),
            _ => None,
        }
    }

    fn named(&self, days: &[NthWeekday]) -> Option<String> {
        // "The 20th Monday of January" does not exist and "of the year" has no words here.
        if self.frequency == Frequency::Yearly && self.months.is_empty() {
            return None;
        }
        let is_within_month = self.frequency >= Frequency::Monthly;
        let names: Vec<String> = days
            .iter()
            .map(|on| match (on.nth, weekday_name(on.weekday)) {
                (0, name) if is_within_month => format!("every {name}"),
                (0, name) => name.to_owned(),
                (nth, name) => nth_words(nth, name),
            })
            .collect();
        Some(listed(&names))
    }
}

enum Weekdays {
    Workdays,
    All,
    Named(String),
}

impl Weekdays {
    fn words(self) -> String {
        match self {
            Self::Workdays => "workdays".to_owned(),
            Self::All => "every day".to_owned(),
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

fn nth_words(nth: i32, name: &str) -> String {
    match nth {
        -1 => format!("the last {name}"),
        ..0 => format!("the {} to last {name}", ordinal(-nth)),
        _ => format!("the {} {name}", ordinal(nth)),
    }
}

pub(super) fn ordinal(number: i32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// "a", "a and b", "a, b and c".
fn listed(items: &[impl AsRef<str>]) -> String {
    let mut words = String::new();
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            words.push_str(if at + 1 == items.len() { " and " } else { ", " });
        }
        words.push_str(item.as_ref());
    }
    words
}

fn month_name(month: i32) -> Option<&'static str> {
    let month = chrono::Month::try_from(u8::try_from(month).ok()?).ok()?;
    Some(month.name())
}

const fn weekday_name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "Monday",
        Weekday::Tue => "Tuesday",
        Weekday::Wed => "Wednesday",
        Weekday::Thu => "Thursday",
        Weekday::Fri => "Friday",
        Weekday::Sat => "Saturday",
        Weekday::Sun => "Sunday",
    }
}
