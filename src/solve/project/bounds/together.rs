//! Weights that no set of tasks running at once exceeds.
//!
//! Tasks that can run together at one moment are a set: no two of them in a row, none of them apart by
//! what they need, all within what there is. If every such set weighs at most 1, whatever the project's
//! resources are called, the weights are a resource of its own, of which there is 1: the sum of duration
//! times weight is a lower bound on the makespan, with heads and tails too. The best weights are the
//! prices of a linear program that fills time with sets (Mingozzi, Maniezzo, Ricciardelli, Bianco, *An
//! exact algorithm for project scheduling with resource constraints*, 1998), found by adding the heaviest set
//! again and again. They are rounded to whole numbers and the heaviest set is then looked for exactly, so
//! that nobody has to believe the program (redundant resources: Carlier and Néron, *Computing redundant
//! resources*, 2007).
//!
//! Tiny case: five tasks of 2 on five desks in a ring, each task needs two desks side by side. No desk has
//! more than two tasks, and no three tasks exclude each other: both say 4. At most two tasks run at once, so
//! that each weighs a half: 5.

use super::Windows;
use super::clique::{Pairs, after};
use super::energy::staircase;
use super::pools;
use crate::formulate::Project;
use crate::solve::proof::Simplex;

/// Weight that stands for 1: divisible by what denominators are like.
const WHOLE: u64 = 5_040;
/// Projects with more tasks are left alone.
const TASKS: usize = 400;
/// Nodes of one search for the heaviest set.
const NODES: u64 = 20_000;
/// Tasks looked at in all, after which what has been found must do.
const LOOKS: u64 = 6_000_000;
/// Sets looked for with one aim.
const ROUNDS: usize = 150;
/// Pivots of the linear program between two looks for sets.
const PIVOTS: u64 = 400;
/// Pools of people that tell which sets can run.
const POOLS: usize = 32;

/// Weights, and what no set of tasks that run at once exceeds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weights {
    /// Weight of each task.
    pub of_task: Vec<u64>,
    /// Most that tasks running at the same time weigh together.
    pub most: u64,
}

impl Weights {
    /// The bound of the work so weighed, with heads and tails.
    pub fn bound(&self, windows: &Windows) -> u64 {
        let pairs = self.of_task.iter().zip(&windows.shortest);
        let work: Vec<u64> = pairs.map(|(weight, time)| weight * time).collect();
        staircase(&work, self.most, &windows.head, &windows.tail)
    }
}

/// What can run at once.
#[derive(Clone, Debug)]
struct Sets {
    tasks: usize,
    apart: Pairs,
    uses: Vec<u64>,
    room: Vec<u64>,
}

impl Sets {
    fn of(project: &Project, windows: &Windows) -> Option<Sets> {
        let tasks = project.tasks();
        let after = after(project)?;
        let pools = match project.people.len() {
            0 => Vec::new(),
            _ => pools::strongest(project, windows, POOLS),
        };
        let room: Vec<u64> = project
            .capacity
            .iter()
            .map(|&all| u64::from(all))
            .chain(pools.iter().map(|pool| pool.size))
            .collect();
        let mut uses = Vec::with_capacity(tasks * room.len());
        for task in 0..tasks {
            for resource in 0..project.renewables() {
                let least = project.modes(task).map(|mode| project.uses_of(mode)[resource]).min();
                uses.push(u64::from(least.unwrap_or(0)));
            }
            uses.extend(pools.iter().map(|pool| pool.places[task]));
        }
        let width = room.len();
        let mut apart = Pairs::none(tasks);
        for a in 0..tasks {
            for b in a + 1..tasks {
                let (x, y) = (&uses[a * width..][..width], &uses[b * width..][..width]);
                let clash = x.iter().zip(y).zip(&room).any(|((x, y), room)| x + y > *room);
                if clash || after.has(a, b) || after.has(b, a) {
                    apart.insert(a, b);
                    apart.insert(b, a);
                }
            }
        }
        Some(Sets { tasks, apart, uses, room })
    }

    fn uses(&self, task: usize) -> &[u64] {
        let width = self.room.len();
        &self.uses[task * width..][..width]
    }

    /// Makes a set as large as it gets, those first in `order` first.
    fn fill(&self, set: &mut Vec<usize>, order: &[usize]) {
        let mut room = self.room.clone();
        for &task in set.iter() {
            room.iter_mut().zip(self.uses(task)).for_each(|(room, uses)| *room -= uses);
        }
        for &task in order {
            let fits = self.uses(task).iter().zip(&room).all(|(uses, room)| uses <= room);
            if fits && set.iter().all(|&other| other != task && !self.apart.has(task, other)) {
                room.iter_mut().zip(self.uses(task)).for_each(|(room, uses)| *room -= uses);
                set.push(task);
            }
        }
        set.sort_unstable();
    }

