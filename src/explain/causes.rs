//! Why a hard rule breaks: gathers the rules that may be to blame, and lets the deletion filter find
//! those that are.

use super::minimal::{Minimal, minimal};
use super::rules::{Excerpts, Rule};
use crate::formulate::{JobKind, NONE, Problem};
use crate::model::*;
use crate::solve::Solved;
use crate::solve::bounds::{Heads, WeekMinutes, earliest_by_load};

/// Other tasks that are looked at beside those of a broken rule.
const MOST_OTHERS: usize = 48;
/// Tasks that go or stay together at first.
const TOGETHER: usize = 8;
/// More tasks than this in a chain of work or before a milestone are kept as one group.
const MOST_SINGLE: usize = 12;

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

/// Finds the rules that clash.
pub struct Causes<'a> {
    production: &'a Production,
    solved: &'a Solved,
    /// Parts of the production.
    pub excerpts: Excerpts<'a>,
    minutes: WeekMinutes,
}

impl<'a> Causes<'a> {
    /// Of a solved production.
    pub fn new(production: &'a Production, solved: &'a Solved) -> Causes<'a> {
        Causes {
            production,
            solved,
            excerpts: Excerpts::of(production),
            minutes: WeekMinutes::new(&solved.problem),
        }
    }

    /// Rules that cannot hold together with a broken one, whose `last` task is late by its chain
    /// alone.
    pub fn in_chain(&self, broken: Rule, last: u32) -> Option<Minimal> {
        let tasks = chain(&self.solved.problem, &self.solved.heads, last);
        let order = self.members_of(&tasks, tasks.len() <= 2 * MOST_SINGLE);
        self.found(order, &tasks, broken)
    }

    /// Rules that cannot hold together with a hard milestone for the load of one department.
    pub fn in_load(&self, id: MilestoneId) -> Option<Minimal> {
        let (problem, heads) = (&self.solved.problem, &self.solved.heads);
        let target = &problem.targets[id.index()];
        let inside = |job: &crate::formulate::Job| {
            job.kind != JobKind::Done && target.entities.binary_search(&job.entity).is_ok()
        };
        let wanted: Vec<bool> = problem.jobs.iter().map(inside).collect();
        let loaded = earliest_by_load(problem, heads, &self.minutes, &wanted);
        let core: Vec<TaskId> =
            loaded.tasks.iter().map(|&task| TaskId::new(task as usize)).collect();
        if core.is_empty() {
            return None;
        }
        let broken = Rule::Milestone(id);
        let order = self.members_of(&core, core.len() <= MOST_SINGLE);
        if let Some(found) = self.found(order, &core, broken) {
            return Some(found);
        }
        // With what comes before and after.
        let mut around = core.clone();
        for &task in &core {
            around.extend(self.before(task, 2 * MOST_OTHERS));
        }
        around.extend(self.after(&core, &wanted));
        around.sort_unstable();
        around.dedup();
        around.retain(|task| core.binary_search(task).is_err());
        let mut members = self.members_of(&around, false);
        members.extend(self.members_of(&core, core.len() <= MOST_SINGLE));
        let all: Vec<TaskId> = around.iter().chain(&core).copied().collect();
        members.extend(self.between(&around, &core));
        work_first(&mut members);
        self.found(members, &all, broken)
    }

    /// Rules that cannot hold together with a hard milestone for want of a hard pool: the first pool for which
    /// that is proven.
    pub fn in_pools(&self, id: MilestoneId) -> Option<Minimal> {
        let problem = &self.solved.problem;
        let target = &problem.targets[id.index()];
        let needs = |pool: PoolId, task: usize| {
            let need = |need: &crate::formulate::PoolNeed| need.pool as usize == pool.index();
            problem.pools.of(task as u32).iter().any(need)
        };
        let hard = self.production.pools.enumerate().filter(|(_, row)| row.hard);
        for (pool, _) in hard {
            let jobs = problem.jobs.iter().enumerate();
            let core = jobs.filter(|(task, job)| {
                let inside = target.entities.binary_search(&job.entity).is_ok();
                job.kind == JobKind::People && inside && needs(pool, *task)
            });
            let core: Vec<TaskId> = core.map(|(task, _)| TaskId::new(task)).collect();
            if core.is_empty() {
                continue;
            }
            let broken = Rule::Milestone(id);
            let order = self.members_of(&core, core.len() <= MOST_SINGLE);
            if let Some(found) = self.found(order, &core, broken) {
                return Some(found);
            }
        }
        None
    }

    /// Rules that cannot hold together with a hard milestone for want of room at a vendor: the first vendor for
    /// which that is proven.
    pub fn at_vendors(&self, id: MilestoneId) -> Option<Minimal> {
        let problem = &self.solved.problem;
        let target = &problem.targets[id.index()];
        let inside = |job: &crate::formulate::Job| {
            !matches!(job.kind, JobKind::Done | JobKind::Hold)
                && target.entities.binary_search(&job.entity).is_ok()
        };
        let wanted: Vec<bool> = problem.jobs.iter().map(inside).collect();
        self.production.vendors.ids().find_map(|vendor| {
            let mut core = self.counted_at(vendor);
            core.retain(|task| wanted[task.index()]);
            if core.is_empty() {
                return None;
            }
            let broken = Rule::Milestone(id);
            let order = self.members_of(&core, core.len() <= MOST_SINGLE);
            self.found(order, &core, broken).or_else(|| {
                // With what comes after.
                let mut after = self.after(&core, &wanted);
                after.sort_unstable();
                after.dedup();
                after.retain(|task| !core.contains(task));
                let all = [after, core].concat();
                let order = self.members_of(&all, all.len() <= MOST_SINGLE);
                self.found(order, &all, broken)
            })
        })
    }

    /// The tasks that a vendor does and that its capacity counts.
    fn counted_at(&self, vendor: VendorId) -> Vec<TaskId> {
        let problem = &self.solved.problem;
        let jobs = problem.jobs.iter().enumerate();
        let its = jobs.filter(|(_, job)| {
            matches!(job.kind, JobKind::Vendor(own, _) if own == vendor)
                && problem.vendors.of(job).is_some()
        });
        its.map(|(task, _)| TaskId::new(task)).collect()
    }

    /// Whether a task needs any hard pool.
    pub fn needs_a_pool(&self, task: TaskId) -> bool {
        let hard = self.production.pools.enumerate().filter(|(_, pool)| pool.hard);
        hard.into_iter().any(|(id, _)| self.production.pool_need(task, id) > 0)
    }

    /// Rules that cannot hold together with a date rule or lock of a task: those of tasks that
    /// need the same people, or the same vendor, before it ends.
    pub fn in_competition(&self, broken: Rule, task: TaskId) -> Option<Minimal> {
        let (problem, heads) = (&self.solved.problem, &self.solved.heads);
        let mut mine = self.before(task, MOST_OTHERS);
        mine.push(task);
        let last = self.solved.schedule.end[task.index()].min(problem.slots);
        let mut lanes: Vec<u32> = Vec::new();
        let mut vendors: Vec<JobKind> = Vec::new();
        for task in &mine {
            let job = &problem.jobs[task.index()];
            if problem.vendors.of(job).is_some() {
                vendors.push(job.kind);
            }
            if job.kind == JobKind::People {
                let crew = &problem.crews[job.crew as usize];
                lanes.extend(crew.iter().map(|candidate| candidate.lane));
            }
        }
        lanes.sort_unstable();
        lanes.dedup();
        let shares: Vec<bool> = problem
            .crews
            .iter()
            .map(|crew| crew.iter().any(|row| lanes.binary_search(&row.lane).is_ok()))
            .collect();
        let has_rule = |task: TaskId| {
            let row = &self.production.tasks[task];
            row.lock != Lock::None
                || problem.jobs[task.index()].end_by != u32::MAX
                || problem.jobs[task.index()].start_by != u32::MAX
        };
        let mut others: Vec<(u32, TaskId)> = Vec::new();
        for (index, job) in problem.jobs.iter().enumerate() {
            let id = TaskId::new(index);
            let is_rival = match job.kind {
                JobKind::People => shares[job.crew as usize],
                JobKind::Vendor(vendor, _) => {
                    let same =
                        |kind: &JobKind| matches!(kind, JobKind::Vendor(own, _) if *own == vendor);
                    vendors.iter().any(same)
                }
                _ => false,
            };
            let competes =
                is_rival && heads.start[index] < last && has_rule(id) && !mine.contains(&id);
            if competes {
                // The nearest deadlines first.
                let by = job.end_by.min(job.start_by);
                others.push((if by == u32::MAX { last } else { by }, id));
            }
        }
        others.sort_unstable();
        others.truncate(MOST_OTHERS);
        let others: Vec<TaskId> = others.into_iter().map(|(_, id)| id).collect();
        let mut members: Vec<Vec<Rule>> = others
            .rchunks(TOGETHER)
            .map(|tasks| tasks.iter().map(|&task| Rule::Work(task)).collect())
            .collect();
        let all: Vec<TaskId> = others.iter().chain(&mine).copied().collect();
        let order = self.excerpts.order_of(&all).into_iter();
        members.extend(
            order
                .filter(|rule| !matches!(rule, Rule::Work(task) if others.contains(task)))
                .map(|rule| vec![rule]),
        );
        work_first(&mut members);
        self.found(members, &all, broken)
    }

    /// A task that no plan can place.
    pub fn of_place(&self, task: TaskId) -> Option<Minimal> {
        let tasks = chain(&self.solved.problem, &self.solved.heads, task.index() as u32);
        let order = self.members_of(&tasks, tasks.len() <= 2 * MOST_SINGLE);
        self.found(order, &tasks, Rule::Work(task))
    }

    /// The minimal set: first without the other dates and locks, then with them.
    fn found(&self, order: Vec<Vec<Rule>>, tasks: &[TaskId], broken: Rule) -> Option<Minimal> {
        let with = |more: Vec<Rule>| {
            let mut members = order.clone();
            let more = more.into_iter().filter(|rule| *rule != broken);
            members.extend(more.map(|rule| vec![rule]));
            if !matches!(broken, Rule::Work(_)) {
                members.push(vec![broken]);
            }
            members
        };
        let (locks, dates): (Vec<Rule>, Vec<Rule>) =
            self.excerpts.dates_and_locks_of(tasks).into_iter().partition(|rule| {
                matches!(
                    rule,
                    Rule::LockedPeople(_) | Rule::CrewCap(_) | Rule::Pool(_) | Rule::Capacity(_)
                )
            });
        minimal(&self.excerpts, with(locks.clone()), broken).or_else(|| {
            if dates.iter().all(|rule| *rule == broken) {
                return None;
            }
            minimal(&self.excerpts, with([locks, dates].concat()), broken)
        })
    }

    /// Work, releases and waits of tasks: one by one, or as groups.
    fn members_of(&self, tasks: &[TaskId], one_by_one: bool) -> Vec<Vec<Rule>> {
        let rules = self.excerpts.order_of(tasks);
        if one_by_one {
            return rules.into_iter().map(|rule| vec![rule]).collect();
        }
        let mut groups: Vec<Vec<Rule>> = vec![Vec::new(); 3];
        for rule in rules {
            groups[match rule {
                Rule::Work(_) => 0,
                Rule::Wait(_) => 1,
                _ => 2,
            }]
            .push(rule);
        }
        groups.retain(|group| !group.is_empty());
        groups
    }

    /// The waits between two sets of tasks, as one group.
    fn between(&self, one: &[TaskId], other: &[TaskId]) -> Option<Vec<Rule>> {
        let mut waits: Vec<Rule> = Vec::new();
        for &task in other {
            for &wait in self.excerpts.waits_of(task) {
                let edge = &self.production.dependencies[wait];
                let far = if edge.from == task { edge.to } else { edge.from };
                if one.binary_search(&far).is_ok() {
                    waits.push(Rule::Wait(wait));
                }
            }
        }
        (!waits.is_empty()).then_some(waits)
    }

    /// Tasks that a task waits for, directly or not, the nearest first.
    fn before(&self, task: TaskId, most: usize) -> Vec<TaskId> {
        let problem = &self.solved.problem;
        let mut found: Vec<TaskId> = Vec::new();
        let mut next = 0;
        let mut at = task;
        loop {
            for wait in problem.waits_for(at.index() as u32) {
                let from = TaskId::new(wait.from as usize);
                if found.len() < most && from != task && !found.contains(&from) {
                    found.push(from);
                }
            }
            let Some(&following) = found.get(next) else { return found };
            at = following;
            next += 1;
        }
    }

    /// Wanted tasks that wait for some of `tasks` one after the other, the longest way only.
    fn after(&self, tasks: &[TaskId], wanted: &[bool]) -> Vec<TaskId> {
        let problem = &self.solved.problem;
        let mut found = Vec::new();
        for &task in tasks {
            let mut at = task.index() as u32;
            let longest = |at: u32| {
                let waits = problem.followers(at).filter(|wait| wanted[wait.to as usize]);
                waits.max_by_key(|wait| problem.jobs[wait.to as usize].work).map(|wait| wait.to)
            };
            while let Some(to) = longest(at) {
                found.push(TaskId::new(to as usize));
                at = to;
            }
        }
        found
    }
}

/// Members with work before all others, else in their order.
fn work_first(members: &mut [Vec<Rule>]) {
    members.sort_by_key(|member| !matches!(member.first(), Some(Rule::Work(_))));
}
