//! `crew-for`: what makes a date.

use super::answer::answer;
use super::arguments::CrewForCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Finds what makes the date and prints it. A date that no plan found makes ends with code 3.
///
/// # Errors
/// When files cannot be read.
pub fn crew_for(call: &CrewForCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::crew_for(&call.show, call.milestone.as_deref(), call.by, &search, line),
        &call.telling,
        |answer| if answer.makes_it { Exit::Done } else { Exit::Clash },
        terminal,
    )
}
