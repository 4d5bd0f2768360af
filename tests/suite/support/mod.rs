//! A site in process, browsers and API clients that visit it, and pages that can be read.

mod api;
mod browser;
pub mod contract;
pub mod issuer;
mod outside;
mod page;
mod raw;
mod routes;
mod sink;
mod site;

pub use api::{Answer, Api, at};
pub use browser::Browser;
pub use outside::Outside;
pub use page::Page;
pub use raw::{Raw, raw};
pub use routes::Route;
pub use sink::{HOME, Mail, Mood, Sink};
pub use site::{Engine, KEY, NOON, Reply, Site, stamp, walled};

/// The password of everyone here.
pub const PASSWORD: &str = "four small grey stones";

/// Runs each test on SQLite and on PostgreSQL, each time with a site of its own.
///
/// Once a file, because it makes the modules `sqlite` and `postgres`.
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* async fn $name:ident($site:ident: Site) $body:block )+) => {
        $( $(#[$meta])* async fn $name($site: $crate::support::Site) $body )+

        mod sqlite {
            $( #[actix_web::test]
            async fn $name() {
                let site = $crate::support::Site::open($crate::support::Engine::Sqlite).await;
                super::$name(site.expect("SQLite is always there")).await;
            } )+
        }

        mod postgres {
            $( #[actix_web::test]
            async fn $name() {
                if let Some(site) = $crate::support::Site::open($crate::support::Engine::Postgres).await {
                    super::$name(site).await;
                }
            } )+
        }
    };
}
