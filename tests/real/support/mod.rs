//! Servers to start, and everything that talks to them.

mod album;
mod browser;
mod chromium;
mod client;
mod firefox;
mod gallery;
mod neighbour;
mod numbered;
mod pages;
mod place;
mod post;
mod server;
pub mod services;
mod table;
mod terminal;
mod text_pages;
mod wire;

use std::io::Write as _;
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub use album::Album;
pub use browser::{Browser, Order, Scripts};
pub use chromium::Chromium;
pub use client::{Answer, Client};
pub use firefox::Firefox;
pub use gallery::Gallery;
pub use neighbour::{Neighbour, Relay};
pub use numbered::{Numbered, TextBrowser};
pub use pages::{ENTER, Pages, form, row};
pub use place::{Engine, Place};
pub use post::{Certificate, MailServer, free_port};
pub use server::Server;
pub use table::code_of;
pub use terminal::Terminal;
pub use text_pages::TextPages;
pub use wire::Wire;

/// The password of everyone here.
pub const PASSWORD: &str = "four small grey stones";

/// Longer than anything here takes on a busy machine.
const PATIENCE: Duration = Duration::from_secs(40);

/// Runs each test on SQLite and on PostgreSQL, each time with a database of its own.
///
/// Once a file, because it makes the modules `sqlite` and `postgres`.
macro_rules! on_both_engines {
    ($( $(#[$meta:meta])* fn $name:ident($place:ident: &$kind:ty) $body:block )+) => {
        $( $(#[$meta])* fn $name($place: &$kind) $body )+

        mod sqlite {
            $( #[test]
            fn $name() {
                let place = $crate::support::Place::new($crate::support::Engine::Sqlite);
                super::$name(&place.expect("SQLite is always there"));
            } )+
        }

        mod postgres {
            $( #[test]
            fn $name() {
                if let Some(place) = $crate::support::Place::new($crate::support::Engine::Postgres) {
                    super::$name(&place);
                }
            } )+
        }
    };
}

/// Asks again and again until there is an answer; fails with the last objection.
#[track_caller]
pub fn eventually<T>(mut ask: impl FnMut() -> Result<T, String>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        match ask() {
            Ok(answer) => return answer,
            Err(objection) => assert!(
                Instant::now() < deadline,
                "waited {PATIENCE:?} in vain: {objection}"
            ),
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// Where a program is; none, said aloud, if it is not installed, which CI does not forgive.
pub fn program(names: &[&str]) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path)
        .flat_map(|folder| names.iter().map(move |name| folder.join(name)))
        .find(|candidate| candidate.is_file());
    if found.is_none() {
        leave_out(&format!("{} is not installed", names.join(" or ")));
    }
    found
}

/// Says that a test is left out; where CI runs, none is.
pub fn leave_out(reason: &str) {
    assert!(std::env::var_os("CI").is_none(), "{reason}");
    // Straight to the stream: what the macros print is kept back when a test passes.
    let test = std::thread::current();
    let name = test.name().unwrap_or("a test");
    let line = format!("left out: {name}: {reason}; bin/test installs and starts it\n");
    std::io::stderr().write_all(line.as_bytes()).unwrap();
}
