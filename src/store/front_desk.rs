//! The few questions asked before anyone is known, each by name.

use std::sync::Arc;

use diesel::dsl::exists;
use diesel::prelude::*;
use uuid::Uuid;

use super::connection::{Db, on_each_backend};
use super::id::Id;
use super::journal::Counters;
use super::mine::{OwnedTable, UserId};
use super::schema::{journal, lists, revoked_sids, users};
use super::standing::{Standing, Standings};
use crate::accounts::settings::{Theme, WeekStart};
use crate::accounts::{Credential, Proof, Settings, Sid, SignIn};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::lists::ListId;
use crate::tasks::filter::PAGE_SIZE;
use crate::tasks::quick_add::Symbols;
use crate::words::Locale;

/// Asks and changes what no owner is known for yet.
pub struct FrontDesk<'c> {
    pub(super) conn: &'c mut Db,
    touched: Option<Uuid>,
}

#[derive(Queryable)]
struct StandingRow {
    token_epoch: i64,
    disabled_at: Option<i64>,
    first_version: i64,
    last_version: Option<i64>,
    email: String,
    created_at: i64,
    email_verified_at: Option<i64>,
    tokens_from: i64,
    settings: SettingsRow,
    inbox: Option<Id>,
    is_revoked: bool,
}

#[derive(QueryableByName)]
struct DataVersion {
    #[diesel(sql_type = diesel::sql_types::BigInt)]
    data_version: i64,
}

/// Settings as the database keeps them.
#[derive(Queryable, AsChangeset)]
#[diesel(table_name = users)]
struct SettingsRow {
    name: String,
    time_zone: String,
    locale: String,
    theme: String,
    quick_add_symbols: String,
    page_size: i16,
    week_start: String,
}

impl From<SettingsRow> for Settings {
    fn from(row: SettingsRow) -> Self {
        Self {
            name: row.name,
            time_zone: row.time_zone.parse().unwrap_or(chrono_tz::UTC),
            locale: Locale::of_tag(&row.locale).unwrap_or_default(),
            theme: Theme::of_word(&row.theme).unwrap_or_default(),
            symbols: Symbols::of_word(&row.quick_add_symbols).unwrap_or_default(),
            page_size: u16::try_from(row.page_size).unwrap_or(PAGE_SIZE),
            week_start: WeekStart::of_word(&row.week_start).unwrap_or_default(),
        }
    }
}

impl From<&Settings> for SettingsRow {
    fn from(settings: &Settings) -> Self {
        Self {
            name: settings.name.clone(),
            time_zone: settings.time_zone.name().to_owned(),
            locale: settings.locale.tag().to_owned(),
            theme: settings.theme.word().to_owned(),
            quick_add_symbols: settings.symbols.word().to_owned(),
            page_size: i16::try_from(settings.page_size).unwrap_or(i16::MAX),
            week_start: settings.week_start.word().to_owned(),
        }
    }
}

/// What else may happen to an account's row until the transaction ends.
#[derive(Clone, Copy)]
enum Lock {
    None,
    /// No other change.
    Row,
}

impl<'c> FrontDesk<'c> {
    pub(super) fn new(conn: &'c mut Db) -> Self {
        Self {
            conn,
            touched: None,
        }
    }

    /// Notes that what is kept in memory of an account is no longer true.
    pub(super) fn touch(&mut self, account: Uuid) {
        self.touched = Some(account);
    }

    pub(super) fn touched(&self) -> Option<Uuid> {
        self.touched
    }

    /// Looks the credential's account up: the one place where a token becomes a user.
    pub(super) fn admit(
        &mut self,
        credential: &Credential,
        standings: Option<&Standings>,
    ) -> Result<(UserId, Standing)> {
        let generation = standings.map(|standings| standings.generation(credential.account));
        let standing = self.standing(credential.account, sid_of(credential), Lock::None)?;
        if let (Some(standings), Some(generation)) = (standings, generation) {
            standings.put(credential.account, &standing, generation);
        }
        judge(&standing, credential)?;
        self.check_personal(credential)?;
        Ok((UserId::looked_up(Id(credential.account)), standing))
    }

    /// Like [`FrontDesk::admit`]; on PostgreSQL it also lets one writer of an account in at a time,
    /// as the single writer thread does on SQLite, so that what a job read stays true until it
    /// commits.
    pub(super) fn admit_to_write(
        &mut self,
        credential: &Credential,
        standings: Option<&Standings>,
    ) -> Result<(UserId, Standing)> {
        if standings.is_some() {
            return self.admit(credential, standings);
        }
        let standing = self.standing(credential.account, sid_of(credential), Lock::Row)?;
        judge(&standing, credential)?;
        self.check_personal(credential)?;
        Ok((UserId::looked_up(Id(credential.account)), standing))
    }

    /// Lets the server itself in, to look after an account's rows.
    pub(super) fn admit_server(&mut self, account: Uuid) -> Result<(UserId, Standing)> {
        let standing = self.standing(account, None, Lock::Row)?;
        Ok((UserId::looked_up(Id(account)), standing))
    }

