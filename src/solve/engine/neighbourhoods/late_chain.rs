//! The chain of tasks and artists that makes a delivery late, with some of the work that competes.

use super::Pick;
use crate::formulate::NONE;
use crate::solve::engine::schedule::Window;
use rand::RngExt;

pub(super) fn pick(pick: &mut Pick<'_>) {
    let Some(mut task) = pick.late_task() else { return };
    let problem = pick.setting.problem;
    let length = (pick.size * pick.random.random_range(2..=4) / 4).max(1);
    while pick.tasks.len() < length {
        pick.tasks.push(task);
        let schedule = &pick.standing.board.schedule;
        // What it waits for longest, and who kept its artist busy until then.
        let waits = problem.waits_for(task).iter().filter(|wait| schedule.is_placed(wait.from));
        let earlier = waits
            .map(|wait| {
                let mut window = Window { start: 0, end: 0 };
                window.add(problem, schedule, wait, NONE);
                (window.start.max(window.end), wait.from)
            })
            .max();
        let busy = pick.before(task);
        let by_artist = match (earlier, busy) {
            (Some((time, _)), Some((_, end))) => end >= time,
            (None, Some(_)) => true,
            _ => false,
        };
        let doubt = pick.random.random_range(0..100) < 15;
        let next = match (earlier, busy) {
            (Some((_, from)), Some((rival, _))) => {
                Some(if by_artist != doubt { rival } else { from })
            }
            (Some((_, from)), None) => Some(from),
            (None, Some((rival, _))) => Some(rival),
            (None, None) => None,
        };
        let Some(next) = next.filter(|next| !pick.tasks.contains(next)) else { break };
        task = next;
    }
    // Some of the work that is done in its place.
    let chain = pick.tasks.len();
    while pick.tasks.len() < pick.size {
        let task = pick.tasks[pick.random.random_range(0..chain)];
        let start = pick.standing.board.schedule.start[task as usize];
        let days = pick.random.random_range(1..=10) * problem.slots_per_day;
        let before = pick.tasks.len();
        pick.add_rivals(task, start.saturating_sub(days), start.max(1), 4.min(pick.size - before));
        if pick.tasks.len() == before {
            break;
        }
    }
}
