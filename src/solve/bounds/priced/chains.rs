//! What each shot costs at least at given prices of time, chain after chain.
//!
//! For every task and every step the least cost of the task and all it waits for, if it is over by then.
//! A task that several others wait for gives each of them an equal part of its cost, so that every
//! cost is counted once. Work is taken to be done at the cheapest moment between start and end.

use super::grid::{Grid, Prices, place};
use crate::formulate::{Deadline, JobKind, NONE, Problem, WaitKind};
use crate::model::DateRule;
use crate::solve::bounds::{Heads, fewest_slots};
use std::collections::BTreeMap;

/// How a task waits for an earlier one.
struct Edge {
    from: u32,
    /// In [`Chains::latest`].
    table: u32,
    /// Whether the end waits, not the start.
    holds_end: bool,
}

/// The price of a milestone's lateness as a whole, in parts for the things in it.
struct Whole {
    /// Cost by day.
    by_day: Vec<f64>,
    /// Things in it with open tasks, and their parts.
    parts: Vec<(u32, f64)>,
    /// Whether each was late in the last round.
    is_late: Vec<bool>,
}

pub(super) struct Chains<'a> {
    problem: &'a Problem,
    grid: &'a Grid,
    prices: &'a Prices,
    /// Least prices over `2^level` steps from each step on, by department and show, and level.
    least: Vec<Vec<Vec<f64>>>,
    edges: Vec<Vec<Edge>>,
    /// Steps by which the earlier task is over, for each step of the later one.
    latest: Vec<Vec<u32>>,
    /// By task: the part of its cost that each of those that wait for it takes over.
    part: Vec<f64>,
    /// By entity: the tasks whose ends decide its finish.
    last: Vec<Vec<u32>>,
    is_open: Vec<bool>,
    /// By task: first step, fewest steps, least number of steps by which it is over.
    bounds: Vec<(usize, usize, usize)>,
    never: Vec<bool>,
    unplaced: Vec<f64>,
    /// Lateness by day of tasks with dates of their own.
    own: BTreeMap<u32, Vec<f64>>,
    /// Lateness by day of each entity, without that of milestones as a whole.
    late: Vec<Vec<f64>>,
    wholes: Vec<Whole>,
    wholes_of: Vec<Vec<(usize, usize)>>,
    /// Least cost by task and step.
    cost: Vec<f64>,
    /// Least cost of each task without a place.
    without: Vec<f64>,
}

