//! Lateness as rows: what work that is not done yet costs at least.
//!
//! Let `N(τ)` be 1 when a deliverable is not finished at the end of the day before working day `τ`, and
//! 0 when it is. A deliverable is late by the number of working days `τ` after its due day with
//! `N(τ) = 1`, and `N` never rises. Two things bound it from below:
//!
//! * before the earliest finish of the deliverable `N` is 1 for sure (a constant in the objective);
//! * for a task with work in it whose end lies at least `tail` open days before the finish (days on
//!   which anybody works), `N(τ)` is 1 unless the task is done as many days earlier, so `N(τ) ≥ 1 − (share of the task
//!   done by then)`. Several tasks of one department count together: the share done of all of them
//!   is at least the share of the least finished one.
//!
//! For a unit of many deliverables the shares are not known one by one, only their sum of work. The
//! least cost with a given sum is a fractional knapsack: the work goes where a day costs most per bid
//! day of work. That is a convex function of the sum, so each of its tangents is a valid row.

use super::grid::Period;
use super::work::{Charge, Deliverable};
use crate::formulate::program::Column;
use crate::model::{CalendarId, Day, Keyed, Lane, Production, TaskId, Timeline};

/// Working days of each calendar before each day of the timeline.
pub(super) struct WorkingDays {
    before: Keyed<CalendarId, Vec<u32>>,
    /// Whether a day before the timeline (counted from its first day) is worked.
    worked: Keyed<CalendarId, Box<dyn Fn(i64) -> bool + Send + Sync>>,
    /// Days on which anybody works, in order.
    open: Vec<u32>,
    /// Their number before each day.
    opened: Vec<u32>,
}

/// Whether anybody works on each day: an artist, who may be asked to on a day off, or a show that counts
/// days.
///
/// Nothing is done on any other day, so that the time from the end of one task to the end of a later
/// one can be counted in days that are open.
pub fn open_days(production: &Production, timeline: &Timeline, lanes: &[Lane]) -> Vec<bool> {
    let mut open = vec![false; timeline.days() as usize];
    for lane in lanes {
        for (open, share) in open.iter_mut().zip(&lane.share) {
            *open |= *share > 0;
        }
        for off in &lane.days_off {
            open[off.day as usize] = true;
        }
    }
    for calendar in &production.calendars {
        for (day, open) in open.iter_mut().enumerate() {
            *open |= calendar.is_worked(timeline.date(Day(day as u32)));
        }
    }
    open
}

impl WorkingDays {
    pub fn new(production: &Production, timeline: &Timeline, lanes: &[Lane]) -> WorkingDays {
        let mut before = Keyed::new();
        let mut worked: Keyed<CalendarId, Box<dyn Fn(i64) -> bool + Send + Sync>> = Keyed::new();
        for calendar in &production.calendars {
            let first = timeline.first();
            let calendar = calendar.clone();
            let is_worked = move |day: i64| {
                calendar.is_worked(first.saturating_add(jiff::Span::new().days(day)))
            };
            let mut sum = 0;
            let days = (0..timeline.days()).map(|day| {
                sum += u32::from(is_worked(i64::from(day)));
                sum
            });
            before.push(std::iter::once(0).chain(days).collect());
            worked.push(Box::new(is_worked));
        }
        let (mut open, mut opened) = (Vec::new(), Vec::new());
        for (day, is_open) in open_days(production, timeline, lanes).into_iter().enumerate() {
            opened.push(open.len() as u32);
            if is_open {
                open.push(day as u32);
            }
        }
        opened.push(open.len() as u32);
        WorkingDays { before, worked, open, opened }
    }

    /// The last open day before `day` that leaves `tail` open days between; `None` when there is none.
    fn last_before(&self, day: u32, tail: u32) -> Option<u32> {
        let before = *self.opened.get(day as usize)?;
        self.open.get(before.checked_sub(1 + tail)? as usize).copied()
    }

    fn is_worked(&self, calendar: CalendarId, day: u32) -> bool {
        let before = &self.before[calendar];
        before[day as usize + 1] > before[day as usize]
    }

    /// Working days after day `after` (which may lie before the timeline) and before day `until`.
    pub fn between(&self, calendar: CalendarId, after: i64, until: u32) -> u32 {
        // Ten years back are more than any schedule is late; fewer days keep the bound valid.
        const FARTHEST: i64 = 3_660;
        let before = &self.before[calendar];
        let until = (until as usize).min(before.len() - 1);
        if after + 1 >= 0 {
            let from = usize::try_from(after + 1).unwrap_or(usize::MAX).min(until);
            return before[until] - before[from];
        }
        let past = (after + 1).max(-FARTHEST)..0;
        past.filter(|day| self.worked[calendar](*day)).count() as u32 + before[until]
    }
}

/// What the lateness costs that is certain before anything is planned, and the first day after it.
pub(super) fn certain(row: &Deliverable, days: &WorkingDays, timeline: &Timeline) -> (f64, u32) {
    // Days τ with τ × S < finish: not finished at the end of the day before.
    let until = row.finish.div_ceil(timeline.slots_per_day()).min(timeline.days());
    // Its tasks end inside the timeline or the last day counts: it is never finished before day 0.
    let cost = |charge: &Charge| {
        charge.price * f64::from(days.between(charge.calendar, charge.due, until.max(1)))
    };
    (row.charges.iter().map(cost).sum(), until.max(1))
}

