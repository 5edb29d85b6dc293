//! Unhurried plans: what has float gives it up for overtime that is not needed.
//!
//! Orders under pressure hurry all work of a crew that keeps anything waiting. Much of it is not waited for then: those
//! who go on are busy with other things. From the last task to the first each moves as far to the right as what waits
//! for it, the next work of its artist and what is due allow, without overtime if that is enough; from the first to the
//! last each goes back to the left. On the way work goes to cheaper hands (`cheaper_hands.rs`), or artists
//! exchange theirs (`exchanges.rs`). Nothing is later than it was.
//!
//! Tormos, P., and Lova, A. (2001), "A competitive heuristic solution technique for resource-constrained project
//! scheduling", for the passes.
//!
//! *Ann tracks a shot for 18 hours, two of them overtime on Monday, until Tuesday evening; Bo, who composites it, is busy
//! until Wednesday evening. Without overtime she ends two hours into Wednesday, and nothing else moves.*

use super::board::{Board, Wish};
use super::cheaper_hands::Hands;
use super::evaluate::{Evaluator, finish_day};
use super::exchanges::Exchanges;
use super::lenient::Leniency;
use super::long_weeks::HeavyDays;
use super::schedule::{Part, Schedule, Window, followers_allow, is_whole};
use super::trial::Incumbent;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::Id;
use std::cmp::Reverse;

/// Most passes to the right and back, and the part that one has to save of all that a plan costs but lateness: what
/// saves less only moves people to and fro.
pub(super) const PASSES: usize = 6;
const WORTH_IT: i64 = 200;

/// Most tasks of shows in which artists exchange work though there is no time for steps: a pass of a studio takes a tenth
/// of the time of its first plans.
const MOST_EXCHANGING: usize = 20_000;

/// Tasks that move between two looks at whether to stop.
const BETWEEN_LOOKS: usize = 256;

/// Gives up overtime that nothing waits for, and work to cheaper hands, as long as that saves more than half a hundredth
/// of all that a plan costs but lateness, and nothing stops it; whether it did. In large shows artists exchange work only
/// if `is_in_depth`.
pub fn unhurry(
    problem: &Problem,
    best: &mut Incumbent,
    is_in_depth: bool,
    stop: &mut dyn FnMut() -> bool,
) -> bool {
    unhurry_within(problem, best, PASSES, is_in_depth, stop)
}

/// The same in so many passes at most.
pub(in crate::solve) fn unhurry_within(
    problem: &Problem,
    best: &mut Incumbent,
    passes: usize,
    is_in_depth: bool,
    stop: &mut dyn FnMut() -> bool,
) -> bool {
    let mut evaluator = Evaluator::default();
    let mut has_gained = false;
    // All but lateness and work without a place.
    let mut at_stake = problem.multipliers;
    at_stake[..4].fill(0);
    let may_exchange = is_in_depth || problem.jobs.len() <= MOST_EXCHANGING;
    for _ in 0..passes {
        let (schedule, is_whole) = unhurried(problem, &best.schedule, may_exchange, stop);
        let objective = evaluator.evaluate(problem, &schedule);
        let value = objective.total(&problem.multipliers);
        let gain = best.value - value;
        if gain.0 <= objective.total(&at_stake).0 / WORTH_IT {
            break;
        }
        *best = Incumbent { schedule, objective, value };
        has_gained = true;
        if !is_whole {
            break;
        }
    }
    has_gained
}

/// The schedule after a pass to the right and one to the left; no deliverable, milestone or date rule is later. Whether
/// that is all of it: a pass may be stopped half-way, and its schedule is whole nevertheless.
pub fn unhurried(
    problem: &Problem,
    schedule: &Schedule,
    may_exchange: bool,
    stop: &mut dyn FnMut() -> bool,
) -> (Schedule, bool) {
    pass(problem, schedule, may_exchange, Leniency::none(), stop)
}

