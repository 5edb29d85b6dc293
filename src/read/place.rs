//! Dates of a plan to slots: when exactly work that is given by days begins and ends.

use super::plan::{When, Written};
use crate::model::*;
use std::collections::HashMap;
use std::ops::Range;

/// Working time by person and by calendar.
pub(super) struct Clock {
    timeline: Timeline,
    lanes: Vec<Lane>,
    /// For each calendar and day, the worked days before it.
    worked_before: Keyed<CalendarId, Vec<u32>>,
    overtime: HashMap<(PersonId, Day), i64>,
}

impl Clock {
    pub(super) fn new(production: &Production, timeline: Timeline, overtime: &[Overtime]) -> Clock {
        let worked_before = production
            .calendars
            .iter()
            .map(|calendar| {
                let mut before = vec![0];
                let mut count = 0;
                for day in 0..timeline.days() {
                    count += u32::from(calendar.is_worked(timeline.date(Day(day))));
                    before.push(count);
                }
                before
            })
            .collect();
        let extra = |row: &Overtime| {
            let site = &production.sites[production.people[row.person].site];
            i64::from(row.worth) * 10_000 / site.day_minutes.max(1)
        };
        Clock {
            lanes: availability::lanes(production, &timeline),
            worked_before,
            overtime: overtime.iter().map(|row| ((row.person, row.day), extra(row))).collect(),
            timeline,
        }
    }

    fn lane(&self, person: PersonId, show: ShowId) -> Option<usize> {
        let from = self.lanes.partition_point(|lane| lane.person < person);
        let own = self.lanes.get(from..)?.iter().take_while(|lane| lane.person == person);
        let place =
            own.into_iter().position(|lane| lane.show.is_none_or(|booked| booked == show))?;
        Some(from + place)
    }

    /// Share of a slot, in basis points, overtime with it.
    fn share(&self, lane: usize, slot: u32) -> i64 {
        let day = slot / self.timeline.slots_per_day();
        let lane = &self.lanes[lane];
        match lane.share.get(day as usize).copied().unwrap_or(0) {
            0 if lane.minutes_off(day) == 0 => 0,
            share => {
                let extra = self.overtime.get(&(lane.person, Day(day))).copied().unwrap_or(0);
                i64::from(share) + extra
            }
        }
    }

    /// Working slots of a calendar before a boundary.
    fn worked(&self, calendar: CalendarId, boundary: u32) -> u32 {
        let (day, part) =
            (boundary / self.timeline.slots_per_day(), boundary % self.timeline.slots_per_day());
        let before = &self.worked_before[calendar];
        let at = |day: u32| before.get(day as usize).copied().unwrap_or(0);
        let full = at(day.min(self.timeline.days()));
        let today = at(day + 1).saturating_sub(full).min(1);
        full * self.timeline.slots_per_day() + today * part
    }

