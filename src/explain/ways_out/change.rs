//! What somebody could agree to so that a conflict is gone, and the production with it.

use crate::explain::conflicts::Broken;
use crate::model::*;
use crate::scenario;

/// A change to the production that somebody could agree to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// None: a longer search keeps the rule.
    SearchLonger,
    /// Agree on another day for what breaks.
    AgreeOn(Broken, Day),
    /// One more artist on a task at the same time.
    Split(TaskId),
    /// Start a task when half of the one it waits for is done: a row of the dependencies.
    Overlap(usize),
    /// Start a task before its release.
    ReleaseEarlier(TaskId),
    /// One more artist on a task at the same time, who is hired for it.
    SplitWithHire(TaskId),
    /// So many artists more in a department.
    Hire(DepartmentId, u32),
    /// Let somebody work elsewhere from as soon as can be on: on these terms, a row of
    /// [`Production::moves`].
    Move(PersonId, u32),
    /// So many units more of a pool: licences or desks, core-minutes a day of a farm.
    AddToPool(PoolId, i64),
    /// So many bid days a week more at a vendor.
    AddToVendor(VendorId, i64),
    /// Let others work on a task than those locked to it.
    UnlockPeople(TaskId),
    /// Let the locked dates of a task move.
    UnlockDates(TaskId),
    /// Give a task to a vendor.
    Outsource(TaskId, VendorId),
    /// Leave a task out.
    Drop(TaskId),
}

impl Change {
    /// The production with the change; `None` if it changes nothing.
    pub fn apply(self, production: &Production) -> Option<Production> {
        let mut changed = production.clone();
        match self {
            Change::AgreeOn(Broken::Milestone(id), day) => {
                changed.milestones[id].date = production.timeline().date(day);
            }
            Change::AgreeOn(Broken::Rule(task, rule), day) => {
                move_rule(&mut changed, task, rule, production.timeline().date(day));
            }
            Change::SearchLonger | Change::AgreeOn(..) => return None,
            Change::Split(task) => {
                let row = &mut changed.tasks[task];
                row.max_parallel = row.max_parallel.max(1) + 1;
                if row.work_left() < i64::from(row.max_parallel) * row.min_chunk.max(1) {
                    return None;
                }
            }
            Change::Overlap(index) => changed.dependencies[index].overlap = 5_000,
            Change::ReleaseEarlier(task) => release(&mut changed, task),
            Change::SplitWithHire(task) => {
                hire(&mut changed, production.tasks[task].department);
                return Change::Split(task).apply(&changed);
            }
            Change::Hire(department, count) => {
                (0..count).for_each(|_| hire(&mut changed, department));
            }
            Change::Move(person, at) => {
                let terms = production.moves.get(at as usize)?;
                let first = production.shows.ids().next()?;
                let as_of = production.settings.as_of;
                let lead = i64::from(terms.lead_days);
                let from = scenario::working_days_later(production, first, as_of, lead);
                let terms = Box::new(terms.clone());
                let change = scenario::Change::Move { person, terms, from, to: None };
                let moved = scenario::apply(production, &[change]);
                return (moved.people.len() > production.people.len()).then_some(moved);
            }
            Change::AddToPool(pool, units) => {
                let from = changed.settings.as_of;
                changed.pools[pool].change_capacity(from, None, units);
            }
            Change::AddToVendor(vendor, days) => {
                let most = &mut changed.vendors[vendor].capacity_days_per_week;
                *most = most.map(|there| there.max(0).saturating_add(days));
            }
            Change::UnlockPeople(task) => {
                let lock = &mut changed.tasks[task].lock;
                *lock = if lock.holds_dates() { Lock::Dates } else { Lock::None };
            }
            Change::UnlockDates(task) => {
                let lock = &mut changed.tasks[task].lock;
                *lock = if lock.holds_person() { Lock::Person } else { Lock::None };
            }
            Change::Outsource(task, vendor) => {
                let row = &mut changed.tasks[task];
                (row.vendor, row.lock) = (Some(vendor), Lock::None);
            }
            Change::Drop(task) => changed.tasks[task].status = Status::Omit,
        }
        Some(changed)
    }
}

/// The task gets a date rule of its own kind on another day, which replaces an inherited one.
fn move_rule(changed: &mut Production, task: TaskId, rule: DateRule, date: jiff::civil::Date) {
    let moved = match rule {
        DateRule::MustStartOn(_) => DateRule::MustStartOn(date),
        DateRule::MustFinishOn(_) => DateRule::MustFinishOn(date),
        DateRule::StartNoEarlierThan(_) => DateRule::StartNoEarlierThan(date),
        DateRule::StartNoLaterThan(_) => DateRule::StartNoLaterThan(date),
        DateRule::FinishNoEarlierThan(_) => DateRule::FinishNoEarlierThan(date),
        DateRule::FinishNoLaterThan(_) => DateRule::FinishNoLaterThan(date),
        other => other,
    };
    let rules = &mut changed.tasks[task].rules;
    let kind = std::mem::discriminant(&rule);
    rules.retain(|own| std::mem::discriminant(own) != kind);
    rules.push(moved);
}

/// Everything that keeps a task from starting on the day of the plan is lifted, for its whole shot,
/// sequence and show: turnovers are what the client can bring forward.
fn release(changed: &mut Production, task: TaskId) {
    let entity = changed.tasks[task].entity;
    let as_of = changed.settings.as_of;
    let show = changed.show_of(entity);
    let earlier = |date: &mut Option<jiff::civil::Date>| *date = date.map(|day| day.min(as_of));
    earlier(&mut changed.tasks[task].earliest);
    earlier(&mut changed.shows[show].start);
    if let Some(sequence) = changed.sequence_of(entity) {
        earlier(&mut changed.sequences[sequence].turnover);
    }
    if let Entity::Shot(shot) = entity {
        earlier(&mut changed.shots[shot].turnover);
    }
}

/// One more freelance artist of a department for the rest of the show, paid by the day, who can do
/// all of its work at the bid standard.
fn hire(changed: &mut Production, department: DepartmentId) {
    let as_of = changed.settings.as_of;
    let of_home = |id: &PersonId| changed.home_department(*id) == Some(department);
    let like = changed.people.ids().find(of_home);
    let site = like.map_or(SiteId::new(0), |id| changed.people[id].site);
    let rate = changed.mean_day_cost();
    let mut person = Person::new("one more artist", site, department);
    let mut tags: Vec<Option<String>> = changed
        .tasks
        .iter()
        .filter(|task| task.department == department)
        .map(|task| task.tag.clone())
        .collect();
    tags.push(None);
    tags.sort_unstable();
    tags.dedup();
    let levels = changed.tasks.iter().filter(|task| task.department == department);
    let level = levels.map(|task| task.min_level).max().unwrap_or(0).max(1_000);
    person.skills =
        tags.into_iter().map(|tag| Skill { department, tag, level, max_class: Class::D }).collect();
    person.overtime_allowed = false;
    person.contracts = vec![Contract {
        kind: ContractKind::Freelance,
        start: as_of,
        end: None,
        min_end: None,
        notice_days: 0,
        rates: vec![(as_of, rate)],
        basis: RateBasis::Day,
        burden: 0,
        currency: changed.settings.currency,
        overtime: None,
        guarantee: Guarantee::default(),
        cancellation: Cancellation::default(),
        option: None,
        rate_assumed: true,
        source: Source::default(),
    }];
    changed.people.push(person);
}
