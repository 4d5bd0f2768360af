//! Setting a new password by a link, for whoever has forgotten the old one.

use super::Lobby;
use crate::accounts::links::Link;
use crate::accounts::password::Password;
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::throttle::Bucket;
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, keys};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::mail::{Sealed, letters};
use crate::store::FrontDesk;

/// Sets a new password and ends every sign-in. Nobody is signed in by it, and a second factor stays.
///
/// A password that is refused does not use the link up; of two who follow it at once, one comes too
/// late.
pub async fn reset_password(
    lobby: &Lobby<'_>,
    token: &str,
    password: Password,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    lobby.throttle.attempt(caller.address)?;
    let hash = keys::hash(token);
    let known = lobby
        .store
        .front_desk_read(move |desk| {
            let followed = desk.find_link(Link::Reset, &hash, now)?;
            desk.by_id(followed.account)
        })
        .await?
        .filter(|known| !known.is_disabled)
        .ok_or(Error::DeadLink)?;
    let email = known.email.clone();
    let made = lobby.passwords.hash(password, email.guesses()).await?;
    let epoch = new_epoch()?;
    let notice = match lobby.post {
        Some(post) => {
            let letter = letters::password_was_reset(known.locale, post.base_url(), &email);
            Some(Sealed::letter(lobby.keys, letter)?)
        }
        None => None,
    };
    let noted = Noted::new(Event::PasswordReset, "", caller, now);
    let set = move |desk: &mut FrontDesk<'_>| {
        let followed = desk.take_link(Link::Reset, &hash, now)?;
        desk.reset_password(followed.account, (&made, epoch), &followed.email, now)?;
        desk.clear_attempts(&Bucket::of_account(&email))?;
        desk.note(followed.account, &noted)?;
        notice.map_or(Ok(()), |notice| notice.post(desk, now))
    };
    lobby.store.front_desk_write(set).await?;
    if let Some(post) = lobby.post {
        post.wake();
    }
    log::info!("account {} has a new password by a link", known.id);
    Ok(())
}
