//! What a mix could do without: one purchase less, or a week less of it, or who is there already in place of it.
//!
//! The weekly program sees departments and weeks, and each try of it a little less of what people can do: what
//! made the date may be more than it takes. Whoever has the mix plans each of these and keeps what is cheaper.

use super::order;
use crate::model::*;
use crate::solve::levers::{Asking, Bought, Hire, Moved, Order};
use jiff::civil::Date;

/// Somebody who can be moved.
pub(super) struct Movable {
    person: PersonId,
    /// A row of [`Production::moves`].
    terms: u32,
    /// Where they help.
    department: DepartmentId,
    /// The first Monday on which they can be there.
    earliest: Date,
}

/// Who can be moved in the weekly program of a date.
pub(super) fn movable(
    asking: &Asking,
    wanted: &Keyed<TaskId, bool>,
    by: Date,
    shared: f64,
) -> Vec<Movable> {
    if asking.production().moves.is_empty() {
        return Vec::new();
    }
    let question = asking.question(wanted, by, shared);
    let rows = question.moves.iter().flat_map(|row| {
        let (terms, department) = (row.to.terms, row.to.department);
        let earliest = asking.timeline().monday(row.to.earliest);
        row.people.iter().map(move |&person| Movable { person, terms, department, earliest })
    });
    rows.collect()
}

/// Mixes that differ from one by a single decision, what saves most at its terms first; moves in other weeks come
/// last, as what they save is the pay of others.
pub(super) fn next_to(
    production: &Production,
    bought: &Bought,
    movable: &[Movable],
) -> Vec<Bought> {
    let mut found: Vec<(i64, Bought)> = Vec::new();
    let week = jiff::Span::new().days(7);
    for (at, hire) in bought.hires.iter().enumerate() {
        let terms = hire.terms(production);
        let weeks = days_between(hire.from, hire.to) / 7 + 1;
        let rate = production.hire_day_cost(&terms, hire.from).0.saturating_mul(5);
        let with = |row: Option<Hire>, one_less: Option<Hire>| {
            let mut other = bought.clone();
            other.hires.splice(at..=at, one_less.into_iter().chain(row));
            other
        };
        let fewer = (hire.heads > 1).then(|| Hire { heads: hire.heads - 1, ..*hire });
        let saved = rate.saturating_mul(weeks).saturating_add(terms.onboarding.0);
        found.push((saved, with(fewer, None)));
        if weeks > i64::from(terms.min_weeks.max(1)) {
            let shorter = Hire { heads: 1, to: hire.to.saturating_sub(week), ..*hire };
            found.push((rate, with(fewer, Some(shorter))));
        }
        for row in instead(production, bought, hire, movable) {
            let mut other = with(fewer, None);
            other.moves.push(row);
            other.moves.sort_by_key(|row| (row.person, row.from));
            let cost = production.moves[row.terms as usize].cost.0;
            found.push((saved.saturating_sub(cost), other));
        }
    }
    for (at, row) in bought.orders.iter().enumerate() {
        let whole = order(production, row.vendor, &row.tasks);
        for tasks in without_one(production, row) {
            let saved = whole - order(production, row.vendor, &tasks);
            let mut other = bought.clone();
            match tasks.is_empty() {
                true => drop(other.orders.remove(at)),
                false => other.orders[at].tasks = tasks,
            }
            found.push((saved.0, other));
        }
    }
    for (at, row) in bought.extensions.iter().enumerate() {
        let mut other = bought.clone();
        other.extensions.remove(at);
        found.push((production.day_cost(row.person, row.to).0.saturating_mul(5), other));
    }
    for (at, row) in bought.moves.iter().enumerate() {
        let Some(terms) = production.moves.get(row.terms as usize) else { continue };
        let mut other = bought.clone();
        other.moves.remove(at);
        found.push((terms.cost.0.max(1), other));
    }
    found.sort_by_key(|(saved, _)| std::cmp::Reverse(*saved));
    let found = found.into_iter().map(|(_, other)| other);
    found.chain(with_other_weeks(production, bought, movable)).collect()
}

