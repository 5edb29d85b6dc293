//! The critical path with calendars: as if there were copies of every artist.

use crate::formulate::{JobKind, NONE, OvertimeRoom, Problem, WaitKind, WorkingTime};
use crate::model::{Id, Unplaced};
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::rc::Rc;

/// The earliest start and end of each task in any valid plan.
#[derive(Clone, Debug)]
pub struct Heads {
    /// No plan starts the task before; [`NONE`] for done tasks.
    pub start: Vec<u32>,
    /// No plan ends it before; the end of the timeline when no plan can place it.
    pub end: Vec<u32>,
    /// The wait that decides the start (or, for waits on ends, the end); [`NONE`] when none does.
    pub decided_by: Vec<u32>,
    /// Tasks that no plan can place, and why, sorted.
    pub never: Vec<(u32, Unplaced)>,
}

/// What makes candidates differ when they are alone: their time, their overtime, and (the best of)
/// their speed.
#[derive(Clone, Debug)]
struct Profile {
    /// Working time with all days off that may be worked.
    widest: u32,
    rate: u64,
    overtime: OvertimeRoom,
    /// Minutes of each week without overtime; empty where no overtime is asked.
    weeks: Rc<[i64]>,
}

/// Earliest starts and ends, forward through the waits.
///
/// A task begins when all it waits for allow, on the candidate who would end it first if nobody else
/// needed them; the largest number of parts is assumed, overtime as far as the rules leave room, and
/// hand-over between time zones at its best.
pub fn heads(problem: &Problem) -> Heads {
    Forward::new(problem).heads
}

/// The forward pass, kept so that a change to one task costs what comes after it.
#[derive(Clone, Debug)]
pub struct Forward {
    heads: Heads,
    never: Vec<bool>,
    profiles: Vec<Vec<Profile>>,
    /// Place of each task in the order of the problem.
    rank: Vec<u32>,
}

/// What the pass finds for one task.
struct Found {
    start: u32,
    end: Result<u32, Unplaced>,
    decided_by: u32,
}

impl Forward {
    /// Passes through all tasks.
    pub fn new(problem: &Problem) -> Forward {
        let tasks = problem.jobs.len();
        let mut rank = vec![NONE; tasks];
        for (place, &task) in problem.order.iter().enumerate() {
            rank[task as usize] = place as u32;
        }
        let mut pass = Forward {
            heads: Heads {
                start: vec![NONE; tasks],
                end: vec![NONE; tasks],
                decided_by: vec![NONE; tasks],
                never: Vec::new(),
            },
            never: vec![false; tasks],
            profiles: profiles(problem),
            rank,
        };
        for &task in &problem.order {
            let index = task as usize;
            if problem.jobs[index].kind == JobKind::Done {
                continue;
            }
            let found = pass.look_at(problem, task);
            pass.heads.start[index] = found.start;
            pass.heads.decided_by[index] = found.decided_by;
            pass.heads.end[index] = found.end.unwrap_or(problem.slots);
            if let Err(cause) = found.end {
                pass.never[index] = true;
                pass.heads.never.push((task, cause));
            }
        }
        pass.heads.never.sort_unstable();
        pass
    }

    /// The earliest end of `last` in `changed`, a problem that differs from that of this pass only in
    /// the job of `task` and in what it waits for. The pass itself stays as it was.
    pub fn end_after_change(&mut self, changed: &Problem, task: u32, last: u32) -> u32 {
        let mut queue = BinaryHeap::from([Reverse((self.rank[task as usize], task))]);
        let mut before: Vec<(u32, u32, u32)> = Vec::new();
        while let Some(Reverse((rank, next))) = queue.pop() {
            if rank > self.rank[last as usize] {
                break;
            }
            if before.last().is_some_and(|&(seen, ..)| seen == next) {
                continue;
            }
            let index = next as usize;
            let found = self.look_at(changed, next);
            let end = found.end.unwrap_or(changed.slots);
            let old = (self.heads.start[index], self.heads.end[index]);
            if next != task && old == (found.start, end) {
                continue;
            }
            before.push((next, old.0, old.1));
            (self.heads.start[index], self.heads.end[index]) = (found.start, end);
            for wait in changed.followers(next) {
                if self.rank[wait.to as usize] != NONE {
                    queue.push(Reverse((self.rank[wait.to as usize], wait.to)));
                }
            }
        }
        let end = self.heads.end[last as usize];
        for (task, start, end) in before {
            (self.heads.start[task as usize], self.heads.end[task as usize]) = (start, end);
        }
        end
    }

