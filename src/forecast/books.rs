//! What the books already say: cost to date, purchase orders, and vendors' work beyond them.

use super::ledger::{CostState, Desk, Posting, PostingKind};
use crate::model::{
    Account, AccountKind, ActualState, Cents, Commitment, Currency, Worker, round_half_even,
};
use jiff::civil::Date;

/// Posts cost to date as it was booked, in the production's currency.
pub(super) fn post_actuals(desk: &Desk, ledger: &mut Vec<Posting>, unrated: &mut Vec<Currency>) {
    let production = desk.production;
    for (row, actual) in production.actuals.iter().enumerate() {
        let state = match actual.state {
            ActualState::Posted => CostState::Actual,
            ActualState::Accrued => CostState::Accrued,
        };
        let task = actual.task.map(|id| &production.tasks[id]);
        let department =
            task.map(|task| task.department).or_else(|| desk.department_of(actual.account));
        ledger.push(Posting {
            department,
            entity: task.map(|task| task.entity),
            show: actual.show.or_else(|| task.map(|task| production.show_of(task.entity))),
            person: actual.person,
            vendor: actual.vendor,
            task: actual.task,
            row: Some(row as u32),
            amount: home(desk, actual.amount, actual.currency, actual.date, unrated),
            ..Posting::new(actual.date, actual.account, PostingKind::Actual, state)
        });
        apart(desk, ledger, actual.amount, actual.currency);
    }
}

/// Puts what the last posting costs more or less than at the rate of the budget on the account for that;
/// where the budget has no rate for the currency, or there is no such account, all stays together.
fn apart(desk: &Desk, ledger: &mut Vec<Posting>, amount: Cents, currency: Currency) {
    let at_budget = desk.production.convert_at_budget(amount, currency);
    let exchange = desk.first_account(|account| account.kind == AccountKind::Exchange);
    let (Some(at_budget), Some(exchange), Some(last)) = (at_budget, exchange, ledger.last_mut())
    else {
        return;
    };
    let more = last.amount - at_budget;
    if more == Cents::ZERO || last.account == exchange {
        return;
    }
    last.amount = at_budget;
    let posting = Posting {
        account: exchange,
        department: desk.department_of(exchange),
        entity: None,
        task: None,
        amount: more,
        ..last.clone()
    };
    ledger.push(posting);
}

/// What is left of an order given to a vendor.
struct OpenOrder<'a> {
    order: &'a Commitment,
    left: Cents,
}

/// Orders for a package pay for it first, then those for a show, then those for any.
pub(super) fn rank(order: &Commitment) -> (bool, bool) {
    (order.contents.is_empty(), order.show.is_none())
}

/// Posts the open rest of each purchase order (its value with approved changes, less what is drawn and
/// accrued, never below 0) on the day it is expected; an order that is overdue or has no date stands on the day
/// of the plan. What is accrued of it is in no books yet, and stands on the day of the plan too.
///
/// Then the vendors' planned tasks, in the order of the plan: bid days × day price, less what is left
/// of the orders to that vendor that have the task in their package, is still to be ordered, and posted on the
/// last day of the task.
pub(super) fn post_vendors(desk: &Desk, ledger: &mut Vec<Posting>, unrated: &mut Vec<Currency>) {
    let production = desk.production;
    let mut orders: Vec<OpenOrder> = Vec::new();
    let values = production.order_values();
    for (row, (order, value)) in production.commitments.iter().zip(values).enumerate() {
        let as_of = production.settings.as_of;
        let date = order.expected.unwrap_or(as_of).max(as_of);
        let open = (value - order.drawn - order.accrued).max(Cents::ZERO);
        let amount = home(desk, open, order.currency, date, unrated);
        if order.vendor.is_some() {
            orders.push(OpenOrder { order, left: amount });
        }
        let posting = |date, amount, state| Posting {
            department: desk.department_of(order.account),
            show: order.show,
            vendor: order.vendor,
            row: Some(row as u32),
            amount,
            ..Posting::new(date, order.account, PostingKind::Commitment, state)
        };
        if order.accrued != Cents::ZERO {
            let accrued = home(desk, order.accrued, order.currency, as_of, unrated);
            ledger.push(posting(as_of, accrued, CostState::Accrued));
            apart(desk, ledger, order.accrued, order.currency);
        }
        ledger.push(posting(date, amount, CostState::Committed));
        apart(desk, ledger, open, order.currency);
    }
    orders.sort_by_key(|open| rank(open.order));
    for (index, assignment) in desk.plan.assignments.iter().enumerate() {
        let Worker::Vendor(id) = assignment.worker else { continue };
        let vendor = &production.vendors[id];
        let task = &production.tasks[assignment.task];
        let show = production.show_of(task.entity);
        let date = desk.timeline.finish_date(assignment.end());
        let work = i128::from(production.work_left(assignment.task));
        let price = i128::from(vendor.day_price.0).saturating_mul(work);
        let price = round_half_even(price, i128::from(production.bid_day_minutes().max(1)));
        let mut due = home(desk, Cents(price), vendor.currency, date, unrated);
        let mut account = task.account.filter(|&account| {
            production
                .accounts
                .get(account)
                .is_some_and(|row: &Account| row.kind == AccountKind::Vendor)
        });
        let fits = |open: &&mut OpenOrder| {
            open.order.vendor == Some(id) && production.is_ordered_by(assignment.task, open.order)
        };
        for open in orders.iter_mut().filter(fits) {
            let covered = open.left.min(due).max(Cents::ZERO);
            open.left -= covered;
            due -= covered;
            account = account.or(Some(open.order.account));
        }
        if due <= Cents::ZERO {
            continue;
        }
        let account =
            account.unwrap_or_else(|| desk.account(AccountKind::Vendor, Some(task.department)));
        ledger.push(Posting {
            department: Some(task.department),
            entity: Some(task.entity),
            show: Some(show),
            vendor: Some(id),
            task: Some(assignment.task),
            assignment: Some(index as u32),
            amount: due,
            ..Posting::new(date, account, PostingKind::Vendor, CostState::Etc)
        });
    }
}

/// `amount` in the production's currency. Without any rate the number is taken as it stands and the
/// currency is noted, so that the forecast can say so.
fn home(
    desk: &Desk,
    amount: Cents,
    currency: Currency,
    date: Date,
    unrated: &mut Vec<Currency>,
) -> Cents {
    desk.production.convert(amount, currency, date).unwrap_or_else(|| {
        if !unrated.contains(&currency) {
            unrated.push(currency);
        }
        amount
    })
}
