//! Short plans: of a small part of a production, or of a production that was changed a little.
//!
//! No bounds and no linear program: for questions that are asked many times over ("would it fit
//! without this rule?"). Counted in steps, so that answers are the same on any machine.

use super::engine::evaluate::Evaluator;
use super::engine::improve::{Control, improve};
use super::engine::later_starts;
use super::engine::ledger::Links;
use super::engine::place::Urgency;
use super::engine::priorities;
use super::engine::schedule::{MOST_PARTS, Part, Schedule};
use super::engine::standing::Setting;
use super::engine::trial::Incumbent;
use super::first_plans::first_plan;
use super::planning::to_plan;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::*;

/// A plan that was tried.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The plan.
    pub plan: Plan,
    /// Its objective, as the search saw it.
    pub objective: Objective,
}

/// How far a short search may go.
#[derive(Clone, Copy)]
pub struct Short<'a> {
    /// Steps at most.
    pub steps: u64,
    /// It ends once this says so, too.
    pub is_over: &'a (dyn Fn() -> bool + Sync),
}

/// The best of the first plans, improved by at most so many steps as long as hard rules break or work
/// has no place.
pub fn plan_shortly(problem: &Problem, steps: u64, seed: u64) -> Tried {
    let lengths = priorities::usual_lengths(problem);
    let (mut best, urgency) = first_plan(problem, &lengths);
    let keeps_all = |objective: &Objective| {
        objective.broken_rules == Cents::ZERO && objective.unscheduled == Cents::ZERO
    };
    if steps > 0 && !keeps_all(&best.objective) {
        let short = Short { steps, is_over: &|| false };
        improved(problem, (&lengths, &urgency), &mut best, Cents::ZERO, short, seed);
    }
    tried(problem, best)
}

/// Plans `changed` from a schedule of the same tasks before the change: what still has its place
/// begins there. Stops where `short` does, or as soon as the value has fallen by `gain`, so that
/// the plan stays near the one it came from. `None` where a task of the schedule has no such place any
/// more.
pub fn plan_again(
    changed: &Problem,
    before: &Schedule,
    gain: Cents,
    short: Short<'_>,
    seed: u64,
) -> Option<Tried> {
    let lengths = priorities::usual_lengths(changed);
    let urgency = priorities::urgency(changed, &lengths, false);
    let mut schedule = Schedule::new(changed);
    for task in 0..changed.jobs.len() as u32 {
        let (job, parts) = (&changed.jobs[task as usize], before.parts_of(task));
        let fits = match job.kind {
            JobKind::Done | JobKind::Hold => continue,
            JobKind::Instant => parts.is_empty(),
            JobKind::Vendor(..) => parts.iter().all(|part| part.lane == NONE),
            JobKind::People => {
                parts.len() <= job.parts.min(MOST_PARTS) as usize
                    && parts.iter().all(|part| part.lane != NONE)
            }
        };
        if !fits {
            return None;
        }
        if let (JobKind::Vendor(_, length), [part]) = (job.kind, parts) {
            // Its time may have changed with the capacity of its vendor.
            let calendar = &changed.calendars[job.calendar as usize];
            let (start, end) = calendar.run(part.start, length)?;
            schedule.set(task, start, end, &[Part { from: start, to: end, start, end, ..*part }]);
        } else if before.is_placed(task) {
            schedule.set(task, before.start[task as usize], before.end[task as usize], parts);
        }
    }
    schedule.list_unplaced(changed);
    let objective = Evaluator::default().evaluate(changed, &schedule);
    let mut best = Incumbent { schedule, objective, value: objective.total(&changed.multipliers) };
    if short.steps > 0 {
        let enough = Cents(best.value.0.saturating_sub(gain.0));
        improved(changed, (&lengths, &urgency), &mut best, enough, short, seed);
    }
    Some(tried(changed, best))
}

fn improved(
    problem: &Problem,
    (lengths, urgency): (&[i32], &Urgency),
    best: &mut Incumbent,
    enough: Cents,
    mut short: Short<'_>,
    seed: u64,
) {
    let latest_start = priorities::latest_start_slots(problem, lengths, urgency);
    improve(problem, urgency, &latest_start, best, seed, enough, &mut short);
    let links = Links::new(problem);
    let setting = Setting { problem, links: &links, urgency, latest_start: &latest_start };
    later_starts::move_later(setting, best);
}

fn tried(problem: &Problem, best: Incumbent) -> Tried {
    let objective = Evaluator::default().evaluate(problem, &best.schedule);
    Tried { plan: to_plan(problem, &best.schedule), objective }
}

impl Control for Short<'_> {
    fn used(&mut self, steps: u64, _: Cents) -> Option<f64> {
        (steps < self.steps && !(self.is_over)()).then(|| steps as f64 / self.steps as f64)
    }
    fn steps_left(&self, steps: u64) -> u64 {
        self.steps.saturating_sub(steps)
    }
    fn stays_near(&self) -> bool {
        true
    }
}
