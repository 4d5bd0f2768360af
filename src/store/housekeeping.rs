//! What the server does by itself, whoever owns the rows: it empties the trash of what has lain
//! there too long, forgets history that is too old to be taken back, and makes the keys of rows that
//! a migration left without.

use diesel::dsl::{exists, sql};
use diesel::prelude::*;
use diesel::sql_types::Bool;
use uuid::Uuid;

use super::connection::Db;
use super::front_desk::FrontDesk;
use super::id::Id;
use super::schema::{self, journal, tasks, users};
use super::task_row::Keys;
use super::{Mine, Store};
use crate::accounts::sign_ins;
use crate::clock::Stamp;
use crate::error::Result;
use crate::journal::{Door, KEPT_DAYS, Occasion};
use crate::tasks::{Task, actions};

/// Owners who are looked after in one round.
const OWNERS: i64 = 100;
/// Rows that get their keys in one transaction.
const BATCH: i64 = 1_000;
const DAY: i64 = 24 * 3600;
/// How long a new account waits for the link in its mail to be followed: the link itself is good for
/// one day, and can be asked for anew.
const UNCONFIRMED_DAYS: i64 = 7;

impl Store {
    /// Removes what has lain in anybody's trash for so many days, and forgets the history that can
    /// no longer be taken back; says how many tasks went.
    pub async fn clean_up(&self, trash_days: u32, now: Stamp) -> Result<usize> {
        let before = now.plus_seconds(-i64::from(trash_days) * DAY);
        let occasion = Occasion {
            at: now,
            door: Door::Server,
        };
        let mut gone = 0;
        loop {
            let owners = self
                .front_desk_read(move |desk| desk.owners_of_old_trash(before))
                .await?;
            if owners.is_empty() {
                break;
            }
            for owner in owners {
                let work = move |mine: &mut Mine<'_>| actions::purge_old(mine, before, now);
                gone += self.write_for(owner, occasion, work).await?;
            }
        }
        self.front_desk_write(move |desk| desk.forget_attempts(now.plus_seconds(-DAY)))
            .await?;
        self.front_desk_write(move |desk| {
            desk.forget_links(now)?;
            desk.forget_unconfirmed(now.plus_seconds(-UNCONFIRMED_DAYS * DAY))
        })
        .await?;
        let long_ago = now.plus_seconds(-sign_ins::KEPT_DAYS * DAY);
        self.front_desk_write(move |desk| desk.forget_sign_ins(long_ago))
            .await?;
        let horizon = now.plus_seconds(-KEPT_DAYS * DAY);
        self.front_desk_write(move |desk| desk.forget_entries(horizon))
            .await?;
        Ok(gone)
    }
}

impl FrontDesk<'_> {
    /// Forgets what happened to accounts before that moment.
    fn forget_sign_ins(&mut self, before: Stamp) -> Result<()> {
        let old = schema::sign_ins::table.filter(schema::sign_ins::at.lt(before.micros()));
        diesel::delete(old).execute(self.conn)?;
        Ok(())
    }

    /// Removes accounts that were made before that moment and that nobody has confirmed.
    fn forget_unconfirmed(&mut self, before: Stamp) -> Result<()> {
        let waiting = users::table.filter(users::unconfirmed_since.lt(before.micros()));
        diesel::delete(waiting).execute(self.conn)?;
        Ok(())
    }

    /// Some of those who have something in their trash since before that moment.
    fn owners_of_old_trash(&mut self, before: Stamp) -> Result<Vec<Uuid>> {
        let owners: Vec<Id> = tasks::table
            .filter(tasks::deleted_at.is_not_null())
            .filter(tasks::deleted_at.lt(before.micros()))
            .select(tasks::user_id)
            .distinct()
            .limit(OWNERS)
            .load(self.conn)?;
        Ok(owners.into_iter().map(|owner| owner.0).collect())
    }

    /// Everyone's last entry stays, whatever its age: the account's counters are in it.
    fn forget_entries(&mut self, before: Stamp) -> Result<usize> {
        let newer = diesel::alias!(journal as newer);
        let of_owner = newer.field(journal::user_id).eq(journal::user_id);
        let is_later = newer.field(journal::version).gt(journal::version);
        let old = journal::table
            .filter(journal::at.lt(before.micros()))
            .filter(exists(newer.filter(of_owner.and(is_later))));
        Ok(diesel::delete(old).execute(self.conn)?)
    }
}

/// Makes the keys of every row that waits for them: SQL folds words and counts days otherwise than
/// the program does.
pub(super) fn make_keys(db: &mut Db) -> QueryResult<()> {
    loop {
        let rows: Vec<(Id, String, Task)> = users::table
            .inner_join(tasks::table.on(tasks::user_id.eq(users::id)))
            // Spelled out: bound, the 0 would hide that the index of such rows answers this.
            .filter(sql::<Bool>("tasks.due_key < 0"))
            .limit(BATCH)
            .select((users::id, users::time_zone, Task::as_select()))
            .load(db)?;
        if rows.is_empty() {
            return Ok(());
        }
        db.begin_write()?;
        for (owner, zone, task) in rows {
            let keys = Keys::of(&task, zone.parse().unwrap_or(chrono_tz::UTC));
            let target = tasks::table
                .filter(tasks::user_id.eq(owner))
                .filter(tasks::id.eq(Id(task.id.uuid())));
            diesel::update(target).set(keys).execute(db)?;
        }
        db.commit()?;
    }
}
