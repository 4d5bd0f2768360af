//! Changing the password, at both doors.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use utoipa::ToSchema;

use super::{Shell, caller, go_on, lobby};
use crate::accounts::actions::SignedIn;
use crate::accounts::actions::credentials::change_password;
use crate::error::Result;
use crate::web::accounts::api::{TokenJson, answer};
use crate::web::accounts::refused::Refused;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody, Members};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::PageResult;
use crate::web::render;
use crate::web::tasks::query::no_query;
use crate::web::visitor::{ApiUser, PageUser, Visitor};

const FIELDS: [&str; 2] = ["current_password", "new_password"];

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/password.html")]
pub struct PasswordPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

framed!(PasswordPage);

/// `GET /settings/password`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let (_, shell) = Shell::of(&user, &request).await?;
    Ok(render::uncached(HttpResponse::Ok(), &page(shell)))
}

/// `POST /settings/password`
pub async fn save(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    match change(&user, &request, form).await {
        Ok(signed_in) => Ok(go_on(
            user.state(),
            &signed_in,
            "/settings/password?done=password",
        )),
        Err(error) => {
            let refused = Refused::of(error, &FIELDS, &user).await?;
            let response = refused.response();
            let shell = Shell::refused(&user, &request, refused).await?;
            Ok(render::uncached(response, &page(shell)))
        }
    }
}

/// The passwords, the old and the new.
#[derive(ToSchema)]
#[schema(as = PasswordChange)]
#[expect(
    dead_code,
    reason = "describes what `change` reads, for the OpenAPI document"
)]
pub struct PasswordInput {
    /// The one that is good until now.
    #[schema(format = Password)]
    current_password: String,
    /// 8 to 71 bytes.
    #[schema(format = Password)]
    new_password: String,
}

/// Changes the password.
#[utoipa::path(put, path = "/api/me/password", tag = "accounts", operation_id = "change_password",
    description = "Every token from logging in ends, this one too; the answer has the one that goes on. \
        Personal tokens live on.",
    request_body = PasswordInput,
    responses(
        (status = 200, description = "The token that goes on", body = TokenJson<'_>),
        (status = 412, description = "The password was changed meanwhile", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A password is wrong or not fit", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn put(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    Ok(answer(
        StatusCode::OK,
        &change(&user, &request, body).await?,
    ))
}

fn page(shell: Shell) -> PasswordPage {
    PasswordPage {
        frame: shell.frame,
        errors: shell.errors,
        notice: shell.notice,
    }
}

async fn change(user: &Visitor, request: &HttpRequest, body: Members) -> Result<SignedIn> {
    let [current, new] = body.texts(FIELDS)?;
    change_password(
        &lobby(user),
        user.credential(),
        (&current, &new),
        &caller(user, request),
        user.now(),
    )
    .await
}
