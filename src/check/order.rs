//! V01, V15 and V19: loops, loose ends, and finals that came too soon.

use super::facts::Facts;
use super::words::{self, count};
use crate::graph;
use crate::model::{Id, Issue, Keyed, Link, Source, Status, TaskId};
use std::collections::HashMap;

/// V01: tasks that wait for each other.
pub(super) fn loops(facts: &Facts, issues: &mut Vec<Issue>) {
    // The order of the network is at hand, and only without one are loops looked for.
    if facts.time.as_ref().is_some_and(|time| time.network.order().is_some())
        && !facts.production.dependencies.iter().any(|row| row.from == row.to)
    {
        return;
    }
    const SHOWN: usize = 12;
    let p = facts.production;
    for tasks in graph::cycles(p) {
        let (Some(&first), Some(&last)) = (tasks.first(), tasks.last()) else { continue };
        let mut names: Vec<&str> = tasks.iter().map(|task| &*p.tasks[*task].code).collect();
        if names.len() > SHOWN {
            names.splice(SHOWN - 3..names.len() - 3, ["…"]);
        }
        names.push(&p.tasks[first].code);
        let closing = p.dependencies.iter().find(|row| row.from == last && row.to == first);
        let size = count(tasks.len(), "task");
        let message = format!("waits for itself in a loop of {size}: {}", names.join(" -> "));
        let help = format!(
            "take out one of these dependencies, for instance that {} waits for {}",
            p.tasks[first].code, p.tasks[last].code
        );
        let issue = Issue::error("V01", words::task(p, first), message)
            .field("from")
            .value(p.tasks[last].code.clone())
            .help(help);
        issues.push(facts.at(issue, closing.map_or(Source::default(), |row| row.source)));
    }
}

/// V15: a task whose work goes nowhere.
///
/// The ends of a shot, asset, sequence or show are its tasks in the department that comes last in
/// the pipeline; every other task should lead to an end, its own or another's. A show without any
/// dependency is named once: its pipeline is missing, not a link.
pub(super) fn dangling(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let mut last = HashMap::new();
    for task in &p.tasks {
        let order = p.departments[task.department].order;
        last.entry(task.entity)
            .and_modify(|most: &mut u32| *most = order.max(*most))
            .or_insert(order);
    }
    let mut linked: Keyed<_, bool> = Keyed::filled(false, p.shows.len());
    let mut from = vec![0_u32; p.tasks.len() + 1];
    for row in &p.dependencies {
        linked[p.show_of(p.tasks[row.to].entity)] = true;
        from[row.to.index() + 1] += 1;
    }
    for task in 0..p.tasks.len() {
        from[task + 1] += from[task];
    }
    let mut next = from.clone();
    let mut before = vec![TaskId::new(0); p.dependencies.len()];
    for row in &p.dependencies {
        let place = &mut next[row.to.index()];
        before[*place as usize] = row.from;
        *place += 1;
    }
    let mut reaches: Keyed<TaskId, bool> = p
        .tasks
        .iter()
        .map(|task| last.get(&task.entity) == Some(&p.departments[task.department].order))
        .collect();
    let mut front: Vec<TaskId> = reaches.ids().filter(|task| reaches[*task]).collect();
    while let Some(task) = front.pop() {
        let rows = from[task.index()] as usize..from[task.index() + 1] as usize;
        for &earlier in &before[rows] {
            if !reaches[earlier] {
                reaches[earlier] = true;
                front.push(earlier);
            }
        }
    }
    let mut loose: Keyed<_, usize> = Keyed::filled(0, p.shows.len());
    for (id, task) in p.tasks.enumerate() {
        if reaches[id] || !p.is_open(id) {
            continue;
        }
        let show = p.show_of(task.entity);
        if !linked[show] {
            loose[show] += 1;
            continue;
        }
        let whole = words::entity(p, task.entity);
        let message = format!("nothing that leads to the last task of {whole} waits for it");
        let issue = Issue::warning("V15", words::task(p, id), message)
            .field("after")
            .help("let the task that uses its result wait for it, or omit it");
        issues.push(facts.at(issue, task.source));
    }
    for (show, loose) in loose.enumerate().filter(|(_, loose)| **loose > 0) {
        let row = &p.shows[show];
        let tasks = count(*loose, "task");
        let message = format!("no dependencies at all, so {tasks} can be done in any order");
        let issue = Issue::warning("V15", format!("show {}", row.code), message)
            .help("say what waits for what, in dependencies or in the column `after` of the tasks");
        issues.push(facts.at(issue, row.source));
    }
}

/// V19: final, while what it was made from is not.
pub(super) fn final_too_soon(facts: &Facts, issues: &mut Vec<Issue>) {
    let p = facts.production;
    let is_final = |status| matches!(status, Status::Cbb | Status::Final | Status::Delivered);
    for row in &p.dependencies {
        let (from, to) = (&p.tasks[row.from], &p.tasks[row.to]);
        let waits = matches!(row.link, Link::FinishToStart | Link::FinishToFinish);
        if !waits || !is_final(to.status) || !p.is_open(row.from) || p.is_omitted(to.entity) {
            continue;
        }
        let (is, was) = (to.status.word(), from.status.word());
        let message = format!("its status is {is}, but {} that it waits for is {was}", from.code);
        let issue = Issue::warning("V19", words::task(p, row.to), message)
            .field("status")
            .value(is)
            .help(format!("correct one of the two statuses, or send {} to retake", to.code));
        issues.push(facts.at(issue, to.source));
    }
}
