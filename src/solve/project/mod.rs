//! Projects: takes a [`Project`], gives the best timetable found and a proven lower bound.
//!
//! `bounds` say what no timetable can beat; `generation` and its relatives make timetables out of
//! orders; the searches (`population`, …) look for good orders. [`solve`] calls them in rounds until
//! the limit is reached or the bound is met. Nothing here judges its own work: that is for
//! `verify::library`.

#[doc = include_str!("../../docs/engine.md")]
pub mod guide {}

pub mod bounds;
pub mod draws;
pub mod generation;
pub mod justification;
pub mod modes;
pub mod names;
pub mod network;
pub mod population;
pub mod profile;
pub mod proving;
pub mod reservoirs;
pub mod shape;
pub mod squeeze;
pub mod teams;

use super::Limit;
use crate::formulate::{Project, Timetable};
use bounds::{Bound, Windows};
use generation::{BROKEN, Resources, Scheme};
use modes::Modes;
use network::Network;
use population::Population;
use proving::{Aim, Proving};
use reservoirs::Stocks;
use shape::{Packed, Shape};
use squeeze::Squeeze;
use std::time::{Duration, Instant};
use teams::{Goal, Staff, Teams};

/// How to solve.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// How far to search.
    pub limit: Limit,
    /// Threads; at least 1.
    pub threads: usize,
    /// Seed of the search.
    pub seed: u64,
    /// What to make small.
    pub objective: Objective,
    /// No task may end later.
    pub deadline: Option<u32>,
}

/// What to make small.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Objective {
    /// The end of the last task.
    #[default]
    Makespan,
    /// What people are paid for the tasks they do.
    Cost,
}

/// What is known about a project.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What is proven.
    pub status: Status,
    /// The best timetable found.
    pub best: Option<Timetable>,
    /// Its value in the objective.
    pub value: Option<i64>,
    /// No timetable has less than this value.
    pub lower_bound: Option<i64>,
    /// Where the bound comes from.
    pub bound_from: &'static str,
    /// Schedules made.
    pub steps: u64,
    /// When the best was found, from the call.
    pub time_to_best: Option<Duration>,
    /// Value of each improvement, with its time and step.
    pub trace: Vec<(Duration, u64, i64)>,
}

/// What is proven about a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// No timetable is better.
    Optimal,
    /// A timetable; better ones may exist.
    Feasible,
    /// No timetable exists.
    Infeasible,
    /// Nothing was found and nothing ruled out.
    Unknown,
}

/// Finds the best timetable it can within the limit. `stop` is asked between rounds.
pub fn solve(project: &Project, options: &Options, stop: &(dyn Fn() -> bool + Sync)) -> Answer {
    let began = Instant::now();
    let mut run = Run {
        options,
        stop,
        began,
        steps: 0,
        best: None,
        value: i64::MAX,
        bound: Bound { value: 0, from: "none" },
        is_refuted: false,
        price: Vec::new(),
        time_to_best: None,
        trace: Vec::new(),
    };
    let refuted = match Windows::of(project) {
        Ok(windows) if has_room(project) => run.search(project, &windows),
        _ => true,
    };
    run.answer(refuted)
}

/// Whether every task has a mode that fits into the capacities by itself.
fn has_room(project: &Project) -> bool {
    (0..project.tasks()).all(|task| project.modes(task).any(|mode| shape::fits(project, mode)))
}

/// The modes of a timetable, where the search has those of the project.
fn as_is(timetable: &Timetable) -> Vec<u32> {
    timetable.mode.clone()
}

/// Work of a proof for each child of a round and task: about as much time as the child takes.
const WORK: u64 = 16;
/// The same where modes are chosen: orders say less then, and the relaxation more.
const WORK_WITH_MODES: u64 = 48;
/// The same where people have to be found, which takes a child longer.
const WORK_WITH_PEOPLE: u64 = 100;

/// The part of a bound that a timetable may be above it and be near it.
const NEAR: u64 = 100;

/// Timetables of each round, equally good ones, of which windows are looked into.
const TIMETABLES: usize = 4;

/// A run: what was asked, what is known so far.
struct Run<'a> {
    options: &'a Options,
    stop: &'a (dyn Fn() -> bool + Sync),
    began: Instant,
    steps: u64,
    best: Option<Timetable>,
    value: i64,
    bound: Bound,
    /// A proof has shown that no timetable exists.
    is_refuted: bool,
    /// What a unit of each person's time is worth beside the pay; none without a deadline.
    price: Vec<u64>,
    time_to_best: Option<Duration>,
    trace: Vec<(Duration, u64, i64)>,
}