impl<'a> Chains<'a> {
    pub(super) fn new(
        problem: &'a Problem,
        heads: &Heads,
        grid: &'a Grid,
        prices: &'a Prices,
    ) -> Chains<'a> {
        let tasks = problem.jobs.len();
        let entities = problem.entities.len();
        let of_part = problem.multipliers.map(|points| points as f64 / 1e4);
        let day_price = problem.artist_day as f64;
        let mut chains = Chains {
            problem,
            grid,
            prices,
            least: prices.by_step.iter().map(|row| least_over(row)).collect(),
            edges: (0..tasks).map(|_| Vec::new()).collect(),
            latest: Vec::new(),
            part: vec![0.0; tasks],
            last: vec![Vec::new(); entities],
            is_open: vec![false; entities],
            bounds: vec![(0, 0, 0); tasks],
            never: vec![false; tasks],
            unplaced: vec![0.0; tasks],
            own: BTreeMap::new(),
            late: vec![Vec::new(); entities],
            wholes: Vec::new(),
            wholes_of: vec![Vec::new(); entities],
            cost: vec![0.0; tasks * grid.width()],
            without: vec![0.0; tasks],
        };
        for &(task, _) in &heads.never {
            chains.never[task as usize] = true;
        }
        for (task, job) in problem.jobs.iter().enumerate() {
            if job.kind == JobKind::Done {
                continue;
            }
            chains.is_open[job.entity as usize] = true;
            chains.bounds[task] = (
                grid.starts(heads.start[task]),
                (fewest_slots(problem, task) as usize).div_ceil(grid.grain),
                grid.ends(heads.end[task]),
            );
            let price = 5.0 * day_price * job.work as f64 / problem.bid_day.max(1) as f64;
            chains.unplaced[task] = (price - 0.5).max(0.0) * of_part[3];
        }
        chains.link();
        chains.charge(day_price, &of_part);
        chains
    }

    /// Who waits for whom, and what parts of costs go where.
    fn link(&mut self) {
        let problem = self.problem;
        let mut is_ordered = vec![false; problem.jobs.len()];
        problem.order.iter().for_each(|&task| is_ordered[task as usize] = true);
        let takes_part = |task: u32| {
            is_ordered[task as usize] && problem.jobs[task as usize].kind != JobKind::Done
        };
        let mut tables: BTreeMap<(u32, i32, bool), u32> = BTreeMap::new();
        for &task in problem.order.iter().filter(|&&task| takes_part(task)) {
            let (mut count, mut goes_on) = (0, false);
            let entity = problem.jobs[task as usize].entity;
            for wait in problem.followers(task).filter(|wait| takes_part(wait.to)) {
                let holds_end = match wait.kind {
                    WaitKind::StartAfterEnd => false,
                    WaitKind::EndAfterEnd => true,
                    WaitKind::StartAfterStart
                    | WaitKind::EndAfterStart
                    | WaitKind::StartAfterPublish(_) => continue,
                };
                let key = (wait.calendar, wait.lag, holds_end);
                let table = *tables.entry(key).or_insert_with(|| {
                    self.latest.push(latest(problem, self.grid, key));
                    self.latest.len() as u32 - 1
                });
                self.edges[wait.to as usize].push(Edge { from: task, table, holds_end });
                count += 1;
                goes_on |= wait.lag >= 0 && problem.jobs[wait.to as usize].entity == entity;
            }
            if !goes_on {
                self.last[entity as usize].push(task);
                count += 1;
            }
            self.part[task as usize] = 1.0 / f64::from(count);
        }
    }

    /// What lateness costs.
    fn charge(&mut self, day_price: f64, of_part: &[f64]) {
        let problem = self.problem;
        let days = problem.timeline.days();
        for entity in 0..problem.entities.len() {
            if self.is_open[entity] {
                self.late[entity] = vec![0.0; days as usize];
            }
        }
        let add = |to: &mut Vec<f64>, calendar: u32, due: &Deadline, price: f64, lost: f64| {
            let calendar = &problem.calendars[calendar as usize];
            for (day, sum) in to.iter_mut().enumerate() {
                let late = f64::from(due.days_late(calendar, day as u32));
                *sum += (late * price - lost).max(0.0);
            }
        };
        for due in &problem.dues {
            let price = day_price * due.factor as f64 / 2.0 * of_part[2];
            let to = match due.entity {
                NONE => self.own.entry(due.task).or_insert_with(|| vec![0.0; days as usize]),
                entity => &mut self.late[entity as usize],
            };
            add(to, due.calendar, &due.due, price, 0.5 * of_part[2]);
        }
        for (number, target) in problem.targets.iter().enumerate() {
            for &(entity, value) in &target.items {
                let price = value as f64 * target.rate as f64 / 1e4 * of_part[1];
                let to = &mut self.late[entity as usize];
                add(to, target.calendar, &target.due, price, 0.5 * of_part[1]);
            }
            let hard = if target.hard { 1_000.0 * day_price * of_part[0] } else { 0.0 };
            let price = target.penalty as f64 * of_part[1] + hard;
            let mut by_day = vec![0.0; days as usize];
            add(&mut by_day, target.calendar, &target.due, price, 0.0);
            let open = target.entities.iter().copied().filter(|&e| self.is_open[e as usize]);
            let mut open: Vec<u32> = if price > 0.0 { open.collect() } else { Vec::new() };
            open.sort_unstable();
            open.dedup();
            let each = 1.0 / open.len().max(1) as f64;
            for (place, &entity) in open.iter().enumerate() {
                self.wholes_of[entity as usize].push((number, place));
            }
            let is_late = vec![false; open.len()];
            let parts = open.into_iter().map(|entity| (entity, each)).collect();
            self.wholes.push(Whole { by_day, parts, is_late });
        }
        for rule in &problem.rules {
            if !matches!(rule.rule, DateRule::MustFinishOn(_) | DateRule::FinishNoLaterThan(_)) {
                continue;
            }
            let calendar = &problem.calendars[problem.jobs[rule.task as usize].calendar as usize];
            let to = self.own.entry(rule.task).or_insert_with(|| vec![0.0; days as usize]);
            for (day, sum) in to.iter_mut().enumerate() {
                if rule.date.day == NONE || day as u32 > rule.date.day {
                    let late = rule.date.days_late(calendar, day as u32).max(1);
                    *sum += 1_000.0 * day_price * f64::from(late) * of_part[0];
                }
            }
        }
    }

    /// What all shots and assets cost together; `None` when it was stopped.
    pub(super) fn round(&mut self, stop: &dyn Fn() -> bool) -> Option<f64> {
        let width = self.grid.width();
        let mut buffers = [vec![0.0; width], vec![0.0; width], vec![0.0; width]];
        for (number, &task) in self.problem.order.iter().enumerate() {
            if number % 128 == 0 && stop() {
                return None;
            }
            if self.problem.jobs[task as usize].kind != JobKind::Done {
                self.look_at(task as usize, &mut buffers);
            }
        }
        let [ends, ..] = &mut buffers;
        Some((0..self.problem.entities.len()).map(|entity| self.finish(entity, ends)).sum())
    }

    /// The least cost of a task and of what it waits for, for each step by which it is over.
    fn look_at(&mut self, task: usize, [starts, ends, begun]: &mut [Vec<f64>; 3]) {
        let (width, steps) = (self.grid.width(), self.grid.steps);
        let job = &self.problem.jobs[task];
        starts.fill(0.0);
        ends.fill(0.0);
        let mut without = self.unplaced[task];
        let mut may_be_left = job.kind != JobKind::Instant || self.never[task];
        for edge in &self.edges[task] {
            let from = edge.from as usize;
            let (part, row) = (self.part[from], &self.cost[from * width..(from + 1) * width]);
            let to = if edge.holds_end { &mut *ends } else { &mut *starts };
            for (sum, &step) in to.iter_mut().zip(&self.latest[edge.table as usize]) {
                *sum += part * row[step as usize];
            }
            without += part * row[steps].min(self.without[from]);
            may_be_left |= self.without[from].is_finite();
        }
        let own = self.own.get(&(task as u32));
        without += own.and_then(|days| days.last()).copied().unwrap_or(0.0);
        self.without[task] = if may_be_left { without } else { f64::INFINITY };
        let row = &mut self.cost[task * width..(task + 1) * width];
        if job.kind == JobKind::Hold || self.never[task] {
            row.fill(f64::INFINITY);
            return;
        }
        let (first, least, over) = self.bounds[task];
        let work = if job.kind == JobKind::People { job.work as f64 } else { 0.0 };
        let place = place(self.problem, job);
        let price = &self.prices.by_step[place];
        // Started in a step or before and worked on just then.
        let mut cheapest = f64::INFINITY;
        for step in 0..width {
            if step >= first {
                cheapest = cheapest.min(work * price[step] + starts[step]);
            }
            begun[step] = cheapest;
        }
        let mut best = f64::INFINITY;
        for step in 0..width {
            if step == steps {
                best = best.min(begun[steps] + ends[steps]);
            } else if step >= first + least && step >= over {
                let start = step - least;
                // Started as late as can be and worked on until the end, or started before.
                let last = if least > 0 && work > 0.0 {
                    starts[start] + work * least_between(&self.least[place], start, step)
                } else {
                    begun[start]
                };
                let cost = if start > 0 { last.min(begun[start - 1]) } else { last };
                let late = own.map_or(0.0, |days| days[self.grid.finish_day(step)]);
                best = best.min(cost + ends[step] + late);
            }
            row[step] = best;
        }
        if let Some(days) = own {
            // Over some time after the last step, and as late as that at least.
            let late = days[self.grid.finish_day(steps)];
            let before = if steps > 0 { row[steps - 1] } else { f64::INFINITY };
            row[steps] = before.min(begun[steps] + ends[steps] + late);
        }
    }

    /// The least cost of a shot or asset with its parts of what its tasks cost; notes whether it is late.
    fn finish(&mut self, entity: usize, ends: &mut [f64]) -> f64 {
        if !self.is_open[entity] {
            return 0.0;
        }
        let (width, steps) = (self.grid.width(), self.grid.steps);
        let late = |day: usize| {
            let wholes = self.wholes_of[entity].iter();
            let wholes = wholes.map(|&(target, place)| {
                self.wholes[target].parts[place].1 * self.wholes[target].by_day[day]
            });
            self.late[entity][day] + wholes.sum::<f64>()
        };
        ends.fill(0.0);
        let mut without = late(self.late[entity].len() - 1);
        for &task in &self.last[entity] {
            let task = task as usize;
            let row = &self.cost[task * width..(task + 1) * width];
            ends.iter_mut().zip(row).for_each(|(sum, cost)| *sum += self.part[task] * cost);
            without += self.part[task] * row[steps].min(self.without[task]);
        }
        let (mut least, mut at) = (without, None);
        let (mut day, mut of_day) = (usize::MAX, 0.0);
        for (step, cost) in ends.iter().enumerate() {
            if self.grid.finish_day(step) != day {
                day = self.grid.finish_day(step);
                of_day = late(day);
            }
            if cost + of_day < least {
                (least, at) = (cost + of_day, Some(day));
            }
        }
        for &(target, place) in &self.wholes_of[entity] {
            let whole = &mut self.wholes[target];
            whole.is_late[place] = at.is_none_or(|day| whole.by_day[day] > 0.0);
        }
        least
    }

    /// Gives the things that were late more of the price of their milestones, those that were not less;
    /// `false` when there is nothing to change.
    pub(super) fn hand_over_milestones(&mut self) -> bool {
        let mut changed = false;
        for whole in &mut self.wholes {
            let late = whole.is_late.iter().filter(|&&is_late| is_late).count();
            if late == 0 || late == whole.parts.len() {
                continue;
            }
            changed = true;
            for (part, &is_late) in whole.parts.iter_mut().zip(&whole.is_late) {
                let share = if is_late { 1.0 / late as f64 } else { 0.0 };
                part.1 = (part.1 + share) / 2.0;
            }
        }
        changed
    }
}

