//! The outermost layer: every answer leaves through here.
//!
//! Gives each request an id and a time limit, survives a panicking handler, dresses errors for
//! their door, adds the headers that every answer has, and writes the line in the log.

use std::panic::AssertUnwindSafe;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{ALLOW, AUTHORIZATION};
use actix_web::http::uri::PathAndQuery;
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::{HttpMessage as _, HttpRequest, HttpResponse, ResponseError, web};
use futures_util::FutureExt as _;

use super::api_error::{self, ApiError};
use super::cors::Sharing;
use super::page_error::{self, Failed, PageError};
use super::route::Route;
use super::state::State;
use super::visitor::asked_locale;
use super::{client, cookie, gate, headers, well_known};
use crate::accounts::Credential;
use crate::error::Error;
use crate::words::Locale;

/// From the first byte of the request to the last of the answer's making.
const TIME_LIMIT: Duration = Duration::from_secs(20);

/// Which of our two doors an address belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Door {
    Pages,
    Api,
}

impl Door {
    fn of(path: &str) -> Self {
        match path.strip_prefix("/api") {
            Some("/docs") => Self::Pages,
            Some(rest) if rest.is_empty() || rest.starts_with('/') => Self::Api,
            _ => Self::Pages,
        }
    }
}

/// A refusal without a request to hang it on: a panic or a time-out took it along.
#[derive(Debug)]
struct Lost {
    door: Door,
    error: Error,
    request_id: String,
    is_https: bool,
    say: Locale,
    sharing: Sharing,
}

impl std::fmt::Display for Lost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.error.fmt(f)
    }
}

impl ResponseError for Lost {
    fn error_response(&self) -> HttpResponse {
        let mut response = match self.door {
            Door::Api => api_error::render(&self.error, &self.request_id, false),
            Door::Pages => page_error::render_page(
                &self.error,
                &Failed {
                    request_id: &self.request_id,
                    read: None,
                    sent_session: false,
                    is_https: self.is_https,
                    say: self.say,
                },
            ),
        };
        headers::add(
            response.headers_mut(),
            self.door,
            &self.request_id,
            self.is_https,
        );
        self.sharing.add(response.headers_mut());
        response
    }
}

/// What is known of a request before it is let in, and needed when its answer leaves.
struct Visit {
    began: Instant,
    door: Door,
    request_id: String,
    sharing: Sharing,
    state: web::Data<State>,
}

