//! `date-for`: the earliest date for a crew.

use super::answer::answer;
use super::arguments::DateForCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Finds the earliest date for a changed crew and prints it.
///
/// # Errors
/// When files cannot be read, or the crew cannot be understood.
pub fn date_for(call: &DateForCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::date_for(&call.show, call.milestone.as_deref(), &call.crew, &search, line),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
