//! Where the gaps in somebody's time can be: for each length, the end of the last gap that long.
//!
//! Work is mostly looked for near the end of what somebody is busy with, and the gaps before that are too short for it.
//! Whoever knows that no gap after a boundary is long enough need not look at any.

use super::board::Busy;

/// Lengths that are told apart: each slot up to 8, then by doubling.
const LENGTHS: usize = 15;

/// The gaps of a desk, and what follows all of them.
///
/// ```
/// use shotplan::solve::engine::gaps::Gaps;
/// // Busy until 10, then three slots free, busy from 14 (a night lies between) until 20.
/// let mut gaps = Gaps::default();
/// gaps.note(14, 3);
/// gaps.free_from = 20;
/// assert!(gaps.may_hold(3, 11));
/// assert!(!gaps.may_hold(4, 0)); // four slots begin at 20 at the earliest
/// assert!(!gaps.may_hold(3, 12)); // from 12 on three slots end at 15, when it is over
/// ```
#[derive(Clone, Copy, Debug, Default)]
#[repr(align(64))]
pub struct Gaps {
    /// The end of all that is busy.
    pub free_from: u32,
    /// For each length the end of the last gap that long, or a boundary after it.
    last: [u32; LENGTHS],
}

impl Gaps {
    /// Notes a gap of so many working slots before a boundary.
    #[inline]
    pub fn note(&mut self, end: u32, length: u32) {
        if length > 0 {
            for last in &mut self.last[..=class(length)] {
                *last = end.max(*last);
            }
        }
    }

    /// Whether some gap may hold so many working slots that begin at a boundary or later.
    #[inline]
    pub fn may_hold(&self, length: u32, from: u32) -> bool {
        length == 0 || self.last[class(length)] >= from.saturating_add(length)
    }
}

/// The place of a length among those that are told apart: of the last that is not above it.
#[inline]
fn class(length: u32) -> usize {
    match length {
        0..=8 => length.saturating_sub(1) as usize,
        _ => (length.ilog2() as usize + 4).min(LENGTHS - 1),
    }
}

/// Runs that are looked at one by one from where the first is guessed to be.
const NEAR: usize = 8;

/// The first run that ends after a boundary, where all end at `free_from` at the latest. It is looked for from where it
/// would be if all runs were equally long: that is not far away, and what lies between is one piece of memory.
pub(super) fn first_after(busy: &[Busy], free_from: u32, boundary: u32) -> usize {
    if free_from <= boundary {
        return busy.len();
    }
    let guess = (u64::from(boundary) * busy.len() as u64 / u64::from(free_from)) as usize;
    let mut next = guess.min(busy.len());
    if busy.get(next).is_some_and(|run| run.end <= boundary) {
        let last = busy.len().min(next + NEAR);
        while next < last && busy[next].end <= boundary {
            next += 1;
        }
        if next == last {
            next += busy[next..].partition_point(|run| run.end <= boundary);
        }
        return next;
    }
    let last = next.saturating_sub(NEAR);
    while next > last && busy[next - 1].end > boundary {
        next -= 1;
    }
    if next == last { busy[..next].partition_point(|run| run.end <= boundary) } else { next }
}
