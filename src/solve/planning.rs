//! From a production to the best plan in the limit, with its bounds.

use super::bounds::{self, Heads};
use super::engine::decode::{Schedule, Taste, Urgency};
use super::engine::improve::{self, Control, Incumbent, Order, improve};
use super::engine::{late_wish, priorities};
use super::staffing::Staffed;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::*;
use std::time::{Duration, Instant};

/// How far to search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many steps of improvement: repeatable on any machine.
    Steps(u64),
    /// So much time.
    Time(Duration),
}

/// How to plan.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// What to favour.
    pub mode: Mode,
    /// Seed of the search.
    pub seed: u64,
    /// Threads; 0 = all cores.
    pub threads: usize,
    /// How far to search.
    pub limit: Limit,
}

/// What is being done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Lower bounds.
    Bounds,
    /// The first plans.
    FirstPlans,
    /// The staffing program.
    Staffing,
    /// Improvement.
    Improve,
}

/// Where a run stands.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// What is being done.
    pub phase: Phase,
    /// Steps of improvement so far.
    pub steps: u64,
    /// Share of the limit used up, 0 to 1.
    pub used: f64,
    /// Best objective so far.
    pub best: Option<Cents>,
    /// Best lower bound so far.
    pub bound: Option<Cents>,
}

/// Somebody who watches a run and may stop it.
pub trait Watch: Sync {
    /// Hears where the run stands.
    fn progress(&self, progress: Progress);
    /// Whether the run should stop and give what it has.
    fn stop(&self) -> bool;
}

/// Nobody watches.
impl Watch for () {
    fn progress(&self, _: Progress) {}
    fn stop(&self) -> bool {
        false
    }
}

/// The earliest finish that no plan can beat, of what a producer asks for. `None` = no plan can
/// place all of it, or nothing of it is open.
#[derive(Clone, Debug, Default)]
pub struct Earliest {
    /// By task.
    pub tasks: Vec<Option<Slot>>,
    /// By milestone.
    pub milestones: Vec<Option<Slot>>,
    /// For each task the task that it waits for longest when nobody else needs its artists.
    pub waits_for: Vec<Option<TaskId>>,
}

/// A plan with what is proven about it.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The plan.
    pub plan: Plan,
    /// Its objective by component, as the search saw it.
    pub objective: Objective,
    /// No plan has a lower value.
    pub lower_bound: Cents,
    /// Which bound that is.
    pub bound_from: &'static str,
    /// All bounds tried.
    pub bounds: Vec<(&'static str, Cents)>,
    /// Earliest finishes.
    pub earliest: Earliest,
    /// Value after so many steps, from the first plan on.
    pub improvement: Vec<(u64, Cents)>,
    /// Steps done.
    pub steps: u64,
    /// Stopped by the one who watches.
    pub interrupted: bool,
    /// What the staffing program said; `None` when there was no time for it.
    pub staffing: Option<Staffed>,
    /// The compiled problem that was solved.
    pub problem: Problem,
    /// The plan as the engine holds it.
    pub schedule: Schedule,
    /// Earliest starts and ends of all tasks.
    pub heads: Heads,
}

