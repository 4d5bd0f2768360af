//! The labels of a task: names that cut across lists.

use crate::error::{Error, Refusal, Sentence};
use crate::name::Name;
use crate::words::Locale;

/// Most labels of one task.
pub const LABELS_MAX: usize = 30;

/// Up to 30 different labels, in the order in which they were given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels(Vec<Name>);

impl Labels {
    /// Checks what was given; one that stands there twice, in whatever spelling, counts once.
    pub fn parse<'t>(texts: impl IntoIterator<Item = &'t str>) -> Result<Self, Refusal> {
        let mut labels = Self::default();
        for text in texts {
            labels.add(parse_label(text)?);
            if labels.0.len() > LABELS_MAX {
                return Err(Refusal::new("labels", "too_many", too_many()));
            }
        }
        Ok(labels)
    }

    /// Labels that were checked before they were stored, one a line.
    pub(crate) fn stored(lines: &str) -> Self {
        Self(lines.lines().map(Name::stored).collect())
    }

    /// What is stored: one a line.
    pub(crate) fn lines(&self) -> String {
        let names: Vec<_> = self.names().collect();
        names.join("\n")
    }

    /// The names.
    pub fn names(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(Name::as_str)
    }

    /// The names with their keys.
    pub fn all(&self) -> &[Name] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a label unless it is there.
    pub fn add(&mut self, label: Name) {
        let key = label.key();
        if self.0.iter().all(|known| known.key() != key) {
            self.0.push(label);
        }
    }

    /// The labels, if they are not too many.
    pub fn checked(self) -> Result<Self, Error> {
        if self.0.len() <= LABELS_MAX {
            return Ok(self);
        }
        Err(Error::invalid("labels", "too_many", too_many()))
    }

    /// Takes the label with this key off.
    pub fn remove(&mut self, key: &str) {
        self.0.retain(|label| label.key() != key);
    }

    /// Puts another label where the one with this key is.
    pub fn replace(&mut self, key: &str, label: &Name) {
        let Some(at) = self.0.iter().position(|known| known.key() == key) else {
            return;
        };
        let new_key = label.key();
        if let Some(place) = self.0.get_mut(at) {
            *place = label.clone();
        }
        let mut seen = false;
        self.0
            .retain(|known| known.key() != new_key || !std::mem::replace(&mut seen, true));
    }
}

fn too_many() -> Sentence {
    Sentence::told(|say| say.refused_labels_many(LABELS_MAX))
}

/// Reads the name of one label; a comma would part it in two in a form.
pub fn parse_label(text: &str) -> Result<Name, Refusal> {
    let name = Name::parse("labels", text)?;
    if name.as_str().contains(',') {
        let sentence = Sentence::Said(Locale::refused_label_comma);
        return Err(Refusal::new("labels", "comma", sentence));
    }
    Ok(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels(texts: &[&str]) -> Labels {
        Labels::parse(texts.iter().copied()).expect("labels")
    }

    #[test]
    fn one_spelling_of_a_label_is_enough() {
        assert_eq!(labels(&["Café", "home", "CAFE"]).lines(), "Café\nhome");
    }

    #[test]
    fn a_label_that_becomes_another_merges_with_it() {
        let mut merged = labels(&["a", "b", "c"]);
        merged.replace("c", &Name::stored("A"));

        assert_eq!(merged.lines(), "a\nb");
    }

    #[test]
    fn too_many_labels_and_commas_are_refused() {
        let many: Vec<String> = (0..=LABELS_MAX).map(|n| n.to_string()).collect();
        assert!(Labels::parse(many.iter().map(String::as_str)).is_err());
        assert!(Labels::parse(["a,b"]).is_err());
    }
}
