//! "As late as possible": tasks that wish it move right, as far as what waits for them, their due
//! dates and their artist's next work allow, and only if the plan is not worth less.

use super::board::Board;
use super::schedule::{Part, Schedule, followers_allow, is_whole};
use super::standing::{Places, Setting, Standing};
use super::trial::Incumbent;
use crate::formulate::JobKind;
use crate::model::Cents;

/// Moves the tasks that wish to be late.
pub fn move_late(setting: Setting<'_>, best: &mut Incumbent) {
    let problem = setting.problem;
    if !problem.jobs.iter().any(|job| job.late_wish && job.kind == JobKind::People) {
        return;
    }
    let board = Board::of(problem, &best.schedule);
    let mut standing = Standing::new(problem, setting.links, board);
    let mut places = Places::default();
    for &task in problem.order.iter().rev() {
        let job = &problem.jobs[task as usize];
        let schedule = &mut standing.board.schedule;
        let &[old] = schedule.parts_of(task) else { continue };
        // Nobody works long days, or days off, to be late.
        if !job.late_wish || job.kind != JobKind::People || old.long_days != 0 {
            continue;
        }
        let lane = &problem.lanes[old.lane as usize];
        if lane.own != old.lane {
            continue;
        }
        let time = &problem.times[lane.time as usize];
        let busy = &standing.board.busy[lane.desk as usize];
        let next = busy.get(busy.partition_point(|run| run.start < old.end));
        let room = next.map_or(problem.slots, |run| run.start);
        let end_limit = room.min(setting.urgency.latest_end[task as usize]);
        // The latest start in the free time after the present place, by bisection on the end.
        let (mut low, mut high) = (old.from, time.index_at(end_limit));
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let fits = time.finish(middle, old.need).is_some_and(|to| {
                let part = moved(time, old, middle, to);
                part.end <= end_limit && followers_allow(problem, schedule, task, part)
            });
            if fits { low = middle } else { high = middle - 1 }
        }
        if low == old.from {
            continue;
        }
        let Some(to) = time.finish(low, old.need) else { continue };
        let part = moved(time, old, low, to);
        if !is_whole(problem, time, task, &part) {
            continue;
        }
        places.clear();
        set(schedule, task, part);
        places.note(schedule, task);
        set(schedule, task, old);
        if let Some(change) = standing.repeat(setting, &places) {
            if change.value <= Cents::ZERO {
                standing.keep(problem);
            } else {
                standing.undo(setting);
            }
        }
    }
    best.value = standing.value();
    best.objective = standing.ledger.objective();
    best.schedule = standing.board.schedule;
    best.schedule.list_unplaced(problem);
}

fn set(schedule: &mut Schedule, task: u32, part: Part) {
    schedule.set(task, part.start, part.end, &[part]);
}

fn moved(time: &crate::formulate::WorkingTime, old: Part, from: u32, to: u32) -> Part {
    Part { from, to, start: time.slot_of(from), end: time.boundary_before(to), ..old }
}