impl Run<'_> {
    /// Searches; true when no timetable exists.
    fn search(&mut self, project: &Project, windows: &Windows) -> bool {
        let modes = Modes::of(project);
        if modes.is_refuted() {
            return true;
        }
        let mut ends = bounds::quick(project, windows);
        if let Some(deadline) = self.options.deadline {
            let stop = || self.is_over();
            bounds::raise(&mut ends, project, windows, self.options.seed, false, &stop);
            if u64::from(deadline) < ends.value {
                return true;
            }
        }
        self.bound = match self.options.objective {
            Objective::Makespan => ends,
            Objective::Cost => match self.options.deadline {
                None => Bound { value: bounds::pay::bound(project), from: "cheapest people" },
                Some(deadline) => match bounds::pay::within(project, windows, deadline) {
                    None => return true,
                    Some(pay) => {
                        self.price = pay.price;
                        Bound { value: pay.bound, from: "time of people" }
                    }
                },
            },
        };
        let Some(network) = Network::of(project) else {
            return self.prove(project, windows, &modes);
        };
        let has_largest_distances = project.links.iter().any(|link| {
            project.modes(link.before as usize).any(|mode| project.lag(link, mode) < 0)
        });
        if has_largest_distances {
            return self.prove(project, windows, &modes);
        }
        match (project.people.len(), shape::words(project)) {
            (0, 1) => self.resources::<1>(project, windows, network, &modes),
            (0, 2) => self.resources::<2>(project, windows, network, &modes),
            (0, 3..=4) => self.resources::<4>(project, windows, network, &modes),
            (0, 5..=16) => self.resources::<16>(project, windows, network, &modes),
            (0, 17..=64) => self.resources::<64>(project, windows, network, &modes),
            (1..=64, _) => return self.teams::<1>(project, windows, network, &modes),
            (65..=256, _) => return self.teams::<4>(project, windows, network, &modes),
            (257..=1024, _) => return self.teams::<16>(project, windows, network, &modes),
            _ => {}
        }
        false
    }

    /// Tasks that need resources only.
    fn resources<const W: usize>(
        &mut self,
        project: &Project,
        windows: &Windows,
        network: Network,
        modes: &Modes,
    ) {
        let shape = Shape::of(project, network, shape::weights(project));
        let packed = Packed::<W>::of(project);
        if project.reservoirs.is_empty() {
            self.rounds(project, windows, &Resources::new(&shape, &packed), modes, &as_is);
        } else {
            let horizon = usize::try_from(project.horizon()).unwrap_or(usize::MAX / 2);
            let scheme = Stocks::new(&shape, &packed, &project.reservoirs, horizon);
            self.rounds(project, windows, &scheme, modes, &as_is);
        }
    }

    /// Tasks that need people only; true when somebody is missing.
    fn teams<const P: usize>(
        &mut self,
        project: &Project,
        windows: &Windows,
        network: Network,
        modes: &Modes,
    ) -> bool {
        let is_only_people = project.reservoirs.is_empty() && project.renewables() == 0;
        if !is_only_people || project.single_modes().is_none() {
            return false;
        }
        let goal = Goal {
            is_cost: self.options.objective == Objective::Cost,
            deadline: self.options.deadline,
        };
        let people = project.people.len() as f32;
        let crew = |needs: &Vec<crate::formulate::Need>| {
            needs.iter().map(|need| need.count as f32).sum::<f32>() / people
        };
        let weight: Vec<f32> = project.needs.iter().map(crew).collect();
        let staff = Staff::<P>::of(project, None);
        if !(0..project.tasks()).all(|task| staff.is_enough(task)) {
            return true;
        }
        if !goal.is_cost {
            let shape = Shape::of(project, network, weight);
            self.rounds(project, windows, &Teams::new(&shape, &staff, goal), modes, &as_is);
            return false;
        }
        // Who may be asked becomes a choice of mode.
        let (expanded, limit) = teams::by_pay(project);
        let staff = Staff::<P>::of(&expanded, Some(&limit)).priced(&self.price);
        let modes = Modes::where_usable(&expanded, |mode| staff.is_enough(mode));
        // The mode in which the dearest of a team may just be asked.
        let as_limits = |timetable: &Timetable| -> Vec<u32> {
            let own = |(task, team): (usize, &Vec<(u32, u32)>)| {
                let pay = |&(person, _): &(u32, u32)| project.people[person as usize].salary.max(0);
                let dearest = team.iter().map(pay).max().unwrap_or(0).unsigned_abs();
                let mut all = expanded.modes(task);
                all.find(|&mode| limit[mode] >= dearest).unwrap_or(all.start) as u32
            };
            timetable.team.iter().enumerate().map(own).collect()
        };
        let task_of = (0..project.tasks()).flat_map(|task| expanded.modes(task).map(move |_| task));
        let weight = task_of.map(|task| weight[task]).collect();
        let shape = Shape::of(&expanded, network, weight);
        self.rounds(project, windows, &Teams::new(&shape, &staff, goal), &modes, &as_limits);
        false
    }

    /// Rounds of the population search, until the limit or the bound is reached.
    fn rounds<S: Scheme>(
        &mut self,
        project: &Project,
        windows: &Windows,
        scheme: &S,
        modes: &Modes,
        as_modes: &dyn Fn(&Timetable) -> Vec<u32>,
    ) {
        let Options { seed, threads, .. } = *self.options;
        let is_makespan = self.options.objective == Objective::Makespan;
        let enough = if is_makespan { self.bound.value } else { 0 };
        let draw = (seed, threads);
        let began = self.began.elapsed();
        // A proof takes as long as the children, three times as long where there are modes.
        let share = match (project.tasks() <= proving::TASKS, modes.is_single()) {
            (false, _) => 1,
            (true, true) => 2,
            (true, false) => 4,
        };
        let children = |made: usize| self.children(made, began, share);
        let stop = || self.is_over();
        let mut population =
            Population::new(scheme, modes, &windows.tail, draw, enough, &children, &stop);
        let batch = (64_000 / project.tasks().max(1)).clamp(16, 256);
        self.offer(project, &population);
        if self.is_proven() {
            return;
        }
        let until = match self.value {
            // One task after the other ends by then, if any timetable exists.
            i64::MAX => project.horizon(),
            value => u64::try_from(value).unwrap_or(0),
        };
        let work = match (project.people.is_empty(), project.single_modes().is_some()) {
            (true, true) => WORK,
            (true, false) => WORK_WITH_MODES,
            (false, _) => WORK_WITH_PEOPLE,
        };
        let mut proving = match is_makespan {
            true => Proving::of(project, windows, modes, until, Aim::End),
            false => self.proving_cost(project, windows),
        };
        if is_makespan {
            let (mut bound, is_relaxed) = (self.bound, proving.is_some());
            bounds::raise(&mut bound, project, windows, seed, is_relaxed, &|| self.is_over());
            self.bound = bound;
        }
        let mut squeeze = match proving {
            None if is_makespan => Squeeze::of(project, seed),
            _ => None,
        };
        while let Some(children) = self.next_round(batch) {
            let is_over = || self.is_over();
            let some = squeeze.as_ref().map_or(Vec::new(), |_| population.best_ones(TIMETABLES));
            let (best, bound) = (self.best.as_ref(), self.bound.value);
            let value = u64::try_from(self.value).unwrap_or(0);
            let best = best.map(|best| (best, value));
            let is_near = value.saturating_sub(bound) <= bound / NEAR;
            let work = work * (children * project.tasks()) as u64;
            let mut search = || population.round(children, &is_over);
            let mut beside = || match (&mut proving, &mut squeeze) {
                (Some(proving), _) => proving.round(work, best, bound, &is_over),
                (None, Some(squeeze)) => squeeze.round(work, &some, is_near, &is_over),
                (None, None) => {}
            };
            match threads {
                0..=1 => (search(), beside()),
                _ => rayon::join(search, beside),
            };
            self.steps += children as u64;
            self.offer(project, &population);
            if let Some(start) = squeeze.as_mut().and_then(|squeeze| squeeze.found.take()) {
                let mode = project.first_mode[..project.tasks()].to_vec();
                self.improve(project, Timetable { start, mode, team: Vec::new() });
            }
            if let Some(proving) = &mut proving {
                self.take(project, proving);
            }
            let is_better = |value: u64| value < population.best().value;
            if let Some(best) =
                self.best.as_ref().filter(|_| proving.is_some() || squeeze.is_some())
                && u64::try_from(self.value).is_ok_and(is_better)
            {
                population.adopt(best, as_modes(best));
            }
            if let Some(proving) = &mut proving {
                // Where steps of cost were too coarse to tell, finer ones go on.
                if !is_makespan && proving.is_closed && !self.is_proven() && !self.is_refuted {
                    match self.proving_cost(project, windows) {
                        Some(finer) => *proving = finer,
                        None => break,
                    }
                }
            }
        }
    }

    /// Children that the limit leaves time for, when so many were made since a moment of the run and such a share of
    /// the time is theirs.
    fn children(&self, made: usize, since: Duration, share: u128) -> u64 {
        match self.options.limit {
            Limit::Steps(steps) => steps,
            Limit::Time(time) => {
                let now = self.began.elapsed();
                let each = now.saturating_sub(since).as_nanos() / made.max(1) as u128;
                let left = time.saturating_sub(now).as_nanos();
                u64::try_from(left / each.max(1) / share).unwrap_or(u64::MAX)
            }
        }
    }

    /// A proof about cost by the deadline, from what is known so far.
    fn proving_cost(&self, project: &Project, windows: &Windows) -> Option<Proving> {
        let deadline = self.options.deadline?;
        let most = match self.value {
            i64::MAX => bounds::pay::most(project),
            value => u64::try_from(value).ok()?,
        };
        let aim = Aim::cost(project, self.bound.value, most, deadline);
        Proving::of(project, windows, &Modes::of(project), deadline.into(), aim)
    }

    /// Rounds of proof alone, where orders make no schedules; true when no timetable exists.
    fn prove(&mut self, project: &Project, windows: &Windows, modes: &Modes) -> bool {
        let all = project.horizon();
        let Some(mut proving) = Proving::of(project, windows, modes, all, Aim::End) else {
            return false;
        };
        let (mut bound, seed) = (self.bound, self.options.seed);
        bounds::raise(&mut bound, project, windows, seed, true, &|| self.is_over());
        self.bound = bound;
        while let Some(children) = self.next_round(64) {
            let best = self.best.as_ref().map(|best| (best, u64::from(best.makespan(project))));
            let work = WORK * (children * project.tasks()) as u64;
            proving.round(work, best, self.bound.value, &|| self.is_over());
            self.steps += children as u64;
            self.take(project, &mut proving);
            if proving.is_closed {
                break;
            }
        }
        self.is_refuted
    }

    /// Takes over what a proof has found.
    fn take(&mut self, project: &Project, proving: &mut Proving) {
        if let Some(timetable) = proving.found.take() {
            self.improve(project, timetable);
        }
        self.is_refuted |= proving.is_closed && self.best.is_none();
        let closed = self.best.as_ref().filter(|_| proving.is_closed);
        let bound = match self.options.objective {
            Objective::Makespan => {
                closed.map_or(proving.bound, |best| u64::from(best.makespan(project)))
            }
            Objective::Cost => proving.bound,
        };
        self.bound.raise(bound, "proof");
    }

    /// Whether the limit is reached or the user stops, as far as time goes.
    fn is_over(&self) -> bool {
        let late = matches!(self.options.limit, Limit::Time(time) if self.began.elapsed() >= time);
        late || (self.stop)()
    }

    fn offer<S: Scheme>(&mut self, project: &Project, population: &Population<'_, S>) {
        let best = population.best();
        if best.value < BROKEN && (best.value as i64) < self.value {
            let mut team = Vec::new();
            let mut mode = best.mode.clone();
            if !project.people.is_empty() {
                // Modes may have stood for who may be asked.
                mode = project.first_mode[..project.tasks()].to_vec();
                team = vec![Vec::new(); project.tasks()];
                for &(task, person, skill) in &best.team {
                    team[task as usize].push((person, skill));
                }
            }
            self.improve(project, Timetable { start: best.start.clone(), mode, team });
        }
    }

    /// Takes a better timetable.
    fn improve(&mut self, project: &Project, timetable: Timetable) {
        let value = match self.options.objective {
            Objective::Makespan => i64::from(timetable.makespan(project)),
            Objective::Cost => timetable.cost(project),
        };
        let is_late = |deadline| timetable.makespan(project) > deadline;
        if value < self.value && !self.options.deadline.is_some_and(is_late) {
            let now = self.began.elapsed();
            self.value = value;
            self.best = Some(timetable);
            self.time_to_best = Some(now);
            self.trace.push((now, self.steps, value));
        }
    }

    /// Size of the next round; `None` when the limit or the bound is reached, or the user stops.
    fn next_round(&self, batch: usize) -> Option<usize> {
        if self.is_proven() || self.is_refuted || (self.stop)() {
            return None;
        }
        match self.options.limit {
            Limit::Steps(steps) => match steps.saturating_sub(self.steps) {
                0 => None,
                left => Some(batch.min(usize::try_from(left).unwrap_or(batch))),
            },
            Limit::Time(time) => (self.began.elapsed() < time).then_some(batch),
        }
    }

    fn is_proven(&self) -> bool {
        self.best.is_some() && self.value <= i64::try_from(self.bound.value).unwrap_or(i64::MAX)
    }

    fn answer(self, refuted: bool) -> Answer {
        let refuted = refuted || self.is_refuted;
        let status = match (&self.best, refuted) {
            (None, true) => Status::Infeasible,
            (None, false) => Status::Unknown,
            (Some(_), _) if self.is_proven() => Status::Optimal,
            (Some(_), _) => Status::Feasible,
        };
        Answer {
            status,
            value: self.best.as_ref().map(|_| self.value),
            best: self.best,
            lower_bound: (!refuted).then(|| i64::try_from(self.bound.value).unwrap_or(i64::MAX)),
            bound_from: self.bound.from,
            steps: self.steps,
            time_to_best: self.time_to_best,
            trace: self.trace,
        }
    }
}
