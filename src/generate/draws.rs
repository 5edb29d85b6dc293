//! Random draws: one stream per topic and counter, so that a further draw in one place changes
//! nothing in another.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Dxsm;

/// What a draw decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Topic {
    Sequences = 1,
    Shots,
    Bids,
    Assets,
    Links,
    Dues,
    Artists,
    Leave,
    Contracts,
    Bookings,
    Vendors,
    Money,
    Noise,
    Reviews,
    Scope,
    Promises,
    Dirt,
}

/// A stream of draws.
pub(super) struct Draws(Pcg64Dxsm);

impl Draws {
    /// The stream of `topic` for the thing numbered `counter` (a sequence, a person …).
    pub(super) fn new(seed: u64, topic: Topic, counter: u64) -> Draws {
        let low = mixed(seed ^ mixed(topic as u64) ^ mixed(counter).rotate_left(17));
        let high = mixed(low ^ seed.rotate_left(32) ^ counter);
        let stream = (u128::from(topic as u64) << 64) | u128::from(counter);
        Draws(Pcg64Dxsm::new((u128::from(high) << 64) | u128::from(low), stream))
    }
    /// Even in `[0, 1)`.
    pub(super) fn unit(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
    /// Even in `[low, high)`.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }
    /// Even in `0 … count − 1`; 0 when there is nothing to choose from.
    pub(super) fn below(&mut self, count: usize) -> usize {
        ((u128::from(self.0.next_u64()) * count as u128) >> 64) as usize
    }
    /// Even in `low … high`, both in.
    pub(super) fn whole(&mut self, low: i64, high: i64) -> i64 {
        low + self.below((high - low + 1).max(1) as usize) as i64
    }
    /// True with this chance.
    pub(super) fn chance(&mut self, chance: f64) -> bool {
        self.unit() < chance
    }
    /// Standard normal.
    pub(super) fn normal(&mut self) -> f64 {
        StandardNormal.sample(&mut self.0)
    }
    /// `exp(N(0, sigma))`: median 1.
    pub(super) fn lognormal(&mut self, sigma: f64) -> f64 {
        exp(sigma * self.normal())
    }
    /// The index drawn from `weights`, which need not add up to anything.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.unit() * weights.iter().sum::<f64>();
        for (index, weight) in weights.iter().enumerate() {
            left -= weight;
            if left < 0.0 {
                return index;
            }
        }
        weights.len().saturating_sub(1)
    }
}

/// Spreads the bits of a number over all 64 (the finisher of SplitMix64).
fn mixed(value: u64) -> u64 {
    let mut z = value.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// `e^x` from additions and multiplications alone: the system's own function may differ in its last
/// bit between machines, and a bid rounded to quarter days could then differ by a quarter day.
pub(super) fn exp(x: f64) -> f64 {
    let x = x.clamp(-600.0, 600.0);
    let doublings = (x * std::f64::consts::LOG2_E).round();
    let rest = x - doublings * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..16 {
        term *= rest / f64::from(n);
        sum += term;
    }
    sum * f64::from_bits(((doublings as i64 + 1023) as u64) << 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_own_exponential_agrees_with_the_library() {
        for step in -200..200 {
            let x = f64::from(step) / 17.0;
            assert!((exp(x) / x.exp() - 1.0).abs() < 1e-13, "{x}");
        }
    }

    #[test]
    fn streams_of_neighbours_share_nothing() {
        let first = |topic, counter| Draws::new(1, topic, counter).0.next_u64();
        let mut seen: Vec<u64> = (0..500)
            .flat_map(|counter| [first(Topic::Shots, counter), first(Topic::Bids, counter)])
            .collect();
        seen.sort_unstable();
        seen.dedup();
        assert_eq!(seen.len(), 1_000);
    }

    #[test]
    fn normal_draws_have_mean_0_and_deviation_1() {
        let mut draws = Draws::new(7, Topic::Noise, 0);
        let sample: Vec<f64> = (0..20_000).map(|_| draws.normal()).collect();
        let mean = sample.iter().sum::<f64>() / 20_000.0;
        let spread = sample.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / 20_000.0;
        assert!(mean.abs() < 0.03 && (spread - 1.0).abs() < 0.05, "{mean} {spread}");
    }
}
