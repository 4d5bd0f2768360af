//! Who people are to other issuers.
//!
//! An identity is found by issuer and subject together and by nothing else, and it stays when its
//! account goes: whoever deleted their account gets no new one from a program that keeps asking.

use diesel::prelude::*;
use uuid::Uuid;

use super::connection::on_each_backend;
use super::id::Id;
use super::schema::{identities, users};
use super::{FrontDesk, NewAccount};
use crate::accounts::issuers::Vouched;
use crate::error::Result;

/// What is known of somebody whom another issuer vouches for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// They have this account.
    Account(Uuid),
    /// They had an account, and it is deleted or disabled.
    Gone,
}

impl FrontDesk<'_> {
    /// Whose account it is; none if they have never been here.
    pub fn by_identity(&mut self, vouched: &Vouched) -> Result<Option<Known>> {
        let found: Option<(Id, Option<Id>)> = identities::table
            .left_join(
                users::table.on(users::id
                    .eq(identities::user_id)
                    .and(users::disabled_at.is_null())),
            )
            .filter(identities::issuer.eq(&vouched.issuer))
            .filter(identities::subject.eq(&vouched.subject))
            .select((identities::user_id, users::id.nullable()))
            .first(self.conn)
            .optional()?;
        Ok(found.map(|(account, there)| match there {
            Some(_) => Known::Account(account.0),
            None => Known::Gone,
        }))
    }

    /// Makes an account for somebody who comes for the first time; of two who come at once, one
    /// makes it and the other finds it.
    pub fn provision(&mut self, vouched: &Vouched, new: &NewAccount) -> Result<Option<Known>> {
        let identity = diesel::insert_into(identities::table)
            .values((
                identities::issuer.eq(&vouched.issuer),
                identities::subject.eq(&vouched.subject),
                identities::user_id.eq(Id(new.id)),
                identities::created_at.eq(new.created_at.micros()),
            ))
            .on_conflict_do_nothing();
        // PostgreSQL waits here for whoever inserts the same at this moment.
        let inserted = on_each_backend!(self.conn, |conn| identity.execute(conn))?;
        if inserted == 0 {
            return self.by_identity(vouched);
        }
        self.sign_up(new)?;
        Ok(Some(Known::Account(new.id)))
    }
}