    /// The heaviest set, and what it weighs; `None` if that takes too long.
    fn heaviest(&self, weight: &[u64], looks: &mut u64) -> Option<(u64, Vec<usize>)> {
        let mut order: Vec<usize> = (0..self.tasks).filter(|&task| weight[task] > 0).collect();
        order.sort_by_key(|&task| (std::cmp::Reverse(weight[task]), task));
        let mut by_value = Vec::new();
        for resource in 0..self.room.len() {
            let uses = |task: usize| self.uses(task)[resource];
            let mut own = order.clone();
            own.sort_by(|&a, &b| (weight[b] * uses(a)).cmp(&(weight[a] * uses(b))).then(a.cmp(&b)));
            by_value.push(own);
        }
        let mut search = Heaviest {
            sets: self,
            weight,
            by_value,
            best: 0,
            best_set: Vec::new(),
            chosen: Vec::new(),
            nodes: 0,
            looks: 0,
        };
        let is_done = search.node(&order, &self.room.clone(), 0);
        *looks += search.looks;
        is_done.then_some((search.best, search.best_set))
    }
}

/// A search for the heaviest set: branch and bound, by classes of tasks that are all apart.
struct Heaviest<'a> {
    sets: &'a Sets,
    weight: &'a [u64],
    /// For each resource, tasks by weight for what they use.
    by_value: Vec<Vec<usize>>,
    best: u64,
    best_set: Vec<usize>,
    chosen: Vec<usize>,
    nodes: u64,
    looks: u64,
}

impl Heaviest<'_> {
    /// Looks at all sets of the chosen and some of the open tasks; `false` if that takes too long.
    fn node(&mut self, open: &[usize], room: &[u64], value: u64) -> bool {
        self.nodes += 1;
        self.looks += (open.len() * (self.sets.room.len() + 4)) as u64;
        if value > self.best {
            self.best = value;
            self.best_set.clone_from(&self.chosen);
        }
        if self.nodes > NODES {
            return false;
        }
        if open.is_empty() || value + self.by_room(open, room) <= self.best {
            return true;
        }
        // Of a class only one task can be chosen.
        let mut classes: Vec<Vec<usize>> = Vec::new();
        for &task in open {
            let is_apart = |class: &&mut Vec<usize>| {
                class.iter().all(|&other| self.sets.apart.has(task, other))
            };
            match classes.iter_mut().find(is_apart) {
                Some(class) => class.push(task),
                None => classes.push(vec![task]),
            }
        }
        let mut sum = 0;
        let ordered: Vec<(usize, u64)> = classes
            .iter()
            .flat_map(|class| {
                sum += self.weight[class[0]];
                let sum = sum;
                class.iter().rev().map(move |&task| (task, sum))
            })
            .collect();
        for at in (0..ordered.len()).rev() {
            let (task, bound) = ordered[at];
            if value + bound <= self.best {
                return true;
            }
            let left: Vec<u64> =
                room.iter().zip(self.sets.uses(task)).map(|(room, uses)| room - uses).collect();
            let mut next: Vec<usize> = ordered[..at]
                .iter()
                .map(|&(other, _)| other)
                .filter(|&other| {
                    !self.sets.apart.has(task, other)
                        && self.sets.uses(other).iter().zip(&left).all(|(uses, left)| uses <= left)
                })
                .collect();
            next.sort_by_key(|&other| (std::cmp::Reverse(self.weight[other]), other));
            self.chosen.push(task);
            let is_done = self.node(&next, &left, value + self.weight[task]);
            self.chosen.pop();
            if !is_done {
                return false;
            }
        }
        true
    }

    /// Most that the open tasks can add within the room of any one resource, if tasks could be cut.
    fn by_room(&self, open: &[usize], room: &[u64]) -> u64 {
        let mut is_open = vec![false; self.sets.tasks];
        open.iter().for_each(|&task| is_open[task] = true);
        let mut least: u64 = open.iter().map(|&task| self.weight[task]).sum();
        for (resource, by_value) in self.by_value.iter().enumerate() {
            let (mut left, mut sum) = (room[resource], 0);
            for &task in by_value.iter().filter(|&&task| is_open[task]) {
                let uses = self.sets.uses(task)[resource];
                if uses <= left {
                    left -= uses;
                    sum += self.weight[task];
                } else {
                    sum += (self.weight[task] * left).div_ceil(uses);
                    break;
                }
            }
            least = least.min(sum);
        }
        least
    }
}

