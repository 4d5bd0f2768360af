//! gzip for pages and lists, cheaply.
//!
//! Safe against BREACH, because no answer that is compressed holds a secret: there are no form
//! tokens, and whatever carries a login token is never compressed.

use std::cell::RefCell;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use flate2::{Compress, Compression, FlushCompress, Status};

use super::buffer;

/// Smaller bodies are not worth it.
const FROM: usize = 1024;

/// The largest window of DEFLATE (RFC 1951, 2), as the base-two logarithm of its bytes.
const WINDOW: u8 = 15;

thread_local! {
    // A quarter of a megabyte: to take it anew for each answer cost more than to compress it.
    static GZIP: RefCell<Compress> = RefCell::new(Compress::new_gzip(Compression::fast(), WINDOW));
}

/// The body compressed, if the client takes gzip and the body is worth it.
pub fn gzip(headers: &HeaderMap, body: &[u8]) -> Option<Vec<u8>> {
    if body.len() < FROM || !accepts(headers, "gzip") {
        return None;
    }
    GZIP.with_borrow_mut(|gzip| {
        gzip.reset();
        let mut small = buffer::bytes(body.len() / 3);
        loop {
            let read = usize::try_from(gzip.total_in()).ok()?;
            let rest = body.get(read..)?;
            match gzip.compress_vec(rest, &mut small, FlushCompress::Finish) {
                Ok(Status::StreamEnd) => return Some(small),
                Ok(Status::Ok | Status::BufError) => small.reserve(small.capacity()),
                Err(_) => return None,
            }
        }
    })
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
    use std::io::Read as _;

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

    #[test]
    fn what_was_compressed_is_read_back_whatever_came_before() {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip"));
        // Pages compress well; random bytes grow, beyond the room that they get at first.
        let page = "<li>Buy milk</li>\n".repeat(2000).into_bytes();
        let mut random = vec![0; 300_000];
        aws_lc_rs::rand::fill(&mut random).expect("random bytes");
        for body in [&page, &random, &page, &random, &page] {
            let small = gzip(&headers, body).expect("it is worth it");
            let mut read = Vec::new();
            flate2::read::GzDecoder::new(&*small)
                .read_to_end(&mut read)
                .expect("gzip");
            assert!(read == *body);
        }
    }
}
