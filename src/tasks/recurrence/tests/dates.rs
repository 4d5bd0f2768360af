//! Which day comes next, by example.

use std::time::{Duration, Instant};

use chrono::{NaiveDate, NaiveDateTime, NaiveTime};

use super::super::{Moment, Rule};

fn rule(text: &str) -> Rule {
    Rule::parse(text, true).expect(text)
}

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn clock(text: &str) -> NaiveTime {
    NaiveTime::parse_from_str(text, "%H:%M").expect("a time")
}

/// "2026-11-23 09:00", or a day alone.
fn moment(text: &str) -> Moment {
    match text.split_once(' ') {
        Some((date, time)) => (day(date), Some(clock(time))),
        None => (day(text), None),
    }
}

fn at(text: &str) -> NaiveDateTime {
    let (date, time) = moment(text);
    date.and_time(time.unwrap_or(NaiveTime::MIN))
}

fn said(moment: Moment) -> String {
    match moment {
        (date, Some(time)) => format!("{date} {}", time.format("%H:%M")),
        (date, None) => date.to_string(),
    }
}

/// What follows `current` on schedule, as text; "end" when nothing does.
fn after(text: &str, current: &str, after: &str) -> String {
    let next = rule(text).next(moment(current), at(after));
    next.map_or_else(|| "end".to_owned(), |next| said((next.date, next.time)))
}

fn done(text: &str, done: &str, time: &str) -> String {
    let time = (!time.is_empty()).then(|| clock(time));
    let next = rule(text).next_from_completion(at(done), time);
    next.map_or_else(|| "end".to_owned(), |next| said((next.date, next.time)))
}

fn days_ahead(text: &str, current: &str, count: usize) -> String {
    let days = rule(text).preview(moment(current), count);
    days.into_iter().map(said).collect::<Vec<_>>().join(" ")
}

#[test]
fn on_schedule_the_next_one_keeps_the_step() {
    for (text, current, now, expected) in [
        (
            "FREQ=DAILY;INTERVAL=3",
            "2026-11-23",
            "2026-11-23",
            "2026-11-26",
        ),
        (
            "FREQ=DAILY;INTERVAL=3",
            "2026-11-23",
            "2026-11-26",
            "2026-11-29",
        ),
        (
            "FREQ=DAILY;INTERVAL=3",
            "2026-11-23",
            "2026-11-01",
            "2026-11-26",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH",
            "2026-11-26",
            "2026-11-26",
            "2026-12-07",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU",
            "2026-11-23",
            "2026-11-23",
            "2026-12-06",
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO",
            "2026-11-23",
            "2026-11-23",
            "2026-11-29",
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            "2026-11-27",
            "2027-01-01",
            "2027-01-29",
        ),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "2026-11-30",
            "2027-01-01",
            "2027-01-29",
        ),
        ("FREQ=YEARLY", "2026-11-23", "2030-11-23", "2031-11-23"),
        (
            "FREQ=YEARLY;BYWEEKNO=53;BYDAY=FR",
            "2026-01-01",
            "2026-01-01",
            "2027-01-01",
        ),
    ] {
        assert_eq!(after(text, current, now), expected, "{text} after {now}");
    }
}

#[test]
fn with_a_time_the_minute_decides_and_without_one_the_day() {
    let daily = "FREQ=DAILY";
    assert_eq!(
        after(daily, "2026-11-20 09:00", "2026-11-23 08:59"),
        "2026-11-23 09:00"
    );
    assert_eq!(
        after(daily, "2026-11-20 09:00", "2026-11-23 09:00"),
        "2026-11-24 09:00"
    );
    assert_eq!(after(daily, "2026-11-20", "2026-11-23 00:00"), "2026-11-24");
    assert_eq!(after(daily, "2026-11-20", "2026-11-23 23:59"), "2026-11-24");
}

