//! Cash by week: when the money of the cost report leaves, and when the client's arrives.
//!
//! Every posting becomes one or more payments that add to it, so that all that is paid is the final cost;
//! every award becomes receipts that add to it. `docs/rules.md`, "Cash", has the terms.

use super::approvals::{Approval, Approvals};
use super::incentives::Incentive;
use super::ledger::{CostState, Desk, Posting, PostingKind, monday};
use crate::model::{
    AccountKind, Cents, ChangeState, Commitment, Contract, Id, PayCycle, PersonId, Production,
    ShowId, VendorId, days_between, round_half_even,
};
use jiff::Span;
use jiff::civil::Date;
use std::collections::BTreeMap;

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
const LATE_DAYS: i64 = 30;
/// Weeks shown without a gap; beyond, only weeks in which money moves.
const MOST_WEEKS: i64 = 1_000;
/// Days from delivery to acceptance where the steps don't say.
const ACCEPTANCE_DAYS: i64 = 30;

/// Cash of a ledger.
pub(super) fn cash(desk: &Desk, ledger: &[Posting], incentives: &[Incentive]) -> Cash {
    let production = desk.production;
    let approvals = Approvals::of(desk);
    let mut events = receipts(desk, ledger, &approvals);
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
                if !order(desk, (row, posting), value, &approvals, &mut events) {
                    lines.push(other(row, posting));
                }
            }
            (PostingKind::Vendor, _, Some(vendor)) => {
                planned_vendor(desk, vendor, (row, posting), &approvals, &mut events);
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
    let sums = by_day(&lines);
    let weeks = weeks(opening, as_of, &sums, events.iter().map(|event| (event.date, event)));
    let lowest = lowest(&weeks, as_of);
    let late = |event: &CashEvent| match event.kind {
        CashKind::Receipt if event.date >= as_of => after(event.date, LATE_DAYS),
        _ => event.date,
    };
    let slipped =
        self::weeks(opening, as_of, &sums, events.iter().map(|event| (late(event), event)));
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
        if_client_is_late: self::lowest(&slipped, as_of)
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

/// Lines by day and kind: there are few days on which anybody is paid.
fn by_day(lines: &[CashLine]) -> BTreeMap<(Date, CashKind), Cents> {
    let mut sums = BTreeMap::new();
    for line in lines {
        *sums.entry((line.date, line.kind)).or_default() += line.amount;
    }
    sums
}

fn weeks<'e>(
    opening: Cents,
    as_of: Date,
    lines: &BTreeMap<(Date, CashKind), Cents>,
    events: impl Iterator<Item = (Date, &'e CashEvent)>,
) -> Vec<CashWeek> {
    let mut sums = BTreeMap::<Date, CashWeek>::new();
    let empty = |week: Date| CashWeek {
        week,
        payroll: Cents::ZERO,
        fringe: Cents::ZERO,
        vendors: Cents::ZERO,
        other: Cents::ZERO,
        receipts: Cents::ZERO,
        incentives: Cents::ZERO,
        balance: Cents::ZERO,
    };
    sums.insert(monday(as_of), empty(monday(as_of)));
    let mut add = |date: Date, kind: CashKind, amount: Cents| {
        let week = monday(date);
        let row = sums.entry(week).or_insert_with(|| empty(week));
        let place = match kind {
            CashKind::Payroll => &mut row.payroll,
            CashKind::Fringe => &mut row.fringe,
            CashKind::Vendor => &mut row.vendors,
            CashKind::Other => &mut row.other,
            CashKind::Receipt => &mut row.receipts,
            CashKind::Incentive => &mut row.incentives,
        };
        *place += amount;
    };
    lines.iter().for_each(|(&(date, kind), &amount)| add(date, kind, amount));
    events.for_each(|(date, row)| add(date, row.kind, row.amount));
    let ends = sums.keys().next().copied().zip(sums.keys().next_back().copied());
    if let Some((first, last)) = ends
        && days_between(first, last) / 7 < MOST_WEEKS
    {
        for week in 0..=days_between(first, last) / 7 {
            let week = after(first, week * 7);
            sums.entry(week).or_insert_with(|| empty(week));
        }
    }
    let mut balance = opening;
    sums.into_values()
        .map(|mut row| {
            balance += row.net();
            row.balance = balance;
            row
        })
        .collect()
}

/// The first of the weeks with the lowest balance, from the week of the plan on.
fn lowest(weeks: &[CashWeek], as_of: Date) -> Option<usize> {
    let now = monday(as_of);
    let coming = weeks.iter().enumerate().filter(|(_, row)| row.week >= now);
    coming.min_by_key(|(_, row)| row.balance).map(|(row, _)| row)
}

pub(super) fn after(date: Date, days: i64) -> Date {
    // More days than the calendar has would be no span at all.
    date.saturating_add(Span::new().days(days.clamp(-4_000_000, 4_000_000)))
}

/// Days until a vendor is paid.
pub(super) fn terms(production: &Production, vendor: Option<VendorId>) -> i64 {
    let own = vendor.and_then(|id| production.vendors[id].terms_days);
    i64::from(own.unwrap_or(production.settings.cash.vendor_terms_days))
}

/// Pay by pay period, with the employer's cost on top split off.
struct Paydays<'a> {
    production: &'a Production,
    /// The contract that the last posting fell under: postings of a person come in runs.
    last: Option<(PersonId, &'a Contract)>,
}

impl<'a> Paydays<'a> {
    fn new(production: &'a Production) -> Paydays<'a> {
        Paydays { production, last: None }
    }

    fn pay(&mut self, person: PersonId, posting: &Posting, row: u32, lines: &mut Vec<CashLine>) {
        let contract = match self.last {
            Some((same, contract)) if same == person && contract.covers(posting.date) => {
                Some(contract)
            }
            _ => self.production.contract_on(person, posting.date),
        };
        self.last = contract.map(|contract| (person, contract));
        let burden = contract.map_or(0, |contract| contract.burden.max(0));
        let whole = 10_000 + i128::from(burden);
        let pay = Cents(round_half_even(i128::from(posting.amount.0) * 10_000, whole));
        let terms = &self.production.settings.cash;
        let date = after(period_end(terms.pay_cycle, posting.date), i64::from(terms.pay_lag_days));
        lines.push(CashLine { date, kind: CashKind::Payroll, amount: pay, posting: row });
        if posting.amount != pay {
            lines.push(CashLine {
                date: after(date, i64::from(terms.fringe_lag_days)),
                kind: CashKind::Fringe,
                amount: posting.amount - pay,
                posting: row,
            });
        }
    }
}

/// Last day of the pay period that `date` is in.
///
/// ```
/// use shotplan::forecast::period_end;
/// use shotplan::model::PayCycle;
/// use jiff::civil::date;
/// let wednesday = date(2027, 2, 3);
/// assert_eq!(period_end(PayCycle::Weekly, wednesday), date(2027, 2, 7));
/// assert_eq!(period_end(PayCycle::Monthly, wednesday), date(2027, 2, 28));
/// assert_eq!(period_end(PayCycle::Monthly, date(2028, 2, 1)), date(2028, 2, 29));
/// ```
pub fn period_end(cycle: PayCycle, date: Date) -> Date {
    let sunday = after(monday(date), 6);
    match cycle {
        PayCycle::Weekly => sunday,
        // Pairs of weeks are counted from Monday 5 January 1970.
        PayCycle::Fortnightly => {
            let weeks = days_between(jiff::civil::date(1970, 1, 5), monday(date)).div_euclid(7);
            after(sunday, 7 * (1 - weeks.rem_euclid(2)))
        }
        PayCycle::Monthly => date.last_of_month(),
    }
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

/// When each of a vendor's payment steps falls due: on the order, on delivery, on acceptance.
fn step_date(tied_to: &str, ordered: Date, delivered: Date, accepted: Date) -> Date {
    let word = tied_to.to_lowercase();
    if word.contains("order") || word.contains("award") || word.contains("start") {
        ordered
    } else if word.contains("accept") || word.contains("approv") || word.contains("retention") {
        accepted
    } else {
        delivered
    }
}

/// The purchase order of a posting.
fn order_of<'p>(production: &'p Production, posting: &Posting) -> Option<&'p Commitment> {
    production.commitments.get(posting.row? as usize)
}

/// The open rest of an order: with a vendor by its payment steps, those drawn first being paid. `value` is its
/// value with approved changes. An order without a vendor has no steps: then it says no.
fn order(
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
    // Delivery and acceptance are those of the vendor's planned tasks for that show, if it has any.
    let mine = desk.plan.assignments.iter().filter(|row| {
        row.worker == crate::model::Worker::Vendor(vendor)
            && order
                .show
                .is_none_or(|show| production.show_of(production.tasks[row.task].entity) == show)
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
fn planned_vendor(
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

/// Client payments, where no steps are agreed: share, event, days until paid.
const USUAL_STEPS: [(i64, &str); 6] = [
    (2_000, "award"),
    (2_000, "25% final"),
    (2_000, "50% final"),
    (2_000, "75% final"),
    (1_500, "final delivery"),
    (500, "acceptance"),
];
const USUAL_TERMS: i64 = 30;

/// Client payments of every show with an award, and its approved change orders.
///
/// Money that the books say is there pays for the first steps; what they lack of a step that is past
/// is overdue and expected on the day of the plan. Without any booked receipt, past steps are taken
/// as paid on their day.
fn receipts(desk: &Desk, ledger: &[Posting], approvals: &Approvals) -> Vec<CashEvent> {
    let production = desk.production;
    let as_of = production.settings.as_of;
    let mut events = booked(production, ledger);
    let any_booked = !events.is_empty();
    for (show, row) in production.shows.enumerate() {
        let mut due: Vec<CashEvent> = Vec::new();
        let mut received: Cents = events
            .iter()
            .filter(|event| event.show.is_none_or(|own| own == show))
            .map(|event| event.amount)
            .sum();
        let own: Vec<_> = production.payments.iter().filter(|step| step.show == show).collect();
        if let Some(award) = row.award {
            let steps: Vec<(i64, &str, Option<Date>, i64)> = if own.is_empty() {
                USUAL_STEPS.iter().map(|&(share, word)| (share, word, None, USUAL_TERMS)).collect()
            } else {
                let step = |step: &&crate::model::PaymentStep| {
                    (step.share, "", step.date, i64::from(step.terms_days))
                };
                own.iter()
                    .zip(own.iter().map(step))
                    .map(|(row, (share, _, date, terms))| {
                        (share, row.tied_to.as_str(), date, terms)
                    })
                    .collect()
            };
            let shares: Vec<i64> = steps.iter().map(|(share, ..)| *share).collect();
            let delivery =
                steps.iter().find(|(_, word, ..)| word.to_lowercase().contains("deliver"));
            let delivery = delivery.and_then(|(_, _, date, _)| *date);
            for ((_, word, date, terms), amount) in steps.iter().zip(split(award, &shares)) {
                let (invoiced, planned) = event_day(desk, approvals, show, word, *date, delivery);
                due.push(CashEvent {
                    invoiced,
                    date: after(invoiced, *terms),
                    kind: CashKind::Receipt,
                    amount,
                    show: Some(show),
                    vendor: None,
                    tied_to: (*word).to_owned(),
                    planned,
                    posting: None,
                });
            }
        }
        let terms = own.last().map_or(USUAL_TERMS, |step| i64::from(step.terms_days));
        for order in &production.change_orders {
            let is_clients = order.order.is_none() && order.show == show;
            if is_clients && order.state == ChangeState::Approved {
                let invoiced = order.date.unwrap_or(as_of);
                due.push(CashEvent {
                    invoiced,
                    date: after(invoiced, terms),
                    kind: CashKind::Receipt,
                    amount: order.amount,
                    show: Some(show),
                    vendor: None,
                    tied_to: order.code.clone(),
                    planned: false,
                    posting: None,
                });
            }
        }
        if any_booked {
            due.sort_by_key(|event| event.date);
            for event in &mut due {
                let covered = received.min(event.amount).max(Cents::ZERO);
                received -= covered;
                event.amount -= covered;
                if event.date < as_of {
                    event.date = as_of;
                }
            }
        }
        events.extend(due);
    }
    events
}

/// Receipts in the books.
fn booked(production: &Production, ledger: &[Posting]) -> Vec<CashEvent> {
    let is_revenue = |(_, posting): &(usize, &Posting)| {
        production
            .accounts
            .get(posting.account)
            .is_some_and(|account| account.kind == AccountKind::Revenue)
    };
    let event = |(row, posting): (usize, &Posting)| CashEvent {
        invoiced: posting.date,
        date: posting.date,
        kind: CashKind::Receipt,
        amount: posting.amount,
        show: posting.show,
        vendor: None,
        tied_to: "booked".to_owned(),
        planned: false,
        posting: Some(row as u32),
    };
    ledger.iter().enumerate().filter(is_revenue).map(event).collect()
}

/// The day of what a client payment is tied to, and whether the plan decides it.
fn event_day(
    desk: &Desk,
    approvals: &Approvals,
    show: ShowId,
    word: &str,
    date: Option<Date>,
    delivery: Option<Date>,
) -> (Date, bool) {
    let production = desk.production;
    let as_of = production.settings.as_of;
    let plain = word.trim().to_lowercase();
    let day = |approval: Approval| match approval {
        // It has happened: on the day that was agreed, as far as that is past.
        Approval::Done => (date.map_or(as_of, |date| date.min(as_of)), false),
        Approval::On(day) => (day.max(as_of), true),
        Approval::Never => (desk.timeline.last().max(as_of), true),
    };
    let milestone = production.milestones.enumerate().find(|(_, row)| {
        row.show == show
            && (row.code.eq_ignore_ascii_case(word.trim())
                || row.name.eq_ignore_ascii_case(word.trim()))
    });
    if let Some((id, _)) = milestone {
        return day(approvals.milestone(id));
    }
    if let Some((share, rest)) = plain.split_once('%')
        && let Ok(share) = share.trim().parse::<u32>()
        && rest.contains("final")
    {
        return day(approvals.share_of_shots(show, i64::from(share.min(100)) * 100));
    }
    if plain.contains("accept") {
        let lag = match (date, delivery) {
            (Some(accepted), Some(delivered)) => days_between(delivered, accepted).max(0),
            _ => ACCEPTANCE_DAYS,
        };
        let (delivered, planned) = day(approvals.show(show));
        return if planned {
            (after(delivered, lag), true)
        } else {
            (date.unwrap_or(delivered), false)
        };
    }
    if plain.contains("deliver") || plain.contains("final") {
        return day(approvals.show(show));
    }
    (date.or(production.shows[show].start).unwrap_or(as_of), false)
}
