//! A task that breaks a hard date, with what it waits for too long and who keeps its artists busy;
//! the task and what it waits for choose first.

use super::{Pick, crossed_dates};
use crate::formulate::{JobKind, NONE};
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let Some(task) = pick.broken_rule() else { return };
    if pick.random.random_bool(0.5) {
        crossed_dates::pick(pick, task);
        return;
    }
    let problem = pick.setting.problem;
    pick.tasks.push(task);
    // An asset that makes room may take the work of many shots along.
    pick.besides = [0, 0, 100, 1_000][pick.random.random_range(0..4)];
    add_late_chain(pick);
    pick.first = pick.tasks.len();
    for place in 0..pick.first {
        let task = pick.tasks[place];
        let job = &problem.jobs[task as usize];
        let by_people = job.kind == JobKind::People && !problem.crews[job.crew as usize].is_empty();
        if !by_people && problem.limited_vendor(task).is_none() {
            continue;
        }
        let schedule = &pick.standing.board.schedule;
        let latest = pick.setting.latest_start[task as usize];
        let days = pick.random.random_range(1..=10) * problem.slots_per_day;
        let (from, to) = match schedule.end[task as usize] {
            NONE => (latest.saturating_sub(days), latest.saturating_add(days)),
            end => (latest.min(schedule.start[task as usize]).saturating_sub(days), end),
        };
        pick.add_rivals(task, from, to, pick.size.div_ceil(2));
    }
}

/// Adds what the first task waits for and what that waits for, as far as it is later than it should
/// be or, now and then, in any case.
fn add_late_chain(pick: &mut Pick<'_>) {
    let problem = pick.setting.problem;
    let mut next = 0;
    while next < pick.tasks.len() && pick.tasks.len() < pick.size {
        let task = pick.tasks[next];
        next += 1;
        for wait in problem.waits_for(task) {
            let from = wait.from;
            let is_people = problem.jobs[from as usize].kind == JobKind::People
                || problem.limited_vendor(from).is_some();
            let schedule = &pick.standing.board.schedule;
            let is_late = schedule.start[from as usize] > pick.setting.latest_start[from as usize];
            let wanted = is_late || pick.random.random_range(0..100) < 30;
            if is_people && wanted && !pick.tasks.contains(&from) {
                pick.tasks.push(from);
            }
        }
    }
}
