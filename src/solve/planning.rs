//! From a production to the best plan in the limit, with its bounds.

use super::bounds::{self, Heads, TimePrice};
use super::engine::evaluate::Evaluator;
use super::engine::improve::{Control, improve};
use super::engine::ledger::Links;
use super::engine::place::Urgency;
use super::engine::schedule::Schedule;
use super::engine::standing::Setting;
use super::engine::{later_starts, priorities};
use super::first_plans::{FirstPlans, Stop, in_time_for_crews};
use super::looks::{Patience, looks_for};
use super::staffing::{self, Staffed, StaffingQuestion};
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::*;
use rayon::prelude::*;
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
    /// Draws of a plan; `steps` counts them.
    Draws,
    /// Programs that are solved again; `steps` counts them.
    Prices,
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
/// First plans come from several rules and from what they show; then the order of work is
/// improved. Bounds are the critical path with
/// calendars, the load of each department for milestones, and the staffing program.
pub fn plan(production: &Production, options: &Options, watch: &dyn Watch) -> Solved {
    plan_with(production, None, true, options, watch)
}

/// The same plan without the weekly program behind its bound, which takes most of the time of a short search: for
/// plans of which only dates and cost are asked. Where a search finds what the program would have proven best, this
/// one goes on to its limit.
pub fn plan_unproven(production: &Production, options: &Options, watch: &dyn Watch) -> Solved {
    plan_with(production, None, false, options, watch)
}

/// A plan of a similar production, to start from. Its tasks and people have the numbers they have in the
/// production to be planned, which may have more of both.
#[derive(Clone, Copy, Debug)]
pub struct Before<'a> {
    /// The plan.
    pub plan: &'a Plan,
    /// What it is worth there.
    pub value: Cents,
    /// How far to search where the search goes on from first plans: as far as for `plan` and from it
    /// on, so that all have the same search behind them.
    pub anew: Limit,
    /// What the staffing program said of that production, where its prices may serve for this one.
    pub staffing: Option<&'a Staffed>,
}

/// The best plan found in the limit from a plan of a similar production on: what still has its place there
/// begins with it, the rest is placed around it. Where that is worth less than the plan was there, by more
/// than a twentieth, its work is also placed anew in its order, and first plans are made; the search goes
/// on from the best of them.
pub fn plan_from(
    production: &Production,
    before: Before<'_>,
    options: &Options,
    watch: &dyn Watch,
) -> Solved {
    plan_with(production, Some(before), true, options, watch)
}

/// [`plan_from`] without the weekly program, as [`plan_unproven`] is [`plan`] without it.
pub fn plan_from_unproven(
    production: &Production,
    before: Before<'_>,
    options: &Options,
    watch: &dyn Watch,
) -> Solved {
    plan_with(production, Some(before), false, options, watch)
}

fn plan_with(
    production: &Production,
    before: Option<Before<'_>>,
    is_proven: bool,
    options: &Options,
    watch: &dyn Watch,
) -> Solved {
    let started = Instant::now();
    let problem = Problem::new(production, options.mode);
    let problem = &problem;
    let pool = rayon::ThreadPoolBuilder::new().num_threads(options.threads).build();
    let run = || solve(production, before, is_proven, problem, options, watch, started);
    match &pool {
        Ok(pool) => pool.install(run),
        Err(_) => run(),
    }
}

/// Share of the search that a search from another plan leaves out: it begins as cold as that one was
/// after so much of its way.
const BEGINS_AT: f64 = 0.6;

