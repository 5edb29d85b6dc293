//! Component 13: hero shots without a lead.

use crate::model::{Cents, Class, Entity, LEADS, Seniority, TaskId};
use crate::verify::case::{Case, Place};

pub(super) fn cost(case: &Case<'_>, mean: Cents) -> Cents {
    if case.production.settings.weights.points()[LEADS] == 0 {
        return Cents::ZERO;
    }
    let missing = case.production.tasks.ids().filter(|&task| is_missing(case, task)).count();
    mean.by(2 * missing as i64)
}

/// Whether people work on a task of a class D shot, none of whom leads, though a lead could do it.
fn is_missing(case: &Case<'_>, task: TaskId) -> bool {
    let production = case.production;
    let Entity::Shot(shot) = production.tasks[task].entity else { return false };
    let is_worked = matches!(case.places[task], Place::Worked { .. });
    if !is_worked || production.shots[shot].class != Some(Class::D) {
        return false;
    }
    let leads = |person| production.people[person].seniority == Seniority::Lead;
    let parts = case.parts_of(task).iter().filter(|part| part.sound);
    let mut people = parts.filter_map(|part| part.person()).peekable();
    let could = |person| leads(person) && production.level_for(person, task).is_some();
    people.peek().is_some() && !people.any(leads) && production.people.ids().any(could)
}
