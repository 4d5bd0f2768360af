//! Signing up, in and out at the API's door. No answer here sets a cookie.

use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse, web};
use secrecy::ExposeSecret as _;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::reset::{MailedJson, accepted};
use crate::accounts::actions::{self, LogIn, Login, SignedIn, SignedUp};
use crate::error::{Error, FieldErrors, Result};
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{JsonBody, Members, text};
use crate::web::client;
use crate::web::state::State;
use crate::web::tasks::json::Instant;
use crate::web::tasks::query::no_query;
use crate::web::visitor::ApiUser;
use crate::web::visitor::asked_locale;

/// E-mail address and password.
#[derive(ToSchema)]
#[schema(as = Login)]
#[expect(
    dead_code,
    reason = "describes what `login` reads, for the OpenAPI document"
)]
pub struct LoginInput {
    /// The address; case does not matter.
    #[schema(example = "ann@example.org")]
    email: String,
    /// 8 to 71 bytes.
    #[schema(format = Password)]
    password: String,
}

/// E-mail address, password and, where two-step sign-in is on, a code.
#[derive(ToSchema)]
#[schema(as = CodeLogin)]
#[expect(
    dead_code,
    reason = "describes what `log_in` reads, for the OpenAPI document"
)]
pub struct CodeLoginInput {
    /// The address; case does not matter.
    #[schema(example = "ann@example.org")]
    email: String,
    /// 8 to 71 bytes.
    #[schema(format = Password)]
    password: String,
    /// The code of the authenticator app, or a recovery code.
    totp: Option<String>,
}

/// E-mail address, password and, where one is needed, an invitation.
#[derive(ToSchema)]
#[schema(as = Signup)]
#[expect(
    dead_code,
    reason = "describes what `sign_up` reads, for the OpenAPI document"
)]
pub struct SignupInput {
    /// The address; case does not matter.
    #[schema(example = "ann@example.org")]
    email: String,
    /// 8 to 71 bytes.
    #[schema(format = Password)]
    password: String,
    /// What stands behind `invite=` in the link that somebody was given.
    invite: Option<String>,
}

/// A token, and whose it is.
#[derive(Serialize, ToSchema)]
#[schema(as = Token)]
pub struct TokenJson<'a> {
    /// Send it as `Authorization: Bearer` with every request.
    token: &'a str,
    /// Always Bearer.
    #[schema(example = "Bearer")]
    token_type: &'static str,
    /// When it ends: seven days after it was issued.
    #[schema(value_type = String, format = DateTime)]
    expires_at: Instant,
    /// Whose it is.
    user: UserJson<'a>,
}

/// An account, as its owner sees it.
#[derive(Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserJson<'a> {
    /// The account's id.
    id: Uuid,
    /// The address it signs in with.
    email: &'a str,
    /// Whether its owner has shown that the address is theirs.
    email_verified: bool,
    /// Where its days begin and end, by IANA name.
    #[schema(example = "Europe/Berlin")]
    timezone: &'a str,
}

