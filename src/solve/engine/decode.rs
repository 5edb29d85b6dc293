//! List scheduling: an order of tasks becomes a schedule with named artists.
//!
//! Tasks are taken by their keys, but never before those they wait for (serial schedule
//! generation). Each is given to the artist for whom it is worth most there: the earliest gap in
//! each candidate's time that holds it, judged by the price of lateness, pay that could be avoided,
//! continuity and fit. Nothing is allocated while a schedule is made.
//!
//! Kolisch, R., and Hartmann, S. (1999), "Heuristic algorithms for solving the resource-constrained
//! project scheduling problem".

use crate::formulate::{JobKind, NONE, Problem, Wait, WaitKind};
use crate::model::Unplaced;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// One part of a task in a schedule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The lane; [`NONE`] for a vendor.
    pub lane: u32,
    /// Level of the artist, in thousandths.
    pub level: u32,
    /// First working slot of the lane.
    pub from: u32,
    /// Boundary after its last one.
    pub to: u32,
    /// Start on the calendar.
    pub start: u32,
    /// End on the calendar.
    pub end: u32,
}

/// Parts a task is cut into at most, whatever it allows.
const MOST_PARTS: usize = 16;
const NO_PART: Part = Part { lane: NONE, level: 0, from: 0, to: 0, start: 0, end: 0 };

/// A schedule: when each task runs, and who works on it.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    /// Start of each task; [`NONE`] without a place.
    pub start: Vec<u32>,
    /// End of each task; [`NONE`] without a place.
    pub end: Vec<u32>,
    /// Parts in the order in which they were placed.
    pub parts: Vec<Part>,
    /// First part of each task.
    pub first_part: Vec<u32>,
    /// Number of parts of each task.
    pub part_count: Vec<u16>,
    /// Tasks without a place and why.
    pub unplaced: Vec<(u32, Unplaced)>,
}

impl Schedule {
    /// The parts of a task.
    #[inline]
    pub fn parts_of(&self, task: u32) -> &[Part] {
        let first = self.first_part[task as usize] as usize;
        &self.parts[first..first + self.part_count[task as usize] as usize]
    }
}

/// What decides the choice of artist.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Taste {
    /// Slots before its latest end from which a task counts as late.
    pub margin: i32,
    /// Price of lateness, in per cent of the deliverable's own.
    pub urgency: i64,
    /// Price of a slot of time in any case, in hundred-thousandths of an artist-day.
    pub haste: i64,
    /// Weight of avoidable pay, in per cent.
    pub thrift: i64,
}

/// Guides of the choice that stay the same over a search.
#[derive(Clone, Debug, Default)]
pub struct Urgency {
    /// Boundary by which each task should end so that nothing that waits for it is late.
    pub latest_end: Vec<u32>,
    /// Price of a slot of lateness beyond it, in minor units.
    pub price: Vec<i64>,
}

/// The buffers in which schedules are made.
#[derive(Clone, Debug)]
pub struct Decoder {
    /// The schedule made last.
    pub schedule: Schedule,
    missing: Vec<u32>,
    ready: BinaryHeap<Reverse<(i64, u32)>>,
    busy: Vec<Vec<(u32, u32)>>,
    group_people: Vec<Vec<u32>>,
    fits: Vec<(i64, u32, Part)>,
    heads: Heads,
    blocked: Vec<u32>,
}

/// Artists at work by department and day, for departments with a crew curve.
#[derive(Clone, Debug, Default)]
struct Heads {
    count: Vec<Vec<u16>>,
    counted: Vec<Vec<bool>>,
    days: usize,
}

impl Decoder {
    /// Buffers for a problem.
    pub fn new(problem: &Problem) -> Decoder {
        let tasks = problem.jobs.len();
        let days = problem.timeline.days() as usize;
        let capped = |cap: &Vec<u16>, size: usize| if cap.is_empty() { 0 } else { size };
        Decoder {
            schedule: Schedule {
                start: vec![NONE; tasks],
                end: vec![NONE; tasks],
                parts: Vec::with_capacity(tasks),
                first_part: vec![0; tasks],
                part_count: vec![0; tasks],
                unplaced: Vec::new(),
            },
            missing: vec![0; tasks],
            ready: BinaryHeap::with_capacity(tasks),
            busy: vec![Vec::new(); problem.desks as usize],
            group_people: vec![Vec::new(); problem.groups as usize],
            fits: Vec::new(),
            heads: Heads {
                count: problem.caps.iter().map(|cap| vec![0; capped(cap, days)]).collect(),
                counted: problem
                    .caps
                    .iter()
                    .map(|cap| vec![false; capped(cap, days * problem.people as usize)])
                    .collect(),
                days,
            },
            blocked: vec![NONE; tasks],
        }
    }

