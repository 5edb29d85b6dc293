//! A task without a place, with what could make room; it chooses first.

use super::Pick;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let Some(task) = pick.any_of(&pick.trouble.missing) else { return };
    let schedule = &pick.standing.board.schedule;
    if schedule.is_placed(task) {
        return;
    }
    pick.tasks.push(task);
    pick.first = 1;
    pick.besides = pick.trouble.waiting;
    let latest = pick.setting.latest_start[task as usize];
    let days = pick.random.random_range(5..=60) * pick.setting.problem.slots_per_day;
    let (from, to) = (latest.saturating_sub(days), latest.saturating_add(days));
    pick.add_rivals(task, from, to, pick.size);
}
