//! A population of schedules: children mix the orders of two parents, are justified, and replace a
//! member that is no better and much like them.
//!
//! Crossover on resource peaks after Valls, Ballestín and Quintanilla (*A hybrid genetic algorithm
//! for the resource-constrained project scheduling problem*, 2008): where the mother's resources are
//! well used, the child keeps her order; the rest follows the father.
//!
//! Children of one round are drawn from the same population, each from its own random stream, and
//! join it in the order of their numbers: the result does not depend on the number of threads.

use super::compiled::Compiled;
use super::draws::Draws;
use super::generation::Generator;
use rayon::prelude::*;

/// Members of the population.
const MEMBERS: usize = 120;

/// One schedule.
#[derive(Clone, Debug, Default)]
pub struct Member {
    /// Tasks in the order of their starts.
    pub list: Vec<u32>,
    /// Place of each task in the list.
    pub place: Vec<u32>,
    /// Start of each task.
    pub start: Vec<u32>,
    /// Mode of each task.
    pub mode: Vec<u32>,
    /// End of the last task.
    pub makespan: u32,
}

/// Buffers to make children.
#[derive(Clone, Debug)]
pub struct Breeder<const W: usize> {
    generator: Generator<W>,
    list: Vec<u32>,
    key: Vec<i64>,
    load: Vec<f32>,
    seen: Vec<bool>,
    stack: Vec<u32>,
}

/// The population of one project.
#[derive(Clone, Debug)]
pub struct Population<'a, const W: usize> {
    project: &'a Compiled<W>,
    /// What a task adds to the load of the resources while it works, by mode.
    weight: Vec<f32>,
    /// Latest start of each task before some end, by critical path: early is urgent.
    urgency: Vec<i64>,
    members: Vec<Member>,
    breeders: Vec<Breeder<W>>,
    best: usize,
    seed: u64,
    round: u64,
}

impl<const W: usize> Breeder<W> {
    fn new(project: &Compiled<W>) -> Breeder<W> {
        Breeder {
            generator: Generator::new(project),
            list: Vec::new(),
            key: vec![0; project.tasks],
            load: Vec::new(),
            seen: vec![false; project.tasks],
            stack: Vec::new(),
        }
    }

    /// Makes `self.list` out of `self.key`: smallest key first, but each task after those it waits
    /// for.
    fn list_by_key(&mut self, project: &Compiled<W>) {
        let mut by_key: Vec<u32> = std::mem::take(&mut self.stack);
        by_key.clear();
        by_key.extend(0..project.tasks as u32);
        let key = &self.key;
        by_key.sort_unstable_by_key(|&task| (key[task as usize], task));
        self.seen.fill(false);
        self.list.clear();
        let mut open: Vec<(u32, u32)> = Vec::new();
        for &task in &by_key {
            if self.seen[task as usize] {
                continue;
            }
            self.seen[task as usize] = true;
            open.push((task, 0));
            while let Some((task, at)) = open.pop() {
                let arcs = project.network.forward.arcs_into(task as usize);
                match arcs.get(at as usize) {
                    None => self.list.push(task),
                    Some(arc) => {
                        open.push((task, at + 1));
                        let before = arc.task();
                        if !self.seen[before] {
                            self.seen[before] = true;
                            open.push((before as u32, 0));
                        }
                    }
                }
            }
        }
        self.stack = by_key;
    }

    /// Schedules `self.list`, justifies it, and gives what came out.
    fn member(&mut self, project: &Compiled<W>, mode: Vec<u32>) -> Member {
        let first = self.generator.forward(project, &mode, &self.list);
        let makespan = self.generator.justify(project, &mode, &mut self.list, first);
        let mut list = Vec::with_capacity(project.tasks);
        self.generator.list_by_start(project, &mut list);
        let mut place = vec![0; project.tasks];
        for (at, &task) in list.iter().enumerate() {
            place[task as usize] = at as u32;
        }
        let start = (0..project.tasks).map(|task| self.generator.start(task)).collect();
        Member { list, place, start, mode, makespan }
    }

    /// A new order by urgency with noise.
    fn sample(&mut self, project: &Compiled<W>, urgency: &[i64], noise: usize, draws: &mut Draws) {
        for task in 0..project.tasks {
            self.key[task] = urgency[task] * 16 + draws.below(noise * 16 + 1) as i64;
        }
        self.list_by_key(project);
    }

    /// The mother's order where her resources are well used, else the father's.
    fn peak_crossover(
        &mut self,
        project: &Compiled<W>,
        weight: &[f32],
        mother: &Member,
        father: &Member,
        draws: &mut Draws,
    ) {
        self.load.clear();
        self.load.resize(mother.makespan as usize + 2, 0.0);
        for task in 0..project.tasks {
            let mode = mother.mode[task] as usize;
            let start = mother.start[task] as usize;
            self.load[start] += weight[mode];
            self.load[start + project.duration[mode] as usize] -= weight[mode];
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
        for task in 0..project.tasks {
            let start = mother.start[task] as usize;
            let end = start + project.duration[mother.mode[task] as usize] as usize;
            let is_peak = self.load[start..end].iter().any(|&slot| slot >= threshold);
            let place = if is_peak { mother.place[task] } else { father.place[task] };
            self.key[task] = i64::from(place) * 2 + i64::from(is_peak);
        }
        self.list_by_key(project);
    }

    /// The mother's order outside a stretch, the father's inside.
    fn two_point_crossover(&mut self, mother: &Member, father: &Member, draws: &mut Draws) {
        let tasks = mother.list.len();
        let (a, b) = (draws.below(tasks + 1), draws.below(tasks + 1));
        let (from, until) = (a.min(b), a.max(b));
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
            if !self.seen[task as usize] {
                self.seen[task as usize] = true;
                self.list.push(task);
            }
        }
        let seen = &self.seen;
        let rest = mother.list[from..].iter().filter(|&&task| !seen[task as usize]);
        self.list.extend(rest);
    }

