//! What the API is: the OpenAPI document, which the code makes, and a page that reads it out.

mod reference;

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{ContentBuilder, Ref, Response, ResponseBuilder};

use super::error_views::ProblemPage;
use super::frame::Frame;
use super::page_error::{PageError, PageResult};
use super::problem::Kind;
use super::state::State;
use super::visitor::asked_locale;
use super::{accounts, etag, history, labels, lists, render, tasks, views};
use crate::error::Error;

/// The document, but for the address of this server.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tickbox",
        description = "A to-do list. Every answer is JSON; every error is application/problem+json \
            (RFC 9457). Lists are bare arrays; the Link header leads to the next page. Every object \
            carries an ETag: send it as If-Match to change nothing that somebody else changed \
            meanwhile, or as If-None-Match to hear 304 when nothing did.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        accounts::api::sign_up, accounts::api::log_in, accounts::api::log_out,
        accounts::settings::me, accounts::settings::patch, accounts::security::data::delete,
        accounts::security::data::export, accounts::security::password::put,
        accounts::security::sign_ins::list, accounts::security::sign_ins::end_all,
        accounts::security::two_step::post, accounts::security::two_step::put,
        accounts::security::two_step::delete,
        accounts::security::tokens::list, accounts::security::tokens::create,
        accounts::security::tokens::delete,
        accounts::reset::request_reset, accounts::reset::reset,
        accounts::confirm::request_again, accounts::confirm::confirm_by_api,
        accounts::email::change_by_api,
        tasks::api::collection::list, tasks::api::collection::create,
        tasks::api::collection::delete_all, tasks::api::quick::quick, tasks::api::batch::batch,
        tasks::api::item::get, tasks::api::item::patch, tasks::api::item::delete,
        tasks::api::item::complete, tasks::api::item::reopen, tasks::api::item::restore,
        tasks::api::moves::move_task, tasks::api::moves::skip, tasks::api::moves::duplicate,
        tasks::api::moves::occurrences,
        lists::api::list, lists::api::create, lists::api::get, lists::api::patch,
        lists::api::delete,
        labels::api::list, labels::api::rename, labels::api::delete,
        views::api::list, views::api::create, views::api::get, views::api::patch,
        views::api::delete,
        history::api::list, history::api::undo, history::changes::changes,
    ),
    tags(
        (name = "accounts", description = "Signing up, in and out, and looking after the account"),
        (name = "tasks", description = "Things to do"),
        (name = "lists", description = "What holds tasks; everybody has an Inbox"),
        (name = "labels", description = "Names that cut across lists; giving one to a task makes it"),
        (name = "views", description = "Filters with a name"),
        (name = "history", description = "What was done, and taking it back"),
    ),
    security(("bearer" = [])),
    modifiers(&Bearer, &Everywhere),
)]
pub struct ApiDoc;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let mut scheme = Http::new(HttpAuthScheme::Bearer);
        scheme.bearer_format = Some("JWT".to_owned());
        let components = document.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

/// What any operation may answer, whatever it does; an operation that says more of a status keeps
/// its own words.
struct Everywhere;

impl Everywhere {
    const ANSWERS: [(&str, &str); 7] = [
        ("400", "The body or a header could not be read"),
        ("406", "Accept rules JSON out"),
        ("408", "The request did not arrive in time"),
        ("421", "The server does not answer for this host name"),
        ("422", "A parameter or member is not valid"),
        ("500", "A fault of the server's"),
        ("503", "The server is busy"),
    ];
    /// Where a token is asked for.
    const GUARDED: [(&str, &str); 1] = [("401", "Not signed in")];
    /// Where something is changed by who is signed in.
    const WRITE: [(&str, &str); 2] = [
        ("403", "Not with a token of this scope or kind"),
        ("429", "Too many changes or attempts"),
    ];
    /// Where there is a body.
    const BODY: [(&str, &str); 2] = [("413", "Too large"), ("415", "Not application/json")];
    /// Where the address names one thing.
    const ONE: [(&str, &str); 1] = [("404", "There is nothing here, or it is somebody else's")];
    /// Where one thing is changed.
    const CHANGE: [(&str, &str); 2] = [
        ("409", "It clashes with how things are"),
        ("412", "It was changed meanwhile"),
    ];
}

