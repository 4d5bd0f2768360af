//! What is read as a rule, and what is refused.

use super::super::Rule;

#[track_caller]
fn canonical(text: &str, expected: &str) {
    let rule = Rule::parse(text, true).expect(text);
    assert_eq!(rule.text(), expected, "{text}");
    assert_eq!(Rule::stored(expected), Some(rule), "{text}");
}

#[track_caller]
fn refused(text: &str, code: &str) {
    let refusal = Rule::parse(text, true).expect_err(text);
    assert_eq!(refusal.code, code, "{text}: {}", refusal.sentence);
}

#[test]
fn however_a_rule_is_written_it_is_kept_in_one_form() {
    canonical(" rrule:freq=daily; ", "FREQ=DAILY");
    canonical("INTERVAL=01;FREQ=DAILY;WKST=MO", "FREQ=DAILY");
    canonical(
        "BYDAY=TH,MO,MO;WKST=SU;INTERVAL=2;FREQ=weekly;COUNT=5",
        "FREQ=WEEKLY;INTERVAL=2;COUNT=5;BYDAY=MO,TH;WKST=SU",
    );
    canonical(
        "FREQ=MONTHLY;BYMONTHDAY=-1,+15,1;UNTIL=20271231t170000z",
        "FREQ=MONTHLY;UNTIL=20271231T170000;BYMONTHDAY=1,15,-1",
    );
    canonical(
        "FREQ=YEARLY;BYDAY=-1SU,1MO;BYMONTH=10,3;BYHOUR=9;BYMINUTE=30",
        "FREQ=YEARLY;BYMONTH=3,10;BYDAY=1MO,-1SU;BYHOUR=9;BYMINUTE=30",
    );
}

#[test]
fn a_task_without_a_time_repeats_by_whole_days() {
    for text in [
        "FREQ=HOURLY",
        "FREQ=DAILY;BYHOUR=9",
        "FREQ=DAILY;BYMINUTE=0",
        "FREQ=DAILY;BYSECOND=0",
    ] {
        assert!(Rule::parse(text, true).is_ok(), "{text}");
        let refusal = Rule::parse(text, false).expect_err(text);
        assert_eq!(refusal.code, "too_often", "{text}");
    }
    let rule = Rule::parse("FREQ=DAILY;UNTIL=20271231T170000Z", false).expect("a rule");
    assert_eq!(rule.text(), "FREQ=DAILY;UNTIL=20271231");
}

#[test]
fn nothing_repeats_within_the_hour() {
    refused("FREQ=MINUTELY;INTERVAL=600", "too_often");
    refused("FREQ=SECONDLY", "too_often");
    refused("FREQ=HOURLY;BYMINUTE=0,30", "too_often");
    refused("FREQ=DAILY;BYSECOND=0,1", "too_often");
}

#[test]
fn what_is_no_rule_is_refused() {
    for (text, code) in [
        ("", "shape"),
        ("every day", "shape"),
        ("INTERVAL=2", "frequency"),
        ("FREQ=", "frequency"),
        ("FREQ=FORTNIGHTLY", "frequency"),
        ("FREQ=DAILY;FREQ=DAILY", "twice"),
        ("FREQ=DAILY;;COUNT=1", "shape"),
        ("FREQ=DAILY;EXDATE=20260101", "part"),
        ("DTSTART=20260101;FREQ=DAILY", "part"),
        ("FREQ=DAILY\nEXDATE:20260101", "control"),
        ("DTSTART:20260101\r\nRRULE:FREQ=DAILY", "control"),
        ("FREQ=DAILY;INTERVAL=0", "value"),
        ("FREQ=DAILY;INTERVAL=1001", "value"),
        ("FREQ=DAILY;INTERVAL=-1", "value"),
        ("FREQ=DAILY;INTERVAL=+1", "value"),
        ("FREQ=DAILY;INTERVAL=99999999999999999999", "value"),
        ("FREQ=DAILY;COUNT=0", "value"),
        ("FREQ=DAILY;COUNT=10001", "value"),
        ("FREQ=DAILY;COUNT=2;UNTIL=20270101", "ends_twice"),
        ("FREQ=DAILY;UNTIL=20270230", "value"),
        ("FREQ=DAILY;UNTIL=2027-01-01", "value"),
        ("FREQ=DAILY;UNTIL=20270101T2500", "value"),
        ("FREQ=DAILY;UNTIL=20270101T170000ZZ", "value"),
        ("FREQ=DAILY;BYMONTH=13", "value"),
        ("FREQ=DAILY;BYMONTH=-1", "value"),
        ("FREQ=DAILY;BYMONTHDAY=0", "value"),
        ("FREQ=DAILY;BYMONTHDAY=1,", "value"),
        ("FREQ=WEEKLY;BYDAY=", "value"),
        ("FREQ=WEEKLY;BYDAY=XX", "value"),
        ("FREQ=WEEKLY;BYDAY=\u{e9}", "value"),
        ("FREQ=MONTHLY;BYDAY=0MO", "value"),
        ("FREQ=WEEKLY;WKST=M", "value"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "parts"),
        ("FREQ=WEEKLY;BYDAY=1MO", "parts"),
        ("FREQ=MONTHLY;BYDAY=6MO", "parts"),
        ("FREQ=MONTHLY;BYWEEKNO=1", "parts"),
        ("FREQ=DAILY;BYYEARDAY=1", "parts"),
        ("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "parts"),
        ("FREQ=DAILY;BYSETPOS=1", "parts"),
    ] {
        refused(text, code);
    }
    refused(
        &format!("FREQ=DAILY;BYDAY={}", "MO,".repeat(200)),
        "too_long",
    );
}
