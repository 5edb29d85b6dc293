//! `prices`: what one more artist is worth.

use super::answer::answer;
use super::arguments::PricesCall;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Prints the prices of the weekly plan.
///
/// # Errors
/// When files cannot be read.
pub fn prices(call: &PricesCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mode = call.mode.map(Into::into);
    answer(
        |_| pipeline::prices(&call.show, mode, call.most),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
