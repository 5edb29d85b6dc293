//! Component 9: work finished long before it is due.

use super::deliverables;
use super::finish::AllFinishes;
use crate::model::Cents;
use crate::verify::case::Case;

/// Working days before the due date that are no waste.
const GRACE: i64 = 10;

pub(super) fn cost(case: &Case<'_>, finish: &AllFinishes, mean: Cents) -> Cents {
    let mut cost = Cents::ZERO;
    deliverables::each(case, finish, |thing| {
        if let Some(day) = case.finish_day(thing.finish) {
            let due = case.clock.offset(thing.due);
            let early = case.show_days(thing.show).between(day, due);
            cost += mean.times((early - GRACE).max(0), 100);
        }
    });
    cost
}
