//! Tasks at both doors: one input, one core, two ways to show it.

pub mod api;
pub mod flash;
pub mod input;
pub mod json;
pub mod pages;
pub mod query;
pub mod views;
