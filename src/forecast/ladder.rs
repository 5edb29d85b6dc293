//! The commitments ladder: what of the cost to go could still be saved, by the day of the decision.

use super::cash::after;
use super::ledger::{CostState, Desk, Posting, PostingKind, monday};
use super::rollup::costs;
use crate::model::{Cents, Id, ShowId, days_between};
use jiff::civil::Date;

/// What a decision to stop on one day would save. The three parts of the cost to go add to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rung {
    /// Day of the decision.
    pub decided: Date,
    /// Cost to go of the days before it: spent by then.
    pub spent: Cents,
    /// Owed whatever is decided: pay until notice has run out, orders that cannot be cancelled, the
    /// pools there are.
    pub owed: Cents,
    /// People's pay that would be saved.
    pub people: Cents,
    /// Orders that could be cancelled, less what that costs, vendors' work not ordered yet, and what
    /// would be used beyond the pools.
    pub vendors: Cents,
}

impl Rung {
    /// All that would be saved.
    pub fn avoidable(&self) -> Cents {
        self.people + self.vendors
    }
}

/// Decisions week by week for a quarter, then every fourth week.
const WEEKLY: i64 = 13;
/// Rungs at most.
const MOST: usize = 60;

/// The ladder of a ledger, until nothing can be saved any more.
pub(super) fn ladder(desk: &Desk, ledger: &[Posting]) -> Vec<Rung> {
    let production = desk.production;
    let to_go = |row: &&Posting| matches!(row.state, CostState::Committed | CostState::Etc);
    let rows: Vec<&Posting> = costs(production, ledger).filter(to_go).collect();
    // Pay by person and day: the ledger is in the order of the plan.
    let mut pay: Vec<Pay> = Vec::new();
    let mut others: Vec<&Posting> = Vec::new();
    for &row in &rows {
        let is_time = row.kind.is_time() || row.kind == PostingKind::Overtime;
        match row.person.filter(|_| is_time) {
            Some(person) => pay.push(Pay {
                person: person.index() as u32,
                date: row.date,
                // Extra hours are not booked; what was called off is owed.
                show: row.booked.or(row.show).filter(|_| row.kind != PostingKind::Overtime),
                called_off: row.kind == PostingKind::CalledOff,
                amount: row.amount,
            }),
            None => others.push(row),
        }
    }
    // The two parts of a day that costs something when it is called off are one day again.
    pay.sort_unstable_by_key(|row| (row.person, row.date, row.show, row.called_off));
    pay.dedup_by(|next, first| {
        let same = (next.person, next.date, next.show, next.called_off)
            == (first.person, first.date, first.show, first.called_off);
        if same {
            first.amount += next.amount;
        }
        same
    });
    let last = rows.iter().map(|row| row.date).max().unwrap_or(production.settings.as_of);
    decisions(production.settings.as_of, last)
        .map(|decided| {
            let mut rung = Rung {
                decided,
                spent: Cents::ZERO,
                owed: Cents::ZERO,
                people: Cents::ZERO,
                vendors: Cents::ZERO,
            };
            for of_person in pay.chunk_by(|a, b| a.person == b.person) {
                people(desk, of_person, &mut rung);
            }
            for &row in &others {
                other(desk, row, &mut rung);
            }
            rung
        })
        .collect()
}

fn decisions(as_of: Date, last: Date) -> impl Iterator<Item = Date> {
    let next = after(monday(as_of), 7);
    let weeks = (days_between(next, last) / 7 + 1).max(0);
    let later = (0..weeks)
        .filter(|week| *week < WEEKLY || (*week - WEEKLY) % 4 == 0)
        .map(move |week| after(next, week * 7));
    std::iter::once(as_of).chain(later).take(MOST)
}

/// Pay of a person on a day for a show.
struct Pay {
    person: u32,
    date: Date,
    show: Option<ShowId>,
    called_off: bool,
    amount: Cents,
}

/// Pay of one person, by day.
fn people(desk: &Desk, days: &[Pay], rung: &mut Rung) {
    let person = Id::new(days[0].person as usize);
    let contracts = &desk.production.people[person].contracts;
    let from: Vec<Date> = contracts
        .iter()
        .map(|row| desk.production.first_avoidable_day_if(person, row, rung.decided))
        .collect();
    for row in days {
        let contract = contracts.iter().position(|contract| contract.covers(row.date));
        if row.date < rung.decided {
            rung.spent += row.amount;
            continue;
        }
        if row.called_off || contract.is_some_and(|at| row.date < from[at]) {
            rung.owed += row.amount;
            continue;
        }
        let share = row.show.map_or(0, |show| {
            desk.production.called_off_share(person, show, row.date, rung.decided)
        });
        let owed = row.amount.basis_points(share);
        rung.owed += owed;
        rung.people += row.amount - owed;
    }
}

fn other(desk: &Desk, row: &Posting, rung: &mut Rung) {
    let production = desk.production;
    if row.date < rung.decided {
        rung.spent += row.amount;
        return;
    }
    if row.kind == PostingKind::Pool {
        // It is there, used or not.
        rung.owed += row.amount;
        return;
    }
    if row.kind != PostingKind::Commitment {
        // Ordered when it begins.
        let part = row.assignment.and_then(|part| desk.plan.assignments.get(part as usize));
        let begins = part.map_or(row.date, |part| desk.timeline.start_date(part.start()));
        let place = if begins < rung.decided { &mut rung.owed } else { &mut rung.vendors };
        *place += row.amount;
        return;
    }
    let order = row.row.and_then(|order| production.commitments.get(order as usize));
    let can_be = order.filter(|row| row.cancellable_from.is_some_and(|from| from <= rung.decided));
    let Some(order) = can_be else {
        rung.owed += row.amount;
        return;
    };
    // What the exchange rate makes of an order goes with it.
    let is_rest = row.account != order.account;
    let cost = production.convert(order.cancel_cost, order.currency, rung.decided);
    let cost = cost.unwrap_or(order.cancel_cost).max(Cents::ZERO);
    let cost = if is_rest { Cents::ZERO } else { cost.min(row.amount) };
    rung.owed += cost;
    rung.vendors += row.amount - cost;
}
