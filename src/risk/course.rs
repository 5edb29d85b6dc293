//! A plan compiled to be run again: who works on what, in which order, and what each start waits for.

use crate::formulate::{JobKind, NONE, Problem, WorkingTime};
use crate::model::{
    Day, Id, Lane, Mode, Plan, Production, Task, TaskId, Timeline, Worker, availability,
};
use crate::solve::engine::setup;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Days that runs may go on beyond the production's own last day, at least.
const LEAST_MORE_DAYS: u32 = 182;
/// And at most.
const MOST_MORE_DAYS: u32 = 1_500;

/// One artist's part of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PlannedPart {
    /// The lane of the artist.
    pub lane: u32,
    /// Work in a basis-point slot of the artist; see [`Candidate`](crate::formulate::Candidate).
    pub rate: u64,
    /// Where it starts and ends in the plan.
    pub start: u32,
    /// See `start`.
    pub end: u32,
    /// No start before: the plan lets it wait, though artist and earlier work would be ready.
    pub hold: u32,
    /// Basis-point slots to settle in.
    pub setup: u64,
    /// Work that the artist does after it has to be known before it is, since it waits for that (to end, for
    /// one): it then goes into the first gap.
    pub squeezed: bool,
    /// Ends of other tasks that it may end before, since another part of its task ends after them: a range of
    /// [`Course::excused`].
    pub excused: (u32, u32),
}

/// A plan, compiled.
#[derive(Clone, Debug)]
pub struct Course {
    /// The production, with time to go on after its last day; each lane has a working time of its own, with
    /// the plan's overtime in it.
    pub problem: Problem,
    /// Lanes with their shares: contracts that end go on, in place of standing still, as long as there is
    /// work of theirs left.
    pub lanes: Vec<Lane>,
    /// The largest share of a slot of each lane, overtime with it.
    pub most_share: Vec<u64>,
    /// Tasks in the order in which a run takes them.
    pub order: Vec<u32>,
    /// Parts of all tasks, task by task.
    pub parts: Vec<PlannedPart>,
    /// First part of each task; one more entry than tasks.
    pub first_part: Vec<u32>,
    /// Waits that parts are excused from, by their places among those of the task; [`NONE`] for its own earliest end.
    pub excused: Vec<u32>,
    /// Start of vendors' work and of instants in the plan that wait without a reason; else 0.
    pub hold: Vec<u32>,
    /// End of each task in the plan; [`NONE`] without a place.
    pub planned_end: Vec<u32>,
    /// Last boundary of the plan's work.
    pub last: u32,
    /// Tasks that a run without any spread does not put where the plan has them: worked in several
    /// stretches, or placed by rules of another planner.
    pub moved: Vec<u32>,
}

