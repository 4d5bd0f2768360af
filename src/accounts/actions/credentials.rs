//! What somebody changes about their own account: the password, every sign-in, its end.

use super::{Lobby, SignedIn, confirm_password, mailing};
use crate::accounts::password::Password;
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, Credential};
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Result};
use crate::mail::letters::Change;
use crate::store::{FrontDesk, KnownAccount};

/// Changes the password and ends every sign-in; answers a new one for who did it.
///
/// Personal tokens live on: they were not made with the password.
pub async fn change_password(
    lobby: &Lobby<'_>,
    credential: Credential,
    (current, new): (&str, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    credential.sign_in()?;
    let mut errors = FieldErrors::default();
    for (field, typed) in [("current_password", current), ("new_password", new)] {
        if let Err(mut refusal) = Password::parse(typed) {
            refusal.field = field.into();
            errors.take::<()>(Err(refusal));
        }
    }
    errors.into_result()?;
    let field = ("current_password", current);
    let known = confirm_password(lobby, credential, field, caller, now).await?;
    let new = Password::parse(new).map_err(|refusal| as_new(&refusal))?;
    let hash = lobby.passwords.hash(new, known.email.guesses()).await;
    let hash = hash.map_err(|error| {
        let Error::Invalid(errors) = &error else {
            return error;
        };
        let first = errors.iter().next().map(as_new);
        first.unwrap_or(error)
    })?;
    let epoch = new_epoch()?;
    let noted = Noted::new(Event::PasswordChanged, "", caller, now);
    let notice = mailing::notice(lobby, &known, Change::Password)?;
    let (id, old) = (known.id, known.password_hash.clone());
    let change = move |desk: &mut FrontDesk<'_>| {
        desk.set_password(id, (&old, &hash), epoch)?;
        desk.note(id, &noted)?;
        notice.map_or(Ok(()), |notice| notice.post(desk, now))
    };
    lobby.store.front_desk_write(change).await?;
    mailing::wake(lobby);
    log::info!("account {id} changed its password");
    signed_in_again(lobby, known, epoch, now)
}

/// A refusal of a password, as one of the new password.
fn as_new(refusal: &crate::error::Refusal) -> Error {
    Error::invalid("new_password", refusal.code, refusal.sentence.clone())
}

/// Ends every sign-in and, unless asked not to, every personal token; answers a new sign-in for who
/// did it.
pub async fn sign_out_everywhere(
    lobby: &Lobby<'_>,
    credential: Credential,
    revoke_tokens: bool,
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    credential.sign_in()?;
    let known = known(lobby, credential).await?;
    let epoch = new_epoch()?;
    let noted = Noted::new(Event::SignedOutEverywhere, "", caller, now);
    let id = known.id;
    let change = move |desk: &mut FrontDesk<'_>| {
        desk.end_sign_ins(id, epoch, now)?;
        if revoke_tokens {
            desk.revoke_personal_tokens(id)?;
        }
        desk.note(id, &noted)
    };
    lobby.store.front_desk_write(change).await?;
    log::info!("account {id} signed out everywhere");
    signed_in_again(lobby, known, epoch, now)
}

/// Removes the account and everything in it, at once and for good.
pub async fn delete_account(
    lobby: &Lobby<'_>,
    credential: Credential,
    password: &str,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    let field = ("password", password);
    let known = confirm_password(lobby, credential, field, caller, now).await?;
    lobby
        .store
        .front_desk_write(move |desk| desk.delete_account(known.id))
        .await?;
    log::info!("account {} was deleted by its owner", known.id);
    Ok(())
}

/// The account that a good credential speaks for.
pub(super) async fn known(lobby: &Lobby<'_>, credential: Credential) -> Result<KnownAccount> {
    lobby.store.admit(credential).await?;
    let known = lobby
        .store
        .front_desk_read(move |desk| desk.by_id(credential.account));
    known.await?.ok_or(Error::Unauthenticated)
}

/// A new sign-in for who has just ended all of them.
pub(super) fn signed_in_again(
    lobby: &Lobby<'_>,
    known: KnownAccount,
    epoch: i64,
    now: Stamp,
) -> Result<SignedIn> {
    Ok(SignedIn {
        account: known.id,
        issued: lobby.tokens.issue(known.id, epoch, now)?,
        email: known.email,
        is_verified: known.is_verified,
        time_zone: known.time_zone,
    })
}
