//! Personal tokens: what people give their programs instead of a password.

use uuid::Uuid;

use super::Access;
use crate::clock::Stamp;
use crate::error::{Error, FieldErrors, Refusal, Result, Sentence};
use crate::words::Locale;

/// Longest name, in characters.
pub const NAME_MAX: usize = 100;
/// Most tokens of one account.
pub const MOST: i64 = 100;
/// Longest life, in days: ten years.
pub const DAYS_MAX: u32 = 3650;

/// A personal token, without the token.
#[derive(Clone, Debug)]
pub struct PersonalToken {
    /// Its id.
    pub id: Uuid,
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Access,
    /// When it was made.
    pub created_at: Stamp,
    /// When it ends; none = when it is revoked.
    pub expires_at: Option<Stamp>,
    /// About when it was last used.
    pub last_used_at: Option<Stamp>,
}

/// What a token is made of.
#[derive(Clone, Debug)]
pub struct NewToken {
    /// What its owner calls it.
    pub name: String,
    /// What it may do.
    pub scope: Access,
    /// Days until it ends; none = never.
    pub days: Option<u32>,
}

/// The scopes by their words at both doors.
pub const SCOPES: [(Access, &str); 2] = [(Access::Read, "read"), (Access::Write, "write")];

/// The word of a scope.
pub const fn scope_word(scope: Access) -> &'static str {
    match scope {
        Access::Read => "read",
        Access::Write => "write",
    }
}

impl NewToken {
    /// Checks all parts and names everything that is wrong with them. The number of days is
    /// `Ok(None)` for never, and an error of its own where it was no number.
    pub fn parse(name: &str, scope: &str, days: Result<Option<u32>, Refusal>) -> Result<Self> {
        let mut errors = FieldErrors::default();
        let name = errors.take(parse_name(name));
        let scope = errors.take(parse_scope(scope));
        let days = errors.take(days.and_then(check_days));
        match (name, scope, days) {
            (Some(name), Some(scope), Some(days)) => Ok(Self { name, scope, days }),
            _ => Err(Error::Invalid(errors)),
        }
    }
}

fn parse_name(name: &str) -> Result<String, Refusal> {
    let refuse = |code, sentence: fn(Locale) -> &'static str| {
        Err(Refusal::new("name", code, Sentence::Said(sentence)))
    };
    let name = name.trim();
    if name.is_empty() {
        return refuse("required", Locale::refused_token_name_empty);
    }
    if name.chars().any(char::is_control) {
        return refuse("control", Locale::refused_token_name_control);
    }
    if name.chars().count() > NAME_MAX {
        return refuse("too_long", Locale::refused_token_name_long);
    }
    Ok(name.to_owned())
}

fn parse_scope(word: &str) -> Result<Access, Refusal> {
    let known = SCOPES.iter().find(|(_, known)| *known == word);
    known.map(|(scope, _)| *scope).ok_or_else(|| {
        Refusal::new(
            "scope",
            "unknown",
            Sentence::Said(Locale::refused_token_scope),
        )
    })
}

/// A number of days as somebody wrote it was not one.
pub fn no_days() -> Refusal {
    Refusal::new("days", "range", Sentence::Said(Locale::refused_token_days))
}

fn check_days(days: Option<u32>) -> Result<Option<u32>, Refusal> {
    match days {
        Some(0) => Err(no_days()),
        Some(days) if days > DAYS_MAX => Err(no_days()),
        days => Ok(days),
    }
}
