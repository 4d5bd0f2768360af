//! Who may knock at all: hosts we answer for, and forms that were sent from our own pages.

use actix_web::dev::ServiceRequest;
use actix_web::http::header::{HOST, HeaderMap, HeaderName, ORIGIN, REFERER};
use actix_web::http::{Method, Uri};

use super::state::State;
use crate::config::PublicUrl;
use crate::error::{Error, Result, Sentence};

/// Names that nobody can register, so nobody can rebind them to a server in someone's home.
const PRIVATE_SUFFIXES: [&str; 4] = [".local", ".lan", ".home.arpa", ".internal"];

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");
const SEC_FETCH_MODE: HeaderName = HeaderName::from_static("sec-fetch-mode");
const SEC_FETCH_DEST: HeaderName = HeaderName::from_static("sec-fetch-dest");

/// Refuses requests for a host that is none of ours: DNS rebinding, poisoned caches.
pub fn check_host(request: &ServiceRequest, state: &State) -> Result<()> {
    let sent = request
        .headers()
        .get(HOST)
        .and_then(|host| host.to_str().ok());
    let Some(host) = sent.and_then(host_name) else {
        return Err(Error::Misdirected);
    };
    // An absolute-form target names a host of its own, and it has to be the same.
    if request
        .uri()
        .host()
        .is_some_and(|target| !target.eq_ignore_ascii_case(&host))
    {
        return Err(Error::Misdirected);
    }
    let config = state.config();
    let is_configured = config
        .public_url
        .as_ref()
        .is_some_and(|url| url.host() == host)
        || config.allowed_hosts.contains(&host);
    let is_private = config.public_url.is_none()
        && (!host.contains('.') || PRIVATE_SUFFIXES.iter().any(|suffix| host.ends_with(suffix)));
    if is_configured || is_private || host == "localhost" || is_ip_literal(&host) {
        Ok(())
    } else {
        Err(Error::Misdirected)
    }
}

/// Refuses what another site made a browser send (Fetch Metadata, then `Origin`, then `Referer`).
///
/// No browser can be made to leave all three out; what has none of them is no browser, or an old
/// one that a text-mode person uses, and passes.
pub fn check_origin(request: &ServiceRequest, state: &State) -> Result<()> {
    let headers = request.headers();
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return check_read(headers);
    }
    match only(headers, &SEC_FETCH_SITE) {
        Sent::Nothing => {}
        Sent::One("same-origin" | "none") => return Ok(()),
        Sent::One(_) | Sent::Unclear => return Err(foreign("Sec-Fetch-Site")),
    }
    let is_own = |text: &str| is_own_origin(text, headers, state.config().public_url.as_ref());
    match only(headers, &ORIGIN) {
        Sent::Nothing => {}
        Sent::One(origin) if is_own(origin) => return Ok(()),
        Sent::One(_) | Sent::Unclear => return Err(foreign("Origin")),
    }
    match only(headers, &REFERER) {
        Sent::Nothing => Ok(()),
        Sent::One(referer) if is_own(referer) => Ok(()),
        Sent::One(_) | Sent::Unclear => Err(foreign("Referer")),
    }
}

/// Another site may link here, but not load our pages into its own.
fn check_read(headers: &HeaderMap) -> Result<()> {
    let is = |name: &HeaderName, word| headers.get(name).is_some_and(|value| value == word);
    let is_foreign = is(&SEC_FETCH_SITE, "cross-site");
    let is_visit = is(&SEC_FETCH_MODE, "navigate") && is(&SEC_FETCH_DEST, "document");
    if is_foreign && !is_visit {
        Err(foreign("Sec-Fetch-Site"))
    } else {
        Ok(())
    }
}

fn foreign(header: &'static str) -> Error {
    Error::Forbidden(Sentence::told(move |say| say.error_foreign(header)))
}

enum Sent<'a> {
    Nothing,
    One(&'a str),
    Unclear,
}

fn only<'a>(headers: &'a HeaderMap, name: &HeaderName) -> Sent<'a> {
    let mut values = headers.get_all(name);
    match (values.next(), values.next()) {
        (None, _) => Sent::Nothing,
        (Some(value), None) => value.to_str().map_or(Sent::Unclear, Sent::One),
        (Some(_), Some(_)) => Sent::Unclear,
    }
}

fn is_own_origin(text: &str, headers: &HeaderMap, public_url: Option<&PublicUrl>) -> bool {
    let Ok(url) = url::Url::parse(text) else {
        return false;
    };
    if let Some(public_url) = public_url {
        return url.origin().ascii_serialization() == public_url.origin();
    }
    let Some(host) = headers.get(HOST).and_then(|host| host.to_str().ok()) else {
        return false;
    };
    let own = url::Url::parse(&format!("{}://{host}", url.scheme()));
    matches!(url.scheme(), "http" | "https") && own.is_ok_and(|own| own.origin() == url.origin())
}

/// The lower-case name in a `Host` header, without its port; none if it is not of that shape.
fn host_name(host: &str) -> Option<String> {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b".-:[]_".contains(&byte);
    if host.is_empty() || !host.bytes().all(is_plain) {
        return None;
    }
    let uri: Uri = format!("http://{host}/").parse().ok()?;
    let has_port = |port: &str| port.is_empty() || port.parse::<u16>().is_ok();
    let name = uri.host().filter(|name| !name.is_empty())?;
    let rest = host.strip_prefix(name)?;
    let is_whole = rest.is_empty() || rest.strip_prefix(':').is_some_and(has_port);
    // Brackets hold an address and nothing else.
    let is_name = !name.starts_with('[') || is_ip_literal(name);
    (is_whole && is_name).then(|| name.to_ascii_lowercase())
}

fn is_ip_literal(host: &str) -> bool {
    host.trim_start_matches('[')
        .trim_end_matches(']')
        .parse::<std::net::IpAddr>()
        .is_ok()
}
