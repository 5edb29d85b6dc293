//! A task without a place, with what waits for it and what could make room.

use super::Pick;
use rand::RngExt;

/// Tasks looked at before giving up: where nearly all have a place, the others are rare.
const LOOKS: usize = 64;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let schedule = &pick.standing.board.schedule;
    let Some(mut task) = (0..LOOKS).find_map(|_| {
        let task = pick.crowd.open[pick.random.random_range(0..pick.crowd.open.len())];
        (!schedule.is_placed(task)).then_some(task)
    }) else {
        return;
    };
    // The first of its chain without a place.
    while let Some(earlier) = schedule.blocked_by(pick.setting.problem, task) {
        task = earlier;
    }
    pick.tasks.push(task);
    let latest = pick.setting.latest_start[task as usize];
    let days = pick.random.random_range(5..=60) * pick.setting.problem.slots_per_day;
    let (from, to) = (latest.saturating_sub(days), latest.saturating_add(days));
    pick.add_rivals(task, from, to, pick.size);
}