/// The same mix with one of those who move a week earlier, for a week more or for a week less: what that saves is
/// the pay of others.
pub(super) fn with_other_weeks(
    production: &Production,
    bought: &Bought,
    movable: &[Movable],
) -> Vec<Bought> {
    let mut found = Vec::new();
    let week = jiff::Span::new().days(7);
    for (at, row) in bought.moves.iter().enumerate() {
        let Some(terms) = production.moves.get(row.terms as usize) else { continue };
        let may = |other: &&Movable| (other.person, other.terms) == (row.person, row.terms);
        let earliest = movable.iter().find(may).map_or(row.from, |other| other.earliest);
        let (earlier, sooner) = (row.from.saturating_sub(week), row.to.saturating_sub(week));
        let (later, longer) = (row.from.saturating_add(week), row.to.saturating_add(week));
        let least = i64::from(terms.min_weeks.max(1)) * 7;
        let least = least.min(days_between(row.from, row.to) + 1);
        for (from, to) in [
            (row.from, longer),
            (earlier, row.to),
            (earlier, sooner),
            (row.from, sooner),
            (later, row.to),
        ] {
            let mut other = bought.clone();
            other.moves.remove(at);
            let is_in_time = from >= earliest && to <= production.timeline().last();
            let is_long_enough = from <= to && days_between(from, to) + 1 >= least;
            if is_in_time && is_long_enough && is_free(&other, row.person, from, to) {
                other.moves.insert(at, Moved { from, to, ..*row });
                found.push(other);
            }
        }
    }
    found
}

/// Whether somebody is where they always are from one day to another.
fn is_free(bought: &Bought, person: PersonId, from: Date, to: Date) -> bool {
    let mut own = bought.moves.iter().filter(|row| row.person == person);
    own.all(|row| row.to < from || to < row.from)
}

/// Moves that stand in for one who is hired, one for each of the terms there are.
fn instead(
    production: &Production,
    bought: &Bought,
    hire: &Hire,
    movable: &[Movable],
) -> Vec<Moved> {
    let mut found: Vec<Moved> = Vec::new();
    for row in movable.iter().filter(|row| row.department == hire.department) {
        let terms = &production.moves[row.terms as usize];
        let there = bought.moves.iter().filter(|other| other.terms == row.terms).count();
        let is_full = terms.most > 0 && there >= terms.most as usize;
        if is_full || found.iter().any(|other| other.terms == row.terms) {
            continue;
        }
        let from = hire.from.max(row.earliest);
        let least = i64::from(terms.min_weeks.max(1)) * 7 - 1;
        let to = hire.to.max(from.saturating_add(jiff::Span::new().days(least)));
        if to <= production.timeline().last() && is_free(bought, row.person, from, to) {
            found.push(Moved { person: row.person, terms: row.terms, from, to });
        }
    }
    found
}

/// The order without each of its tasks, or where a vendor takes whole sequences without each department's work
/// in one.
fn without_one(production: &Production, order: &Order) -> Vec<Vec<TaskId>> {
    let key = |id: TaskId| {
        let task = &production.tasks[id];
        let sequence = match task.entity {
            Entity::Shot(shot) => Some(production.shots[shot].sequence),
            _ => None,
        };
        match production.vendors[order.vendor].whole_sequences {
            true => (sequence, Some(task.department), None),
            false => (None, None, Some(id)),
        }
    };
    let mut keys: Vec<_> = order.tasks.iter().map(|id| key(*id)).collect();
    keys.sort_unstable();
    keys.dedup();
    let without = |left_out: &_| -> Vec<TaskId> {
        order.tasks.iter().copied().filter(|id| key(*id) != *left_out).collect()
    };
    keys.iter().map(without).collect()
}
