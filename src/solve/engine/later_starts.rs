//! Later starts: all else begins work as soon as it can, but some tasks are to begin later.
//!
//! "As late as possible": tasks that wish it move right, as far as what waits for them, their due
//! dates and their artist's next work allow, and only if the plan is not worth less. So do tasks that began on a later day in
//! an earlier plan, as far as that day, where it is worth more.

use super::board::{Board, Wish};
use super::evaluate::finish_day;
use super::schedule::{Part, Schedule, Window, followers_allow, is_whole};
use super::standing::{Places, Setting, Standing};
use super::trial::Incumbent;
use super::unhurried::movable;
use crate::formulate::{JobKind, Problem};
use crate::model::Cents;
use std::cmp::Reverse;

/// Moves the tasks that wish to be late, after those that began later in an earlier plan.
pub fn move_later(setting: Setting<'_>, best: &mut Incumbent) {
    let problem = setting.problem;
    let is_wished = problem.jobs.iter().any(|job| job.late_wish && job.kind == JobKind::People);
    if !is_wished && problem.earlier.is_empty() {
        return;
    }
    let board = Board::of(problem, &best.schedule);
    let mut standing = Standing::new(problem, setting.links, board);
    let mut places = Places::default();
    let tasks = 0..problem.jobs.len() as u32;
    let mut tasks: Vec<u32> = tasks.filter(|&task| began_later(problem, best, task)).collect();
    // What its artist does next moves first.
    tasks.sort_unstable_by_key(|&task| Reverse((best.schedule.start[task as usize], task)));
    for task in tasks {
        let earlier = &problem.earlier[problem.jobs[task as usize].earlier as usize];
        let from = earlier.day * problem.slots_per_day;
        let is_fine = |change| change < Cents::ZERO;
        if !jump_to(setting, &mut standing, &mut places, (task, from), is_fine) {
            move_to(setting, &mut standing, &mut places, (task, from), is_fine);
        }
    }
    let is_wish = |task: &&u32| problem.jobs[**task as usize].late_wish;
    for &task in problem.order.iter().rev().filter(is_wish) {
        let whenever = problem.slots;
        let is_fine = |change| change <= Cents::ZERO;
        move_to(setting, &mut standing, &mut places, (task, whenever), is_fine);
    }
    best.value = standing.value();
    best.objective = standing.ledger.objective();
    best.schedule = standing.board.schedule;
    best.schedule.list_unplaced(problem);
}

/// Whether a task begins on an earlier day than in an earlier plan.
fn began_later(problem: &Problem, best: &Incumbent, task: u32) -> bool {
    let earlier = problem.earlier.get(problem.jobs[task as usize].earlier as usize);
    let start = best.schedule.start[task as usize];
    earlier.is_some_and(|earlier| start < earlier.day.saturating_mul(problem.slots_per_day))
}

/// Moves a task to the right, to the boundary `until` at most, if what that changes is fine.
fn move_to(
    setting: Setting<'_>,
    standing: &mut Standing,
    places: &mut Places,
    (task, until): (u32, u32),
    is_fine: impl Fn(Cents) -> bool,
) {
    let problem = setting.problem;
    let schedule = &mut standing.board.schedule;
    let &[old] = schedule.parts_of(task) else { return };
    // Nobody works long days, or days off, to be late.
    if problem.jobs[task as usize].kind != JobKind::People || old.long_days != 0 {
        return;
    }
    let lane = &problem.lanes[old.lane as usize];
    if lane.own != old.lane {
        return;
    }
    let time = &problem.times[lane.time as usize];
    let busy = &standing.board.busy[lane.desk as usize];
    let next = busy.get(busy.partition_point(|run| run.start < old.end));
    let room = next.map_or(problem.slots, |run| run.start);
    // What ends late, and does not ask to be late, may end in the evening of the same day.
    let evening = match until < problem.slots {
        true => (finish_day(problem, old.end) + 1) * problem.slots_per_day,
        false => 0,
    };
    let end_limit = room.min(setting.urgency.latest_end[task as usize].max(evening));
    // The latest start in the free time after the present place, by bisection on the end.
    let (mut low, mut high) = (old.from, time.index_at(end_limit.min(until)));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        let fits = time.finish(middle, old.need).is_some_and(|to| {
            let part = moved(time, old, middle, to);
            part.end <= end_limit && followers_allow(problem, schedule, task, part)
        });
        if fits { low = middle } else { high = middle - 1 }
    }
    if low == old.from {
        return;
    }
    let Some(to) = time.finish(low, old.need) else { return };
    let part = moved(time, old, low, to);
    if is_whole(problem, time, task, &part) {
        try_at(setting, standing, places, (task, part), is_fine);
    }
}

/// Moves a task to the first gap of its artist from a boundary on, if what that changes is fine; whether it did.
fn jump_to(
    setting: Setting<'_>,
    standing: &mut Standing,
    places: &mut Places,
    (task, from): (u32, u32),
    is_fine: impl Fn(Cents) -> bool,
) -> bool {
    let problem = setting.problem;
    let Some(old) = movable(problem, &standing.board.schedule, task) else { return false };
    let lane = &problem.lanes[old.lane as usize];
    if old.long_days != 0 || lane.own != old.lane {
        return false;
    }
    let mut window = Window::of(problem, &standing.board.schedule, task, lane.site);
    window.start = window.start.max(from);
    standing.board.take_off(problem, task);
    let wish = Wish::of(old.need - u64::from(old.setup));
    let found = standing.board.fit(problem, task, old.lane, window, wish);
    standing.board.put(problem, task, old.start, old.end, &[old]);
    let Some(part) = found else { return false };
    try_at(setting, standing, places, (task, Part { level: old.level, ..part }), is_fine)
}

/// Puts a task elsewhere if what that changes is fine; whether it did.
fn try_at(
    setting: Setting<'_>,
    standing: &mut Standing,
    places: &mut Places,
    (task, part): (u32, Part),
    is_fine: impl Fn(Cents) -> bool,
) -> bool {
    let schedule = &mut standing.board.schedule;
    let &[old] = schedule.parts_of(task) else { return false };
    places.clear();
    set(schedule, task, part);
    places.note(schedule, task);
    set(schedule, task, old);
    let Some(change) = standing.repeat(setting, places) else { return false };
    let is_fine = is_fine(change.value);
    match is_fine {
        true => standing.keep(setting.problem),
        false => standing.undo(setting),
    }
    is_fine
}

fn set(schedule: &mut Schedule, task: u32, part: Part) {
    schedule.set(task, part.start, part.end, &[part]);
}

fn moved(time: &crate::formulate::WorkingTime, old: Part, from: u32, to: u32) -> Part {
    Part { from, to, start: time.slot_of(from), end: time.boundary_before(to), ..old }
}
