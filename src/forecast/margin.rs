//! What is left of the money that comes in: with approved, pending and unapproved changes.

use super::changes::Change;
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
    /// What priced and sent changes of vendors' orders would add to the gross cost.
    pub vendors_pending: Cents,
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
    /// The margin if all pending changes are approved too, the client's and the vendors'.
    pub fn with_pending(&self) -> Cents {
        self.margin() + self.pending - self.vendors_pending
    }
}

pub(super) fn margin(
    production: &Production,
    total: &ReportRow,
    ledger: &[Posting],
    incentives: &[Incentive],
    changes: &[Change],
) -> Margin {
    // What changes an order is a matter of cost.
    let of_client = || production.change_orders.iter().filter(|row| row.order.is_none());
    let of_state = |states: &[ChangeState]| -> Cents {
        of_client().filter(|row| states.contains(&row.state)).map(|row| row.amount).sum()
    };
    let mut unapproved = vec![false; production.tasks.len()];
    for order in of_client() {
        if order.state != ChangeState::Approved {
            for task in &order.tasks {
                unapproved[task.index()] = true;
            }
        }
    }
    // What an approved order pays for is approved, whatever else names it.
    for order in of_client() {
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
        vendors_pending: changes.iter().map(|row| row.adds).sum(),
    }
}
