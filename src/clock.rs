//! What time it is: asked once per request at the door and passed in from there.
//!
//! Instants are whole microseconds, because that is what both databases keep: a finer one would
//! differ from itself after a round trip.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};

/// An instant: microseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Stamp(i64);

impl Stamp {
    /// The instant so many microseconds after (before, if negative) 1970.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970, as JWT and HTTP count them.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1_000_000)
    }

    /// This instant, so many seconds later.
    #[must_use]
    pub const fn plus_seconds(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1_000_000)))
    }

    /// What the clock on the wall shows in a zone.
    pub fn local_in(self, zone: chrono_tz::Tz) -> chrono::NaiveDateTime {
        self.utc().with_timezone(&zone).naive_local()
    }

    /// The same instant as chrono has it; the far ends of the range clamp.
    pub fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_micros(self.0).unwrap_or(if self.0 < 0 {
            DateTime::<Utc>::MIN_UTC
        } else {
            DateTime::<Utc>::MAX_UTC
        })
    }

    /// The calendar day that this instant falls on in `zone`.
    pub fn day_in(self, zone: chrono_tz::Tz) -> NaiveDate {
        self.utc().with_timezone(&zone).date_naive()
    }

    /// RFC 3339 in UTC with `Z`, in whole seconds: HTML takes no fraction as fine as ours.
    pub fn rfc3339(self) -> String {
        self.utc().to_rfc3339_opts(SecondsFormat::Secs, true)
    }
}

/// The time, real or held still.
#[derive(Clone, Debug, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The machine's clock.
    pub const fn real() -> Self {
        Self(None)
    }

    /// A clock that stands at `at` until [`Clock::set`] moves it; clones move together.
    pub fn held_at(at: Stamp) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.micros()))))
    }

    /// Moves a held clock; a real one goes its own way.
    pub fn set(&self, at: Stamp) {
        if let Some(held) = &self.0 {
            held.store(at.micros(), Ordering::Relaxed);
        }
    }

    /// The instant.
    pub fn now(&self) -> Stamp {
        match &self.0 {
            Some(held) => Stamp(held.load(Ordering::Relaxed)),
            None => Stamp(real_micros()),
        }
    }
}

fn real_micros() -> i64 {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the clock that everyone else asks"
    )]
    let now = Utc::now();
    now.timestamp_micros()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_prints_the_second_that_it_is_in() {
        assert_eq!(Stamp::from_micros(0).rfc3339(), "1970-01-01T00:00:00Z");
        assert_eq!(
            Stamp::from_micros(1_500_000).rfc3339(),
            "1970-01-01T00:00:01Z"
        );
        assert_eq!(Stamp::from_micros(-1).rfc3339(), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn the_day_depends_on_the_zone() {
        let late = Stamp::from_micros(23 * 3_600 * 1_000_000);

        assert_eq!(late.day_in(chrono_tz::UTC).to_string(), "1970-01-01");
        assert_eq!(
            late.day_in(chrono_tz::Europe::Berlin).to_string(),
            "1970-01-02"
        );
    }

    #[test]
    fn a_held_clock_moves_only_when_told() {
        let clock = Clock::held_at(Stamp::from_micros(5));
        let clone = clock.clone();

        clone.set(Stamp::from_micros(7));

        assert_eq!(clock.now(), Stamp::from_micros(7));
    }
}
