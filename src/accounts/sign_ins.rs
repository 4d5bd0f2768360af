//! What an account was asked for, kept for its owner to read.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use uuid::Uuid;

use super::Caller;
use crate::clock::Stamp;

/// How long it is kept, in days.
pub const KEPT_DAYS: i64 = 90;

macro_rules! events {
    ($($(#[$doc:meta])* $name:ident = $number:literal $word:literal;)+) => {
        /// Something that an owner should be able to look up.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Event {
            $($(#[$doc])* $name,)+
        }

        impl Event {
            /// As the database keeps it.
            pub const fn number(self) -> i16 {
                match self { $(Self::$name => $number,)+ }
            }

            /// As the API says it.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)+ }
            }

            /// The event of that number.
            pub const fn of_number(number: i16) -> Option<Self> {
                match number { $($number => Some(Self::$name),)+ _ => None }
            }
        }
    };
}

events! {
    /// The account was made.
    SignedUp = 1 "signed_up";
    /// Somebody signed in.
    SignedIn = 2 "signed_in";
    /// Somebody gave a wrong password.
    WrongPassword = 3 "wrong_password";
    /// Somebody gave the password and a wrong code.
    WrongCode = 4 "wrong_code";
    /// A personal token was used; noted once in a while, not with each request.
    TokenUsed = 5 "token_used";
    /// A token of another issuer was used; noted once in a while.
    IssuerUsed = 6 "issuer_used";
    /// The password was changed.
    PasswordChanged = 7 "password_changed";
    /// The password was set anew by a link.
    PasswordReset = 8 "password_reset";
    /// The address was changed.
    EmailChanged = 9 "email_changed";
    /// Signing in takes a code from now on.
    CodesOn = 10 "codes_on";
    /// Signing in takes no code any more.
    CodesOff = 11 "codes_off";
    /// Every sign-in was ended.
    SignedOutEverywhere = 12 "signed_out_everywhere";
    /// A personal token was made.
    TokenMade = 13 "token_made";
    /// A personal token was revoked.
    TokenRevoked = 14 "token_revoked";
    /// Somebody signed in with a recovery code.
    RecoveryCodeUsed = 15 "recovery_code_used";
}

/// One of them, when and from where.
#[derive(Clone, Debug)]
pub struct Noted {
    /// Its id.
    pub id: Uuid,
    /// When.
    pub at: Stamp,
    /// What.
    pub event: Event,
    /// The name of the token or issuer; empty where a password was used.
    pub means: String,
    /// From which network; may be empty.
    pub network: String,
    /// What the browser or program called itself; may be empty.
    pub browser: String,
}

/// Shortest time between two notes that the same account or token is in use, in seconds.
const NOTE_EVERY: i64 = 10 * 60;
/// Accounts and tokens remembered before those that are due again are forgotten.
const REMEMBERED: usize = 4_096;

/// Whose use was noted a moment ago: writing it down with each request would cost more than most
/// requests do.
#[derive(Default)]
pub struct Recent(Mutex<HashMap<Uuid, Stamp>>);

impl Recent {
    /// Whether it is time to note the use of this account or token; who asks has to do it.
    pub fn is_due(&self, id: Uuid, now: Stamp) -> bool {
        let mut noted = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_recent = |at: &Stamp| (0..NOTE_EVERY).contains(&(now.seconds() - at.seconds()));
        if noted.get(&id).is_some_and(is_recent) {
            return false;
        }
        if noted.len() >= REMEMBERED {
            noted.retain(|_, at| is_recent(at));
        }
        if noted.len() >= REMEMBERED {
            noted.clear();
        }
        noted.insert(id, now);
        true
    }
}

impl Noted {
    /// What happened just now.
    pub fn new(event: Event, means: &str, caller: &Caller, now: Stamp) -> Self {
        Self {
            id: crate::ids::new_id(now),
            at: now,
            event,
            means: means.to_owned(),
            network: caller.network(),
            browser: caller.browser(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_use_is_noted_once_in_a_while_for_each_account() {
        let (recent, now) = (Recent::default(), Stamp::from_micros(0));
        let (ann, bob) = (Uuid::from_u128(1), Uuid::from_u128(2));

        assert!(recent.is_due(ann, now));
        assert!(!recent.is_due(ann, now.plus_seconds(NOTE_EVERY - 1)));
        assert!(recent.is_due(bob, now));
        assert!(recent.is_due(ann, now.plus_seconds(NOTE_EVERY)));
        for number in 0..2 * REMEMBERED as u128 {
            assert!(recent.is_due(Uuid::from_u128(10 + number), now));
        }
        assert!(recent.0.lock().expect("a lock").len() <= REMEMBERED);
    }
}
