//! A schedule made from the plan of a similar problem: what still has its place keeps it, the rest is
//! placed around it.
//!
//! First every task is put where the plan has it, if its artists are still there and free; then all tasks
//! are looked at in an order in which nothing comes before what it waits for. A task that may not stay
//! is taken off and placed anew, as in [`decode`](super::decode). So a change moves what it has to, and
//! what that pushes away.

use super::board::Board;
use super::long_weeks::{Asking, HeavyDays};
use super::place::{Placer, Taste, Urgency};
use super::schedule::{MOST_PARTS, NO_PART, Part, Schedule, holds};
use super::setup;
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::{Assignment, Id, Plan, Worker};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Makes a schedule from `plan`, whose tasks and people have the numbers they have here. Others are taken
/// by `latest_start`. When `stop` says so, what is not looked at yet stays without a place.
pub fn keep(
    problem: &Problem,
    plan: &Plan,
    urgency: &Urgency,
    latest_start: &[u32],
    stop: &dyn Fn() -> bool,
) -> Schedule {
    let mut board = Board::new(problem);
    let tasks = problem.jobs.len();
    let mut old_start = vec![NONE; tasks];
    let mut groups: Vec<&[Assignment]> = plan
        .assignments
        .chunk_by(|a, b| a.task == b.task)
        .filter(|parts| parts.first().is_some_and(|part| part.task.index() < tasks))
        .collect();
    let start_of = |parts: &[Assignment]| parts.iter().map(|part| part.start().0).min();
    groups.sort_by_key(|parts| (start_of(parts), parts[0].task));
    for parts in groups {
        let task = parts[0].task.index();
        old_start[task] = start_of(parts).unwrap_or(NONE);
        reserve(problem, plan, &mut board, task as u32, parts);
    }
    let mut placer = Placer::default();
    placer.seed(1);
    let key = |task: u32| {
        let start = old_start[task as usize];
        Reverse((if start == NONE { latest_start[task as usize] } else { start }, task))
    };
    let mut missing: Vec<u32> =
        (0..tasks).map(|task| problem.waits_of[task + 1] - problem.waits_of[task]).collect();
    let free = (0..tasks as u32).filter(|&task| missing[task as usize] == 0);
    let mut ready: BinaryHeap<Reverse<(u32, u32)>> = free.map(key).collect();
    let mut seen = vec![false; tasks];
    while let Some(Reverse((_, task))) = ready.pop() {
        if stop() {
            break;
        }
        seen[task as usize] = true;
        if !stays(problem, &board, task) {
            if board.schedule.is_placed(task) {
                board.take_off(problem, task);
            }
            placer.place(problem, &mut board, task, urgency, Taste::BALANCED);
        }
        for wait in problem.followers(task) {
            let left = &mut missing[wait.to as usize];
            *left -= 1;
            if *left == 0 {
                ready.push(key(wait.to));
            }
        }
    }
    for task in (0..tasks as u32).filter(|&task| !seen[task as usize]) {
        if board.schedule.is_placed(task) {
            board.take_off(problem, task);
        }
    }
    if problem.setup.any {
        settle(problem, &mut board, &mut placer, urgency);
    }
    board.schedule.list_unplaced(problem);
    board.schedule
}

/// Rounds in which work that has too little time to settle in is placed anew, before it stays without a
/// place.
const ROUNDS: u32 = 20;

/// Takes off what has too little time to settle in, since what came before it has moved, with all that waits
/// for it, and places it anew.
fn settle(problem: &Problem, board: &mut Board, placer: &mut Placer, urgency: &Urgency) {
    let tasks = 0..problem.jobs.len() as u32;
    let mut is_out = vec![false; problem.jobs.len()];
    for round in 0.. {
        is_out.fill(false);
        let short = tasks.clone().filter(|&task| !setup::is_enough(problem, board, task));
        let short: Vec<u32> = short.collect();
        if short.is_empty() {
            return;
        }
        short.iter().for_each(|&task| is_out[task as usize] = true);
        let mut out = Vec::new();
        for &task in &problem.order {
            let waits = problem.waits_for(task).iter();
            is_out[task as usize] |= waits.clone().any(|wait| is_out[wait.from as usize]);
            if is_out[task as usize] {
                out.push(task);
            }
        }
        for &task in out.iter().filter(|&&task| is_out[task as usize]) {
            if board.schedule.is_placed(task) {
                board.take_off(problem, task);
            }
        }
        if round < ROUNDS {
            for &task in &out {
                placer.place(problem, board, task, urgency, Taste::BALANCED);
            }
        }
    }
}

/// Whether a task that has a place may stay there.
fn stays(problem: &Problem, board: &Board, task: u32) -> bool {
    let schedule = &board.schedule;
    // What needs no work happens as soon as it can.
    problem.jobs[task as usize].kind != JobKind::Instant
        && schedule.is_placed(task)
        && schedule.blocked_by(problem, task).is_none()
        && problem
            .waits_for(task)
            .iter()
            .all(|wait| !schedule.is_placed(wait.from) || holds(problem, schedule, wait))
}