    /// Makes the schedule in which tasks are taken by ascending `keys`.
    pub fn decode(&mut self, problem: &Problem, keys: &[i64], urgency: &Urgency, taste: Taste) {
        self.clear(problem);
        for task in 0..problem.jobs.len() as u32 {
            if self.missing[task as usize] == 0 {
                self.ready.push(Reverse((keys[task as usize], task)));
            }
        }
        while let Some(Reverse((_, task))) = self.ready.pop() {
            self.place(problem, task, urgency, taste);
            let (from, to) = (
                problem.followers_of[task as usize] as usize,
                problem.followers_of[task as usize + 1] as usize,
            );
            for &wait in &problem.followers[from..to] {
                let later = problem.waits[wait as usize].to;
                if self.schedule.end[task as usize] == NONE
                    && problem.jobs[task as usize].kind != JobKind::Done
                {
                    self.blocked[later as usize] = self.blocked[later as usize].min(task);
                }
                self.missing[later as usize] -= 1;
                if self.missing[later as usize] == 0 {
                    self.ready.push(Reverse((keys[later as usize], later)));
                }
            }
        }
        self.schedule.unplaced.sort_unstable();
    }

    fn clear(&mut self, problem: &Problem) {
        let schedule = &mut self.schedule;
        schedule.start.fill(NONE);
        schedule.end.fill(NONE);
        schedule.parts.clear();
        schedule.part_count.fill(0);
        schedule.unplaced.clear();
        self.blocked.fill(NONE);
        self.ready.clear();
        self.busy.iter_mut().for_each(Vec::clear);
        self.group_people.iter_mut().for_each(Vec::clear);
        self.heads.count.iter_mut().for_each(|count| count.fill(0));
        self.heads.counted.iter_mut().for_each(|counted| counted.fill(false));
        for (task, missing) in self.missing.iter_mut().enumerate() {
            *missing = problem.waits_of[task + 1] - problem.waits_of[task];
        }
    }

    fn place(&mut self, problem: &Problem, task: u32, urgency: &Urgency, taste: Taste) {
        let job = &problem.jobs[task as usize];
        self.schedule.first_part[task as usize] = self.schedule.parts.len() as u32;
        let cause = match job.kind {
            JobKind::Done => return,
            JobKind::Hold => Unplaced::OnHold,
            _ if self.blocked[task as usize] != NONE => {
                let earlier = self.blocked[task as usize];
                Unplaced::WaitsFor(crate::model::Id::new(earlier as usize))
            }
            JobKind::Instant => {
                let window = self.window(problem, task, NONE);
                let time = window.start.max(window.end);
                if time <= problem.slots {
                    self.schedule.start[task as usize] = time;
                    self.schedule.end[task as usize] = time;
                    return;
                }
                Unplaced::NoTimeLeft
            }
            JobKind::Vendor(_, length) => {
                let calendar = &problem.calendars[job.calendar as usize];
                let window = self.window(problem, task, NONE);
                let mut run = calendar.run(window.start, length);
                while let Some((start, end)) = run
                    && end < window.end
                {
                    run = calendar.run(start + 1, length);
                }
                if let Some((start, end)) = run {
                    let part = Part { lane: NONE, level: 0, from: start, to: end, start, end };
                    self.schedule.parts.push(part);
                    self.settle(task, start, end, 1);
                    return;
                }
                Unplaced::NoTimeLeft
            }
            JobKind::People if problem.crews[job.crew as usize].is_empty() => Unplaced::NobodyCan,
            JobKind::People => {
                if self.place_people(problem, task, urgency, taste) {
                    return;
                }
                Unplaced::NoTimeLeft
            }
        };
        self.schedule.unplaced.push((task, cause));
    }

    fn settle(&mut self, task: u32, start: u32, end: u32, parts: u16) {
        self.schedule.start[task as usize] = start;
        self.schedule.end[task as usize] = end;
        self.schedule.part_count[task as usize] = parts;
    }

