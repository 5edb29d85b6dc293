//! What purchases cost beyond the plan without them.

use super::Tried;
use crate::forecast::{self, CostState, Posting, PostingKind};
use crate::model::*;
use crate::scenario::Change;
use crate::solve::levers::Bought;
use jiff::civil::Date;
use std::collections::BTreeMap;

/// The difference in money between two plans, one of them with purchases.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Bill {
    /// Estimated final cost of the one less that of the other.
    pub efc: Cents,
    /// Pay of new people and longer contracts that no task of the plan uses.
    pub unused: Cents,
    /// Starts of new people.
    pub starts: Cents,
    /// Supervision of vendors, and what is missing to their smallest orders.
    pub vendors: Cents,
    /// What incentives give beyond what they give without purchases: the studio's share, as far as it is certain.
    pub incentives: Cents,
}

impl Bill {
    /// All of it, less what incentives give.
    pub fn total(&self) -> Cents {
        self.efc + self.unused + self.starts + self.vendors - self.incentives
    }

    /// The bill of `bought`, planned as `with` instead of `base`. People who were hired stand after
    /// those of the base; those without a last day leave on `done`.
    pub fn of(base: &Tried, with: &Tried, bought: &Bought, done: Date) -> Bill {
        let hires = bought.hires.iter();
        let starts = hires.map(|row| row.terms(&base.production).onboarding.by(row.heads.into()));
        let extended = bought.extensions.iter().map(|row| row.person);
        let orders = bought.orders.iter();
        let vendors = orders.map(|row| extra(&with.production, row.vendor, &row.tasks));
        // Who moves is new at their place, and paid anyway.
        let is_hired = |id: PersonId| with.production.people[id].placeholder;
        let (unused, idle) = unused(base, with, &is_hired, extended, done);
        Bill {
            efc: with.efc() - base.efc(),
            unused,
            starts: starts.sum(),
            vendors: vendors.sum(),
            incentives: given(with, &idle) - base.given(),
        }
    }

    /// The bill of the changes of a scenario, planned as `with` instead of `base`; people and orders as
    /// in [`Bill::of`]. People on call cost what the plan has of them, and a start if it has any.
    pub fn of_changes(base: &Tried, with: &Tried, changes: &[Change], done: Date) -> Bill {
        let first = base.production.people.len();
        let mut worked = vec![false; with.production.people.len()];
        for part in &with.solved.plan.assignments {
            if let Worker::Person(person) = part.worker {
                worked[person.index()] = true;
            }
        }
        let mut on_call = vec![false; worked.len()];
        // Who moves is new at their place, and paid anyway.
        let is_hired = |place: &usize| with.production.people[PersonId::new(*place)].placeholder;
        let hired: Vec<usize> = (first..worked.len()).filter(is_hired).collect();
        let (mut next, mut starts) = (0, Cents::ZERO);
        let mut extended: Vec<PersonId> = Vec::new();
        let mut orders: BTreeMap<VendorId, Vec<TaskId>> = BTreeMap::new();
        for change in changes {
            match change {
                Change::Hire { department, heads, .. } => {
                    let terms = base.production.hire_terms(*department);
                    let start = terms.first().map_or(Cents::ZERO, |terms| terms.onboarding);
                    starts += start.by((*heads).into());
                    next += *heads as usize;
                }
                Change::HireOn { terms, heads, .. } => {
                    starts += terms.onboarding.by((*heads).into());
                    next += *heads as usize;
                }
                Change::HireOnCall { terms, heads, .. } => {
                    for &place in hired.iter().skip(next).take(*heads as usize) {
                        on_call[place] = true;
                        starts += if worked[place] { terms.onboarding } else { Cents::ZERO };
                    }
                    next += *heads as usize;
                }
                Change::Extend { person, .. } if !extended.contains(person) => {
                    extended.push(*person);
                }
                Change::Outsource { vendor, tasks } => {
                    orders.entry(*vendor).or_default().extend(tasks);
                }
                _ => {}
            }
        }
        // What came back again, or was cut, is no order.
        for (vendor, tasks) in &mut orders {
            tasks.sort_unstable();
            tasks.dedup();
            tasks.retain(|task| with.production.tasks[*task].vendor == Some(*vendor));
        }
        let sent = orders.iter().filter(|(_, tasks)| !tasks.is_empty());
        let is_paid = |id: PersonId| !on_call[id.index()] && is_hired(&id.index());
        let (unused, idle) = unused(base, with, &is_paid, extended.into_iter(), done);
        Bill {
            efc: with.efc() - base.efc(),
            unused,
            starts,
            incentives: given(with, &idle) - base.given(),
            vendors: sent.map(|(vendor, tasks)| extra(&with.production, *vendor, tasks)).sum(),
        }
    }
}

/// What incentives give on the cost of a plan and on pay that no task of it uses.
fn given(with: &Tried, idle: &[Posting]) -> Cents {
    if idle.is_empty() || with.production.incentives.is_empty() {
        return with.given();
    }
    let ledger = [&with.forecast.ledger[..], idle].concat();
    forecast::incentives(&with.production, &ledger).iter().map(|row| row.expected).sum()
}

