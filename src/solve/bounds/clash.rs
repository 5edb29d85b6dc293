//! Whether all hard dates of a problem can hold, as far as relaxations can tell.

use super::{Windows, at_the_earliest, critical_path::Forward};
use crate::formulate::energy::energy;
use crate::formulate::{JobKind, Problem};
use crate::model::{Cents, Unplaced};
use crate::solve::linear::{self, Settings};

/// What proves that not all hard dates can hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clash {
    /// Chains of work take too long, even with unlimited crew.
    Chain,
    /// There is more work in some windows than the people who can do it have time.
    Load,
}

/// Work that stays undone counts from here on: below, it may be rounding.
const LEAST_UNDONE: f64 = 1e-4;

/// A proof that some hard milestone or date rule breaks, or some work finds no place, in every plan;
/// `None` if neither the critical path nor the load of the people proves it.
pub fn clash(problem: &Problem) -> Option<Clash> {
    let forward = Forward::new(problem);
    clash_of_chains(problem, &forward).or_else(|| clash_of_load(problem, &forward))
}

/// What the critical path alone proves.
pub fn clash_of_chains(problem: &Problem, forward: &Forward) -> Option<Clash> {
    let heads = forward.heads();
    let no_place =
        |&(_, why): &(u32, Unplaced)| matches!(why, Unplaced::NobodyCan | Unplaced::NoTimeLeft);
    let breaks = at_the_earliest(problem, heads).broken_rules > Cents::ZERO;
    (breaks || heads.never.iter().any(no_place)).then_some(Clash::Chain)
}

/// What the windows of all tasks prove together, where no chain does.
pub fn clash_of_load(problem: &Problem, forward: &Forward) -> Option<Clash> {
    let windows = Windows::new(problem, forward);
    for (task, job) in problem.jobs.iter().enumerate() {
        let is_bound = !matches!(job.kind, JobKind::Done | JobKind::Hold);
        let too_late = windows.first[task] > windows.last_start[task]
            || forward.heads().end[task] > windows.end[task];
        if is_bound && too_late {
            return Some(Clash::Chain);
        }
    }
    let program = energy(problem, |task| (windows.first[task], windows.end[task]))?;
    let answer = linear::solve(&program, &Settings::default());
    (answer.safe_bound() > LEAST_UNDONE).then_some(Clash::Load)
}
