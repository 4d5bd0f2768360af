//! The stylesheet, the icons and the favicon: part of the binary, compressed when it was built,
//! and for ever the same under their addresses.

use std::sync::LazyLock;

use actix_web::http::header;
use actix_web::{HttpRequest, HttpResponse, web};

use super::compress;
use super::frame::Assets;
use super::page_error::{PageError, PageResult};
use crate::error::Error;

/// One embedded file.
struct StaticFile {
    source: &'static str,
    path: &'static str,
    media_type: &'static str,
    plain: &'static [u8],
    gzip: &'static [u8],
    brotli: &'static [u8],
}

include!(concat!(env!("OUT_DIR"), "/static_files.rs"));

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_A_DAY: &str = "public, max-age=86400";

/// The addresses of the files.
pub fn assets() -> Assets {
    static ASSETS: LazyLock<Assets> = LazyLock::new(|| {
        let path_of = |source| {
            FILES
                .iter()
                .find(|file| file.source == source)
                .map_or("", |file| file.path)
        };
        Assets {
            stylesheet: path_of("tickbox.css"),
            icons: path_of("icons.svg"),
            favicon: path_of("favicon.svg"),
            speculation_rules: path_of("speculation-rules.json"),
        }
    });
    *ASSETS
}

/// `GET /static/{name}`
pub async fn file(request: HttpRequest, _name: web::Path<String>) -> PageResult {
    let file = FILES.iter().find(|file| file.path == request.path());
    file.map(|file| answer(&request, file, FOR_EVER))
        .ok_or(PageError(Error::NotFound))
}

/// `GET /favicon.ico`, which browsers ask for unasked.
pub async fn favicon(request: HttpRequest) -> PageResult {
    let file = FILES.iter().find(|file| file.source == "favicon.svg");
    file.map(|file| answer(&request, file, FOR_A_DAY))
        .ok_or(PageError(Error::NotFound))
}

fn answer(request: &HttpRequest, file: &StaticFile, keep: &'static str) -> HttpResponse {
    let mut response = HttpResponse::Ok();
    response
        .insert_header((header::CACHE_CONTROL, keep))
        .insert_header((header::VARY, "Accept-Encoding"))
        .content_type(file.media_type);
    let headers = request.headers();
    let body = if compress::accepts(headers, "br") {
        response.insert_header((header::CONTENT_ENCODING, "br"));
        file.brotli
    } else if compress::accepts(headers, "gzip") {
        response.insert_header((header::CONTENT_ENCODING, "gzip"));
        file.gzip
    } else {
        file.plain
    };
    response.body(body)
}
