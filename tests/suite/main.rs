//! The suite: the whole application in process, through its doors, on both engines.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::print_stderr,
    clippy::too_many_lines,
    unreachable_pub,
    reason = "a test says what is wrong by failing, and reads which database it may use"
)]

#[macro_use]
mod support;

mod account_data;
mod accounts;
mod api;
mod batch;
mod bodies;
mod changes;
mod conditions;
mod cookies;
mod credentials;
mod cross_origin;
mod dates;
mod days;
mod documents;
mod email_change;
mod endings;
mod etags;
mod fields;
mod filters;
mod first_run;
mod gate;
mod hashing;
mod headers;
mod history;
mod http;
mod invitations;
mod isolation;
mod issuer_keys;
mod issuers;
mod key_pairs;
mod labels;
mod languages;
mod lists;
mod mail;
mod markup;
mod order;
mod organising;
mod pages;
mod paging;
mod parity;
mod password_change;
mod paths;
mod personal_tokens;
mod places;
mod purposes;
mod quick;
mod quick_pages;
mod recurrence_oracle;
mod refusals_in_german;
mod repeating;
mod reset;
mod rows;
mod schema;
mod search;
mod settings;
mod sign_ins;
mod steps;
mod store;
mod stored;
mod strangers;
mod sweep;
mod throttling;
mod todo_backend;
mod tokens;
mod turmoil;
mod two_step;
mod undo;
mod verification;
mod views;
mod wall;