/// Wraps the whole application.
pub async fn watch(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, actix_web::Error> {
    let Some(state) = request.app_data::<web::Data<State>>().cloned() else {
        return Err(actix_web::error::ErrorInternalServerError(
            "the state is missing",
        ));
    };
    let visit = Visit {
        began: Instant::now(),
        door: Door::of(request.path()),
        request_id: new_request_id(),
        sharing: Sharing::of(&state.config().cross_origin, &request),
        state,
    };
    if let Err(error) = visit.admit(&request) {
        let refusal = visit.render(&error, request.request());
        return Ok(visit.end(request.into_response(refusal)));
    }
    if let Some(answer) = visit.sharing.preflight(&request) {
        return Ok(visit.end(request.into_response(answer)));
    }
    let (method, say) = (request.method().clone(), asked_locale(request.headers()));
    let answer = AssertUnwindSafe(next.call(request)).catch_unwind();
    let lost = match tokio::time::timeout(TIME_LIMIT, answer).await {
        Ok(Ok(Ok(response))) => return Ok(visit.end(visit.dress(response.map_into_boxed_body()))),
        Ok(Ok(Err(error))) => Error::internal(error.to_string()),
        Ok(Err(panic)) => Error::internal(panic_message(&*panic)),
        Err(_) => Error::Timeout,
    };
    Err(visit.lose(&method, (lost, say)).into())
}

impl Visit {
    fn admit(&self, request: &ServiceRequest) -> Result<(), Error> {
        // The container's own health check comes by whatever name it likes.
        if matches!(request.path(), "/healthz" | "/readyz") {
            return Ok(());
        }
        gate::check_host(request, &self.state)?;
        match self.door {
            // Keys are for everybody, wherever their page is from.
            Door::Pages if request.path() == well_known::JWKS => Ok(()),
            Door::Pages => gate::check_origin(request, &self.state),
            Door::Api => Ok(()),
        }
    }

    /// Renders the error in an answer, ours as it is or what actix means by its bare status.
    fn dress(&self, response: ServiceResponse) -> ServiceResponse {
        let bare;
        let error = match response.response().error() {
            Some(error) => match (error.as_error::<PageError>(), error.as_error::<ApiError>()) {
                (Some(PageError(error)), _) | (_, Some(ApiError(error))) => error,
                (None, None) => {
                    bare = of_status(response.status());
                    &bare
                }
            },
            None if response.status() == StatusCode::METHOD_NOT_ALLOWED => {
                bare = Error::MethodNotAllowed;
                &bare
            }
            None => return response,
        };
        let mut dressed = self.render(error, response.request());
        if let Some(allow) = response.headers().get(ALLOW) {
            dressed.headers_mut().insert(ALLOW, allow.clone());
        }
        response.into_response(dressed)
    }

    fn render(&self, error: &Error, request: &HttpRequest) -> HttpResponse {
        if let Error::Internal(cause) = error {
            log::error!("{} request_id={}", chain(&**cause), self.request_id);
        }
        match self.door {
            Door::Api => {
                let sent_token = request.headers().contains_key(AUTHORIZATION);
                api_error::render(error, &self.request_id, sent_token)
            }
            Door::Pages => {
                let is_https = self.state.is_https();
                let read = matches!(*request.method(), Method::GET | Method::HEAD);
                let address = request.uri().path_and_query().map(PathAndQuery::as_str);
                let session = cookie::SESSION.read(request.headers(), is_https);
                page_error::render_page(
                    error,
                    &Failed {
                        request_id: &self.request_id,
                        read: address.filter(|_| read),
                        sent_session: session != cookie::Sent::None,
                        is_https,
                        say: asked_locale(request.headers()),
                    },
                )
            }
        }
    }

    fn end(&self, mut response: ServiceResponse) -> ServiceResponse {
        headers::add(
            response.response_mut().headers_mut(),
            self.door,
            &self.request_id,
            self.state.is_https(),
        );
        self.sharing.add(response.response_mut().headers_mut());
        #[cfg(debug_assertions)]
        headers::add_server_timing(response.response_mut().headers_mut(), self.began);
        self.log(&response);
        response
    }

    /// Addresses hold searches and tokens of links, so the pattern of the route is logged instead.
    fn log(&self, response: &ServiceResponse) {
        if !log::log_enabled!(log::Level::Info) {
            return;
        }
        let request = response.request();
        let route = request.app_data::<Route>();
        let client = client::address(request, &self.state.config().trusted_proxies);
        let extensions = request.extensions();
        let account = extensions
            .get::<Credential>()
            .map(|credential| credential.account);
        log::info!(
            method = request.method().as_str(),
            route:% = OrDash(route),
            status = response.status().as_u16(),
            micros = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX),
            client:% = OrDash(client.as_ref()),
            account:% = OrDash(account.as_ref()),
            request_id = self.request_id.as_str();
            "request"
        );
    }

    fn lose(self, method: &Method, (error, say): (Error, Locale)) -> Lost {
        log::error!(
            "{method} was lost: {error:?} request_id={}",
            self.request_id
        );
        let is_https = self.state.is_https();
        Lost {
            door: self.door,
            error,
            request_id: self.request_id,
            is_https,
            say,
            sharing: self.sharing,
        }
    }
}

/// Prints the value, or a dash where there is none.
struct OrDash<'a, T>(Option<&'a T>);

impl<T: std::fmt::Display> std::fmt::Display for OrDash<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            Some(value) => value.fmt(f),
            None => f.write_str("-"),
        }
    }
}

fn of_status(status: StatusCode) -> Error {
    match status {
        StatusCode::NOT_FOUND => Error::NotFound,
        StatusCode::METHOD_NOT_ALLOWED => Error::MethodNotAllowed,
        StatusCode::PAYLOAD_TOO_LARGE => Error::TooLarge(super::body::LIMIT),
        StatusCode::REQUEST_TIMEOUT => Error::Timeout,
        status if status.is_client_error() => {
            Error::Malformed("the request could not be read".into())
        }
        status => Error::internal(format!("an answer of status {status}")),
    }
}

fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(": ")
}

fn panic_message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(ToString::to_string);
    let text = text.or_else(|| panic.downcast_ref::<String>().cloned());
    format!(
        "a handler panicked: {}",
        text.as_deref().unwrap_or("no message")
    )
}

/// Sixteen hexadecimal digits, different for every request of every process.
fn new_request_id() -> String {
    static BEGIN: LazyLock<u64> = LazyLock::new(|| {
        let mut bytes = [0_u8; 8];
        // Without random bytes ids begin at zero, which is still an id.
        let _ = aws_lc_rs::rand::fill(&mut bytes);
        u64::from_le_bytes(bytes)
    });
    static COUNT: AtomicU64 = AtomicU64::new(0);

    // The golden ratio spreads a counter over all bits.
    let count = COUNT
        .fetch_add(1, Ordering::Relaxed)
        .wrapping_mul(0x9e37_79b9_7f4a_7c15);
    format!("{:016x}", BEGIN.wrapping_add(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn doors_are_told_by_their_address() {
        for (path, door) in [
            ("/api", Door::Api),
            ("/api/tasks", Door::Api),
            ("/api/openapi.json", Door::Api),
            ("/api/docs", Door::Pages),
            ("/apiary", Door::Pages),
            ("/tasks", Door::Pages),
        ] {
            assert_eq!(Door::of(path), door, "{path}");
        }
    }

    #[test]
    fn request_ids_differ() {
        assert_ne!(new_request_id(), new_request_id());
        assert_eq!(new_request_id().len(), 16);
    }
}
