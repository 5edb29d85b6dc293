//! A population of schedules: children mix the orders of two parents, are justified, and replace the
//! member most like them among those that are no better.
//!
//! Crossover on resource peaks after Valls, Ballestín and Quintanilla (*A hybrid genetic algorithm
//! for the resource-constrained project scheduling problem*, 2008): where the mother's resources are
//! well used, the child keeps her order and modes; the rest follows the father. Replacing the most
//! similar member keeps the population diverse (De Jong's crowding, 1975).
//!
//! Children of one round are drawn from the same population, each from its own random stream, and
//! join it in the order of their numbers: the result does not depend on the number of threads.

use super::draws::Draws;
use super::generation::{BROKEN, Scheme};
use super::justification::{Sorter, justify};
use super::modes::Modes;
use super::network::Ordering;
use super::shape::Shape;
use crate::formulate::Timetable;
use rayon::prelude::*;

/// Fewest and most members of a population.
const FEWEST: usize = 24;
const MOST: usize = 120;
/// Value of an order that leads nowhere.
const NOWHERE: u64 = u64::MAX;

/// Members of a population that so many children are best spent on: fewer find good schedules sooner, more go
/// on finding better ones.
///
/// ```
/// use shotplan::solve::project::population::members_for;
/// assert_eq!([2_000, 20_000, 200_000].map(members_for), [24, 53, 120]);
/// ```
pub fn members_for(children: u64) -> usize {
    usize::try_from((children / 7).isqrt()).unwrap_or(MOST).clamp(FEWEST, MOST)
}

/// Selection pressure in a population of so many members: how often (in 1,000) the better of two becomes a parent,
/// instead of anyone. Few children leave time for the best only; in long runs it costs the variety that is needed.
///
/// ```
/// use shotplan::solve::project::population::selection_pressure;
/// assert_eq!([24, 80, 100, 120].map(selection_pressure), [1_000, 1_000, 500, 0]);
/// ```
pub fn selection_pressure(members: usize) -> usize {
    (25 * MOST.saturating_sub(members)).min(1_000)
}

/// One schedule.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Tasks in the order of their starts.
    list: Vec<u32>,
    /// Place of each task in the list.
    place: Vec<u32>,
    /// Start of each task.
    pub start: Vec<u32>,
    /// Mode of each task.
    pub mode: Vec<u32>,
    /// Who does what: (task, person, skill).
    pub team: Vec<(u32, u32, u32)>,
    /// What the schedule is worth, less is better; [`BROKEN`] and above breaks a rule.
    pub value: u64,
}

/// Buffers to make children.
#[derive(Clone, Debug)]
struct Breeder<S> {
    scheme: S,
    sorter: Sorter,
    list: Vec<u32>,
    mode: Vec<u32>,
    key: Vec<i64>,
    load: Vec<f32>,
    seen: Vec<bool>,
    by_key: Vec<u32>,
    ordering: Ordering,
}

/// The population of one project.
#[derive(Clone, Debug)]
pub struct Population<'a, S> {
    modes: &'a Modes,
    /// Latest start of each task before some end, by critical path: early is urgent.
    urgency: Vec<i64>,
    members: Vec<Member>,
    breeders: Vec<Breeder<S>>,
    best: usize,
    /// How often (in 1,000) the better of two becomes a parent, instead of anyone.
    pressure: usize,
    seed: u64,
    round: u64,
}

impl<S: Scheme> Breeder<S> {
    fn new(scheme: S) -> Breeder<S> {
        let tasks = scheme.shape().tasks;
        Breeder {
            scheme,
            sorter: Sorter::default(),
            list: Vec::new(),
            mode: Vec::new(),
            key: vec![0; tasks],
            load: Vec::new(),
            seen: vec![false; tasks],
            by_key: Vec::new(),
            ordering: Ordering::default(),
        }
    }

    /// Makes `self.list` out of `self.key`: smallest key first, but each task after those it waits
    /// for.
    fn list_by_key(&mut self) {
        let Breeder { scheme, list, key, by_key, ordering, .. } = self;
        by_key.clear();
        by_key.extend(0..key.len() as u32);
        by_key.sort_unstable_by_key(|&task| (key[task as usize], task));
        ordering.put(&scheme.shape().network.forward, by_key, list);
    }

