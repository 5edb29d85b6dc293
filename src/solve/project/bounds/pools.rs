//! Work that only a pool of people can do.
//!
//! A pool is everybody who can fill a place of some set of needs. Places that only members of the pool
//! can fill keep that many of them busy: their work over the size of the pool, with heads and tails,
//! bounds the makespan, and two tasks that together have more such places than the pool has members
//! exclude each other. Pools are the unions of the sets of people able for each need, as far as there
//! is time for them.

use super::{Windows, clique, energy};
use crate::formulate::{Need, Project};
use std::collections::BTreeSet;

/// Most pools looked at.
const MOST_POOLS: usize = 2_000;
/// Most pairs of tasks and pools compared.
const MOST_LOOKS: usize = 60_000_000;

/// People as a set, 64 in a word.
type People = Vec<u64>;

/// People of whom some places can do only with members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pool {
    /// Members.
    pub size: u64,
    /// Places of each task that only members can fill.
    pub places: Vec<u64>,
}

/// The pools of a project, those of single needs first.
fn pools(project: &Project) -> impl Iterator<Item = Pool> {
    // The sets of people able for each need, with the places of each task that they alone can fill.
    let mut needs: Vec<(usize, People, u64)> = Vec::new();
    for (task, own) in project.needs.iter().enumerate() {
        for need in own {
            needs.push((task, able(project, need), u64::from(need.count)));
        }
    }
    let tasks = project.tasks();
    unions(needs.iter().map(|(_, set, _)| set.clone()).collect()).into_iter().map(move |pool| {
        let mut places = vec![0; tasks];
        for (task, set, count) in &needs {
            if set.iter().zip(&pool).all(|(own, pool)| own & !pool == 0) {
                places[*task] += count;
            }
        }
        Pool { size: pool.iter().map(|word| u64::from(word.count_ones())).sum(), places }
    })
}

/// Who is able for a need.
pub fn able(project: &Project, need: &Need) -> Vec<u64> {
    let mut set = vec![0; project.people.len().div_ceil(64)];
    for person in (0..project.people.len()).filter(|&person| project.is_able(person, need)) {
        set[person / 64] |= 1 << (person % 64);
    }
    set
}

/// The best bound from work of pools, and from cliques of tasks that pools make exclusive; of those looked at
/// until `stop` says so.
pub fn bounds(
    project: &Project,
    windows: &Windows,
    seed: u64,
    stop: &dyn Fn() -> bool,
) -> (u64, u64) {
    let tasks = project.tasks();
    let mut best = 0;
    let mut asked: Vec<Pool> = Vec::new();
    // Each pool costs its needs, its pairs of head and task, and for cliques its pairs of tasks.
    let most = (MOST_LOOKS / (tasks * tasks).max(1)).max(1);
    for pool in pools(project).take(most) {
        if stop() {
            break;
        }
        best = best.max(pool.bound(windows));
        // Where no two tasks can clash, the pool makes no pair exclusive.
        let mut largest = pool.places.clone();
        largest.sort_unstable();
        if tasks > 1 && largest[tasks - 1] + largest[tasks - 2] > pool.size {
            asked.push(pool);
        }
    }
    let clash = |a: usize, b: usize| {
        asked.iter().any(|Pool { size, places }| {
            places[a] > 0 && places[b] > 0 && places[a] + places[b] > *size
        })
    };
    (best, clique::of_pairs(project, windows, seed, clash, stop))
}

/// At most so many pools that can be short of people: those that bound the makespan most.
///
/// ```
/// use shotplan::model::project::{Need, Person, Project};
/// use shotplan::solve::project::bounds::{Windows, pools};
/// // Ann animates, Bo animates and lights; one task for either, one for a light artist.
/// let mut project = Project::new(0, 0);
/// project.skills = 2;
/// for level in [[Some(1), None], [Some(1), Some(1)]] {
///     project.people.push(Person { level: level.to_vec(), salary: 0 });
/// }
/// project.add_task(&[(3, &[], &[])]);
/// project.add_task(&[(3, &[], &[])]);
/// project.add_task(&[(3, &[], &[])]);
/// let one = |skill: u32| vec![Need { skill, level: 1, count: 1 }];
/// project.needs = vec![one(0), one(0), one(1)];
/// let windows = Windows::of(&project).unwrap();
/// let found = pools::strongest(&project, &windows, 9);
/// assert_eq!(found.len(), 1);
/// assert_eq!((found[0].size, &found[0].places[..]), (2, &[1, 1, 1][..]));
/// ```
pub fn strongest(project: &Project, windows: &Windows, most: usize) -> Vec<Pool> {
    let looks = (MOST_LOOKS / 8 / (project.tasks() * project.tasks()).max(1)).max(1);
    let is_short = |pool: &Pool| pool.places.iter().sum::<u64>() > pool.size;
    let all: Vec<Pool> = pools(project).take(looks).filter(is_short).collect();
    // More places that fewer people can fill: such a pool says all that the other does.
    let beats = |a: &Pool, b: &Pool| {
        a.size <= b.size && a.places.iter().zip(&b.places).all(|(a, b)| a >= b)
    };
    let mut kept: Vec<(u64, Pool)> = Vec::new();
    for pool in all {
        if kept.iter().any(|(_, other)| beats(other, &pool)) {
            continue;
        }
        kept.retain(|(_, other)| !beats(&pool, other));
        kept.push((pool.bound(windows), pool));
    }
    kept.sort_by_key(|(bound, pool)| (std::cmp::Reverse(*bound), pool.size));
    kept.truncate(most);
    kept.into_iter().map(|(_, pool)| pool).collect()
}

impl Pool {
    /// The bound of its work, with heads and tails.
    fn bound(&self, windows: &Windows) -> u64 {
        let work: Vec<u64> =
            self.places.iter().zip(&windows.shortest).map(|(places, time)| places * time).collect();
        energy::staircase(&work, self.size, &windows.head, &windows.tail)
    }
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