    /// Moves a few tasks to other places that their links allow.
    fn mutate(&mut self, project: &Compiled<W>, draws: &mut Draws) {
        let tasks = project.tasks;
        for at in 0..tasks {
            self.key[self.list[at] as usize] = at as i64 * 4;
        }
        let moves = 1 + draws.below(3);
        for _ in 0..moves {
            let task = self.list[draws.below(tasks)] as usize;
            let reach = (tasks / 4).clamp(2, 40);
            let shift = draws.below(2 * reach + 1) as i64 - reach as i64;
            self.key[task] += shift * 4 + 2 * shift.signum();
        }
        self.list_by_key(project);
    }
}

impl<'a, const W: usize> Population<'a, W> {
    /// The first members: orders by latest start, with more and more noise.
    pub fn new(
        project: &'a Compiled<W>,
        mode: &[u32],
        tails: &[u64],
        seed: u64,
        threads: usize,
    ) -> Population<'a, W> {
        let weight = |mode: usize| -> f32 {
            let lanes = project.lanes.unpack(&project.uses[mode], project.capacity.len());
            let shares = lanes.iter().zip(&project.capacity);
            shares.map(|(&uses, &capacity)| uses as f32 / capacity.max(1) as f32).sum()
        };
        let longest = tails.iter().copied().max().unwrap_or(0);
        let urgency: Vec<i64> = (0..project.tasks)
            .map(|task| {
                (longest - tails[task]) as i64 - i64::from(project.duration[mode[task] as usize])
            })
            .collect();
        let mut population = Population {
            project,
            weight: (0..project.duration.len()).map(weight).collect(),
            urgency,
            members: Vec::new(),
            breeders: vec![Breeder::new(project); threads.max(1)],
            best: 0,
            seed,
            round: 0,
        };
        let spread = (longest as usize / 2).max(1);
        let mut draws = Draws::of(seed, 0, 0);
        for number in 0..MEMBERS {
            let Population { breeders, urgency, .. } = &mut population;
            let noise = spread * number / MEMBERS;
            breeders[0].sample(project, urgency, noise, &mut draws);
            let member = breeders[0].member(project, mode.to_vec());
            population.members.push(member);
            if population.members[number].makespan < population.members[population.best].makespan {
                population.best = number;
            }
        }
        population
    }

    /// The best schedule so far.
    pub fn best(&self) -> &Member {
        &self.members[self.best]
    }

    fn child(&self, breeder: &mut Breeder<W>, number: u64) -> Member {
        let mut draws = Draws::of(self.seed, self.round, number);
        let count = self.members.len();
        let one = |draws: &mut Draws| {
            let (a, b) = (draws.below(count), draws.below(count));
            if self.members[a].makespan <= self.members[b].makespan { a } else { b }
        };
        let mother = one(&mut draws);
        let father = loop {
            let other = one(&mut draws);
            if other != mother || draws.chance(100) {
                break other;
            }
        };
        let (m, f) = (&self.members[mother], &self.members[father]);
        match draws.below(10) {
            0..6 => breeder.peak_crossover(self.project, &self.weight, m, f, &mut draws),
            _ => breeder.two_point_crossover(m, f, &mut draws),
        }
        if draws.chance(500) {
            breeder.mutate(self.project, &mut draws);
        }
        breeder.member(self.project, m.mode.clone())
    }

    /// Makes so many children on all breeders at once, and lets them join.
    pub fn round(&mut self, children: usize) {
        self.round += 1;
        let mut breeders = std::mem::take(&mut self.breeders);
        let made: Vec<Member> = if breeders.len() == 1 {
            (0..children as u64).map(|number| self.child(&mut breeders[0], number)).collect()
        } else {
            let share = children.div_ceil(breeders.len());
            let this = &*self;
            let parts: Vec<Vec<Member>> = breeders
                .par_iter_mut()
                .enumerate()
                .map(|(at, breeder)| {
                    let numbers = at * share..((at + 1) * share).min(children);
                    numbers.map(|number| this.child(breeder, number as u64)).collect()
                })
                .collect();
            parts.into_iter().flatten().collect()
        };
        self.breeders = breeders;
        for child in made {
            self.join(child);
        }
    }

    /// The child takes the place of the member most like it among those that are no better, unless
    /// it is a copy of a member.
    fn join(&mut self, child: Member) {
        let distance = |member: &Member| -> u64 {
            let pairs = member.start.iter().zip(&child.start);
            pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum()
        };
        let mut nearest: Option<(u64, usize)> = None;
        for (number, member) in self.members.iter().enumerate() {
            if member.makespan >= child.makespan {
                let key = (distance(member), number);
                nearest = Some(nearest.map_or(key, |least| least.min(key)));
            }
        }
        let Some((distance, place)) = nearest else { return };
        if distance == 0 && self.members[place].makespan == child.makespan {
            return;
        }
        let is_best = child.makespan < self.members[self.best].makespan;
        self.members[place] = child;
        if is_best {
            self.best = place;
        }
    }
}
