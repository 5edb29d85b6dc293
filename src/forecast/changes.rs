//! Change orders in both directions: what each is about, what its work costs, and what is not agreed yet.

use super::ledger::{CostState, Desk, Posting, PostingKind};
use super::rollup::costs;
use crate::model::{Cents, ChangeOrder, ChangeState, Id, Production, Status};

/// What one change order of the production is about, in its order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// Its price in the production's currency.
    pub amount: Cents,
    /// Tasks of it that have begun.
    pub begun: u32,
    /// Cost to date of its tasks.
    pub spent: Cents,
    /// Cost to go of its tasks.
    pub to_go: Cents,
    /// What a vendor's change would add to the final cost if it were approved: its price, less what the plan
    /// has for its tasks beyond all orders. 0 where it is decided, is a draft, or takes something off.
    pub adds: Cents,
}

/// Whether work on a task has begun, or is done.
pub(super) fn has_begun(production: &Production, task: crate::model::TaskId) -> bool {
    let row = &production.tasks[task];
    row.status != Status::Omit && (row.logged > 0 || row.status.is_open() || row.status.is_done())
}

/// A row for each change order, in their order.
pub(super) fn changes(desk: &Desk, ledger: &[Posting]) -> Vec<Change> {
    let production = desk.production;
    let mut of_task = vec![Vec::new(); production.tasks.len()];
    for (row, change) in production.change_orders.iter().enumerate() {
        for task in &change.tasks {
            of_task[task.index()].push(row);
        }
    }
    let mut rows: Vec<Change> = production
        .change_orders
        .iter()
        .map(|change| Change {
            amount: at_home(production, change),
            begun: change.tasks.iter().filter(|task| has_begun(production, **task)).count() as u32,
            ..Change::default()
        })
        .collect();
    let mut planned = vec![Cents::ZERO; rows.len()];
    for posting in costs(production, ledger) {
        let Some(task) = posting.task else { continue };
        for &row in &of_task[task.index()] {
            match posting.state {
                CostState::Actual | CostState::Accrued => rows[row].spent += posting.amount,
                CostState::Committed | CostState::Etc => rows[row].to_go += posting.amount,
            }
            if posting.kind == PostingKind::Vendor {
                planned[row] += posting.amount;
            }
        }
    }
    for ((row, change), planned) in rows.iter_mut().zip(&production.change_orders).zip(planned) {
        let is_pending = matches!(change.state, ChangeState::Priced | ChangeState::Sent);
        if is_pending && change.order.is_some() {
            row.adds = (row.amount - planned).max(Cents::ZERO);
        }
    }
    rows
}

fn at_home(production: &Production, change: &ChangeOrder) -> Cents {
    let Some(order) = change.order.and_then(|row| production.commitments.get(row)) else {
        return change.amount;
    };
    let as_of = production.settings.as_of;
    let date = order.expected.unwrap_or(as_of).max(as_of);
    production.convert(change.amount, order.currency, date).unwrap_or(change.amount)
}
