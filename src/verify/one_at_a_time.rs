//! Rule 4: on each lane a person does one thing at a time.

use super::case::Case;
use super::verdict::{Rule, Violation};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    // Every run of every part by person and lane; in that order each run is compared with the one
    // that reaches furthest among those before it.
    let mut runs = Vec::with_capacity(case.parts.len());
    for (row, part) in case.parts.iter().enumerate().filter(|(_, part)| part.sound) {
        let Some(person) = part.person() else { continue };
        for segment in part.segments {
            runs.push((person, part.lane, segment.start.0, segment.end.0, row));
        }
    }
    runs.sort_unstable();
    let Some(mut furthest) = runs.first().copied() else { return };
    for &run in runs.iter().skip(1) {
        let (person, lane, start, end, row) = run;
        let same_lane = (furthest.0, furthest.1) == (person, lane);
        // A part's own runs never overlap: that is a matter of form.
        if same_lane && start < furthest.3 && row != furthest.4 {
            let part = &case.parts[row];
            let other = case.task(case.parts[furthest.4].task);
            let (name, date) = (case.person(person), case.clock.start_date(start));
            let message = format!("{name} also works on {other} on {date}");
            found.push(case.on_task(Rule::OneAtATime, part.task, Some(person), message));
        }
        if !same_lane || end > furthest.3 {
            furthest = run;
        }
    }
}
