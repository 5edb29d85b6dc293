//! The rules of a production that a person could drop, and a production that has only some of them.

use crate::model::*;
use jiff::civil::Date;

/// One rule that somebody set, and could take back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// A hard milestone.
    Milestone(MilestoneId),
    /// A date rule of a task, its own or inherited.
    Date(TaskId, DateRule),
    /// The locked dates of a task.
    LockedDates(TaskId),
    /// The people locked to a task.
    LockedPeople(TaskId),
    /// A task does not start before a day (turnover, start of the show, its own earliest date).
    Release(TaskId),
    /// A task has to be done.
    Work(TaskId),
    /// One task waits for another: a row of [`Production::dependencies`].
    Wait(usize),
    /// The crew curve of a department.
    CrewCap(DepartmentId),
    /// There is no more than there is of a hard pool.
    Pool(PoolId),
    /// A vendor does no more in a week than it can.
    Capacity(VendorId),
}

/// Makes productions that have some tasks of a larger one, with some of its rules.
///
/// People, calendars, contracts and leave stay as they are; whatever has only a price (due dates of
/// shots, soft milestones) is left out. Dropping a rule, or a task, never makes another one harder to
/// keep: fewer rules have more plans.
#[derive(Clone, Debug)]
pub struct Excerpts<'a> {
    whole: &'a Production,
    /// The date rules of all tasks.
    dates: Keyed<TaskId, Vec<DateRule>>,
    /// Everything but tasks, people and rules.
    bare: Production,
    /// Dependencies of each task, as indices, in both directions.
    waits: Keyed<TaskId, Vec<usize>>,
}

