//! The critical path with calendars: as if there were copies of every artist.

use crate::formulate::{Job, JobKind, NONE, OvertimeRoom, Problem, WaitKind, WorkingTime};
use crate::model::{Id, Unplaced};
use std::collections::BTreeMap;
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
    site: u32,
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
/// needed them; the largest number of parts is assumed, and overtime as far as the rules leave room. Sites
/// are told apart: a task that only London can do, after one that only Montreal can do, begins when London sees
/// that one's end.
pub fn heads(problem: &Problem) -> Heads {
    Forward::new(problem).heads
}

/// The forward pass, and what it knows of people.
#[derive(Clone, Debug)]
pub struct Forward {
    heads: Heads,
    never: Vec<bool>,
    profiles: Vec<Vec<Profile>>,
    /// By task and site, and then once for whoever has none: no plan shows its end there before.
    seen: Vec<u32>,
}

/// What the pass finds for one task.
struct Found {
    start: u32,
    end: Result<u32, Unplaced>,
    decided_by: u32,
}

/// When a task can begin and has to end, seen from one site, and the waits that decide it.
#[derive(Clone, Copy)]
struct View {
    start: u32,
    decided_by: u32,
    end_from: u32,
    end_decided_by: u32,
}

/// Columns of [`Forward::seen`].
fn views(problem: &Problem) -> usize {
    if problem.one_clock { 1 } else { problem.sites as usize + 1 }
}

