//! When the money moves: payments and weeks of cash.

use crate::forecast::{self, CashKind, Forecast};
use crate::model::Production;
use crate::result::{Cash, CashEvent, CashWeek, PayLine, Payday};
use jiff::civil::Date;
use std::collections::{BTreeMap, HashMap};

/// `rows` says which row of the desk's postings each posting of the ledger is part of.
pub fn cash(production: &Production, forecast: &Forecast, rows: &[u32]) -> Cash {
    let cash = &forecast.cash;
    let week = |row: &forecast::CashWeek| CashWeek {
        week: row.week,
        payroll: row.payroll.0,
        fringe: row.fringe.0,
        vendors: row.vendors.0,
        other: row.other.0,
        paid: row.paid().0,
        receipts: row.receipts.0,
        incentives: row.incentives.0,
        net: row.net().0,
        balance: row.balance.0,
    };
    let event = |row: &forecast::CashEvent| CashEvent {
        invoiced: row.invoiced,
        date: row.date,
        kind: kind_word(row.kind).to_owned(),
        amount: row.amount.0,
        show: row.show.map(|id| production.shows[id].code.clone()),
        vendor: row.vendor.map(|id| production.vendors[id].code.clone()),
        tied_to: row.tied_to.clone(),
        planned: row.planned,
        posting: row.posting.and_then(|row| rows.get(row as usize)).copied(),
    };
    let lowest = cash.lowest.and_then(|row| cash.weeks.get(row));
    Cash {
        opening: cash.opening.0,
        weeks: cash.weeks.iter().map(week).collect(),
        events: cash.events.iter().map(event).collect(),
        lowest_week: lowest.map(|row| row.week),
        lowest: lowest.map_or(cash.opening.0, |row| row.balance.0),
        to_pay: cash.to_pay.0,
        to_come: cash.to_come.0,
        late_client_week: cash.if_client_is_late.map(|(week, _)| week),
        late_client_lowest: cash.if_client_is_late.map_or(cash.opening.0, |(_, amount)| amount.0),
        paydays: paydays(forecast, rows),
        on_the_day: on_the_day(forecast, rows),
    }
}

/// What people are paid, by payday and row of the postings.
fn paydays(forecast: &Forecast, rows: &[u32]) -> Vec<Payday> {
    let mut days: BTreeMap<(Date, CashKind), Vec<PayLine>> = BTreeMap::new();
    let mut places: HashMap<(Date, CashKind, u32), usize> = HashMap::new();
    for line in forecast.cash.lines.iter().filter(|line| line.kind != CashKind::Other) {
        let Some(&row) = rows.get(line.posting as usize) else { continue };
        let minutes = match line.kind {
            CashKind::Payroll => forecast.ledger[line.posting as usize].minutes,
            // The time stands with the pay.
            _ => 0,
        };
        let lines = days.entry((line.date, line.kind)).or_default();
        let place = *places.entry((line.date, line.kind, row)).or_insert_with(|| {
            lines.push((row, 0, Some(0)));
            lines.len() - 1
        });
        let known = &mut lines[place];
        known.1 += minutes;
        known.2 = known.2.map(|sum| sum.saturating_add(line.amount.0));
    }
    let day = |((date, kind), lines)| Payday { date, kind: kind_word(kind).to_owned(), lines };
    days.into_iter().map(day).collect()
}

/// Rows of the postings that are paid on the day of their cost.
fn on_the_day(forecast: &Forecast, rows: &[u32]) -> Vec<u32> {
    let others = forecast.cash.lines.iter().filter(|line| line.kind == CashKind::Other);
    let mut of: Vec<u32> =
        others.filter_map(|line| rows.get(line.posting as usize)).copied().collect();
    // All of a row is of one kind and one week: it is paid as a whole.
    of.sort_unstable();
    of.dedup();
    of
}

fn kind_word(kind: CashKind) -> &'static str {
    match kind {
        CashKind::Payroll => "payroll",
        CashKind::Fringe => "fringe",
        CashKind::Vendor => "vendor",
        CashKind::Other => "other",
        CashKind::Receipt => "receipt",
        CashKind::Incentive => "incentive",
    }
}
