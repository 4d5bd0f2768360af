//! Places in an order that people give: numbers with gaps, of which few change at a time.

/// The places of things in order after the one at `at` moved by one, up or down; at an end it stays.
///
/// Only two places change, unless some were shared.
pub fn shifted(places: &[i64], at: usize, up: bool) -> Vec<i64> {
    let mut free = i64::MIN;
    let mut shifted: Vec<i64> = places
        .iter()
        .map(|place| {
            free = free.max(*place);
            let own = free;
            free = free.saturating_add(1);
            own
        })
        .collect();
    let other = if up {
        at.checked_sub(1)
    } else {
        at.checked_add(1)
    };
    if let Some(other) = other.filter(|other| *other.max(&at) < shifted.len()) {
        shifted.swap(at, other);
    }
    shifted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_change_places_and_shared_places_part() {
        assert_eq!(shifted(&[1, 5, 9], 1, true), [5, 1, 9]);
        assert_eq!(shifted(&[1, 5, 9], 1, false), [1, 9, 5]);
        assert_eq!(shifted(&[3, 3, 3], 2, true), [3, 5, 4]);
        assert_eq!(shifted(&[1, 5], 0, true), [1, 5]);
        assert_eq!(shifted(&[1, 5], 1, false), [1, 5]);
        assert_eq!(shifted(&[], 0, false), [0_i64; 0]);
    }
}
