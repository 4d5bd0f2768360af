//! The rows behind personal tokens.

use diesel::prelude::*;
use uuid::Uuid;

use super::id::Id;
use super::mine::OwnedTable;
use super::schema::{personal_tokens, sign_ins};
use super::{FrontDesk, Mine};
use crate::accounts::personal::{PersonalToken, SCOPES, scope_word};
use crate::accounts::sign_ins::{Event, Noted};
use crate::accounts::{Access, Credential, Proof};
use crate::clock::Stamp;
use crate::error::{Error, Result};

/// How long the use of a token from one network is not noted again, in seconds.
const NOTED_FOR: i64 = 24 * 60 * 60;

type Row = (Id, String, String, i64, Option<i64>, Option<i64>);

impl FrontDesk<'_> {
    /// Fails unless a personal token still has its row, and the row allows what is asked. What the
    /// token itself says counts for nothing here.
    pub(super) fn check_personal(&mut self, credential: &Credential) -> Result<()> {
        let Proof::Personal(id) = credential.proof else {
            return Ok(());
        };
        let scope: Option<String> =
            <personal_tokens::table as OwnedTable>::mine(Id(credential.account))
                .filter(personal_tokens::id.eq(Id(id)))
                .select(personal_tokens::scope)
                .first(self.conn)
                .optional()?;
        match (scope.as_deref().and_then(scope_of), credential.access) {
            (None, _) => Err(Error::Unauthenticated),
            (Some(Access::Write), _) | (Some(Access::Read), Access::Read) => Ok(()),
            (Some(Access::Read), Access::Write) => Err(Error::OutOfScope(
                "this token may only read; its scope is not write",
            )),
        }
    }

    /// Notes that a token was used; the log gets it once a day from each network.
    pub fn note_token_use(&mut self, account: Uuid, id: Uuid, noted: &Noted) -> Result<()> {
        let row = || {
            <personal_tokens::table as OwnedTable>::mine(Id(account))
                .filter(personal_tokens::id.eq(Id(id)))
        };
        diesel::update(row())
            .set(personal_tokens::last_used_at.eq(noted.at.micros()))
            .execute(self.conn)?;
        let name: Option<String> = row()
            .select(personal_tokens::name)
            .first(self.conn)
            .optional()?;
        let Some(means) = name else {
            return Ok(());
        };
        let since = noted.at.plus_seconds(-NOTED_FOR).micros();
        let known = <sign_ins::table as OwnedTable>::mine(Id(account))
            .filter(sign_ins::at.gt(since))
            .filter(sign_ins::event.eq(Event::TokenUsed.number()))
            .filter(sign_ins::means.eq(&means))
            .filter(sign_ins::network.eq(&noted.network))
            .count()
            .get_result::<i64>(self.conn)?;
        if known > 0 {
            return Ok(());
        }
        self.note(
            account,
            &Noted {
                means,
                ..noted.clone()
            },
        )
    }
}

impl Mine<'_> {
    /// The personal tokens, the latest first.
    pub fn personal_tokens(&mut self) -> Result<Vec<PersonalToken>> {
        let rows: Vec<Row> = self
            .rows::<personal_tokens::table>()
            .order(personal_tokens::id.desc())
            .select((
                personal_tokens::id,
                personal_tokens::name,
                personal_tokens::scope,
                personal_tokens::created_at,
                personal_tokens::expires_at,
                personal_tokens::last_used_at,
            ))
            .load(self.conn)?;
        Ok(rows.into_iter().filter_map(token_of).collect())
    }

    /// How many there are.
    pub fn count_personal_tokens(&mut self) -> Result<i64> {
        Ok(self
            .rows::<personal_tokens::table>()
            .count()
            .get_result(self.conn)?)
    }

    /// Keeps the row of a token.
    pub fn add_personal_token(&mut self, token: &PersonalToken) -> Result<()> {
        diesel::insert_into(personal_tokens::table)
            .values((
                personal_tokens::user_id.eq(self.owner()),
                personal_tokens::id.eq(Id(token.id)),
                personal_tokens::name.eq(&token.name),
                personal_tokens::scope.eq(scope_word(token.scope)),
                personal_tokens::created_at.eq(token.created_at.micros()),
                personal_tokens::expires_at.eq(token.expires_at.map(Stamp::micros)),
            ))
            .execute(self.conn)?;
        Ok(())
    }

    /// Revokes a token and answers what it was called.
    pub fn revoke_personal_token(&mut self, id: Uuid) -> Result<String> {
        let row = || {
            self.user_id()
                .rows::<personal_tokens::table>()
                .filter(personal_tokens::id.eq(Id(id)))
        };
        let (found, gone) = (row().select(personal_tokens::name), row());
        let name = found.first(self.conn)?;
        diesel::delete(gone).execute(self.conn)?;
        Ok(name)
    }

    /// Notes for the owner what they did.
    pub fn note(&mut self, noted: &Noted) -> Result<()> {
        let owner = self.owner().0;
        FrontDesk::new(self.conn).note(owner, noted)
    }
}

fn scope_of(word: &str) -> Option<Access> {
    let known = SCOPES.iter().find(|(_, known)| *known == word);
    known.map(|(scope, _)| *scope)
}

fn token_of((id, name, scope, created_at, expires_at, last_used_at): Row) -> Option<PersonalToken> {
    Some(PersonalToken {
        id: id.0,
        name,
        scope: scope_of(&scope)?,
        created_at: Stamp::from_micros(created_at),
        expires_at: expires_at.map(Stamp::from_micros),
        last_used_at: last_used_at.map(Stamp::from_micros),
    })
}
