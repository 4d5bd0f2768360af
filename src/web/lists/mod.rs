//! Lists at the doors.

pub mod api;
