//! What of a thing differs between two moments, field by field, and how to put a field back.
//!
//! The journal keeps these differences, so its rows are read by later releases: a field's name and
//! the form of its value, once written, stay.

use serde_json::{Map, Value};

/// Fields by name, as the API names them.
pub type Fields = Map<String, Value>;

/// Something whose changes the journal keeps.
pub trait Remember {
    /// Every field that can change, in the order in which they are to be put back.
    fn fields(&self) -> Vec<(&'static str, Value)>;

    /// Sets one of these fields; a value that is none of its own changes nothing.
    fn set(&mut self, name: &str, value: &Value);

    /// All of the fields.
    fn remembered(&self) -> Fields {
        let named = |(name, value): (&str, Value)| (name.to_owned(), value);
        self.fields().into_iter().map(named).collect()
    }

    /// Sets all of the fields.
    fn recall(&mut self, was: &Fields) {
        for (name, _) in self.fields() {
            if let Some(value) = was.get(name) {
                self.set(name, value);
            }
        }
    }

    /// The fields in which the two differ: as they were, and as they became.
    fn difference(&self, after: &Self) -> (Fields, Fields) {
        let (mut was, mut became) = (Fields::new(), Fields::new());
        for ((name, old), (_, new)) in self.fields().into_iter().zip(after.fields()) {
            if old != new {
                was.insert(name.to_owned(), old);
                became.insert(name.to_owned(), new);
            }
        }
        (was, became)
    }

    /// Puts fields back to what they were, where nobody changed them since; names those left alone.
    fn put_back(&mut self, was: &Fields, became: &Fields) -> Vec<String> {
        for (name, now) in self.fields() {
            if let Some(old) = was.get(name)
                && became.get(name) == Some(&now)
            {
                self.set(name, old);
            }
        }
        // Looked at afterwards: a field may hang on another that stayed.
        let stayed = |(name, now): &(&str, Value)| was.get(*name).is_some_and(|old| old != now);
        let kept = self.fields().into_iter().filter(stayed);
        kept.map(|(name, _)| name.to_owned()).collect()
    }
}
