//! Work over capacity, with heads and tails.
//!
//! All tasks with a head of at least `a` and a tail of at least `b` do their work between `a` and
//! `makespan - b`: the makespan is at least `a` + work / capacity + `b`, for every resource and every
//! such pair. Carlier and Pinson (*An algorithm for solving the job-shop problem*, 1989) for one
//! machine; only pairs with work in them count.

use super::Windows;
use crate::formulate::Project;

/// The best bound over all resources.
pub fn bound(project: &Project, windows: &Windows) -> u64 {
    let resources = 0..project.renewables();
    let of = |resource: usize| {
        let work = |task: usize| {
            let modes = project.modes(task);
            let area = |mode: usize| {
                u64::from(project.duration[mode]) * u64::from(project.uses_of(mode)[resource])
            };
            modes.map(area).min().unwrap_or(0)
        };
        let work: Vec<u64> = (0..project.tasks()).map(work).collect();
        staircase(&work, u64::from(project.capacity[resource]), &windows.head, &windows.tail)
    };
    resources.map(of).max().unwrap_or(0)
}

/// The best `a + ceil(work of tasks with head >= a and tail >= b, over capacity) + b`.
///
/// ```
/// use shotplan::solve::project::bounds::energy::staircase;
/// // Work 4 and 5 on a capacity of 2; both wait for 1 unit, one is followed by 3.
/// assert_eq!(staircase(&[4, 5], 2, &[1, 1], &[3, 0]), 1 + 2 + 3);
/// assert_eq!(staircase(&[4, 9], 2, &[1, 1], &[3, 0]), 1 + 7 + 0);
/// ```
pub fn staircase(work: &[u64], capacity: u64, head: &[u64], tail: &[u64]) -> u64 {
    let mut by_tail: Vec<usize> = (0..work.len()).filter(|&task| work[task] > 0).collect();
    if capacity == 0 {
        return 0;
    }
    by_tail.sort_unstable_by_key(|&task| std::cmp::Reverse(tail[task]));
    let mut heads: Vec<u64> = by_tail.iter().map(|&task| head[task]).collect();
    heads.sort_unstable();
    heads.dedup();
    // Long lists: every so many heads are enough, each still gives a true bound.
    let stride = (heads.len() * by_tail.len() / 4_000_000).max(1);
    let mut best = 0;
    for &from in heads.iter().step_by(stride) {
        let mut sum = 0;
        for &task in by_tail.iter().filter(|&&task| head[task] >= from) {
            sum += work[task];
            best = best.max(from + sum.div_ceil(capacity) + tail[task]);
        }
    }
    best
}
