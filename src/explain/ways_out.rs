//! Ways out of a conflict: each is tried by planning again, and told only if it works.

mod change;

pub use change::Change;

use super::conflicts::Broken;
use super::rules::Rule;
use crate::formulate::{Job, JobKind, Problem};
use crate::model::*;
use crate::solve::{Short, Solved, Tried, plan_again, plan_shortly};
use crate::verify::{self, Verdict};

/// Steps of planning again at most.
const STEPS: u64 = 512;
/// Larger shows are not planned again from nothing.
const MOST_FROM_NOTHING: usize = 3_000;
/// Changes tried for one conflict.
const MOST_CHANGES: usize = 12;
/// Artists more that are tried for a department.
const MOST_HIRED: u32 = 3;
/// People who are tried as movers to a department.
const MOST_MOVED: usize = 2;
/// Longest tasks that are looked at.
const LONGEST: usize = 3;

/// A change that was tried and works.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WayOut {
    /// What to agree to.
    pub change: Change,
    /// Working days by which the promise moves.
    pub days: i64,
    /// What it costs more: pay that could be avoided, overtime, vendors and penalties.
    pub cost: Cents,
    /// For an earlier release: the day on which the task starts then.
    pub from: Option<Day>,
    /// Days of work of those who are hired, or moved.
    pub artist_days: f64,
}

/// What is needed to try changes of a solved plan.
pub struct Trials<'a> {
    production: &'a Production,
    solved: &'a Solved,
    /// What breaks without any change.
    broken: Vec<verify::BrokenRule>,
    /// The plan searched on as long as for a change, without one; what a change does is told from
    /// this.
    control: Option<(Tried, Verdict)>,
    /// How far each change is tried.
    short: Short<'a>,
}

