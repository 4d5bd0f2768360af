//! What the table of addresses is made of.

use std::fmt;

use actix_web::dev::Handler;
use actix_web::{FromRequest, Resource, Responder, web};

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

/// A resource that answers GET and, alike but for the body, HEAD.
pub fn reads<F, Args>(resource: Resource, handler: F) -> Resource
where
    F: Handler<Args> + Clone,
    Args: FromRequest + 'static,
    F::Output: Responder + 'static,
{
    resource
        .route(web::get().to(handler.clone()))
        .route(web::head().to(handler))
}