/// The same with changes that may cost more than they save.
pub(super) fn pass(
    problem: &Problem,
    schedule: &Schedule,
    may_exchange: bool,
    leniency: Leniency,
    stop: &mut dyn FnMut() -> bool,
) -> (Schedule, bool) {
    let limits = limits(problem, schedule);
    let mut board = Board::of(problem, schedule);
    let mut place = vec![0_u32; limits.len()];
    problem.order.iter().enumerate().for_each(|(at, &task)| place[task as usize] = at as u32);
    let key = |schedule: &Schedule, task: u32| {
        let index = task as usize;
        (schedule.start[index], schedule.end[index], place[index])
    };
    let mut tasks = problem.order.clone();
    tasks.retain(|&task| schedule.is_placed(task));
    let mut hands = Hands::new(problem, schedule, leniency);
    let mut exchanges = may_exchange.then(|| Exchanges::new(problem, &limits));
    // To cheaper hands, or in exchange for other work; whether the task has another place for it.
    let mut give = |board: &mut Board, task: u32| {
        hands.hand_over(problem, board, task, limits[task as usize])
            || exchanges.as_mut().is_some_and(|some| some.exchange(&mut hands, board, task))
    };
    tasks.sort_unstable_by_key(|&task| Reverse(key(&board.schedule, task)));
    let mut is_stopped = in_chunks(&tasks, stop, |task| {
        let limit = limits[task as usize];
        to_the_right(problem, &mut board, task, limit);
        if give(&mut board, task) {
            to_the_right(problem, &mut board, task, limit);
        }
    });
    tasks.sort_unstable_by_key(|&task| key(&board.schedule, task));
    is_stopped = is_stopped
        || in_chunks(&tasks, stop, |task| {
            to_the_left(problem, &mut board, task);
            give(&mut board, task);
        });
    // With a negative lag an instant comes before what it waits for, which has gone to the left since.
    let is_instant = |task: &&u32| problem.jobs[**task as usize].kind == JobKind::Instant;
    for &task in problem.order.iter().filter(is_instant) {
        to_the_left(problem, &mut board, task);
    }
    board.schedule.list_unplaced(problem);
    (board.schedule, !is_stopped)
}

/// Does something with tasks one by one until it is stopped; whether it was.
fn in_chunks(tasks: &[u32], stop: &mut dyn FnMut() -> bool, mut with: impl FnMut(u32)) -> bool {
    tasks.chunks(BETWEEN_LOOKS).any(|some| {
        let is_stopped = stop();
        if !is_stopped {
            some.iter().for_each(|&task| with(task));
        }
        is_stopped
    })
}

/// Moves a task as far to the right as it may, without overtime if it has the time, else with as few days of it as
/// it can do with, from where it is.
fn to_the_right(problem: &Problem, board: &mut Board, task: u32, limit: u32) {
    let Some(old) = movable(problem, &board.schedule, task) else { return };
    let lane = &problem.lanes[old.lane as usize];
    let time = &problem.times[problem.lanes[lane.own as usize].time as usize];
    let busy = &board.busy[lane.desk as usize];
    let next = busy.get(busy.partition_point(|run| run.start < old.end));
    let limit = next.map_or(problem.slots, |run| run.start).min(limit);
    // Who does it in less time than another may not begin it later than it has to begin.
    let last_start = problem.jobs[task as usize].start_by.saturating_sub(1).max(old.start);
    let mut place = |from: u32, to: Option<u32>, long_days: u64| {
        let to = to?;
        let (start, end) = (time.slot_of(from), time.boundary_before(to));
        let minutes = if long_days == 0 { 0 } else { old.minutes };
        let heavy = HeavyDays::NONE;
        let part = Part { lane: lane.own, from, to, start, end, long_days, minutes, heavy, ..old };
        let fits = end <= limit
            && start <= last_start
            && followers_allow(problem, &mut board.schedule, task, part);
        fits.then_some(part)
    };
    let first = time.index_at(old.start);
    let found = match place(first, time.finish(first, old.need), 0) {
        Some(mut found) => {
            let (mut low, mut high) = (first, time.index_at(limit).max(first));
            while low < high {
                let middle = low + (high - low).div_ceil(2);
                match place(middle, time.finish(middle, old.need), 0) {
                    Some(part) => (low, found) = (middle, part),
                    None => high = middle - 1,
                }
            }
            Some(found)
        }
        None if old.lane == lane.own && old.heavy.is_none() => {
            let extra = problem.overtime.share(lane.person.index() as u32, old.minutes);
            let mut long_days = 0;
            let mut left = old.long_days;
            std::iter::from_fn(|| {
                let day = left & left.wrapping_neg();
                left ^= day;
                long_days |= day;
                // With all of them it is where it was.
                (left != 0).then_some(long_days)
            })
            .find_map(|days| {
                let to = time.finish_on_long_days(old.from, old.need, |_| extra, days);
                place(old.from, to, days)
            })
        }
        None => None,
    };
    let Some(new) = found.filter(|new| *new != old && is_whole(problem, time, task, new)) else {
        return;
    };
    board.take_off(problem, task);
    let part = if board.has_room(problem, task, &new) { new } else { old };
    board.put(problem, task, part.start, part.end, &[part]);
}

