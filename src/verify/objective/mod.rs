//! The objective of a plan, every component worked out from the plan alone.
//!
//! Takes a laid-out case, gives the components of `docs/rules.md`; one component is one file.

mod balance;
mod broken_rules;
mod continuity;
mod deliverables;
mod earliness;
mod finish;
mod fit;
mod labour;
mod leads;
mod milestone_lateness;
mod overtime_aversion;
mod shot_lateness;
mod stability;
mod switches;
mod technology;
mod unscheduled;

pub(super) use broken_rules::broken;
pub(super) use finish::{AllFinishes, finishes};

use super::case::Case;
use super::verdict::BrokenRule;
use crate::model::Objective;

/// All components; `broken` has the first one item by item.
pub(super) fn objective(case: &Case<'_>, finish: &AllFinishes, broken: &[BrokenRule]) -> Objective {
    let mean = case.production.mean_day_cost();
    Objective {
        broken_rules: broken.iter().map(|broken| broken.price).sum(),
        milestone_lateness: milestone_lateness::cost(case, finish, mean),
        shot_lateness: shot_lateness::cost(case, finish, mean),
        unscheduled: unscheduled::cost(case, mean),
        labour: labour::cost(case),
        overtime_aversion: overtime_aversion::cost(case),
        continuity: continuity::cost(case, mean),
        switches: switches::cost(case, mean),
        fit: fit::cost(case, mean),
        earliness: earliness::cost(case, finish, mean),
        stability: stability::cost(case, mean),
        technology: technology::cost(case),
        balance: balance::cost(case, mean),
        leads: leads::cost(case, mean),
    }
}
