//! Somebody's data: all of it as one file, and its end, at both doors.

use std::collections::VecDeque;

use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpRequest, HttpResponse};
use askama::Template;
use futures_util::stream;
use serde::Serialize;
use utoipa::ToSchema;

use super::{Shell, caller, lobby};
use crate::accounts::actions::credentials::delete_account;
use crate::clock::Stamp;
use crate::error::{Error, Result};
use crate::store::Mine;
use crate::tasks::TaskId;
use crate::tasks::filter::{Scope, Status};
use crate::web::accounts::refused::Refused;
use crate::web::accounts::security::sign_ins::SignInJson;
use crate::web::accounts::security::tokens::PersonalTokenJson;
use crate::web::accounts::settings::MeJson;
use crate::web::api_error::{ApiResult, Problem};
use crate::web::body::{FormBody, JsonBody};
use crate::web::cookie;
use crate::web::frame::{FieldError, Frame, framed};
use crate::web::history::api::StepJson;
use crate::web::labels::api::LabelJson;
use crate::web::lists::api::ListJson;
use crate::web::page_error::PageResult;
use crate::web::render;
use crate::web::tasks::json::{Instant, TaskJson};
use crate::web::tasks::query::no_query;
use crate::web::views::api::ViewJson;
use crate::web::visitor::{ApiUser, PageUser, Visitor};

/// Tasks that are read and sent at once.
const TASKS: i64 = 500;
/// Steps of the history, sign-ins and so on: all that are kept.
const ALL: i64 = i64::MAX;

/// The page about the data.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/data.html")]
pub struct DataPage {
    /// What surrounds it.
    pub frame: Frame,
}

/// The page that asks before everything is gone.
#[derive(Clone, Debug, Template)]
#[template(path = "accounts/delete.html")]
pub struct DeletePage {
    /// What surrounds it.
    pub frame: Frame,
    /// Why the form was refused.
    pub errors: Vec<FieldError>,
    /// What concerns the whole page, such as too many attempts.
    pub notice: Option<String>,
}

framed!(DataPage, DeletePage);

/// `GET /settings/data`
pub async fn show(user: PageUser, request: HttpRequest) -> PageResult {
    let (_, shell) = Shell::of(&user, &request).await?;
    let page = DataPage { frame: shell.frame };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}

/// `GET /settings/delete`
pub async fn ask(user: PageUser, request: HttpRequest) -> PageResult {
    let (_, shell) = Shell::of(&user, &request).await?;
    Ok(render::uncached(HttpResponse::Ok(), &delete_page(shell)))
}

/// `POST /settings/delete`
pub async fn end(user: PageUser, request: HttpRequest, FormBody(form): FormBody) -> PageResult {
    let deleted = async {
        let [password] = form.texts(["password"])?;
        let (lobby, caller) = (lobby(&user), caller(&user, &request));
        delete_account(&lobby, user.credential(), &password, &caller, user.now()).await
    };
    match deleted.await {
        Ok(()) => {
            let is_https = user.state().is_https();
            let mut response = HttpResponse::SeeOther();
            response.insert_header((header::LOCATION, "/"));
            response.cookie(cookie::SESSION.clear(is_https));
            response.cookie(cookie::DEVICE.clear(is_https));
            Ok(response.finish())
        }
        Err(error) => {
            let refused = Refused::of(error, &["password"], &user).await?;
            let response = refused.response();
            let shell = Shell::refused(&user, &request, refused).await?;
            Ok(render::uncached(response, &delete_page(shell)))
        }
    }
}

fn delete_page(shell: Shell) -> DeletePage {
    DeletePage {
        frame: shell.frame,
        errors: shell.errors,
        notice: shell.notice,
    }
}

/// The password.
#[derive(ToSchema)]
#[schema(as = Deletion)]
#[expect(dead_code, reason = "describes a body, for the OpenAPI document")]
pub struct DeleteInput {
    /// The account's.
    #[schema(format = Password)]
    password: String,
}

