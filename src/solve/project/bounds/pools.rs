//! Work that only a pool of people can do.
//!
//! A pool is everybody who can fill a place of some set of needs. Places that only members of the pool
//! can fill keep that many of them busy: their work over the size of the pool, with heads and tails,
//! bounds the makespan, and two tasks that together have more such places than the pool has members
//! exclude each other. Pools are the unions of the sets of people able for each need, as far as there
//! is time for them.

use super::{Windows, clique, energy};
use crate::formulate::Project;
use std::collections::BTreeSet;

/// Most pools looked at.
const MOST_POOLS: usize = 2_000;
/// Most pairs of tasks and pools compared.
const MOST_LOOKS: usize = 60_000_000;

/// People as a set, 64 in a word.
type People = Vec<u64>;

/// The best bound from work of pools, and from cliques of tasks that pools make exclusive.
pub fn bounds(project: &Project, windows: &Windows, seed: u64) -> (u64, u64) {
    let words = project.people.len().div_ceil(64);
    let able = |task: usize, at: usize| -> People {
        let mut set = vec![0; words];
        for person in 0..project.people.len() {
            if project.is_able(person, &project.needs[task][at]) {
                set[person / 64] |= 1 << (person % 64);
            }
        }
        set
    };
    // The sets of people able for each need, with the places of each task that they alone can fill.
    let mut needs: Vec<(usize, People, u64)> = Vec::new();
    for (task, own) in project.needs.iter().enumerate() {
        for (at, need) in own.iter().enumerate() {
            needs.push((task, able(task, at), u64::from(need.count)));
        }
    }
    let tasks = project.tasks();
    let pools = unions(needs.iter().map(|(_, set, _)| set.clone()).collect());
    let mut best = 0;
    let mut asked: Vec<(u64, Vec<u64>)> = Vec::new();
    let mut work = vec![0; tasks];
    // Each pool costs its needs, its pairs of head and task, and for cliques its pairs of tasks.
    let most = (MOST_LOOKS / (tasks * tasks).max(1)).max(1);
    for pool in pools.into_iter().take(most) {
        let size: u64 = pool.iter().map(|word| u64::from(word.count_ones())).sum();
        let mut places = vec![0; tasks];
        for (task, set, count) in &needs {
            if set.iter().zip(&pool).all(|(own, pool)| own & !pool == 0) {
                places[*task] += count;
            }
        }
        for task in 0..tasks {
            work[task] = places[task] * windows.shortest[task];
        }
        best = best.max(energy::staircase(&work, size, &windows.head, &windows.tail));
        // Where no two tasks can clash, the pool makes no pair exclusive.
        let mut largest = places.clone();
        largest.sort_unstable();
        if tasks > 1 && largest[tasks - 1] + largest[tasks - 2] > size {
            asked.push((size, places));
        }
    }
    let clash = |a: usize, b: usize| {
        asked
            .iter()
            .any(|(size, places)| places[a] > 0 && places[b] > 0 && places[a] + places[b] > *size)
    };
    (best, clique::of_pairs(project, windows, seed, clash))
}

/// All unions of the sets, small sets of sets first, at most so many.
fn unions(sets: Vec<People>) -> Vec<People> {
    let base: BTreeSet<People> = sets.into_iter().collect();
    let mut found: Vec<People> = base.iter().cloned().collect();
    let mut known = base.clone();
    // Everybody who is needed at all comes early, whatever the limit.
    let all = found.iter().fold(None, |all: Option<People>, set| match all {
        None => Some(set.clone()),
        Some(all) => Some(all.iter().zip(set).map(|(a, b)| a | b).collect()),
    });
    found.extend(all.filter(|all| known.insert(all.clone())));
    let mut at = 0;
    while at < found.len() && found.len() < MOST_POOLS {
        for set in &base {
            let union: People = found[at].iter().zip(set).map(|(a, b)| a | b).collect();
            if known.insert(union.clone()) {
                found.push(union);
            }
        }
        at += 1;
    }
    found
}
