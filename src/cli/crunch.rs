//! `crunch`: how long people's weeks are, and what shorter ones cost.

use super::answer::answer;
use super::arguments::CrunchCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Plans a show and prints how long the weeks are.
///
/// # Errors
/// When files cannot be read.
pub fn crunch(call: &CrunchCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::crunch(&call.show, &search, line),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
