//! All that is left to do on one or two shots or assets.

use super::Pick;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let problem = pick.setting.problem;
    let late = if pick.random.random_range(0..2) == 0 { pick.late_entity() } else { None };
    let first = match late {
        Some(entity) => entity,
        None => problem.jobs[pick.any_task() as usize].entity,
    };
    pick.tasks.extend_from_slice(pick.setting.links.tasks_of(first));
    if pick.size > pick.tasks.len() {
        // Somebody who works on it works on something else before: that shot comes along.
        let tasks = pick.tasks.len();
        let task = pick.tasks[pick.random.random_range(0..tasks)];
        let other = match pick.before(task) {
            Some((rival, _)) => problem.jobs[rival as usize].entity,
            None => problem.jobs[pick.any_task() as usize].entity,
        };
        pick.tasks.extend_from_slice(pick.setting.links.tasks_of(other));
    }
    let limit = pick.size.max(24);
    pick.tasks.truncate(limit);
}