impl Course {
    /// Compiles a plan that `verify` accepts.
    pub fn new(production: &Production, plan: &Plan, mode: Mode) -> Course {
        let far = further(production, plan);
        let timeline = far.timeline();
        let mut problem = Problem::new(&far, mode);
        let lanes = lanes_that_go_on(&far, production, &timeline);
        problem.times = times(production, &timeline, &lanes, plan, &problem);
        let mut most_share: Vec<u64> = Vec::with_capacity(lanes.len());
        // Days off that the plan has worked are in the time of the lanes.
        problem.lanes.truncate(lanes.len());
        for (place, lane) in problem.lanes.iter_mut().enumerate() {
            (lane.time, lane.widest, lane.with_days_off) = (place as u32, place as u32, NONE);
            let most = lanes[place].share.iter().copied().max().unwrap_or(0).max(1);
            let extra = plan.overtime.iter().filter(|row| row.person == lane.person);
            let extra = extra.map(|row| row.worth).max().unwrap_or(0);
            let extra = problem.overtime.share(lane.person.index() as u32, extra).min(20_000);
            most_share.push(u64::from(most) + u64::from(extra));
        }
        let tasks = problem.jobs.len();
        let mut by_task: Vec<Vec<PlannedPart>> = vec![Vec::new(); tasks];
        let mut planned_end = vec![NONE; tasks];
        let mut planned_start = vec![NONE; tasks];
        let mut hold = vec![0; tasks];
        let mut moved = Vec::new();
        for row in &plan.assignments {
            let task = row.task.index();
            let (start, end) = (row.start().0, row.end().0);
            planned_start[task] = planned_start[task].min(start);
            planned_end[task] =
                if planned_end[task] == NONE { end } else { planned_end[task].max(end) };
            let Worker::Person(person) = row.worker else { continue };
            let show = production.show_of(production.tasks[row.task].entity);
            let lane = lanes
                .iter()
                .position(|lane| lane.person == person && lane.show.is_none_or(|own| own == show));
            let level = production.level_for(person, row.task);
            let (Some(lane), Some(level)) = (lane, level) else { continue };
            let day = production.sites[production.people[person].site].day_minutes.max(0) as u64;
            let productive = production.settings.productive.max(0) as u64;
            let rate = (day * level.max(0) as u64 * productive).max(1);
            by_task[task].push(PlannedPart {
                lane: lane as u32,
                rate,
                start,
                end,
                hold: 0,
                setup: 0,
                squeezed: false,
                excused: (0, 0),
            });
            if row.segments.len() > 1 {
                moved.push(task as u32);
            }
        }
        for &(task, slot) in &plan.instants {
            planned_start[task.index()] = slot.0;
            planned_end[task.index()] = slot.0;
        }
        for task in 0..tasks {
            if matches!(problem.jobs[task].kind, JobKind::Vendor(..)) && planned_end[task] != NONE {
                hold[task] = planned_start[task];
            }
        }
        settle_in(&problem, &mut by_task);
        let mut first_part = Vec::with_capacity(tasks + 1);
        let mut parts = Vec::new();
        for own in by_task {
            first_part.push(parts.len() as u32);
            parts.extend(own);
        }
        first_part.push(parts.len() as u32);
        let last = planned_end.iter().filter(|&&end| end != NONE).max().copied().unwrap_or(0);
        let mut course = Course {
            order: Vec::new(),
            problem,
            lanes,
            most_share,
            parts,
            first_part,
            excused: Vec::new(),
            hold,
            planned_end,
            last,
            moved,
        };
        course.order = order(&course, &planned_start);
        course.find_squeezed();
        course
    }

    /// Marks parts that come later in the order than a later part of the same desk.
    fn find_squeezed(&mut self) {
        let mut turn = vec![NONE; self.problem.jobs.len()];
        for (place, &task) in self.order.iter().enumerate() {
            turn[task as usize] = place as u32;
        }
        let mut desks: Vec<(u32, u32, u32, usize)> = Vec::with_capacity(self.parts.len());
        for (task, &turn) in turn.iter().enumerate() {
            let own = self.first_part[task] as usize..self.first_part[task + 1] as usize;
            desks.extend(own.map(|at| {
                let part = &self.parts[at];
                (self.problem.lanes[part.lane as usize].desk, part.start, turn, at)
            }));
        }
        desks.sort_unstable();
        let (mut desk, mut first) = (NONE, NONE);
        for &(own, _, turn, at) in desks.iter().rev() {
            if own != desk {
                (desk, first) = (own, NONE);
            }
            self.parts[at].squeezed = first < turn;
            first = first.min(turn);
        }
    }

    /// Working time of a lane, with the plan's overtime.
    #[inline]
    pub fn time(&self, lane: u32) -> &WorkingTime {
        &self.problem.times[lane as usize]
    }

    /// The parts of a task.
    #[inline]
    pub fn parts_of(&self, task: u32) -> &[PlannedPart] {
        let (from, to) = (self.first_part[task as usize], self.first_part[task as usize + 1]);
        &self.parts[from as usize..to as usize]
    }

    /// The ends that a part need not wait for.
    #[inline]
    pub fn excused(&self, part: &PlannedPart) -> &[u32] {
        &self.excused[part.excused.0 as usize..part.excused.1 as usize]
    }

    /// Whether a task has a place in the plan.
    #[inline]
    pub fn is_placed(&self, task: u32) -> bool {
        self.planned_end[task as usize] != NONE
    }
}

/// The production with a later last day.
fn further(production: &Production, plan: &Plan) -> Production {
    let timeline = production.timeline();
    let ends = plan.assignments.iter().map(|row| row.end().0);
    let last = ends.max().unwrap_or(0) / timeline.slots_per_day();
    let more = (last * 2).clamp(LEAST_MORE_DAYS, MOST_MORE_DAYS);
    let mut far = production.clone();
    far.settings.horizon_end =
        timeline.last().saturating_add(jiff::Span::new().days(i64::from(more)));
    far
}