/// Pay of new people, and of contracts that were prolonged, that no task of the plan uses; and that pay by day
/// where there are incentives. People who are not `paid` whether they work or not have none.
fn unused(
    base: &Tried,
    with: &Tried,
    paid: &dyn Fn(PersonId) -> bool,
    extended: impl Iterator<Item = PersonId>,
    done: Date,
) -> (Cents, Vec<Posting>) {
    let production = &with.production;
    let mut sum: Cents = Cents::ZERO;
    let mut since: Keyed<PersonId, Option<Date>> = Keyed::filled(None, production.people.len());
    let new = production.people.ids().skip(base.production.people.len());
    for id in new.filter(|&id| paid(id)) {
        let contract = production.people[id].contracts.first();
        since[id] = Some(contract.map_or(production.settings.as_of, |row| row.start));
        let end = contract.and_then(|row| row.end).unwrap_or(done);
        sum += due(production, id, since[id], end);
    }
    for person in extended {
        let before = &base.production.people[person].contracts;
        let end = before.iter().filter_map(|row| row.end).max();
        since[person] = end.map(|end| end.saturating_add(jiff::Span::new().days(1)));
        sum += due(production, person, since[person], Date::MAX);
    }
    let mut by_day: BTreeMap<(PersonId, Date), Cents> = BTreeMap::new();
    let mut posted = Cents::ZERO;
    for row in &with.forecast.ledger {
        let Some(person) = row.person else { continue };
        let is_pay = row.kind.is_time();
        if is_pay && since[person].is_some_and(|from| from <= row.date) {
            posted += row.amount;
            *by_day.entry((person, row.date)).or_default() += row.amount;
        }
    }
    let unused = (sum - posted).max(Cents::ZERO);
    let mut idle = Vec::new();
    if unused > Cents::ZERO && !production.incentives.is_empty() {
        for (id, from) in since.enumerate().filter_map(|(id, from)| Some((id, (*from)?))) {
            let is_new = id.index() >= base.production.people.len();
            let end = production.people[id].contracts.first().and_then(|row| row.end);
            let until = if is_new { end.unwrap_or(done) } else { Date::MAX };
            let Some(home) = production.home_department(id) else { continue };
            for (date, pay) in due_days(production, id, Some(from), until) {
                let posted = by_day.get(&(id, date)).copied().unwrap_or_default();
                let amount = (pay - posted).max(Cents::ZERO);
                let account = production.departments[home].account;
                let row = Posting::new(date, account, PostingKind::Idle, CostState::Etc);
                idle.push(Posting { person: Some(id), amount, ..row });
            }
        }
    }
    (unused, idle)
}

/// Pay that is due from a day on to another, whatever is worked.
fn due(production: &Production, person: PersonId, since: Option<Date>, until: Date) -> Cents {
    due_days(production, person, since, until).into_iter().map(|(_, pay)| pay).sum()
}

/// The same day by day.
fn due_days(
    production: &Production,
    person: PersonId,
    since: Option<Date>,
    until: Date,
) -> Vec<(Date, Cents)> {
    let row = &production.people[person];
    let site = &production.sites[row.site];
    let calendar = &production.calendars[site.calendar];
    let timeline = production.timeline();
    let from = since.unwrap_or(production.settings.as_of).max(production.settings.as_of);
    let dates = (0..timeline.days()).map(|day| timeline.date(Day(day)));
    let is_paid = |date: &Date| {
        (from..=until).contains(date)
            && calendar.is_worked(*date)
            && site.holidays.binary_search(date).is_err()
            && row.contracts.iter().any(|contract| contract.covers(*date))
    };
    dates
        .filter(is_paid)
        .map(|date| (date, production.day_cost(person, date).basis_points(row.capacity)))
        .collect()
}

/// Price of the work at a vendor, in the production's currency.
pub(super) fn price(production: &Production, vendor: VendorId, tasks: &[TaskId]) -> Cents {
    let row = &production.vendors[vendor];
    let bid_day = production.bid_day_minutes().max(1);
    let day = production.price_of_vendor(vendor, row.day_price);
    tasks.iter().map(|task| day.times(production.work_left(*task), bid_day)).sum()
}

/// Supervision of the work at a vendor.
pub(super) fn supervision(production: &Production, vendor: VendorId, price: Cents) -> Cents {
    price.basis_points(production.vendors[vendor].supervision)
}

/// What is missing to the smallest order.
pub(super) fn top_up(production: &Production, vendor: VendorId, price: Cents) -> Cents {
    let minimum = production.price_of_vendor(vendor, production.vendors[vendor].minimum_order);
    (minimum - price).max(Cents::ZERO)
}

/// What an order costs in all: the work, at least the smallest order, and its supervision.
pub fn order(production: &Production, vendor: VendorId, tasks: &[TaskId]) -> Cents {
    price(production, vendor, tasks) + extra(production, vendor, tasks)
}

fn extra(production: &Production, vendor: VendorId, tasks: &[TaskId]) -> Cents {
    let price = price(production, vendor, tasks);
    supervision(production, vendor, price) + top_up(production, vendor, price)
}
