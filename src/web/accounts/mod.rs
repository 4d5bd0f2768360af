//! Accounts at both doors.

pub mod api;
pub mod pages;
pub mod settings;
pub mod views;
