//! What is with vendors, and what could still be saved, for a terminal.

use super::cost_report::{keep_whole, lines, right, table};
use super::ladder::ladder;
use super::levers::title;
use super::summary::{paragraph, printable};
use super::words::count;
use crate::result::{ChangeRow, VendorsAnswer};
use comfy_table::Cell;

/// Packages, payments and rungs that are shown; JSON has them all.
const MOST: usize = 16;

/// Vendors and the commitments ladder of a result in plain text, for a terminal `width` columns wide.
/// Ends with a line end.
pub fn vendors(answer: &VendorsAnswer, width: usize) -> String {
    let width = width.max(60);
    let amount = |value: i64| answer.heading.money(value);
    let mut out = String::new();
    title(&mut out, &answer.heading, "vendors and commitments", width);
    if answer.vendors.is_empty() {
        paragraph(&mut out, "", "No vendor has orders or work.", width);
    } else {
        let mut grid = table(width);
        grid.set_header([
            "Vendor",
            "Contracted",
            "To date",
            "Open",
            "To award",
            "Pending",
            "Exposure",
            "EFC",
            "At risk",
        ]);
        for row in &answer.vendors {
            let amounts = [
                row.contracted,
                row.to_date,
                row.open,
                row.projected,
                row.pending,
                row.exposure,
                row.efc,
                row.at_risk,
            ];
            let mut cells = vec![Cell::new(printable(&row.name))];
            cells.extend(amounts.map(|value| right(amount(value))));
            grid.add_row(cells);
        }
        keep_whole(&mut grid, 1..9);
        lines(&mut out, &grid);
        out.push('\n');
        let text = "Contracted counts approved changes. Exposure is what may still have to be paid: open orders, \
                    work to be awarded, and what pending changes would add.";
        paragraph(&mut out, "", text, width);
    }
    changes(&mut out, answer, width);
    packages(&mut out, answer, width);
    payments(&mut out, answer, width);
    ladder(&mut out, &answer.heading, &answer.ladder, width);
    out
}

/// Whether a change order is still to be decided.
pub(super) fn is_open(row: &ChangeRow) -> bool {
    matches!(&*row.state, "draft" | "priced" | "sent")
}

/// Changes of vendors' orders: those that are not decided first, the largest first.
fn changes(out: &mut String, answer: &VendorsAnswer, width: usize) {
    let mut rows: Vec<_> = answer.changes.iter().collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|row| (!is_open(row), std::cmp::Reverse(row.amount)));
    out.push('\n');
    let mut grid = table(width);
    grid.set_header(["Change", "Vendor", "Order", "State", "Since", "Price", "Days", "Begun"]);
    for row in rows.iter().take(MOST) {
        grid.add_row([
            Cell::new(printable(&row.id)),
            Cell::new(printable(row.vendor.as_deref().unwrap_or("–"))),
            Cell::new(printable(row.order.as_deref().unwrap_or("–"))),
            Cell::new(&row.state),
            Cell::new(row.date.map_or("–".to_owned(), |date| date.to_string())),
            right(answer.heading.money(row.amount)),
            right(if row.days == 0 { "–".to_owned() } else { format!("{:+}", row.days) }),
            right(format!("{} of {}", row.begun, row.tasks)),
        ]);
    }
    keep_whole(&mut grid, 3..8);
    lines(out, &grid);
    more(out, rows.len(), "change", width);
    let unapproved: i64 =
        answer.vendors.iter().fold(0, |sum, row| i64::saturating_add(sum, row.unapproved));
    if unapproved != 0 {
        let text = format!(
            "Work has begun on changes of {} that are not agreed: it may be invoiced all the same.",
            answer.heading.money(unapproved)
        );
        paragraph(out, "", &text, width);
    }
}

fn packages(out: &mut String, answer: &VendorsAnswer, width: usize) {
    let mut rows: Vec<_> = answer
        .vendors
        .iter()
        .flat_map(|row| row.packages.iter().map(move |package| (row, package)))
        .collect();
    if rows.is_empty() {
        return;
    }
    rows.sort_by_key(|(_, package)| package.delivery);
    out.push('\n');
    let mut grid = table(width);
    grid.set_header(["Package", "Vendor", "Tasks", "Bid days", "Start", "Delivery", "Accepted"]);
    for (vendor, package) in rows.iter().take(MOST) {
        let sequence = package.sequence.as_deref().unwrap_or("assets");
        let days = package.minutes as f64 / answer.day_minutes.max(1) as f64;
        grid.add_row([
            Cell::new(printable(&format!("{sequence} {}", package.department))),
            Cell::new(printable(&vendor.name)),
            right(package.tasks.to_string()),
            right(format!("{days:.1}")),
            Cell::new(package.start),
            Cell::new(package.delivery),
            Cell::new(package.acceptance.map_or("–".to_owned(), |date| date.to_string())),
        ]);
    }
    keep_whole(&mut grid, 2..7);
    lines(out, &grid);
    more(out, rows.len(), "package", width);
}

fn payments(out: &mut String, answer: &VendorsAnswer, width: usize) {
    let as_of = answer.heading.as_of;
    let coming = || answer.payments.iter().filter(|event| event.date >= as_of);
    if coming().next().is_none() {
        return;
    }
    out.push('\n');
    let mut grid = table(width);
    grid.set_header(["Payment", "Vendor", "For", "Invoiced", "Amount"]);
    for event in coming().take(MOST) {
        grid.add_row([
            Cell::new(event.date),
            Cell::new(printable(event.vendor.as_deref().unwrap_or_default())),
            Cell::new(printable(&event.tied_to)),
            Cell::new(event.invoiced),
            right(answer.heading.money(event.amount)),
        ]);
    }
    lines(out, &grid);
    more(out, coming().count(), "payment", width);
}

fn more(out: &mut String, all: usize, what: &str, width: usize) {
    if let Some(rest) = all.checked_sub(MOST).filter(|rest| *rest > 0) {
        let text = format!(
            "and {} (--format json has them all)",
            count(rest as u64, &format!("more {what}"))
        );
        paragraph(out, "", &text, width);
    }
}
