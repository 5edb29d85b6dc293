//! From a mix to what is bought: named people, whole tasks, dates.

use super::{Asking, Mix};
use crate::formulate::levers::{Lever, Question, parts};
use crate::model::*;
use jiff::civil::Date;

/// People hired together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hire {
    /// The department.
    pub department: DepartmentId,
    /// Which of its terms of hire, as [`Production::hire_terms`] lists them.
    pub terms: u32,
    /// How many.
    pub heads: u32,
    /// First day, a Monday.
    pub from: Date,
    /// Last day, a Sunday or the end of the timeline.
    pub to: Date,
}

/// Somebody works elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Who.
    pub person: PersonId,
    /// On which terms: a row of [`Production::moves`].
    pub terms: u32,
    /// First day, a Monday.
    pub from: Date,
    /// Last day, a Sunday or the end of the timeline.
    pub to: Date,
}

/// A contract that goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extension {
    /// The person.
    pub person: PersonId,
    /// New last day.
    pub to: Date,
}

/// Tasks given to a vendor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The vendor.
    pub vendor: VendorId,
    /// The tasks.
    pub tasks: Vec<TaskId>,
}

/// What is used of a pool beyond what there is, in the weekly plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rent {
    /// The pool.
    pub pool: PoolId,
    /// First day.
    pub from: Date,
    /// Last day.
    pub to: Date,
    /// The most on a day of five working days a week: licences or desks, or core-hours of a farm.
    pub most: f64,
    /// What it costs, in minor units.
    pub cost: f64,
}

/// What is bought.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Bought {
    /// New people.
    pub hires: Vec<Hire>,
    /// People who work elsewhere.
    pub moves: Vec<Moved>,
    /// Contracts that go on.
    pub extensions: Vec<Extension>,
    /// Work that goes out.
    pub orders: Vec<Order>,
    /// Work that two artists share, of which one would have done it alone.
    pub splits: Vec<TaskId>,
    /// Overtime of the weekly plan by department, in minor units.
    pub overtime: Vec<(DepartmentId, f64)>,
    /// What the weekly plan rents beyond pools.
    pub rents: Vec<Rent>,
}

impl Hire {
    /// On which terms, in the production that the hire was made for.
    pub fn terms(&self, production: &Production) -> HireTerms {
        let mut all = production.hire_terms(self.department);
        let at = (self.terms as usize).min(all.len().saturating_sub(1));
        all.swap_remove(at)
    }
}

/// The last day of the option of the contract of a person that ends last.
fn option_end(production: &Production, person: PersonId) -> Option<Date> {
    let contracts = production.people[person].contracts.iter();
    let last = contracts.max_by_key(|row| row.end.unwrap_or(Date::MAX))?;
    production.may_go_on_to(person, last, last.end?)
}

impl Bought {
    /// Whether people or work have to be bought, or shared; overtime and rent come without being asked for.
    pub fn is_empty(&self) -> bool {
        self.hires.is_empty()
            && self.moves.is_empty()
            && self.extensions.is_empty()
            && self.orders.is_empty()
            && self.splits.is_empty()
    }

    /// Whether the same people and work are bought.
    pub fn is_like(&self, other: &Bought) -> bool {
        let all = |row: &Bought| {
            let Bought { hires, moves, extensions, orders, splits, .. } = row.clone();
            (hires, moves, extensions, orders, splits)
        };
        all(self) == all(other)
    }

    /// The purchases of a mix that answers the question `asking` made for the same tasks and date.
    pub fn of(
        asking: &Asking,
        question: &Question,
        mix: &Mix,
        wanted: &Keyed<TaskId, bool>,
        (by, shared): (Date, f64),
    ) -> Bought {
        let timeline = asking.timeline();
        let sunday = |week: u32| {
            timeline.monday(week).saturating_add(jiff::Span::new().days(6)).min(timeline.last())
        };
        let mut bought = Bought::default();
        for (row, path) in question.openings.iter().zip(&mix.heads) {
            for (heads, first, last) in stays(path) {
                bought.hires.push(Hire {
                    department: row.department,
                    terms: row.terms,
                    heads,
                    from: timeline.monday(row.earliest + first),
                    to: sunday(row.earliest + last),
                });
            }
        }
        bought.moves = moves(question, mix, &|week| timeline.monday(week), &sunday);
        for (row, path) in question.endings.iter().zip(&mix.prolonged) {
            for (place, &person) in row.people.iter().enumerate() {
                let weeks = path.iter().take_while(|heads| **heads as usize > place).count();
                if weeks > 0 {
                    let to = sunday(row.from + weeks as u32 - 1);
                    // An option may end inside a week.
                    let to = option_end(asking.production(), person).map_or(to, |end| to.min(end));
                    bought.extensions.push(Extension { person, to });
                }
            }
        }
        let windows = asking.windows(wanted, by, shared);
        bought.orders = orders(asking, question, mix, &windows);
        for (spend, money) in &mix.spent {
            if spend.lever != Lever::Overtime || *money < 1.0 {
                continue;
            }
            let Some(department) = spend.department else { continue };
            match bought.overtime.iter_mut().find(|row| row.0 == department) {
                Some((_, sum)) => *sum += money,
                None => bought.overtime.push((department, *money)),
            }
        }
        bought.overtime.sort_by_key(|row| row.0);
        for ((pool, price), units) in question.shared_pools().zip(&mix.rented) {
            let Some(pool) = pool else { continue };
            let beyond = |at: &usize| units[*at] > 0.05;
            let runs = || (0..units.len().min(question.buckets.len())).filter(beyond);
            let (Some(first), Some(last)) = (runs().next(), runs().next_back()) else { continue };
            let days = |at: usize| {
                let run = &question.buckets[at];
                5.0 * f64::from(run.end - run.start)
            };
            bought.rents.push(Rent {
                pool,
                from: timeline.monday(question.buckets[first].start),
                to: sunday(question.buckets[last].end - 1),
                most: runs().map(|at| units[at] / days(at)).fold(0.0, f64::max),
                cost: units.iter().sum::<f64>() * price.unwrap_or(0.0),
            });
        }
        bought
    }
}

