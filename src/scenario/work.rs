//! How much there is to do, in how many hands, and what is cut.

use super::holding::{begin_as_planned, parts_of};
use super::{new_shots, pattern};
use crate::model::*;
use jiff::civil::Date;
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

/// Shots, assets and tasks are cut from a day on. What the plan has of them before that day is done by the same
/// people from the same days on; the rest is cut. Without a plan what may begin only then is cut.
pub(super) fn omit_from(
    changed: &mut Production,
    plan: Option<&Plan>,
    (entities, tasks): (&[Entity], &[TaskId]),
    from: Date,
) {
    let timeline = changed.timeline();
    let end = timeline.start_of(from);
    let lanes = availability::lanes(changed, &timeline);
    let rules = changed.date_rules();
    for &id in tasks {
        if !changed.is_open(id) {
            continue;
        }
        let Some(plan) = plan else {
            if changed.earliest_start(id, &rules[id]) >= from {
                changed.tasks[id].status = Status::Omit;
            }
            continue;
        };
        let parts = parts_of(plan, id);
        let last = parts.iter().map(Assignment::end).max();
        let is_sent =
            parts.iter().any(|part| matches!(part.worker, Worker::Vendor(_)) && part.start() < end);
        if is_sent {
            continue;
        }
        if last.is_some_and(|last| last <= end) {
            end_before(changed, plan, id, from);
            continue;
        }
        let work = changed.work_left(id);
        let show = changed.show_of(changed.tasks[id].entity);
        let done: i64 = parts
            .iter()
            .map(|part| {
                let (before, all) = shares(&lanes, (&timeline, plan), part, show, end);
                match all {
                    0 => 0,
                    // Parts are of the same size.
                    all => {
                        (i128::from(work) * i128::from(before)
                            / i128::from(all)
                            / parts.len() as i128) as i64
                    }
                }
            })
            .sum();
        // Less than the smallest piece of work is not begun any more.
        if done < changed.tasks[id].min_chunk.max(1) {
            changed.tasks[id].status = Status::Omit;
            continue;
        }
        changed.tasks[id].remaining = Some(done);
        end_before(changed, plan, id, from);
    }
    for &entity in entities {
        let is_left = |(task, row): (TaskId, &Task)| row.entity == entity && changed.is_open(task);
        let is_cut = !changed.tasks.enumerate().any(is_left);
        match entity {
            Entity::Shot(shot) => {
                let row = &mut changed.shots[shot];
                row.due = None;
                row.status = if is_cut { Some(Status::Omit) } else { row.status };
            }
            Entity::Asset(asset) => {
                let row = &mut changed.assets[asset];
                row.due = None;
                row.status = if is_cut { Some(Status::Omit) } else { row.status };
            }
            Entity::Sequence(_) | Entity::Show(_) => {}
        }
    }
    let gone: BTreeSet<Entity> = entities.iter().copied().collect();
    for milestone in changed.milestones.iter_mut() {
        milestone.contents.retain(|entity| !gone.contains(entity));
    }
}

/// A task keeps its people and its first day, and is over before a day.
fn end_before(changed: &mut Production, plan: &Plan, task: TaskId, from: Date) {
    begin_as_planned(changed, plan, task);
    let mut last = from.saturating_sub(jiff::Span::new().days(1));
    let rules = &mut changed.tasks[task].rules;
    rules.retain(|rule| match rule {
        DateRule::FinishNoLaterThan(known) => {
            last = last.min(*known);
            false
        }
        _ => true,
    });
    rules.push(DateRule::FinishNoLaterThan(last));
}

/// Basis-point slots of the time of a part before a boundary, and of all of it, longer days aside; a slot of
/// a day off that is worked counts as one of a usual day.
fn shares(
    lanes: &[Lane],
    (timeline, plan): (&Timeline, &Plan),
    part: &Assignment,
    show: ShowId,
    end: Slot,
) -> (u64, u64) {
    let Worker::Person(person) = part.worker else { return (0, 0) };
    let first = lanes.partition_point(|lane| lane.person < person);
    let own = lanes[first..].iter().take_while(|lane| lane.person == person);
    let Some(lane) = own.into_iter().find(|lane| lane.show.is_none_or(|of| of == show)) else {
        return (0, 0);
    };
    let per_day = timeline.slots_per_day();
    let (mut before, mut all) = (0, 0);
    for segment in &part.segments {
        for slot in segment.start.0..segment.end.0 {
            let day = slot / per_day;
            let is_asked =
                || plan.overtime.iter().any(|row| (row.person, row.day) == (person, Day(day)));
            let share = match lane.share.get(day as usize).copied().unwrap_or(0) {
                0 if lane.minutes_off(day) > 0 && is_asked() => 10_000,
                share => share,
            };
            all += u64::from(share);
            before += if slot < end.0 { u64::from(share) } else { 0 };
        }
    }
    (before, all)
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
