//! How each [`Error`] is called in HTTP, and what its problem type means (RFC 9457).

use actix_web::http::StatusCode;

use crate::error::Error;

/// One kind of problem, explained at `/problems/{code}`.
#[derive(Debug)]
pub struct Kind {
    /// A stable word, the last part of the type's address.
    pub code: &'static str,
    /// The status it travels with.
    pub status: StatusCode,
    /// The problem in a few words.
    pub title: &'static str,
    /// What it means.
    pub meaning: &'static str,
    /// What the caller can do about it.
    pub remedy: &'static str,
}

macro_rules! kinds {
    ($($name:ident = $status:ident $code:literal, $title:literal, $meaning:literal, $remedy:literal;)+) => {
        $(static $name: Kind = Kind {
            code: $code,
            status: StatusCode::$status,
            title: $title,
            meaning: $meaning,
            remedy: $remedy,
        };)+
        /// Every kind there is.
        pub static KINDS: &[&Kind] = &[$(&$name),+];
    };
}

kinds! {
    MALFORMED = BAD_REQUEST "malformed", "Not readable",
        "The body is not JSON, or a header is not of its standard's form.",
        "Send one JSON object in UTF-8; the detail says where reading stopped.";
    UNAUTHENTICATED = UNAUTHORIZED "unauthenticated", "Not signed in",
        "No bearer token was sent, or it has expired or was ended.",
        "Log in again and send the new token as Authorization: Bearer.";
    WRONG_PASSWORD = UNAUTHORIZED "wrong-password", "Wrong e-mail or password",
        "There is no account with this e-mail address and this password.",
        "Check both; which of the two is wrong is never told.";
    CODE_REQUIRED = UNAUTHORIZED "code-required", "A code is wanted",
        "The password was right, and two-step sign-in is on for this account.",
        "Send the current code of the authenticator app, or a recovery code, as totp.";
    WRONG_CODE = UNAUTHORIZED "wrong-code", "Wrong code",
        "The code is not the current one, or it was used already.",
        "Wait for the next code of the app; the clock of its device has to be right.";
    UNCONFIRMED = FORBIDDEN "unconfirmed", "Address not confirmed",
        "The password is right, and nobody has followed the link in the mail that was sent at sign-up.",
        "Follow it, or have it sent again with /api/auth/confirm-request.";
    DEAD_LINK = BAD_REQUEST "dead-link", "Link not good any more",
        "The token of the link was used, has expired, was replaced by a later one, or never was.",
        "Ask for a new one.";
    FORBIDDEN = FORBIDDEN "forbidden", "Not allowed",
        "A rule of this server forbids it, whoever asks.",
        "The detail names the rule.";
    OUT_OF_SCOPE = FORBIDDEN "insufficient-scope", "Not with this token",
        "The token is good, and what was asked is more than it may do.",
        "Use a personal token with the scope write; the account itself takes a token from /api/auth/login.";
    NOT_FOUND = NOT_FOUND "not-found", "Not found",
        "There is no such thing, or it belongs to somebody else.",
        "Check the id; a task that was deleted for good does not come back.";
    METHOD_NOT_ALLOWED = METHOD_NOT_ALLOWED "method-not-allowed", "Method not allowed",
        "The address exists and does not answer this method.",
        "The Allow header lists the methods that it answers.";
    NOT_ACCEPTABLE = NOT_ACCEPTABLE "not-acceptable", "Not acceptable",
        "The Accept header rules JSON out, and there is nothing else.",
        "Accept application/json, or leave the header out.";
    TIMEOUT = REQUEST_TIMEOUT "timeout", "Too slow",
        "The request did not arrive in time.",
        "Send it again.";
    CONFLICT = CONFLICT "conflict", "Conflict",
        "What was asked clashes with what is there.",
        "The detail says with what, and how to go on.";
    PRECONDITION_FAILED = PRECONDITION_FAILED "precondition-failed", "Changed meanwhile",
        "The entity tag in If-Match is not that of the current version.",
        "Get the current version, apply the change to it, and send it with the new ETag.";
    TOO_LARGE = PAYLOAD_TOO_LARGE "too-large", "Too large",
        "The body is larger than this address takes.",
        "Send less at once; the detail names the limit.";
    UNSUPPORTED_MEDIA_TYPE = UNSUPPORTED_MEDIA_TYPE "unsupported-media-type", "Unsupported media type",
        "The body is of a type, charset or encoding that is not read here.",
        "Send application/json in UTF-8, not compressed.";
    MISDIRECTED = MISDIRECTED_REQUEST "misdirected", "Unknown host",
        "The server does not answer for the host name in this request.",
        "Use its own address; its operator can add names with TICKBOX_ALLOWED_HOSTS.";
    INVALID = UNPROCESSABLE_ENTITY "invalid", "Not valid",
        "The input was read, and some of it breaks a rule.",
        "errors names every member or parameter with what is wrong.";
    TOO_MANY_REQUESTS = TOO_MANY_REQUESTS "too-many-requests", "Too many attempts",
        "Too much was tried in too short a time.",
        "Wait as many seconds as Retry-After says.";
    INTERNAL = INTERNAL_SERVER_ERROR "internal", "Server error",
        "Something went wrong on the server's side, and nothing was changed.",
        "Try again later; the operator finds the cause in the log under the request_id.";
    UNAVAILABLE = SERVICE_UNAVAILABLE "unavailable", "Busy",
        "Everything that could answer this is busy, or the database does not answer.",
        "Try again after as many seconds as Retry-After says.";
}

