//! The only room with HTTP, and the whole table of addresses.

pub mod accounts;
pub mod api_error;
pub mod body;
pub mod buffer;
pub mod client;
pub mod compress;
pub mod cookie;
mod cors;
pub mod docs;
pub mod error_views;
pub mod etag;
pub mod frame;
pub mod front;
pub mod gate;
mod headers;
pub mod health;
pub mod history;
pub mod labels;
pub mod lists;
pub mod markdown;
pub mod markup;
pub mod next;
pub mod page_error;
pub mod problem;
pub mod render;
pub mod route;
pub mod security_txt;
pub mod state;
pub mod static_files;
pub mod tasks;
pub mod views;
pub mod visitor;
pub mod watch;
pub mod well_known;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{Scope, web};

use crate::error::Error;
use api_error::{ApiError, ApiResult};
use page_error::{PageError, PageResult};
use route::{at, reads, thin};
use state::State;

/// Every address, and who answers there.
pub fn routes(config: &mut ServiceConfig, state: &State) {
    config
        .service(reads(at("", "/healthz"), health::live))
        .service(reads(at("", "/readyz"), health::ready))
        .service(reads(at("", "/static/{name}"), static_files::file))
        .service(reads(at("", "/favicon.ico"), static_files::favicon))
        .service(reads(at("", "/problems/{code}"), docs::problem))
        .service(reads(
            at("", "/.well-known/security.txt"),
            security_txt::file,
        ))
        .service(reads(at("", well_known::JWKS), well_known::keys))
        .configure(api_routes)
        .configure(page_routes);
    if let Some(folder) = &state.config().static_dir {
        let robots = folder.join("robots.txt");
        let files = actix_files::Files::new("/site", folder).disable_content_disposition();
        config.service(files);
        config.service(reads(at("", "/robots.txt"), move || {
            let found = actix_files::NamedFile::open(&robots);
            std::future::ready(found.map_err(|_missing| PageError(Error::NotFound)))
        }));
    }
    config.default_service(web::to(page_not_found));
}

fn page_routes(config: &mut ServiceConfig) {
    use accounts::pages as account;
    use tasks::pages::list;

    config
        .service(reads(at("", "/"), front::front))
        .service(reads(at("", "/login"), account::show_login).post(thin(account::log_in)))
        .service(reads(at("", "/signup"), account::show_signup).post(thin(account::sign_up)))
        .service(at("", "/logout").post(thin(account::log_out)))
        .configure(mail_pages)
        .service(guarded("/today").service(reads(at("/today", ""), list::today)))
        .service(guarded("/upcoming").service(reads(at("/upcoming", ""), list::upcoming)))
        .service(guarded("/inbox").service(reads(at("/inbox", ""), list::inbox)))
        .service(guarded("/tasks").configure(task_pages))
        .service(guarded("/lists").configure(list_pages))
        .service(guarded("/labels").configure(label_pages))
        .service(guarded("/views").configure(view_pages))
        .service(guarded("/history").configure(history_pages))
        .service(
            reads(at("", "/login/code"), accounts::code::show)
                .post(thin(accounts::code::enter_code)),
        )
        .service(guarded("/settings").configure(settings_pages));
}

fn settings_pages(config: &mut ServiceConfig) {
    use accounts::security::{data, password, sign_ins, tokens, two_step};
    use accounts::{email, settings};

    let at = |path| at("/settings", path);
    config
        .service(reads(at(""), settings::show).post(thin(settings::save)))
        .service(reads(at("/email"), email::show).post(thin(email::change)))
        .service(reads(at("/password"), password::show).post(thin(password::save)))
        .service(reads(at("/two-step"), two_step::show))
        .service(at("/two-step/start").post(thin(two_step::begin)))
        .service(at("/two-step/confirm").post(thin(two_step::complete)))
        .service(at("/two-step/cancel").post(thin(two_step::cancel)))
        .service(at("/two-step/codes").post(thin(two_step::renew)))
        .service(at("/two-step/off").post(thin(two_step::end)))
        .service(reads(at("/tokens"), tokens::show).post(thin(tokens::add)))
        .service(at("/tokens/{id}/revoke").post(thin(tokens::drop_one)))
        .service(reads(at("/sign-ins"), sign_ins::show).post(thin(sign_ins::end)))
        .service(reads(at("/data"), data::show))
        .service(reads(at("/export"), data::download))
        .service(reads(at("/delete"), data::ask).post(thin(data::end)));
}

