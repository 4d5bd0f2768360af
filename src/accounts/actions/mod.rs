//! Signing up, in and out.

use uuid::Uuid;

pub mod credentials;
mod email_change;
mod mailing;
mod password_check;
mod reset;
mod sign_up;
pub mod tokens;
pub mod two_step;
mod vouched;

pub use email_change::{Confirmed, EmailChange, change_email, confirm_email};
pub use mailing::wish_for;
use password_check::note;
pub use password_check::{Checked, check_password, confirm_password, forgive};
pub use reset::reset_password;
pub use sign_up::{SignedUp, check_invitation, sign_up};
use two_step::Tries;
pub use vouched::recognise;

use super::keys::Keys;
use super::password::{Password, Passwords};
use super::sign_ins::Event;
use super::throttle::Throttle;
use super::token::{Issued, Tokens};
use super::{Caller, Credential, Email, Settings};
use crate::clock::Stamp;
use crate::config::{MailLimits, Signup};
use crate::error::{Error, FieldErrors, Result};
use crate::journal::{Deed, Door, Occasion, Remember as _};
use crate::mail::PostOffice;
use crate::store::{Mine, Store};
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
    /// Who may sign up.
    pub signup: Signup,
    /// Takes mail, where any can be sent.
    pub post: Option<&'a PostOffice>,
    /// How many mails anybody can ask for.
    pub mail_limits: MailLimits,
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
    /// Whether its owner proved that the address is theirs.
    pub is_verified: bool,
    /// Where its days begin and end.
    pub time_zone: chrono_tz::Tz,
    /// The token to send from now on.
    pub issued: Issued,
}

/// Lays examples out for a new account, where it is to have some.
async fn lay_out(lobby: &Lobby<'_>, id: Uuid, now: Stamp) {
    if !lobby.has_examples {
        return;
    }
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
    let known = &checked.account;
    if known.is_unconfirmed {
        admit_unconfirmed(lobby, &checked).await?;
    }
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
    // The token has done what it was for: of two who bring it, with a code each, one gets in.
    if !lobby.store.revoke(sign_in).await? {
        return Err(Error::Unauthenticated);
    }
    enter(
        lobby,
        Checked::halfway(lobby, known, caller, now),
        caller,
        now,
    )
    .await
}

/// Keeps out who has not followed the link in their mail, as long as mail can be sent.
async fn admit_unconfirmed(lobby: &Lobby<'_>, checked: &Checked) -> Result<()> {
    if lobby.post.is_some() {
        forgive(lobby, checked).await?;
        return Err(Error::Unconfirmed);
    }
    let id = checked.account.id;
    lobby
        .store
        .front_desk_write(move |desk| desk.stop_waiting(id))
        .await
}

async fn enter(
    lobby: &Lobby<'_>,
    checked: Checked,
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    forgive(lobby, &checked).await?;
    let known = checked.account;
    note(lobby, known.id, Event::SignedIn, caller, now).await?;
    log::info!("account {} signed in", known.id);
    let epoch = known.epoch;
    credentials::signed_in_again(lobby, known, epoch, now)
}

/// Ends the sign-in that this token belongs to, wherever the token is used.
pub async fn log_out(store: &Store, credential: Credential) -> Result<()> {
    let sign_in = credential.sign_in()?;
    log::info!("account {} signed out", credential.account);
    store.revoke(sign_in).await.map(drop)
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
