//! Making accounts: at once, or by way of a mail; for everyone, or for who has an invitation.

use super::{Lobby, Login, SignedIn, lay_out, mailing};
use crate::accounts::links::{Link, NewLink};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, Email, keys};
use crate::clock::Stamp;
use crate::config::Signup;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::lists::ListId;
use crate::mail::{PostOffice, Sealed, letters};
use crate::store::{FrontDesk, NewAccount};
use crate::words::Locale;

/// What came of signing up.
pub enum SignedUp {
    /// The account is there, and its owner signed in.
    In(SignedIn),
    /// A mail says how to go on, whatever the address.
    Mailed,
}

/// Makes an account with its Inbox.
///
/// Without mail it can be used at once, and an address that is taken is a [`Error::Conflict`]: there
/// is no way to hide it. With mail, every address is answered alike.
pub async fn sign_up(
    lobby: &Lobby<'_>,
    (login, invitation): (Login, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<SignedUp> {
    lobby.throttle.attempt(caller.address)?;
    lobby.sign_ups.attempt(caller.address)?;
    let invitation = check_invitation(lobby, invitation, now).await?;
    let Login { email, password } = login;
    let password_hash = lobby.passwords.hash(password, email.guesses()).await?;
    let account = NewAccount {
        id: new_id(now),
        inbox: ListId::new(new_id(now)),
        email,
        password_hash,
        epoch: new_epoch()?,
        time_zone: lobby.time_zone,
        locale: lobby.locale,
        created_at: now,
        is_unconfirmed: lobby.post.is_some(),
    };
    if let Some(post) = lobby.post {
        sign_up_by_mail(lobby, post, (account, invitation), caller, now).await?;
        return Ok(SignedUp::Mailed);
    }
    let (id, epoch, email) = (account.id, account.epoch, account.email.clone());
    let noted = Noted::new(Event::SignedUp, "", caller, now);
    let make = move |desk: &mut FrontDesk<'_>| {
        use_up(desk, invitation, now)?;
        desk.sign_up(&account)?;
        desk.note(id, &noted)
    };
    lobby.store.front_desk_write(make).await?;
    log::info!("account {id} signed up");
    lay_out(lobby, id, now).await;
    Ok(SignedUp::In(SignedIn {
        account: id,
        email,
        is_verified: false,
        time_zone: lobby.time_zone,
        issued: lobby.tokens.issue(id, epoch, now)?,
    }))
}

/// Who is to be told what, and what becomes of the account of that address.
enum Step {
    /// There is none: it is made, and waits.
    Make,
    /// It waits still: what was said last counts.
    Replace(uuid::Uuid),
    /// It is in use, and stays as it is.
    Tell,
}

/// Has the account wait for the link in a mail to be followed.
async fn sign_up_by_mail(
    lobby: &Lobby<'_>,
    post: &PostOffice,
    (account, invitation): (NewAccount, Option<[u8; 32]>),
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    let email = account.email.clone();
    let may_mail = mailing::may_mail(lobby, &email, caller, now).await?;
    let asked = email.clone();
    let known = lobby
        .store
        .front_desk_read(move |desk| desk.by_email(&asked))
        .await?;
    let (step, id, locale) = match &known {
        None => (Step::Make, account.id, account.locale),
        Some(known) if known.is_unconfirmed => (Step::Replace(known.id), known.id, known.locale),
        Some(known) => (Step::Tell, known.id, known.locale),
    };
    let (link, letter) = write_to(&email, (&step, id, locale), post, now)?;
    let letter = Sealed::letter(lobby.keys, letter)?;
    let noted = Noted::new(Event::SignedUp, "", caller, now);
    let change = move |desk: &mut FrontDesk<'_>| {
        use_up(desk, invitation, now)?;
        match step {
            Step::Make => {
                desk.sign_up(&account)?;
                desk.note(id, &noted)?;
            }
            Step::Replace(known) => {
                let said = (account.password_hash.as_str(), account.epoch);
                if !desk.sign_up_again(known, said)? {
                    // Confirmed a moment ago.
                    return Ok(());
                }
            }
            Step::Tell => {}
        }
        if may_mail {
            link.map_or(Ok(()), |link| desk.put_link(&link))?;
            letter.post(desk, now)?;
        }
        Ok(())
    };
    match lobby.store.front_desk_write(change).await {
        // Somebody else signed up with it in this very moment, and has the mail.
        Ok(()) | Err(Error::Conflict { .. }) => {}
        Err(other) => return Err(other),
    }
    log::info!("somebody signed up and was sent a mail");
    post.wake();
    Ok(())
}

fn write_to(
    email: &Email,
    (step, id, locale): (&Step, uuid::Uuid, Locale),
    post: &PostOffice,
    now: Stamp,
) -> Result<(Option<NewLink>, crate::mail::Letter)> {
    let base_url = post.base_url();
    if matches!(step, Step::Tell) {
        return Ok((None, letters::has_account(locale, base_url, email)));
    }
    let link = NewLink::new(id, Link::Verify, email.as_str(), now)?;
    let letter = letters::welcome(locale, base_url, email, &link.token);
    Ok((Some(link), letter))
}

/// Fails unless this invitation, or none, is enough to sign up here; what is to be used up if one
/// is needed.
pub async fn check_invitation(
    lobby: &Lobby<'_>,
    invitation: &str,
    now: Stamp,
) -> Result<Option<[u8; 32]>> {
    let refuse = |sentence| Err(Error::Forbidden(Sentence::Said(sentence)));
    match lobby.signup {
        Signup::Open => return Ok(None),
        Signup::Closed => return refuse(Locale::signup_closed),
        Signup::Invite if invitation.is_empty() => return refuse(Locale::signup_invited_only),
        Signup::Invite => {}
    }
    let hash = keys::hash(invitation);
    let is_good = lobby
        .store
        .front_desk_read(move |desk| desk.is_invited(&hash, now));
    if !is_good.await? {
        return refuse(Locale::signup_invitation_over);
    }
    Ok(Some(hash))
}

fn use_up(desk: &mut FrontDesk<'_>, invitation: Option<[u8; 32]>, now: Stamp) -> Result<()> {
    match invitation {
        Some(hash) if !desk.take_invitation(&hash, now)? => {
            let sentence = Sentence::Said(Locale::signup_invitation_over);
            Err(Error::Forbidden(sentence))
        }
        _ => Ok(()),
    }
}
