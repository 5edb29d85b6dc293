//! Cash and vendors as CSV.

use super::amounts::money;
use super::tables::Table;
use crate::result::{Desk, Document};

/// The closed periods of a show, as its table `closed.csv`.
pub fn closed(production: &crate::model::Production) -> Vec<u8> {
    let mut table = Table::new(&super::show_folder::CLOSED);
    for row in &production.closed {
        let cells = super::show_folder::closed_row(production, row);
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// Cash by week.
pub fn cash(document: &Document, desk: &Desk) -> Vec<u8> {
    let mut table = Table::new(&[
        "week",
        "payroll",
        "fringe",
        "vendors",
        "other",
        "paid",
        "receipts",
        "incentives",
        "net",
        "balance",
    ]);
    for row in &desk.cash.weeks {
        let amounts = [
            row.payroll,
            row.fringe,
            row.vendors,
            row.other,
            row.paid,
            row.receipts,
            row.incentives,
            row.net,
            row.balance,
        ];
        let amounts = amounts.map(|amount| money(amount, document.production.currency_decimals));
        let mut cells = vec![row.week.to_string()];
        cells.extend(amounts);
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}

/// Vendors by show.
pub fn vendors(document: &Document, desk: &Desk) -> Vec<u8> {
    let mut table = Table::new(&[
        "vendor",
        "name",
        "show",
        "contracted",
        "changes",
        "to_date",
        "open",
        "projected",
        "pending",
        "exposure",
        "efc",
        "at_risk",
        "supervision",
        "unapproved",
        "next_delivery",
    ]);
    for row in &desk.vendors {
        let amounts = [
            row.contracted,
            row.changes,
            row.to_date,
            row.open,
            row.projected,
            row.pending,
            row.exposure,
            row.efc,
            row.at_risk,
            row.supervision,
            row.unapproved,
        ];
        let mut cells =
            vec![row.vendor.clone(), row.name.clone(), row.show.clone().unwrap_or_default()];
        cells.extend(amounts.map(|amount| money(amount, document.production.currency_decimals)));
        let next = row.packages.iter().map(|package| package.delivery).min();
        cells.push(next.map_or_else(String::new, |date| date.to_string()));
        table.row(&cells.iter().map(String::as_str).collect::<Vec<_>>());
    }
    table.bytes()
}
