//! Accounts at both doors.

pub mod agent;
pub mod api;
pub mod code;
pub mod confirm;
pub mod email;
pub mod pages;
pub mod refused;
pub mod reset;
pub mod security;
pub mod settings;
pub mod views;
