//! Rule 10: nothing begins or ends before it may.

use super::case::{Case, Place};
use super::verdict::{Rule, Violation};
use crate::model::DateRule;

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for part in case.parts.iter().filter(|part| part.sound) {
        let earliest = case.earliest(part.task);
        if part.start() < earliest {
            let (begins, may) =
                (case.clock.begin_words(part.start()), case.clock.begin_words(earliest));
            let message = format!("begins on {begins}, but may not before {may}");
            found.push(case.on_task(Rule::Earliest, part.task, part.person(), message));
        }
    }
    for (task, place) in case.places.enumerate() {
        let &Place::Worked { end, .. } = place else { continue };
        let finish = case.clock.finish_date(end);
        for rule in &case.date_rules[task] {
            if let DateRule::MustFinishOn(on) | DateRule::FinishNoEarlierThan(on) = *rule
                && finish < on
            {
                let message = format!("ends on {finish}, but may not before {on}");
                found.push(case.on_task(Rule::Earliest, task, None, message));
            }
        }
    }
}
