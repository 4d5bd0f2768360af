//! Accounts at both doors.

pub mod agent;
pub mod api;
pub mod code;
pub mod pages;
pub mod refused;
pub mod security;
pub mod settings;
pub mod views;
