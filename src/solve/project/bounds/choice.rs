//! Work, budgets and paths at once, whatever the modes.
//!
//! A time `T` is refuted when no mix of modes keeps all of these below 1: work of a resource over
//! capacity × `T`, spending over a budget, length of a path over `T`. Weights over these rows prove it:
//! if even the modes that are best for the weighted sum give more than 1, no choice is left. Good
//! weights come from a game of both sides against each other (multiplicative weights: Plotkin, Shmoys
//! and Tardos, *Fast approximation algorithms for fractional packing and covering problems*, 1995);
//! the proof is checked by itself, however the weights came about.

use super::Windows;
use crate::formulate::Project;
use crate::solve::project::network::in_order;
use crate::solve::project::shape::fits;

/// Moves of the game for one time.
const MOVES: usize = 400;
/// A proof must be clear of rounding.
const MARGIN: f64 = 1e-6;
/// Larger projects would take long.
const MOST_CELLS: usize = 2_000_000;

/// The highest bound above `from` that the weights prove.
///
/// ```
/// use shotplan::formulate::{Link, Project};
/// use shotplan::solve::project::bounds::{Windows, choice};
/// // Two tasks in a row, each 2 long for 5 or 6 long for 1; the budget of 6 pays for one fast task.
/// let mut project = Project::new(0, 1);
/// project.budget = vec![6];
/// let first = project.add_task(&[(2, &[], &[5]), (6, &[], &[1])]);
/// let second = project.add_task(&[(2, &[], &[5]), (6, &[], &[1])]);
/// project.links.push(Link::after_end(first, second));
/// let windows = Windows::of(&project).unwrap();
/// assert_eq!(choice::bound(&project, &windows, 4, &|| false), 8);
/// ```
pub fn bound(project: &Project, windows: &Windows, from: u64, stop: &dyn Fn() -> bool) -> u64 {
    let rows = project.renewables() + project.budget.len();
    if project.duration.len() * (rows + 1) > MOST_CELLS || project.tasks() == 0 {
        return from;
    }
    let Some(game) = Game::of(project, windows) else { return from };
    let (mut low, mut step) = (from, 1);
    // Everything below `low` is refuted; gallop, then halve.
    while game.refutes(low + step - 1, stop) {
        low += step;
        if low > project.horizon() {
            return from;
        }
        step *= 2;
    }
    while step > 1 {
        step /= 2;
        if game.refutes(low + step - 1, stop) {
            low += step;
        }
    }
    low
}

struct Game<'a> {
    project: &'a Project,
    windows: &'a Windows,
    /// Tasks, each after those whose end it waits for.
    order: Vec<usize>,
    /// Links into each task: (task before, lag after its end).
    into: Vec<Vec<(usize, f64)>>,
}

