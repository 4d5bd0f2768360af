//! Letting in whom another issuer vouches for.

use uuid::Uuid;

use super::Lobby;
use crate::accounts::issuers::Vouched;
use crate::accounts::password::NO_PASSWORD;
use crate::accounts::sign_ins::{Event, Noted, Recent};
use crate::accounts::token::new_epoch;
use crate::accounts::{Caller, Email};
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::ids::new_id;
use crate::lists::ListId;
use crate::store::{Known, NewAccount};

/// The account of somebody whom another issuer vouches for, made if they come for the first time.
///
/// It is found by issuer and subject alone, so nobody gets at an account by having its e-mail
/// address elsewhere.
pub async fn recognise(
    lobby: &Lobby<'_>,
    vouched: Vouched,
    recent: &Recent,
    caller: &Caller,
    now: Stamp,
) -> Result<Uuid> {
    let asked = vouched.clone();
    let known = lobby
        .store
        .front_desk_read(move |desk| desk.by_identity(&asked))
        .await?;
    let issuer = vouched.issuer.clone();
    let known = match known {
        None if vouched.provision => make(lobby, vouched, now).await?,
        known => known,
    };
    let Some(Known::Account(account)) = known else {
        return Err(Error::Unauthenticated);
    };
    if recent.is_due(account, now) {
        let noted = Noted::new(Event::IssuerUsed, &issuer, caller, now);
        let note = lobby
            .store
            .front_desk_write(move |desk| desk.note(account, &noted));
        // What the owner may read later is no reason to turn them away now.
        if let Err(error) = note.await {
            log::warn!("account {account}: the use of a token was not noted: {error:?}");
        }
    }
    Ok(account)
}

async fn make(lobby: &Lobby<'_>, vouched: Vouched, now: Stamp) -> Result<Option<Known>> {
    let id = new_id(now);
    let account = NewAccount {
        id,
        inbox: ListId::new(new_id(now)),
        email: Email::none_of(id),
        password_hash: NO_PASSWORD.to_owned(),
        epoch: new_epoch()?,
        time_zone: lobby.time_zone,
        locale: lobby.locale,
        created_at: now,
        is_unconfirmed: false,
    };
    let issuer = vouched.issuer.clone();
    let known = lobby
        .store
        .front_desk_write(move |desk| desk.provision(&vouched, &account))
        .await?;
    if known == Some(Known::Account(id)) {
        log::info!("account {id} was made for somebody whom {issuer} vouches for");
    }
    Ok(known)
}