    fn standing(&mut self, account: Uuid, sid: Option<Sid>, lock: Lock) -> Result<Standing> {
        let account = Id(account);
        let sid = Id(sid.map_or(Uuid::nil(), Sid::uuid));
        let inbox = <lists::table as OwnedTable>::mine(account)
            .filter(lists::is_inbox)
            .select(lists::id);
        let last_version = <journal::table as OwnedTable>::mine(account)
            .order(journal::version.desc())
            .select(journal::version);
        let row = users::table.find(account).select((
            users::token_epoch,
            users::disabled_at,
            users::version,
            last_version.single_value(),
            users::email,
            users::created_at,
            users::email_verified_at,
            users::tokens_from,
            (
                users::name,
                users::time_zone,
                users::locale,
                users::theme,
                users::quick_add_symbols,
                users::page_size,
                users::week_start,
            ),
            inbox.single_value(),
            exists(revoked_sids::table.find(sid)),
        ));
        let row: Option<StandingRow> = match (&mut *self.conn, lock) {
            (Db::Postgres(conn), Lock::Row) => row.for_no_key_update().first(conn),
            (Db::Postgres(conn), Lock::None) => row.first(conn),
            (Db::Sqlite(conn), _) => row.first(conn),
        }
        .optional()?;
        let row = row.filter(|row| !row.is_revoked);
        let row = row.ok_or(Error::Unauthenticated)?;
        let inbox = row
            .inbox
            .ok_or_else(|| Error::internal("an account has no Inbox"))?;
        Ok(Standing {
            token_epoch: row.token_epoch,
            is_disabled: row.disabled_at.is_some(),
            version: row.last_version.unwrap_or(row.first_version),
            email: row.email.into(),
            created_at: Stamp::from_micros(row.created_at),
            email_verified_at: row.email_verified_at.map(Stamp::from_micros),
            tokens_from: Stamp::from_micros(row.tokens_from),
            settings: Arc::new(row.settings.into()),
            inbox: ListId::new(inbox.0),
        })
    }

    /// Writes what somebody set up.
    pub(super) fn save_settings(&mut self, account: Id, settings: &Settings) -> Result<()> {
        diesel::update(users::table.find(account))
            .set(SettingsRow::from(settings))
            .execute(self.conn)?;
        Ok(())
    }

    /// What was counted of an account before the first entry of its journal.
    pub(super) fn first_counters(&mut self, account: Id) -> Result<Counters> {
        Ok(users::table
            .find(account)
            .select((users::version, users::task_count))
            .first(self.conn)?)
    }

    /// Ends a session before it expires; ending it twice is harmless. Says whether it was the first.
    pub(super) fn revoke(&mut self, sign_in: &SignIn) -> Result<bool> {
        let row = (
            revoked_sids::sid.eq(Id(sign_in.sid.uuid())),
            revoked_sids::expires_at.eq(sign_in.ends_for_good().micros()),
        );
        let ended = on_each_backend!(self.conn, |conn| {
            diesel::insert_into(revoked_sids::table)
                .values(row)
                .on_conflict_do_nothing()
                .execute(conn)?
        });
        Ok(ended == 1)
    }

    /// Every ended session that may not have expired yet.
    pub(super) fn revoked_sids(&mut self) -> Result<Vec<(Sid, Stamp)>> {
        let rows: Vec<(Id, i64)> = revoked_sids::table
            .select((revoked_sids::sid, revoked_sids::expires_at))
            .load(self.conn)?;
        Ok(rows
            .into_iter()
            .map(|(sid, at)| (Sid::new(sid.0), Stamp::from_micros(at)))
            .collect())
    }

    /// Forgets ended sessions that have expired by themselves.
    pub(super) fn purge_expired(&mut self, now: Stamp) -> Result<()> {
        let expired = revoked_sids::table.filter(revoked_sids::expires_at.lt(now.micros()));
        diesel::delete(expired).execute(self.conn)?;
        Ok(())
    }

    /// A number that is another one after somebody else than this connection changed the database;
    /// none on PostgreSQL, where nothing is kept that could become untrue.
    pub(super) fn data_version(&mut self) -> Result<Option<i64>> {
        let Db::Sqlite(conn) = &mut *self.conn else {
            return Ok(None);
        };
        let asked = diesel::sql_query("SELECT data_version FROM pragma_data_version");
        let found: DataVersion = asked.get_result(conn)?;
        Ok(Some(found.data_version))
    }

    /// Fails unless the database answers.
    pub(super) fn answers(&mut self) -> Result<()> {
        diesel::select(1.into_sql::<diesel::sql_types::Integer>())
            .get_result::<i32>(self.conn)
            .map(drop)
            .map_err(Error::from)
    }
}

/// Admits without a look-up, where what is kept in memory suffices; `None` = look it up.
pub(super) fn admit_from_memory(
    standings: &Standings,
    credential: &Credential,
) -> Result<Option<(UserId, Standing)>> {
    match credential.proof {
        Proof::SignIn(sign_in) if standings.is_revoked(sign_in.sid) => {
            return Err(Error::Unauthenticated);
        }
        Proof::Personal(_) => return Ok(None),
        Proof::SignIn(_) | Proof::Issuer(_) => {}
    }
    let Some(standing) = standings.get(credential.account) else {
        return Ok(None);
    };
    judge(&standing, credential)?;
    Ok(Some((UserId::looked_up(Id(credential.account)), standing)))
}

fn judge(standing: &Standing, credential: &Credential) -> Result<()> {
    let is_good = match credential.proof {
        Proof::SignIn(sign_in) => standing.token_epoch == sign_in.epoch,
        Proof::Issuer(issued) => issued >= standing.tokens_from,
        Proof::Personal(_) => true,
    };
    if standing.is_disabled || !is_good {
        return Err(Error::Unauthenticated);
    }
    Ok(())
}

fn sid_of(credential: &Credential) -> Option<Sid> {
    match credential.proof {
        Proof::SignIn(sign_in) => Some(sign_in.sid),
        Proof::Personal(_) | Proof::Issuer(_) => None,
    }
}
