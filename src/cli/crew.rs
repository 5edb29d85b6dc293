//! `crew`: how many artists each department needs, by week.

use super::answer::answer;
use super::arguments::CrewCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Plans the show and prints its crew.
///
/// # Errors
/// When files cannot be read.
pub fn crew(call: &CrewCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::crew(&call.show, &search, line),
        &call.telling,
        |_| Exit::Done,
        terminal,
    )
}
