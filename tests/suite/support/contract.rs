//! Holds every answer of the API against the OpenAPI document, whatever the test is about.

use std::sync::LazyLock;

use actix_web::dev::ServiceResponse;
use actix_web::http::Method;
use actix_web::http::header::CONTENT_TYPE;
use serde_json::Value;
use utoipa::OpenApi as _;

/// The document as the code makes it.
pub static DOCUMENT: LazyLock<Value> = LazyLock::new(|| {
    serde_json::to_value(tickbox::web::docs::ApiDoc::openapi()).expect("a document")
});

/// Panics unless the document names this status, and this type of body, for the route.
///
/// A method that a route does not have is answered with 405 and stands in no document.
pub fn check<B>(response: &ServiceResponse<B>) {
    let request = response.request();
    let Some(pattern) = request.match_pattern() else {
        return;
    };
    let method = match *request.method() {
        Method::HEAD => "get".to_owned(),
        ref other => other.as_str().to_lowercase(),
    };
    // Methods are told apart by case, and `get` is none that anyone documents.
    if request.method().as_str().contains(char::is_lowercase) {
        return;
    }
    let Some(operation) = DOCUMENT["paths"][&pattern].get(&method) else {
        return;
    };
    let status = response.status();
    let documented = &operation["responses"][status.as_str()];
    assert!(
        documented.is_object(),
        "{method} {pattern} answered {status}, which the document does not name"
    );
    let sent = response.headers().get(CONTENT_TYPE);
    let sent = sent.map(|value| value.to_str().expect("a readable header"));
    let named: Vec<&str> = documented["content"]
        .as_object()
        .into_iter()
        .flat_map(|content| content.keys().map(String::as_str))
        .collect();
    assert_eq!(
        Vec::from_iter(sent),
        named,
        "the media type of {method} {pattern}, {status}"
    );
}
