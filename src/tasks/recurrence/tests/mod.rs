//! Tests of the room, apart because they are longer than it.

mod dates;
mod forms;
mod properties;
mod reading;
mod words;
