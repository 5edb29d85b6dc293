//! Sums: what starts and picked modes add up to stays within a limit.
//!
//! `Σ factor · start + Σ cost of the picked mode ≤ limit`. Each start counts with the bound that is better for it,
//! each task with the least of the modes still open to it. What is left above that limits each single one:
//! a mode that costs more is closed, a start that costs more moves.
//!
//! The budgets of the question are sums of modes alone; the relaxation adds others while it looks, which
//! go when the search goes back to where they were not known.
//!
//! Tiny case: a budget of 7 for two tasks of {2, 5} and {3, 4}: the least is 5, so 5 stays open for the
//! first only with 3 for the second, and 5 with 4 is too much.

use super::domains::{Clash, Domains, Lit, Reason};
use super::shapes::Shapes;

/// Largest factor of a start, so that no sum overflows.
const FACTOR: i64 = 1 << 31;
/// Largest cost of a mode.
const COST: i64 = 1 << 51;

#[derive(Debug)]
pub(super) struct Sums {
    tasks: usize,
    /// Columns: a start a task, then a mode a shape.
    columns: usize,
    factors: Vec<i64>,
    limits: Vec<i64>,
    /// The level of the search at which each was added.
    levels: Vec<u32>,
    /// Sums of the question itself.
    fixed: usize,
    /// Whether a bound changed since the last look.
    pub changed: bool,
    never: Lit,
    least: Vec<i64>,
    candidates: Vec<(usize, u32, i64)>,
    /// Starts and modes looked at.
    pub work: u64,
}

impl Sums {
    /// Begins with the budgets of a question.
    pub fn new(
        shapes: &Shapes,
        first_mode: &[u32],
        spends: &[i64],
        budgets: &[i64],
        (goal, rates): (u32, &[i64]),
        never: Lit,
    ) -> Self {
        let tasks = first_mode.len() - 1;
        let mut sums = Self {
            tasks,
            columns: shapes.durations.len(),
            factors: Vec::new(),
            limits: Vec::new(),
            levels: Vec::new(),
            fixed: 0,
            changed: true,
            never,
            least: vec![0; tasks],
            candidates: Vec::new(),
            work: 0,
        };
        for (budget, &limit) in budgets.iter().enumerate() {
            let spends = |mode: u32| spends[mode as usize * budgets.len() + budget];
            let (mut factors, mut left) = (vec![0; sums.columns], limit);
            for (task, &first) in first_mode[..tasks].iter().enumerate() {
                let own = shapes.modes(task as u32);
                if own.is_empty() {
                    left -= spends(first);
                }
                for (at, shape) in own.enumerate() {
                    factors[shape] = spends(first + at as u32);
                }
            }
            factors[goal as usize] = -rates.get(budget).copied().unwrap_or(0);
            sums.factors.extend(factors);
            sums.limits.push(left);
            sums.levels.push(0);
        }
        sums.fixed = sums.limits.len();
        sums
    }

    /// Adds a sum for as long as the search stays at or above a level; `false` if its numbers are too large or
    /// it is known.
    pub fn add(&mut self, factors: &[i64], limit: i64, level: u32) -> bool {
        let (starts, modes) = factors.split_at(self.tasks);
        let is_small = starts.iter().all(|factor| factor.abs() <= FACTOR)
            && modes.iter().all(|cost| cost.abs() <= COST)
            && limit.abs() <= 1 << 60;
        let mut known = self.limits.iter().zip(self.factors.chunks_exact(self.columns));
        let is_new = !known.any(|(&own, all)| own == limit && all == factors);
        if is_small && is_new {
            self.factors.extend_from_slice(factors);
            self.limits.push(limit);
            self.levels.push(level);
            self.changed = true;
        }
        is_small && is_new
    }

    /// Forgets the sums that were added below a level.
    pub fn back_to(&mut self, level: u32) {
        while self.levels.last().is_some_and(|&own| own > level) {
            self.levels.pop();
            self.limits.pop();
        }
        self.factors.truncate(self.limits.len() * self.columns);
    }

    /// Forgets the newest sum, which has been of no use.
    pub fn drop_last(&mut self) {
        self.levels.pop();
        self.limits.pop();
        self.factors.truncate(self.limits.len() * self.columns);
    }

    /// Keeps so many of the sums that were added, the newest; only at the root, where none is a reason.
    pub fn settle(&mut self, most: usize) {
        let extra = self.limits.len().saturating_sub(self.fixed + most);
        self.limits.drain(self.fixed..self.fixed + extra);
        self.levels.drain(self.fixed..self.fixed + extra);
        self.factors.drain(self.fixed * self.columns..(self.fixed + extra) * self.columns);
    }

    /// The least that the start of a task adds.
    fn least_start(factor: i64, low: i32, high: i32) -> i64 {
        match factor {
            0 => 0,
            1.. => factor * i64::from(low),
            _ => factor * i64::from(high),
        }
    }

