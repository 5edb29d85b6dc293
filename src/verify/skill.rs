//! Rule 7: people do what they can do.

use super::case::Case;
use super::verdict::{Rule, Violation};
use crate::model::{PersonId, TaskId};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    for (part, person) in case.worked_parts() {
        if case.production.level_for(person, part.task).is_none() {
            let message = why_not(case, person, part.task);
            found.push(case.on_task(Rule::Skill, part.task, Some(person), message));
        }
    }
}

/// The first thing that keeps a person from a task.
fn why_not(case: &Case<'_>, person: PersonId, task: TaskId) -> String {
    let production = case.production;
    let (who, row, show) =
        (&production.people[person], &production.tasks[task], case.show_of(task));
    let name = &who.code;
    if !who.shows.is_empty() && !who.shows.contains(&show) {
        return format!("{name} may not work on {}", production.shows[show].code);
    }
    let department = production.departments.get(row.department).map_or("?", |d| &d.code);
    let in_department = || who.skills.iter().filter(|skill| skill.department == row.department);
    if in_department().next().is_none() {
        return format!("{name} does not do {department}");
    }
    let special = || in_department().filter(|skill| row.tag.is_none() || skill.tag == row.tag);
    if special().next().is_none() {
        let tag = row.tag.as_deref().unwrap_or("");
        return format!("{name} does not do {department} ({tag})");
    }
    let best = special().map(|skill| skill.level).max().unwrap_or(0);
    if best < row.min_level {
        let (best, least) = (best, row.min_level);
        return format!("{name} has level {best} of 1000 in {department}; it needs {least}");
    }
    format!("{name} does not take shots as hard as this in {department}")
}