impl Kind {
    /// What kind of problem an error is.
    pub fn of(error: &Error) -> &'static Self {
        match error {
            Error::NotFound => &NOT_FOUND,
            Error::Unauthenticated => &UNAUTHENTICATED,
            Error::WrongPassword => &WRONG_PASSWORD,
            Error::CodeRequired => &CODE_REQUIRED,
            Error::WrongCode => &WRONG_CODE,
            Error::Unconfirmed => &UNCONFIRMED,
            Error::DeadLink => &DEAD_LINK,
            Error::Forbidden(_) => &FORBIDDEN,
            Error::OutOfScope(_) => &OUT_OF_SCOPE,
            Error::Invalid(_) | Error::InvalidQuery(_) => &INVALID,
            Error::Conflict { .. } => &CONFLICT,
            Error::Stale => &PRECONDITION_FAILED,
            Error::Malformed(_) => &MALFORMED,
            Error::UnsupportedMediaType(_) => &UNSUPPORTED_MEDIA_TYPE,
            Error::NotAcceptable => &NOT_ACCEPTABLE,
            Error::TooLarge(_) => &TOO_LARGE,
            Error::MethodNotAllowed => &METHOD_NOT_ALLOWED,
            Error::Timeout => &TIMEOUT,
            Error::Misdirected => &MISDIRECTED,
            Error::SlowDown(_) => &TOO_MANY_REQUESTS,
            Error::Busy => &UNAVAILABLE,
            Error::InBatch { error, .. } => Self::of(error),
            Error::Internal(_) => &INTERNAL,
        }
    }

    /// The kind with this code.
    pub fn named(code: &str) -> Option<&'static Self> {
        KINDS.iter().copied().find(|kind| kind.code == code)
    }
}

/// Seconds to wait before trying again, for the errors that pass by themselves.
pub fn retry_after(error: &Error) -> Option<u64> {
    match error {
        Error::SlowDown(seconds) => Some(*seconds),
        Error::Busy => Some(2),
        Error::NotFound
        | Error::Unauthenticated
        | Error::WrongPassword
        | Error::CodeRequired
        | Error::WrongCode
        | Error::Unconfirmed
        | Error::DeadLink
        | Error::Forbidden(_)
        | Error::OutOfScope(_)
        | Error::Invalid(_)
        | Error::InvalidQuery(_)
        | Error::Conflict { .. }
        | Error::Stale
        | Error::InBatch { .. }
        | Error::Malformed(_)
        | Error::UnsupportedMediaType(_)
        | Error::NotAcceptable
        | Error::TooLarge(_)
        | Error::MethodNotAllowed
        | Error::Timeout
        | Error::Misdirected
        | Error::Internal(_) => None,
    }
}