/// Puts a task where the plan has it, if that is possible whatever it waits for. Work that has become
/// longer or shorter begins there and ends later or earlier.
fn reserve(problem: &Problem, plan: &Plan, board: &mut Board, task: u32, parts: &[Assignment]) {
    let job = &problem.jobs[task as usize];
    match (job.kind, parts) {
        (JobKind::Vendor(vendor, length), [part]) if part.worker == Worker::Vendor(vendor) => {
            let calendar = &problem.calendars[job.calendar as usize];
            let begin = part.start().0;
            if let Some((start, end)) = calendar.run(begin, length)
                && start == begin
                && start >= job.earliest
                && end >= job.end_from
                && board.vendors.has_room(problem, task, (start, end))
            {
                let part = Part { from: start, to: end, start, end, ..NO_PART };
                board.put(problem, task, start, end, &[part]);
            }
        }
        (JobKind::People, _) if parts.len() <= job.parts.min(MOST_PARTS) as usize => {
            let mut found = [NO_PART; MOST_PARTS as usize];
            for (place, part) in parts.iter().enumerate() {
                match again(problem, plan, board, task, parts.len() as u64, part) {
                    Some(part) => found[place] = part,
                    None => return,
                }
            }
            let found = &found[..parts.len()];
            if found.len() > 1 && !board.room_together(problem, task, found.iter()) {
                return;
            }
            let start = found.iter().map(|part| part.start).min().unwrap_or(0);
            let end = found.iter().map(|part| part.end).max().unwrap_or(0);
            board.put(problem, task, start, end, found);
        }
        _ => {}
    }
}

/// One part of a task with the same artist from the same time on.
fn again(
    problem: &Problem,
    plan: &Plan,
    board: &Board,
    task: u32,
    parts: u64,
    part: &Assignment,
) -> Option<Part> {
    let Worker::Person(person) = part.worker else { return None };
    let job = &problem.jobs[task as usize];
    let crew = &problem.crews[job.crew as usize];
    let candidate =
        crew.iter().find(|candidate| problem.lanes[candidate.lane as usize].person == person)?;
    let work = problem.need(job.work.div_ceil(parts), candidate.rate);
    // The same long days and days off as in the plan.
    let first = plan.overtime.partition_point(|row| row.person < person);
    let last = plan.overtime.partition_point(|row| row.person <= person);
    let own = &plan.overtime[first..last];
    let minutes_on =
        |day: u32| own.binary_search_by_key(&day, |row| row.day.0).ok().map(|row| own[row].minutes);
    let days = part.start().0 / problem.slots_per_day..part.end().0.div_ceil(problem.slots_per_day);
    let plain = &problem.lanes[candidate.lane as usize];
    let is_off = plain.with_days_off != NONE
        && days.into_iter().any(|day| {
            minutes_on(day).is_some()
                && problem.overtime.minutes_off(person.index() as u32, day) > 0
        });
    let number = if is_off { plain.with_days_off } else { candidate.lane };
    let lane = &problem.lanes[number as usize];
    let time = &problem.times[lane.time as usize];
    let begin = part.start().0;
    let from = time.index_at(begin);
    if begin < job.earliest || from >= time.total() || time.slot_of(from) != begin {
        return None;
    }
    let number_of = person.index() as u32;
    let first = time.day_of_index(from);
    let (mut minutes, mut heavy) = (0, HeavyDays::NONE);
    let mut finish = |need| {
        (minutes, heavy) = (0, HeavyDays::NONE);
        let mut asking = Asking::new(problem, board, number_of);
        time.finish_with_overtime(from, need, |day| match minutes_on(day) {
            Some(_) if is_off => 0,
            Some(long) if (minutes == 0 || minutes == long) && lane.is_alone(day) => {
                minutes = long;
                let mut worth = long;
                if problem.overtime.may_be_long(number_of) {
                    worth = asking.worth(day, long).min(long);
                    asking.take(day, long as u16);
                }
                if worth < long {
                    worth = heavy.note(time.working_day(day) - first, worth as u16).into();
                }
                problem.overtime.share(number_of, worth)
            }
            _ => 0,
        })
    };
    // As long to settle in as the plan has it, where that is enough.
    let least = setup::least(problem, board, task, number, begin);
    let known = setup::lengths(problem, lane, task, least).into_iter().find(|&setup| {
        let ends = finish(work + u64::from(setup));
        ends.is_some_and(|(to, _)| time.boundary_before(to) == part.end().0)
    });
    let setup = known.unwrap_or(least);
    let need = work + u64::from(setup);
    let (to, long_days) = finish(need)?;
    let end = time.boundary_before(to);
    let per_day = problem.slots_per_day;
    let is_cut = || time.first_gap(begin / per_day, (end.max(1) - 1) / per_day).is_some();
    if end < job.end_from || (!job.splittable && is_cut()) {
        return None;
    }
    let part = Part {
        lane: number,
        level: candidate.level,
        from,
        to,
        start: begin,
        end,
        need,
        setup,
        parts: parts as u32,
        long_days,
        minutes: if long_days == 0 { 0 } else { minutes },
        heavy: heavy.only(long_days),
    };
    let mut days_off = time.days_off_in(from, to);
    let is_same = days_off.all(|(day, minutes)| minutes_on(day) == Some(minutes.into()));
    let has_room = is_same
        && board.has_room(problem, task, &part)
        && (!problem.setup.any || setup::fits(problem, board, task, &part));
    has_room.then_some(part)
}
