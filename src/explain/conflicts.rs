//! Which rules cannot hold together, whether that is proven, and what would help.

use crate::formulate::{JobKind, NONE, Problem};
use crate::model::*;
use crate::solve::bounds::{Forward, Heads};
use crate::solve::{Solved, engine::evaluate};

/// What breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Broken {
    /// A hard milestone.
    Milestone(MilestoneId),
    /// A date rule (or locked date) of a task.
    Rule(TaskId, DateRule),
    /// A task that nobody can do.
    NobodyCan(TaskId),
    /// A task for which no time is left.
    NoTimeLeft(TaskId),
}

/// How sure it is that the rule cannot hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Proof {
    /// Even with unlimited crew: the chain alone takes too long.
    Chain,
    /// A department has not enough time for the work in it, whatever the order.
    Load,
    /// No better plan was found; none is proven impossible.
    NotProven,
}

/// What would help, with what it would bring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WayOut {
    /// Agree on the date of the plan.
    AgreeOn(Day),
    /// Give a task to two artists at once: the earliest date becomes this one.
    Split(TaskId, Day),
    /// Start a task before the one it waits for is finished (half of it may be ahead).
    Overlap(TaskId, TaskId, Day),
    /// Start a task before its release: days to win.
    ReleaseEarlier(TaskId, Day),
    /// Hire, or train somebody, for a department.
    Hire(DepartmentId),
    /// Give a task to a vendor.
    Outsource(TaskId),
}

/// A rule that does not hold in the plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What breaks.
    pub broken: Broken,
    /// Working days by which it does (0 where days say nothing).
    pub days: i64,
    /// How sure it is.
    pub proof: Proof,
    /// The tasks that cannot fit, first to last: with the rule itself and the release of the first
    /// one they are the smallest set of rules in conflict.
    pub chain: Vec<TaskId>,
    /// The earliest day that no plan can beat.
    pub earliest: Option<Day>,
    /// Ways out, the cheapest first.
    pub ways_out: Vec<WayOut>,
}

/// The conflicts of a solved plan, hard milestones first.
pub fn conflicts(production: &Production, solved: &Solved) -> Vec<Conflict> {
    let problem = &solved.problem;
    let mut trials = Trials { forward: Forward::new(problem), changed: problem.clone() };
    let earliest_times = earliest_schedule(solved);
    let mut found = Vec::new();
    for (id, milestone) in production.milestones.enumerate() {
        if milestone.hard {
            found.extend(late_milestone(production, solved, &mut trials, id));
        }
    }
    for rule in &problem.rules {
        let price = evaluate::broken(problem, &solved.schedule, rule).0;
        // Work without a place has a conflict of its own below.
        if price == 0 || solved.schedule.end[rule.task as usize] == NONE {
            continue;
        }
        let task = TaskId::new(rule.task as usize);
        let proven = evaluate::broken_after(problem, &earliest_times, rule).0 > 0;
        // A rule about a start is answered with the earliest start.
        let starts = matches!(rule.rule, DateRule::MustStartOn(_) | DateRule::StartNoLaterThan(_));
        let (start, end) =
            (solved.heads.start[rule.task as usize], solved.heads.end[rule.task as usize]);
        let earliest = match starts {
            true if start != NONE => start + 1,
            true => NONE,
            false => end,
        };
        found.push(Conflict {
            broken: Broken::Rule(task, rule.rule),
            days: price / (1_000 * problem.artist_day).max(1),
            proof: if proven { Proof::Chain } else { Proof::NotProven },
            chain: chain(problem, &solved.heads, rule.task),
            earliest: (earliest != NONE).then(|| Day(evaluate::finish_day(problem, earliest))),
            ways_out: ways_out(production, solved, &mut trials, rule.task, None),
        });
    }
    for &(task, cause) in &solved.schedule.unplaced {
        let id = TaskId::new(task as usize);
        let broken = match cause {
            Unplaced::NobodyCan => Broken::NobodyCan(id),
            Unplaced::NoTimeLeft => Broken::NoTimeLeft(id),
            Unplaced::WaitsFor(_) | Unplaced::OnHold => continue,
        };
        let never = solved.heads.never.binary_search_by_key(&task, |row| row.0).is_ok();
        let department = production.tasks[id].department;
        let mut ways_out = vec![WayOut::Hire(department)];
        if production.tasks[id].vendor_allowed && !production.vendors.is_empty() {
            ways_out.push(WayOut::Outsource(id));
        }
        found.push(Conflict {
            broken,
            days: 0,
            proof: if never { Proof::Chain } else { Proof::NotProven },
            chain: vec![id],
            earliest: None,
            ways_out,
        });
    }
    found
}

/// The earliest possible times as a schedule, to judge rules with.
fn earliest_schedule(solved: &Solved) -> crate::solve::engine::schedule::Schedule {
    crate::solve::engine::schedule::Schedule {
        start: solved.heads.start.clone(),
        end: solved.heads.end.clone(),
        ..Default::default()
    }
}

/// What is needed to try a change: a problem to change (and change back), and the forward pass.
struct Trials {
    forward: Forward,
    changed: Problem,
}

