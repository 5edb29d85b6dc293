//! When each open task could be worked if there were artists enough: the window for crew demand.
//!
//! One pass forward and one back over the dependencies, in working slots of each show's calendar, with
//! as many artists on a task as it takes. Takes no person into account but the length of the work.

use crate::model::{
    Day, Dependency, Entity, Id, Keyed, Link, Production, TaskId, Timeline, days_between,
};
use jiff::civil::Date;

/// The working days of a calendar on the timeline, to count in.
pub(super) struct Axis {
    /// Working days before each day; one more entry than days.
    before: Vec<u32>,
    /// The working days.
    days: Vec<u32>,
    slots_per_day: i64,
}

impl Axis {
    fn new(calendar: &crate::model::Calendar, timeline: &Timeline) -> Axis {
        let mut axis = Axis {
            before: vec![0],
            days: Vec::new(),
            slots_per_day: timeline.slots_per_day().into(),
        };
        for day in 0..timeline.days() {
            if calendar.is_worked(timeline.date(Day(day))) {
                axis.days.push(day);
            }
            axis.before.push(axis.days.len() as u32);
        }
        axis
    }

    /// Working slots before the boundary `at`.
    fn count(&self, at: i64) -> i64 {
        let last = self.before.len() as i64 - 1;
        let day = at.div_euclid(self.slots_per_day).clamp(0, last);
        let whole = i64::from(self.before[day as usize]) * self.slots_per_day;
        let worked = day < last && self.before[day as usize + 1] > self.before[day as usize];
        whole + if worked { (at - day * self.slots_per_day).max(0) } else { 0 }
    }

    /// The boundary `slots` working slots after `at` (before it, if negative), held in the timeline.
    fn moved(&self, at: i64, slots: i64) -> i64 {
        if slots == 0 {
            return at;
        }
        let count = self.count(at).saturating_add(slots);
        if count <= 0 {
            return 0;
        }
        // The end of the `count`-th working slot when going forward, the start of the next when back.
        let slot = if slots > 0 { count - 1 } else { count };
        match self.days.get((slot / self.slots_per_day) as usize) {
            Some(&day) => {
                let start = i64::from(day) * self.slots_per_day + slot % self.slots_per_day;
                start + i64::from(slots > 0)
            }
            None => (self.before.len() as i64 - 1) * self.slots_per_day,
        }
    }

    /// Working days in the days `[from, to)`.
    pub(super) fn days_in(&self, from: i64, to: i64) -> i64 {
        let at =
            |day: i64| i64::from(self.before[day.clamp(0, self.before.len() as i64 - 1) as usize]);
        at(to) - at(from)
    }
}

/// Earliest start and latest end of open work, in boundaries of the timeline.
pub(super) struct Windows {
    /// Calendars to count in, by index of the calendar.
    pub axes: Vec<Axis>,
    /// `[start, end)` of each task; empty windows have been widened to the length of the work.
    pub of: Keyed<TaskId, (i64, i64)>,
}

/// The windows of all tasks; those of done ones mean nothing.
pub(super) fn windows(production: &Production, timeline: &Timeline) -> Windows {
    let axes: Vec<Axis> =
        production.calendars.iter().map(|calendar| Axis::new(calendar, timeline)).collect();
    let slots = i64::from(timeline.slots_per_day());
    let rules = production.date_rules();
    let axis = |task: TaskId| {
        let show = production.show_of(production.tasks[task].entity);
        &axes[production.shows[show].calendar.index()]
    };
    let length: Keyed<TaskId, i64> =
        production.tasks.ids().map(|task| length(production, task, slots)).collect();
    let boundary = |date: Date, end: i64| {
        let day = days_between(timeline.first(), date).saturating_add(end);
        day.clamp(0, i64::from(timeline.days())) * slots
    };
    let mut start: Keyed<TaskId, i64> = production
        .tasks
        .ids()
        .map(|task| boundary(production.earliest_start(task, &rules[task]), 0))
        .collect();
    let due = due_dates(production);
    let mut end: Keyed<TaskId, i64> = due
        .iter()
        .map(|due| due.map_or(i64::from(timeline.slots()), |due| boundary(due, 1)))
        .collect();
    let review = |edge: &Dependency| i64::from(production.tasks[edge.from].review);
    let lag = |edge: &Dependency| i64::from(edge.lag);
    let overlapped =
        |edge: &Dependency| length[edge.from] * (10_000 - edge.overlap.clamp(0, 10_000)) / 10_000;

    let order = in_order(production);
    for &edge in &order {
        let (from, to) = (edge.from, edge.to);
        let (clock, own) = (axis(from), axis(to));
        let done = clock.moved(start[from], length[from]);
        let begin = match edge.link {
            Link::FinishToStart if edge.overlap > 0 => {
                clock.moved(clock.moved(start[from], overlapped(edge)), lag(edge))
            }
            Link::FinishToStart => clock.moved(done, lag(edge) + review(edge)),
            Link::StartToStart => clock.moved(start[from], lag(edge)),
            Link::FinishToFinish => {
                own.moved(clock.moved(done, lag(edge) + review(edge)), -length[to])
            }
            Link::StartToFinish => own.moved(clock.moved(start[from], lag(edge)), -length[to]),
        };
        start[to] = start[to].max(begin);
    }
    for &edge in order.iter().rev() {
        let (from, to) = (edge.from, edge.to);
        let (clock, own) = (axis(from), axis(to));
        let begin = own.moved(end[to], -length[to]);
        let limit = match edge.link {
            Link::FinishToStart if edge.overlap > 0 => {
                let rest = length[from] - overlapped(edge);
                clock
                    .moved(clock.moved(begin, -lag(edge)), rest)
                    .min(clock.moved(end[to], -review(edge)))
            }
            Link::FinishToStart => clock.moved(begin, -(lag(edge) + review(edge))),
            Link::StartToStart => clock.moved(clock.moved(begin, -lag(edge)), length[from]),
            Link::FinishToFinish => clock.moved(end[to], -(lag(edge) + review(edge))),
            Link::StartToFinish => clock.moved(clock.moved(end[to], -lag(edge)), length[from]),
        };
        end[from] = end[from].min(limit);
    }
    let of = production
        .tasks
        .ids()
        .map(|task| (start[task], end[task].max(axis(task).moved(start[task], length[task]))))
        .collect();
    Windows { axes, of }
}

