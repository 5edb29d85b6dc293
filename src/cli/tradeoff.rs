//! `tradeoff`: cost against date.

use super::arguments::{Format, TradeoffCall};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Finds plans from cheap and late to dear and early, and prints them.
///
/// # Errors
/// When files cannot be read, or the show has no such milestone.
pub fn tradeoff(call: &TradeoffCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let name = call.milestone.as_deref();
    let answered = pipeline::tradeoff(&call.show, name, call.plans, &request(&call.search), &line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::tradeoff(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, Exit::Done)
}
