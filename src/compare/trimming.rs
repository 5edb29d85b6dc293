//! What a mix could do without: one purchase less, or a week less of it; or a week more of who is there already.
//!
//! The weekly program sees departments and weeks, and each try of it a little less of what people can do: what
//! made the date may be more than it takes. Whoever has the mix plans each of these and keeps what is cheaper.

use super::order;
use crate::model::*;
use crate::solve::levers::{Bought, Hire, Order};

/// Mixes that differ from one by a single decision, what saves most at its terms first; a move that goes on for
/// a week more comes last, as what it saves is the pay of others.
pub(super) fn next_to(production: &Production, bought: &Bought) -> Vec<Bought> {
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
        let longer = row.to.saturating_add(week);
        if longer <= production.timeline().last() {
            let mut other = bought.clone();
            other.moves[at].to = longer;
            found.push((0, other));
        }
    }
    found.sort_by_key(|(saved, _)| std::cmp::Reverse(*saved));
    found.into_iter().map(|(_, other)| other).collect()
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
