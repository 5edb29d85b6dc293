//! What a day on a milestone is worth: the weekly plan with the date a working day later, and earlier.
//!
//! Most milestones of a show are worth nothing. A later date never costs and an earlier one never saves, so what
//! a day on several milestones together is worth is at least what it is on each: where that is nothing, all of
//! them are answered at once, else each half of them is asked (Dorfman 1943, group testing).

use super::Again;
use crate::model::*;
use jiff::civil::Date;

/// What a working day on a milestone is worth to the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MilestonePrice {
    /// The milestone.
    pub milestone: MilestoneId,
    /// What a day later saves, in minor units.
    pub later: f64,
    /// What a day earlier costs, in minor units.
    pub earlier: f64,
}

/// The dearest milestones: those with the highest price of a day are asked first.
///
/// A date is no right-hand side of the program, whose rows about lateness are built anew; so there is no dual, and the
/// two values are the price.
pub(super) fn of_days(again: &Again, most: usize) -> Vec<MilestonePrice> {
    let production = again.production;
    let ids = production.milestones.ids();
    let mut asked: Vec<(i64, MilestoneId)> =
        ids.filter_map(|id| Some((price_of_a_day(production, id)?, id))).collect();
    asked.sort_unstable_by_key(|&(price, id)| (std::cmp::Reverse(price), id));
    // Each look takes two programs.
    asked.truncate(most.saturating_mul(2));
    let asked: Vec<MilestoneId> = asked.into_iter().map(|(_, id)| id).collect();
    let mut found = Vec::new();
    among(again, &asked, most, &mut found);
    let worth = |price: &MilestonePrice| price.later.max(price.earlier);
    found.sort_by(|a, b| worth(b).total_cmp(&worth(a)).then(a.milestone.cmp(&b.milestone)));
    found
}

/// Adds those of `asked` that are worth anything, the first ones first, until there are `most`.
fn among(again: &Again, asked: &[MilestoneId], most: usize, found: &mut Vec<MilestonePrice>) {
    if asked.is_empty() || found.len() >= most || !again.may_ask() {
        return;
    }
    let (later, earlier) = rayon::join(|| moved(again, asked, 1), || moved(again, asked, -1));
    again.asked();
    let worth = later.zip(earlier).map(|(later, earlier)| (later.max(0.0), (-earlier).max(0.0)));
    if worth.is_some_and(|(later, earlier)| later.max(earlier) <= again.least) {
        return;
    }
    if let [milestone] = *asked {
        let price = |(later, earlier)| MilestonePrice { milestone, later, earlier };
        found.extend(worth.map(price));
        return;
    }
    let (first, second) = asked.split_at(asked.len().div_ceil(2));
    among(again, first, most, found);
    among(again, second, most, found);
}

/// What is saved with the dates moved by a working day.
fn moved(again: &Again, ids: &[MilestoneId], days: i64) -> Option<f64> {
    let production = again.production;
    let moved = ids.iter().map(|&id| {
        let row = &production.milestones[id];
        let calendar = &production.calendars[production.shows[row.show].calendar];
        Some((id, next_worked(calendar, row.date, days)?))
    });
    let moved: Option<Vec<(MilestoneId, Date)>> = moved.collect();
    again.saved_by(&again.outline.program_with_dates(&moved?))
}

/// The next working day after (1) or before (-1) a date.
fn next_worked(calendar: &Calendar, date: Date, step: i64) -> Option<Date> {
    let mut day = date;
    for _ in 0..400 {
        day = day.checked_add(jiff::Span::new().days(step)).ok()?;
        if calendar.is_worked(day) {
            return Some(day);
        }
    }
    None
}

/// Price of a day if all of a milestone's contents are late, a hard one before all others; `None` if
/// nothing of it is open.
fn price_of_a_day(production: &Production, id: MilestoneId) -> Option<i64> {
    let row = &production.milestones[id];
    let inside =
        |entity: Entity| row.contents.iter().any(|&outer| production.contains(outer, entity));
    let mut work = 0_i64;
    for (task, _) in production.tasks.enumerate().filter(|(_, task)| inside(task.entity)) {
        work = work.saturating_add(production.work_left(task));
    }
    if work == 0 {
        return None;
    }
    let value = production.mean_day_cost().times(work, production.bid_day_minutes().max(1));
    let penalty = row.penalty_per_day.map_or(0, |penalty| penalty.0);
    let hard = if row.hard { production.mean_day_cost().0.saturating_mul(1_000) } else { 0 };
    let late = value.times(row.kind.lateness_rate(), 10_000).0;
    Some(late.saturating_add(penalty).saturating_add(hard))
}
