//! A second opinion on rules: the calendar of the rrule crate, on rules that both understand alike.
//!
//! Left out are rules in which that crate differs from RFC 5545 or from us by design: weekdays with
//! and without a number in one rule, positions in weeks, which it counts from the anchor on instead
//! of over the whole first week, and rules that never come, which it may look for a long time.

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime};
use tickbox::tasks::recurrence::Rule;

/// Rules that are tried.
const RULES: usize = 4_000;
/// Occurrences that are compared of each.
const AHEAD: usize = 12;

/// Pseudo-random numbers (xorshift), the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn index(&mut self, sides: usize) -> usize {
        let sides = u64::try_from(sides).expect("small");
        usize::try_from(self.roll(sides)).expect("small")
    }

    /// Up to four numbers, from the first of them on.
    fn numbers(&mut self, from: u64, sides: u64, may_be_negative: bool) -> String {
        let count = self.roll(4) + 1;
        let mut number = || {
            let number = from + self.roll(sides);
            let is_negative = may_be_negative && number > 0 && self.roll(3) == 0;
            format!("{}{number}", if is_negative { "-" } else { "" })
        };
        let numbers: Vec<String> = (0..count).map(|_| number()).collect();
        numbers.join(",")
    }

    /// Up to four weekdays, all of them with a number up to `nth` or all without.
    fn weekdays(&mut self, nth: u64) -> String {
        let count = self.roll(4) + 1;
        let is_numbered = nth > 0 && self.roll(2) == 0;
        let mut weekday = || {
            let code = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][self.index(7)];
            if !is_numbered {
                return code.to_owned();
            }
            let sign = if self.roll(2) == 0 { "-" } else { "" };
            format!("{sign}{}{code}", 1 + self.roll(nth))
        };
        let weekdays: Vec<String> = (0..count).map(|_| weekday()).collect();
        weekdays.join(",")
    }

    /// A rule, which need not make sense.
    fn rule(&mut self) -> String {
        let frequency = ["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"][self.index(5)];
        let mut parts = vec![format!("FREQ={frequency}")];
        if self.roll(2) == 0 {
            parts.push(format!("INTERVAL={}", 1 + self.roll(9)));
        }
        let by_week = frequency == "YEARLY" && self.roll(8) == 0;
        if by_week {
            parts.push(format!("BYWEEKNO={}", self.numbers(1, 53, true)));
        }
        if by_week || self.roll(3) == 0 {
            let nth = match frequency {
                "MONTHLY" => 4,
                "YEARLY" if !by_week => 50,
                _ => 0,
            };
            parts.push(format!("BYDAY={}", self.weekdays(nth)));
        }
        for (odds, name, from, sides, may_be_negative) in [
            (4, "BYMONTH", 1, 12, false),
            (4, "BYMONTHDAY", 1, 31, true),
            (12, "BYYEARDAY", 1, 366, true),
            (8, "BYHOUR", 0, 24, false),
            (5, "BYSETPOS", 1, 5, true),
        ] {
            let counts_otherwise = frequency == "WEEKLY" && name == "BYSETPOS";
            if self.roll(odds) == 0 && !counts_otherwise {
                let numbers = self.numbers(from, sides, may_be_negative);
                parts.push(format!("{name}={numbers}"));
            }
        }
        if self.roll(6) == 0 {
            parts.push("WKST=SU".to_owned());
        }
        parts.join(";")
    }
}

/// The occurrences behind the anchor; none where the crate refuses the rule.
fn theirs(text: &str, anchor: NaiveDateTime, count: usize) -> Option<Vec<NaiveDateTime>> {
    let anchored = format!("DTSTART:{}Z\nRRULE:{text}", anchor.format("%Y%m%dT%H%M%S"));
    let set: rrule::RRuleSet = anchored.parse().ok()?;
    let set = set.limit();
    let moments = set.into_iter().map(|moment| moment.naive_utc());
    Some(moments.filter(|at| *at > anchor).take(count).collect())
}

fn ours(rule: &Rule, anchor: NaiveDateTime) -> Vec<NaiveDateTime> {
    let coming = rule.preview((anchor.date(), Some(anchor.time())), AHEAD + 1);
    let moments = coming.into_iter().skip(1);
    moments
        .map(|(day, time)| day.and_time(time.expect("a time")))
        .collect()
}

#[test]
fn our_calendar_is_that_of_the_rrule_crate() {
    let mut dice = Dice(99);
    let mut compared = 0;

    for _ in 0..RULES {
        let text = dice.rule();
        let date = NaiveDate::default() + Days::new(dice.roll(20_000));
        let minute = u32::try_from(dice.roll(1440)).expect("small");
        let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).expect("a time");
        let anchor = date.and_time(time);
        let Ok(rule) = Rule::parse(&text, true) else {
            continue;
        };
        let ours = ours(&rule, anchor);
        if ours.is_empty() {
            continue;
        }
        let Some(theirs) = theirs(&text, anchor, ours.len()) else {
            continue;
        };
        assert_eq!(ours, theirs, "{text} from {anchor}");
        compared += 1;
    }

    assert!(compared > RULES / 2, "only {compared} rules were compared");
}
