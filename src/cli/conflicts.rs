//! `conflicts`: which hard rules clash, and what would help.

use super::answer::answer;
use super::arguments::ConflictsCall;
use super::plan::request;
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline;

/// Plans the show and prints its conflicts. Rules that clash end with code 3.
///
/// # Errors
/// When files cannot be read.
pub fn conflicts(call: &ConflictsCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let search = request(&call.search);
    answer(
        |line| pipeline::conflicts(&call.show, &search, line),
        &call.telling,
        |list| if list.conflicts.is_empty() { Exit::Done } else { Exit::Clash },
        terminal,
    )
}
