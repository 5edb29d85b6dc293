//! A plan run again with drawn work: the same people in the same order, or whoever can be faster.
//!
//! Tasks are taken in the order of the plan. Each starts as soon as what it waits for and its artist are
//! ready, along the artist's calendar and under the crew curves; where the plan itself lets a task wait
//! without need, it starts no earlier than there. A run without any spread is therefore the plan.
//!
//! A vendor's weeks stay within its capacity: what comes to it late waits for a week with room, and what it is
//! late with takes the same work more slowly. That its work has grown is its own affair, as with its lead time.

mod holds;
mod seek;

pub use holds::hold_as_planned;

use super::chances::{Chances, Drawn};
use super::course::Course;
use crate::formulate::{JobKind, NONE};
use crate::model::Id;
use crate::solve::engine::schedule::{NO_PART, Part, Schedule, Window};
use crate::solve::engine::vendors::VendorUse;
use seek::Seek;

/// Sites for which a window is kept while a task is placed.
const MOST_SITES: usize = 8;

/// Who does the work when dates move.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Policy {
    /// The people of the plan, each in the order of the plan.
    #[default]
    FixedOrder,
    /// The same as long as a task keeps its planned end; else whoever is able and done with it first.
    Replan,
}

/// The buffers of a run.
#[derive(Clone, Debug)]
pub struct Replay {
    /// When each task runs.
    pub schedule: Schedule,
    /// Stretches of work in the order in which they were given out: lane, start, end.
    pub runs: Vec<(u32, u32, u32)>,
    /// The task that each task waits for at last; [`NONE`] where nothing but itself decides.
    pub decided_by: Vec<u32>,
    /// Tasks that find no time any more.
    pub beyond: u32,
    /// Some work of a lane was given out before earlier one.
    unsorted: bool,
    /// By desk: when it is free again, and after which task.
    free: Vec<(u32, u32)>,
    /// Artists at work by department and day, and by person and day, for departments with a curve.
    heads: Vec<Vec<u16>>,
    at_work: Vec<Vec<u8>>,
    days: usize,
    /// What vendors do in each week.
    vendors: VendorUse,
}

/// A place for a part.
#[derive(Clone, Copy)]
struct Place {
    lane: u32,
    from: u32,
    to: u32,
    start: u32,
    end: u32,
    by: u32,
    lost: u32,
}

impl Replay {
    /// Buffers for a plan.
    pub fn new(course: &Course) -> Replay {
        let problem = &course.problem;
        let tasks = problem.jobs.len();
        let mut first_part = Vec::with_capacity(tasks);
        let mut room = 0;
        for task in 0..tasks as u32 {
            first_part.push(room);
            let vendor = matches!(problem.jobs[task as usize].kind, JobKind::Vendor(..));
            room += (course.parts_of(task).len() as u32).max(u32::from(vendor));
        }
        let days = problem.timeline.days() as usize;
        let size = |cap: &Vec<u16>, size: usize| if cap.is_empty() { 0 } else { size };
        Replay {
            schedule: Schedule {
                start: vec![NONE; tasks],
                end: vec![NONE; tasks],
                parts: vec![NO_PART; room as usize],
                first_part,
                part_count: vec![0; tasks],
                unplaced: Vec::new(),
            },
            runs: Vec::with_capacity(course.parts.len()),
            decided_by: vec![NONE; tasks],
            beyond: 0,
            unsorted: false,
            free: vec![(0, NONE); problem.desks as usize],
            heads: problem.caps.iter().map(|cap| vec![0; size(cap, days)]).collect(),
            at_work: problem
                .caps
                .iter()
                .map(|cap| vec![0; size(cap, days * problem.people as usize)])
                .collect(),
            days,
            vendors: VendorUse::new(problem),
        }
    }

