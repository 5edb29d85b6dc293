//! Tasks that exclude each other work one at a time, so their durations add up.
//!
//! Two tasks exclude each other when no resource holds both or one waits for the end of the other. A
//! tabu search looks for the heaviest set of tasks that all exclude each other (Mingozzi, Maniezzo,
//! Ricciardelli and Bianco, *An exact algorithm for project scheduling with resource constraints*,
//! 1998); heads and tails of its members count on top.

use super::Windows;
use super::energy::staircase;
use crate::formulate::Project;
use crate::solve::project::draws::Draws;
use crate::solve::project::network::in_order;

/// Larger projects would need too much memory for a table of pairs.
const MOST_TASKS: usize = 12_000;
/// Tasks compared with all others, and steps of the search, between two looks at the clock.
const ROWS: usize = 32;
const STEPS: usize = 64;
/// Looks at a task during the search.
const LOOKS: usize = 30_000_000;

/// One bit for each pair of tasks.
#[derive(Clone, Debug)]
pub struct Pairs {
    words: usize,
    bits: Vec<u64>,
}

impl Pairs {
    /// No pair of so many tasks.
    pub fn none(tasks: usize) -> Pairs {
        let words = tasks.div_ceil(64);
        Pairs { words, bits: vec![0; words * tasks] }
    }

    /// Whether a pair is in.
    #[inline]
    pub fn has(&self, a: usize, b: usize) -> bool {
        self.bits[a * self.words + b / 64] >> (b % 64) & 1 == 1
    }

    /// Puts in a pair, one way round.
    #[inline]
    pub fn insert(&mut self, a: usize, b: usize) {
        self.bits[a * self.words + b / 64] |= 1 << (b % 64);
    }

    /// Everything of `other`'s row joins `row`.
    fn join(&mut self, row: usize, other: usize) {
        for word in 0..self.words {
            self.bits[row * self.words + word] |= self.bits[other * self.words + word];
        }
    }
}

/// All pairs where the second task starts after the end of the first, by links; `None` when these run
/// in a loop.
pub fn after(project: &Project) -> Option<Pairs> {
    let tasks = project.tasks();
    let mut out = vec![Vec::new(); tasks];
    for link in &project.links {
        let longest = project.modes(link.before as usize).map(|mode| project.duration[mode]).max();
        let is_after = match link.from_end {
            true => link.lag >= 0,
            false => i64::from(link.lag) >= i64::from(longest.unwrap_or(0)),
        };
        if is_after {
            out[link.before as usize].push(link.after as usize);
        }
    }
    let order = in_order(tasks, |task| out[task].iter().copied())?;
    let mut pairs = Pairs::none(tasks);
    for &task in order.iter().rev() {
        for &after in &out[task] {
            pairs.insert(task, after);
            pairs.join(task, after);
        }
    }
    Some(pairs)
}

/// The bound of the heaviest clique found.
pub fn bound(project: &Project, windows: &Windows, seed: u64, stop: &dyn Fn() -> bool) -> u64 {
    let needs = Needs::of(project);
    of_pairs(project, windows, seed, |a, b| needs.clash(project, a, b), stop)
}

/// The bound of the heaviest clique found among tasks of which one waits for the other, or that a test
/// says exclude each other. Once `stop` says so, the best found so far.
pub fn of_pairs(
    project: &Project,
    windows: &Windows,
    seed: u64,
    clash: impl Fn(usize, usize) -> bool,
    stop: &dyn Fn() -> bool,
) -> u64 {
    let tasks = project.tasks();
    if tasks > MOST_TASKS {
        return 0;
    }
    let Some(after) = after(project) else { return 0 };
    let mut exclusive = Pairs::none(tasks);
    for a in 0..tasks {
        if a % ROWS == 0 && stop() {
            return 0;
        }
        for b in a + 1..tasks {
            let has_work = windows.shortest[a] > 0 && windows.shortest[b] > 0;
            if has_work && (after.has(a, b) || after.has(b, a) || clash(a, b)) {
                exclusive.insert(a, b);
                exclusive.insert(b, a);
            }
        }
    }
    let members = heaviest(&windows.shortest, &exclusive, seed, stop);
    let mut work = vec![0; tasks];
    for task in members {
        work[task] = windows.shortest[task];
    }
    staircase(&work, 1, &windows.head, &windows.tail)
}

/// The least that each task uses of each resource, whatever its mode.
struct Needs(Vec<u64>);

impl Needs {
    fn of(project: &Project) -> Needs {
        let width = project.renewables();
        let mut needs = Vec::with_capacity(project.tasks() * width);
        for task in 0..project.tasks() {
            for resource in 0..width {
                let uses = project.modes(task).map(|mode| project.uses_of(mode)[resource]);
                needs.push(u64::from(uses.min().unwrap_or(0)));
            }
        }
        Needs(needs)
    }

