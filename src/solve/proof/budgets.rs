//! Budgets: what the picked modes spend together stays within what there is.
//!
//! Each task spends at least the least of the modes still open to it. A mode that spends more above
//! that than the others leave is closed.
//!
//! Tiny case: a budget of 7 for two tasks of {2, 5} and {3, 4}: the least is 5, so 5 stays open for the
//! first only with 3 for the second, and 5 with 4 is too much.

use super::domains::{Clash, Domains, Lit, Reason};
use super::shapes::Shapes;

#[derive(Debug)]
pub(super) struct Budgets {
    limits: Vec<i64>,
    /// What each shape spends, shape by shape; the first of each task that has several modes means
    /// nothing.
    spends: Vec<i64>,
    /// Whether a pick changed since the last look.
    pub changed: bool,
    never: Lit,
    least: Vec<i64>,
    candidates: Vec<(usize, u32, i64)>,
    /// Modes looked at.
    pub work: u64,
}

impl Budgets {
    pub fn new(
        shapes: &Shapes,
        first_mode: &[u32],
        spends: &[i64],
        limits: &[i64],
        never: Lit,
    ) -> Self {
        let width = limits.len();
        let of = |mode: u32| &spends[mode as usize * width..(mode as usize + 1) * width];
        let mut own = Vec::new();
        let firsts = &first_mode[..first_mode.len() - 1];
        firsts.iter().for_each(|&mode| own.extend_from_slice(of(mode)));
        for (task, &mode) in firsts.iter().enumerate() {
            for at in 0..shapes.modes(task as u32).len() as u32 {
                own.extend_from_slice(of(mode + at));
            }
        }
        Self {
            limits: limits.to_vec(),
            spends: own,
            changed: true,
            never,
            least: vec![0; first_mode.len() - 1],
            candidates: Vec::new(),
            work: 0,
        }
    }

    /// The least that a task spends of a budget in the modes that are open by `is_open`.
    fn least(
        &self,
        shapes: &Shapes,
        task: usize,
        budget: usize,
        mut is_open: impl FnMut(Lit) -> bool,
    ) -> i64 {
        let spent = |shape: usize| self.spends[shape * self.limits.len() + budget];
        let open = |shape: &usize| shapes.picked(*shape).is_none_or(&mut is_open);
        shapes.modes(task as u32).filter(open).map(spent).min().unwrap_or_else(|| spent(task))
    }

    /// Closes the modes that cost too much.
    pub fn propagate(&mut self, domains: &mut Domains, shapes: &Shapes) -> Result<(), Clash> {
        if !std::mem::take(&mut self.changed) {
            return Ok(());
        }
        for budget in 0..self.limits.len() {
            let mut left = self.limits[budget];
            for task in 0..self.least.len() {
                let least = self.least(shapes, task, budget, |pick| !domains.is_false(pick));
                self.least[task] = least;
                left -= least;
            }
            self.work += 2 * shapes.all_modes();
            let reason = Reason::Budget(budget as u32);
            if left < 0 {
                return Err(Clash { lit: self.never, reason });
            }
            for task in 0..self.least.len() {
                for shape in shapes.modes(task as u32) {
                    let more = self.spends[shape * self.limits.len() + budget] - self.least[task];
                    if more > left
                        && let Some(pick) = shapes.picked(shape)
                    {
                        domains.set(pick.negated(), reason)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Why `lit` follows from the modes closed before entry `before` of the trail.
    pub fn explain(
        &mut self,
        domains: &Domains,
        shapes: &Shapes,
        budget: u32,
        lit: Lit,
        before: usize,
        out: &mut Vec<Lit>,
    ) {
        self.work += 2 * shapes.all_modes();
        let budget = budget as usize;
        let width = self.limits.len();
        let mut excess = -self.limits[budget] - 1;
        let mut own = usize::MAX;
        if let Some((task, shape)) = shapes.meant(lit) {
            own = task as usize;
            excess += self.spends[shape * width + budget];
        }
        let mut candidates = std::mem::take(&mut self.candidates);
        candidates.clear();
        let is_closed = |pick: Lit| domains.bound_at(pick.half ^ 1, before) >= 0;
        for task in (0..self.least.len()).filter(|&task| task != own) {
            let least = self.least(shapes, task, budget, |pick| !is_closed(pick));
            excess += least;
            let always = self.least(shapes, task, budget, |pick| !domains.is_root(pick.negated()));
            if least > always {
                let closing = |shape: usize| {
                    let pick = shapes.picked(shape)?;
                    let is_cheaper = self.spends[shape * width + budget] < least;
                    (is_cheaper && is_closed(pick)).then(|| pick.negated())
                };
                let newest = shapes.modes(task as u32).filter_map(closing);
                let newest = newest.map(|lit| domains.entry_of(lit, before).map_or(0, |at| at + 1));
                candidates.push((newest.max().unwrap_or(0), task as u32, least - always));
            }
        }
        debug_assert!(excess >= 0, "a budget that explains nothing");
        // What is not needed goes, the newest first.
        candidates.sort_unstable_by(|a, b| b.cmp(a));
        for &(_, task, saved) in &candidates {
            if saved <= excess {
                excess -= saved;
                continue;
            }
            let least = self.least(shapes, task as usize, budget, |pick| !is_closed(pick));
            for shape in shapes.modes(task) {
                if self.spends[shape * width + budget] < least
                    && let Some(pick) = shapes.picked(shape)
                {
                    out.push(pick.negated());
                }
            }
        }
        self.candidates = candidates;
    }
}
