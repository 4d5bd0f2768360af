//! The rows behind personal tokens.

use diesel::prelude::*;

use super::FrontDesk;
use super::id::Id;
use super::mine::OwnedTable;
use super::schema::personal_tokens;
use crate::accounts::{Access, Credential, Proof};
use crate::error::{Error, Result};

impl FrontDesk<'_> {
    /// Fails unless a personal token still has its row, and the row allows what is asked. What the
    /// token itself says counts for nothing here.
    pub(super) fn check_personal(&mut self, credential: &Credential) -> Result<()> {
        let Proof::Personal(id) = credential.proof else {
            return Ok(());
        };
        let scope: Option<String> =
            <personal_tokens::table as OwnedTable>::mine(Id(credential.account))
                .filter(personal_tokens::id.eq(Id(id)))
                .select(personal_tokens::scope)
                .first(self.conn)
                .optional()?;
        match (scope.as_deref(), credential.access) {
            (None, _) => Err(Error::Unauthenticated),
            (Some("write"), _) | (Some(_), Access::Read) => Ok(()),
            (Some(_), Access::Write) => Err(Error::OutOfScope(
                "this token may only read; its scope is not write",
            )),
        }
    }
}
