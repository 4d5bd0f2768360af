//! The forms the rulings ask for.

use chrono::NaiveDate;

use super::super::Rule;

fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

fn anchored(text: &str, date: &str) -> String {
    let rule = Rule::parse(text, true).expect(text);
    rule.for_anchor(day(date)).text()
}

#[test]
fn the_clamped_forms_are_those_of_the_ruling() {
    let text = |day| Rule::clamped_monthly(day).text();
    assert_eq!(text(31), "FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1");
    assert_eq!(text(29), "FREQ=MONTHLY;BYMONTHDAY=28,29;BYSETPOS=-1");
    assert_eq!(text(28), "FREQ=MONTHLY;BYMONTHDAY=28");
    assert_eq!(text(0), "FREQ=MONTHLY;BYMONTHDAY=1");
    assert_eq!(text(99), text(31));
    assert_eq!(
        Rule::clamped_leap_day().text(),
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    );
}

#[test]
fn a_bare_rule_learns_the_day_its_first_occurrence_knew() {
    assert_eq!(
        anchored("FREQ=MONTHLY;INTERVAL=2;COUNT=3", "2026-01-30"),
        "FREQ=MONTHLY;INTERVAL=2;COUNT=3;BYMONTHDAY=28,29,30;BYSETPOS=-1"
    );
    assert_eq!(
        anchored("FREQ=YEARLY;UNTIL=20400101", "2028-02-29"),
        "FREQ=YEARLY;UNTIL=20400101;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1"
    );
}

#[test]
fn a_rule_that_names_its_days_keeps_them() {
    for (text, date) in [
        ("FREQ=MONTHLY", "2026-01-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "2026-01-31"),
        ("FREQ=MONTHLY;BYDAY=-1SA", "2026-01-31"),
        ("FREQ=YEARLY", "2026-01-31"),
        ("FREQ=YEARLY", "2028-02-28"),
        ("FREQ=WEEKLY", "2026-01-31"),
        ("FREQ=DAILY", "2026-01-31"),
    ] {
        assert_eq!(anchored(text, date), text);
    }
}

#[test]
fn the_leap_day_and_month_ends_are_recognised_as_clamped() {
    assert_eq!(Rule::clamped_monthly(30).clamped_day(), Some(30));
    assert_eq!(Rule::clamped_leap_day().clamped_day(), Some(29));
    assert_eq!(Rule::clamped_monthly(28).clamped_day(), None);
    let other = Rule::parse("FREQ=MONTHLY;BYMONTHDAY=28,30,31;BYSETPOS=-1", false);
    assert_eq!(other.expect("a rule").clamped_day(), None);
}

#[test]
fn only_hours_minutes_and_seconds_need_a_time() {
    let needs = |text| Rule::parse(text, true).expect(text).needs_time();
    assert!(needs("FREQ=HOURLY"));
    assert!(needs("FREQ=DAILY;BYHOUR=9,17"));
    assert!(!needs("FREQ=WEEKLY;BYDAY=MO"));
}
