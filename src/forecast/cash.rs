//! Cash by week: when the money of the cost report leaves, and when the client's arrives.
//!
//! Every posting becomes one or more payments that add to it, so that all that is paid is the final cost;
//! every award becomes receipts that add to it. `docs/rules.md`, "Cash", has the terms.

use super::approvals::Approvals;
use super::incentives::Incentive;
use super::ledger::{CostState, Desk, Posting, PostingKind};
use crate::model::{AccountKind, Cents, Id, Production, ShowId, VendorId, round_half_even};
use jiff::Span;
use jiff::civil::Date;

mod paydays;
mod receipts;
mod vendors;
mod weeks;

pub use paydays::period_end;
pub(super) use vendors::terms;

use paydays::Paydays;
use vendors::order_of;

/// What a movement of cash is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CashKind {
    /// Pay of people.
    Payroll,
    /// Employer's cost on top of pay.
    Fringe,
    /// A vendor's invoice.
    Vendor,
    /// Any other cost.
    Other,
    /// The client pays.
    Receipt,
    /// A tax incentive is paid out.
    Incentive,
}

/// A payment of a client or vendor, or an incentive: movements that have a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashEvent {
    /// Day on which what it waits for happens.
    pub invoiced: Date,
    /// Day of the money.
    pub date: Date,
    /// What it is for.
    pub kind: CashKind,
    /// Amount, positive in both directions.
    pub amount: Cents,
    /// Show of a receipt.
    pub show: Option<ShowId>,
    /// Vendor paid.
    pub vendor: Option<VendorId>,
    /// What it is tied to, in the words of the payment steps.
    pub tied_to: String,
    /// It waits for the plan: an approval or a delivery that is still to come.
    pub planned: bool,
    /// Row of the ledger that it pays for; `None` = a client payment to come, or an incentive.
    pub posting: Option<u32>,
}

/// A movement of cash without a name: what one row of the ledger makes leave on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashLine {
    /// Day of the money.
    pub date: Date,
    /// What it is for.
    pub kind: CashKind,
    /// Amount.
    pub amount: Cents,
    /// Row of the ledger.
    pub posting: u32,
}

/// Cash of one week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CashWeek {
    /// Monday.
    pub week: Date,
    /// Pay of people.
    pub payroll: Cents,
    /// Employer's cost on top of pay.
    pub fringe: Cents,
    /// Vendors' invoices.
    pub vendors: Cents,
    /// Other cost.
    pub other: Cents,
    /// Client payments.
    pub receipts: Cents,
    /// Incentives paid out.
    pub incentives: Cents,
    /// Cash at hand at the end of the week, with what was there before the first.
    pub balance: Cents,
}

impl CashWeek {
    /// All that is paid.
    pub fn paid(&self) -> Cents {
        self.payroll + self.fringe + self.vendors + self.other
    }
    /// All that comes in.
    pub fn received(&self) -> Cents {
        self.receipts + self.incentives
    }
    /// Received less paid.
    pub fn net(&self) -> Cents {
        self.received() - self.paid()
    }
}

/// Cash over the whole production.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cash {
    /// Cash at hand before the first week.
    pub opening: Cents,
    /// Every week from the first to the last movement.
    pub weeks: Vec<CashWeek>,
    /// Payments with a name, by date.
    pub events: Vec<CashEvent>,
    /// All other movements, in the order of the ledger. Weeks are sums of them and of the events.
    pub lines: Vec<CashLine>,
    /// The week from that of the plan on in which the balance is lowest.
    pub lowest: Option<usize>,
    /// Paid after the day of the plan.
    pub to_pay: Cents,
    /// Received after the day of the plan.
    pub to_come: Cents,
    /// The lowest balance, and its Monday, if each client payment still to come is 30 days late.
    pub if_client_is_late: Option<(Date, Cents)>,
}

/// Days that a late client takes in [`Cash::if_client_is_late`].
pub const LATE_DAYS: i64 = 30;

