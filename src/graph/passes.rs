//! The two passes of the critical path: earliest times forward, latest times backward.

use super::Network;
use crate::model::{Keyed, Link, Slot, TaskId, Unplaced};

/// From the first slot of work to the boundary after the last. Both ends are equal for an instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// Boundary before the first slot of work.
    pub start: Slot,
    /// Boundary after the last slot of work.
    pub end: Slot,
}

/// What a pass found for a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// It is done, and nothing waits for it.
    Done,
    /// Its earliest start and its earliest end. With finish-to-finish links the two may lie further
    /// apart than the work.
    At(Span),
    /// It cannot happen in the timeline, and why.
    Never(Unplaced),
}

/// What holds a start or an end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// Its own earliest date (for an end: its own work).
    Own,
    /// The dependency in this row of [`Production::dependencies`](crate::model::Production::dependencies).
    On(u32),
}

/// Earliest times of all tasks, with what decides each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Times {
    /// Start and end of each task.
    pub reach: Keyed<TaskId, Reach>,
    /// What holds each start.
    pub start_by: Keyed<TaskId, Wait>,
    /// What holds each end.
    pub end_by: Keyed<TaskId, Wait>,
}

impl Times {
    /// Start and end, where the task can happen and is not done.
    pub fn span(&self, task: TaskId) -> Option<Span> {
        match self.reach[task] {
            Reach::At(span) => Some(span),
            Reach::Done | Reach::Never(_) => None,
        }
    }
    /// Earliest start, as [`span`](Self::span).
    pub fn start(&self, task: TaskId) -> Option<Slot> {
        self.span(task).map(|span| span.start)
    }
    /// Earliest end, as [`span`](Self::span).
    pub fn finish(&self, task: TaskId) -> Option<Slot> {
        self.span(task).map(|span| span.end)
    }
    /// Why the task cannot happen, if it cannot.
    pub fn never(&self, task: TaskId) -> Option<Unplaced> {
        match self.reach[task] {
            Reach::Never(cause) => Some(cause),
            Reach::Done | Reach::At(_) => None,
        }
    }
}

/// How long tasks take, for the forward pass. Later starts must never give earlier ends.
pub trait Pace {
    /// First boundary at which the task may start by its own dates.
    fn release(&mut self, task: TaskId) -> Slot;
    /// The first work at or after `start` and the end of the task.
    fn run(&mut self, task: TaskId, start: Slot) -> Result<Span, Unplaced>;
    /// First boundary at which only `overlap` basis points of the work are still ahead, for a task
    /// with this span.
    fn publish(&mut self, task: TaskId, span: Span, overlap: i64) -> Slot;
    /// Why the task cannot happen whatever it waits for; asked first.
    fn hopeless(&mut self, _task: TaskId) -> Option<Unplaced> {
        None
    }
    /// `t` at the site of `from`, seen from the site of `to`.
    fn handed(&mut self, _from: TaskId, _to: TaskId, t: Slot) -> Slot {
        t
    }
}

/// How long tasks take, for the backward pass.
pub trait PaceBack {
    /// Latest start at which all but `overlap` basis points of the work are done by `by`; `None`
    /// when the first boundary of the timeline is too late.
    fn latest_start(&mut self, task: TaskId, by: Slot, overlap: i64) -> Option<Slot>;
    /// The latest `t` at the site of `from` that is not after `by`, seen from the site of `to`.
    fn handed_by(&mut self, _from: TaskId, _to: TaskId, by: Slot) -> Option<Slot> {
        Some(by)
    }
}

/// The forward pass: the earliest start and end of each open task at a given pace.
///
/// A task starts when its own date and all it waits for allow, and ends when its work is done and
/// finish links allow. What waits for a task that never happens never happens; so do tasks in a loop.
pub fn earliest(network: &Network, pace: &mut impl Pace) -> Times {
    let tasks = network.tasks();
    let mut times = Times {
        reach: Keyed::filled(Reach::Done, tasks),
        start_by: Keyed::filled(Wait::Own, tasks),
        end_by: Keyed::filled(Wait::Own, tasks),
    };
    let order = network.order_before_loops();
    if network.order().is_none() {
        for task in times.reach.ids() {
            if network.is_open(task)
                && let Some(edge) = network.predecessors(task).first()
            {
                times.reach[task] = Reach::Never(Unplaced::WaitsFor(edge.task));
            }
        }
        // Tasks that wait for nothing never had a cause to be marked; the others below are redone.
    }
    for &task in order {
        times.reach[task] = match reach(network, pace, &mut times, task) {
            Ok(span) => Reach::At(span),
            Err(cause) => Reach::Never(cause),
        };
    }
    times
}

