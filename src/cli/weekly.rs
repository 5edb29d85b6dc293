//! `weekly`: one page for the show producer.

use super::answer::tell;
use super::arguments::WeeklyCall;
use super::desk::{document, set_against_odds};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Prints the week of a show or a result.
///
/// # Errors
/// When files cannot be read, or the page cannot be written.
pub fn weekly(call: &WeeklyCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    match document(&call.input, &call.search, call.telling.format, terminal)? {
        Ok(mut document) => {
            set_against_odds(&mut document, call.risk.as_deref())?;
            tell(&pipeline::weekly(&document), &call.telling, Exit::Done, terminal)
        }
        Err(exit) => Ok(exit),
    }
}
