//! What tasks and departments have to do with the end, over all draws.

use super::course::Course;
use super::odds::Options;
use super::samples::Samples;
use crate::formulate::JobKind;
use crate::model::{DepartmentId, Id, TaskId};

/// What a task has to do with the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TaskRisk {
    /// Which.
    pub task: TaskId,
    /// Share of the draws in which it is on the chain that decides the end (criticality).
    pub criticality: f64,
    /// Correlation of its work with the end (cruciality).
    pub cruciality: f64,
    /// Criticality × spread of its work ÷ spread of the end: days of the one for days of the other.
    pub sensitivity: f64,
}

/// What a department has to do with the end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DepartmentRisk {
    /// Which.
    pub department: DepartmentId,
    /// Share of the work on the deciding chains that is its own.
    pub criticality: f64,
    /// Criticality of its most critical task.
    pub highest: f64,
}

pub(super) fn tasks(course: &Course, samples: &Samples, options: &Options) -> Vec<TaskRisk> {
    let count = samples.draws as f64;
    let target = options.target.index();
    let slots = i128::from(course.problem.slots);
    let end = |end: u32| if end == u32::MAX { slots } else { i128::from(end) };
    let sum: i128 = samples.ends_of(target).map(end).sum();
    let squares: i128 = samples.ends_of(target).map(|own| end(own) * end(own)).sum();
    let variance = |sum: i128, squares: i128| {
        let exact = squares * samples.draws as i128 - sum * sum;
        exact.max(0) as f64 / (count * count)
    };
    let finish = variance(sum, squares);
    let slot_minutes =
        course.problem.bid_day as f64 / f64::from(course.problem.slots_per_day.max(1));
    let mut rows: Vec<TaskRisk> = samples
        .tasks
        .iter()
        .enumerate()
        .filter(|(_, row)| row.critical > 0)
        .map(|(task, row)| {
            let own = variance(row.work, row.squares);
            let together = row.products * samples.draws as i128 - row.work * sum;
            let together = together as f64 / (count * count);
            let both = (own * finish).sqrt();
            let criticality = f64::from(row.critical) / count;
            let ratio = if finish > 0.0 { own.sqrt() / slot_minutes / finish.sqrt() } else { 0.0 };
            TaskRisk {
                task: TaskId::new(task),
                criticality,
                cruciality: if both > 0.0 { together / both } else { 0.0 },
                sensitivity: criticality * ratio,
            }
        })
        .collect();
    rows.sort_by(|a, b| {
        b.criticality
            .total_cmp(&a.criticality)
            .then(b.sensitivity.total_cmp(&a.sensitivity))
            .then(a.task.cmp(&b.task))
    });
    rows
}

pub(super) fn departments(course: &Course, samples: &Samples) -> Vec<DepartmentRisk> {
    let all: u64 = samples.chain_work.iter().sum();
    let mut highest = vec![0_u32; samples.chain_work.len()];
    for (row, job) in samples.tasks.iter().zip(&course.problem.jobs) {
        if job.kind != JobKind::Done {
            let best = &mut highest[job.department as usize];
            *best = (*best).max(row.critical);
        }
    }
    let mut rows: Vec<DepartmentRisk> = samples
        .chain_work
        .iter()
        .zip(&highest)
        .enumerate()
        .filter(|(_, (work, _))| **work > 0)
        .map(|(department, (&work, &highest))| DepartmentRisk {
            department: DepartmentId::new(department),
            criticality: work as f64 / all.max(1) as f64,
            highest: f64::from(highest) / samples.draws.max(1) as f64,
        })
        .collect();
    rows.sort_by(|a, b| b.criticality.total_cmp(&a.criticality));
    rows
}
