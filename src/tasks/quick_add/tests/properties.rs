//! What holds for every line, tried on mutated phrases of the corpus and on noise.
//!
//! Nothing is lost: the visible code points of a line that no used part covers are, in order, those
//! of the title, but for quotation marks and backslashes that protected something.

use std::ops::Range;
use std::time::{Duration, Instant};

use super::super::{Context, Entry, Status, Symbols, parse};
use super::corpus;

/// Rounds of each property; set the variable when building to search longer.
const ROUNDS: Option<&str> = option_env!("QUICK_ADD_ROUNDS");
/// What noise is made of, besides phrases.
const BITS: &[&str] = &[
    "every",
    "every!",
    "mon",
    ",",
    "and",
    "at",
    "9",
    "9am",
    "17:30",
    "tomorrow",
    "on",
    "the",
    "17th",
    "jan",
    "#Home",
    "#x",
    "@a",
    "p1",
    "!!2",
    "//",
    "x",
    "\"",
    "\\",
    "(",
    ")",
    "start:",
    "due:",
    "until",
    "from",
    "for",
    "weeks",
    "rrule:FREQ=DAILY",
    "-",
    "to",
    "last",
    "day",
    "of",
    "month",
    "2026-12-01",
    "11/27",
    " ",
    "\t",
    "\u{a0}",
    "\u{201c}",
    "\u{201d}",
    "é",
    "😀",
    "\u{301}",
    "\u{200d}",
    ";",
    ":",
    "[",
    "]",
    "+Home",
    "(A)",
    "rec:3d",
    "in",
    "next",
    "fri",
    ".",
    "!",
    "\u{85}",
];

/// A small generator, so that a failure comes back with its seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % (sides as u64)).unwrap()
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.roll(from.len())]
    }

    fn any_char(&mut self) -> char {
        loop {
            let most = [0x7f, 0x7ff, 0xffff, 0x0010_ffff][self.roll(4)];
            if let Some(c) = char::from_u32(u32::try_from(self.roll(most)).unwrap()) {
                return c;
            }
        }
    }
}

fn rounds() -> usize {
    ROUNDS.and_then(|text| text.parse().ok()).unwrap_or(2_000)
}

fn visible(chars: &[char]) -> Vec<char> {
    chars
        .iter()
        .copied()
        .filter(|c| !c.is_whitespace())
        .collect()
}

fn context(symbols: Symbols, create_lists: bool, keep: &[Range<usize>]) -> Context<'_> {
    Context {
        symbols,
        create_lists,
        ..super::context(keep)
    }
}

/// Checks what holds for the entry of a line, and answers nothing when all is well.
#[track_caller]
fn check(line: &str, entry: &Entry) {
    let chars: Vec<char> = line.chars().collect();
    let mut end = 0;
    let mut rest = Vec::new();
    for part in &entry.understood {
        assert!(
            part.span.start >= end && part.span.start < part.span.end,
            "{line:?} {entry:?}"
        );
        assert!(part.span.end <= chars.len(), "{line:?} {entry:?}");
        if part.status == Status::Used {
            rest.extend_from_slice(&chars[end..part.span.start]);
            end = part.span.end;
        }
    }
    rest.extend_from_slice(&chars[end..]);
    let title: Vec<char> = entry.title.chars().collect();
    assert_eq!(entry.title, entry.title.trim(), "{line:?}");
    assert!(!title.is_empty(), "no title: {line:?}");
    let mut left = visible(&title).into_iter().peekable();
    for c in visible(&rest) {
        if left.peek() == Some(&c) {
            left.next();
        } else {
            let protects = matches!(c, '"' | '\\' | '\u{201c}' | '\u{201d}');
            assert!(protects, "{c:?} is lost: {line:?} {entry:?}");
        }
    }
    assert_eq!(left.next(), None, "invented: {line:?} {entry:?}");
}

/// Keeps each part in turn: it is gone, and its characters are in the title.
#[track_caller]
fn check_keeping(line: &str, entry: &Entry, symbols: Symbols, create_lists: bool) {
    let chars: Vec<char> = line.chars().collect();
    for part in &entry.understood {
        let keep = vec![part.span.clone()];
        let again = parse(line, &context(symbols, create_lists, &keep));
        let [again] = again.as_slice() else {
            panic!("{line:?}")
        };
        check(line, again);
        let is_apart =
            |other: &Range<usize>| other.end <= part.span.start || part.span.end <= other.start;
        let parts = &again.understood;
        assert!(
            parts.iter().all(|other| is_apart(&other.span)),
            "{line:?} {part:?} {again:?}"
        );
        let kept: String = visible(&chars[part.span.clone()]).into_iter().collect();
        let title: String = again.title.split_whitespace().collect();
        assert!(title.contains(&kept), "{line:?} {part:?} {again:?}");
    }
}

fn check_all(line: &str) {
    if line.trim().is_empty() || line.contains(['\n', '\r']) {
        return;
    }
    for symbols in [Symbols::Todoist, Symbols::TodoTxt] {
        for create_lists in [false, true] {
            let entries = parse(line, &context(symbols, create_lists, &[]));
            assert_eq!(entries.len(), 1, "{line:?}");
            check(line, &entries[0]);
            check_keeping(line, &entries[0], symbols, create_lists);
        }
    }
}

#[test]
fn no_phrase_of_the_corpus_loses_a_character() {
    corpus::each(|setting, phrase, _| {
        check(phrase, &parse(phrase, &setting.context())[0]);
        check_all(phrase);
    });
}

