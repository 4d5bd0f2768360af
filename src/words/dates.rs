//! Days, times and moments as a locale says them.

use chrono::{Datelike as _, NaiveDate, NaiveDateTime, NaiveTime, Timelike as _, Weekday};

use super::Locale;

impl Locale {
    /// The day in words: near ones by name, far ones with their year.
    pub fn day(self, day: NaiveDate, today: NaiveDate) -> String {
        match (day - today).num_days() {
            0 => self.day_today().to_owned(),
            1 => self.day_tomorrow().to_owned(),
            -1 => self.day_yesterday().to_owned(),
            _ if day.year() == today.year() => self.near_day(day),
            2..=180 => self.near_day(day),
            _ => self.date(day),
        }
    }

    /// The day with its year.
    pub fn date(self, day: NaiveDate) -> String {
        self.date_far(day.day(), self.short_month(day.month()), day.year())
    }

    /// The day with the whole names of its weekday and month.
    pub fn long_day(self, day: NaiveDate) -> String {
        let (weekday, month) = (
            self.weekday_name(day.weekday()),
            self.month_name(day.month()),
        );
        self.date_long(weekday, day.day(), month)
    }

    /// A time of day, in whole minutes.
    pub fn time(self, time: NaiveTime) -> String {
        let (is_afternoon, hour) = time.hour12();
        let half = if is_afternoon { "pm" } else { "am" };
        let two = |number: u32| format!("{number:02}");
        self.time_of_day(two(time.hour()), two(time.minute()), hour, half)
    }

    /// A day with its year, and a time.
    pub fn moment(self, at: NaiveDateTime) -> String {
        self.date_and_time(self.date(at.date()), self.time(at.time()))
    }

    /// A day in words and, where one was said, a time.
    pub fn day_at(self, (day, at): (NaiveDate, Option<NaiveTime>), today: NaiveDate) -> String {
        let day = self.day(day, today);
        match at {
            Some(at) => self.date_and_time(day, self.time(at)),
            None => day,
        }
    }

    /// The name of a weekday.
    pub fn weekday_name(self, weekday: Weekday) -> &'static str {
        self.weekday(word(weekday))
    }

    /// The name of a month, from 1; another number has none.
    pub fn month_name(self, month: u32) -> &'static str {
        self.month(i64::from(month))
    }

    fn near_day(self, day: NaiveDate) -> String {
        let weekday = self.weekday_short(word(day.weekday()));
        self.date_near(weekday, day.day(), self.short_month(day.month()))
    }

    fn short_month(self, month: u32) -> &'static str {
        self.month_short(i64::from(month))
    }
}

fn word(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a day")
    }

    #[test]
    fn days_are_said_as_people_say_them() {
        let today = day("2026-11-22");
        for (due, british, american, german) in [
            ("2026-11-22", "today", "today", "heute"),
            ("2026-11-23", "tomorrow", "tomorrow", "morgen"),
            ("2026-11-21", "yesterday", "yesterday", "gestern"),
            ("2026-11-27", "Fri 27 Nov", "Fri, Nov 27", "Fr., 27. Nov."),
            ("2026-01-02", "Fri 2 Jan", "Fri, Jan 2", "Fr., 2. Jan."),
            ("2027-01-01", "Fri 1 Jan", "Fri, Jan 1", "Fr., 1. Jan."),
            ("2028-02-29", "29 Feb 2028", "Feb 29, 2028", "29. Feb. 2028"),
            ("2025-12-31", "31 Dec 2025", "Dec 31, 2025", "31. Dez. 2025"),
        ] {
            assert_eq!(Locale::EnGb.day(day(due), today), british, "{due}");
            assert_eq!(Locale::EnUs.day(day(due), today), american, "{due}");
            assert_eq!(Locale::De.day(day(due), today), german, "{due}");
        }
    }

    #[test]
    fn times_are_said_by_the_clock_of_the_country() {
        for (hour, minute, british, american) in [
            (0, 5, "00:05", "12:05 am"),
            (9, 0, "09:00", "9:00 am"),
            (12, 0, "12:00", "12:00 pm"),
            (17, 30, "17:30", "5:30 pm"),
        ] {
            let time = NaiveTime::from_hms_opt(hour, minute, 0).expect("a time");
            assert_eq!(Locale::EnGb.time(time), british);
            assert_eq!(Locale::De.time(time), british);
            assert_eq!(Locale::EnUs.time(time), american);
        }
        let at = day("2026-11-22").and_hms_opt(17, 30, 0).expect("a time");
        assert_eq!(Locale::De.moment(at), "22. Nov. 2026, 17:30");
        assert_eq!(Locale::EnGb.long_day(at.date()), "Sunday 22 November");
        assert_eq!(Locale::EnUs.long_day(at.date()), "Sunday, November 22");
        assert_eq!(Locale::De.long_day(at.date()), "Sonntag, 22. November");
    }

    #[test]
    fn every_weekday_and_month_has_a_name_in_every_locale() {
        for locale in Locale::ALL {
            for month in 1..=12 {
                assert!(!locale.month_name(month).is_empty(), "{locale:?} {month}");
            }
            assert_eq!(locale.month_name(13), "");
        }
        assert_eq!(Locale::De.weekday_name(Weekday::Sat), "Samstag");
        assert_eq!(Locale::De.month_name(3), "März");
    }
}
