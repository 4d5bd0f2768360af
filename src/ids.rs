//! Making and reading the ids of everything: UUIDv7 (RFC 9562), canonical text at the doors.

use uuid::{ContextV7, Timestamp, Uuid};

use crate::clock::Stamp;

/// A new id that sorts after every id that this process made before, up to a clock set back.
pub fn new_id(now: Stamp) -> Uuid {
    static CONTEXT: std::sync::Mutex<ContextV7> = std::sync::Mutex::new(ContextV7::new());

    let seconds = u64::try_from(now.seconds()).unwrap_or(0);
    let nanos = u32::try_from(now.micros().rem_euclid(1_000_000) * 1_000).unwrap_or(0);
    Uuid::new_v7(Timestamp::from_unix(&CONTEXT, seconds, nanos))
}

/// Reads lower-case hyphenated text; any other spelling of a UUID is not an address of anything.
pub fn parse_canonical(text: &str) -> Option<Uuid> {
    let uuid = Uuid::try_parse(text).ok()?;
    let mut buffer = Uuid::encode_buffer();
    (uuid.hyphenated().encode_lower(&mut buffer) == text).then_some(uuid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_as_they_were_made_even_in_one_instant() {
        let now = Stamp::from_micros(1_800_000_000_000_000);
        let ids: Vec<_> = (0..1_000).map(|_| new_id(now)).collect();

        assert!(ids.is_sorted());
    }

    #[test]
    fn only_the_canonical_spelling_is_an_id() {
        let text = "01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11";
        assert!(parse_canonical(text).is_some());
        for other in [
            "01932C07-A0E2-7C3B-8F5E-2B1F0F6F9A11",
            "01932c07a0e27c3b8f5e2b1f0f6f9a11",
            "{01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11}",
            "urn:uuid:01932c07-a0e2-7c3b-8f5e-2b1f0f6f9a11",
            "1",
            "",
        ] {
            assert!(parse_canonical(other).is_none(), "{other}");
        }
    }
}
