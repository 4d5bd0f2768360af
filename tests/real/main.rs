//! The program as people run it: the built binary behind real sockets, visited by real browsers,
//! on real databases, killed for real.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    unreachable_pub,
    reason = "a test says what is wrong by failing, and reads which database it may use"
)]

#[macro_use]
mod support;

mod authenticator;
mod browsing;
mod crowd;
mod issuers;
mod journey;
mod logs;
mod looks;
mod mail;
mod operator;
mod planning;
mod proxy;
mod refusals;
mod scripting;
mod stopping;
mod text_browsers;
mod text_browsing;
mod text_tidying;
mod tidying;
mod wire;
