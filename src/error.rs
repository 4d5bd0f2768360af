//! What can go wrong, in plain words.
//!
//! No HTTP and no SQL in here: the doors in `web` decide how an [`Error`] looks, the store decides
//! which database failure means which of these.

use std::borrow::Cow;
use std::sync::Arc;

use crate::words::{Locale, ORIGINAL};

/// The result of everything that can be refused or fail.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No such thing, or it belongs to somebody else: the two are never told apart.
    #[error("there is nothing here")]
    NotFound,
    /// Nobody is signed in, or the token is no longer good.
    #[error("please sign in")]
    Unauthenticated,
    /// E-mail and password do not belong together; which of the two is never said.
    #[error("that e-mail and password do not match an account here")]
    WrongPassword,
    /// The password was right, and a code is wanted too.
    #[error("signing in to this account takes a code of its authenticator app as well")]
    CodeRequired,
    /// The code of the second factor is wrong, or was used already.
    #[error("that code is not right, or it was used already")]
    WrongCode,
    /// The password was right, and nobody has followed the link that was mailed at sign-up.
    #[error("this account waits for its address to be confirmed; follow the link in the mail")]
    Unconfirmed,
    /// A link that was used, has expired, was replaced by a later one, or never was.
    #[error("this link is not good any more; ask for a new one")]
    DeadLink,
    /// A rule of the house forbids it; the sentence says which.
    #[error("{0}")]
    Forbidden(Sentence),
    /// The token is good, and not for this (RFC 6750, 3.1: `insufficient_scope`).
    #[error("{0}")]
    OutOfScope(&'static str),
    /// The input was read, and parts of it break a rule.
    #[error("some fields need attention")]
    Invalid(FieldErrors),
    /// Parameters of the query string that break a rule.
    #[error("some parameters need attention")]
    InvalidQuery(FieldErrors),
    /// What was asked clashes with what is there; the field is the one to change.
    #[error("{sentence}")]
    Conflict {
        /// The input that clashes.
        field: &'static str,
        /// What to do about it.
        sentence: Sentence,
    },
    /// Somebody changed it since the version that the caller named.
    #[error("it was changed meanwhile; load it again and repeat your change")]
    Stale,
    /// The input could not be read at all.
    #[error("{0}")]
    Malformed(Cow<'static, str>),
    /// A body in a media type, charset or encoding that is not read here.
    #[error("{0}")]
    UnsupportedMediaType(&'static str),
    /// The client accepts nothing that can be sent.
    #[error("this answer exists as application/json only")]
    NotAcceptable,
    /// More than fits.
    #[error("that is too large; the limit is {0} bytes")]
    TooLarge(usize),
    /// This address does not answer that method.
    #[error("this address does not answer that method")]
    MethodNotAllowed,
    /// The request did not arrive in time.
    #[error("the request took too long to arrive")]
    Timeout,
    /// The `Host` of the request is none of ours.
    #[error("this server does not answer for that host name")]
    Misdirected,
    /// Too many attempts; good again after so many seconds.
    #[error("too many attempts; wait {0} seconds and try again")]
    SlowDown(u64),
    /// Everything that could do this is busy.
    #[error("the server is busy; try again shortly")]
    Busy,
    /// One of many operations failed, and with it all of them.
    #[error("operation {index}: {error}")]
    InBatch {
        /// Its place among the operations, from 0.
        index: usize,
        /// Why.
        error: Box<Error>,
    },
    /// A fault of ours. The cause goes to the log and to nobody else.
    #[error("something went wrong on our side")]
    Internal(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// One refused field.
    pub fn invalid(field: &'static str, code: &'static str, sentence: impl Into<Sentence>) -> Self {
        let mut errors = FieldErrors::default();
        errors.add(field, code, sentence);
        Self::Invalid(errors)
    }

    /// The same error, of the operation at this place in a batch; a fault of ours stays one.
    #[must_use]
    pub fn at_index(self, index: usize) -> Self {
        let concerns_all = matches!(
            self,
            Self::Internal(_) | Self::Busy | Self::Unauthenticated | Self::InBatch { .. }
        );
        if concerns_all {
            return self;
        }
        Self::InBatch {
            index,
            error: Box::new(self),
        }
    }

    /// A fault of ours, described by whatever was at hand.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }
}

/// Every refused field of one input, so that a person can mend them all at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldErrors(Vec<Refusal>);

/// Why one field was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The field's name at both doors; for an unknown member, the name that was sent.
    pub field: Cow<'static, str>,
    /// A stable word for programs.
    pub code: &'static str,
    /// A lower-case clause for people: what is wrong and what to do.
    pub sentence: Sentence,
}

/// A clause for people, said in whatever language they read.
#[derive(Clone)]
pub enum Sentence {
    /// English alone: what only a program can get wrong, whose maker reads it.
    Plain(Cow<'static, str>),
    /// A message of the catalogue.
    Said(fn(Locale) -> &'static str),
    /// A message of the catalogue with parts that differ.
    Told(Arc<dyn Fn(Locale) -> String + Send + Sync>),
}

impl Sentence {
    /// A message of the catalogue with parts that differ.
    pub fn told(say: impl Fn(Locale) -> String + Send + Sync + 'static) -> Self {
        Self::Told(Arc::new(say))
    }

    /// The clause in a language.
    pub fn in_locale(&self, locale: Locale) -> Cow<'_, str> {
        match self {
            Self::Plain(clause) => Cow::Borrowed(clause),
            Self::Said(message) => Cow::Borrowed(message(locale)),
            Self::Told(message) => Cow::Owned(message(locale)),
        }
    }
}

/// In English, as programs and logs have it.
impl std::fmt::Display for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.in_locale(ORIGINAL))
    }
}

