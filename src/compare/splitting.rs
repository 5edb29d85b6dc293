//! Which work two artists could share so that a date comes nearer.

use super::{Goal, Tried};
use crate::explain::{self, Reason};
use crate::formulate::JobKind;
use crate::model::*;
use jiff::civil::Date;
use std::cmp::Reverse;

/// Tasks that are split in one try.
const MOST: usize = 12;
/// Bid days below which sharing is more talk than help.
const LEAST_DAYS: i64 = 2;

/// Tasks on the chains of late work of a goal that one artist does alone and two could share, those with
/// most work first. A task of two days or more in parts of at least its smallest chunk can be shared; one
/// that is held by a lock cannot.
pub(super) fn worth_sharing(tried: &Tried, goal: &Goal, by: Date) -> Vec<TaskId> {
    let (production, solved) = (&tried.production, &tried.solved);
    let by = production.timeline().end_of(by).0;
    let least = LEAST_DAYS * production.bid_day_minutes();
    let can_be_shared = |task: TaskId| {
        let (row, job) = (&production.tasks[task], &solved.problem.jobs[task.index()]);
        let work = production.work_left(task);
        job.kind == JobKind::People
            && row.max_parallel <= 1
            && !row.lock.holds_person()
            && work >= least.max(2 * row.min_chunk)
    };
    let reasons = explain::reasons(production, solved);
    let mut seen: Keyed<TaskId, bool> = Keyed::filled(false, production.tasks.len());
    let mut found: Vec<TaskId> = Vec::new();
    for (late, _) in goal.wanted.enumerate().filter(|(_, wanted)| **wanted) {
        // Without a place it is as late as can be.
        if solved.schedule.end[late.index()] <= by {
            continue;
        }
        let mut next = Some(late);
        while let Some(task) = next
            && !std::mem::replace(&mut seen[task], true)
        {
            if can_be_shared(task) {
                found.push(task);
            }
            next = match reasons[task] {
                Reason::WaitsForTask(other) | Reason::WaitsForArtist(other) => Some(other),
                _ => None,
            };
        }
    }
    found.sort_by_key(|&task| (Reverse(production.work_left(task)), task));
    found.truncate(MOST);
    found.sort_unstable();
    found
}
