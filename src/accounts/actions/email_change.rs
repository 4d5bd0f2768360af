//! Proving an address: that of a new account, or the one that an account moves to.

use super::{Lobby, SignedIn, confirm_password, forgive, lay_out, mailing, note};
use crate::accounts::links::{Link, NewLink};
use crate::accounts::password::Password;
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, Credential, Email, keys};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::mail::{Sealed, letters};
use crate::store::{FrontDesk, KnownAccount};

/// What came of asking for another address.
pub enum EmailChange {
    /// It changed, every sign-in was ended, and this one begins in place of the acting one.
    Done(SignedIn),
    /// It changes when the link in a mail to it is followed.
    Mailed,
}

/// Gives an account another address: at once where no mail can be sent, else when somebody at that
/// address follows a link.
///
/// With mail, an address that is taken is answered like any other; its owner is told.
pub async fn change_email(
    lobby: &Lobby<'_>,
    credential: Credential,
    (email, password): (Email, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<EmailChange> {
    let named = ("password", password);
    let known = confirm_password(lobby, credential, named, caller, now).await?;
    let Some(post) = lobby.post else {
        return change_at_once(lobby, known, email, caller, now).await;
    };
    if !mailing::may_mail(lobby, &email, caller, now).await? {
        return Ok(EmailChange::Mailed);
    }
    let asked = email.clone();
    let taken_by = lobby
        .store
        .front_desk_read(move |desk| desk.by_email(&asked))
        .await?
        .filter(|other| other.id != known.id);
    let (link, letter) = if let Some(other) = taken_by {
        let letter = letters::has_account(other.locale, post.base_url(), &email);
        (None, letter)
    } else {
        let link = NewLink::new(known.id, Link::Verify, email.as_str(), now)?;
        let letter = letters::new_address(known.locale, post.base_url(), &email, &link.token);
        (Some(link), letter)
    };
    let letter = Sealed::letter(lobby.keys, letter)?;
    let enqueue = move |desk: &mut FrontDesk<'_>| {
        link.map_or(Ok(()), |link| desk.put_link(&link))?;
        letter.post(desk, now)
    };
    lobby.store.front_desk_write(enqueue).await?;
    post.wake();
    Ok(EmailChange::Mailed)
}

async fn change_at_once(
    lobby: &Lobby<'_>,
    known: KnownAccount,
    email: Email,
    caller: &Caller,
    now: Stamp,
) -> Result<EmailChange> {
    let (id, epoch) = (known.id, new_epoch()?);
    let noted = Noted::new(Event::EmailChanged, "", caller, now);
    let after = email.clone();
    let change = move |desk: &mut FrontDesk<'_>| {
        desk.change_email(id, (&after, None), epoch)?;
        desk.note(id, &noted)
    };
    lobby.store.front_desk_write(change).await?;
    log::info!("account {id} has another address");
    Ok(EmailChange::Done(SignedIn {
        account: id,
        email,
        is_verified: false,
        time_zone: known.time_zone,
        issued: lobby.tokens.issue(id, epoch, now)?,
    }))
}

/// What came of following a link to prove an address.
pub struct Confirmed {
    /// The sign-in that begins: of a new account, or in place of the acting one that was ended with
    /// all others.
    pub signed_in: Option<SignedIn>,
}

/// Follows the link in a mail: the account's address is proved, or becomes the one that the mail
/// went to.
///
/// The password is asked for as well. Who signs up with somebody else's address, or misspells their
/// new one, so gives nothing to whom the mail reaches.
pub async fn confirm_email(
    lobby: &Lobby<'_>,
    (token, password): (&str, &Password),
    acting: Option<Credential>,
    caller: &Caller,
    now: Stamp,
) -> Result<Confirmed> {
    let hash = keys::hash(token);
    let (known, before, after) = look_up(lobby, hash, now).await?;
    let checked = super::check_password(lobby, &before, password, caller, now).await?;
    forgive(lobby, &checked).await?;
    let acts = match acting {
        Some(credential) if credential.account == known.id => {
            lobby.store.admit(credential).await.is_ok()
        }
        _ => false,
    };
    let moves = before != after;
    let epoch = if moves {
        let epoch = new_epoch()?;
        move_account(
            lobby,
            &known,
            (&before, after.clone()),
            (hash, epoch),
            caller,
            now,
        )
        .await?;
        epoch
    } else {
        let prove = move |desk: &mut FrontDesk<'_>| {
            let followed = desk.take_link(Link::Verify, &hash, now)?;
            desk.confirm_email(followed.account, now)
        };
        lobby.store.front_desk_write(prove).await?;
        checked.account.epoch
    };
    log::info!("account {} has proved its address", known.id);
    if known.is_unconfirmed {
        note(lobby, known.id, Event::SignedIn, caller, now).await?;
        lay_out(lobby, known.id, now).await;
    }
    // Nobody else: a second factor may be asked for when they sign in.
    if !(known.is_unconfirmed || acts && moves) {
        return Ok(Confirmed { signed_in: None });
    }
    let signed_in = SignedIn {
        account: known.id,
        email: after,
        is_verified: true,
        time_zone: known.time_zone,
        issued: lobby.tokens.issue(known.id, epoch, now)?,
    };
    Ok(Confirmed {
        signed_in: Some(signed_in),
    })
}

/// Whose link it is, the address that the account has, and the one that following it proves.
async fn look_up(
    lobby: &Lobby<'_>,
    hash: [u8; 32],
    now: Stamp,
) -> Result<(KnownAccount, Email, Email)> {
    let (known, proved) = lobby
        .store
        .front_desk_read(move |desk| {
            let followed = desk.find_link(Link::Verify, &hash, now)?;
            let known = desk.by_id(followed.account)?.ok_or(Error::DeadLink)?;
            Ok((known, followed.email))
        })
        .await?;
    let before = known.email.clone();
    let after = Email::parse(&proved).map_err(|_shape| Error::internal("a bad address"))?;
    Ok((known, before, after))
}

/// Moves the account to its new address, and tells the old one.
async fn move_account(
    lobby: &Lobby<'_>,
    known: &KnownAccount,
    (before, after): (&Email, Email),
    (hash, epoch): ([u8; 32], i64),
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    let notice = match lobby.post {
        Some(post) => {
            let letter = letters::address_was_changed(known.locale, post.base_url(), before);
            Some(Sealed::letter(lobby.keys, letter)?)
        }
        None => None,
    };
    let noted = Noted::new(Event::EmailChanged, "", caller, now);
    let change = move |desk: &mut FrontDesk<'_>| {
        let followed = desk.take_link(Link::Verify, &hash, now)?;
        desk.change_email(followed.account, (&after, Some(now)), epoch)?;
        desk.note(followed.account, &noted)?;
        notice.map_or(Ok(()), |notice| notice.post(desk, now))
    };
    lobby.store.front_desk_write(change).await?;
    if let Some(post) = lobby.post {
        post.wake();
    }
    Ok(())
}