impl Trials {
    /// The earliest end of `last` now that `task` is changed.
    fn end_of(&mut self, last: u32, task: TaskId) -> u32 {
        self.forward.end_after_change(&self.changed, task.index() as u32, last)
    }
}

fn late_milestone(
    production: &Production,
    solved: &Solved,
    trials: &mut Trials,
    id: MilestoneId,
) -> Option<Conflict> {
    let problem = &solved.problem;
    let target = &problem.targets[id.index()];
    let calendar = &problem.calendars[target.calendar as usize];
    // The entities of a target are sorted.
    let inside = |task: usize| target.entities.binary_search(&problem.jobs[task].entity).is_ok();
    let last = (0..problem.jobs.len())
        .filter(|&task| problem.jobs[task].kind != JobKind::Done && inside(task))
        .max_by_key(|&task| match solved.schedule.end[task] {
            NONE => problem.slots,
            end => end,
        })?;
    let end = match solved.schedule.end[last] {
        NONE => problem.slots,
        end => end,
    };
    let day = evaluate::finish_day(problem, end);
    let days = i64::from(target.due.days_late(calendar, day));
    if days == 0 {
        return None;
    }
    let slowest = (0..problem.jobs.len())
        .filter(|&task| problem.jobs[task].kind != JobKind::Done && inside(task))
        .max_by_key(|&task| solved.heads.end[task])?;
    let by_chain = evaluate::finish_day(problem, solved.heads.end[slowest]);
    let by_load =
        solved.earliest.milestones[id.index()].map(|slot| evaluate::finish_day(problem, slot.0));
    let late = |day: u32| target.due.days_late(calendar, day) > 0;
    let proof = if late(by_chain) {
        Proof::Chain
    } else if by_load.is_some_and(late) {
        Proof::Load
    } else {
        Proof::NotProven
    };
    let decisive = if proof == Proof::Chain { slowest } else { last } as u32;
    Some(Conflict {
        broken: Broken::Milestone(id),
        days,
        proof,
        chain: chain(problem, &solved.heads, decisive),
        earliest: Some(Day(by_load.unwrap_or(by_chain).max(by_chain))),
        ways_out: ways_out(production, solved, trials, decisive, Some(Day(day))),
    })
}

/// The tasks that decide the earliest end of `last`, first to last.
pub fn chain(problem: &Problem, heads: &Heads, last: u32) -> Vec<TaskId> {
    let mut chain = vec![TaskId::new(last as usize)];
    let mut task = last;
    while heads.decided_by[task as usize] != NONE {
        task = problem.waits[heads.decided_by[task as usize] as usize].from;
        chain.push(TaskId::new(task as usize));
    }
    chain.reverse();
    chain
}

/// What would bring the earliest end of a task forward: tried on the critical path, best first.
fn ways_out(
    production: &Production,
    solved: &Solved,
    trials: &mut Trials,
    last: u32,
    planned: Option<Day>,
) -> Vec<WayOut> {
    let problem = &solved.problem;
    let chain = chain(problem, &solved.heads, last);
    let day_of = |end: u32| Day(evaluate::finish_day(problem, end));
    let now = day_of(solved.heads.end[last as usize]);
    let mut ways: Vec<(Day, WayOut)> = Vec::new();
    let mut by_work = chain.clone();
    by_work.sort_by_key(|&task| (std::cmp::Reverse(problem.jobs[task.index()].work), task));
    for &task in by_work.iter().take(3) {
        let job = &problem.jobs[task.index()];
        if job.kind != JobKind::People {
            continue;
        }
        trials.changed.jobs[task.index()].parts = job.parts + 1;
        let day = day_of(trials.end_of(last, task));
        trials.changed.jobs[task.index()].parts = job.parts;
        if day < now {
            ways.push((day, WayOut::Split(task, day)));
        }
    }
    for pair in chain.windows(2) {
        let wait = solved.heads.decided_by[pair[1].index()];
        if wait == NONE
            || problem.waits[wait as usize].kind != crate::formulate::WaitKind::StartAfterEnd
        {
            continue;
        }
        if ways.len() >= 6 {
            break;
        }
        let half_ahead = crate::formulate::WaitKind::StartAfterPublish(5_000);
        trials.changed.waits[wait as usize].kind = half_ahead;
        let day = day_of(trials.end_of(last, pair[1]));
        trials.changed.waits[wait as usize].kind = crate::formulate::WaitKind::StartAfterEnd;
        if day < now {
            ways.push((day, WayOut::Overlap(pair[1], pair[0], day)));
        }
    }
    if let Some(&first) = chain.first() {
        let as_of = problem.timeline.start_of(production.settings.as_of).0;
        if problem.jobs[first.index()].earliest > as_of {
            let release = Day(problem.jobs[first.index()].earliest / problem.slots_per_day);
            ways.push((now, WayOut::ReleaseEarlier(first, release)));
        }
    }
    ways.sort_by_key(|&(day, _)| day);
    let agree = planned.map(WayOut::AgreeOn);
    agree.into_iter().chain(ways.into_iter().map(|(_, way)| way)).take(5).collect()
}