/// Working slots of a task at level 1.0 with as many artists as may share it.
fn length(production: &Production, task: TaskId, slots: i64) -> i64 {
    let row = &production.tasks[task];
    let work = production.work_left(task);
    if work <= 0 {
        return 0;
    }
    let parts = i64::from(row.max_parallel).min(work / row.min_chunk.max(1)).max(1);
    let day = i128::from(production.bid_day_minutes().max(1))
        * i128::from(production.settings.productive.max(1))
        * i128::from(parts);
    let need = i128::from(work) * i128::from(slots) * 1_000;
    // Nothing is longer than all timelines; the bound keeps later sums small.
    ((need + day - 1) / day).min(1 << 40) as i64
}

/// Dependencies between open tasks, each after all those that its earlier task waits for. Edges of loops
/// are left out: a production with a loop is refused before planning.
fn in_order(production: &Production) -> Vec<&Dependency> {
    let count = production.tasks.len();
    let binds = |edge: &&Dependency| {
        edge.from != edge.to && production.is_open(edge.from) && production.is_open(edge.to)
    };
    let edges: Vec<&Dependency> = production.dependencies.iter().filter(binds).collect();
    let mut waits: Keyed<TaskId, u32> = Keyed::filled(0, count);
    let mut first = vec![0_usize; count + 1];
    for edge in &edges {
        waits[edge.to] += 1;
        first[edge.from.index() + 1] += 1;
    }
    for task in 0..count {
        first[task + 1] += first[task];
    }
    let mut next = first.clone();
    let mut by_from = vec![0_usize; edges.len()];
    for (row, edge) in edges.iter().enumerate() {
        by_from[next[edge.from.index()]] = row;
        next[edge.from.index()] += 1;
    }
    let mut ready: Vec<TaskId> = production.tasks.ids().filter(|&task| waits[task] == 0).collect();
    let mut order = Vec::with_capacity(edges.len());
    while let Some(task) = ready.pop() {
        for &row in &by_from[first[task.index()]..first[task.index() + 1]] {
            let edge = edges[row];
            order.push(edge);
            waits[edge.to] -= 1;
            if waits[edge.to] == 0 {
                ready.push(edge.to);
            }
        }
    }
    order
}

/// The day on which each task's work is due: its own date, else its shot's or asset's, and no later than
/// the milestones it belongs to; else the end of its show.
fn due_dates(production: &Production) -> Keyed<TaskId, Option<Date>> {
    let sooner = |a: Option<Date>, b: Option<Date>| match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        _ => a.or(b),
    };
    let mut shots = vec![None; production.shots.len()];
    let mut assets = vec![None; production.assets.len()];
    let mut sequences = vec![None; production.sequences.len()];
    let mut shows = vec![None; production.shows.len()];
    for milestone in &production.milestones {
        for content in &milestone.contents {
            let promised = match *content {
                Entity::Shot(id) => &mut shots[id.index()],
                Entity::Asset(id) => &mut assets[id.index()],
                Entity::Sequence(id) => &mut sequences[id.index()],
                Entity::Show(id) => &mut shows[id.index()],
            };
            *promised = sooner(*promised, Some(milestone.date));
        }
    }
    production
        .tasks
        .iter()
        .map(|task| {
            let show = production.show_of(task.entity);
            let sequence = production.sequence_of(task.entity).and_then(|id| sequences[id.index()]);
            let (own, promised) = match task.entity {
                Entity::Shot(id) => (production.shots[id].due, shots[id.index()]),
                Entity::Asset(id) => (production.assets[id].due, assets[id.index()]),
                Entity::Sequence(_) | Entity::Show(_) => (None, None),
            };
            let milestone = sooner(promised, sooner(sequence, shows[show.index()]));
            sooner(task.due.or(own), milestone).or(production.shows[show].end)
        })
        .collect()
}