/// The best plan found in the limit.
///
/// First plans come from several rules (latest start, shot before task, first come), each followed by
/// a forward-backward pass; then the order of work is improved. Bounds are the critical path with
/// calendars, the load of each department for milestones, and the staffing program.
pub fn plan(production: &Production, options: &Options, watch: &dyn Watch) -> Solved {
    let started = Instant::now();
    let problem = Problem::new(production, options.mode);
    let problem = &problem;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let run = || solve(production, problem, options, watch, started);
    match &pool {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

fn solve(
    production: &Production,
    problem: &Problem,
    options: &Options,
    watch: &dyn Watch,
    started: Instant,
) -> Solved {
    let report = |phase, steps, used, best, bound| {
        watch.progress(Progress { phase, steps, used, best, bound });
    };
    report(Phase::Bounds, 0, 0.0, None, None);
    let heads = bounds::heads(problem);
    let critical_path = bounds::at_the_earliest(problem, &heads).total(problem.mode);
    let mut bounds = vec![("critical path", critical_path)];
    let (mut bound_from, mut lower_bound) = ("critical path", critical_path);
    report(Phase::FirstPlans, 0, 0.0, None, Some(lower_bound));

    let lengths = priorities::usual_lengths(problem);
    let urgency = priorities::urgency(problem, &lengths);
    let mut improvement = Vec::new();
    let mut best = first_plans(problem, &lengths, &urgency, &heads, &mut |value| {
        if let Some(value) = value {
            improvement.push((0, value));
            report(Phase::FirstPlans, 0, 0.0, Some(value), Some(lower_bound));
        }
        let out_of_time = match options.limit {
            Limit::Time(limit) => started.elapsed() > limit / 2,
            Limit::Steps(_) => false,
        };
        !out_of_time && !watch.stop()
    });

    // The programs get a quarter of the time, after the first plan is there.
    let seconds = match options.limit {
        Limit::Time(limit) => (limit / 4).saturating_sub(started.elapsed() / 4).as_secs_f64(),
        Limit::Steps(_) => f64::INFINITY,
    };
    let mut staffing = None;
    if seconds > 0.1 && !watch.stop() {
        report(Phase::Staffing, 0, 0.0, Some(best.value), Some(lower_bound));
        let staffed = super::staffing::staffed(
            production,
            problem,
            &heads,
            options.mode,
            problem.jobs.len() <= MOST_GUIDED,
            seconds,
        );
        bounds.push(("staffing program", staffed.bound));
        if staffed.bound > lower_bound {
            (bound_from, lower_bound) = ("staffing program", staffed.bound);
        }
        if let Some(weeks) = &staffed.weeks {
            let mut keys = priorities::guided(problem, &urgency, weeks.as_slice());
            priorities::put_fixed_first(problem, &mut keys);
            for taste in [BALANCED_TASTE, SAVING_TASTE] {
                let order = Order { keys: keys.clone(), taste };
                let mut worker = improve::Worker::new(problem, &order);
                let value = worker.try_order(problem, &urgency, &order);
                if value < best.value {
                    best = worker.incumbent();
                    improvement.push((0, value));
                    report(Phase::Staffing, 0, 0.0, Some(value), Some(lower_bound));
                }
            }
        }
        staffing = Some(staffed);
    }

    let mut control = Limits { options, watch, started, lower_bound, steps: 0, interrupted: false };
    let (steps, history) =
        improve(problem, &urgency, &mut best, options.seed, lower_bound, &mut control);
    let interrupted = control.interrupted || watch.stop();
    improvement.extend(history);
    best.objective = late_wish::move_late(problem, &urgency, &mut best.schedule, best.objective);
    Solved {
        plan: to_plan(problem, &best.schedule),
        objective: best.objective,
        lower_bound,
        bound_from,
        bounds,
        earliest: earliest(problem, &heads),
        improvement,
        steps,
        interrupted,
        staffing,
        problem: problem.clone(),
        schedule: best.schedule,
        heads,
    }
}

/// The best of the first plans: several rules and tastes, each followed by forward-backward passes
/// while they help. `next` hears each better value and says whether to go on.
fn first_plans(
    problem: &Problem,
    lengths: &[i32],
    urgency: &Urgency,
    heads: &Heads,
    next: &mut dyn FnMut(Option<Cents>) -> bool,
) -> Incumbent {
    let mut keys = priorities::by_shot(problem, lengths, urgency);
    priorities::put_fixed_first(problem, &mut keys);
    let mut order = Order { keys, taste: BALANCED_TASTE };
    let mut worker = improve::Worker::new(problem, &order);
    let value = worker.try_order(problem, urgency, &order);
    let mut best = worker.incumbent();
    if !next(Some(value)) {
        return best;
    }
    for mut keys in [
        std::mem::take(&mut order.keys),
        priorities::latest_start(problem, lengths, urgency),
        priorities::first_come(problem, &heads.start, urgency),
    ] {
        priorities::put_fixed_first(problem, &mut keys);
        for taste in [BALANCED_TASTE, SAVING_TASTE] {
            let mut order = Order { keys: keys.clone(), taste };
            for pass in 0..3 {
                let value = worker.try_order(problem, urgency, &order);
                let is_better = value < best.value;
                if is_better {
                    best = worker.incumbent();
                }
                if !next(is_better.then_some(value)) {
                    return best;
                }
                if !is_better && pass > 0 {
                    break;
                }
                order.keys = priorities::justified(problem, lengths, urgency, worker.schedule());
                priorities::put_fixed_first(problem, &mut order.keys);
            }
        }
    }
    best
}

/// Most tasks for which the guide is worth its time: its program is the slower of the two.
const MOST_GUIDED: usize = 4_000;

/// Lateness at its price, other things at theirs.
const BALANCED_TASTE: Taste = Taste { margin: 8, urgency: 100, haste: 500, thrift: 100 };
/// Rather late than dear.
const SAVING_TASTE: Taste = Taste { margin: 24, urgency: 40, haste: 100, thrift: 150 };

struct Limits<'a> {
    options: &'a Options,
    watch: &'a dyn Watch,
    started: Instant,
    lower_bound: Cents,
    steps: u64,
    interrupted: bool,
}

impl Control for Limits<'_> {
    fn used(&mut self, steps: u64, best: Cents) -> Option<f64> {
        self.steps = steps;
        if self.watch.stop() {
            self.interrupted = true;
            return None;
        }
        let used = match self.options.limit {
            Limit::Steps(limit) => steps as f64 / limit.max(1) as f64,
            Limit::Time(limit) => {
                self.started.elapsed().as_secs_f64() / limit.as_secs_f64().max(1e-9)
            }
        };
        self.watch.progress(Progress {
            phase: Phase::Improve,
            steps,
            used: used.min(1.0),
            best: Some(best),
            bound: Some(self.lower_bound),
        });
        (used < 1.0).then_some(used)
    }
}

