//! By when each task is wanted.

use crate::model::{DateRule, Entity, Keyed, Production, Slot, TaskId, Timeline};
use jiff::civil::Date;

/// The boundary by which each task should end: the earliest of its own due date, that of its shot or
/// asset, the dates of the milestones that contain it, and its finish rules (`rules` as from
/// [`Production::date_rules`]); `None` where nothing asks.
pub fn due_boundaries(
    production: &Production,
    timeline: &Timeline,
    rules: &Keyed<TaskId, Vec<DateRule>>,
) -> Keyed<TaskId, Option<Slot>> {
    let mut shows: Keyed<_, Option<Date>> = Keyed::filled(None, production.shows.len());
    let mut sequences: Keyed<_, Option<Date>> = Keyed::filled(None, production.sequences.len());
    let mut shots: Keyed<_, _> = production.shots.iter().map(|shot| shot.due).collect();
    let mut assets: Keyed<_, _> = production.assets.iter().map(|asset| asset.due).collect();
    for milestone in &production.milestones {
        for entity in &milestone.contents {
            let due = match *entity {
                Entity::Shot(id) => &mut shots[id],
                Entity::Asset(id) => &mut assets[id],
                Entity::Sequence(id) => &mut sequences[id],
                Entity::Show(id) => &mut shows[id],
            };
            *due = sooner(*due, Some(milestone.date));
        }
    }
    production
        .tasks
        .enumerate()
        .map(|(id, task)| {
            let mut due = sooner(task.due, shows[production.show_of(task.entity)]);
            due = sooner(due, production.sequence_of(task.entity).and_then(|id| sequences[id]));
            due = sooner(
                due,
                match task.entity {
                    Entity::Shot(id) => shots[id],
                    Entity::Asset(id) => assets[id],
                    Entity::Sequence(_) | Entity::Show(_) => None,
                },
            );
            for rule in &rules[id] {
                if let DateRule::MustFinishOn(date) | DateRule::FinishNoLaterThan(date) = rule {
                    due = sooner(due, Some(*date));
                }
            }
            due.map(|date| timeline.end_of(date))
        })
        .collect()
}

fn sooner(a: Option<Date>, b: Option<Date>) -> Option<Date> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}
