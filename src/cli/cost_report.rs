//! `cost-report`: budget against final cost, and what each figure is made of.

use super::answer::{tell_table, tell_why};
use super::arguments::{Accruals, CostReportCall, TableFormat};
use super::desk::{document, set_against_odds, tell_pay, too_old, workbook};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;
use crate::{report, write};

/// Prints the cost report of a show or a result.
///
/// # Errors
/// When files cannot be read, or there is no such row.
pub fn cost_report(call: &CostReportCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mut document =
        match document(&call.input, &call.search, call.telling.format.into(), terminal)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
    tell_pay(&mut document, &call.input, &call.pay)?;
    set_against_odds(&mut document, call.risk.as_deref())?;
    if let (Some(accruals), Some(desk)) = (call.accruals, &mut document.desk) {
        desk.accruals_in_commitments = accruals == Accruals::Committed;
    }
    let by = call.by.into();
    let table = pipeline::cost_report(&document, by).ok_or_else(|| too_old(&call.input))?;
    if let Some(file) = &call.xlsx {
        workbook(&document, &call.input, file)?;
    }
    if let Some(version) = &call.against {
        let told = pipeline::against(&document, version).map_err(Failure::Call)?;
        let told = match call.telling.format {
            TableFormat::Text => terminal.say(report::against(&told, terminal.width)),
            TableFormat::Json => terminal.json(&told),
            TableFormat::Csv => terminal.bytes(&write::against(&told)),
        };
        return terminal.unless_closed(told, Exit::Done);
    }
    let opened = || pipeline::opened::cost_report(&document, by);
    if let Some(asked) = &call.opening.why {
        let opened = opened().ok_or_else(|| too_old(&call.input))?;
        return tell_why(&opened, asked, call.telling.format, Exit::Done, terminal);
    }
    tell_table(&table, write::cost_report_by, &opened, &call.telling, Exit::Done, terminal)
}
