//! Accounts at both doors.

pub mod api;
pub mod confirm;
pub mod email;
pub mod pages;
pub mod reset;
pub mod settings;
pub mod views;
