//! A line as words and the marks between them, which is all the grammar sees.

use std::ops::Range;

use super::line::{Kind, Line};
use super::signs::Sign;
use super::words::{self, Word};
use super::{NumericDates, Symbols};

/// Marks in front of a word that are not of it.
const OPENING: &str = "([{";
/// Marks behind a word that are not of it.
const CLOSING: &str = ",.;:!?)]}";

/// Words, and for each where it stands; both have the same length.
#[derive(Default)]
pub(super) struct Pieces {
    pub(super) words: Vec<Word>,
    pub(super) spans: Vec<Range<usize>>,
}

impl Pieces {
    /// Reads the plain chunks; a symbol that counts is a gap, anything else is text.
    pub(super) fn of(line: &Line, numeric: NumericDates, symbols: Symbols) -> Self {
        let mut pieces = Self::default();
        for chunk in &line.chunks {
            match &chunk.kind {
                Kind::Literal | Kind::Sign(Sign::Unknown(..)) => {
                    pieces.push(Word::Text, chunk.span.clone());
                }
                Kind::Sign(_) => pieces.push(Word::Gap, chunk.span.clone()),
                Kind::Plain => Reader {
                    line,
                    numeric,
                    symbols,
                    pieces: &mut pieces,
                }
                .chunk(chunk.span.clone()),
            }
        }
        pieces
    }

    /// The code points from one piece to another, the latter excluded.
    pub(super) fn span(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.spans.get(range.start).map_or(0, |span| span.start);
        let last = range.end.checked_sub(1).and_then(|at| self.spans.get(at));
        start..last.map_or(start, |span| span.end)
    }

    fn push(&mut self, word: Word, span: Range<usize>) {
        self.words.push(word);
        self.spans.push(span);
    }
}

struct Reader<'a> {
    line: &'a Line,
    numeric: NumericDates,
    symbols: Symbols,
    pieces: &'a mut Pieces,
}

impl Reader<'_> {
    fn chunk(mut self, span: Range<usize>) {
        let chars = self.line.chars.get(span.clone()).unwrap_or_default();
        let opened = chars.iter().take_while(|c| OPENING.contains(**c)).count();
        if opened > 0 {
            let opening = span.start..span.start + opened;
            self.pieces.push(Word::Stop, opening);
        }
        let length = chars
            .iter()
            .rposition(|c| !CLOSING.contains(*c))
            .map_or(opened, |at| (at + 1).max(opened));
        let mut end = span.start + length;
        if span.start + opened < end {
            end = self.core(span.start + opened..end, span.end);
        }
        if let Some(mark) = self.line.chars.get(end).filter(|_| end < span.end) {
            let word = match mark {
                ',' => Word::Comma,
                ':' => Word::Colon,
                _ => Word::Stop,
            };
            self.pieces.push(word, end..span.end);
        }
    }

    /// Reads a word without the marks around it; answers where it really ends.
    fn core(&mut self, span: Range<usize>, limit: usize) -> usize {
        let text = self.line.text(span.clone()).to_lowercase();
        let next = self.line.chars.get(span.end).filter(|_| span.end < limit);
        // The mark belongs to the word in "every!", "start:" and "a.m.".
        let with_mark = next.map(|mark| format!("{text}{mark}"));
        if let Some(with_mark) = with_mark {
            let word = words::read(&with_mark, self.numeric);
            if matches!(word, Word::EveryBang | Word::Start) {
                self.pieces.push(word, span.start..span.end + 1);
                return span.end + 1;
            }
            if with_mark.ends_with("a.m.") || with_mark.ends_with("p.m.") {
                let word = words::read(&text, self.numeric);
                self.pieces.push(word, span.start..span.end + 1);
                return span.end + 1;
            }
        }
        let end = span.end;
        let Some((word, length)) = self.key(&text) else {
            self.list(span);
            return end;
        };
        self.pieces.push(word, span.start..span.start + length);
        self.list(span.start + length..end);
        end
    }

    /// The key in front of a value, and its length with the colon.
    fn key(&self, text: &str) -> Option<(Word, usize)> {
        let (name, _) = text.split_once(':')?;
        match (name, self.symbols) {
            ("t", Symbols::TodoTxt) => Some((Word::Start, 2)),
            ("due", _) => Some((Word::Due, 4)),
            _ if words::read(
                &format!("{}:", name.get(..20).unwrap_or(name)),
                self.numeric,
            ) == Word::Start =>
            {
                Some((Word::Start, name.chars().count() + 1))
            }
            _ => None,
        }
    }

    /// Reads words with commas between them.
    fn list(&mut self, span: Range<usize>) {
        let mut start = span.start;
        for at in span.start..=span.end {
            let is_comma = self.line.chars.get(at) == Some(&',');
            if at < span.end && !is_comma {
                continue;
            }
            if start < at {
                let text = self.line.text(start..at).to_lowercase();
                let word = words::read(&text, self.numeric);
                self.pieces.push(word, start..at);
            }
            if at < span.end {
                self.pieces.push(Word::Comma, at..at + 1);
            }
            start = at + 1;
        }
    }
}
