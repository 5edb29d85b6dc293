//! The commitments ladder: what of the cost to go could still be saved, by the day of the decision.

use super::cash::after;
use super::ledger::{CostState, Desk, Posting, PostingKind, monday};
use super::rollup::costs;
use crate::model::{AccountId, Cents, DepartmentId, Id, PersonId, ShowId, VendorId, days_between};
use jiff::civil::Date;
use std::collections::HashMap;

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

/// The rungs, and what each of them is made of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ladder {
    /// One for each decision, the earliest first: sums over the lines.
    pub rungs: Vec<Rung>,
    /// Contracts, orders and the like.
    pub lines: Vec<LadderLine>,
}

/// What becomes of one contract, order or the like, by the day of the decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LadderLine {
    /// What it is.
    pub of: LadderOf,
    /// Spent by then, owed, saved; one for each rung. They add to the same at each.
    pub amounts: Vec<[Cents; 3]>,
}

/// What can be ended or called off as one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LadderOf {
    /// A contract of a person, from 0; `None` = days without one.
    Contract(PersonId, Option<u32>),
    /// A purchase order: a row of the production's commitments.
    Order(u32),
    /// Work of a vendor's that no order covers, by department.
    Vendor(VendorId, Option<DepartmentId>),
    /// What else is on an account: pools and what is used beyond them.
    Account(AccountId),
}

/// Decisions week by week for a quarter, then every fourth week.
const WEEKLY: i64 = 13;
/// Rungs at most.
const MOST: usize = 60;

/// The ladder of a ledger, until nothing can be saved any more.
pub(super) fn ladder(desk: &Desk, ledger: &[Posting]) -> Ladder {
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
    let decided: Vec<Date> = decisions(production.settings.as_of, last).collect();
    let mut lines: Vec<LadderLine> = Vec::new();
    let mut places: HashMap<LadderOf, usize> = HashMap::new();
    let mut place = |of: LadderOf| {
        *places.entry(of).or_insert_with(|| {
            lines.push(LadderLine { of, amounts: vec![[Cents::ZERO; 3]; decided.len()] });
            lines.len() - 1
        })
    };
    let of_pay: Vec<(usize, Option<usize>)> = pay
        .iter()
        .map(|row| {
            let person = PersonId::new(row.person as usize);
            let mut contracts = production.people[person].contracts.iter();
            let contract = contracts.position(|contract| contract.covers(row.date));
            (place(LadderOf::Contract(person, contract.map(|at| at as u32))), contract)
        })
        .collect();
    let of_others: Vec<usize> = others.iter().map(|row| place(line_of(row))).collect();
    for (rung, &decided) in decided.iter().enumerate() {
        let mut from = 0;
        for days in pay.chunk_by(|a, b| a.person == b.person) {
            let of = &of_pay[from..from + days.len()];
            people(desk, days, of, decided, |line, parts| {
                add(&mut lines[line].amounts[rung], parts)
            });
            from += days.len();
        }
        for (&row, &line) in others.iter().zip(&of_others) {
            add(&mut lines[line].amounts[rung], other(desk, row, decided));
        }
    }
    let rung = |(at, &decided): (usize, &Date)| {
        let mut rung = Rung {
            decided,
            spent: Cents::ZERO,
            owed: Cents::ZERO,
            people: Cents::ZERO,
            vendors: Cents::ZERO,
        };
        for line in &lines {
            let [spent, owed, saved] = line.amounts[at];
            rung.spent += spent;
            rung.owed += owed;
            match line.of {
                LadderOf::Contract(..) => rung.people += saved,
                _ => rung.vendors += saved,
            }
        }
        rung
    };
    Ladder { rungs: decided.iter().enumerate().map(rung).collect(), lines }
}

fn add(sum: &mut [Cents; 3], parts: [Cents; 3]) {
    for (sum, part) in sum.iter_mut().zip(parts) {
        *sum += part;
    }
}

/// What a posting that is nobody's pay is a part of.
fn line_of(row: &Posting) -> LadderOf {
    match (row.kind, row.row, row.vendor) {
        (PostingKind::Commitment, Some(order), _) => LadderOf::Order(order),
        (_, _, Some(vendor)) => LadderOf::Vendor(vendor, row.department),
        _ => LadderOf::Account(row.account),
    }
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

/// Pay of one person, by day: gives the line of each day, and what of it is spent, owed and saved.
fn people(
    desk: &Desk,
    days: &[Pay],
    of: &[(usize, Option<usize>)],
    decided: Date,
    mut put: impl FnMut(usize, [Cents; 3]),
) {
    let person = Id::new(days[0].person as usize);
    let contracts = &desk.production.people[person].contracts;
    let from: Vec<Date> = contracts
        .iter()
        .map(|row| desk.production.first_avoidable_day_if(person, row, decided))
        .collect();
    for (row, &(line, contract)) in days.iter().zip(of) {
        if row.date < decided {
            put(line, [row.amount, Cents::ZERO, Cents::ZERO]);
            continue;
        }
        if row.called_off || contract.is_some_and(|at| row.date < from[at]) {
            put(line, [Cents::ZERO, row.amount, Cents::ZERO]);
            continue;
        }
        let share = row
            .show
            .map_or(0, |show| desk.production.called_off_share(person, show, row.date, decided));
        let owed = row.amount.basis_points(share);
        put(line, [Cents::ZERO, owed, row.amount - owed]);
    }
}

/// What of a posting that is nobody's pay is spent, owed and saved.
fn other(desk: &Desk, row: &Posting, decided: Date) -> [Cents; 3] {
    let production = desk.production;
    let spent = [row.amount, Cents::ZERO, Cents::ZERO];
    let owed = [Cents::ZERO, row.amount, Cents::ZERO];
    if row.date < decided {
        return spent;
    }
    if row.kind == PostingKind::Pool {
        // It is there, used or not.
        return owed;
    }
    if row.kind != PostingKind::Commitment {
        // Ordered when it begins.
        let part = row.assignment.and_then(|part| desk.plan.assignments.get(part as usize));
        let begins = part.map_or(row.date, |part| desk.timeline.start_date(part.start()));
        return if begins < decided { owed } else { [Cents::ZERO, Cents::ZERO, row.amount] };
    }
    let order = row.row.and_then(|order| production.commitments.get(order as usize));
    let can_be = order.filter(|row| row.cancellable_from.is_some_and(|from| from <= decided));
    let Some(order) = can_be else {
        return owed;
    };
    // What the exchange rate makes of an order goes with it.
    let is_rest = row.account != order.account;
    let cost = production.convert(order.cancel_cost, order.currency, decided);
    let cost = cost.unwrap_or(order.cancel_cost).max(Cents::ZERO);
    let cost = if is_rest { Cents::ZERO } else { cost.min(row.amount) };
    [Cents::ZERO, cost, row.amount - cost]
}
