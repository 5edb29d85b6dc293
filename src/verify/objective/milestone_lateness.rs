//! Component 1: value that is late against a milestone, and contract penalties.

use super::deliverables::due_of;
use super::finish::{AllFinishes, Things};
use crate::model::{Cents, Entity, Status};
use crate::verify::case::Case;

pub(super) fn cost(case: &Case<'_>, finish: &AllFinishes, mean: Cents) -> Cents {
    let production = case.production;
    let mut bids = Things::new(production, 0_i64);
    for task in production.tasks.iter().filter(|task| task.status != Status::Omit) {
        let bid = bids.of_mut(task.entity);
        *bid = bid.saturating_add(task.bid);
    }
    let mut cost = Cents::ZERO;
    for (id, milestone) in production.milestones.enumerate() {
        let rate = milestone.kind.lateness_rate();
        for &item in &finish.contents[id] {
            // What is due itself by then is charged as such.
            if due_of(case, item).is_some_and(|due| due <= milestone.date) {
                continue;
            }
            let days = case.days_late(milestone.show, *finish.things.of(item), milestone.date);
            if days > 0 {
                let value = value(case, item, *bids.of(item), mean);
                cost += value.times(rate * days, 10_000);
            }
        }
        if let Some(penalty) = milestone.penalty_per_day {
            let days = case.days_late(milestone.show, finish.milestones[id], milestone.date);
            cost += penalty.by(days);
        }
    }
    cost
}

/// What the client pays for a shot, else what its bid is worth.
fn value(case: &Case<'_>, item: Entity, bid: i64, mean: Cents) -> Cents {
    let award = match item {
        Entity::Shot(id) => case.production.shots[id].award,
        Entity::Asset(_) | Entity::Sequence(_) | Entity::Show(_) => None,
    };
    award.unwrap_or_else(|| mean.times(bid, case.production.bid_day_minutes().max(1)))
}
