//! Text that is HTML already, and sentences with markup in the middle.
//!
//! A sentence of the catalogue is plain text, and its parts may stand in any order; some of them are
//! titles in their own direction, or times. Here the two meet: everything is escaped, but for the
//! markup that this module was asked to put there.

use std::fmt::{self, Display, Write as _};

use askama::filters::{Escaper as _, Html as ForHtml, HtmlSafe};

/// HTML that may stand in a page as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Html(String);

/// Stands in a sentence for a part that is put there once the sentence is escaped.
#[derive(Clone, Copy, Debug)]
pub struct Slot(char);

impl Html {
    /// Plain text.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len() + 16);
        // Writing to a string does not fail.
        let _ = ForHtml.write_escaped_str(&mut html, text);
        Self(html)
    }

    /// Text inside an element.
    pub fn element(name: &'static str, text: &str) -> Self {
        Self(format!("<{name}>{}</{name}>", Self::text(text)))
    }

    /// A moment that programs read too.
    pub fn time(iso: &str, words: &str) -> Self {
        let (iso, words) = (Self::text(iso), Self::text(words));
        Self(format!("<time datetime=\"{iso}\">{words}</time>"))
    }

    /// A sentence with HTML in it: `say` is given something to put where each part is to stand.
    pub fn sentence<const N: usize>(
        parts: [&Self; N],
        say: impl FnOnce([Slot; N]) -> String,
    ) -> Self {
        // Of Unicode's private use: no letter of any sentence, and a title that holds one is put
        // there by now and not looked at again.
        let slot = |at: usize| {
            let at = u32::try_from(at).unwrap_or_default();
            char::from_u32(0xE000 + at).unwrap_or_default()
        };
        let said = say(std::array::from_fn(|at| Slot(slot(at))));
        let mut html = String::with_capacity(said.len() + 64);
        for letter in Self::text(&said).0.chars() {
            match parts.iter().enumerate().find(|(at, _)| slot(*at) == letter) {
                Some((_, part)) => html.push_str(&part.0),
                None => html.push(letter),
            }
        }
        Self(html)
    }

    /// Several, with something between them.
    pub fn join(parts: &[Self], between: &str) -> Self {
        let texts: Vec<&str> = parts.iter().map(|part| part.0.as_str()).collect();
        Self(texts.join(&Self::text(between).0))
    }
}

impl Display for Html {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Display for Slot {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char(self.0)
    }
}

/// Templates print it as it is.
impl HtmlSafe for Html {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_but_the_markup_is_escaped() {
        let title = Html::element("bdi", "<b>&\u{E001}");
        let time = Html::time("2026\"", "<now>");

        let said = Html::sentence([&title, &time], |[title, time]| {
            format!("{time} < “{title}” & {title}")
        });

        let title = "<bdi>&#60;b&#62;&#38;\u{E001}</bdi>";
        let time = "<time datetime=\"2026&#34;\">&#60;now&#62;</time>";
        assert_eq!(
            said.to_string(),
            format!("{time} &#60; “{title}” &#38; {title}")
        );
        let both = Html::join(&[said.clone(), Html::text("<")], "; <");
        assert_eq!(both.to_string(), format!("{said}; &#60;&#60;"));
    }
}