    /// Finds the best artists for a task and places it; false when none has the time.
    fn place_people(
        &mut self,
        problem: &Problem,
        task: u32,
        urgency: &Urgency,
        taste: Taste,
    ) -> bool {
        let job = &problem.jobs[task as usize];
        let shared_window = problem.one_clock.then(|| self.window(problem, task, NONE));
        let mut chosen: Option<(i64, u32)> = None;
        let mut best_parts: [Part; MOST_PARTS] = [NO_PART; MOST_PARTS];
        for parts in 1..=job.parts.min(MOST_PARTS as u32) {
            let work = job.work.div_ceil(u64::from(parts));
            let mut fits = std::mem::take(&mut self.fits);
            fits.clear();
            let mut windows = [None; 8];
            for candidate in &problem.crews[job.crew as usize] {
                let site = problem.lanes[candidate.lane as usize].site;
                let window = match shared_window {
                    Some(window) => window,
                    None => match windows.get_mut(site as usize) {
                        Some(known) => {
                            *known.get_or_insert_with(|| self.window(problem, task, site))
                        }
                        None => self.window(problem, task, site),
                    },
                };
                let need = problem.need(work, candidate.rate);
                let Some(mut part) = self.fit(problem, task, candidate.lane, need, window) else {
                    continue;
                };
                part.level = candidate.level;
                let score = self.score(problem, task, part, urgency, taste);
                fits.push((score, candidate.lane, part));
            }
            if fits.len() < parts as usize {
                self.fits = fits;
                break;
            }
            if parts == 1 {
                if let Some(best) = fits.iter().min_by_key(|fit| (fit.0, fit.1)) {
                    chosen = Some((best.0, 1));
                    best_parts[0] = best.2;
                }
            } else {
                fits.sort_unstable_by_key(|fit| (fit.0, fit.1));
                // The last part decides when the task ends; the rest cost what they cost.
                let score = fits[parts as usize - 1].0 + i64::from(parts) * problem.artist_day / 50;
                if chosen.is_none_or(|(known, _)| score < known)
                    && self.room_together(problem, job.department, &fits[..parts as usize])
                {
                    chosen = Some((score, parts));
                    for (slot, fit) in best_parts.iter_mut().zip(&fits[..parts as usize]) {
                        *slot = fit.2;
                    }
                }
            }
            self.fits = fits;
        }
        let Some((_, parts)) = chosen else { return false };
        let (mut start, mut end) = (u32::MAX, 0);
        for part in &best_parts[..parts as usize] {
            start = start.min(part.start);
            end = end.max(part.end);
            self.take(problem, task, *part);
            self.schedule.parts.push(*part);
        }
        self.settle(task, start, end, parts as u16);
        true
    }

    /// Whether a department's crew curve has room for several parts side by side; each alone fits.
    fn room_together(
        &mut self,
        problem: &Problem,
        department: u32,
        fits: &[(i64, u32, Part)],
    ) -> bool {
        let cap = &problem.caps[department as usize];
        if cap.is_empty() {
            return true;
        }
        let counted = &self.heads.counted[department as usize];
        let count = &mut self.heads.count[department as usize];
        let days = self.heads.days;
        let mut has_room = true;
        for step in [1_i32, -1] {
            for &(_, _, part) in fits {
                let lane = &problem.lanes[part.lane as usize];
                let person = crate::model::Id::index(lane.person);
                for (day, _) in problem.times[lane.time as usize].days_of(part.from, part.to) {
                    if !counted[person * days + day as usize] {
                        let heads = &mut count[day as usize];
                        *heads = (i32::from(*heads) + step) as u16;
                        has_room &= step < 0 || *heads <= cap[day as usize];
                    }
                }
            }
        }
        has_room
    }

    /// Books a part.
    fn take(&mut self, problem: &Problem, task: u32, part: Part) {
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[part.lane as usize];
        let person = crate::model::Id::index(lane.person) as u32;
        let busy = &mut self.busy[lane.desk as usize];
        let position = busy.partition_point(|&(start, _)| start < part.start);
        busy.insert(position, (part.start, part.end));
        let department = job.department as usize;
        if !problem.caps[department].is_empty() {
            let time = &problem.times[lane.time as usize];
            for (day, _) in time.days_of(part.from, part.to) {
                let seen = person as usize * self.heads.days + day as usize;
                if !self.heads.counted[department][seen] {
                    self.heads.counted[department][seen] = true;
                    self.heads.count[department][day as usize] += 1;
                }
            }
        }
        if job.group != NONE {
            let people = &mut self.group_people[job.group as usize];
            if !people.contains(&person) {
                people.push(person);
            }
        }
    }

