//! Rule 10: nothing begins before it may.

use super::case::Case;
use super::verdict::{Rule, Violation};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for part in case.parts.iter().filter(|part| part.sound) {
        let earliest = case.earliest(part.task);
        if part.start() < earliest {
            let (begins, may) =
                (case.clock.begin_words(part.start()), case.clock.begin_words(earliest));
            let message = format!("begins on {begins}, but may not before {may}");
            found.push(case.on_task(Rule::EarliestStart, part.task, part.person(), message));
        }
    }
}
