//! What holds for every rule there is, tried on many that nobody would write.

use std::time::{Duration, Instant};

use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};

use super::super::walk::Walk;
use super::super::{End, Rule};
use crate::words::ORIGINAL;

/// Far above what an answer takes, even unoptimised on a busy machine, and far below for ever.
const BOUND: Duration = Duration::from_secs(2);

/// Numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % sides
    }

    fn number(&mut self, sides: u64) -> i64 {
        self.roll(sides).cast_signed()
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[usize::try_from(self.roll(from.len() as u64)).expect("an index")]
    }

    fn numbers(&mut self, from: i64, sides: u64, negative: bool) -> String {
        let many = self.roll(4) + 1;
        let list: Vec<String> = (0..many)
            .map(|_| {
                let sign = if negative && self.roll(3) == 0 { -1 } else { 1 };
                (sign * (from + self.number(sides))).to_string()
            })
            .collect();
        list.join(",")
    }

    fn weekdays(&mut self, within: &str) -> String {
        let most = if within == "YEARLY" { 53 } else { 5 };
        let many = self.roll(4) + 1;
        let list: Vec<String> = (0..many)
            .map(|_| {
                let nth = match (within, self.roll(3)) {
                    ("MONTHLY" | "YEARLY", 0) => self.numbers(1, most, true),
                    _ => String::new(),
                };
                let nth = nth.split(',').next().unwrap_or_default().to_owned();
                nth + self.pick(&["MO", "TU", "WE", "TH", "FR", "SA", "SU"])
            })
            .collect();
        list.join(",")
    }

    /// A text that is mostly a rule; what cannot stand together is for `parse` to refuse.
    fn text(&mut self) -> String {
        let frequency = self.pick(&["HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"]);
        let mut text = format!("FREQ={frequency}");
        if self.roll(2) == 0 {
            let most = if self.roll(4) == 0 { 1000 } else { 14 };
            part(&mut text, "INTERVAL", &(1 + self.roll(most)).to_string());
        }
        if self.roll(3) == 0 {
            part(&mut text, "BYDAY", &self.weekdays(frequency));
        }
        for (name, from, sides, negative, one_in) in [
            ("BYMONTH", 1, 12, false, 4),
            ("BYMONTHDAY", 1, 31, true, 4),
            ("BYYEARDAY", 1, 366, true, 12),
            ("BYWEEKNO", 1, 53, true, 12),
            ("BYHOUR", 0, 24, false, 8),
            ("BYSETPOS", 1, 5, true, 6),
        ] {
            if self.roll(one_in) == 0 {
                part(&mut text, name, &self.numbers(from, sides, negative));
            }
        }
        if self.roll(6) == 0 {
            part(&mut text, "WKST", self.pick(&["SU", "WE", "SA"]));
        }
        text
    }

    fn rule(&mut self) -> Rule {
        loop {
            if let Ok(rule) = Rule::parse(&self.text(), true) {
                return rule;
            }
        }
    }

    fn moment(&mut self) -> NaiveDateTime {
        let date = NaiveDate::default() + Days::new(self.roll(40_000));
        date.and_time(NaiveTime::MIN) + TimeDelta::minutes(self.number(24 * 60))
    }
}

fn part(text: &mut String, name: &str, value: &str) {
    for piece in [";", name, "=", value] {
        text.push_str(piece);
    }
}

fn limited(rule: &Rule, count: u32) -> Rule {
    Rule {
        end: End::Count(count),
        ..rule.clone()
    }
}

#[test]
fn entering_a_series_late_finds_what_stepping_finds() {
    let mut dice = Dice(0x7469_636b_626f_7831);
    for _ in 0..400 {
        let (rule, anchor) = (dice.rule(), dice.moment());
        let all: Vec<_> = Walk::new(&rule, anchor, anchor).take(300).collect();
        let Some((first, last)) = all.first().zip(all.last()) else {
            continue;
        };
        let span = (*last - *first).num_minutes().unsigned_abs() + 1;
        for _ in 0..10 {
            let after = *first + TimeDelta::minutes(dice.number(span)) - TimeDelta::minutes(1);
            let stepped = all.iter().find(|moment| **moment > after).copied();
            let found = rule.next((anchor.date(), Some(anchor.time())), after);
            let found = found.and_then(|next| Some(next.date.and_time(next.time?)));
            assert_eq!(found, stepped, "{rule} from {anchor} after {after}");
        }
    }
}

