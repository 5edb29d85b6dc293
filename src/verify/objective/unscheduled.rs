//! Component 3: work without a place.

use crate::model::Cents;
use crate::verify::case::{Case, Place};

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let bid_day = case.production.bid_day_minutes().max(1);
    case.places
        .enumerate()
        .filter(|(_, place)| matches!(place, Place::Unplaced | Place::Absent))
        .map(|(task, _)| mean.by(5).times(case.production.work_left(task).max(0), bid_day))
        .sum()
}
