//! What rules sound like.

use super::super::Rule;
use super::super::words::ordinal;

#[track_caller]
fn said(table: &[(&str, &str)]) {
    for (text, words) in table {
        let rule = Rule::parse(text, true).expect(text);
        assert_eq!(rule.words(), *words, "{text}");
    }
}

#[test]
fn days_and_weeks_are_said_as_people_say_them() {
    said(&[
        ("FREQ=DAILY", "every day"),
        ("FREQ=DAILY;INTERVAL=3", "every 3 days"),
        ("FREQ=HOURLY", "every hour"),
        ("FREQ=HOURLY;INTERVAL=3", "every 3 hours"),
        ("FREQ=WEEKLY", "every week"),
        ("FREQ=WEEKLY;BYDAY=SU", "every week on Sunday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO",
            "every 2 weeks on Monday and Thursday",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every workday"),
        ("FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR", "every workday"),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
            "every 2 weeks on workdays",
        ),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", "every day"),
        (
            "FREQ=DAILY;BYDAY=MO,TH",
            "every week on Monday and Thursday",
        ),
        (
            "FREQ=DAILY;BYMONTHDAY=1,15",
            "every month on the 1st and the 15th",
        ),
        ("FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR", "every hour on workdays"),
        ("FREQ=DAILY;BYMONTH=7,8", "every day in July and August"),
        (
            "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=7",
            "every workday in July",
        ),
    ]);
}

#[test]
fn months_and_years_are_said_as_people_say_them() {
    said(&[
        ("FREQ=MONTHLY", "every month"),
        ("FREQ=MONTHLY;BYMONTHDAY=27", "every month on the 27th"),
        (
            "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2,15",
            "every 3 months on the 2nd and the 15th",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "every month on the last day"),
        (
            "FREQ=MONTHLY;BYMONTHDAY=1,-2",
            "every month on the 1st and the 2nd to last day",
        ),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday"),
        (
            "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
            "every month on the last Friday",
        ),
        (
            "FREQ=MONTHLY;BYDAY=1MO,3MO",
            "every month on the 1st Monday and the 3rd Monday",
        ),
        ("FREQ=MONTHLY;BYDAY=FR", "every month on every Friday"),
        (
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
            "every month on the last workday",
        ),
        ("FREQ=YEARLY", "every year"),
        (
            "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27",
            "every year on 27 January",
        ),
        (
            "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
            "every year on 1 January and 1 July",
        ),
        (
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
            "every year on the last day of February",
        ),
        (
            "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
            "every year on the last Sunday of March",
        ),
        (
            "FREQ=YEARLY;INTERVAL=4;BYMONTH=11",
            "every 4 years in November",
        ),
    ]);
}

#[test]
fn the_end_is_said_too() {
    for (end, words) in [
        ("COUNT=5", "every day, 5 times"),
        ("COUNT=1", "every day, once"),
        ("UNTIL=20270303", "every day, until 3 Mar 2027"),
        ("UNTIL=20270303T170000", "every day, until 3 Mar 2027 17:00"),
    ] {
        let text = format!("FREQ=DAILY;{end}");
        assert_eq!(Rule::parse(&text, true).expect(end).words(), words);
    }
}

#[test]
fn clamped_rules_say_both_days() {
    assert_eq!(
        Rule::clamped_monthly(31).words(),
        "every month on the 31st or the last day"
    );
    assert_eq!(
        Rule::clamped_leap_day().words(),
        "every year on 29 February or the last day of February"
    );
}

#[test]
fn what_nobody_would_say_is_shown_as_it_is() {
    for text in [
        "FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO",
        "FREQ=YEARLY;BYDAY=20MO",
        "FREQ=YEARLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYDAY=MO,TU;BYSETPOS=-1",
        "FREQ=MONTHLY;BYMONTHDAY=1,15;BYSETPOS=2",
        "FREQ=DAILY;BYHOUR=9,17",
        "FREQ=YEARLY;BYMONTH=1,2;BYSETPOS=2",
        "FREQ=YEARLY;BYMONTH=1,2;BYDAY=MO;BYSETPOS=-1",
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=13;BYDAY=FR",
        "FREQ=MONTHLY;BYMONTHDAY=13,14;BYDAY=FR;BYSETPOS=1",
        "FREQ=DAILY;INTERVAL=3;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=28,29;BYSETPOS=-1",
    ] {
        let words = Rule::parse(text, true).expect(text).words();
        assert_eq!(words, format!("by the rule {text}"));
    }
}

#[test]
fn ordinals_end_as_they_are_spoken() {
    let said: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31].map(ordinal).into();
    let expected = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st";
    assert_eq!(said.join(" "), expected);
}