#[test]
fn counting_down_gives_the_same_days_as_a_preview() {
    let mut dice = Dice(2);
    for _ in 0..300 {
        let (rule, anchor) = (limited(&dice.rule(), 6), dice.moment());
        let mut now = (anchor.date(), Some(anchor.time()));
        let preview = rule.preview(now, 100);
        assert!(preview.len() <= 6, "{rule}");
        let mut one_by_one = vec![now];
        let mut left = rule.clone();
        while let Some(next) = left.next(now, anchor) {
            now = (next.date, next.time);
            left = next.rule;
            one_by_one.push(now);
        }
        // Rules that do not fit their anchor may change step with it, so only the length is theirs.
        if preview.len() == 6 && rule.preview(preview[1], 5) == preview[1..] {
            assert_eq!(one_by_one, preview, "{rule} from {anchor}");
        }
        let skipped = preview.last().expect("the present one");
        let after = skipped.0.and_time(skipped.1.expect("a time"));
        assert_eq!(rule.next(preview[0], after), None, "{rule} from {anchor}");
    }
}

#[test]
fn every_rule_keeps_its_meaning_through_the_store() {
    let mut dice = Dice(3);
    for _ in 0..2000 {
        let rule = dice.rule();
        assert_eq!(Rule::stored(&rule.text()).as_ref(), Some(&rule), "{rule}");
        assert_eq!(
            Rule::parse(&rule.text(), true).as_ref(),
            Ok(&rule),
            "{rule}"
        );
        assert!(!rule.words(ORIGINAL).is_empty());
    }
}

#[test]
fn occurrences_only_ever_go_forward() {
    let mut dice = Dice(4);
    for _ in 0..500 {
        let (rule, anchor) = (dice.rule(), dice.moment());
        let mut before = anchor;
        for moment in Walk::new(&rule, anchor, anchor).take(20) {
            assert!(
                moment > before,
                "{rule} from {anchor}: {moment} after {before}"
            );
            let is_same_day = moment.date() == before.date();
            assert!(
                !is_same_day || rule.needs_time(),
                "{rule} from {anchor}: {moment}"
            );
            before = moment;
        }
    }
}

#[test]
fn any_text_is_answered_in_bounded_time() {
    let mut dice = Dice(5);
    let mut texts: Vec<String> = (0..600).map(|_| dice.text()).collect();
    texts.extend(
        [
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=MONTHLY;BYMONTH=4;BYMONTHDAY=31",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=YEARLY;BYWEEKNO=53;BYYEARDAY=100",
            "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;BYMONTHDAY=1;BYSETPOS=13",
            "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
            "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
            "FREQ=YEARLY;BYYEARDAY=366;BYMONTH=1",
            "FREQ=DAILY;BYHOUR=1;BYSETPOS=2",
        ]
        .map(str::to_owned),
    );
    for text in texts {
        let start = Instant::now();
        let rule = Rule::parse(&text, true);
        assert!(start.elapsed() < BOUND, "{text}: {:?}", start.elapsed());
        let Ok(rule) = rule else { continue };
        let anchor = dice.moment();
        let start = Instant::now();
        rule.next((anchor.date(), Some(anchor.time())), dice.moment());
        assert!(start.elapsed() < BOUND, "{text}: {:?}", start.elapsed());
        rule.next_from_completion(anchor, Some(anchor.time()));
    }
}

#[test]
fn what_never_happens_is_refused_and_what_rarely_does_is_not() {
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYMONTH=4,6;BYMONTHDAY=31",
        "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=1",
        "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    ] {
        let refusal = Rule::parse(text, true).expect_err(text);
        assert_eq!(refusal.code, "never", "{text}");
    }
    for text in [
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
        "FREQ=YEARLY;BYYEARDAY=366",
        "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU",
        "FREQ=MONTHLY;BYDAY=5MO;BYMONTHDAY=31",
    ] {
        assert!(Rule::parse(text, true).is_ok(), "{text}");
    }
}

#[test]
fn an_interval_that_misses_for_ever_ends_the_series() {
    let monday = NaiveDate::from_ymd_opt(2026, 11, 23).expect("a day");
    let noon = NaiveTime::from_hms_opt(12, 0, 0).expect("a time");
    for text in [
        "FREQ=DAILY;INTERVAL=7;BYDAY=TU",
        "FREQ=HOURLY;INTERVAL=2;BYHOUR=1",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=2",
        "FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29",
    ] {
        let rule = Rule::parse(text, true).expect(text);
        let start = Instant::now();
        assert_eq!(
            rule.next((monday, Some(noon)), monday.and_time(noon)),
            None,
            "{text}"
        );
        assert!(start.elapsed() < BOUND, "{text}: {:?}", start.elapsed());
    }
}
