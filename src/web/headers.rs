//! The headers that every answer has: what browsers may do with it, and what they may fetch ahead.

use std::sync::LazyLock;
#[cfg(debug_assertions)]
use std::time::Instant;

use actix_web::http::header::{
    CACHE_CONTROL, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, LINK,
};

use super::watch::Door;
use super::{render, static_files};

/// Says to search engines what they may show; nothing, unless a page says otherwise.
pub(super) const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");

type Header = (HeaderName, HeaderValue);

/// Read once: names and values that are made anew for each answer would be checked letter by letter
/// each time.
struct StaticHeaders {
    everywhere: [Header; 6],
    page_policy: Header,
    api_policy: Header,
    transport: Header,
    /// For pages: the stylesheet, announced before the browser has read the first line; and what it
    /// may load ahead of a click, where it can.
    ahead: [Header; 2],
    no_store: HeaderValue,
    no_robots: HeaderValue,
    request_id: HeaderName,
}

static HEADERS: LazyLock<StaticHeaders> = LazyLock::new(|| {
    let header = |name, value| -> Header {
        (
            HeaderName::from_static(name),
            HeaderValue::from_static(value),
        )
    };
    let policy = |value| header("content-security-policy", value);
    StaticHeaders {
        everywhere: [
            header("x-content-type-options", "nosniff"),
            // Not no-referrer: browsers would then send `Origin: null` with our own forms.
            header("referrer-policy", "same-origin"),
            header("x-frame-options", "DENY"),
            header("cross-origin-opener-policy", "same-origin"),
            header("cross-origin-resource-policy", "same-origin"),
            header(
                "permissions-policy",
                "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            ),
        ],
        page_policy: policy(
            "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'; object-src 'none'; script-src 'none'",
        ),
        api_policy: policy("default-src 'none'; frame-ancestors 'none'"),
        transport: header("strict-transport-security", "max-age=31536000"),
        ahead: {
            let assets = static_files::assets();
            let value =
                |text: String| HeaderValue::from_str(&text).unwrap_or(HeaderValue::from_static(""));
            let preload = format!("<{}>; rel=preload; as=style", assets.stylesheet);
            let rules = format!("\"{}\"", assets.speculation_rules);
            [
                (LINK, value(preload)),
                (HeaderName::from_static("speculation-rules"), value(rules)),
            ]
        },
        no_store: HeaderValue::from_static(render::NO_STORE),
        no_robots: HeaderValue::from_static("noindex, nofollow"),
        request_id: HeaderName::from_static("x-request-id"),
    }
});

/// Adds what the answer at a door has besides its own.
pub(super) fn add(headers: &mut HeaderMap, door: Door, request_id: &str, is_https: bool) {
    let ready = &*HEADERS;
    let policy = match door {
        Door::Pages => &ready.page_policy,
        Door::Api => &ready.api_policy,
    };
    let transport = is_https.then_some(&ready.transport);
    headers.reserve(14);
    for (name, value) in ready.everywhere.iter().chain([policy]).chain(transport) {
        headers.insert(name.clone(), value.clone());
    }
    if !headers.contains_key(CACHE_CONTROL) {
        headers.insert(CACHE_CONTROL, ready.no_store.clone());
    }
    if !headers.contains_key(&ROBOTS) {
        headers.insert(ROBOTS, ready.no_robots.clone());
    }
    let is_page = |kind: &HeaderValue| kind.as_bytes().starts_with(b"text/html");
    if headers.get(CONTENT_TYPE).is_some_and(is_page) {
        for (name, value) in &ready.ahead {
            headers.insert(name.clone(), value.clone());
        }
    }
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(ready.request_id.clone(), id);
    }
}

/// How long the answer took, for the browser's tools (Server Timing); in development only, because
/// it tells strangers what the server does.
#[cfg(debug_assertions)]
pub(super) fn add_server_timing(headers: &mut HeaderMap, began: Instant) {
    let took = format!("app;dur={:.3}", began.elapsed().as_secs_f64() * 1000.0);
    if let Ok(took) = HeaderValue::from_str(&took) {
        headers.insert(HeaderName::from_static("server-timing"), took);
    }
}