/// For each step of the later task the most steps by which the earlier one may be over.
fn latest(
    problem: &Problem,
    grid: &Grid,
    (calendar, lag, holds_end): (u32, i32, bool),
) -> Vec<u32> {
    let calendar = &problem.calendars[calendar as usize];
    let mut latest = vec![0_u32; grid.width()];
    for end in 0..=problem.slots {
        let after = calendar.after(problem.handed_at_best(end), lag);
        let step = if holds_end { grid.ends(after) } else { grid.starts(after) };
        latest[step] = latest[step].max(grid.ends(end) as u32);
    }
    for step in 1..latest.len() {
        latest[step] = latest[step].max(latest[step - 1]);
    }
    latest[grid.steps] = grid.steps as u32;
    latest
}

/// Least values over `2^level` places from each place on.
fn least_over(row: &[f64]) -> Vec<Vec<f64>> {
    let mut levels = vec![row.to_vec()];
    let mut length = 1;
    while 2 * length <= row.len() {
        let Some(below) = levels.last() else { break };
        let pairs = below.iter().zip(&below[length..]);
        let level = pairs.map(|(a, b)| a.min(*b)).collect();
        levels.push(level);
        length *= 2;
    }
    levels
}

/// The least value in `first..end`, which is not empty.
fn least_between(levels: &[Vec<f64>], first: usize, end: usize) -> f64 {
    let level = (end - first).ilog2() as usize;
    levels[level][first].min(levels[level][end - (1 << level)])
}