/// Where links in mail lead.
fn mail_pages(config: &mut ServiceConfig) {
    use accounts::{confirm, reset};

    config
        .service(reads(at("", "/reset"), reset::show_ask).post(thin(reset::ask)))
        .service(reads(at("", "/reset/new"), reset::show_new).post(thin(reset::set_new)))
        .service(reads(at("", "/reset/done"), reset::done))
        .service(reads(at("", "/confirm"), confirm::show).post(thin(confirm::confirm)))
        .service(reads(at("", "/confirm/done"), confirm::done))
        .service(at("", "/signup/again").post(thin(confirm::again)));
}

/// Addresses for those who are signed in alone.
fn guarded(
    prefix: &str,
) -> Scope<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = actix_web::Error,
        InitError = (),
    > + use<>,
> {
    web::scope(prefix)
        .default_service(web::to(page_not_found))
        .wrap(from_fn(visitor::require_session))
}

fn task_pages(config: &mut ServiceConfig) {
    use tasks::pages::{add, bulk, list, press, task};

    let at = |path| at("/tasks", path);
    config
        .service(reads(at(""), list::tasks).post(thin(add::create)))
        // Before the ids, which these words are none of.
        .service(at("/lines").post(thin(add::create_lines)))
        .service(at("/bulk").post(thin(bulk::bulk)))
        .service(at("/empty-trash").post(thin(bulk::empty_trash)))
        .service(reads(at("/{id}"), task::show).post(thin(task::edit)))
        .service(at("/{id}/complete").post(thin(press::complete)))
        .service(at("/{id}/reopen").post(thin(press::reopen)))
        .service(at("/{id}/delete").post(thin(press::delete)))
        .service(at("/{id}/restore").post(thin(press::restore)))
        .service(at("/{id}/skip").post(thin(press::skip)))
        .service(at("/{id}/duplicate").post(thin(task::duplicate)))
        .service(at("/{id}/move").post(thin(task::move_by)))
        .service(at("/{id}/steps").post(thin(add::add_step)))
        .service(at("/{id}/keep").post(thin(add::keep)))
        .service(at("/{id}/list").post(thin(add::make_list)));
}

fn list_pages(config: &mut ServiceConfig) {
    use lists::pages as organise;

    let at = |path| at("/lists", path);
    config
        .service(reads(at(""), organise::index).post(thin(organise::create)))
        .service(reads(at("/{id}"), tasks::pages::list::list))
        .service(at("/{id}/edit").post(thin(organise::edit)))
        .service(at("/{id}/move").post(thin(organise::shift)))
        .service(at("/{id}/delete").post(thin(organise::delete)));
}

fn label_pages(config: &mut ServiceConfig) {
    use lists::pages as organise;

    let at = |path| at("/labels", path);
    config
        .service(reads(at("/{name}"), tasks::pages::list::label))
        .service(at("/{name}/rename").post(thin(organise::rename_label)))
        .service(at("/{name}/delete").post(thin(organise::delete_label)));
}

fn view_pages(config: &mut ServiceConfig) {
    use lists::pages as organise;

    let at = |path| at("/views", path);
    config
        .service(at("").post(thin(organise::save_view)))
        .service(reads(at("/{id}"), tasks::pages::list::view))
        .service(at("/{id}/edit").post(thin(organise::edit_view)))
        .service(at("/{id}/move").post(thin(organise::shift_view)))
        .service(at("/{id}/delete").post(thin(organise::delete_view)));
}

fn history_pages(config: &mut ServiceConfig) {
    use history::pages as history;

    let at = |path| at("/history", path);
    config
        .service(reads(at(""), history::index))
        .service(at("/{id}/undo").post(thin(history::undo)));
}

fn api_routes(config: &mut ServiceConfig) {
    use accounts::api as account;

    config.service(
        web::scope("/api")
            .wrap(from_fn(only_json))
            .service(reads(at("/api", "/docs"), docs::reference))
            .service(reads(at("/api", "/openapi.json"), docs::openapi))
            .service(at("/api", "/auth/signup").post(thin(account::sign_up)))
            .service(at("/api", "/auth/login").post(thin(account::log_in)))
            .configure(api_mail)
            .service(
                web::scope("")
                    .wrap(from_fn(visitor::require_bearer))
                    .service(at("/api", "/auth/logout").post(thin(account::log_out)))
                    .configure(api_account)
                    .configure(api_tasks)
                    .configure(api_others)
                    .default_service(web::to(api_not_found)),
            ),
    );
}

