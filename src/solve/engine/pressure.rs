//! What a slot of the time of each task costs a plan that is late.
//!
//! What is late was kept waiting by something: by a task that it waits for, or by what its artist did before. That was
//! kept waiting in its turn, back to the first day that was too full. A slot less anywhere on that way is a slot less of
//! lateness, so all of it is worth the same; where the ways of many late things meet, their prices add up. Artists of a
//! crew stand in for one another, so that a crew's work of a week has one price: the mean of all of it.
//!
//! That is the slope of the lateness in the lengths of tasks, for an order of work that stays as it is. What has the
//! price is pressed: placed as early as it can be, by quick artists, with overtime where that costs less, though it is
//! weeks before anything is late.
//!
//! Adams, J., Balas, E., and Zawack, D. (1988), "The shifting bottleneck procedure for job shop scheduling", for the
//! bottleneck that decides; Kelley, J. (1961), "Critical-path planning and scheduling: mathematical basis", for prices
//! of time on critical paths.
//!
//! *One artist does two tasks of a day, then each waits for a task of somebody else; both end late, at 100 and 300 a
//! day. The second of the artist's tasks costs 300 a day, the first 400: 350 is the crew's price of that week.*

use super::evaluate::{self, finish_day};
use super::place::Urgency;
use super::schedule::{Schedule, Window};
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::Id;
use std::cmp::Reverse;

/// Days in which all work of a crew has one price.
const DAYS_APART: u32 = 5;

/// No slot costs more, so that a price times all slots of a show is far from the largest number.
const DEAREST: i64 = 1 << 40;

/// What a slot of the time of each task costs, in minor units.
pub fn prices(problem: &Problem, schedule: &Schedule) -> Vec<i64> {
    let mut prices = what_is_late(problem, schedule);
    let before = kept_busy_by(problem, schedule);
    let placed = |task: &u32| schedule.is_placed(*task);
    let mut latest_first: Vec<u32> = (0..problem.jobs.len() as u32).filter(placed).collect();
    latest_first.sort_unstable_by_key(|&task| {
        let index = task as usize;
        (Reverse((schedule.start[index], schedule.end[index])), task)
    });
    for task in latest_first {
        let price = prices[task as usize];
        if price == 0 {
            continue;
        }
        let waits = problem.waits_for(task).iter().filter(|wait| placed(&wait.from));
        let waits_until = waits.map(|wait| {
            let mut window = Window { start: 0, end: 0 };
            window.add(problem, schedule, wait, NONE);
            (window.start.max(window.end), wait.from)
        });
        let (busy_until, other) = before[task as usize];
        let kept_by = match waits_until.max() {
            Some((time, from)) if time > busy_until => from,
            _ => other,
        };
        if kept_by != NONE {
            let sum = &mut prices[kept_by as usize];
            *sum = sum.saturating_add(price);
        }
    }
    of_crews(problem, schedule, &prices)
}

