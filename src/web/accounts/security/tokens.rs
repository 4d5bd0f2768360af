//! Personal tokens, at both doors.

use actix_web::http::{StatusCode, header};
use actix_web::{HttpRequest, HttpResponse, web};
use askama::Template;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{Shell, caller, lobby};
use crate::accounts::actions::tokens::{make, revoke};
use crate::accounts::personal::{NewToken, PersonalToken, no_days, scope_word};
use crate::error::{Error, FieldErrors, Refusal, Result};
use crate::store::Mine;
use crate::web::accounts::refused::Refused;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody, Members, text};
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::page_error::PageResult;
use crate::web::render;
use crate::web::tasks::json::Instant;
use crate::web::tasks::query::no_query;
use crate::web::visitor::{ApiUser, PageUser, Visitor};

const FIELDS: [&str; 3] = ["name", "scope", "days"];

/// The page.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/tokens.html")]
pub struct TokensPage {
    /// What surrounds it.
    pub frame: Frame,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
    /// The token that was just made; shown this once.
    pub made: Option<String>,
    /// The form as it was typed.
    pub typed: Typed,
    /// The tokens, the latest first.
    pub tokens: Vec<Row>,
}

framed!(TokensPage);

/// The form for a new token.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    /// What it is to be called.
    pub name: String,
    /// Word of a scope.
    pub scope: String,
    /// Days until it ends; empty = never.
    pub days: String,
}

/// A token in the list.
#[derive(Clone, Debug)]
pub struct Row {
    /// Its id.
    pub id: Uuid,
    /// What it is called.
    pub name: String,
    /// What it may do.
    pub scope: &'static str,
    /// When it was made, used and will end.
    pub times: String,
}

/// `GET /settings/tokens`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let (_, shell) = Shell::of(&user, &request).await?;
    let typed = Typed {
        scope: "read".to_owned(),
        days: "90".to_owned(),
        ..Typed::default()
    };
    let page = page(&user, shell, typed, None).await?;
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `POST /settings/tokens`
///
/// Answers the page itself, because the token can be shown this once alone.
pub async fn add(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let typed = Typed {
        name: form.text("name").to_owned(),
        scope: form.text("scope").to_owned(),
        days: form.text("days").to_owned(),
    };
    let made = async {
        let [name, scope, days] = form.texts(FIELDS)?;
        let days = match days.trim() {
            "" => Ok(None),
            days => days.parse().map(Some).map_err(|_shape| no_days()),
        };
        let new = NewToken::parse(&name, &scope, days)?;
        make(
            &lobby(&user),
            user.credential(),
            new,
            &caller(&user, &request),
            user.now(),
        )
        .await
    };
    match made.await {
        Ok((_, token)) => {
            let (_, shell) = Shell::of(&user, &request).await?;
            let page = page(&user, shell, Typed::default(), Some(&token)).await?;
            Ok(render::uncached(HttpResponse::Ok(), &page))
        }
        Err(error) => {
            let refused = Refused::of(error, &FIELDS, &user).await?;
            let response = refused.response();
            let shell = Shell::refused(&user, &request, refused).await?;
            Ok(render::uncached(
                response,
                &page(&user, shell, typed, None).await?,
            ))
        }
    }
}

/// `POST /settings/tokens/{id}/revoke`
pub async fn drop_one(
    user: PageUser,
    request: HttpRequest,
    id: web::Path<String>,
    FormBody(form): FormBody,
) -> PageResult {
    form.texts(["next"])?;
    take_away(&user, &request, &id).await?;
    Ok(render::see_other("/settings/tokens?done=revoked"))
}

fn read_tokens(mine: &mut Mine<'_>) -> Result<Vec<PersonalToken>> {
    mine.personal_tokens()
}

async fn take_away(user: &Visitor, request: &HttpRequest, id: &str) -> Result<()> {
    let id = crate::ids::parse_canonical(id).ok_or(Error::NotFound)?;
    let (lobby, caller) = (lobby(user), caller(user, request));
    revoke(&lobby, user.credential(), id, &caller, user.now()).await
}

async fn page(
    user: &Visitor,
    shell: Shell,
    typed: Typed,
    made: Option<&SecretString>,
) -> Result<TokensPage> {
    let (standing, tokens) = user.look(read_tokens).await?;
    let (say, zone) = (shell.frame.say, standing.zone());
    let row = |token: PersonalToken| {
        let day = |at: crate::clock::Stamp| say.date(at.day_in(zone));
        let mut times = vec![say.tokens_made(day(token.created_at))];
        times.push(match token.last_used_at {
            Some(at) => say.tokens_used(say.moment(at.local_in(zone))),
            None => say.tokens_unused().to_owned(),
        });
        times.push(match token.expires_at {
            Some(at) if at <= user.now() => say.tokens_ended(day(at)),
            Some(at) => say.tokens_ends(day(at)),
            None => say.tokens_endless().to_owned(),
        });
        Row {
            id: token.id,
            name: token.name,
            scope: match scope_word(token.scope) {
                "write" => say.tokens_scope_write(),
                _ => say.tokens_scope_read(),
            },
            times: times.join(" · "),
        }
    };
    Ok(TokensPage {
        frame: shell.frame,
        errors: shell.errors,
        notice: shell.notice,
        made: made.map(|token| token.expose_secret().to_owned()),
        typed,
        tokens: tokens.into_iter().map(row).collect(),
    })
}

