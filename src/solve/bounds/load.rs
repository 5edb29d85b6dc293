//! The load bound: a department cannot do more work than its people have time.
//!
//! All tasks of one department in a milestone that can start at `a` or later must be worked between
//! `a` and the milestone's finish, less the shortest time that follows any of them. If everybody
//! with the skill worked on nothing else, at their best speed, with all the overtime the rules
//! allow, the day on which that work is done is still no later than in any plan.
//!
//! Tiny case: three tasks of two days for one artist, the earliest start on day 0: nothing can be
//! finished before the end of day 5, however short the critical path is.
//!
//! Heads and tails: Carlier, J. (1982), "The one-machine sequencing problem".

use super::critical_path::{Heads, base_minutes};
use crate::formulate::{JobKind, LaneSpec, NONE, Problem, WaitKind};

/// Minutes of each lane in each week without overtime; none for those who do no overtime.
pub struct WeekMinutes(Vec<Vec<i64>>);

impl WeekMinutes {
    /// Of all lanes of a problem.
    pub fn new(problem: &Problem) -> WeekMinutes {
        let weeks = problem.timeline.days() / 7 + 1;
        let of_lane = |lane: &LaneSpec| match lane.overtime.day {
            0 => Vec::new(),
            _ => {
                let time = &problem.times[lane.time as usize];
                let full_day = lane.overtime.full_day.max(1);
                (0..weeks).map(|week| base_minutes(time, week, full_day)).collect()
            }
        };
        WeekMinutes(problem.lanes.iter().map(of_lane).collect())
    }
}

/// The earliest end of some work, and the tasks that decide it.
#[derive(Clone, Debug, Default)]
pub struct Loaded {
    /// No plan finishes all of the work before.
    pub earliest: u32,
    /// The tasks of one department whose work takes that long; none if a chain decides.
    pub tasks: Vec<u32>,
}

/// The earliest boundary at which all open tasks among `wanted` can be finished.
pub fn earliest_by_load(
    problem: &Problem,
    heads: &Heads,
    minutes: &WeekMinutes,
    wanted: &[bool],
) -> Loaded {
    let tails = tails(problem, wanted);
    let mut by_department: Vec<Vec<u32>> = vec![Vec::new(); problem.caps.len()];
    let (mut earliest, mut most) = (0, Vec::new());
    for (task, job) in problem.jobs.iter().enumerate() {
        if !wanted[task] || job.kind == JobKind::Done {
            continue;
        }
        earliest = earliest.max(heads.end[task].min(problem.slots));
        let placeable = heads.never.binary_search_by_key(&(task as u32), |row| row.0).is_err();
        if job.kind == JobKind::People && placeable {
            by_department[job.department as usize].push(task as u32);
        }
    }
    for tasks in by_department.iter_mut().filter(|tasks| tasks.len() > 1) {
        tasks.sort_by_key(|&task| (std::cmp::Reverse(heads.start[task as usize]), task));
        let capacity = Capacity::new(problem, minutes, tasks);
        let mut thresholds: Vec<u32> = tasks.iter().map(|&task| tails[task as usize]).collect();
        thresholds.sort_unstable();
        thresholds.dedup();
        let every = thresholds.len().div_ceil(8).max(1);
        let mut decisive = None;
        for &tail in thresholds.iter().step_by(every) {
            let mut work = 0_u128;
            let behind = |&&task: &&u32| tails[task as usize] >= tail;
            for (place, &task) in tasks.iter().filter(behind).enumerate() {
                work += u128::from(problem.jobs[task as usize].work) * 10_000_000_000;
                let from = heads.start[task as usize] / problem.slots_per_day;
                // Most of it can be done by what is known already: one look instead of a search.
                let known = earliest.checked_sub(tail + 1).map(|end| end / problem.slots_per_day);
                if known.is_some_and(|day| capacity.is_enough(from, day, work)) {
                    continue;
                }
                let end = capacity.first_end(from, work);
                // The work ends during that day: its first slot may be enough.
                let boundary = end * problem.slots_per_day + 1;
                let end = (boundary + tail).min(problem.slots);
                if end > earliest {
                    earliest = end;
                    decisive = Some((tail, place));
                }
            }
        }
        if let Some((tail, place)) = decisive {
            let behind = |task: &u32| tails[*task as usize] >= tail;
            most = tasks.iter().copied().filter(behind).take(place + 1).collect();
        }
    }
    Loaded { earliest, tasks: most }
}

