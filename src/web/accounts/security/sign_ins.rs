//! Who signed in and from where, and the end of every sign-in, at both doors.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Shell, caller, go_on, lobby};
use crate::accounts::actions::credentials::sign_out_everywhere;
use crate::accounts::sign_ins::{Event, Noted};
use crate::error::{FieldErrors, Refusal};
use crate::web::accounts::agent;
use crate::web::accounts::api::{TokenJson, answer};
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody};
use crate::web::frame::{Frame, framed};
use crate::web::page_error::PageResult;
use crate::web::render;
use crate::web::tasks::json::Instant;
use crate::web::tasks::query;
use crate::web::visitor::{ApiUser, PageUser};
use crate::words::Locale;

/// Entries of the page.
const SHOWN: i64 = 100;

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/sign_ins.html")]
pub struct SignInsPage {
    /// What surrounds it.
    pub frame: Frame,
    /// What happened, the latest first.
    pub entries: Vec<Entry>,
}

/// Something that happened.
#[derive(Clone, Debug)]
pub struct Entry {
    /// When, for programs.
    pub iso: String,
    /// When, for people.
    pub at: String,
    /// What.
    pub what: String,
    /// From where and with what.
    pub from: String,
    /// Whether it is one to look at twice.
    pub is_odd: bool,
}

framed!(SignInsPage);

/// `GET /settings/sign-ins`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let (standing, shell) = Shell::of(&user, &request).await?;
    let noted = user.read(|mine| mine.sign_ins(SHOWN)).await?;
    let (say, zone) = (shell.frame.say, standing.zone());
    let entry = |noted: Noted| Entry {
        iso: noted.at.rfc3339(),
        at: say.moment(noted.at.local_in(zone)),
        what: words(&noted, say),
        from: from(&noted, say),
        is_odd: matches!(noted.event, Event::WrongPassword | Event::WrongCode),
    };
    let entries = noted.into_iter().map(entry).collect();
    let page = SignInsPage {
        frame: shell.frame,
        entries,
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

fn words(noted: &Noted, say: Locale) -> String {
    match noted.event {
        Event::SignedUp => say.event_signed_up().to_owned(),
        Event::SignedIn => say.event_signed_in().to_owned(),
        Event::WrongPassword => say.event_wrong_password().to_owned(),
        Event::WrongCode => say.event_wrong_code().to_owned(),
        Event::TokenUsed => say.event_token_used(&noted.means),
        Event::IssuerUsed => say.event_issuer_used(&noted.means),
        Event::PasswordChanged => say.event_password_changed().to_owned(),
        Event::PasswordReset => say.event_password_reset().to_owned(),
        Event::EmailChanged => say.event_email_changed().to_owned(),
        Event::CodesOn => say.event_codes_on().to_owned(),
        Event::CodesOff => say.event_codes_off().to_owned(),
        Event::SignedOutEverywhere => say.event_signed_out_everywhere().to_owned(),
        Event::TokenMade => say.event_token_made(&noted.means),
        Event::TokenRevoked => say.event_token_revoked(&noted.means),
        Event::RecoveryCodeUsed => say.event_recovery_code_used().to_owned(),
    }
}

fn from(noted: &Noted, say: Locale) -> String {
    let browser = agent::words(&noted.browser);
    match (noted.network.as_str(), browser.as_str()) {
        ("", "") => say.event_from_nowhere().to_owned(),
        ("", browser) => browser.to_owned(),
        (network, "") => network.to_owned(),
        (network, browser) => format!("{network} · {browser}"),
    }
}

/// `POST /settings/sign-ins`: ends them all.
pub async fn end(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let [tokens, _next] = form.texts(["tokens", "next"])?;
    let signed_in = sign_out_everywhere(
        &lobby(&user),
        user.credential(),
        tokens == "revoke",
        &caller(&user, &request),
        user.now(),
    )
    .await?;
    Ok(go_on(
        user.state(),
        &signed_in,
        "/settings/sign-ins?done=everywhere",
    ))
}

/// Something that happened to the account.
#[derive(Serialize, ToSchema)]
#[schema(as = SignIn)]
pub struct SignInJson {
    /// Its id.
    id: Uuid,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    at: Instant,
    /// What, as a stable word.
    #[schema(example = "signed_in")]
    event: &'static str,
    /// The name of the personal token or issuer; empty where a password was used.
    means: String,
    /// The IPv4 address, or the /64 of an IPv6 address; may be empty.
    network: String,
    /// What the browser or program called itself; may be empty.
    browser: String,
}

impl From<Noted> for SignInJson {
    fn from(noted: Noted) -> Self {
        Self {
            id: noted.id,
            at: Instant(noted.at),
            event: noted.event.word(),
            means: noted.means,
            network: noted.network,
            browser: noted.browser,
        }
    }
}

/// Lists what happened to the account in the last 90 days, the latest first.
#[utoipa::path(get, path = "/api/me/sign-ins", tag = "accounts", operation_id = "list_sign_ins",
    params(("limit" = Option<u16>, Query, description = "how many: 1 to 200, default 50")),
    responses(
        (status = 200, description = "What happened", body = Vec<SignInJson>),
        (status = 403, description = "Not with a token of this kind", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    let mut pairs = query::pairs(request.query_string())?;
    let limit = query::take(&mut pairs, "limit");
    let mut errors = FieldErrors::default();
    let limit = limit.map(|text| query::parse_limit(&text)).transpose();
    let limit = errors.take(limit).flatten().unwrap_or(50);
    errors.into_query_result()?;
    query::refuse_rest(&pairs)?;
    user.credential().sign_in()?;
    let noted = user.read(move |mine| mine.sign_ins(limit.into())).await?;
    let noted: Vec<SignInJson> = noted.into_iter().map(SignInJson::from).collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(noted))
}

/// What ends besides the tokens from logging in.
#[derive(ToSchema)]
#[schema(as = SignOutEverywhere)]
#[expect(
    dead_code,
    reason = "describes what `end_all` reads, for the OpenAPI document"
)]
pub struct EndInput {
    /// Whether personal tokens are revoked too; true if left out.
    revoke_tokens: Option<bool>,
}

/// Ends every token.
#[utoipa::path(post, path = "/api/me/sign-out-everywhere", tag = "accounts", operation_id = "sign_out_everywhere",
    request_body = EndInput,
    responses(
        (status = 200, description = "The token that goes on", body = TokenJson<'_>),
        (status = 403, description = "Not with a token of this kind", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn end_all(
    user: ApiUser,
    request: HttpRequest,
    JsonBody(mut body): JsonBody,
) -> ApiResult {
    query::no_query(&request)?;
    let mut errors = FieldErrors::default();
    let revoke = match body.take("revoke_tokens") {
        None => true,
        Some(Value::Bool(revoke)) => revoke,
        Some(_) => {
            errors.take::<()>(Err(Refusal::new(
                "revoke_tokens",
                "type",
                "revoke_tokens is true or false",
            )));
            true
        }
    };
    body.refuse_rest(&mut errors);
    errors.into_result()?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    let signed_in =
        sign_out_everywhere(&lobby, user.credential(), revoke, &caller, user.now()).await;
    Ok(answer(StatusCode::OK, &signed_in?))
}
