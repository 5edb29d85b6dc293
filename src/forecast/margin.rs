//! What is left of the money that comes in: with approved, pending and unapproved changes.

use super::cost_report::ReportRow;
use super::incentives::Incentive;
use super::ledger::{CostState, Posting};
use super::rollup::costs;
use crate::model::{Cents, ChangeState, Id, Production};

/// Revenue against cost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Margin {
    /// Awards of all shows.
    pub award: Cents,
    /// Change orders that the client has signed.
    pub approved: Cents,
    /// Change orders that are priced or sent.
    pub pending: Cents,
    /// Change orders that are drafts.
    pub draft: Cents,
    /// Estimated final cost before incentives.
    pub gross: Cents,
    /// Incentives to expect for the studio.
    pub incentives: Cents,
    /// Cost to date of work on change orders that are not approved (rejected and absorbed ones too).
    pub unapproved_spent: Cents,
    /// Cost to go of that work.
    pub unapproved_to_go: Cents,
}

impl Margin {
    /// Awards and approved changes.
    pub fn revenue(&self) -> Cents {
        self.award + self.approved
    }
    /// Gross cost less incentives.
    pub fn net_cost(&self) -> Cents {
        self.gross - self.incentives
    }
    /// Revenue less net cost.
    pub fn margin(&self) -> Cents {
        self.revenue() - self.net_cost()
    }
    /// The margin if all pending changes are approved too.
    pub fn with_pending(&self) -> Cents {
        self.margin() + self.pending
    }
}

pub(super) fn margin(
    production: &Production,
    total: &ReportRow,
    ledger: &[Posting],
    incentives: &[Incentive],
) -> Margin {
    let of_state = |states: &[ChangeState]| -> Cents {
        let rows = production.change_orders.iter().filter(|row| states.contains(&row.state));
        rows.map(|row| row.amount).sum()
    };
    let mut unapproved = vec![false; production.tasks.len()];
    for order in &production.change_orders {
        if order.state != ChangeState::Approved {
            for task in &order.tasks {
                unapproved[task.index()] = true;
            }
        }
    }
    // What an approved order pays for is approved, whatever else names it.
    for order in &production.change_orders {
        if order.state == ChangeState::Approved {
            for task in &order.tasks {
                unapproved[task.index()] = false;
            }
        }
    }
    let (mut spent, mut to_go) = (Cents::ZERO, Cents::ZERO);
    for posting in costs(production, ledger) {
        if posting.task.is_some_and(|task| unapproved[task.index()]) {
            match posting.state {
                CostState::Actual | CostState::Accrued => spent += posting.amount,
                CostState::Committed | CostState::Etc => to_go += posting.amount,
            }
        }
    }
    Margin {
        award: production.shows.iter().filter_map(|show| show.award).sum(),
        approved: of_state(&[ChangeState::Approved]),
        pending: of_state(&[ChangeState::Priced, ChangeState::Sent]),
        draft: of_state(&[ChangeState::Draft]),
        gross: total.efc(),
        incentives: incentives.iter().map(|row| row.expected).sum(),
        unapproved_spent: spent,
        unapproved_to_go: to_go,
    }
}