fn api_account(config: &mut ServiceConfig) {
    use accounts::security::{data, password, sign_ins, tokens, two_step};
    use accounts::settings;

    let at = |path| at("/api", path);
    config
        .service(
            reads(at("/me"), settings::me)
                .patch(thin(settings::patch))
                .delete(thin(data::delete)),
        )
        .service(at("/me/email").put(thin(accounts::email::change_by_api)))
        .service(at("/me/password").put(thin(password::put)))
        .service(
            at("/me/totp")
                .post(thin(two_step::post))
                .put(thin(two_step::put))
                .delete(thin(two_step::delete)),
        )
        .service(reads(at("/me/sign-ins"), sign_ins::list))
        .service(at("/me/sign-out-everywhere").post(thin(sign_ins::end_all)))
        .service(reads(at("/me/export"), data::export))
        .service(reads(at("/tokens"), tokens::list).post(thin(tokens::create)))
        .service(at("/tokens/{id}").delete(thin(tokens::delete)));
}

/// What is done with links in mail.
fn api_mail(config: &mut ServiceConfig) {
    use accounts::{confirm, reset};

    config
        .service(at("/api", "/auth/reset-request").post(thin(reset::request_reset)))
        .service(at("/api", "/auth/reset").post(thin(reset::reset)))
        .service(at("/api", "/auth/confirm-request").post(thin(confirm::request_again)))
        .service(at("/api", "/auth/confirm").post(thin(confirm::confirm_by_api)));
}

fn api_tasks(config: &mut ServiceConfig) {
    use tasks::api::{batch, collection, item, moves, quick};

    config
        .service(
            reads(at("/api", "/tasks"), collection::list)
                .post(thin(collection::create))
                .delete(thin(collection::delete_all)),
        )
        // Before the ids, which these words are none of.
        .service(at("/api", "/tasks/quick").post(thin(quick::quick)))
        .service(at("/api", "/tasks/batch").post(thin(batch::batch)))
        .service(
            reads(at("/api", "/tasks/{id}"), item::get)
                .patch(thin(item::patch))
                .delete(thin(item::delete)),
        )
        .service(
            at("/api", "/tasks/{id}/completion")
                .put(thin(item::complete))
                .delete(thin(item::reopen)),
        )
        .service(at("/api", "/tasks/{id}/restore").post(thin(item::restore)))
        .service(at("/api", "/tasks/{id}/move").post(thin(moves::move_task)))
        .service(at("/api", "/tasks/{id}/skip").post(thin(moves::skip)))
        .service(at("/api", "/tasks/{id}/duplicate").post(thin(moves::duplicate)))
        .service(reads(
            at("/api", "/tasks/{id}/occurrences"),
            moves::occurrences,
        ));
}

fn api_others(config: &mut ServiceConfig) {
    use history::{api as step, changes};
    use labels::api as label;
    use lists::api as list;
    use views::api as view;

    config
        .service(reads(at("/api", "/lists"), list::list).post(thin(list::create)))
        .service(
            reads(at("/api", "/lists/{id}"), list::get)
                .patch(thin(list::patch))
                .delete(thin(list::delete)),
        )
        .service(reads(at("/api", "/labels"), label::list))
        .service(
            at("/api", "/labels/{name}")
                .patch(thin(label::rename))
                .delete(thin(label::delete)),
        )
        .service(reads(at("/api", "/views"), view::list).post(thin(view::create)))
        .service(
            reads(at("/api", "/views/{id}"), view::get)
                .patch(thin(view::patch))
                .delete(thin(view::delete)),
        )
        .service(reads(at("/api", "/history"), step::list))
        .service(at("/api", "/history/{id}/undo").post(thin(step::undo)))
        .service(reads(at("/api", "/changes"), changes::changes));
}

async fn page_not_found() -> PageResult {
    Err(PageError(Error::NotFound))
}

async fn api_not_found() -> ApiResult {
    Err(ApiError(Error::NotFound))
}

/// Refuses clients that take no JSON, before anything is done for them.
async fn only_json(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    if request.path() != "/api/docs" && !tasks::api::accepts_json(request.headers()) {
        return Ok(request.error_response(ApiError(Error::NotAcceptable)));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}