    /// The earliest and latest times found.
    pub fn heads(&self) -> &Heads {
        &self.heads
    }

    /// The earliest boundary at which a task can end that starts at `start`, whatever it waits for;
    /// `None` where nobody has the time, or for work that is done or on hold.
    pub fn end_from(&self, problem: &Problem, task: u32, start: u32) -> Option<u32> {
        let job = &problem.jobs[task as usize];
        match job.kind {
            JobKind::Done | JobKind::Hold => None,
            JobKind::Instant => Some(start),
            JobKind::Vendor(_, length) => {
                problem.calendars[job.calendar as usize].run(start, length).map(|(_, end)| end)
            }
            JobKind::People => {
                let work = job.work.div_ceil(u64::from(job.parts));
                let profiles = &self.profiles[job.crew as usize];
                profiles.iter().filter_map(|profile| finish(problem, profile, start, work, 1)).min()
            }
        }
    }

    fn look_at(&self, problem: &Problem, task: u32) -> Found {
        let index = task as usize;
        let (job, heads) = (&problem.jobs[index], &self.heads);
        let (mut start, mut end_from) = (job.earliest, job.end_from);
        let (mut blocked, mut decided_by, mut end_decided_by) = (None, NONE, NONE);
        for (offset, wait) in problem.waits_for(task).iter().enumerate() {
            let from = wait.from as usize;
            if self.never[from] {
                blocked = blocked.or(Some(wait.from));
                continue;
            }
            if heads.end[from] == NONE {
                continue;
            }
            let calendar = &problem.calendars[wait.calendar as usize];
            let handed = |end| calendar.after(problem.handed_at_best(end), wait.lag);
            let mut starts_at = |at: u32| {
                if at > start {
                    (start, decided_by) = (at, problem.waits_of[index] + offset as u32);
                }
            };
            let mut ends_at = |at: u32| {
                if at > end_from {
                    (end_from, end_decided_by) = (at, problem.waits_of[index] + offset as u32);
                }
            };
            match wait.kind {
                WaitKind::StartAfterEnd => starts_at(handed(heads.end[from])),
                WaitKind::StartAfterStart => starts_at(calendar.after(heads.start[from], wait.lag)),
                WaitKind::EndAfterEnd => ends_at(handed(heads.end[from])),
                WaitKind::EndAfterStart => ends_at(calendar.after(heads.start[from], wait.lag)),
                WaitKind::StartAfterPublish(done) => {
                    starts_at(handed(publish(problem, &self.profiles, heads, wait.from, done)));
                }
            }
        }
        let end = match (job.kind, blocked) {
            (_, Some(_)) => None,
            (JobKind::Instant, None) => Some(start.max(end_from)),
            _ => self.end_from(problem, task, start),
        };
        if end.is_some_and(|end| end < end_from) {
            decided_by = end_decided_by;
        }
        let end = end.map(|end| end.max(end_from).min(problem.slots));
        let why = match (job.kind, blocked) {
            (JobKind::Hold, _) => Unplaced::OnHold,
            (_, Some(earlier)) => Unplaced::WaitsFor(Id::new(earlier as usize)),
            (JobKind::People, _) if problem.unskilled[job.crew as usize] => Unplaced::NobodyCan,
            _ => Unplaced::NoTimeLeft,
        };
        Found { start, end: end.ok_or(why), decided_by }
    }
}