    fn clash(&self, project: &Project, a: usize, b: usize) -> bool {
        let width = project.renewables();
        let (a, b) = (&self.0[a * width..][..width], &self.0[b * width..][..width]);
        let pairs = a.iter().zip(b).zip(&project.capacity);
        pairs.into_iter().any(|((a, b), capacity)| a + b > u64::from(*capacity))
    }
}

/// A heavy set of tasks of which every pair is exclusive: tabu search that adds, swaps and drops
/// tasks, from several starts; the best so far once `stop` says so.
pub fn heaviest(
    weight: &[u64],
    exclusive: &Pairs,
    seed: u64,
    stop: &dyn Fn() -> bool,
) -> Vec<usize> {
    let usable: Vec<usize> = (0..weight.len()).filter(|&task| weight[task] > 0).collect();
    let mut best: (u64, Vec<usize>) = (0, Vec::new());
    if usable.is_empty() {
        return best.1;
    }
    let looks_a_step = usable.len();
    let rounds = 16;
    let patience = (LOOKS / looks_a_step / rounds).clamp(50, 2_000);
    for round in 0..rounds {
        let mut draws = Draws::of(seed, 0xC11C, round as u64);
        let mut search = Clique::from(usable[draws.below(usable.len())], weight, exclusive);
        let (mut top, mut last) = (0, 0);
        let mut step = 0;
        while step - last < patience {
            if step % STEPS == 0 && stop() {
                return best.1;
            }
            step += 1;
            search.step(&usable, step, &mut draws);
            if search.weight > top {
                (top, last) = (search.weight, step);
                if top > best.0 {
                    best = (top, search.members.clone());
                }
            }
        }
    }
    best.1
}

struct Clique<'a> {
    of: &'a [u64],
    exclusive: &'a Pairs,
    members: Vec<usize>,
    is_member: Vec<bool>,
    /// Members that each task does not exclude.
    missing: Vec<u32>,
    tabu_until: Vec<usize>,
    weight: u64,
}

impl<'a> Clique<'a> {
    fn from(task: usize, of: &'a [u64], exclusive: &'a Pairs) -> Clique<'a> {
        let tasks = of.len();
        let mut clique = Clique {
            of,
            exclusive,
            members: Vec::new(),
            is_member: vec![false; tasks],
            missing: vec![0; tasks],
            tabu_until: vec![0; tasks],
            weight: 0,
        };
        clique.add(task);
        clique
    }

    fn add(&mut self, task: usize) {
        self.members.push(task);
        self.is_member[task] = true;
        self.weight += self.of[task];
        for other in 0..self.of.len() {
            self.missing[other] += u32::from(!self.exclusive.has(task, other));
        }
    }

    fn drop(&mut self, at: usize, step: usize, draws: &mut Draws) {
        let task = self.members.swap_remove(at);
        self.is_member[task] = false;
        self.weight -= self.of[task];
        self.tabu_until[task] = step + 7 + draws.below(10);
        for other in 0..self.of.len() {
            self.missing[other] -= u32::from(!self.exclusive.has(task, other));
        }
    }

    fn step(&mut self, usable: &[usize], step: usize, draws: &mut Draws) {
        let mut free: Option<(u64, usize)> = None;
        let mut swap: Option<(i64, usize)> = None;
        for &task in usable {
            if self.is_member[task] || self.tabu_until[task] > step {
                continue;
            }
            match self.missing[task] {
                0 => {
                    let key = (self.of[task] * 8 + draws.below(16) as u64, task);
                    free = Some(free.map_or(key, |best| best.max(key)));
                }
                1 => {
                    let out = self.odd_one(task);
                    let gain = self.of[task] as i64 - self.of[self.members[out]] as i64;
                    let key = (gain * 8 + draws.below(5) as i64, task);
                    swap = Some(swap.map_or(key, |best| best.max(key)));
                }
                _ => {}
            }
        }
        if let Some((_, task)) = free {
            self.add(task);
            return;
        }
        match swap {
            Some((_, task)) if !draws.chance(30) => {
                let out = self.odd_one(task);
                self.drop(out, step, draws);
                self.add(task);
            }
            _ if !self.members.is_empty() => {
                let out = draws.below(self.members.len());
                self.drop(out, step, draws);
            }
            _ => self.add(usable[draws.below(usable.len())]),
        }
    }

    /// Place of the first member that a task does not exclude.
    fn odd_one(&self, task: usize) -> usize {
        let out = self.members.iter().position(|&member| !self.exclusive.has(task, member));
        out.unwrap_or(0)
    }
}
