//! The line producer's answers, read off a result; none where it was saved without them.

use crate::result::{
    BidsAnswer, CashAnswer, CashEvent, Document, EarnedAnswer, Heading, Incentive, MarginAnswer,
    VendorsAnswer,
};
use jiff::civil::Date;
use std::collections::HashMap;

pub(super) fn heading(document: &Document) -> Heading {
    let info = &document.production;
    Heading {
        production: info.name.clone(),
        as_of: info.as_of,
        currency: info.currency.clone(),
        currency_decimals: info.currency_decimals,
        mode: info.mode.clone(),
        cut_short: false,
    }
}

/// When the money moves.
pub fn cash(document: &Document) -> Option<CashAnswer> {
    let mut cash = document.desk.as_ref()?.cash.clone();
    cash.events = together(&cash.events);
    // Figures are opened one at a time: their lines are no part of the answer.
    cash.paydays.clear();
    cash.on_the_day.clear();
    Some(CashAnswer { heading: heading(document), cash })
}

/// Day of the money and of the invoice, kind, show, vendor, what for, whether the plan decides.
pub(super) type PaymentKey<'a> =
    (Date, Date, &'a str, Option<&'a str>, Option<&'a str>, &'a str, bool);

/// What payments that are one have in common.
pub(super) fn payment_key(row: &CashEvent) -> PaymentKey<'_> {
    let (show, vendor) = (row.show.as_deref(), row.vendor.as_deref());
    (row.date, row.invoiced, &row.kind, show, vendor, &row.tied_to, row.planned)
}

/// Payments of one day for one thing are one: what is not ordered yet is planned task by task, and nobody sends
/// an invoice for each. In the order of the first of them.
pub(super) fn together(events: &[CashEvent]) -> Vec<CashEvent> {
    let mut places: HashMap<PaymentKey, usize> = HashMap::new();
    let mut all: Vec<CashEvent> = Vec::new();
    for row in events {
        let key = payment_key(row);
        match places.get(&key) {
            Some(&place) => {
                let known: &mut CashEvent = &mut all[place];
                known.amount = known.amount.saturating_add(row.amount);
            }
            None => {
                places.insert(key, all.len());
                all.push(CashEvent { posting: None, ..row.clone() });
            }
        }
    }
    all
}

/// What is with vendors, and what could still be saved.
pub fn vendors(document: &Document) -> Option<VendorsAnswer> {
    let desk = document.desk.as_ref()?;
    Some(VendorsAnswer {
        heading: heading(document),
        day_minutes: document.production.day_minutes,
        vendors: desk.vendors.clone(),
        changes: desk.changes.iter().filter(|row| row.order.is_some()).cloned().collect(),
        payments: together(&desk.cash.events)
            .into_iter()
            .filter(|row| row.vendor.is_some())
            .collect(),
        ladder: desk.ladder.clone(),
    })
}

/// What is left of the money that comes in.
pub fn margin(document: &Document) -> Option<MarginAnswer> {
    let desk = document.desk.as_ref()?;
    Some(MarginAnswer {
        heading: heading(document),
        margin: desk.margin.clone(),
        changes: desk.changes.iter().filter(|row| row.order.is_none()).cloned().collect(),
        incentives: {
            let mut rows = desk.incentives.clone();
            rows.iter_mut().for_each(without_lines);
            rows
        },
    })
}

fn without_lines(row: &mut Incentive) {
    row.of.clear();
    row.of_parts.clear();
}

/// What is done for what was spent.
pub fn earned_value(document: &Document) -> Option<EarnedAnswer> {
    let mut earned = document.desk.as_ref()?.earned.clone();
    for row in earned.iter_mut().flat_map(|earned| &mut earned.departments) {
        row.tasks.clear();
    }
    Some(EarnedAnswer { heading: heading(document), earned })
}

/// Finished work against its bids.
pub fn bids(document: &Document) -> Option<BidsAnswer> {
    let mut bids = document.desk.as_ref()?.bids.clone();
    bids.iter_mut().for_each(|row| row.of.clear());
    let day_minutes = document.production.day_minutes;
    Some(BidsAnswer { heading: heading(document), day_minutes, bids })
}