/// A schedule in the words of the model.
fn to_plan(problem: &Problem, schedule: &Schedule) -> Plan {
    let mut plan = Plan::default();
    for (task, job) in problem.jobs.iter().enumerate() {
        let id = TaskId::new(task);
        match job.kind {
            JobKind::Instant if schedule.start[task] != NONE => {
                plan.instants.push((id, Slot(schedule.start[task])));
            }
            JobKind::Vendor(vendor, _) => {
                plan.assignments.extend(schedule.parts_of(task as u32).iter().map(|part| {
                    Assignment {
                        task: id,
                        part: 0,
                        worker: Worker::Vendor(vendor),
                        segments: vec![Interval { start: Slot(part.start), end: Slot(part.end) }],
                    }
                }));
            }
            _ => {
                for (number, part) in schedule.parts_of(task as u32).iter().enumerate() {
                    plan.assignments.push(Assignment {
                        task: id,
                        part: number as u32,
                        worker: Worker::Person(problem.lanes[part.lane as usize].person),
                        segments: vec![Interval { start: Slot(part.start), end: Slot(part.end) }],
                    });
                }
            }
        }
    }
    plan.unplaced =
        schedule.unplaced.iter().map(|&(task, why)| (TaskId::new(task as usize), why)).collect();
    plan
}

fn earliest(problem: &Problem, heads: &Heads) -> Earliest {
    let never = |task: u32| heads.never.binary_search_by_key(&task, |row| row.0).is_ok();
    let tasks = (0..problem.jobs.len() as u32)
        .map(|task| {
            let end = heads.end[task as usize];
            (end != NONE && !never(task)).then_some(Slot(end))
        })
        .collect();
    let milestones = problem
        .targets
        .iter()
        .map(|target| {
            let mut inside = vec![false; problem.entities.len()];
            for &entity in &target.entities {
                inside[entity as usize] = true;
            }
            let wanted: Vec<bool> =
                problem.jobs.iter().map(|job| inside[job.entity as usize]).collect();
            let is_open = !target.entities.is_empty();
            let placeable = heads
                .never
                .iter()
                .all(|&(task, _)| !inside[problem.jobs[task as usize].entity as usize]);
            (is_open && placeable).then(|| Slot(bounds::earliest_by_load(problem, heads, &wanted)))
        })
        .collect();
    let waits_for = heads
        .decided_by
        .iter()
        .map(|&wait| {
            (wait != NONE).then(|| TaskId::new(problem.waits[wait as usize].from as usize))
        })
        .collect();
    Earliest { tasks, milestones, waits_for }
}
