//! What accounts were asked for: written by the front desk, read by the owner.

use diesel::prelude::*;
use uuid::Uuid;

use super::id::Id;
use super::schema::sign_ins;
use super::{FrontDesk, Mine};
use crate::accounts::sign_ins::{Event, Noted};
use crate::clock::Stamp;
use crate::error::Result;

impl FrontDesk<'_> {
    /// Notes what happened to an account.
    pub fn note(&mut self, account: Uuid, noted: &Noted) -> Result<()> {
        diesel::insert_into(sign_ins::table)
            .values((
                sign_ins::user_id.eq(Id(account)),
                sign_ins::id.eq(Id(noted.id)),
                sign_ins::at.eq(noted.at.micros()),
                sign_ins::event.eq(noted.event.number()),
                sign_ins::means.eq(&noted.means),
                sign_ins::network.eq(&noted.network),
                sign_ins::browser.eq(&noted.browser),
            ))
            .execute(self.conn)?;
        Ok(())
    }
}

impl Mine<'_> {
    /// What happened to the account, the latest first, at most so many.
    pub fn sign_ins(&mut self, limit: i64) -> Result<Vec<Noted>> {
        let rows: Vec<(Id, i64, i16, String, String, String)> = self
            .rows::<sign_ins::table>()
            .order(sign_ins::id.desc())
            .limit(limit)
            .select((
                sign_ins::id,
                sign_ins::at,
                sign_ins::event,
                sign_ins::means,
                sign_ins::network,
                sign_ins::browser,
            ))
            .load(self.conn)?;
        let noted = rows
            .into_iter()
            .filter_map(|(id, at, event, means, network, browser)| {
                Some(Noted {
                    id: id.0,
                    at: Stamp::from_micros(at),
                    event: Event::of_number(event)?,
                    means,
                    network,
                    browser,
                })
            });
        Ok(noted.collect())
    }
}