impl utoipa::Modify for Everywhere {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        for (path, item) in &mut document.paths.paths {
            let names_one = path.contains('{');
            let methods = [
                (&mut item.get, false),
                (&mut item.put, true),
                (&mut item.post, true),
                (&mut item.patch, true),
                (&mut item.delete, true),
            ];
            for (operation, changes) in methods {
                let Some(operation) = operation else { continue };
                let is_guarded = operation.security.is_none();
                let has_body = operation.request_body.is_some();
                let answers = [
                    (true, &Self::ANSWERS[..]),
                    (is_guarded, &Self::GUARDED),
                    (is_guarded && changes, &Self::WRITE),
                    (has_body, &Self::BODY),
                    (names_one, &Self::ONE),
                    (names_one && changes, &Self::CHANGE),
                ];
                let given = answers.into_iter().filter(|(applies, _)| *applies);
                for (status, description) in given.flat_map(|(_, answers)| answers) {
                    let responses = &mut operation.responses.responses;
                    responses
                        .entry((*status).to_owned())
                        .or_insert_with(|| problem_answer(description).into());
                }
            }
        }
    }
}

fn problem_answer(description: &str) -> Response {
    let schema = Ref::from_schema_name("Problem");
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new()
        .description(description)
        .content("application/problem+json", content)
        .build()
}

/// What [`ApiDoc`] made when it was last asked. To make it takes a megabyte of code, to keep it 20
/// KiB; a test compares the two.
static DOCUMENT: LazyLock<serde_json::Value> = LazyLock::new(|| {
    let packed = include_bytes!(concat!(env!("OUT_DIR"), "/openapi.json.gz"));
    serde_json::from_reader(flate2::read::GzDecoder::new(&packed[..])).unwrap_or_default()
});

/// `GET /api/openapi.json`
pub async fn openapi(state: web::Data<State>, request: HttpRequest) -> PageResult {
    let mut document = DOCUMENT.clone();
    if let Some(document) = document.as_object_mut() {
        let servers = serde_json::json!([{ "url": state.base_url(&request) }]);
        document.insert("servers".to_owned(), servers);
    }
    let body = serde_json::to_vec(&document).map_err(Error::internal)?;
    let tag = etag::of_view(0, &body);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::not_modified(&tag));
    }
    let mut response = HttpResponse::Ok();
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    Ok(render::tagged(
        response,
        request.headers(),
        (&tag, "application/json"),
        body,
    ))
}

/// `GET /api/docs`
pub async fn reference(state: web::Data<State>, request: HttpRequest) -> PageResult {
    let say = asked_locale(request.headers());
    let page = reference::page(&DOCUMENT, Frame::signed_out(say), state.base_url(&request));
    let html = askama::Template::render(&page)
        .map_err(Error::internal)?
        .into_bytes();
    let tag = etag::of_view(0, &html);
    if etag::Known::of(request.headers()).has(&tag) {
        return Ok(render::by_language(render::not_modified(&tag)));
    }
    let page = render::kept(request.headers(), (&tag, say), html);
    Ok(render::by_language(page))
}

/// `GET /problems/{code}`
pub async fn problem(code: web::Path<String>, request: HttpRequest) -> PageResult {
    let kind = Kind::named(&code).ok_or(PageError(Error::NotFound))?;
    let page = ProblemPage {
        frame: Frame::signed_out(asked_locale(request.headers())),
        code: kind.code,
        status: kind.status.as_u16(),
        title: kind.title,
        meaning: kind.meaning,
        remedy: kind.remedy,
    };
    Ok(render::uncached(HttpResponse::Ok(), &page))
}
