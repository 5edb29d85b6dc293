//! Payments of orders and of work still to be ordered: by the vendor's steps and terms.

use super::super::approvals::{Approval, Approvals};
use super::super::ledger::{Desk, Posting};
use super::{CashEvent, CashKind, after, split};
use crate::model::{Cents, Commitment, Production, VendorId, Worker, step_lag};
use jiff::civil::Date;

/// The open rest of an order: with a vendor by its payment steps, those drawn first being paid. `value` is its
/// value with approved changes. An order without a vendor has no steps: then it says no.
pub(super) fn order(
    desk: &Desk,
    (row, posting): (u32, &Posting),
    value: Cents,
    approvals: &Approvals,
    events: &mut Vec<CashEvent>,
) -> bool {
    let production = desk.production;
    let order = order_of(production, posting);
    let (Some(order), Some(vendor)) = (order, posting.vendor) else {
        return false;
    };
    let as_of = production.settings.as_of;
    // Delivery and acceptance are those of the vendor's planned tasks in its package, if it has any.
    let mine = desk.plan.assignments.iter().filter(|row| {
        row.worker == Worker::Vendor(vendor) && production.is_ordered_by(row.task, order)
    });
    let (mut delivered, mut accepted) = (None, None);
    for row in mine {
        delivered = delivered.max(Some(desk.timeline.finish_date(row.end())));
        if let Approval::On(date) = approvals.task(row.task) {
            accepted = accepted.max(Some(date));
        }
    }
    let delivery = delivered.unwrap_or(posting.date).max(as_of);
    let acceptance = accepted.unwrap_or(delivery).max(delivery);
    let steps = steps_of(production, vendor);
    let shares: Vec<i64> = steps.iter().map(|(share, _)| *share).collect();
    // What is drawn and accrued pays for the first steps.
    let mut drawn = order.drawn + order.accrued;
    let open: Vec<i64> = split(value, &shares)
        .into_iter()
        .map(|step| {
            let covered = drawn.min(step).max(Cents::ZERO);
            drawn -= covered;
            (step - covered).0
        })
        .collect();
    for ((_, tied_to), amount) in steps.iter().zip(split(posting.amount, &open)) {
        let invoiced = step_date(tied_to, as_of, delivery, acceptance);
        events.push(CashEvent {
            invoiced,
            date: after(invoiced, terms(production, Some(vendor))),
            kind: CashKind::Vendor,
            amount,
            show: order.show,
            vendor: Some(vendor),
            tied_to: format!("{}: {tied_to}", order.code),
            planned: delivered.is_some() && invoiced > as_of,
            posting: Some(row),
        });
    }
    true
}

/// Work still to be ordered: by the vendor's payment steps.
pub(super) fn planned_vendor(
    desk: &Desk,
    vendor: VendorId,
    (ledger_row, posting): (u32, &Posting),
    approvals: &Approvals,
    events: &mut Vec<CashEvent>,
) {
    let production = desk.production;
    let row = posting.assignment.and_then(|row| desk.plan.assignments.get(row as usize));
    let ordered = row.map_or(posting.date, |row| desk.timeline.start_date(row.start()));
    let accepted = match posting.task.map(|task| approvals.task(task)) {
        Some(Approval::On(date)) => date.max(posting.date),
        _ => posting.date,
    };
    let steps = steps_of(production, vendor);
    let shares: Vec<i64> = steps.iter().map(|(share, _)| *share).collect();
    for ((_, tied_to), amount) in steps.iter().zip(split(posting.amount, &shares)) {
        let invoiced = step_date(tied_to, ordered, posting.date, accepted);
        events.push(CashEvent {
            invoiced,
            date: after(invoiced, terms(production, Some(vendor))),
            kind: CashKind::Vendor,
            amount,
            show: posting.show,
            vendor: Some(vendor),
            tied_to: tied_to.clone(),
            planned: true,
            posting: Some(ledger_row),
        });
    }
}

/// A vendor's payment steps; all on delivery where it has none.
fn steps_of(production: &Production, vendor: VendorId) -> Vec<(i64, String)> {
    let steps = production.vendors[vendor].payments.clone();
    if steps.iter().all(|(share, _)| *share <= 0) {
        return vec![(10_000, "delivery".to_owned())];
    }
    steps
}

/// When each of a vendor's payment steps falls due: on the order, on delivery, on acceptance, or so many days after.
fn step_date(tied_to: &str, ordered: Date, delivered: Date, accepted: Date) -> Date {
    let word = tied_to.to_lowercase();
    let due = if word.contains("order") || word.contains("award") || word.contains("start") {
        ordered
    } else if word.contains("accept") || word.contains("approv") || word.contains("retention") {
        accepted
    } else {
        delivered
    };
    after(due, step_lag(tied_to).unwrap_or(0))
}

/// The purchase order of a posting.
pub(super) fn order_of<'p>(
    production: &'p Production,
    posting: &Posting,
) -> Option<&'p Commitment> {
    production.commitments.get(posting.row? as usize)
}

/// Days until a vendor is paid.
pub(in crate::forecast) fn terms(production: &Production, vendor: Option<VendorId>) -> i64 {
    let own = vendor.and_then(|id| production.vendors[id].terms_days);
    i64::from(own.unwrap_or(production.settings.cash.vendor_terms_days))
}
