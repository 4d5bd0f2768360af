//! Signing up, in and out.

use uuid::Uuid;

pub mod credentials;
mod password_check;
pub mod tokens;
pub mod two_step;
mod vouched;

use password_check::note;
pub use password_check::{Checked, check_password, confirm_password, forgive};
use two_step::Tries;
pub use vouched::recognise;

use super::keys::Keys;
use super::password::{Password, Passwords};
use super::sign_ins::{Event, Noted};
use super::throttle::Throttle;
use super::token::{Issued, Tokens, new_epoch};
use super::{Caller, Credential, Email, Settings};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::ids::new_id;
use crate::journal::{Deed, Door, Occasion, Remember as _};
use crate::lists::ListId;
use crate::store::{FrontDesk, Mine, NewAccount, Store};
use crate::tasks::actions::lay_out_examples;
use crate::words::Locale;

/// What signing up or in needs besides the person's words.
pub struct Lobby<'a> {
    /// Where the accounts are.
    pub store: &'a Store,
    /// Hashes passwords.
    pub passwords: &'a Passwords,
    /// Issues tokens.
    pub tokens: &'a Tokens,
    /// The zone a new account starts with.
    pub time_zone: chrono_tz::Tz,
    /// The language a new account starts with.
    pub locale: Locale,
    /// How often one network may try.
    pub throttle: &'a Throttle,
    /// How many accounts one network may make.
    pub sign_ups: &'a Throttle,
    /// Keys derived from the signing secrets.
    pub keys: &'a Keys,
    /// Wrong passwords for one account before each further try has to wait; 0 = no limit.
    pub free_attempts: u32,
    /// Wrong codes of one sign-in before it has to begin anew; 0 = no limit.
    pub free_codes: u32,
    /// Whether a new account finds tasks to try things on.
    pub has_examples: bool,
}

/// An e-mail address and a password, each of a shape that can be right.
#[derive(Clone, Debug)]
pub struct Login {
    /// The address.
    pub email: Email,
    /// The password.
    pub password: Password,
}

impl Login {
    /// Checks both and names everything that is wrong with them.
    pub fn parse(email: &str, password: &str) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let email = errors.take(Email::parse(email));
        let password = errors.take(Password::parse(password));
        match (email, password) {
            (Some(email), Some(password)) => Ok(Self { email, password }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

/// Somebody who has just signed in.
pub struct SignedIn {
    /// The account.
    pub account: Uuid,
    /// Its address.
    pub email: Email,
    /// Where its days begin and end.
    pub time_zone: chrono_tz::Tz,
    /// The token to send from now on.
    pub issued: Issued,
}

/// Makes an account with its Inbox, and signs in.
///
/// An address that is taken is a [`Error::Conflict`]: without mail there is no way to hide it.
pub async fn sign_up(
    lobby: &Lobby<'_>,
    login: Login,
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    lobby.throttle.attempt(caller.address)?;
    lobby.sign_ups.attempt(caller.address)?;
    let Login { email, password } = login;
    let account = NewAccount {
        id: new_id(now),
        inbox: ListId::new(new_id(now)),
        email: email.clone(),
        password_hash: lobby
            .passwords
            .hash(password, credentials::about(&email))
            .await?,
        epoch: new_epoch()?,
        time_zone: lobby.time_zone,
        locale: lobby.locale,
        created_at: now,
    };
    let (id, epoch) = (account.id, account.epoch);
    let noted = Noted::new(Event::SignedUp, "", caller, now);
    let make = move |desk: &mut FrontDesk<'_>| {
        desk.sign_up(&account)?;
        desk.note(id, &noted)
    };
    lobby.store.front_desk_write(make).await?;
    log::info!("account {id} signed up");
    if lobby.has_examples {
        let (say, occasion) = (
            lobby.locale,
            Occasion {
                at: now,
                door: Door::Server,
            },
        );
        let lay_out = move |mine: &mut Mine<'_>| lay_out_examples(mine, say, now);
        // The account is there; somebody without examples can do everything.
        if let Err(error) = lobby.store.write_for(id, occasion, lay_out).await {
            log::warn!("account {id} has no examples: {error:?}");
        }
    }
    let issued = lobby.tokens.issue(id, epoch, now)?;
    Ok(SignedIn {
        account: id,
        email,
        time_zone: lobby.time_zone,
        issued,
    })
}

/// How far somebody got who gave the right password.
pub enum LogIn {
    /// In.
    Done(SignedIn),
    /// Halfway: this token and a code let them in.
    CodeWanted(Issued),
}

/// Signs in, taking as long for an address that nobody has as for a wrong password. Where two-step
/// sign-in is on, the code may come along or be asked for.
pub async fn log_in(
    lobby: &Lobby<'_>,
    login: Login,
    code: Option<&str>,
    caller: &Caller,
    now: Stamp,
) -> Result<LogIn> {
    let Login { email, password } = login;
    let checked = check_password(lobby, &email, &password, caller, now).await?;
    let known = checked.account();
    if two_step::is_on(lobby, known).await? {
        let Some(code) = code else {
            let halfway = lobby.tokens.issue_second_step(known.id, known.epoch, now)?;
            return Ok(LogIn::CodeWanted(halfway));
        };
        let tries = Tries::OfAccount(known.id);
        two_step::pass(lobby, known, code, tries, caller, now).await?;
    }
    enter(lobby, checked, caller, now).await.map(LogIn::Done)
}

/// Signs in who gave the password a moment ago, with the code that was asked for.
pub async fn finish_log_in(
    lobby: &Lobby<'_>,
    halfway: &str,
    code: &str,
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    let (account, sign_in) = lobby.tokens.verify_second_step(halfway, now)?;
    let known = lobby
        .store
        .front_desk_read(move |desk| desk.by_id(account))
        .await?
        .filter(|known| !known.is_disabled && known.epoch == sign_in.epoch)
        .ok_or(Error::Unauthenticated)?;
    let tries = Tries::OfSignIn(sign_in.sid);
    two_step::pass(lobby, &known, code, tries, caller, now).await?;
    // The token has done what it was for.
    lobby.store.revoke(sign_in).await?;
    enter(
        lobby,
        Checked::halfway(lobby, known, caller, now),
        caller,
        now,
    )
    .await
}

async fn enter(
    lobby: &Lobby<'_>,
    checked: Checked,
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    let known = forgive(lobby, checked).await?;
    note(lobby, known.id, Event::SignedIn, caller, now).await?;
    log::info!("account {} signed in", known.id);
    let epoch = known.epoch;
    credentials::signed_in_again(lobby, known, epoch, now)
}

/// Ends the sign-in that this token belongs to, wherever the token is used.
pub async fn log_out(store: &Store, credential: Credential) -> Result<()> {
    let sign_in = credential.sign_in()?;
    log::info!("account {} signed out", credential.account);
    store.revoke(sign_in).await
}

/// Sets things up as said, and brings along what depends on them: a time is another instant in
/// another zone.
pub fn set_up(mine: &mut Mine<'_>, after: &Settings, now: Stamp) -> Result<()> {
    let before = mine.settings().clone();
    if before == *after {
        return Ok(());
    }
    let version = mine.next_version()?;
    let (_, became) = before.difference(after);
    let changed: Vec<&str> = became.keys().map(String::as_str).collect();
    mine.tell(Deed::SettingsSaved, &changed.join(", "), 1);
    mine.save_settings(after)?;
    if before.time_zone != after.time_zone {
        for task in mine.timed_tasks()? {
            let mut moved = task.clone();
            (moved.version, moved.updated_at) = (version, now);
            mine.update_task(&task, &moved)?;
        }
    }
    Ok(())
}
