//! Lists at the doors.

pub mod api;
pub mod pages;
