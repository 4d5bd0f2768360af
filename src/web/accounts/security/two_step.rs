//! Two-step sign-in, set up and turned off at both doors.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Shell, caller, go_on, lobby, sign_in};
use crate::accounts::actions::two_step::{
    Confirmed, SetUp, confirm, give_up, renew_recovery_codes, start, turn_off, waiting,
};
use crate::accounts::totp::qr_path;
use crate::error::Result;
use crate::web::accounts::api::{TokenJson, answer};
use crate::web::accounts::refused::Refused;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::PageResult;
use crate::web::render;
use crate::web::tasks::query::no_query;
use crate::web::visitor::{ApiUser, PageUser, Visitor};

const HERE: &str = "/settings/two-step";
const FIELDS: [&str; 2] = ["password", "code"];

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/two_step.html")]
pub struct TwoStepPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
    /// How far it is.
    pub stage: Stage,
}

framed!(TwoStepPage);

/// How far somebody is with two-step sign-in.
#[derive(Clone, Debug)]
pub enum Stage {
    /// It is off.
    Off,
    /// An app is to be shown this, and to prove that it has seen it.
    Waiting {
        /// For who types it.
        secret: String,
        /// For a phone on which the page is open itself.
        url: String,
        /// The `d` of the path that is the QR code.
        path: String,
        /// The side of its square.
        side: i32,
    },
    /// It is on, with so many recovery codes left.
    On(i64),
    /// These are the recovery codes, shown this once.
    Codes(Vec<String>),
}