    /// Schedules `self.list` in `self.mode`, justifies it, and gives what came out.
    fn member(&mut self, modes: &Modes, per_mille: usize, draws: &mut Draws) -> Member {
        let excess = modes.repair(&mut self.mode, draws);
        let first = match per_mille > 0 && excess == 0 {
            true => self.scheme.choose(&mut self.mode, &self.list, modes, per_mille, draws),
            false => self.scheme.forward(&self.mode, &self.list),
        };
        let Some(first) = first else {
            return Member { value: NOWHERE, ..Member::default() };
        };
        let mut value = self.scheme.value(first);
        if self.scheme.shape().is_symmetric {
            let kept = self.list.clone();
            let Breeder { scheme, sorter, mode, list, .. } = self;
            match justify(scheme, sorter, mode, list, first) {
                Some(end) if scheme.value(end) <= value => value = scheme.value(end),
                _ => {
                    // Only where shifting is not sure to help: the schedule before it.
                    let Some(again) = scheme.forward(mode, &kept) else {
                        return Member { value: NOWHERE, ..Member::default() };
                    };
                    value = scheme.value(again);
                }
            }
        }
        let tasks = self.key.len();
        let mut list = Vec::with_capacity(tasks);
        self.sorter.by_start(&self.scheme, &mut list);
        let mut place = vec![0; tasks];
        for (at, &task) in list.iter().enumerate() {
            place[task as usize] = at as u32;
        }
        let times = self.scheme.times();
        Member {
            start: (0..tasks).map(|task| times[2 * task] as u32).collect(),
            list,
            place,
            mode: self.mode.clone(),
            team: self.scheme.team().to_vec(),
            // Overspent budgets weigh more than any time.
            value: value + BROKEN * excess.unsigned_abs().min(1 << 12),
        }
    }

    /// The mother's order and modes where her resources are well used, else the father's.
    fn peak_crossover(&mut self, mother: &Member, father: &Member, draws: &mut Draws) {
        let Shape { duration, weight, .. } = self.scheme.shape();
        self.load.clear();
        let tasks = self.key.len();
        let end = |task: usize| mother.start[task] + duration[mother.mode[task] as usize];
        let last = (0..tasks).map(end).max().unwrap_or(0);
        self.load.resize(last as usize + 1, 0.0);
        for task in 0..tasks {
            let weight = weight[mother.mode[task] as usize];
            self.load[mother.start[task] as usize] += weight;
            self.load[end(task) as usize] -= weight;
        }
        let mut level = 0.0;
        let mut most: f32 = 0.0;
        for slot in &mut self.load {
            level += *slot;
            *slot = level;
            most = most.max(level);
        }
        // A threshold somewhere between a half and the peak.
        let threshold = most * (0.5 + 0.45 * draws.below(1000) as f32 / 1000.0);
        self.mode.clear();
        for task in 0..tasks {
            let (from, until) = (mother.start[task] as usize, end(task) as usize);
            let is_peak = self.load[from..until].iter().any(|&slot| slot >= threshold);
            let parent = if is_peak { mother } else { father };
            self.key[task] = i64::from(parent.place[task]) * 2 + i64::from(is_peak);
            self.mode.push(parent.mode[task]);
        }
        self.list_by_key();
    }

    /// The mother's order and modes outside a stretch, the father's inside.
    fn two_point_crossover(&mut self, mother: &Member, father: &Member, draws: &mut Draws) {
        let tasks = mother.list.len();
        let (a, b) = (draws.below(tasks + 1), draws.below(tasks + 1));
        let (from, until) = (a.min(b), a.max(b));
        self.mode.clone_from(&mother.mode);
        self.list.clear();
        self.list.extend_from_slice(&mother.list[..from]);
        self.seen.fill(false);
        for &task in &mother.list[..from] {
            self.seen[task as usize] = true;
        }
        for &task in &father.list {
            if self.list.len() >= until {
                break;
            }
            if !std::mem::replace(&mut self.seen[task as usize], true) {
                self.list.push(task);
                self.mode[task as usize] = father.mode[task as usize];
            }
        }
        let seen = &self.seen;
        let rest = mother.list[from..].iter().filter(|&&task| !seen[task as usize]);
        self.list.extend(rest);
    }

    /// Moves a few tasks to other places that their links allow.
    fn shift(&mut self, draws: &mut Draws) {
        let tasks = self.key.len();
        for (at, &task) in self.list.iter().enumerate() {
            self.key[task as usize] = at as i64 * 4;
        }
        for _ in 0..1 + draws.below(3) {
            let task = draws.below(tasks);
            let reach = (tasks / 4).clamp(2, 40);
            let shift = draws.below(2 * reach + 1) as i64 - reach as i64;
            self.key[task] += shift * 4 + 2 * shift.signum();
        }
        self.list_by_key();
    }

    /// Draws the order of a stretch of the list a little anew.
    fn stir(&mut self, draws: &mut Draws) {
        let tasks = self.key.len();
        let length = (5 + draws.below(tasks / 3)).min(tasks);
        let from = draws.below(tasks - length + 1);
        let noise = 16 + 8 * draws.below(20);
        for (at, &task) in self.list.iter().enumerate() {
            let is_inside = (from..from + length).contains(&at);
            let shift = if is_inside { draws.below(noise) as i64 - noise as i64 / 2 } else { 0 };
            self.key[task as usize] = at as i64 * 4 + shift;
        }
        self.list_by_key();
    }

