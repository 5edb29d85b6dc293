//! `cash`, `vendors`, `margin`, `earned-value` and `bids`: answers that are read off a result.

use super::answer::tell_table;
use super::arguments::{DeskCall, TableFormat};
use super::desk::{document, too_old};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::report::Answer;
use crate::result::Document;
use crate::{pipeline, write};
use serde::Serialize;

/// Prints the cash of a show or a result by week.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn cash(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::cash, write::cash, terminal)
}

/// Prints what is with vendors, and the commitments ladder.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn vendors(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::vendors, write::vendors, terminal)
}

/// Prints what is left of the money that comes in, with the client's change orders.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn margin(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::margin, write::margin, terminal)
}

/// Prints what is done for what was spent.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn earned_value(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::earned_value, write::earned_value, terminal)
}

/// Prints finished work against its bids.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn bids(call: &DeskCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    read_off(call, pipeline::bids, write::bids, terminal)
}

fn read_off<T: Serialize + Answer>(
    call: &DeskCall,
    answer: impl FnOnce(&Document) -> Option<T>,
    csv: impl FnOnce(&T) -> Vec<u8>,
    terminal: &mut Terminal,
) -> Result<Exit, Failure> {
    let format: TableFormat = call.telling.format;
    let document = match document(&call.input, &call.search, format.into(), terminal)? {
        Ok(document) => document,
        Err(exit) => return Ok(exit),
    };
    let answer = answer(&document).ok_or_else(|| too_old(&call.input))?;
    tell_table(&answer, csv, &call.telling, Exit::Done, terminal)
}
