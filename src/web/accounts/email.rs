//! The address of an account, at both doors.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use utoipa::ToSchema;

use super::api::{TokenJson, answer, texts};
use super::pages::{enter, mailed};
use super::refused::Refused;
use super::reset::{MailedJson, accepted};
use super::views::EmailPage;
use crate::accounts::Email;
use crate::accounts::actions::{EmailChange, change_email};
use crate::error::{Error, Result};
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody};
use crate::web::page_error::PageResult;
use crate::web::tasks::navigation::{Here, frame};
use crate::web::visitor::{ApiUser, PageUser, Visitor, asked_locale};
use crate::web::{client, render};
use crate::words::Locale;

const HERE: &str = "/settings/email";

/// `GET /settings/email`
pub async fn show(user: PageUser) -> PageResult {
    let page = page(&user, String::new()).await?;
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /settings/email`
pub async fn change(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let typed = form.text("email").to_owned();
    let changing = async {
        let [email, password] = form.texts(["email", "password"])?;
        act(&user, &request, (&email, &password)).await
    };
    match changing.await {
        Ok(EmailChange::Done(signed_in)) => enter(user.state(), &request, &signed_in, HERE).await,
        Ok(EmailChange::Mailed) => {
            let page = page(&user, String::new()).await?;
            Ok(mailed(page.frame, Locale::mailed_change))
        }
        Err(error) => {
            let mut page = page(&user, typed).await?;
            let refused = Refused::said(error, &["email", "password"], page.frame.say)?;
            let response = refused.response();
            (page.errors, page.notice) = (refused.errors, refused.notice);
            Ok(render::uncached(response, &page))
        }
    }
}

async fn act(
    user: &Visitor,
    request: &HttpRequest,
    (email, password): (&str, &str),
) -> Result<EmailChange> {
    let email = Email::parse(email)
        .map_err(|refusal| Error::invalid("email", refusal.code, refusal.sentence))?;
    let lobby = user.state().lobby(asked_locale(request.headers()));
    let caller = client::caller(user.state(), request);
    let asked = (email, password);
    change_email(&lobby, user.credential(), asked, &caller, user.now()).await
}

async fn page(user: &Visitor, email: String) -> Result<EmailPage> {
    let (state, now) = (user.state().clone(), user.now());
    let (standing, nav) = user.look(move |mine| mine.nav(state.navs(), now)).await?;
    Ok(EmailPage {
        frame: frame(&standing, &nav, &Here::Address(HERE)),
        address: standing.email.to_string(),
        is_verified: standing.email_verified_at.is_some(),
        sends_mail: user.state().post().is_some(),
        email,
        errors: Vec::new(),
        notice: None,
    })
}

/// Another address for the account.
#[derive(ToSchema)]
#[schema(as = EmailChange)]
#[expect(
    dead_code,
    reason = "describes what `change_by_api` reads, for the OpenAPI document"
)]
pub struct EmailInput {
    /// The account's password.
    #[schema(format = Password)]
    password: String,
    /// The new address.
    #[schema(example = "ann@example.org")]
    email: String,
}

/// Gives the account another address.
#[utoipa::path(put, path = "/api/me/email", tag = "accounts", operation_id = "change_email",
    description = "Where the server sends mail, the change waits until the link in a mail to the new \
        address is followed. Either way every token of the account ends with it.",
    request_body = EmailInput,
    responses(
        (status = 200, description = "It changed; the token that replaces all before", body = TokenJson<'_>),
        (status = 202, description = "A mail is on its way to the new address", body = MailedJson),
        (status = 403, description = "Not with a token of this kind", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "The address has an account", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn change_by_api(
    user: ApiUser,
    request: HttpRequest,
    JsonBody(body): JsonBody,
) -> ApiResult {
    let [password, email] = texts(&request, body, ["password", "email"])?;
    Ok(match act(&user, &request, (&email, &password)).await? {
        EmailChange::Done(signed_in) => answer(StatusCode::OK, &signed_in),
        EmailChange::Mailed => accepted(),
    })
}
