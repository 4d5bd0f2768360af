//! A line cut into chunks: plain words, protected text and what is written with symbols.
//!
//! Text is protected by quotation marks around it, by a backslash in front of it, or because the
//! person asked to keep it. A quotation mark that nobody closes is a sign for inches and stays.

use std::ops::Range;

use super::signs::{self, Sign};
use super::words::{self, Word};
use super::{Context, Symbols};

/// What a chunk is.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    /// Words that may mean something.
    Plain,
    /// Text, whatever it says.
    Literal,
    /// Something written with a symbol.
    Sign(Sign),
}

/// A stretch of a line without white space, or protected.
#[derive(Clone, Debug)]
pub(super) struct Chunk {
    pub(super) span: Range<usize>,
    pub(super) kind: Kind,
}

/// A line, its code points and its chunks in order.
pub(super) struct Line {
    pub(super) chars: Vec<char>,
    /// What the person asked to keep as text.
    pub(super) kept: Vec<bool>,
    /// Quotation marks and backslashes that did their work and leave the title.
    pub(super) dropped: Vec<bool>,
    pub(super) chunks: Vec<Chunk>,
}

impl Line {
    /// Cuts a line; the spans in `keep` are protected.
    pub(super) fn cut(line: &str, keep: &[Range<usize>], context: &Context<'_>) -> Self {
        let chars: Vec<char> = line.chars().collect();
        let kept = marked(chars.len(), keep);
        let closing = closing_quotes(&chars, &kept);
        let mut cutter = Cutter {
            chars: &chars,
            kept: &kept,
            kept_until: kept.iter().rposition(|kept| *kept).unwrap_or(0),
            closing: &closing,
            dropped: escaped_quotes(&chars, &kept),
            chunks: Vec::new(),
        };
        cutter.run(context);
        let Cutter {
            dropped, chunks, ..
        } = cutter;
        Self {
            chars,
            kept,
            dropped,
            chunks,
        }
    }

    /// The code points of a span, as text.
    pub(super) fn text(&self, span: Range<usize>) -> String {
        text_of(&self.chars, span)
    }

    /// Whether nothing here is to be kept.
    pub(super) fn is_free(&self, span: Range<usize>) -> bool {
        !self.kept.get(span).unwrap_or_default().contains(&true)
    }

    /// Whether white space stands here.
    pub(super) fn is_white(&self, at: usize) -> bool {
        self.chars.get(at).is_some_and(|c| c.is_whitespace())
    }

    /// The first place from here on without white space.
    pub(super) fn skip_white(&self, at: usize) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        let length = rest.iter().position(|c| !c.is_whitespace());
        length.map_or(self.chars.len(), |length| at + length)
    }
}

/// The code points of a span, as text.
pub(super) fn text_of(chars: &[char], span: Range<usize>) -> String {
    chars.get(span).unwrap_or_default().iter().collect()
}

struct Cutter<'a> {
    chars: &'a [char],
    kept: &'a [bool],
    /// Where the last kept code point is.
    kept_until: usize,
    /// For each quotation mark that opens, where it is closed.
    closing: &'a [Option<usize>],
    dropped: Vec<bool>,
    chunks: Vec<Chunk>,
}

impl Cutter<'_> {
    fn run(&mut self, context: &Context<'_>) {
        let mut at = 0;
        while let Some(c) = self.chars.get(at) {
            at = if c.is_whitespace() {
                // No phrase reaches across white space that is kept.
                if self.is_kept(at..at + 1) {
                    self.push(at..at + 1, Kind::Literal);
                }
                at + 1
            } else {
                self.chunk(at, context)
            };
        }
    }

    /// Adds the chunk that starts here and answers where the next may start.
    fn chunk(&mut self, at: usize, context: &Context<'_>) -> usize {
        let end = self.word_end(at);
        if self.is_kept(at..end) {
            return self.push(at..end, Kind::Literal);
        }
        if escapes(self.chars.get(at..end).unwrap_or_default(), context) {
            self.drop_at(at);
            return self.push(at..end, Kind::Literal);
        }
        if let Some(close) = self.closing.get(at).copied().flatten() {
            self.drop_at(at);
            self.drop_at(close);
            self.push(at..close + 1, Kind::Literal);
            return close + 1;
        }
        let place = signs::Place {
            chars: self.chars,
            span: at..end,
            closing: self.closing,
            before: &self.chunks,
        };
        if context.symbols == Symbols::TodoTxt && signs::is_written_day(&place) {
            return self.push(at..end, Kind::Literal);
        }
        // Notes reach to the end of the line, but not over what the person wanted kept there.
        let is_cut_short = self.chars.get(at) == Some(&'/') && at < self.kept_until;
        let sign = if is_cut_short {
            None
        } else {
            signs::read(&place, context)
        };
        match sign {
            // A tick in todo.txt takes the days behind it, unless they are kept.
            Some((span, sign)) if !self.is_kept(span.clone()) => self.push(span, Kind::Sign(sign)),
            _ => self.push(at..end, Kind::Plain),
        }
    }

    fn push(&mut self, span: Range<usize>, kind: Kind) -> usize {
        let end = span.end;
        self.chunks.push(Chunk { span, kind });
        end
    }

    fn word_end(&self, at: usize) -> usize {
        let rest = self.chars.get(at..).unwrap_or_default();
        let length = rest.iter().position(|c| c.is_whitespace());
        length.map_or(self.chars.len(), |length| at + length)
    }

    fn is_kept(&self, span: Range<usize>) -> bool {
        self.kept.get(span).unwrap_or_default().contains(&true)
    }

    fn drop_at(&mut self, at: usize) {
        if let Some(mark) = self.dropped.get_mut(at) {
            *mark = true;
        }
    }
}

