//! Links that were sent or printed, and invitations, each found by the hash of its token.

use diesel::prelude::*;
use uuid::Uuid;

use super::FrontDesk;
use super::connection::on_each_backend;
use super::id::Id;
use super::schema::{invitations, mail_links};
use crate::accounts::links::{Followed, Link, NewLink};
use crate::clock::Stamp;
use crate::error::{Error, Result};

impl FrontDesk<'_> {
    /// Keeps a link, in place of the one of its kind that the account had.
    pub fn put_link(&mut self, new: &NewLink) -> Result<()> {
        let said = (
            mail_links::hash.eq(&new.hash[..]),
            mail_links::email.eq(&new.email),
            mail_links::expires_at.eq(new.expires.micros()),
        );
        let row = (
            mail_links::user_id.eq(Id(new.account)),
            mail_links::purpose.eq(new.link.word()),
            said,
        );
        on_each_backend!(self.conn, |conn| {
            diesel::insert_into(mail_links::table)
                .values(row)
                .on_conflict((mail_links::user_id, mail_links::purpose))
                .do_update()
                .set(said)
                .execute(conn)?
        });
        Ok(())
    }

    /// What the link with this hash says, if it is good; looking does not use it up.
    pub fn find_link(&mut self, link: Link, hash: &[u8; 32], now: Stamp) -> Result<Followed> {
        let found: Option<(Id, String)> = mail_links::table
            .filter(mail_links::hash.eq(&hash[..]))
            .filter(mail_links::purpose.eq(link.word()))
            .filter(mail_links::expires_at.gt(now.micros()))
            .select((mail_links::user_id, mail_links::email))
            .first(self.conn)
            .optional()?;
        followed(found)
    }

    /// Uses a link up, in the one statement that also checks that it is good: of two who follow it
    /// at once, one comes too late.
    pub fn take_link(&mut self, link: Link, hash: &[u8; 32], now: Stamp) -> Result<Followed> {
        let good = mail_links::table
            .filter(mail_links::hash.eq(&hash[..]))
            .filter(mail_links::purpose.eq(link.word()))
            .filter(mail_links::expires_at.gt(now.micros()));
        let taken: Option<(Id, String)> = on_each_backend!(self.conn, |conn| {
            diesel::delete(good)
                .returning((mail_links::user_id, mail_links::email))
                .get_result(conn)
                .optional()?
        });
        followed(taken)
    }

    /// Forgets every link of an account.
    pub fn drop_links(&mut self, account: Uuid) -> Result<()> {
        let all = mail_links::table.filter(mail_links::user_id.eq(Id(account)));
        diesel::delete(all).execute(self.conn)?;
        Ok(())
    }

    /// Keeps an invitation.
    pub fn invite(&mut self, hash: &[u8; 32], expires: Stamp) -> Result<()> {
        diesel::insert_into(invitations::table)
            .values((
                invitations::hash.eq(&hash[..]),
                invitations::expires_at.eq(expires.micros()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Whether an invitation is good; looking does not use it up.
    pub fn is_invited(&mut self, hash: &[u8; 32], now: Stamp) -> Result<bool> {
        let good = invitations::table
            .find(&hash[..])
            .filter(invitations::expires_at.gt(now.micros()));
        let found = good.count().get_result::<i64>(self.conn)?;
        Ok(found == 1)
    }

    /// Uses an invitation up; says whether it was good.
    pub fn take_invitation(&mut self, hash: &[u8; 32], now: Stamp) -> Result<bool> {
        let good = invitations::table
            .find(&hash[..])
            .filter(invitations::expires_at.gt(now.micros()));
        Ok(diesel::delete(good).execute(self.conn)? == 1)
    }

    /// Forgets links and invitations whose time has passed.
    pub(super) fn forget_links(&mut self, now: Stamp) -> Result<()> {
        let links = mail_links::table.filter(mail_links::expires_at.le(now.micros()));
        diesel::delete(links).execute(self.conn)?;
        let invitations = invitations::table.filter(invitations::expires_at.le(now.micros()));
        diesel::delete(invitations).execute(self.conn)?;
        Ok(())
    }
}

fn followed(row: Option<(Id, String)>) -> Result<Followed> {
    let (account, email) = row.ok_or(Error::DeadLink)?;
    Ok(Followed {
        account: account.0,
        email,
    })
}