impl<'a> Excerpts<'a> {
    /// Of a production.
    pub fn of(whole: &'a Production) -> Excerpts<'a> {
        let mut waits = Keyed::filled(Vec::new(), whole.tasks.len());
        for (index, edge) in whole.dependencies.iter().enumerate() {
            if edge.from != edge.to && whole.is_open(edge.from) && whole.is_open(edge.to) {
                waits[edge.from].push(index);
                waits[edge.to].push(index);
            }
        }
        Excerpts { whole, dates: whole.date_rules(), bare: bare(whole), waits }
    }

    /// Dependencies that a task is part of.
    pub fn waits_of(&self, task: TaskId) -> &[usize] {
        &self.waits[task]
    }

    /// The first day on which a task may start whatever its date rules and locks say, where that is
    /// after the day of the plan.
    pub fn release(&self, task: TaskId) -> Option<Date> {
        let (whole, row) = (self.whole, &self.whole.tasks[task]);
        let shot = match row.entity {
            Entity::Shot(shot) => whole.shots[shot].turnover,
            Entity::Asset(_) | Entity::Sequence(_) | Entity::Show(_) => None,
        };
        let sequence = whole.sequence_of(row.entity);
        let days = [
            whole.shows[whole.show_of(row.entity)].start,
            sequence.and_then(|id| whole.sequences[id].turnover),
            shot,
            row.earliest,
        ];
        days.into_iter().flatten().max().filter(|day| *day > whole.settings.as_of)
    }

    /// All rules of some open tasks, but for dates and locks.
    pub fn order_of(&self, tasks: &[TaskId]) -> Vec<Rule> {
        let mut rules: Vec<Rule> = tasks.iter().map(|&task| Rule::Work(task)).collect();
        rules.extend(self.waits_among(tasks).into_iter().map(Rule::Wait));
        let released = tasks.iter().filter(|task| self.release(**task).is_some());
        rules.extend(released.map(|&task| Rule::Release(task)));
        rules
    }

    /// Dates, locks, crew curves, hard pools and vendors' capacity of some open tasks.
    pub fn dates_and_locks_of(&self, tasks: &[TaskId]) -> Vec<Rule> {
        let mut rules = Vec::new();
        for &task in tasks {
            let row = &self.whole.tasks[task];
            let wish = |rule: &DateRule| {
                matches!(rule, DateRule::AsSoonAsPossible | DateRule::AsLateAsPossible)
            };
            let dates = self.dates[task].iter().filter(|rule| !wish(rule));
            rules.extend(dates.map(|&rule| Rule::Date(task, rule)));
            if row.lock.holds_dates() && (row.start.is_some() || row.end.is_some()) {
                rules.push(Rule::LockedDates(task));
            }
            if row.lock.holds_person() && !row.assigned.is_empty() && row.vendor.is_none() {
                rules.push(Rule::LockedPeople(task));
            }
        }
        let mut departments: Vec<DepartmentId> =
            tasks.iter().map(|task| self.whole.tasks[*task].department).collect();
        departments.sort_unstable();
        departments.dedup();
        departments.retain(|id| self.whole.departments[*id].curve.cap.is_some());
        rules.extend(departments.into_iter().map(Rule::CrewCap));
        let hard = self.whole.pools.enumerate().filter(|(_, pool)| pool.hard).map(|(id, _)| id);
        let is_used = |id: &PoolId| tasks.iter().any(|task| self.whole.pool_need(*task, *id) > 0);
        rules.extend(hard.filter(is_used).map(Rule::Pool));
        let mut vendors: Vec<VendorId> =
            tasks.iter().filter_map(|task| self.whole.tasks[*task].vendor).collect();
        vendors.sort_unstable();
        vendors.dedup();
        vendors.retain(|id| self.whole.vendors[*id].capacity_days_per_week.is_some());
        rules.extend(vendors.into_iter().map(Rule::Capacity));
        rules
    }

    fn waits_among(&self, tasks: &[TaskId]) -> Vec<usize> {
        let mut waits: Vec<usize> =
            tasks.iter().flat_map(|&task| self.waits[task].iter().copied()).collect();
        waits.sort_unstable();
        // Those with both ends among the tasks were found twice.
        let twice: Vec<usize> =
            waits.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        twice
    }

    /// Whether a rule says something about a task.
    pub fn is_about(&self, rule: Rule, task: TaskId) -> bool {
        match rule {
            Rule::Date(id, _)
            | Rule::LockedDates(id)
            | Rule::LockedPeople(id)
            | Rule::Release(id)
            | Rule::Work(id) => id == task,
            Rule::Wait(index) => {
                let edge = &self.whole.dependencies[index];
                edge.from == task || edge.to == task
            }
            Rule::Milestone(_) | Rule::CrewCap(_) | Rule::Pool(_) | Rule::Capacity(_) => false,
        }
    }

    /// The production that has these rules and no others. Rules about tasks that need not be done
    /// mean nothing.
    pub fn with(&self, rules: &[Rule]) -> Production {
        let whole = self.whole;
        let mut part = self.bare.clone();
        let mut tasks: Vec<TaskId> = rules
            .iter()
            .filter_map(|rule| match rule {
                Rule::Work(task) => Some(*task),
                _ => None,
            })
            .collect();
        tasks.sort_unstable();
        tasks.dedup();
        let place = |task: TaskId| tasks.binary_search(&task).ok().map(TaskId::new);
        let people: Vec<PersonId> = whole
            .people
            .ids()
            .filter(|person| tasks.iter().any(|task| whole.level_for(*person, *task).is_some()))
            .collect();
        part.people = people.iter().map(|person| whole.people[*person].clone()).collect();
        for &task in &tasks {
            let row = &whole.tasks[task];
            let of_people = |id: &PersonId| people.binary_search(id).ok().map(PersonId::new);
            part.tasks.push(Task {
                assigned: row.assigned.iter().filter_map(of_people).collect(),
                lock: Lock::None,
                earliest: None,
                due: None,
                rules: Vec::new(),
                ..row.clone()
            });
        }
        for &rule in rules {
            match rule {
                Rule::Milestone(id) => {
                    part.milestones.push(whole.milestones[id].clone());
                }
                Rule::Date(task, date) => {
                    if let Some(task) = place(task) {
                        part.tasks[task].rules.push(date);
                    }
                }
                Rule::LockedDates(task) => {
                    if let Some(task) = place(task) {
                        let lock = &mut part.tasks[task].lock;
                        *lock = if lock.holds_person() { Lock::Both } else { Lock::Dates };
                    }
                }
                Rule::LockedPeople(task) => {
                    if let Some(task) = place(task) {
                        let lock = &mut part.tasks[task].lock;
                        *lock = if lock.holds_dates() { Lock::Both } else { Lock::Person };
                    }
                }
                Rule::Release(task) => {
                    if let Some(place) = place(task) {
                        part.tasks[place].earliest = self.release(task);
                    }
                }
                Rule::Wait(index) => {
                    let edge = &whole.dependencies[index];
                    if let (Some(from), Some(to)) = (place(edge.from), place(edge.to)) {
                        part.dependencies.push(Dependency { from, to, ..edge.clone() });
                    }
                }
                Rule::CrewCap(id) => {
                    part.departments[id].curve = whole.departments[id].curve.clone();
                }
                Rule::Pool(id) => part.pools[id] = whole.pools[id].clone(),
                Rule::Capacity(id) => part.vendors[id] = whole.vendors[id].clone(),
                Rule::Work(_) => {}
            }
        }
        part
    }
}

/// A production without tasks, people, rules and books.
fn bare(whole: &Production) -> Production {
    let mut bare = Production {
        departments: whole.departments.clone(),
        calendars: whole.calendars.clone(),
        sites: whole.sites.clone(),
        accounts: whole.accounts.clone(),
        vendors: whole.vendors.clone(),
        pools: whole.pools.clone(),
        shows: whole.shows.clone(),
        sequences: whole.sequences.clone(),
        shots: whole.shots.clone(),
        assets: whole.assets.clone(),
        fx: whole.fx.clone(),
        ..Production::new("", whole.settings.as_of, whole.settings.horizon_end)
    };
    bare.settings = whole.settings.clone();
    for department in bare.departments.iter_mut() {
        department.curve = CrewCurve::default();
    }
    for pool in bare.pools.iter_mut() {
        // As much as anybody wants, for nothing.
        (pool.hard, pool.overflow_price) = (false, Some(FinePrice(0)));
        pool.unit_cost = FinePrice(0);
    }
    for vendor in bare.vendors.iter_mut() {
        vendor.capacity_days_per_week = None;
    }
    for show in bare.shows.iter_mut() {
        (show.start, show.rules) = (None, Vec::new());
    }
    for sequence in bare.sequences.iter_mut() {
        (sequence.turnover, sequence.rules) = (None, Vec::new());
    }
    for shot in bare.shots.iter_mut() {
        (shot.turnover, shot.due, shot.rules) = (None, None, Vec::new());
    }
    for asset in bare.assets.iter_mut() {
        (asset.due, asset.used_by) = (None, Vec::new());
    }
    bare
}