/// Names for those who move: who has no other move at the time, the first of the list.
fn moves(
    question: &Question,
    mix: &Mix,
    monday: &dyn Fn(u32) -> Date,
    sunday: &dyn Fn(u32) -> Date,
) -> Vec<Moved> {
    let mut moved: Vec<Moved> = Vec::new();
    for (row, path) in question.moves.iter().zip(&mix.moved) {
        for (heads, first, last) in stays(path) {
            let from = monday(row.to.earliest + first);
            let to = sunday(row.to.earliest + last);
            for _ in 0..heads {
                let is_free = |person: &&PersonId| {
                    let mut own = moved.iter().filter(|row| row.person == **person);
                    own.all(|row| row.to < from || to < row.from)
                };
                let Some(&person) = row.people.iter().find(is_free) else { break };
                moved.push(Moved { person, terms: row.to.terms, from, to });
            }
        }
    }
    moved.sort_by_key(|row| (row.person, row.from));
    moved
}

/// Heads with first and last week of their stay, from a number of heads by week; who came first
/// leaves first.
///
/// Two in weeks 0 and 1, one in week 2: one stays for two weeks, one for three.
fn stays(path: &[u32]) -> Vec<(u32, u32, u32)> {
    let mut here: std::collections::VecDeque<u32> = std::collections::VecDeque::new();
    let mut stays: Vec<(u32, u32, u32)> = Vec::new();
    let mut leave = |first: u32, last: u32| match stays
        .iter_mut()
        .find(|row| (row.1, row.2) == (first, last))
    {
        Some(row) => row.0 += 1,
        None => stays.push((1, first, last)),
    };
    for (week, &heads) in path.iter().enumerate() {
        let week = week as u32;
        while here.len() > heads as usize {
            let first = here.pop_front().unwrap_or(week);
            leave(first, week.saturating_sub(1));
        }
        while here.len() < heads as usize {
            here.push_back(week);
        }
    }
    for first in here {
        leave(first, (path.len() as u32).saturating_sub(1));
    }
    stays
}

/// Whole tasks for what goes out, at least as much as the mix sends; a task goes to one vendor.
fn orders(
    asking: &Asking,
    question: &Question,
    mix: &Mix,
    windows: &Keyed<TaskId, Option<(Slot, Slot)>>,
) -> Vec<Order> {
    let production = asking.production();
    let bid_day = production.bid_day_minutes().max(1) as f64;
    let mut gone = Keyed::filled(false, production.tasks.len());
    let mut orders = Vec::new();
    if mix.sent.iter().flatten().all(|days| *days < 1e-3) {
        return orders;
    }
    for ((offer, sent), packages) in question.offers.iter().zip(&mix.sent).zip(&mix.packages) {
        let mut order = Order { vendor: offer.vendor, tasks: Vec::new() };
        for (package, _) in offer.packages.iter().zip(packages).filter(|(_, goes)| **goes) {
            let tasks = package.tasks.iter().copied().filter(|task| !gone[*task]);
            order.tasks.extend(tasks);
        }
        order.tasks.iter().for_each(|task| gone[*task] = true);
        for (&(work, _), &days) in offer.takes.iter().zip(sent) {
            if days < 1e-3 || !offer.packages.is_empty() {
                continue;
            }
            let tasks = question.work[work as usize].tasks.iter().copied();
            let tasks = tasks.filter(|task| !gone[*task]);
            let timeline = asking.timeline();
            let parts = parts(production, timeline, offer.vendor, tasks, |task| windows[task]);
            let mut left: Vec<(f64, TaskId)> = parts
                .iter()
                .map(|part| (production.work_left(part.task) as f64 / bid_day, part.task))
                .collect();
            left.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
            let mut missing = days - 1e-3;
            // The largest that fit, then the smallest that covers the rest.
            let mut rest = Vec::new();
            for (size, task) in left {
                if size <= missing {
                    missing -= size;
                    order.tasks.push(task);
                    gone[task] = true;
                } else {
                    rest.push((size, task));
                }
            }
            if missing > 0.0
                && let Some(&(_, task)) = rest.iter().rev().find(|(size, _)| *size >= missing)
            {
                order.tasks.push(task);
                gone[task] = true;
            }
        }
        order.tasks.sort_unstable();
        if !order.tasks.is_empty() {
            orders.push(order);
        }
    }
    orders
}

#[cfg(test)]
mod tests {
    use super::stays;

    #[test]
    fn who_came_first_leaves_first() {
        assert_eq!(stays(&[2, 2, 1]), [(1, 0, 1), (1, 0, 2)]);
        assert_eq!(stays(&[0, 1, 2, 1, 0]), [(1, 1, 2), (1, 2, 3)]);
        assert_eq!(stays(&[0, 0]), []);
    }
}
