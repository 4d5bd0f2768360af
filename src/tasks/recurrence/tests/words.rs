//! What rules sound like.

use super::super::Rule;
use crate::words::{Locale, ORIGINAL};

/// Rules with what they are in English and in German.
const DAYS_AND_WEEKS: &[(&str, &str, &str)] = &[
    ("FREQ=DAILY", "every day", "jeden Tag"),
    ("FREQ=DAILY;INTERVAL=3", "every 3 days", "alle 3 Tage"),
    ("FREQ=HOURLY", "every hour", "jede Stunde"),
    ("FREQ=HOURLY;INTERVAL=3", "every 3 hours", "alle 3 Stunden"),
    ("FREQ=WEEKLY", "every week", "jede Woche"),
    (
        "FREQ=WEEKLY;BYDAY=SU",
        "every week on Sunday",
        "jede Woche am Sonntag",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=TH,MO",
        "every 2 weeks on Monday and Thursday",
        "alle 2 Wochen am Montag und Donnerstag",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
        "every workday",
        "jeden Werktag",
    ),
    (
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR",
        "every workday",
        "jeden Werktag",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR",
        "every 2 weeks on workdays",
        "alle 2 Wochen an Werktagen",
    ),
    (
        "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "every day",
        "jeden Tag",
    ),
    (
        "FREQ=DAILY;BYDAY=MO,TH",
        "every week on Monday and Thursday",
        "jede Woche am Montag und Donnerstag",
    ),
    (
        "FREQ=DAILY;BYMONTHDAY=1,15",
        "every month on the 1st and the 15th",
        "jeden Monat am 1. und am 15.",
    ),
    (
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TU,WE,TH,FR,SA,SU",
        "every 2 weeks on every day",
        "alle 2 Wochen an jedem Tag",
    ),
    (
        "FREQ=HOURLY;BYDAY=MO,TU,WE,TH,FR",
        "every hour on workdays",
        "jede Stunde an Werktagen",
    ),
    (
        "FREQ=DAILY;BYMONTH=7,8",
        "every day in July and August",
        "jeden Tag im Juli und August",
    ),
    (
        "FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR;BYMONTH=7",
        "every workday in July",
        "jeden Werktag im Juli",
    ),
];

/// The same for longer periods.
const MONTHS_AND_YEARS: &[(&str, &str, &str)] = &[
    ("FREQ=MONTHLY", "every month", "jeden Monat"),
    (
        "FREQ=MONTHLY;BYMONTHDAY=27",
        "every month on the 27th",
        "jeden Monat am 27.",
    ),
    (
        "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=2,15",
        "every 3 months on the 2nd and the 15th",
        "alle 3 Monate am 2. und am 15.",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-1",
        "every month on the last day",
        "jeden Monat am letzten Tag",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,-2",
        "every month on the 1st and the 2nd to last day",
        "jeden Monat am 1. und am vorletzten Tag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=-1FR",
        "every month on the last Friday",
        "jeden Monat am letzten Freitag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR;BYSETPOS=-1",
        "every month on the last Friday",
        "jeden Monat am letzten Freitag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=1MO,3MO",
        "every month on the 1st Monday and the 3rd Monday",
        "jeden Monat am 1. Montag und am 3. Montag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=FR",
        "every month on every Friday",
        "jeden Monat an jedem Freitag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "every month on the last workday",
        "jeden Monat am letzten Werktag",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=1,10,-1",
        "every month on the 1st, the 10th and the last day",
        "jeden Monat am 1., am 10. und am letzten Tag",
    ),
    (
        "FREQ=MONTHLY;BYMONTHDAY=-3,-5",
        "every month on the 5th to last day and the 3rd to last day",
        "jeden Monat am 5. Tag von hinten und am drittletzten Tag",
    ),
    (
        "FREQ=MONTHLY;BYDAY=MO,-2FR",
        "every month on every Monday and the 2nd to last Friday",
        "jeden Monat an jedem Montag und am vorletzten Freitag",
    ),
    ("FREQ=YEARLY", "every year", "jedes Jahr"),
    (
        "FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=27",
        "every year on 27 January",
        "jedes Jahr am 27. Januar",
    ),
    (
        "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=1",
        "every year on 1 January and 1 July",
        "jedes Jahr am 1. Januar und am 1. Juli",
    ),
    (
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1",
        "every year on the last day of February",
        "jedes Jahr am letzten Tag im Februar",
    ),
    (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU",
        "every year on the last Sunday of March",
        "jedes Jahr am letzten Sonntag im März",
    ),
    (
        "FREQ=YEARLY;BYMONTH=3;BYDAY=MO,TU,WE,TH,FR",
        "every year on workdays of March",
        "jedes Jahr an Werktagen im März",
    ),
    (
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=11",
        "every 4 years in November",
        "alle 4 Jahre im November",
    ),
];

