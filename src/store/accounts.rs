//! Accounts: what signing up writes and signing in reads.

use diesel::prelude::*;
use uuid::Uuid;

use super::FrontDesk;
use super::failure::is_unique_violation;
use super::id::Id;
use super::schema::{lists, users};
use crate::accounts::Email;
use crate::accounts::settings::WeekStart;
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::lists::ListId;
use crate::words::Locale;

/// An account to be made, with its Inbox.
#[derive(Clone, Debug)]
pub struct NewAccount {
    /// The account.
    pub id: Uuid,
    /// Its Inbox.
    pub inbox: ListId,
    /// Its address.
    pub email: Email,
    /// The bcrypt hash of its password.
    pub password_hash: String,
    /// What its tokens carry.
    pub epoch: i64,
    /// Where its days begin and end.
    pub time_zone: chrono_tz::Tz,
    /// The language of its pages.
    pub locale: Locale,
    /// When it was made.
    pub created_at: Stamp,
}

/// What signing in needs to know of an account.
#[derive(Clone, Debug)]
pub struct KnownAccount {
    /// The account.
    pub id: Uuid,
    /// Its address.
    pub email: Email,
    /// The bcrypt hash of its password.
    pub password_hash: String,
    /// What its tokens carry.
    pub epoch: i64,
    /// Whether it may be used.
    pub is_disabled: bool,
    /// Where its days begin and end.
    pub time_zone: chrono_tz::Tz,
}

impl FrontDesk<'_> {
    /// Makes the account; a taken address is a [`Error::Conflict`].
    pub fn sign_up(&mut self, new: &NewAccount) -> Result<()> {
        let at = new.created_at.micros();
        let inserted = diesel::insert_into(users::table)
            .values((
                users::id.eq(Id(new.id)),
                users::email.eq(new.email.as_str()),
                users::password_hash.eq(&new.password_hash),
                users::token_epoch.eq(new.epoch),
                users::version.eq(1),
                users::task_count.eq(0),
                users::time_zone.eq(new.time_zone.name()),
                users::locale.eq(new.locale.tag()),
                users::week_start.eq(WeekStart::usual_in(new.locale).word()),
                users::created_at.eq(at),
            ))
            .execute(self.conn);
        match inserted {
            Err(error) if is_unique_violation(&error) => {
                return Err(Error::Conflict {
                    field: "email",
                    sentence: Sentence::Said(Locale::refused_email_taken),
                });
            }
            other => other?,
        };
        diesel::insert_into(lists::table)
            .values((
                lists::user_id.eq(Id(new.id)),
                lists::id.eq(Id(new.inbox.uuid())),
                lists::name.eq("Inbox"),
                lists::name_key.eq("inbox"),
                lists::color.eq(0),
                lists::is_inbox.eq(true),
                lists::position.eq(0),
                lists::version.eq(1),
                lists::created_at.eq(at),
                lists::updated_at.eq(at),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// The account of that address.
    pub fn by_email(&mut self, email: &Email) -> Result<Option<KnownAccount>> {
        let query = users::table.filter(users::email.eq(email.as_str()));
        let row: Option<KnownRow> = query.select(KNOWN).first(self.conn).optional()?;
        Ok(row.and_then(known_of))
    }

    /// The account of that id, if it has an address to sign in with.
    pub fn by_id(&mut self, account: Uuid) -> Result<Option<KnownAccount>> {
        let query = users::table.find(Id(account));
        let row: Option<KnownRow> = query.select(KNOWN).first(self.conn).optional()?;
        Ok(row.and_then(known_of))
    }

    /// Replaces a hash, unless the password was changed meanwhile.
    pub fn renew_hash(&mut self, account: Uuid, old: &str, new: &str) -> Result<()> {
        let unchanged = users::table
            .find(Id(account))
            .filter(users::password_hash.eq(old));
        diesel::update(unchanged)
            .set(users::password_hash.eq(new))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }
}

type KnownRow = (Id, String, String, i64, Option<i64>, String);

const KNOWN: (
    users::id,
    users::email,
    users::password_hash,
    users::token_epoch,
    users::disabled_at,
    users::time_zone,
) = (
    users::id,
    users::email,
    users::password_hash,
    users::token_epoch,
    users::disabled_at,
    users::time_zone,
);

fn known_of(
    (id, email, password_hash, epoch, disabled_at, zone): KnownRow,
) -> Option<KnownAccount> {
    Some(KnownAccount {
        id: id.0,
        email: Email::parse(&email).ok()?,
        password_hash,
        epoch,
        is_disabled: disabled_at.is_some(),
        time_zone: zone.parse().unwrap_or(chrono_tz::UTC),
    })
}
