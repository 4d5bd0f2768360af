//! Mail: what is written in it, how it waits, and how it leaves.
//!
//! A letter is put into the outbox in the transaction that causes it, sealed, because the links in it
//! open accounts. [`PostOffice`] sends what waits, in the background, as often as it takes. Nothing
//! here logs an address, a subject or a link.

pub mod letters;
mod post_office;
mod smtp;

use serde::{Deserialize, Serialize};

pub use post_office::PostOffice;
pub use smtp::{Sender, Smtp};

use crate::accounts::keys::Keys;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::store::FrontDesk;

/// What the outbox is sealed for.
const PURPOSE: &str = "outbox";

/// One mail, in plain text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Whom it goes to: an address that was checked before.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// The text, its paragraphs parted by empty lines.
    pub body: String,
}

/// What waits in the outbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Waiting {
    /// A letter as it will be sent.
    Letter(Letter),
    /// Somebody asked for a link. Whether there is an account is looked up later, so that the answer
    /// takes as long whether or not there is one.
    Wish(Wish),
}

/// A link that somebody asked for, for an address that may have no account.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wish {
    /// What for.
    pub link: WishedLink,
    /// The address.
    pub email: String,
}

/// A link that may be asked for without being signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum WishedLink {
    /// To set a new password.
    Reset,
    /// To confirm the address of a new account.
    Confirm,
}

/// Something in its envelope, ready for the outbox.
#[derive(Clone, Debug)]
pub struct Sealed(Vec<u8>);

impl Sealed {
    /// Seals it.
    pub fn new(keys: &Keys, waiting: &Waiting) -> Result<Self> {
        let plain = serde_json::to_vec(waiting).map_err(Error::internal)?;
        Ok(Self(keys.seal(PURPOSE, &plain)?))
    }

    /// Seals a letter.
    pub fn letter(keys: &Keys, letter: Letter) -> Result<Self> {
        Self::new(keys, &Waiting::Letter(letter))
    }

    /// Puts it into the outbox, in the transaction of the desk.
    pub fn post(&self, desk: &mut FrontDesk<'_>, now: Stamp) -> Result<()> {
        desk.enqueue(new_id(now), &self.0, now)
    }
}

/// What lay in the outbox.
fn open(keys: &Keys, sealed: &[u8]) -> Result<Waiting> {
    serde_json::from_slice(&keys.open(PURPOSE, sealed)?).map_err(Error::internal)
}
