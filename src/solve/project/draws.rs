//! A counter-based random stream: seed, round and place give the same draws on any thread.

/// SplitMix64 (Steele, Lea and Flood, *Fast splittable pseudorandom number generators*, 2014).
#[derive(Clone, Debug)]
pub struct Draws(u64);

impl Draws {
    /// The stream of a seed, a round and a place in it.
    pub fn of(seed: u64, round: u64, place: u64) -> Draws {
        let mut draws = Draws(seed);
        let a = draws.bits();
        let mut draws = Draws(a ^ round.wrapping_mul(0xD1B5_4A32_D192_ED03));
        let b = draws.bits();
        Draws(b ^ place.wrapping_mul(0x8CB9_2BA7_2F3D_8DD7))
    }

    /// 64 random bits.
    #[inline]
    pub fn bits(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `count` (0 when `count` is 0).
    #[inline]
    pub fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.bits()) * count as u128) >> 64) as usize
    }

    /// True so many times in 1,000.
    #[inline]
    pub fn chance(&mut self, per_mille: usize) -> bool {
        self.below(1000) < per_mille
    }
}
