//! Component 2: shots, assets and tasks later than their own due dates.

use super::deliverables;
use super::finish::AllFinishes;
use crate::model::Cents;
use crate::verify::case::Case;

pub(super) fn cost(case: &Case<'_>, finish: &AllFinishes, mean: Cents) -> Cents {
    let mut cost = Cents::ZERO;
    deliverables::each(case, finish, |thing| {
        let days = case.days_late(thing.show, thing.finish, thing.due);
        cost += mean.times(thing.factor * days, 2);
    });
    cost
}
