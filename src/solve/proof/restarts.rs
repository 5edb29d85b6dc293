//! Restarts: how long to go on before starting again from the top.
//!
//! The Luby sequence 1, 1, 2, 1, 1, 2, 4, ... is, up to a constant, the best that one can do without
//! knowing how long a lucky run takes.
//!
//! Source: Luby, Sinclair, Zuckerman (1993), "Optimal speedup of Las Vegas algorithms".

/// The term of the Luby sequence at a place counted from 1.
pub(super) fn luby(mut place: u64) -> u64 {
    loop {
        let power = u64::BITS - place.leading_zeros();
        let full = (1_u64 << power) - 1;
        if place == full {
            return 1 << (power - 1);
        }
        place -= (1 << (power - 1)) - 1;
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_sequence_begins_as_published() {
        let begin: Vec<u64> = (1..=15).map(super::luby).collect();
        assert_eq!(begin, [1, 1, 2, 1, 1, 2, 4, 1, 1, 2, 1, 1, 2, 4, 8]);
    }
}
