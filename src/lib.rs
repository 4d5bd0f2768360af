//! Tickbox: a to-do list that works in every browser, without JavaScript, and is a first-class API.
//!
//! The rooms, and what each may know:
//!
//! - [`web`] is the only room with HTTP: two doors, pages and JSON, over one core.
//! - [`tasks`], [`lists`], [`labels`], [`views`] and [`accounts`] hold types and rules, with no HTTP
//!   and no SQL. What can be done with them is listed in their `actions`.
//! - [`mail`] is what is written to people, and how it leaves.
//! - [`journal`] is what was done, and how to take it back.
//! - [`store`] is the only room with SQL. Whoever reaches a row holds a [`store::Mine`], and it
//!   carries the owner.
//! - [`words`] is what pages say, in every language.
//! - [`config`] alone reads the environment, [`clock`] alone the time.
//!
//! Calls go one way: `web` → `actions` → `store`. Reads may go from `web` to `store` directly.

pub mod accounts;
pub mod clock;
pub mod config;
pub mod error;
pub mod fold;
pub mod ids;
pub mod journal;
pub mod labels;
pub mod lists;
pub mod logging;
pub mod mail;
pub mod name;
pub mod places;
pub mod server;
pub mod store;
pub mod tasks;
pub mod views;
pub mod web;
pub mod words;

use actix_web::body::BoxBody;
use actix_web::dev::{ServiceFactory, ServiceRequest, ServiceResponse};
use actix_web::middleware::from_fn;
use actix_web::{App, Error};

/// The application, for the server and for tests alike.
pub fn app(
    state: web::state::State,
) -> App<
    impl ServiceFactory<
        ServiceRequest,
        Config = (),
        Response = ServiceResponse<BoxBody>,
        Error = Error,
        InitError = (),
    > + use<>,
> {
    let data = actix_web::web::Data::new(state.clone());
    App::new()
        .app_data(data)
        .configure(move |config| web::routes(config, &state))
        .wrap(from_fn(web::watch::watch))
}
