//! Component 8: senior artists on simple shots, and work that its artists would rather not do.

use crate::model::{Cents, Class, Entity, PersonId, Preference, TaskId};
use crate::verify::case::{Case, Part};

/// Level in thousandths from which simple work is a waste.
const SENIOR: i64 = 1_250;

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    let production = case.production;
    let per_day = case.clock.per_day;
    let mut cost = Cents::ZERO;
    for (part, person) in case.worked_parts() {
        if is_disliked(case, person, part.task) {
            cost += mean.times(share_slots(case, part), 500_000 * i64::from(per_day));
        }
        let Entity::Shot(shot) = production.tasks[part.task].entity else { continue };
        if production.shots[shot].class != Some(Class::A) {
            continue;
        }
        let level = production.level_for(person, part.task);
        if level.is_some_and(|level| level >= SENIOR) {
            cost += mean.times(share_slots(case, part), 200_000 * i64::from(per_day));
        }
    }
    cost
}

/// Share slots of a part without overtime.
fn share_slots(case: &Case<'_>, part: &Part<'_>) -> i64 {
    let Some(lane) = case.lane(part) else { return 0 };
    let time = |run: &crate::model::Interval| {
        lane.base.sum(run.start.0, run.end.0, case.clock.per_day) as i64
    };
    part.segments.iter().map(time).sum()
}

/// Whether somebody has preferences, and the task is none of them.
fn is_disliked(case: &Case<'_>, person: PersonId, task: TaskId) -> bool {
    let production = case.production;
    let (prefers, row) = (&production.people[person].prefers, &production.tasks[task]);
    let is_liked = prefers.iter().any(|preference| match *preference {
        Preference::Department(department) => department == row.department,
        Preference::Show(show) => production.show_of(row.entity) == show,
        Preference::Sequence(sequence) => production.sequence_of(row.entity) == Some(sequence),
        Preference::Class(class) => production.class_of(row.entity) == Some(class),
    });
    !prefers.is_empty() && !is_liked
}
