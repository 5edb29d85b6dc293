//! The earliest date for a crew: the detailed plan with the milestone before all else, and what no plan
//! of that crew can beat.

use super::tried::unless_stopped;
use super::{Bill, Goal, Options, Tried, Trouble};
use crate::model::*;
use crate::scenario::{Change, apply};
use crate::solve::Watch;
use crate::solve::levers::{Bought, Hire};
use jiff::civil::Date;

/// The date of a crew.
#[derive(Clone, Debug)]
pub struct DateFor {
    /// When the work ends with the crew as it is and as it is planned.
    pub base: Option<Date>,
    /// What the production costs as it is.
    pub base_efc: Cents,
    /// When the crew as it is could end it, the milestone before all else.
    pub as_it_is: Option<Date>,
    /// When the changed crew ends it, the milestone before all else.
    pub finish: Option<Date>,
    /// What no plan of the changed crew can beat.
    pub bound: Option<Date>,
    /// Cost of the changed crew beyond the plan as it is.
    pub bill: Bill,
}

/// The earliest end of a milestone found with a changed crew.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first.
pub fn date_for(
    production: &Production,
    milestone: MilestoneId,
    crew: &[Change],
    options: &Options,
    watch: &dyn Watch,
) -> Result<DateFor, Trouble> {
    let goal = Goal::of(production, milestone);
    let base = Tried::unproven(production.clone(), options, watch)?;
    let as_it_is = first(production, &goal, base.earliest(&goal), options, watch)?;
    let changed = apply(production, crew);
    let soft = Tried::unproven(changed.clone(), options, watch)?;
    let bound = soft.earliest(&goal);
    let hard = first(&changed, &goal, bound, options, watch)?;
    // Whichever of the two plans ends first.
    let key = |tried: &Tried| tried.finish(&goal).unwrap_or(Date::MAX);
    let mut best = if key(&hard) <= key(&soft) { hard } else { soft };
    if key(&best) > key(&as_it_is) {
        // More people are not to end it later.
        let changed = first_at(&changed, &goal, bound);
        let again = unless_stopped(Tried::going_on(changed, &as_it_is, options, watch))?;
        best = again.filter(|again| key(again) < key(&best)).unwrap_or(best);
    }
    let bought = Bought { hires: crew.iter().filter_map(hire).collect(), ..Bought::default() };
    Ok(DateFor {
        base: base.finish(&goal),
        base_efc: base.efc(),
        as_it_is: as_it_is.finish(&goal).min(base.finish(&goal)).or(base.finish(&goal)),
        finish: best.finish(&goal),
        bound,
        // Who has no last day leaves when the work is done.
        bill: Bill::of(&base, &best, &bought, best.finish(&goal).unwrap_or(Date::MAX)),
    })
}

/// The plan with the milestone before all else.
fn first(
    production: &Production,
    goal: &Goal,
    earliest: Option<Date>,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Tried, Trouble> {
    Tried::unproven(first_at(production, goal, earliest), options, watch)
}

/// The production with the milestone hard at the earliest day there is.
fn first_at(production: &Production, goal: &Goal, earliest: Option<Date>) -> Production {
    let date = earliest.unwrap_or(production.milestones[goal.milestone].date);
    let change = Change::MoveDate { milestone: goal.milestone, date, hard: true };
    apply(production, &[change])
}

fn hire(change: &Change) -> Option<Hire> {
    match *change {
        Change::Hire { department, heads, from, to } => {
            Some(Hire { department, terms: 0, heads, from, to: to.unwrap_or(Date::MAX) })
        }
        _ => None,
    }
}
