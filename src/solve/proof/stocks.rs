//! Stocks: what tasks take at their start was there before, or was given at the end of others.
//!
//! At a time t, a stock holds at most its first level and what may have been given by then, less what
//! must have been taken by then. If that is below zero there is no schedule; a task that would take more
//! starts after t; a task without whose gift it would be below zero ends by t.
//!
//! Tiny case: empty at first; a gives 2 at its end, 4 at the earliest; b takes 1: it starts at 4 or later.
//!
//! Source: Laborie (2003), "Algorithms for propagating resource constraints in AI planning and
//! scheduling" (reservoirs), with explanations by single times.

use super::domains::{Clash, Domains, Lit, Reason};

#[derive(Debug)]
pub(super) struct Stocks {
    durations: Vec<i32>,
    initial: Vec<i64>,
    /// What each task takes of each stock at its start and gives at its end: task by task.
    takes: Vec<i64>,
    gives: Vec<i64>,
    /// Whether a start changed since the last look.
    pub changed: bool,
    never: Lit,
    /// Times at which the most there can be changes, and what it is from then on.
    levels: Vec<(i32, i64)>,
    candidates: Vec<(usize, u32, i64, Lit)>,
    /// Changes of a level looked at.
    pub work: u64,
}

impl Stocks {
    pub fn new(
        durations: &[i32],
        initial: &[i64],
        takes: &[i64],
        gives: &[i64],
        never: Lit,
    ) -> Self {
        Self {
            durations: durations.to_vec(),
            initial: initial.to_vec(),
            takes: takes.to_vec(),
            gives: gives.to_vec(),
            changed: true,
            never,
            levels: Vec::new(),
            candidates: Vec::new(),
            work: 0,
        }
    }

    /// Moves takers and givers to where the stocks can bear them.
    pub fn propagate(&mut self, domains: &mut Domains) -> Result<(), Clash> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        let stocks = self.initial.len();
        for stock in 0..stocks {
            self.most(domains, stock);
            let of = |at: i32| Reason::Stock { stock: stock as u32, at };
            if let Some(&(at, _)) = self.levels.iter().find(|&&(_, level)| level < 0) {
                return Err(Clash { lit: self.never, reason: of(at) });
            }
            for (task, &duration) in self.durations.iter().enumerate() {
                let var = task as u32;
                let (low, high) = (domains.low(var), domains.high(var));
                let (takes, gives) =
                    (self.takes[task * stocks + stock], self.gives[task * stocks + stock]);
                if low == high {
                    continue;
                }
                if takes > 0 {
                    self.work += self.levels.len() as u64;
                    // The last time before its latest start at which there cannot be enough.
                    let mut until = high;
                    let late = self.levels.iter().rev().find_map(|&(from, level)| {
                        let short = (level < takes && from < until).then_some(until - 1);
                        until = until.min(from);
                        short
                    });
                    if let Some(at) = late.filter(|&at| at >= low) {
                        domains.set(Lit::at_least(var, at + 1), of(at))?;
                    }
                }
                if gives > 0 {
                    self.work += self.levels.len() as u64;
                    // The first time from its earliest end on at which it is needed.
                    let from = low + duration;
                    let mut needed = None;
                    for (place, &(begin, level)) in self.levels.iter().enumerate() {
                        let end = self.levels.get(place + 1).map_or(i32::MAX, |next| next.0);
                        if level < gives && end > from {
                            needed = Some(begin.max(from));
                            break;
                        }
                    }
                    if let Some(at) = needed.filter(|&at| at - duration < high) {
                        domains.set(Lit::at_most(var, at - duration), of(at))?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Works out the most that a stock can hold over time.
    fn most(&mut self, domains: &Domains, stock: usize) {
        let stocks = self.initial.len();
        self.levels.clear();
        self.levels.push((i32::MIN, self.initial[stock]));
        for (task, &duration) in self.durations.iter().enumerate() {
            let (takes, gives) =
                (self.takes[task * stocks + stock], self.gives[task * stocks + stock]);
            if takes > 0 {
                self.levels.push((domains.high(task as u32), -takes));
            }
            if gives > 0 {
                self.levels.push((domains.low(task as u32) + duration, gives));
            }
        }
        self.work += self.levels.len() as u64;
        self.levels.sort_unstable_by_key(|level| level.0);
        let (mut kept, mut sum) = (0, 0);
        for place in 0..self.levels.len() {
            let (at, change) = self.levels[place];
            sum += change;
            if self.levels.get(place + 1).is_none_or(|next| next.0 != at) {
                self.levels[kept] = (at, sum);
                kept += 1;
            }
        }
        self.levels.truncate(kept);
    }

    /// Why `lit` follows from what is taken and not given by `at`, before entry `before` of the trail.
    pub fn explain(
        &mut self,
        domains: &Domains,
        (stock, at): (u32, i32),
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        let stocks = self.initial.len();
        let stock = stock as usize;
        let own = if lit == self.never { u32::MAX } else { lit.half / 2 };
        let is_taker = lit.half.is_multiple_of(2);
        let mut excess = -self.initial[stock] - 1;
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let holds = |lit: Lit| domains.bound_at(lit.half, before) >= lit.value;
        let place = |lit: Lit| domains.entry_of(lit, before).map_or(0, |entry| entry + 1);
        for (task, &duration) in self.durations.iter().enumerate() {
            let var = task as u32;
            let (takes, gives) =
                (self.takes[task * stocks + stock], self.gives[task * stocks + stock]);
            let taken = Lit::at_most(var, at);
            if takes > 0 && var == own && is_taker {
                // It would have taken by then.
                excess += takes;
            } else if takes > 0 && holds(taken) {
                excess += takes;
                candidates.push((place(taken), var, takes, taken));
            }
            let missing = Lit::at_least(var, at + 1 - duration);
            if gives > 0 && var == own && !is_taker {
                // It would not have given by then.
            } else if gives > 0 && holds(missing) {
                candidates.push((place(missing), var, gives, missing));
            } else {
                excess -= gives;
            }
        }
        debug_assert!(excess >= 0, "a stock that explains nothing");
        // What is not needed goes, the newest first.
        candidates.sort_unstable_by_key(|&(place, task, ..)| std::cmp::Reverse((place, task)));
        for &(_, _, amount, lit) in &candidates {
            if amount <= excess {
                excess -= amount;
            } else {
                out.push(lit);
            }
        }
        self.candidates = candidates;
    }
}