    /// The smallest boundary with at least `lag` more working slots before it than `from`; `from` if
    /// the lag is 0. Held in the timeline.
    fn after(&self, calendar: CalendarId, from: u32, lag: i64) -> u32 {
        if lag == 0 {
            return from;
        }
        let wanted = i64::from(self.worked(calendar, from)) + lag;
        let (mut low, mut high) = (0, self.timeline.slots());
        while low < high {
            let middle = (low + high) / 2;
            if i64::from(self.worked(calendar, middle)) >= wanted {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// Rows of a plan on their way to assignments.
pub(super) struct Placing<'p> {
    production: &'p Production,
    clock: &'p Clock,
    before: Keyed<TaskId, Vec<usize>>,
    rules: Keyed<TaskId, Vec<DateRule>>,
    /// How long the vendor of each task takes.
    vendor_days: Keyed<TaskId, u32>,
    /// Where the assignments of a task stand.
    rows_of: Keyed<TaskId, Range<usize>>,
    /// Start and end of what is placed.
    placed: Keyed<TaskId, Option<(u32, u32)>>,
    /// When each artist is free again, by lane.
    free: HashMap<usize, u32>,
    /// The assignments so far.
    pub(super) assignments: Vec<Assignment>,
    /// Tasks that need nobody.
    pub(super) instants: Vec<(TaskId, Slot)>,
}

impl<'p> Placing<'p> {
    pub(super) fn new(production: &'p Production, clock: &'p Clock) -> Placing<'p> {
        let mut before = Keyed::filled(Vec::new(), production.tasks.len());
        for (index, edge) in production.dependencies.iter().enumerate() {
            if edge.from != edge.to {
                before[edge.to].push(index);
            }
        }
        Placing {
            production,
            clock,
            before,
            rules: production.date_rules(),
            vendor_days: production.vendor_days(),
            rows_of: Keyed::filled(0..0, production.tasks.len()),
            placed: Keyed::filled(None, production.tasks.len()),
            free: HashMap::new(),
            assignments: Vec::new(),
            instants: Vec::new(),
        }
    }

    /// Instants whose time is said.
    pub(super) fn instants(&mut self, said: &[(TaskId, Slot)]) {
        for &(task, slot) in said {
            if self.placed[task].is_none() {
                self.placed[task] = Some((slot.0, slot.0));
                self.instants.push((task, slot));
            }
        }
    }

    /// Places all rows, tasks that wait after those they wait for, and the instants between them.
    pub(super) fn place(&mut self, written: Vec<Written>) {
        let mut rows: Keyed<TaskId, Vec<Written>> =
            Keyed::filled(Vec::new(), self.production.tasks.len());
        for row in written {
            rows[row.task].push(row);
        }
        for task in self.order(&rows) {
            let mine = std::mem::take(&mut rows[task]);
            if !mine.is_empty() {
                self.task(task, mine);
            } else if self.production.is_open(task)
                && self.production.work_left(task) == 0
                && self.production.tasks[task].status != Status::Hold
                && self.placed[task].is_none()
            {
                self.instant(task);
            }
        }
    }

    /// Every task after those it waits for; among those that are ready, by the first day written.
    /// Tasks on a loop come last, as they stand.
    fn order(&self, rows: &Keyed<TaskId, Vec<Written>>) -> Vec<TaskId> {
        let first = |task: TaskId| {
            let start = rows[task].iter().map(|row| match row.when {
                When::Slots(interval) => interval.start.0,
                When::Dates(start, _) => self.clock.timeline.start_of(start).0,
            });
            start.min().unwrap_or(0)
        };
        let mut waits: Keyed<TaskId, usize> = self.before.iter().map(Vec::len).collect();
        let mut next: Keyed<TaskId, Vec<TaskId>> = Keyed::filled(Vec::new(), rows.len());
        for edge in self.production.dependencies.iter().filter(|edge| edge.from != edge.to) {
            next[edge.from].push(edge.to);
        }
        let mut ready: std::collections::BTreeSet<(u32, TaskId)> =
            waits.enumerate().filter(|(_, n)| **n == 0).map(|(id, _)| (first(id), id)).collect();
        let mut order = Vec::with_capacity(rows.len());
        while let Some((_, task)) = ready.pop_first() {
            order.push(task);
            for &later in &next[task] {
                waits[later] -= 1;
                if waits[later] == 0 {
                    ready.insert((first(later), later));
                }
            }
        }
        order.extend(waits.enumerate().filter(|(_, n)| **n > 0).map(|(id, _)| id));
        order
    }

    /// First boundary at which a task may start by what it waits for, as far as that is placed.
    fn ready(&self, task: TaskId) -> u32 {
        let mut ready = 0;
        for &index in &self.before[task] {
            let edge = &self.production.dependencies[index];
            let Some((start, end)) = self.placed[edge.from] else { continue };
            if !self.production.is_open(edge.from) {
                continue;
            }
            let from = &self.production.tasks[edge.from];
            let show = self.production.show_of(from.entity);
            let calendar = self.production.shows[show].calendar;
            let (lag, review) = (i64::from(edge.lag), i64::from(from.review));
            let at = match edge.link {
                Link::FinishToStart if edge.overlap > 0 => continue,
                Link::FinishToStart => self.clock.after(calendar, end, lag + review),
                Link::StartToStart => self.clock.after(calendar, start, lag),
                Link::FinishToFinish | Link::StartToFinish => continue,
            };
            ready = ready.max(at);
        }
        ready
    }

    /// A task that needs nobody happens as early as its rules allow.
    fn instant(&mut self, task: TaskId) {
        let earliest = self.production.earliest_start(task, &self.rules[task]);
        let mut at = self.clock.timeline.start_of(earliest).0.max(self.ready(task));
        for &index in &self.before[task] {
            let edge = &self.production.dependencies[index];
            if !self.production.is_open(edge.from) {
                continue;
            }
            let Some((start, end)) = self.placed[edge.from] else {
                return; // What it waits for is missing: so is it, and the check will say so.
            };
            let from = &self.production.tasks[edge.from];
            let calendar = self.production.shows[self.production.show_of(from.entity)].calendar;
            let (lag, review) = (i64::from(edge.lag), i64::from(from.review));
            at = at.max(match edge.link {
                Link::FinishToStart if edge.overlap > 0 => {
                    // Start and finish are one: the finish of the earlier task decides, and so does
                    // its early publish, which is before that unless the lag is long.
                    let publish = self.publish(edge.from, edge.overlap).unwrap_or(end);
                    self.clock
                        .after(calendar, end, review)
                        .max(self.clock.after(calendar, publish, lag))
                }
                Link::FinishToStart | Link::FinishToFinish => {
                    self.clock.after(calendar, end, lag + review)
                }
                Link::StartToStart | Link::StartToFinish => self.clock.after(calendar, start, lag),
            });
        }
        self.placed[task] = Some((at, at));
        self.instants.push((task, Slot(at)));
    }

    /// The boundary at which all parts of a placed task have done all but `overlap` of their work.
    fn publish(&self, task: TaskId, overlap: i64) -> Option<u32> {
        let show = self.production.show_of(self.production.tasks[task].entity);
        let parts = self.assignments[self.rows_of[task].clone()].iter();
        let publish = parts.map(|row| {
            let lane = match row.worker {
                Worker::Person(person) => self.clock.lane(person, show),
                Worker::Vendor(_) => None,
            };
            let share = |slot| lane.map_or(1, |lane| self.clock.share(lane, slot));
            let slots = || row.segments.iter().flat_map(|run| run.start.0..run.end.0);
            let wanted = slots().map(share).sum::<i64>() * (10_000 - overlap);
            let mut done = 0;
            if wanted == 0 {
                return row.start().0;
            }
            for slot in slots() {
                done += share(slot) * 10_000;
                if done >= wanted {
                    return slot + 1;
                }
            }
            row.end().0
        });
        publish.max()
    }

    fn task(&mut self, task: TaskId, rows: Vec<Written>) {
        // Parts: as numbered, or one for each worker in order.
        let mut parts: Vec<(u32, Worker, Vec<When>)> = Vec::new();
        for row in rows {
            let known = parts.iter_mut().find(|(number, worker, _)| {
                *worker == row.worker && row.part.is_none_or(|part| part == *number)
            });
            match known {
                Some((_, _, runs)) => runs.push(row.when),
                None => {
                    let number = row.part.unwrap_or(parts.len() as u32);
                    parts.push((number, row.worker, vec![row.when]));
                }
            }
        }
        let work = self.production.work_left(task);
        let share = (work + parts.len() as i64 - 1) / (parts.len() as i64).max(1);
        let ready = self.ready(task);
        let mut whole: Option<(u32, u32)> = None;
        let first_row = self.assignments.len();
        for (part, worker, runs) in parts {
            let mut segments = self.runs(task, worker, runs, share, ready);
            segments.sort_unstable();
            let assignment = Assignment { task, part, worker, segments };
            let (start, end) = (assignment.start().0, assignment.end().0);
            whole = Some(whole.map_or((start, end), |(s, e)| (s.min(start), e.max(end))));
            self.assignments.push(assignment);
        }
        self.rows_of[task] = first_row..self.assignments.len();
        self.placed[task] = whole;
    }

    fn runs(
        &mut self,
        task: TaskId,
        worker: Worker,
        mut runs: Vec<When>,
        work: i64,
        ready: u32,
    ) -> Vec<Interval> {
        runs.sort_by_key(|run| match run {
            When::Slots(interval) => interval.start.0,
            When::Dates(start, _) => self.clock.timeline.start_of(*start).0,
        });
        let show = self.production.show_of(self.production.tasks[task].entity);
        let person = match worker {
            Worker::Person(person) => person,
            Worker::Vendor(_) => return self.vendor_runs(task, &runs, show, ready),
        };
        let lane = self.clock.lane(person, show);
        let need = self.production.level_for(person, task).map(|level| {
            let site = &self.production.sites[self.production.people[person].site];
            let slots = i128::from(self.clock.timeline.slots_per_day());
            let productive = i128::from(self.production.settings.productive);
            let speed = i128::from(site.day_minutes) * i128::from(level) * productive;
            let work = i128::from(work) * 10_000_000_000 * slots;
            if speed == 0 { i128::MAX } else { (work + speed - 1) / speed }
        });
        let mut done: i128 = 0;
        let last = runs.len().saturating_sub(1);
        let mut segments = Vec::with_capacity(runs.len());
        for (index, run) in runs.into_iter().enumerate() {
            let interval = match (run, lane) {
                (When::Slots(interval), _) => interval,
                (When::Dates(start, end), None) => Interval {
                    start: self.clock.timeline.start_of(start),
                    end: self.clock.timeline.end_of(end),
                },
                (When::Dates(start, end), Some(lane)) => {
                    let left = need.map(|need| need - done);
                    let first = self.first_slot(lane, start, ready);
                    let finish = self.last_slot(lane, first, end, left, index == last);
                    Interval { start: Slot(first), end: Slot(finish) }
                }
            };
            if let Some(lane) = lane {
                done += (interval.start.0..interval.end.0)
                    .map(|slot| i128::from(self.clock.share(lane, slot)))
                    .sum::<i128>();
                let free = self.free.entry(lane).or_insert(0);
                *free = (*free).max(interval.end.0);
            }
            segments.push(interval);
        }
        segments
    }

    /// The first slot of a day on which the artist works, is free, and may begin; the first one of the
    /// day if none is.
    fn first_slot(&self, lane: usize, date: jiff::civil::Date, ready: u32) -> u32 {
        let (from, to) = (self.clock.timeline.start_of(date).0, self.clock.timeline.end_of(date).0);
        let free = self.free.get(&lane).copied().unwrap_or(0);
        let works = |from: u32| (from..to).find(|&slot| self.clock.share(lane, slot) > 0);
        works(from.max(free).max(ready))
            .or_else(|| works(from.max(ready)))
            .or_else(|| works(from))
            .unwrap_or(from)
    }

    /// The boundary after the slot in which the work is done, if that is on the last day given; else
    /// the end of the working time of that day.
    fn last_slot(
        &self,
        lane: usize,
        first: u32,
        end: jiff::civil::Date,
        left: Option<i128>,
        is_last: bool,
    ) -> u32 {
        let (day, to) = (self.clock.timeline.start_of(end).0, self.clock.timeline.end_of(end).0);
        if is_last && let Some(left) = left {
            let mut done: i128 = 0;
            for slot in first..to {
                done += i128::from(self.clock.share(lane, slot));
                if done >= left {
                    if slot >= day {
                        return slot + 1;
                    }
                    break;
                }
            }
        }
        let worked = (first..to).rev().find(|&slot| self.clock.share(lane, slot) > 0);
        worked.map_or(to, |slot| slot + 1).max(first + 1)
    }

    fn vendor_runs(&self, task: TaskId, runs: &[When], show: ShowId, ready: u32) -> Vec<Interval> {
        let calendar = self.production.shows[show].calendar;
        // A vendor who is not the task's own takes some time too; the judge refuses it.
        let length = i64::from(self.vendor_days[task].max(1))
            * i64::from(self.clock.timeline.slots_per_day());
        let run = |run: &When| match *run {
            When::Slots(interval) => interval,
            When::Dates(start, end) => {
                let from = self.clock.timeline.start_of(start).0;
                let to = self.clock.timeline.end_of(start).0;
                let is_worked = |slot: &u32| {
                    self.clock.worked(calendar, *slot + 1) > self.clock.worked(calendar, *slot)
                };
                let first = (from.max(ready)..to).find(is_worked);
                let first = first.or_else(|| (from..to).find(is_worked)).unwrap_or(from);
                let done = self.clock.after(calendar, first, length);
                let end_date = self.clock.timeline.finish_date(Slot(done));
                let done = if end_date == end { done } else { self.clock.timeline.end_of(end).0 };
                Interval { start: Slot(first), end: Slot(done.max(first + 1)) }
            }
        };
        runs.iter().map(run).collect()
    }
}