    /// Runs a draw.
    pub fn run(&mut self, course: &Course, chances: &Chances, drawn: &mut Drawn, policy: Policy) {
        self.clear();
        let anybody_away = drawn.anybody_away();
        for &task in &course.order {
            let job = &course.problem.jobs[task as usize];
            let work = drawn.work[task as usize];
            match job.kind {
                JobKind::Done | JobKind::Hold => {}
                JobKind::People if work > 0 && !course.parts_of(task).is_empty() => {
                    let lost = self.people(course, chances, drawn, task, policy, anybody_away);
                    drawn.count_lost(chances.sick_place(), f64::from(lost));
                }
                JobKind::Vendor(_, length) if work > 0 => {
                    self.vendor(course, chances, drawn, task, length);
                }
                JobKind::People | JobKind::Vendor(..) | JobKind::Instant => {
                    self.instant(course, drawn, task);
                }
            }
            self.wait_for_notes(course, drawn, task);
        }
        if self.unsorted {
            self.runs.sort_unstable();
        }
        // As a share of all time worked: more work is not more sickness.
        let worked = self.runs.iter().map(|&(_, start, end)| f64::from(end - start)).sum::<f64>();
        drawn.share_lost(chances.sick_place(), worked);
    }

    /// Lets a task without work happen as soon as it can.
    fn instant(&mut self, course: &Course, drawn: &Drawn, task: u32) {
        let (window, by) = self.window(course, drawn, task, NONE, &[]);
        let time = window.start.max(window.end).min(course.problem.slots);
        self.schedule.set(task, time, time, &[]);
        self.decided_by[task as usize] = by;
    }

    fn clear(&mut self) {
        self.schedule.clear();
        self.runs.clear();
        self.decided_by.fill(NONE);
        self.beyond = 0;
        self.unsorted = false;
        self.free.fill((0, NONE));
        self.heads.iter_mut().for_each(|heads| heads.fill(0));
        self.at_work.iter_mut().for_each(|people| people.fill(0));
        self.vendors.clear();
    }

    /// Where a task may begin and end, seen from a site, and which earlier task says so; without the ends that
    /// are `excused`.
    fn window(
        &self,
        course: &Course,
        drawn: &Drawn,
        task: u32,
        site: u32,
        excused: &[u32],
    ) -> (Window, u32) {
        let job = &course.problem.jobs[task as usize];
        let end = if excused.contains(&NONE) { 0 } else { job.end_from };
        let mut window = Window { start: drawn.earliest[task as usize], end };
        let mut by = NONE;
        for (place, wait) in (0..).zip(course.problem.waits_for(task)) {
            let before = window;
            window.add(&course.problem, &self.schedule, wait, site);
            if excused.contains(&place) {
                window.end = before.end;
            }
            if window.start > before.start || window.end > before.end.max(window.start) {
                by = wait.from;
            }
        }
        (window, by)
    }

    /// Places all parts of a task; gives the slots lost to people who were away.
    fn people(
        &mut self,
        course: &Course,
        chances: &Chances,
        drawn: &Drawn,
        task: u32,
        policy: Policy,
        anybody_away: bool,
    ) -> u32 {
        let problem = &course.problem;
        let job = &problem.jobs[task as usize];
        let parts = course.parts_of(task);
        let work = drawn.work[task as usize].div_ceil(parts.len() as u64);
        let first = self.schedule.first_part[task as usize] as usize;
        let (mut start, mut end, mut by, mut lost) = (u32::MAX, 0, NONE, 0);
        let mut placed = 0;
        // What the task waits for is the same for all artists of a site.
        let mut windows = [None; MOST_SITES];
        for (number, part) in parts.iter().enumerate() {
            let seek = Seek { anybody_away, ..Seek::of(part, course, chances, drawn, task) };
            let window = self.seen(&seek, &mut windows, part.lane);
            let mut place = self.seek(&seek, window, part.lane, work, part.rate, NONE);
            if policy == Policy::Replan && place.is_none_or(|place| place.end > part.end) {
                let mine = |lane: u32| {
                    let taken = &self.schedule.parts[first..first + placed];
                    parts[number + 1..].iter().any(|other| other.lane == lane)
                        || taken.iter().any(|other| other.lane == lane)
                };
                for candidate in &problem.crews[job.crew as usize] {
                    if candidate.lane == part.lane || mine(candidate.lane) {
                        continue;
                    }
                    let give_up = place.map_or(NONE, |best| best.end);
                    let window = self.seen(&seek, &mut windows, candidate.lane);
                    let (lane, rate) = (candidate.lane, candidate.rate);
                    let other = self.seek(&seek, window, lane, work, rate, give_up);
                    if let Some(other) = other
                        && other.end < give_up
                    {
                        place = Some(other);
                    }
                }
            }
            let Some(place) = place else {
                self.beyond += 1;
                (start, end, by) = (start.min(problem.slots), problem.slots, NONE);
                continue;
            };
            self.take(course, task, &place);
            self.schedule.parts[first + placed] = Part {
                lane: place.lane,
                from: place.from,
                to: place.to,
                start: place.start,
                end: place.end,
                ..NO_PART
            };
            placed += 1;
            start = start.min(place.start);
            lost += place.lost;
            if place.end >= end {
                (end, by) = (place.end, place.by);
            }
        }
        self.schedule.start[task as usize] = start;
        self.schedule.end[task as usize] = end;
        self.schedule.part_count[task as usize] = placed as u16;
        self.decided_by[task as usize] = by;
        lost
    }