/// Lanes as they are to their last day; after it, as if contracts and bookings went on, where the person
/// has no other lane on that day.
fn lanes_that_go_on(far: &Production, production: &Production, timeline: &Timeline) -> Vec<Lane> {
    let mut lanes = availability::lanes(far, timeline);
    let mut open = far.clone();
    for person in open.people.iter_mut() {
        let last = person.contracts.iter_mut().max_by_key(|contract| contract.end);
        if let Some(contract) = last.filter(|contract| contract.end.is_some()) {
            contract.end = None;
        }
        for place in 0..person.bookings.len() {
            let show = person.bookings[place].show;
            let ends = person.bookings.iter().filter(|row| row.is_usable() && row.show == show);
            let latest = ends.map(|row| row.to).max();
            let row = &mut person.bookings[place];
            if row.is_usable() && Some(row.to) == latest {
                row.to = timeline.last();
            }
        }
    }
    let going_on = availability::lanes(&open, timeline);
    debug_assert_eq!(lanes.len(), going_on.len());
    // People without an end and without bookings have no last day but the timeline's.
    let last: Vec<Option<usize>> = lanes
        .iter()
        .map(|lane| {
            let person = &production.people[lane.person];
            let ends = !person.bookings.is_empty()
                || person.contracts.iter().all(|contract| contract.end.is_some());
            if ends { lane.share.iter().rposition(|&share| share > 0) } else { None }
        })
        .collect();
    let mut from = 0;
    while from < lanes.len() {
        let person = lanes[from].person;
        let to = from + lanes[from..].iter().take_while(|lane| lane.person == person).count();
        for day in 0..timeline.days() as usize {
            if lanes[from..to].iter().any(|lane| lane.share[day] > 0) {
                continue;
            }
            let over = |lane: usize| last[lane].is_some_and(|last| last < day);
            let count = (from..to).filter(|&lane| over(lane)).count() as u16;
            for lane in from..to {
                if over(lane) {
                    lanes[lane].share[day] = going_on[lane].share[day] / count.max(1);
                }
            }
        }
        from = to;
    }
    lanes
}

/// The working time of each lane, longer on the days on which the plan has overtime.
fn times(
    production: &Production,
    timeline: &Timeline,
    lanes: &[Lane],
    plan: &Plan,
    problem: &Problem,
) -> Vec<WorkingTime> {
    let site_works: Vec<Vec<bool>> = production
        .sites
        .iter()
        .map(|site| {
            let calendar = &production.calendars[site.calendar];
            (0..timeline.days())
                .map(|day| timeline.date(Day(day)))
                .map(|date| calendar.is_worked(date) && site.holidays.binary_search(&date).is_err())
                .collect()
        })
        .collect();
    let mut share = Vec::new();
    lanes
        .iter()
        .map(|lane| {
            share.clear();
            share.extend_from_slice(&lane.share);
            let from = plan.overtime.partition_point(|row| row.person < lane.person);
            let own = plan.overtime[from..].iter().take_while(|row| row.person == lane.person);
            for row in own {
                let is_off = lane.minutes_off(row.day.0) > 0;
                let share = share.get_mut(row.day.0 as usize);
                if let Some(share) = share.filter(|share| **share > 0 || is_off) {
                    let extra = problem.overtime.share(lane.person.index() as u32, row.worth);
                    *share = share.saturating_add(extra.min(20_000) as u16);
                }
            }
            let site = production.people[lane.person].site;
            WorkingTime::new(&share, &site_works[site.index()], timeline.slots_per_day())
        })
        .collect()
}

