//! `date-for`: the earliest date for a crew.

use super::arguments::{DateForCall, Format};
use super::plan::{flawed, refused, request, undecided};
use super::progress::Line;
use super::terminal::Terminal;
use super::{Exit, Failure, interrupt};
use crate::pipeline::{self, Answered};
use crate::report;

/// Finds the earliest date for a changed crew and prints it.
///
/// # Errors
/// When files cannot be read, or the crew cannot be understood.
pub fn date_for(call: &DateForCall, terminal: &mut Terminal) -> Result<Exit, Failure> {
    interrupt::listen();
    let line = Line::start();
    line.stage("reading");
    let name = call.milestone.as_deref();
    let answered = pipeline::date_for(&call.show, name, &call.crew, &request(&call.search), &line);
    line.end();
    let answer = match answered? {
        Answered::Answer(answer) => answer,
        Answered::Flawed(checked) => return flawed(&checked, call.format, terminal),
        Answered::NoPlan(outcome) => return refused(outcome, call.format, terminal),
        Answered::Undecided(why) => return Ok(undecided(&why, terminal)),
    };
    let told = match call.format {
        Format::Text => terminal.say(report::date_for(&answer, terminal.width)),
        Format::Json => terminal.json(&answer),
    };
    terminal.unless_closed(told, Exit::Done)
}
