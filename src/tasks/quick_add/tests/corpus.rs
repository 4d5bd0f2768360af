//! Reads `tests/quick_add.txt`: one phrase a line, with what is to be understood.
//!
//! A line in brackets sets what follows it: the moment, the numeric order, the symbols, whether
//! lists are made. A line that starts with two semicolons is a comment.

use std::fmt::Write as _;

use chrono::{NaiveDateTime, Weekday};

use super::super::{Context, Entry, ListName, NumericDates, Status, Symbols, parse};

const CORPUS: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/corpus/quick_add.txt"
));

/// Writes an entry as the corpus does.
fn told(entry: &Entry) -> String {
    let mut text = entry.title.clone();
    let mut say = |what: String| {
        let _ = write!(text, " | {what}");
    };
    if let Some(date) = entry.due_date {
        let time = entry.due_time.map(|time| time.format(" %H:%M").to_string());
        say(format!("due {date}{}", time.unwrap_or_default()));
    }
    if let Some(date) = entry.start_date {
        say(format!("start {date}"));
    }
    match &entry.list {
        Some(ListName::Known(name)) => say(format!("list {name}")),
        Some(ListName::New(name)) => say(format!("new list {name}")),
        None => {}
    }
    if !entry.labels.is_empty() {
        say(format!("label {}", entry.labels.join(",")));
    }
    if let Some(level) = entry.priority {
        say(format!("p{level}"));
    }
    if let Some(rule) = &entry.recurrence {
        let word = if entry.from_completion {
            "every!"
        } else {
            "every"
        };
        say(format!("{word} {rule}"));
    }
    if entry.completed {
        say("done".to_owned());
    }
    if !entry.notes.is_empty() {
        say(format!("notes {}", entry.notes));
    }
    for part in &entry.understood {
        if part.status == Status::Unknown {
            say(format!("unknown {} {}", part.kind.word(), part.value));
        }
    }
    text
}

/// What the brackets have set.
pub(super) struct Setting {
    now: NaiveDateTime,
    week_start: Weekday,
    numeric: NumericDates,
    symbols: Symbols,
    create_lists: bool,
}

impl Setting {
    fn new() -> Self {
        Self {
            now: super::monday(),
            week_start: Weekday::Mon,
            numeric: NumericDates::DayFirst,
            symbols: Symbols::Todoist,
            create_lists: false,
        }
    }

    fn set(&mut self, line: &str) {
        match line.split_once(' ') {
            Some(("now", moment)) => {
                self.now = NaiveDateTime::parse_from_str(moment, "%Y-%m-%d %H:%M").expect(moment);
            }
            Some(("week", "begins on monday")) => self.week_start = Weekday::Mon,
            Some(("week", "begins on sunday")) => self.week_start = Weekday::Sun,
            Some(("numeric", "day first")) => self.numeric = NumericDates::DayFirst,
            Some(("numeric", "month first")) => self.numeric = NumericDates::MonthFirst,
            Some(("symbols", "todoist")) => self.symbols = Symbols::Todoist,
            Some(("symbols", "todo.txt")) => self.symbols = Symbols::TodoTxt,
            Some(("lists", "made")) => self.create_lists = true,
            Some(("lists", "known")) => self.create_lists = false,
            _ => panic!("no such setting: {line}"),
        }
    }

    pub(super) fn context(&self) -> Context<'_> {
        Context {
            now: self.now,
            week_start: self.week_start,
            numeric: self.numeric,
            symbols: self.symbols,
            lists: &super::find_list,
            create_lists: self.create_lists,
            keep: &[],
        }
    }
}

/// Calls with the setting, the phrase and the expectation of every case.
pub(super) fn each(mut call: impl FnMut(&Setting, &str, &str)) {
    let mut setting = Setting::new();
    for line in CORPUS.lines() {
        if let Some(setter) = line
            .strip_prefix('[')
            .and_then(|rest| rest.strip_suffix(']'))
        {
            setting.set(setter);
        } else if let Some((phrase, expected)) = line.split_once(" => ") {
            call(&setting, phrase, expected);
        } else {
            assert!(
                line.is_empty() || line.starts_with(";;"),
                "not a case: {line}"
            );
        }
    }
}

#[test]
fn every_phrase_of_the_corpus_is_understood_as_written_there() {
    let (mut count, mut wrong) = (0, String::new());
    each(|setting, phrase, expected| {
        count += 1;
        let entries = parse(phrase, &setting.context());
        let got = entries.iter().map(told).collect::<Vec<_>>().join(" || ");
        if got != expected {
            let _ = writeln!(wrong, "{phrase}\n  expected {expected}\n  got      {got}");
        }
    });
    assert!(wrong.is_empty(), "\n{wrong}");
    assert!(count >= 320, "only {count} phrases");
}