/// Deletes the account and everything in it, at once and for good.
#[utoipa::path(delete, path = "/api/me", tag = "accounts", operation_id = "delete_me",
    request_body = DeleteInput,
    responses(
        (status = 204, description = "Nothing of it is left, and its tokens are dead"),
        (status = 422, description = "The password is wrong; nothing was deleted", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn delete(user: ApiUser, request: HttpRequest, JsonBody(body): JsonBody) -> ApiResult {
    no_query(&request)?;
    let [password] = body.texts(["password"])?;
    let (lobby, caller) = (lobby(&user), caller(&user, &request));
    delete_account(&lobby, user.credential(), &password, &caller, user.now()).await?;
    Ok(HttpResponse::NoContent().finish())
}

/// `GET /settings/export`
pub async fn download(user: PageUser, request: HttpRequest) -> PageResult {
    no_query(&request)?;
    Ok(file(&user, &request).await?)
}

/// Answers everything in the account as one document.
#[utoipa::path(get, path = "/api/me/export", tag = "accounts", operation_id = "export_me",
    responses(
        (status = 200, description = "The account, its lists, labels, views, personal tokens (without themselves), sign-ins, history and tasks, each as its own route shows it", body = Object),
        (status = 403, description = "Not with a token of this kind", body = Problem<'_>, content_type = "application/problem+json")))]
pub async fn export(user: ApiUser, request: HttpRequest) -> ApiResult {
    no_query(&request)?;
    user.credential().sign_in()?;
    Ok(file(&user, &request).await?)
}

/// Everything but the tasks.
#[derive(Serialize)]
struct Head<'a> {
    format: &'static str,
    version: u32,
    exported_at: Instant,
    account: MeJson<'a>,
    lists: Vec<ListJson<'a>>,
    labels: Vec<LabelJson<'a>>,
    views: Vec<ViewJson<'a>>,
    personal_tokens: Vec<PersonalTokenJson>,
    sign_ins: Vec<SignInJson>,
    history: Vec<StepJson>,
}

async fn file(user: &Visitor, request: &HttpRequest) -> Result<HttpResponse> {
    let (now, account) = (user.now(), user.credential().account);
    let head = move |mine: &mut Mine<'_>| head(mine, account, now);
    let head = user.read(head).await?;
    let export = Export {
        user: user.clone(),
        base: user.state().base_url(request),
        waiting: VecDeque::from([head]),
        after: None,
        is_over: false,
    };
    let name = "attachment; filename=\"tickbox-export.json\"";
    let body = stream::try_unfold(export, Export::next);
    Ok(HttpResponse::Ok()
        .insert_header((header::CONTENT_DISPOSITION, name))
        .insert_header((header::CACHE_CONTROL, render::NO_STORE))
        .content_type("application/json")
        .streaming(body))
}

/// The document up to the first task.
fn head(mine: &mut Mine<'_>, account: uuid::Uuid, now: Stamp) -> Result<Vec<u8>> {
    let standing = mine.standing();
    let tokens = mine.personal_tokens()?.into_iter();
    let (lists, labels, views) = (mine.lists()?, mine.labels_with_counts()?, mine.views()?);
    let head = Head {
        format: "tickbox",
        version: 1,
        exported_at: Instant(now),
        account: MeJson::new(account, standing, &standing.settings),
        lists: lists.iter().map(ListJson::new).collect(),
        labels: labels.iter().map(LabelJson::new).collect(),
        views: views.iter().map(ViewJson::new).collect(),
        personal_tokens: tokens
            .map(|token| PersonalTokenJson::new(token, None))
            .collect(),
        sign_ins: mine
            .sign_ins(ALL)?
            .into_iter()
            .map(SignInJson::from)
            .collect(),
        history: mine
            .entries_before(None, ALL)?
            .iter()
            .map(|entry| StepJson::new(entry, now))
            .collect(),
    };
    let mut json = serde_json::to_vec(&head).map_err(Error::internal)?;
    json.pop();
    json.extend_from_slice(b",\"tasks\":[");
    Ok(json)
}

/// The document as it is sent, some tasks at a time: an account may have a hundred thousand.
struct Export {
    user: Visitor,
    base: String,
    waiting: VecDeque<Vec<u8>>,
    after: Option<TaskId>,
    is_over: bool,
}

impl Export {
    /// The next piece; fails when the account goes away meanwhile, and the connection breaks.
    async fn next(mut self) -> std::io::Result<Option<(Bytes, Self)>> {
        if let Some(piece) = self.waiting.pop_front() {
            return Ok(Some((piece.into(), self)));
        }
        if self.is_over {
            return Ok(None);
        }
        let piece = self.tasks().await.map_err(std::io::Error::other)?;
        Ok(Some((piece.into(), self)))
    }

    async fn tasks(&mut self) -> Result<Vec<u8>> {
        let (after, now, base) = (self.after, self.user.now(), self.base.clone());
        let read = move |mine: &mut Mine<'_>| {
            let tasks = mine.all_tasks(&Scope::of(Status::Any), (after, TASKS), now)?;
            let mut json = Vec::new();
            for (at, task) in tasks.iter().enumerate() {
                if at > 0 || after.is_some() {
                    json.push(b',');
                }
                let task = TaskJson::new(task, &base, mine.zone());
                serde_json::to_writer(&mut json, &task).map_err(Error::internal)?;
            }
            let is_full = i64::try_from(tasks.len()).is_ok_and(|count| count == TASKS);
            Ok((json, tasks.last().map(|task| task.id).filter(|_| is_full)))
        };
        let (mut json, last) = self.user.read(read).await?;
        self.after = last;
        if last.is_none() {
            self.is_over = true;
            json.extend_from_slice(b"]}\n");
        }
        Ok(json)
    }
}
