//! Whether the crew is heading into crunch: the long weeks of the plan, and what it would take to do without.

use super::outsource::effect;
use super::tried::unless_stopped;
use super::{Effect, Options, Tried, Trouble};
use crate::forecast::hours::{LongWeek, long_weeks};
use crate::model::*;
use crate::solve::Watch;

/// The same production planned with shorter weeks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Calmer {
    /// Nobody works overtime; else nobody more than 48 hours a week.
    pub without_overtime: bool,
    /// Pay of what overtime is left.
    pub overtime: Cents,
    /// Minutes of it.
    pub minutes: i64,
    /// What becomes of the production.
    pub effect: Effect,
}

/// How long the weeks of a plan are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crunch {
    /// Weeks with overtime.
    pub weeks: Vec<LongWeek>,
    /// Pay of all overtime.
    pub overtime: Cents,
    /// What becomes of the production.
    pub effect: Effect,
    /// The ways to do with less; none where there is no overtime.
    pub calmer: Vec<Calmer>,
}

/// Plans a production, and again with shorter weeks where it has overtime. Where the plan with shorter weeks is the
/// better one, the search with long ones goes on from it: overtime that brings nothing is not an answer.
///
/// # Errors
/// When a plan does not pass the independent check, or the search was stopped before the first. Stopped later, it gives
/// what was found until then.
pub fn crunch(
    production: &Production,
    options: &Options,
    watch: &dyn Watch,
) -> Result<Crunch, Trouble> {
    let all: Vec<TaskId> = production.tasks.ids().collect();
    let mut base = Tried::unproven(production.clone(), options, watch)?;
    let weeks = long_weeks(production, &base.solved.plan);
    let pay = |tried: &Tried| tried.forecast.overtime.iter().copied().sum();
    let mut calmer = Vec::new();
    let mut ways = Vec::new();
    if weeks.iter().any(|week| week.minutes > WEEK_ON_AVERAGE) {
        let mut shorter = production.clone();
        shorter.people.iter_mut().for_each(|person| person.opted_out = false);
        ways.push((false, shorter, options.mode));
    }
    if !weeks.is_empty() {
        ways.push((true, production.clone(), Mode::NoOvertime));
    }
    for (without_overtime, mut changed, mode) in ways {
        if watch.stop() {
            break;
        }
        changed.settings.mode = mode;
        let (asked, options) = (options, Options { mode, ..*options });
        let tried = Tried::unproven(changed, &options, watch);
        let Some(tried) = unless_stopped(tried)? else { break };
        base = base.no_worse_than(&tried, asked, watch)?;
        let minutes = tried.solved.plan.overtime.iter().map(|row| i64::from(row.minutes)).sum();
        calmer.push(Calmer {
            without_overtime,
            overtime: pay(&tried),
            minutes,
            effect: effect(&tried, &all, Cents::ZERO),
        });
    }
    // The plan may have come to do with less itself.
    let weeks = long_weeks(production, &base.solved.plan);
    let longest = weeks.iter().map(|week| week.minutes).max().unwrap_or(0);
    calmer.retain(|way| longest > if way.without_overtime { 0 } else { WEEK_ON_AVERAGE });
    Ok(Crunch { weeks, overtime: pay(&base), effect: effect(&base, &all, Cents::ZERO), calmer })
}
