//! Whom to tell of a hole in this server (RFC 9116).

use std::fmt::Write as _;

use actix_web::http::header;
use actix_web::{HttpResponse, web};

use super::page_error::PageResult;
use super::state::State;
use crate::error::Error;

/// How long what is said holds, in seconds: it is made anew with each answer.
const GOOD_FOR: i64 = 30 * 24 * 60 * 60;

/// `GET /.well-known/security.txt`; nothing is there until the operator has named a contact.
pub async fn file(state: web::Data<State>) -> PageResult {
    let config = state.config();
    let contact = config.security_contact.as_ref().ok_or(Error::NotFound)?;
    let expires = state.now().plus_seconds(GOOD_FOR).rfc3339();
    let mut text = format!("Contact: {contact}\nExpires: {expires}\nPreferred-Languages: en, de\n");
    if let Some(url) = &config.public_url {
        let canonical = writeln!(text, "Canonical: {}/.well-known/security.txt", url.origin());
        canonical.map_err(Error::internal)?;
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=86400"))
        .content_type("text/plain; charset=utf-8")
        .body(text))
}