    /// The earliest gap of a lane that holds a task.
    fn fit(
        &self,
        problem: &Problem,
        task: u32,
        lane_index: u32,
        need: u64,
        window: Window,
    ) -> Option<Part> {
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[lane_index as usize];
        let time = &problem.times[lane.time as usize];
        let busy = &self.busy[lane.desk as usize];
        let mut from = time.index_at(window.start);
        if from >= time.total() {
            return None;
        }
        let mut next = busy.partition_point(|&(_, end)| end <= window.start);
        loop {
            if from >= time.total() {
                return None;
            }
            let start = time.slot_of(from);
            while next < busy.len() && busy[next].1 <= start {
                next += 1;
            }
            if let Some(&(busy_from, busy_to)) = busy.get(next)
                && busy_from <= start
            {
                from = time.index_at(busy_to);
                next += 1;
                continue;
            }
            let mut to = time.finish(from, need)?;
            let mut end = time.boundary_before(to);
            if end < window.end {
                let later = time.start_to_end_at(from, need, window.end)?;
                if later > from {
                    from = later;
                    continue;
                }
                to = time.finish(from, need)?;
                end = time.boundary_before(to);
            }
            if let Some(&(busy_from, busy_to)) = busy.get(next)
                && busy_from < end
            {
                from = time.index_at(busy_to);
                next += 1;
                continue;
            }
            let per_day = problem.slots_per_day;
            if !job.splittable
                && let Some(gap) = time.first_gap(start / per_day, (end - 1) / per_day)
            {
                from = time.index_at((gap + 1) * per_day);
                continue;
            }
            if let Some(full) = self.full_day(problem, job.department, lane, from, to) {
                from = time.index_at((full + 1) * per_day);
                continue;
            }
            return Some(Part { lane: lane_index, level: 0, from, to, start, end });
        }
    }

    /// The last day of a run on which the department has no room for one more artist.
    fn full_day(
        &self,
        problem: &Problem,
        department: u32,
        lane: &crate::formulate::LaneSpec,
        from: u32,
        to: u32,
    ) -> Option<u32> {
        let cap = &problem.caps[department as usize];
        if cap.is_empty() {
            return None;
        }
        let person = crate::model::Id::index(lane.person);
        let time = &problem.times[lane.time as usize];
        let count = &self.heads.count[department as usize];
        let counted = &self.heads.counted[department as usize];
        time.days_of(from, to)
            .map(|(day, _)| day)
            .filter(|&day| {
                let is_counted = counted[person * self.heads.days + day as usize];
                cap[day as usize] == 0 || (!is_counted && count[day as usize] >= cap[day as usize])
            })
            .last()
    }

    /// What it costs to give a task this place: lateness, time, avoidable pay, continuity, handover
    /// and fit, in minor units.
    fn score(
        &self,
        problem: &Problem,
        task: u32,
        part: Part,
        urgency: &Urgency,
        taste: Taste,
    ) -> i64 {
        let job = &problem.jobs[task as usize];
        let lane = &problem.lanes[part.lane as usize];
        let index = task as usize;
        let target = i64::from(urgency.latest_end[index]) - i64::from(taste.margin);
        let late = (i64::from(part.end) - target).max(0);
        let mut score = late * (urgency.price[index] * taste.urgency / 100)
            + i64::from(part.end) * (problem.artist_day * taste.haste / 100_000);
        if !lane.avoidable.is_empty() {
            let time = &problem.times[lane.time as usize];
            let per_slot = i64::from(problem.slots_per_day) * 10_000;
            let pay: i64 = time
                .days_of(part.from, part.to)
                .map(|(day, slots)| {
                    lane.avoidable[day as usize] * i64::from(slots * time.share_on(day)) / per_slot
                })
                .sum();
            score += pay * taste.thrift / 100;
        }
        let person = crate::model::Id::index(lane.person) as u32;
        if job.group != NONE {
            let people = &self.group_people[job.group as usize];
            if !people.contains(&person) {
                score += if people.is_empty() { 0 } else { problem.artist_day / 5 };
            }
        }
        if job.begun && job.assigned.0 < job.assigned.1 {
            let on_it = &problem.assigned[job.assigned.0 as usize..job.assigned.1 as usize];
            if !on_it.contains(&person) {
                score += problem.artist_day;
            }
        }
        if job.simple && part.level >= 1_250 {
            score += problem.artist_day * i64::from(part.to - part.from)
                / (20 * i64::from(problem.slots_per_day));
        }
        score
    }