/// So many weights at most, those that bound the makespan most first.
///
/// ```
/// use shotplan::formulate::Project;
/// use shotplan::solve::project::bounds::{Windows, together};
/// // A ring of five desks, five tasks of 2 that take two desks side by side.
/// let mut project = Project::new(5, 0);
/// project.capacity = vec![1; 5];
/// for at in 0..5 {
///     let mut uses = [0; 5];
///     (uses[at], uses[(at + 1) % 5]) = (1, 1);
///     project.add_task(&[(2, &uses, &[])]);
/// }
/// let windows = Windows::of(&project).unwrap();
/// let found = together::weights(&project, &windows, 1);
/// assert_eq!((found[0].of_task[0] * 2, found[0].bound(&windows)), (found[0].most, 5));
/// ```
pub fn weights(project: &Project, windows: &Windows, most: usize) -> Vec<Weights> {
    let tasks = project.tasks();
    if tasks > TASKS {
        return Vec::new();
    }
    let Some(sets) = Sets::of(project, windows) else { return Vec::new() };
    let mut known: Vec<Vec<usize>> = Vec::new();
    let lasts: Vec<usize> = (0..tasks).filter(|&task| windows.shortest[task] > 0).collect();
    let mut by_time = lasts.clone();
    by_time.sort_by_key(|&task| (std::cmp::Reverse(windows.shortest[task]), task));
    for &task in &lasts {
        let mut set = vec![task];
        sets.fill(&mut set, &by_time);
        known.push(set);
    }
    let mut found: Vec<(u64, Weights)> = Vec::new();
    let mut looks = 0;
    for (head, tail) in aims(&lasts, windows) {
        let within = |task: &usize| windows.head[*task] >= head && windows.tail[*task] >= tail;
        let own: Vec<usize> = lasts.iter().copied().filter(within).collect();
        if let Some(weights) = best(&sets, &own, &windows.shortest, &mut known, &mut looks)
            && !found.iter().any(|(_, other)| *other == weights)
        {
            found.push((weights.bound(windows), weights));
        }
    }
    found.sort_by_key(|(bound, _)| std::cmp::Reverse(*bound));
    found.truncate(most);
    found.into_iter().map(|(_, weights)| weights).collect()
}

/// Heads and tails from which on tasks are weighed.
fn aims(lasts: &[usize], windows: &Windows) -> Vec<(u64, u64)> {
    let steps = |times: &[u64]| -> Vec<u64> {
        let mut all: Vec<u64> = lasts.iter().map(|&task| times[task]).collect();
        all.sort_unstable();
        let at = |part: usize| all.get(part * all.len() / 4).copied().unwrap_or(0);
        let mut own = vec![0, at(1), at(2)];
        own.dedup();
        own
    };
    let tails = steps(&windows.tail);
    let pairs = steps(&windows.head).into_iter();
    pairs.flat_map(|head| tails.iter().map(move |&tail| (head, tail))).collect()
}