/// The price of a slot of the last task of all that is late, or breaks a date by being late.
fn what_is_late(problem: &Problem, schedule: &Schedule) -> Vec<i64> {
    let per_day = i64::from(problem.slots_per_day);
    let hard = 1_000 * problem.artist_day;
    let end_of = |task: u32| schedule.end[task as usize];
    let mut last = vec![NONE; problem.entities.len()];
    for (task, job) in problem.jobs.iter().enumerate() {
        let known = &mut last[job.entity as usize];
        let task = task as u32;
        if schedule.is_placed(task) && (*known == NONE || end_of(task) > end_of(*known)) {
            *known = task;
        }
    }
    let mut prices = vec![0; problem.jobs.len()];
    let mut charge = |task: u32, day: i64| {
        let sum: &mut i64 = &mut prices[task as usize];
        *sum = sum.saturating_add(day / per_day);
    };
    for due in &problem.dues {
        let task = if due.entity == NONE { due.task } else { last[due.entity as usize] };
        if task == NONE || !schedule.is_placed(task) {
            continue;
        }
        let calendar = &problem.calendars[due.calendar as usize];
        if due.due.days_late(calendar, finish_day(problem, end_of(task))) > 0 {
            charge(task, problem.artist_day * due.factor / 2);
        }
    }
    for target in &problem.targets {
        let calendar = &problem.calendars[target.calendar as usize];
        let is_late = |&task: &u32| {
            let day = || finish_day(problem, end_of(task));
            task != NONE && target.due.days_late(calendar, day()) > 0
        };
        let late = target.entities.iter().map(|&entity| last[entity as usize]).filter(is_late);
        if let Some(task) = late.max_by_key(|&task| end_of(task)) {
            charge(task, target.penalty + if target.hard { hard } else { 0 });
        }
        for &(entity, value) in &target.items {
            let task = last[entity as usize];
            if is_late(&task) {
                let day = i128::from(value) * i128::from(target.rate) / 10_000;
                charge(task, i64::try_from(day).unwrap_or(hard).min(hard));
            }
        }
    }
    for rule in &problem.rules {
        let is_late = || evaluate::broken(problem, schedule, rule).0 > 0;
        if schedule.is_placed(rule.task) && is_late() {
            charge(rule.task, hard);
        }
    }
    prices
}

/// For each task the end of what its artist did right before, and what that was; of several artists the one who
/// was busy longest.
fn kept_busy_by(problem: &Problem, schedule: &Schedule) -> Vec<(u32, u32)> {
    let mut work = Vec::new();
    for task in 0..problem.jobs.len() as u32 {
        for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            let person = problem.lanes[part.lane as usize].person.index();
            work.push((person, part.start, part.end, task));
        }
    }
    work.sort_unstable();
    let mut before = vec![(0, NONE); problem.jobs.len()];
    for pair in work.windows(2) {
        let ((person, _, end, earlier), (same, start, _, task)) = (pair[0], pair[1]);
        let known = &mut before[task as usize];
        if person == same && end <= start && end > known.0 {
            *known = (end, earlier);
        }
    }
    before
}

/// The mean price of all work that a crew begins within a few days, by its length.
fn of_crews(problem: &Problem, schedule: &Schedule, prices: &[i64]) -> Vec<i64> {
    let apart = DAYS_APART * problem.slots_per_day;
    let stretches = (problem.slots / apart + 1) as usize;
    let stretch = |task: usize| {
        let job = &problem.jobs[task];
        let is_work = job.kind == JobKind::People && schedule.is_placed(task as u32);
        is_work.then(|| job.crew as usize * stretches + (schedule.start[task] / apart) as usize)
    };
    let mut sums = vec![(0_i128, 0_i128); problem.crews.len() * stretches];
    for (task, &price) in prices.iter().enumerate() {
        if let Some(at) = stretch(task) {
            let length = i128::from(schedule.end[task] - schedule.start[task]);
            sums[at].0 += i128::from(price) * length;
            sums[at].1 += length;
        }
    }
    let mean = |at: usize| i64::try_from(sums[at].0 / sums[at].1.max(1)).unwrap_or(i64::MAX / 4);
    (0..prices.len()).map(|task| stretch(task).map_or(0, mean)).collect()
}

/// The usual urgency, but work with a price is pressed at `times` of it from the start that it has in a schedule.
pub fn pressed(urgency: &Urgency, schedule: &Schedule, prices: &[i64], times: i64) -> Urgency {
    let mut pressed = urgency.clone();
    for (task, &price) in prices.iter().enumerate() {
        if price == 0 || schedule.end[task] == NONE {
            continue;
        }
        let is_late = schedule.end[task] > urgency.latest_end[task];
        let usual = if is_late { urgency.price[task] } else { 0 };
        pressed.price[task] = price.saturating_mul(times).min(DEAREST).max(usual);
        pressed.latest_end[task] = urgency.latest_end[task].min(schedule.start[task]);
    }
    pressed
}
