//! Lower bounds: what no plan can beat, whatever it does.
//!
//! Each bound drops some rules and keeps the rest exactly, so that every valid plan (also one made by
//! hand, also one with overtime) is still among what it looks at.

mod changes;
mod clash;
mod critical_path;
mod load;
mod priced;
mod windows;

pub use changes::changes;
pub use clash::{Clash, clash, clash_of_chains, clash_of_load};
pub use critical_path::{Forward, Heads, heads};
pub use load::{Loaded, WeekMinutes, earliest_by_load};
pub use priced::{TimePrice, at_prices};
pub use windows::Windows;

use super::engine::evaluate::Evaluator;
use super::engine::schedule::Schedule;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::Objective;

/// A bound on the objective by component: every task where the critical path puts it at the
/// earliest, nothing else counted.
///
/// Lateness only grows with finish dates, so that lateness at the earliest possible finishes is
/// never above that of a plan. Pay, comfort and earliness are bounded by 0. Work that no plan can
/// place is charged.
pub fn at_the_earliest(problem: &Problem, heads: &Heads) -> Objective {
    let tasks = problem.jobs.len();
    let mut schedule = Schedule {
        start: heads.start.clone(),
        end: heads.end.clone(),
        parts: Vec::new(),
        first_part: vec![0; tasks],
        part_count: vec![0; tasks],
        unplaced: heads.never.clone(),
    };
    for &(task, _) in &heads.never {
        schedule.start[task as usize] = NONE;
        schedule.end[task as usize] = NONE;
    }
    let judged = Evaluator::default().evaluate(problem, &schedule);
    Objective {
        broken_rules: judged.broken_rules,
        milestone_lateness: judged.milestone_lateness,
        shot_lateness: judged.shot_lateness,
        unscheduled: judged.unscheduled,
        ..Objective::default()
    }
}

/// Fewest slots in which a task can be done: in all its parts at once, by the fastest who can, on days as
/// long as they may be.
pub fn fewest_slots(problem: &Problem, task: usize) -> u32 {
    let job = &problem.jobs[task];
    match job.kind {
        JobKind::Vendor(_, length) => length,
        JobKind::People => {
            let work = job.work.div_ceil(u64::from(job.parts.max(1)));
            let slots = problem.crews[job.crew as usize].iter().map(|candidate| {
                let room = problem.lanes[candidate.lane as usize].overtime;
                let longest = match room.day {
                    0 => 10_000,
                    day => 10_000.max(day * 10_000 / room.full_day.max(1) + 1),
                };
                problem.need(work, candidate.rate).div_ceil(longest as u64) as u32
            });
            slots.min().unwrap_or(0)
        }
        JobKind::Done | JobKind::Hold | JobKind::Instant => 0,
    }
}