fn solve(
    production: &Production,
    before: Option<Before<'_>>,
    is_proven: bool,
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
    let critical_path = bounds::at_the_earliest(problem, &heads).total(&problem.multipliers);
    // Lateness and changes of sequence are different things that a plan pays for.
    let with_changes = critical_path + bounds::changes(problem, &heads, 10_000);
    let mut bounds =
        vec![("critical path", critical_path), ("critical path and changes", with_changes)];
    let (_, lower_bound) = strongest(&bounds);
    report(Phase::FirstPlans, 0, 0.0, None, Some(lower_bound));

    let lengths = priorities::usual_lengths(problem);
    // The first plan is made in any case; more of them only in six tenths of the time, and a tenth more to put
    // right what is wrong with them: they bring more than steps as long as they bring anything, and end by themselves.
    let out_of_time = |tenths: u32| match options.limit {
        Limit::Time(limit) => started.elapsed() > limit * tenths / 10,
        Limit::Steps(_) => false,
    };
    let stop = || watch.stop();
    let stop_or_late = || watch.stop() || out_of_time(6);
    let stop_or_later = || watch.stop() || out_of_time(7);
    // Another look for them brings less than passes do where the first one took long.
    let looked = || watch.stop() || out_of_time(2);
    let looks = looks_for(problem.jobs.len(), options.limit);
    let patience = Patience {
        stop: &stop,
        enough: &stop_or_late,
        mended: &stop_or_later,
        looked: &looked,
        looks,
    };
    let first_plans = || {
        let mut improvement = Vec::new();
        let mut hear = |value| {
            improvement.push((0, value));
            report(Phase::FirstPlans, 0, 0.0, Some(value), Some(lower_bound));
        };
        let mut plan = |urgency: &Urgency, stop: Stop<'_>| {
            let first = FirstPlans { problem, lengths: &lengths, urgency, heads: &heads };
            let Some(before) = before else {
                return (
                    first.best(Patience { stop, ..patience }, &mut hear),
                    (0.0, options.limit),
                );
            };
            let again = first.again(before, &stop_or_late);
            // A value below 0 cannot be: the twentieth is of an amount to pay.
            let is_near = again.value.0 <= before.value.0.saturating_add(before.value.0 / 20);
            // Plans made anew would change what should stay.
            let goes_on = is_near || !problem.earlier.is_empty();
            let new = (!goes_on).then(|| first.best(Patience { stop, ..patience }, &mut hear));
            match new.filter(|new| new.value < again.value) {
                Some(new) => (new, (0.0, before.anew)),
                None => {
                    hear(again.value);
                    (again, (BEGINS_AT, options.limit))
                }
            }
        };
        let ((best, (begins_at, limit)), urgency) =
            in_time_for_crews(problem, &lengths, &stop, &stop_or_late, &mut plan);
        // What goes on may be worth less for now than a plan that was passed over, which is no part of its way.
        improvement.retain(|row| row.1 >= best.value);
        report(Phase::Staffing, 0, 0.0, Some(best.value), Some(lower_bound));
        (best, urgency, improvement, begins_at, limit)
    };
    // The program knows nothing of the first plans. It gets a quarter of the time.
    let seconds = match options.limit {
        Limit::Time(limit) => (limit / 4).as_secs_f64(),
        Limit::Steps(_) => f64::INFINITY,
    };
    let program = || {
        let mut bounds = Vec::new();
        // The time in which it is built is not in that quarter.
        let question = StaffingQuestion {
            production,
            problem,
            heads: &heads,
            mode: options.mode,
            seconds,
            stop: &stop_or_later,
        };
        let others = before.and_then(|before| before.staffing);
        let mut staffed = match others {
            _ if !is_proven || seconds <= 0.1 || watch.stop() => None,
            None => Some(staffing::staffed(&question)),
            Some(other) => staffing::staffed_like(&question, other, lower_bound),
        };
        let most = started.elapsed() + Duration::from_secs_f64(seconds.min(1e6) / 2.0);
        let is_timed = matches!(options.limit, Limit::Time(_));
        let stop = || watch.stop() || (is_timed && started.elapsed() > most);
        let priced = |prices: &[TimePrice]| bounds::at_prices(problem, &heads, prices, &stop);
        if let Some(coarse) = &staffed {
            staffing::add_bounds(problem, &heads, coarse, priced, &mut bounds);
            // A first program that says no more than the critical path is not worth a second one.
            let is_worth = others.is_none() && coarse.bound > critical_path && !stop();
            let finer = is_worth.then(|| {
                let question = StaffingQuestion { stop: &stop, ..question };
                staffing::staffed_finer(&question, coarse)
            });
            if let Some(finer) = finer.flatten() {
                staffing::add_bounds(problem, &heads, &finer, priced, &mut bounds);
                if finer.bound >= coarse.bound {
                    staffed = Some(finer);
                }
            }
        }
        (staffed, bounds, earliest(problem, &heads, watch))
    };
    let (found, (staffing, more, earliest)) = rayon::join(first_plans, program);
    let (mut best, urgency, mut improvement, begins_at, limit) = found;
    let latest_start = priorities::latest_start_slots(problem, &lengths, &urgency);
    bounds.extend(more);
    let (bound_from, lower_bound) = strongest(&bounds);

    let options = &Options { limit, ..*options };
    let mut control =
        Limits { options, watch, started, begins_at, lower_bound, steps: 0, interrupted: false };
    let (steps, history) = improve(
        problem,
        &urgency,
        &latest_start,
        &mut best,
        options.seed,
        lower_bound,
        &mut control,
    );
    let interrupted = control.interrupted || watch.stop();
    improvement.extend(history);
    let links = Links::new(problem);
    let setting =
        Setting { problem, links: &links, urgency: &urgency, latest_start: &latest_start };
    later_starts::move_later(setting, &mut best);
    // Kept up to date change by change so far; now it is worked out from the whole.
    best.objective = Evaluator::default().evaluate(problem, &best.schedule);
    Solved {
        plan: to_plan(problem, &best.schedule),
        objective: best.objective,
        lower_bound,
        bound_from,
        bounds,
        earliest,
        improvement,
        steps,
        interrupted,
        staffing,
        problem: problem.clone(),
        schedule: best.schedule,
        heads,
    }
}