impl<'a> Game<'a> {
    fn of(project: &'a Project, windows: &'a Windows) -> Option<Game<'a>> {
        let tasks = project.tasks();
        let mut into = vec![Vec::new(); tasks];
        let mut out = vec![Vec::new(); tasks];
        for link in project.links.iter().filter(|link| link.from_end) {
            into[link.after as usize].push((link.before as usize, f64::from(link.lag)));
            out[link.before as usize].push(link.after as usize);
        }
        let order = in_order(tasks, |task| out[task].iter().copied())?;
        Some(Game { project, windows, order, into })
    }

    /// Whether no choice of modes lets the project end at `time`; not refuted once `stop` says so.
    fn refutes(&self, time: u64, stop: &dyn Fn() -> bool) -> bool {
        let project = self.project;
        let (tasks, renewables) = (project.tasks(), project.renewables());
        let rows = renewables + project.budget.len();
        let end = time as f64;
        // Share of each row that each mode takes; modes that cannot be used are left out.
        let mut share = vec![0.0; project.duration.len() * rows];
        let mut usable = vec![Vec::new(); tasks];
        for (task, usable) in usable.iter_mut().enumerate() {
            let around = self.windows.head[task] + self.windows.tail[task];
            for mode in project.modes(task) {
                let duration = u64::from(project.duration[mode]);
                let spends = project.spends_of(mode).iter().zip(&project.budget);
                let can_pay = spends.clone().all(|(&spends, &budget)| u64::from(spends) <= budget);
                if around + duration > time || !fits(project, mode) || !can_pay {
                    continue;
                }
                usable.push(mode);
                let own = &mut share[mode * rows..][..rows];
                let uses = project.uses_of(mode).iter().zip(&project.capacity);
                for (row, (&uses, &capacity)) in uses.enumerate() {
                    if uses > 0 && duration > 0 {
                        own[row] = f64::from(uses) * duration as f64 / (f64::from(capacity) * end);
                    }
                }
                for (row, (&spends, &budget)) in spends.enumerate() {
                    own[renewables + row] = f64::from(spends) / (budget.max(1) as f64);
                }
            }
            if usable.is_empty() {
                return true;
            }
        }
        if time == 0 {
            return false;
        }
        // Sums over all moves: loads of rows, durations; and the weights of the proof.
        let mut load = vec![0.0; rows];
        let mut length = vec![0.0; tasks];
        let mut weight = vec![0.0; rows];
        let mut on_path = vec![0.0; tasks];
        let mut lags = 0.0;
        let mut path = vec![false; tasks];
        let mut now = vec![0.0; rows];
        for number in 1..=MOVES {
            if stop() {
                return false;
            }
            let (longest, waits) = self.longest_path(&length, number as f64 - 1.0, &mut path);
            let longest = longest / end;
            let most = load.iter().copied().fold(longest, f64::max);
            let speed = 2.0 / (number as f64).sqrt();
            let raw = |load: f64| ((load - most) * speed).exp();
            let sum: f64 = load.iter().map(|&load| raw(load)).sum::<f64>() + raw(longest);
            for row in 0..rows {
                now[row] = raw(load[row]) / sum;
                weight[row] += now[row];
            }
            let of_path = raw(longest) / sum / end;
            lags += of_path * waits;
            for task in 0..tasks {
                let own = if path[task] { of_path } else { 0.0 };
                on_path[task] += own;
                let price = |mode: usize| {
                    let rows_of = share[mode * rows..][..rows].iter().zip(&now);
                    rows_of.map(|(share, now)| share * now).sum::<f64>()
                        + own * f64::from(project.duration[mode])
                };
                let mut best = (f64::INFINITY, usable[task][0]);
                for &mode in &usable[task] {
                    let price = price(mode);
                    if price < best.0 {
                        best = (price, mode);
                    }
                }
                length[task] += f64::from(project.duration[best.1]);
                for (load, share) in load.iter_mut().zip(&share[best.1 * rows..][..rows]) {
                    *load += share;
                }
            }
            if number % 20 == 0
                && self.least(&usable, &share, &weight, &on_path) + lags
                    > number as f64 * (1.0 + MARGIN)
            {
                return true;
            }
        }
        false
    }

    /// The path of tasks that is longest when each has this length and lags count so many times: its
    /// length, and the lags on it. Marks the tasks on it.
    fn longest_path(&self, length: &[f64], times: f64, path: &mut [bool]) -> (f64, f64) {
        let tasks = length.len();
        let mut end = vec![0.0; tasks];
        let mut before: Vec<Option<(usize, f64)>> = vec![None; tasks];
        let mut last = self.order[0];
        for &task in &self.order {
            let mut start = 0.0;
            for &(from, lag) in &self.into[task] {
                let after = end[from] + lag * times;
                if after > start {
                    start = after;
                    before[task] = Some((from, lag));
                }
            }
            end[task] = start + length[task];
            if end[task] > end[last] {
                last = task;
            }
        }
        path.fill(false);
        path[last] = true;
        let (mut at, mut waits) = (last, 0.0);
        while let Some((from, lag)) = before[at] {
            waits += lag;
            path[from] = true;
            at = from;
        }
        (end[last], waits)
    }

    /// The least that any choice of modes adds up to under the weights.
    fn least(&self, usable: &[Vec<usize>], share: &[f64], weight: &[f64], on_path: &[f64]) -> f64 {
        let rows = weight.len();
        let mut least = 0.0;
        for (task, modes) in usable.iter().enumerate() {
            let price = |&mode: &usize| {
                let rows_of = share[mode * rows..][..rows].iter().zip(weight);
                rows_of.map(|(share, weight)| share * weight).sum::<f64>()
                    + on_path[task] * f64::from(self.project.duration[mode])
            };
            least += modes.iter().map(price).fold(f64::INFINITY, f64::min);
        }
        least
    }
}
