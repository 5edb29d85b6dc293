//! "As late as possible": tasks that wish it move right, as far as what waits for them, their due
//! dates and their artist's next work allow, and only if the plan is not worth less.

use super::decode::{Part, Schedule, Urgency, Window};
use super::evaluate::Evaluator;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::Objective;

/// Moves the tasks that wish to be late; gives the new schedule's objective.
pub fn move_late(
    problem: &Problem,
    urgency: &Urgency,
    schedule: &mut Schedule,
    objective: Objective,
) -> Objective {
    let mut best = objective;
    let mut evaluator = Evaluator::default();
    for &task in problem.order.iter().rev() {
        let job = &problem.jobs[task as usize];
        let single = schedule.part_count[task as usize] == 1;
        if !job.late_wish || job.kind != JobKind::People || !single {
            continue;
        }
        let first = schedule.first_part[task as usize] as usize;
        let old = schedule.parts[first];
        let time = &problem.times[problem.lanes[old.lane as usize].time as usize];
        let room = next_busy(problem, schedule, task, old);
        let end_limit = room.min(urgency.latest_end[task as usize]);
        let Some(candidate) =
            problem.crews[job.crew as usize].iter().find(|candidate| candidate.lane == old.lane)
        else {
            continue;
        };
        let work = problem.need(job.work, candidate.rate);
        // The latest start in the free time after the present place, by bisection on the end.
        let (mut low, mut high) = (old.from, time.index_at(end_limit));
        while low < high {
            let middle = low + (high - low).div_ceil(2);
            let fits = time.finish(middle, work).is_some_and(|to| {
                let part = moved(time, old, middle, to);
                part.end <= end_limit && followers_allow(problem, schedule, task, part)
            });
            if fits { low = middle } else { high = middle - 1 }
        }
        if low == old.from {
            continue;
        }
        let Some(to) = time.finish(low, work) else { continue };
        let part = moved(time, old, low, to);
        set(schedule, task, first, part);
        let value = evaluator.evaluate(problem, schedule);
        let whole = job.splittable
            || time
                .first_gap(
                    part.start / problem.slots_per_day,
                    (part.end - 1) / problem.slots_per_day,
                )
                .is_none();
        let uncapped = problem.caps[job.department as usize].is_empty();
        if whole && uncapped && value.total(problem.mode) <= best.total(problem.mode) {
            best = value;
        } else {
            set(schedule, task, first, old);
        }
    }
    best
}

fn moved(time: &crate::formulate::WorkingTime, old: Part, from: u32, to: u32) -> Part {
    Part { from, to, start: time.slot_of(from), end: time.boundary_before(to), ..old }
}

fn set(schedule: &mut Schedule, task: u32, first: usize, part: Part) {
    schedule.parts[first] = part;
    schedule.start[task as usize] = part.start;
    schedule.end[task as usize] = part.end;
}

/// Start of the next work on the same desk.
fn next_busy(problem: &Problem, schedule: &Schedule, task: u32, part: Part) -> u32 {
    let desk = problem.lanes[part.lane as usize].desk;
    (0..problem.jobs.len() as u32)
        .filter(|&other| other != task)
        .flat_map(|other| schedule.parts_of(other))
        .filter(|other| other.lane != NONE && problem.lanes[other.lane as usize].desk == desk)
        .filter(|other| other.start >= part.end)
        .map(|other| other.start)
        .min()
        .unwrap_or(problem.slots)
}

/// Whether everything that waits for the task still may stay where it is.
fn followers_allow(problem: &Problem, schedule: &mut Schedule, task: u32, part: Part) -> bool {
    let first = schedule.first_part[task as usize] as usize;
    let old = schedule.parts[first];
    set(schedule, task, first, part);
    let fine = problem.followers(task).all(|wait| {
        let later = wait.to as usize;
        if schedule.end[later] == NONE {
            return true;
        }
        let parts = schedule.parts_of(wait.to);
        if parts.is_empty() {
            let mut window = Window { start: 0, end: 0 };
            window.add(problem, schedule, wait, NONE);
            return window.start.max(window.end) <= schedule.start[later];
        }
        let mut latest_end_fits = false;
        let starts_fit = parts.iter().all(|follower| {
            let site = match follower.lane {
                NONE => NONE,
                lane => problem.lanes[lane as usize].site,
            };
            let mut window = Window { start: 0, end: 0 };
            window.add(problem, schedule, wait, site);
            latest_end_fits |= window.end <= follower.end;
            window.start <= follower.start
        });
        starts_fit && latest_end_fits
    });
    set(schedule, task, first, old);
    fine
}
