//! [`Error`] at the pages' door: a page in plain words, or the way to the log-in.

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};

use super::error_views::ErrorPage;
use super::frame::{FieldError, Frame, Link};
use super::problem::{Kind, retry_after};
use super::{cookie, next, render};
use crate::error::{Error, FieldErrors};
use crate::words::Locale;

/// What `?` makes of an error in a handler of a page.
#[derive(Debug)]
pub struct PageError(pub Error);

/// The result of a handler of a page.
pub type PageResult<T = HttpResponse> = Result<T, PageError>;

impl<E: Into<Error>> From<E> for PageError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl std::fmt::Display for PageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for PageError {
    fn status_code(&self) -> actix_web::http::StatusCode {
        Kind::of(&self.0).status
    }

    /// An empty answer: `watch` renders it, because only there the request is known.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// What an error page needs to know of the request that failed.
#[derive(Debug)]
pub struct Failed<'a> {
    /// The id in the log.
    pub request_id: &'a str,
    /// The address, if it was only read and can be read again after signing in.
    pub read: Option<&'a str>,
    /// Whether a session cookie was sent that is of no use.
    pub sent_session: bool,
    /// Whether cookies are `Secure`.
    pub is_https: bool,
    /// The language that the browser asks for.
    pub say: Locale,
}

/// The page for an error.
///
/// Plain, without the navigation of somebody signed in: whether anybody is, nobody asked yet.
pub fn render_page(error: &Error, failed: &Failed<'_>) -> HttpResponse {
    if matches!(error, Error::Unauthenticated) {
        return to_login(failed);
    }
    let kind = Kind::of(error);
    let page = ErrorPage {
        frame: Frame::signed_out(failed.say),
        status: kind.status.as_u16(),
        title: kind.title.to_owned(),
        sentence: sentence(error, failed.say),
        hint: hint(error),
        request_id: failed.request_id.to_owned(),
        way_on: Link {
            href: next::HOME.to_owned(),
            label: "Go to your tasks".to_owned(),
        },
    };
    let mut response = HttpResponse::build(kind.status);
    if let Some(seconds) = retry_after(error) {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    render::uncached(response, &page)
}

fn to_login(failed: &Failed<'_>) -> HttpResponse {
    let wanted = failed
        .read
        .and_then(next::accepted)
        .filter(|wanted| *wanted != next::HOME);
    let address = match wanted {
        Some(wanted) => {
            let all = percent_encoding::NON_ALPHANUMERIC;
            format!(
                "/login?next={}",
                percent_encoding::utf8_percent_encode(wanted, all)
            )
        }
        None => "/login".to_owned(),
    };
    let mut response = HttpResponse::SeeOther();
    response.insert_header((header::LOCATION, address));
    if failed.sent_session {
        response.cookie(cookie::clear(failed.is_https));
    }
    response.finish()
}

/// The sentence of an error, as a sentence.
pub fn sentence(error: &Error, say: Locale) -> String {
    match error {
        Error::InvalidQuery(errors) => {
            let clauses = errors.iter().map(|refusal| refusal.sentence.in_locale(say));
            sentence_case(&clauses.collect::<Vec<_>>().join("; "))
        }
        Error::Conflict { sentence, .. } | Error::Forbidden(sentence) => {
            sentence_case(&sentence.in_locale(say))
        }
        Error::NotFound
        | Error::Unauthenticated
        | Error::WrongPassword
        | Error::Invalid(_)
        | Error::Stale
        | Error::Malformed(_)
        | Error::UnsupportedMediaType(_)
        | Error::NotAcceptable
        | Error::TooLarge(_)
        | Error::MethodNotAllowed
        | Error::Timeout
        | Error::Misdirected
        | Error::SlowDown(_)
        | Error::Busy
        | Error::InBatch { .. }
        | Error::Internal(_) => sentence_case(&error.to_string()),
    }
}

/// A clause with a capital letter and a full stop.
pub fn sentence_case(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

fn hint(error: &Error) -> Option<String> {
    let hints: [(bool, &str); 4] = [
        (
            matches!(error, Error::NotFound),
            "It may have been deleted for good, or the address has a slip in it.",
        ),
        (
            matches!(error, Error::Stale),
            "Go back, load the page again and repeat your change.",
        ),
        (
            matches!(error, Error::Busy),
            "Nothing is lost. Wait a moment and send it again.",
        ),
        (
            matches!(error, Error::Internal(_)),
            "Nothing was changed. If it happens again, tell the person who runs this server, \
             and give them the number below.",
        ),
    ];
    let hint = hints.iter().find(|(is_this, _)| *is_this)?.1;
    Some(hint.to_owned())
}

/// The refusals beside the fields that a form has; the rest stands in the summary alone.
pub fn field_errors(fields: &[&'static str], errors: &FieldErrors, say: Locale) -> Vec<FieldError> {
    let shown = errors.iter().map(|refusal| {
        let field = fields.iter().find(|field| **field == refusal.field);
        match field {
            Some(field) => FieldError {
                field,
                sentence: sentence_case(&refusal.sentence.in_locale(say)),
            },
            None => FieldError {
                field: "",
                sentence: format!("{}: {}.", refusal.field, refusal.sentence.in_locale(say)),
            },
        }
    });
    shown.collect()
}