/// `GET /settings/two-step`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let (_, shell) = Shell::of(&user, &request).await?;
    let page = page(shell, stage(&user).await?);
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /settings/two-step/start`
pub async fn begin(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let begun = async {
        let [password] = form.texts(["password"])?;
        let caller = caller(&user, &request);
        start(
            &lobby(&user),
            user.credential(),
            &password,
            &caller,
            user.now(),
        )
        .await
    };
    match begun.await {
        Ok(_) => Ok(render::see_other(HERE)),
        Err(error) => redraw(&user, &request, error).await,
    }
}

/// `POST /settings/two-step/confirm`
pub async fn complete(
    user: PageUser,
    request: HttpRequest,
    FormBody(form): FormBody,
) -> PageResult {
    let confirmed = async {
        let [code] = form.texts(["code"])?;
        let caller = caller(&user, &request);
        confirm(&lobby(&user), user.credential(), &code, &caller, user.now()).await
    };
    match confirmed.await {
        Ok(Confirmed {
            recovery_codes,
            signed_in,
        }) => {
            let (_, shell) = Shell::of_signed_in(&user, &signed_in).await?;
            let mut response = HttpResponse::Ok();
            sign_in(user.state(), &mut response, &signed_in);
            Ok(render::uncached(
                response,
                &page(shell, Stage::Codes(recovery_codes)),
            ))
        }
        Err(error) => redraw(&user, &request, error).await,
    }
}

/// `POST /settings/two-step/cancel`
pub async fn cancel(user: PageUser, FormBody(form): FormBody) -> PageResult {
    form.texts(["next"])?;
    give_up(&lobby(&user), user.credential()).await?;
    Ok(render::see_other(HERE))
}

/// `POST /settings/two-step/codes`
pub async fn renew(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let renewed = async {
        let [password, code] = form.texts(FIELDS)?;
        let (lobby, caller) = (lobby(&user), caller(&user, &request));
        let both = (password.as_str(), code.as_str());
        renew_recovery_codes(&lobby, user.credential(), both, &caller, user.now()).await
    };
    match renewed.await {
        Ok(codes) => {
            let (_, shell) = Shell::of(&user, &request).await?;
            Ok(render::uncached(
                HttpResponse::Ok(),
                &page(shell, Stage::Codes(codes)),
            ))
        }
        Err(error) => redraw(&user, &request, error).await,
    }
}

/// `POST /settings/two-step/off`
pub async fn end(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let ended = async {
        let [password, code] = form.texts(FIELDS)?;
        let (lobby, caller) = (lobby(&user), caller(&user, &request));
        let both = (password.as_str(), code.as_str());
        turn_off(&lobby, user.credential(), both, &caller, user.now()).await
    };
    match ended.await {
        Ok(signed_in) => Ok(go_on(
            user.state(),
            &signed_in,
            "/settings/two-step?done=codes-off",
        )),
        Err(error) => redraw(&user, &request, error).await,
    }
}

async fn redraw(user: &PageUser, request: &HttpRequest, error: crate::error::Error) -> PageResult {
    let refused = Refused::of(error, &FIELDS, user).await?;
    let response = refused.response();
    let shell = Shell::refused(user, request, refused).await?;
    Ok(render::uncached(response, &page(shell, stage(user).await?)))
}

fn page(shell: Shell, stage: Stage) -> TwoStepPage {
    TwoStepPage {
        frame: shell.frame,
        errors: shell.errors,
        notice: shell.notice,
        stage,
    }
}

async fn stage(user: &Visitor) -> Result<Stage> {
    let account = user.credential().account;
    let read = move |desk: &mut crate::store::FrontDesk<'_>| {
        let factor = desk.second_factor(account)?;
        let is_on = factor.is_some_and(|factor| factor.confirmed_at.is_some());
        Ok((is_on, desk.recovery_codes_left(account)?))
    };
    // Who is asking was looked up with the frame.
    let (is_on, left) = user.state().store().front_desk_read(read).await?;
    if is_on {
        return Ok(Stage::On(left));
    }
    let Some(SetUp { secret, url }) = waiting(&lobby(user), user.credential(), user.now()).await?
    else {
        return Ok(Stage::Off);
    };
    let (path, side) = qr_path(&url)?;
    Ok(Stage::Waiting {
        secret,
        url,
        path,
        side,
    })
}

/// What an authenticator app needs.
#[derive(Serialize, ToSchema)]
#[schema(as = TotpSetUp)]
pub struct SetUpJson {
    /// The secret in base32, in groups of four.
    secret: String,
    /// The same with all that an app wants to know; shown as a QR code it can be scanned.
    #[schema(format = "uri")]
    otpauth_url: String,
}

/// Recovery codes, and the token that goes on.
#[derive(Serialize, ToSchema)]
#[schema(as = TotpConfirmed)]
pub struct ConfirmedJson<'a> {
    /// Each lets somebody in once who has lost their app. Shown this once.
    recovery_codes: Vec<String>,
    /// The token that goes on.
    #[serde(flatten)]
    token: TokenJson<'a>,
}

/// The password.
#[derive(ToSchema)]
#[schema(as = TotpStart)]
#[expect(dead_code, reason = "describes a body, for the OpenAPI document")]
pub struct StartInput {
    /// The account's.
    #[schema(format = Password)]
    password: String,
}

/// A code of the app.
#[derive(ToSchema)]
#[schema(as = TotpCode)]
#[expect(dead_code, reason = "describes a body, for the OpenAPI document")]
pub struct CodeInput {
    /// Six digits.
    #[schema(example = "123456")]
    code: String,
}

/// Password and code.
#[derive(ToSchema)]
#[schema(as = TotpOff)]
#[expect(dead_code, reason = "describes a body, for the OpenAPI document")]
pub struct OffInput {
    /// The account's.
    #[schema(format = Password)]
    password: String,
    /// Six digits, or a recovery code.
    code: String,
}

/// Sets two-step sign-in up. It is off until a code confirms it.
#[utoipa::path(post, path = "/api/me/totp", tag = "accounts", operation_id = "start_totp",
    request_body = StartInput,
    responses(
        (status = 200, description = "What the app needs", body = SetUpJson),
        (status = 412, description = "It is on already", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "The password is wrong", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn post(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let [password] = body.texts(["password"])?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    let set_up = start(&lobby, user.credential(), &password, &caller, user.now()).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(SetUpJson {
            secret: set_up.secret,
            otpauth_url: set_up.url,
        }))
}

/// Turns two-step sign-in on, with a code of the app.
#[utoipa::path(put, path = "/api/me/totp", tag = "accounts", operation_id = "confirm_totp",
    description = "Every token from logging in ends, this one too; the answer has the one that goes on.",
    request_body = CodeInput,
    responses(
        (status = 200, description = "It is on", body = ConfirmedJson<'_>),
        (status = 412, description = "It was turned on or given up meanwhile", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "The code is wrong", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn put(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let [code] = body.texts(["code"])?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    let confirmed = confirm(&lobby, user.credential(), &code, &caller, user.now()).await?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(ConfirmedJson {
            recovery_codes: confirmed.recovery_codes,
            token: TokenJson::new(&confirmed.signed_in),
        }))
}

/// Turns two-step sign-in off.
#[utoipa::path(delete, path = "/api/me/totp", tag = "accounts", operation_id = "stop_totp",
    description = "Every token from logging in ends, this one too; the answer has the one that goes on.",
    request_body = OffInput,
    responses(
        (status = 200, description = "It is off", body = TokenJson<'_>),
        (status = 422, description = "Password or code is wrong", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn delete(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let [password, code] = body.texts(FIELDS)?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    let both = (password.as_str(), code.as_str());
    let signed_in = turn_off(&lobby, user.credential(), both, &caller, user.now()).await?;
    Ok(answer(StatusCode::OK, &signed_in))
}
