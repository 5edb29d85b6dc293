//! The workbook of a result: one sheet a view, for people who check figures.
//!
//! Totals, variances and balances are live formulas, and each carries its value, so that readers that do
//! not calculate show it too. Amounts are in whole units of the currency.

mod cash;
mod earned;
mod margin;
mod report;
mod sheet;
mod vendors;
mod weekly;

use crate::result::{Desk, Document, PartRow, WeeklyReport};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use sheet::{Looks, Sheet};

/// The bytes of an `.xlsx` file; the same result gives the same bytes. `None` where the result was
/// saved without the line producer's part.
///
/// # Errors
/// When a table is larger than a sheet can hold.
pub fn workbook(document: &Document, week: &WeeklyReport) -> Option<Result<Vec<u8>, String>> {
    let desk = document.desk.as_ref()?;
    Some(fill(document, desk, week).map_err(|error| error.to_string()))
}

fn fill(document: &Document, desk: &Desk, week: &WeeklyReport) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let info = &document.production;
    let created = ExcelDateTime::from_ymd(
        u16::try_from(info.as_of.year()).unwrap_or(1900).max(1900),
        info.as_of.month() as u8,
        info.as_of.day() as u8,
    )?;
    let properties = DocProperties::new()
        .set_title(format!("{} · money", info.name))
        .set_creation_datetime(&created);
    book.set_properties(&properties);
    let looks = Looks::new(info.currency_decimals);
    let accounts: Vec<PartRow> = document.cost.report.iter().map(PartRow::from).collect();
    let is_revenue = |row: &&PartRow| desk.revenue_accounts.contains(&row.id);
    let costs: Vec<&PartRow> = accounts.iter().filter(|row| !is_revenue(row)).collect();
    let revenue: Vec<&PartRow> = accounts.iter().filter(is_revenue).collect();
    Sheet::new(&mut book, "Week", document, &looks)?.weekly(week)?;
    let mut sheet = Sheet::new(&mut book, "Cost report", document, &looks)?;
    sheet.report("Account", &costs, &revenue, &PartRow::from(&document.cost.total))?;
    for (name, heading, rows) in [
        ("Departments", "Department", &desk.views.department),
        ("Sequences", "Sequence", &desk.views.sequence),
        ("Shots", "Shot", &desk.views.shot),
        ("Cost by vendor", "Vendor", &desk.views.vendor),
        ("Shows", "Show", &desk.views.show),
    ] {
        let rows: Vec<&PartRow> = rows.iter().collect();
        let mut sheet = Sheet::new(&mut book, name, document, &looks)?;
        sheet.report(heading, &rows, &[], &PartRow::from(&document.cost.total))?;
    }
    if let Some(known) = &desk.contingency {
        Sheet::new(&mut book, "Contingency", document, &looks)?.contingency(known, document)?;
    }
    Sheet::new(&mut book, "Cash", document, &looks)?.cash(desk)?;
    Sheet::new(&mut book, "Commitments", document, &looks)?.ladder(desk)?;
    Sheet::new(&mut book, "Vendors", document, &looks)?.vendors(desk)?;
    if !desk.changes.is_empty() {
        Sheet::new(&mut book, "Change orders", document, &looks)?.changes(desk)?;
    }
    if let Some(earned) = &desk.earned {
        Sheet::new(&mut book, "Earned value", document, &looks)?.earned(earned)?;
    }
    Sheet::new(&mut book, "Margin", document, &looks)?.margin(desk)?;
    if !desk.bids.is_empty() {
        Sheet::new(&mut book, "Bids", document, &looks)?.bids(desk, info.day_minutes)?;
    }
    Sheet::new(&mut book, "Crew", document, &looks)?.crew(document)?;
    book.save_to_buffer()
}
