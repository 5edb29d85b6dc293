//! `cash`, `vendors`, `margin`, `earned-value` and `bids`: answers that are read off a result.

use super::answer::{tell_table, tell_why};
use super::arguments::{CashCall, CashTable, DeskCall, TableFormat, VendorsCall, VendorsTable};
use super::desk::{document, tell_pay, too_old};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline::{self, opened};
use crate::report::Answer;
use crate::result::{CashAnswer, Document, Opened, VendorsAnswer};
use crate::write;
use serde::Serialize;

/// Prints the cash of a show or a result by week.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn cash(call: &CashCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let csv = |answer: &CashAnswer| match call.table {
        CashTable::Weeks => write::cash(answer),
        CashTable::Payments => {
            write::payments(&answer.cash.events, answer.heading.currency_decimals)
        }
    };
    read_off(&call.desk, pipeline::cash, opened::cash, csv, terminal)
}

/// Prints what is with vendors, and the commitments ladder.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn vendors(call: &VendorsCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let csv = |answer: &VendorsAnswer| {
        let decimals = answer.heading.currency_decimals;
        match call.table {
            VendorsTable::Vendors => write::vendors(answer),
            VendorsTable::Changes => write::changes(answer),
            VendorsTable::Packages => write::packages(answer),
            VendorsTable::Payments => write::payments(&answer.payments, decimals),
            VendorsTable::Ladder => write::ladder(&answer.ladder, decimals),
        }
    };
    read_off(&call.desk, pipeline::vendors, opened::vendors, csv, terminal)
}

/// Prints what is left of the money that comes in, with the client's change orders.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn margin(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::margin, opened::margin, write::margin, terminal)
}

/// Prints what is done for what was spent.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn earned_value(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::earned_value, opened::earned_value, write::earned_value, terminal)
}

/// Prints finished work against its bids.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn bids(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::bids, opened::bids, write::bids, terminal)
}

fn read_off<T: Serialize + Answer>(
    call: &DeskCall,
    answer: impl FnOnce(&Document) -> Option<T>,
    opened: impl Fn(&Document) -> Option<Opened>,
    csv: impl FnOnce(&T) -> Vec<u8>,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let format: TableFormat = call.telling.format;
    let mut document = match document(&call.input, &call.search, format.into(), terminal)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    tell_pay(&mut document, &call.input, &call.pay)?;
    if let Some(asked) = &call.opening.why {
        let opened = opened(&document).ok_or_else(|| too_old(&call.input))?;
        return tell_why(&opened, asked, format, Exit::Done, terminal);
    }
    let answer = answer(&document).ok_or_else(|| too_old(&call.input))?;
    tell_table(&answer, csv, &|| opened(&document), &call.telling, Exit::Done, terminal)
}