/// Shortest time, in calendar slots, from the end of each task to the finish of the last wanted task
/// that waits for it.
fn tails(problem: &Problem, wanted: &[bool]) -> Vec<u32> {
    let mut tails = vec![0_u32; problem.jobs.len()];
    let fastest: Vec<u64> = problem
        .crews
        .iter()
        .map(|crew| crew.iter().map(|candidate| candidate.rate).max().unwrap_or(0))
        .collect();
    for &task in problem.order.iter().rev() {
        let index = task as usize;
        for wait in problem.followers(task) {
            let to = wait.to as usize;
            if !wanted[to] || wait.kind != WaitKind::StartAfterEnd || !problem.one_clock {
                continue;
            }
            let job = &problem.jobs[to];
            let length = match job.kind {
                JobKind::Vendor(_, length) => length,
                JobKind::People if fastest[job.crew as usize] > 0 => {
                    let work = job.work.div_ceil(u64::from(job.parts));
                    let need = problem.need(work, fastest[job.crew as usize]);
                    // Overtime makes a slot longer by half at most times; a day of 24 hours is the end.
                    need.div_ceil(30_000) as u32
                }
                _ => 0,
            };
            tails[index] = tails[index].max(tails[to] + length + wait.lag.max(0) as u32);
        }
    }
    tails
}

/// What everybody with the skill can do, by day, in minutes × 10¹⁰.
struct Capacity {
    /// Up to and including each day, with all overtime of the weeks begun so far.
    until: Vec<u128>,
    /// Before each day, with the overtime of the weeks ended by then.
    before: Vec<u128>,
}

impl Capacity {
    fn new(problem: &Problem, minutes: &WeekMinutes, tasks: &[u32]) -> Capacity {
        let days = problem.timeline.days() as usize;
        let mut rate_of_lane = vec![0_u64; problem.lanes.len()];
        let mut crews: Vec<u32> = tasks.iter().map(|&t| problem.jobs[t as usize].crew).collect();
        crews.sort_unstable();
        crews.dedup();
        for crew in crews.into_iter().filter(|&crew| crew != NONE) {
            for candidate in &problem.crews[crew as usize] {
                let rate = &mut rate_of_lane[candidate.lane as usize];
                *rate = (*rate).max(candidate.rate);
            }
        }
        let mut daily = vec![0_u128; days];
        let mut weekly_extra = vec![0_u128; days / 7 + 1];
        let lanes = problem.lanes.iter().zip(&minutes.0).zip(&rate_of_lane);
        for ((lane, minutes), &rate) in lanes.filter(|(_, rate)| **rate > 0) {
            let time = &problem.times[lane.time as usize];
            for (day, slots) in time.days_of(0, time.total()) {
                let whole = u128::from(time.share_on(day)) * u128::from(rate);
                daily[day as usize] +=
                    whole * u128::from(slots) / u128::from(problem.slots_per_day);
            }
            if lane.overtime.day > 0 {
                let full_day = lane.overtime.full_day.max(1);
                for (extra, &base) in weekly_extra.iter_mut().zip(minutes) {
                    let minutes = if base > 0 { (lane.overtime.week - base).max(0) } else { 0 };
                    *extra += minutes as u128 * u128::from(rate) * 10_000 / full_day as u128 + 1;
                }
            }
        }
        let (mut sum, mut ended) = (0_u128, 0_u128);
        let (mut until, mut before) = (Vec::with_capacity(days), Vec::with_capacity(days));
        for day in 0..days {
            if day % 7 == 0 && day > 0 {
                ended += weekly_extra[day / 7 - 1];
            }
            before.push(sum + ended);
            sum += daily[day];
            until.push(sum + ended + weekly_extra[day / 7]);
        }
        Capacity { until, before }
    }

    /// Whether `work` begun on `from` or later can be done until the end of a day.
    fn is_enough(&self, from: u32, day: u32, work: u128) -> bool {
        let from = (from as usize).min(self.before.len() - 1);
        self.until.get(day as usize).is_some_and(|&until| until >= self.before[from] + work)
    }

    /// The first day on which `work` begun on `from` or later can be done; the day after the last
    /// when it cannot.
    fn first_end(&self, from: u32, work: u128) -> u32 {
        let from = (from as usize).min(self.before.len() - 1);
        let target = self.before[from] + work;
        self.until.partition_point(|&until| until < target) as u32
    }
}
