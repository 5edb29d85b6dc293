//! Why each task starts when it starts.

use crate::formulate::{JobKind, NONE, Problem, WaitKind};
use crate::model::*;
use crate::solve::Solved;
use crate::solve::engine::pools::PoolUse;
use crate::solve::engine::schedule::{Part, Schedule, Window};
use crate::solve::engine::vendors::VendorUse;

/// What keeps a task from starting earlier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Nothing: it starts on the day of the plan.
    DayOfThePlan,
    /// It may not start before this day (turnover, earliest date, date rule, vendor's clearance).
    Release(Day),
    /// It waits for another task to end, be reviewed, start or publish.
    WaitsForTask(TaskId),
    /// Its artist is on another task until then.
    WaitsForArtist(TaskId),
    /// Its artist is away or not working until then.
    WaitsForWorkingTime,
    /// Its finish may not come earlier (date rule, or what it must finish after).
    FinishHeldBack,
    /// Its date is locked.
    Locked,
    /// It wishes to be as late as possible.
    LateWish,
    /// Its department's crew curve has no room before.
    CrewCurve,
    /// It waits for a licence, a desk or the farm: right before, there is none left.
    WaitsForPool(PoolId),
    /// It waits for room at its vendor: in the weeks before, it has other work.
    WaitsForVendor(VendorId),
    /// It could start earlier; this place is worth more for the whole plan.
    Choice,
    /// It has no place.
    Unplaced(Unplaced),
    /// It is done.
    Done,
}

/// The reason of every task.
pub fn reasons(production: &Production, solved: &Solved) -> Keyed<TaskId, Reason> {
    let (problem, schedule) = (&solved.problem, &solved.schedule);
    let mut previous: Vec<Vec<(u32, u32)>> = vec![Vec::new(); problem.desks as usize];
    for task in 0..problem.jobs.len() as u32 {
        for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            previous[problem.lanes[part.lane as usize].desk as usize].push((part.end, task));
        }
    }
    previous.iter_mut().for_each(|ends| ends.sort_unstable());
    let mut pools = PoolUse::new(problem);
    let has_pools = !problem.pools.is_empty();
    for task in (0..problem.jobs.len() as u32).filter(|_| has_pools) {
        for part in schedule.parts_of(task).iter().filter(|part| part.lane != NONE) {
            pools.take(problem, task, part);
        }
    }
    let mut vendors = VendorUse::new(problem);
    for task in (0..problem.jobs.len() as u32).filter(|_| !problem.vendors.is_empty()) {
        for part in schedule.parts_of(task).iter().filter(|part| part.lane == NONE) {
            vendors.take(problem, task, (part.start, part.end));
        }
    }
    (0..problem.jobs.len() as u32)
        .map(|task| {
            let reason = reason(production, problem, schedule, &previous, task);
            let could_be =
                matches!(reason, Reason::Choice | Reason::CrewCurve | Reason::DayOfThePlan)
                    || matches!(reason, Reason::WaitsForWorkingTime | Reason::Release(_));
            if could_be && let Some(vendor) = busy_vendor(problem, schedule, &mut vendors, task) {
                return Reason::WaitsForVendor(vendor);
            }
            match could_be.then(|| full_before(problem, schedule, &mut pools, task)).flatten() {
                Some(pool) => Reason::WaitsForPool(pool),
                None => reason,
            }
        })
        .collect()
}

/// The pool of which there is not enough for the same work by the same artists a slot earlier, each
/// working slot counted.
fn full_before(
    problem: &Problem,
    schedule: &Schedule,
    pools: &mut PoolUse,
    task: u32,
) -> Option<PoolId> {
    let parts = schedule.parts_of(task);
    if problem.pools.of(task).is_empty() || parts.iter().any(|part| part.lane == NONE) {
        return None;
    }
    parts.iter().for_each(|part| pools.give_back(problem, task, part));
    let full = parts.iter().find_map(|part| {
        let time = &problem.times[problem.lanes[part.lane as usize].time as usize];
        let from = part.from.checked_sub(1)?;
        let start = time.slot_of(from);
        if start < problem.jobs[task as usize].earliest
            || part.long_days != 0
            || time.has_days_off()
        {
            return None;
        }
        let to = time.finish(from, part.need)?;
        let earlier = Part { from, to, start, end: time.boundary_before(to), ..*part };
        pools.first_full(problem, task, &earlier)
    });
    parts.iter().for_each(|part| pools.take(problem, task, part));
    full.map(|pool| PoolId::new(pool as usize))
}