#[track_caller]
fn said(table: &[(&str, &str, &str)]) {
    for (text, english, german) in table {
        let rule = Rule::parse(text, true).expect(text);
        assert_eq!(rule.words(ORIGINAL), *english, "{text}");
        assert_eq!(rule.words(Locale::De), *german, "{text}");
    }
}

#[test]
fn days_and_weeks_are_said_as_people_say_them() {
    said(DAYS_AND_WEEKS);
}

#[test]
fn months_and_years_are_said_as_people_say_them() {
    said(MONTHS_AND_YEARS);
}

#[test]
fn the_end_is_said_too() {
    said(&[
        (
            "FREQ=DAILY;COUNT=5",
            "every day, 5 times",
            "jeden Tag, 5-mal",
        ),
        ("FREQ=DAILY;COUNT=1", "every day, once", "jeden Tag, einmal"),
        (
            "FREQ=DAILY;UNTIL=20270103",
            "every day, until 3 Jan 2027",
            "jeden Tag, bis 3. Jan. 2027",
        ),
        (
            "FREQ=DAILY;UNTIL=20270303T170000",
            "every day, until 3 Mar 2027 17:00",
            "jeden Tag, bis 3. März 2027, 17:00",
        ),
    ]);
}

#[test]
fn clamped_rules_say_both_days() {
    for (rule, english, german) in [
        (
            Rule::clamped_monthly(31),
            "every month on the 31st or the last day",
            "jeden Monat am 31. oder am letzten Tag",
        ),
        (
            Rule::clamped_leap_day(),
            "every year on 29 February or the last day of February",
            "jedes Jahr am 29. Februar oder am letzten Tag im Februar",
        ),
    ] {
        assert_eq!(rule.words(ORIGINAL), english);
        assert_eq!(rule.words(Locale::De), german);
    }
}

#[test]
fn americans_say_the_month_first() {
    for (text, words) in [
        (
            "FREQ=YEARLY;BYMONTH=1,7;BYMONTHDAY=4",
            "every year on January 4 and July 4",
        ),
        ("FREQ=DAILY;UNTIL=20270303", "every day, until Mar 3, 2027"),
    ] {
        let rule = Rule::parse(text, false).expect(text);
        assert_eq!(rule.words(Locale::EnUs), words);
    }
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
        let rule = Rule::parse(text, true).expect(text);
        assert_eq!(rule.words(ORIGINAL), format!("by the rule {text}"));
        assert_eq!(rule.words(Locale::De), format!("nach der Regel {text}"));
    }
}

#[test]
fn ordinals_end_as_they_are_spoken() {
    let said: Vec<_> = [1, 2, 3, 4, 11, 12, 13, 21, 22, 23, 31]
        .map(|number| ORIGINAL.ordinal(number))
        .into();
    let expected = "1st 2nd 3rd 4th 11th 12th 13th 21st 22nd 23rd 31st";
    assert_eq!(said.join(" "), expected);
}
