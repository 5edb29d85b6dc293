//! The relaxation: modes may be mixed, and people and resources are asked for in sum only.
//!
//! Columns are the starts and the share of each mode. Rows are the waits with the mean duration of the modes
//! mixed, the energy of each resource between the earliest head and the least tail of a set of tasks, and the budgets;
//! the goal is made small. What the program answers is not believed: its weights of the rows, rounded to whole
//! numbers, add the rows up to one sum that holds for every schedule, and that sum moves the goal,
//! closes modes and explains itself as all sums do.
//!
//! Tiny case: two tasks in a row, each 2 long for 5 or 6 long for 1, and a budget of 6. A day less costs 1: the
//! path and the budget, added up with equal weights, say that the end is at 12 + 2 − 6 = 8 or later, before
//! anything is chosen.
//!
//! Sources: Talbot (1982), "Resource-constrained project scheduling with time-resource tradeoffs", for the
//! problem; Hooker (2007), *Integrated Methods for Optimization*, for prices of a relaxation as a reason.

use super::Question;
use super::domains::Domains;
use super::shapes::Shapes;
use super::simplex::{Entries, Simplex};
use super::sums::Sums;

/// Weights are whole numbers up to this.
const WEIGHT: f64 = (1 << 22) as f64;
/// Larger programs would take longer than what they save.
const COLUMNS: usize = 2_000;
/// Larger entries could overflow a sum of weighted ones.
const ENTRY: i64 = 1 << 26;
/// Pivots of one look.
const PIVOTS: u64 = 400;
/// A factor of a start that is as small as this comes from rounding.
const DUST: i64 = 64;

/// Shortest and longest pause between two looks, in nodes of the search.
const SHORTEST: u32 = 4;
const LONGEST: u32 = 256;

#[derive(Debug)]
pub(super) struct Relaxation {
    tasks: usize,
    goal: u32,
    rows: Vec<Entries>,
    simplex: Simplex,
    factors: Vec<i64>,
    /// Nodes of the search from one look to the next, and those since the last one.
    pause: u32,
    passed: u32,
    /// No start is less.
    floor: f64,
    /// Columns of modes.
    modes: Vec<(u32, u32)>,
}

