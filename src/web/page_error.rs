//! [`Error`] at the pages' door: a page in plain words, or the way to the log-in.

use actix_web::http::header;
use actix_web::{HttpResponse, ResponseError};

use super::error_views::ErrorPage;
use super::frame::{FieldError, Frame};
use super::markup::Html;
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
    let (kind, say) = (Kind::of(error), failed.say);
    let request = Some(failed.request_id).filter(|id| !id.is_empty());
    let request = request.map(|id| {
        let id = Html::element("code", id);
        Html::sentence([&id], |[id]| say.error_request(id))
    });
    let page = ErrorPage {
        frame: Frame::signed_out(say),
        status: kind.status.as_u16(),
        title: title(error, say),
        sentence: sentence(error, say),
        hint: hint(error, say),
        request,
        way_on: next::HOME,
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
        response.cookie(cookie::SESSION.clear(failed.is_https));
    }
    response.finish()
}

/// The sentence of an error, as a sentence.
pub fn sentence(error: &Error, say: Locale) -> String {
    match error {
        Error::Invalid(errors) | Error::InvalidQuery(errors) => {
            let clauses = errors.iter().map(|refusal| refusal.sentence.in_locale(say));
            sentence_case(&clauses.collect::<Vec<_>>().join("; "))
        }
        Error::Conflict { sentence, .. } | Error::Forbidden(sentence) => {
            sentence_case(&sentence.in_locale(say))
        }
        Error::OutOfScope(detail) => sentence_case(detail),
        Error::Malformed(detail) => say.error_malformed_said(sentence_case(detail)),
        Error::UnsupportedMediaType(detail) => say.error_media_type_said(sentence_case(detail)),
        Error::TooLarge(bytes) => say.error_too_large_said(bytes),
        Error::SlowDown(seconds) => say.error_slow_down_said(seconds),
        Error::InBatch { error, .. } => sentence(error, say),
        Error::NotFound => say.error_not_found_said().to_owned(),
        Error::Unauthenticated => say.error_signed_out_said().to_owned(),
        Error::WrongPassword => say.error_password_said().to_owned(),
        Error::CodeRequired | Error::WrongCode => say.error_code_said().to_owned(),
        Error::Unconfirmed => say.error_unconfirmed_said().to_owned(),
        Error::DeadLink => say.error_dead_link_said().to_owned(),
        Error::Stale => say.error_stale_said().to_owned(),
        Error::NotAcceptable => say.error_not_acceptable_said().to_owned(),
        Error::MethodNotAllowed => say.error_method_said().to_owned(),
        Error::Timeout => say.error_timeout_said().to_owned(),
        Error::Misdirected => say.error_misdirected_said().to_owned(),
        Error::Busy => say.error_busy_said().to_owned(),
        Error::Internal(_) => say.error_internal_said().to_owned(),
    }
}

/// An error in a few words.
fn title(error: &Error, say: Locale) -> &'static str {
    match error {
        Error::Malformed(_) => say.error_malformed(),
        Error::UnsupportedMediaType(_) => say.error_media_type(),
        Error::TooLarge(_) => say.error_too_large(),
        Error::SlowDown(_) => say.error_slow_down(),
        Error::InBatch { error, .. } => title(error, say),
        Error::NotFound => say.error_not_found(),
        Error::Unauthenticated => say.error_signed_out(),
        Error::WrongPassword => say.error_password(),
        Error::CodeRequired | Error::WrongCode => say.error_code(),
        Error::Unconfirmed => say.error_unconfirmed(),
        Error::DeadLink => say.error_dead_link(),
        Error::Forbidden(_) | Error::OutOfScope(_) => say.error_forbidden(),
        Error::Invalid(_) | Error::InvalidQuery(_) => say.error_invalid(),
        Error::Conflict { .. } => say.error_conflict(),
        Error::Stale => say.error_stale(),
        Error::NotAcceptable => say.error_not_acceptable(),
        Error::MethodNotAllowed => say.error_method(),
        Error::Timeout => say.error_timeout(),
        Error::Misdirected => say.error_misdirected(),
        Error::Busy => say.error_busy(),
        Error::Internal(_) => say.error_internal(),
    }
}

/// A clause with a capital letter and a full stop.
pub fn sentence_case(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    first.chain(letters).chain(['.']).collect()
}

/// What to do about an error.
fn hint(error: &Error, say: Locale) -> Option<&'static str> {
    let hints = [
        (matches!(error, Error::NotFound), say.error_not_found_hint()),
        (matches!(error, Error::Stale), say.error_stale_hint()),
        (matches!(error, Error::Busy), say.error_busy_hint()),
        (
            matches!(error, Error::Internal(_)),
            say.error_internal_hint(),
        ),
    ];
    let hint = hints.iter().find(|(is_this, _)| *is_this)?;
    Some(hint.1)
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
