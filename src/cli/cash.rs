//! `cash` and `vendors`: when the money moves, and what is promised to whom.

use super::arguments::{CashCall, TableFormat};
use super::desk::{document, too_old};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{report, write};
use serde::Serialize;

/// Prints the cash of a show or a result by week.
///
/// # Errors
/// When files cannot be read.
pub fn cash(call: &CashCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let document = match document(&call.input, &call.search, call.format.into(), terminal)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let desk = document.desk.as_ref().ok_or_else(|| too_old(&call.input))?;
    let told = match call.format {
        TableFormat::Text => terminal.say(report::cash(&document, desk, terminal.width)),
        TableFormat::Json => terminal.json(&desk.cash),
        TableFormat::Csv => terminal.bytes(&write::cash(&document, desk)),
    };
    terminal.unless_closed(told, Exit::Done)
}

/// What `vendors --format json` prints.
#[derive(Serialize)]
struct Told<'a> {
    vendors: &'a [crate::result::VendorShow],
    changes: Vec<&'a crate::result::ChangeRow>,
    payments: Vec<&'a crate::result::CashEvent>,
    ladder: &'a [crate::result::Rung],
}

/// Prints what is with vendors, and the commitments ladder.
///
/// # Errors
/// When files cannot be read.
pub fn vendors(call: &CashCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let document = match document(&call.input, &call.search, call.format.into(), terminal)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let desk = document.desk.as_ref().ok_or_else(|| too_old(&call.input))?;
    let told = match call.format {
        TableFormat::Text => terminal.say(report::vendors(&document, desk, terminal.width)),
        TableFormat::Json => terminal.json(&Told {
            vendors: &desk.vendors,
            changes: desk.changes.iter().filter(|row| row.order.is_some()).collect(),
            payments: desk.cash.events.iter().filter(|event| event.vendor.is_some()).collect(),
            ladder: &desk.ladder,
        }),
        TableFormat::Csv => terminal.bytes(&write::vendors(&document, desk)),
    };
    terminal.unless_closed(told, Exit::Done)
}
