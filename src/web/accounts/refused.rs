//! What the forms of accounts say when they were refused.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpResponse, HttpResponseBuilder};

use crate::error::{Error, Result};
use crate::web::frame::FieldError;
use crate::web::page_error::{field_errors, sentence};
use crate::web::problem::{Kind, retry_after};
use crate::web::visitor::Visitor;
use crate::words::Locale;

/// Why a form was refused, in words.
pub struct Refused {
    /// What is wrong with its fields.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
    status: StatusCode,
    retry_after: Option<u64>,
}

impl Refused {
    /// The words for who is signed in; errors that nobody can mend in the form pass on.
    pub async fn of(error: Error, fields: &[&'static str], user: &Visitor) -> Result<Self> {
        let standing = user.standing().await?;
        Self::said(error, fields, standing.settings.locale)
    }

    /// The words in a language; errors that nobody can mend in the form pass on.
    pub fn said(error: Error, fields: &[&'static str], say: Locale) -> Result<Self> {
        let mut refused = Self {
            errors: Vec::new(),
            notice: None,
            status: Kind::of(&error).status,
            retry_after: retry_after(&error),
        };
        let at = |field| {
            let sentence = sentence(&error, say);
            vec![FieldError { field, sentence }]
        };
        if let Error::Invalid(errors) = &error {
            refused.errors = field_errors(fields, errors, say);
        } else if let Error::Conflict { field, .. } = &error {
            refused.errors = at(field);
        } else if matches!(error, Error::WrongPassword) {
            refused.errors = at(fields.first().copied().unwrap_or_default());
        } else if matches!(error, Error::WrongCode) {
            refused.errors = at("code");
        } else if matches!(error, Error::Stale | Error::Unconfirmed)
            || refused.retry_after.is_some()
        {
            refused.notice = Some(sentence(&error, say));
        } else {
            return Err(error);
        }
        Ok(refused)
    }

    /// The beginning of the answer that has the form again.
    pub fn response(&self) -> HttpResponseBuilder {
        let mut response = HttpResponse::build(self.status);
        if self.status == StatusCode::UNAUTHORIZED {
            // RFC 9110 wants a challenge; browsers ask nobody for a bearer token.
            response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"tickbox\""));
        }
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, seconds));
        }
        response
    }
}
