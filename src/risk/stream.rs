//! Random values that depend on seed, draw and variable only: any draw can be made by itself, on any
//! thread, and no draw shifts another.

use statrs::distribution::{ContinuousCDF, Normal};

/// Where the values of a run come from.
///
/// Each variable runs through all its strata once: of 1,000 draws, the first thousandth of its
/// distribution comes up once, and so does each other. Which draw gets which stratum is a permutation of
/// its own for each variable (Latin hypercube: McKay, Beckman and Conover, 1979). The permutation is
/// worked out where it is asked, by a small Feistel network, so that nothing is stored.
///
/// ```
/// use shotplan::risk::Stream;
/// let stream = Stream::new(7, 8);
/// let mut strata: Vec<u32> = (0..8).map(|draw| (stream.share(draw, 3) * 8.0) as u32).collect();
/// strata.sort();
/// assert_eq!(strata, [0, 1, 2, 3, 4, 5, 6, 7]);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Stream {
    seed: u64,
    draws: u32,
    /// Half of the bits of the permuted numbers.
    half: u32,
    layered: bool,
}

impl Stream {
    /// A stream for so many draws.
    pub fn new(seed: u64, draws: u32) -> Stream {
        let draws = draws.max(1);
        let bits = (32 - (draws - 1).leading_zeros()).max(2);
        Stream { seed: scrambled(seed), draws, half: bits.div_ceil(2), layered: true }
    }

    /// The same without strata: each draw is independent of all others.
    pub fn plain(seed: u64, draws: u32) -> Stream {
        Stream { layered: false, ..Stream::new(seed, draws) }
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&self, draw: u32, variable: u64) -> u64 {
        let key = scrambled(self.seed ^ variable.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        scrambled(key ^ (u64::from(draw) + 1).wrapping_mul(0xd1b5_4a32_d192_ed03))
    }

    /// A value between 0 and 1, neither of them in.
    #[inline]
    pub fn share(&self, draw: u32, variable: u64) -> f64 {
        let inside = ((self.bits(draw, variable) >> 12) as f64 + 0.5) / (1_u64 << 52) as f64;
        if !self.layered {
            return inside;
        }
        let share = (f64::from(self.stratum(draw, variable)) + inside) / f64::from(self.draws);
        // With many draws the sum may round up to 1, where a normal value has no end.
        share.min(1.0 - 1e-12)
    }

    /// A standard normal value.
    #[inline]
    pub fn normal(&self, draw: u32, variable: u64) -> f64 {
        normal(self.share(draw, variable))
    }

    fn stratum(&self, draw: u32, variable: u64) -> u32 {
        let key = scrambled(self.seed ^ variable.wrapping_mul(0xa24b_aed4_963e_e407));
        let mask = (1_u32 << self.half) - 1;
        let mut at = draw % self.draws;
        // A permutation of a power of four; numbers beyond the draws are permuted on.
        loop {
            let (mut left, mut right) = (at >> self.half, at & mask);
            for round in 0..4 {
                let mixed = scrambled(key ^ u64::from(right) << 8 ^ round);
                (left, right) = (right, left ^ (mixed as u32 & mask));
            }
            at = left << self.half | right;
            if at < self.draws {
                return at;
            }
        }
    }
}

/// The normal value below which a share of all normal values lies.
#[inline]
pub fn normal(share: f64) -> f64 {
    Normal::standard().inverse_cdf(share)
}

/// A mixing function of 64 bits (Steele, Lea and Flood, 2014: SplitMix).
#[inline]
fn scrambled(mut bits: u64) -> u64 {
    bits = bits.wrapping_add(0x9e37_79b9_7f4a_7c15);
    bits = (bits ^ bits >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ bits >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ bits >> 31
}