    /// Where a task may begin and end for the artist of a lane, worked out once for each site.
    fn seen(
        &self,
        seek: &Seek,
        windows: &mut [Option<(Window, u32)>; MOST_SITES],
        lane: u32,
    ) -> (Window, u32) {
        let problem = &seek.course.problem;
        let site = problem.lanes[lane as usize].site;
        let (site, place) = if problem.one_clock { (NONE, 0) } else { (site, site as usize) };
        let look = || self.window(seek.course, seek.drawn, seek.task, site, seek.excused);
        match windows.get_mut(place) {
            Some(known) if seek.excused.is_empty() => *known.get_or_insert_with(look),
            _ => look(),
        }
    }

    /// The first place for so much work on a lane after all that is there; `None` when it cannot end
    /// before the boundary `give_up`.
    fn seek(
        &self,
        seek: &Seek,
        (window, mut by): (Window, u32),
        lane: u32,
        work: u64,
        rate: u64,
        give_up: u32,
    ) -> Option<Place> {
        let course = seek.course;
        let problem = &course.problem;
        let job = &problem.jobs[seek.task as usize];
        let spec = &problem.lanes[lane as usize];
        let time = course.time(lane);
        let need = problem.need(work, rate) + seek.setup;
        let need = if seek.drawn.present < 1.0 {
            (need as f64 * seek.drawn.present).ceil() as u64
        } else {
            need
        };
        let (free, after) = if seek.squeezed { (0, NONE) } else { self.free[spec.desk as usize] };
        if free > window.start {
            by = after;
        }
        let mut cursor = window.start.max(free);
        if seek.hold > cursor {
            (cursor, by) = (seek.hold, NONE);
        }
        let per_day = problem.slots_per_day;
        // No run of it is shorter than this on the calendar.
        let shortest = need.div_ceil(course.most_share[lane as usize]).min(u64::from(NONE)) as u32;
        loop {
            cursor = seek.past_stops(cursor);
            if cursor.saturating_add(shortest) >= give_up {
                return None;
            }
            let mut from = time.index_at(cursor);
            if from >= time.total() {
                return None;
            }
            let start = seek.past_stops(time.slot_of(from));
            if start > time.slot_of(from) {
                cursor = start;
                continue;
            }
            let mut to = time.finish(from, need)?;
            let mut end = time.boundary_before(to.max(1));
            if end < window.end {
                from = time.start_to_end_at(from, need, window.end)?;
                to = time.finish(from, need)?;
                end = time.boundary_before(to.max(1));
            }
            let mut lost = 0;
            if seek.anybody_away || !seek.chances.events_of(seek.task).is_empty() {
                (to, lost) =
                    seek.with_losses(time, spec.person.index() as u32, (from, to), need)?;
                end = time.boundary_before(to.max(1));
            }
            let start = time.slot_of(from);
            if !job.splittable
                && let Some(gap) = time.first_gap(start / per_day, (end - 1) / per_day)
            {
                cursor = (gap + 1) * per_day;
                continue;
            }
            if let Some(full) = self.full_day(course, job.department, lane, from, to) {
                (cursor, by) = ((full + 1) * per_day, by);
                continue;
            }
            if seek.squeezed
                && let Some(busy) = self.busy_until(course, spec.desk, start, end)
            {
                cursor = busy;
                continue;
            }
            return Some(Place { lane, from, to, start, end, by, lost });
        }
    }

