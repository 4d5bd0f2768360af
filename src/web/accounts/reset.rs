//! Setting a new password by a link, at both doors.
//!
//! Reading the address of a link changes nothing, however often a mail scanner does it; only the form
//! on its page uses the link up.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use serde::Serialize;
use utoipa::ToSchema;

use super::api::texts;
use super::pages::{asked, mailed};
use super::refused::Refused;
use super::views::{MessagePage, NewPasswordPage, ResetPage};
use crate::accounts::Email;
use crate::accounts::actions::{reset_password, wish_for};
use crate::accounts::password::Password;
use crate::error::{Error, FieldErrors, Result, Sentence};
use crate::mail::WishedLink;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody, Members};
use crate::web::frame::Frame;
use crate::web::page_error::PageResult;
use crate::web::state::State;
use crate::web::visitor::asked_locale;
use crate::web::{client, render};
use crate::words::Locale;

/// `GET /reset`
pub async fn show_ask(state: web::Data<State>, request: HttpRequest) -> PageResult {
    let page = ask_page(&state, &request, String::new());
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /reset`
///
/// The same page for every address.
pub async fn ask(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(body): FormBody,
) -> PageResult {
    let say = asked_locale(request.headers());
    let (email, parsed) = read_email(body);
    let asking = async { wish(&state, &request, WishedLink::Reset, parsed?).await };
    match asking.await {
        Ok(()) => Ok(mailed(Frame::signed_out(say), Locale::mailed_reset)),
        Err(error) => {
            let refused = Refused::said(error, &["email"], say)?;
            let response = refused.response();
            let page = ResetPage {
                errors: refused.errors,
                notice: refused.notice,
                ..ask_page(&state, &request, email)
            };
            Ok(render::uncached(response, &page))
        }
    }
}

fn ask_page(state: &State, request: &HttpRequest, email: String) -> ResetPage {
    ResetPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        email,
        sends_mail: state.post().is_some(),
        errors: Vec::new(),
        notice: None,
    }
}

/// The address in a form, as typed and as read.
pub(super) fn read_email(mut body: Members) -> (String, Result<Email>) {
    let typed = body.take_text("email");
    let mut errors = FieldErrors::default();
    body.refuse_rest(&mut errors);
    let parsed = parse_email(&typed);
    (typed, errors.into_result().and(parsed))
}

/// An address, or its refusal.
pub(super) fn parse_email(typed: &str) -> Result<Email> {
    let refused =
        |refusal: crate::error::Refusal| Error::invalid("email", refusal.code, refusal.sentence);
    Email::parse(typed).map_err(refused)
}

/// Has a link mailed, if there is an account that it is for.
pub(super) async fn wish(
    state: &State,
    request: &HttpRequest,
    link: WishedLink,
    email: Email,
) -> Result<()> {
    let lobby = state.lobby(asked_locale(request.headers()));
    let caller = client::caller(state, request);
    wish_for(&lobby, link, &email, &caller, state.now()).await
}

/// `GET /reset/new`
pub async fn show_new(request: HttpRequest) -> PageResult {
    let page = NewPasswordPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        token: asked(&request, "token"),
        errors: Vec::new(),
        notice: None,
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /reset/new`
pub async fn set_new(
    state: web::Data<State>,
    request: HttpRequest,
    FormBody(form): FormBody,
) -> PageResult {
    let say = asked_locale(request.headers());
    let token = form.text("token").to_owned();
    let setting = async {
        let [token, typed] = form.texts(["token", "password"])?;
        set(&state, &request, (&token, &typed)).await
    };
    match setting.await {
        Ok(()) => Ok(render::see_other("/reset/done")),
        Err(error) => {
            let refused = Refused::said(error, &["password"], say)?;
            let response = refused.response();
            let page = NewPasswordPage {
                frame: Frame::signed_out(say),
                token,
                errors: refused.errors,
                notice: refused.notice,
            };
            Ok(render::uncached(response, &page))
        }
    }
}

async fn set(state: &State, request: &HttpRequest, (token, typed): (&str, &str)) -> Result<()> {
    let password = Password::parse(typed)
        .map_err(|refusal| Error::invalid("password", refusal.code, refusal.sentence))?;
    let lobby = state.lobby(asked_locale(request.headers()));
    let caller = client::caller(state, request);
    reset_password(&lobby, token, password, &caller, state.now()).await
}

/// `GET /reset/done`
pub async fn done(request: HttpRequest) -> PageResult {
    let frame = Frame::signed_out(asked_locale(request.headers()));
    let say = frame.say;
    let page = MessagePage {
        frame,
        title: say.reset_done_title(),
        sentences: vec![say.reset_done()],
        way_on: "/login",
        way_on_label: say.login_title(),
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// An address to which a link is mailed.
#[derive(ToSchema)]
#[schema(as = Address)]
#[expect(
    dead_code,
    reason = "describes what `read_email` reads, for the OpenAPI document"
)]
pub struct AddressInput {
    /// The address.
    #[schema(example = "ann@example.org")]
    email: String,
}

/// A link and the password that it sets.
#[derive(ToSchema)]
#[schema(as = Reset)]
#[expect(
    dead_code,
    reason = "describes what `reset` reads, for the OpenAPI document"
)]
pub struct ResetInput {
    /// What stands behind `token=` in the link.
    token: String,
    /// 8 to 71 bytes.
    #[schema(format = Password)]
    new_password: String,
}

/// What is told when a mail may be on its way.
#[derive(Serialize, ToSchema)]
#[schema(as = Mailed)]
pub struct MailedJson {
    /// The same whatever the address.
    #[schema(example = "look in your mail")]
    detail: &'static str,
}

/// The answer to every address.
pub(super) fn accepted() -> HttpResponse {
    HttpResponse::build(StatusCode::ACCEPTED).json(MailedJson {
        detail: "look in your mail",
    })
}

/// Has a link mailed with which the password can be set anew.
#[utoipa::path(post, path = "/api/auth/reset-request", tag = "accounts", operation_id = "ask_for_reset",
    security(()), request_body = AddressInput,
    responses(
        (status = 202, description = "A mail is on its way, if the address has an account", body = MailedJson),
        (status = 403, description = "This server sends no mail", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many mails", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn request_reset(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let [email] = texts(&request, body, ["email"])?;
    wish(&state, &request, WishedLink::Reset, parse_email(&email)?).await?;
    Ok(accepted())
}

/// Sets a new password with the token of a link, and ends every sign-in.
#[utoipa::path(post, path = "/api/auth/reset", tag = "accounts", operation_id = "reset_password",
    security(()), request_body = ResetInput,
    responses(
        (status = 204, description = "The password is set; log in with it"),
        (status = 400, description = "The link is not good any more", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn reset(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let [token, typed] = texts(&request, body, ["token", "new_password"])?;
    match set(&state, &request, (&token, &typed)).await {
        Ok(()) => Ok(HttpResponse::NoContent().finish()),
        Err(error) => Err(under_its_name(error).into()),
    }
}

/// The refusals of a password under the name that it has at the API.
fn under_its_name(error: Error) -> Error {
    let Error::Invalid(errors) = error else {
        return error;
    };
    let mut renamed = FieldErrors::default();
    for refusal in &errors {
        let sentence: Sentence = refusal.sentence.clone();
        renamed.add("new_password", refusal.code, sentence);
    }
    Error::Invalid(renamed)
}
