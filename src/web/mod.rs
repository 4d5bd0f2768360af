//! The only room with HTTP, and the whole table of addresses.

pub mod accounts;
pub mod api_error;
pub mod body;
pub mod client;
pub mod compress;
pub mod cookie;
pub mod docs;
pub mod error_views;
pub mod etag;
pub mod frame;
pub mod gate;
pub mod health;
pub mod next;
pub mod page_error;
pub mod problem;
pub mod render;
pub mod state;
pub mod static_files;
pub mod tasks;
pub mod visitor;
pub mod watch;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{Handler, ServiceRequest, ServiceResponse};
use actix_web::middleware::{Next, from_fn};
use actix_web::web::ServiceConfig;
use actix_web::{FromRequest, HttpRequest, HttpResponse, Resource, Responder, web};

use crate::error::Error;
use api_error::{ApiError, ApiResult};
use page_error::{PageError, PageResult};
use state::State;

/// Every address, and who answers there.
pub fn routes(config: &mut ServiceConfig, state: &State) {
    config
        .service(reads(web::resource("/healthz"), health::live))
        .service(reads(web::resource("/readyz"), health::ready))
        .service(reads(web::resource("/static/{name}"), static_files::file))
        .service(reads(web::resource("/favicon.ico"), static_files::favicon))
        .service(reads(web::resource("/problems/{code}"), docs::problem))
        .configure(api_routes)
        .configure(page_routes);
    if let Some(folder) = &state.config().static_dir {
        let robots = folder.join("robots.txt");
        let files = actix_files::Files::new("/site", folder).disable_content_disposition();
        config.service(files);
        config.service(reads(web::resource("/robots.txt"), move || {
            let found = actix_files::NamedFile::open(&robots);
            std::future::ready(found.map_err(|_missing| PageError(Error::NotFound)))
        }));
    }
    config.default_service(web::to(page_not_found));
}

fn page_routes(config: &mut ServiceConfig) {
    use accounts::pages as account;
    use tasks::pages as task;

    config
        .service(reads(web::resource("/"), home))
        .service(reads(web::resource("/login"), account::show_login).post(account::log_in))
        .service(reads(web::resource("/signup"), account::show_signup).post(account::sign_up))
        .service(web::resource("/logout").post(account::log_out))
        .service(
            web::scope("/tasks")
                .wrap(from_fn(visitor::require_session))
                .service(reads(web::resource(""), task::list).post(task::create))
                .service(reads(web::resource("/{id}"), task::show).post(task::edit))
                .service(web::resource("/{id}/complete").post(task::complete))
                .service(web::resource("/{id}/reopen").post(task::reopen))
                .service(web::resource("/{id}/delete").post(task::delete))
                .service(web::resource("/{id}/restore").post(task::restore))
                .default_service(web::to(page_not_found)),
        );
}

fn api_routes(config: &mut ServiceConfig) {
    use accounts::api as account;
    use tasks::api as task;

    config.service(
        web::scope("/api")
            .wrap(from_fn(only_json))
            .service(reads(web::resource("/docs"), docs::reference))
            .service(reads(web::resource("/openapi.json"), docs::openapi))
            .service(web::resource("/auth/signup").post(account::sign_up))
            .service(web::resource("/auth/login").post(account::log_in))
            .service(
                web::scope("")
                    .wrap(from_fn(visitor::require_bearer))
                    .service(web::resource("/auth/logout").post(account::log_out))
                    .service(reads(web::resource("/me"), account::me))
                    .service(
                        reads(web::resource("/tasks"), task::list)
                            .post(task::create)
                            .delete(task::delete_all),
                    )
                    .service(
                        reads(web::resource("/tasks/{id}"), task::get)
                            .patch(task::patch)
                            .delete(task::delete),
                    )
                    .service(
                        web::resource("/tasks/{id}/completion")
                            .put(task::complete)
                            .delete(task::reopen),
                    )
                    .service(web::resource("/tasks/{id}/restore").post(task::restore))
                    .default_service(web::to(api_not_found)),
            ),
    );
}

/// A resource that answers GET and, alike but for the body, HEAD.
fn reads<F, Args>(resource: Resource, handler: F) -> Resource
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
}

/// `GET /`
async fn home(request: HttpRequest) -> HttpResponse {
    let is_signed_in = visitor::session(&request).is_ok();
    render::see_other(if is_signed_in { next::HOME } else { "/login" })
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