/// Tasks so that each comes after what it waits for and after the earlier work of its artists; where that
/// is open, by their start in the plan.
fn order(course: &Course, planned_start: &[u32]) -> Vec<u32> {
    let problem = &course.problem;
    let tasks = problem.jobs.len();
    let mut rank = vec![0_u32; tasks];
    for (place, &task) in problem.order.iter().enumerate() {
        rank[task as usize] = place as u32;
    }
    let mut desks: Vec<(u32, u32, u32)> = Vec::with_capacity(course.parts.len());
    for task in 0..tasks as u32 {
        let parts = course.parts_of(task).iter();
        desks.extend(parts.map(|part| (problem.lanes[part.lane as usize].desk, part.start, task)));
    }
    desks.sort_unstable();
    let mut after: Vec<(u32, u32)> = desks
        .windows(2)
        .filter(|pair| pair[0].0 == pair[1].0 && pair[0].2 != pair[1].2)
        .map(|pair| (pair[0].2, pair[1].2))
        .collect();
    after.sort_unstable();
    let mut waits = vec![0_u32; tasks];
    let mut busy = vec![0_u32; tasks];
    let placed = |task: u32| course.is_placed(task);
    for wait in &problem.waits {
        waits[wait.to as usize] += u32::from(placed(wait.from) && placed(wait.to));
    }
    for &(_, task) in &after {
        busy[task as usize] += 1;
    }
    let key = |task: u32| {
        let at = task as usize;
        Reverse((planned_start[at], course.planned_end[at], rank[at], task))
    };
    let all = (0..tasks as u32).filter(|&task| placed(task));
    let mut left: Vec<u32> = all.collect();
    left.sort_by_key(|&task| Reverse(key(task)));
    let mut done = vec![false; tasks];
    let mut ready: BinaryHeap<_> = left
        .iter()
        .filter(|&&task| waits[task as usize] == 0 && busy[task as usize] == 0)
        .map(|&task| key(task))
        .collect();
    let mut order = Vec::with_capacity(left.len());
    loop {
        let next = match ready.pop() {
            Some(Reverse((.., task))) => task,
            // Dependencies with leads may run against the order of a desk: then they go first.
            None => {
                let open = || left.iter().copied().filter(|&task| !done[task as usize]);
                match open().find(|&task| waits[task as usize] == 0).or_else(|| open().next()) {
                    Some(task) => task,
                    None => break,
                }
            }
        };
        if std::mem::replace(&mut done[next as usize], true) {
            continue;
        }
        order.push(next);
        for wait in problem.followers(next).filter(|wait| placed(wait.to)) {
            let to = wait.to as usize;
            waits[to] = waits[to].saturating_sub(1);
            if waits[to] == 0 && busy[to] == 0 && !done[to] {
                ready.push(key(wait.to));
            }
        }
        let from = after.partition_point(|&(first, _)| first < next);
        for &(_, task) in after[from..].iter().take_while(|&&(first, _)| first == next) {
            let to = task as usize;
            busy[to] = busy[to].saturating_sub(1);
            if waits[to] == 0 && busy[to] == 0 && !done[to] {
                ready.push(key(task));
            }
        }
    }
    order
}

/// The part of a task's row that decides how uncertain it is.
pub(super) fn seniority_of(
    production: &Production,
    course: &Course,
    task: TaskId,
) -> Option<crate::model::Seniority> {
    let parts = course.parts_of(task.index() as u32);
    let lane = parts.first()?.lane;
    Some(production.people[course.lanes[lane as usize].person].seniority)
}

/// Whether work on a task has begun.
pub(super) fn has_begun(task: &Task) -> bool {
    task.status.is_open() || task.logged > 0
}

/// Gives each part the time to settle in that it has in the plan: what its place asks for, or the longer one by
/// which it is as long as it is.
fn settle_in(problem: &Problem, by_task: &mut [Vec<PlannedPart>]) {
    if !problem.setup.any {
        return;
    }
    let mut rows: Vec<(u32, u32, usize, usize)> = Vec::new();
    for (task, parts) in by_task.iter().enumerate() {
        rows.extend(parts.iter().enumerate().map(|(at, part)| (part.lane, part.start, task, at)));
    }
    rows.sort_unstable();
    for (place, &(lane, _, task, at)) in rows.iter().enumerate() {
        let before = place.checked_sub(1).map(|place| rows[place]).filter(|row| row.0 == lane);
        let before = before.map_or(NONE, |row| row.2 as u32);
        let lane = &problem.lanes[lane as usize];
        let needed = setup::needed(problem, lane, before, task as u32);
        let parts = by_task[task].len() as u64;
        let part = &mut by_task[task][at];
        let work = problem.need(problem.jobs[task].work.div_ceil(parts), part.rate);
        let time = &problem.times[lane.time as usize];
        let from = time.index_at(part.start);
        let ends = |setup: u32| time.finish(from, work + u64::from(setup));
        let kept = setup::lengths(problem, lane, task as u32, needed)
            .into_iter()
            .find(|&setup| ends(setup).is_some_and(|to| time.boundary_before(to) == part.end));
        part.setup = kept.unwrap_or(needed).into();
    }
}
