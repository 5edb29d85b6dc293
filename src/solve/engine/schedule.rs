//! A schedule: when each task runs and who works on it, and what its tasks allow each other.

use super::long_weeks::HeavyDays;
use crate::formulate::{JobKind, NONE, Problem, Wait, WaitKind, WorkingTime};
use crate::model::{Id, Unplaced};

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
    /// Basis-point slots it needs, with those to settle in.
    pub need: u64,
    /// Those to settle in.
    pub setup: u32,
    /// How many parts its task is in.
    pub parts: u32,
    /// Working days with overtime: bit `n` is the `n`-th working day of the part.
    pub long_days: u64,
    /// Minutes of overtime on each of them.
    pub minutes: u32,
    /// What they do where it is less.
    pub heavy: HeavyDays,
}

/// No part: a place to be filled.
pub const NO_PART: Part = Part {
    lane: NONE,
    level: 0,
    from: 0,
    to: 0,
    start: 0,
    end: 0,
    need: 0,
    setup: 0,
    parts: 1,
    long_days: 0,
    minutes: 0,
    heavy: HeavyDays::NONE,
};

/// Parts a task is cut into at most, whatever it allows.
pub const MOST_PARTS: u32 = 16;

impl Part {
    /// Calendar days on which it has overtime, and how many minutes: its long days, and its days off.
    pub fn overtime_days<'a>(
        &self,
        time: &'a WorkingTime,
    ) -> impl Iterator<Item = (u32, u16)> + 'a {
        let (first, mut left) = (time.day_of_index(self.from), self.long_days);
        let minutes = self.minutes as u16;
        let long = std::iter::from_fn(move || {
            let bit = (left != 0).then(|| left.trailing_zeros())?;
            left &= left - 1;
            Some((time.calendar_day(first + bit), minutes))
        });
        long.chain(time.days_off_in(self.from, self.to))
    }
}

impl Part {
    /// The same days with their minutes, and the minutes of work that these do.
    pub fn overtime_work<'a>(
        &self,
        time: &'a WorkingTime,
    ) -> impl Iterator<Item = (u32, u16, u16)> + 'a {
        let (first, heavy) = (time.day_of_index(self.from), self.heavy);
        let of_day = move |(day, minutes): (u32, u16)| {
            // Days off come after the long days, and do all they take.
            let worth = match time.minutes_off(day) {
                0 => heavy.worth(time.working_day(day) - first, minutes),
                _ => minutes,
            };
            (day, minutes, worth)
        };
        self.overtime_days(time).map(of_day)
    }
}

/// When each task runs, and who works on it.
#[derive(Clone, Debug, Default)]
pub struct Schedule {
    /// Start of each task; [`NONE`] without a place.
    pub start: Vec<u32>,
    /// End of each task; [`NONE`] without a place.
    pub end: Vec<u32>,
    /// Room for the parts of all tasks, task by task.
    pub parts: Vec<Part>,
    /// First part of each task.
    pub first_part: Vec<u32>,
    /// Number of parts of each task.
    pub part_count: Vec<u16>,
    /// Tasks without a place and why, as last listed.
    pub unplaced: Vec<(u32, Unplaced)>,
}

impl Schedule {
    /// Nothing has a place.
    pub fn new(problem: &Problem) -> Schedule {
        let tasks = problem.jobs.len();
        let mut first_part = Vec::with_capacity(tasks);
        let mut room = 0;
        for job in &problem.jobs {
            first_part.push(room);
            room += match job.kind {
                JobKind::People => job.parts.min(MOST_PARTS),
                JobKind::Vendor(..) => 1,
                JobKind::Done | JobKind::Hold | JobKind::Instant => 0,
            };
        }
        Schedule {
            start: vec![NONE; tasks],
            end: vec![NONE; tasks],
            parts: vec![NO_PART; room as usize],
            first_part,
            part_count: vec![0; tasks],
            unplaced: Vec::new(),
        }
    }

    /// Takes all places away.
    pub fn clear(&mut self) {
        self.start.fill(NONE);
        self.end.fill(NONE);
        self.part_count.fill(0);
        self.unplaced.clear();
    }

    /// The parts of a task.
    #[inline]
    pub fn parts_of(&self, task: u32) -> &[Part] {
        let first = self.first_part[task as usize] as usize;
        &self.parts[first..first + self.part_count[task as usize] as usize]
    }

    /// Whether a task has a place.
    #[inline]
    pub fn is_placed(&self, task: u32) -> bool {
        self.end[task as usize] != NONE
    }

    /// Gives a task its place.
    pub fn set(&mut self, task: u32, start: u32, end: u32, parts: &[Part]) {
        let first = self.first_part[task as usize] as usize;
        self.parts[first..first + parts.len()].copy_from_slice(parts);
        self.start[task as usize] = start;
        self.end[task as usize] = end;
        self.part_count[task as usize] = parts.len() as u16;
    }

    /// Takes the place of a task away.
    pub fn unset(&mut self, task: u32) {
        self.start[task as usize] = NONE;
        self.end[task as usize] = NONE;
        self.part_count[task as usize] = 0;
    }