#[test]
fn no_mutated_phrase_loses_a_character() {
    let mut phrases = Vec::new();
    corpus::each(|_, phrase, _| phrases.push(phrase.to_owned()));
    let mut dice = Dice(0xabad_1dea);
    for _ in 0..rounds() {
        let mut line: Vec<char> = dice.pick(&phrases).chars().collect();
        for _ in 0..=dice.roll(4) {
            let at = dice.roll(line.len() + 1);
            match dice.roll(5) {
                0 if at < line.len() => drop(line.remove(at)),
                1 => line.insert(at, dice.any_char()),
                2 => drop(line.splice(at..at, dice.pick(BITS).chars())),
                3 => drop(line.splice(at..at, format!(" {} ", dice.pick(BITS)).chars())),
                _ => drop(line.splice(at..at, dice.pick(&phrases).chars())),
            }
        }
        check_all(&line.into_iter().collect::<String>());
    }
}

#[test]
fn no_noise_loses_a_character() {
    let mut dice = Dice(0x5ca1_ab1e);
    for _ in 0..rounds() {
        let mut line = String::new();
        for _ in 0..dice.roll(12) {
            match dice.roll(8) {
                0 => line.push(dice.any_char()),
                1 => line.push_str(dice.pick::<&str>(BITS)),
                _ => line.extend([dice.pick::<&str>(BITS), " "]),
            }
        }
        check_all(&line);
    }
}

#[test]
fn every_character_of_unicode_stays_in_a_title() {
    let all: Vec<char> = (0..=0x0010_ffff).filter_map(char::from_u32).collect();
    // A debug build tries a sample, which meets every block of characters.
    let step = if cfg!(debug_assertions) { 16 } else { 1 };
    for some in all.chunks(16).step_by(step) {
        let words = some.iter().map(|c| format!("{c} {c}b c{c} "));
        let line = words.collect::<String>().replace(['\n', '\r'], " ") + "tomorrow";
        let entries = parse(&line, &context(Symbols::Todoist, false, &[]));
        check(&line, &entries[0]);
    }
}

#[test]
fn any_spans_may_be_kept() {
    let mut phrases = Vec::new();
    corpus::each(|_, phrase, _| phrases.push(phrase.to_owned()));
    let mut dice = Dice(0x0c0f_fee5);
    for _ in 0..rounds() {
        let line = dice.pick(&phrases).clone();
        let keep: Vec<Range<usize>> = (0..dice.roll(4))
            .map(|_| dice.roll(40)..dice.roll(60))
            .collect();
        let entries = parse(&line, &context(Symbols::Todoist, true, &keep));
        check(&line, &entries[0]);
        for part in &entries[0].understood {
            let kept = keep
                .iter()
                .any(|keep| keep.clone().any(|at| part.span.contains(&at)));
            assert!(!kept, "{line:?} {keep:?} {part:?}");
        }
    }
}

#[test]
fn a_hundred_kilobytes_are_read_in_linear_time() {
    // A debug build reads a tenth of it, and only has to show that nothing is quadratic.
    let (length, limit) = if cfg!(debug_assertions) {
        (10_000, 2_000)
    } else {
        (100_000, 100)
    };
    let limit = Duration::from_millis(limit);
    // The tests' own search for a list would be most of the time.
    let none = |_: &str| None;
    let bits = BITS
        .iter()
        .flat_map(|bit| [(*bit).to_owned(), format!("{bit} ")]);
    let more = [
        "every mon,",
        "every day ",
        "\"a ",
        "a\" ",
        "\\\"",
        "#\"a ",
        "#a ",
        "1,",
        "tomorrow to ",
        "at 9 ",
        "(tomorrow) ",
        "in 3 days ",
        "every 1st and 2nd and ",
        "// ",
        "due due ",
        "x",
        "é",
        "jan 21, ",
        "@a, ",
        "- ",
        ", ",
        "every month on the ",
        "rrule:FREQ=DAILY;",
        "pri:A ",
    ];
    for bit in bits.chain(more.map(str::to_owned)) {
        for end in ["", " tomorrow at 9 #Home", " \"x\""] {
            let line = format!("{}{end}", bit.repeat(length / bit.len()));
            let last = line.chars().count() - 1;
            for keep in [Vec::new(), vec![last..last + 1, 0..0]] {
                for symbols in [Symbols::Todoist, Symbols::TodoTxt] {
                    let quick = Context {
                        lists: &none,
                        ..context(symbols, true, &keep)
                    };
                    let best = (0..5)
                        .map(|_| {
                            let start = Instant::now();
                            assert!(parse(&line, &quick).len() < 2);
                            start.elapsed()
                        })
                        .find(|time| *time < limit);
                    assert!(best.is_some(), "too slow: {bit:?} {end:?}");
                }
            }
        }
    }
}

#[test]
fn deep_indentation_is_read_in_linear_time() {
    let limit = Duration::from_millis(if cfg!(debug_assertions) {
        20_000
    } else {
        2_000
    });
    let lines: Vec<String> = (0..2_000).map(|depth| " ".repeat(depth) + "step").collect();
    let text = lines.join("\n");
    let start = Instant::now();
    let entries = parse(&text, &context(Symbols::Todoist, false, &[]));
    assert!(start.elapsed() < limit);
    assert_eq!(entries.len(), 2_000);
    for (at, entry) in entries.iter().enumerate() {
        assert_eq!(entry.parent, at.checked_sub(1));
    }
    let flat = "a tomorrow\n".repeat(10_000);
    assert_eq!(
        parse(&flat, &context(Symbols::Todoist, false, &[])).len(),
        10_000
    );
}
