//! How often a secret was tried.
//!
//! Every attempt is counted in a transaction of its own before the secret is looked at, so nothing
//! that happens afterwards takes the count back, and many at once are counted one by one.

use diesel::prelude::*;

use super::FrontDesk;
use super::connection::{Db, on_each_backend};
use super::schema::attempts;
use crate::accounts::throttle::{Bucket, pause_after};
use crate::clock::Stamp;
use crate::error::{Error, Result};

/// In seconds.
const HOUR: i64 = 60 * 60;

impl FrontDesk<'_> {
    /// Counts an attempt, of which so many are free; says how long to wait when it comes too soon.
    pub fn count_attempt(&mut self, bucket: &Bucket, free: u32, now: Stamp) -> Result<()> {
        let key = bucket.bytes();
        self.begin_count(bucket, now)?;
        let row = attempts::table
            .find(key)
            .select((attempts::count, attempts::blocked_until));
        let (count, blocked_until): (i32, i64) = match self.conn {
            Db::Postgres(conn) => row.for_update().first(conn)?,
            Db::Sqlite(conn) => row.first(conn)?,
        };
        let wait = Stamp::from_micros(blocked_until).seconds() - now.seconds();
        if wait > 0 {
            return Err(Error::SlowDown(u64::try_from(wait).unwrap_or(1)));
        }
        let count = count.saturating_add(1);
        let pause = pause_after(u32::try_from(count).unwrap_or(u32::MAX), free);
        diesel::update(attempts::table.find(key))
            .set((
                attempts::count.eq(count),
                attempts::blocked_until.eq(now.plus_seconds(pause).micros()),
                attempts::changed_at.eq(now.micros()),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Counts an attempt and says the how many-th it is, where nothing but their number matters.
    pub fn count(&mut self, bucket: &Bucket, now: Stamp) -> Result<u32> {
        self.begin_count(bucket, now)?;
        let count: i32 = diesel::update(attempts::table.find(bucket.bytes()))
            .set((
                attempts::count.eq(attempts::count + 1),
                attempts::changed_at.eq(now.micros()),
            ))
            .returning(attempts::count)
            .get_result(self.conn)?;
        Ok(u32::try_from(count).unwrap_or(u32::MAX))
    }

    /// Counts something of which so much is free within an hour; says how long to wait when it is
    /// too much.
    pub fn count_within_an_hour(&mut self, bucket: &Bucket, free: u32, now: Stamp) -> Result<()> {
        let key = bucket.bytes();
        self.begin_count(bucket, now)?;
        let row = attempts::table
            .find(key)
            .select((attempts::count, attempts::changed_at));
        let (count, began): (i32, i64) = match self.conn {
            Db::Postgres(conn) => row.for_update().first(conn)?,
            Db::Sqlite(conn) => row.first(conn)?,
        };
        let left = Stamp::from_micros(began).seconds() + HOUR - now.seconds();
        let (count, began) = if left > 0 {
            (count, began)
        } else {
            (0, now.micros())
        };
        if count >= i32::try_from(free).unwrap_or(i32::MAX) {
            return Err(Error::SlowDown(u64::try_from(left).unwrap_or(1)));
        }
        diesel::update(attempts::table.find(key))
            .set((
                attempts::count.eq(count + 1),
                attempts::changed_at.eq(began),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// The row has to be there before it can be locked.
    fn begin_count(&mut self, bucket: &Bucket, now: Stamp) -> Result<()> {
        let first = diesel::insert_into(attempts::table)
            .values((
                attempts::bucket.eq(bucket.bytes()),
                attempts::count.eq(0),
                attempts::blocked_until.eq(0),
                attempts::changed_at.eq(now.micros()),
            ))
            .on_conflict_do_nothing();
        on_each_backend!(self.conn, |conn| first.execute(conn))?;
        Ok(())
    }

    /// Takes the last attempt back, because nobody looked at the secret.
    pub fn return_attempt(&mut self, bucket: &Bucket) -> Result<()> {
        diesel::update(attempts::table.find(bucket.bytes()))
            .set((
                attempts::count.eq(attempts::count - 1),
                attempts::blocked_until.eq(0),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Forgets the attempts: the last one was right.
    pub fn clear_attempts(&mut self, bucket: &Bucket) -> Result<()> {
        diesel::delete(attempts::table.find(bucket.bytes())).execute(self.conn)?;
        Ok(())
    }

    /// Forgets those that nobody has added to since that moment.
    pub(super) fn forget_attempts(&mut self, before: Stamp) -> Result<()> {
        let old = attempts::table.filter(attempts::changed_at.lt(before.micros()));
        diesel::delete(old).execute(self.conn)?;
        Ok(())
    }
}