    /// The earlier task without a place that keeps a task from having one.
    pub fn blocked_by(&self, problem: &Problem, task: u32) -> Option<u32> {
        let waits = problem.waits_for(task).iter().map(|wait| wait.from);
        waits.filter(|&from| self.is_missing(problem, from)).min()
    }

    /// Whether a task should have a place and has none.
    #[inline]
    pub fn is_missing(&self, problem: &Problem, task: u32) -> bool {
        !self.is_placed(task) && problem.jobs[task as usize].kind != JobKind::Done
    }

    /// Lists the tasks without a place, with their causes.
    pub fn list_unplaced(&mut self, problem: &Problem) {
        self.unplaced.clear();
        for (task, job) in problem.jobs.iter().enumerate() {
            let task = task as u32;
            if !self.is_missing(problem, task) {
                continue;
            }
            let cause = if job.kind == JobKind::Hold {
                Unplaced::OnHold
            } else if let Some(earlier) = self.blocked_by(problem, task) {
                Unplaced::WaitsFor(Id::new(earlier as usize))
            } else if job.kind == JobKind::People && problem.unskilled[job.crew as usize] {
                Unplaced::NobodyCan
            } else {
                Unplaced::NoTimeLeft
            };
            self.unplaced.push((task, cause));
        }
    }

    /// Cause of a task without a place.
    pub fn cause_of(&self, task: u32) -> Option<Unplaced> {
        let position = self.unplaced.binary_search_by_key(&task, |row| row.0).ok()?;
        Some(self.unplaced[position].1)
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
    /// The window that the waits of a task leave, seen from a site ([`NONE`] for an instant, a
    /// vendor, or where all sites share one clock).
    pub fn of(problem: &Problem, schedule: &Schedule, task: u32, site: u32) -> Window {
        let job = &problem.jobs[task as usize];
        let mut window = Window { start: job.earliest, end: job.end_from };
        for wait in problem.waits_for(task) {
            window.add(problem, schedule, wait, site);
        }
        window
    }

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

/// Whether a wait holds between two tasks that both have a place.
pub fn holds(problem: &Problem, schedule: &Schedule, wait: &Wait) -> bool {
    let parts = schedule.parts_of(wait.to);
    let seen_from = |site: u32| {
        let mut window = Window { start: 0, end: 0 };
        window.add(problem, schedule, wait, site);
        window
    };
    if parts.is_empty() {
        let window = seen_from(NONE);
        return window.start.max(window.end) <= schedule.start[wait.to as usize];
    }
    let mut latest_end_fits = false;
    let starts_fit = parts.iter().all(|part| {
        let window = seen_from(site_of(problem, part));
        latest_end_fits |= window.end <= part.end;
        window.start <= part.start
    });
    starts_fit && latest_end_fits
}

/// Whether everything that waits for a task in one part, or without a place, may stay where it is if the task is at
/// another place.
pub fn followers_allow(problem: &Problem, schedule: &mut Schedule, task: u32, place: Part) -> bool {
    let old = match schedule.parts_of(task) {
        [] => None,
        &[old] => Some(old),
        _ => return false,
    };
    schedule.set(task, place.start, place.end, &[place]);
    let mut later = problem.followers(task).filter(|wait| schedule.is_placed(wait.to));
    let fine = later.all(|wait| holds(problem, schedule, wait));
    match old {
        Some(old) => schedule.set(task, old.start, old.end, &[old]),
        None => schedule.unset(task),
    }
    fine
}

/// Whether leave does not interrupt a part of a task that may not be split.
pub fn is_whole(problem: &Problem, time: &WorkingTime, task: u32, part: &Part) -> bool {
    let per_day = problem.slots_per_day;
    problem.jobs[task as usize].splittable
        || time.first_gap(part.start / per_day, (part.end - 1) / per_day).is_none()
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

/// The site of a part; [`NONE`] for a vendor's.
pub fn site_of(problem: &Problem, part: &Part) -> u32 {
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
    let lane = &problem.lanes[part.lane as usize];
    let time = &problem.times[lane.time as usize];
    let person = lane.person.index() as u32;
    let extra = problem.overtime.share(person, part.minutes);
    let heavy = part.heavy;
    let extra = |day: u32| match heavy.is_none() {
        true => extra,
        false => problem.overtime.share(person, heavy.worth(day, part.minutes as u16).into()),
    };
    let mut all = time.done_before(part.to) - time.done_before(part.from);
    let mut left = part.long_days;
    while left != 0 {
        all += u64::from(time.slots_per_day() * extra(left.trailing_zeros()));
        left &= left - 1;
    }
    let needed = (all * u64::from(done)).div_ceil(10_000);
    if needed == 0 {
        return (part.start, lane.site);
    }
    let index = if part.long_days == 0 {
        time.finish(part.from, needed)
    } else {
        time.finish_on_long_days(part.from, needed, extra, part.long_days)
    };
    (time.boundary_before(index.unwrap_or(part.to)), lane.site)
}
