//! What in a plan waits without need: a run keeps it where it is, so that without any spread it is the plan.

use super::{MOST_SITES, Policy, Replay, Seek};
use crate::formulate::{JobKind, NONE};
use crate::risk::chances::{Chances, Drawn};
use crate::risk::course::{Course, PlannedPart};
use crate::solve::engine::schedule::Window;

/// Finds out which parts of the plan wait without need, and which tasks a run without spread moves.
///
/// With everything before it at its place in the plan, a part that could begin earlier than it does waits
/// for something that a run does not know: it keeps its start as the earliest. All others are free.
pub fn hold_as_planned(course: &mut Course, chances: &Chances, drawn: &Drawn) {
    for part in &mut course.parts {
        part.hold = part.start;
    }
    course.excused.clear();
    let mut replay = Replay::new(course);
    replay.clear();
    for place in 0..course.order.len() {
        let task = course.order[place];
        let job = &course.problem.jobs[task as usize];
        let (from, to) = (course.first_part[task as usize], course.first_part[task as usize + 1]);
        match job.kind {
            JobKind::People if to > from => {
                let work = drawn.work[task as usize].div_ceil(u64::from(to - from));
                excuse(course, &replay, task);
                for at in from as usize..to as usize {
                    let part = course.parts[at];
                    let seek = Seek { hold: 0, ..Seek::of(&part, course, chances, drawn, task) };
                    let window = replay.seen(&seek, &mut [None; MOST_SITES], part.lane);
                    let early = replay.seek(&seek, window, part.lane, work, part.rate, NONE);
                    if early.is_some_and(|early| early.start == part.start) {
                        course.parts[at].hold = 0;
                    }
                }
                replay.people(course, chances, drawn, task, Policy::FixedOrder, false);
            }
            JobKind::Vendor(_, length) => {
                let (window, _) = replay.window(course, drawn, task, NONE, &[]);
                let hold = course.hold[task as usize];
                let early = replay.vendors.fit(&course.problem, task, (window.start, 0), length);
                if early.is_some_and(|(start, _)| start == hold) {
                    course.hold[task as usize] = 0;
                }
                replay.vendor(course, chances, drawn, task, length);
            }
            _ => replay.instant(course, drawn, task),
        }
        if replay.schedule.end[task as usize] != course.planned_end[task as usize] {
            course.moved.push(task);
        }
    }
    course.moved.sort_unstable();
    course.moved.dedup();
}

/// Finds out which ends the parts of a task need not wait for: those before which they end in the plan. It is
/// enough that another part ends after them.
///
/// *A task of two artists must not end before Thursday noon: one ends on Wednesday, the other on Friday. The first
/// is excused, else a run would begin it later than the plan.*
fn excuse(course: &mut Course, replay: &Replay, task: u32) {
    let own =
        course.first_part[task as usize] as usize..course.first_part[task as usize + 1] as usize;
    let Course { problem, parts, excused, .. } = course;
    let waits = problem.waits_for(task);
    let is_after = |part: &PlannedPart, place: u32| {
        let mut window = Window { start: 0, end: problem.jobs[task as usize].end_from };
        if let Some(wait) = waits.get(place as usize) {
            window.end = 0;
            let site = problem.lanes[part.lane as usize].site;
            window.add(problem, &replay.schedule, wait, site);
        }
        window.end <= part.end
    };
    for at in own.clone() {
        let first = excused.len() as u32;
        for place in (0..waits.len() as u32).chain([NONE]) {
            if !is_after(&parts[at], place)
                && parts[own.clone()].iter().any(|other| is_after(other, place))
            {
                excused.push(place);
            }
        }
        parts[at].excused = (first, excused.len() as u32);
    }
}
