//! A run of one artist's work, and what somebody who could do it does at that time; or some of a vendor's.

use super::Pick;
use crate::formulate::NONE;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let task = pick.any_task();
    let problem = pick.setting.problem;
    let board = &pick.standing.board;
    let Some(part) = board.schedule.parts_of(task).iter().find(|part| part.lane != NONE) else {
        if problem.limited_vendor(task).is_some() && board.schedule.is_placed(task) {
            let (start, end) =
                (board.schedule.start[task as usize], board.schedule.end[task as usize]);
            let days = pick.random.random_range(0..=14) * problem.slots_per_day;
            pick.tasks.push(task);
            pick.add_rivals(task, start.saturating_sub(days), end + days, pick.size - 1);
        }
        return;
    };
    let desk = problem.lanes[part.lane as usize].desk;
    let busy = &board.busy[desk as usize];
    let at = busy.partition_point(|run| run.start < part.start);
    let half = pick.size.div_ceil(2);
    let first = at - pick.random.random_range(0..half.max(1)).min(at);
    let runs = &busy[first..(first + half).min(busy.len())];
    let (Some(start), Some(end)) = (runs.first(), runs.last()) else { return };
    let (from, to) = (start.start, end.end);
    pick.tasks.extend(runs.iter().map(|run| run.task));
    // One other desk of somebody who can do the task.
    let crew = &problem.crews[problem.jobs[task as usize].crew as usize];
    let other = crew[pick.random.random_range(0..crew.len())].lane;
    let busy = &board.busy[problem.lanes[other as usize].desk as usize];
    let start = busy.partition_point(|run| run.end <= from);
    let runs = busy[start..].iter().take_while(|run| run.start < to).take(half);
    pick.tasks.extend(runs.map(|run| run.task));
}
