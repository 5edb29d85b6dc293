//! Which neighbourhood comes next: more often what brings more for its work.
//!
//! Ropke, S., and Pisinger, D. (2006), "An adaptive large neighborhood search heuristic for the pickup and delivery
//! problem with time windows".

use super::ALL;
use rand::RngExt;
use rand_pcg::Pcg64Mcg;

/// What each neighbourhood brought, and for how much work.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scores {
    pub gain: [f64; ALL.len()],
    pub work: [u64; ALL.len()],
}

impl Scores {
    pub fn add(&mut self, other: &Scores) {
        for kind in 0..ALL.len() {
            self.gain[kind] += other.gain[kind];
            self.work[kind] += other.work[kind];
        }
    }
}

/// How often each neighbourhood is chosen: by what it brought for its work, lately.
#[derive(Clone, Copy, Debug)]
pub struct Weights {
    gain: [f64; ALL.len()],
    work: [f64; ALL.len()],
}

impl Default for Weights {
    fn default() -> Weights {
        Weights { gain: [0.0; ALL.len()], work: [0.0; ALL.len()] }
    }
}

impl Weights {
    pub fn learn(&mut self, scores: &Scores) {
        for kind in 0..ALL.len() {
            self.gain[kind] = self.gain[kind] * 0.98 + scores.gain[kind];
            self.work[kind] = self.work[kind] * 0.98 + scores.work[kind] as f64;
        }
    }

    pub fn choose(&self, random: &mut Pcg64Mcg) -> usize {
        let rate = |kind: usize| self.gain[kind] / (self.work[kind] + 100.0);
        let total: f64 = (0..ALL.len()).map(rate).sum();
        // Everybody keeps a chance.
        if total <= 0.0 || random.random_range(0..100) < 30 {
            return random.random_range(0..ALL.len());
        }
        let mut left = random.random::<f64>() * total;
        for kind in 0..ALL.len() {
            left -= rate(kind);
            if left <= 0.0 {
                return kind;
            }
        }
        ALL.len() - 1
    }
}