/// Cash of a ledger.
pub(super) fn cash(desk: &Desk, ledger: &[Posting], incentives: &[Incentive]) -> Cash {
    let production = desk.production;
    let approvals = Approvals::of(desk);
    let mut events = receipts::receipts(desk, ledger, &approvals);
    let mut lines: Vec<CashLine> = Vec::with_capacity(2 * ledger.len());
    let mut payday = Paydays::new(production);
    let values = production.order_values();
    for (row, posting) in costs_by_row(production, ledger) {
        match (posting.kind, posting.person, posting.vendor) {
            (kind, Some(person), _) if kind.is_time() || kind == PostingKind::Overtime => {
                payday.pay(person, posting, row, &mut lines);
            }
            (PostingKind::Actual, Some(person), None) if posting.state == CostState::Accrued => {
                payday.pay(person, posting, row, &mut lines);
            }
            (PostingKind::Actual, _, Some(vendor)) => {
                let date = after(posting.date, terms(production, Some(vendor)));
                events.push(CashEvent {
                    invoiced: posting.date,
                    date,
                    kind: CashKind::Vendor,
                    amount: posting.amount,
                    show: posting.show,
                    vendor: Some(vendor),
                    tied_to: "invoice".to_owned(),
                    planned: false,
                    posting: Some(row),
                });
            }
            (PostingKind::Commitment, _, Some(vendor)) if posting.state == CostState::Accrued => {
                // Delivered, not invoiced yet: the invoice is taken to come on the day of the plan.
                events.push(CashEvent {
                    invoiced: posting.date,
                    date: after(posting.date, terms(production, Some(vendor))),
                    kind: CashKind::Vendor,
                    amount: posting.amount,
                    show: posting.show,
                    vendor: Some(vendor),
                    tied_to: order_of(production, posting)
                        .map_or_else(String::new, |order| format!("{}: accrued", order.code)),
                    planned: false,
                    posting: Some(row),
                });
            }
            (PostingKind::Commitment, ..) => {
                let value = posting.row.and_then(|order| values.get(order as usize)).copied();
                let value = value.unwrap_or_default();
                if !vendors::order(desk, (row, posting), value, &approvals, &mut events) {
                    lines.push(other(row, posting));
                }
            }
            (PostingKind::Vendor, _, Some(vendor)) => {
                vendors::planned_vendor(desk, vendor, (row, posting), &approvals, &mut events);
            }
            _ => lines.push(other(row, posting)),
        }
    }
    for (row, incentive) in incentives.iter().enumerate() {
        if incentive.expected != Cents::ZERO {
            events.push(CashEvent {
                invoiced: incentive.last_cost.unwrap_or(incentive.received),
                date: incentive.received,
                kind: CashKind::Incentive,
                amount: incentive.expected,
                show: None,
                vendor: None,
                tied_to: production.incentives[row].code.clone(),
                planned: true,
                posting: None,
            });
        }
    }
    events.retain(|event| event.amount != Cents::ZERO);
    events.sort_by_key(|event| (event.date, event.kind));
    let as_of = production.settings.as_of;
    let is_out = |kind: CashKind| !matches!(kind, CashKind::Receipt | CashKind::Incentive);
    let opening = production.settings.cash.opening;
    let sums = weeks::by_day(&lines);
    let weeks = weeks::weeks(opening, as_of, &sums, events.iter().map(|event| (event.date, event)));
    let lowest = weeks::lowest(&weeks, as_of);
    let late = |event: &CashEvent| match event.kind {
        CashKind::Receipt if event.date >= as_of => after(event.date, LATE_DAYS),
        _ => event.date,
    };
    let slipped =
        weeks::weeks(opening, as_of, &sums, events.iter().map(|event| (late(event), event)));
    let later: Cents = sums.range((as_of, CashKind::Payroll)..).map(|(_, amount)| *amount).sum();
    let named = |out: bool| -> Cents {
        let rows = events.iter().filter(|row| row.date >= as_of && is_out(row.kind) == out);
        rows.map(|row| row.amount).sum()
    };
    Cash {
        opening,
        lowest,
        to_pay: later + named(true),
        to_come: named(false),
        if_client_is_late: weeks::lowest(&slipped, as_of)
            .map(|week| (slipped[week].week, slipped[week].balance)),
        weeks,
        events,
        lines,
    }
}

/// The postings that are cost, with their rows of the ledger.
fn costs_by_row<'a>(
    production: &Production,
    ledger: &'a [Posting],
) -> impl Iterator<Item = (u32, &'a Posting)> + use<'a> {
    let revenue: Vec<bool> =
        production.accounts.iter().map(|row| row.kind == AccountKind::Revenue).collect();
    let rows = ledger.iter().enumerate().map(|(row, posting)| (row as u32, posting));
    rows.filter(move |(_, posting)| !revenue.get(posting.account.index()).copied().unwrap_or(false))
}

/// Money that leaves on the day of its cost.
fn other(row: u32, posting: &Posting) -> CashLine {
    CashLine { date: posting.date, kind: CashKind::Other, amount: posting.amount, posting: row }
}

pub(super) fn after(date: Date, days: i64) -> Date {
    // More days than the calendar has would be no span at all.
    date.saturating_add(Span::new().days(days.clamp(-4_000_000, 4_000_000)))
}

/// `total` by weights: each part rounded half to even, what is left on the largest (the first of
/// equals). Without any weight all of it is the last part.
pub(super) fn split(total: Cents, weights: &[i64]) -> Vec<Cents> {
    let whole: i128 = weights.iter().map(|weight| i128::from((*weight).max(0))).sum();
    if weights.is_empty() {
        return Vec::new();
    }
    if whole == 0 {
        let mut parts = vec![Cents::ZERO; weights.len()];
        parts[weights.len() - 1] = total;
        return parts;
    }
    let part = |weight: &i64| {
        Cents(round_half_even(
            i128::from(total.0).saturating_mul(i128::from((*weight).max(0))),
            whole,
        ))
    };
    let mut parts: Vec<Cents> = weights.iter().map(part).collect();
    let given: Cents = parts.iter().copied().sum();
    let largest = (0..weights.len()).max_by_key(|&at| (weights[at], std::cmp::Reverse(at)));
    if let Some(largest) = largest {
        parts[largest] += total - given;
    }
    parts
}
