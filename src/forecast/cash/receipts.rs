//! Client payments: what the books have, and the steps that are still to come.

use super::super::approvals::{Approval, Approvals};
use super::super::ledger::{Desk, Posting};
use super::{CashEvent, CashKind, after, split};
use crate::model::{
    AccountKind, Cents, ChangeState, PaymentStep, Production, ShowId, days_between,
};
use jiff::civil::Date;

/// Days from delivery to acceptance where the steps don't say.
const ACCEPTANCE_DAYS: i64 = 30;

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
pub(super) fn receipts(desk: &Desk, ledger: &[Posting], approvals: &Approvals) -> Vec<CashEvent> {
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
                let step =
                    |step: &&PaymentStep| (step.share, "", step.date, i64::from(step.terms_days));
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
