//! Tasks at both doors: one input, one core, two ways to show it.

pub mod api;
pub mod filter_form;
pub mod flash;
pub mod input;
pub mod json;
pub mod navigation;
pub mod pages;
pub mod place;
pub mod query;
pub mod repeat_field;
pub mod views;