impl Relaxation {
    /// `None` where no task has several modes, or the numbers are too large.
    pub fn new(question: &Question, domains: &Domains, shapes: &Shapes) -> Option<Self> {
        let first_mode = question.first_mode;
        let tasks = first_mode.len() - 1;
        let columns = shapes.durations.len();
        if columns == tasks || columns > COLUMNS {
            return None;
        }
        let durations = |task: u32| -> Vec<(u32, i64)> {
            shapes.modes(task).map(|shape| (shape as u32, shapes.durations[shape].into())).collect()
        };
        // Of a task with one mode, its duration is a number.
        let fixed = |task: u32| match shapes.modes(task).is_empty() {
            true => i64::from(shapes.durations[task as usize]),
            false => 0,
        };
        let mut rows: Vec<Entries> = Vec::new();
        for task in 0..tasks as u32 {
            if !shapes.modes(task).is_empty() {
                rows.push((shapes.modes(task).map(|shape| (shape as u32, 1)).collect(), 1, true));
            }
        }
        for (a, b, lag) in direct(question) {
            let mut entries = durations(a);
            entries.extend([(a, 1), (b, -1)]);
            rows.push((entries, -i64::from(lag) - fixed(a), false));
        }
        for &(a, b, lag) in question.lags.iter().filter(|(a, b, _)| a != b) {
            rows.push((vec![(a, 1), (b, -1)], -i64::from(lag), false));
        }
        for budget in 0..question.budgets.len() {
            let (mut entries, mut left) = (Vec::new(), question.budgets[budget]);
            for (task, &first) in first_mode[..tasks].iter().enumerate() {
                let first = first as usize;
                let spends =
                    |at: usize| question.spends[(first + at) * question.budgets.len() + budget];
                let own = shapes.modes(task as u32);
                if own.is_empty() {
                    left -= spends(0);
                }
                entries.extend(own.enumerate().map(|(at, shape)| (shape as u32, spends(at))));
            }
            if let Some(&rate) = question.rates.get(budget).filter(|rate| **rate > 0) {
                entries.push((question.goal, -rate));
            }
            rows.push((entries, left, false));
        }
        let tails = tails(question, shapes);
        let resources = question.capacities.len();
        for resource in 0..resources {
            for (head, tail) in windows(question, domains, shapes, &tails, resource) {
                let capacity = i64::from(question.capacities[resource]);
                let mut entries = vec![(question.goal, -capacity)];
                let mut side = -capacity * (i64::from(head) + i64::from(tail));
                let energy = |shape: usize| {
                    let uses = i64::from(shapes.uses[shape * resources + resource]);
                    uses * i64::from(shapes.durations[shape])
                };
                for task in 0..tasks as u32 {
                    let is_in = domains.low(task) >= head
                        && tails[task as usize].is_some_and(|own| own >= tail);
                    if !is_in {
                        continue;
                    }
                    let own = shapes.modes(task);
                    if own.is_empty() {
                        side -= energy(task as usize);
                    }
                    entries.extend(own.map(|shape| (shape as u32, energy(shape))));
                }
                rows.push((entries, side, false));
            }
        }
        if !question.rates.is_empty() {
            rows.extend((0..resources).filter_map(|r| spanned(question, domains, shapes, r)));
        }
        let is_small = |(entries, side, _): &Entries| {
            entries.iter().all(|entry| entry.1.abs() <= ENTRY) && side.abs() <= 1 << 36
        };
        rows.retain(|row| row.2 || is_small(row));
        let mut costs = vec![0.0; columns];
        costs[question.goal as usize] = 1.0;
        let simplex = Simplex::new(columns, costs, &rows);
        let meant = |task: u32| shapes.modes(task).map(move |shape| (task, shape as u32));
        Some(Self {
            tasks,
            goal: question.goal,
            simplex,
            factors: vec![0; columns],
            pause: SHORTEST,
            passed: 0,
            floor: (0..tasks as u32).map(|task| domains.low(task)).min()?.into(),
            modes: (0..tasks as u32).flat_map(meant).collect(),
            rows,
        })
    }

    /// Cells looked at, several of which cost as much as one step elsewhere.
    pub fn work(&self) -> u64 {
        self.simplex.work / 8
    }

    /// Whether to look: always near the root, elsewhere the more seldom the less comes of it.
    pub fn is_due(&mut self, level: u32) -> bool {
        if level <= 1 {
            return true;
        }
        self.passed += 1;
        self.passed >= self.pause
    }

    /// Takes note whether the last look was of use.
    pub fn heed(&mut self, is_of_use: bool) {
        self.passed = 0;
        self.pause = match is_of_use {
            true => (self.pause / 2).max(SHORTEST),
            false => (self.pause * 2).min(LONGEST),
        };
    }

    /// Looks at the program within the bounds there are, and adds the sum that it comes to; `false` if there is
    /// none.
    pub fn look(&mut self, domains: &Domains, shapes: &Shapes, sums: &mut Sums) -> bool {
        for task in 0..self.tasks {
            self.simplex.low[task] = domains.low(task as u32).into();
            self.simplex.high[task] = domains.high(task as u32).into();
        }
        // How low the goal could be, whatever has been said of it, weighs the modes.
        let goal = self.goal as usize;
        self.simplex.low[goal] = self.floor;
        for &(_, shape) in &self.modes {
            let is_closed =
                shapes.picked(shape as usize).is_some_and(|pick| domains.is_false(pick));
            self.simplex.high[shape as usize] = if is_closed { 0.0 } else { 1.0 };
        }
        self.simplex.look(PIVOTS);
        self.add_up(domains, sums)
    }

