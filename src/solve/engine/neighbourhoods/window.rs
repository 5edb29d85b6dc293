//! Work of one department in a few weeks, around a task at random or one that is late.

use super::Pick;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let late = if pick.random.random_range(0..2) == 0 { pick.late_task() } else { None };
    let task = late.unwrap_or_else(|| pick.any_task());
    let schedule = &pick.standing.board.schedule;
    if !schedule.is_placed(task) {
        return;
    }
    let (start, end) = (schedule.start[task as usize], schedule.end[task as usize]);
    let days = pick.random.random_range(0..=14) * pick.setting.problem.slots_per_day;
    pick.tasks.push(task);
    let count = pick.size.saturating_sub(1).max(1);
    pick.add_rivals(task, start.saturating_sub(days), end + days / 2, count);
}