impl std::fmt::Debug for Sentence {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.in_locale(ORIGINAL))
    }
}

impl PartialEq for Sentence {
    fn eq(&self, other: &Self) -> bool {
        self.in_locale(ORIGINAL) == other.in_locale(ORIGINAL)
    }
}

impl Eq for Sentence {}

impl From<&'static str> for Sentence {
    fn from(clause: &'static str) -> Self {
        Self::Plain(Cow::Borrowed(clause))
    }
}

impl From<String> for Sentence {
    fn from(clause: String) -> Self {
        Self::Plain(Cow::Owned(clause))
    }
}

impl FieldErrors {
    /// Notes one more refusal.
    pub fn add(
        &mut self,
        field: impl Into<Cow<'static, str>>,
        code: &'static str,
        sentence: impl Into<Sentence>,
    ) {
        self.0.push(Refusal {
            field: field.into(),
            code,
            sentence: sentence.into(),
        });
    }

    /// Keeps the value, or notes the refusal and goes on.
    pub fn take<T>(&mut self, checked: Result<T, Refusal>) -> Option<T> {
        match checked {
            Ok(value) => Some(value),
            Err(refusal) => {
                self.0.push(refusal);
                None
            }
        }
    }

    /// Fails with everything noted so far, if anything was, as parameters of a query string.
    pub fn into_query_result(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::InvalidQuery(self))
        }
    }

    /// Fails with everything noted so far, if anything was.
    pub fn into_result(self) -> Result<()> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Error::Invalid(self))
        }
    }

    /// Whether nothing was refused.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The refusals in the order in which they were found.
    pub fn iter(&self) -> std::slice::Iter<'_, Refusal> {
        self.0.iter()
    }
}

impl<'a> IntoIterator for &'a FieldErrors {
    type Item = &'a Refusal;
    type IntoIter = std::slice::Iter<'a, Refusal>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl Refusal {
    /// A refusal of `field`.
    pub fn new(field: &'static str, code: &'static str, sentence: impl Into<Sentence>) -> Self {
        Self {
            field: field.into(),
            code,
            sentence: sentence.into(),
        }
    }
}