/// The vendor of a task that has no room for it a working slot earlier.
fn busy_vendor(
    problem: &Problem,
    schedule: &Schedule,
    vendors: &mut VendorUse,
    task: u32,
) -> Option<VendorId> {
    let job = &problem.jobs[task as usize];
    let (JobKind::Vendor(vendor, length), &[part]) = (job.kind, schedule.parts_of(task)) else {
        return None;
    };
    problem.vendors.of(job)?;
    let calendar = &problem.calendars[job.calendar as usize];
    // The boundary after the working slot before.
    let before = calendar.after(part.start, -1).max(1) - 1;
    let earlier = calendar.run(before, length).filter(|place| place.0 < part.start)?;
    if earlier.0 < job.earliest {
        return None;
    }
    vendors.give_back(problem, task, (part.start, part.end));
    let is_full = !vendors.has_room(problem, task, earlier);
    vendors.take(problem, task, (part.start, part.end));
    is_full.then_some(vendor)
}

fn reason(
    production: &Production,
    problem: &Problem,
    schedule: &Schedule,
    previous: &[Vec<(u32, u32)>],
    task: u32,
) -> Reason {
    let job = &problem.jobs[task as usize];
    if job.kind == JobKind::Done {
        return Reason::Done;
    }
    if let Some(cause) = schedule.cause_of(task) {
        return Reason::Unplaced(cause);
    }
    let row = &production.tasks[TaskId::new(task as usize)];
    if row.lock.holds_dates() {
        return Reason::Locked;
    }
    let start = schedule.start[task as usize];
    let first = schedule.parts_of(task).iter().min_by_key(|part| part.start).copied();
    let lane = first.and_then(|part| problem.lanes.get(part.lane as usize));
    let site = lane.map_or(NONE, |lane| lane.site);
    // A place is explained by a time when no working time of the artist lies between the two.
    let explains = |time: u32| match lane {
        Some(lane) => {
            let working = &problem.times[lane.time as usize];
            time <= start && working.index_at(time) == working.index_at(start)
        }
        None => time <= start && time + problem.slots_per_day > start,
    };
    for wait in problem.waits_for(task) {
        let mut window = Window { start: 0, end: 0 };
        window.add(problem, schedule, wait, site);
        if window.start > 0 && explains(window.start) && wait.kind != WaitKind::EndAfterEnd {
            return Reason::WaitsForTask(TaskId::new(wait.from as usize));
        }
    }
    if let Some(lane) = lane {
        let ends = &previous[lane.desk as usize];
        let before = ends.partition_point(|&(end, _)| end <= start);
        if let Some(&(end, other)) = before.checked_sub(1).and_then(|at| ends.get(at))
            && other != task
            && explains(end)
        {
            return Reason::WaitsForArtist(TaskId::new(other as usize));
        }
    }
    if explains(job.earliest) {
        let as_of = problem.timeline.start_of(production.settings.as_of).0;
        let working = lane.map(|lane| &problem.times[lane.time as usize]);
        let starts_late = working.is_some_and(|time| {
            let day = |slot: u32| slot / problem.slots_per_day;
            day(time.slot_of(time.index_at(start).min(time.total().saturating_sub(1))))
                > day(job.earliest) + 3
        });
        return if starts_late {
            Reason::WaitsForWorkingTime
        } else if job.earliest > as_of {
            Reason::Release(Day(job.earliest / problem.slots_per_day))
        } else {
            Reason::DayOfThePlan
        };
    }
    let ends_at = schedule.end[task as usize];
    let held = job.end_from > 0 && job.end_from + problem.slots_per_day > ends_at;
    if held || problem.waits_for(task).iter().any(|w| ends_after(problem, schedule, w, ends_at)) {
        return Reason::FinishHeldBack;
    }
    if job.late_wish {
        return Reason::LateWish;
    }
    if !problem.caps[job.department as usize].is_empty() {
        return Reason::CrewCurve;
    }
    Reason::Choice
}

fn ends_after(
    problem: &Problem,
    schedule: &Schedule,
    wait: &crate::formulate::Wait,
    end: u32,
) -> bool {
    let mut window = Window { start: 0, end: 0 };
    window.add(problem, schedule, wait, NONE);
    window.end > 0 && window.end + problem.slots_per_day > end
}
