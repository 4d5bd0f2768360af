//! What others look up at a fixed address (RFC 8615): the keys that verify our tokens.

use actix_web::http::header;
use actix_web::{HttpResponse, web};
use serde_json::json;

use super::page_error::{PageError, PageResult};
use super::state::State;
use crate::error::Error;

/// Where the keys are.
pub const JWKS: &str = "/.well-known/jwks.json";

/// `GET /.well-known/jwks.json`: nothing there where only the secret verifies.
pub async fn keys(state: web::Data<State>) -> PageResult {
    let keys = state.tokens().public_keys();
    if keys.is_empty() {
        return Err(PageError(Error::NotFound));
    }
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=300"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"))
        .json(json!({ "keys": keys })))
}
