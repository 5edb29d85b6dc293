//! What stays as it is: locks, and the days before which nothing moves.

use super::working_days_later;
use crate::model::*;
use jiff::civil::Date;

/// Tasks keep people, dates or both. Those of a plan are noted on the task; without one they are those
/// that the files give. A task at a vendor keeps its dates only. With `until` only tasks are held that begin
/// by that day; one that nobody knows the beginning of is free.
pub(super) fn hold(
    changed: &mut Production,
    plan: Option<&Plan>,
    tasks: &[TaskId],
    lock: Lock,
    until: Option<Date>,
) {
    let timeline = changed.timeline();
    for &id in tasks {
        let parts = plan.map_or(&[][..], |plan| parts_of(plan, id));
        let task = &mut changed.tasks[id];
        if let Some(until) = until {
            let planned = parts.iter().map(Assignment::start).min();
            let begins = planned.map(|slot| timeline.start_date(slot)).or(task.start);
            if begins.is_none_or(|begins| begins > until) {
                continue;
            }
        }
        if let (Some(start), Some(end)) =
            (parts.iter().map(Assignment::start).min(), parts.iter().map(Assignment::end).max())
        {
            if lock.holds_dates() {
                task.start = Some(timeline.start_date(start));
                task.end = Some(timeline.finish_date(end));
            }
            if lock.holds_person() {
                let person = |part: &Assignment| match part.worker {
                    Worker::Person(person) => Some(person),
                    Worker::Vendor(_) => None,
                };
                task.assigned = parts.iter().filter_map(person).collect();
            }
        }
        let people = lock.holds_person() && !task.assigned.is_empty() && task.vendor.is_none();
        let dates = lock.holds_dates() && task.start.is_some();
        task.lock = match (people, dates) {
            (true, true) => Lock::Both,
            (true, false) => Lock::Person,
            (false, true) => Lock::Dates,
            (false, false) => task.lock,
        };
    }
}

/// The parts of a task in a plan, which has them in order of tasks.
pub(super) fn parts_of(plan: &Plan, task: TaskId) -> &[Assignment] {
    let first = plan.assignments.partition_point(|part| part.task < task);
    let last = plan.assignments.partition_point(|part| part.task <= task);
    &plan.assignments[first..last]
}

/// Tasks keep nothing.
pub(super) fn unlock(changed: &mut Production, tasks: &[TaskId]) {
    tasks.iter().for_each(|task| changed.tasks[*task].lock = Lock::None);
}

/// What the plan begins within so many working days of its day keeps its people and the day on which it
/// begins; how long it takes may still change.
pub(super) fn freeze(changed: &mut Production, plan: Option<&Plan>, days: u32) {
    let Some(plan) = plan else { return };
    let timeline = changed.timeline();
    let as_of = changed.settings.as_of;
    let ends: Keyed<ShowId, Date> = changed
        .shows
        .ids()
        .map(|show| working_days_later(changed, show, as_of, i64::from(days)))
        .collect();
    for parts in plan.assignments.chunk_by(|a, b| a.task == b.task) {
        let Some(start) = parts.iter().map(Assignment::start).min() else { continue };
        let (id, begins) = (parts[0].task, timeline.start_date(start));
        if begins >= ends[changed.show_of(changed.tasks[id].entity)] {
            continue;
        }
        begin_as_planned(changed, plan, id);
    }
}

/// A task keeps its people and the day on which it begins in a plan.
pub(super) fn begin_as_planned(changed: &mut Production, plan: &Plan, task: TaskId) {
    let Some(start) = parts_of(plan, task).iter().map(Assignment::start).min() else { return };
    let begins = changed.timeline().start_date(start);
    hold(changed, Some(plan), &[task], Lock::Person, None);
    let rules = &mut changed.tasks[task].rules;
    rules.retain(|rule| !matches!(rule, DateRule::MustStartOn(_)));
    rules.push(DateRule::MustStartOn(begins));
}
