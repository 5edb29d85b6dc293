//! Vendors as the engine counts them: what each can do in a week, and what a task asks of each week.

use super::{Job, JobKind, Problem, rendered};
use crate::model::{Id, Production, Timeline};

/// Days of a week, Monday to Sunday; the timeline begins on a Monday.
const WEEK: u32 = 7;

/// What the vendors of a problem can do.
#[derive(Clone, Debug, Default)]
pub struct Vendors {
    /// Minutes a week by [`VendorId`](crate::model::VendorId), `None` = any; empty if nobody's capacity
    /// counts.
    most: Vec<Option<i64>>,
    weeks: u32,
}

impl Vendors {
    /// The vendors of a production.
    pub fn new(production: &Production, timeline: &Timeline, jobs: &[Job]) -> Vendors {
        let bid_day = production.bid_day_minutes();
        let most = production.vendors.iter().map(|row| row.week_minutes(bid_day)).collect();
        let weeks = timeline.days().div_ceil(WEEK);
        let vendors = Vendors { most, weeks };
        let counts = jobs.iter().any(|job| vendors.of(job).is_some());
        if counts { vendors } else { Vendors::default() }
    }

    /// Whether nobody's capacity counts.
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.most.is_empty()
    }

    /// Places in which work is counted: one for each vendor and week.
    pub fn places(&self) -> usize {
        self.most.len() * self.weeks as usize
    }

    /// The place of a vendor's first week, and its minutes a week; `None` for work of which no vendor's
    /// capacity is asked.
    #[inline]
    pub fn of(&self, job: &Job) -> Option<(usize, i64)> {
        let JobKind::Vendor(vendor, _) = job.kind else { return None };
        let most = (*self.most.get(vendor.index())?)?;
        Some((vendor.index() * self.weeks as usize, most))
    }
}

/// Calls `visit` with each week that a vendor's task at `[start, end)` touches, and the minutes of its work
/// in it: the same on all working slots of the show's calendar, as a farm renders.
///
/// *12 bid days from a Thursday to the Friday of the week after the next, twelve working days: 2, 5 and 5.*
#[inline]
pub fn each_week(
    problem: &Problem,
    task: u32,
    (start, end): (u32, u32),
    mut visit: impl FnMut(usize, i64),
) {
    let job = &problem.jobs[task as usize];
    let calendar = &problem.calendars[job.calendar as usize];
    let per_week = WEEK * problem.slots_per_day;
    let all = calendar.slots_between(start, end);
    let units = i64::try_from(job.work).unwrap_or(i64::MAX);
    let (mut at, mut done, mut before) = (start, 0, 0);
    while at < end {
        let week = at / per_week;
        let stop = end.min((week + 1) * per_week);
        done += calendar.slots_between(at, stop);
        let until = rendered(units, done, all);
        visit(week as usize, until - before);
        (at, before) = (stop, until);
    }
}
