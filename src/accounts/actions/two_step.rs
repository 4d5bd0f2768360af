//! Two-step sign-in: setting it up, passing it, and turning it off.

use uuid::Uuid;

use super::credentials::{known, signed_in_again};
use super::{Lobby, SignedIn, confirm_password, mailing, note};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::throttle::Bucket;
use crate::accounts::token::{SECOND_STEP_LIFETIME, new_epoch};
use crate::accounts::totp::{Code, SharedSecret, new_recovery_codes};
use crate::accounts::{Caller, Credential, Sid};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::mail::letters::Change;
use crate::store::{FrontDesk, KnownAccount};
use crate::words::Locale;

/// How long somebody may take to confirm what they set up, in seconds.
const SETTING_UP: i64 = 60 * 60;

/// What an authenticator app needs to know.
pub struct SetUp {
    /// For who types it.
    pub secret: String,
    /// For who scans it.
    pub url: String,
}

/// Recovery codes, shown once, and a new sign-in for who set them up.
pub struct Confirmed {
    /// The codes.
    pub recovery_codes: Vec<String>,
    /// The sign-in that goes on.
    pub signed_in: SignedIn,
}

/// Sets a second factor up that counts once it is confirmed.
pub async fn start(
    lobby: &Lobby<'_>,
    credential: Credential,
    password: &str,
    caller: &Caller,
    now: Stamp,
) -> Result<SetUp> {
    let field = ("password", password);
    let known = confirm_password(lobby, credential, field, caller, now).await?;
    let secret = SharedSecret::new()?;
    let sealed = secret.seal(lobby.keys, known.id)?;
    let set_up = move |desk: &mut FrontDesk<'_>| desk.start_second_factor(known.id, &sealed, now);
    lobby.store.front_desk_write(set_up).await?;
    Ok(SetUp {
        secret: secret.typed(),
        url: secret.url(&known.email)?,
    })
}

/// What was set up and waits to be confirmed, if anything does.
pub async fn waiting(
    lobby: &Lobby<'_>,
    credential: Credential,
    now: Stamp,
) -> Result<Option<SetUp>> {
    let known = known(lobby, credential).await?;
    let Some(sealed) = unconfirmed(lobby, &known, now).await? else {
        return Ok(None);
    };
    let secret = SharedSecret::open(lobby.keys, known.id, &sealed)?;
    Ok(Some(SetUp {
        secret: secret.typed(),
        url: secret.url(&known.email)?,
    }))
}

/// The sealed secret that waits to be confirmed, unless that took too long.
async fn unconfirmed(
    lobby: &Lobby<'_>,
    known: &KnownAccount,
    now: Stamp,
) -> Result<Option<Vec<u8>>> {
    let id = known.id;
    let factor = lobby
        .store
        .front_desk_read(move |desk| desk.second_factor(id));
    let factor = factor.await?.filter(|factor| {
        factor.confirmed_at.is_none() && now < factor.created_at.plus_seconds(SETTING_UP)
    });
    Ok(factor.map(|factor| factor.sealed))
}

/// Confirms the second factor with a code of the app, and ends every other sign-in.
pub async fn confirm(
    lobby: &Lobby<'_>,
    credential: Credential,
    code: &str,
    caller: &Caller,
    now: Stamp,
) -> Result<Confirmed> {
    credential.sign_in()?;
    let known = known(lobby, credential).await?;
    let tries = Tries::OfAccount(known.id);
    count(lobby, tries, caller, now).await?;
    let sealed = unconfirmed(lobby, &known, now).await?;
    let sealed = sealed.ok_or_else(|| wrong("not_set_up", Locale::refused_code_not_set_up))?;
    let secret = SharedSecret::open(lobby.keys, known.id, &sealed)?;
    let Some(Code::App(digits)) = Code::parse(code) else {
        return Err(wrong("malformed", Locale::refused_code_shape));
    };
    let step = secret.step_of(&digits, now)?;
    let step = step.ok_or_else(|| wrong("wrong", Locale::refused_code_wrong))?;
    let epoch = new_epoch()?;
    let codes = new_recovery_codes()?;
    let hashes: Vec<_> = codes.iter().map(|(_, hash)| *hash).collect();
    let noted = Noted::new(Event::CodesOn, "", caller, now);
    let notice = mailing::notice(lobby, &known, Change::CodesOn)?;
    let id = known.id;
    let change = move |desk: &mut FrontDesk<'_>| {
        desk.confirm_second_factor(id, (&sealed, step), epoch, now)?;
        desk.set_recovery_codes(id, &hashes)?;
        desk.note(id, &noted)?;
        notice.map_or(Ok(()), |notice| notice.post(desk, now))
    };
    lobby.store.front_desk_write(change).await?;
    mailing::wake(lobby);
    forgive(lobby, tries).await?;
    log::info!("account {id} turned two-step sign-in on");
    Ok(Confirmed {
        recovery_codes: codes.into_iter().map(|(shown, _)| shown).collect(),
        signed_in: signed_in_again(lobby, known, epoch, now)?,
    })
}

/// Gives up what was set up and not confirmed; a confirmed one stays.
pub async fn give_up(lobby: &Lobby<'_>, credential: Credential) -> Result<()> {
    credential.sign_in()?;
    let id = known(lobby, credential).await?.id;
    lobby
        .store
        .front_desk_write(move |desk| desk.give_up_second_factor(id))
        .await
}