    /// The rows by their weights, as one sum.
    fn add_up(&mut self, domains: &Domains, sums: &mut Sums) -> bool {
        let weights = self.simplex.weights.iter().zip(&self.rows);
        let largest = weights.filter(|(_, row)| !row.2).map(|(&weight, _)| weight);
        let largest = largest.fold(0.0, f64::max);
        if !largest.is_finite() || largest < 1e-6 {
            return false;
        }
        self.factors.fill(0);
        let mut limit = 0;
        for (&weight, (entries, side, is_equal)) in self.simplex.weights.iter().zip(&self.rows) {
            let weight = (weight * (WEIGHT / largest)).round() as i64;
            if *is_equal || weight <= 0 {
                continue;
            }
            limit += weight * side;
            for &(column, factor) in entries {
                self.factors[column as usize] += weight * factor;
            }
        }
        for task in 0..self.tasks {
            let factor = self.factors[task];
            if factor != 0 && factor.abs() <= DUST {
                let half = 2 * task + usize::from(factor < 0);
                limit -= factor.abs() * i64::from(domains.root[half]);
                self.factors[task] = 0;
            }
        }
        sums.add(&self.factors, limit, domains.level())
    }
}

/// The waits that do not follow from two others.
fn direct(question: &Question) -> Vec<(u32, u32, i32)> {
    let tasks = question.first_mode.len() - 1;
    let words = tasks.div_ceil(64);
    let mut after = vec![Vec::new(); tasks];
    for &(a, b, _) in question.waits.iter().filter(|(a, b, lag)| a != b && *lag >= 0) {
        after[a as usize].push(b as usize);
    }
    // What comes after each task; where waits run in a loop, what was found is enough.
    let mut later = vec![0_u64; tasks * words];
    let (mut state, mut open) = (vec![0_u8; tasks], Vec::new());
    for first in 0..tasks {
        open.push(first);
        while let Some(&task) = open.last() {
            if state[task] == 0 {
                state[task] = 1;
                open.extend(after[task].iter().filter(|&&next| state[next] == 0));
                continue;
            }
            open.pop();
            if std::mem::replace(&mut state[task], 2) == 2 {
                continue;
            }
            for &next in &after[task] {
                later[task * words + next / 64] |= 1 << (next % 64);
                for word in 0..words {
                    later[task * words + word] |= later[next * words + word];
                }
            }
        }
    }
    let is_later =
        |task: usize, other: usize| later[task * words + other / 64] >> (other % 64) & 1 == 1;
    let is_direct = |&&(a, b, lag): &&(u32, u32, i32)| {
        let (a, b) = (a as usize, b as usize);
        a != b && (lag > 0 || !after[a].iter().any(|&next| next != b && is_later(next, b)))
    };
    question.waits.iter().filter(is_direct).copied().collect()
}