/// What waits on one group of tasks: their work, and how long before the finish they have to be done.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item<'a> {
    /// What it costs on each day not to be finished.
    pub prices: &'a [f64],
    /// First day after the certain part.
    pub from: u32,
    /// Bid days of the tasks that count together.
    pub work: f64,
    /// Least tail of them, in whole open days.
    pub tail: u32,
}

/// Price of the working days of a period after the certain part, for one deliverable.
pub(super) fn price_of(item: &Item, span: &Period) -> f64 {
    (span.first.max(item.from)..span.end).map(|day| item.prices[day as usize]).sum()
}

/// Price of each day of the timeline on which a deliverable is not finished.
pub(super) fn day_prices(row: &Deliverable, days: &WorkingDays, timeline: &Timeline) -> Vec<f64> {
    (0..timeline.days()).map(|day| price_on(row, days, day)).collect()
}

fn price_on(row: &Deliverable, days: &WorkingDays, day: u32) -> f64 {
    row.charges
        .iter()
        .take_while(|charge| charge.due < i64::from(day))
        .filter(|charge| days.is_worked(charge.calendar, day))
        .map(|charge| charge.price)
        .sum()
}

/// A row `cost ≥ constant − Σ slope × done`.
pub(super) struct Cut {
    pub constant: f64,
    pub slopes: Vec<(Column, f64)>,
}

/// Tangents to the least lateness cost of `items` in the days of `span`, given the work done.
///
/// `done(period)` is the column of the work done on the group by the end of a period.
pub(super) fn cuts(
    items: &[Item],
    days: &WorkingDays,
    span: &Period,
    period_of_day: &[u32],
    done: impl Fn(usize) -> Column,
    most: usize,
) -> Vec<Cut> {
    // Costs by the period in which the work has to be done: (period, cost, work).
    let mut priced: Vec<(u32, f64, f64)> = Vec::new();
    for item in items {
        let start = priced.len();
        for day in span.first.max(item.from)..span.end {
            let price = item.prices[day as usize];
            // What must be done before the first day is certain.
            let Some(by) = days.last_before(day, item.tail) else { continue };
            if price <= 0.0 {
                continue;
            }
            let period = period_of_day[by as usize];
            match priced[start..].last_mut() {
                Some((last, sum, _)) if *last == period => *sum += price,
                _ => priced.push((period, price, item.work)),
            }
        }
    }
    if priced.is_empty() {
        return Vec::new();
    }
    // Dearest work first inside each period.
    priced.sort_by(|a, b| a.0.cmp(&b.0).then((b.1 * a.2).total_cmp(&(a.1 * b.2))));
    let mut cuts: Vec<Cut> = Vec::new();
    for index in 0..most.max(1) {
        let mut cut = Cut { constant: 0.0, slopes: Vec::new() };
        for of_period in priced.chunk_by(|a, b| a.0 == b.0) {
            let (cost, slope) = tangent(of_period, index as f64 / most.max(1) as f64);
            cut.constant += cost;
            cut.slopes.push((done(of_period[0].0 as usize), slope));
        }
        let known = cuts.last().is_some_and(|last| last.slopes == cut.slopes);
        if !known {
            cuts.push(cut);
        }
        if priced.chunk_by(|a, b| a.0 == b.0).all(|of_period| of_period.len() == 1) {
            break; // one item a period: one tangent says all
        }
    }
    cuts
}

/// The tangent where `share` of the work is done: its value with nothing done, and its slope.
fn tangent(dearest_first: &[(u32, f64, f64)], share: f64) -> (f64, f64) {
    let all: f64 = dearest_first.iter().map(|(_, cost, _)| cost).sum();
    let work: f64 = dearest_first.iter().map(|(.., work)| work).sum();
    let (mut saved, mut done) = (0.0, 0.0);
    for &(_, cost, size) in dearest_first {
        if done + size > share * work || done + size >= work {
            let slope = cost / size;
            return (all - saved + slope * done, slope);
        }
        saved += cost;
        done += size;
    }
    (all, 0.0)
}

/// Work and least tail, in whole open days, of the tasks of a deliverable that are in `group`.
pub(super) fn together(
    tasks: impl Iterator<Item = (TaskId, u32)>,
    work: &Keyed<TaskId, f64>,
    slots_per_day: u32,
) -> Option<(f64, u32)> {
    let mut sum: Option<(f64, u32)> = None;
    for (task, tail) in tasks.filter(|(task, _)| work[*task] > 0.0) {
        let tail = tail / slots_per_day;
        sum = Some(sum.map_or((work[task], tail), |(w, least)| (w + work[task], least.min(tail))));
    }
    sum
}

/// The least a broken date rule costs: `(component 0)` of tasks that cannot keep their dates.
pub(super) fn working_days_beyond(
    days: &WorkingDays,
    calendar: CalendarId,
    due: i64,
    day: u32,
) -> u32 {
    if i64::from(day) <= due { 0 } else { days.between(calendar, due, day + 1).max(1) }
}