/// A personal token, without the token.
#[derive(Serialize, ToSchema)]
#[schema(as = PersonalToken)]
pub struct PersonalTokenJson {
    /// Its id.
    id: Uuid,
    /// What its owner calls it.
    name: String,
    /// What it may do: read or write.
    scope: &'static str,
    /// When it was made.
    #[schema(value_type = String, format = DateTime)]
    created_at: Instant,
    /// When it ends; null = when it is revoked.
    #[schema(value_type = Option<String>, format = DateTime)]
    expires_at: Option<Instant>,
    /// About when it was last used, or null.
    #[schema(value_type = Option<String>, format = DateTime)]
    last_used_at: Option<Instant>,
    /// The token itself, in the answer that made it and never again.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

impl PersonalTokenJson {
    /// What the API shows of a token.
    pub fn new(token: PersonalToken, itself: Option<&SecretString>) -> Self {
        Self {
            id: token.id,
            name: token.name,
            scope: scope_word(token.scope),
            created_at: Instant(token.created_at),
            expires_at: token.expires_at.map(Instant),
            last_used_at: token.last_used_at.map(Instant),
            token: itself.map(|token| token.expose_secret().to_owned()),
        }
    }
}

/// A token to be made.
#[derive(ToSchema)]
#[schema(as = NewPersonalToken)]
#[expect(
    dead_code,
    reason = "describes what `parse` reads, for the OpenAPI document"
)]
pub struct NewTokenInput {
    /// 1 to 100 characters.
    name: String,
    /// read, or write, which includes reading.
    #[schema(example = "read")]
    scope: String,
    /// Days until it ends, 1 to 3650; null or left out = until it is revoked.
    days: Option<u32>,
}

/// Lists the personal tokens, the latest first.
#[utoipa::path(get, path = "/api/tokens", tag = "accounts", operation_id = "list_tokens",
    responses(
        (status = 200, description = "The tokens, without themselves", body = Vec<PersonalTokenJson>),
        (status = 403, description = "Not with a token of this kind", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn list(user: ApiUser, request: HttpRequest) -> ApiResult {
    no_query(&request)?;
    user.credential().sign_in()?;
    let tokens = user.read(read_tokens).await?;
    let tokens = tokens
        .into_iter()
        .map(|token| PersonalTokenJson::new(token, None));
    let tokens: Vec<PersonalTokenJson> = tokens.collect();
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(tokens))
}

/// Makes a personal token. The answer is the only one that ever shows it.
#[utoipa::path(post, path = "/api/tokens", tag = "accounts", operation_id = "create_token",
    request_body = NewTokenInput,
    responses(
        (status = 201, description = "The token", body = PersonalTokenJson),
        (status = 422, description = "A member is not valid", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn create(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let new = parse(body)?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    let (row, token) = make(&lobby, user.credential(), new, &caller, user.now()).await?;
    let address = format!("{}/api/tokens/{}", user.state().base_url(&request), row.id);
    Ok(HttpResponse::build(StatusCode::CREATED)
        .insert_header((header::LOCATION, address))
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .json(PersonalTokenJson::new(row, Some(&token))))
}

fn parse(mut body: Members) -> Result<NewToken> {
    let mut errors = FieldErrors::default();
    let days = match body.take("days") {
        None | Some(Value::Null) => Ok(None),
        Some(value) => value
            .as_u64()
            .and_then(|days| u32::try_from(days).ok())
            .map(Some)
            .ok_or_else(no_days),
    };
    let mut take = |name| {
        let value = body.take(name).unwrap_or_else(|| "".into());
        text(&value, name).map(str::to_owned)
    };
    let (name, scope) = (take("name"), take("scope"));
    body.refuse_rest(&mut errors);
    let shapes: Vec<Refusal> = [&name, &scope]
        .iter()
        .filter_map(|it| it.as_ref().err().cloned())
        .collect();
    let is_shaped = |field: &str| shapes.iter().all(|refusal| refusal.field != field);
    let parsed = NewToken::parse(
        name.as_deref().unwrap_or_default(),
        scope.as_deref().unwrap_or_default(),
        days,
    );
    if let Err(Error::Invalid(rules)) = &parsed {
        for refusal in rules.iter().filter(|refusal| is_shaped(&refusal.field)) {
            errors.take::<()>(Err(refusal.clone()));
        }
    }
    for refusal in shapes {
        errors.take::<()>(Err(refusal));
    }
    errors.into_result()?;
    parsed
}

/// Revokes a personal token.
#[utoipa::path(delete, path = "/api/tokens/{id}", tag = "accounts", operation_id = "revoke_token",
    params(("id" = Uuid, Path, description = "the token's id")),
    responses(
        (status = 204, description = "It opens nothing any more"),
        (status = 404, description = "There is no such token", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn delete(user: ApiUser, request: HttpRequest, id: web::Path<String>) -> ApiResult {
    no_query(&request)?;
    take_away(&user, &request, &id).await?;
    Ok(HttpResponse::NoContent().finish())
}
