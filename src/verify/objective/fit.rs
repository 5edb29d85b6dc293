//! Component 8: senior artists on simple shots.

use crate::model::{Cents, Class, Entity};
use crate::verify::case::Case;

/// Level in thousandths from which simple work is a waste.
const SENIOR: i64 = 1_250;

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let production = case.production;
    let per_day = case.clock.per_day;
    let mut cost = Cents::ZERO;
    for (part, person) in case.worked_parts() {
        let Entity::Shot(shot) = production.tasks[part.task].entity else { continue };
        if production.shots[shot].class != Some(Class::A) {
            continue;
        }
        let level = production.level_for(person, part.task);
        let (true, Some(lane)) = (level.is_some_and(|level| level >= SENIOR), case.lane(part))
        else {
            continue;
        };
        let time = |run: &crate::model::Interval| lane.base.sum(run.start.0, run.end.0, per_day);
        let share_slots: u64 = part.segments.iter().map(time).sum();
        cost += mean.times(share_slots as i64, 200_000 * i64::from(per_day));
    }
    cost
}
