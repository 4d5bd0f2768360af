//! Mail that waits to be sent.

use diesel::prelude::*;
use uuid::Uuid;

use super::FrontDesk;
use super::connection::Db;
use super::id::Id;
use super::schema::outbox;
use crate::clock::Stamp;
use crate::error::Result;

/// Mail that nobody else tries to send for a while.
#[derive(Clone, Debug)]
pub struct ClaimedMail {
    /// Its id.
    pub id: Uuid,
    /// What it is, sealed.
    pub sealed: Vec<u8>,
    /// Since when it waits.
    pub created_at: Stamp,
    /// How often it was tried, this time included.
    pub tries: i32,
}

impl FrontDesk<'_> {
    /// Puts something sealed into the outbox, to be dealt with at once.
    pub fn enqueue(&mut self, id: Uuid, sealed: &[u8], now: Stamp) -> Result<()> {
        diesel::insert_into(outbox::table)
            .values((
                outbox::id.eq(Id(id)),
                outbox::sealed.eq(sealed),
                outbox::created_at.eq(now.micros()),
                outbox::next_try_at.eq(now.micros()),
                outbox::tries.eq(0),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Takes what has waited longest of what is due, for oneself alone until that moment.
    pub fn claim_mail(&mut self, now: Stamp, until: Stamp) -> Result<Option<ClaimedMail>> {
        let due = outbox::table
            .filter(outbox::next_try_at.le(now.micros()))
            .order((outbox::next_try_at, outbox::id))
            .select((
                outbox::id,
                outbox::sealed,
                outbox::created_at,
                outbox::tries,
            ))
            .limit(1);
        let row: Option<(Id, Vec<u8>, i64, i32)> = match &mut *self.conn {
            Db::Postgres(conn) => due.for_update().skip_locked().first(conn),
            Db::Sqlite(conn) => due.first(conn),
        }
        .optional()?;
        let Some((id, sealed, created_at, tries)) = row else {
            return Ok(None);
        };
        let tries = tries.saturating_add(1);
        diesel::update(outbox::table.find(id))
            .set((
                outbox::next_try_at.eq(until.micros()),
                outbox::tries.eq(tries),
            ))
            .execute(self.conn)?;
        Ok(Some(ClaimedMail {
            id: id.0,
            sealed,
            created_at: Stamp::from_micros(created_at),
            tries,
        }))
    }

    /// Leaves mail for later.
    pub fn put_mail_off(&mut self, id: Uuid, until: Stamp) -> Result<()> {
        diesel::update(outbox::table.find(Id(id)))
            .set(outbox::next_try_at.eq(until.micros()))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets mail: it was sent, or never will be.
    pub fn remove_mail(&mut self, id: Uuid) -> Result<()> {
        diesel::delete(outbox::table.find(Id(id))).execute(self.conn)?;
        Ok(())
    }
}
