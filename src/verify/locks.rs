//! Rule 9: locked people stay.

use super::case::Case;
use super::verdict::{Rule, Violation};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (part, person) in case.worked_parts() {
        let row = &case.production.tasks[part.task];
        let holds = row.lock.holds_person() && !row.assigned.is_empty() && row.vendor.is_none();
        if holds && !row.assigned.contains(&person) {
            let locked: Vec<&str> = row
                .assigned
                .iter()
                .filter_map(|&person| case.production.people.get(person))
                .map(|row| row.code.as_str())
                .collect();
            let (name, locked) = (case.person(person), locked.join(", "));
            let message = format!("{name} works on it, but it is locked to {locked}");
            found.push(case.on_task(Rule::Locks, part.task, Some(person), message));
        }
    }
}