fn reach(
    network: &Network,
    pace: &mut impl Pace,
    times: &mut Times,
    task: TaskId,
) -> Result<Span, Unplaced> {
    if let Some(cause) = pace.hopeless(task) {
        return Err(cause);
    }
    let (mut start, mut end) = (pace.release(task), Slot(0));
    let (mut start_by, mut end_by) = (Wait::Own, Wait::Own);
    for edge in network.predecessors(task) {
        let Reach::At(before) = times.reach[edge.task] else {
            return Err(Unplaced::WaitsFor(edge.task));
        };
        let rank = network.calendar(edge.calendar);
        let mut hold_start = |at: Slot| {
            if at > start {
                (start, start_by) = (at, Wait::On(edge.row));
            }
        };
        let mut hold_end = |at: Slot| {
            if at > end {
                (end, end_by) = (at, Wait::On(edge.row));
            }
        };
        match edge.link {
            Link::FinishToStart if edge.has_overlap() => {
                let publish = pace.publish(edge.task, before, edge.overlap);
                let publish = pace.handed(edge.task, task, publish);
                hold_start(rank.after(publish, edge.lag));
                let handed = pace.handed(edge.task, task, before.end);
                hold_end(rank.after(handed, edge.review));
            }
            Link::FinishToStart => {
                let handed = pace.handed(edge.task, task, before.end);
                hold_start(rank.after(handed, edge.lag_and_review()));
            }
            Link::StartToStart => hold_start(rank.after(before.start, edge.lag)),
            Link::FinishToFinish => {
                let handed = pace.handed(edge.task, task, before.end);
                hold_end(rank.after(handed, edge.lag_and_review()));
            }
            Link::StartToFinish => hold_end(rank.after(before.start, edge.lag)),
        }
    }
    let mut span = pace.run(task, start)?;
    if end > span.end {
        if span.start == span.end {
            span.start = end;
            start_by = end_by;
        }
        span.end = end;
        times.end_by[task] = end_by;
    }
    times.start_by[task] = start_by;
    Ok(span)
}

/// The backward pass: the latest start and end of each open task so that every boundary in `due`
/// holds, as far as the network alone decides; the end of the timeline where nothing is due.
///
/// `None` for done tasks, for those in or before a loop, and for those that are too late already:
/// no boundary of the timeline is early enough.
pub fn latest(
    network: &Network,
    pace: &mut impl PaceBack,
    due: &Keyed<TaskId, Option<Slot>>,
) -> Keyed<TaskId, Option<Span>> {
    let last = Slot(network.timeline().slots());
    let mut times: Keyed<TaskId, Option<Span>> = Keyed::filled(None, network.tasks());
    for &task in network.order_before_loops().iter().rev() {
        times[task] = latest_of(network, pace, &times, task, due[task].unwrap_or(last));
    }
    times
}

fn latest_of(
    network: &Network,
    pace: &mut impl PaceBack,
    times: &Keyed<TaskId, Option<Span>>,
    task: TaskId,
    due: Slot,
) -> Option<Span> {
    let (mut start, mut end) = (Slot(u32::MAX), due);
    for edge in network.successors(task) {
        let after = times[edge.task]?;
        let rank = network.calendar(edge.calendar);
        match edge.link {
            Link::FinishToStart if edge.has_overlap() => {
                let publish = rank.before(after.start, edge.lag)?;
                let publish = pace.handed_by(task, edge.task, publish)?;
                start = start.min(pace.latest_start(task, publish, edge.overlap)?);
                let by = rank.before(after.end, edge.review)?;
                end = end.min(pace.handed_by(task, edge.task, by)?);
            }
            Link::FinishToStart => {
                let by = rank.before(after.start, edge.lag_and_review())?;
                end = end.min(pace.handed_by(task, edge.task, by)?);
            }
            Link::StartToStart => start = start.min(rank.before(after.start, edge.lag)?),
            Link::FinishToFinish => {
                let by = rank.before(after.end, edge.lag_and_review())?;
                end = end.min(pace.handed_by(task, edge.task, by)?);
            }
            Link::StartToFinish => start = start.min(rank.before(after.end, edge.lag)?),
        }
    }
    let start = start.min(pace.latest_start(task, end, 0)?);
    Some(Span { start, end })
}

/// The plain pace: each task takes a number of working slots of its show's calendar, whoever does it.
#[derive(Clone, Copy, Debug)]
pub struct WorkingDays<'a> {
    /// The network, for its calendars.
    pub network: &'a Network,
    /// Working slots that each task takes; 0 = an instant.
    pub slots: &'a Keyed<TaskId, u32>,
    /// First boundary at which each task may start.
    pub release: &'a Keyed<TaskId, Slot>,
}

impl WorkingDays<'_> {
    /// Working slots until only `overlap` basis points are ahead.
    fn until(&self, task: TaskId, overlap: i64) -> u32 {
        let points = u64::from(self.slots[task]) * (10_000 - overlap.clamp(0, 10_000)) as u64;
        points.div_ceil(10_000) as u32
    }
}

impl Pace for WorkingDays<'_> {
    fn release(&mut self, task: TaskId) -> Slot {
        self.release[task]
    }
    fn run(&mut self, task: TaskId, start: Slot) -> Result<Span, Unplaced> {
        if self.slots[task] == 0 {
            return Ok(Span { start, end: start });
        }
        let rank = self.network.calendar_of(task);
        let start = rank.next_start(start).ok_or(Unplaced::NoTimeLeft)?;
        let end = rank.rank(start).checked_add(self.slots[task]);
        let end = end.and_then(|count| rank.select(count)).ok_or(Unplaced::NoTimeLeft)?;
        Ok(Span { start, end })
    }
    fn publish(&mut self, task: TaskId, span: Span, overlap: i64) -> Slot {
        let rank = self.network.calendar_of(task);
        let slots = i32::try_from(self.until(task, overlap)).unwrap_or(i32::MAX);
        rank.after(span.start, slots).min(span.end)
    }
}

impl PaceBack for WorkingDays<'_> {
    fn latest_start(&mut self, task: TaskId, by: Slot, overlap: i64) -> Option<Slot> {
        let slots = i32::try_from(self.until(task, overlap)).ok()?;
        self.network.calendar_of(task).before(by, slots)
    }
}
