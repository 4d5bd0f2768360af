//! What the table of addresses is made of.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use actix_web::dev::Payload;
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Resource, Responder, web};

/// The pattern of an address, kept with its resource for the log: actix would look it up among all
/// its patterns once more.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    scope: &'static str,
    path: &'static str,
}

impl fmt::Display for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.scope)?;
        f.write_str(self.path)
    }
}

/// A resource at this path of its scope.
pub fn at(scope: &'static str, path: &'static str) -> Resource {
    web::resource(path).app_data(Route { scope, path })
}

type Answer = Pin<Box<dyn Future<Output = HttpResponse>>>;

/// A handler as actix sees it. All are alike, so that what actix makes of a handler is compiled once
/// and not once for each.
#[derive(Clone)]
pub struct Thin(Rc<dyn Fn(HttpRequest, Payload) -> Answer>);

impl Handler<(HttpRequest, web::Payload)> for Thin {
    type Output = HttpResponse;
    type Future = Answer;

    fn call(&self, (request, payload): (HttpRequest, web::Payload)) -> Answer {
        (self.0)(request, payload.into_inner())
    }
}

/// Does what actix does with a handler: takes what it wants out of the request, and dresses what it
/// answers.
pub fn thin<F, Args>(handler: F) -> Thin
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    Thin(Rc::new(move |request, mut payload| {
        let handler = handler.clone();
        Box::pin(async move {
            match Args::from_request(&request, &mut payload).await {
                Ok(arguments) => {
                    let answer = handler.call(arguments).await;
                    answer.respond_to(&request).map_into_boxed_body()
                }
                Err(error) => HttpResponse::from_error(error),
            }
        })
    }))
}

/// A resource that answers GET and, alike but for the body, HEAD.
pub fn reads<F, Args>(resource: Resource, handler: F) -> Resource
where
    F: Handler<Args>,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    let handler = thin(handler);
    resource
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
}