    /// Gives a few tasks another mode.
    fn switch(&mut self, modes: &Modes, draws: &mut Draws) {
        for _ in 0..1 + draws.below(3) {
            let task = draws.below(self.mode.len());
            let list = modes.list(task);
            self.mode[task] = list[draws.below(list.len())];
        }
    }
}

impl<'a, S: Scheme> Population<'a, S> {
    /// The first members: orders by latest start, with more and more noise. No more are made once one has
    /// no more than `enough`, or once `stop` says so. How many members there are follows from the children
    /// that there will be, which `children` tells of the number of members made.
    pub fn new(
        scheme: &S,
        modes: &'a Modes,
        tails: &[u64],
        (seed, threads): (u64, usize),
        enough: u64,
        children: &dyn Fn(usize) -> u64,
        stop: &(dyn Fn() -> bool + Sync),
    ) -> Self {
        let longest = tails.iter().copied().max().unwrap_or(0);
        let shape = scheme.shape();
        let latest = |task: usize| {
            let own = shape.duration[modes.safe()[task] as usize];
            (longest - tails[task]) as i64 - i64::from(own)
        };
        let mut population = Population {
            modes,
            urgency: (0..shape.tasks).map(latest).collect(),
            members: Vec::new(),
            breeders: vec![Breeder::new(scheme.clone()); threads.max(1)],
            best: 0,
            pressure: 0,
            seed,
            round: 0,
        };
        let mut breeders = std::mem::take(&mut population.breeders);
        let spread = (longest as usize / 2).max(1);
        let share = FEWEST.div_ceil(breeders.len());
        let mut members = FEWEST;
        // The first alone: it may be enough. The others in shares, of which those behind one that is enough
        // are not looked at.
        let mut made = 0;
        while made < members && (made == 0 || population.best().value > enough && !stop()) {
            let until = if made == 0 { 1 } else { (made + share * breeders.len()).min(members) };
            let numbers: Vec<usize> = (made..until).collect();
            // The first ones, and the others, each from no noise to all of it.
            let (from, all) = if made < FEWEST { (0, FEWEST) } else { (FEWEST, members - FEWEST) };
            let this = &population;
            let part = |(breeder, numbers): (&mut Breeder<S>, &[usize])| -> Vec<Member> {
                let wanted = numbers.iter().take_while(|&&number| number == 0 || !stop());
                wanted
                    .map(|&number| this.first(breeder, number, spread * (number - from) / all))
                    .collect()
            };
            let pairs = || numbers.chunks(share);
            let found: Vec<Vec<Member>> = match breeders.len() {
                1 => breeders.iter_mut().zip(pairs()).map(part).collect(),
                _ => breeders.par_iter_mut().zip(numbers.par_chunks(share)).map(part).collect(),
            };
            for member in found.into_iter().flatten() {
                let is_best =
                    population.members.is_empty() || member.value < population.best().value;
                population.members.push(member);
                if is_best {
                    population.best = population.members.len() - 1;
                }
                if population.best().value <= enough {
                    break;
                }
            }
            made = until;
            if made == FEWEST {
                members = members_for(children(made));
                population.pressure = selection_pressure(members);
            }
        }
        population.breeders = breeders;
        population
    }

    /// One of the first members, whose order is that of urgency but for some noise.
    fn first(&self, breeder: &mut Breeder<S>, number: usize, noise: usize) -> Member {
        let mut draws = Draws::of(self.seed, 0, number as u64);
        let noise = noise * 16 + 1;
        for (key, urgency) in breeder.key.iter_mut().zip(&self.urgency) {
            *key = urgency * 16 + draws.below(noise) as i64;
        }
        breeder.list_by_key();
        breeder.mode.clear();
        breeder.mode.extend_from_slice(self.modes.safe());
        if number > 0 {
            breeder.scheme.vary(&mut draws);
            for (task, mode) in breeder.mode.iter_mut().enumerate() {
                let list = self.modes.list(task);
                if list.len() > 1 && draws.chance(500) {
                    *mode = list[draws.below(list.len())];
                }
            }
        }
        let per_mille = if self.modes.is_single() { 0 } else { 500 };
        breeder.member(self.modes, per_mille, &mut draws)
    }

    /// The best schedule so far.
    pub fn best(&self) -> &Member {
        &self.members[self.best]
    }

    /// Starts of some of the members that are worth as much as the best, other ones in each round.
    pub fn best_ones(&self, most: usize) -> Vec<Vec<u32>> {
        let value = self.best().value;
        let is_one = |member: &&Member| member.value == value && value != NOWHERE;
        let ones: Vec<&Member> = self.members.iter().filter(is_one).collect();
        let first = Draws::of(self.seed, self.round, u64::MAX - 1).below(ones.len());
        let some = ones.iter().cycle().skip(first).take(most.min(ones.len()));
        some.map(|member| member.start.clone()).collect()
    }