impl Forward {
    /// Passes through all tasks.
    pub fn new(problem: &Problem) -> Forward {
        let tasks = problem.jobs.len();
        let mut pass = Forward {
            heads: Heads {
                start: vec![NONE; tasks],
                end: vec![NONE; tasks],
                decided_by: vec![NONE; tasks],
                never: Vec::new(),
            },
            never: vec![false; tasks],
            profiles: profiles(problem),
            seen: vec![problem.slots; tasks * views(problem)],
        };
        let mut seen = Vec::new();
        for &task in &problem.order {
            let index = task as usize;
            if problem.jobs[index].kind == JobKind::Done {
                continue;
            }
            let found = pass.look_at(problem, task, &mut seen);
            pass.seen[index * seen.len()..][..seen.len()].copy_from_slice(&seen);
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

    /// What is found for a task; `seen` becomes when its end is seen, by site.
    fn look_at(&self, problem: &Problem, task: u32, seen: &mut Vec<u32>) -> Found {
        let index = task as usize;
        let job = &problem.jobs[index];
        let waits = problem.waits_for(task);
        let blocked = waits.iter().map(|wait| wait.from).find(|&from| self.never[from as usize]);
        let own = views(problem) - 1;
        seen.clear();
        seen.resize(own + 1, problem.slots);
        let people = match job.kind {
            JobKind::People => self.profiles[job.crew as usize].as_slice(),
            _ => &[],
        };
        if people.is_empty() || problem.one_clock {
            let view = self.view(problem, task, own);
            let end = match (job.kind, blocked) {
                (_, Some(_)) => None,
                (JobKind::Instant, None) => Some(view.start.max(view.end_from)),
                _ => self.end_from(problem, task, view.start),
            };
            let found = view.found(problem, end);
            let why = why_not(problem, job, blocked);
            seen.fill(found.1);
            return Found { start: view.start, end: found.0.ok_or(why), decided_by: found.2 };
        }
        let mut start = u32::MAX;
        let mut best: Option<(u32, u32)> = None;
        let mut first = (u32::MAX, NONE);
        let work = job.work.div_ceil(u64::from(job.parts));
        for with_same in people.chunk_by(|one, next| one.site == next.site) {
            let site = with_same[0].site;
            let view = self.view(problem, task, site as usize);
            start = start.min(view.start);
            first = first.min((view.start, view.decided_by));
            if blocked.is_some() {
                continue;
            }
            let ends = with_same.iter().filter_map(|one| finish(problem, one, view.start, work, 1));
            let (Some(end), at, decided_by) = view.found(problem, ends.min()) else { continue };
            if best.is_none_or(|known| end < known.0) {
                best = Some((end, decided_by));
            }
            for (there, known) in (0..).zip(seen.iter_mut()) {
                let there = if there as usize == own { site } else { there };
                *known = (*known).min(problem.handed(at, site, there).min(problem.slots));
            }
        }
        let decided_by = best.map_or(first.1, |best| best.1);
        let end = best.map(|best| best.0).ok_or(why_not(problem, job, blocked));
        Found { start, end, decided_by }
    }

    /// When a task can begin at a site, and before which boundary it cannot end.
    fn view(&self, problem: &Problem, task: u32, site: usize) -> View {
        let (index, heads) = (task as usize, &self.heads);
        let job = &problem.jobs[index];
        let mut view = View {
            start: job.earliest,
            decided_by: NONE,
            end_from: job.end_from,
            end_decided_by: NONE,
        };
        let views = views(problem);
        for (offset, wait) in problem.waits_for(task).iter().enumerate() {
            let from = wait.from as usize;
            if self.never[from] || heads.end[from] == NONE {
                continue;
            }
            let calendar = &problem.calendars[wait.calendar as usize];
            let this = problem.waits_of[index] + offset as u32;
            let seen = || calendar.after(self.seen[from * views + site], wait.lag);
            let begun = || calendar.after(heads.start[from], wait.lag);
            let (at, is_start) = match wait.kind {
                WaitKind::StartAfterEnd => (seen(), true),
                WaitKind::StartAfterStart => (begun(), true),
                WaitKind::EndAfterEnd => (seen(), false),
                WaitKind::EndAfterStart => (begun(), false),
                WaitKind::StartAfterPublish(done) => {
                    let published = publish(problem, &self.profiles, heads, wait.from, done);
                    (calendar.after(problem.handed_at_best(published), wait.lag), true)
                }
            };
            if is_start && at > view.start {
                (view.start, view.decided_by) = (at, this);
            }
            if !is_start && at > view.end_from {
                (view.end_from, view.end_decided_by) = (at, this);
            }
        }
        view
    }
}

impl View {
    /// The end of a task whose work is done by `end`, the same with the end of the timeline for none, and the wait
    /// that decides it.
    fn found(self, problem: &Problem, end: Option<u32>) -> (Option<u32>, u32, u32) {
        let waits_for_end = end.is_some_and(|end| end < self.end_from);
        let decided_by = if waits_for_end { self.end_decided_by } else { self.decided_by };
        let end = end.map(|end| end.max(self.end_from).min(problem.slots));
        (end, end.unwrap_or(problem.slots), decided_by)
    }
}

/// Why a task without an end has none.
fn why_not(problem: &Problem, job: &Job, blocked: Option<u32>) -> Unplaced {
    match (job.kind, blocked) {
        (JobKind::Hold, _) => Unplaced::OnHold,
        (_, Some(earlier)) => Unplaced::WaitsFor(Id::new(earlier as usize)),
        (JobKind::People, _) if problem.unskilled[job.crew as usize] => Unplaced::NobodyCan,
        _ => Unplaced::NoTimeLeft,
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

/// Candidates that differ, by site; of those with the same time the fastest.
fn distinct(
    problem: &Problem,
    crew: &[crate::formulate::Candidate],
    minutes: &mut dyn FnMut(u32, OvertimeRoom) -> Rc<[i64]>,
) -> Vec<Profile> {
    let mut fastest: BTreeMap<(u32, u32, u32, OvertimeRoom), u64> = BTreeMap::new();
    for candidate in crew {
        let lane = &problem.lanes[candidate.lane as usize];
        let key = (lane.site, lane.time, lane.widest, lane.overtime);
        let rate = fastest.entry(key).or_insert(0);
        *rate = (*rate).max(candidate.rate);
    }
    let profile = |((site, time, widest, overtime), rate)| {
        let weeks = minutes(time, overtime);
        Profile { site, widest, rate, overtime, weeks }
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
