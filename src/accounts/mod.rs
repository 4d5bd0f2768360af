//! Who people are and how they prove it: e-mail, password, token.
//!
//! Types and rules, no HTTP and no SQL. A token proves who signed in; whether that account still
//! exists and the session still lives is asked of the store with every use.

pub mod actions;
pub mod caller;
pub mod email;
pub mod issuers;
pub mod keys;
pub mod links;
pub mod password;
pub mod personal;
pub mod settings;
pub mod sign_ins;
pub mod throttle;
pub mod token;
pub mod totp;

use std::fmt;

use uuid::Uuid;

pub use caller::Caller;
pub use email::Email;
pub use settings::Settings;

use crate::clock::Stamp;
use crate::error::{Error, Result};

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
    /// The account that it speaks for.
    pub account: Uuid,
    /// What kind of token it was.
    pub proof: Proof,
    /// What the request is about to do with it.
    pub access: Access,
}

/// How a token proves that it may speak for its account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Somebody signed in with a password.
    SignIn(SignIn),
    /// A personal token; the row of this id tells what it may do.
    Personal(Uuid),
    /// Another issuer signed it at this moment.
    Issuer(Stamp),
}

/// One sign-in, as its token tells it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// Its name.
    pub sid: Sid,
    /// The account's epoch at that time.
    pub epoch: i64,
    /// When the password was given.
    pub since: Stamp,
    /// When this token was issued; later than `since` where a sign-in was renewed.
    pub issued: Stamp,
    /// When the token ends.
    pub expires: Stamp,
}

impl SignIn {
    /// When every token of the sign-in has ended, also those that renew it.
    pub const fn ends_for_good(&self) -> Stamp {
        let renewed = self
            .since
            .plus_seconds(token::RENEWED_AT_MOST + token::LIFETIME);
        if renewed.micros() > self.expires.micros() {
            renewed
        } else {
            self.expires
        }
    }
}

/// What a request does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// It looks.
    Read,
    /// It may change something.
    Write,
}

impl Credential {
    /// The sign-in, which alone may change the account itself.
    pub fn sign_in(&self) -> Result<SignIn> {
        match self.proof {
            Proof::SignIn(sign_in) => Ok(sign_in),
            Proof::Personal(_) | Proof::Issuer(_) => Err(Error::OutOfScope(
                "a token of this kind cannot change the account; log in with the password",
            )),
        }
    }
}
