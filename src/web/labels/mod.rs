//! Labels at the doors.

pub mod api;
