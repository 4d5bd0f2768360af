//! The stretches that leave a line, and the title that stays.

use super::line::Line;
use super::{Part, Status};

/// Takes the marks along that only made sense next to a part: "Rent, tomorrow" leaves "Rent".
///
/// The parts are in order, and stay in order and apart.
pub(super) fn widen(parts: &mut [Part], line: &Line) {
    let mut used: Vec<&mut Part> = parts
        .iter_mut()
        .filter(|part| part.status == Status::Used)
        .collect();
    take_brackets(&mut used, line);
    let starts: Vec<usize> = used.iter().skip(1).map(|part| part.span.start).collect();
    for (part, next) in used.iter_mut().zip(starts) {
        let end = part.span.end;
        if has(line, end, ",;") && line.skip_white(end + 1) == next {
            part.span.end = end + 1;
        }
    }
    take_leading_marks(&mut used, line);
    take_trailing_marks(&mut used, line);
}

/// "call (tomorrow at 9)", whose brackets would hold nothing.
fn take_brackets(used: &mut [&mut Part], line: &Line) {
    let mut first = 0;
    for at in 0..used.len() {
        let (Some(start), Some(end)) = (
            used.get(first).map(|part| part.span.start),
            used.get(at).map(|part| part.span.end),
        ) else {
            return;
        };
        let next = used.get(at + 1).map(|part| part.span.start);
        if next.is_some_and(|next| line.skip_white(end) == next) {
            continue;
        }
        let is_pair = |open, close| {
            let before = start.checked_sub(1);
            before.is_some_and(|before| has(line, before, open)) && has(line, end, close)
        };
        if is_pair("(", ")") || is_pair("[", "]") {
            if let Some(part) = used.get_mut(first) {
                part.span.start -= 1;
            }
            if let Some(part) = used.get_mut(at) {
                part.span.end += 1;
            }
        }
        first = at + 1;
    }
}

/// "Friday: call", "p1 - call".
fn take_leading_marks(used: &mut [&mut Part], line: &Line) {
    let mut done = 0;
    for part in used {
        if line.skip_white(done) != part.span.start {
            return;
        }
        let end = part.span.end;
        let next = line.skip_white(end);
        if has(line, end, ",:;") && line.is_white(end + 1) {
            part.span.end = end + 1;
        } else if is_dash(line, next) && line.is_free(end..next) {
            part.span.end = next + 1;
        }
        done = part.span.end;
    }
}

/// "call, tomorrow", "call - tomorrow at 9", "call tomorrow,".
fn take_trailing_marks(used: &mut [&mut Part], line: &Line) {
    let mut done = line.chars.len();
    if let Some(last) = used.last_mut() {
        let end = last.span.end;
        if has(line, end, ",;") && line.skip_white(end + 1) == done {
            last.span.end = end + 1;
        }
    }
    for at in (0..used.len()).rev() {
        let previous = at.checked_sub(1).and_then(|at| used.get(at));
        let limit = previous.map_or(0, |part| part.span.end);
        let Some(part) = used.get_mut(at) else { return };
        if line.skip_white(part.span.end) != done {
            return;
        }
        let rest = line.chars.get(limit..part.span.start).unwrap_or_default();
        if let Some(mark) = rest.iter().rposition(|c| !c.is_whitespace()) {
            let mark = limit + mark;
            let is_mark = has(line, mark, ",;") || is_dash(line, mark);
            if is_mark && line.is_free(mark..part.span.start) {
                part.span.start = mark;
            }
        }
        done = part.span.start;
    }
}

/// Whether one of these marks stands here and is not to be kept.
fn has(line: &Line, at: usize, marks: &str) -> bool {
    line.chars.get(at).is_some_and(|c| marks.contains(*c))
        && line.kept.get(at) != Some(&true)
        && line.dropped.get(at) != Some(&true)
}

/// Whether a dash with white space around it stands here.
fn is_dash(line: &Line, at: usize) -> bool {
    let is_after_white = at
        .checked_sub(1)
        .is_some_and(|before| line.is_white(before));
    has(line, at, "-\u{2013}\u{2014}") && is_after_white && line.is_white(at + 1)
}

/// The text without the used parts and the white space around them.
///
/// Where white space stood behind a part, one space is left; white space of other kinds, which a
/// title may not hold, becomes a space.
pub(super) fn title(parts: &[Part], line: &Line) -> String {
    let used = parts.iter().filter(|part| part.status == Status::Used);
    let ends = used.clone().map(|part| part.span.end);
    let starts = used.map(|part| part.span.start);
    let mut title = String::new();
    let stretches = std::iter::once(0)
        .chain(ends)
        .zip(starts.chain(std::iter::once(line.chars.len())));
    for (number, (start, end)) in stretches.enumerate() {
        if number > 0 {
            title.truncate(title.trim_end().len());
        }
        let is_apart = number > 0 && line.is_white(start);
        let start = if number > 0 {
            line.skip_white(start).min(end)
        } else {
            start
        };
        if is_apart && !title.is_empty() && start < end {
            title.push(' ');
        }
        let chars = line.chars.get(start..end).unwrap_or_default();
        let dropped = line.dropped.get(start..end).unwrap_or_default();
        for (c, _) in chars.iter().zip(dropped).filter(|(_, dropped)| !**dropped) {
            let is_odd =
                c.is_whitespace() && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}'));
            title.push(if is_odd { ' ' } else { *c });
        }
    }
    title.trim().to_owned()
}
