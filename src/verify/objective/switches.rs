//! Component 7: work taken over half-way, and artists who change sequence.

use crate::model::{Cents, TaskId};
use crate::verify::case::{Case, Place};

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let taken_over = case.production.tasks.ids().filter(|&task| is_taken_over(case, task)).count();
    mean.by(taken_over as i64) + mean.times(sequence_changes(case), 10)
}

/// Whether open work goes on without any of the people who are on it.
fn is_taken_over(case: &Case<'_>, task: TaskId) -> bool {
    let row = &case.production.tasks[task];
    let is_worked = matches!(case.places[task], Place::Worked { .. });
    if !is_worked || !row.status.is_open() || row.assigned.is_empty() {
        return false;
    }
    let mut people =
        case.parts_of(task).iter().filter(|part| part.sound).filter_map(|p| p.person());
    let mut anybody = false;
    let stays = people.any(|person| {
        anybody = true;
        row.assigned.contains(&person)
    });
    anybody && !stays
}

/// Pairs of consecutive assignments of a person in two sequences.
fn sequence_changes(case: &Case<'_>) -> i64 {
    let production = case.production;
    let mut rows: Vec<_> = case
        .worked_parts()
        .map(|(part, person)| (person, part.start(), part.task, part.number))
        .collect();
    rows.sort_unstable();
    let sequence = |task: TaskId| production.sequence_of(production.tasks[task].entity);
    let changes = rows.windows(2).filter(|pair| {
        pair[0].0 == pair[1].0
            && matches!((sequence(pair[0].2), sequence(pair[1].2)), (Some(a), Some(b)) if a != b)
    });
    changes.count() as i64
}
