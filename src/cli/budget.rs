//! `budget`: a plan under caps.

use super::answer::answer;
use super::arguments::BudgetCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Plans under budget caps and prints what becomes of them. A broken cap ends with code 3.
///
/// # Errors
/// When files cannot be read, or a cap means nothing.
pub fn budget(call: &BudgetCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::budget(&call.show, &call.caps, &search, line),
        &call.telling,
        |answer| if answer.holds { Exit::Done } else { Exit::Clash },
        terminal,
    )
}