/// Turns two-step sign-in off, with password and code, and ends every other sign-in.
pub async fn turn_off(
    lobby: &Lobby<'_>,
    credential: Credential,
    (password, code): (&str, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<SignedIn> {
    let known = prove_both(lobby, credential, (password, code), caller, now).await?;
    let epoch = new_epoch()?;
    let noted = Noted::new(Event::CodesOff, "", caller, now);
    let notice = mailing::notice(lobby, &known, Change::CodesOff)?;
    let id = known.id;
    let change = move |desk: &mut FrontDesk<'_>| {
        desk.drop_second_factor(id, epoch)?;
        desk.note(id, &noted)?;
        notice.map_or(Ok(()), |notice| notice.post(desk, now))
    };
    lobby.store.front_desk_write(change).await?;
    mailing::wake(lobby);
    log::info!("account {id} turned two-step sign-in off");
    signed_in_again(lobby, known, epoch, now)
}

/// Makes other recovery codes; the earlier ones are void.
pub async fn renew_recovery_codes(
    lobby: &Lobby<'_>,
    credential: Credential,
    (password, code): (&str, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<Vec<String>> {
    let known = prove_both(lobby, credential, (password, code), caller, now).await?;
    let codes = new_recovery_codes()?;
    let hashes: Vec<_> = codes.iter().map(|(_, hash)| *hash).collect();
    lobby
        .store
        .front_desk_write(move |desk| desk.set_recovery_codes(known.id, &hashes))
        .await?;
    Ok(codes.into_iter().map(|(shown, _)| shown).collect())
}

async fn prove_both(
    lobby: &Lobby<'_>,
    credential: Credential,
    (password, code): (&str, &str),
    caller: &Caller,
    now: Stamp,
) -> Result<KnownAccount> {
    let field = ("password", password);
    let known = confirm_password(lobby, credential, field, caller, now).await?;
    match pass(lobby, &known, code, Tries::OfAccount(known.id), caller, now).await {
        Ok(()) => Ok(known),
        Err(Error::WrongCode) => Err(wrong("wrong", Locale::refused_code_wrong)),
        Err(other) => Err(other),
    }
}

fn wrong(code: &'static str, sentence: fn(Locale) -> &'static str) -> Error {
    Error::invalid("code", code, Sentence::Said(sentence))
}

/// Whether signing in to this account takes a code.
pub(super) async fn is_on(lobby: &Lobby<'_>, known: &KnownAccount) -> Result<bool> {
    let id = known.id;
    let factor = lobby
        .store
        .front_desk_read(move |desk| desk.second_factor(id));
    let factor = factor.await?;
    Ok(factor.is_some_and(|factor| factor.confirmed_at.is_some()))
}

/// Takes a code, once, or fails with [`Error::WrongCode`].
pub(super) async fn pass(
    lobby: &Lobby<'_>,
    known: &KnownAccount,
    code: &str,
    tries: Tries,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    count(lobby, tries, caller, now).await?;
    let id = known.id;
    let factor = lobby
        .store
        .front_desk_read(move |desk| desk.second_factor(id));
    let factor = factor.await?.filter(|factor| factor.confirmed_at.is_some());
    let taken = match (factor, Code::parse(code)) {
        (Some(factor), Some(Code::App(digits))) => {
            let secret = SharedSecret::open(lobby.keys, id, &factor.sealed)?;
            match secret.step_of(&digits, now)? {
                Some(step) => {
                    let sealed = factor.sealed;
                    let take = move |desk: &mut FrontDesk<'_>| desk.take_step(id, (&sealed, step));
                    lobby.store.front_desk_write(take).await?
                }
                None => false,
            }
        }
        (Some(_), Some(Code::Recovery(hash))) => {
            let noted = Noted::new(Event::RecoveryCodeUsed, "", caller, now);
            let take = move |desk: &mut FrontDesk<'_>| {
                let taken = desk.take_recovery_code(id, &hash)?;
                if taken {
                    desk.note(id, &noted)?;
                }
                Ok(taken)
            };
            lobby.store.front_desk_write(take).await?
        }
        _ => false,
    };
    if taken {
        return forgive(lobby, tries).await;
    }
    note(lobby, id, Event::WrongCode, caller, now).await?;
    log::info!("account {id}: a code was refused");
    Err(Error::WrongCode)
}

/// For what attempts at codes are counted.
#[derive(Clone, Copy)]
pub(super) enum Tries {
    /// A sign-in that is halfway: so many, and it has to begin anew.
    OfSignIn(Sid),
    /// An account, whose password goes along each time: so many, and each further one has to wait.
    OfAccount(Uuid),
}

impl Tries {
    fn bucket(self) -> Bucket {
        match self {
            Self::OfSignIn(sid) => Bucket::of_sign_in(sid),
            Self::OfAccount(account) => Bucket::of_codes(account),
        }
    }
}

/// Counts an attempt at a code before it is looked at.
async fn count(lobby: &Lobby<'_>, tries: Tries, caller: &Caller, now: Stamp) -> Result<()> {
    lobby.throttle.attempt(caller.address)?;
    let (bucket, most) = (tries.bucket(), lobby.free_codes);
    if most == 0 {
        return Ok(());
    }
    let count = move |desk: &mut FrontDesk<'_>| match tries {
        Tries::OfAccount(_) => desk.count_attempt(&bucket, most, now),
        Tries::OfSignIn(_) if desk.count(&bucket, now)? > most => {
            Err(Error::SlowDown(SECOND_STEP_LIFETIME.unsigned_abs()))
        }
        Tries::OfSignIn(_) => Ok(()),
    };
    let counted = lobby.store.front_desk_write(count).await;
    if matches!(counted, Err(Error::SlowDown(_))) {
        log::info!("a code was put off: too many attempts");
    }
    counted
}

async fn forgive(lobby: &Lobby<'_>, tries: Tries) -> Result<()> {
    if lobby.free_codes == 0 {
        return Ok(());
    }
    let bucket = tries.bucket();
    lobby
        .store
        .front_desk_write(move |desk| desk.clear_attempts(&bucket))
        .await
}
