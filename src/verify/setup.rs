//! Time to settle in: what each part has to have, by what its artist did before it on the same lane.

use super::case::Case;
use crate::model::{Entity, Id, PersonId, TaskId};

/// Basis-point slots to settle in of each part of the case.
pub(super) struct Settling {
    least: Vec<u128>,
}

impl Settling {
    /// `None` where no department asks for any.
    pub fn new(case: &Case<'_>) -> Option<Settling> {
        let mut departments = case.production.departments.iter();
        if departments.all(|row| row.setup_sequence.max(row.setup_show) <= 0) {
            return None;
        }
        let mut rows = Vec::with_capacity(case.parts.len());
        for (row, part) in case.parts.iter().enumerate().filter(|(_, part)| part.sound) {
            if let Some(person) = part.person() {
                rows.push((person, part.lane, part.start(), part.task, part.number, row));
            }
        }
        rows.sort_unstable();
        let mut least = vec![0; case.parts.len()];
        for (place, row) in rows.iter().enumerate() {
            let before = place.checked_sub(1).map(|place| rows[place]);
            let before = before.filter(|before| (before.0, before.1) == (row.0, row.1));
            let on = match before {
                Some(before) => Some(case.production.tasks[before.3].entity),
                None => last_logged(case, row.0),
            };
            let production = case.production;
            let task = &production.tasks[row.3];
            if task.status.is_open() && task.assigned.contains(&row.0) {
                continue;
            }
            let [on_sequence, on_show] = asked(case, row.3, row.0);
            let own = production.sequence_of(task.entity);
            let is_new_show =
                on.is_none_or(|on| production.show_of(on) != production.show_of(task.entity));
            let is_new_sequence =
                own.is_some() && on.and_then(|on| production.sequence_of(on)) != own;
            least[row.5] = if is_new_show {
                on_show.max(on_sequence)
            } else if is_new_sequence {
                on_sequence
            } else {
                0
            };
        }
        Some(Settling { least })
    }

    /// The times that the part in a row may have: what it has to have, or a longer one that the department knows.
    pub fn choices(&self, case: &Case<'_>, row: usize, person: PersonId) -> [u128; 3] {
        let least = self.least[row];
        let [on_sequence, on_show] = asked(case, case.parts[row].task, person);
        [least, least.max(on_sequence), least.max(on_sequence).max(on_show)]
    }
}

/// Basis-point slots that the department of a task asks for on another sequence and another show.
fn asked(case: &Case<'_>, task: TaskId, person: PersonId) -> [u128; 2] {
    let department = &case.production.departments[case.production.tasks[task].department];
    let day = case.people[person.index()].day_minutes.max(1) as u128;
    [department.setup_sequence, department.setup_show].map(|minutes| {
        (minutes.max(0) as u128 * 10_000 * u128::from(case.clock.per_day)).div_ceil(day)
    })
}

/// What somebody has last logged time on.
fn last_logged(case: &Case<'_>, person: PersonId) -> Option<Entity> {
    let logs = case.production.time_logs.iter().filter(|log| log.person == person);
    let last = logs.max_by_key(|log| log.date)?;
    Some(case.production.tasks[last.task].entity)
}