/// How long before the goal each task ends at least; `None` where the goal does not wait for it.
fn tails(question: &Question, shapes: &Shapes) -> Vec<Option<i32>> {
    let tasks = question.first_mode.len() - 1;
    let shortest = shapes.least_durations();
    // From the start of a task to the goal.
    let mut distance: Vec<Option<i32>> = vec![None; tasks];
    let mut tail: Vec<Option<i32>> = vec![None; tasks];
    distance[question.goal as usize] = Some(0);
    for _ in 0..tasks {
        let mut changed = false;
        for &(a, b, lag) in question.waits {
            let Some(own) = distance[b as usize].and_then(|after| after.checked_add(lag)) else {
                continue;
            };
            if tail[a as usize].is_none_or(|known| known < own) {
                tail[a as usize] = Some(own);
                let whole = own.saturating_add(shortest[a as usize]);
                distance[a as usize] = distance[a as usize].max(Some(whole));
                changed = true;
            }
        }
        for &(a, b, lag) in question.lags {
            let own = distance[b as usize].and_then(|after| after.checked_add(lag));
            if own > distance[a as usize] {
                distance[a as usize] = own;
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    tail
}

/// What a resource can do from the first start of a task that may take of it to the last end: where the goal
/// is not a time, this is all there is.
fn spanned(
    question: &Question,
    domains: &Domains,
    shapes: &Shapes,
    resource: usize,
) -> Option<Entries> {
    let resources = question.capacities.len();
    let energy = |shape: usize| {
        let uses = i64::from(shapes.uses[shape * resources + resource]);
        uses * i64::from(shapes.durations[shape])
    };
    let (mut entries, mut fixed) = (Vec::new(), 0);
    let (mut from, mut until) = (i64::MAX, i64::MIN);
    for task in 0..question.first_mode.len() as u32 - 1 {
        let own = shapes.modes(task);
        let shapes_of = if own.is_empty() { task as usize..task as usize + 1 } else { own.clone() };
        if !shapes_of.clone().any(|shape| energy(shape) > 0) {
            continue;
        }
        let longest = shapes_of.map(|shape| shapes.durations[shape]).max().unwrap_or(0);
        from = from.min(domains.low(task).into());
        until = until.max(i64::from(domains.high(task)) + i64::from(longest));
        if own.is_empty() {
            fixed += energy(task as usize);
        }
        let costly = own.filter(|&shape| energy(shape) > 0);
        entries.extend(costly.map(|shape| (shape as u32, energy(shape))));
    }
    if entries.is_empty() {
        return None;
    }
    let side = i64::from(question.capacities[resource]) * (until - from).max(0) - fixed;
    Some((entries, side, false))
}

/// Heads and tails between which a resource is looked at: all of its tasks, and the tasks that make the goal
/// latest by their least energy.
fn windows(
    question: &Question,
    domains: &Domains,
    shapes: &Shapes,
    tails: &[Option<i32>],
    resource: usize,
) -> Vec<(i32, i32)> {
    let resources = question.capacities.len();
    let capacity = i64::from(question.capacities[resource]).max(1);
    let energy = |shape: usize| {
        let uses = i64::from(shapes.uses[shape * resources + resource]);
        uses * i64::from(shapes.durations[shape])
    };
    // Head, tail, least energy of each task that may take of it.
    let mut users: Vec<(i32, i32, i64)> = Vec::new();
    for (task, tail) in tails.iter().enumerate() {
        let var = task as u32;
        let own = shapes.modes(var);
        let most = own.clone().map(energy).max().unwrap_or_else(|| energy(task));
        let least = own.map(energy).min().unwrap_or_else(|| energy(task));
        if let (Some(tail), true) = (*tail, most > 0) {
            users.push((domains.low(var), tail, least));
        }
    }
    let head = users.iter().map(|user| user.0).min();
    let tail = users.iter().map(|user| user.1).min();
    let (Some(head), Some(tail)) = (head, tail) else { return Vec::new() };
    let mut found = vec![(head, tail)];
    users.sort_unstable_by_key(|user| std::cmp::Reverse(user.1));
    let mut heads: Vec<i32> = users.iter().map(|user| user.0).collect();
    heads.sort_unstable();
    heads.dedup();
    let mut best = None;
    for &head in &heads {
        let mut work = 0;
        for &(_, tail, energy) in users.iter().filter(|user| user.0 >= head) {
            work += energy;
            let reach = i64::from(head) + i64::from(tail) + (work + capacity - 1) / capacity;
            best = best.max(Some((reach, head, tail)));
        }
    }
    let best = best.map(|(_, head, tail)| (head, tail));
    found.extend(best.filter(|window| !found.contains(window)));
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::solve::proof::domains::Lit;

    /// The case above, told in full: nothing is chosen, and the end is 8 already.
    #[test]
    fn the_path_and_the_budget_together() {
        let question = Question {
            first_mode: &[0, 2, 4, 5],
            durations: &[2, 6, 2, 6, 0],
            uses: &[],
            capacities: &[],
            spends: &[5, 1, 5, 1, 0],
            budgets: &[6],
            rates: &[],
            initial: &[],
            takes: &[],
            gives: &[],
            people: 0,
            first_place: &[],
            able: &[],
            lags: &[],
            waits: &[(0, 1, 0), (1, 2, 0)],
            earliest: &[0, 0, 0],
            latest: &[20, 20, 20],
            goal: 2,
        };
        let mut domains = Domains::default();
        for &latest in question.latest {
            domains.add(0, latest);
        }
        let Question { first_mode, durations, .. } = question;
        let shapes = Shapes::new(&mut domains, first_mode, durations, &[], 0);
        let never = Lit::at_least(domains.add(0, 0), 1);
        let mut sums = Sums::new(
            &shapes,
            first_mode,
            question.spends,
            question.budgets,
            (question.goal, &[]),
            never,
        );
        let mut relaxation = Relaxation::new(&question, &domains, &shapes).expect("several modes");
        assert!(relaxation.look(&domains, &shapes, &mut sums));
        sums.propagate(&mut domains, &shapes).expect("no contradiction");
        assert_eq!(domains.low(2), 8);
    }
}
