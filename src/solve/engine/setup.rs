//! Time to settle in: how much longer a task is for somebody whose work before was elsewhere.
//!
//! What a part needs depends on what stands before it on its lane, so it changes when other work moves.
//! Each part keeps the time that it was given. A place is only taken where that is enough for it and for
//! what comes after it; when work is taken off, what came after it is looked at again and moves if it
//! now has too little. So no schedule in use is ever unsound, and nothing else has to be known.

use super::board::{Board, Busy};
use super::schedule::Part;
use crate::formulate::{LaneSpec, NONE, Problem};
use crate::model::Id;

/// Basis-point slots that somebody needs to settle in on a task after another one; [`NONE`] = after what
/// they were on before the plan.
pub fn needed(problem: &Problem, lane: &LaneSpec, before: u32, task: u32) -> u32 {
    let job = &problem.jobs[task as usize];
    let person = lane.person.index();
    let (on_sequence, on_show) = problem.setup.time(job.department, lane.site);
    if on_sequence.max(on_show) == 0 {
        return 0;
    }
    let assigned = &problem.assigned[job.assigned.0 as usize..job.assigned.1 as usize];
    if job.begun && assigned.contains(&(person as u32)) {
        return 0;
    }
    let (sequence, show) = match problem.jobs.get(before as usize) {
        Some(before) => (before.sequence, before.calendar),
        None => problem.setup.before[person],
    };
    if show != job.calendar {
        on_sequence.max(on_show)
    } else if sequence != job.sequence && job.sequence != NONE {
        on_sequence
    } else {
        0
    }
}

/// The times to settle in that a part may have which needs `least`.
pub fn lengths(problem: &Problem, lane: &LaneSpec, task: u32, least: u32) -> [u32; 3] {
    let (on_sequence, on_show) =
        problem.setup.time(problem.jobs[task as usize].department, lane.site);
    let most = on_sequence.max(on_show);
    [least, on_sequence.max(least), most.max(least)]
}

/// What a task needs to settle in that begins on a lane at a boundary.
pub fn least(problem: &Problem, board: &Board, task: u32, lane: u32, start: u32) -> u32 {
    if !problem.setup.any {
        return 0;
    }
    let lane = &problem.lanes[lane as usize];
    let busy = &board.busy[lane.desk as usize];
    let at = busy.partition_point(|run| run.start < start);
    needed(problem, lane, before(problem, lane, busy, at, task), task)
}

/// Whether two tasks of one desk are on the same lane of a person.
fn on_one_lane(problem: &Problem, lane: &LaneSpec, one: u32, other: u32) -> bool {
    let show = |task: u32| problem.jobs[task as usize].calendar;
    !lane.shares_desk || show(one) == show(other)
}

/// The task before a position of a desk on the lane of `task`; [`NONE`] where there is none.
pub fn before(problem: &Problem, lane: &LaneSpec, busy: &[Busy], at: usize, task: u32) -> u32 {
    let earlier = busy[..at].iter().rev().map(|run| run.task);
    let mut same = earlier.filter(|&other| on_one_lane(problem, lane, other, task));
    same.next().unwrap_or(NONE)
}

/// The run from a position of a desk on that is on the lane of `task`.
pub fn after<'a>(
    problem: &Problem,
    lane: &LaneSpec,
    busy: &'a [Busy],
    at: usize,
    task: u32,
) -> Option<&'a Busy> {
    busy[at..].iter().find(|run| on_one_lane(problem, lane, run.task, task))
}

/// Whether what comes after a position of a desk has enough time to settle in after `task`.
pub fn leaves_enough(
    problem: &Problem,
    lane: &LaneSpec,
    busy: &[Busy],
    at: usize,
    task: u32,
) -> bool {
    after(problem, lane, busy, at, task)
        .is_none_or(|run| needed(problem, lane, task, run.task) <= run.setup)
}

/// A place on a desk from which work was taken off, or on which some was put.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    lane: u32,
    start: u32,
    /// The task that was there.
    task: u32,
}

impl Spot {
    /// Where a part is.
    pub fn of(part: &Part, task: u32) -> Spot {
        Spot { lane: part.lane, start: part.start, task }
    }

    /// The task that now comes there on the lane, if its time to settle in is not what it should be: too
    /// short, or too long as well where `exact` says so.
    pub fn wrong(&self, problem: &Problem, board: &Board, exact: bool) -> Option<u32> {
        let lane = &problem.lanes[self.lane as usize];
        let busy = &board.busy[lane.desk as usize];
        let mut at = busy.partition_point(|run| run.start < self.start);
        if busy.get(at).is_some_and(|run| exact && run.task == self.task) {
            at += 1;
        }
        let run = after(problem, lane, busy, at, self.task)?;
        let place = busy.partition_point(|other| other.start < run.start);
        let before = before(problem, lane, busy, place, run.task);
        let needed = needed(problem, lane, before, run.task);
        (needed > run.setup || (exact && needed < run.setup)).then_some(run.task)
    }
}

/// Whether all parts of a task have enough time to settle in, and leave enough to what comes after them.
pub fn is_enough(problem: &Problem, board: &Board, task: u32) -> bool {
    let mut parts = board.schedule.parts_of(task).iter().filter(|part| part.lane != NONE);
    parts.all(|part| fits(problem, board, task, part))
}

/// Whether a part has enough time to settle in where it is or could be, and leaves enough.
pub fn fits(problem: &Problem, board: &Board, task: u32, part: &Part) -> bool {
    let lane = &problem.lanes[part.lane as usize];
    let busy = &board.busy[lane.desk as usize];
    let at = busy.partition_point(|run| run.start < part.start);
    let before = before(problem, lane, busy, at, task);
    let next = busy[at..].iter().position(|run| run.task != task).map_or(busy.len(), |n| at + n);
    needed(problem, lane, before, task) <= part.setup
        && leaves_enough(problem, lane, busy, next, task)
}
