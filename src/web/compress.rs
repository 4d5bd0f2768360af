//! gzip for pages and lists, cheaply.
//!
//! Safe against BREACH, because no answer that is compressed holds a secret: there are no form
//! tokens, and whatever carries a login token is never compressed.

use std::io::Write as _;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use flate2::Compression;
use flate2::write::GzEncoder;

/// Smaller bodies are not worth it.
const FROM: usize = 1024;

/// The body compressed, if the client takes gzip and the body is worth it.
pub fn gzip(headers: &HeaderMap, body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < FROM || !accepts(headers, "gzip") {
        return None;
    }
    let buffer = Vec::with_capacity(body.len() / 3);
    let mut encoder = GzEncoder::new(buffer, Compression::fast());
    encoder.write_all(body).ok()?;
    encoder.finish().ok()
}

/// Whether `Accept-Encoding` names the coding with a weight above zero (RFC 9110, 12.5.3).
pub fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    let values = headers
        .get_all(ACCEPT_ENCODING)
        .filter_map(|value| value.to_str().ok());
    let mut items = values.flat_map(|value| value.split(','));
    items.any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let is_named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        is_named && weight.is_none_or(|q| q.parse::<f32>().is_ok_and(|q| q > 0.0))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::HeaderValue;

    #[test]
    fn gzip_is_sent_to_those_who_take_it() {
        for (sent, expected) in [
            ("gzip", true),
            ("br, GZIP;q=0.5", true),
            ("gzip;q=0", false),
            ("gzip; q=0.0, br", false),
            ("br", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(ACCEPT_ENCODING, HeaderValue::from_static(sent));
            assert_eq!(accepts(&headers, "gzip"), expected, "{sent}");
            assert_eq!(gzip(&headers, &[b'a'; 2000]).is_some(), expected, "{sent}");
            assert!(gzip(&headers, b"short").is_none());
        }
    }
}
