//! Memory for bodies, used again and again.
//!
//! A page of tasks is thirty kilobytes. Freed and taken anew for each answer, that much makes the
//! allocator put its free memory in order every time, and never is what it gives in the processor's
//! cache.

use std::cell::RefCell;

use actix_web::web::Bytes;

/// Buffers that a thread keeps, at most.
const KEPT: usize = 4;
/// What grew larger than this is not kept.
const LARGEST: usize = 64 * 1024;

thread_local! {
    static SPARE: RefCell<Vec<Vec<u8>>> = const { RefCell::new(Vec::new()) };
}

/// An empty buffer with room for so many bytes.
pub fn bytes(room: usize) -> Vec<u8> {
    let spare = SPARE.with_borrow_mut(Vec::pop);
    let mut buffer = spare.unwrap_or_default();
    buffer.reserve(room);
    buffer
}

/// An empty text with room for so many bytes.
pub fn text(room: usize) -> String {
    String::from_utf8(bytes(room)).unwrap_or_default()
}

/// Keeps a buffer that is done with.
pub fn keep(mut buffer: Vec<u8>) {
    if buffer.capacity() > LARGEST {
        return;
    }
    buffer.clear();
    // A thread that ends has nothing to keep it for.
    let _ = SPARE.try_with(|spare| {
        let mut spare = spare.borrow_mut();
        if spare.len() < KEPT {
            spare.push(buffer);
        }
    });
}

/// A body that is kept as a buffer once it is sent.
pub fn body(buffer: Vec<u8>) -> Bytes {
    Bytes::from_owner(Lent(buffer))
}

struct Lent(Vec<u8>);

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        keep(std::mem::take(&mut self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_that_was_sent_is_the_next_buffer_and_empty() {
        let mut buffer = bytes(1000);
        buffer.extend_from_slice(b"one person's tasks");
        let place = buffer.as_ptr();

        let sent = body(buffer);
        let copy = sent.clone();
        drop(sent);
        assert_eq!(&*copy, b"one person's tasks");
        drop(copy);

        let next = bytes(10);
        assert_eq!((next.len(), next.as_ptr()), (0, place));
    }

    #[test]
    fn what_grew_large_is_let_go() {
        keep(vec![0; LARGEST + 1]);
        assert_eq!(SPARE.with_borrow(Vec::len), 0);
        (0..10).for_each(|_| keep(vec![0; 10]));
        assert_eq!(SPARE.with_borrow(Vec::len), KEPT);
    }
}
