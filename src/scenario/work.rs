//! How much there is to do, in how many hands, and what is cut.

use super::{new_shots, pattern};
use crate::model::*;
use std::collections::{BTreeMap, BTreeSet};

fn scaled(minutes: i64, thousandths: i64) -> i64 {
    round_half_even(i128::from(minutes) * i128::from(thousandths), 1_000).max(0)
}

/// Work takes so many thousandths of what it is estimated at: of all of it, and of what somebody said is
/// left. Bids stay.
pub(super) fn estimate(changed: &mut Production, tasks: &[TaskId], thousandths: i64) {
    for id in tasks {
        let task = &mut changed.tasks[*id];
        task.estimate = scaled(task.estimate, thousandths);
        task.remaining = task.remaining.map(|left| scaled(left, thousandths));
    }
}

/// Tasks are bid anew at so many thousandths, each to a minute.
pub(super) fn rebid_by(changed: &mut Production, tasks: &[TaskId], thousandths: i64) {
    for id in tasks {
        let minutes = scaled(changed.tasks[*id].bid, thousandths);
        rebid(changed, &[*id], minutes);
    }
}

/// Tasks are bid anew: the estimate follows, and what is left follows the estimate.
pub(super) fn rebid(changed: &mut Production, tasks: &[TaskId], minutes: i64) {
    for id in tasks {
        let task = &mut changed.tasks[*id];
        (task.bid, task.estimate, task.remaining) = (minutes, minutes, None);
        task.bid_assumed = false;
    }
}

/// Shots and assets are cut, and single tasks. Milestones do not wait for what is cut.
pub(super) fn omit(changed: &mut Production, entities: &[Entity], tasks: &[TaskId]) {
    let gone: BTreeSet<Entity> = entities.iter().copied().collect();
    for &entity in &gone {
        match entity {
            Entity::Shot(shot) => changed.shots[shot].status = Some(Status::Omit),
            Entity::Asset(asset) => changed.assets[asset].status = Some(Status::Omit),
            Entity::Sequence(_) | Entity::Show(_) => {}
        }
    }
    for id in tasks {
        let task = &mut changed.tasks[*id];
        if !task.status.is_done() {
            task.status = Status::Omit;
        }
    }
    for milestone in changed.milestones.iter_mut() {
        milestone.contents.retain(|entity| !gone.contains(entity));
    }
}

/// Shots are of another class. Tasks that have not begun are bid after the pattern of that class, the tasks
/// of one department in their old proportion; departments that the class needs and the shot lacks get
/// a task.
pub(super) fn upgrade(
    before: &Production,
    changed: &mut Production,
    shots: &[ShotId],
    class: Class,
) {
    let work = pattern(before, class).work;
    let waits = new_shots::waits(before);
    for &shot in shots {
        if changed.shots[shot].class == Some(class) {
            continue;
        }
        changed.shots[shot].class = Some(class);
        let entity = Entity::Shot(shot);
        let own = changed.tasks.enumerate().filter(|(_, task)| task.entity == entity);
        let mut of: BTreeMap<DepartmentId, Vec<TaskId>> = BTreeMap::new();
        own.for_each(|(id, task)| of.entry(task.department).or_default().push(id));
        let mut made = Vec::new();
        for &(department, minutes) in &work {
            let Some(tasks) = of.get(&department) else {
                let code = changed.departments[department].code.to_lowercase();
                let code = format!("{}_{code}", changed.shots[shot].code);
                let task = Task::new(&code, entity, department, minutes);
                made.push((department, changed.tasks.push(task)));
                continue;
            };
            let bids: i64 = tasks.iter().map(|id| changed.tasks[*id].bid.max(0)).sum();
            for id in tasks {
                let task = &changed.tasks[*id];
                if task.status.is_done() || task.status.is_open() || task.logged > 0 {
                    continue;
                }
                let share = match bids {
                    0 => minutes / tasks.len() as i64,
                    bids => round_half_even(
                        i128::from(minutes) * i128::from(task.bid.max(0)),
                        i128::from(bids),
                    ),
                };
                rebid(changed, &[*id], share);
            }
        }
        for &(department, id) in &made {
            for (&other, tasks) in &of {
                for &task in tasks {
                    if waits.contains(&(department, other)) {
                        changed.dependencies.push(Dependency::new(id, task));
                    } else if waits.contains(&(other, department)) {
                        changed.dependencies.push(Dependency::new(task, id));
                    }
                }
            }
        }
        new_shots::link(changed, &made, &waits);
    }
}

/// Shots, assets and tasks are more or less important.
pub(super) fn prioritise(
    changed: &mut Production,
    entities: &[Entity],
    tasks: &[TaskId],
    priority: Priority,
) {
    for &entity in entities {
        match entity {
            Entity::Shot(shot) => changed.shots[shot].priority = priority,
            Entity::Asset(asset) => changed.assets[asset].priority = priority,
            Entity::Sequence(_) | Entity::Show(_) => {}
        }
    }
    tasks.iter().for_each(|task| changed.tasks[*task].priority = priority);
}
