//! `outsource`: work in house against each vendor.

use super::arguments::{Format, OutsourceCall};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Compares the vendors and prints what they offer.
///
/// # Errors
/// When files cannot be read, or the scope means nothing.
pub fn outsource(call: &OutsourceCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let answered = pipeline::outsource(&call.show, &call.scope, &request(&call.search), &line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::outsource(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, Exit::Done)
}