    /// The end of work on a desk that overlaps a stretch.
    fn busy_until(&self, course: &Course, desk: u32, start: u32, end: u32) -> Option<u32> {
        let on_desk = |lane: u32| course.problem.lanes[lane as usize].desk == desk;
        let mut runs = self.runs.iter();
        let run = runs.find(|run| run.1 < end && start < run.2 && on_desk(run.0))?;
        Some(run.2)
    }

    /// The last day of a run on which the department has no room for one more artist.
    fn full_day(
        &self,
        course: &Course,
        department: u32,
        lane: u32,
        from: u32,
        to: u32,
    ) -> Option<u32> {
        let cap = &course.problem.caps[department as usize];
        if cap.is_empty() {
            return None;
        }
        let person = course.problem.lanes[lane as usize].person.index();
        let (heads, people) =
            (&self.heads[department as usize], &self.at_work[department as usize]);
        course
            .time(lane)
            .days_of(from, to)
            .map(|(day, _)| day as usize)
            .filter(|&day| {
                let is_counted = people[person * self.days + day] > 0;
                cap[day] == 0 || (!is_counted && heads[day] >= cap[day])
            })
            .last()
            .map(|day| day as u32)
    }

    fn take(&mut self, course: &Course, task: u32, place: &Place) {
        let spec = &course.problem.lanes[place.lane as usize];
        let free = &mut self.free[spec.desk as usize];
        self.unsorted |= place.start < free.0;
        if place.end >= free.0 {
            *free = (place.end, task);
        }
        self.runs.push((place.lane, place.start, place.end));
        let department = course.problem.jobs[task as usize].department as usize;
        if !course.problem.caps[department].is_empty() {
            let person = spec.person.index();
            for (day, _) in course.time(place.lane).days_of(place.from, place.to) {
                let seen = &mut self.at_work[department][person * self.days + day as usize];
                *seen = seen.saturating_add(1);
                self.heads[department][day as usize] += u16::from(*seen == 1);
            }
        }
    }

    fn vendor(
        &mut self,
        course: &Course,
        chances: &Chances,
        drawn: &Drawn,
        task: u32,
        length: u32,
    ) {
        let problem = &course.problem;
        let (window, by) = self.window(course, drawn, task, NONE, &[]);
        let seek = Seek {
            course,
            chances,
            drawn,
            task,
            anybody_away: false,
            hold: 0,
            setup: 0,
            squeezed: false,
            excused: &[],
        };
        let hold = course.hold[task as usize];
        let start = seek.past_stops(window.start.max(hold));
        let length = length.saturating_add(drawn.late[task as usize]);
        let place = self.vendors.fit(problem, task, (start, window.end), length);
        let (start, end) = match place {
            Some(place) => {
                self.vendors.take(problem, task, place);
                place
            }
            None => {
                self.beyond += 1;
                (start.min(problem.slots), problem.slots)
            }
        };
        let part = Part { from: start, to: end, start, end, ..NO_PART };
        self.schedule.set(task, start, end, &[part]);
        let calendar = &problem.calendars[problem.jobs[task as usize].calendar as usize];
        let alone = calendar.run(seek.past_stops(window.start.max(hold)), length);
        let is_full = alone.is_some_and(|alone| alone.1 >= window.end && alone.0 < start);
        self.decided_by[task as usize] = if is_full || hold > window.start { NONE } else { by };
    }

    /// Rounds of notes come back after the work: the artist is free, what waits is not.
    fn wait_for_notes(&mut self, course: &Course, drawn: &Drawn, task: u32) {
        let lag = drawn.lag[task as usize];
        if lag == 0 || !self.schedule.is_placed(task) {
            return;
        }
        let calendar = course.problem.jobs[task as usize].calendar;
        let calendar = &course.problem.calendars[calendar as usize];
        let last = course.problem.slots;
        let later = |end: u32| calendar.after(end, lag.min(100_000) as i32).min(last);
        let end = &mut self.schedule.end[task as usize];
        *end = later(*end);
        let first = self.schedule.first_part[task as usize] as usize;
        let count = self.schedule.part_count[task as usize] as usize;
        for part in &mut self.schedule.parts[first..first + count] {
            part.end = later(part.end);
        }
    }
}
