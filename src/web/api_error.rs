//! [`Error`] at the API's door: `application/problem+json` (RFC 9457).

use std::borrow::Cow;

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;
use utoipa::ToSchema;

use super::problem::{Kind, retry_after};
use crate::error::Error;
use crate::words::ORIGINAL;

/// What `?` makes of an error in a handler of the API.
#[derive(Debug)]
pub struct ApiError(pub Error);

/// The result of a handler of the API.
pub type ApiResult<T = HttpResponse> = Result<T, ApiError>;

impl<E: Into<Error>> From<E> for ApiError {
    fn from(error: E) -> Self {
        Self(error.into())
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        Kind::of(&self.0).status
    }

    /// An empty answer: `watch` renders it, because only there the request is known.
    fn error_response(&self) -> HttpResponse {
        HttpResponse::new(self.status_code())
    }
}

/// A problem document.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem)]
pub struct Problem<'a> {
    /// Address of a page that explains this kind of problem.
    #[serde(rename = "type")]
    #[schema(example = "/problems/invalid")]
    type_: String,
    /// The kind of problem in a few words.
    title: &'a str,
    /// The HTTP status.
    #[schema(example = 422)]
    status: u16,
    /// What happened, for people.
    detail: String,
    /// The kind of problem as a stable word.
    code: &'a str,
    /// The id of this request in the server's log; with 500 and 503 only.
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<&'a str>,
    /// Which operation of a batch it was, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    index: Option<usize>,
    /// Every member or parameter that was refused.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ProblemField<'a>>,
}

/// One refused member or parameter.
#[derive(Serialize, ToSchema)]
pub struct ProblemField<'a> {
    /// JSON pointer of the member (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<String>,
    /// Name of the query parameter.
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'a str>,
    /// A stable word.
    code: &'a str,
    /// What is wrong and what to do, for people.
    #[schema(value_type = String)]
    detail: Cow<'a, str>,
}

/// The problem document of an error.
pub fn render(error: &Error, request_id: &str, sent_token: bool) -> HttpResponse {
    let kind = Kind::of(error);
    let (index, cause) = if let Error::InBatch { index, error } = error {
        (Some(*index), &**error)
    } else {
        (None, error)
    };
    let mut response = HttpResponse::build(kind.status);
    response.content_type("application/problem+json");
    if kind.status == StatusCode::UNAUTHORIZED {
        let challenge = match (error, sent_token) {
            (Error::Unauthenticated, true) => "Bearer realm=\"tickbox\", error=\"invalid_token\"",
            _ => "Bearer realm=\"tickbox\"",
        };
        response.insert_header((header::WWW_AUTHENTICATE, challenge));
    }
    if matches!(error, Error::OutOfScope(_)) {
        let challenge = "Bearer realm=\"tickbox\", error=\"insufficient_scope\"";
        response.insert_header((header::WWW_AUTHENTICATE, challenge));
    }
    if let Some(seconds) = retry_after(error) {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    response.json(Problem {
        type_: format!("/problems/{}", kind.code),
        title: kind.title,
        status: kind.status.as_u16(),
        detail: cause.to_string(),
        code: kind.code,
        request_id: matches!(error, Error::Internal(_) | Error::Busy).then_some(request_id),
        index,
        errors: fields(cause),
    })
}

fn fields(error: &Error) -> Vec<ProblemField<'_>> {
    if let Error::Conflict { field, sentence } = error {
        let pointer = Some(pointer(field));
        return vec![ProblemField {
            pointer,
            parameter: None,
            code: "conflict",
            detail: sentence.in_locale(ORIGINAL),
        }];
    }
    let in_query = matches!(error, Error::InvalidQuery(_));
    let (Error::Invalid(errors) | Error::InvalidQuery(errors)) = error else {
        return Vec::new();
    };
    errors
        .iter()
        .map(|refusal| ProblemField {
            pointer: (!in_query).then(|| pointer(&refusal.field)),
            parameter: in_query.then_some(&*refusal.field),
            code: refusal.code,
            detail: refusal.sentence.in_locale(ORIGINAL),
        })
        .collect()
}

fn pointer(member: &str) -> String {
    format!("/{}", member.replace('~', "~0").replace('/', "~1"))
}