#[test]
fn rules_about_hours_change_the_time() {
    let hourly = "FREQ=HOURLY;INTERVAL=3";
    assert_eq!(
        after(hourly, "2026-11-23 22:30", "2026-11-23 22:30"),
        "2026-11-24 01:30"
    );
    assert_eq!(
        after(hourly, "2026-11-23 22:30", "2026-11-25 00:00"),
        "2026-11-25 01:30"
    );
    let twice = "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0";
    assert_eq!(
        after(twice, "2026-11-23 09:00", "2026-11-23 09:30"),
        "2026-11-23 17:00"
    );
    assert_eq!(after(hourly, "2026-11-23", "2026-11-23"), "end");
}

#[test]
fn month_ends_clamp_and_come_back() {
    let monthly = Rule::clamped_monthly(31).text();
    assert_eq!(
        days_ahead(&monthly, "2027-01-31", 5),
        "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31"
    );
    assert_eq!(after(&monthly, "2028-01-31", "2028-01-31"), "2028-02-29");
    assert_eq!(after(&monthly, "2028-02-29", "2028-02-29"), "2028-03-31");
    let explicit = "FREQ=MONTHLY;BYMONTHDAY=31";
    assert_eq!(
        days_ahead(explicit, "2027-01-31", 3),
        "2027-01-31 2027-03-31 2027-05-31"
    );
    let last = "FREQ=MONTHLY;BYMONTHDAY=-1";
    assert_eq!(
        days_ahead(last, "2027-01-31", 3),
        "2027-01-31 2027-02-28 2027-03-31"
    );
}

#[test]
fn leap_days_clamp_and_come_back() {
    let yearly = Rule::clamped_leap_day().text();
    assert_eq!(
        days_ahead(&yearly, "2096-02-29", 9),
        "2096-02-29 2097-02-28 2098-02-28 2099-02-28 2100-02-28 2101-02-28 2102-02-28 \
         2103-02-28 2104-02-29"
    );
    assert_eq!(
        after("FREQ=YEARLY", "2096-02-29", "2096-02-29"),
        "2104-02-29"
    );
}

#[test]
fn what_is_passed_over_counts_as_used_up() {
    let next = rule("FREQ=DAILY;COUNT=5").next(moment("2026-11-20"), at("2026-11-22"));
    let next = next.expect("a next one");
    assert_eq!(
        (next.date, next.rule.text().as_str()),
        (day("2026-11-23"), "FREQ=DAILY;COUNT=2")
    );
    assert_eq!(
        after("FREQ=DAILY;COUNT=5", "2026-11-20", "2026-11-23"),
        "2026-11-24"
    );
    assert_eq!(
        after("FREQ=DAILY;COUNT=5", "2026-11-20", "2026-11-24"),
        "end"
    );
    assert_eq!(
        after("FREQ=DAILY;COUNT=1", "2026-11-20", "2026-11-20"),
        "end"
    );
    assert_eq!(
        days_ahead("FREQ=DAILY;COUNT=2", "2026-11-20", 9),
        "2026-11-20 2026-11-21"
    );
}

#[test]
fn until_is_the_last_day_or_moment_itself() {
    let day = "FREQ=DAILY;UNTIL=20261124";
    assert_eq!(
        after(day, "2026-11-23 09:00", "2026-11-23"),
        "2026-11-24 09:00"
    );
    assert_eq!(after(day, "2026-11-24 09:00", "2026-11-24"), "end");
    let moment = "FREQ=DAILY;UNTIL=20261124T090000";
    assert_eq!(
        after(moment, "2026-11-23 09:00", "2026-11-23"),
        "2026-11-24 09:00"
    );
    assert_eq!(after(moment, "2026-11-23 09:01", "2026-11-23"), "end");
    assert_eq!(days_ahead(day, "2026-11-23", 9), "2026-11-23 2026-11-24");
}

