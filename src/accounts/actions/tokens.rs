//! Personal tokens: making and revoking them.

use secrecy::SecretString;
use uuid::Uuid;

use super::Lobby;
use crate::accounts::personal::{MOST, NewToken, PersonalToken};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::{Caller, Credential};
use crate::clock::Stamp;
use crate::error::{Error, Result, Sentence};
use crate::ids::new_id;
use crate::journal::{Door, Occasion};
use crate::store::Mine;
use crate::words::Locale;

/// Seconds of a day.
const DAY: i64 = 24 * 60 * 60;

/// Makes a token; the token itself is answered here and kept nowhere.
pub async fn make(
    lobby: &Lobby<'_>,
    credential: Credential,
    new: NewToken,
    caller: &Caller,
    now: Stamp,
) -> Result<(PersonalToken, SecretString)> {
    credential.sign_in()?;
    let token = PersonalToken {
        id: new_id(now),
        name: new.name,
        scope: new.scope,
        created_at: now,
        expires_at: new.days.map(|days| now.plus_seconds(i64::from(days) * DAY)),
        last_used_at: None,
    };
    let issued =
        lobby
            .tokens
            .issue_personal(credential.account, token.id, token.expires_at, now)?;
    let noted = Noted::new(Event::TokenMade, &token.name, caller, now);
    let row = token.clone();
    let add = move |mine: &mut Mine<'_>| {
        if mine.count_personal_tokens()? >= MOST {
            let sentence = Sentence::Said(Locale::refused_token_limit);
            return Err(Error::invalid("name", "limit", sentence));
        }
        mine.add_personal_token(&row)?;
        mine.note(&noted)
    };
    lobby.store.write(credential, at(now), add).await?;
    log::info!("account {} made a personal token", credential.account);
    Ok((token, issued.token))
}

/// Revokes a token: whoever has it is refused from now on.
pub async fn revoke(
    lobby: &Lobby<'_>,
    credential: Credential,
    id: Uuid,
    caller: &Caller,
    now: Stamp,
) -> Result<()> {
    credential.sign_in()?;
    let noted = Noted::new(Event::TokenRevoked, "", caller, now);
    let revoke = move |mine: &mut Mine<'_>| {
        let means = mine.revoke_personal_token(id)?;
        mine.note(&Noted { means, ..noted })
    };
    lobby.store.write(credential, at(now), revoke).await?;
    log::info!("account {} revoked a personal token", credential.account);
    Ok(())
}

/// Nothing of this stands in the history: it cannot be taken back.
fn at(now: Stamp) -> Occasion {
    Occasion {
        at: now,
        door: Door::Server,
    }
}
