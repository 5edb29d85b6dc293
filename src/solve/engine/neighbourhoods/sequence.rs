//! The tasks of a department on one sequence: who works on it together.

use super::Pick;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    if pick.crowd.groups.is_empty() {
        return;
    }
    let group = &pick.crowd.groups[pick.random.random_range(0..pick.crowd.groups.len())];
    let first = pick.random.random_range(0..group.len());
    let around = group.iter().cycle().skip(first).take(group.len().min(pick.size));
    pick.tasks.extend(around);
}
