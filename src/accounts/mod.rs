//! Who people are and how they prove it: e-mail, password, token.
//!
//! Types and rules, no HTTP and no SQL. A token proves who signed in; whether that account still
//! exists and the session still lives is asked of the store with every use.

pub mod actions;
pub mod email;
pub mod password;
pub mod settings;
pub mod throttle;
pub mod token;

use std::fmt;

use uuid::Uuid;

pub use email::Email;
pub use settings::Settings;

use crate::clock::Stamp;

/// Names one sign-in; 128 random bits.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sid(Uuid);

impl Sid {
    /// The session with these bits.
    pub const fn new(bits: Uuid) -> Self {
        Self(bits)
    }

    /// The bits.
    pub const fn uuid(self) -> Uuid {
        self.0
    }
}

// A session's name in a log would be half of a token.
impl fmt::Debug for Sid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sid([REDACTED])")
    }
}

/// What a verified token says: worth nothing until the store has looked the account up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credential {
    /// The account that signed in.
    pub account: Uuid,
    /// The sign-in.
    pub sid: Sid,
    /// The account's epoch at that time.
    pub epoch: i64,
    /// When the token ends.
    pub expires: Stamp,
}
