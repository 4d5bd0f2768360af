//! The history at the doors: what was done, taking it back, and what changed since.

pub mod api;
pub mod changes;
pub mod pages;
pub mod words;
