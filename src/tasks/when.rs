//! Where the wall clock meets the world's: a day and a time in a zone, as an instant and back.
//!
//! A time that a zone skips in spring is moved forward by what was skipped, so 02:30 becomes 03:30;
//! a time that comes twice in autumn is the first of the two. A day without a time begins when its
//! first moment does, which is not midnight where midnight is skipped.

use chrono::{DateTime, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use chrono::{TimeZone as _, Utc};
use chrono_tz::Tz;

/// Further than any zone has ever been from Greenwich, in seconds.
const FAR: i64 = 16 * 60 * 60;

/// The instant of a day and time in a zone; of the day's beginning when there is no time.
pub fn instant(date: NaiveDate, time: Option<NaiveTime>, zone: Tz) -> DateTime<Utc> {
    let wall = date.and_time(time.unwrap_or(NaiveTime::MIN));
    match zone.from_local_datetime(&wall) {
        MappedLocalTime::Single(only) => only.to_utc(),
        MappedLocalTime::Ambiguous(first, second) => first.min(second).to_utc(),
        MappedLocalTime::None => {
            let before = last_second_before_gap(wall, zone);
            match time {
                // Read by the clock as it was before the gap, the time lands as far behind it.
                Some(_) => before + (wall - local(before, zone)),
                None => before + TimeDelta::seconds(1),
            }
        }
    }
}

/// What the clock on the wall of a zone shows at an instant.
pub fn local(instant: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    instant.with_timezone(&zone).naive_local()
}

/// The last second whose wall clock is still short of a time that its zone skips.
fn last_second_before_gap(wall: NaiveDateTime, zone: Tz) -> DateTime<Utc> {
    let far = TimeDelta::seconds(FAR);
    let wall_utc = wall.and_utc();
    let (Some(mut before), Some(mut behind)) = (
        wall_utc.checked_sub_signed(far),
        wall_utc.checked_add_signed(far),
    ) else {
        return wall_utc;
    };
    // The clock shows less than `wall` before and more behind; halving keeps both true.
    while behind - before > TimeDelta::seconds(1) {
        let middle = before + TimeDelta::seconds((behind - before).num_seconds() / 2);
        if local(middle, zone) < wall {
            before = middle;
        } else {
            behind = middle;
        }
    }
    before
}

#[cfg(test)]
mod tests {
    use chrono::Days;
    use chrono_tz::TZ_VARIANTS;

    use super::*;

    fn at(date: &str, time: &str, zone: &str) -> String {
        let date = date.parse().expect("a day");
        let time = (!time.is_empty()).then(|| time.parse().expect("a time"));
        let zone: Tz = zone.parse().expect("a zone");
        let instant = instant(date, time, zone);
        format!(
            "{} {}",
            instant.format("%FT%RZ"),
            local(instant, zone).format("%d %R")
        )
    }

    #[test]
    fn a_skipped_time_moves_forward_by_what_was_skipped() {
        for (date, time, zone, expected) in [
            (
                "2027-03-28",
                "02:30:00",
                "Europe/Berlin",
                "2027-03-28T01:30Z 28 03:30",
            ),
            (
                "2027-03-14",
                "02:00:00",
                "America/New_York",
                "2027-03-14T07:00Z 14 03:00",
            ),
            (
                "2026-10-04",
                "02:10:00",
                "Australia/Lord_Howe",
                "2026-10-03T15:40Z 04 02:40",
            ),
            (
                "2018-11-04",
                "00:15:00",
                "America/Sao_Paulo",
                "2018-11-04T03:15Z 04 01:15",
            ),
            (
                "2026-03-29",
                "00:30:00",
                "Asia/Beirut",
                "2026-03-28T22:30Z 29 01:30",
            ),
            (
                "2011-12-30",
                "10:00:00",
                "Pacific/Apia",
                "2011-12-30T20:00Z 31 10:00",
            ),
            (
                "1993-08-21",
                "10:00:00",
                "Pacific/Kwajalein",
                "1993-08-21T22:00Z 22 10:00",
            ),
        ] {
            assert_eq!(at(date, time, zone), expected, "{zone}");
        }
    }

    #[test]
    fn a_time_that_comes_twice_is_the_first() {
        for (date, time, zone, expected) in [
            (
                "2026-10-25",
                "02:30:00",
                "Europe/Berlin",
                "2026-10-25T00:30Z 25 02:30",
            ),
            (
                "2026-11-01",
                "01:00:00",
                "America/New_York",
                "2026-11-01T05:00Z 01 01:00",
            ),
            (
                "2026-04-05",
                "01:45:00",
                "Australia/Lord_Howe",
                "2026-04-04T14:45Z 05 01:45",
            ),
        ] {
            assert_eq!(at(date, time, zone), expected, "{zone}");
        }
    }

    #[test]
    fn a_day_begins_with_its_first_moment() {
        for (date, zone, expected) in [
            ("2026-11-23", "Europe/Berlin", "2026-11-22T23:00Z 23 00:00"),
            (
                "2018-11-04",
                "America/Sao_Paulo",
                "2018-11-04T03:00Z 04 01:00",
            ),
            ("2026-03-29", "Asia/Beirut", "2026-03-28T22:00Z 29 01:00"),
            ("2011-12-30", "Pacific/Apia", "2011-12-30T10:00Z 31 00:00"),
            // Toronto skipped from 23:30 to 00:30, half an hour on either side of midnight.
            (
                "1919-03-31",
                "America/Toronto",
                "1919-03-31T04:30Z 31 00:30",
            ),
        ] {
            assert_eq!(at(date, "", zone), expected, "{zone}");
        }
    }

    /// The last second before every change of a zone's clock in a year.
    fn changes(zone: Tz, year: i32) -> Vec<DateTime<Utc>> {
        let ahead = |at: DateTime<Utc>| local(at, zone) - at.naive_utc();
        let first = NaiveDate::from_yo_opt(year, 1).expect("a day");
        let weeks = (0..53).map(|week| instant(first, None, Tz::UTC) + TimeDelta::weeks(week));
        let mut seconds = Vec::new();
        for week in weeks {
            let (mut before, mut behind) = (week, week + TimeDelta::weeks(1));
            if ahead(before) == ahead(behind) {
                continue;
            }
            while behind - before > TimeDelta::seconds(1) {
                let middle = before + TimeDelta::seconds((behind - before).num_seconds() / 2);
                if ahead(middle) == ahead(week) {
                    before = middle;
                } else {
                    behind = middle;
                }
            }
            seconds.push(before);
        }
        seconds
    }

    #[test]
    fn around_every_change_of_every_zone_the_rules_hold() {
        let mut skipped = 0;
        let years = [1993, 2010, 2011, 2024];
        let zones = TZ_VARIANTS.into_iter();
        for (zone, year) in zones.flat_map(|zone| years.map(|year| (zone, year))) {
            for before in changes(zone, year) {
                let behind = before + TimeDelta::seconds(1);
                let gap = local(before, zone) + TimeDelta::seconds(1)..local(behind, zone);
                let jump = gap.end - gap.start;
                for minutes in (-90..=90).step_by(5) {
                    let wall = gap.start + TimeDelta::minutes(minutes);
                    let got = instant(wall.date(), Some(wall.time()), zone);
                    if gap.contains(&wall) {
                        skipped += 1;
                        assert_eq!(local(got, zone), wall + jump, "{zone} {wall}");
                    } else {
                        assert_eq!(local(got, zone), wall, "{zone} {wall}");
                        // Of a time that comes twice, the first is before the change.
                        let comes_twice = wall < gap.start && wall >= gap.end;
                        assert!(!comes_twice || got <= before, "{zone} {wall}");
                    }
                }
            }
        }
        assert!(skipped > 1000, "{skipped}");
    }

    #[test]
    fn instants_follow_the_wall_clock_in_every_zone() {
        // Half a year with the end of summer in the north, its start in the south, and no 30
        // December in Apia.
        let first = NaiveDate::from_ymd_opt(2011, 9, 1).expect("a day");
        for zone in TZ_VARIANTS {
            let mut before = instant(first, None, zone);
            for hour in 1..183 * 24 {
                let wall = first.and_time(NaiveTime::MIN) + TimeDelta::hours(hour);
                let now = instant(wall.date(), Some(wall.time()), zone);
                // What a gap moved forward may meet what was there, never pass it by more than the
                // gap, which is a day at most.
                assert!(before - now <= TimeDelta::days(1), "{zone} {wall}");
                let shown = local(now, zone);
                let again = instant(shown.date(), Some(shown.time()), zone);
                assert!(
                    shown == wall || (shown > wall && again == now),
                    "{zone} {wall}"
                );
                before = now;
            }
        }
    }

    #[test]
    fn days_begin_in_order_in_every_zone() {
        for zone in TZ_VARIANTS {
            let mut day = NaiveDate::from_ymd_opt(2008, 1, 1).expect("a day");
            let mut before = instant(day, None, zone);
            for _ in 0..8 * 365 {
                day = day + Days::new(1);
                let now = instant(day, None, zone);
                assert!(now >= before, "{zone} {day}");
                assert!(local(now, zone).date() >= day, "{zone} {day}");
                before = now;
            }
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_danger() {
        for zone in [
            Tz::UTC,
            Tz::Pacific__Apia,
            Tz::America__Adak,
            Tz::Europe__Berlin,
        ] {
            for date in [NaiveDate::MIN, NaiveDate::MAX] {
                instant(date, None, zone);
            }
            let last = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");
            assert_eq!(local(instant(last, None, zone), zone).date(), last);
        }
    }
}
