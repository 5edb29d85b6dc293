//! The workbook of a result: one sheet a view, for people who check figures.
//!
//! Totals, variances and balances are live formulas, and each carries its value, so that readers that do
//! not calculate show it too. Amounts are in whole units of the currency.

mod bid;
mod budget;
mod cash;
mod earned;
mod margin;
mod report;
mod sheet;
mod vendors;
mod weekly;

use crate::result::{BidAnswer, BudgetAnswer, Desk, Document, Heading, PartRow, WeeklyReport};
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
    let info = &document.production;
    let mut book = empty(&format!("{} · money", info.name), info.as_of)?;
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
    Sheet::new(&mut book, "Commitments", document, &looks)?.ladder(&desk.ladder)?;
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

/// The bytes of the workbook of a bid.
///
/// # Errors
/// When a table is larger than a sheet can hold.
pub fn bid_workbook(answer: &BidAnswer) -> Result<Vec<u8>, String> {
    filled(&answer.heading, "bid", |book, looks| {
        let heading = &answer.heading;
        Sheet::of(book, "Bid", heading, looks)?.bid(answer)?;
        Sheet::of(book, "Work", heading, looks)?.bid_work(answer)?;
        Sheet::of(book, "Milestones", heading, looks)?.bid_dates(answer)
    })
}

/// The bytes of the workbook of a plan under caps.
///
/// # Errors
/// When a table is larger than a sheet can hold.
pub fn budget_workbook(answer: &BudgetAnswer) -> Result<Vec<u8>, String> {
    filled(&answer.heading, "budget caps", |book, looks| {
        let heading = &answer.heading;
        Sheet::of(book, "Caps", heading, looks)?.caps(answer)?;
        Sheet::of(book, "What the caps do", heading, looks)?.effects(answer)?;
        Sheet::of(book, "Shorter contracts", heading, looks)?.shorter(answer)?;
        Sheet::of(book, "Commitments", heading, looks)?.ladder(&answer.ladder)
    })
}

fn filled(
    heading: &Heading,
    what: &str,
    fill: impl FnOnce(&mut Workbook, &Looks) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, String> {
    let looks = Looks::new(heading.currency_decimals);
    let book = || {
        let mut book = empty(&format!("{} · {what}", heading.production), heading.as_of)?;
        fill(&mut book, &looks)?;
        book.save_to_buffer()
    };
    book().map_err(|error: XlsxError| error.to_string())
}

/// A workbook without sheets. It was made on the day that it is about, so that its bytes repeat.
fn empty(title: &str, as_of: jiff::civil::Date) -> Result<Workbook, XlsxError> {
    let mut book = Workbook::new();
    let year = u16::try_from(as_of.year()).unwrap_or(1900).max(1900);
    let created = ExcelDateTime::from_ymd(year, as_of.month() as u8, as_of.day() as u8)?;
    let properties = DocProperties::new().set_title(title).set_creation_datetime(&created);
    book.set_properties(&properties);
    Ok(book)
}