/// Weights of some tasks under which their durations add up to most; `known` sets come in handy and grow.
fn best(
    sets: &Sets,
    own: &[usize],
    duration: &[u64],
    known: &mut Vec<Vec<usize>>,
    looks: &mut u64,
) -> Option<Weights> {
    let mut column = vec![usize::MAX; sets.tasks];
    own.iter().enumerate().for_each(|(at, &task)| column[task] = at);
    let row = |set: &[usize]| {
        // Σ weight ≤ 1 with what is missing to 1 as columns, so that no cost is negative.
        let entries: Vec<(u32, i64)> = set
            .iter()
            .filter(|&&task| column[task] != usize::MAX)
            .map(|&task| (column[task] as u32, -1))
            .collect();
        let side = 1 - entries.len() as i64;
        (entries, side, false)
    };
    let rows: Vec<_> = known.iter().map(|set| row(set)).collect();
    let costs = own.iter().map(|&task| duration[task] as f64).collect();
    let mut program = Simplex::new(own.len(), costs, &rows);
    program.high[..own.len()].fill(1.0);
    let mut found: Option<Weights> = None;
    let value = |weights: &Weights| -> f64 {
        let sum: u64 = own.iter().map(|&task| weights.of_task[task] * duration[task]).sum();
        sum as f64 / weights.most.max(1) as f64
    };
    for round in 0..ROUNDS {
        if *looks > LOOKS {
            break;
        }
        let before = program.work;
        program.look(PIVOTS);
        *looks += (program.work - before) / 4;
        let mut of_task = vec![0; sets.tasks];
        for (at, &task) in own.iter().enumerate() {
            let weight = (1.0 - program.value(at)).clamp(0.0, 1.0);
            of_task[task] = (weight * WHOLE as f64).round() as u64;
        }
        let mut order: Vec<usize> = (0..sets.tasks).collect();
        order.sort_by_key(|&task| (std::cmp::Reverse(of_task[task]), task));
        let mut is_new = false;
        let mut take = |set: Vec<usize>, program: &mut Simplex| {
            let sum: u64 = set.iter().map(|&task| of_task[task]).sum();
            if sum > WHOLE + WHOLE / 500 && !known.contains(&set) {
                program.add(&row(&set));
                known.push(set);
                is_new = true;
            }
        };
        for &task in own.iter().filter(|&&task| of_task[task] > 0) {
            let mut set = vec![task];
            sets.fill(&mut set, &order);
            take(set, &mut program);
        }
        *looks += (own.len() * order.len()) as u64;
        // The heaviest set is looked for only where none was found so.
        if is_new && round + 1 < ROUNDS && *looks < LOOKS {
            continue;
        }
        let (most, mut set) = sets.heaviest(&of_task, looks)?;
        sets.fill(&mut set, &order);
        let mut is_new = false;
        if most > WHOLE + WHOLE / 500 && !known.contains(&set) {
            program.add(&row(&set));
            known.push(set);
            is_new = true;
        }
        let weights = Weights { of_task, most: most.max(1) };
        if found.as_ref().is_none_or(|best| value(&weights) > value(best)) {
            found = Some(weights);
        }
        if !is_new {
            break;
        }
    }
    let mut weights = found?;
    // Whoever has no weight takes what is left beside them.
    let mut rest: Vec<usize> =
        (0..sets.tasks).filter(|&task| weights.of_task[task] == 0 && duration[task] > 0).collect();
    rest.sort_by_key(|&task| (std::cmp::Reverse(duration[task]), task));
    for task in rest {
        if *looks > LOOKS {
            break;
        }
        let beside: Vec<u64> = (0..sets.tasks)
            .map(|other| match other == task || sets.apart.has(task, other) {
                true => 0,
                false => weights.of_task[other],
            })
            .collect();
        // Others may need what it takes: an upper bound on what it leaves.
        let Some((most, _)) = sets.heaviest(&beside, looks) else { continue };
        weights.of_task[task] = weights.most.saturating_sub(most);
    }
    Some(weights)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulate::Link;
    use rand::{RngExt, SeedableRng};
    use rand_pcg::Pcg64Mcg;

    /// Whatever runs at once, it weighs no more than is said, and the bound is not above one task after
    /// the other.
    #[test]
    fn no_set_that_can_run_weighs_more() {
        let (mut better, mut weighed) = (0, 0);
        for seed in 0..300 {
            let mut random = Pcg64Mcg::seed_from_u64(seed);
            let mut project = Project::new(2, 0);
            project.capacity = (0..2).map(|_| random.random_range(2..=7)).collect();
            let tasks = random.random_range(3..=8);
            for task in 0..tasks {
                let uses: Vec<u32> =
                    project.capacity.iter().map(|&all| random.random_range(0..=all)).collect();
                project.add_task(&[(random.random_range(0..=5), &uses, &[])]);
                if task > 0 && random.random_range(0..3) == 0 {
                    let before = random.random_range(0..task);
                    project.links.push(Link::after_end(before, task));
                }
            }
            let windows = Windows::of(&project).unwrap();
            let before = |a: usize, b: usize| {
                let mut reached = vec![false; tasks as usize];
                reached[a] = true;
                for link in &project.links {
                    // Links go from lower to higher numbers and come in the order of these.
                    reached[link.after as usize] |= reached[link.before as usize];
                }
                reached[b]
            };
            let can_run = |set: u32| {
                let own: Vec<usize> =
                    (0..tasks as usize).filter(|task| set >> task & 1 == 1).collect();
                let fits = |resource: usize| {
                    let uses = own.iter().map(|&task| project.uses_of(task)[resource]);
                    uses.sum::<u32>() <= project.capacity[resource]
                };
                (0..2).all(fits)
                    && own.iter().all(|&a| own.iter().all(|&b| a >= b || !before(a, b)))
            };
            let quick = super::super::quick(&project, &windows).value;
            let all: u32 = project.duration.iter().sum();
            for weights in weights(&project, &windows, 9) {
                weighed += 1;
                for set in (0..1_u32 << tasks).filter(|&set| can_run(set)) {
                    let own = (0..tasks as usize).filter(|task| set >> task & 1 == 1);
                    let sum: u64 = own
                        .filter(|&task| project.duration[task] > 0)
                        .map(|task| weights.of_task[task])
                        .sum();
                    assert!(sum <= weights.most, "seed {seed}: {set:b} weighs {sum}");
                }
                let bound = weights.bound(&windows);
                assert!(bound <= u64::from(all), "seed {seed}");
                better += usize::from(bound > quick);
            }
        }
        assert!(
            weighed > 250 && better > 100,
            "{weighed} weights, {better} above the other bounds"
        );
    }
}
