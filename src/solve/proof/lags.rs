//! Lags between starts: start(b) >= start(a) + lag.
//!
//! A positive lag is a precedence; a negative one, read backwards, is the most time that may pass. In
//! halves a lag is two implications of the same kind: if a's start has reached v, then b's has
//! reached v + lag; if b's latest start has come down to v, a's has come down to v - lag.
//!
//! Tiny case: a takes 3 and b follows; a cannot start before 2, so b cannot before 5.

use super::domains::{Clash, Domains, Lit, Reason};

#[derive(Debug, Default)]
pub(super) struct Lags {
    /// Where each half's implications begin.
    first: Vec<u32>,
    /// Half that follows, and the lag.
    then: Vec<(u32, i32)>,
}

impl Lags {
    pub fn new(halves: usize, lags: &[(u32, u32, i32)]) -> Self {
        let both =
            lags.iter().flat_map(|&(a, b, lag)| [(2 * a, 2 * b, lag), (2 * b + 1, 2 * a + 1, lag)]);
        let mut rows: Vec<(u32, u32, i32)> = both.collect();
        // Of several lags between the same starts only the longest matters.
        rows.sort_unstable_by_key(|&(from, to, lag)| (from, to, std::cmp::Reverse(lag)));
        rows.dedup_by_key(|row| (row.0, row.1));
        let mut first = vec![0; halves + 1];
        for row in &rows {
            first[row.0 as usize + 1] += 1;
        }
        for half in 0..halves {
            first[half + 1] += first[half];
        }
        Self { first, then: rows.iter().map(|row| (row.1, row.2)).collect() }
    }

    pub fn propagate(&self, domains: &mut Domains, half: u32, new: i32) -> Result<(), Clash> {
        let Some(&to) = self.first.get(half as usize + 1) else { return Ok(()) };
        let from = self.first[half as usize];
        for &(then, lag) in &self.then[from as usize..to as usize] {
            let lit = Lit { half: then, value: new + lag };
            domains.set(lit, Reason::Lag { from: half, lag })?;
        }
        Ok(())
    }

    /// Pushes all starts as far as the lags do, before the search; `false` if some lags contradict
    /// each other.
    pub fn settle(&self, bound: &mut [i32]) -> bool {
        for _ in 0..=bound.len() {
            let mut changed = false;
            for half in 0..bound.len() {
                let (from, to) = (self.first[half] as usize, self.first[half + 1] as usize);
                for &(then, lag) in &self.then[from..to] {
                    let reached = bound[half].saturating_add(lag);
                    if bound[then as usize] < reached {
                        bound[then as usize] = reached;
                        changed = true;
                        if i64::from(reached) + i64::from(bound[then as usize ^ 1]) > 0 {
                            return false;
                        }
                    }
                }
            }
            if !changed {
                return true;
            }
        }
        false
    }
}
