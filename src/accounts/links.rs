//! Links that were sent by mail or printed: 256 random bits, of which only the hash is kept, good
//! once and for a while.

use uuid::Uuid;

use super::keys::new_secret;
use crate::clock::Stamp;
use crate::error::Result;

/// What a link is for; an account has at most one of a kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// To set a new password.
    Reset,
    /// To show that an address is the owner's: the one that the account has, or the one that it
    /// gets by this.
    Verify,
}

impl Link {
    /// As the database keeps it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Reset => "reset",
            Self::Verify => "verify",
        }
    }

    /// How long it is good, in seconds.
    pub const fn lifetime(self) -> i64 {
        match self {
            Self::Reset => 30 * 60,
            Self::Verify => 24 * 60 * 60,
        }
    }
}

/// A link that has just been made; takes the place of the one of its kind before.
pub struct NewLink {
    /// Whose it is.
    pub account: Uuid,
    /// What for.
    pub link: Link,
    /// The address that following it proves; empty where it is not mailed.
    pub email: String,
    /// What stands in the address; kept nowhere.
    pub token: String,
    /// What is kept of the token.
    pub hash: [u8; 32],
    /// When it ends.
    pub expires: Stamp,
}

impl NewLink {
    /// A link for an account, which proves that address.
    pub fn new(account: Uuid, link: Link, email: &str, now: Stamp) -> Result<Self> {
        let (token, hash) = new_secret()?;
        Ok(Self {
            account,
            link,
            email: email.to_owned(),
            token,
            hash,
            expires: now.plus_seconds(link.lifetime()),
        })
    }
}

/// What a good link says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Followed {
    /// Whose it is.
    pub account: Uuid,
    /// The address that it proves; empty if none.
    pub email: String,
}