impl<'a> Trials<'a> {
    /// Of a solved production.
    pub fn new(
        production: &'a Production,
        solved: &'a Solved,
        is_over: &'a (dyn Fn() -> bool + Sync),
    ) -> Trials<'a> {
        let short = Short { steps: STEPS, is_over };
        let broken = verify::plan(production, &solved.plan).broken;
        let control = plan_again(&solved.problem, &solved.schedule, Cents(i64::MAX), short, 1);
        let control = control.map(|tried| {
            let verdict = verify::plan(production, &tried.plan);
            (tried, verdict)
        });
        Trials { production, solved, broken, control, short }
    }

    /// Whether what is broken holds without any change, when the search goes on.
    pub fn search_longer(&self, broken: Broken) -> Option<WayOut> {
        let (tried, verdict) = self.control.as_ref()?;
        let cost = tried.objective.labour - self.solved.objective.labour;
        let change = Change::SearchLonger;
        self.is_better(verdict, broken).then_some(WayOut {
            change,
            days: 0,
            cost,
            from: None,
            artist_days: 0.0,
        })
    }

    /// Changes that may help, for the tasks that decide a conflict and its rules.
    pub fn changes(
        &self,
        broken: Broken,
        planned: Option<Day>,
        tasks: &[TaskId],
        rules: &[Rule],
        is_chain: bool,
    ) -> Vec<Change> {
        let (production, problem) = (self.production, &self.solved.problem);
        let mut changes = Vec::new();
        changes.extend(planned.map(|day| Change::AgreeOn(broken, day)));
        if let Broken::LockedDates(task) = broken {
            changes.push(Change::UnlockDates(task));
        }
        for &rule in rules {
            match rule {
                Rule::LockedDates(task) if broken == Broken::LockedDates(task) => {}
                Rule::LockedPeople(task) => changes.push(Change::UnlockPeople(task)),
                Rule::LockedDates(task) => changes.push(Change::UnlockDates(task)),
                Rule::Pool(pool) => changes.extend(self.additions(pool)),
                Rule::Capacity(vendor) => changes.extend(self.more_capacity(vendor, broken)),
                Rule::Release(task) if changes.len() < 6 => {
                    changes.push(Change::ReleaseEarlier(task));
                }
                _ => {}
            }
        }
        // Work that comes too late to its people may wait for a vendor that is full.
        if matches!(broken, Broken::NoTimeLeft(_)) && rules.is_empty() {
            let full = self.counted_before(tasks);
            changes.extend(full.into_iter().flat_map(|vendor| self.more_capacity(vendor, broken)));
        }
        let mut by_work: Vec<TaskId> = tasks.to_vec();
        by_work.sort_by_key(|&task| (std::cmp::Reverse(problem.jobs[task.index()].work), task));
        by_work.dedup();
        let has_place = !matches!(broken, Broken::NobodyCan(_) | Broken::NoTimeLeft(_));
        let of_people = |task: &TaskId| problem.jobs[task.index()].kind == JobKind::People;
        let longest: Vec<TaskId> =
            by_work.iter().copied().filter(|task| of_people(task)).take(LONGEST).collect();
        if has_place {
            changes.extend(longest.iter().map(|&task| Change::Split(task)));
            changes.extend(longest.iter().take(1).map(|&task| Change::SplitWithHire(task)));
            changes.extend(self.overlaps(tasks, &longest).map(Change::Overlap));
        }
        let mut departments: Vec<DepartmentId> = Vec::new();
        for &task in longest.iter().chain(tasks.last()) {
            let department = production.tasks[task].department;
            if !departments.contains(&department) {
                departments.push(department);
            }
        }
        let (first, most) = if is_chain { (1, 1) } else { (2, MOST_HIRED) };
        for department in departments.into_iter().take(first) {
            changes.extend(self.moves(department));
            changes.extend((1..=most).map(|count| Change::Hire(department, count)));
        }
        for &task in longest.iter().take(1) {
            changes
                .extend(self.other_vendor(task).filter(|_| production.tasks[task].vendor_allowed));
            changes.push(Change::Drop(task));
        }
        if rules.iter().any(|rule| matches!(rule, Rule::Capacity(_))) {
            let at_vendors =
                by_work.iter().filter(|task| production.tasks[**task].vendor.is_some());
            changes.extend(at_vendors.take(LONGEST).filter_map(|&task| self.other_vendor(task)));
        }
        changes.truncate(MOST_CHANGES);
        changes
    }

    /// Who could come from elsewhere to help a department: of those with the least planned work the
    /// fastest there.
    fn moves(&self, department: DepartmentId) -> impl Iterator<Item = Change> + use<> {
        let production = self.production;
        let mut found: Vec<(u32, std::cmp::Reverse<i64>, PersonId, u32)> = Vec::new();
        if !production.moves.is_empty() {
            let mut busy = vec![0; production.people.len()];
            for part in &self.solved.plan.assignments {
                if let Worker::Person(person) = part.worker {
                    busy[person.index()] +=
                        part.segments.iter().map(|row| row.end.0 - row.start.0).sum::<u32>();
                }
            }
            for (at, terms) in production.moves.iter().enumerate() {
                for person in production.people.ids() {
                    let home = || production.home_department(person);
                    if terms.to.or_else(home) != Some(department)
                        || !production.may_move(person, terms)
                    {
                        continue;
                    }
                    let skills = production.skills_after(person, terms);
                    let level = skills.iter().map(|skill| skill.level).max().unwrap_or(0);
                    found.push((busy[person.index()], std::cmp::Reverse(level), person, at as u32));
                }
            }
            found.sort_unstable();
        }
        found.into_iter().take(MOST_MOVED).map(|(_, _, person, at)| Change::Move(person, at))
    }

    /// More of a pool: one to three licences or desks; a tenth, a quarter, half of a farm, and as much again.
    fn additions(&self, pool: PoolId) -> Vec<Change> {
        let row = &self.production.pools[pool];
        let there = row.capacity.iter().map(|(_, units)| *units).max().unwrap_or(0).max(0);
        let units: Vec<i64> = match row.kind {
            PoolKind::Licence | PoolKind::Desk => vec![1, 2, 3],
            PoolKind::Farm => {
                let hour = row.kind.unit();
                let part =
                    |percent: i64| (there.saturating_mul(percent) / 100 / hour).max(1) * hour;
                vec![part(10), part(25), part(50), part(100)]
            }
        };
        units.into_iter().map(|units| Change::AddToPool(pool, units)).collect()
    }

    /// The vendors that do tasks of a chain and whose capacity counts.
    fn counted_before(&self, chain: &[TaskId]) -> Vec<VendorId> {
        let problem = &self.solved.problem;
        let jobs = chain.iter().map(|task| &problem.jobs[task.index()]);
        let mut vendors: Vec<VendorId> = jobs
            .filter_map(|job| match job.kind {
                JobKind::Vendor(vendor, _) => problem.vendors.of(job).map(|_| vendor),
                _ => None,
            })
            .collect();
        vendors.sort_unstable();
        vendors.dedup();
        vendors
    }

    /// More of a vendor's time a week: what its work for what breaks takes at least, or a tenth more than there is if
    /// that is more, and a quarter, a half, once and three times as much again.
    fn more_capacity(&self, vendor: VendorId, broken: Broken) -> Vec<Change> {
        let there = self.production.vendors[vendor].capacity_days_per_week.unwrap_or(0).max(0);
        let a_tenth_more = there.saturating_add((there / 10).max(1));
        let least = self.least_capacity(vendor, broken).max(a_tenth_more);
        let mut days = [100, 125, 150, 200, 400]
            .map(|percent| (least.saturating_mul(percent) / 100).saturating_sub(there))
            .to_vec();
        days.dedup();
        days.into_iter().map(|days| Change::AddToVendor(vendor, days)).collect()
    }

    /// Bid days a week that a vendor needs at least for its work before a milestone, or for all of its work: from the
    /// first day on which some of it can begin.
    fn least_capacity(&self, vendor: VendorId, broken: Broken) -> i64 {
        let (problem, heads) = (&self.solved.problem, &self.solved.heads);
        let target = match broken {
            Broken::Milestone(id) => Some(&problem.targets[id.index()]),
            _ => None,
        };
        let inside = |job: &Job| {
            target.is_none_or(|target| target.entities.binary_search(&job.entity).is_ok())
        };
        let (mut work, mut first) = (0_u64, problem.slots);
        for (job, &start) in problem.jobs.iter().zip(&heads.start) {
            let is_own = matches!(job.kind, JobKind::Vendor(own, _) if own == vendor);
            if is_own && problem.vendors.of(job).is_some() && inside(job) {
                work = work.saturating_add(job.work);
                first = first.min(start);
            }
        }
        // Its capacity is that of whole weeks, of which the timeline begins one.
        let day = target.map_or(problem.slots / problem.slots_per_day, |target| target.due.day);
        let weeks = (day / 7).saturating_sub(first / problem.slots_per_day / 7) + 1;
        let a_week = u64::from(weeks).saturating_mul(problem.bid_day.max(1).unsigned_abs());
        i64::try_from(work.div_ceil(a_week)).unwrap_or(i64::MAX)
    }

    /// A vendor that takes work of the department of a task and does not have the task.
    fn other_vendor(&self, task: TaskId) -> Option<Change> {
        let row = &self.production.tasks[task];
        let mut vendors = self.production.vendors.enumerate();
        let takes = |vendor: &Vendor| vendor.departments.contains(&row.department);
        let other = vendors.find(|(id, vendor)| row.vendor != Some(*id) && takes(vendor));
        other.map(|(id, _)| Change::Outsource(task, id))
    }

    /// What so many units more of a pool cost until the last day of a plan: at what one costs on a working day, where
    /// that is known, else at the price of one beyond it.
    fn added_cost(&self, pool: PoolId, units: i64, plan: &Plan) -> Cents {
        let (production, row) = (self.production, &self.production.pools[pool]);
        let timeline = production.timeline();
        let Some(last) = plan.assignments.iter().map(Assignment::end).max() else {
            return Cents::ZERO;
        };
        let site = row.site.and_then(|site| production.sites.get(site));
        let Some(site) = site.or_else(|| production.sites.iter().next()) else {
            return Cents::ZERO;
        };
        let calendar = &production.calendars[site.calendar];
        let days = (0..=timeline.day_of_end(last).0).map(|day| timeline.date(Day(day)));
        let days = days.filter(|date| {
            *date >= production.settings.as_of
                && calendar.is_worked(*date)
                && site.holidays.binary_search(date).is_err()
        });
        let price = match row.unit_cost {
            FinePrice(0) => row.overflow_price.unwrap_or_default(),
            cost => cost,
        };
        price.of(units, row.kind.unit()).by(days.count() as i64)
    }

    /// Finish-to-start waits between two of the tasks, those after the longest tasks only.
    fn overlaps<'b>(
        &'b self,
        tasks: &'b [TaskId],
        longest: &'b [TaskId],
    ) -> impl Iterator<Item = usize> + 'b {
        let edges = self.production.dependencies.iter().enumerate();
        let between = edges.filter(|(_, edge)| {
            edge.link == Link::FinishToStart
                && edge.overlap == 0
                && longest.contains(&edge.from)
                && tasks.contains(&edge.to)
        });
        between.map(|(index, _)| index).take(LONGEST)
    }

    /// Plans with a change; the way out if what was broken holds then and nothing else breaks more.
    pub fn attempt(&self, change: Change, broken: Broken, days_late: i64) -> Option<WayOut> {
        let changed = change.apply(self.production)?;
        let mut days = 0;
        let (tried, verdict) = if let Change::AgreeOn(..) = change {
            // The plan is there already.
            days = days_late;
            let tried = Tried { plan: self.solved.plan.clone(), objective: self.solved.objective };
            let verdict = verify::plan(&changed, &tried.plan);
            (tried, verdict)
        } else {
            self.planned(&changed, change, broken, days_late)?
        };
        if !self.is_better(&verdict, broken) {
            return None;
        }
        let mut way = WayOut { change, days, cost: Cents::ZERO, from: None, artist_days: 0.0 };
        match change {
            Change::AgreeOn(Broken::Milestone(id), _) => {
                let penalty = self.production.milestones[id].penalty_per_day;
                way.cost = penalty.unwrap_or(Cents::ZERO).by(days);
            }
            Change::AgreeOn(..) => {}
            _ => way.cost = tried.objective.labour - self.solved.objective.labour,
        }
        match change {
            Change::ReleaseEarlier(task) => {
                let parts = tried.plan.assignments.iter().filter(|row| row.task == task);
                let first = parts.filter_map(|row| row.segments.first()).map(|row| row.start).min();
                way.from = first.map(|slot| Day(slot.0 / self.solved.problem.slots_per_day));
            }
            Change::Hire(..) | Change::SplitWithHire(_) | Change::Move(..) => {
                let staff = self.production.people.len();
                let is_hired = |worker| match worker {
                    Worker::Person(person) => person.index() >= staff,
                    Worker::Vendor(_) => false,
                };
                let parts = tried.plan.assignments.iter().filter(|row| is_hired(row.worker));
                let slots: u32 = parts
                    .flat_map(|row| &row.segments)
                    .map(|row| {
                        let calendar = &self.solved.problem.calendars[0];
                        calendar.slots_between(row.start.0, row.end.0)
                    })
                    .sum();
                way.artist_days = f64::from(slots) / f64::from(self.solved.problem.slots_per_day);
                // Then it was not the artist who helped.
                if slots == 0 {
                    return None;
                }
                if let Change::Move(_, at) = change {
                    let contract =
                        changed.people.iter().last().and_then(|row| row.contracts.first());
                    let timeline = changed.timeline();
                    way.from = contract.map(|row| timeline.day(row.start));
                    way.cost += self.production.moves.get(at as usize)?.cost;
                }
            }
            Change::AddToPool(pool, units) => {
                way.cost += self.added_cost(pool, units, &tried.plan);
            }
            Change::Outsource(task, vendor) => {
                let production = self.production;
                let price = |vendor: VendorId| {
                    let day = production.bid_day_minutes().max(1);
                    let its = production.vendors[vendor].day_price;
                    production.price_of_vendor(vendor, its).times(production.work_left(task), day)
                };
                let least = production.vendors[vendor].minimum_order;
                way.cost += price(vendor).max(production.price_of_vendor(vendor, least));
                if let Some(before) = self.production.tasks[task].vendor {
                    way.cost -= price(before);
                }
            }
            _ => {}
        }
        Some(way)
    }

    /// The plan as it stands if it keeps what was broken now; else near it, or from nothing.
    fn planned(
        &self,
        changed: &Production,
        change: Change,
        broken: Broken,
        days_late: i64,
    ) -> Option<(Tried, Verdict)> {
        let solved = self.solved;
        let problem = Problem::new(changed, solved.problem.mode);
        let judged = |tried: Tried| {
            let verdict = verify::plan(changed, &tried.plan);
            (tried, verdict)
        };
        if !matches!(change, Change::Outsource(..)) {
            let as_it_is = Short { steps: 0, ..self.short };
            let stands =
                plan_again(&problem, &solved.schedule, Cents::ZERO, as_it_is, 1).map(judged);
            if let Some(stands) = stands.filter(|(_, verdict)| self.is_better(verdict, broken)) {
                return Some(stands);
            }
            let gain = self.gain(broken, days_late);
            // A plan may be worth more although what was broken still is: the gain came from elsewhere.
            let near = plan_again(&problem, &solved.schedule, gain, self.short, 1).map(judged);
            if let Some(near) = near.filter(|(_, verdict)| self.is_better(verdict, broken)) {
                return Some(near);
            }
        }
        let is_small = changed.tasks.len() <= MOST_FROM_NOTHING;
        is_small.then(|| judged(plan_shortly(&problem, 4 * STEPS, 1)))
    }

    /// A little less than what is won when something holds that was broken.
    fn gain(&self, broken: Broken, days_late: i64) -> Cents {
        let problem = &self.solved.problem;
        let day = Cents(problem.artist_day);
        let weight = problem.multipliers;
        match broken {
            Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => {
                let work = problem.jobs[task.index()].work as i64;
                day.by(4).times(work, problem.bid_day).basis_points(weight[3])
            }
            _ => day.by(1_000 * days_late.max(1) - 500).basis_points(weight[0]),
        }
    }

    /// Whether what was broken holds, and all other rules together break no more than they did.
    fn is_better(&self, verdict: &Verdict, broken: Broken) -> bool {
        let is_same = |row: &verify::BrokenRule| match broken {
            Broken::Milestone(id) => row.milestone == Some(id),
            Broken::Rule(task, _) | Broken::LockedDates(task) => row.task == Some(task),
            Broken::NobodyCan(_) | Broken::NoTimeLeft(_) => false,
        };
        let has_place = |task: TaskId| match verdict.finish.tasks[task] {
            verify::Finish::On(_) | verify::Finish::NothingOpen => true,
            verify::Finish::Unplaced => false,
        };
        if !verdict.violations.is_empty() {
            return false;
        }
        let holds = match broken {
            Broken::NobodyCan(task) | Broken::NoTimeLeft(task) => has_place(task),
            _ => !verdict.broken.iter().any(is_same),
        };
        let days = |rows: &[verify::BrokenRule]| -> i64 {
            rows.iter().filter(|row| !is_same(row)).map(|row| row.days).sum()
        };
        holds && days(&verdict.broken) <= days(&self.broken)
    }
}

/// How ways are ordered: money, and days at the price of the promise.
pub fn price(problem: &Problem, way: &WayOut) -> i64 {
    let day = match way.change {
        Change::AgreeOn(Broken::Milestone(id), _) => {
            let target = &problem.targets[id.index()];
            target.items.iter().fold(0_i64, |sum, &(_, value)| {
                sum.saturating_add(Cents(value).times(target.rate, 10_000).0)
            })
        }
        Change::Drop(task) => {
            let work = problem.jobs[task.index()].work as i64;
            return way
                .cost
                .0
                .saturating_add(Cents(5 * problem.artist_day).times(work, problem.bid_day).0);
        }
        _ => problem.artist_day,
    };
    way.cost.0.saturating_add(day.saturating_mul(way.days))
}