/// The profiles of each crew.
fn profiles(problem: &Problem) -> Vec<Vec<Profile>> {
    let weeks = problem.timeline.days() / 7 + 1;
    let mut known: BTreeMap<(u32, bool, i64), Rc<[i64]>> = BTreeMap::new();
    let mut minutes = |time: u32, overtime: OvertimeRoom| {
        let is_asked = overtime.day != 0;
        let key = (time, is_asked, overtime.full_day);
        let of_week = |week| base_minutes(&problem.times[time as usize], week, overtime.full_day);
        let count = if is_asked { weeks } else { 0 };
        known.entry(key).or_insert_with(|| (0..count).map(of_week).collect()).clone()
    };
    problem.crews.iter().map(|crew| distinct(problem, crew, &mut minutes)).collect()
}

/// Candidates that differ; of those with the same time the fastest.
fn distinct(
    problem: &Problem,
    crew: &[crate::formulate::Candidate],
    minutes: &mut dyn FnMut(u32, OvertimeRoom) -> Rc<[i64]>,
) -> Vec<Profile> {
    let mut fastest: BTreeMap<(u32, u32, OvertimeRoom), u64> = BTreeMap::new();
    for candidate in crew {
        let lane = &problem.lanes[candidate.lane as usize];
        let rate = fastest.entry((lane.time, lane.widest, lane.overtime)).or_insert(0);
        *rate = (*rate).max(candidate.rate);
    }
    let profile = |((time, widest, overtime), rate)| {
        let weeks = minutes(time, overtime);
        Profile { widest, rate, overtime, weeks }
    };
    fastest.into_iter().map(profile).collect()
}

/// The earliest boundary at which so much (basis points) of a task can be done.
fn publish(
    problem: &Problem,
    profiles: &[Vec<Profile>],
    heads: &Heads,
    task: u32,
    done: u32,
) -> u32 {
    let (job, start) = (&problem.jobs[task as usize], heads.start[task as usize]);
    if job.kind != JobKind::People || done == 0 {
        return start;
    }
    let work = job.work.div_ceil(u64::from(job.parts));
    profiles[job.crew as usize]
        .iter()
        .filter_map(|profile| finish(problem, profile, start, work * u64::from(done), 10_000))
        .min()
        .unwrap_or(start)
}

/// The earliest boundary at which `work ÷ divisor` minutes can be done from `start` on.
///
/// With overtime: each day of the run takes as much of the week's room as is left. The first day's
/// is not taken off the room, since only part of that day may belong to the run. A day off that may be
/// worked is all overtime.
fn finish(
    problem: &Problem,
    profile: &Profile,
    start: u32,
    work: u64,
    divisor: u64,
) -> Option<u32> {
    let time = &problem.times[profile.widest as usize];
    let whole = u128::from(work) * 10_000_000_000 * u128::from(problem.slots_per_day);
    let need = whole.div_ceil(u128::from(profile.rate) * u128::from(divisor)) as u64;
    let from = time.index_at(start);
    if profile.overtime.day == 0 {
        return time.finish(from, need.max(1)).map(|end| time.boundary_before(end));
    }
    let room = profile.overtime;
    let (mut left, mut week, mut week_room) = (need.max(1), u32::MAX, 0);
    let first_day = start / problem.slots_per_day;
    for (day, slots) in time.days_of(from, time.total()) {
        if day / 7 != week {
            week = day / 7;
            week_room = (room.week - profile.weeks[week as usize]).max(0);
        }
        let off = time.minutes_off(day);
        let share = if off == 0 { time.share_on(day) } else { 0 };
        let base = i64::from(share) * room.full_day / 10_000;
        let most = if off == 0 { room.day - base } else { i64::from(off) };
        let extra = most.clamp(0, week_room);
        if day > first_day {
            week_room -= extra;
        }
        let share = u64::from(share) + (extra * 10_000 / room.full_day.max(1)) as u64;
        if share == 0 {
            continue;
        }
        if share * u64::from(slots) >= left {
            let used = left.div_ceil(share) as u32;
            let first = (day + 1) * problem.slots_per_day - slots;
            return Some(first + used);
        }
        left -= share * u64::from(slots);
    }
    None
}

/// Working minutes of a week without overtime.
pub(super) fn base_minutes(time: &WorkingTime, week: u32, full_day: i64) -> i64 {
    (week * 7..week * 7 + 7).map(|day| i64::from(time.share_on(day)) * full_day / 10_000).sum()
}