    /// The earliest start and end that the waits of a task allow, seen from a site ([`NONE`] for an
    /// instant, a vendor, or where all sites share one clock).
    pub fn window(&self, problem: &Problem, task: u32, site: u32) -> Window {
        let job = &problem.jobs[task as usize];
        let mut window = Window { start: job.earliest, end: job.end_from };
        for wait in problem.waits_for(task) {
            window.add(problem, &self.schedule, wait, site);
        }
        window
    }
}

/// Where a task may begin and where it may end at the earliest.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// No start before this boundary.
    pub start: u32,
    /// No end before this boundary.
    pub end: u32,
}

impl Window {
    /// Narrows the window by one wait, for a schedule that holds the earlier task.
    pub fn add(&mut self, problem: &Problem, schedule: &Schedule, wait: &Wait, site: u32) {
        let from = wait.from as usize;
        if schedule.end[from] == NONE {
            return;
        }
        let calendar = &problem.calendars[wait.calendar as usize];
        match wait.kind {
            WaitKind::StartAfterEnd => {
                let seen = handed_end(problem, schedule, wait.from, site);
                self.start = self.start.max(calendar.after(seen, wait.lag));
            }
            WaitKind::EndAfterEnd => {
                let seen = handed_end(problem, schedule, wait.from, site);
                self.end = self.end.max(calendar.after(seen, wait.lag));
            }
            WaitKind::StartAfterStart => {
                self.start = self.start.max(calendar.after(schedule.start[from], wait.lag));
            }
            WaitKind::EndAfterStart => {
                self.end = self.end.max(calendar.after(schedule.start[from], wait.lag));
            }
            WaitKind::StartAfterPublish(done) => {
                let parts = schedule.parts_of(wait.from);
                let published = parts
                    .iter()
                    .map(|part| {
                        let (boundary, from_site) = publish(problem, wait.from, part, done);
                        problem.handed(boundary, from_site, or_same(site, from_site))
                    })
                    .max()
                    .unwrap_or(schedule.end[from]);
                self.start = self.start.max(calendar.after(published, wait.lag));
            }
        }
    }
}

fn or_same(site: u32, from_site: u32) -> u32 {
    if site == NONE { from_site } else { site }
}

/// The end of a task as seen from a site: the latest of its parts.
fn handed_end(problem: &Problem, schedule: &Schedule, task: u32, site: u32) -> u32 {
    let end = schedule.end[task as usize];
    if problem.one_clock {
        return end;
    }
    let parts = schedule.parts_of(task).iter();
    parts
        .map(|part| {
            let from_site = site_of(problem, part);
            problem.handed(part.end, from_site, or_same(site, from_site))
        })
        .max()
        .unwrap_or(end)
}

fn site_of(problem: &Problem, part: &Part) -> u32 {
    if part.lane == NONE { NONE } else { problem.lanes[part.lane as usize].site }
}

/// The boundary at which a part has done so much of its share slots (basis points), and its site.
fn publish(problem: &Problem, task: u32, part: &Part, done: u32) -> (u32, u32) {
    if part.lane == NONE {
        let calendar = &problem.calendars[problem.jobs[task as usize].calendar as usize];
        let all = calendar.slots_between(part.start, part.end);
        let slots = (u64::from(all) * u64::from(done)).div_ceil(10_000) as u32;
        let end = if slots == 0 { None } else { calendar.run(part.start, slots) };
        return (end.map_or(part.start, |(_, end)| end), NONE);
    }
    let time = &problem.times[problem.lanes[part.lane as usize].time as usize];
    let all = time.done_before(part.to) - time.done_before(part.from);
    let needed = (all * u64::from(done)).div_ceil(10_000);
    if needed == 0 {
        return (part.start, site_of(problem, part));
    }
    let index = time.finish(part.from, needed).unwrap_or(part.to);
    (time.boundary_before(index), site_of(problem, part))
}
