//! `tradeoff`: cost against date.

use super::answer::answer;
use super::arguments::TradeoffCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Finds plans from cheap and late to dear and early, and prints them.
///
/// # Errors
/// When files cannot be read, or the show has no such milestone.
pub fn tradeoff(call: &TradeoffCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::tradeoff(&call.show, call.milestone.as_deref(), call.plans, &search, line),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
