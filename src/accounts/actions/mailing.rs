//! Mail that anybody may ask for: counted, and the same for every address.

use super::Lobby;
use crate::accounts::throttle::Bucket;
use crate::accounts::{Caller, Email};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::mail::letters::{self, Change};
use crate::mail::{PostOffice, Sealed, Waiting, Wish, WishedLink};
use crate::store::{FrontDesk, KnownAccount};
use crate::words::Locale;

/// Asks for a link to be mailed.
///
/// All that is done here is to note the wish; whether there is an account is looked up when it is
/// fulfilled, so neither the answer nor its time tells. Past the limit of an address nothing is sent
/// and nothing is told either.
pub async fn wish_for(
    lobby: &Lobby<'_>,
    link: WishedLink,
    email: &Email,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    let post = need_post(lobby)?;
    if !may_mail(lobby, email, caller, now).await? {
        return Ok(());
    }
    let wish = Wish {
        link,
        email: email.as_str().to_owned(),
    };
    let sealed = Sealed::new(lobby.keys, &Waiting::Wish(wish))?;
    let enqueue = move |desk: &mut FrontDesk<'_>| sealed.post(desk, now);
    lobby.store.front_desk_write(enqueue).await?;
    post.wake();
    Ok(())
}

/// The post office, where there is one.
pub(super) fn need_post<'l>(lobby: &Lobby<'l>) -> Result<&'l PostOffice> {
    let none = || Error::Forbidden(Sentence::Said(Locale::refused_no_mail));
    lobby.post.ok_or_else(none)
}

/// The letter that tells the owner of a change, where mail can be sent; it goes with the change.
pub(super) fn notice(
    lobby: &Lobby<'_>,
    known: &KnownAccount,
    change: Change,
) -> Result<Option<Sealed>> {
    let Some(post) = lobby.post else {
        return Ok(None);
    };
    let letter = letters::sign_in_was_changed(known.locale, post.base_url(), &known.email, change);
    Sealed::letter(lobby.keys, letter).map(Some)
}

/// Sends what was posted a moment ago.
pub(super) fn wake(lobby: &Lobby<'_>) {
    if let Some(post) = lobby.post {
        post.wake();
    }
}

/// Counts a mail; fails when the network asked for too many, and says no when the address has had
/// too many.
pub(super) async fn may_mail(
    lobby: &Lobby<'_>,
    email: &Email,
    caller: &Caller,
    now: Stamp,
) -> Result<bool> {
    let network = caller.network();
    if let Some(limit) = lobby.mail_limits.network
        && !network.is_empty()
    {
        let bucket = Bucket::of_mail_from(&network);
        let count =
            move |desk: &mut FrontDesk<'_>| desk.count_within_an_hour(&bucket, limit.get(), now);
        lobby.store.front_desk_write(count).await?;
    }
    let Some(limit) = lobby.mail_limits.address else {
        return Ok(true);
    };
    let bucket = Bucket::of_mail_to(email);
    let count =
        move |desk: &mut FrontDesk<'_>| desk.count_within_an_hour(&bucket, limit.get(), now);
    match lobby.store.front_desk_write(count).await {
        Ok(()) => Ok(true),
        Err(Error::SlowDown(_)) => {
            log::info!("mail was asked for and not sent: too much of it for one address");
            Ok(false)
        }
        Err(other) => Err(other),
    }
}
