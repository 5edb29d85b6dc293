//! Rule 16: the plan can be understood and ends in the timeline.

use super::case::{Case, is_sound};
use super::verdict::{Rule, Violation};
use crate::model::{Assignment, TaskId, Worker};

pub(super) fn judge(case: &Case<'_>, found: &mut Vec<Violation>) {
    let production = case.production;
    for row in &case.plan.assignments {
        let task = known(case, row.task);
        if task.is_none() {
            found.push(nowhere("a task", "the plan works on a task that does not exist"));
        }
        let worker_exists = match row.worker {
            Worker::Person(person) => production.people.get(person).is_some(),
            Worker::Vendor(vendor) => production.vendors.get(vendor).is_some(),
        };
        let Some(task) = task else { continue };
        if !worker_exists {
            let message = "is worked by somebody who does not exist".to_owned();
            found.push(case.on_task(Rule::Form, task, None, message));
        }
        if !is_sound(&row.segments, &case.clock) {
            found.push(case.on_task(Rule::Form, task, None, flaw(case, row)));
        }
    }
    for &(task, slot) in &case.plan.instants {
        match known(case, task) {
            None => found.push(nowhere("a task", "an instant is of a task that does not exist")),
            Some(task) if slot.0 > case.clock.slots => {
                let message = format!("happens after the last day, {}", case.clock.last());
                found.push(case.on_task(Rule::Form, task, None, message));
            }
            Some(_) => {}
        }
    }
    for &(task, _) in &case.plan.unplaced {
        if known(case, task).is_none() {
            found.push(nowhere("a task", "a task that does not exist is unplaced"));
        }
    }
    for row in &case.plan.overtime {
        if production.people.get(row.person).is_none() {
            found.push(nowhere("a person", "somebody who does not exist has overtime"));
        } else if row.day.0 >= case.clock.days() {
            let message = format!("has overtime after the last day, {}", case.clock.last());
            found.push(case.on_person(Rule::Form, row.person, message));
        }
    }
}

fn known(case: &Case<'_>, task: TaskId) -> Option<TaskId> {
    case.production.tasks.get(task).map(|_| task)
}

fn nowhere(object: &str, message: &str) -> Violation {
    let (object, message) = (object.to_owned(), message.to_owned());
    Violation { rule: Rule::Form, task: None, person: None, object, message }
}

/// The first thing that is wrong with the segments.
fn flaw(case: &Case<'_>, row: &Assignment) -> String {
    let part = row.part;
    if row.segments.is_empty() {
        return format!("part {part} has no time");
    }
    for segment in &row.segments {
        let (start, end) = (segment.start.0, segment.end.0);
        if start >= end {
            return format!("part {part} has a run of slots from {start} to {end}");
        }
        if end > case.clock.slots {
            return format!("part {part} ends after the last day, {}", case.clock.last());
        }
    }
    format!("part {part} has runs of slots that touch, overlap or are out of order")
}
