//! The critical path backwards: the latest start and end of each task if all hard dates are to hold.

use super::critical_path::{Forward, Heads};
use crate::formulate::{JobKind, NONE, Problem, WaitKind};

/// The time in which each task lies in every plan that keeps all hard dates.
#[derive(Clone, Debug)]
pub struct Windows {
    /// No such plan starts the task before.
    pub first: Vec<u32>,
    /// No such plan starts it after.
    pub last_start: Vec<u32>,
    /// No such plan ends it after.
    pub end: Vec<u32>,
}

impl Windows {
    /// Backwards through the waits, from hard milestones and date rules, with everybody free at all
    /// times. Done tasks have the whole timeline.
    ///
    /// The latest start of a task is found by bisection on the forward pass, so that both passes
    /// speak of the same fastest candidate, parts and overtime.
    pub fn new(problem: &Problem, forward: &Forward) -> Windows {
        let Heads { start, .. } = forward.heads();
        let (last_start, end) = deadlines(problem);
        let mut windows = Windows {
            first: start.iter().map(|&start| if start == NONE { 0 } else { start }).collect(),
            last_start,
            end,
        };
        for &task in problem.order.iter().rev() {
            if matches!(problem.jobs[task as usize].kind, JobKind::Done | JobKind::Hold) {
                continue;
            }
            for wait in problem.followers(task) {
                windows.before(problem, task, wait);
            }
            windows.end_decides_start(problem, forward, task);
        }
        windows
    }

    /// What one follower asks of a task.
    fn before(&mut self, problem: &Problem, task: u32, wait: &crate::formulate::Wait) {
        let calendar = &problem.calendars[wait.calendar as usize];
        let (from, to) = (task as usize, wait.to as usize);
        let latest = |limit: u32, at: &dyn Fn(u32) -> u32, most: u32| {
            last_where(0, most, |time| calendar.after(at(time), wait.lag) <= limit)
        };
        let handed = |end| problem.handed_at_best(end);
        match wait.kind {
            WaitKind::StartAfterEnd => {
                self.end[from] = latest(self.last_start[to], &handed, self.end[from]);
            }
            WaitKind::EndAfterEnd => {
                self.end[from] = latest(self.end[to], &handed, self.end[from]);
            }
            WaitKind::StartAfterStart => {
                self.last_start[from] =
                    latest(self.last_start[to], &|at| at, self.last_start[from]);
            }
            WaitKind::EndAfterStart => {
                self.last_start[from] = latest(self.end[to], &|at| at, self.last_start[from]);
            }
            // Something is published after the start; how long after is left out.
            WaitKind::StartAfterPublish(_) => {
                self.last_start[from] = latest(self.last_start[to], &handed, self.last_start[from]);
            }
        }
    }

    /// The latest start from which a task can still end in time.
    fn end_decides_start(&mut self, problem: &Problem, forward: &Forward, task: u32) {
        let index = task as usize;
        let limit = self.end[index];
        if limit >= problem.slots {
            return;
        }
        let fits =
            |start: u32| forward.end_from(problem, task, start).is_some_and(|end| end <= limit);
        let mut last = last_where(self.first[index], self.last_start[index], fits);
        // With the overtime of a week to spend, a start on a later day can end a little earlier; on
        // one day a later start never does.
        let (most, day) = (self.last_start[index], problem.slots_per_day);
        let next = last / day + 1;
        let later = (next..next + 7).rev().map(|next| next * day).filter(|&start| start <= most);
        if let Some(start) = later.into_iter().find(|&start| fits(start)) {
            last = last_where(start, most.min(start + day - 1), fits);
        }
        self.last_start[index] = last.min(most);
    }
}

/// The last number in `from..=to` for which `holds`, which is true up to some number and then false;
/// `from` if it holds for none.
fn last_where(from: u32, to: u32, holds: impl Fn(u32) -> bool) -> u32 {
    let (mut low, mut high) = (from, to.max(from));
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    low
}

/// Latest starts and ends by the hard dates alone.
fn deadlines(problem: &Problem) -> (Vec<u32>, Vec<u32>) {
    let mut starts: Vec<u32> = Vec::with_capacity(problem.jobs.len());
    let mut ends: Vec<u32> = Vec::with_capacity(problem.jobs.len());
    for job in &problem.jobs {
        let is_bound = !matches!(job.kind, JobKind::Done | JobKind::Hold);
        let limit = |by: u32| if is_bound { by.min(problem.slots) } else { problem.slots };
        starts.push(match job.start_by {
            u32::MAX => problem.slots,
            by => limit(by.saturating_sub(1)),
        });
        ends.push(limit(job.end_by));
    }
    let mut of_entity = vec![u32::MAX; problem.entities.len()];
    for target in problem.targets.iter().filter(|target| target.hard) {
        let calendar = &problem.calendars[target.calendar as usize];
        if target.due.before > 0 || target.due.day == NONE {
            continue; // late whatever happens: the forward pass says so
        }
        // Days off after the due date make nothing late.
        let mut day = target.due.day;
        while day + 1 < problem.timeline.days() && target.due.days_late(calendar, day + 1) == 0 {
            day += 1;
        }
        let end = (day + 1) * problem.slots_per_day;
        for &entity in &target.entities {
            let known = &mut of_entity[entity as usize];
            *known = end.min(*known);
        }
    }
    for (job, end) in problem.jobs.iter().zip(&mut ends) {
        if !matches!(job.kind, JobKind::Done | JobKind::Hold) {
            *end = (*end).min(of_entity[job.entity as usize]);
        }
    }
    (starts, ends)
}
