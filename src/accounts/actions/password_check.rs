//! The one place where a password is compared, so that no way to it goes uncounted.

use super::Lobby;
use crate::accounts::password::{Password, Verdict};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::throttle::Bucket;
use crate::accounts::{Caller, Credential, Email};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::store::{FrontDesk, KnownAccount};
use crate::words::Locale;

/// An account whose password was right.
pub struct Checked {
    /// The account.
    pub account: KnownAccount,
    /// Where the attempt was counted.
    bucket: Bucket,
}

impl Checked {
    /// Somebody whose password was right a moment ago.
    pub(super) fn halfway(
        lobby: &Lobby<'_>,
        account: KnownAccount,
        caller: &Caller,
        now: Stamp,
    ) -> Self {
        let bucket = caller.bucket(lobby.keys, &account.email, now);
        Self { account, bucket }
    }
}

/// Compares a password with the account of that address, which takes as long where there is none.
///
/// The attempt stays counted until [`forgive`]: a second factor may still be to come.
pub async fn check_password(
    lobby: &Lobby<'_>,
    email: &Email,
    password: &Password,
    caller: &Caller,
    now: Stamp,
) -> Result<Checked> {
    lobby.throttle.attempt(caller.address)?;
    let bucket = caller.bucket(lobby.keys, email, now);
    count_attempt(lobby, &bucket, now).await?;
    let asked = email.clone();
    let known = lobby
        .store
        .front_desk_read(move |desk| desk.by_email(&asked))
        .await?;
    let hash = known.as_ref().map(|known| known.password_hash.clone());
    let verdict = match lobby.passwords.verify(password, hash).await {
        Ok(verdict) => verdict,
        Err(error) => {
            settle(lobby, move |desk| desk.return_attempt(&bucket)).await?;
            return Err(error);
        }
    };
    if verdict == Verdict::Wrong
        && let Some(known) = &known
    {
        note(lobby, known.id, Event::WrongPassword, caller, now).await?;
    }
    let Some(known) = known.filter(|known| verdict != Verdict::Wrong && !known.is_disabled) else {
        log::info!("a password was refused");
        return Err(Error::WrongPassword);
    };
    if verdict == Verdict::RightButWeaklyHashed {
        let hash = lobby.passwords.rehash(password.clone()).await?;
        let (id, old) = (known.id, known.password_hash.clone());
        lobby
            .store
            .front_desk_write(move |desk| desk.renew_hash(id, &old, &hash))
            .await?;
    }
    Ok(Checked {
        account: known,
        bucket,
    })
}

/// Compares the password of somebody who is signed in already, before something that a thief of
/// their token must not do. A wrong one is a refusal of that field.
pub async fn confirm_password(
    lobby: &Lobby<'_>,
    credential: Credential,
    (field, password): (&'static str, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<KnownAccount> {
    credential.sign_in()?;
    let password = Password::parse(password)
        .map_err(|refusal| Error::invalid(field, refusal.code, refusal.sentence))?;
    let standing = lobby.store.admit(credential).await?;
    let email = Email::parse(&standing.email).map_err(|_shape| Error::WrongPassword)?;
    match check_password(lobby, &email, &password, caller, now).await {
        Ok(checked) => {
            forgive(lobby, &checked).await?;
            Ok(checked.account)
        }
        Err(Error::WrongPassword) => {
            let sentence = Sentence::Said(Locale::refused_password_wrong);
            Err(Error::invalid(field, "wrong", sentence))
        }
        Err(other) => Err(other),
    }
}

/// Forgets the attempts before one that was right.
pub async fn forgive(lobby: &Lobby<'_>, checked: &Checked) -> Result<()> {
    let bucket = checked.bucket.clone();
    settle(lobby, move |desk| desk.clear_attempts(&bucket)).await
}

/// Notes for the owner what happened.
pub(super) async fn note(
    lobby: &Lobby<'_>,
    account: uuid::Uuid,
    event: Event,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    let noted = Noted::new(event, "", caller, now);
    lobby
        .store
        .front_desk_write(move |desk| desk.note(account, &noted))
        .await
}

/// Counts before the password is looked at, so that many at once are not all looked at.
async fn count_attempt(lobby: &Lobby<'_>, bucket: &Bucket, now: Stamp) -> Result<()> {
    let (bucket, free) = (bucket.clone(), lobby.free_attempts);
    let counted = settle(lobby, move |desk| desk.count_attempt(&bucket, free, now)).await;
    if matches!(counted, Err(Error::SlowDown(_))) {
        log::info!("a password was put off: too many attempts for one account");
    }
    counted
}

/// Changes what is counted, where anything is.
async fn settle(
    lobby: &Lobby<'_>,
    change: impl FnOnce(&mut FrontDesk<'_>) -> Result<()> + Send + 'static,
) -> Result<()> {
    if lobby.free_attempts == 0 {
        return Ok(());
    }
    lobby.store.front_desk_write(change).await
}
