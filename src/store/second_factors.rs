//! Second factors: the secret of an authenticator app, sealed, and recovery codes, hashed.

use diesel::prelude::*;
use uuid::Uuid;

use super::FrontDesk;
use super::id::Id;
use super::mine::OwnedTable;
use super::schema::{recovery_codes, second_factors};
use crate::clock::Stamp;
use crate::error::{Error, Result};

/// The second factor of an account.
#[derive(Clone, Debug)]
pub struct SecondFactor {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// When it was set up.
    pub created_at: Stamp,
    /// When the owner proved that their app has it; none = it asks nobody for a code yet.
    pub confirmed_at: Option<Stamp>,
}

impl FrontDesk<'_> {
    /// The second factor, confirmed or not.
    pub fn second_factor(&mut self, account: Uuid) -> Result<Option<SecondFactor>> {
        let row: Option<(Vec<u8>, i64, Option<i64>)> =
            <second_factors::table as OwnedTable>::mine(Id(account))
                .select((
                    second_factors::secret,
                    second_factors::created_at,
                    second_factors::confirmed_at,
                ))
                .first(self.conn)
                .optional()?;
        Ok(row.map(|(sealed, created_at, confirmed_at)| SecondFactor {
            sealed,
            created_at: Stamp::from_micros(created_at),
            confirmed_at: confirmed_at.map(Stamp::from_micros),
        }))
    }

    /// Sets one up that is still to be confirmed, in place of an earlier one of that kind.
    pub fn start_second_factor(&mut self, account: Uuid, sealed: &[u8], now: Stamp) -> Result<()> {
        self.give_up_second_factor(account)?;
        if self.second_factor(account)?.is_some() {
            return Err(Error::Stale);
        }
        diesel::insert_into(second_factors::table)
            .values((
                second_factors::user_id.eq(Id(account)),
                second_factors::secret.eq(sealed),
                second_factors::last_step.eq(0),
                second_factors::created_at.eq(now.micros()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Removes one that is still to be confirmed.
    pub fn give_up_second_factor(&mut self, account: Uuid) -> Result<()> {
        let unconfirmed = <second_factors::table as OwnedTable>::mine(Id(account))
            .filter(second_factors::confirmed_at.is_null());
        diesel::delete(unconfirmed).execute(self.conn)?;
        Ok(())
    }

    /// Confirms what was set up, and ends every sign-in; fails with [`Error::Stale`] if that was
    /// done or given up meanwhile, or another secret was set up in its place.
    pub fn confirm_second_factor(
        &mut self,
        account: Uuid,
        (sealed, step): (&[u8], i64),
        epoch: i64,
        now: Stamp,
    ) -> Result<()> {
        let waiting = <second_factors::table as OwnedTable>::mine(Id(account))
            .filter(second_factors::secret.eq(sealed))
            .filter(second_factors::confirmed_at.is_null());
        let confirmed = diesel::update(waiting)
            .set((
                second_factors::confirmed_at.eq(now.micros()),
                second_factors::last_step.eq(step),
            ))
            .execute(self.conn)?;
        if confirmed == 0 {
            return Err(Error::Stale);
        }
        self.set_epoch(account, epoch)
    }

    /// Takes a code of that time step, if none of it or of a later one was taken: of two at once,
    /// one gets it; none does if the secret is another by now.
    pub fn take_step(&mut self, account: Uuid, (sealed, step): (&[u8], i64)) -> Result<bool> {
        let earlier = <second_factors::table as OwnedTable>::mine(Id(account))
            .filter(second_factors::secret.eq(sealed))
            .filter(second_factors::confirmed_at.is_not_null())
            .filter(second_factors::last_step.lt(step));
        let taken = diesel::update(earlier)
            .set(second_factors::last_step.eq(step))
            .execute(self.conn)?;
        Ok(taken == 1)
    }

    /// Takes a recovery code, if it is one of the account's.
    pub fn take_recovery_code(&mut self, account: Uuid, hash: &[u8; 32]) -> Result<bool> {
        let code = <recovery_codes::table as OwnedTable>::mine(Id(account))
            .filter(recovery_codes::hash.eq(&hash[..]));
        Ok(diesel::delete(code).execute(self.conn)? == 1)
    }

    /// How many recovery codes are left.
    pub fn recovery_codes_left(&mut self, account: Uuid) -> Result<i64> {
        Ok(<recovery_codes::table as OwnedTable>::mine(Id(account))
            .count()
            .get_result(self.conn)?)
    }

    /// Gives the account other recovery codes; the earlier ones are void.
    pub fn set_recovery_codes(&mut self, account: Uuid, hashes: &[[u8; 32]]) -> Result<()> {
        diesel::delete(<recovery_codes::table as OwnedTable>::mine(Id(account)))
            .execute(self.conn)?;
        for hash in hashes {
            diesel::insert_into(recovery_codes::table)
                .values((
                    recovery_codes::user_id.eq(Id(account)),
                    recovery_codes::hash.eq(&hash[..]),
                ))
                .execute(self.conn)?;
        }
        Ok(())
    }

    /// Removes the second factor, and ends every sign-in.
    pub fn drop_second_factor(&mut self, account: Uuid, epoch: i64) -> Result<()> {
        self.forget_second_factor(account)?;
        self.set_epoch(account, epoch)
    }

    /// Removes the second factor of somebody who has lost it; who is signed in stays signed in. Says
    /// whether there was one.
    pub fn forget_second_factor(&mut self, account: Uuid) -> Result<bool> {
        let gone = diesel::delete(<second_factors::table as OwnedTable>::mine(Id(account)))
            .execute(self.conn)?;
        self.set_recovery_codes(account, &[])?;
        Ok(gone > 0)
    }
}