/// Moves a task as far to the left as it may; an instant to where it happens.
fn to_the_left(problem: &Problem, board: &mut Board, task: u32) {
    if problem.jobs[task as usize].kind == JobKind::Instant {
        if !board.schedule.is_placed(task) {
            return;
        }
        let window = Window::of(problem, &board.schedule, task, NONE);
        let time = window.start.max(window.end);
        if time <= problem.slots {
            board.put(problem, task, time, time, &[]);
        }
        return;
    }
    let Some(old) = movable(problem, &board.schedule, task) else { return };
    let lane = &problem.lanes[old.lane as usize];
    if old.long_days != 0 || lane.own != old.lane {
        return; // it did not go to the right, and is not to have more overtime
    }
    let mut window = Window::of(problem, &board.schedule, task, lane.site);
    if problem.setup.any {
        // What comes next has the time to settle in that it needs after the same work.
        let busy = &board.busy[lane.desk as usize];
        let before = busy[..busy.partition_point(|run| run.start < old.start)].last();
        window.start = window.start.max(before.map_or(0, |run| run.end));
    }
    let need = old.need - u64::from(old.setup);
    let wish = Wish { give_up: old.end, ..Wish::of(need) };
    board.take_off(problem, task);
    let found = board.fit(problem, task, old.lane, window, wish);
    let part = found.map_or(old, |found| Part { level: old.level, ..found });
    board.put(problem, task, part.start, part.end, &[part]);
}

/// The part of a task that may move: one of one person, who is not asked to be late.
pub(super) fn movable(problem: &Problem, schedule: &Schedule, task: u32) -> Option<Part> {
    let job = &problem.jobs[task as usize];
    let &[part] = schedule.parts_of(task) else { return None };
    (job.kind == JobKind::People && part.lane != NONE && part.parts == 1 && !job.late_wish)
        .then_some(part)
}

/// By when each task has to end for what it belongs to itself.
fn limits(problem: &Problem, schedule: &Schedule) -> Vec<u32> {
    let end_of = |day: u32| if day == NONE { 0 } else { (day + 1) * problem.slots_per_day };
    let evening = |end: u32| end_of(finish_day(problem, end));
    let mut entity_end = vec![0; problem.entities.len()];
    for (job, &end) in problem.jobs.iter().zip(&schedule.end) {
        if end != NONE {
            let known = &mut entity_end[job.entity as usize];
            *known = end.max(*known);
        }
    }
    let mut limit = vec![problem.slots; problem.entities.len()];
    let mut task_limit = vec![problem.slots; problem.jobs.len()];
    for due in &problem.dues {
        let date = end_of(due.due.day);
        match due.entity {
            NONE => {
                let task = due.task as usize;
                if schedule.end[task] != NONE {
                    task_limit[task] = task_limit[task].min(date.max(evening(schedule.end[task])));
                }
            }
            entity => {
                let entity = entity as usize;
                limit[entity] = limit[entity].min(date.max(evening(entity_end[entity])));
            }
        }
    }
    for target in &problem.targets {
        let date = end_of(target.due.day);
        let last = target.entities.iter().map(|&entity| entity_end[entity as usize]).max();
        let whole = date.max(evening(last.unwrap_or(0)));
        for &entity in &target.entities {
            limit[entity as usize] = limit[entity as usize].min(whole);
        }
        for &(entity, _) in &target.items {
            let own = date.max(evening(entity_end[entity as usize]));
            limit[entity as usize] = limit[entity as usize].min(own);
        }
    }
    let tasks = problem.jobs.iter().enumerate();
    tasks
        .map(|(task, job)| {
            let (start, end) = (schedule.start[task], schedule.end[task]);
            if end == NONE {
                return problem.slots;
            }
            let by_start = match job.start_by {
                u32::MAX => u32::MAX,
                by => by.saturating_sub(1).max(start).saturating_add(end - start),
            };
            task_limit[task].min(limit[job.entity as usize]).min(job.end_by).min(by_start).max(end)
        })
        .collect()
}