/// Whether a word starts with a backslash that hides a meaning.
///
/// A backslash in front of anything else is a path or a face, and stays: `\o/`, `\\server\share`.
fn escapes(word: &[char], context: &Context<'_>) -> bool {
    let is_symbol = |c: &char| "#@!+/\"\u{201c}(".contains(*c);
    let ['\\', rest @ ..] = word else {
        return false;
    };
    match rest {
        [] => false,
        ['\\', next, ..] => is_symbol(next),
        [first, ..] if is_symbol(first) || first.is_ascii_digit() => true,
        ['x' | '-'] | ['p' | 'P', '1'..='4', ..] => true,
        _ => {
            let name: String = rest
                .iter()
                .take_while(|c| c.is_alphanumeric() || **c == ':')
                .take(20)
                .flat_map(|c| c.to_lowercase())
                .collect();
            let key = name.split_inclusive(':').next().unwrap_or_default();
            let is_word = |text: &str| words::read(text, context.numeric) != Word::Text;
            is_word(&name) || is_word(key.trim_end_matches(':')) || signs::is_key(key)
        }
    }
}

/// Marks each backslash in front of a quotation mark, which then neither opens nor closes.
fn escaped_quotes(chars: &[char], kept: &[bool]) -> Vec<bool> {
    let next = chars.iter().skip(1).chain([&' ']);
    let pairs = chars.iter().zip(next).zip(kept);
    pairs
        .map(|((c, next), kept)| *c == '\\' && *next == '"' && !kept)
        .collect()
}

/// One mark for each code point that some span covers.
fn marked(length: usize, spans: &[Range<usize>]) -> Vec<bool> {
    let mut marks = vec![false; length];
    let mut sorted: Vec<&Range<usize>> = spans.iter().collect();
    sorted.sort_by_key(|span| span.start);
    // Overlapping spans are walked once, however many there are.
    let mut done = 0;
    for span in sorted {
        let from = span.start.max(done);
        let until = span.end.min(length);
        if let Some(marks) = marks.get_mut(from..until) {
            marks.fill(true);
            done = until;
        }
    }
    marks
}

/// Finds, for each quotation mark that could open, the first behind it that closes.
fn closing_quotes(chars: &[char], kept: &[bool]) -> Vec<Option<usize>> {
    let mut closing = vec![None; chars.len()];
    let (mut straight, mut curly) = (None, None);
    let mut next = None;
    for (at, c) in chars.iter().enumerate().rev() {
        if kept.get(at) == Some(&true) {
            // A quotation never reaches over what is kept.
            (straight, curly) = (None, None);
            next = Some(*c);
            continue;
        }
        let is_escaped = at.checked_sub(1).and_then(|before| chars.get(before)) == Some(&'\\');
        let nearest = match c {
            '"' if !is_escaped => straight,
            '\u{201c}' => curly,
            _ => None,
        };
        // `""` protects nothing, and would vanish.
        let close = nearest.filter(|close| *close > at + 1);
        if let Some(slot) = closing.get_mut(at) {
            *slot = close;
        }
        let ends_word = next.is_none_or(|c: char| c.is_whitespace() || ",.;:!?)]".contains(c));
        match c {
            '"' if ends_word && !is_escaped => straight = Some(at),
            '\u{201d}' if ends_word => curly = Some(at),
            _ => {}
        }
        next = Some(*c);
    }
    closing
}
