//! `prices`: what one more artist is worth.

use super::answer::answer;
use super::arguments::PricesCall;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;
use crate::solve::Limit;

/// Prints the prices of the weekly plan.
///
/// # Errors
/// When files cannot be read.
pub fn prices(call: &PricesCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let mode = call.mode.map(Into::into);
    let limit = call.time_limit.map(Limit::Time).or(call.steps.map(Limit::Steps));
    answer(
        |line| {
            line.stage("solving the weekly plan");
            pipeline::prices(&call.show, mode, call.most, limit, line)
        },
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
