//! Saved views at the doors.

pub mod api;
