//! `crew-for`: from files to what makes a date.

use super::levers::{
    Asked, QuestionError, ask, basis_points, bill, heading_until_stopped, milestone, no_plan,
    purchases,
};
use super::until::Until;
use super::{Answered, Request};
use crate::compare::{self, Goal, Raised, Round};
use crate::model::{DepartmentId, PoolId};
use crate::result::{
    BillRow, CrewForAnswer, FullPoolRow, LimitRow, PaceRow, RaisedRow, ShortRow, TryRow,
};
use crate::solve::Watch;
use jiff::civil::Date;
use std::path::Path;

/// Plans that share the time.
const PLANS: u32 = 5;

/// Reads and checks a show, and finds the cheapest mix of hires, longer contracts, overtime and vendors
/// that finishes the milestone `name` by the end of `by`; see [`compare::crew_for`].
///
/// # Errors
/// When the files cannot be read, or the show has no such milestone.
pub fn crew_for(
    show: &Path,
    name: Option<&str>,
    by: Date,
    request: &Request,
    watch: &dyn Watch,
) -> Result<Answered<CrewForAnswer>, QuestionError> {
    let watch = &Until::new(request, watch);
    let Asked { mut production, options } = match ask(show, request, PLANS)? {
        Ok(asked) => asked,
        Err(answer) => return Ok(answer),
    };
    let (as_of, last) = (production.settings.as_of, production.timeline().last());
    if by < as_of || by > last {
        let text = format!(
            "--by {by} is no day that can be planned: the plan is as of {as_of} and ends {last}; write a day \
             between them, or move horizon_end of the show"
        );
        return Err(QuestionError::Call(text));
    }
    let id = milestone(&mut production, name)?;
    let found = match compare::crew_for(&production, id, by, &options, watch) {
        Ok(found) => found,
        Err(trouble) => return Ok(no_plan(trouble)),
    };
    let goal = Goal::of(&production, id);
    let paced = |&(department, share): &(DepartmentId, f64)| PaceRow {
        department: production.departments[department].code.clone(),
        share: basis_points(share),
    };
    let row = |round: &Round| TryRow {
        asked: round.asked,
        paced: round.pace.iter().map(paced).collect(),
        weekly_cost: round.cost.round() as i64,
        weekly_bound: round.bound.floor() as i64,
        hires: round.bought.hires.iter().map(|row| row.heads).sum(),
        moves: round.bought.moves.len() as u32,
        extensions: round.bought.extensions.len() as u32,
        sent_out: round.bought.orders.iter().map(|row| row.tasks.len() as u32).sum(),
        split: round.bought.splits.len() as u32,
        planned: round.planned,
        late: round.planned.map(|finish| goal.days_between(&production, by, finish)),
        cost: round.bill.total().0,
        trimmed: round.trimmed,
    };
    let told = found.best.or(found.nearest).and_then(|at| found.rounds.get(at));
    let is_there = found.base.is_some_and(|finish| finish <= by);
    let short = |&(department, days): &(DepartmentId, f64)| ShortRow {
        department: production.departments[department].code.clone(),
        days: tenths(days),
        crew_cap: production.departments[department].curve.cap_on(by),
    };
    let full = |&(pool, from, to): &(PoolId, Date, Date)| FullPoolRow {
        pool: production.pools[pool].code.clone(),
        from,
        to,
    };
    let raised = |row: &Raised| RaisedRow {
        limits: row
            .limits
            .iter()
            .map(|limit| LimitRow {
                department: production.departments[limit.department].code.clone(),
                heads: limit.heads,
                crew_cap: limit.crew_cap,
                raised_by: limit.raised_by,
            })
            .collect(),
        short: tenths(row.missing.0),
        short_without: tenths(row.missing.1),
        date: row.planned,
        late: row.planned.map(|finish| goal.days_between(&production, by, finish)),
        cost: row.bill.total().0,
    };
    Ok(Answered::Answer(CrewForAnswer {
        heading: heading_until_stopped(&production, options.mode, watch),
        milestone: production.milestones[id].code.clone(),
        by,
        planned: found.base,
        efc: found.base_efc.0,
        makes_it: found.best.is_some() || is_there,
        earliest_possible: found.earliest,
        date: told.map_or(found.base, |round| round.planned),
        purchases: told.map_or(Vec::new(), |round| purchases(&production, &round.bought)),
        cost: told.map_or(BillRow::default(), |round| bill(&round.bill)),
        short: match found.best {
            Some(_) => Vec::new(),
            None => found.short.iter().map(short).collect(),
        },
        full: match found.best {
            Some(_) => Vec::new(),
            None => found.full.iter().map(full).collect(),
        },
        raised: found.raised.as_ref().map(raised),
        gap: told.map_or(0, |round| basis_points(round.gap)),
        tries: found.rounds.iter().map(row).collect(),
    }))
}

fn tenths(days: f64) -> f64 {
    (days * 10.0).round() / 10.0
}
