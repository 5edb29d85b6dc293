//! What is with vendors, what will be, and what is at risk.

use super::approvals::{Approval, Approvals};
use super::cash::Cash;
use super::changes::Change;
use super::ledger::{CostState, Desk, Posting};
use super::rollup::costs;
use crate::model::{Cents, ChangeState, DepartmentId, Id, SequenceId, ShowId, VendorId, Worker};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// One vendor on one show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VendorShow {
    /// The vendor.
    pub vendor: VendorId,
    /// The show; `None` = not of one show.
    pub show: Option<ShowId>,
    /// Value of all orders, with approved changes.
    pub contracted: Cents,
    /// Approved changes of it.
    pub changes: Cents,
    /// What priced and sent change orders would add to the final cost.
    pub pending: Cents,
    /// Price of change orders that are not agreed and whose work has begun: it may be invoiced all the same.
    pub unapproved: Cents,
    /// Posted and accrued.
    pub to_date: Cents,
    /// The open rest of the orders.
    pub open: Cents,
    /// Planned work that no order covers: projected to be awarded.
    pub projected: Cents,
    /// Open orders and projected work × the vendor's chance of a late delivery: what to expect late.
    pub at_risk: Cents,
    /// What watching over the rest takes of our own people, by the vendor's share.
    pub supervision: Cents,
    /// Its payments before the day of the plan.
    pub paid: Cents,
    /// Its payments from that day on.
    pub to_pay: Cents,
    /// Work in the plan.
    pub packages: Vec<Package>,
}

impl VendorShow {
    /// What may still have to be paid: open orders, projected work and pending changes.
    pub fn exposure(&self) -> Cents {
        self.open + self.projected + self.pending
    }
    /// Cost to date, open orders and projected work.
    pub fn final_cost(&self) -> Cents {
        self.to_date + self.open + self.projected
    }
}

/// A vendor's tasks of one department in one sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Package {
    /// The department.
    pub department: DepartmentId,
    /// The sequence; `None` = assets and the like.
    pub sequence: Option<SequenceId>,
    /// Tasks.
    pub tasks: u32,
    /// Work left, in minutes at the bid standard.
    pub minutes: i64,
    /// First day.
    pub start: Date,
    /// Last delivery.
    pub delivery: Date,
    /// Last acceptance, reviews included; `None` = some of it has no place.
    pub acceptance: Option<Date>,
}

/// Every vendor with money or work, by vendor and show.
pub(super) fn vendors(
    desk: &Desk,
    ledger: &[Posting],
    changes: &[Change],
    cash: &Cash,
) -> Vec<VendorShow> {
    let production = desk.production;
    let approvals = Approvals::of(desk);
    let mut rows: BTreeMap<(VendorId, Option<ShowId>), VendorShow> = BTreeMap::new();
    fn row(
        rows: &mut BTreeMap<(VendorId, Option<ShowId>), VendorShow>,
        vendor: VendorId,
        show: Option<ShowId>,
    ) -> &mut VendorShow {
        rows.entry((vendor, show)).or_insert_with(|| VendorShow {
            vendor,
            show,
            contracted: Cents::ZERO,
            changes: Cents::ZERO,
            pending: Cents::ZERO,
            unapproved: Cents::ZERO,
            to_date: Cents::ZERO,
            open: Cents::ZERO,
            projected: Cents::ZERO,
            at_risk: Cents::ZERO,
            supervision: Cents::ZERO,
            paid: Cents::ZERO,
            to_pay: Cents::ZERO,
            packages: Vec::new(),
        })
    }
    for order in &production.commitments {
        let Some(vendor) = order.vendor else { continue };
        let date = order.expected.unwrap_or(production.settings.as_of);
        let value = production.convert(order.amount, order.currency, date);
        row(&mut rows, vendor, order.show).contracted += value.unwrap_or(order.amount);
    }
    for (order, change) in production.change_orders.iter().zip(changes) {
        let of = order.order.and_then(|row| production.commitments.get(row));
        let Some((vendor, show)) = of.and_then(|of| Some((of.vendor?, of.show))) else { continue };
        let row = row(&mut rows, vendor, show);
        if order.state == ChangeState::Approved {
            row.contracted += change.amount;
            row.changes += change.amount;
        }
        row.pending += change.adds;
        if !order.state.is_agreed() && change.begun > 0 {
            row.unapproved += change.amount.max(Cents::ZERO);
        }
    }
    for posting in costs(production, ledger) {
        let Some(vendor) = posting.vendor else { continue };
        let row = row(&mut rows, vendor, posting.show);
        match posting.state {
            CostState::Actual | CostState::Accrued => row.to_date += posting.amount,
            CostState::Committed => row.open += posting.amount,
            CostState::Etc => row.projected += posting.amount,
        }
    }
    for event in &cash.events {
        let Some(vendor) = event.vendor else { continue };
        let row = row(&mut rows, vendor, event.show);
        let is_past = event.date < production.settings.as_of;
        *if is_past { &mut row.paid } else { &mut row.to_pay } += event.amount;
    }
    for assignment in &desk.plan.assignments {
        let Worker::Vendor(vendor) = assignment.worker else { continue };
        let task = &production.tasks[assignment.task];
        let show = production.show_of(task.entity);
        let packages = &mut row(&mut rows, vendor, Some(show)).packages;
        let sequence = production.sequence_of(task.entity);
        let accepted = match approvals.task(assignment.task) {
            Approval::On(date) => Some(date),
            Approval::Done | Approval::Never => None,
        };
        let delivery = desk.timeline.finish_date(assignment.end());
        let start = desk.timeline.start_date(assignment.start());
        let minutes = production.work_left(assignment.task);
        let same =
            |row: &&mut Package| row.department == task.department && row.sequence == sequence;
        match packages.iter_mut().find(same) {
            Some(package) => {
                package.tasks += 1;
                package.minutes = package.minutes.saturating_add(minutes);
                package.start = package.start.min(start);
                package.delivery = package.delivery.max(delivery);
                package.acceptance = package.acceptance.zip(accepted).map(|(a, b)| a.max(b));
            }
            None => packages.push(Package {
                department: task.department,
                sequence,
                tasks: 1,
                minutes,
                start,
                delivery,
                acceptance: accepted,
            }),
        }
    }
    let mut rows: Vec<VendorShow> = rows.into_values().collect();
    for row in &mut rows {
        let vendor = &production.vendors[row.vendor];
        let coming = row.open + row.projected;
        row.at_risk = coming.basis_points(vendor.late_probability);
        row.supervision = coming.basis_points(vendor.supervision);
        row.packages.sort_by_key(|package| {
            (package.delivery, package.department.index(), package.sequence.map(Id::index))
        });
    }
    rows
}