/// The highest of some bounds, of equal ones the first.
fn strongest(bounds: &[(&'static str, Cents)]) -> (&'static str, Cents) {
    let mut rows = bounds.iter().copied();
    let first = rows.next().unwrap_or(("nothing", Cents(0)));
    rows.fold(first, |best, row| if row.1 > best.1 { row } else { best })
}

struct Limits<'a> {
    options: &'a Options,
    watch: &'a dyn Watch,
    started: Instant,
    /// Share of the way to the end at which it begins.
    begins_at: f64,
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
        (used < 1.0).then_some(self.begins_at + (1.0 - self.begins_at) * used)
    }

    fn steps_left(&self, steps: u64) -> u64 {
        match self.options.limit {
            Limit::Steps(limit) => limit.saturating_sub(steps),
            Limit::Time(_) => u64::MAX,
        }
    }

    fn is_over(&self) -> bool {
        let is_late = |limit| self.started.elapsed() >= limit;
        self.watch.stop() || matches!(self.options.limit, Limit::Time(limit) if is_late(limit))
    }
}

/// A schedule in the words of the model.
pub(super) fn to_plan(problem: &Problem, schedule: &Schedule) -> Plan {
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
                    let lane = &problem.lanes[part.lane as usize];
                    let days = part.overtime_work(&problem.times[lane.time as usize]);
                    plan.overtime.extend(days.map(|(day, minutes, worth)| Overtime {
                        person: lane.person,
                        day: Day(day),
                        minutes: minutes.into(),
                        worth: worth.into(),
                    }));
                }
            }
        }
    }
    plan.overtime.sort_unstable();
    // A day off may be worked for several tasks.
    plan.overtime.dedup();
    plan.unplaced =
        schedule.unplaced.iter().map(|&(task, why)| (TaskId::new(task as usize), why)).collect();
    plan
}

/// What nothing can end before. Who stops it has the ends of chains of work for milestones, without the load of people:
/// nothing can end before those either.
fn earliest(problem: &Problem, heads: &Heads, watch: &dyn Watch) -> Earliest {
    let never = |task: u32| heads.never.binary_search_by_key(&task, |row| row.0).is_ok();
    let tasks = (0..problem.jobs.len() as u32)
        .map(|task| {
            let end = heads.end[task as usize];
            (end != NONE && !never(task)).then_some(Slot(end))
        })
        .collect();
    let minutes = bounds::WeekMinutes::new(problem);
    let milestones = problem
        .targets
        .par_iter()
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
            let by_chain = || {
                let tasks = problem.jobs.iter().zip(&wanted).zip(&heads.end);
                let open = tasks.filter(|((job, wanted), _)| **wanted && job.kind != JobKind::Done);
                open.map(|row| *row.1).max().unwrap_or(0).min(problem.slots)
            };
            let by_load = || bounds::earliest_by_load(problem, heads, &minutes, &wanted).earliest;
            let earliest = || if watch.stop() { by_chain() } else { by_load() };
            (is_open && placeable).then(|| Slot(earliest()))
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