/// Makes an account and signs in.
#[utoipa::path(post, path = "/api/auth/signup", tag = "accounts", operation_id = "sign_up",
    description = "Where the server sends mail, it waits until the link in a mail is followed.",
    security(()), request_body = SignupInput,
    responses(
        (status = 201, description = "The account's first token", body = TokenJson<'_>),
        (status = 202, description = "A mail says how to go on", body = MailedJson),
        (status = 400, description = "Not JSON", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 403, description = "This server takes no new accounts", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 409, description = "The address has an account", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A member is not valid", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 503, description = "Busy", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn sign_up(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(mut body): JsonBody,
) -> ApiResult {
    let invite = match body.take("invite") {
        Some(invite) => {
            let mut errors = FieldErrors::default();
            let invite = errors.take(text(&invite, "invite").map(str::to_owned));
            errors.into_result()?;
            invite.unwrap_or_default()
        }
        None => String::new(),
    };
    let lobby = state.lobby(asked_locale(request.headers()));
    actions::check_invitation(&lobby, &invite, state.now()).await?;
    let login = login(&request, body)?;
    let caller = client::caller(&state, &request);
    let signed_up = actions::sign_up(&lobby, (login, &invite), &caller, state.now()).await?;
    Ok(match signed_up {
        SignedUp::In(signed_in) => answer(StatusCode::CREATED, &signed_in),
        SignedUp::Mailed => accepted(),
    })
}

/// Signs in.
#[utoipa::path(post, path = "/api/auth/login", tag = "accounts", operation_id = "log_in",
    security(()), request_body = CodeLoginInput,
    responses(
        (status = 200, description = "A token", body = TokenJson<'_>),
        (status = 400, description = "Not JSON", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 401, description = "Wrong e-mail or password, or a code is wanted or wrong", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 403, description = "The account waits for its address to be confirmed", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 413, description = "Too large", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 415, description = "Not application/json", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 422, description = "A member is not valid", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 503, description = "Busy", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn log_in(
    state: web::Data<State>,
    request: HttpRequest,
    JsonBody(mut body): JsonBody,
) -> ApiResult {
    let code = match body.take("totp") {
        None | Some(Value::Null) => None,
        Some(code) => Some(text(&code, "totp").map(str::to_owned)),
    };
    let login = login(&request, body)?;
    let code = code
        .transpose()
        .map_err(|refusal| Error::invalid("totp", refusal.code, refusal.sentence))?;
    let (lobby, caller) = (
        state.lobby(asked_locale(request.headers())),
        client::caller(&state, &request),
    );
    let code = code.as_deref();
    match actions::log_in(&lobby, login, code, &caller, state.now()).await? {
        LogIn::Done(signed_in) => Ok(answer(StatusCode::OK, &signed_in)),
        LogIn::CodeWanted(_) => Err(Error::CodeRequired.into()),
    }
}

/// Ends this token's session.
#[utoipa::path(post, path = "/api/auth/logout", tag = "accounts", operation_id = "log_out",
    responses(
        (status = 204, description = "The token is dead from now on"),
        (status = 401, description = "Not signed in", body = Problem<'_>, content_type = "application/problem+json"),
        (status = 403, description = "The token is of a kind that no sign-out ends", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn log_out(user: ApiUser, request: HttpRequest) -> ApiResult {
    no_query(&request)?;
    // A token that is dead already cannot end anything.
    user.standing().await?;
    actions::log_out(user.state().store(), user.credential()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// The members with these names, all texts, and no others; an absent one is empty.
pub(super) fn texts<const N: usize>(
    request: &HttpRequest,
    body: Members,
    names: [&'static str; N],
) -> Result<[String; N]> {
    no_query(request)?;
    body.texts(names)
}

fn login(request: &HttpRequest, mut body: Members) -> Result<Login> {
    no_query(request)?;
    let mut errors = FieldErrors::default();
    let mut take = |name| {
        let value = body.take(name).unwrap_or_else(|| "".into());
        errors.take(text(&value, name).map(str::to_owned))
    };
    let (email, password) = (take("email"), take("password"));
    body.refuse_rest(&mut errors);
    match (
        Login::parse(&email.unwrap_or_default(), &password.unwrap_or_default()),
        errors,
    ) {
        (Ok(login), errors) => errors.into_result().map(|()| login),
        (Err(Error::Invalid(shape)), mut errors) => {
            let is_new = |field: &str| errors.iter().all(|known| known.field != field);
            let more: Vec<_> = shape
                .iter()
                .filter(|known| is_new(&known.field))
                .cloned()
                .collect();
            for refusal in more {
                errors.take::<()>(Err(refusal));
            }
            Err(Error::Invalid(errors))
        }
        (Err(other), _) => Err(other),
    }
}

impl<'a> TokenJson<'a> {
    /// The token of somebody who is in.
    pub fn new(signed_in: &'a SignedIn) -> Self {
        Self {
            token: signed_in.issued.token.expose_secret(),
            token_type: "Bearer",
            expires_at: Instant(signed_in.issued.expires),
            user: UserJson {
                id: signed_in.account,
                email: signed_in.email.as_str(),
                email_verified: signed_in.is_verified,
                timezone: signed_in.time_zone.name(),
            },
        }
    }
}

/// A token for somebody who has just signed in.
pub(super) fn answer(status: StatusCode, signed_in: &SignedIn) -> HttpResponse {
    HttpResponse::build(status).json(TokenJson::new(signed_in))
}
