//! `prices`: what one more artist is worth.

use super::arguments::{Format, PricesCall};
use super::plan::{flawed, refused, undecided};
use super::terminal::Terminal;
use super::{Exit, Failure};
use crate::pipeline::{self, Answered};
use crate::report;

/// Prints the prices of the weekly plan.
///
/// # Errors
/// When files cannot be read.
pub fn prices(call: &PricesCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    let list = match pipeline::prices(&call.show, call.mode.map(Into::into), call.most)? {
        Answered::Answer(list) => list,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::prices(&list, terminal.width)),
        Format::Json => terminal.json(&list),
    };
    terminal.unless_closed(told, Exit::Done)
}
