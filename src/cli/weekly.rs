//! `weekly`: one page for the show producer.

use super::answer::{tell_table, tell_why};
use super::arguments::WeeklyCall;
use super::desk::{document, set_against_odds, tell_pay, too_old};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::{pipeline, write};

/// Prints the week of a show or a result.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn weekly(call: &WeeklyCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mut document =
        match document(&call.input, &call.search, call.telling.format.into(), terminal)? {
            Ok(document) => document,
            Err(exit) => return Ok(exit),
        };
    tell_pay(&mut document, &call.input, &call.pay)?;
    set_against_odds(&mut document, call.risk.as_deref())?;
    let opened = || pipeline::opened::weekly(&document);
    match &call.opening.why {
        Some(asked) => {
            let opened = opened().ok_or_else(|| too_old(&call.input))?;
            tell_why(&opened, asked, call.telling.format, Exit::Done, terminal)
        }
        None => {
            let week = pipeline::weekly(&document);
            tell_table(&week, write::weekly, &opened, &call.telling, Exit::Done, terminal)
        }
    }
}
