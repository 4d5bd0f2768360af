//! What an account is proven by, changed: password and epoch, and the account's end.

use diesel::prelude::*;
use uuid::Uuid;

use super::FrontDesk;
use super::id::Id;
use super::mine::OwnedTable;
use super::schema::{labels, lists, personal_tokens, tasks, users};
use crate::clock::Stamp;
use crate::error::{Error, Result};

impl FrontDesk<'_> {
    /// Sets another password, and ends every sign-in; fails with [`Error::Stale`] if the password
    /// was changed since it was compared.
    pub fn set_password(
        &mut self,
        account: Uuid,
        (old, new): (&str, &str),
        epoch: i64,
    ) -> Result<()> {
        let unchanged = users::table
            .find(Id(account))
            .filter(users::password_hash.eq(old));
        let changed = diesel::update(unchanged)
            .set((users::password_hash.eq(new), users::token_epoch.eq(epoch)))
            .execute(self.conn)?;
        if changed == 0 {
            return Err(Error::Stale);
        }
        // What was mailed for the old password opens nothing any more.
        self.drop_links(account)?;
        self.touch(account);
        Ok(())
    }

    /// Ends every sign-in, and what other issuers signed before that moment.
    pub fn end_sign_ins(&mut self, account: Uuid, epoch: i64, now: Stamp) -> Result<()> {
        // Issuers tell whole seconds, and one of them may have been this one.
        let from = Stamp::from_micros((now.seconds() + 1).saturating_mul(1_000_000));
        diesel::update(users::table.find(Id(account)))
            .set((
                users::token_epoch.eq(epoch),
                users::tokens_from.eq(from.micros()),
            ))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Ends every sign-in, and nothing else.
    pub(super) fn set_epoch(&mut self, account: Uuid, epoch: i64) -> Result<()> {
        diesel::update(users::table.find(Id(account)))
            .set(users::token_epoch.eq(epoch))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Closes the account to everybody, or opens it again; either way every sign-in ends.
    pub fn set_disabled(&mut self, account: Uuid, since: Option<Stamp>, epoch: i64) -> Result<()> {
        diesel::update(users::table.find(Id(account)))
            .set((
                users::disabled_at.eq(since.map(Stamp::micros)),
                users::token_epoch.eq(epoch),
            ))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Revokes every personal token.
    pub fn revoke_personal_tokens(&mut self, account: Uuid) -> Result<()> {
        diesel::delete(<personal_tokens::table as OwnedTable>::mine(Id(account)))
            .execute(self.conn)?;
        Ok(())
    }

    /// Removes the account with everything that is its owner's.
    pub fn delete_account(&mut self, account: Uuid) -> Result<()> {
        let owner = Id(account);
        // Before what they refer to: PostgreSQL cascades in an order of its own.
        diesel::delete(<tasks::table as OwnedTable>::mine(owner)).execute(self.conn)?;
        diesel::delete(<labels::table as OwnedTable>::mine(owner)).execute(self.conn)?;
        diesel::delete(<lists::table as OwnedTable>::mine(owner)).execute(self.conn)?;
        diesel::delete(users::table.find(owner)).execute(self.conn)?;
        self.touch(account);
        Ok(())
    }
}
