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
    /// Whether nobody may sign in before a link in a mail was followed.
    pub is_unconfirmed: bool,
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
    /// The language of its pages and of the mail to it.
    pub locale: Locale,
    /// Whether its owner proved that the address is theirs.
    pub is_verified: bool,
    /// Whether it is new and waits for that proof.
    pub is_unconfirmed: bool,
}

#[derive(Queryable, Selectable)]
#[diesel(table_name = users)]
struct KnownRow {
    id: Id,
    password_hash: String,
    token_epoch: i64,
    disabled_at: Option<i64>,
    time_zone: String,
    email: String,
    locale: String,
    email_verified_at: Option<i64>,
    unconfirmed_since: Option<i64>,
}

impl KnownRow {
    /// The account; none if it came without an address to sign in with.
    fn known(self) -> Option<KnownAccount> {
        Some(KnownAccount {
            id: self.id.0,
            email: Email::parse(&self.email).ok()?,
            password_hash: self.password_hash,
            epoch: self.token_epoch,
            is_disabled: self.disabled_at.is_some(),
            time_zone: self.time_zone.parse().unwrap_or(chrono_tz::UTC),
            locale: Locale::of_tag(&self.locale).unwrap_or_default(),
            is_verified: self.email_verified_at.is_some(),
            is_unconfirmed: self.unconfirmed_since.is_some(),
        })
    }
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
                users::unconfirmed_since.eq(new.is_unconfirmed.then_some(at)),
            ))
            .execute(self.conn);
        match inserted {
            Err(error) if is_unique_violation(&error) => {
                return Err(taken());
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
        let row = users::table
            .filter(users::email.eq(email.as_str()))
            .select(KnownRow::as_select())
            .first(self.conn)
            .optional()?;
        Ok(row.and_then(KnownRow::known))
    }

    /// The account of that id, if it has an address to sign in with.
    pub fn by_id(&mut self, account: Uuid) -> Result<Option<KnownAccount>> {
        let row = users::table
            .find(Id(account))
            .select(KnownRow::as_select())
            .first(self.conn)
            .optional()?;
        Ok(row.and_then(KnownRow::known))
    }

    /// Sets the password anew and ends every sign-in; a new account may be used from now on.
    ///
    /// `proved` is the address to which the link was sent that made this possible.
    pub fn reset_password(
        &mut self,
        account: Uuid,
        (hash, epoch): (&str, i64),
        proved: &str,
        now: Stamp,
    ) -> Result<()> {
        let no_wait: Option<i64> = None;
        diesel::update(users::table.find(Id(account)))
            .set((
                users::password_hash.eq(hash),
                users::token_epoch.eq(epoch),
                users::unconfirmed_since.eq(no_wait),
            ))
            .execute(self.conn)?;
        // The address may have changed since the link was sent.
        let still = users::table
            .find(Id(account))
            .filter(users::email.eq(proved));
        diesel::update(still)
            .set(users::email_verified_at.eq(now.micros()))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Takes a later sign-up for the account in place of the one that nobody has confirmed; says
    /// whether it was still waiting.
    pub fn sign_up_again(&mut self, account: Uuid, (hash, epoch): (&str, i64)) -> Result<bool> {
        let waiting = users::table
            .find(Id(account))
            .filter(users::unconfirmed_since.is_not_null());
        let changed = diesel::update(waiting)
            .set((users::password_hash.eq(hash), users::token_epoch.eq(epoch)))
            .execute(self.conn)?;
        self.touch(account);
        Ok(changed == 1)
    }

    /// Lets a new account be used without a proof of its address.
    pub fn stop_waiting(&mut self, account: Uuid) -> Result<()> {
        let no_wait: Option<i64> = None;
        diesel::update(users::table.find(Id(account)))
            .set(users::unconfirmed_since.eq(no_wait))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Notes that the account's address was proved to be its owner's.
    pub fn confirm_email(&mut self, account: Uuid, now: Stamp) -> Result<()> {
        let no_wait: Option<i64> = None;
        diesel::update(users::table.find(Id(account)))
            .set((
                users::email_verified_at.eq(now.micros()),
                users::unconfirmed_since.eq(no_wait),
            ))
            .execute(self.conn)?;
        self.touch(account);
        Ok(())
    }

    /// Gives the account another address and ends every sign-in; a taken address is a
    /// [`Error::Conflict`].
    pub fn change_email(
        &mut self,
        account: Uuid,
        (email, verified_at): (&Email, Option<Stamp>),
        epoch: i64,
    ) -> Result<()> {
        let changed = diesel::update(users::table.find(Id(account)))
            .set((
                users::email.eq(email.as_str()),
                users::email_verified_at.eq(verified_at.map(Stamp::micros)),
                users::token_epoch.eq(epoch),
            ))
            .execute(self.conn);
        match changed {
            Err(error) if is_unique_violation(&error) => return Err(taken()),
            other => other?,
        };
        self.drop_links(account)?;
        self.touch(account);
        Ok(())
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

fn taken() -> Error {
    Error::Conflict {
        field: "email",
        sentence: Sentence::Said(Locale::refused_email_taken),
    }
}
