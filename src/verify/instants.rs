//! Rule 13: what needs no work happens as early as it can.

use super::case::{Case, Place};
use super::order::bounds;
use super::verdict::{Rule, Violation};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (task, place) in case.places.enumerate() {
        let Place::Instant(at) = *place else { continue };
        if case.production.work_left(task) > 0 {
            continue;
        }
        let waits = case.waits_for(task);
        let is_placed = |place: Place| matches!(place, Place::Worked { .. } | Place::Instant(_));
        // Without a place for all that it waits for, no time is right: rules 1 and 11 say so.
        if !waits.iter().all(|edge| is_placed(case.places[edge.from])) {
            continue;
        }
        let mut earliest = case.earliest(task);
        for edge in waits {
            let (start, end) = bounds(case, edge, None, true);
            earliest = earliest.max(start.unwrap_or(0)).max(end.unwrap_or(0));
        }
        if at != earliest {
            let (at, right) = (case.clock.begin_words(at), case.clock.begin_words(earliest));
            let message = format!("needs no work and happens on {at}; the first moment is {right}");
            found.push(case.on_task(Rule::Instants, task, None, message));
        }
    }
}