    fn child(&self, breeder: &mut Breeder<S>, number: u64) -> Member {
        let mut draws = Draws::of(self.seed, self.round, number);
        let count = self.members.len();
        let mut pick = || {
            let one = draws.below(count);
            if !draws.chance(self.pressure) {
                return one;
            }
            let other = draws.below(count);
            if self.members[other].value < self.members[one].value { other } else { one }
        };
        let (mother, father) = (pick(), pick());
        let (mother, father) = (&self.members[mother], &self.members[father]);
        if mother.value == NOWHERE || father.value == NOWHERE {
            for (key, urgency) in breeder.key.iter_mut().zip(&self.urgency) {
                *key = urgency + draws.below(1 + self.urgency.len()) as i64;
            }
            breeder.list_by_key();
            breeder.mode.clear();
            breeder.mode.extend_from_slice(self.modes.safe());
        } else if draws.below(10) < 6 {
            breeder.peak_crossover(mother, father, &mut draws);
        } else {
            breeder.two_point_crossover(mother, father, &mut draws);
        }
        if draws.chance(500) {
            match draws.chance(500) {
                true => breeder.shift(&mut draws),
                false => breeder.stir(&mut draws),
            }
        }
        let mut per_mille = 0;
        if !self.modes.is_single() {
            if draws.chance(500) {
                breeder.switch(self.modes, &mut draws);
            }
            if draws.chance(500) {
                per_mille = 100 + draws.below(900);
            }
        }
        breeder.scheme.vary(&mut draws);
        breeder.member(self.modes, per_mille, &mut draws)
    }

    /// Makes so many children on all breeders at once, and lets them join; fewer once `stop` says so.
    pub fn round(&mut self, children: usize, stop: &(dyn Fn() -> bool + Sync)) {
        self.round += 1;
        let mut breeders = std::mem::take(&mut self.breeders);
        let share = children.div_ceil(breeders.len());
        let this = &*self;
        let part = |(at, breeder): (usize, &mut Breeder<S>)| -> Vec<Member> {
            let numbers = (at * share).min(children)..((at + 1) * share).min(children);
            let wanted = numbers.take_while(|_| !stop());
            wanted.map(|number| this.child(breeder, number as u64)).collect()
        };
        let made: Vec<Vec<Member>> = match breeders.len() {
            1 => breeders.iter_mut().enumerate().map(part).collect(),
            _ => breeders.par_iter_mut().enumerate().map(part).collect(),
        };
        self.breeders = breeders;
        for child in made.into_iter().flatten() {
            self.join(child);
        }
    }

    /// Lets a timetable found elsewhere join, as the order and the modes that it stands for.
    pub fn adopt(&mut self, timetable: &Timetable, modes: Vec<u32>) {
        let mut breeders = std::mem::take(&mut self.breeders);
        if let Some(breeder) = breeders.first_mut() {
            for (key, &start) in breeder.key.iter_mut().zip(&timetable.start) {
                *key = i64::from(start);
            }
            breeder.list_by_key();
            breeder.mode = modes;
            let mut draws = Draws::of(self.seed, self.round, u64::MAX);
            // Not as the last child of this breeder left it, which depends on the number of threads.
            breeder.scheme.vary(&mut draws);
            let member = breeder.member(self.modes, 0, &mut draws);
            self.join(member);
        }
        self.breeders = breeders;
    }

    /// The child takes the place of the member most like it among those that are no better, unless
    /// it is a copy of a member.
    fn join(&mut self, child: Member) {
        if child.value == NOWHERE {
            return;
        }
        let distance = |member: &Member| -> u64 {
            let starts = member.start.iter().zip(&child.start);
            let shifts: u64 = starts.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
            match self.modes.is_single() {
                true => shifts,
                false => {
                    let modes = member.mode.iter().zip(&child.mode);
                    shifts + modes.filter(|(a, b)| a != b).count() as u64
                }
            }
        };
        let mut nearest: Option<(u64, usize)> = None;
        for (number, member) in self.members.iter().enumerate() {
            if member.value >= child.value {
                let key = match member.value {
                    NOWHERE => (1, number),
                    _ => (distance(member), number),
                };
                nearest = Some(nearest.map_or(key, |least| least.min(key)));
            }
        }
        let Some((distance, place)) = nearest else { return };
        if distance == 0 && self.members[place].value == child.value {
            return;
        }
        let is_best = child.value < self.members[self.best].value;
        self.members[place] = child;
        if is_best {
            self.best = place;
        }
    }
}
