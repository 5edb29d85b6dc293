//! `outsource`: work in house against each vendor.

use super::answer::answer;
use super::arguments::OutsourceCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Compares the vendors and prints what they offer.
///
/// # Errors
/// When files cannot be read, or the scope means nothing.
pub fn outsource(call: &OutsourceCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::outsource(&call.show, &call.scope, &search, line),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
