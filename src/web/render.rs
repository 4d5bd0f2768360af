//! From a template to an answer.

use actix_web::http::header::{self, HeaderMap, HeaderValue};
use actix_web::{HttpResponse, HttpResponseBuilder};

use super::frame::Framed;
use super::{buffer, compress};
use crate::words::Locale;

/// The media type of pages.
const HTML: &str = "text/html; charset=utf-8";
/// The value of `Cache-Control` for what carries a secret, or must not outlive its moment.
pub const NO_STORE: &str = "no-store";
/// The value of `Cache-Control` for one person's tasks: kept, but asked about each time.
pub const PRIVATE: &str = "private, no-cache";

/// A page that is never kept, in plain bytes.
///
/// Where nobody is signed in it speaks the language that the browser asks for.
pub fn uncached(mut response: HttpResponseBuilder, page: &impl Framed) -> HttpResponse {
    let frame = page.frame();
    response.insert_header((header::CACHE_CONTROL, NO_STORE));
    response.insert_header((header::CONTENT_LANGUAGE, frame.say.tag()));
    if frame.signed_in_as.is_none() {
        response.insert_header((header::VARY, "Accept-Language"));
    }
    match page.render() {
        Ok(html) => response.content_type(HTML).body(html),
        Err(error) => {
            log::error!("a template failed: {error}");
            HttpResponse::InternalServerError().finish()
        }
    }
}

/// A page that its owner's browser may keep as long as the tag stays the same.
pub fn kept(asked: &HeaderMap, (etag, say): (&str, Locale), html: Vec<u8>) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response.insert_header((header::CONTENT_LANGUAGE, say.tag()));
    tagged(response, asked, (etag, HTML), html)
}

/// The same answer, to which another language would have been another answer.
pub fn by_language(mut response: HttpResponse) -> HttpResponse {
    let both = HeaderValue::from_static("Accept-Encoding, Accept-Language");
    response.headers_mut().insert(header::VARY, both);
    response
}

/// An answer that its owner's browser may keep as long as the tag stays the same, compressed if
/// that is worth it.
pub fn tagged(
    mut response: HttpResponseBuilder,
    asked: &HeaderMap,
    (etag, content_type): (&str, &'static str),
    body: Vec<u8>,
) -> HttpResponse {
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, PRIVATE))
        .insert_header((header::VARY, "Accept-Encoding"))
        .content_type(content_type);
    match compress::gzip(asked, &body) {
        Some(small) => {
            buffer::keep(body);
            response.insert_header((header::CONTENT_ENCODING, "gzip"));
            response.body(buffer::body(small))
        }
        None => response.body(buffer::body(body)),
    }
}

/// Nothing new since the tag.
pub fn not_modified(etag: &str) -> HttpResponse {
    HttpResponse::NotModified()
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, PRIVATE))
        .insert_header((header::VARY, "Accept-Encoding"))
        .finish()
}

/// On to another page, after a form.
pub fn see_other(address: &str) -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header((header::LOCATION, address))
        .finish()
}
