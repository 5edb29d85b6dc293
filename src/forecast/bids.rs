//! Bid against actual: how long finished work took, against what it was bid at.

use crate::model::{Class, DepartmentId, Id, Production, Seniority, Status, TaskId};

/// Finished tasks of one kind.
#[derive(Clone, Debug, PartialEq)]
pub struct BidRow {
    /// Department.
    pub department: DepartmentId,
    /// Class of the shot or asset; `None` = not classed.
    pub class: Option<Class>,
    /// Experience of whoever logged most on it; `None` = nobody known.
    pub seniority: Option<Seniority>,
    /// Tasks.
    pub tasks: u32,
    /// Bid, in minutes.
    pub bid: i64,
    /// Logged, in minutes.
    pub logged: i64,
    /// Logged ÷ bid of a task: the quarter that did best, the middle, the quarter that did worst.
    pub quartiles: [f64; 3],
    /// The tasks, in the order of the production.
    pub of: Vec<TaskId>,
}

/// By department, class and experience; tasks without a bid or a log are left out.
pub(super) fn bids(production: &Production) -> Vec<BidRow> {
    let main = main_people(production);
    type Key = (u32, DepartmentId, Option<Class>, Option<Seniority>);
    let mut groups: std::collections::BTreeMap<Key, Vec<TaskId>> = Default::default();
    for (id, task) in production.tasks.enumerate() {
        let is_finished = task.status.is_done() && task.status != Status::Omit;
        if !is_finished || task.bid <= 0 || task.logged <= 0 || task.bid_assumed {
            continue;
        }
        let seniority = main[id.index()].map(|person| production.people[person].seniority);
        let order = production.departments[task.department].order;
        let key = (order, task.department, production.class_of(task.entity), seniority);
        groups.entry(key).or_default().push(id);
    }
    let row = |((_, department, class, seniority), of): (Key, Vec<TaskId>)| {
        let tasks = || of.iter().map(|id| &production.tasks[*id]);
        let mut ratios: Vec<f64> =
            tasks().map(|task| task.logged as f64 / task.bid as f64).collect();
        ratios.sort_by(f64::total_cmp);
        let at = |share: f64| ratios[((ratios.len() - 1) as f64 * share).round() as usize];
        BidRow {
            department,
            class,
            seniority,
            tasks: of.len() as u32,
            bid: tasks().map(|task| task.bid).sum(),
            logged: tasks().map(|task| task.logged).sum(),
            quartiles: [at(0.25), at(0.5), at(0.75)],
            of,
        }
    };
    groups.into_iter().map(row).collect()
}

/// Whoever logged most on each task, else the first who is assigned.
fn main_people(production: &Production) -> Vec<Option<crate::model::PersonId>> {
    let mut logs: Vec<(TaskId, crate::model::PersonId, i64)> =
        production.time_logs.iter().map(|log| (log.task, log.person, log.minutes)).collect();
    logs.sort_unstable();
    let mut main: Vec<Option<crate::model::PersonId>> =
        production.tasks.iter().map(|task| task.assigned.first().copied()).collect();
    for of_task in logs.chunk_by(|a, b| a.0 == b.0) {
        let people = of_task.chunk_by(|a, b| a.1 == b.1);
        let sums = people.map(|rows| (rows.iter().map(|row| row.2).sum::<i64>(), rows[0].1));
        // The first of equals.
        let most = sums.reduce(|best, next| if next.0 > best.0 { next } else { best });
        main[of_task[0].0.index()] = most.map(|(_, person)| person);
    }
    main
}
