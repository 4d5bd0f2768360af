//! Which answers a page of another origin may read (CORS, <https://fetch.spec.whatwg.org/#http-cors-protocol>).
//!
//! Written here and not by a crate, because it belongs around the layer that dresses errors: a front
//! end has to be able to read its 401, its 422 and the answer to a request that was lost. The API
//! takes no cookies, so an answer is never shared with what the browser knows of somebody, and no
//! header here says `Allow-Credentials`.

use actix_web::HttpResponse;
use actix_web::dev::ServiceRequest;
use actix_web::http::Method;
use actix_web::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN,
    ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, ACCESS_CONTROL_REQUEST_METHOD,
    HeaderMap, HeaderName, HeaderValue, ORIGIN, VARY,
};

use crate::config::CrossOrigin;

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const METHODS: HeaderValue = HeaderValue::from_static("GET, POST, PUT, PATCH, DELETE");
const SENT: HeaderValue = HeaderValue::from_static(
    "Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Accept",
);
const READ: HeaderValue =
    HeaderValue::from_static("Link, ETag, Location, Retry-After, X-Total-Count, X-Request-Id");
/// How long a browser need not ask again, in seconds; none keeps it longer than two hours.
const MAX_AGE: HeaderValue = HeaderValue::from_static("7200");
/// What an answer to a question about it depends on.
const VARY_PREFLIGHT: HeaderValue = HeaderValue::from_static(
    "Origin, Access-Control-Request-Method, Access-Control-Request-Headers",
);
const ANYBODY: HeaderValue = HeaderValue::from_static("*");

/// Who may read the answer to one request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Sharing {
    /// It is as if there were no CORS.
    Off,
    /// Pages of this origin may not.
    Refused,
    /// Pages of this origin may; the value is what `Access-Control-Allow-Origin` says.
    Granted(HeaderValue),
}

impl Sharing {
    /// Looks at the address, as the routes see it, and at the origin.
    pub(super) fn of(allowed: &CrossOrigin, request: &ServiceRequest) -> Self {
        let path = request.match_info().as_str();
        if !allowed.is_on() || !path.starts_with("/api/") || path == "/api/docs" {
            return Self::Off;
        }
        let mut origins = request.headers().get_all(ORIGIN);
        let (Some(origin), None) = (origins.next(), origins.next()) else {
            return Self::Refused;
        };
        // Whoever says "everybody" means the data of people who hold a token, and not a way to
        // try passwords from every page in the world.
        let is_for_everybody = allowed.is_any() && !path.starts_with("/api/auth/");
        match origin.to_str() {
            Ok(text) if allowed.is_listed(text) => Self::Granted(origin.clone()),
            _ if is_for_everybody => Self::Granted(ANYBODY),
            _ => Self::Refused,
        }
    }

    /// The answer to a browser that asks before it sends (a preflight), if it does: no token comes
    /// with the question, so nobody is asked for one.
    pub(super) fn preflight(&self, request: &ServiceRequest) -> Option<HttpResponse> {
        let asks = request
            .headers()
            .contains_key(ACCESS_CONTROL_REQUEST_METHOD)
            && request.headers().contains_key(ORIGIN);
        if *self == Self::Off || *request.method() != Method::OPTIONS || !asks {
            return None;
        }
        let mut response = HttpResponse::NoContent().finish();
        let headers = response.headers_mut();
        headers.insert(VARY, VARY_PREFLIGHT);
        if matches!(self, Self::Granted(_)) {
            headers.insert(ACCESS_CONTROL_ALLOW_METHODS, METHODS);
            headers.insert(ACCESS_CONTROL_ALLOW_HEADERS, SENT);
            headers.insert(ACCESS_CONTROL_MAX_AGE, MAX_AGE);
        }
        Some(response)
    }

    /// Adds what an answer says of it.
    pub(super) fn add(&self, headers: &mut HeaderMap) {
        if *self == Self::Off {
            return;
        }
        if headers.get(VARY) != Some(&VARY_PREFLIGHT) {
            headers.append(VARY, HeaderValue::from_static("Origin"));
        }
        if let Self::Granted(origin) = self {
            headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin.clone());
            headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, READ);
            headers.insert(RESOURCE_POLICY, HeaderValue::from_static("cross-origin"));
        }
    }
}