#[test]
fn from_completion_the_schedule_begins_anew() {
    for (text, when, time, expected) in [
        (
            "FREQ=DAILY;INTERVAL=3",
            "2026-11-04 23:00",
            "",
            "2026-11-07",
        ),
        (
            "FREQ=DAILY;INTERVAL=3",
            "2026-11-04 08:00",
            "09:00",
            "2026-11-07 09:00",
        ),
        ("FREQ=MONTHLY", "2027-01-31 10:00", "", "2027-02-28"),
        ("FREQ=YEARLY", "2028-02-29 10:00", "", "2029-02-28"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-25 10:00", "", "2026-11-30"),
        ("FREQ=WEEKLY;BYDAY=MO", "2026-11-23 10:00", "", "2026-11-30"),
        (
            "FREQ=WEEKLY",
            "2026-11-25 10:00",
            "18:00",
            "2026-12-02 18:00",
        ),
        (
            "FREQ=DAILY;BYMINUTE=30",
            "2026-11-25 10:00",
            "18:00",
            "2026-11-26 18:30",
        ),
        (
            "FREQ=HOURLY;INTERVAL=3",
            "2026-11-25 14:25",
            "09:00",
            "2026-11-25 17:25",
        ),
        (
            "FREQ=DAILY;BYHOUR=9,17",
            "2026-11-25 10:00",
            "09:00",
            "2026-11-25 17:00",
        ),
        ("FREQ=DAILY;COUNT=1", "2026-11-25 10:00", "", "end"),
        ("FREQ=DAILY;UNTIL=20261125", "2026-11-25 10:00", "", "end"),
    ] {
        assert_eq!(done(text, when, time), expected, "{text} done {when}");
    }
    let next = rule("FREQ=MONTHLY;COUNT=3").next_from_completion(at("2027-01-31"), None);
    assert_eq!(
        next.expect("a next one").rule.text(),
        "FREQ=MONTHLY;COUNT=2"
    );
}

#[test]
fn a_series_from_1970_answers_at_once() {
    for text in [
        "FREQ=HOURLY",
        "FREQ=DAILY;INTERVAL=7",
        "FREQ=WEEKLY;BYDAY=MO,TH",
        "FREQ=MONTHLY;BYDAY=-1FR",
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
    ] {
        let rule = rule(text);
        let current = moment("1970-01-01 12:00");
        let answer = || {
            let start = Instant::now();
            let next = rule.next(current, at("2026-11-23 10:00"));
            assert!(
                next.is_some_and(|next| next.date >= day("2026-11-23")),
                "{text}"
            );
            start.elapsed()
        };
        // The best of five: a busy machine may interrupt any one.
        let fastest = (0..5).map(|_| answer()).min().expect("five answers");
        assert!(fastest < Duration::from_millis(5), "{text}: {fastest:?}");
    }
    let counted = "FREQ=WEEKLY;COUNT=10000";
    assert_eq!(after(counted, "1970-01-01", "2026-11-23"), "2026-11-26");
}

#[test]
fn the_end_of_the_calendar_ends_every_series() {
    for frequency in ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"] {
        for interval in [1, 1000] {
            let text = format!("FREQ={frequency};INTERVAL={interval}");
            let last = "9999-12-31 23:00";
            assert_eq!(after(&text, last, last), "end", "{text}");
            assert_eq!(days_ahead(&text, last, 5), last, "{text}");
            let (rule, end) = (rule(&text), NaiveDate::MAX.and_time(NaiveTime::MIN));
            assert_eq!(rule.next((NaiveDate::MAX, Some(clock("09:00"))), end), None);
            assert_eq!(
                rule.next((day("1970-01-01"), Some(clock("09:00"))), end),
                None
            );
            let first = (NaiveDate::MIN, Some(clock("09:00")));
            rule.next(first, NaiveDate::MIN.and_time(NaiveTime::MIN));
            assert!(rule.next(first, at("2026-11-23")).is_some(), "{text}");
        }
    }
}
