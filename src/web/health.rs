//! Whether the server lives, and whether it can work.

use actix_web::http::header::ContentType;
use actix_web::{HttpResponse, web};

use super::state::State;

/// `GET /healthz`: the process answers.
pub async fn live() -> HttpResponse {
    HttpResponse::Ok()
        .content_type(ContentType::plaintext())
        .body("ok\n")
}

/// `GET /readyz`: the database answers, too.
pub async fn ready(state: web::Data<State>) -> HttpResponse {
    match state.store().is_ready().await {
        Ok(()) => HttpResponse::Ok()
            .content_type(ContentType::plaintext())
            .body("ready\n"),
        Err(error) => {
            log::warn!("not ready: {error}");
            HttpResponse::ServiceUnavailable()
                .content_type(ContentType::plaintext())
                .insert_header(("retry-after", "2"))
                .body("the database does not answer\n")
        }
    }
}
