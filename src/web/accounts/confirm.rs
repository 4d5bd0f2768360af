//! Proving an address with the link in a mail and the password, at both doors.

use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::ToSchema;

use super::api::{answer, texts};
use super::pages::{asked, enter, mailed};
use super::refused::Refused;
use super::reset::{AddressInput, MailedJson, accepted, parse_email, read_email, wish};
use super::views::{ConfirmPage, MessagePage};
use crate::accounts::actions::{Confirmed, Lobby, confirm_email};
use crate::accounts::password::Password;
use crate::error::{Error, Result};
use crate::mail::WishedLink;
use crate::web::accounts::api::TokenJson;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody};
use crate::web::frame::Frame;
use crate::web::page_error::PageResult;
use crate::web::state::State;
use crate::web::visitor::asked_locale;
use crate::web::{client, next, render, visitor};
use crate::words::Locale;

/// `GET /confirm`
pub async fn show(request: HttpRequest) -> PageResult {
    let page = ConfirmPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        token: asked(&request, "token"),
        errors: Vec::new(),
        notice: None,
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /confirm`
pub async fn confirm(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(form): FormBody,
) -> PageResult {
    let say = asked_locale(request.headers());
    let token = form.text("token").to_owned();
    let lobby = Lobby {
        has_examples: state.config().has_examples,
        ..state.lobby(say)
    };
    let confirming = async {
        let [token, typed] = form.texts(["token", "password"])?;
        prove(&state, &lobby, &request, (&token, &typed)).await
    };
    match confirming.await {
        Ok(Confirmed {
            signed_in: Some(signed_in),
        }) => enter(&state, &request, &signed_in, next::HOME).await,
        Ok(Confirmed { signed_in: None }) => Ok(render::see_other("/confirm/done")),
        Err(error) => {
            let refused = Refused::said(error, &["password"], say)?;
            let response = refused.response();
            let page = ConfirmPage {
                frame: Frame::signed_out(say),
                token,
                errors: refused.errors,
                notice: refused.notice,
            };
            Ok(render::uncached(response, &page))
        }
    }
}

async fn prove(
    state: &State,
    lobby: &Lobby<'_>,
    request: &HttpRequest,
    (token, typed): (&str, &str),
) -> Result<Confirmed> {
    let password = Password::parse(typed)
        .map_err(|refusal| Error::invalid("password", refusal.code, refusal.sentence))?;
    let acting = visitor::session(request).ok();
    let caller = client::caller(state, request);
    confirm_email(lobby, (token, &password), acting, &caller, state.now()).await
}

/// `GET /confirm/done`
pub async fn done(request: HttpRequest) -> PageResult {
    let frame = Frame::signed_out(asked_locale(request.headers()));
    let say = frame.say;
    let page = MessagePage {
        frame,
        title: say.confirm_done_title(),
        sentences: vec![say.confirm_done()],
        way_on: next::HOME,
        way_on_label: say.error_way_on(),
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /signup/again`
///
/// The same page for every address.
pub async fn again(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(body): FormBody,
) -> PageResult {
    let (_, email) = read_email(body);
    wish(&state, &request, WishedLink::Confirm, email?).await?;
    let frame = Frame::signed_out(asked_locale(request.headers()));
    Ok(mailed(frame, Locale::mailed_again))
}

/// A link and the password of the account that it is for.
#[derive(ToSchema)]
#[schema(as = Confirm)]
#[expect(
    dead_code,
    reason = "describes what `confirm_by_api` reads, for the OpenAPI document"
)]
pub struct ConfirmInput {
    /// What stands behind `token=` in the link.
    token: String,
    /// The account's password.
    #[schema(format = Password)]
    password: String,
}

/// Has the link to confirm a new account mailed again.
#[utoipa::path(post, path = "/api/auth/confirm-request", tag = "accounts", operation_id = "ask_for_confirmation",
    security(()), request_body = AddressInput,
    responses(
        (status = 202, description = "A mail is on its way, if an account of that address waits", body = MailedJson),
        (status = 403, description = "This server sends no mail", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many mails", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn request_again(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let [email] = texts(&request, body, ["email"])?;
    wish(&state, &request, WishedLink::Confirm, parse_email(&email)?).await?;
    Ok(accepted())
}

/// Proves an address with the token of a link: of a new account, or the one that an account moves
/// to.
#[utoipa::path(post, path = "/api/auth/confirm", tag = "accounts", operation_id = "confirm_address",
    security(()), request_body = ConfirmInput,
    responses(
        (status = 200, description = "A new account's first token", body = TokenJson<'_>),
        (status = 204, description = "The account has that address; log in again"),
        (status = 400, description = "The link is not good any more", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 401, description = "Wrong password", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "The address has another account by now", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn confirm_by_api(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let [token, typed] = texts(&request, body, ["token", "password"])?;
    let password = Password::parse(&typed)
        .map_err(|refusal| Error::invalid("password", refusal.code, refusal.sentence))?;
    let lobby = state.lobby(asked_locale(request.headers()));
    let caller = client::caller(&state, &request);
    let said = (token.as_str(), &password);
    let confirmed = confirm_email(&lobby, said, None, &caller, state.now()).await?;
    Ok(match confirmed.signed_in {
        Some(signed_in) => answer(actix_web::http::StatusCode::OK, &signed_in),
        None => HttpResponse::NoContent().finish(),
    })
}