    /// The least that the mode of a task adds, of the modes that are open by `is_open`.
    fn least_mode(
        factors: &[i64],
        shapes: &Shapes,
        task: usize,
        mut is_open: impl FnMut(Lit) -> bool,
    ) -> i64 {
        let open = |shape: &usize| shapes.picked(*shape).is_none_or(&mut is_open);
        let all = shapes.modes(task as u32);
        let least = all.clone().filter(open).map(|shape| factors[shape]).min();
        least.or_else(|| all.map(|shape| factors[shape]).min()).unwrap_or(0)
    }

    /// Closes the modes and moves the starts that add too much.
    pub fn propagate(&mut self, domains: &mut Domains, shapes: &Shapes) -> Result<(), Clash> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        for sum in 0..self.limits.len() {
            let factors = &self.factors[sum * self.columns..][..self.columns];
            let mut left = self.limits[sum];
            for task in 0..self.tasks {
                let var = task as u32;
                let least = Self::least_mode(factors, shapes, task, |pick| !domains.is_false(pick));
                self.least[task] = least;
                left -=
                    least + Self::least_start(factors[task], domains.low(var), domains.high(var));
            }
            self.work += self.tasks as u64 + 2 * shapes.all_modes();
            let reason = Reason::Sum(sum as u32);
            if left < 0 {
                return Err(Clash { lit: self.never, reason });
            }
            for task in 0..self.tasks {
                let (var, factor) = (task as u32, factors[task]);
                let (low, high) = (i64::from(domains.low(var)), i64::from(domains.high(var)));
                if factor > 0 && left / factor < high - low {
                    domains.set(Lit::at_most(var, (low + left / factor) as i32), reason)?;
                } else if factor < 0 && left / -factor < high - low {
                    domains.set(Lit::at_least(var, (high - left / -factor) as i32), reason)?;
                }
                for shape in shapes.modes(var) {
                    if factors[shape] - self.least[task] > left
                        && let Some(pick) = shapes.picked(shape)
                    {
                        domains.set(pick.negated(), reason)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Why `lit` follows from the bounds and the modes closed before entry `before` of the trail.
    pub fn explain(
        &mut self,
        domains: &Domains,
        shapes: &Shapes,
        sum: u32,
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        self.work += self.tasks as u64 + 2 * shapes.all_modes();
        let factors = &self.factors[sum as usize * self.columns..][..self.columns];
        let mut excess = -self.limits[sum as usize] - 1;
        let (mut own_mode, mut own_start) = (usize::MAX, usize::MAX);
        if let Some((task, shape)) = shapes.meant(lit) {
            own_mode = task as usize;
            excess += factors[shape];
        } else if lit.half / 2 < self.tasks as u32 {
            own_start = lit.half as usize / 2;
            // The value that it would have if it were false.
            let opposite = lit.negated();
            let value =
                if opposite.half.is_multiple_of(2) { opposite.value } else { -opposite.value };
            excess += factors[own_start] * i64::from(value);
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let is_closed = |pick: Lit| domains.bound_at(pick.half ^ 1, before) >= 0;
        let is_always_open = |pick: Lit| !domains.is_root(pick.negated());
        for task in 0..self.tasks {
            let factor = factors[task];
            if task != own_start && factor != 0 {
                let half = 2 * task + usize::from(factor < 0);
                let (now, always) = (domains.bound_at(half as u32, before), domains.root[half]);
                excess += factor.abs() * i64::from(now);
                if now > always {
                    let entry = domains.entry_of(Lit { half: half as u32, value: now }, before);
                    let saved = factor.abs() * (i64::from(now) - i64::from(always));
                    candidates.push((entry.map_or(0, |at| at + 1), task as u32, saved));
                }
            }
            if task == own_mode || shapes.modes(task as u32).is_empty() {
                continue;
            }
            let least = Self::least_mode(factors, shapes, task, |pick| !is_closed(pick));
            excess += least;
            let always = Self::least_mode(factors, shapes, task, is_always_open);
            if least > always {
                let closing = |shape: usize| {
                    let pick = shapes.picked(shape)?;
                    (factors[shape] < least && is_closed(pick)).then(|| pick.negated())
                };
                let newest = shapes.modes(task as u32).filter_map(closing);
                let newest = newest.map(|lit| domains.entry_of(lit, before).map_or(0, |at| at + 1));
                let number = (self.tasks + task) as u32;
                candidates.push((newest.max().unwrap_or(0), number, least - always));
            }
        }
        debug_assert!(excess >= 0, "a sum that explains nothing");
        // What is not needed goes, the newest first.
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        for &(_, number, saved) in &candidates {
            if saved <= excess {
                excess -= saved;
                continue;
            }
            let Some(task) = (number as usize).checked_sub(self.tasks) else {
                // A weaker bound may be enough.
                let factor = factors[number as usize];
                let half = 2 * number + u32::from(factor < 0);
                let spare = excess / factor.abs();
                excess -= spare * factor.abs();
                let value = domains.bound_at(half, before) - spare as i32;
                out.push(Lit { half, value });
                continue;
            };
            let least = Self::least_mode(factors, shapes, task, |pick| !is_closed(pick));
            for shape in shapes.modes(task as u32) {
                if factors[shape] < least
                    && let Some(pick) = shapes.picked(shape)
                {
                    out.push(pick.negated());
                }
            }
        }
        self.candidates = candidates;
    }
}
